//! Claims have tests: each line of docs/claims.md, and each invariant of ARCHITECTURE.md, names one that is there.

use super::Finding;
use crate::rules::test_names;
use crate::tree::Tree;
use std::collections::BTreeSet;

const CLAIMS: &str = "docs/claims.md";
const ARCHITECTURE: &str = "ARCHITECTURE.md";
/// How a line of ARCHITECTURE.md begins that promises something.
const INVARIANT: &str = "- **Invariant:**";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let tests = test_names(tree);
    for (n, row) in
        lines(tree, CLAIMS).filter(|(_, line)| line.starts_with("| ") && !line.starts_with("| claim"))
    {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or("");
        findings.extend(judge((tree, &tests), CLAIMS, n, cell.trim()));
    }
    for (n, line) in lines(tree, ARCHITECTURE).filter(|(_, line)| line.starts_with(INVARIANT)) {
        findings.extend(judge((tree, &tests), ARCHITECTURE, n, line));
    }
    findings
}

fn lines<'a>(tree: &'a Tree, path: &str) -> impl Iterator<Item = (usize, &'a str)> {
    let text = tree.get(path).unwrap_or("");
    text.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end()))
}

/// The names at the end of a line, each in backticks, a comma between them, or one `*tidy: file.rs*`.
fn judge((tree, tests): (&Tree, &BTreeSet<String>), path: &str, line: usize, text: &str) -> Vec<Finding> {
    let finding = |what: String, remedy: &str| Finding::new(path, line, what, remedy);
    if let Some(file) =
        text.strip_suffix('*').and_then(|text| text.rsplit_once("*tidy: ")).map(|(_, file)| file)
    {
        let there = tree.get(&format!("xtask/src/tidy/{file}")).is_some();
        let gone = finding(format!("tidy has no rule {file}"), "name the file in xtask/src/tidy/");
        return if there { Vec::new() } else { vec![gone] };
    }
    let names = names_at_end(text);
    if names.is_empty() {
        return vec![finding("a claim without a test".to_owned(), "name its test, or take the claim back")];
    }
    let missing = names.into_iter().filter(|name| !tests.contains(*name) && tree.get(name).is_none());
    missing
        .map(|name| finding(format!("there is no test `{name}`"), "write it, or take the claim back"))
        .collect()
}

fn names_at_end(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, name)) = rest.strip_suffix('`').and_then(|text| text.rsplit_once('`')) {
        names.push(name);
        let Some(before) = before.strip_suffix(", ") else { break };
        rest = before;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn claims() {
        let check = |path: &str, text: &str, expected: &[&str]| {
            let tests = ("crates/domain/src/a.rs", "#[test]\nfn kept() {}\nfn not_a_test() {}\n");
            let tidy = ("xtask/src/tidy/size.rs", "");
            assert_eq!(found(super::check, &[(path, text), tests, tidy]), expected, "{text}");
        };
        check("docs/claims.md", "| claim | test |\n|---|---|\n| It `x` works | `kept` |\n", &[]);
        check(
            "docs/claims.md",
            "| It works | `kept`, `xtask/src/tidy/size.rs` |\n| So | *tidy: size.rs* |",
            &[],
        );
        let gone = "docs/claims.md:1: there is no test `not_a_test`";
        check("docs/claims.md", "| It works | `not_a_test`, `kept` |", &[gone]);
        check("docs/claims.md", "| It works | surely |", &["docs/claims.md:1: a claim without a test"]);
        check("ARCHITECTURE.md", "- **Invariant:** `domain` is calm. `kept`\n- `domain` is a crate", &[]);
        check(
            "ARCHITECTURE.md",
            "- **Invariant:** calm. *tidy: calm.rs*",
            &["ARCHITECTURE.md:1: tidy has no rule calm.rs"],
        );
    }
}
