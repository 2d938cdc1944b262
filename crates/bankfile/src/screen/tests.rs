//! The quick way and the plain loops give the same answers.

use std::io::{self, Read, Write};

use domain::bank::{Opinion, SignalKind};
use proptest::prelude::*;

use super::hit::Found;
use super::post::{Medium, Post};
use super::{Bank, Clock, Report, Settings, reference, run};
use crate::Signal;

fn signal(kind: SignalKind, value: &str) -> Signal {
    Signal {
        kind,
        value: value.to_owned(),
        label: Some(format!("the {kind}")),
        bank: "Sample".to_owned(),
        opinion: Opinion::Seed,
        distance: None,
        quality: None,
        cuts: Vec::new(),
        points: None,
        print: None,
    }
}

const WORDS: [&str; 16] = [
    "rain",
    "coast",
    "train",
    "the",
    "from",
    "platform",
    "nine",
    "поезд",
    "мир",
    "дождь",
    "قطار",
    "مطر",
    "今日は雨です",
    "νερό",
    "l'eau",
    "c++",
];

fn words(least: usize, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), least..most).prop_map(|words| words.join(" "))
}

fn link() -> impl Strategy<Value = String> {
    (0..3usize, "[ab]{1,2}", 0..5usize).prop_map(|(host, path, form)| {
        let host = ["video.test", "a.news.test", "bücher.test"][host];
        match form {
            0 => format!("https://{host}/{path}"),
            1 => format!("HTTP://WWW.{host}:80/{path}?utm_source=x#y"),
            2 => format!("{host}/{path}"),
            3 => format!("hxxps[:]//{}/{path}", host.replace('.', "[.]")),
            _ => host.to_owned(),
        }
    })
}

fn picture() -> impl Strategy<Value = String> {
    (0..4u64, 0..60u32).prop_map(|(base, bits)| {
        format!("{:016x}{:048x}", base.wrapping_mul(0x9E37_79B9_7F4A_7C15), (1u128 << bits) - 1)
    })
}

fn any_signal() -> impl Strategy<Value = Signal> {
    let of = |kind| move |value: String| signal(kind, &value);
    let kinds = prop_oneof![
        words(1, 3).prop_map(of(SignalKind::Term)),
        words(8, 25).prop_map(of(SignalKind::Text)),
        link().prop_map(of(SignalKind::Url)),
        link().prop_map(of(SignalKind::Host)),
        "(video|news)\\.test/@?[ab]".prop_map(of(SignalKind::Account)),
        "[ab]{2}".prop_map(|digits| signal(SignalKind::Md5, &digits.repeat(16))),
        picture().prop_map(of(SignalKind::Pdq)),
        "\\PC{0,30}".prop_map(of(SignalKind::Text)),
        "\\PC{0,3}".prop_map(of(SignalKind::Term)),
    ];
    let opinion =
        prop_oneof![8 => Just(Opinion::Seed), 1 => Just(Opinion::Negative), 1 => Just(Opinion::Disputed)];
    (kinds, opinion, prop::option::of(0..64u32), prop::option::of(40..100u8))
        .prop_map(|(signal, opinion, distance, quality)| Signal { opinion, distance, quality, ..signal })
}

/// What people do to a text so that it is not found.
fn edit(text: &str, way: usize, from: usize, to: usize) -> String {
    match way {
        0 => text.to_uppercase(),
        1 => text.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        2 => text.replace('a', "а").replace('o', "о").replace('c', "с"),
        3 => format!("so they said: «{text}», and went home"),
        4 => text.split(' ').skip(from).take(to).collect::<Vec<_>>().join(" "),
        5 => text.replacen("rain", "snow", 1),
        6 => text.replace(' ', ", "),
        _ => text.to_owned(),
    }
}

fn posts(bank: &[Signal]) -> impl Strategy<Value = Vec<Post>> + use<> {
    let values: Vec<String> = bank.iter().map(|signal| signal.value.clone()).chain([String::new()]).collect();
    let known = (prop::sample::select(values), 0..8usize, 0..6usize, 0..25usize)
        .prop_map(|(value, way, from, to)| edit(&value, way, from, to));
    let text = prop::collection::vec(prop_oneof![known, words(0, 12), link()], 0..4);
    let medium = ("[ab]{2}", picture(), prop::option::of(40..100u8)).prop_map(|(md5, pdq, quality)| Medium {
        md5: Some(md5.repeat(16)),
        pdq: Some(pdq),
        quality,
        ..Medium::default()
    });
    let account = prop::option::of("(video|NEWS)\\.test/@?[ab]");
    let links = prop::collection::vec(link(), 0..2);
    let post = (text, links, prop::collection::vec(medium, 0..2), account).prop_map(
        |(text, links, media, account)| Post {
            text: text.join(" "),
            links,
            media,
            account,
            ..Post::default()
        },
    );
    prop::collection::vec(post, 1..12)
}

fn bank_and_posts() -> impl Strategy<Value = (Vec<Signal>, Vec<Post>)> {
    prop::collection::vec(any_signal(), 0..30).prop_flat_map(|bank| {
        let posts = posts(&bank);
        (Just(bank), posts)
    })
}

fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) })]

    #[test]
    fn screen_is_the_reference((signals, posts) in bank_and_posts()) {
        let bank = Bank::of(&signals).map_err(TestCaseError::fail)?;
        for post in posts {
            let mut clock = Clock::new(false);
            let quick = bank.matches(&post, &mut clock);
            let slow: Vec<Found> = reference::matches(&signals, &post);
            prop_assert_eq!(&quick.found, &slow, "{:?}", post);
            let hit = bank.screen(&post, &mut clock);
            prop_assert_eq!(hit.is_some(), !slow.is_empty() && !reference::suppressed(&signals, &post));
        }
    }
}

const TEXT: &str = "The first train to the coast leaves from platform nine at dawn on Monday";

fn sample() -> Result<Bank, String> {
    Bank::of(&[
        signal(SignalKind::Term, "heavy rain"),
        signal(SignalKind::Url, "https://video.test/a"),
        signal(SignalKind::Text, TEXT),
        Signal { opinion: Opinion::Negative, ..signal(SignalKind::Host, "weather.test") },
    ])
}

/// Runs a stream; gives the hits, the bad lines and the report.
fn stream(input: impl Read + Send, workers: usize) -> io::Result<(String, Vec<u64>, Report)> {
    let bank = sample().map_err(io::Error::other)?;
    let (mut output, mut bad) = (Vec::new(), Vec::new());
    let settings = Settings { workers, stats: true };
    let report = run(&bank, input, &mut output, settings, |line, _| bad.push(line))?;
    Ok((String::from_utf8_lossy(&output).into_owned(), bad, report))
}

#[test]
fn a_hit_says_what_and_why() -> io::Result<()> {
    let text = format!("HEAVY  rain! {} See video.test/a, +33 6 12 34 56 78", TEXT.to_uppercase());
    let post = serde_json::json!({ "id": "p1", "text": text, "lang": "xx" }).to_string();
    let (output, bad, report) = stream(post.as_bytes(), 1)?;
    insta::assert_json_snapshot!(serde_json::from_str::<serde_json::Value>(&output)?);
    assert_eq!((bad.len(), report.posts, report.hits), (0, 1, 1));
    Ok(())
}

#[test]
fn negative_signals_suppress() -> io::Result<()> {
    let (output, ..) = stream(&br#"{"id":1,"text":"heavy rain, says weather.test/today"}"#[..], 1)?;
    assert_eq!(output, "");
    Ok(())
}

/// What cannot be compared is told: no answer would read as no match.
#[test]
fn a_hash_that_cannot_be_read_is_told() -> io::Result<()> {
    for (media, told) in [
        (r#"{"pdq":"zz"}"#.to_owned(), true),
        (r#"{"sha256":5}"#.to_owned(), true),
        (format!(r#"{{"md5":"{}"}}"#, "a".repeat(31)), true),
        (format!(r#"{{"md5":"{}","sha256":null}}"#, "A".repeat(32)), false),
        (r#""a.jpg""#.to_owned(), false),
    ] {
        let line = format!(r#"{{"id":1,"media":[{media}]}}"#);
        let (output, bad, report) = stream(line.as_bytes(), 1)?;
        assert_eq!((output.contains("\"incomplete\":true"), bad.len()), (told, 0), "{line}: {output}");
        assert_eq!(report.incomplete, u64::from(told), "{line}");
    }
    Ok(())
}

#[test]
fn hits_come_in_order_and_bad_lines_are_named() -> io::Result<()> {
    let mut input = String::from("\u{FEFF}\n");
    for n in 2..20_000 {
        match n % 5 {
            0 => input.push_str("{\"id\":\n"),
            1 => input.push_str(&format!("{{\"id\":{n},\"text\":\"dry\"}}\n")),
            2 => input.push_str(" \r\n"),
            _ => input.push_str(&format!("{{\"id\":{n},\"text\":\"heavy rain\"}}\r\n")),
        }
    }
    for workers in [1, 4] {
        let (output, bad, report) = stream(input.as_bytes(), workers)?;
        let ids: Vec<u64> =
            output.lines().filter_map(|line| line[6..].split(',').next()?.parse().ok()).collect();
        assert_eq!(ids, (2..20_000).filter(|n| n % 5 > 2).collect::<Vec<_>>());
        assert_eq!(bad, (2..).filter(|n| n % 5 == 0).take(100).collect::<Vec<_>>());
        assert_eq!((report.posts, report.hits, report.bad_lines), (11_999, 8_000, 3_999));
    }
    Ok(())
}

/// A reader that leaves after a few bytes.
struct Leaves(usize);

impl Write for Leaves {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Posts without end; counts what was read.
struct Endless<'a>(&'a std::sync::atomic::AtomicUsize);

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let line = b"{\"id\":1,\"text\":\"heavy rain\"}\n";
        let lines = buffer.len() / line.len();
        buffer.chunks_exact_mut(line.len()).for_each(|room| room.copy_from_slice(line));
        self.0.fetch_add(lines * line.len(), std::sync::atomic::Ordering::Relaxed);
        Ok(lines * line.len())
    }
}

#[test]
fn a_reader_that_leaves_ends_the_stream() -> io::Result<()> {
    let bank = sample().map_err(io::Error::other)?;
    let read = std::sync::atomic::AtomicUsize::new(0);
    let settings = Settings { workers: 3, stats: false };
    let report = run(&bank, Endless(&read), Leaves(100), settings, |_, _| {})?;
    assert!(report.closed);
    // no more was read than may wait
    assert!(read.into_inner() <= 20 * 256 * 1024);
    Ok(())
}

#[test]
fn what_breaks_is_said() -> io::Result<()> {
    let bank = sample().map_err(io::Error::other)?;
    struct Breaks;
    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let settings = Settings { workers: 2, stats: false };
    let error = run(&bank, Breaks, io::sink(), settings, |_, _| {}).map(|_| ()).err();
    assert_eq!(error.map(|error| error.to_string()).as_deref(), Some("the disk is gone"));
    Ok(())
}
