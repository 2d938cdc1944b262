//! The small values of the wire that have a form of their own: times, ids, organisations, languages, digests.

use crate::limits;
use crate::refused::{Code, Refused};
use domain::id::{CaseId, MessageId};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $what:literal $valid:path,)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the form. Refused with `schema` if it is not one.
            pub fn new(text: impl Into<String>) -> Result<Self, Refused> {
                let text = text.into();
                if $valid(&text) { Ok(Self(text)) } else { Err(Refused::new(Code::Schema, concat!("not ", $what))) }
            }

            /// As written on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Refused;
            fn try_from(text: String) -> Result<Self, Refused> {
                Self::new(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Refused;
            fn from_str(text: &str) -> Result<Self, Refused> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

words! {
    /// RXP-09.06: the lower-case ASCII DNS name that serves an organisation's contact file.
    OrgId "an organisation's DNS name" is_dns_name,
    /// RXP-09.10: a BCP 47 language tag, at most 35 characters.
    Lang "a BCP 47 language tag" is_language_tag,
    /// RXP-14: `sha-256:` and 64 lower-case hex digits.
    Digest "a SHA-256 digest" is_digest,
    /// RXP-09.08: `terms`, `tco:…`, `dsa:…`, `europol:…`, `led:…` or `national:<text>`.
    LegalBasis "a legal basis" is_legal_basis,
    /// Two upper-case letters (ISO 3166-1).
    Territory "a country code" is_territory,
    /// RXP-09.02 in text: the handle of an item inside one case, e.g. `i1`; letters, digits, `-`, `_`, at most 64.
    ItemRef "the handle of an item" is_item_ref,
}

impl Lang {
    /// The language without script and region, e.g. `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl Digest {
    /// From the 32 bytes of a SHA-256 hash.
    pub fn of_hash(hash: [u8; 32]) -> Self {
        Self(format!("sha-256:{}", hex::encode(hash)))
    }
}

impl OrgId {
    /// Whether `host` is this name or below it.
    pub fn covers(&self, host: &str) -> bool {
        host.strip_suffix(&self.0).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

fn is_dns_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary =
        parts.next().is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    text.len() <= 35
        && primary
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha-256:").is_some_and(|digits| {
        digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn is_legal_basis(text: &str) -> bool {
    const BOOKS: [&str; 5] = ["tco:", "dsa:", "europol:", "led:", "national:"];
    text == "terms" || BOOKS.iter().any(|book| text.strip_prefix(book).is_some_and(|rest| !rest.is_empty()))
}

fn is_territory(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_item_ref(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// RXP-09.09, RXP-100.16: a time in UTC to the millisecond, from 2020-01-01 to 2100-01-01, written
/// `2026-12-02T13:00:00.000Z` and in no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WireTime(Timestamp);

impl WireTime {
    /// 2020-01-01T00:00:00.000Z, in milliseconds since 1970.
    const FIRST_MS: i64 = 1_577_836_800_000;
    /// 2100-01-01T00:00:00.000Z, in milliseconds since 1970.
    const LAST_MS: i64 = 4_102_444_800_000;

    /// From milliseconds since 1970. Refused with `limit` outside 2020 to 2100.
    pub fn from_ms(ms: i64) -> Result<Self, Refused> {
        Timestamp::from_millisecond(ms)
            .ok()
            .filter(|_| (Self::FIRST_MS..=Self::LAST_MS).contains(&ms))
            .map(Self)
            .ok_or_else(|| Refused::new(Code::Limit, "time outside 2020 to 2100"))
    }

    /// Milliseconds since 1970.
    pub fn ms(self) -> i64 {
        self.0.as_millisecond()
    }

    /// Seconds since 1970, rounded down.
    pub fn seconds(self) -> i64 {
        self.ms().div_euclid(1000)
    }

    /// As a timestamp.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl TryFrom<Timestamp> for WireTime {
    type Error = Refused;
    /// Cuts what is finer than a millisecond.
    fn try_from(time: Timestamp) -> Result<Self, Refused> {
        Self::from_ms(time.as_millisecond())
    }
}

impl std::fmt::Display for WireTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

impl std::str::FromStr for WireTime {
    type Err = Refused;
    fn from_str(text: &str) -> Result<Self, Refused> {
        let wrong = || Refused::new(Code::Schema, "not a time like 2026-12-02T13:00:00.000Z");
        let time = Self::from_ms(text.parse::<Timestamp>().map_err(|_| wrong())?.as_millisecond())?;
        if time.to_string() == text { Ok(time) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for WireTime {
    type Error = Refused;
    fn try_from(text: String) -> Result<Self, Refused> {
        text.parse()
    }
}

impl From<WireTime> for String {
    fn from(time: WireTime) -> Self {
        time.to_string()
    }
}

/// Reads a UUIDv7 in its one canonical text.
fn uuid_v7<E: serde::de::Error>(text: &str) -> Result<Uuid, E> {
    Uuid::try_parse(text)
        .ok()
        .filter(|id| id.get_version_num() == 7 && id.as_hyphenated().to_string() == text)
        .ok_or_else(|| E::custom("not a UUIDv7 in lower case"))
}

pub(crate) fn message_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MessageId, D::Error> {
    uuid_v7(&String::deserialize(deserializer)?).map(MessageId)
}

pub(crate) fn message_id_option<'de, D: Deserializer<'de>>(d: D) -> Result<Option<MessageId>, D::Error> {
    message_id(d).map(Some)
}

pub(crate) fn case_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CaseId, D::Error> {
    uuid_v7(&String::deserialize(deserializer)?).map(CaseId)
}

/// RXP-100.03: refuses a URL at `field` that is not plain `http` or `https`, or carries credentials.
pub(crate) fn check_url(field: &str, url: &str) -> Result<(), Refused> {
    limits::URL_BYTES.amount(field, url.len(), "bytes")?;
    let wrong = |what: &str| Err(Refused::at(Code::Schema, field, what));
    let Ok(parsed) = url::Url::parse(url) else { return wrong("not a URL") };
    if !matches!(parsed.scheme(), "https" | "http") {
        return wrong("only http and https; other schemes travel as a locator");
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return wrong("a URL carries no credentials");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        fn check<T>(result: &Result<T, Refused>, expected: bool, text: &str) {
            assert_eq!(result.is_ok(), expected, "{text}");
        }
        for (text, expected) in [
            ("unit.example.org", true),
            ("host.test", true),
            ("Host.test", false),
            ("localhost", false),
            ("-a.test", false),
            ("a..test", false),
            ("a.test.", false),
            ("xn--bcher-kva.test", true),
        ] {
            check(&OrgId::new(text), expected, text);
        }
        for (text, expected) in [
            ("en", true),
            ("pt-BR", true),
            ("zh-Hant-TW", true),
            ("e", false),
            ("EN", false),
            ("en_US", false),
            ("en-", false),
        ] {
            check(&Lang::new(text), expected, text);
        }
        for (text, expected) in [
            ("2026-12-02T13:00:00.000Z", true),
            ("2020-01-01T00:00:00.000Z", true),
            ("2100-01-01T00:00:00.000Z", true),
            ("2019-12-31T23:59:59.999Z", false),
            ("2100-01-01T00:00:00.001Z", false),
            ("2026-12-02T13:00:00Z", false),
            ("2026-12-02T13:00:00.0000Z", false),
            ("2026-12-02T13:00:00.000+00:00", false),
            ("2026-12-02t13:00:00.000z", false),
            ("2026-02-30T13:00:00.000Z", false),
        ] {
            check(&text.parse::<WireTime>(), expected, text);
        }
        for (text, expected) in [
            ("terms", true),
            ("tco:3", true),
            ("national:Act, 1", true),
            ("national:", false),
            ("urgent", false),
        ] {
            check(&LegalBasis::new(text), expected, text);
        }
    }

    #[test]
    fn urls() {
        for (url, expected) in [
            ("https://channel.host.test/a?b#c", true),
            ("http://host.test/", true),
            ("ftp://host.test/", false),
            ("data:image/png;base64,AAAA", false),
            ("https://user@host.test/", false),
            ("https://user:word@host.test/", false),
            ("host.test/a", false),
        ] {
            assert_eq!(check_url("/x", url).is_ok(), expected, "{url}");
        }
    }
}
