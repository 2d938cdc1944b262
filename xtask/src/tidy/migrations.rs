//! Both databases go the same way: each migration is there twice, with one number and one name.

use super::Finding;
use crate::tree::Tree;
use std::collections::BTreeSet;

const FOLDERS: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let names = |folder: &'static str| -> BTreeSet<&str> {
        tree.under(folder, ".sql").map(|(path, _)| &path[folder.len()..]).collect()
    };
    let mut findings = Vec::new();
    for (folder, other) in [(FOLDERS[0], FOLDERS[1]), (FOLDERS[1], FOLDERS[0])] {
        let (here, there) = (names(folder), names(other));
        for name in here.difference(&there) {
            let remedy = format!("write {other}{name} too");
            findings.push(Finding::new(&format!("{folder}{name}"), 1, "the other database lacks it", remedy));
        }
        for (n, name) in here.iter().enumerate() {
            let number = format!("{:04}_", n + 1);
            if !name.starts_with(&number) {
                let remedy = format!("number them without gaps from 0001: `{number}name.sql`");
                findings.push(Finding::new(&format!("{folder}{name}"), 1, "out of sequence", remedy));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn migrations() {
        let check = |files: &[&str], expected: &[&str]| {
            let files: Vec<(&str, &str)> = files.iter().map(|path| (*path, "")).collect();
            assert_eq!(found(super::check, &files), expected);
        };
        check(&["migrations/sqlite/0001_a.sql", "migrations/postgres/0001_a.sql"], &[]);
        check(
            &["migrations/sqlite/0001_a.sql", "migrations/postgres/0001_b.sql"],
            &[
                "migrations/sqlite/0001_a.sql:1: the other database lacks it",
                "migrations/postgres/0001_b.sql:1: the other database lacks it",
            ],
        );
        check(
            &["migrations/sqlite/0002_a.sql", "migrations/postgres/0002_a.sql"],
            &[
                "migrations/sqlite/0002_a.sql:1: out of sequence",
                "migrations/postgres/0002_a.sql:1: out of sequence",
            ],
        );
    }
}
