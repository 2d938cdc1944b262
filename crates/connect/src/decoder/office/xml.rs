//! XML of a document as a row of steps. Nothing is expanded but what XML itself names, and nothing is declared.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::BROKEN;
use crate::bounded::Bounded;

/// Elements inside elements.
const DEPTH_MAX: usize = 256;

/// Longest single piece: one tag, or one run of text between two, bytes.
const PIECE_MAX_BYTES: u64 = 16 << 20;
const LONG: &str = "The document holds one text or tag of over 16 MiB, which is not read.";

/// One step through a document.
pub(super) enum Step<'a> {
    /// An element begins.
    Start(&'a Tag<'a>),
    /// An element ends; its local name.
    End(&'a str),
    /// Text as people read it.
    Text(&'a str),
}

/// An element that begins.
pub(super) struct Tag<'a> {
    start: &'a BytesStart<'a>,
    /// Local name of the element around it; empty for the first.
    pub(super) within: &'a str,
}

impl Tag<'_> {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute by its name without the prefix, entities undone.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.start.attributes();
        let found = all.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name)?;
        let value = quick_xml::escape::unescape(&found.value).ok()?;
        Some(value.into_owned())
    }

    /// An attribute by its whole name, prefix and all.
    pub(super) fn exact(&self, name: &str) -> Option<String> {
        let found = self.start.try_get_attribute(name).ok()??;
        Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
    }
}

/// Walks a document. Elements of which `skip` is true are left out with all that is in them.
pub(super) fn walk(
    from: &mut dyn BufRead,
    skip: &dyn Fn(&str) -> bool,
    step: &mut dyn FnMut(Step<'_>),
) -> Result<(), String> {
    let mut xml = Reader::from_reader(Bounded { from, left: PIECE_MAX_BYTES });
    let (mut buffer, mut path, mut skipped) = (Vec::new(), Vec::<String>::new(), None);
    let mut seen = false;
    loop {
        buffer.clear();
        xml.get_mut().left = PIECE_MAX_BYTES;
        let event = xml.read_event_into(&mut buffer);
        let event = event.map_err(|_| if xml.get_ref().left == 0 { LONG } else { BROKEN }.to_owned())?;
        let told = skipped.is_none();
        match event {
            Event::Start(start) => {
                if path.len() >= DEPTH_MAX {
                    return Err("The elements of the document stand too deep in each other.".to_owned());
                }
                seen = true;
                let name = start.local_name().into_inner().to_owned();
                if told && skip(&name) {
                    skipped = Some(path.len());
                } else if told {
                    let within = path.last().map_or("", String::as_str);
                    step(Step::Start(&Tag { start: &start, within }));
                }
                path.push(name);
            }
            Event::Empty(start) => {
                seen = true;
                let name = start.local_name();
                if told && !skip(name.into_inner()) {
                    let within = path.last().map_or("", String::as_str);
                    step(Step::Start(&Tag { start: &start, within }));
                    step(Step::End(name.into_inner()));
                }
            }
            Event::End(end) => {
                path.pop();
                if skipped == Some(path.len()) {
                    skipped = None;
                } else if told {
                    step(Step::End(end.local_name().into_inner()));
                }
            }
            Event::Text(text) if told => step(Step::Text(&text.xml10_content())),
            Event::CData(text) if told => step(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(letter.to_string()),
                    Ok(None) => resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned),
                    Err(_) => None,
                };
                let known = known.ok_or(BROKEN)?;
                if told {
                    step(Step::Text(&known));
                }
            }
            Event::DocType(_) => return Err("The document declares entities of its own.".to_owned()),
            Event::Eof if seen && path.is_empty() => return Ok(()),
            Event::Eof => return Err(BROKEN.to_owned()),
            _ => {}
        }
    }
}
