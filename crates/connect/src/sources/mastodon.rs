//! Mastodon and its kin: API statuses, timelines, streaming events, ActivityPub outboxes.
//!
//! `public` and `unlisted` are open; `private` (followers), `direct` and anything narrower is
//! private communication and refused. A visibility that is missing needs an answer.

use std::ops::ControlFlow;

use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record};
use serde_json::Value;

use super::fields::{add, array, handle, kind_of, number, pixels, seconds_ms, text};
use super::json::{self, Shape};
use super::out::{Bad, Out, Step};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, activitypub, input, links, markup};

const SHAPE: Shape = Shape {
    lists: &["orderedItems", "items", "statuses", "ancestors", "descendants"],
    nests: &["first"],
    array_of_containers: false,
};

/// Reads Mastodon statuses and ActivityPub collections.
pub(super) struct Mastodon;

/// What one element says: a record, a private one, or nothing to keep.
pub(super) enum Read {
    Record(Box<Record>),
    Private(&'static str),
    Nothing,
}

impl Source for Mastodon {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "mastodon",
            title: "Mastodon and ActivityPub",
            extensions: &["json", "ndjson", "jsonl"],
            example: "renvoi intake mastodon timeline.json",
            reads: "API statuses and arrays of them, search results, streaming events a line, ActivityPub outboxes and collection pages.",
            refuses: "Followers-only and direct posts are always refused; deletions, likes and follows are skipped.",
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
        let step = if is_event_stream(&opened.peek) {
            event_stream(&mut opened.reader, &mut out)
        } else {
            json::elements(&mut opened.reader, &opened.peek, SHAPE, &mut out, &mut |out, element| {
                give(element.bytes, element.place, out)
            })
        };
        out.finish(step, "Mastodon or ActivityPub", "statuses")
    }
}

/// Server-sent events as they come from `/api/v1/streaming`.
fn is_event_stream(peek: &[u8]) -> bool {
    let start = peek.trim_ascii_start();
    start.starts_with(b"event:") || start.starts_with(b"data:") || start.starts_with(b":")
}

fn event_stream(reader: &mut dyn std::io::BufRead, out: &mut Out<'_>) -> Step {
    let mut lines = json::Lines::new(reader);
    let mut update = true;
    while let Some(line) = lines.next()? {
        let place = format!("line {}", line.number);
        if let Some(event) = line.bytes.strip_prefix(b"event:") {
            update = matches!(event.trim_ascii(), b"update" | b"status.update");
        } else if let Some(data) = line.bytes.strip_prefix(b"data:") {
            if update {
                give(data.trim_ascii(), &place, out)?;
            } else {
                out.skip();
            }
        } else if !line.bytes.is_empty() && !line.bytes.starts_with(b":") {
            out.set_aside(place, Bad::new("Neither an event nor its data; mend this line."))?;
        }
    }
    Ok(())
}

fn give(bytes: &[u8], place: &str, out: &mut Out<'_>) -> Step {
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => return out.set_aside(place, Bad::json(&error)),
    };
    match read(&value, place) {
        Ok(Read::Record(mut record)) => {
            record.original = bytes.to_vec();
            out.record(*record)
        }
        Ok(Read::Private(why)) => {
            out.refused(place, format!("A {why} post: private communication is never taken in (LAW-08)."), 1)
        }
        Ok(Read::Nothing) => {
            out.skip();
            Ok(())
        }
        Err(bad) => out.set_aside(place, bad),
    }
}

/// A status, a streaming event around one, or an ActivityPub object.
fn read(value: &Value, place: &str) -> Result<Read, Bad> {
    if value.get("payload").is_some() || value.get("event").is_some() {
        return event(value, place);
    }
    if let Some(kind) = text(value, "type").filter(|_| value.get("account").is_none()) {
        return activitypub::read(kind, value, place);
    }
    if value.get("account").is_none() && value.get("content").is_none() {
        return Err(Bad::new("Neither a status nor an ActivityPub object; check the format's name."));
    }
    status(value, place)
}

fn event(value: &Value, place: &str) -> Result<Read, Bad> {
    if !matches!(text(value, "event"), Some("update" | "status.update")) {
        return Ok(Read::Nothing);
    }
    match value.get("payload") {
        Some(Value::String(payload)) => {
            let inner: Value = serde_json::from_str(payload).map_err(|error| Bad::json(&error))?;
            status(&inner, place)
        }
        Some(inner @ Value::Object(_)) => status(inner, place),
        _ => Err(Bad::new("The event has no payload; record the stream again.")),
    }
}

fn status(value: &Value, place: &str) -> Result<Read, Bad> {
    let audience = match text(value, "visibility") {
        Some("public" | "unlisted") => Audience::Open,
        Some("private") => return Ok(Read::Private("followers-only")),
        Some("direct") => return Ok(Read::Private("direct")),
        Some(_) => return Ok(Read::Private("restricted")),
        None => Audience::Unsure,
    };
    let uri = text(value, "uri").or_else(|| text(value, "url"));
    let uri =
        uri.ok_or_else(|| Bad::new("The status has no `uri`, so it has no stable key; export it again."))?;
    let url = text(value, "url").or(Some(uri)).filter(|url| links::web(url).is_some());
    let service = Some(links::host(uri)).filter(|host| !host.is_empty());
    let service = service.or_else(|| url.map(links::host));
    let service = service.ok_or_else(|| Bad::new("The status's `uri` is no address; export it again."))?;
    let account = value.get("account").unwrap_or(&Value::Null);
    let mut record = Record::of(place.to_owned(), format!("mastodon:{uri}"), service.clone(), audience);
    record.url = url.map(str::to_owned);
    record.author = person(account, &service);
    record.posted_at = created_at(value, "created_at")?;
    record.claimed_language = text(value, "language").map(str::to_owned);
    record.views = number(value, "reblogs_count");
    let shared = value.get("reblog").filter(|reblog| reblog.is_object());
    let said = shared.unwrap_or(value);
    read_said(said, &service, &mut record)?;
    if let Some(original) = shared.or_else(|| quoted(value)) {
        if matches!(text(original, "visibility"), Some("private" | "direct")) {
            return Ok(Read::Private("followers-only or direct"));
        }
        let home = text(original, "uri").map(links::host).unwrap_or_default();
        record.forwarded_from = original.get("account").and_then(|account| person(account, &home));
        if let Some(link) = text(original, "url").or_else(|| text(original, "uri")) {
            add(&mut record.links, link);
        }
    }
    Ok(Read::Record(Box::new(record)))
}

/// The quoted status: direct, or inside its state.
fn quoted(value: &Value) -> Option<&Value> {
    let quote = value.get("quote")?;
    Some(quote.get("quoted_status").unwrap_or(quote))
        .filter(|quote| quote.is_object() && quote.get("uri").is_some())
}

pub(super) fn created_at(value: &Value, name: &str) -> Result<Option<domain::observation::SourceTime>, Bad> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(time) => {
            time.as_str().and_then(|time| times::parse(time, Order::DayFirst)).map(Some).ok_or_else(|| {
                Bad(format!("`{name}` is no date between 1990 and 2100; mend it or export it again."))
            })
        }
    }
}

/// Text, links, names, tags and files of what is said: the status or the one it boosts.
fn read_said(said: &Value, service: &str, record: &mut Record) -> Result<(), Bad> {
    let content = match said.get("content") {
        None | Some(Value::Null) => "",
        Some(Value::String(content)) => content,
        Some(_) => return Err(Bad::new("`content` is no text; export it again.")),
    };
    read_html(content, text(said, "spoiler_text"), record);
    if let Some(card) = said.get("card").and_then(|card| text(card, "url")) {
        add(&mut record.links, card);
    }
    record.mentions.extend(array(said, "mentions").iter().filter_map(|account| person(account, service)));
    for tag in array(said, "tags") {
        if let Some(name) = text(tag, "name") {
            add(&mut record.hashtags, name.trim_start_matches('#'));
        }
    }
    record.media = array(said, "media_attachments").iter().filter_map(attachment).collect();
    record.kind = record.media.first().map_or(ItemKind::Post, |media| media.kind);
    Ok(())
}

/// A post's HTML: its warning and text, and the links that are neither mention nor hashtag.
pub(super) fn read_html(content: &str, warning: Option<&str>, record: &mut Record) {
    let plain = markup::plain(content);
    record.text = match warning {
        Some(warning) if plain.text.is_empty() => warning.to_owned(),
        Some(warning) => format!("{warning}\n\n{}", plain.text),
        None => plain.text,
    };
    for (link, class) in &plain.links {
        let named = class.split_whitespace().any(|class| matches!(class, "mention" | "hashtag" | "u-url"));
        if !named && links::web(link).is_some() {
            add(&mut record.links, link);
        }
    }
    if plain.links.is_empty() {
        record.links.extend(links::in_text(&record.text));
    }
}

/// An account of the API. Without a host in its name it belongs to the instance of its address:
/// that is the instance that was asked, which need not be the status's own.
fn person(account: &Value, service: &str) -> Option<Handle> {
    let acct = text(account, "acct").or_else(|| text(account, "username"))?;
    let name = text(account, "display_name");
    match acct.trim_start_matches('@').split_once('@') {
        Some((user, host)) => handle(&host.to_ascii_lowercase(), user, name),
        None => {
            let home = text(account, "url").map(links::host).filter(|host| !host.is_empty());
            handle(home.as_deref().unwrap_or(service), acct, name)
        }
    }
}

fn attachment(value: &Value) -> Option<MediaRef> {
    let url = text(value, "url").or_else(|| text(value, "remote_url"));
    let kind = match text(value, "type") {
        Some("image") => ItemKind::Image,
        Some("video" | "gifv") => ItemKind::Video,
        Some("audio") => ItemKind::Audio,
        _ => kind_of(None, url),
    };
    let mut media = MediaRef::of(kind);
    media.url = url.map(str::to_owned);
    if let Some(original) = value.get("meta").and_then(|meta| meta.get("original")) {
        media.width = pixels(original, "width");
        media.height = pixels(original, "height");
        media.duration_ms = seconds_ms(original, "duration");
    }
    value.is_object().then_some(media)
}
