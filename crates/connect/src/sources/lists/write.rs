//! Lists that are handed on: whatever stands in them is read again by the reader of their format.
//!
//! A value has the same number in every MISP and STIX list of a bank, so that who takes the list twice has it once.

use std::io::{self, Write};

use domain::bank::{Opinion, SignalKind};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::misp::{TAG_OPINION, TAG_SIGNAL};
use super::stix::LABEL_OPINION;
use super::{Format, Row, threatexchange};

/// The names of the columns of our own table.
const COLUMNS: [&str; 10] =
    ["kind", "value", "label", "bank", "opinion", "distance", "quality", "cuts", "points", "print"];
/// The names of the columns of ThreatExchange's.
const THREATEXCHANGE_COLUMNS: [&str; 5] = ["signal_type", "signal_str", "collab", "category", "tags"];

/// What a list says of itself.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The bank's name, for rows that have none.
    pub bank: String,
    /// To whom it may be handed on: a word of the Traffic Light Protocol (`clear`, `green`, `amber`, `red`).
    pub sharing: Option<&'static str>,
    /// When it is written.
    pub at: jiff::Timestamp,
}

impl Head {
    /// Of a list that is written now.
    #[must_use]
    pub fn now(bank: String, sharing: Option<&'static str>) -> Self {
        Self { bank, sharing, at: jiff::Timestamp::now() }
    }
}

/// A list that is being written. Nothing is whole before [`Writer::finish`].
pub struct Writer<W: Write> {
    format: Format,
    head: Head,
    out: Out<W>,
    elements: u64,
}

enum Out<W: Write> {
    Table(Box<csv::Writer<W>>),
    Text(W),
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// When it cannot be written, or the format is closed (D16): such lists are read only.
    pub fn new(format: Format, mut out: W, head: Head) -> io::Result<Self> {
        let table = |names: &[&str], out: W| {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(names)?;
            Ok::<_, io::Error>(Out::Table(Box::new(table)))
        };
        let out = match format {
            Format::Csv => table(&COLUMNS, out)?,
            Format::ThreatexchangeCsv => table(&THREATEXCHANGE_COLUMNS, out)?,
            Format::Ndjson => Out::Text(out),
            Format::Threatexchange => {
                out.write_all(b"{\"data\":[")?;
                Out::Text(out)
            }
            Format::Misp => {
                let tags: Vec<Value> =
                    head.sharing.iter().map(|word| json!({ "name": format!("tlp:{word}") })).collect();
                let event = json!({
                    "uuid": number(&head.bank, "event", ""), "info": head.bank, "date": day(head.at), "analysis": "2",
                    "threat_level_id": "4", "distribution": "0", "Tag": tags,
                });
                let event = event.to_string();
                out.write_all(b"{\"Event\":")?;
                out.write_all(event.strip_suffix('}').unwrap_or(&event).as_bytes())?;
                out.write_all(b",\"Attribute\":[")?;
                Out::Text(out)
            }
            Format::Stix => {
                let id = format!("bundle--{}", number(&head.bank, "bundle", &head.at.to_string()));
                write!(out, "{{\"type\":\"bundle\",\"id\":\"{id}\",\"objects\":[")?;
                Out::Text(out)
            }
            Format::Ncmec | Format::Stopncii => {
                let why = format!("A {} is read only, and never handed on.", format.title());
                return Err(io::Error::new(io::ErrorKind::Unsupported, why));
            }
        };
        Ok(Self { format, head, out, elements: 0 })
    }

    /// Adds a value; says whether the format has a place for its kind.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, row: &Row) -> io::Result<bool> {
        let Some(kind) = SignalKind::from_word(&row.kind) else { return Ok(false) };
        match &mut self.out {
            Out::Table(table) if self.format == Format::Csv => {
                table.write_record(own(row, &self.head.bank))?;
            }
            Out::Table(table) => {
                let bank = row.bank.as_ref().unwrap_or(&self.head.bank);
                let label = row.label.as_deref().unwrap_or_default();
                let signal_type = threatexchange::signal_type(kind);
                table.write_record([signal_type, &row.value, bank, category(row), label])?;
            }
            Out::Text(out) if self.format == Format::Ndjson => {
                let bank = Some(row.bank.clone().unwrap_or_else(|| self.head.bank.clone()));
                serde_json::to_writer(&mut *out, &Row { bank, ..row.clone() })?;
                out.write_all(b"\n")?;
            }
            Out::Text(out) => {
                let Some(element) = element(self.format, kind, row, &self.head) else { return Ok(false) };
                write!(out, "{}{element}", if self.elements > 0 { ",\n" } else { "\n" })?;
            }
        }
        self.elements += 1;
        Ok(true)
    }

    /// Ends, and gives back what was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        match self.out {
            Out::Table(table) => table.into_inner().map_err(csv::IntoInnerError::into_error),
            Out::Text(mut out) => {
                let end = match self.format {
                    Format::Misp => "\n]}}\n",
                    Format::Threatexchange | Format::Stix => "\n]}\n",
                    _ => "",
                };
                out.write_all(end.as_bytes())?;
                out.flush()?;
                Ok(out)
            }
        }
    }
}

fn opinion(row: &Row) -> Option<Opinion> {
    row.opinion.as_deref().and_then(Opinion::from_word)
}

fn category(row: &Row) -> &'static str {
    match opinion(row) {
        Some(Opinion::Positive) => "POSITIVE_CLASS",
        Some(Opinion::Negative) => "NEGATIVE_CLASS",
        Some(Opinion::Disputed) => "DISPUTED",
        Some(Opinion::Seed) | None => "INVESTIGATION_SEED",
    }
}

/// A row of our own table.
fn own(row: &Row, bank: &str) -> [String; 10] {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.kind.clone(),
        row.value.clone(),
        text(&row.label),
        row.bank.clone().unwrap_or_else(|| bank.to_owned()),
        text(&row.opinion),
        number(row.distance),
        number(row.quality.map(u32::from)),
        row.cuts.join(" "),
        text(&row.points),
        text(&row.print),
    ]
}

/// One element of a JSON list; nothing when the format has no place for the kind.
fn element(format: Format, kind: SignalKind, row: &Row, head: &Head) -> Option<Value> {
    match format {
        Format::Threatexchange => indicator(kind, row, head),
        Format::Misp => attribute(kind, row, head),
        Format::Stix => stix(kind, row, head),
        Format::Csv | Format::Ndjson | Format::ThreatexchangeCsv | Format::Ncmec | Format::Stopncii => None,
    }
}

fn indicator(kind: SignalKind, row: &Row, head: &Head) -> Option<Value> {
    let id = number(&head.bank, kind.word(), &row.value).as_u128() >> 66;
    let mut value = json!({ "id": id.to_string(), "indicator": row.value, "type": threatexchange::indicator_type(kind)? });
    match opinion(row) {
        Some(Opinion::Positive) => value["status"] = json!("MALICIOUS"),
        Some(Opinion::Negative) => value["status"] = json!("NON_MALICIOUS"),
        Some(Opinion::Disputed) => {
            value["descriptors"] =
                json!({ "data": [{ "status": "MALICIOUS" }, { "status": "NON_MALICIOUS" }] });
        }
        Some(Opinion::Seed) => value["status"] = json!("SUSPICIOUS"),
        None => {}
    }
    if let Some(label) = &row.label {
        value["tags"] = json!([label]);
    }
    if let Some(word) = head.sharing {
        let level = if word == "clear" { "white" } else { word };
        value["share_level"] = json!(level.to_uppercase());
    }
    Some(value)
}

fn attribute(kind: SignalKind, row: &Row, head: &Head) -> Option<Value> {
    let (own, category) = match kind {
        SignalKind::Md5 => ("md5", "Payload delivery"),
        SignalKind::Sha1 => ("sha1", "Payload delivery"),
        SignalKind::Sha256 => ("sha256", "Payload delivery"),
        SignalKind::Url => ("url", "Network activity"),
        SignalKind::Host => ("domain", "Network activity"),
        SignalKind::Pdq | SignalKind::Account | SignalKind::Term | SignalKind::Text | SignalKind::Tlsh => {
            ("other", "Other")
        }
        SignalKind::Video | SignalKind::Sound => return None,
    };
    let mut tags = Vec::new();
    if own == "other" {
        tags.push(json!({ "name": format!("{TAG_SIGNAL}=\"{kind}\"") }));
    }
    if let Some(opinion) = opinion(row) {
        tags.push(json!({ "name": format!("{TAG_OPINION}=\"{opinion}\"") }));
    }
    Some(json!({
        "uuid": number(&head.bank, kind.word(), &row.value), "type": own, "category": category, "to_ids": true,
        "value": row.value, "comment": row.label.as_deref().unwrap_or_default(), "Tag": tags,
        "timestamp": head.at.as_second().to_string(),
    }))
}

/// The predefined markings of the Traffic Light Protocol (STIX 2.1, 7.2.1.4).
fn marking(word: &str) -> Option<&'static str> {
    Some(match word {
        "clear" => "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
        "green" => "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
        "amber" => "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
        "red" => "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
        _ => return None,
    })
}

fn stix(kind: SignalKind, row: &Row, head: &Head) -> Option<Value> {
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let value = quoted(&row.value);
    let pattern = match kind {
        SignalKind::Md5 => format!("[file:hashes.MD5 = {value}]"),
        SignalKind::Sha1 => format!("[file:hashes.'SHA-1' = {value}]"),
        SignalKind::Sha256 => format!("[file:hashes.'SHA-256' = {value}]"),
        SignalKind::Pdq => format!("[file:hashes.PDQ = {value}]"),
        SignalKind::Url => format!("[url:value = {value}]"),
        SignalKind::Host => format!("[domain-name:value = {value}]"),
        SignalKind::Account => {
            let (service, handle) = row.value.split_once('/')?;
            let (service, handle) = (quoted(service), quoted(handle));
            format!("[user-account:account_type = {service} AND user-account:account_login = {handle}]")
        }
        SignalKind::Term | SignalKind::Text | SignalKind::Tlsh | SignalKind::Video | SignalKind::Sound => {
            return None;
        }
    };
    let at = head.at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let mut indicator = json!({
        "type": "indicator", "spec_version": "2.1",
        "id": format!("indicator--{}", number(&head.bank, kind.word(), &row.value)),
        "created": at, "modified": at, "valid_from": at, "pattern_type": "stix", "pattern": pattern,
    });
    if let Some(label) = &row.label {
        indicator["name"] = json!(label);
    }
    if let Some(opinion) = opinion(row) {
        indicator["labels"] = json!([format!("{LABEL_OPINION}{opinion}")]);
    }
    if let Some(marking) = head.sharing.and_then(marking) {
        indicator["object_marking_refs"] = json!([marking]);
    }
    Some(indicator)
}

fn day(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// The number of a value in the lists of a bank: always the same (UUID version 8).
fn number(bank: &str, kind: &str, value: &str) -> Uuid {
    let mut hash = Sha256::new();
    for part in [bank, kind, value] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
