//! Reads a bank file, or a folder of them: NDJSON or CSV with `kind` and `value`, line by line, whatever its size.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use domain::observation::SetAside;
use serde::Serialize;

use crate::Signal;
use crate::rows::{self, Line};

/// Lines of one bank; a longer one is several.
const LINES_MAX: u64 = 50_000_000;

/// Set-aside lines listed one by one; more are counted.
const SET_ASIDE_LISTED: usize = 1_000;

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
/// set aside by its place, as a bad line is.
///
/// `bank` is a file, or a folder, of which every file with one of [`ENDINGS`] is read, in the order of the names. A
/// file is NDJSON when its first byte that is not blank is `{`, else CSV with a line of names.
///
/// # Errors
/// When a file cannot be read, is neither, or there is none. Signals before the fault were handed on.
pub fn read(bank: &Path, mut take: impl FnMut(Signal) -> Result<(), String>) -> Result<Summary, Unreadable> {
    let mut summary = Summary::default();
    let (files, many) = files(bank)?;
    for file in files {
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let place = file.file_name().filter(|_| many).map(|name| format!("{}, ", name.to_string_lossy()));
        let place = place.unwrap_or_default();
        summary.files += 1;
        let opened = File::open(&file).map_err(|error| Unreadable::Io { at: file.clone(), error })?;
        let mut line = |line: Line| -> Result<(), String> {
            summary.lines += 1;
            if summary.lines > LINES_MAX {
                return Err(format!("A bank has at most {LINES_MAX} lines. Split it."));
            }
            match line.row.and_then(|row| row.signal(&name)).and_then(&mut take) {
                Ok(()) => summary.signals += 1,
                Err(reason) => summary.set_aside(format!("{place}line {}", line.number), reason),
            }
            Ok(())
        };
        read_one(opened, &mut line).map_err(|why| Unreadable::Form { at: file.clone(), why })?;
    }
    Ok(summary)
}

fn read_one(from: impl Read, line: &mut rows::Take<'_>) -> Result<(), String> {
    let mut from = BufReader::with_capacity(1 << 20, from);
    match first(&mut from).map_err(|error| error.to_string())? {
        None => Ok(()),
        Some(b'{') => rows::ndjson(&mut from, line),
        Some(_) => rows::csv(from, line),
    }
}

/// The first byte that is neither blank nor of a byte order mark, left in place; `None` when there is none.
fn first(from: &mut impl BufRead) -> io::Result<Option<u8>> {
    let blank = |byte: &&u8| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte);
    Ok(from.fill_buf()?.iter().find(blank).copied())
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
