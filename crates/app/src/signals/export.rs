//! A bank out again: the values whose clear form is kept, in the columns that the import reads.

use super::{Shown, shown};
use crate::{Error, House, Result};
use domain::access::{Authorised, right};
use domain::bank::{SignalKind, SignalState};
use domain::event::Noun;
use serde_json::json;
use std::io::Write;
use store::signal::Bank;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, with a line of names.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

impl Format {
    /// The format of a word: `csv`, `ndjson`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Self::Csv),
            "ndjson" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

/// Writes the live signals of a bank whose clear value is kept (terms, addresses, hosts, accounts, PDQ); gives how
/// many were written and how many are known here by digest only. Needs a step-up; a leaf says that it was handed on.
pub async fn export(
    house: &House,
    bank: &Authorised<Bank, right::ManageSignals>,
    format: Format,
    mut out: impl Write + Send,
) -> Result<(u64, u64)> {
    bank.actor().need_step_up(house.clock.now())?;
    let bad = |error: std::io::Error| Error::Input(format!("The list cannot be written: {error}."));
    let (mut written, mut digests, mut after) = (0_u64, 0_u64, 0);
    if format == Format::Csv {
        writeln!(out, "kind,value,label,opinion").map_err(bad)?;
    }
    loop {
        let page = shown(house, bank.get().id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.signal.key;
        for shown in page.iter().filter(|shown| shown.signal.state == SignalState::Live) {
            let Some((value, label)) = clear(shown) else {
                digests += 1;
                continue;
            };
            let (kind, opinion) = (shown.signal.kind.word(), bank.get().opinion.word());
            let line = match format {
                Format::Csv => [kind, &value, label, opinion].map(csv_field).join(","),
                Format::Ndjson => {
                    json!({ "kind": kind, "value": value, "label": label, "opinion": opinion }).to_string()
                }
            };
            writeln!(out, "{line}").map_err(bad)?;
            written += 1;
        }
    }
    out.flush().map_err(bad)?;
    let mut act = crate::Act::of(house, bank.actor(), bank.get().space).await?;
    act.append(Noun::Bank, bank.get().id.0, "exported", json!({ "written": written, "digests": digests }))
        .await?;
    act.commit().await?;
    Ok((written, digests))
}

fn clear(shown: &Shown) -> Option<(String, &str)> {
    match &shown.clear {
        Some(clear) => Some((clear.value.clone(), clear.label.as_deref().unwrap_or_default())),
        None if shown.signal.kind == SignalKind::Pdq => Some((hex::encode(&shown.signal.value), "")),
        None => None,
    }
}

/// A field in quotes when it needs them (RFC 4180).
fn csv_field(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", field.replace('"', "\"\""));
    }
    field.to_owned()
}
