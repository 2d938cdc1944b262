//! `cargo xtask tidy`: what the design says about the shape of the house, checked.

mod arrows;
mod claims;
mod code;
mod commands;
mod declared;
mod locales;
mod migrations;
mod size;
mod words;

use crate::tree::Tree;

/// Something to mend. Printed as `path:line: what; what to do`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    what: String,
    remedy: String,
    /// Listed, but does not fail.
    warning: bool,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), remedy: remedy.into(), warning: false }
    }

    fn print(&self) {
        let warning = if self.warning { "warning: " } else { "" };
        println!("{}:{}: {warning}{}; {}", self.path, self.line, self.what, self.remedy);
    }
}

/// Prints all findings; true when there is none but warnings.
pub(crate) fn run(tree: &Tree) -> bool {
    let checks: [fn(&Tree) -> Vec<Finding>; 9] = [
        arrows::check,
        claims::check,
        words::check,
        code::check,
        commands::check,
        size::check,
        declared::check,
        locales::check,
        migrations::check,
    ];
    let mut findings: Vec<Finding> = checks.iter().flat_map(|check| check(tree)).collect();
    findings.sort();
    findings.iter().for_each(Finding::print);
    let warnings = findings.iter().filter(|finding| finding.warning).count();
    let failures = findings.len() - warnings;
    eprintln!("tidy: {} files, {failures} to mend, {warnings} warnings", tree.0.len());
    failures == 0
}

/// Whether a file has this mark in its first lines.
fn says_in_head(text: &str, mark: &str) -> bool {
    const HEAD_LINES: usize = 20;
    text.lines().take(HEAD_LINES).any(|line| line.contains(mark))
}

/// What a check found, as printed, for tests.
#[cfg(test)]
fn found(check: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
    let findings = check(&Tree::of(files));
    findings.iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect()
}
