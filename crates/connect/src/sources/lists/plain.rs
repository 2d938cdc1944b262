//! Our own rows: JSON lines, and CSV with a line of names. A row that cannot be read is handed on as a sentence.

use std::io::{self, BufRead, Read};

use domain::bank::SignalKind;

use super::threatexchange::kind_of;
use super::{Given, Place, ROW_MAX_BYTES, Row, Take};

/// Said of a quality that is none.
pub(super) const BAD_QUALITY: &str = "A quality is a whole number from 0 to 100.";
const NO_BANK: &str = "It is not a bank: a bank is a JSON object a line, or CSV whose first line names the columns kind and value.";

/// Said of a list without a line.
pub(super) const EMPTY: &str = "The list is empty; fetch it again.";

pub(super) fn ndjson(mut from: impl BufRead, take: &mut Take<'_>) -> Result<(), String> {
    let (mut line, mut number, mut is_empty) = (Vec::new(), 0, true);
    loop {
        line.clear();
        let failed = |error: io::Error| format!("The list cannot be read: {error}.");
        if from.by_ref().take(ROW_MAX_BYTES).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return if is_empty { Err(EMPTY.to_owned()) } else { Ok(()) };
        }
        number += 1;
        if line.len() as u64 == ROW_MAX_BYTES && !line.ends_with(b"\n") {
            skip_line(&mut from).map_err(failed)?;
            is_empty = false;
            let long = format!("The line is longer than {ROW_MAX_BYTES} bytes. Shorten or split it.");
            take(Place::Line(number), Given::Bad(long))?;
            continue;
        }
        let text = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        is_empty = false;
        let given = match serde_json::from_slice(text) {
            Ok(row) => Given::row(row),
            Err(error) => Given::Bad(format!("The line is not an object with kind and value: {error}.")),
        };
        take(Place::Line(number), given)?;
    }
}

/// Reads on to the end of the line, and keeps nothing.
fn skip_line(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = from.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (used, done) = (end.map_or(buffer.len(), |at| at + 1), end.is_some() || buffer.is_empty());
        from.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// Refuses to read on when one row takes too much, as after a quotation mark that is never closed.
struct Bounded<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let sentence = "a row is too long; look for a quotation mark that is not closed";
            return Err(io::Error::other(sentence));
        }
        let read = self.from.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

/// Rows of a table, each with its line: `names` judges the first line, the answer makes a [`Given`] of each other one.
pub(super) fn table<G>(
    from: impl Read,
    names: impl FnOnce(&[String]) -> Result<G, String>,
    take: &mut Take<'_>,
) -> Result<(), String>
where
    G: Fn(&csv::StringRecord) -> Given,
{
    let unusable = |error: csv::Error| format!("It cannot be read as CSV: {error}.");
    let bounded = Bounded { from, left: ROW_MAX_BYTES };
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bounded);
    let columns: Vec<String> = table
        .byte_headers()
        .map_err(unusable)?
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().trim_start_matches('\u{FEFF}').to_lowercase())
        .collect();
    let given = names(&columns)?;
    let at = |names: [&str; 2]| columns.iter().position(|name| names.contains(&name.as_str()));
    let (kind, value) = (at(["kind", "signal_type"]), at(["value", "signal_str"]));
    let mut record = csv::ByteRecord::new();
    loop {
        table.get_mut().left = ROW_MAX_BYTES;
        if !table.read_byte_record(&mut record).map_err(unusable)? {
            return Ok(());
        }
        let number = record.position().map_or(0, csv::Position::line);
        let row = match csv::StringRecord::from_byte_record(record.clone()) {
            Ok(record) if swallows(&record, kind, value) => {
                return Err(format!(
                    "Line {number}: the lines after it stand in one of its fields. Close the quotation mark that is open."
                ));
            }
            Ok(record) => given(&record),
            Err(_) => Given::Bad("The row is not UTF-8. Save the list as UTF-8.".to_owned()),
        };
        take(Place::Line(number), row)?;
    }
}

/// Whether a row has taken in those after it, as after a quotation mark that is not closed: a line break stands in a
/// value that has none, or a later line of a field begins as a row does.
fn swallows(record: &csv::StringRecord, kind_at: Option<usize>, value_at: Option<usize>) -> bool {
    let Some(kind_at) = kind_at else { return false };
    let kind = |word: &str| SignalKind::from_word(word.trim()).or_else(|| kind_of(word));
    let is_text = record.get(kind_at).and_then(kind) == Some(SignalKind::Text);
    record.iter().enumerate().any(|(at, field)| {
        let mut later = field.trim().lines().skip(1);
        later.any(|line| {
            let is_row = line.contains(',') && line.split(',').nth(kind_at).and_then(kind).is_some();
            is_row || Some(at) == value_at && !is_text
        })
    })
}

pub(super) fn csv(from: impl Read, take: &mut Take<'_>) -> Result<(), String> {
    let columns = |names: &[String]| Columns::of(names).ok_or_else(|| NO_BANK.to_owned());
    table(
        from,
        |names| {
            let columns = columns(names)?;
            Ok(move |record: &csv::StringRecord| columns.row(record).map_or_else(Given::Bad, Given::row))
        },
        take,
    )
}

/// Where the columns stand.
struct Columns {
    kind: usize,
    value: usize,
    others: [Option<usize>; 8],
}

impl Columns {
    fn of(names: &[String]) -> Option<Self> {
        let at = |name: &str| names.iter().position(|other| other == name);
        let others = ["label", "bank", "opinion", "distance", "quality", "cuts", "points", "print"];
        Some(Self { kind: at("kind")?, value: at("value")?, others: others.map(at) })
    }

    fn row(&self, record: &csv::StringRecord) -> Result<Row, String> {
        let [label, bank, opinion, distance, quality, cuts, points, print] = self.others.map(|column| {
            let field = column.and_then(|column| record.get(column)).map(str::trim);
            field.filter(|field| !field.is_empty()).map(str::to_owned)
        });
        let must = |column: usize| {
            record.get(column).map(str::to_owned).ok_or_else(|| "The row has no kind or no value.".to_owned())
        };
        let bad_distance = |_| "A distance is a whole number of bits.".to_owned();
        Ok(Row {
            kind: must(self.kind)?,
            value: must(self.value)?,
            label,
            bank,
            opinion,
            distance: distance.map(|text| text.parse()).transpose().map_err(bad_distance)?,
            quality: quality.map(|text| text.parse()).transpose().map_err(|_| BAD_QUALITY.to_owned())?,
            cuts: cuts.iter().flat_map(|cuts| cuts.split_ascii_whitespace()).map(str::to_owned).collect(),
            points,
            print,
            gone: false,
            entry: None,
        })
    }
}
