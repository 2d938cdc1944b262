//! Reads a bank file, or a folder of them: our own rows, or a list of the field, one by one, whatever its size.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use connect::sources::lists::{self, Format, Given, Place};
use domain::bank::{Opinion, SignalKind};
use domain::observation::SetAside;
use serde::Serialize;

use crate::Signal;

/// Lines of one bank; a longer one is several.
const LINES_MAX: u64 = 50_000_000;

/// Set-aside lines listed one by one; more are counted.
const SET_ASIDE_LISTED: usize = 1_000;

/// Kinds that are not compared here, told apart; more are counted as one.
const OTHERS_TOLD: usize = 100;

/// Files of one folder.
const FILES_MAX: usize = 10_000;

/// Endings of the files of a folder that are read.
pub const ENDINGS: [&str; 3] = ["ndjson", "jsonl", "csv"];

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files.
    pub files: u64,
    /// Lines with something in them.
    pub lines: u64,
    /// Lines that were taken.
    pub signals: u64,
    /// Lines that were left out: where and why.
    pub set_aside: Vec<SetAside>,
    /// Lines left out beyond those listed.
    pub set_aside_unlisted: u64,
    /// What is not compared here, by the list's own word for it (`ssdeep`, `pdna`).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub not_compared: BTreeMap<String, u64>,
    /// Values that their giver took back.
    #[serde(skip_serializing_if = "is_none")]
    pub taken_back: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// How a list is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct As<'a> {
    /// Its format; else guessed by its content.
    pub format: Option<Format>,
    /// The bank's name of rows that have none; else that of the file.
    pub bank: Option<&'a str>,
    /// The opinion of rows that have none; else [`Opinion::Seed`].
    pub opinion: Option<Opinion>,
}

/// What a list says of a value.
#[derive(Debug)]
pub enum Said {
    /// Look for it.
    Take(Signal),
    /// Its giver took it back: its kind and value, as in [`Signal`].
    TakenBack(SignalKind, String),
}

impl Summary {
    fn set_aside(&mut self, at: String, reason: String) {
        if self.set_aside.len() < SET_ASIDE_LISTED {
            self.set_aside.push(SetAside { at, reason });
        } else {
            self.set_aside_unlisted += 1;
        }
    }

    /// How many lines were left out, listed or not.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.set_aside.len() as u64 + self.set_aside_unlisted
    }
}

/// Why a bank cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system says no.
    #[error("{}: {error}", at.display())]
    Io {
        /// The file or folder.
        at: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is not a bank.
    #[error("{}: {why}", at.display())]
    Form {
        /// The file or folder.
        at: PathBuf,
        /// What is wrong and what to do, one sentence.
        why: String,
    },
}

/// Reads a bank, a line after the other, and hands each good signal to `take`. What `take` refuses with a sentence is
/// set aside by its place, as a bad line is. What was taken back is left out.
///
/// `bank` is a file, or a folder, of which every file with one of [`ENDINGS`] is read, in the order of the names. A
/// file is of any open format of [`lists`].
///
/// # Errors
/// When a file cannot be read, is of no such format, or there is none. Signals before the fault were handed on.
pub fn read(bank: &Path, mut take: impl FnMut(Signal) -> Result<(), String>) -> Result<Summary, Unreadable> {
    read_as(bank, As::default(), |said| match said {
        Said::Take(signal) => take(signal),
        Said::TakenBack(..) => Ok(()),
    })
}

/// As [`read`], and tells what was taken back.
///
/// # Errors
/// As [`read`]; and lists of child abuse or of intimate images are refused: no command line is a provider's seat with
/// two people (D16).
pub fn read_as(
    bank: &Path,
    as_: As<'_>,
    mut take: impl FnMut(Said) -> Result<(), String>,
) -> Result<Summary, Unreadable> {
    let mut summary = Summary::default();
    let (files, many) = files(bank)?;
    for file in files {
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let defaults = (as_.bank.unwrap_or(&name), as_.opinion.unwrap_or(Opinion::Seed));
        let file_name = file.file_name().filter(|_| many).map(|name| format!("{}, ", name.to_string_lossy()));
        let file_name = file_name.unwrap_or_default();
        summary.files += 1;
        let failed = |error| Unreadable::Io { at: file.clone(), error };
        let mut from = BufReader::with_capacity(1 << 20, File::open(&file).map_err(failed)?);
        let format = format_of(&mut from, as_.format).map_err(failed)?;
        let form = |why: String| Unreadable::Form { at: file.clone(), why };
        if format.is_some_and(Format::is_closed) {
            return Err(form(CLOSED.to_owned()));
        }
        let mut line = |place: Place<'_>, given: Given| -> Result<(), String> {
            summary.lines += 1;
            if summary.lines > LINES_MAX {
                return Err(format!("A bank has at most {LINES_MAX} lines. Split it."));
            }
            match one(given, defaults, &mut summary, &mut take) {
                Ok(()) => {}
                Err(reason) => summary.set_aside(format!("{file_name}{place}"), reason),
            }
            Ok(())
        };
        if let Some(format) = format {
            lists::read(format, from, &mut line).map_err(form)?;
        }
    }
    Ok(summary)
}

/// Said of lists that D16 closes.
const CLOSED: &str = "It is a list of child abuse or of intimate images. Such lists are loaded in a provider's seat only, \
    in the console, after two people enabled them.";

fn one(
    given: Given,
    defaults: (&str, Opinion),
    summary: &mut Summary,
    take: &mut impl FnMut(Said) -> Result<(), String>,
) -> Result<(), String> {
    match given {
        Given::Bad(reason) => Err(reason),
        Given::Entry(_) => Ok(()),
        Given::EntryGone(_) => {
            summary.taken_back += 1;
            Ok(())
        }
        Given::Other(word) => {
            let told = summary.not_compared.len() < OTHERS_TOLD || summary.not_compared.contains_key(&word);
            *summary.not_compared.entry(if told { word } else { "others".to_owned() }).or_default() += 1;
            Ok(())
        }
        Given::Row(row) => {
            let gone = row.gone;
            let signal = Signal::of(*row, defaults)?;
            if gone {
                summary.taken_back += 1;
                return take(Said::TakenBack(signal.kind, signal.value));
            }
            take(Said::Take(signal))?;
            summary.signals += 1;
            Ok(())
        }
    }
}

/// The format that was named, else the one that the content says; nothing for an empty file. What is none is read as
/// our own table, which says what is wrong with it.
fn format_of(from: &mut impl BufRead, named: Option<Format>) -> io::Result<Option<Format>> {
    if named.is_some() {
        return Ok(named);
    }
    let start = from.fill_buf()?;
    let start = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start);
    Ok(match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => None,
        Some(b'{') => Some(lists::guess(start).unwrap_or(Format::Ndjson)),
        Some(_) => Some(lists::guess(start).unwrap_or(Format::Csv)),
    })
}

/// The files of a bank, and whether it is a folder.
fn files(bank: &Path) -> Result<(Vec<PathBuf>, bool), Unreadable> {
    let failed = |error| Unreadable::Io { at: bank.to_owned(), error };
    if !std::fs::metadata(bank).map_err(failed)?.is_dir() {
        return Ok((vec![bank.to_owned()], false));
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(bank).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && path.is_file() {
            files.push(path);
        }
    }
    let form = |why: String| Unreadable::Form { at: bank.to_owned(), why };
    if files.is_empty() {
        return Err(form(format!("The folder holds no bank file ({}).", ENDINGS.join(", "))));
    }
    if files.len() > FILES_MAX {
        return Err(form(format!("The folder holds more than {FILES_MAX} bank files. Split it.")));
    }
    files.sort();
    Ok((files, true))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use domain::bank::{Opinion, SignalKind};

    const SHA1: &str = "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709";

    fn of(content: &[u8]) -> (Summary, Vec<Signal>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Example.list");
        std::fs::write(&file, content).unwrap();
        let mut signals = Vec::new();
        let summary = read(&file, |signal| {
            signals.push(signal);
            Ok(())
        });
        (summary.unwrap(), signals)
    }

    #[test]
    fn both_forms_are_read() {
        let json = format!(
            "\u{FEFF}{{\"kind\":\"SHA1\",\"value\":\" {SHA1} \",\"more\":1}}\n\n{{\"kind\":\"term\",\"value\":\"two words\",\
             \"label\":\"a\",\"bank\":\"B\",\"opinion\":\"negative\"}}"
        );
        let csv = format!(
            "\u{FEFF}Value, KIND ,label,opinion,bank\r\n{SHA1},sha1\r\ntwo words,term,a,negative,B\r\n"
        );
        for text in [json, csv] {
            let (summary, signals) = of(text.as_bytes());
            assert_eq!((summary.lines, summary.signals, summary.left_out()), (2, 2, 0), "{summary:?}");
            assert_eq!((signals[0].kind, &signals[0].value), (SignalKind::Sha1, &SHA1.to_lowercase()));
            assert_eq!((&signals[0].bank[..], signals[0].opinion), ("Example", Opinion::Seed));
            assert_eq!((&signals[1].bank[..], signals[1].opinion), ("B", Opinion::Negative));
            assert_eq!(signals[1].label.as_deref(), Some("a"));
        }
    }

    #[test]
    fn bad_lines_are_set_aside_by_place() {
        let check = |content: &[u8], line: &str, reason: &str| {
            let mut content = content.to_vec();
            content.extend(b"\n{\"kind\":\"host\",\"value\":\"a.test\"}");
            let (summary, signals) = of(&content);
            assert_eq!((signals.len(), summary.left_out()), (1, 1), "{summary:?}");
            assert_eq!(summary.set_aside[0].at, line);
            assert!(summary.set_aside[0].reason.contains(reason), "{summary:?}");
        };
        check(br#"{"kind":"host"}"#, "line 1", "missing field");
        check(b"{}\x00", "line 1", "not an object");
        check(br#"{"kind":"smell","value":"a"}"#, "line 1", "no kind \"smell\"");
        check(br#"{"kind":"pdq","value":"00"}"#, "line 1", "64 hexadecimal");
        check(br#"{"kind":"term","value":" "}"#, "line 1", "no value");
        check(br#"{"kind":"term","value":"a","opinion":"x"}"#, "line 1", "no opinion");
        check(br#"{"kind":"term","value":"a","quality":101}"#, "line 1", "0 to 100");
        check(br#"{"kind":"term","value":"a","distance":65}"#, "line 1", "0 to 64");
        let long = format!("{{\"kind\":\"text\",\"value\":\"{}\"}}", "a".repeat(3 << 20));
        check(long.as_bytes(), "line 1", "longer than");
        let (summary, _) = of(b"kind,value,quality\nhost,a.test,high\nhost,\xFF,\nhost\nhost,b.test,");
        let places: Vec<&str> = summary.set_aside.iter().map(|aside| &aside.at[..]).collect();
        assert_eq!((summary.signals, places), (1, vec!["line 2", "line 3", "line 4"]), "{summary:?}");
    }

    #[test]
    fn what_is_no_bank_is_said() {
        let check = |content: &[u8], expected: &str| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), content).unwrap();
            let error = read(file.path(), |_| Ok(())).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        };
        check(b"just words\nand more", "not a bank");
        let open = format!("kind,value\nhost,\"{}", "a".repeat(3 << 20));
        check(open.as_bytes(), "not closed");
        let empty = tempfile::tempdir().unwrap();
        assert!(read(empty.path(), |_| Ok(())).unwrap_err().to_string().contains("no bank file"));
        assert!(matches!(read(&empty.path().join("a"), |_| Ok(())), Err(Unreadable::Io { .. })));
    }

    #[test]
    fn a_folder_is_a_bank_and_its_taker_may_refuse() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("b.CSV", "kind,value\nhost,b.test\n");
        put("a.ndjson", "{\"kind\":\"host\",\"value\":\"a.test\"}\n{\"kind\":\"host\",\"value\":\"bad\"}");
        put("notes.txt", "not read");
        let mut banks = Vec::new();
        let summary = read(folder.path(), |signal| {
            banks.push((signal.bank, signal.value.clone()));
            if signal.value == "bad" { Err("It is bad.".to_owned()) } else { Ok(()) }
        });
        let summary = summary.unwrap();
        assert_eq!((summary.files, summary.signals), (2, 2));
        let aside = SetAside { at: "a.ndjson, line 2".to_owned(), reason: "It is bad.".to_owned() };
        assert_eq!(summary.set_aside, [aside]);
        let of = |bank: &str, value: &str| (bank.to_owned(), value.to_owned());
        assert_eq!(banks, [of("a", "a.test"), of("a", "bad"), of("b", "b.test")]);
    }
}
