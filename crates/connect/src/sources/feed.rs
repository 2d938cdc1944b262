//! RSS, RDF, Atom and JSON feeds. Each entry is cut out with the feed's head around it and read
//! alone by `feed-rs`, so that a feed of any size needs the memory of one entry and a bad entry
//! costs itself only.

use std::io::BufRead;
use std::ops::ControlFlow;

use domain::observation::{Audience, ItemKind, MediaRef, Record, SourceTime, TimeTrust};
use encoding_rs::Encoding;
use feed_rs::model;
use jiff::Timestamp;

use super::fields::{add, digest, handle, kind_of, named};
use super::json::{self, Cutter, ELEMENT_BYTES_MAX, Shape};
use super::markup;
use super::out::{Bad, Out, Step, Stop};
use super::{Found, Input, Manifest, Source, Summary, Unusable, input, links};

/// Most bytes of a feed's head that are kept to be read with each entry.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Largest tag or document type.
const TAG_BYTES_MAX: usize = 64 * 1024;
/// Elements inside elements of one entry.
const DEPTH_MAX: usize = 200;
const SHAPE: Shape = Shape { lists: &["items"], nests: &[], array_of_containers: true };

/// Reads feeds.
pub(super) struct Feed;

impl Source for Feed {
    fn manifest(&self) -> Manifest {
        Manifest {
            name: "feed",
            title: "RSS, Atom or JSON feed",
            extensions: &["xml", "rss", "atom", "rdf", "json"],
            example: "renvoi intake feed feed.xml",
            reads: "Entries of RSS 0.9x, 1.0 and 2.0, Atom 1.0 and JSON Feed: title and text, address, author, time, categories, files.",
            refuses: "Document types and their entities are never followed; sitemaps are no feeds.",
        }
    }

    fn read(
        &self,
        given: Input<'_>,
        sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<Summary, Unusable> {
        let name = given.name.clone();
        let opened = input::open(given)?;
        let json = opened.peek.trim_ascii_start().starts_with(b"{");
        let encoding = if json { encoding_rs::UTF_8 } else { declared(&opened.peek) };
        let mut opened = input::turn(opened, encoding);
        let mut out = Out::new(&name, opened.encoding, sink);
        let step = if json {
            json_feed(&mut opened.reader, &opened.peek, &mut out)
        } else {
            Xml { reader: &mut opened.reader, at: 0 }.feed(&mut out)
        };
        out.finish(step, "a feed", "entries")
    }
}

/// The encoding that the XML declaration names.
fn declared(peek: &[u8]) -> &'static Encoding {
    const DECLARATION_BYTES_MAX: usize = 200;
    let head = &peek[..peek.len().min(DECLARATION_BYTES_MAX)];
    let head = String::from_utf8_lossy(head);
    let Some(declaration) = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next())
    else {
        return encoding_rs::UTF_8;
    };
    let label = declaration.split("encoding=").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    let found = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(encoding_rs::UTF_8);
    // The bytes are no UTF-16, or the mark would have said so.
    if found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_16BE { encoding_rs::UTF_8 } else { found }
}

fn json_feed<'s>(reader: &mut dyn BufRead, peek: &[u8], out: &mut Out<'s>) -> Step {
    let head = json_head(peek);
    let version = head.get("version").and_then(serde_json::Value::as_str).unwrap_or_default();
    if !version.contains("jsonfeed.org") {
        let what = "JSON without `version` of jsonfeed.org is no feed; check the format's name".to_owned();
        return Err(Stop::Broken { at: "byte 0".to_owned(), what });
    }
    json::elements(reader, peek, SHAPE, out, &mut |out, element| {
        let wrapped = serde_json::from_slice::<serde_json::Value>(element.bytes).map(|item| {
            let mut feed = head.clone();
            feed.insert("items".to_owned(), serde_json::Value::Array(vec![item]));
            serde_json::Value::Object(feed).to_string()
        });
        match wrapped {
            Ok(feed) => give(feed.as_bytes(), element.bytes, element.place, out),
            Err(error) => out.set_aside(element.place, Bad::json(&error)),
        }
    })
}

/// The members of a JSON feed that stand at its start, without the items.
fn json_head(peek: &[u8]) -> serde_json::Map<String, serde_json::Value> {
    let mut head = serde_json::Map::new();
    let mut reader = peek;
    let mut cut = Cutter::new(&mut reader);
    let mut bytes = Vec::new();
    if cut.open(b'{').is_err() {
        return head;
    }
    while let Ok(Some(name)) = cut.member() {
        if cut.element(&mut bytes, &name).is_err() {
            break;
        }
        if name != "items"
            && bytes.len() < HEAD_BYTES_MAX
            && let Ok(value) = serde_json::from_slice(&bytes)
        {
            head.insert(name, value);
        }
    }
    head.entry("title").or_insert_with(|| "".into());
    head
}

/// A cutter of XML: tags, comments, CDATA and text as raw bytes.
struct Xml<'r> {
    reader: &'r mut dyn BufRead,
    at: u64,
}

impl Xml<'_> {
    fn feed(&mut self, out: &mut Out<'_>) -> Step {
        let (root_tag, root) = self.root()?;
        let item: &[u8] = if root == b"feed" { b"entry" } else { b"item" };
        let mut head = root_tag;
        let mut pending = Vec::new();
        let mut token = Vec::new();
        // Inside the root; `<channel>` of RSS holds the items and is not counted.
        let (mut depth, mut channel_open, mut index) = (0_usize, false, 0_u64);
        loop {
            let start = self.at;
            if !self.token(&mut token)? {
                return Err(Stop::Truncated { at: format!("byte {}", self.at) });
            }
            let tag = Tag::of(&token);
            let name = tag.as_ref().map_or(&b""[..], |tag| tag.name);
            match &tag {
                Some(tag) if depth == 0 && tag.opens && name == item => {
                    let place = format!("{}[{index}]", if item == b"entry" { "entry" } else { "item" });
                    index += 1;
                    let whole = self.element(&token, tag.empty, &place)?;
                    let Some(whole) = whole.filter(|whole| whole.len() <= ELEMENT_BYTES_MAX) else {
                        let reason = "The entry is larger than 8 MiB or nested too deep; check the feed.";
                        out.set_aside(place, Bad::new(reason))?;
                        continue;
                    };
                    let close = if channel_open { "</channel>" } else { "" };
                    let mut alone = head.clone();
                    alone.extend_from_slice(&whole);
                    alone.extend_from_slice(close.as_bytes());
                    alone.extend_from_slice(&closing(&head));
                    give(&alone, &whole, &place, out)?;
                    continue;
                }
                Some(tag) if tag.opens && depth == 0 && name == b"channel" && root == b"rss" => {
                    channel_open = true;
                    head.extend_from_slice(&token);
                    continue;
                }
                Some(tag) if tag.closes && depth == 0 => {
                    if name == root {
                        return Ok(());
                    }
                    if name != b"channel" {
                        return Err(Stop::Broken {
                            at: format!("byte {start}"),
                            what: "a tag is closed here that was not opened".to_owned(),
                        });
                    }
                    continue;
                }
                Some(tag) if tag.opens && !tag.empty => depth += 1,
                Some(tag) if tag.closes => depth -= 1,
                _ => {}
            }
            if pending.len() <= HEAD_BYTES_MAX {
                pending.extend_from_slice(&token);
            }
            if depth == 0 {
                if head.len() + pending.len() <= HEAD_BYTES_MAX {
                    head.extend_from_slice(&pending);
                }
                pending.clear();
            }
        }
    }

    /// Passes the declaration to the root's tag.
    fn root(&mut self) -> Result<(Vec<u8>, Vec<u8>), Stop> {
        let mut token = Vec::new();
        while self.token(&mut token)? {
            match Tag::of(&token) {
                Some(tag) if tag.opens => {
                    let name = tag.name.to_vec();
                    if !matches!(name.as_slice(), b"rss" | b"feed" | b"RDF") {
                        break;
                    }
                    return Ok((token, name));
                }
                None if token.starts_with(b"<") || token.trim_ascii().is_empty() => {}
                _ => break,
            }
        }
        let what = "the first element is none of rss, feed, RDF; check the format's name".to_owned();
        Err(Stop::Broken { at: format!("byte {}", self.at), what })
    }

    /// The element whose opening tag is `open`, whole; `None` when it is nested too deep.
    fn element(&mut self, open: &[u8], empty: bool, place: &str) -> Result<Option<Vec<u8>>, Stop> {
        let mut whole = open.to_vec();
        let mut depth = usize::from(!empty);
        let mut deepest = depth;
        let mut token = Vec::new();
        while depth > 0 {
            match self.token(&mut token) {
                Ok(true) => {}
                Ok(false) | Err(Stop::Truncated { .. }) => {
                    return Err(Stop::Truncated { at: format!("{place}, byte {}", self.at) });
                }
                Err(other) => return Err(other),
            }
            if let Some(tag) = Tag::of(&token) {
                depth = depth + usize::from(tag.opens && !tag.empty) - usize::from(tag.closes);
                deepest = deepest.max(depth);
            }
            let room = (ELEMENT_BYTES_MAX + 1).saturating_sub(whole.len()).min(token.len());
            whole.extend_from_slice(&token[..room]);
        }
        Ok((deepest <= DEPTH_MAX).then_some(whole))
    }

    /// The next piece: a tag, a comment, CDATA, or the text up to the next `<`. False at the end.
    fn token(&mut self, token: &mut Vec<u8>) -> Result<bool, Stop> {
        token.clear();
        loop {
            let at = self.at;
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => return Err(Stop::Io { at: format!("byte {at}"), error }),
            };
            if buffer.is_empty() {
                let cut_off = token.first() == Some(&b'<');
                return if cut_off {
                    Err(Stop::Truncated { at: format!("byte {at}") })
                } else {
                    Ok(!token.is_empty())
                };
            }
            let text =
                token.first().is_none_or(|&first| first != b'<') && (buffer[0] != b'<' || !token.is_empty());
            let stop = if text { b'<' } else { b'>' };
            let found = buffer.iter().position(|&byte| byte == stop);
            let used = match found {
                Some(end) if text => end,
                Some(end) => end + 1,
                None => buffer.len(),
            };
            token.extend_from_slice(&buffer[..used]);
            self.reader.consume(used);
            self.at += used as u64;
            if text && found.is_some() || !text && found.is_some() && is_whole(token) {
                return Ok(true);
            }
            let long = token.starts_with(b"<!--") || token.starts_with(b"<![CDATA[") || token[0] != b'<';
            if token.len() > if long { ELEMENT_BYTES_MAX } else { TAG_BYTES_MAX } {
                return Err(Stop::Broken {
                    at: format!("byte {at}"),
                    what: "a tag or a text is too large".to_owned(),
                });
            }
        }
    }
}

/// Whether a token that ends with `>` is complete.
fn is_whole(token: &[u8]) -> bool {
    if token.starts_with(b"<!--") {
        return token.len() >= 7 && token.ends_with(b"-->");
    }
    if token.starts_with(b"<![CDATA[") {
        return token.ends_with(b"]]>");
    }
    if token.starts_with(b"<?") {
        return token.ends_with(b"?>");
    }
    if token.starts_with(b"<!") {
        let open = token.iter().filter(|&&byte| byte == b'[').count();
        return open == token.iter().filter(|&&byte| byte == b']').count();
    }
    let mut quote = None;
    for &byte in token {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    quote.is_none()
}

/// A tag by its local name.
struct Tag<'t> {
    name: &'t [u8],
    opens: bool,
    closes: bool,
    empty: bool,
}

impl<'t> Tag<'t> {
    fn of(token: &'t [u8]) -> Option<Self> {
        let inner = token.strip_prefix(b"<")?.strip_suffix(b">")?;
        if matches!(inner.first(), Some(b'!' | b'?') | None) {
            return None;
        }
        let closes = inner[0] == b'/';
        let inner = if closes { &inner[1..] } else { inner };
        let end = inner.iter().position(|&b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inner.len());
        let full = &inner[..end];
        let name = full.iter().position(|&b| b == b':').map_or(full, |colon| &full[colon + 1..]);
        Some(Self { name, opens: !closes, closes, empty: inner.ends_with(b"/") })
    }
}

/// The closing tag for the root that `head` opens.
fn closing(head: &[u8]) -> Vec<u8> {
    let name: Vec<u8> =
        head[1..].iter().copied().take_while(|b| !b.is_ascii_whitespace() && *b != b'>').collect();
    [b"</", &name[..], b">"].concat()
}

/// Reads one entry with its feed's head.
fn give(alone: &[u8], entry: &[u8], place: &str, out: &mut Out<'_>) -> Step {
    if std::str::from_utf8(entry).is_err() {
        return out.set_aside(
            place,
            Bad::new("The entry is not UTF-8; declare the feed's encoding or mend the entry."),
        );
    }
    // Names are made here and not at random, so that reading again gives the same keys.
    let parser =
        feed_rs::parser::Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new()).build();
    let read = match parser.parse(alone) {
        Ok(mut feed) => match feed.entries.pop() {
            Some(found) => record(&feed, &found, entry, place),
            None => Err(Bad::new("The entry cannot be read; check it against the feed's format.")),
        },
        Err(error) => {
            Err(Bad(format!("The entry cannot be read ({error}); mend it or fetch the feed again.")))
        }
    };
    out.result(place, read)
}

fn record(feed: &model::Feed, entry: &model::Entry, raw: &[u8], place: &str) -> Result<Option<Record>, Bad> {
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let body =
        body.or_else(|| entry.summary.as_ref().map(|summary| summary.content.as_str())).unwrap_or_default();
    let plain = markup::plain(body);
    let title = entry.title.as_ref().map(|title| markup::plain(&title.content).text).unwrap_or_default();
    let given = page(&entry.links).or_else(|| links::web(&entry.id).map(|_| entry.id.clone()));
    let url = original_link(raw).or_else(|| given.clone());
    if url.is_none() && title.is_empty() && plain.text.is_empty() {
        return Err(Bad::new("The entry has no address, no title and no text; fetch the feed again."));
    }
    let home = page(&feed.links).unwrap_or_default();
    let service = url.as_deref().map(links::host).filter(|host| !host.is_empty());
    let service = service.unwrap_or_else(|| links::host(&home));
    let id = if entry.id.is_empty() {
        digest(&[url.as_deref().unwrap_or_default(), &title, body])
    } else {
        entry.id.clone()
    };
    let mut record =
        Record::of(place.to_owned(), format!("feed:{service}/{id}"), service.clone(), Audience::Open);
    record.text =
        [title.as_str(), &plain.text].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n");
    let author = entry.authors.first().or(feed.authors.first());
    record.author = author.and_then(|person| named(&service, person.name.as_deref()?));
    let feed_title = feed.title.as_ref().map(|title| title.content.as_str());
    record.channel = links::web(&home).and_then(|url| {
        let host = links::host(&home);
        handle(&host, format!("{host}{}", url.path()).trim_end_matches('/'), feed_title)
    });
    let time = entry.published.or(entry.updated);
    record.posted_at = time.and_then(|time| Timestamp::new(time.timestamp(), 0).ok()).map(|at| SourceTime {
        at,
        offset_minutes: None,
        trust: TimeTrust::Instant,
    });
    record.claimed_language = entry.language.clone().or_else(|| feed.language.clone());
    for (link, _) in plain.links.iter().filter(|(link, _)| links::web(link).is_some()) {
        add(&mut record.links, link);
    }
    if given != url {
        record.links.extend(given);
    }
    for category in &entry.categories {
        add(&mut record.hashtags, category.label.as_deref().unwrap_or(&category.term));
    }
    record.media = media(entry, &plain);
    record.kind = if url.is_some() || !record.text.is_empty() {
        ItemKind::Post
    } else {
        record.media.first().map_or(ItemKind::Post, |media| media.kind)
    };
    record.url = url;
    record.original = raw.to_vec();
    Ok(Some(record))
}

/// The page that a feed or an entry is about.
fn page(all: &[model::Link]) -> Option<String> {
    let web = || all.iter().filter(|link| links::web(&link.href).is_some());
    let alternate = web().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let other = || {
        web().find(|link| {
            !matches!(link.rel.as_deref(), Some("enclosure" | "self" | "hub" | "replies" | "edit"))
        })
    };
    alternate.or_else(other).map(|link| link.href.clone())
}

/// The address before a feed counter rewrote it.
fn original_link(raw: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(raw).ok()?;
    let (_, rest) = text.split_once("origLink>")?;
    let link = markup::unescape(rest.split('<').next()?.trim());
    links::web(&link).map(|_| link)
}

fn media(entry: &model::Entry, plain: &markup::Plain) -> Vec<MediaRef> {
    let mut all: Vec<MediaRef> = Vec::new();
    let mut put = |media: MediaRef| {
        if media.url.is_some() && !all.iter().any(|known| known.url == media.url) {
            all.push(media);
        }
    };
    for content in entry.media.iter().flat_map(|object| &object.content) {
        let media_type = content.content_type.as_ref().map(ToString::to_string);
        let url = content.url.as_ref().map(ToString::to_string);
        let mut media = MediaRef::of(kind_of(media_type.as_deref(), url.as_deref()));
        media.duration_ms = content.duration.and_then(|length| u64::try_from(length.as_millis()).ok());
        (media.url, media.media_type, media.width, media.height) =
            (url, media_type, content.width, content.height);
        put(media);
    }
    for link in entry.links.iter().filter(|link| link.rel.as_deref() == Some("enclosure")) {
        let mut media = MediaRef::of(kind_of(link.media_type.as_deref(), Some(&link.href)));
        (media.url, media.media_type) = (Some(link.href.clone()), link.media_type.clone());
        put(media);
    }
    for (url, kind) in plain.media.iter().filter(|(url, _)| links::web(url).is_some()) {
        let mut media = MediaRef::of(kind_of(Some(kind), None));
        media.url = Some(url.clone());
        put(media);
    }
    all
}
