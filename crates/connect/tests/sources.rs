//! The harness that every source passes, and what each example and sample must give.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use connect::sources::{Field, Found, Input, Mapping, Source, Summary, Unusable, by_name, guess, registry};
use domain::observation::{Audience, ItemKind, Record, SetAside, TimeTrust};
use proptest::prelude::*;

/// An example of a format, written for this project, and what it gives.
struct Example {
    source: &'static str,
    file: &'static str,
    bytes: &'static [u8],
    /// Records, set aside, refused, skipped.
    counts: [u64; 4],
}

macro_rules! examples {
    ($($source:literal $file:literal $counts:expr;)*) => {
        &[$(Example {
            source: $source,
            file: $file,
            bytes: include_bytes!(concat!("fixtures/", $file)),
            counts: $counts,
        }),*]
    };
}

const EXAMPLES: &[Example] = examples! {
    "telegram" "telegram.json" [4, 3, 2, 1];
    "mastodon" "mastodon.json" [3, 2, 2, 0];
    "mastodon" "mastodon-stream.ndjson" [2, 1, 0, 1];
    "mastodon" "mastodon-outbox.json" [2, 0, 1, 1];
    "bluesky" "bluesky-jetstream.ndjson" [2, 1, 0, 3];
    "bluesky" "bluesky-thread.json" [4, 0, 0, 2];
    "csv" "table.csv" [3, 4, 0, 0];
    "csv" "table-latin.csv" [2, 0, 0, 0];
    "csv" "table.tsv" [2, 0, 0, 0];
    "ndjson" "posts.ndjson" [4, 5, 1, 0];
    "ndjson" "foreign.ndjson" [3, 0, 0, 0];
    "urls" "urls.txt" [5, 2, 0, 0];
    "misp" "misp.json" [6, 1, 0, 2];
    "stix" "stix.json" [6, 2, 0, 1];
    "stix" "stix20.json" [1, 0, 0, 0];
    "feed" "rss.xml" [2, 1, 0, 0];
    "feed" "atom.xml" [1, 0, 0, 0];
    "feed" "rdf.xml" [2, 0, 0, 0];
    "feed" "feed.json" [2, 1, 0, 0];
    "mail" "report.eml" [2, 0, 0, 0];
    "mail" "arf.eml" [2, 0, 0, 0];
    "mail" "two.mbox" [2, 0, 0, 0];
};

/// Formats that are known and not yet read.
const LATER: [&str; 3] = ["warc", "wacz", "xarf"];

#[derive(Default)]
struct Got {
    records: Vec<Record>,
    set_aside: Vec<SetAside>,
    refused: Vec<SetAside>,
}

fn read_with(source: &dyn Source, input: Input<'_>) -> (Got, Result<Summary, Unusable>) {
    let mut got = Got::default();
    let verdict = source.read(input, &mut |found| {
        match found {
            Found::Record(record) => got.records.push(*record),
            Found::SetAside(entry) => got.set_aside.push(entry),
            Found::Refused(entry) => got.refused.push(entry),
        }
        ControlFlow::Continue(())
    });
    (got, verdict)
}

fn read(name: &str, file: &str, bytes: &[u8]) -> (Got, Result<Summary, Unusable>) {
    read_with(by_name(name).unwrap(), Input::new(file, bytes))
}

fn keys(got: &Got) -> Vec<String> {
    got.records.iter().map(|record| record.key.clone()).collect()
}

fn utf16(bytes: &[u8], big: bool) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// What holds for every answer of every source.
fn check_answer(at: &str, got: &Got, verdict: &Result<Summary, Unusable>) {
    match verdict {
        Ok(summary) => {
            assert_eq!(summary.records, got.records.len() as u64, "{at}");
            assert_eq!(summary.set_aside, got.set_aside.len() as u64, "{at}");
        }
        Err(Unusable(sentence)) => {
            assert!(got.records.is_empty(), "{at}: unusable after a good record: {sentence}");
            assert!(sentence.ends_with('.') && sentence.len() < 600, "{at}: {sentence}");
        }
    }
    for entry in got.set_aside.iter().chain(&got.refused) {
        assert!(!entry.at.is_empty() && entry.reason.ends_with('.'), "{at}: {entry:?}");
    }
    for record in &got.records {
        assert!(!record.key.is_empty() && !record.place.is_empty(), "{at}: {record:?}");
        assert!(!record.original.is_empty(), "{at}: {}", record.place);
        assert_ne!(record.audience, Audience::Private, "{at}: {}", record.place);
        assert_eq!(record.service, record.service.to_lowercase(), "{at}");
    }
}

fn check_example(example: &Example) {
    let Example { source, file, bytes, counts } = example;
    let (got, verdict) = read(source, file, bytes);
    check_answer(file, &got, &verdict);
    let summary = verdict.unwrap();
    let found = [summary.records, summary.set_aside, summary.refused, summary.skipped];
    assert_eq!(found, *counts, "{file}: {:#?}", got.set_aside);
    // Reading again gives the same keys.
    assert_eq!(keys(&got), keys(&read(source, file, bytes).0), "{file}");
    assert_eq!(guess(bytes, file), Some(*source), "{file}");
    check_encodings(example, &got, counts);
    check_truncation(example, &got);
    check_garbage(example);
    check_stop(example);
}

fn check_encodings(example: &Example, plain: &Got, counts: &[u64; 4]) {
    let Example { source, file, bytes, .. } = example;
    if std::str::from_utf8(bytes).is_err() {
        return;
    }
    let marked = [b"\xef\xbb\xbf", *bytes].concat();
    for (form, bytes) in
        [("mark", marked), ("UTF-16LE", utf16(bytes, false)), ("UTF-16BE", utf16(bytes, true))]
    {
        let (got, verdict) = read(source, file, &bytes);
        let summary = verdict.unwrap_or_else(|why| panic!("{file} {form}: {why}"));
        assert_eq!(summary.records, counts[0], "{file} {form}");
        assert_eq!(keys(&got), keys(plain), "{file} {form}");
        if form != "mark" {
            assert_eq!(summary.encoding, form, "{file}");
        }
        assert_eq!(guess(&bytes, file), Some(*source), "{file} {form}");
    }
}

/// Cut at every sixteenth: no panic, what was read stays, and what is lost is named.
fn check_truncation(example: &Example, whole: &Got) {
    let Example { source, file, bytes, .. } = example;
    let all: BTreeSet<String> = keys(whole).into_iter().collect();
    for part in 0..16 {
        let at = format!("{file} cut at {part}/16");
        let (got, verdict) = read(source, file, &bytes[..bytes.len() * part / 16]);
        check_answer(&at, &got, &verdict);
        if !matches!(*source, "urls" | "csv" | "mail") {
            assert!(keys(&got).iter().all(|key| all.contains(key)), "{at}");
        }
        let single_document = file.ends_with(".json") || file.ends_with(".xml");
        if single_document && let Ok(summary) = verdict {
            assert!(summary.set_aside > 0, "{at}: the cut is not told");
        }
    }
}

fn check_garbage(example: &Example) {
    let Example { source, file, bytes, .. } = example;
    for garbage in [&b"@@@@ garbage\n"[..], b"\xff\xfe\xfd\n", b"]}\n", b"\"\n"] {
        let (got, verdict) = read(source, file, &[garbage, bytes].concat());
        check_answer(&format!("{file} after garbage"), &got, &verdict);
        if file.ends_with(".ndjson") && garbage.is_ascii() {
            assert!(!got.records.is_empty(), "{file}: a bad first line costs that line only");
        }
    }
}

fn check_stop(example: &Example) {
    let mut seen = 0;
    let source = by_name(example.source).unwrap();
    let verdict = source.read(Input::new(example.file, example.bytes), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    });
    assert_eq!((seen, verdict.unwrap().stopped), (1, true), "{}", example.file);
}

#[test]
fn every_source_passes_the_harness() {
    for source in registry() {
        let manifest = source.manifest();
        let texts = [manifest.title, manifest.example, manifest.reads, manifest.refuses];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", manifest.name);
        assert_eq!(by_name(manifest.name).map(Source::name), Some(manifest.name));
        let own: Vec<&Example> = EXAMPLES.iter().filter(|example| example.source == manifest.name).collect();
        assert_eq!(own.is_empty(), LATER.contains(&manifest.name), "{} has examples", manifest.name);
        own.into_iter().for_each(check_example);
        for nothing in
            [&b""[..], b"\n \n", b"\x00\x01\x02\x03", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"{}", b"[]"]
        {
            let (got, verdict) = read(manifest.name, "nothing", nothing);
            check_answer(manifest.name, &got, &verdict);
            assert!(verdict.is_err(), "{}: {nothing:?}", manifest.name);
        }
    }
}

#[test]
fn another_format_is_unusable() {
    for source in registry() {
        for example in EXAMPLES.iter().filter(|example| example.source != source.name()) {
            let (got, verdict) = read(source.name(), example.file, example.bytes);
            check_answer(&format!("{} as {}", example.file, source.name()), &got, &verdict);
            // JSON lines of another kind are readable by a mapping; lists of addresses are tables.
            let near = matches!(source.name(), "ndjson")
                || [example.source, source.name()] == ["urls", "csv"]
                || [example.file, source.name()] == ["table.tsv", "urls"];
            assert!(
                near || verdict.is_err(),
                "{} was read as {}: {:?}",
                example.file,
                source.name(),
                keys(&got)
            );
        }
    }
}

#[test]
fn formats_of_later_say_so() {
    for name in LATER {
        let (_, verdict) = read(name, "a.file", b"WARC/1.0\r\n");
        assert!(verdict.unwrap_err().0.contains("not yet read"), "{name}");
    }
}

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for source in registry() {
            let (got, verdict) = read(source.name(), "random", &bytes);
            check_answer(source.name(), &got, &verdict);
        }
        let _ = guess(&bytes, "random");
    }

    #[test]
    fn mutated_examples_never_panic(
        which in 0..EXAMPLES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let example = &EXAMPLES[which];
        let mut bytes = example.bytes.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()).max(bytes.len() / 2));
        let (got, verdict) = read(example.source, example.file, &bytes);
        check_answer(example.file, &got, &verdict);
    }
}

fn example(file: &str) -> Got {
    let example = EXAMPLES.iter().find(|example| example.file == file).unwrap();
    let (got, verdict) = read(example.source, file, example.bytes);
    verdict.unwrap();
    got
}

fn handles(all: &[domain::observation::Handle]) -> Vec<String> {
    all.iter().map(|handle| format!("{}@{}", handle.handle, handle.service)).collect()
}

fn at(record: &Record) -> String {
    record.posted_at.map(|time| time.at.to_string()).unwrap_or_default()
}

#[test]
fn telegram_fields() {
    let got = example("telegram.json");
    let [first, forward, video, group] = &got.records[..] else { panic!("{:?}", keys(&got)) };
    assert_eq!(first.key, "telegram:2000000001/2");
    assert_eq!(first.url.as_deref(), Some("https://t.me/example_sea/2"));
    assert_eq!(
        (first.text.as_str(), first.kind, first.audience),
        ("Lorem here #sea", ItemKind::Image, Audience::Open)
    );
    assert_eq!(
        (&first.links[..], &first.hashtags[..]),
        (&["https://video.example/1".to_owned()][..], &["sea".to_owned()][..])
    );
    assert_eq!((first.author.as_ref(), at(first).as_str()), (None, "2024-05-01T08:01:30Z"));
    assert_eq!(first.channel.as_ref().unwrap().handle, "example_sea");
    assert_eq!(forward.forwarded_from.as_ref().unwrap().handle, "channel2000000009");
    assert_eq!(forward.reply_to.as_deref(), Some("telegram:2000000001/2"));
    assert_eq!(forward.links, ["https://video.example/2"]);
    assert_eq!(video.posted_at.unwrap().trust, TimeTrust::NoOffset);
    assert!(video.media[0].missing && video.media[0].path.is_none());
    assert_eq!(
        (video.kind, video.media[0].duration_ms, video.media[0].width),
        (ItemKind::Video, Some(12_000), Some(320))
    );
    assert_eq!((group.audience, &group.url), (Audience::Unsure, &None));
    assert!(group.media[0].missing, "a path that climbs is not believed");
    assert!(got.refused[0].reason.contains("personal_chat") && got.refused[0].at == "chats.list[1].messages");
}

#[test]
fn telegram_type_after_messages() {
    let chat = |kind: &str| {
        format!(
            r#"{{"messages":[{{"id":1,"type":"message","date_unixtime":"1714550490","text":"a"}}],"id":5{kind}}}"#
        )
    };
    let (got, verdict) = read("telegram", "a", chat(r#","type":"public_channel""#).as_bytes());
    assert_eq!((keys(&got), verdict.is_ok()), (vec!["telegram:5/1".to_owned()], true));
    let (got, verdict) = read("telegram", "a", chat(r#","type":"personal_chat""#).as_bytes());
    assert_eq!((got.records.len(), verdict.unwrap().refused), (0, 1));
    let (got, verdict) = read("telegram", "a", chat("").as_bytes());
    assert_eq!((got.records.len(), verdict.is_err()), (0, true));
}

#[test]
fn mastodon_fields() {
    let got = example("mastodon.json");
    let [first, warned, boost] = &got.records[..] else { panic!("{:?}", keys(&got)) };
    assert_eq!(first.key, "mastodon:https://social.example/users/ana/statuses/1");
    assert_eq!(first.text, "See link #sea");
    assert_eq!(
        (&first.links[..], &first.hashtags[..]),
        (&["https://video.example/1?a=1&b=2".to_owned()][..], &["sea".to_owned()][..])
    );
    assert_eq!(handles(&first.mentions), ["ben@other.example"]);
    assert_eq!((first.kind, first.media[0].width), (ItemKind::Image, Some(10)));
    assert_eq!(warned.text, "Careful\n\nLorem 4");
    assert_eq!(
        (boost.text.as_str(), boost.forwarded_from.as_ref().unwrap().handle.as_str()),
        ("Shared", "cy")
    );
    let outbox = example("mastodon-outbox.json");
    let [note, announce] = &outbox.records[..] else { panic!("{:?}", keys(&outbox)) };
    assert_eq!(note.key, "mastodon:https://social.example/users/ana/statuses/31");
    assert_eq!(note.claimed_language.as_deref(), Some("fr"));
    assert_eq!(note.reply_to.as_deref(), Some("mastodon:https://other.example/users/ben/statuses/1"));
    assert_eq!((note.links.len(), note.media.len(), note.mentions.len(), note.hashtags.len()), (1, 1, 1, 1));
    assert_eq!(announce.links, ["https://other.example/users/ben/statuses/2"]);
}

#[test]
fn bluesky_fields() {
    let got = example("bluesky-jetstream.ndjson");
    let [first, answer] = &got.records[..] else { panic!("{:?}", keys(&got)) };
    assert_eq!(
        first.url.as_deref(),
        Some("https://bsky.app/profile/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/post/k1")
    );
    assert_eq!(
        (&first.links[..], &first.hashtags[..]),
        (&["https://video.example/1".to_owned()][..], &["sea".to_owned()][..])
    );
    assert!(first.media[0].sha256.as_deref().unwrap().starts_with("e3b0c442"));
    assert_eq!((first.mentions.len(), first.media[0].width), (1, Some(4)));
    assert_eq!(answer.reply_to.as_deref(), Some("bluesky:at://did:plc:x/app.bsky.feed.post/p"));
    assert_eq!((answer.posted_at.unwrap().offset_minutes, answer.links.len()), (Some(120), 1));
    let thread = example("bluesky-thread.json");
    let texts: Vec<&str> = thread.records.iter().map(|record| record.text.as_str()).collect();
    assert_eq!(texts, ["one", "zero", "two", "three"]);
    assert_eq!(thread.records[0].author.as_ref().unwrap().name.as_deref(), Some("Cy (@cy.example)"));
}

#[test]
fn tables_are_guessed_and_told() {
    let source = by_name("csv").unwrap();
    let bytes = include_bytes!("fixtures/table.csv");
    let (got, verdict) = read_with(source, Input::new("table.csv", &bytes[..]));
    let mapping = verdict.unwrap().mapping.unwrap();
    assert_eq!((mapping.delimiter, mapping.header, mapping.day_first), (Some(';'), Some(true), Some(true)));
    assert_eq!(mapping.columns[&Field::Url], "Post URL");
    assert_eq!(got.records[0].text, "Lorem; \"ipsum\"\nsecond line");
    assert_eq!(at(&got.records[0]), "2024-04-25T10:00:00Z");
    let places: Vec<&str> = got.set_aside.iter().map(|entry| entry.at.as_str()).collect();
    assert_eq!(places, ["line 5", "line 6", "line 7", "line 8"]);
    // The same mapping, saved as JSON and given again, reads the same.
    let saved = serde_json::to_string(&mapping).unwrap();
    let given: Mapping = serde_json::from_str(&saved).unwrap();
    let (again, _) = read_with(source, Input::new("table.csv", &bytes[..]).with_mapping(given));
    assert_eq!(keys(&again), keys(&got));
    let wrong: Mapping = serde_json::from_str(r#"{"columns":{"url":"nowhere"}}"#).unwrap();
    let (_, verdict) = read_with(source, Input::new("table.csv", &bytes[..]).with_mapping(wrong));
    assert!(verdict.unwrap_err().0.contains("nowhere"));
    let latin = example("table-latin.csv");
    assert_eq!(latin.records[0].text, "été à la mer");
    let (got, verdict) = read("csv", "table.tsv", include_bytes!("fixtures/table.tsv"));
    assert_eq!(verdict.unwrap().mapping.unwrap().header, Some(false));
    assert_eq!(
        (got.records[0].text.as_str(), at(&got.records[0]).as_str()),
        ("some words that make a text", "2024-05-01T08:00:00Z")
    );
}

#[test]
fn json_lines_fields() {
    let got = example("posts.ndjson");
    let first = &got.records[0];
    assert_eq!(first.key, "ndjson:video.example/1");
    assert_eq!(
        (first.kind, first.views, first.media[0].pdq.as_ref().unwrap().1),
        (ItemKind::Video, Some(12), 90)
    );
    assert_eq!(handles(&first.mentions), ["ben@video.example", "cy@other.example"]);
    assert_eq!(first.reply_to.as_deref(), Some("ndjson:video.example/0"));
    assert_eq!(got.records[1].key, "ndjson:video.example/2");
    assert_eq!(at(&got.records[1]), "2024-05-01T08:01:30Z");
    assert_eq!(got.records[2].audience, Audience::Unsure);
    assert_eq!(got.records[3].service, "video.example");
    let foreign = example("foreign.ndjson");
    let first = &foreign.records[0];
    assert_eq!(
        (first.text.as_str(), first.url.as_deref()),
        ("words of post 0", Some("https://video.example/p/0"))
    );
    assert_eq!(
        (first.author.as_ref().unwrap().handle.as_str(), at(first).as_str()),
        ("ana", "2024-05-01T08:00:00Z")
    );
    // One array of the same objects reads the same, but for the places.
    let lines =
        String::from_utf8_lossy(include_bytes!("fixtures/foreign.ndjson")).trim().replace('\n', ",\n");
    let (array, _) = read("ndjson", "a.json", format!("[{lines}]").as_bytes());
    assert_eq!(keys(&array), keys(&foreign));
    assert_eq!(array.records[2].place, "[2]");
}

#[test]
fn lists_fields() {
    let got = example("urls.txt");
    let urls: Vec<&str> = got.records.iter().filter_map(|record| record.url.as_deref()).collect();
    let expected = ["1", "2", "3", "4", "1"].map(|end| format!("https://video.example/{end}"));
    assert_eq!(urls, expected);
    assert_eq!((got.records[1].text.as_str(), got.records[1].place.as_str()), ("seen on Monday", "line 4"));
    assert_eq!(got.records[0].key, got.records[4].key);
    let misp = example("misp.json");
    assert_eq!(misp.records[0].key, "misp:00000000-0000-4000-8000-000000000001");
    assert_eq!(misp.records[0].posted_at.unwrap().trust, TimeTrust::Reported);
    assert_eq!(
        (&misp.records[1].media[0].sha256, misp.records[2].kind),
        (&Some("ab".repeat(32)), ItemKind::Video)
    );
    assert_eq!(misp.records[3].service, "bad.example");
    assert_eq!(misp.records[5].media[0].sha1, Some("ef".repeat(20)));
    assert_eq!(misp.set_aside[0].at, "response[0].Event.Attribute[6]");
    let stix = example("stix.json");
    assert_eq!(stix.records[3].key, "stix:indicator--00000000-0000-4000-8000-000000000005#0");
    assert_eq!(stix.records[4].url.as_deref(), Some("https://video.example/3"));
    assert_eq!(stix.records[2].author.as_ref().unwrap().handle, "ana");
    let (_, verdict) = read("stix", "a", include_bytes!("fixtures/stix20.json"));
    assert!(verdict.unwrap().notes[0].contains("2.0"));
}

#[test]
fn feed_fields() {
    let got = example("rss.xml");
    let first = &got.records[0];
    assert_eq!(
        (first.key.as_str(), first.url.as_deref()),
        ("feed:weather.example/g1", Some("https://weather.example/1"))
    );
    assert_eq!(first.text, "One & two\n\nLorem out");
    assert_eq!(
        (&first.links[..], &first.hashtags[..]),
        (&["https://out.example/1".to_owned()][..], &["sea".to_owned()][..])
    );
    assert_eq!((first.media.len(), at(first).as_str()), (2, "2024-05-01T08:01:30Z"));
    assert_eq!(first.author.as_ref().unwrap().handle, "name:Ana");
    assert_eq!(first.channel.as_ref().unwrap().name.as_deref(), Some("Example Weather"));
    assert_eq!(got.records[1].url.as_deref(), Some("https://weather.example/3"));
    let atom = example("atom.xml");
    assert_eq!(atom.records[0].text, "Été\n\nà la mer");
    assert_eq!(at(&atom.records[0]), "2024-05-01T06:01:30Z");
    assert_eq!(example("feed.json").records[0].hashtags, ["sea"]);
}

#[test]
fn mail_fields() {
    let got = example("report.eml");
    let urls: Vec<&str> = got.records.iter().filter_map(|record| record.url.as_deref()).collect();
    assert_eq!(urls, ["https://video.example/1", "https://video.example/2"]);
    assert!(
        got.records[0].text.starts_with("A report\n\nPlease look") && got.records[0].text.ends_with("été")
    );
    assert_eq!(
        (got.records[0].posted_at.unwrap().offset_minutes, &got.records[0].author),
        (Some(120), &None)
    );
    let arf = example("arf.eml");
    let urls: Vec<&str> = arf.records.iter().filter_map(|record| record.url.as_deref()).collect();
    assert_eq!(urls, ["https://video.example/3", "https://video.example/4"]);
    let mbox = example("two.mbox");
    assert!(mbox.records[0].text.ends_with("\nFrom here on text"), "{}", mbox.records[0].text);
    assert_eq!((&mbox.records[1].url, mbox.records[1].audience), (&None, Audience::Unsure));
}

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

/// The samples of the project's specification, when they are at hand.
#[test]
fn samples_give_what_they_hold() {
    let root = Path::new("/work/shared/samples/intake");
    if !root.exists() {
        println!("skipped: no samples");
        return;
    }
    let table: &[(&str, &str, [u64; 4], usize, usize)] = &[
        // format, file, [records, set aside, refused, skipped], media, links
        ("telegram", "telegram/telegram-export-md_result.json", [12, 0, 1, 1], 5, 1),
        ("telegram", "telegram/tg-parser_supergroup_with_topics.json", [4, 0, 0, 3], 0, 0),
        ("telegram", "telegram/written-public-channel.json", [3, 0, 0, 1], 2, 2),
        (
            "mastodon",
            "mastodon/api_test_list_timeline_2_GET_v1-timelines-list-6_array.json",
            [7, 0, 0, 0],
            0,
            0,
        ),
        (
            "mastodon",
            "mastodon/api_test_status_card_2_GET_v1-statuses-117020609135389699_object.json",
            [1, 0, 0, 0],
            0,
            1,
        ),
        ("bluesky", "bluesky/post_record.json", [1, 0, 0, 0], 0, 0),
        ("bluesky", "bluesky/thread_view_post_with_embed_media.json", [1, 0, 0, 0], 1, 1),
        ("misp", "misp/misp_event.json", [2, 0, 0, 0], 0, 0),
        ("stix", "stix_taxii/stix21_indicator-for-malicious-url.json", [1, 0, 0, 2], 0, 0),
        ("feed", "feeds_sitemaps/atom_example_3.xml", [1, 0, 0, 0], 0, 1),
        ("feed", "feeds_sitemaps/rss_2.0_cloudflare.xml", [1, 0, 0, 0], 9, 25),
        ("mail", "arf_email/arf-01.eml", [1, 0, 0, 0], 0, 3),
    ];
    for (format, file, counts, media, links) in table {
        let bytes = std::fs::read(root.join(file)).unwrap();
        let (got, verdict) = read(format, file, &bytes);
        check_answer(file, &got, &verdict);
        let summary = verdict.unwrap();
        let found = [summary.records, summary.set_aside, summary.refused, summary.skipped];
        assert_eq!(found, *counts, "{file}: {:#?}", got.set_aside);
        let sum = |count: fn(&Record) -> usize| got.records.iter().map(count).sum::<usize>();
        assert_eq!(
            (sum(|r| r.media.len()), sum(|r| r.links.len())),
            (*media, *links),
            "{file}: {:#?}",
            got.records
        );
        assert_eq!(guess(&bytes, file), Some(*format), "{file}");
    }
    for (file, name) in [
        ("warc_wacz/example.warc.gz", "warc"),
        ("warc_wacz/valid_example_1.wacz", "wacz"),
        ("xarf/v4_content-phishing.json", "xarf"),
    ] {
        let bytes = std::fs::read(root.join(file)).unwrap();
        assert_eq!(guess(&bytes, file), Some(name), "{file}");
        for source in registry().iter().filter(|source| source.name() != "ndjson") {
            assert!(read(source.name(), file, &bytes).1.is_err(), "{file} as {}", source.name());
        }
    }
}
