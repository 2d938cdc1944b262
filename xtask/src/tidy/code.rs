//! What code must not say: panics that are shortcuts, unfinished work, and, in `domain`, the outside world.

use super::Finding;
use crate::tree::Tree;

/// Not outside tests.
const SHORTCUTS: [(&str, &str); 3] = [
    (".unwrap()", "return an error that says who must act, or state the invariant with `let … else`"),
    (".unwrap_err()", "match on the result"),
    ("dbg!(", "take it out, or use tracing"),
];

/// Not outside tests: they break off when nobody reads, or the device is full.
const PRINTS: [(&str, &str); 4] = [
    ("println!(", PRINT_REMEDY),
    ("eprintln!(", PRINT_REMEDY),
    ("print!(", PRINT_REMEDY),
    ("eprint!(", PRINT_REMEDY),
];
const PRINT_REMEDY: &str = "use `say!` or `tell!` of `renvoi/command/out.rs`, or `writeln!` and its answer";

/// Nowhere.
const UNFINISHED: [(&str, &str); 3] = [
    ("todo!(", "finish it or leave it out"),
    ("unimplemented!(", "finish it or leave it out"),
    ("TODO", "finish it or leave it out; the issue list is the place for plans"),
];

/// Not in `domain`, which decides everything and touches nothing.
const OUTSIDE: [(&str, &str); 14] = [
    ("async ", "decide on values; `app` loads and waits"),
    (".await", "decide on values; `app` loads and waits"),
    ("tokio", "decide on values; `app` runs it"),
    ("std::fs", "take the bytes as an argument"),
    // Addresses are values; what opens or resolves them is not.
    ("TcpStream", "leave connections to `connect`"),
    ("TcpListener", "leave connections to `connect`"),
    ("UdpSocket", "leave connections to `connect`"),
    ("ToSocketAddrs", "leave names to the fetcher"),
    ("std::env", "take the setting as an argument"),
    ("std::thread", "leave threads to `app`"),
    ("SystemTime", "take the time as an argument"),
    ("Instant::now", "take the time as an argument"),
    ("Timestamp::now", "take the time as an argument"),
    ("Zoned::now", "take the time as an argument"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", ".rs") {
        let only_tests = ["/tests/", "/benches/", "/examples/"].iter().any(|folder| path.contains(folder))
            || is_test_module(tree, path);
        let lines: Vec<&str> = text.lines().collect();
        let tested = test_lines(&lines);
        for (n, line) in lines.iter().enumerate() {
            let in_test = only_tests || tested[n];
            let code = without_comment(line);
            let mut look = |rules: &[(&str, &str)], line: &str, where_: &str| {
                for (word, remedy) in rules.iter().filter(|(word, _)| has(line, word)) {
                    findings.push(Finding::new(path, n + 1, format!("`{}`{where_}", word.trim()), *remedy));
                }
            };
            look(&UNFINISHED, line, "");
            if !in_test {
                look(&SHORTCUTS, code, " outside tests");
                look(&PRINTS, code, " outside tests");
                if path.starts_with("crates/domain/") {
                    look(&OUTSIDE, code, " in domain");
                }
            }
        }
    }
    findings
}

/// Whether the line has it, and not as the end of a longer word.
fn has(line: &str, word: &str) -> bool {
    let bound = |c: char| !c.is_alphanumeric() && c != '_';
    let starts_free = word.starts_with('.');
    line.match_indices(word).any(|(at, _)| starts_free || line[..at].chars().next_back().is_none_or(bound))
}

fn without_comment(line: &str) -> &str {
    match line.find("//") {
        // A link in a string is no comment.
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    }
}

/// Which lines belong to an item under `#[cfg(test)]`. Relies on rustfmt: the item ends with a brace at the
/// depth of its attribute, or with a semicolon on its first line.
fn test_lines(lines: &[&str]) -> Vec<bool> {
    let mut tested = vec![false; lines.len()];
    let mut n = 0;
    while n < lines.len() {
        let line = lines[n];
        if !line.trim_start().starts_with("#[cfg(test)]") {
            n += 1;
            continue;
        }
        let depth = &line[..line.len() - line.trim_start().len()];
        let close = format!("{depth}}}");
        // Attributes first, then the item.
        while n < lines.len()
            && (lines[n].trim_start().starts_with("#[") || lines[n].trim_end().ends_with(")]"))
        {
            tested[n] = true;
            n += 1;
        }
        let opens_and_ends = |line: &str| line.trim_end().ends_with(';') || line.trim_end().ends_with("{}");
        if n < lines.len() && opens_and_ends(lines[n]) {
            tested[n] = true;
            n += 1;
            continue;
        }
        while n < lines.len() {
            tested[n] = true;
            n += 1;
            if lines[n - 1].starts_with(&close) {
                break;
            }
        }
    }
    tested
}

/// Whether the file is a module that its parent, or the parent of that, declares under `#[cfg(test)]`.
fn is_test_module(tree: &Tree, path: &str) -> bool {
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let inside = || !folder.ends_with("/src") && is_test_module(tree, &format!("{folder}.rs"));
    is_declared_for_tests(tree, (folder, file)) || inside()
}

fn is_declared_for_tests(tree: &Tree, (folder, file): (&str, &str)) -> bool {
    let name = file.trim_end_matches(".rs");
    let declaration = format!("mod {name};");
    let siblings = ["lib.rs", "main.rs", "mod.rs"].map(|parent| format!("{folder}/{parent}"));
    siblings.iter().chain([&format!("{folder}.rs")]).filter_map(|parent| tree.get(parent)).any(|text| {
        let lines: Vec<&str> = text.lines().collect();
        let tested = test_lines(&lines);
        lines.iter().zip(tested).any(|(line, tested)| tested && line.trim_end().ends_with(&declaration))
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn code() {
        let check = |path: &str, text: &str, expected: &[&str]| {
            let found =
                found(super::check, &[("crates/x/src/lib.rs", "#[cfg(test)]\nmod slow;\n"), (path, text)]);
            assert_eq!(found, expected, "{path}: {text}");
        };
        let shortcut = "crates/x/src/a.rs:2: `.unwrap()` outside tests";
        check("crates/x/src/a.rs", "fn a() {\n    b().unwrap();\n}\n", &[shortcut]);
        check("crates/x/src/a.rs", "/// `a.unwrap()`\nfn a() {} // no .unwrap()\n", &[]);
        check("crates/x/tests/a.rs", "b().unwrap();", &[]);
        check("crates/x/src/a.rs", "eprintln!(\"a\");", &["crates/x/src/a.rs:1: `eprintln!(` outside tests"]);
        check("crates/x/examples/a.rs", "println!(\"a\");", &[]);
        check("crates/x/src/slow.rs", "b().unwrap();", &[]);
        check("crates/x/src/slow/one.rs", "b().unwrap();", &[]);
        let module = "#[cfg(test)]\n#[expect(clippy::unwrap_used, reason = \"tests\")]\nmod tests {\n    fn a() {\n        \
            b().unwrap();\n    }\n}\n";
        check("crates/x/src/a.rs", module, &[]);
        let after = format!("{module}fn c() {{\n    d().unwrap();\n}}\n");
        check("crates/x/src/a.rs", &after, &["crates/x/src/a.rs:9: `.unwrap()` outside tests"]);
        check("crates/x/src/a.rs", "todo!()", &["crates/x/src/a.rs:1: `todo!(`"]);
        check("crates/x/tests/a.rs", "// TODO later", &["crates/x/tests/a.rs:1: `TODO`"]);
        check("crates/domain/src/a.rs", "async fn a() {}", &["crates/domain/src/a.rs:1: `async` in domain"]);
        let clock = "crates/domain/src/a.rs:1: `Timestamp::now` in domain";
        check("crates/domain/src/a.rs", "let at = jiff::Timestamp::now();", &[clock]);
        check("crates/store/src/a.rs", "async fn a() { jiff::Timestamp::now(); }", &[]);
        check(
            "crates/domain/src/a.rs",
            "use std::fs::File;",
            &["crates/domain/src/a.rs:1: `std::fs` in domain"],
        );
    }
}
