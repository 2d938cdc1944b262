//! A list into a bank: CSV or JSON lines with `kind` and `value`, each different value once.

use super::export::Format;
use super::{Clear, Compared, compared};
use crate::{Act, Error, House, Result};
use domain::access::{Authorised, right};
use domain::bank::{Opinion, SignalKind, SignalState};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::SignalId;
use domain::observation::SetAside;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use store::Lane;
use store::crypt::Sealed;
use store::signal::{Bank, NewSignal};
use uuid::Uuid;

/// Rows of one list; a longer one is split by who hands it in.
const ROWS_MAX: u64 = 1_000_000;
/// Longest row, in bytes.
const ROW_MAX_BYTES: u64 = 1024 * 1024;
/// Signals in one transaction.
const CHUNK_ROWS: usize = 2_000;
/// Set-aside rows listed one by one; more are counted.
const SET_ASIDE_LISTED: usize = 1_000;
/// Longest label that is kept, in characters.
const LABEL_MAX_CHARS: usize = 200;

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// Rows in the list.
    pub records: u64,
    /// Values that the bank had not.
    pub new: u64,
    /// Values that it had, or that stood in the list before.
    pub duplicate: u64,
    /// Rows left out: where and why.
    pub set_aside: Vec<SetAside>,
    /// Rows left out beyond those listed.
    pub set_aside_unlisted: u64,
}

impl ImportSummary {
    fn set_aside(&mut self, at: String, reason: String) {
        if self.set_aside.len() < SET_ASIDE_LISTED {
            self.set_aside.push(SetAside { at, reason });
        } else {
            self.set_aside_unlisted += 1;
        }
    }
}

/// A row as written; other columns are left alone.
#[derive(Debug, Default, Deserialize)]
struct Row {
    kind: String,
    value: String,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    opinion: Option<String>,
    #[serde(default)]
    quality: Option<u8>,
}

/// A row and its place, or why it cannot be read.
type Read1 = (u64, Result<Row, String>);

struct Ready {
    line: u64,
    compared: Compared,
    clear: Option<Sealed>,
}

/// Imports a list into a bank; one leaf an import. The past is matched by what follows (D26).
pub async fn import(
    house: &Arc<House>,
    bank: &Authorised<Bank, right::ManageSignals>,
    format: Format,
    reader: impl Read + Send + 'static,
) -> Result<ImportSummary> {
    let owner = Arc::clone(house);
    let into = bank.get().clone();
    let (mut summary, ready) =
        tokio::task::spawn_blocking(move || prepare(&owner, &into, format, reader)).await??;
    let mut ready = ready.into_iter().peekable();
    while ready.peek().is_some() {
        write(house, bank.get(), ready.by_ref().take(CHUNK_ROWS).collect(), &mut summary).await?;
    }
    let mut act = Act::of(house, bank.actor(), bank.get().space).await?;
    let facts = json!({
        "records": summary.records, "new": summary.new, "duplicate": summary.duplicate,
        "set_aside": summary.set_aside.len() as u64 + summary.set_aside_unlisted,
    });
    act.append(Noun::Bank, bank.get().id.0, "imported", facts).await?;
    act.commit().await?;
    house.tell(bank.get().space);
    Ok(summary)
}

fn prepare(
    house: &House,
    bank: &Bank,
    format: Format,
    reader: impl Read,
) -> Result<(ImportSummary, Vec<Ready>)> {
    let rows = match format {
        Format::Csv => csv_rows(reader)?,
        Format::Ndjson => ndjson_rows(reader)?,
    };
    let mut summary = ImportSummary { records: rows.len() as u64, ..ImportSummary::default() };
    let results: Vec<(u64, Result<Ready, String>)> = rows
        .into_par_iter()
        .map(|(line, row)| (line, row.and_then(|row| ready(house, bank, line, row))))
        .collect();
    let mut seen = HashSet::with_capacity(results.len());
    let mut good = Vec::with_capacity(results.len());
    for (line, result) in results {
        match result {
            Ok(ready) if seen.insert((ready.compared.kind, ready.compared.value.clone())) => good.push(ready),
            Ok(_) => summary.duplicate += 1,
            Err(reason) => summary.set_aside(place(line), reason),
        }
    }
    Ok((summary, good))
}

fn place(line: u64) -> String {
    format!("line {line}")
}

fn ready(house: &House, bank: &Bank, line: u64, row: Row) -> Result<Ready, String> {
    let word = row.kind.trim().to_lowercase();
    let kind = SignalKind::from_word(&word).ok_or_else(|| {
        let words: Vec<&str> = SignalKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("There is no kind \"{word}\". Choose one of: {}.", words.join(", "))
    })?;
    if let Some(opinion) = row.opinion.as_deref().map(str::trim).filter(|opinion| !opinion.is_empty())
        && Opinion::from_word(opinion) != Some(bank.opinion)
    {
        return Err(format!(
            "Its opinion is \"{opinion}\", the bank's is \"{}\". Import it into a bank of its own opinion.",
            bank.opinion
        ));
    }
    let compared = compared(&house.db.keys, bank.space, kind, &row.value, row.quality)?;
    let clear = match compared.keeps_clear {
        true => {
            let label = row.label.map(|label| label.trim().chars().take(LABEL_MAX_CHARS).collect::<String>());
            let label = label.filter(|label| !label.is_empty());
            let clear = Clear { value: row.value.trim().to_owned(), label };
            let body = serde_json::to_vec(&clear).map_err(|error| error.to_string())?;
            Some(house.db.keys.seal_document(&body).map_err(|error| error.to_string())?)
        }
        false => None,
    };
    Ok(Ready { line, compared, clear })
}

async fn write(house: &House, bank: &Bank, chunk: Vec<Ready>, summary: &mut ImportSummary) -> Result<()> {
    let mut tx = house.db.write(Lane::Bulk).await?;
    let now = house.clock.now();
    let mut by_kind: BTreeMap<SignalKind, Vec<&[u8]>> = BTreeMap::new();
    for ready in &chunk {
        by_kind.entry(ready.compared.kind).or_default().push(&ready.compared.value);
    }
    let mut known = BTreeMap::new();
    for (kind, values) in by_kind {
        for (value, state) in store::signal::known(&mut tx, bank.id, kind, &values).await? {
            known.insert((kind, value), state);
        }
    }
    let mut fresh = Vec::with_capacity(chunk.len());
    for ready in chunk {
        match known.get(&(ready.compared.kind, ready.compared.value.clone())) {
            None => fresh.push(ready),
            Some(SignalState::Withdrawn) => summary.set_aside(
                place(ready.line),
                "It was withdrawn from this bank. If it is right after all, put it into another bank."
                    .to_owned(),
            ),
            Some(_) => summary.duplicate += 1,
        }
    }
    let mut document = tx.numbers("document", i64::try_from(fresh.len()).unwrap_or(i64::MAX)).await?;
    let (mut sealed, mut signals) = (Vec::new(), Vec::with_capacity(fresh.len()));
    for ready in fresh {
        let key = ready.clear.is_some().then_some(document);
        if let Some(clear) = ready.clear {
            sealed.push((document, bank.space, Retention::Hash, now, clear));
            document += 1;
        }
        let id = SignalId(Uuid::now_v7());
        signals.push(NewSignal { id, kind: ready.compared.kind, value: ready.compared.value, document: key });
    }
    store::crypt::put_sealed(&mut tx, sealed).await?;
    summary.new += store::signal::put(&mut tx, bank.id, signals).await?;
    Ok(tx.commit().await?)
}

fn csv_rows(reader: impl Read) -> Result<Vec<Read1>> {
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::new(reader));
    let unusable = |why: String| Error::Input(format!("The list cannot be read as CSV: {why}"));
    let names: Vec<String> = table
        .byte_headers()
        .map_err(|error| unusable(error.to_string()))?
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().trim_start_matches('\u{FEFF}').to_lowercase())
        .collect();
    let column = |name: &str| names.iter().position(|other| other == name);
    let (Some(kind), Some(value)) = (column("kind"), column("value")) else {
        return Err(unusable("its first line must name the columns kind and value.".to_owned()));
    };
    let (label, opinion, quality) = (column("label"), column("opinion"), column("quality"));
    let mut rows = Vec::new();
    for record in table.byte_records() {
        let record = record.map_err(|error| unusable(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = csv::StringRecord::from_byte_record(record)
            .map_err(|_| "The row is not UTF-8. Save the list as UTF-8.".to_owned())
            .and_then(|record| {
                let field =
                    |index: Option<usize>| index.and_then(|index| record.get(index)).map(str::to_owned);
                let missing = || "The row has no kind or no value.".to_owned();
                let quality = field(quality).filter(|text| !text.trim().is_empty());
                Ok(Row {
                    kind: field(Some(kind)).ok_or_else(missing)?,
                    value: field(Some(value)).ok_or_else(missing)?,
                    label: field(label),
                    opinion: field(opinion),
                    quality: quality
                        .map(|text| text.trim().parse().map_err(|_| bad_quality()))
                        .transpose()?,
                })
            });
        rows.push((line, row));
        enough(rows.len())?;
    }
    Ok(rows)
}

fn bad_quality() -> String {
    "A quality is a whole number from 0 to 100.".to_owned()
}

fn ndjson_rows(reader: impl Read) -> Result<Vec<Read1>> {
    let mut reader = BufReader::new(reader);
    let (mut rows, mut line, mut number) = (Vec::new(), Vec::new(), 0);
    loop {
        line.clear();
        let unusable = |error: std::io::Error| Error::Input(format!("The list cannot be read: {error}."));
        let read = (&mut reader).take(ROW_MAX_BYTES).read_until(b'\n', &mut line).map_err(unusable)?;
        if read == 0 {
            return Ok(rows);
        }
        number += 1;
        let text = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        let row = serde_json::from_slice(text)
            .map_err(|error| format!("The line is not an object with kind and value: {error}."));
        rows.push((number, row));
        enough(rows.len())?;
    }
}

fn enough(rows: usize) -> Result<()> {
    if rows as u64 > ROWS_MAX {
        return Err(Error::Input(format!(
            "The list has more than {ROWS_MAX} rows. Split it and import its parts."
        )));
    }
    Ok(())
}
