//! What a source said: one record of one thing, before we know whether it is new.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who could see it (LAW-08, D15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Anyone.
    Open,
    /// Anyone who joins; admission without a human decision.
    AutoJoin,
    /// People are admitted by a person: a closed group.
    HumanAdmitted,
    /// Private communication: always refused at intake.
    Private,
    /// Needs an answer from a closed list, a legal basis and a second person.
    Unsure,
}

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A text post, with or without media whose kind is not known.
    Post,
    /// A video.
    Video,
    /// A picture.
    Image,
    /// A sound.
    Audio,
    /// A document: PDF, office file, archive.
    Document,
}

/// How far a time given by a source can be trusted (D24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeTrust {
    /// The service gave an instant (epoch seconds, or a time with its offset).
    Instant,
    /// A wall time without offset, read as UTC.
    NoOffset,
    /// Only a date.
    DateOnly,
    /// The time of a report or a list entry about it: it was posted before.
    Reported,
}

/// A time as the source gave it, kept apart from ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTime {
    /// The instant, UTC.
    pub at: Timestamp,
    /// The offset that the source wrote, in minutes east of UTC, when it wrote one.
    pub offset_minutes: Option<i16>,
    /// How far to trust it.
    pub trust: TimeTrust,
}

/// An account or a channel on a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Handle {
    /// The service's host in lower case, e.g. `video.example`.
    pub service: String,
    /// The handle or stable id on that service, without a leading `@`.
    pub handle: String,
    /// The name shown, when given.
    pub name: Option<String>,
}

/// A file that the record names; the bytes may or may not be at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRef {
    /// What it is.
    pub kind: ItemKind,
    /// Path beside the intake file, when the export carries the file.
    pub path: Option<String>,
    /// Address of the file, when the record names one.
    pub url: Option<String>,
    /// Media type as the source says, e.g. `video/mp4`.
    pub media_type: Option<String>,
    /// SHA-256 of the bytes in lower-case hex, when the record states it.
    pub sha256: Option<String>,
    /// SHA-1 in lower-case hex, when the record states it.
    #[serde(default)]
    pub sha1: Option<String>,
    /// MD5 in lower-case hex, when the record states it.
    #[serde(default)]
    pub md5: Option<String>,
    /// PDQ in hex with its quality (0..=100), when the record states it.
    pub pdq: Option<(String, u8)>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Length in milliseconds.
    pub duration_ms: Option<u64>,
    /// True when the export says that the file was not included.
    pub missing: bool,
}

impl MediaRef {
    /// A file of this kind of which nothing else is said.
    #[must_use]
    pub fn of(kind: ItemKind) -> Self {
        Self {
            kind,
            path: None,
            url: None,
            media_type: None,
            sha256: None,
            sha1: None,
            md5: None,
            pdq: None,
            width: None,
            height: None,
            duration_ms: None,
            missing: false,
        }
    }
}

/// The bytes of a record in JSON: text when they are UTF-8, else numbers. Numbers alone, as they were written before,
/// are read too.
mod original {
    use serde::{Deserialize, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => to.serialize_str(text),
            Err(_) => bytes.serialize(to),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Numbers(Vec<u8>),
        }
        Written::deserialize(from).map(|written| match written {
            Written::Text(text) => text.into_bytes(),
            Written::Numbers(bytes) => bytes,
        })
    }
}

/// One thing that a source reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Where in the file: `line 12`, `messages[3]`, `byte 1024`.
    pub place: String,
    /// The source's own stable id of the record, e.g. `telegram:1000000001/3`: reading it again adds nothing.
    pub key: String,
    /// The service's host in lower case; empty when the source names none (a bare hash or text).
    pub service: String,
    /// Address of the item as the source gave it, or as the service forms it for public items.
    pub url: Option<String>,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// Who posted it.
    pub author: Option<Handle>,
    /// The group, channel or page that holds it.
    pub channel: Option<Handle>,
    /// When it was posted, by the source.
    pub posted_at: Option<SourceTime>,
    /// The text, whole, without markup.
    pub text: String,
    /// Language that the source claims (BCP 47); ours is found separately.
    pub claimed_language: Option<String>,
    /// Files named.
    pub media: Vec<MediaRef>,
    /// Addresses in the text, its entities and cards, as written.
    pub links: Vec<String>,
    /// Accounts named.
    pub mentions: Vec<Handle>,
    /// Hashtags without `#`, as written.
    pub hashtags: Vec<String>,
    /// Where it was forwarded or shared from.
    pub forwarded_from: Option<Handle>,
    /// Key of the record that it answers.
    pub reply_to: Option<String>,
    /// Who could see it.
    pub audience: Audience,
    /// Views or shares that the source counted.
    pub views: Option<u64>,
    /// The record as it stood in the file, bytes kept as evidence for what is matched or submitted.
    #[serde(with = "original")]
    pub original: Vec<u8>,
}

impl Record {
    /// A post of which only place, key, service and audience are known.
    #[must_use]
    pub fn of(place: String, key: String, service: String, audience: Audience) -> Self {
        Self {
            place,
            key,
            service,
            url: None,
            kind: ItemKind::Post,
            author: None,
            channel: None,
            posted_at: None,
            text: String::new(),
            claimed_language: None,
            media: Vec::new(),
            links: Vec::new(),
            mentions: Vec::new(),
            hashtags: Vec::new(),
            forwarded_from: None,
            reply_to: None,
            audience,
            views: None,
            original: Vec::new(),
        }
    }
}

/// A record that was left out, while the good ones went in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Where in the file.
    pub at: String,
    /// What is wrong and what to do, in one sentence.
    pub reason: String,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn original_bytes_come_back() {
        let check = |bytes: &[u8], written: &str| {
            let mut record = Record::of("line 1".into(), "k".into(), String::new(), Audience::Open);
            record.original = bytes.to_vec();
            let text = serde_json::to_string(&record).unwrap();
            assert!(text.contains(&format!("\"original\":{written}")), "{text}");
            assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
        };
        check(b"{\"a\":1}", r#""{\"a\":1}""#);
        check(&[0xff, 0xfe, 0x41], "[255,254,65]");
        check(b"", "\"\"");
        let before = r#"{"place":"line 1","key":"k","service":"","url":null,"kind":"post","author":null,"channel":null,
            "posted_at":null,"text":"","claimed_language":null,"media":[],"links":[],"mentions":[],"hashtags":[],
            "forwarded_from":null,"reply_to":null,"audience":"open","views":null,"original":[104,105]}"#;
        assert_eq!(serde_json::from_str::<Record>(before).unwrap().original, b"hi");
    }
}
