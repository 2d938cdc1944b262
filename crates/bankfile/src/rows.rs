//! The two ways in which rows are written. A row that cannot be read is handed on as a sentence.

use std::io::{self, BufRead, Read};

use crate::signal::{BAD_QUALITY, Row};

/// Longest row, in bytes.
const ROW_MAX_BYTES: u64 = 1024 * 1024;

/// A row and its place.
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// The row, or why it cannot be read.
    pub(crate) row: Result<Row, String>,
}

/// Who takes the rows; an error ends the reading.
pub(crate) type Take<'a> = dyn FnMut(Line) -> Result<(), String> + 'a;

pub(crate) fn ndjson(from: &mut impl BufRead, take: &mut Take<'_>) -> Result<(), String> {
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        let failed = |error: io::Error| error.to_string();
        if from.by_ref().take(ROW_MAX_BYTES).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(());
        }
        number += 1;
        if line.len() as u64 == ROW_MAX_BYTES && !line.ends_with(b"\n") {
            skip_line(from).map_err(failed)?;
            take(Line { number, row: Err(too_long()) })?;
            continue;
        }
        let text = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        let row = serde_json::from_slice(text)
            .map_err(|error| format!("The line is not an object with kind and value: {error}."));
        take(Line { number, row })?;
    }
}

fn too_long() -> String {
    format!("The line is longer than {ROW_MAX_BYTES} bytes.")
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

pub(crate) fn csv(from: impl Read, take: &mut Take<'_>) -> Result<(), String> {
    let unusable = |error: csv::Error| format!("It cannot be read as CSV: {error}.");
    let bounded = Bounded { from, left: ROW_MAX_BYTES };
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bounded);
    let names: Vec<String> = table
        .byte_headers()
        .map_err(unusable)?
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().trim_start_matches('\u{FEFF}').to_lowercase())
        .collect();
    let columns = Columns::of(&names).ok_or(
        "It is not a bank: a bank is a JSON object a line, or CSV whose first line names the columns kind and value.",
    )?;
    let mut record = csv::ByteRecord::new();
    loop {
        table.get_mut().left = ROW_MAX_BYTES;
        if !table.read_byte_record(&mut record).map_err(unusable)? {
            return Ok(());
        }
        let number = record.position().map_or(0, csv::Position::line);
        let row = csv::StringRecord::from_byte_record(record.clone())
            .map_err(|_| "The row is not UTF-8. Save the list as UTF-8.".to_owned())
            .and_then(|record| columns.row(&record));
        take(Line { number, row })?;
    }
}

/// Where the columns stand.
struct Columns {
    kind: usize,
    value: usize,
    others: [Option<usize>; 7],
}

impl Columns {
    fn of(names: &[String]) -> Option<Self> {
        let at = |name: &str| names.iter().position(|other| other == name);
        let others = ["label", "bank", "opinion", "distance", "quality", "cuts", "points"];
        Some(Self { kind: at("kind")?, value: at("value")?, others: others.map(at) })
    }

    fn row(&self, record: &csv::StringRecord) -> Result<Row, String> {
        let [label, bank, opinion, distance, quality, cuts, points] = self.others.map(|column| {
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
        })
    }
}
