//! STIX 2.1 bundles as signals: indicators whose pattern compares one thing for equality.
//!
//! Shape as in the OASIS standard "STIX Version 2.1" (docs.oasis-open.org/cti/stix/v2.1/os): indicator (4.7), patterns
//! (9), hashing algorithms (10.7; PDQ is not among them and stands under its own name). Observables beside indicators say
//! that something was seen, not that it is known: they are counted. A pattern that holds only when several things come
//! together is refused: half of it would match what its author did not mean.

use std::io::BufRead;

use domain::bank::{Opinion, SignalKind};
use serde_json::Value;

use super::super::fields::{array, text};
use super::super::links;
use super::super::mapping::service_of;
use super::super::stix::{Pattern, SHAPE, pattern};
use super::json::{self, Name};
use super::{Given, OF_ONE_MAX, Row, Take};

const NAME: Name = Name { format: "a STIX bundle", holds: "objects" };
/// Of a label so many characters are read.
const LABEL_MAX_CHARS: usize = 200;
/// Labels of ours: `renvoi:opinion=negative`.
pub(super) const LABEL_OPINION: &str = "renvoi:opinion=";

pub(super) fn read(from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    json::read(from, (SHAPE, NAME), &mut object, take)
}

fn object(value: &Value) -> Result<Vec<Given>, String> {
    let kind = text(value, "type").ok_or("The object has no `type`; check the format's name.")?;
    if kind != "indicator" {
        return Ok(if kind == "bundle" { Vec::new() } else { vec![Given::other(kind)] });
    }
    if let Some(other) = text(value, "pattern_type").filter(|kind| *kind != "stix") {
        return Ok(vec![Given::other(&format!("pattern {other}"))]);
    }
    let said = text(value, "pattern").ok_or("The indicator has no `pattern`; export the bundle again.")?;
    let read = pattern(said)
        .ok_or("The pattern cannot be read: a quote or a bracket is missing; correct it.".to_owned())?;
    if read.joined {
        return Err(
            "The pattern holds only when several things come together; a signal is one. Split it.".into()
        );
    }
    let label = text(value, "name").or_else(|| text(value, "description"));
    let label: Option<String> = label.map(|label| label.chars().take(LABEL_MAX_CHARS).collect());
    let gone = value.get("revoked") == Some(&Value::Bool(true));
    let opinion = opinion(value);
    let mut given: Vec<Given> = Vec::new();
    for (path, compared) in read.comparisons.iter().take(OF_ONE_MAX) {
        let Some(one) = of_path(&read, path, compared) else { continue };
        given.push(match one {
            Given::Row(row) => {
                let label = label.clone();
                Given::row(Row { label, gone, ..*row }.with_opinion(opinion))
            }
            other => other,
        });
    }
    if given.is_empty() {
        given.push(Given::other("pattern"));
    }
    Ok(given)
}

/// What one comparison gives; nothing for what only describes (`file:name`).
fn of_path(read: &Pattern, path: &str, compared: &str) -> Option<Given> {
    if let Some(algorithm) = path.strip_prefix("file:hashes.") {
        let algorithm = algorithm.to_ascii_uppercase();
        let kind = match algorithm.as_str() {
            "MD5" => SignalKind::Md5,
            "SHA-1" | "SHA1" => SignalKind::Sha1,
            "SHA-256" | "SHA256" => SignalKind::Sha256,
            "PDQ" | "X_PDQ" => SignalKind::Pdq,
            _ => return Some(Given::other(&algorithm)),
        };
        return Some(Given::row(Row::of(kind, compared)));
    }
    match path {
        "url:value" => Some(Given::row(Row::of(SignalKind::Url, links::refang(compared)))),
        "domain-name:value" => Some(Given::row(Row::of(SignalKind::Host, compared))),
        "user-account:account_login" | "user-account:user_id" => {
            let mut types = read.comparisons.iter().filter(|(path, _)| path == "user-account:account_type");
            Some(match (types.next(), types.next()) {
                (Some((_, service)), None) => {
                    Given::row(Row::of(SignalKind::Account, format!("{}/{compared}", service_of(service))))
                }
                _ => Given::Bad("The account names no service; compare `account_type` beside it.".to_owned()),
            })
        }
        path if path.starts_with("user-account:") || path.starts_with("file:") => None,
        path => Some(Given::other(path.split(':').next().unwrap_or(path))),
    }
}

/// Benign indicators are negative; ours say their opinion in a label; of others nothing is assumed.
fn opinion(value: &Value) -> Option<Opinion> {
    let labels = array(value, "labels").iter().filter_map(Value::as_str);
    let said = labels.filter_map(|label| Opinion::from_word(label.strip_prefix(LABEL_OPINION)?)).next();
    let benign = array(value, "indicator_types").iter().any(|kind| kind == "benign");
    said.or(benign.then_some(Opinion::Negative))
}
