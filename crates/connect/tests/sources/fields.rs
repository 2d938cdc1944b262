//! What the examples of each format give, field by field.

use super::{EXAMPLES, Got, keys, read, read_with};
use connect::sources::{Field, Input, Mapping, by_name};
use domain::observation::{Audience, ItemKind, Record, TimeTrust};

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
    let bytes = include_bytes!("../fixtures/table.csv");
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
    let (got, verdict) = read("csv", "table.tsv", include_bytes!("../fixtures/table.tsv"));
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
        String::from_utf8_lossy(include_bytes!("../fixtures/foreign.ndjson")).trim().replace('\n', ",\n");
    let (array, _) = read("ndjson", "a.json", format!("[{lines}]").as_bytes());
    assert_eq!(keys(&array), keys(&foreign));
    assert_eq!(array.records[2].place, "[2]");
}

#[test]
fn files_are_not_lost_beside_a_guessed_member() {
    let line = |media: &str| {
        let words = "a walk by the sea in the morning";
        format!(
            "{{\"url\":\"https://video.example/p/1\",\"text\":\"{words}\",\"time\":\"2024-05-01T08:00:00Z\",\"media\":{media}}}\n"
        )
    };
    let check = |media: &str, expected: &[(&str, &str)]| {
        let (got, verdict) = read("ndjson", "a.ndjson", line(media).as_bytes());
        assert!(verdict.unwrap().mapping.is_some(), "{media}");
        let record = &got.records[0];
        let said = |of: &Option<String>| of.clone().unwrap_or_default();
        let files: Vec<_> = record.media.iter().map(|file| (said(&file.path), said(&file.url))).collect();
        let files: Vec<_> = files.iter().map(|(path, url)| (path.as_str(), url.as_str())).collect();
        assert_eq!((files.as_slice(), at(record).as_str()), (expected, "2024-05-01T08:00:00Z"), "{media}");
    };
    check("[{\"kind\":\"video\",\"path\":\"clip.mp4\"}]", &[("clip.mp4", "")]);
    check(
        "[{\"url\":\"https://video.example/1.png\"},{\"alt\":\"x\"}]",
        &[("", "https://video.example/1.png")],
    );
    check("[{\"url\":{\"in\":\"x\"}}]", &[]);
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
    let (_, verdict) = read("stix", "a", include_bytes!("../fixtures/stix20.json"));
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
