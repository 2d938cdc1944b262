//! The vectors of the public suffix list and of the URL standard.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../../tests/samples.rs"]
mod place;

use text::url_form::{BadUrl, canonical};

fn sample(name: &str) -> Option<String> {
    Some(std::fs::read_to_string(place::folder()?.join("vectors/url_canonical").join(name)).unwrap())
}

fn check_registrable(host: &str, expected: Option<&str>) -> bool {
    let Ok(address) = canonical(&format!("https://{host}/")) else { return expected.is_none() };
    match expected {
        // a public suffix, or a single label, stands for itself
        None => address.registrable == address.host,
        Some(domain) => {
            address.registrable == domain
                || idna::domain_to_ascii(domain).is_ok_and(|ascii| ascii == address.registrable)
        }
    }
}

#[test]
fn psl_vectors() {
    let Some(text) = sample("psl_test_psl.txt") else { return };
    let mut seen = 0;
    for line in text.lines().filter(|line| line.starts_with("checkPublicSuffix(")) {
        let fields: Vec<&str> =
            line.split(['(', ')', ',']).skip(1).map(|field| field.trim().trim_matches('\'')).collect();
        if fields[0] == "null" || fields[0].starts_with('.') {
            continue;
        }
        let expected = (fields[1] != "null").then_some(fields[1]);
        assert!(check_registrable(fields[0], expected), "{line}");
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

/// A few of them for machines without the samples.
#[test]
fn psl_own_vectors() {
    for (host, expected) in [
        ("a.b.example.com", Some("example.com")),
        ("b.c.kobe.jp", Some("b.c.kobe.jp")),
        ("www.city.kobe.jp", Some("city.kobe.jp")),
        ("a.b.example.uk.com", Some("example.uk.com")),
        ("www.食狮.com.cn", Some("食狮.com.cn")),
        ("co.uk", None),
        ("test", None),
    ] {
        assert!(check_registrable(host, expected), "{host}");
    }
}

#[test]
fn urltestdata() {
    let Some(text) = sample("urltestdata.json") else { return };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let (mut taken, mut refused) = (0, 0);
    for case in cases.iter().filter(|case| case.is_object()) {
        let input = case["input"].as_str().unwrap();
        let lower = input.trim_start().to_ascii_lowercase();
        if !lower.starts_with("http://") && !lower.starts_with("https://") {
            continue;
        }
        let got = canonical(input);
        if case["failure"] == true {
            assert!(got.is_err(), "{input:?}: {got:?}");
            refused += 1;
        } else if case["username"] != "" || case["password"] != "" {
            assert_eq!(got, Err(BadUrl::Credentials), "{input:?}");
            refused += 1;
        } else if case["protocol"] == "http:" || case["protocol"] == "https:" {
            // the standard's own reading and ours end in one form
            let href = canonical(case["href"].as_str().unwrap()).map(|address| address.url);
            if got == Err(BadUrl::Host) && case["hostname"].as_str().unwrap().trim_matches('.').is_empty() {
                continue;
            }
            assert_eq!(got.map(|address| address.url), href, "{input:?}");
            taken += 1;
        }
    }
    println!("urltestdata: {taken} taken, {refused} refused");
    assert!(taken > 100 && refused > 60, "{taken} {refused}");
}
