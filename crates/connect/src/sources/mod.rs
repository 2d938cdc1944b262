//! What lets in: one reader a format, one registry, one harness (`tests/sources.rs`) that all pass.
//!
//! A source reads forward through a `BufRead` and hands out one record after the other, so that a
//! file of any size needs the memory of one record. Single JSON documents are cut into their
//! elements by [`json`] before anything is parsed: one bad element costs that element only.
//! Rejected: reading a whole document into a `serde_json::Value` (ten times the file in memory, and
//! one wrong byte loses everything).

mod activitypub;
mod bluesky;
mod csv;
mod feed;
mod fields;
mod guess;
mod input;
mod json;
mod later;
mod links;
pub mod lists;
mod mail;
mod mapping;
mod markup;
mod mastodon;
mod misp;
mod ndjson;
mod out;
mod stix;
mod telegram;
mod times;
mod urls;
mod whereabouts;

use std::ops::ControlFlow;

use domain::observation::{Record, SetAside};
use serde::Serialize;

pub use guess::guess;
pub use input::Input;
pub use mapping::{Columns, Field, Mapping};

/// What a source says about itself; help, console and documents are made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The word on the command line.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// Usual ends of file names, without the dot.
    pub extensions: &'static [&'static str],
    /// A command to start from.
    pub example: &'static str,
    /// What is read, in one sentence.
    pub reads: &'static str,
    /// What is refused or left out, in one sentence.
    pub refuses: &'static str,
}

/// One thing that a source found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A record that goes in.
    Record(Box<Record>),
    /// A record that could not be read; the others go on.
    SetAside(SetAside),
    /// Private communication: never kept (LAW-08, D15). One entry for a whole private chat.
    Refused(SetAside),
}

/// What was read, when the source is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Records handed out.
    pub records: u64,
    /// Records set aside.
    pub set_aside: u64,
    /// Records refused as private communication; a refused chat counts its messages.
    pub refused: u64,
    /// Parts that are no records by design: service messages, deletions, relationships.
    pub skipped: u64,
    /// The encoding that was read, e.g. `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
    /// The column mapping that was used, for tables: show it, let it be saved and given again.
    pub mapping: Option<Mapping>,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
    /// True when the receiver asked to stop before the end.
    pub stopped: bool,
}

/// Nothing in the file can be used: one sentence with what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub String);

/// A format that can be let in.
pub trait Source: Sync {
    /// What it is and how to use it.
    fn manifest(&self) -> Manifest;

    /// The word on the command line.
    fn name(&self) -> &'static str {
        self.manifest().name
    }

    /// Reads `input` to its end and hands each finding to `sink`, in the order of the file.
    ///
    /// Blocks; call it where blocking is allowed. `sink` answers `Break` to stop early.
    ///
    /// # Errors
    /// [`Unusable`] when nothing usable was found: empty, binary, or another format. Once a record
    /// was handed out the answer is `Ok`, and what went wrong after it is a set-aside entry.
    fn read(
        &self,
        input: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable>;
}

static REGISTRY: &[&dyn Source] = &[
    &telegram::Telegram,
    &mastodon::Mastodon,
    &bluesky::Bluesky,
    &csv::Csv,
    &ndjson::Ndjson,
    &urls::Urls,
    &misp::Misp,
    &stix::Stix,
    &feed::Feed,
    &mail::Mail,
    &later::WARC,
    &later::WACZ,
    &later::XARF,
];

/// All formats that are known, read or not yet read.
#[must_use]
pub fn registry() -> &'static [&'static dyn Source] {
    REGISTRY
}

/// The source of that name, exactly as its manifest writes it.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Source> {
    registry().iter().copied().find(|source| source.name() == name)
}

/// The columns of a file of that format, before it is read; `None` when the format has none, or its own.
///
/// # Errors
/// [`Unusable`] when the file is empty, binary or of another format.
pub fn columns(format: &str, input: Input<'_>) -> Result<Option<Columns>, Unusable> {
    match format {
        "csv" => csv::columns(input).map(Some),
        "ndjson" => ndjson::columns(input),
        _ => Ok(None),
    }
}
