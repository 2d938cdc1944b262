//! Commands that the documents show are there: `renvoi WORD` has its file among the commands.

use super::Finding;
use crate::tree::Tree;

/// Documents that people follow by the letter.
const DOCUMENTS: [&str; 3] = ["README.md", "docs/formats.md", "docs/guides/"];
const COMMANDS: &str = "crates/renvoi/src/command/";
/// A line that says this names what is missing.
const MISSING: &str = "not there";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let documents = DOCUMENTS.iter().flat_map(|document| tree.under(document, ".md"));
    for (path, text) in documents {
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.contains(MISSING)) {
            for word in shown(line) {
                let there = [".rs", "/mod.rs"]
                    .iter()
                    .any(|end| tree.get(&format!("{COMMANDS}{word}{end}")).is_some());
                if !there {
                    let what = format!("there is no command `renvoi {word}`");
                    findings.push(Finding::new(
                        path,
                        n + 1,
                        what,
                        "show one that is there, or say that it is not there",
                    ));
                }
            }
        }
    }
    findings
}

/// Words after `renvoi ` where a command stands: at the begin of a line, after a backtick or a slash.
fn shown(line: &str) -> Vec<&str> {
    let begins = |at: usize| at == 0 || line[..at].ends_with(['`', '/']);
    let found = line.match_indices("renvoi ").filter(|(at, _)| begins(*at));
    let words = found.filter_map(|(at, name)| {
        line[at + name.len()..]
            .split(|c: char| !c.is_ascii_lowercase())
            .next()
            .filter(|word| !word.is_empty())
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn commands() {
        let check = |path: &str, text: &str, expected: &[&str]| {
            let command = ("crates/renvoi/src/command/serve.rs", "");
            assert_eq!(found(super::check, &[(path, text), command]), expected, "{text}");
        };
        check(
            "README.md",
            "Run `renvoi serve --data ./data`, then\ntarget/release/renvoi serve\nrenvoi serve",
            &[],
        );
        check("README.md", "what renvoi does: `renvoi` and `renvoi --help`", &[]);
        let none = "docs/guides/a.md:1: there is no command `renvoi fly`";
        check("docs/guides/a.md", "renvoi fly ./data", &[none]);
        check("README.md", "`renvoi fly` is not there", &[]);
        check("docs/other.md", "renvoi fly", &[]);
    }
}
