//! Telegram Desktop, "Export chat history" as JSON: one chat, or the whole account (`chats.list`).
//!
//! Audience by D15: `public_*` is open; private groups and channels need an answer; private chats
//! are refused, whatever they hold, and nothing of them is parsed.

use std::ops::ControlFlow;

use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record, SourceTime, TimeTrust};
use serde_json::Value;

use super::fields::{
    LIST_MAX, add, array, handle, inside_path, kind_of, named, number, pixels, seconds_ms, text,
};
use super::json::{Cutter, ELEMENT_BYTES_MAX};
use super::out::{Bad, Out, Step, Stop};
use super::times::{self, Order};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, links};

const SERVICE: &str = "t.me";
/// What keeping one message back costs beside its own bytes.
const KEPT_BACK_ENTRY_BYTES: usize = 128;
/// Messages that stand before the chat's type are kept back up to this size.
const KEPT_BACK_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Reads Telegram Desktop exports.
pub(super) struct Telegram;

impl Source for Telegram {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "telegram",
            title: "Telegram Desktop export",
            extensions: &["json"],
            example: "renvoi intake telegram result.json",
            reads: "result.json of one chat or of a whole account: messages with forwards, replies, media, links, mentions, hashtags.",
            refuses: "Personal, bot and saved-message chats are always refused; contacts and personal information are never read; service messages are skipped.",
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
        let mut reading = Reading { cut: Cutter::new(&mut opened.reader), buffer: Vec::new() };
        let step = reading.export(&mut out);
        out.finish(step, "a Telegram Desktop export", "messages of any chat")
    }
}

/// What stands about a chat beside its messages.
#[derive(Default)]
struct Chat {
    id: Option<String>,
    name: Option<String>,
    kind: Option<String>,
    username: Option<String>,
}

/// What may be done with a chat's messages.
enum Door {
    Open(Audience),
    Refused,
    /// The type was not read yet.
    Unknown,
}

impl Chat {
    fn door(&self) -> Door {
        let Some(kind) = self.kind.as_deref() else { return Door::Unknown };
        match kind {
            "public_channel" | "public_supergroup" | "public_group" => Door::Open(Audience::Open),
            "private_supergroup" | "private_group" | "private_channel" => Door::Open(Audience::Unsure),
            _ if ["personal", "bot_chat", "saved", "private_chat", "secret", "replies", "verif"]
                .iter()
                .any(|word| kind.contains(word)) =>
            {
                Door::Refused
            }
            _ => Door::Open(Audience::Unsure),
        }
    }

    /// The id that senders carry: `channel…` for channels and supergroups, `chat…` for small groups.
    fn peer(&self) -> Option<String> {
        let id = self.id.as_deref()?;
        let small = self.kind.as_deref() == Some("private_group");
        Some(if small { format!("chat{id}") } else { format!("channel{id}") })
    }

    fn handle(&self) -> Option<Handle> {
        let peer = self.username.clone().or_else(|| self.peer())?;
        handle(SERVICE, &peer, self.name.as_deref())
    }

    fn learn(&mut self, name: &str, bytes: &[u8]) {
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
        let said = match &value {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match name {
            "id" => self.id = said,
            "name" => self.name = said,
            "type" => self.kind = said,
            "username" => self.username = said.map(|name| name.trim_start_matches('@').to_owned()),
            _ => {}
        }
    }
}

struct Reading<'r> {
    cut: Cutter<'r>,
    buffer: Vec<u8>,
}

impl Reading<'_> {
    /// The whole file: one chat, or members that hold chats.
    fn export(&mut self, out: &mut Out<'_>) -> Step {
        let mut chat = Chat::default();
        let mut kept = None;
        self.cut.open(b'{')?;
        while let Some(name) = self.cut.member()? {
            match (name.as_str(), self.cut.peek()?) {
                ("messages", Some(b'[')) => kept = self.messages(&chat, "", out)?,
                ("chats" | "left_chats", Some(b'[')) => self.chats(&name, out)?,
                ("chats" | "left_chats", Some(b'{')) => {
                    self.cut.open(b'{')?;
                    while let Some(inner) = self.cut.member()? {
                        if inner == "list" && self.cut.peek()? == Some(b'[') {
                            self.chats(&format!("{name}.list"), out)?;
                        } else {
                            self.cut.skip()?;
                        }
                    }
                }
                ("id" | "name" | "type" | "username", _) => self.learn(&mut chat, &name)?,
                _ => self.cut.skip()?,
            }
        }
        late(kept, &chat, "", out)?;
        if !self.cut.ended()? {
            out.set_aside(
                format!("byte {}", self.cut.at()),
                Bad::new("More stands after the end of the export; it was not read. Give one export a file."),
            )?;
        }
        Ok(())
    }

    fn chats(&mut self, place: &str, out: &mut Out<'_>) -> Step {
        self.cut.open(b'[')?;
        let mut index = 0_u64;
        while self.cut.more(b']')? {
            let place = format!("{place}[{index}]");
            index += 1;
            if self.cut.peek()? == Some(b'{') {
                self.chat(&place, out)?;
            } else {
                self.cut.skip()?;
                out.set_aside(place, Bad::new("A chat is expected here; export it again."))?;
            }
        }
        Ok(())
    }

    fn chat(&mut self, place: &str, out: &mut Out<'_>) -> Step {
        let mut chat = Chat::default();
        let mut kept = None;
        self.cut.open(b'{')?;
        while let Some(name) = self.cut.member()? {
            match (name.as_str(), self.cut.peek()?) {
                ("messages", Some(b'[')) => kept = self.messages(&chat, place, out)?,
                ("id" | "name" | "type" | "username", _) => self.learn(&mut chat, &name)?,
                _ => self.cut.skip()?,
            }
        }
        late(kept, &chat, place, out)
    }

    fn learn(&mut self, chat: &mut Chat, name: &str) -> Step {
        self.cut.element(&mut self.buffer, name)?;
        chat.learn(name, &self.buffer);
        Ok(())
    }

    /// The messages of a chat; those that come before the chat's type are handed back.
    fn messages(&mut self, chat: &Chat, place: &str, out: &mut Out<'_>) -> Result<Option<Kept>, Stop> {
        let place = if place.is_empty() { "messages".to_owned() } else { format!("{place}.messages") };
        let door = chat.door();
        let mut kept = Kept::default();
        self.cut.open(b'[')?;
        let mut index = 0_u64;
        while self.cut.more(b']')? {
            let at = format!("{place}[{index}]");
            index += 1;
            match &door {
                Door::Refused => {
                    if let Err(stop) = self.cut.skip() {
                        refuse(chat, &place, index, out)?;
                        return Err(stop);
                    }
                }
                Door::Open(audience) => {
                    self.cut.element(&mut self.buffer, &at)?;
                    give(&self.buffer, &at, chat, *audience, out)?;
                }
                Door::Unknown => {
                    self.cut.element(&mut self.buffer, &at)?;
                    kept.keep(at, &self.buffer);
                }
            }
        }
        if let Door::Refused = door {
            refuse(chat, &place, index, out)?;
        }
        Ok(matches!(door, Door::Unknown).then_some(kept))
    }
}

/// Messages that wait for the type of their chat.
#[derive(Default)]
struct Kept {
    messages: Vec<(String, Vec<u8>)>,
    bytes: usize,
    lost: u64,
}

impl Kept {
    fn keep(&mut self, at: String, bytes: &[u8]) {
        if self.bytes + bytes.len() > KEPT_BACK_BYTES_MAX {
            self.lost += 1;
            return;
        }
        self.bytes += bytes.len() + KEPT_BACK_ENTRY_BYTES;
        self.messages.push((at, bytes.to_vec()));
    }
}

fn late(kept: Option<Kept>, chat: &Chat, place: &str, out: &mut Out<'_>) -> Step {
    let Some(kept) = kept else { return Ok(()) };
    let place = if place.is_empty() { "messages".to_owned() } else { format!("{place}.messages") };
    let count = kept.messages.len() as u64 + kept.lost;
    match chat.door() {
        Door::Refused => return refuse(chat, &place, count, out),
        Door::Unknown if count > 0 => {
            let reason = "The chat has no `type`, so it may be private: its messages are left out. Export it again with Telegram Desktop.";
            return out.set_aside(place, Bad::new(reason));
        }
        Door::Unknown => {}
        Door::Open(audience) => {
            for (at, bytes) in &kept.messages {
                give(bytes, at, chat, audience, out)?;
            }
        }
    }
    if kept.lost > 0 {
        let reason = format!(
            "{} messages stand before the chat's `type` and are too many to keep back; put `type` before `messages`.",
            kept.lost
        );
        return out.set_aside(place, Bad(reason));
    }
    Ok(())
}

fn refuse(chat: &Chat, place: &str, count: u64, out: &mut Out<'_>) -> Step {
    let kind = chat.kind.as_deref().unwrap_or_default();
    let reason = format!(
        "A private chat ({kind}) with {count} messages: private communication is never taken in (LAW-08)."
    );
    out.refused(place, reason, count)
}

fn give(bytes: &[u8], at: &str, chat: &Chat, audience: Audience, out: &mut Out<'_>) -> Step {
    if bytes.len() > ELEMENT_BYTES_MAX {
        return out.set_aside(at, Bad::new("Larger than 8 MiB, which no message is; check the export."));
    }
    let read = serde_json::from_slice::<Value>(bytes)
        .map_err(|error| Bad::json(&error))
        .and_then(|message| record(&message, at, chat, audience));
    let read = read.map(|record| {
        record.map(|mut record| {
            record.original = bytes.to_vec();
            record
        })
    });
    out.result(at, read)
}

/// One message; `None` for service messages.
fn record(message: &Value, at: &str, chat: &Chat, audience: Audience) -> Result<Option<Record>, Bad> {
    if !message.is_object() {
        return Err(Bad::new("A message is expected here, and this is none; export it again."));
    }
    match message.get("type").and_then(Value::as_str) {
        Some("message") | None => {}
        Some(_) => return Ok(None),
    }
    let id = message_id(message.get("id"))
        .ok_or_else(|| Bad::new("The message has no usable `id`; export it again."))?;
    let Some(chat_id) = chat.id.as_deref() else {
        return Err(Bad::new("The chat has no `id`, so the message has no stable key; export it again."));
    };
    let key = format!("telegram:{chat_id}/{id}");
    let mut record = Record::of(at.to_owned(), key, SERVICE.to_owned(), audience);
    record.posted_at = posted_at(message)?;
    record.channel = chat.handle();
    record.author = sender(message, chat);
    if let (Audience::Open, Some(username)) = (audience, &chat.username) {
        record.url = Some(format!("https://t.me/{username}/{id}"));
    }
    read_text(message, &mut record)?;
    record.media = media(message);
    record.kind = record.media.first().map_or(ItemKind::Post, |media| media.kind);
    record.forwarded_from = forward(message);
    record.reply_to = message_id(message.get("reply_to_message_id")).map(|reply| {
        let peer = text(message, "reply_to_peer_id")
            .map(|peer| peer.trim_start_matches(|c: char| !c.is_ascii_digit()));
        format!("telegram:{}/{reply}", peer.filter(|peer| !peer.is_empty()).unwrap_or(chat_id))
    });
    record.views = number(message, "views");
    Ok(Some(record))
}

fn message_id(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn posted_at(message: &Value) -> Result<Option<SourceTime>, Bad> {
    let bad = || Bad::new("The message's date is no date between 1990 and 2100; mend it or export it again.");
    match message.get("date_unixtime") {
        None | Some(Value::Null) => {}
        Some(Value::Number(number)) => {
            return number.as_i64().and_then(times::epoch).ok_or_else(bad).map(Some);
        }
        Some(Value::String(text)) => {
            return text.trim().parse().ok().and_then(times::epoch).ok_or_else(bad).map(Some);
        }
        Some(_) => return Err(bad()),
    }
    match message.get("date") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            let time = times::parse(text, Order::DayFirst).ok_or_else(bad)?;
            // Old exports write the wall time of the machine that exported.
            let zoned = time.offset_minutes.is_some() || time.trust == TimeTrust::DateOnly;
            Ok(Some(if zoned { time } else { SourceTime { trust: TimeTrust::NoOffset, ..time } }))
        }
        Some(_) => Err(bad()),
    }
}

/// Who wrote it; nobody when the chat speaks for itself.
fn sender(message: &Value, chat: &Chat) -> Option<Handle> {
    let name = text(message, "from");
    let id = match message.get("from_id") {
        Some(Value::String(id)) if !id.trim().is_empty() => Some(id.trim().to_owned()),
        Some(Value::Number(id)) => Some(format!("user{id}")),
        _ => None,
    };
    match id {
        Some(id) if chat.peer().as_deref() == Some(&id) => None,
        Some(id) => handle(SERVICE, &id, name),
        None => name.and_then(|name| named(SERVICE, name)),
    }
}

fn forward(message: &Value) -> Option<Handle> {
    let name = text(message, "forwarded_from");
    match message.get("forwarded_from_id") {
        Some(Value::String(id)) if !id.trim().is_empty() => handle(SERVICE, id, name),
        _ => name.and_then(|name| named(SERVICE, name)),
    }
}

/// Text, links, mentions and hashtags, from `text` and `text_entities`, whichever says more.
fn read_text(message: &Value, record: &mut Record) -> Result<(), Bad> {
    let mut formatted = false;
    let mut flat = [String::new(), String::new()];
    for (member, flat) in ["text", "text_entities"].into_iter().zip(&mut flat) {
        match message.get(member) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => flat.push_str(text),
            Some(Value::Array(parts)) => {
                for part in parts {
                    formatted |= entity(part, flat, record)?;
                }
            }
            Some(Value::Object(_)) => {
                formatted |= entity(&message[member], flat, record)?;
            }
            Some(_) => {
                return Err(Bad(format!("`{member}` is neither text nor a list of parts; export it again.")));
            }
        }
    }
    let [short, long] = flat;
    record.text = if short.len() > long.len() { short } else { long };
    if !formatted {
        record.links = links::in_text(&record.text);
    }
    for row in array(message, "inline_bot_buttons") {
        for button in row.as_array().map_or(&[][..], Vec::as_slice) {
            if let (Some("url" | "auth"), Some(link)) = (text(button, "type"), text(button, "data")) {
                add(&mut record.links, link);
            }
        }
    }
    if let Some(poll) = message.get("poll") {
        let options = array(poll, "options").iter().filter_map(|option| text(option, "text"));
        for line in text(poll, "question").into_iter().chain(options) {
            if !record.text.is_empty() {
                record.text.push('\n');
            }
            record.text.push_str(line);
        }
    }
    Ok(())
}

/// One part of a text; true when it carries a form of its own.
fn entity(part: &Value, flat: &mut String, record: &mut Record) -> Result<bool, Bad> {
    if let Some(plain) = part.as_str() {
        flat.push_str(plain);
        return Ok(false);
    }
    let Some(said) = part.get("text").and_then(Value::as_str) else {
        return Err(Bad::new("A part of the text is neither text nor an entity; export it again."));
    };
    flat.push_str(said);
    match part.get("type").and_then(Value::as_str) {
        Some("link") => add(&mut record.links, said),
        Some("text_link") => add(&mut record.links, text(part, "href").unwrap_or(said)),
        Some("hashtag") => add(&mut record.hashtags, said.trim_start_matches('#')),
        Some("mention") => mention(record, handle(SERVICE, said, None)),
        Some("mention_name") => {
            let id = number(part, "user_id").map(|id| format!("user{id}"));
            mention(record, id.and_then(|id| handle(SERVICE, &id, Some(said))));
        }
        Some("plain") | None => return Ok(false),
        Some(_) => {}
    }
    Ok(true)
}

fn mention(record: &mut Record, found: Option<Handle>) {
    if let Some(found) = found
        && record.mentions.len() < LIST_MAX
        && !record.mentions.iter().any(|known| known.handle == found.handle)
    {
        record.mentions.push(found);
    }
}

fn media(message: &Value) -> Vec<MediaRef> {
    let mut all = Vec::new();
    let typed = text(message, "media_type");
    for (member, photo) in [("photo", true), ("file", false)] {
        let Some(path) = text(message, member) else { continue };
        let mime = text(message, "mime_type");
        let kind = match typed {
            _ if photo => ItemKind::Image,
            Some("photo") => ItemKind::Image,
            Some("video_file" | "video_message" | "animation" | "video") => ItemKind::Video,
            Some("voice_message" | "audio_file") => ItemKind::Audio,
            _ => kind_of(mime, Some(text(message, "file_name").unwrap_or(path))),
        };
        let mut media = MediaRef::of(kind);
        // "(File not included. Change data exporting settings to download.)" and its sisters.
        media.path = if path.starts_with('(') { None } else { inside_path(path) };
        media.missing = media.path.is_none();
        media.media_type = mime.map(str::to_ascii_lowercase);
        media.width = pixels(message, "width");
        media.height = pixels(message, "height");
        media.duration_ms = seconds_ms(message, "duration_seconds");
        all.push(media);
    }
    all
}
