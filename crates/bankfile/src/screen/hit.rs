//! What is said about a post.

use domain::bank::{Opinion, PDQ_DISTANCE_BITS, SignalKind, Why};
use serde::Serialize;

use super::Bank;
use super::post::Id;

/// A post that holds something known. Its members are those of `docs/formats.md`, "Screen".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit<'a> {
    /// The post's.
    pub id: Id,
    /// In the order of the bank, one a signal.
    pub matches: Vec<Match<'a>>,
    /// There may be more matches than are listed: a limit ended the search.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// The language of the text; else what the post says; else `und`.
    pub lang: String,
    /// Identifiers in the text, each once.
    pub identifiers: Vec<Identifier>,
}

/// One signal that matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match<'a> {
    /// What was compared.
    pub kind: SignalKind,
    /// The value as the bank gives it; of a text, the SHA-256 of its normal form.
    pub signal: &'a str,
    /// The bank's name.
    pub bank: &'a str,
    /// What people call it.
    pub label: Option<&'a str>,
    /// Bits of 256 for pictures; of 100 runs of words those that are not shared for texts; else 0.
    pub distance: u32,
    /// How it was found.
    pub variant: &'static str,
    /// What the bank's owner thinks of it.
    pub opinion: Opinion,
    /// One sentence.
    pub why: String,
}

/// An identifier that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Identifier {
    /// What it is.
    pub kind: &'static str,
    /// In its one form.
    pub value: String,
    /// A checksum was there and held.
    pub verified: bool,
}

/// A signal that matched, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its number in the bank, from 0.
    pub row: u32,
    /// As in [`Match`].
    pub distance: u32,
    /// As in [`Match`]; of several the first.
    pub variant: Variant,
}

/// How a signal was found. Of the same signal and distance, the first of these is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// A hash, an account, or a whole text in normal form.
    Exact,
    /// A picture as it is.
    Original,
    /// A term letter for letter.
    Written,
    /// A term in normal form.
    Normalised,
    /// Among the links of the post.
    Link,
    /// An address in its text.
    InText,
    /// The same runs of words.
    SameWords,
    /// The same text with edits.
    Edited,
    /// The listed text stands in the post.
    Quoted,
    /// The post is a part of the listed text.
    Part,
}

impl Variant {
    const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Original => "original",
            Self::Written => "as_written",
            Self::Normalised => "normalised",
            Self::Link => "link",
            Self::InText => "in_text",
            Self::SameWords => "same_words",
            Self::Edited => "edited",
            Self::Quoted => "quoted",
            Self::Part => "part",
        }
    }
}

impl Bank {
    /// What a found signal says for people.
    pub(crate) fn tell(&self, found: &Found) -> Match<'_> {
        let (kind, bank) = (self.rows.kind(found.row), self.rows.bank(found.row));
        let same = 100u32.saturating_sub(found.distance);
        let why = match found.variant {
            Variant::SameWords => {
                format!("The text has the same words as one of bank \"{bank}\"; signs differ.")
            }
            Variant::Edited => {
                format!(
                    "The text is one of bank \"{bank}\" with edits: of 100 runs of words {same} are the same."
                )
            }
            Variant::Quoted => {
                format!("A text of bank \"{bank}\" stands in it: {same} of 100 runs of words of that text.")
            }
            Variant::Part => {
                format!(
                    "The text is a part of one of bank \"{bank}\": {same} of 100 of its runs of words stand there."
                )
            }
            _ => Why {
                kind,
                bank: bank.to_owned(),
                opinion: self.rows.opinion(found.row),
                distance: found.distance,
                limit: kind.limit(self.limits.get(&found.row).copied().unwrap_or(PDQ_DISTANCE_BITS)),
                variant: found.variant.word().to_owned(),
                part: None,
            }
            .sentence(),
        };
        Match {
            kind,
            signal: self.rows.value(found.row),
            bank,
            label: self.rows.label(found.row),
            distance: found.distance,
            variant: found.variant.word(),
            opinion: self.rows.opinion(found.row),
            why,
        }
    }

    /// Whether a found signal says that this is something else.
    pub(crate) fn is_negative(&self, found: &Found) -> bool {
        self.rows.opinion(found.row) == Opinion::Negative
    }
}
