//! What is in a document: its text by part, and the pictures that stand in it. The reader of each kind makes it, in the
//! box; here is what it may hold at most, and how it comes out of the box.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{DecodeError, announces_picture};

/// Most text of a document, bytes of UTF-8; what is beyond is left out, and that is said.
pub const TEXT_MAX_BYTES: usize = 4 << 20;

/// Most parts (pages, slides, sheets).
pub const PARTS_MAX: usize = 2_000;

/// Most links of a document.
pub const LINKS_MAX: usize = 10_000;

/// Longest link, bytes; longer ones are left out.
const LINK_MAX_BYTES: usize = 8_192;

/// Most pictures.
pub const PICTURES_MAX: usize = 200;

/// Most bytes of all pictures.
pub const PICTURES_MAX_BYTES: usize = 32 << 20;

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// Text (ISO/IEC 29500).
    Docx,
    /// Spreadsheet (ISO/IEC 29500).
    Xlsx,
    /// Slides (ISO/IEC 29500).
    Pptx,
    /// Text (ISO/IEC 26300).
    Odt,
    /// Spreadsheet (ISO/IEC 26300).
    Ods,
    /// Slides (ISO/IEC 26300).
    Odp,
}

impl Kind {
    /// Lower-case word: `pdf`, `docx` …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
        }
    }
}

/// Where in a document something stands. Numbers are from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The running text of a text document.
    Text,
    /// What stands on every page or slide: headers, footers, masters.
    Margin,
    /// Notes at the foot or at the end.
    Notes,
    /// Remarks of people.
    Comments,
    /// A page of a PDF.
    Page(u32),
    /// A slide, with what is said about it.
    Slide(u32),
    /// A sheet.
    Sheet(u32),
    /// Somewhere: no part names it.
    Somewhere,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => out.write_str("text"),
            Self::Margin => out.write_str("margin"),
            Self::Notes => out.write_str("notes"),
            Self::Comments => out.write_str("comments"),
            Self::Page(number) => write!(out, "page {number}"),
            Self::Slide(number) => write!(out, "slide {number}"),
            Self::Sheet(number) => write!(out, "sheet {number}"),
            Self::Somewhere => out.write_str("document"),
        }
    }
}

/// The text of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which part.
    pub place: Place,
    /// Its text; paragraphs end with a new line, cells with a tab.
    pub text: String,
    /// Where its links lead, as written.
    pub links: Vec<String>,
}

/// A picture of a document: the bytes of a JPEG, PNG, GIF or WebP file. Untrusted: for the box alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The first part that shows it.
    pub place: Place,
    /// The whole page as people see it, instead of a picture on it.
    pub is_page: bool,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What is in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its parts that have text or links, in order.
    pub parts: Vec<Part>,
    /// Its pictures, each once.
    pub pictures: Vec<Embedded>,
    /// Pictures of formats that are not decoded (drawings, TIFF), and pictures beyond a limit.
    pub pictures_left_out: u32,
    /// A limit cut off text, links or parts.
    pub cut: bool,
    /// What could not be had of it beside, one sentence; of a PDF alone.
    pub trouble: Option<String>,
}

impl Document {
    /// An empty one.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            parts: Vec::new(),
            pictures: Vec::new(),
            pictures_left_out: 0,
            cut: false,
            trouble: None,
        }
    }

    /// Adds a part as far as the limits allow; one without text and links is none.
    pub fn add_part(&mut self, mut part: Part) {
        let bytes: usize = self.parts.iter().map(|part| part.text.len()).sum();
        let links: usize = self.parts.iter().map(|part| part.links.len()).sum();
        self.cut |= truncate(&mut part.text, TEXT_MAX_BYTES.saturating_sub(bytes));
        part.links.retain(|link| link.len() <= LINK_MAX_BYTES);
        self.cut |= part.links.len() > LINKS_MAX.saturating_sub(links);
        part.links.truncate(LINKS_MAX.saturating_sub(links));
        if part.text.trim().is_empty() && part.links.is_empty() {
            return;
        }
        match self.parts.len() < PARTS_MAX {
            true => self.parts.push(part),
            false => self.cut = true,
        }
    }

    /// Adds a picture as far as the limits allow, once.
    pub fn add_picture(&mut self, picture: Embedded) {
        let bytes: usize = self.pictures.iter().map(|picture| picture.bytes.len()).sum();
        let fits = self.pictures.len() < PICTURES_MAX && bytes + picture.bytes.len() <= PICTURES_MAX_BYTES;
        if !fits || !announces_picture(&picture.bytes) {
            self.pictures_left_out += 1;
        } else if self.pictures.iter().all(|other| other.bytes != picture.bytes) {
            self.pictures.push(picture);
        }
    }

    /// Notes that something beside the text cannot be had of the file; another trouble is given back.
    pub(super) fn note(&mut self, error: &DecodeError) -> Result<(), DecodeError> {
        if !error.is_of_the_file() {
            return Err(error.clone());
        }
        self.trouble.get_or_insert_with(|| format!("Its pictures are not all read. {error}"));
        Ok(())
    }

    /// All text, part after part.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.parts.iter().map(|part| part.text.trim_end()).collect();
        texts.join("\n")
    }
}

/// Cuts a text between two characters; whether it was longer.
pub(super) fn truncate(text: &mut String, most_bytes: usize) -> bool {
    let longer = text.len() > most_bytes;
    if longer {
        text.truncate(text.floor_char_boundary(most_bytes));
    }
    longer
}

/// How a document comes out of the box: this, as JSON, and then the bytes of the pictures.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    kind: Kind,
    parts: Vec<Part>,
    pictures: Vec<(Place, u32)>,
    pictures_left_out: u32,
    cut: bool,
}

/// Longest message of a document: every byte of a text may take six.
pub(super) const WIRE_MAX_BYTES: usize = PICTURES_MAX_BYTES + 6 * TEXT_MAX_BYTES + (4 << 20);

/// Child side: length of the JSON, and the body; `None` when it is too long.
pub(super) fn packed(document: Document) -> Option<(u32, Vec<u8>)> {
    let length = |picture: &Embedded| Some((picture.place, u32::try_from(picture.bytes.len()).ok()?));
    let wire = Wire {
        kind: document.kind,
        pictures: document.pictures.iter().map(length).collect::<Option<_>>()?,
        parts: document.parts,
        pictures_left_out: document.pictures_left_out,
        cut: document.cut,
    };
    let mut body = serde_json::to_vec(&wire).ok()?;
    let json = u32::try_from(body.len()).ok()?;
    document.pictures.iter().for_each(|picture| body.extend_from_slice(&picture.bytes));
    (body.len() <= WIRE_MAX_BYTES).then_some((json, body))
}

/// Server side: takes nothing that is not of the form or over a limit.
pub(super) fn unpacked(json: u32, body: &[u8]) -> Option<Document> {
    let (json, mut rest) = body.split_at_checked(usize::try_from(json).ok()?)?;
    let wire: Wire = serde_json::from_slice(json).ok()?;
    let mut document = Document::new(wire.kind);
    let parts = wire.parts.len();
    wire.parts.into_iter().for_each(|part| document.add_part(part));
    for (place, bytes) in wire.pictures {
        let (picture, others) = rest.split_at_checked(usize::try_from(bytes).ok()?)?;
        document.add_picture(Embedded { place, is_page: false, bytes: picture.to_vec() });
        rest = others;
    }
    let in_form =
        rest.is_empty() && !document.cut && document.parts.len() == parts && document.pictures_left_out == 0;
    document.pictures_left_out = wire.pictures_left_out;
    document.cut = wire.cut;
    in_form.then_some(document)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        Part { place: Place::Slide(2), text: text.to_owned(), links: vec!["https://a.test/".to_owned()] }
    }

    #[test]
    fn documents_survive_the_way() {
        let mut document = Document::new(Kind::Pptx);
        document.add_part(part("Σ one\n"));
        document.add_part(Part { links: Vec::new(), ..part(" \n") });
        let picture = |byte| Embedded {
            place: Place::Slide(2),
            is_page: false,
            bytes: [b"GIF89a", &[byte; 9][..]].concat(),
        };
        for byte in [1, 2, 1] {
            document.add_picture(picture(byte));
        }
        document.add_picture(Embedded { bytes: b"II*\0".to_vec(), ..picture(1) });
        assert_eq!((document.parts.len(), document.pictures.len(), document.pictures_left_out), (1, 2, 1));
        let (json, body) = packed(document.clone()).unwrap();
        assert_eq!(unpacked(json, &body), Some(document));
        for (json, body) in [
            (json + 1, &body[..]),
            (json, &body[..body.len() - 1]),
            (json, &[&body[..], b"x"].concat()),
            (u32::MAX, &body[..]),
        ] {
            assert_eq!(unpacked(json, body), None);
        }
    }

    #[test]
    fn limits_hold() {
        let mut document = Document::new(Kind::Odt);
        document.add_part(part(&"é".repeat(TEXT_MAX_BYTES / 2 - 1)));
        assert!(!document.cut);
        document.add_part(part("aéé"));
        assert!(document.cut && document.parts[1].text == "a", "{:?}", document.parts[1]);
        let large = |byte| Embedded {
            place: Place::Text,
            is_page: false,
            bytes: [b"GIF89a", &vec![byte; PICTURES_MAX_BYTES / 2][..]].concat(),
        };
        document.add_picture(large(1));
        document.add_picture(large(2));
        assert_eq!((document.pictures.len(), document.pictures_left_out), (1, 1));
    }
}
