#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use std::collections::BTreeSet;

fn keys(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect()
}

fn variables(text: &str, key: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if !line.starts_with([' ', '\t', '}']) {
            inside = line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
        }
        if inside {
            for part in line.split('$').skip(1) {
                found.insert(part.chars().take_while(char::is_ascii_alphanumeric).collect());
            }
        }
    }
    found
}

#[test]
fn every_file_parses() {
    for (name, texts) in FILES {
        for (lang, text) in Lang::ALL.iter().zip(texts) {
            let faults =
                fluent_bundle::FluentResource::try_new((*text).to_owned()).err().map(|(_, faults)| faults);
            assert!(faults.is_none(), "{}/{name}.ftl: {faults:?}", lang.tag());
        }
    }
}

#[test]
fn keys_are_equal_in_all_languages() {
    for (name, [english, others @ ..]) in FILES {
        for (lang, text) in Lang::ALL.iter().skip(1).zip(others) {
            assert_eq!(keys(english), keys(text), "{}/{name}.ftl", lang.tag());
            for key in keys(english) {
                assert_eq!(variables(english, key), variables(text, key), "{}/{name}.ftl: {key}", lang.tag());
            }
        }
    }
}

#[test]
fn no_key_stands_twice() {
    let mut seen = BTreeSet::new();
    for (name, texts) in FILES {
        let listed = texts[0]
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .count();
        assert_eq!(listed, keys(texts[0]).len(), "{name}.ftl holds a key twice");
        for key in keys(texts[0]) {
            assert!(seen.insert(key), "{key} stands in two files");
        }
    }
}

#[test]
fn every_string_carries_a_review_mark() {
    for (name, texts) in FILES {
        for (lang, text) in Lang::ALL.iter().zip(texts) {
            let lines: Vec<&str> = text.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                    let mark = at.checked_sub(1).and_then(|above| lines[above].strip_prefix("# reviewed: "));
                    let known = mark.is_some_and(|mark| {
                        mark == "no" || mark.starts_with("yes, ") || (mark == "source" && *lang == Lang::En)
                    });
                    assert!(known, "{}/{name}.ftl line {}: no review mark", lang.tag(), at + 1);
                }
            }
        }
    }
}

/// Every key that the sources name is there, and every key that is there is named in the sources.
#[test]
fn keys_and_sources_agree() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = String::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("words/tests.rs") {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let known: BTreeSet<&str> = FILES.iter().flat_map(|(_, texts)| keys(texts[0])).collect();
    let unused: Vec<&&str> = known.iter().filter(|key| !sources.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "no source names {unused:?}");
    let mut missing = BTreeSet::new();
    for call in ["w.t(\"", "w.with(\"", "self.t(\"", "self.with(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            if !known.contains(key) {
                missing.insert(key);
            }
        }
    }
    assert!(missing.is_empty(), "no file holds {missing:?}");
}

#[test]
fn numbers_carry_groups() {
    for (number, expected) in
        [(0, "0"), (999, "999"), (1000, "1\u{202f}000"), (18_260_123, "18\u{202f}260\u{202f}123")]
    {
        assert_eq!(figures::grouped(number), expected);
    }
}

#[test]
fn times_carry_their_zone() {
    let w = Words::new(Lang::En, "Europe/Brussels");
    let at: jiff::Timestamp = "2026-03-10T11:42:07Z".parse().unwrap();
    assert!(w.clock(at).into_string().contains("12:42 CET"));
    assert!(w.utc(at).into_string().contains("11:42 UTC"));
    assert!(w.clock_at(at, "America/New_York").into_string().contains("07:42 EDT"));
    assert!(w.clock_at(at, "No/Where").into_string().contains("11:42 UTC"));
    assert_eq!(w.day(at), "10 March 2026");
}

#[test]
fn languages_are_chosen_from_the_header() {
    for (header, expected) in [
        ("", Lang::En),
        ("fr", Lang::Fr),
        ("de, ar;q=0.7, fr;q=0.8", Lang::Fr),
        ("fr;q=0, ar-EG;q=0.2", Lang::Ar),
        ("tlh", Lang::En),
    ] {
        assert_eq!(Lang::accepted(header), expected, "{header}");
    }
}

#[test]
fn plurals_choose_their_form() {
    let items = |lang, n: u64| Words::new(lang, "UTC").with("items", &[("n", n.into())]);
    assert_eq!(items(Lang::En, 1), "1 item");
    assert_eq!(items(Lang::En, 1906), "1\u{202f}906 items");
    assert_eq!(items(Lang::Fr, 0), "0 élément");
    assert_eq!(items(Lang::Ar, 2), "مادتان");
}

/// One word each for an item and a provider, and one kind of digits: those that numbers and times are written with. A hosting service provider is the Regulation's own term.
#[test]
fn arabic_calls_one_thing_by_one_word() {
    for (name, [_, _, arabic]) in FILES {
        for line in arabic.lines() {
            let line = line.replace("مقدم خدمات الاستضافة", "").replace("مقدمي خدمات الاستضافة", "");
            for other in ["عنصر", "عناصر", "مقدم خدمة", "مقدم الخدمة", "مقدمي الخدم", "مقدمو الخدم"]
            {
                assert!(!line.contains(other), "ar/{name}.ftl: {line}");
            }
            assert!(!line.contains(|c| ('\u{660}'..='\u{669}').contains(&c)), "ar/{name}.ftl: {line}");
        }
    }
}
