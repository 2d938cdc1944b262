//! Which format a list is: by what stands at its start.

use super::Format;

/// How much of the start is looked at, in bytes.
const LOOKED_AT_BYTES: usize = 64 * 1024;

/// The format of a list that begins so; nothing when it is none. Give some 64 KiB.
#[must_use]
pub fn guess(first_bytes: &[u8]) -> Option<Format> {
    let bytes = &first_bytes[..first_bytes.len().min(LOOKED_AT_BYTES)];
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None if bytes.contains(&0) => return None,
        None => String::from_utf8_lossy(bytes),
    };
    let text = text.trim_start();
    match text.chars().next()? {
        '<' => (text.contains("<queryResult") || text.contains(":queryResult")).then_some(Format::Ncmec),
        '{' | '[' => Some(json(text)),
        _ => table(text.lines().next()?),
    }
}

fn json(text: &str) -> Format {
    let has = |word: &str| text.contains(word);
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if has("\"hashRecords\"") || (has("\"hashValue\"") && has("\"signalType\"")) {
        Format::Stopncii
    } else if has("\"spec_version\"") || (tight.contains("\"type\":\"bundle\"") && has("\"objects\"")) {
        Format::Stix
    } else if has("\"kind\"") && has("\"value\"") && !has("\"Attribute\"") {
        Format::Ndjson
    } else if has("\"indicator\"") || has("\"raw_indicator\"") {
        Format::Threatexchange
    } else if has("\"Attribute\"") || has("\"Event\"") || has("\"to_ids\"") {
        Format::Misp
    } else if tight.starts_with("{\"data\":[") {
        Format::Threatexchange
    } else {
        Format::Ndjson
    }
}

fn table(first: &str) -> Option<Format> {
    let names: Vec<String> =
        first.split(',').map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    if has("signal_type") && has("signal_str") {
        Some(Format::ThreatexchangeCsv)
    } else {
        (has("kind") && has("value")).then_some(Format::Csv)
    }
}
