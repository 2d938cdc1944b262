//! Open Document (ISO/IEC 26300): `content.xml` holds it all, `styles.xml` what stands on every page.

use super::super::document::{Document, Kind, Part, Place, TEXT_MAX_BYTES};
use super::xml::{self, Step, Tag};
use super::{Archive, LOCKED};

/// Blanks that one element may stand for.
const BLANKS_MAX: usize = 100;

/// Longest word in the entry `mimetype`, bytes.
const WORD_MAX_BYTES: u64 = 200;

/// What was gathered of one XML.
struct Gathered {
    kind: Kind,
    first: Place,
    parts: Vec<Part>,
    number: u32,
    pictures: Vec<(Place, String)>,
    /// How many paragraphs are open: text counts only in these.
    paragraphs: usize,
    bytes: usize,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Option<Document>, String> {
    let word = archive.xml("mimetype", |from| {
        let mut word = String::new();
        let read = std::io::Read::take(from, WORD_MAX_BYTES);
        // What is no text is no kind.
        let _ = std::io::Read::read_to_string(&mut { read }, &mut word);
        Ok(word)
    })?;
    let word = word.unwrap_or_default();
    let Some(kind) = word.trim().strip_prefix("application/vnd.oasis.opendocument.") else { return Ok(None) };
    let kind = match kind {
        "text" | "text-template" | "text-master" => Kind::Odt,
        "spreadsheet" | "spreadsheet-template" => Kind::Ods,
        "presentation" | "presentation-template" => Kind::Odp,
        _ => return Ok(None),
    };
    if is_locked(archive)? {
        return Err(LOCKED.to_owned());
    }
    let mut document = Document::new(kind);
    let mut pictures = Vec::new();
    for (name, first) in [("content.xml", Place::Text), ("styles.xml", Place::Margin)] {
        let gathered = archive.xml(name, |from| gather(from, kind, first))?;
        if let Some(gathered) = gathered {
            document.cut |= gathered.bytes > TEXT_MAX_BYTES;
            gathered.parts.into_iter().for_each(|part| document.add_part(part));
            pictures.extend(gathered.pictures);
        }
    }
    archive.add_pictures(&mut document, &pictures, |name| name.starts_with("Pictures/"))?;
    Ok(Some(document))
}

/// Whether the manifest says how parts were encrypted.
fn is_locked(archive: &mut Archive<'_>) -> Result<bool, String> {
    let locked = archive.xml("META-INF/manifest.xml", |from| {
        let mut locked = false;
        xml::walk(from, &|_| false, &mut |step| {
            locked |= matches!(step, Step::Start(tag) if tag.name() == "encryption-data");
        })?;
        Ok(locked)
    })?;
    Ok(locked.unwrap_or_default())
}

fn gather(from: &mut dyn std::io::BufRead, kind: Kind, first: Place) -> Result<Gathered, String> {
    let part = Part { place: first, text: String::new(), links: Vec::new() };
    let mut gathered =
        Gathered { kind, first, parts: vec![part], number: 0, pictures: Vec::new(), paragraphs: 0, bytes: 0 };
    // What was deleted and is kept for its history; files that stand in the text in Base64.
    let skip = |name: &str| matches!(name, "tracked-changes" | "binary-data");
    xml::walk(from, &skip, &mut |step| match step {
        Step::Start(tag) => gathered.start(tag),
        Step::End(name) => gathered.end(name),
        Step::Text(text) if gathered.paragraphs > 0 => gathered.write(text),
        Step::Text(_) => {}
    })?;
    Ok(gathered)
}

impl Gathered {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" | "h" => self.paragraphs += 1,
            "tab" if self.paragraphs > 0 => self.write("\t"),
            "line-break" => self.write("\n"),
            "s" if self.paragraphs > 0 => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.write(&" ".repeat(BLANKS_MAX.min(count)));
            }
            "table" if self.kind == Kind::Ods && tag.within == "spreadsheet" => self.begin(Place::Sheet),
            "page" if self.kind == Kind::Odp && tag.within == "presentation" => self.begin(Place::Slide),
            "a" => {
                let link = tag.attribute("href").filter(|link| !link.starts_with('#'));
                if let (Some(part), Some(link)) = (self.parts.last_mut(), link) {
                    part.links.push(link);
                }
            }
            "image" | "fill-image" => {
                let place = self.parts.last().map_or(self.first, |part| part.place);
                let href = tag.attribute("href").map(|href| href.trim_start_matches("./").to_owned());
                self.pictures.extend(href.map(|href| (place, href)));
            }
            _ => {}
        }
    }

    fn begin(&mut self, place: fn(u32) -> Place) {
        if self.first == Place::Text {
            self.number += 1;
            self.parts.push(Part { place: place(self.number), text: String::new(), links: Vec::new() });
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.write("\n");
            }
            "table-cell" => self.write("\t"),
            "table-row" => self.write("\n"),
            _ => {}
        }
    }

    /// Holds no more than a document may have.
    fn write(&mut self, text: &str) {
        self.bytes += text.len();
        if self.bytes <= TEXT_MAX_BYTES
            && let Some(part) = self.parts.last_mut()
        {
            part.text.push_str(text);
        }
    }
}
