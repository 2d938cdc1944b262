//! Files without end and forms made to exhaust a reader.

use super::read;
use connect::sources::{Found, Input, by_name};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file without end: `head`, then `body` again and again; counts what was taken from it.
struct Endless<'a> {
    head: &'a [u8],
    body: &'a [u8],
    at: usize,
    taken: &'a AtomicUsize,
}

impl std::io::Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let rest = match self.at.checked_sub(self.head.len()) {
            None => &self.head[self.at..],
            Some(past) => &self.body[past % self.body.len()..],
        };
        let some = rest.len().min(out.len());
        out[..some].copy_from_slice(&rest[..some]);
        self.at += some;
        self.taken.fetch_add(some, Ordering::Relaxed);
        Ok(some)
    }
}

/// Records come out while the file goes in: a document without end gives its first thousand.
#[test]
fn records_come_before_the_file_ends() {
    const RECORDS: usize = 1000;
    const AHEAD_BYTES_MAX: usize = 1024 * 1024;
    let status = r#"{"uri":"https://s.test/1","visibility":"public","content":"x","account":{"acct":"a"}},"#;
    let table: &[(&str, &str, &str)] = &[
        (
            "telegram",
            r#"{"type":"public_channel","id":1,"messages":["#,
            r#"{"id":2,"type":"message","text":"x"},"#,
        ),
        (
            "telegram",
            r#"{"chats":{"list":[{"type":"public_channel","id":1,"messages":["#,
            r#"{"id":2,"text":"x"},"#,
        ),
        ("mastodon", "[", status),
        ("mastodon", r#"{"type":"OrderedCollection","orderedItems":["#, status),
        ("bluesky", r#"{"posts":["#, r#"{"uri":"at://did:x:y/app.bsky.feed.post/k","record":{"text":"x"}},"#),
        ("misp", r#"{"Event":{"Attribute":["#, r#"{"type":"url","value":"https://s.test/1"},"#),
        (
            "stix",
            r#"{"type":"bundle","objects":["#,
            r#"{"type":"url","id":"url--1","value":"https://s.test/1"},"#,
        ),
        (
            "feed",
            r#"<rss version="2.0"><channel><title>t</title>"#,
            "<item><link>https://s.test/1</link></item>",
        ),
        (
            "feed",
            r#"{"version":"https://jsonfeed.org/version/1","items":["#,
            r#"{"id":"1","url":"https://s.test/1"},"#,
        ),
        ("csv", "url,text\n", "https://s.test/1,x\n"),
        ("ndjson", "", "{\"url\":\"https://s.test/1\"}\n"),
        ("urls", "", "https://s.test/1\n"),
        ("mail", "", "From a\nFrom: a@s.test\n\nhttps://s.test/1\n\n"),
    ];
    for (format, head, body) in table {
        let taken = AtomicUsize::new(0);
        let endless = Endless { head: head.as_bytes(), body: body.as_bytes(), at: 0, taken: &taken };
        let mut seen = 0;
        let verdict = by_name(format).unwrap().read(
            Input::new("endless", std::io::BufReader::new(endless)),
            &mut |found| {
                assert!(matches!(found, Found::Record(_)), "{format}: {found:?}");
                seen += 1;
                if seen == RECORDS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!((seen, verdict.unwrap().stopped), (RECORDS, true), "{format}");
        let needed = head.len() + RECORDS * body.len();
        let taken = taken.into_inner();
        assert!(taken < needed + AHEAD_BYTES_MAX, "{format}: {} bytes read ahead", taken - needed);
    }
}

/// What is made to exhaust a reader is bounded; a quadratic step would never end here.
#[test]
fn hostile_forms_are_bounded() {
    let message =
        |text: &str| format!(r#"{{"type":"public_channel","id":1,"messages":[{{"id":1,"text":{text}}}]}}"#);
    let many: Vec<String> =
        (0..100_000).map(|n| format!(r#"{{"type":"link","text":"https://s.test/{n}"}}"#)).collect();
    let (got, _) = read("telegram", "a", message(&format!("[{}]", many.join(","))).as_bytes());
    assert_eq!(got.records[0].links.len(), 1000);
    let (got, _) = read("telegram", "a", message(r#""a\u0000b""#).as_bytes());
    assert_eq!(got.records[0].text, "a\u{fffd}b");
    let brackets = format!("https://s.test/{}", ")".repeat(1_000_000));
    let (got, _) = read("telegram", "a", message(&format!("{brackets:?}")).as_bytes());
    assert_eq!(got.records[0].links.len(), 0);
    let huge = message(&format!("{:?}", "x".repeat(9 * 1024 * 1024)));
    let (got, verdict) = read("telegram", "a", huge.as_bytes());
    assert!(got.records.is_empty() && verdict.is_err());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let (got, _) = read("telegram", "a", message(&deep).as_bytes());
    assert_eq!(got.set_aside.len(), 1);
    let html =
        format!(r#"[{{"uri":"https://s.test/1","content":{:?},"account":{{}}}}]"#, "<a '".repeat(500_000));
    assert_eq!(read("mastodon", "a", html.as_bytes()).0.records.len(), 1);
    let quotes = format!("url,text\nhttps://s.test/0,x\n{}", "https://s.test/1,\"open\n".repeat(20_000));
    assert_eq!(read("csv", "a.csv", quotes.as_bytes()).0.records.len(), 1);
    let nested = format!("<rss version=\"2.0\"><channel><item>{}</item>", "<b>".repeat(100_000));
    assert!(read("feed", "a", nested.as_bytes()).1.is_err());
    let mails = "Content-Type: message/rfc822\n\n".repeat(50_000);
    assert!(read("mail", "a", format!("Subject: s\n{mails}").as_bytes()).1.is_err());
}
