//! What a reader writes to: counts, the receiver's wish to stop, and the verdict at the end.

use std::io;
use std::ops::ControlFlow;

use domain::observation::{Record, SetAside};

use super::fields::{LIST_MAX, digest};
use super::{Found, Mapping, Summary, Unusable, whereabouts};

/// After so many bad records and not one good one, the file is another format.
const BAD_BEFORE_GOOD_MAX: u64 = 1000;
/// Longest key; a longer one becomes a digest.
const KEY_BYTES_MAX: usize = 512;
/// Longest piece of a foreign error that is shown.
const SAID_CHARS_MAX: usize = 160;

/// Why a reader cannot go on.
#[derive(Debug)]
pub(super) enum Stop {
    /// The receiver asked for it.
    Asked,
    /// Nothing but bad records so far.
    Hopeless,
    /// The file ends inside something.
    Truncated { at: String },
    /// The structure itself is broken and what follows cannot be found.
    Broken { at: String, what: String },
    /// The bytes could not be had.
    Io { at: String, error: io::Error },
}

pub(super) type Step = Result<(), Stop>;

/// Why one record is set aside: what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bad(pub String);

impl Bad {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// From a JSON error, without the position inside the record's own bytes when it says nothing.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        let said: String = error.to_string().chars().take(SAID_CHARS_MAX).collect();
        Self(format!("Not readable JSON ({said}); export it again or mend this record."))
    }
}

/// The way out of a reader.
pub(super) struct Out<'s> {
    sink: &'s mut dyn FnMut(Found) -> ControlFlow<()>,
    summary: Summary,
    name: String,
    first_bad: Option<SetAside>,
}

impl<'s> Out<'s> {
    pub(super) fn new(name: &str, encoding: &str, sink: &'s mut dyn FnMut(Found) -> ControlFlow<()>) -> Self {
        let summary = Summary { encoding: encoding.to_owned(), ..Summary::default() };
        Self { sink, summary, name: name.to_owned(), first_bad: None }
    }

    fn give(&mut self, found: Found) -> Step {
        match (self.sink)(found) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }

    pub(super) fn record(&mut self, mut record: Record) -> Step {
        bound(&mut record);
        record.original = whereabouts::cut(std::mem::take(&mut record.original));
        self.summary.records += 1;
        self.give(Found::Record(Box::new(record)))
    }

    pub(super) fn set_aside(&mut self, at: impl Into<String>, bad: Bad) -> Step {
        let entry = SetAside { at: at.into(), reason: bad.0 };
        self.summary.set_aside += 1;
        self.first_bad.get_or_insert_with(|| entry.clone());
        self.give(Found::SetAside(entry))?;
        let nothing_else = self.summary.records + self.summary.skipped + self.summary.refused == 0;
        if nothing_else && self.summary.set_aside >= BAD_BEFORE_GOOD_MAX {
            return Err(Stop::Hopeless);
        }
        Ok(())
    }

    /// Private communication: `count` records, told as one entry.
    pub(super) fn refused(&mut self, at: impl Into<String>, reason: String, count: u64) -> Step {
        self.summary.refused += count;
        self.give(Found::Refused(SetAside { at: at.into(), reason }))
    }

    /// One part that is no record by design.
    pub(super) fn skip(&mut self) {
        self.summary.skipped += 1;
    }

    /// A sentence for the person, once.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.summary.notes.contains(&note) {
            self.summary.notes.push(note);
        }
    }

    pub(super) fn mapping(&mut self, mapping: Mapping) {
        self.summary.mapping = Some(mapping);
    }

    /// A record, a bad one, or a part that is none.
    pub(super) fn result(&mut self, at: &str, read: Result<Option<Record>, Bad>) -> Step {
        match read {
            Ok(Some(record)) => self.record(record),
            Ok(None) => {
                self.skip();
                Ok(())
            }
            Err(bad) => self.set_aside(at, bad),
        }
    }

    /// The verdict: `Ok` when anything was recognised, else one sentence. `holds` names what a file
    /// of this format holds, e.g. `messages`.
    pub(super) fn finish(mut self, step: Step, format: &str, holds: &str) -> Result<Summary, Unusable> {
        let trouble = match step {
            Ok(()) | Err(Stop::Hopeless) => None,
            Err(Stop::Asked) => {
                self.summary.stopped = true;
                return Ok(self.summary);
            }
            Err(Stop::Truncated { at }) => Some((
                at,
                "The file ends here in the middle of something; what stands before it was read. Export it again."
                    .to_owned(),
            )),
            Err(Stop::Broken { at, what }) => {
                Some((at, format!("{what}; what follows cannot be found. Export it again.")))
            }
            Err(Stop::Io { at, error }) => {
                Some((at, format!("The file cannot be read further ({error}). Check the disk and try again.")))
            }
        };
        let usable = self.summary.records + self.summary.refused + self.summary.skipped > 0;
        if let Some((at, reason)) = trouble {
            if usable {
                // A stop wish at the last entry changes nothing any more.
                let _ = self.set_aside(at, Bad(reason));
            } else {
                let entry = SetAside { at, reason };
                return Err(unusable(&self.name, format, self.first_bad.as_ref().or(Some(&entry)), holds));
            }
        }
        if usable {
            Ok(self.summary)
        } else {
            Err(unusable(&self.name, format, self.first_bad.as_ref(), holds))
        }
    }
}

/// Keeps a record within what every store takes: no NUL in a text, no endless list or key.
fn bound(record: &mut Record) {
    record.links.truncate(LIST_MAX);
    record.mentions.truncate(LIST_MAX);
    record.hashtags.truncate(LIST_MAX);
    record.media.truncate(LIST_MAX);
    if record.key.len() > KEY_BYTES_MAX {
        let format = record.key.split(':').next().unwrap_or_default();
        record.key = format!("{format}:{}", digest(&[&record.key]));
    }
    let clean = |text: &mut String| {
        if text.contains('\0') {
            *text = text.replace('\0', "\u{fffd}");
        }
    };
    clean(&mut record.key);
    clean(&mut record.service);
    clean(&mut record.text);
    let optional = [&mut record.url, &mut record.claimed_language, &mut record.reply_to];
    optional.into_iter().flatten().for_each(clean);
    record.links.iter_mut().chain(&mut record.hashtags).for_each(clean);
    let people = [&mut record.author, &mut record.channel, &mut record.forwarded_from];
    for person in people.into_iter().flatten().chain(&mut record.mentions) {
        clean(&mut person.service);
        clean(&mut person.handle);
        person.name.iter_mut().for_each(clean);
    }
    for media in &mut record.media {
        let optional = [&mut media.path, &mut media.url, &mut media.media_type];
        optional.into_iter().flatten().for_each(clean);
    }
}

fn unusable(name: &str, format: &str, first: Option<&SetAside>, holds: &str) -> Unusable {
    Unusable(match first {
        Some(SetAside { at, reason }) => {
            format!("{name} is not usable as {format}: at {at}: {reason}")
        }
        None => format!(
            "{name} is not usable as {format}: it holds no {holds}. Check the format's name and the file."
        ),
    })
}
