//! All languages say the same things: each has every file, and each file every key and attribute.

use super::Finding;
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "crates/server/locales/";
/// The language that the others are compared with.
const FIRST: &str = "en";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // language → file → key → line
    let mut languages: BTreeMap<&str, BTreeMap<&str, BTreeMap<String, usize>>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, text) in tree.under(FOLDER, ".ftl") {
        let Some((language, file)) = path[FOLDER.len()..].split_once('/') else { continue };
        let (keys, twice) = keys(text);
        for (key, line) in twice {
            findings.push(Finding::new(path, line, format!("`{key}` a second time"), "take one of them out"));
        }
        languages.entry(language).or_default().insert(file, keys);
    }
    let Some(first) = languages.get(FIRST) else { return findings };
    for (language, files) in &languages {
        let names: BTreeSet<&&str> = files.keys().chain(first.keys()).collect();
        for file in names {
            findings.extend(differences(language, file, files.get(*file), first.get(*file)));
        }
    }
    findings
}

fn differences(
    language: &str,
    file: &str,
    here: Option<&BTreeMap<String, usize>>,
    first: Option<&BTreeMap<String, usize>>,
) -> Vec<Finding> {
    let path = format!("{FOLDER}{language}/{file}");
    let (here, first) = match (here, first) {
        (Some(here), Some(first)) => (here, first),
        (None, _) => {
            let what = format!("{FIRST} has this file, {language} has not");
            return vec![Finding::new(&path, 1, what, "add it with all its keys")];
        }
        (_, None) => {
            let what = format!("{language} has this file, {FIRST} has not");
            return vec![Finding::new(&path, 1, what, "add it there or delete it here")];
        }
    };
    let missing = first.keys().filter(|key| !here.contains_key(*key));
    let missing =
        missing.map(|key| Finding::new(&path, 1, format!("`{key}` is missing"), "add it, marked unreviewed"));
    let extra = here.iter().filter(|(key, _)| !first.contains_key(*key));
    let extra = extra.map(|(key, line)| {
        Finding::new(&path, *line, format!("`{key}` is not in {FIRST}"), "add it there or delete it here")
    });
    missing.chain(extra).collect()
}

type Keys = BTreeMap<String, usize>;

/// Messages, terms (`-name`) and attributes (`message.attribute`) with their lines; and those that come twice.
fn keys(text: &str) -> (Keys, Vec<(String, usize)>) {
    let mut keys = Keys::new();
    let mut twice = Vec::new();
    let mut message = String::new();
    for (n, line) in text.lines().enumerate() {
        let Some((left, _)) = line.split_once('=') else { continue };
        let name = left.trim();
        let is_name = |name: &str| {
            let name = name.strip_prefix('-').unwrap_or(name);
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        let key = match (line.starts_with(char::is_whitespace), name.strip_prefix('.')) {
            (true, Some(attribute)) if is_name(attribute) => format!("{message}.{attribute}"),
            (false, None) if is_name(name) => {
                name.clone_into(&mut message);
                message.clone()
            }
            _ => continue,
        };
        if keys.insert(key.clone(), n + 1).is_some() {
            twice.push((key, n + 1));
        }
    }
    (keys, twice)
}

#[cfg(test)]
mod tests {
    use super::super::found;

    #[test]
    fn locales() {
        let check = |en: &str, fr: &str, expected: &[&str]| {
            let files = [("crates/server/locales/en/a.ftl", en), ("crates/server/locales/fr/a.ftl", fr)];
            assert_eq!(found(super::check, &files), expected);
        };
        check("# x = y\na = A\n    .b = B = C\n-t = T\n", "-t = T\na =\n    lang = texte\n    .b = B\n", &[]);
        check("a = A\nb = B\n", "a = A\n", &["crates/server/locales/fr/a.ftl:1: `b` is missing"]);
        check("a = A\n", "a = A\nc = C\n", &["crates/server/locales/fr/a.ftl:2: `c` is not in en"]);
        check("a = A\n    .b = B\n", "a = A\n", &["crates/server/locales/fr/a.ftl:1: `a.b` is missing"]);
        check("a = A\na = B\n", "a = A\n", &["crates/server/locales/en/a.ftl:2: `a` a second time"]);
        let one =
            [("crates/server/locales/en/a.ftl", "a = A\n"), ("crates/server/locales/ar/b.ftl", "a = A\n")];
        let expected = [
            "crates/server/locales/ar/a.ftl:1: en has this file, ar has not",
            "crates/server/locales/ar/b.ftl:1: ar has this file, en has not",
        ];
        assert_eq!(found(super::check, &one), expected);
    }
}
