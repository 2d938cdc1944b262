//! ActivityPub objects inside Mastodon's outboxes and collections.

use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record};
use serde_json::Value;

use super::fields::{add, array, handle, kind_of, pixels, text};
use super::links;
use super::mastodon::{Read, created_at, read_html};
use super::out::Bad;

/// Names of the collection of everybody.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

/// Activities and objects that say nothing of their own.
const OTHER: [&str; 24] = [
    "Accept",
    "Add",
    "Application",
    "Block",
    "Collection",
    "CollectionPage",
    "Delete",
    "Flag",
    "Follow",
    "Group",
    "Ignore",
    "Like",
    "Dislike",
    "Move",
    "OrderedCollection",
    "OrderedCollectionPage",
    "Organization",
    "Person",
    "Reject",
    "Remove",
    "Service",
    "Tombstone",
    "Undo",
    "View",
];

/// One activity or object of this type.
pub(super) fn read(kind: &str, value: &Value, place: &str) -> Result<Read, Bad> {
    match kind {
        "Create" | "Update" => match value.get("object") {
            Some(object @ Value::Object(_)) => match text(object, "type") {
                Some(kind) if is_said(kind) => said(object, value, place),
                _ => Ok(Read::Nothing),
            },
            _ => Ok(Read::Nothing),
        },
        "Announce" => announce(value, place),
        kind if is_said(kind) => said(value, value, place),
        kind if OTHER.contains(&kind) => Ok(Read::Nothing),
        _ => Err(Bad::new("The `type` is none of ActivityPub; check the format's name.")),
    }
}

fn is_said(kind: &str) -> bool {
    matches!(
        kind,
        "Note" | "Article" | "Page" | "Question" | "Video" | "Image" | "Audio" | "Document" | "Event"
    )
}

/// An object that says something; `around` is the activity that carries it.
fn said(object: &Value, around: &Value, place: &str) -> Result<Read, Bad> {
    if !(is_public(object) || is_public(around)) {
        return Ok(Read::Private("followers-only or direct"));
    }
    let id = text(object, "id")
        .filter(|id| links::web(id).is_some())
        .ok_or_else(|| Bad::new("The object has no `id` that is an address; export it again."))?;
    let service = links::host(id);
    let mut record = Record::of(place.to_owned(), format!("mastodon:{id}"), service, Audience::Open);
    record.url = address(object.get("url")).or_else(|| Some(id.to_owned()));
    let author = object.get("attributedTo").or_else(|| around.get("actor"));
    record.author = author.and_then(actor);
    record.posted_at = created_at(object, "published")?;
    let content = match object.get("content") {
        None | Some(Value::Null) => "",
        Some(Value::String(content)) => content,
        Some(_) => return Err(Bad::new("`content` is no text; export it again.")),
    };
    let by_language = object.get("contentMap").and_then(Value::as_object).filter(|map| map.len() == 1);
    let (language, mapped) = match by_language.and_then(|map| map.iter().next()) {
        Some((language, said)) => (Some(language.clone()), said.as_str()),
        None => (None, None),
    };
    record.claimed_language = language;
    let content = if content.is_empty() { mapped.unwrap_or_default() } else { content };
    read_html(content, text(object, "summary").or_else(|| text(object, "name")), &mut record);
    for tag in array(object, "tag") {
        read_tag(tag, &mut record);
    }
    record.media = array(object, "attachment").iter().filter_map(attachment).collect();
    record.kind = match text(object, "type") {
        Some("Video") => ItemKind::Video,
        Some("Image") => ItemKind::Image,
        Some("Audio") => ItemKind::Audio,
        Some("Document") => ItemKind::Document,
        _ => record.media.first().map_or(ItemKind::Post, |media| media.kind),
    };
    record.reply_to = reference(object.get("inReplyTo")).map(|uri| format!("mastodon:{uri}"));
    Ok(Read::Record(Box::new(record)))
}

/// A boost: the actor shares an object of which only the address is known here.
fn announce(value: &Value, place: &str) -> Result<Read, Bad> {
    if !is_public(value) {
        return Ok(Read::Private("followers-only"));
    }
    let id = text(value, "id").filter(|id| links::web(id).is_some());
    let id = id.ok_or_else(|| Bad::new("The boost has no `id` that is an address; export it again."))?;
    let mut record = Record::of(place.to_owned(), format!("mastodon:{id}"), links::host(id), Audience::Open);
    record.url = Some(id.to_owned());
    record.author = value.get("actor").and_then(actor);
    record.posted_at = created_at(value, "published")?;
    if let Some(shared) = reference(value.get("object")) {
        add(&mut record.links, &shared);
    }
    Ok(Read::Record(Box::new(record)))
}

fn is_public(value: &Value) -> bool {
    ["to", "cc"].into_iter().filter_map(|member| value.get(member)).any(|to| match to {
        Value::String(to) => PUBLIC.contains(&to.as_str()),
        Value::Array(all) => all.iter().filter_map(Value::as_str).any(|to| PUBLIC.contains(&to)),
        _ => false,
    })
}

/// An id given as text or as an object with one.
fn reference(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(id) => Some(id.clone()),
        object => text(object, "id").map(str::to_owned),
    }
}

/// The first web address of `url`, which may be text, a Link, or a list of both; HTML first.
fn address(value: Option<&Value>) -> Option<String> {
    let of = |value: &Value| match value {
        Value::String(url) => Some(url.clone()),
        link => text(link, "href").map(str::to_owned),
    };
    let found = match value? {
        Value::Array(all) => {
            let html = all.iter().find(|link| text(link, "mediaType") == Some("text/html"));
            html.or_else(|| all.first()).and_then(of)
        }
        one => of(one),
    };
    found.filter(|url| links::web(url).is_some())
}

/// An actor by the last part of its address: `https://h.example/users/name` is `name` on `h.example`.
fn actor(value: &Value) -> Option<Handle> {
    let first = value.as_array().and_then(|all| all.first()).unwrap_or(value);
    let id = reference(Some(first))?;
    let url = links::web(&id)?;
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?.to_owned();
    let name = text(first, "preferredUsername").map_or(last, str::to_owned);
    handle(&links::host(&id), &name, text(first, "name"))
}

fn read_tag(tag: &Value, record: &mut Record) {
    let name = text(tag, "name").unwrap_or_default();
    match text(tag, "type") {
        Some("Hashtag") => add(&mut record.hashtags, name.trim_start_matches('#')),
        Some("Mention") => {
            let home = text(tag, "href").map(links::host).unwrap_or_default();
            let found = match name.trim_start_matches('@').split_once('@') {
                Some((user, host)) => handle(&host.to_ascii_lowercase(), user, None),
                None => handle(&home, name, None),
            };
            record.mentions.extend(found);
        }
        _ => {}
    }
}

fn attachment(value: &Value) -> Option<MediaRef> {
    let media_type = text(value, "mediaType");
    let url = address(value.get("url")).or_else(|| text(value, "href").map(str::to_owned));
    if url.is_none() && media_type.is_none() {
        return None;
    }
    let mut media = MediaRef::of(kind_of(media_type, url.as_deref()));
    media.url = url;
    media.media_type = media_type.map(str::to_ascii_lowercase);
    media.width = pixels(value, "width");
    media.height = pixels(value, "height");
    Some(media)
}
