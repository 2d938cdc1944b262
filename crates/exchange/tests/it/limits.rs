//! RXP-100: every limit, one below, at, and one beyond.

use crate::envelope::resigned;
use exchange::{Code, limits, limits::Limit};
use serde_json::{Value, json};

/// Sets `amount` of something in the worked example `number`; inside passes, outside is `limit`.
fn check(number: &str, limit: Limit, put: impl Fn(&mut Value, usize)) {
    check_from(number, 0, limit, put);
}

/// The same for a place that cannot hold less than `floor` for another reason.
fn check_from(number: &str, floor: usize, limit: Limit, put: impl Fn(&mut Value, usize)) {
    let Limit { min, max } = limit;
    let amounts = [min.saturating_sub(1), min, min + 1, max - 1, max, max + 1];
    for amount in amounts.into_iter().filter(|amount| *amount >= floor) {
        let result = resigned(number, |document| put(document, amount));
        let code = result.as_ref().err().map(|refused| refused.code);
        let expected = (!limit.allows(amount)).then_some(Code::Limit);
        assert_eq!(code, expected, "{number}: {amount} of {min} to {max}: {result:?}");
    }
}

/// Sets the text at `pointer` to `amount` letters of two bytes: characters count, not bytes.
fn text(pointer: &'static str) -> impl Fn(&mut Value, usize) {
    move |document, amount| *document.pointer_mut(pointer).unwrap() = json!("\u{e9}".repeat(amount))
}

/// Repeats the first entry of the list at `pointer`.
fn list(pointer: &'static str) -> impl Fn(&mut Value, usize) {
    move |document, amount| {
        let list = document.pointer_mut(pointer).unwrap();
        let first = list[0].clone();
        *list = Value::from(vec![first; amount]);
    }
}

#[test]
fn limits() {
    check("04", limits::ITEMS, |document, amount| {
        let mut item = document["body"]["items"][0].clone();
        item.as_object_mut().unwrap().remove("evidence");
        let items = (0..amount).map(|n| {
            item["item"] = json!(format!("i{n}"));
            item.clone()
        });
        document["body"]["items"] = items.collect();
    });
    check_from("04", 15, limits::URL_BYTES, |document, amount| {
        document["body"]["items"][0]["url"] = json!(format!("https://h.test/{}", "a".repeat(amount - 15)));
    });
    check("04", limits::LOCATOR_CHARS, text("/body/items/0/locators/0"));
    check("04", limits::LOCATORS, list("/body/items/0/locators"));
    check("04", limits::STATEMENT_CHARS, text("/body/items/0/statements/solicits_participation"));
    check("04", limits::FINDING_CHARS, |document, amount| {
        document["body"]["exemption_assessment"]["art"] =
            json!({"finding": "yes", "text": "x".repeat(amount)});
    });
    check("04", limits::FINDING_CHARS, text("/body/exemption_assessment/true_purpose"));
    check("04", limits::REFERENCE_CHARS, text("/body/reference"));
    check("04", limits::EVIDENCE, list("/body/items/0/evidence"));
    check("04", limits::HASHES, list("/body/items/0/hashes"));
    check_from("04", 1, limits::LEGAL_BASES, |document, amount| {
        document["legal_basis"] = Value::from(vec!["terms"; amount]);
    });
    check_from("04", 10, limits::LEGAL_BASIS_CHARS, |document, amount| {
        document["legal_basis"] = json!([format!("national:{}", "x".repeat(amount - 9))]);
    });
    check("04", limits::EXT_KEYS, |document, amount| {
        document["ext"] = (0..amount)
            .map(|n| (format!("org.example.k{n}"), json!(n)))
            .collect::<serde_json::Map<_, _>>()
            .into();
    });
    check_from("04", 20, limits::EXT_BYTES, |document, amount| {
        document["ext"] = json!({"org.example.k": "x".repeat(amount - 20)});
    });
    check("08", limits::TERRITORIES, |document, amount| {
        document["body"]["results"][0]["territories"] = Value::from(vec!["FR"; amount]);
    });
    check("08", limits::NOTE_CHARS, |document, amount| {
        document["body"]["results"][0]["note"] = json!("x".repeat(amount));
    });
    check("08", limits::RESULTS, list("/body/results"));
    check("11", limits::CHANGES, list("/body/changes"));
    check("12", limits::TEXT_CHARS, text("/body/text"));
    check("32", limits::REDRESS, list("/body/next_steps"));
    check_from("10", 2, limits::LANGUAGES, |document, amount| {
        document["body"]["languages"] = Value::from(vec!["en"; amount]);
    });
}

/// A text of characters that nobody sees has the length of a text and is none (D10).
#[test]
fn what_nobody_sees_makes_no_text_longer() {
    let check = |number: &str, pointer: &'static str, text: &str, expected: Option<Code>| {
        let result = resigned(number, |document| *document.pointer_mut(pointer).unwrap() = json!(text));
        assert_eq!(result.err().map(|refused| refused.code), expected, "{number} {pointer} {text:?}");
    };
    let unseen = "\u{200b}".repeat(40);
    check("04", "/body/items/0/statements/solicits_participation", &unseen, Some(Code::Limit));
    check("04", "/body/reference", &unseen, Some(Code::Limit));
    check("12", "/body/text", &unseen, Some(Code::Limit));
    check("12", "/body/text", &format!("{unseen}a"), None);
    check("12", "/body/text", &"\u{2067}".repeat(3), Some(Code::Limit));
}

#[test]
fn evidence_limits() {
    let size = |size: u64| {
        resigned("04", move |v| v["body"]["items"][0]["evidence"][0]["size"] = json!(size)).is_ok()
    };
    assert_eq!([1 << 40, (1 << 40) + 1].map(size), [true, false]);
    let link = |bytes: usize, until: &'static str| {
        resigned("04", move |v| {
            let evidence = &mut v["body"]["items"][0]["evidence"][0];
            evidence["link"] = json!(format!("https://h.test/{}", "a".repeat(bytes - 15)));
            evidence["link_until"] = json!(until);
        })
        .is_ok()
    };
    assert!(link(2047, "2026-12-09T12:59:59.999Z") && link(2048, "2026-12-09T13:00:00.000Z"));
    assert!(!link(2049, "2026-12-09T13:00:00.000Z") && !link(2048, "2026-12-09T13:00:00.001Z"));
    assert!(!link(2048, "2026-12-02T12:59:59.999Z"), "ended before it was sent");
}
