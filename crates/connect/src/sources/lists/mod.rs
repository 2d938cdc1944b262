//! Lists of signals in the field's formats: the rows of our own (CSV, JSON lines), ThreatExchange, MISP, STIX, NCMEC and
//! StopNCII. One reader a format, all of them hand on [`Given`] after [`Given`]; [`write`](mod@write) writes those that are handed on.
//!
//! What a row's value must look like is not judged here: who takes the row knows what it compares. Rejected: one record
//! type for observations and signals (`Source` gives posts with audience and author; a list has neither). What both need
//! of MISP and STIX, the cutting and the pattern language, is the same code.

mod guess;
mod json;
mod misp;
mod ncmec;
mod plain;
mod stix;
mod stopncii;
#[cfg(test)]
mod tests;
mod threatexchange;
pub mod write;

use std::fmt;
use std::io::BufRead;

use domain::bank::{ListClass, Opinion, SignalKind};
use serde::{Deserialize, Serialize};

pub use guess::guess;

/// Longest row of a table or of JSON lines, in bytes.
pub const ROW_MAX_BYTES: u64 = 1024 * 1024;
/// Signals of one element (an indicator's pattern, an entry's fingerprints).
const OF_ONE_MAX: usize = 1_000;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated, with a line of names.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// CSV of the ThreatExchange command line.
    ThreatexchangeCsv,
    /// JSON pages of the ThreatExchange API.
    Threatexchange,
    /// MISP events.
    Misp,
    /// STIX 2.1 bundle with indicators.
    Stix,
    /// NCMEC hash sharing, XML.
    Ncmec,
    /// StopNCII.org, JSON.
    Stopncii,
}

impl Format {
    /// Every format, in the order of the listing.
    pub const ALL: [Self; 8] = [
        Self::Csv,
        Self::Ndjson,
        Self::ThreatexchangeCsv,
        Self::Threatexchange,
        Self::Misp,
        Self::Stix,
        Self::Ncmec,
        Self::Stopncii,
    ];

    /// The stable word in commands and API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::ThreatexchangeCsv => "threatexchange_csv",
            Self::Threatexchange => "threatexchange",
            Self::Misp => "misp",
            Self::Stix => "stix",
            Self::Ncmec => "ncmec",
            Self::Stopncii => "stopncii",
        }
    }

    /// The format of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Ndjson => "JSON lines",
            Self::ThreatexchangeCsv => "ThreatExchange CSV",
            Self::Threatexchange => "ThreatExchange JSON",
            Self::Misp => "MISP event",
            Self::Stix => "STIX 2.1 bundle",
            Self::Ncmec => "NCMEC hash list (XML)",
            Self::Stopncii => "StopNCII list (JSON)",
        }
    }

    /// What a list of this format is of (D16).
    #[must_use]
    pub fn class(self) -> ListClass {
        match self {
            Self::Ncmec => ListClass::ChildAbuse,
            Self::Stopncii => ListClass::Intimate,
            _ => ListClass::Ordinary,
        }
    }

    /// Whether it is loaded in the provider seat only, after two people enabled it, never shown and never handed on.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.class() != ListClass::Ordinary
    }

    /// The end of a file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::ThreatexchangeCsv => "csv",
            Self::Ndjson => "ndjson",
            Self::Threatexchange | Self::Misp | Self::Stix | Self::Stopncii => "json",
            Self::Ncmec => "xml",
        }
    }

    /// The media type of a file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::ThreatexchangeCsv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
            Self::Threatexchange | Self::Misp | Self::Stopncii => "application/json",
            Self::Stix => "application/stix+json;version=2.1",
            Self::Ncmec => "application/xml",
        }
    }
}

/// A row as a list gives it; other members are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// A word of [`SignalKind`].
    pub kind: String,
    /// The value as written.
    pub value: String,
    /// What its giver calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The bank's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// A word of [`Opinion`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<String>,
    /// The greatest distance of a match, bits of 256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// Quality of a PDQ, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<u8>,
    /// PDQ hashes of cuts, `NAME:HEX`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<String>,
    /// Points of the picture, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// What finds a video or a sound again, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
    /// The giver took it back (D26).
    #[serde(skip)]
    pub gone: bool,
    /// The giver's number of the entry, when entries are taken back by it.
    #[serde(skip)]
    pub entry: Option<String>,
}

impl Row {
    fn of(kind: SignalKind, value: impl Into<String>) -> Self {
        Self { kind: kind.word().to_owned(), value: value.into(), ..Self::default() }
    }

    fn with_opinion(mut self, opinion: Option<Opinion>) -> Self {
        self.opinion = opinion.map(|opinion| opinion.word().to_owned());
        self
    }
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A value to match, or one that was taken back.
    Row(Box<Row>),
    /// The entry of that number is given, whole: what it gave before and does not give again is no longer of it.
    Entry(String),
    /// The entry of that number was taken back, with all its values.
    EntryGone(String),
    /// Of a type that is not compared here (`ssdeep`, `pdna`): counted by that word, at most 40 characters.
    Other(String),
    /// It cannot be used: what is wrong and what to do, one sentence.
    Bad(String),
}

impl Given {
    fn row(row: Row) -> Self {
        Self::Row(Box::new(row))
    }

    fn other(word: &str) -> Self {
        const OTHER_CHARS_MAX: usize = 40;
        let word = word.trim().chars().filter(|c| !c.is_control()).take(OTHER_CHARS_MAX).collect::<String>();
        Self::Other(if word.is_empty() { "unnamed".to_owned() } else { word.to_lowercase() })
    }
}

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A line, from 1.
    Line(u64),
    /// A place in a document: `data[3]`, `image 5`.
    Named(&'a str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// Who takes what is found; an error ends the reading.
pub type Take<'a> = dyn FnMut(Place<'_>, Given) -> Result<(), String> + 'a;

/// Reads a list to its end and hands on what it gives, in the order of the file. Blocks.
///
/// # Errors
/// One sentence: it is not of this format, holds nothing, or breaks off before anything was found; or what `take` said.
/// What was found before it was handed on.
pub fn read(format: Format, from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    match format {
        Format::Csv => plain::csv(from, take),
        Format::Ndjson => plain::ndjson(from, take),
        Format::ThreatexchangeCsv => threatexchange::csv(from, take),
        Format::Threatexchange => threatexchange::json(from, take),
        Format::Misp => misp::read(from, take),
        Format::Stix => stix::read(from, take),
        Format::Ncmec => ncmec::read(from, take),
        Format::Stopncii => stopncii::read(from, take),
    }
}
