//! NCMEC hash sharing: the XML of `/v2/entries` (provider seat only, D16).
//!
//! Shape as in github.com/facebook/ThreatExchange `python-threatexchange/threatexchange/exchanges/clients/ncmec/`
//! (`hash_api.py`, `tests/data.py`): `queryResult` > `images`, `videos` > `image`, `video`, `deletedImage`,
//! `deletedVideo`; an entry has `id`, `member`, `classification` and `fingerprints` (`md5`, `sha1`, `pdna` …). A deleted
//! entry names no hash, only its member's number and its own. Entities are never followed.

use std::io::BufRead;

use domain::bank::{Opinion, SignalKind};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Given, OF_ONE_MAX, Place, Row, Take};
use crate::bounded::Bounded;

/// Longest text of one element, in bytes; a fingerprint of a video by link has none.
const TEXT_MAX_BYTES: usize = 64 * 1024;
/// Elements inside elements.
const DEPTH_MAX: usize = 32;
/// Longest number of an entry or a member, in bytes.
const NUMBER_MAX_BYTES: usize = 200;

/// One entry as far as it is read.
#[derive(Default)]
struct Entry {
    id: String,
    member: String,
    deleted: bool,
    found: Vec<(String, String)>,
    against: bool,
    /// It holds an entity or a CDATA section: these are not followed, so its texts are not whole.
    cut: bool,
}

pub(super) fn read(from: impl BufRead + Send, take: &mut Take<'_>) -> Result<(), String> {
    let mut xml = Reader::from_reader(Bounded { from, left: TEXT_MAX_BYTES as u64 });
    xml.config_mut().trim_text(true);
    let (mut buffer, mut path, mut entry) = (Vec::new(), Vec::<String>::new(), None::<Entry>);
    let (mut number, mut seen_root) = (0_u64, false);
    loop {
        buffer.clear();
        xml.get_mut().left = TEXT_MAX_BYTES as u64;
        let at = xml.buffer_position();
        let broken =
            |why: String| format!("It cannot be read as NCMEC's XML at byte {at}: {why}. Fetch it again.");
        match xml.read_event_into(&mut buffer).map_err(|error| broken(error.to_string()))? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if path.is_empty() {
                    is_root(&name)?;
                }
                seen_root = true;
                if path.len() >= DEPTH_MAX {
                    return Err(broken("elements stand too deep in each other".to_owned()));
                }
                if path.len() == 2 && matches!(path[1].as_str(), "images" | "videos") {
                    number += 1;
                    let deleted = name.starts_with("deleted");
                    entry = Some(Entry { deleted, ..Entry::default() });
                }
                if let Some(entry) = entry.as_mut() {
                    entry.against |= name == "negativeFeedback";
                    if name == "member" && path.len() == 3 {
                        let number = tag.try_get_attribute("id").ok().flatten();
                        entry.member = number.map(|number| number.value.to_string()).unwrap_or_default();
                    }
                }
                path.push(name);
            }
            Event::Empty(tag) => {
                if path.is_empty() {
                    is_root(tag.local_name().as_ref())?;
                    seen_root = true;
                }
                if let (Some(entry), Some("fingerprints")) = (entry.as_mut(), path.last().map(String::as_str))
                {
                    entry.add(tag.local_name().as_ref().to_owned(), String::new());
                }
            }
            Event::Text(text) => {
                if let Some(entry) = entry.as_mut() {
                    entry.text(&path, &text);
                }
            }
            Event::GeneralRef(_) | Event::CData(_) => {
                if let Some(entry) = entry.as_mut() {
                    entry.cut = true;
                }
            }
            Event::End(_) => {
                path.pop();
                if path.len() == 2
                    && let Some(entry) = entry.take()
                {
                    let place = format!("entry {number}");
                    entry.given().into_iter().try_for_each(|given| take(Place::Named(&place), given))?;
                }
            }
            Event::Eof if !path.is_empty() => {
                return Err(broken("it ends in the middle of something".to_owned()));
            }
            Event::Eof if !seen_root => return Err(super::plain::EMPTY.to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn is_root(name: &str) -> Result<(), String> {
    if name == "queryResult" {
        return Ok(());
    }
    Err("It is not a list of NCMEC: its first element is not queryResult. Check the format's name."
        .to_owned())
}

impl Entry {
    fn add(&mut self, name: String, value: String) {
        if self.found.len() < OF_ONE_MAX {
            self.found.push((name, value));
        }
    }

    /// Text inside an entry, by its path: `queryResult/images/image/…`.
    fn text(&mut self, path: &[String], text: &str) {
        match &path[3.min(path.len())..] {
            [name] if name == "id" => self.id.push_str(text),
            [parent, name] if parent == "fingerprints" => self.add(name.clone(), text.trim().to_owned()),
            _ => {}
        }
    }

    fn given(self) -> Vec<Given> {
        if self.id.is_empty() {
            return vec![Given::Bad("The entry has no `id`; fetch the list again.".to_owned())];
        }
        if self.cut {
            let why =
                "The entry holds an entity or a CDATA section, which are not followed; fetch the list again.";
            return vec![Given::Bad(why.to_owned())];
        }
        if self.id.len().max(self.member.len()) > NUMBER_MAX_BYTES {
            return vec![Given::Bad("The entry's number is too long; fetch the list again.".to_owned())];
        }
        let number = format!("{}/{}", self.member, self.id);
        if self.deleted {
            return vec![Given::EntryGone(number)];
        }
        if self.found.is_empty() {
            return vec![Given::Bad("The entry has no fingerprints; fetch the list again.".to_owned())];
        }
        let opinion = if self.against { Opinion::Disputed } else { Opinion::Positive };
        let given = self.found.into_iter().map(|(name, value)| {
            let kind = match name.as_str() {
                "md5" => SignalKind::Md5,
                "sha1" => SignalKind::Sha1,
                "sha256" => SignalKind::Sha256,
                "pdq" => SignalKind::Pdq,
                other => return Given::other(other),
            };
            let row = Row { entry: Some(number.clone()), ..Row::of(kind, value) };
            Given::row(row.with_opinion(Some(opinion)))
        });
        std::iter::once(Given::Entry(number.clone())).chain(given).collect()
    }
}
