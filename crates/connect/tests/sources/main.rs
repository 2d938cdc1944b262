//! The harness that every source passes, and what each example and sample must give.
#![expect(clippy::unwrap_used, reason = "tests")]

mod fields;
mod hostile;
#[path = "../../../../tests/samples.rs"]
mod place;
mod samples;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use connect::sources::{Found, Input, Source, Summary, Unusable, by_name, guess, registry};
use domain::observation::{Audience, Record, SetAside};
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
            bytes: include_bytes!(concat!("../fixtures/", $file)),
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
