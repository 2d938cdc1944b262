//! Well-formed files of real formats, as big as wanted, made of the posts of a world.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// Formats that come in one big file.
pub(crate) const FORMATS: [&str; 10] =
    ["telegram", "ndjson", "csv", "mastodon", "bluesky", "misp", "stix", "feed", "mail", "urls"];
/// 2026-01-01T00:00:00Z, in seconds.
const FIRST_S: u64 = 1_767_225_600;
const BUFFER_BYTES: usize = 1 << 20;
/// Length of the end of an address in a list of addresses.
const SLUG_CHARACTERS: usize = 60;

/// What the files are made of.
pub(crate) struct Posts(Vec<(String, String)>);

/// One record to write.
struct Post<'a> {
    n: u64,
    text: String,
    author: &'a str,
}

impl Posts {
    /// Texts and authors of a `posts.ndjson`.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)?;
        let posts = text.lines().map(|line| {
            let post: Value = serde_json::from_str(line)?;
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            Ok((word(&post["text"]), word(&post["author"]["handle"])))
        });
        Ok(Self(posts.collect::<Result<_>>()?))
    }

    /// Three texts together, so that a record has the size that it has outside.
    fn at(&self, n: u64) -> Post<'_> {
        let pick = |step: u64| &self.0[usize::try_from(n * step + n / 7).unwrap_or_default() % self.0.len()];
        let text = format!("{}\n{}\n{} {n}", pick(1).0, pick(31).0, pick(77).0);
        Post { n, text, author: &pick(13).1 }
    }
}

/// Writes a file of at least so many bytes; gives its records.
pub(crate) fn write(format: &str, posts: &Posts, bytes: u64, path: &Path) -> Result<u64> {
    let (head, between, tail) = frame(format).with_context(|| format!("no generator for {format}"))?;
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, std::fs::File::create(path)?);
    out.write_all(head.as_bytes())?;
    let (mut written, mut n) = (head.len() as u64, 0);
    while written < bytes {
        if n > 0 {
            out.write_all(between.as_bytes())?;
        }
        let record = record(format, &posts.at(n));
        out.write_all(record.as_bytes())?;
        written += (record.len() + between.len()) as u64;
        n += 1;
    }
    out.write_all(tail.as_bytes())?;
    out.flush()?;
    Ok(n)
}

/// What stands before, between and after the records.
fn frame(format: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match format {
        "telegram" => (
            r#"{"name":"The Wall","type":"public_channel","id":1234567,"username":"thewall","messages":["#,
            ",\n",
            "]}\n",
        ),
        "ndjson" | "bluesky" | "mail" | "urls" => ("", "\n", "\n"),
        "csv" => ("url,text,author,time\r\n", "\r\n", "\r\n"),
        "mastodon" => ("[", ",\n", "]\n"),
        "misp" => (
            r#"{"Event":{"info":"list","uuid":"5e9f1a3e-0000-4000-8000-000000000001","Attribute":["#,
            ",",
            "]}}\n",
        ),
        "stix" => (
            r#"{"type":"bundle","id":"bundle--5e9f1a3e-0000-4000-8000-000000000001","objects":["#,
            ",",
            "]}\n",
        ),
        "feed" => (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>The Wall</title><link>https://wall.example/</link><description>Posts</description>\n",
            "\n",
            "\n</channel></rss>\n",
        ),
        _ => return None,
    })
}

fn record(format: &str, post: &Post<'_>) -> String {
    let Post { n, text, author } = post;
    let at =
        jiff::Timestamp::from_second(i64::try_from(FIRST_S + n * 7).unwrap_or_default()).unwrap_or_default();
    let uuid = format!("5e9f1a3e-0000-4000-9000-{n:012x}");
    match format {
        "telegram" => json!({
            "id": n, "type": "message", "date": "2026-01-01T00:00:00", "date_unixtime": (FIRST_S + n * 7).to_string(),
            "from": "The Wall", "from_id": "channel1234567",
            "text": [text, {"type": "hashtag", "text": "#wall"}, " ", {"type": "text_link", "text": "more", "href": format!("https://out{}.example/{n}", n % 90)}],
            "text_entities": [],
        })
        .to_string(),
        "ndjson" => json!({
            "id": format!("b{n}"), "service": "wall.example", "url": format!("https://wall.example/p/{n}"), "text": text,
            "author": {"handle": author}, "posted_at": at.to_string(), "links": [format!("https://out{}.example/{n}", n % 90)],
            "hashtags": ["wall"], "audience": "open",
        })
        .to_string(),
        "csv" => format!("https://wall.example/p/{n},\"{}\",{author},{at}", text.replace('"', "\"\"")),
        "mastodon" => json!({
            "id": n.to_string(), "uri": format!("https://mast.example/users/{author}/statuses/{n}"),
            "url": format!("https://mast.example/@{author}/{n}"), "created_at": at.to_string(), "visibility": "public",
            "content": format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>")),
            "account": {"id": "1", "username": author, "acct": author, "url": format!("https://mast.example/@{author}")},
            "media_attachments": [], "mentions": [], "tags": [{"name": "wall"}], "language": null, "reblogs_count": 1,
        })
        .to_string(),
        "bluesky" => json!({
            "did": format!("did:plc:{:024}", n % 5_000), "time_us": (FIRST_S + n * 7) * 1_000_000, "kind": "commit",
            "commit": {"rev": format!("r{n}"), "operation": "create", "collection": "app.bsky.feed.post", "rkey": format!("k{n}"),
                "record": {"$type": "app.bsky.feed.post", "createdAt": at.to_string(), "text": text, "langs": ["en"]}, "cid": "b"},
        })
        .to_string(),
        "misp" => json!({
            "id": n.to_string(), "uuid": uuid, "type": "url", "category": "Network activity", "to_ids": false,
            "timestamp": (FIRST_S + n * 7).to_string(), "comment": text, "deleted": false, "distribution": "5",
            "value": format!("https://wall.example/m/{n}"),
        })
        .to_string(),
        "stix" => json!({
            "type": "indicator", "spec_version": "2.1", "id": format!("indicator--{uuid}"), "created": at.to_string(),
            "modified": at.to_string(), "valid_from": at.to_string(), "pattern_type": "stix", "description": text,
            "pattern": format!("[url:value = 'https://wall.example/s/{n}']"),
        })
        .to_string(),
        "feed" => format!(
            "<item><title>Post {n}</title><link>https://wall.example/f/{n}</link><guid>https://wall.example/f/{n}</guid><pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate><description>{}</description></item>",
            text.replace('&', "&amp;").replace('<', "&lt;")
        ),
        // A list of addresses has nothing but them: long ones, as files of a cloud have.
        "urls" => format!("https://wall.example/u/{n}/{}", slug(text)),
        _ => format!(
            "From reporter@desk.example Thu Jan  1 00:00:00 2026\nMessage-ID: <{n}@desk.example>\nDate: Thu, 01 Jan 2026 00:00:00 +0000\nFrom: reporter@desk.example\nTo: unit@unit.example\nSubject: Report {n}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nSeen at https://wall.example/e/{n}\n{text}\n"
        ),
    }
}

/// Some letters of a text, as the end of an address.
fn slug(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(SLUG_CHARACTERS).collect()
}
