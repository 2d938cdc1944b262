//! MISP events as JSON: `{"Event":…}`, a bare event, `{"response":[…]}`, an array of events.
//!
//! Each attribute that names an address, a host, a hash or a text is a record. What MISP says about
//! sharing is about the list, not about who could see the content.

use std::ops::ControlFlow;

use domain::observation::{Audience, ItemKind, MediaRef, Record};
use serde_json::Value;

use super::fields::{digest, hex_of, kind_of, text};
use super::json::{self, Shape};
use super::mapping::address;
use super::out::{Bad, Out};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, links};

pub(super) const SHAPE: Shape =
    Shape { lists: &["Attribute"], nests: &["Event", "response", "Object"], array_of_containers: true };

/// Reads MISP events.
pub(super) struct Misp;

impl Source for Misp {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "misp",
            title: "MISP event",
            extensions: &["json"],
            example: "renvoi intake misp event.json",
            reads: "Attributes of type url, uri, link, domain, hostname, text, md5, sha1, sha256 and filename with a hash, also inside objects.",
            refuses: "Deleted attributes and all other types are skipped.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let mut opened = input::open(given)?;
        let mut out = Out::new(&name, opened.encoding, sink);
        let step = json::elements(&mut opened.reader, &opened.peek, SHAPE, &mut out, &mut |out, element| {
            let read = serde_json::from_slice::<Value>(element.bytes)
                .map_err(|error| Bad::json(&error))
                .and_then(|value| attribute(&value, element.place));
            let read = read.map(|record| {
                record.map(|mut record| {
                    record.original = element.bytes.to_vec();
                    record
                })
            });
            out.result(element.place, read)
        });
        out.finish(step, "a MISP event", "attributes")
    }
}

/// `None` for attributes that name nothing we take in.
fn attribute(value: &Value, place: &str) -> Result<Option<Record>, Bad> {
    if value.get("deleted").is_some_and(|deleted| matches!(deleted, Value::Bool(true)) || deleted == "1") {
        return Ok(None);
    }
    if is_no_attribute(value) {
        return Ok(None);
    }
    if value.get("type").is_none() && value.get("value").is_none() {
        return Err(Bad::new("Neither an event nor an attribute of one; check the format's name."));
    }
    let kind = text(value, "type").filter(|_| value.get("value").is_some());
    let kind = kind.ok_or_else(|| {
        Bad::new(
            "The attribute has no `type` or no `value`; check the format's name, or export the event again.",
        )
    })?;
    if !is_read(kind) {
        return Ok(None);
    }
    let said = text(value, "value")
        .ok_or_else(|| Bad::new("The attribute has no `value`; export the event again."))?;
    let id = match text(value, "uuid") {
        Some(uuid) => uuid.to_ascii_lowercase(),
        None => digest(&[kind, said]),
    };
    let mut record = Record::of(place.to_owned(), format!("misp:{id}"), String::new(), Audience::Unsure);
    record.posted_at = timestamp(value)?;
    record.text = text(value, "comment").unwrap_or_default().to_owned();
    match kind {
        "url" | "uri" | "link" => {
            let url = address(said)?;
            record.service = links::host(&url);
            record.url = Some(url);
            record.audience = Audience::Open;
        }
        "domain" | "hostname" | "domain|ip" | "hostname|port" => {
            let host = said.split('|').next().unwrap_or_default();
            let host = links::bare_host(host)
                .ok_or_else(|| Bad::new("The value is no host name; correct the event."))?;
            if record.text.is_empty() {
                record.text.clone_from(&host);
            }
            record.links.push(host.clone());
            record.service = host;
            record.audience = Audience::Open;
        }
        "text" => {
            record.text = said.to_owned();
            record.links = links::in_text(said);
        }
        _ => record.media.push(file(kind, said)?),
    }
    record.kind = record.media.first().map_or(ItemKind::Post, |media| media.kind);
    Ok(Some(record))
}

/// Whether it is an event or an object that has no attributes.
pub(super) fn is_no_attribute(value: &Value) -> bool {
    let known = value.get("info").is_some() || value.get("name").is_some();
    value.get("type").is_none() && value.get("value").is_none() && known && value.get("uuid").is_some()
}

/// Of `filename|sha256` and its value: the last word, the name of the file when one is given, and what the word is of.
/// Any other type stays as it is.
pub(super) fn parts<'a>(kind: &'a str, said: &'a str) -> (&'a str, Option<&'a str>, &'a str) {
    match (kind.strip_prefix("filename|"), said.rsplit_once('|')) {
        (Some(word), Some((name, value))) => (word, Some(name), value),
        (Some(word), None) => (word, None, said),
        (None, _) => (kind, None, said),
    }
}

fn is_read(kind: &str) -> bool {
    let hash = kind.strip_prefix("filename|").unwrap_or(kind);
    matches!(kind, "url" | "uri" | "link" | "domain" | "hostname" | "domain|ip" | "hostname|port" | "text")
        || matches!(hash, "md5" | "sha1" | "sha256")
}

/// `sha256` or `filename|sha256`.
fn file(kind: &str, said: &str) -> Result<MediaRef, Bad> {
    let (algorithm, name, hash) = parts(kind, said);
    let mut media = MediaRef::of(name.map_or(ItemKind::Document, |name| kind_of(None, Some(name))));
    media.missing = true;
    let (bytes, slot) = match algorithm {
        "md5" => (16, &mut media.md5),
        "sha1" => (20, &mut media.sha1),
        _ => (32, &mut media.sha256),
    };
    let hex = hex_of(hash, bytes);
    *slot = Some(
        hex.ok_or_else(|| Bad(format!("The hash is not {} hex digits; correct the event.", bytes * 2)))?,
    );
    Ok(media)
}

fn timestamp(value: &Value) -> Result<Option<domain::observation::SourceTime>, Bad> {
    let said = match value.get("timestamp") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(said)) if said.is_empty() || said == "0" => return Ok(None),
        Some(Value::String(said)) => said.clone(),
        Some(said) => said.to_string(),
    };
    let time = times::parse(&said, Order::DayFirst);
    let time =
        time.ok_or_else(|| Bad::new("`timestamp` is no time between 1990 and 2100; correct the event."))?;
    Ok(Some(times::reported(time)))
}
