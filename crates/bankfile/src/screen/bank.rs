//! A bank made ready for posts.

use std::collections::HashMap;
use std::path::Path;

use domain::bank::{Opinion, PDQ_DISTANCE_BITS, PDQ_QUALITY_MIN, SignalKind};
use nearest::{Nearest, Scan};
use serde::Serialize;
use text::near::{Bar, Listed, Shingles};
use text::normal::{EXACT_KEY_MIN_CHARS, normal};
use text::term::{TERM_MAX_BYTES, Terms};
use text::tlsh::Tlsh;
use text::url_form::canonical;

use super::table::{Table, account, digest, picture};
use crate::Signal;
use crate::list::{self, Summary, Unreadable};

/// Signals of one bank; more do not fit their numbers.
const ROWS_MAX: usize = u32::MAX as usize;

/// A bank made ready. Does not change; shared between threads.
#[derive(Debug)]
pub struct Bank {
    /// What each signal says about itself, in the order of the files.
    pub(super) rows: Rows,
    pub(super) table: Table,
    pub(super) terms: Terms,
    pub(super) texts: Listed,
    /// The row of each text of `texts`.
    pub(super) text_rows: Vec<u32>,
    /// TLSH of texts, with their rows.
    pub(super) tlsh: Vec<(Tlsh, u32)>,
    pub(super) pictures: Scan,
    /// The greatest distance of the pictures that have one of their own.
    pub(super) limits: HashMap<u32, u32>,
    /// The greatest distance of all.
    pub(super) limit: u32,
    sizes: Sizes,
}

/// How many signals a bank has of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Terms.
    pub terms: u64,
    /// Addresses and hosts.
    pub links: u64,
    /// Texts.
    pub texts: u64,
    /// Hashes of files.
    pub files: u64,
    /// Pictures.
    pub pictures: u64,
    /// Accounts.
    pub accounts: u64,
    /// Disputed ones, which match nothing.
    pub disputed: u64,
}

/// What signals say about themselves, close together: there are millions.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// Values and labels, one after the other.
    words: String,
    /// Where each begins: value, label, value, label …
    starts: Vec<u64>,
    banks: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    kind: SignalKind,
    opinion: Opinion,
    bank: u32,
}

impl Rows {
    fn push(&mut self, signal: &Signal, shown: &str) -> u32 {
        let bank = match self.banks.iter().rposition(|bank| *bank == signal.bank) {
            Some(bank) => bank,
            None => {
                self.banks.push(signal.bank.clone());
                self.banks.len() - 1
            }
        };
        let row = self.rows.len();
        for word in [shown, signal.label.as_deref().unwrap_or_default()] {
            self.starts.push(self.words.len() as u64);
            self.words.push_str(word);
        }
        self.rows.push(Row { kind: signal.kind, opinion: signal.opinion, bank: narrow(bank) });
        narrow(row)
    }

    fn word(&self, nth: usize) -> &str {
        let end = self.starts.get(nth + 1).map_or(self.words.len(), |end| *end as usize);
        &self.words[self.starts[nth] as usize..end]
    }

    /// The value that is shown; of a text, the digest of its normal form.
    pub(super) fn value(&self, row: u32) -> &str {
        self.word(row as usize * 2)
    }

    pub(super) fn label(&self, row: u32) -> Option<&str> {
        Some(self.word(row as usize * 2 + 1)).filter(|label| !label.is_empty())
    }

    pub(super) fn bank(&self, row: u32) -> &str {
        &self.banks[self.rows[row as usize].bank as usize]
    }

    pub(super) fn kind(&self, row: u32) -> SignalKind {
        self.rows[row as usize].kind
    }

    pub(super) fn opinion(&self, row: u32) -> Opinion {
        self.rows[row as usize].opinion
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A bank that is being read.
#[derive(Default)]
struct Draft {
    rows: Rows,
    table: Table,
    terms: Vec<(u64, String)>,
    texts: Vec<Shingles>,
    text_rows: Vec<u32>,
    tlsh: Vec<(Tlsh, u32)>,
    pictures: Scan,
    limits: HashMap<u32, u32>,
    sizes: Sizes,
}

impl Bank {
    /// Reads a bank file or a folder of them. What cannot be compared is set aside in the summary.
    ///
    /// # Errors
    /// As [`list::read`], and when there is more than fits.
    pub fn read(path: &Path) -> Result<(Self, Summary), Unreadable> {
        let mut draft = Draft::default();
        let summary = list::read(path, |signal| draft.take(&signal))?;
        let bank = draft.finish().map_err(|why| Unreadable::Form { at: path.to_owned(), why })?;
        Ok((bank, summary))
    }

    /// Reads what is compared with words alone: terms, texts and their TLSH, addresses and hosts.
    ///
    /// # Errors
    /// As [`Bank::read`].
    pub(crate) fn words(path: &Path) -> Result<Self, Unreadable> {
        let mut draft = Draft::default();
        list::read(path, |signal| match crate::inside::OF_WORDS.contains(&signal.kind) {
            true => draft.take(&signal),
            false => Ok(()),
        })?;
        draft.finish().map_err(|why| Unreadable::Form { at: path.to_owned(), why })
    }

    /// Of signals at hand; what cannot be compared is left out.
    #[cfg(test)]
    pub(super) fn of(signals: &[Signal]) -> Result<Self, String> {
        let mut draft = Draft::default();
        for signal in signals {
            // the reference leaves the same ones out
            let _ = draft.take(signal);
        }
        draft.finish()
    }

    /// How many signals of each sort it has.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        self.sizes
    }
}

impl Draft {
    fn take(&mut self, signal: &Signal) -> Result<(), String> {
        if signal.opinion == Opinion::Disputed {
            self.sizes.disputed += 1;
            return Ok(());
        }
        if self.rows.rows.len() >= ROWS_MAX {
            return Err("There are too many signals for one bank.".to_owned());
        }
        match signal.kind {
            SignalKind::Term => self.take_term(signal),
            SignalKind::Text => self.take_text(signal),
            SignalKind::Pdq => self.take_picture(signal),
            SignalKind::Url | SignalKind::Host | SignalKind::Account => self.take_named(signal),
            SignalKind::Tlsh => {
                let digest = signal.value.parse().map_err(|bad: text::tlsh::BadTlsh| bad.to_string())?;
                let row = self.rows.push(signal, &signal.value);
                self.tlsh.push((digest, row));
                self.sizes.texts += 1;
                Ok(())
            }
            // Posts name digests and hashes of pictures, and no frames.
            SignalKind::Video | SignalKind::Sound => Ok(()),
            SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5 => {
                let row = self.rows.push(signal, &signal.value);
                self.table.insert(digest(signal.kind, signal.value.as_bytes()), row);
                self.sizes.files += 1;
                Ok(())
            }
        }
    }

    fn take_named(&mut self, signal: &Signal) -> Result<(), String> {
        let form = match signal.kind {
            SignalKind::Account => account(&signal.value)
                .ok_or("An account is written service/handle, for instance video.example/someone.")?,
            kind => {
                let address = canonical(&signal.value).map_err(|bad| bad.to_string())?;
                if kind == SignalKind::Host { address.registrable } else { address.key().to_owned() }
            }
        };
        let row = self.rows.push(signal, &signal.value);
        self.table.insert(digest(signal.kind, form.as_bytes()), row);
        let size =
            if signal.kind == SignalKind::Account { &mut self.sizes.accounts } else { &mut self.sizes.links };
        *size += 1;
        Ok(())
    }

    fn take_term(&mut self, signal: &Signal) -> Result<(), String> {
        if signal.value.len() > TERM_MAX_BYTES {
            return Err(format!("A term is at most {TERM_MAX_BYTES} bytes long."));
        }
        if normal(&signal.value).text.is_empty() {
            return Err("The term has no letters, digits or signs.".to_owned());
        }
        let row = self.rows.push(signal, &signal.value);
        self.terms.push((u64::from(row), signal.value.clone()));
        self.sizes.terms += 1;
        Ok(())
    }

    fn take_text(&mut self, signal: &Signal) -> Result<(), String> {
        let normal = normal(&signal.value);
        let key = normal.exact_key().ok_or_else(|| {
            format!("A text of less than {EXACT_KEY_MIN_CHARS} characters says too little to be compared whole; make it a term.")
        })?;
        let row = self.rows.push(signal, &hex(&key));
        self.table.insert(digest(SignalKind::Text, &key), row);
        self.texts.push(Shingles::of_normal(&normal.text));
        self.text_rows.push(row);
        self.sizes.texts += 1;
        Ok(())
    }

    fn take_picture(&mut self, signal: &Signal) -> Result<(), String> {
        if signal.quality.is_some_and(|quality| quality < PDQ_QUALITY_MIN) {
            return Err(format!("The picture shows too little: its quality is under {PDQ_QUALITY_MIN}."));
        }
        let value = picture(&signal.value).ok_or("A PDQ hash has 64 hexadecimal digits.")?;
        let row = self.rows.push(signal, &signal.value);
        self.pictures.insert(u64::from(row), value);
        if let Some(distance) = signal.distance {
            self.limits.insert(row, distance);
        }
        self.sizes.pictures += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Bank, String> {
        let terms = Terms::new(self.terms.iter().map(|(row, term)| (*row, term.as_str())));
        let terms = terms.map_err(|error| error.to_string())?;
        self.terms = Vec::new();
        let texts = Listed::new(std::mem::take(&mut self.texts), Bar::default())
            .map_err(|error| error.to_string())?;
        let limit = self.limits.values().copied().max().unwrap_or_default().max(PDQ_DISTANCE_BITS);
        Ok(Bank {
            rows: self.rows,
            table: self.table,
            terms,
            texts,
            text_rows: self.text_rows,
            tlsh: self.tlsh,
            pictures: self.pictures,
            limits: self.limits,
            limit,
            sizes: self.sizes,
        })
    }
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
