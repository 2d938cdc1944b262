//! Bluesky: Jetstream commits a line, records with `uri` and `value`, post, feed and thread views.
//!
//! Accounts are named by their DID, which stays when the handle changes and is the same in every
//! form. Everything on the network is public.

use std::ops::ControlFlow;

use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record};
use serde_json::Value;

use super::fields::{add, array, handle, kind_of, number, pixels, text};
use super::json::{self, Shape};
use super::mastodon::created_at;
use super::out::{Bad, Out, Step};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input};

const SERVICE: &str = "bsky.app";
const POST: &str = "app.bsky.feed.post";
const SHAPE: Shape =
    Shape { lists: &["thread", "posts", "feed", "records"], nests: &[], array_of_containers: false };

/// Reads Bluesky records, views and streams.
pub(super) struct Bluesky;

impl Source for Bluesky {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "bluesky",
            title: "Bluesky",
            extensions: &["json", "ndjson", "jsonl"],
            example: "renvoi intake bluesky jetstream.ndjson",
            reads: "Jetstream commits, records with uri and value, post, feed and thread views with their replies; facets and embeds.",
            refuses: "Deletions, likes, reposts, follows, identity and account events are skipped.",
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
            match serde_json::from_slice::<Value>(element.bytes) {
                Ok(value) => any(&value, element.place, element.bytes, out),
                Err(error) => out.set_aside(element.place, Bad::json(&error)),
            }
        });
        out.finish(step, "Bluesky", "posts")
    }
}

/// A post in one of its forms.
struct Post<'v> {
    uri: String,
    author: Option<&'v Value>,
    record: &'v Value,
    view: &'v Value,
}

fn any(value: &Value, place: &str, bytes: &[u8], out: &mut Out<'_>) -> Step {
    if value.get("commit").is_some() || value.get("kind").is_some() && value.get("did").is_some() {
        return commit(value, place, bytes, out);
    }
    if let Some(post) = value.get("post").filter(|post| post.is_object()) {
        return thread(value, post, place, out);
    }
    if matches!(value.get("notFound").or_else(|| value.get("blocked")), Some(Value::Bool(true))) {
        out.skip();
        return Ok(());
    }
    let uri = text(value, "uri");
    let record = value.get("record").or_else(|| value.get("value"));
    match (uri, record) {
        (Some(uri), Some(record)) => {
            let post = Post { uri: uri.to_owned(), author: value.get("author"), record, view: value };
            give(&post, place, bytes, out)
        }
        (Some(_), None) => out.set_aside(place, Bad::new("The post has no record; fetch it again.")),
        (None, _) => out.set_aside(
            place,
            Bad::new("No post with a `uri` is here, so nothing has a stable key; check the format's name."),
        ),
    }
}

/// A thread or feed view: the post, what it answers, and the answers.
fn thread(value: &Value, post: &Value, place: &str, out: &mut Out<'_>) -> Step {
    let mut waiting = vec![(value, post, place.to_owned())];
    while let Some((view, post, place)) = waiting.pop() {
        let bytes = serde_json::to_vec(post).unwrap_or_default();
        any_post(post, &format!("{place}.post"), &bytes, out)?;
        let mut next = Vec::new();
        if let Some(parent) = view.get("parent").filter(|parent| parent.is_object()) {
            next.push((parent, format!("{place}.parent")));
        }
        for (index, reply) in array(view, "replies").iter().enumerate() {
            next.push((reply, format!("{place}.replies[{index}]")));
        }
        for (inner, place) in next.into_iter().rev() {
            match inner.get("post") {
                Some(post) => waiting.push((inner, post, place)),
                None => out.skip(),
            }
        }
    }
    Ok(())
}

fn any_post(post: &Value, place: &str, bytes: &[u8], out: &mut Out<'_>) -> Step {
    match (text(post, "uri"), post.get("record")) {
        (Some(uri), Some(record)) => {
            let post = Post { uri: uri.to_owned(), author: post.get("author"), record, view: post };
            give(&post, place, bytes, out)
        }
        _ => out.set_aside(place, Bad::new("The post has no `uri` or no record; fetch it again.")),
    }
}

/// One line of Jetstream.
fn commit(value: &Value, place: &str, bytes: &[u8], out: &mut Out<'_>) -> Step {
    let commit = value.get("commit").unwrap_or(&Value::Null);
    let (did, collection) = (text(value, "did"), text(commit, "collection"));
    if !matches!(text(value, "kind"), None | Some("commit")) {
        out.skip();
        return Ok(());
    }
    let (Some(did), Some(collection)) = (did, collection) else {
        return out.set_aside(
            place,
            Bad::new("The commit has no `did` or no `collection`; record the stream again."),
        );
    };
    let kept = matches!(text(commit, "operation"), Some("create" | "update") | None);
    if collection != POST || !kept {
        out.skip();
        return Ok(());
    }
    let (Some(rkey), Some(record)) = (text(commit, "rkey"), commit.get("record")) else {
        return out
            .set_aside(place, Bad::new("The commit has no `rkey` or no `record`; record the stream again."));
    };
    let uri = format!("at://{did}/{collection}/{rkey}");
    give(&Post { uri, author: None, record, view: &Value::Null }, place, bytes, out)
}

fn give(post: &Post<'_>, place: &str, bytes: &[u8], out: &mut Out<'_>) -> Step {
    let read = record(post, place).map(|record| {
        record.map(|mut record| {
            record.original = bytes.to_vec();
            record
        })
    });
    out.result(place, read)
}

/// `None` for records that are no posts.
fn record(post: &Post<'_>, place: &str) -> Result<Option<Record>, Bad> {
    let (did, collection, rkey) = parts(&post.uri)
        .ok_or_else(|| Bad::new("The `uri` is not of the form at://did/collection/key; fetch it again."))?;
    if collection != POST {
        return Ok(None);
    }
    let said = match post.record.get("text") {
        None | Some(Value::Null) => "",
        Some(Value::String(said)) => said,
        Some(_) => return Err(Bad::new("`text` is no text; fetch it again.")),
    };
    if !post.record.is_object() {
        return Err(Bad::new("The record is no object; fetch it again."));
    }
    let mut record =
        Record::of(place.to_owned(), format!("bluesky:{}", post.uri), SERVICE.to_owned(), audience(post));
    record.url = Some(format!("https://bsky.app/profile/{did}/post/{rkey}"));
    record.author = post.author.and_then(account).or_else(|| handle(SERVICE, did, None));
    record.posted_at = created_at(post.record, "createdAt")?;
    record.text = said.to_owned();
    record.claimed_language = array(post.record, "langs").first().and_then(Value::as_str).map(str::to_owned);
    record.views = number(post.view, "repostCount");
    let parent = post.record.get("reply").and_then(|reply| reply.get("parent"));
    record.reply_to = parent.and_then(|parent| text(parent, "uri")).map(|uri| format!("bluesky:{uri}"));
    for feature in array(post.record, "facets").iter().flat_map(|facet| array(facet, "features")) {
        read_feature(feature, &mut record);
    }
    for tag in array(post.record, "tags").iter().filter_map(Value::as_str) {
        add(&mut record.hashtags, tag.trim_start_matches('#'));
    }
    if let Some(embed) = post.record.get("embed") {
        read_embed(embed, &mut record);
    }
    if let Some(view) = post.view.get("embed") {
        read_view(view, &mut record);
    }
    record.kind = record.media.first().map_or(ItemKind::Post, |media| media.kind);
    Ok(Some(record))
}

/// `at://authority/collection/key`.
fn parts(uri: &str) -> Option<(&str, &str, &str)> {
    let mut parts = uri.strip_prefix("at://")?.split('/');
    let found = (parts.next()?, parts.next()?, parts.next()?);
    (!found.0.is_empty() && !found.2.is_empty() && parts.next().is_none()).then_some(found)
}

/// Open, unless the author asks services to show it to people with an account only.
fn audience(post: &Post<'_>) -> Audience {
    let labels = post.author.map_or(&[][..], |author| array(author, "labels"));
    let joined = labels.iter().any(|label| text(label, "val") == Some("!no-unauthenticated"));
    if joined { Audience::AutoJoin } else { Audience::Open }
}

/// An account by its DID, with both names that people know it by.
fn account(author: &Value) -> Option<Handle> {
    let shown = match (text(author, "displayName"), text(author, "handle")) {
        (Some(name), Some(at)) => Some(format!("{name} (@{at})")),
        (name, at) => name.or(at).map(str::to_owned),
    };
    let id = text(author, "did").or_else(|| text(author, "handle"))?;
    handle(SERVICE, id, shown.as_deref())
}

fn read_feature(feature: &Value, record: &mut Record) {
    if let Some(link) = text(feature, "uri") {
        add(&mut record.links, link);
    }
    if let Some(tag) = text(feature, "tag") {
        add(&mut record.hashtags, tag.trim_start_matches('#'));
    }
    if let Some(did) = text(feature, "did") {
        record.mentions.extend(handle(SERVICE, did, None));
    }
}

/// The embed as the author wrote it: files by their content id, cards, quoted posts.
fn read_embed(embed: &Value, record: &mut Record) {
    if let Some(link) = embed.get("external").and_then(|external| text(external, "uri")) {
        add(&mut record.links, link);
    }
    for image in array(embed, "images") {
        if let Some(blob) = image.get("image") {
            record.media.push(blob_ref(blob, image.get("aspectRatio"), ItemKind::Image));
        }
    }
    if let Some(video) = embed.get("video") {
        record.media.push(blob_ref(video, embed.get("aspectRatio"), ItemKind::Video));
    }
    if let Some(media) = embed.get("media") {
        read_embed(media, record);
    }
    if let Some(quoted) = embed.get("record") {
        let quoted = quoted.get("record").unwrap_or(quoted);
        if let Some((did, POST, rkey)) = text(quoted, "uri").and_then(parts) {
            add(&mut record.links, &format!("https://bsky.app/profile/{did}/post/{rkey}"));
            record.forwarded_from = handle(SERVICE, did, None);
        }
    }
}

fn blob_ref(blob: &Value, ratio: Option<&Value>, kind: ItemKind) -> MediaRef {
    let media_type = text(blob, "mimeType").filter(|mime| mime.contains('/'));
    let mut media = MediaRef::of(media_type.map_or(kind, |mime| kind_of(Some(mime), None)));
    if media.kind == ItemKind::Document {
        media.kind = kind;
    }
    media.media_type = media_type.map(str::to_ascii_lowercase);
    let cid = blob.get("ref").and_then(|link| text(link, "$link")).or_else(|| text(blob, "cid"));
    media.sha256 = cid.and_then(sha256_of_cid);
    media.width = ratio.and_then(|ratio| pixels(ratio, "width"));
    media.height = ratio.and_then(|ratio| pixels(ratio, "height"));
    media
}

/// The embed as the service shows it: addresses for the files, the quoted author's names.
fn read_view(view: &Value, record: &mut Record) {
    let inner = view.get("media").unwrap_or(view);
    for (index, image) in array(inner, "images").iter().enumerate() {
        let url = text(image, "fullsize").or_else(|| text(image, "thumb")).map(str::to_owned);
        match record.media.get_mut(index) {
            Some(media) => media.url = url,
            None => record.media.push(MediaRef { url, ..MediaRef::of(ItemKind::Image) }),
        }
    }
    if let Some(playlist) = text(inner, "playlist") {
        let url = Some(playlist.to_owned());
        match record.media.first_mut() {
            Some(media) => media.url = url,
            None => record.media.push(MediaRef { url, ..MediaRef::of(ItemKind::Video) }),
        }
    }
    let quoted = view.get("record").map(|quoted| quoted.get("record").unwrap_or(quoted));
    if let Some(author) = quoted.and_then(|quoted| quoted.get("author")) {
        record.forwarded_from = account(author);
    }
}

/// SHA-256 of the file behind a CIDv1 (base32, raw, sha2-256): the id is the hash.
fn sha256_of_cid(cid: &str) -> Option<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    const CID_V1_RAW_SHA256: [u8; 4] = [0x01, 0x55, 0x12, 0x20];
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(36), 0_u32, 0_u32);
    for byte in cid.strip_prefix('b')?.bytes() {
        let value = ALPHABET.iter().position(|&known| known == byte)?;
        bits = (bits << 5) | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    let hash = bytes.strip_prefix(&CID_V1_RAW_SHA256)?;
    (hash.len() == 32).then(|| hex::encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cid_is_the_hash() {
        // The empty file, raw block.
        let empty = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
        let sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_of_cid(empty).as_deref(), Some(sha));
        assert_eq!(sha256_of_cid("bafyreifzi5xyrf3c5jw7cci4zrltyl25ik2dboznop4qo4cotcfbyjtita"), None);
        assert_eq!(sha256_of_cid("QmX"), None);
    }

    #[test]
    fn uris() {
        assert_eq!(parts("at://did:plc:a/app.bsky.feed.post/k"), Some(("did:plc:a", POST, "k")));
        assert_eq!(parts("at://did:plc:a/app.bsky.feed.post"), None);
        assert_eq!(parts("https://a.example/b/c"), None);
    }
}
