//! JSON lines: our own shape read at speed, any other by a column mapping.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use domain::observation::{Handle, ItemKind, MediaRef, Record};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::fields::{digest, handle, hex_of, inside_path, kind_of};
use super::json::{self, Shape};
use super::mapping::{self, Columns, Field, Mapping, Row};
use super::out::{Bad, Out};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, csv, input, links};

const GUESS_LINES_MAX: usize = 100;
const PATH_DEPTH_MAX: usize = 3;
/// The members of our own shape.
const OWN: &[&str] = &[
    "id",
    "service",
    "url",
    "kind",
    "text",
    "author",
    "channel",
    "posted_at",
    "lang",
    "media",
    "links",
    "mentions",
    "hashtags",
    "forwarded_from",
    "reply_to",
    "audience",
    "views",
];

/// Reads JSON lines, or one array of objects.
pub(super) struct Ndjson;

impl Source for Ndjson {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "ndjson",
            title: "JSON lines",
            extensions: &["ndjson", "jsonl", "json"],
            example: "renvoi intake ndjson posts.ndjson",
            reads: "One object a line (or one array of objects) with url, text or media; other member names by a column mapping that is guessed and can be given.",
            refuses: "Lines whose audience is private are refused.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let wanted = given.mapping.clone();
        let mut opened = input::open(given)?;
        let mut out = Out::new(&name, opened.encoding, sink);
        let mapping = wanted.or_else(|| guess(&opened.peek));
        let order = match mapping.as_ref().and_then(|mapping| mapping.day_first) {
            Some(false) => Order::MonthFirst,
            _ => Order::DayFirst,
        };
        if let Some(mapping) = &mapping {
            out.mapping(mapping.clone());
        }
        let step =
            json::elements(&mut opened.reader, &opened.peek, Shape::PLAIN, &mut out, &mut |out, element| {
                let read = match &mapping {
                    None => own(element.bytes, element.place),
                    Some(mapping) => mapped(element.bytes, element.place, mapping, order),
                };
                give(read, &element, out)
            });
        out.finish(step, "JSON lines", "objects")
    }
}

fn give(
    read: Result<Option<Record>, Bad>,
    element: &json::Element<'_>,
    out: &mut Out<'_>,
) -> super::out::Step {
    match read {
        Ok(Some(mut record)) => {
            record.original = element.bytes.to_vec();
            out.record(record)
        }
        Ok(None) => out.refused(element.place, csv::PRIVATE.to_owned(), 1),
        Err(bad) => out.set_aside(element.place, bad),
    }
}

/// A line in our own shape.
#[derive(Deserialize)]
struct Own {
    #[serde(default, deserialize_with = "text_or_number")]
    id: Option<String>,
    service: Option<String>,
    url: Option<String>,
    #[serde(default)]
    kind: Option<ItemKind>,
    text: Option<String>,
    author: Option<Who>,
    channel: Option<Who>,
    #[serde(default, deserialize_with = "text_or_number")]
    posted_at: Option<String>,
    lang: Option<String>,
    media: Option<Vec<OwnMedia>>,
    links: Option<Vec<String>>,
    mentions: Option<Vec<Who>>,
    hashtags: Option<Vec<String>>,
    forwarded_from: Option<Who>,
    #[serde(default, deserialize_with = "text_or_number")]
    reply_to: Option<String>,
    audience: Option<String>,
    views: Option<u64>,
}

#[derive(Deserialize)]
struct OwnMedia {
    kind: Option<ItemKind>,
    path: Option<String>,
    url: Option<String>,
    media_type: Option<String>,
    sha256: Option<String>,
    sha1: Option<String>,
    md5: Option<String>,
    pdq: Option<String>,
    quality: Option<u8>,
    width: Option<u32>,
    height: Option<u32>,
    duration_ms: Option<u64>,
}

/// An account: its handle, or an object with more.
#[derive(Deserialize)]
#[serde(untagged)]
enum Who {
    Handle(String),
    Full { handle: String, name: Option<String>, service: Option<String> },
}

impl Who {
    fn on(self, service: &str) -> Option<Handle> {
        match self {
            Self::Handle(text) => handle(service, &text, None),
            Self::Full { handle: text, name, service: own } => {
                let own = own.map(|own| mapping::service_of(&own));
                handle(own.as_deref().unwrap_or(service), &text, name.as_deref())
            }
        }
    }
}

fn own(bytes: &[u8], place: &str) -> Result<Option<Record>, Bad> {
    let line: Own = serde_json::from_slice(bytes).map_err(|error| Bad::json(&error))?;
    let url = line.url.filter(|url| !url.trim().is_empty());
    let url = url.map(|url| mapping::address(&url)).transpose()?;
    let text = line.text.unwrap_or_default();
    let media = line.media.unwrap_or_default();
    if url.is_none() && text.is_empty() && media.is_empty() {
        return Err(Bad::new("No `url`, no `text` and no `media`; a record needs one of them."));
    }
    let service = line.service.filter(|service| !service.trim().is_empty());
    let service = match service {
        Some(service) => mapping::service_of(&service),
        None => url.as_deref().map(links::host).unwrap_or_default(),
    };
    let Some(audience) = mapping::audience(line.audience.as_deref(), url.is_some())? else { return Ok(None) };
    let time = line.posted_at.filter(|time| !time.is_empty());
    let posted_at = time
        .as_deref()
        .map(|time| times::parse(time, Order::DayFirst).ok_or_else(|| mapping::bad_time(time)))
        .transpose()?;
    let author = line.author.and_then(|who| who.on(&service));
    let key = match &line.id {
        Some(id) if !id.is_empty() => format!("ndjson:{service}/{id}"),
        _ => {
            let parts =
                [url.as_deref(), Some(&text), author.as_ref().map(|a| a.handle.as_str()), time.as_deref()];
            format!("ndjson:{}", digest(&parts.map(Option::unwrap_or_default)))
        }
    };
    let mut record = Record::of(place.to_owned(), key, service, audience);
    record.media = media.into_iter().map(OwnMedia::read).collect::<Result<_, _>>()?;
    record.kind = line.kind.unwrap_or_else(|| record.media.first().map_or(ItemKind::Post, |m| m.kind));
    record.links = line.links.unwrap_or_else(|| links::in_text(&text));
    record.url = url;
    record.text = text;
    record.author = author;
    record.posted_at = posted_at;
    record.channel = line.channel.and_then(|who| who.on(&record.service));
    record.claimed_language = line.lang.filter(|lang| !lang.is_empty());
    let mentions = line.mentions.unwrap_or_default().into_iter();
    record.mentions = mentions.filter_map(|who| who.on(&record.service)).collect();
    record.hashtags = line.hashtags.unwrap_or_default();
    record.hashtags.iter_mut().for_each(|tag| *tag = tag.trim_start_matches('#').to_owned());
    record.forwarded_from = line.forwarded_from.and_then(|who| who.on(&record.service));
    record.reply_to = line.reply_to.map(|reply| format!("ndjson:{}/{reply}", record.service));
    record.views = line.views;
    Ok(Some(record))
}

impl OwnMedia {
    fn read(self) -> Result<MediaRef, Bad> {
        let guessed = || kind_of(self.media_type.as_deref(), self.path.as_deref().or(self.url.as_deref()));
        let mut media = MediaRef::of(self.kind.unwrap_or_else(guessed));
        media.sha256 = hash(self.sha256, 32, "sha256")?;
        media.sha1 = hash(self.sha1, 20, "sha1")?;
        media.md5 = hash(self.md5, 16, "md5")?;
        media.pdq = self.pdq.map(|pdq| mapping::pdq_of(&pdq, self.quality.unwrap_or(100))).transpose()?;
        media.path = self.path.as_deref().and_then(inside_path);
        media.missing = self.path.is_some() && media.path.is_none();
        media.url = self.url;
        media.media_type = self.media_type;
        (media.width, media.height, media.duration_ms) = (self.width, self.height, self.duration_ms);
        Ok(media)
    }
}

fn hash(text: Option<String>, bytes: usize, name: &str) -> Result<Option<String>, Bad> {
    let Some(text) = text else { return Ok(None) };
    hex_of(&text, bytes)
        .map(Some)
        .ok_or_else(|| Bad(format!("`{name}` is not {} hex digits; correct it.", bytes * 2)))
}

/// An id or a time may be written as a number.
fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = Option<String>;
        fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            to.write_str("text or a whole number")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }
        fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
            Ok(Some(text))
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }
        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }
        fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }
        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    from.deserialize_any(Either)
}

/// A line of another shape, by the mapping.
fn mapped(bytes: &[u8], place: &str, mapping: &Mapping, order: Order) -> Result<Option<Record>, Bad> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| Bad::json(&error))?;
    if !value.is_object() {
        return Err(Bad::new("An object is expected here; give one object a line."));
    }
    let get = |field: Field| at_path(&value, mapping.columns.get(&field)?);
    let Some(mut record) = mapping::record(&Row { place, format: "ndjson", order, get: &get })? else {
        return Ok(None);
    };
    // Files in our own way beside members with other names: no column can name them, and they must not be lost.
    if record.media.is_empty() {
        record.media = own_media(&value)?;
        if let (ItemKind::Post, Some(first)) = (record.kind, record.media.first()) {
            record.kind = first.kind;
        }
    }
    Ok(Some(record))
}

/// The objects of `media` that say where a file is, or what it is by a digest; another list has none.
fn own_media(value: &Value) -> Result<Vec<MediaRef>, Bad> {
    let all = value.get("media").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let objects = all.iter().filter(|one| one.is_object());
    let media = objects.filter_map(|one| OwnMedia::deserialize(one).ok());
    let says =
        |one: &OwnMedia| [&one.path, &one.url, &one.sha256, &one.pdq].iter().any(|said| said.is_some());
    media.filter(says).map(OwnMedia::read).collect()
}

/// The value at a name or a path, as text; lists are joined by spaces.
fn at_path(value: &Value, path: &str) -> Option<String> {
    let found = match value.get(path) {
        Some(found) => found,
        None => path.split('.').try_fold(value, |value, part| value.get(part))?,
    };
    let text = match found {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The members of the first lines with what they seem to hold; `None` when they are in our own shape.
pub(super) fn columns(given: Input<'_>) -> Result<Option<Columns>, Unusable> {
    let opened = input::open(given)?;
    let Some(guess) = guess(&opened.peek) else { return Ok(None) };
    let flat: Vec<BTreeMap<String, String>> = sample(&opened.peek).iter().map(flatten).collect();
    let names: BTreeSet<String> = flat.iter().flat_map(|line| line.keys().cloned()).collect();
    let value = |name: &String| flat.iter().find_map(|line| line.get(name)).cloned().unwrap_or_default();
    Ok(Some(Columns { first: names.iter().map(value).collect(), names: names.into_iter().collect(), guess }))
}

/// A mapping when the first lines are not in our own shape.
fn guess(peek: &[u8]) -> Option<Mapping> {
    let sample = sample(peek);
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let flat: Vec<BTreeMap<String, String>> = sample.iter().map(flatten).collect();
    for line in &flat {
        for name in line.keys() {
            let next = names.len();
            names.entry(name.clone()).or_insert(next);
        }
    }
    let names: Vec<String> = names.into_keys().collect();
    let foreign: Vec<&String> =
        names.iter().filter(|name| !OWN.contains(&name.split('.').next().unwrap_or_default())).collect();
    let ours =
        sample.iter().any(|line| ["url", "text", "media"].iter().any(|name| line.get(*name).is_some()));
    let told = mapping::by_names(&foreign);
    let has = |field: &Field| match field {
        Field::Url => names.iter().any(|name| name == "url"),
        Field::Text => names.iter().any(|name| name == "text"),
        Field::Author | Field::AuthorName => names.iter().any(|name| name.starts_with("author")),
        Field::Time => names.iter().any(|name| name == "posted_at"),
        Field::MediaUrl | Field::Sha256 | Field::Pdq | Field::MediaPath => false,
        _ => true,
    };
    if ours && told.keys().all(has) {
        return None;
    }
    let rows: Vec<Vec<String>> = flat
        .iter()
        .map(|line| names.iter().map(|name| line.get(name).cloned().unwrap_or_default()).collect())
        .collect();
    let columns = mapping::guess(&names, &rows);
    let useful =
        [Field::Url, Field::Text, Field::MediaUrl, Field::Sha256].iter().any(|f| columns.contains_key(f));
    useful.then(|| {
        let dates = columns.get(&Field::Time).and_then(|name| names.iter().position(|known| known == name));
        let dates = rows.iter().filter_map(|row| row.get(dates?)).map(String::as_str);
        let day_first = times::order_of(dates).map(|order| order == Order::DayFirst);
        Mapping { delimiter: None, header: None, day_first, columns }
    })
}

/// The first objects of the text, lines or an array.
fn sample(peek: &[u8]) -> Vec<Value> {
    let lines = peek.split(|&byte| byte == b'\n').take(GUESS_LINES_MAX);
    let found: Vec<Value> =
        lines.filter_map(|line| serde_json::from_slice(line).ok()).filter(Value::is_object).collect();
    if !found.is_empty() {
        return found;
    }
    let start = peek.trim_ascii_start();
    let inner = start.strip_prefix(b"[").unwrap_or(start);
    let first = serde_json::Deserializer::from_slice(inner).into_iter::<Value>().next();
    first.and_then(Result::ok).filter(Value::is_object).into_iter().collect()
}

fn flatten(value: &Value) -> BTreeMap<String, String> {
    fn walk(value: &Value, path: &str, depth: usize, into: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(members) if depth < PATH_DEPTH_MAX => {
                for (name, inner) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(inner, &path, depth + 1, into);
                }
            }
            Value::String(text) => drop(into.insert(path.to_owned(), text.clone())),
            Value::Number(number) => drop(into.insert(path.to_owned(), number.to_string())),
            Value::Array(_) => drop(into.insert(path.to_owned(), String::new())),
            _ => {}
        }
    }
    let mut into = BTreeMap::new();
    walk(value, "", 0, &mut into);
    into
}
