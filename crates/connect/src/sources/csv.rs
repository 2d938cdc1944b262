//! Tables: a delimiter and a column mapping that are guessed, shown, and can be given.
//!
//! Rows are cut here and not by the `csv` crate, because a row with an open quote must cost one
//! line and not the rest of the file, and because the row's own bytes are kept as evidence.

use std::collections::VecDeque;
use std::io::BufRead;
use std::ops::ControlFlow;

use encoding_rs::WINDOWS_1252;

use super::json::Lines;
use super::mapping::{self, Columns, Field, Mapping, Row};
use super::out::{Bad, Out, Step, Stop};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, whereabouts};

/// A quoted field spans at most so many lines and bytes.
const ROW_LINES_MAX: usize = 200;
const ROW_BYTES_MAX: usize = 1024 * 1024;
/// Rows looked at for the guess.
const GUESS_ROWS_MAX: usize = 200;
const COLUMNS_MAX: usize = 1000;

/// Reads tables.
pub(super) struct Csv;

impl Source for Csv {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "csv",
            title: "Table (CSV, TSV)",
            extensions: &["csv", "tsv", "tab"],
            example: "renvoi intake csv posts.csv",
            reads: "Rows with an address, a text or a file, by a column mapping that is guessed from names and content and can be given.",
            refuses: "Rows marked private are refused; rows with too few or too many columns are set aside.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let wanted = given.mapping.clone();
        let opened = input::open(given)?;
        input::refuse_other(&opened, &name, "a table")?;
        let latin = input::looks_windows_1252(&opened.peek);
        let mut opened = if latin { input::turn(opened, WINDOWS_1252) } else { opened };
        let plan = Plan::make(&opened.peek, wanted)
            .map_err(|why| Unusable(format!("{name} is not usable as a table: at line 1: {why}")))?;
        let mut out = Out::new(&name, opened.encoding, sink);
        if latin {
            out.note("Not UTF-8: read as windows-1252.");
        }
        plan.tell(&mut out);
        let step = plan.rows(&mut opened.reader, &mut out);
        out.finish(step, "a table", "rows")
    }
}

/// The begin of a table: how it is cut, what its columns are called, and its first rows.
struct Head {
    delimiter: u8,
    header: bool,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn head(peek: &[u8], wanted: &Mapping) -> Result<Head, String> {
    let delimiter = match wanted.delimiter {
        Some(given) => u8::try_from(given).map_err(|_| "the delimiter is no plain character.".to_owned())?,
        None => guess_delimiter(peek),
    };
    let mut reader = peek;
    let mut cut = Rows::new(&mut reader, delimiter);
    let mut rows = Vec::new();
    while rows.len() <= GUESS_ROWS_MAX {
        match cut.next() {
            Ok(Some(Cut::Row { fields, .. })) => rows.push(fields),
            Ok(Some(Cut::Bad { .. })) => {}
            Ok(None) | Err(_) => break,
        }
    }
    let first = rows.first().cloned().ok_or("no row can be read. Save it again as CSV in UTF-8.")?;
    let header = wanted.header.unwrap_or_else(|| is_header(&first));
    let names = if header {
        rows.remove(0);
        first.iter().map(|name| name.trim().to_owned()).collect()
    } else {
        (1..=first.len()).map(|number| number.to_string()).collect()
    };
    Ok(Head { delimiter, header, names, rows })
}

/// The columns of a table with what they seem to hold, before any row is read.
pub(super) fn columns(given: Input<'_>) -> Result<Columns, Unusable> {
    let name = given.name.clone();
    let opened = input::open(given)?;
    input::refuse_other(&opened, &name, "a table")?;
    let latin = input::looks_windows_1252(&opened.peek);
    let opened = if latin { input::turn(opened, WINDOWS_1252) } else { opened };
    let Head { delimiter, header, names, rows } = head(&opened.peek, &Mapping::default())
        .map_err(|why| Unusable(format!("{name} is not usable as a table: at line 1: {why}")))?;
    let guess = Mapping {
        delimiter: Some(char::from(delimiter)),
        header: Some(header),
        day_first: None,
        columns: mapping::guess(&names, &rows),
    };
    Ok(Columns { first: rows.into_iter().next().unwrap_or_default(), names, guess })
}

/// What was decided about the table before its rows are read.
struct Plan {
    mapping: Mapping,
    delimiter: u8,
    header: bool,
    order: Order,
    unsure_order: bool,
    width: usize,
    /// Column of each mapped field.
    at: Vec<(Field, usize)>,
    /// Columns that tell where somebody was: they are not kept (LAW-155).
    hidden: Vec<usize>,
}

impl Plan {
    fn make(peek: &[u8], wanted: Option<Mapping>) -> Result<Self, String> {
        let wanted = wanted.unwrap_or_default();
        let Head { delimiter, header, names, rows } = head(peek, &wanted)?;
        let rows = &rows[..];
        let wanted_none = wanted.columns.is_empty();
        let columns = if wanted_none { mapping::guess(&names, rows) } else { wanted.columns };
        let at = places(&names, &columns)?;
        // Long words alone make no table: running text has them too.
        let by_content = wanted_none && !mapping::by_names(&names).contains_key(&Field::Text);
        let found = [Field::Url, Field::MediaUrl, Field::MediaPath, Field::Sha256, Field::Pdq];
        let told = |field: &Field| found.contains(field) || *field == Field::Text && !by_content;
        if !at.iter().any(|(field, _)| told(field)) {
            return Err(
                "no column holds addresses, texts or files. Give a mapping with `columns`.".to_owned()
            );
        }
        let dates = at.iter().find(|(field, _)| *field == Field::Time).map(|&(_, at)| at);
        let dates = rows.iter().filter_map(|row| row.get(dates?)).map(String::as_str);
        let told = match wanted.day_first {
            Some(day_first) => Some(if day_first { Order::DayFirst } else { Order::MonthFirst }),
            None => times::order_of(dates.clone()),
        };
        let unsure_order = told.is_none() && dates.clone().any(times::slashed);
        let order = told.unwrap_or(Order::DayFirst);
        let day_first = (unsure_order || told.is_some()).then_some(order == Order::DayFirst);
        let mapping =
            Mapping { delimiter: Some(char::from(delimiter)), header: Some(header), day_first, columns };
        let mapped = |column: usize| at.iter().any(|(_, at)| *at == column);
        let hidden = (0..names.len())
            .filter(|column| whereabouts::tells(&names[*column]) && !mapped(*column))
            .collect();
        Ok(Self { mapping, delimiter, header, order, unsure_order, width: names.len(), at, hidden })
    }

    fn tell(&self, out: &mut Out<'_>) {
        out.mapping(self.mapping.clone());
        if self.unsure_order {
            out.note("Dates like 03/04/2024 were read with the day first; set `day_first` to false if that is wrong.");
        }
    }

    fn rows(&self, reader: &mut dyn BufRead, out: &mut Out<'_>) -> Step {
        let mut rows = Rows::new(reader, self.delimiter);
        let mut header = self.header;
        while let Some(cut) = rows.next()? {
            match cut {
                Cut::Row { .. } if header => header = false,
                Cut::Row { number, fields, raw } => self.row(number, &fields, raw, out)?,
                Cut::Bad { number, bad } => out.set_aside(format!("line {number}"), bad)?,
            }
        }
        Ok(())
    }

    /// A row without its hidden columns.
    fn shown(&self, fields: &[String]) -> Vec<u8> {
        let cell = |(column, text): (usize, &String)| {
            if self.hidden.contains(&column) {
                String::new()
            } else {
                format!("\"{}\"", text.replace('"', "\"\""))
            }
        };
        let cells: Vec<String> = fields.iter().enumerate().map(cell).collect();
        cells.join(&char::from(self.delimiter).to_string()).into_bytes()
    }

    fn row(&self, number: u64, fields: &[String], raw: Vec<u8>, out: &mut Out<'_>) -> Step {
        let place = format!("line {number}");
        if fields.len() != self.width {
            let reason = format!(
                "The row has {} columns where {} are expected; look for a missing quote or a delimiter in the text.",
                fields.len(),
                self.width
            );
            return out.set_aside(place, Bad(reason));
        }
        let get = |field: Field| {
            let at = self.at.iter().find(|(known, _)| *known == field)?.1;
            let value = fields.get(at)?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        match mapping::record(&Row { place: &place, format: "csv", order: self.order, get: &get }) {
            Ok(Some(mut record)) => {
                record.original = if self.hidden.is_empty() { raw } else { self.shown(fields) };
                out.record(record)
            }
            Ok(None) => out.refused(place, PRIVATE.to_owned(), 1),
            Err(bad) => out.set_aside(place, bad),
        }
    }
}

pub(super) const PRIVATE: &str = "Marked private: private communication is never taken in (LAW-08).";

/// The column number of each mapped field.
fn places(
    names: &[String],
    columns: &std::collections::BTreeMap<Field, String>,
) -> Result<Vec<(Field, usize)>, String> {
    columns
        .iter()
        .map(|(field, column)| {
            let at = names.iter().position(|name| name.eq_ignore_ascii_case(column.trim()));
            at.map(|at| (*field, at)).ok_or_else(|| {
                format!("the mapping names the column `{column}`, which the table does not have.")
            })
        })
        .collect()
}

/// The first row holds names when it is known by one, or when nothing in it looks like data.
fn is_header(first: &[String]) -> bool {
    let data = |value: &String| {
        let value = value.trim();
        super::links::web(&super::links::refang(value)).is_some()
            || times::parse(value, Order::DayFirst).is_some()
            || value.parse::<f64>().is_ok()
            || super::fields::hex_of(value, 32).is_some()
    };
    let known = !mapping::by_names(first).is_empty();
    !first.iter().any(data) && (known || first.len() > 1)
}

/// The delimiter that cuts the first rows into the same number of columns, the more the better.
fn guess_delimiter(peek: &[u8]) -> u8 {
    const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
    const ROWS_LOOKED_AT: usize = 20;
    let score = |delimiter: u8| {
        let mut reader = peek;
        let mut rows = Rows::new(&mut reader, delimiter);
        let mut widths = Vec::new();
        while widths.len() < ROWS_LOOKED_AT {
            match rows.next() {
                Ok(Some(Cut::Row { fields, .. })) => widths.push(fields.len()),
                Ok(Some(Cut::Bad { .. })) => widths.push(0),
                Ok(None) | Err(_) => break,
            }
        }
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|&&width| width == first).count();
        if first < 2 { (0, 0) } else { (same * 100 / widths.len().max(1), first) }
    };
    CANDIDATES.into_iter().rev().max_by_key(|&delimiter| score(delimiter)).unwrap_or(b',')
}

/// One row of the table.
enum Cut {
    Row { number: u64, fields: Vec<String>, raw: Vec<u8> },
    Bad { number: u64, bad: Bad },
}

/// Rows, a quoted field may span lines; an open quote costs its own line only.
struct Rows<'r> {
    lines: Lines<'r>,
    waiting: VecDeque<(u64, Vec<u8>)>,
    delimiter: u8,
}

impl<'r> Rows<'r> {
    fn new(reader: &'r mut dyn BufRead, delimiter: u8) -> Self {
        Self { lines: Lines::new(reader), waiting: VecDeque::new(), delimiter }
    }

    fn line(&mut self) -> Result<Option<(u64, Vec<u8>)>, Stop> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        Ok(self.lines.next()?.map(|line| (line.number, line.bytes.to_vec())))
    }

    fn next(&mut self) -> Result<Option<Cut>, Stop> {
        let (number, first) = loop {
            match self.line()? {
                Some((_, line)) if line.trim_ascii().is_empty() => {}
                // Spreadsheets announce their delimiter so; it is guessed all the same.
                Some((1, line)) if line.starts_with(b"sep=") => {}
                Some(line) => break line,
                None => return Ok(None),
            }
        };
        let mut raw = first;
        let mut closes = true;
        let mut taken: Vec<(u64, Vec<u8>)> = Vec::new();
        let bad = loop {
            if raw.len() > ROW_BYTES_MAX {
                break "The row is larger than 1 MiB; look for a missing quote.";
            }
            let Ok(text) = std::str::from_utf8(&raw) else {
                break "The row is not UTF-8; save the table again as UTF-8.";
            };
            // Only a line with a quote can end the field that is open.
            let cut = if closes { split(text, self.delimiter) } else { Split::Open };
            match cut {
                Split::Fields(fields) => return Ok(Some(Cut::Row { number, fields, raw })),
                Split::Wrong => break "A quote stands inside a field without being doubled; mend this row.",
                Split::TooMany => break "The row has more than 1000 columns; check the delimiter.",
                Split::Open => {}
            }
            if taken.len() >= ROW_LINES_MAX {
                break "A quote is opened and not closed; mend this row.";
            }
            match self.line()? {
                Some((at, more)) => {
                    raw.push(b'\n');
                    raw.extend_from_slice(&more);
                    closes = more.contains(&b'"');
                    taken.push((at, more));
                }
                None => break "A quote is opened and not closed before the end of the file; mend this row.",
            }
        };
        for line in taken.into_iter().rev() {
            self.waiting.push_front(line);
        }
        Ok(Some(Cut::Bad { number, bad: Bad::new(bad) }))
    }
}

enum Split {
    Fields(Vec<String>),
    /// A quoted field goes on in the next line.
    Open,
    Wrong,
    TooMany,
}

fn split(text: &str, delimiter: u8) -> Split {
    let delimiter = char::from(delimiter);
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        if fields.len() > COLUMNS_MAX {
            return Split::TooMany;
        }
        let opens = rest.trim_start_matches(' ');
        if let Some(mut quoted) = opens.strip_prefix('"') {
            let mut field = String::new();
            loop {
                let Some(end) = quoted.find('"') else { return Split::Open };
                field.push_str(&quoted[..end]);
                quoted = &quoted[end + 1..];
                match quoted.strip_prefix('"') {
                    Some(more) => {
                        field.push('"');
                        quoted = more;
                    }
                    None => break,
                }
            }
            fields.push(field);
            let after = quoted.trim_start_matches(' ');
            match after.strip_prefix(delimiter) {
                Some(more) => rest = more,
                None if after.is_empty() => return Split::Fields(fields),
                None => return Split::Wrong,
            }
        } else {
            match rest.split_once(delimiter) {
                Some((field, more)) => {
                    fields.push(field.to_owned());
                    rest = more;
                }
                None => {
                    fields.push(rest.to_owned());
                    return Split::Fields(fields);
                }
            }
        }
    }
}
