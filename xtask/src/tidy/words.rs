//! Words that are not written, names that are not given, hosts that are not named (style, "Words").

use super::Finding;
use crate::tree::Tree;

/// What is not written, and what is written instead. Only words that have no other honest use; the rest of the
/// table of words is for readers.
const WORDS: [(&str, &str); 10] = [
    ("takedown request", "write `referral`: a provider considers it of its own will"),
    ("take-down request", "write `referral`: a provider considers it of its own will"),
    ("takedown order", "write `removal order`, the term of TCO Art 3"),
    ("uploader", "write `content provider`, the term of TCO Art 2(2)"),
    ("uploaders", "write `content providers`, the term of TCO Art 2(2)"),
    ("extremist content", "write `terrorist content`, the term of TCO Art 2(7)"),
    ("abuse mail", "write `contact point`, the term of TCO Art 15"),
    ("agency mail", "write `competent authority` or `contact point`"),
    ("reason text", "write `statement of reasons`, the term of DSA Art 17"),
    ("hit list", "write `bank`"),
];

/// Words of the trade, which a kernel does not know.
const TRADE: [&str; 7] =
    ["referral", "referrals", "removal order", "agency", "agencies", "analyst", "terrorist content"];
const KERNELS: [&str; 6] = ["perceptual", "nearest", "text", "network", "ledger", "verify"];

/// Hosts of package registries, in two parts, so that this file does not name them either. Nothing in the
/// repository may fetch from one but the ordinary clients.
const REGISTRIES: [(&str, &str); 8] = [
    ("crates", "io"),
    ("registry.npmjs", "org"),
    ("registry.yarnpkg", "com"),
    ("pypi", "org"),
    ("files.pythonhosted", "org"),
    ("proxy.golang", "org"),
    ("registry-1.docker", "io"),
    ("ghcr", "io"),
];

/// Drawers: names that say nothing about what is inside.
const DRAWERS: [&str; 8] = ["util", "utils", "common", "helper", "helpers", "misc", "manager", "managers"];

/// The page that lists the words that are not written.
const GLOSSARY: &str = "GLOSSARY.md";

/// A file that must repeat words of others (what services show, what formats call their fields) says this in its
/// head, and its words are not judged.
const QUOTES: &str = "tidy: quotes others";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in &tree.0 {
        findings.extend(drawer(path));
        let judged = is_prose_or_code(path) && !super::says_in_head(text, QUOTES);
        let kernel = KERNELS.iter().find(|kernel| path.starts_with(&format!("crates/{kernel}/src/")));
        for (n, line) in text.lines().enumerate() {
            let low = line.to_lowercase();
            let mut add = |what: String, remedy: &str| findings.push(Finding::new(path, n + 1, what, remedy));
            if judged {
                for (word, instead) in WORDS.iter().filter(|(word, _)| has_word(&low, word)) {
                    add(format!("the word `{word}`"), instead);
                }
            }
            if let Some(kernel) = kernel {
                for word in TRADE.iter().filter(|word| has_word(&low, word)) {
                    add(
                        format!("the kernel {kernel} says `{word}`"),
                        "say what the data is, not what it is for",
                    );
                }
            }
            for (name, end) in REGISTRIES {
                let host = format!("{name}.{end}");
                if has_word(&low, &host) {
                    let remedy = "leave the host out: registries are used through their ordinary clients";
                    add(format!("the registry host `{host}`"), remedy);
                }
            }
            let module = path.ends_with(".rs").then(|| module(line)).flatten();
            if let Some(name) = module.filter(|name| DRAWERS.contains(name)) {
                add(format!("the module name `{name}`"), "name it after what is inside");
            }
        }
    }
    findings
}

/// Where words are checked: the house's code, its pages, its documents.
fn is_prose_or_code(path: &str) -> bool {
    let in_scope = path.starts_with("crates/")
        || path.starts_with("docs/")
        || path.starts_with("web/")
        || path.starts_with("tests/")
        || (!path.contains('/') && path.ends_with(".md"));
    in_scope && path != GLOSSARY
}

fn drawer(path: &str) -> Option<Finding> {
    if !path.ends_with(".rs") && !path.ends_with(".ts") {
        return None;
    }
    let bad = path.split('/').find(|part| DRAWERS.contains(&part.split('.').next().unwrap_or(part)))?;
    Some(Finding::new(path, 1, format!("the file name `{bad}`"), "name it after what is inside"))
}

/// `mod x;` or `mod x {`
fn module(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let Some(("" | "pub " | "pub(crate) " | "pub(super) ", rest)) = line.split_once("mod ") else {
        return None;
    };
    rest.split([';', ' ', '{']).next()
}

/// Whether the text has the word, not as a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn words() {
        let check = |path: &str, text: &str, expected: &[&str]| {
            assert_eq!(found(super::check, &[(path, text)]), expected, "{path}: {text}");
        };
        check("README.md", "one\nA Takedown Request.", &["README.md:2: the word `takedown request`"]);
        check("crates/app/src/x.rs", "let uploader = 1;", &["crates/app/src/x.rs:1: the word `uploader`"]);
        check("crates/app/src/x.rs", "let file_uploader_x = 1;", &[]);
        check("crates/app/src/x.rs", "//! Phrases.\n// tidy: quotes others\n\"by the uploader\"", &[]);
        check("GLOSSARY.md", "not: uploader", &[]);
        check("xtask/src/x.rs", "uploader", &[]);
        check(
            "crates/text/src/x.rs",
            "/// of an Agency",
            &["crates/text/src/x.rs:1: the kernel text says `agency`"],
        );
        check("crates/text/tests/x.rs", "// of an agency", &[]);
        check("crates/app/src/utils.rs", "", &["crates/app/src/utils.rs:1: the file name `utils.rs`"]);
        check("crates/app/src/helpers/a.rs", "", &["crates/app/src/helpers/a.rs:1: the file name `helpers`"]);
        check(
            "crates/app/src/a.rs",
            "    pub(crate) mod common {",
            &["crates/app/src/a.rs:1: the module name `common`"],
        );
        check("crates/app/src/a.rs", "mod commonly;", &[]);
        let host = format!("https://{}.{}/x", "crates", "io");
        let named = format!("web/a.ts:1: the registry host `{}.{}`", "crates", "io");
        check("web/a.ts", &host, &[&named]);
        check("Cargo.lock", &format!("github/{}.{}-index", "crates", "io"), &[]);
    }
}
