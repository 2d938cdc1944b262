//! MISP events and feeds as signals: attributes that are meant for detection.
//!
//! Shape as in the MISP core format (datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format): an attribute has `type`,
//! `value`, `to_ids`, `deleted`, `comment`, `Tag`. Types as in github.com/MISP/MISP `describeTypes.json`, which knows no
//! perceptual hash of pictures; those, terms, texts and accounts travel as `other` with a tag `renvoi:signal="pdq"`.
//! What is not for detection (`to_ids` false) is context: counted, and never matched.

use std::io::BufRead;

use domain::bank::{Opinion, SignalKind};
use serde_json::Value;

use super::super::fields::{array, text};
use super::super::links;
use super::super::misp::{SHAPE, is_no_attribute, parts};
use super::json::{self, Name};
use super::{Given, Row, Take};

const NAME: Name = Name { format: "a MISP event", holds: "attributes" };
/// Tags of ours: `renvoi:signal="pdq"`, `renvoi:opinion="negative"`.
pub(super) const TAG_SIGNAL: &str = "renvoi:signal";
pub(super) const TAG_OPINION: &str = "renvoi:opinion";

pub(super) fn read(from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    json::read(from, (SHAPE, NAME), &mut attribute, take)
}

fn attribute(value: &Value) -> Result<Vec<Given>, String> {
    if is_no_attribute(value) {
        return Ok(Vec::new());
    }
    let missing = |what: &str| format!("The attribute has no `{what}`; export the event again.");
    let kind = text(value, "type").ok_or_else(|| missing("type"))?;
    let said = text(value, "value").ok_or_else(|| missing("value"))?;
    if value.get("to_ids").is_some_and(|flag| flag == &Value::Bool(false) || flag == "0") {
        return Ok(vec![Given::other("not for detection")]);
    }
    let tagged = tagged(value, TAG_SIGNAL).and_then(SignalKind::from_word);
    let (algorithm, name, part) = parts(kind, said);
    let row = match (tagged, algorithm) {
        (Some(kind), _) => Row::of(kind, said),
        (None, "md5") => Row::of(SignalKind::Md5, part),
        (None, "sha1") => Row::of(SignalKind::Sha1, part),
        (None, "sha256") => Row::of(SignalKind::Sha256, part),
        (None, "url" | "uri" | "link") => Row::of(SignalKind::Url, links::refang(said)),
        (None, _) if matches!(kind, "domain" | "hostname" | "domain|ip" | "hostname|port") => {
            let host = said.split('|').next().unwrap_or_default();
            let host = links::bare_host(host).ok_or("The value is no host name; correct the event.")?;
            Row::of(SignalKind::Host, host)
        }
        (None, _) => return Ok(vec![Given::other(kind)]),
    };
    let gone = value.get("deleted").is_some_and(|deleted| deleted == &Value::Bool(true) || deleted == "1");
    let label = text(value, "comment").or(name).map(str::to_owned);
    let opinion = self::tagged(value, TAG_OPINION).and_then(Opinion::from_word);
    Ok(vec![Given::row(Row { label, gone, ..row }.with_opinion(opinion))])
}

/// The value of the machine tag of that name.
fn tagged<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    array(value, "Tag").iter().find_map(|tag| {
        let (found, word) = text(tag, "name")?.split_once('=')?;
        (found == name).then(|| word.trim_matches('"'))
    })
}
