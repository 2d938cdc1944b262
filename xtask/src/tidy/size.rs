//! Files that one can still read: about 150 lines, rarely over 500.

use super::Finding;
use crate::tree::Tree;

/// From here on a file is listed.
const LONG_LINES: usize = 500;
/// From here on it fails.
const TOO_LONG_LINES: usize = 900;

/// A file that is one table of data says this in its head; it is listed, but never fails.
const TABLE: &str = "tidy: one table";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code = [".rs", ".ts", ".css"].into_iter().flat_map(|end| tree.under("", end));
    let long = code.filter(|(_, text)| text.lines().count() > LONG_LINES);
    long.map(|(path, text)| {
        let lines = text.lines().count();
        let remedy = "give each thing in it a file of its own";
        let finding = Finding::new(path, lines, format!("{lines} lines"), remedy);
        Finding { warning: lines <= TOO_LONG_LINES || super::says_in_head(text, TABLE), ..finding }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_all(files: &[(&str, &str)]) -> Vec<Finding> {
        check(&Tree::of(files))
    }

    #[test]
    fn sizes() {
        let check = |lines: usize, expected: Option<bool>| {
            let tree =
                Tree::of(&[("crates/x/src/a.rs", &"a\n".repeat(lines)), ("b.md", &"b\n".repeat(2000))]);
            let warnings: Vec<bool> = check(&tree).iter().map(|f| f.warning).collect();
            assert_eq!(warnings, Vec::from_iter(expected), "{lines}");
        };
        check(500, None);
        check(501, Some(true));
        check(900, Some(true));
        check(901, Some(false));
        let table = format!("// {TABLE}\n{}", "a\n".repeat(2000));
        assert!(check_all(&[("a.rs", &table)])[0].warning);
    }
}
