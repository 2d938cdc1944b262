//! Banks as a unit would have them: mostly values that nobody posts, and some that the posts hold.

use crate::desk::{Api, Person};
use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::BufRead as _;
use std::path::Path;

/// Values that no post holds: digests, addresses, accounts, terms, texts.
const HASHES: usize = 20_000;
const ADDRESSES: usize = 10_000;
const ACCOUNTS: usize = 2_000;
const TERMS: usize = 300;
const TEXTS: usize = 5_000;
/// One post of so many gives its address, its text, its account to a bank.
const ADDRESS_OF: usize = 150;
const TEXT_OF: usize = 200;
const ACCOUNT_OF: usize = 500;
/// Words that stand in posts of each language, as terms.
const WORDS_OF: usize = 4_000;
/// Longest text of a bank here, in bytes.
const TEXT_MAX_BYTES: usize = 2_000;

/// A bank and its rows.
struct Bank {
    name: &'static str,
    opinion: &'static str,
    rows: BTreeSet<(&'static str, String)>,
}

/// Makes the banks through the API; gives how many signals they hold.
pub(crate) async fn import(api: &Api, who: &Person, posts: &Path) -> Result<usize> {
    let mut count = 0;
    let review = review_at();
    for bank in banks(posts)? {
        let body = json!({
            "name": bank.name, "opinion": bank.opinion, "origin": "partner.example", "distance": 31,
            "legal_basis": "Shared by a partner", "review_at": review,
        });
        let made = api.call(&who.token, Method::POST, "/api/v1/banks", Some(&body)).await?;
        let mut csv = "kind,value,label\n".to_owned();
        for (kind, value) in &bank.rows {
            writeln!(csv, "{kind},\"{}\",earlier case", value.replace('"', "\"\""))?;
        }
        let path = format!("/api/v1/banks/{}/signals?format=csv", made["id"].as_str().unwrap_or_default());
        count += api.list(&who.token, &path, csv).await?["new"].as_u64().unwrap_or_default() as usize;
    }
    Ok(count)
}

fn banks(posts: &Path) -> Result<Vec<Bank>> {
    let empty = |name, opinion| Bank { name, opinion, rows: BTreeSet::new() };
    let (mut cases, mut seeds) = (empty("cases", "positive"), empty("seeds", "seed"));
    for n in 0..HASHES {
        let kind = ["sha256", "sha1", "md5"][n % 3];
        let digits = [64, 40, 32][n % 3];
        cases.rows.insert((kind, format!("{n:0digits$x}")));
    }
    for n in 0..ADDRESSES {
        cases.rows.insert(("url", format!("https://site{}.example/item/{n}", n % 300)));
    }
    for n in 0..TEXTS {
        cases.rows.insert(("text", format!("A text of an earlier case, number {n}, of some length.")));
    }
    for n in 0..ACCOUNTS {
        seeds.rows.insert(("account", format!("site{}.example/person{n}", n % 300)));
    }
    for n in 0..TERMS {
        seeds.rows.insert(("term", format!("lorem{n} ipsum dolor{}", n * 7)));
    }
    let file = std::io::BufReader::new(std::fs::File::open(posts)?);
    for (n, line) in file.lines().enumerate() {
        let line = line?;
        let post: Value = if n % 50 == 0 { serde_json::from_str(&line)? } else { continue };
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if n % ADDRESS_OF == 0 {
            cases.rows.insert(("url", word(&post["url"])));
        }
        if n % TEXT_OF == 0 && word(&post["text"]).len() <= TEXT_MAX_BYTES {
            cases.rows.insert(("text", word(&post["text"])));
        }
        if n % ACCOUNT_OF == 0 {
            let account = format!("{}/{}", word(&post["service"]), word(&post["author"]["handle"]));
            seeds.rows.insert(("account", account));
        }
        if n % WORDS_OF == 0 {
            let text = word(&post["text"]);
            let two: Vec<&str> = text.split_whitespace().take(2).collect();
            seeds.rows.insert(("term", two.join(" ")));
        }
    }
    let hosts = (0..200).map(|n| ("host", format!("news{n}.example"))).collect();
    Ok(vec![cases, seeds, Bank { name: "press", opinion: "negative", rows: hosts }])
}

/// Sixty days from now, RFC 3339.
fn review_at() -> String {
    jiff::Timestamp::now()
        .saturating_add(jiff::SignedDuration::from_hours(60 * 24))
        .map_or_else(|_| String::new(), |at| at.to_string())
}
