//! No test file is forgotten: each file of a `tests/it` folder is a module of its one binary.

use super::Finding;
use crate::tree::Tree;

const FOLDER: &str = "tests/it/";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _) in tree.under("", ".rs") {
        let Some(end) = path.find(FOLDER).map(|at| at + FOLDER.len()) else { continue };
        let (folder, inner) = path.split_at(end);
        if ["lib.rs", "main.rs"].contains(&inner) {
            continue;
        }
        let file = inner.trim_end_matches(".rs").trim_end_matches("/mod");
        let (parents, name) = match file.rsplit_once('/') {
            Some((inner, name)) => {
                (["{}.rs", "{}/mod.rs"].map(|p| p.replace("{}", &format!("{folder}{inner}"))), name)
            }
            None => (["lib.rs", "main.rs"].map(|parent| format!("{folder}{parent}")), file),
        };
        let declared = |text: &str| text.lines().any(|line| line.trim().ends_with(&format!("mod {name};")));
        // A test program of its own, with its own harness, is named by the folder's manifest.
        let own = format!("path = \"{inner}\"");
        let own = tree
            .get(&format!("{folder}Cargo.toml"))
            .is_some_and(|text| text.lines().any(|line| line.trim() == own));
        if !own && !parents.iter().filter_map(|parent| tree.get(parent)).any(declared) {
            let remedy = format!("add `mod {name};` to {}", parents.join(" or "));
            findings.push(Finding::new(path, 1, "no module declares this file, so it never runs", remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn declared() {
        let check = |files: &[(&str, &str)], expected: &[&str]| {
            assert_eq!(found(super::check, files), expected);
        };
        let forgotten = "tests/it/refer.rs:1: no module declares this file, so it never runs";
        check(
            &[("tests/it/lib.rs", "mod journey;"), ("tests/it/journey.rs", ""), ("tests/it/refer.rs", "")],
            &[forgotten],
        );
        check(
            &[
                ("tests/it/Cargo.toml", "[[test]]\npath = \"refer.rs\""),
                ("tests/it/lib.rs", ""),
                ("tests/it/refer.rs", ""),
            ],
            &[],
        );
        check(
            &[
                ("tests/it/lib.rs", "mod refer;"),
                ("tests/it/refer.rs", "mod a;"),
                ("tests/it/refer/a.rs", ""),
            ],
            &[],
        );
        let in_crate = "crates/a/tests/it/b.rs:1: no module declares this file, so it never runs";
        check(&[("crates/a/tests/it/main.rs", ""), ("crates/a/tests/it/b.rs", "")], &[in_crate]);
        check(&[("tests/it/lib.rs", "mod refers;"), ("tests/it/refer.rs", "")], &[forgotten]);
    }
}
