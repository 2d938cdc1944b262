//! PDF files, by the tools of poppler-utils in the box: `pdftotext` (text by page), `pdfinfo` (links), `pdftohtml`
//! (pictures, which the other tools write to files only) and `pdftoppm` (the pages as people see them).
//!
//! The text must be had, or the file is set aside; of the rest is taken what can be had, and what is missing is said.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::document::{
    Document, Embedded, Kind, PICTURES_MAX, PICTURES_MAX_BYTES, Part, Place, TEXT_MAX_BYTES, truncate,
};
use super::tool::{INPUT, Input, Tool, find};
use super::{DecodeError, office};

/// What is installed with the tools, on Debian.
pub const PACKAGE: &str = "poppler-utils";

/// The tools.
pub const TOOLS: [&str; 4] = ["pdftotext", "pdfinfo", "pdftohtml", "pdftoppm"];

/// Pages that are read.
pub const PAGES_MAX: usize = 2_000;

/// Pages that are drawn.
pub const PAGES_DRAWN_MAX: usize = 20;

/// Longest side of a drawn page, pixels.
const PAGE_SIDE_PX: u32 = 1_600;

/// Where the mark of a PDF may stand, as readers take it.
const MARK_WITHIN_BYTES: usize = 1_024;

/// Address space, processor time and time of a tool.
const MEMORY_MIB: u64 = 768;
const CPU_SECONDS: u64 = 20;
const WAIT_SECONDS: u64 = 40;

/// Most output of a tool that lists; of the one that gives pictures, in Base64.
const LIST_MAX_BYTES: usize = 4 << 20;
const MARKUP_MAX_BYTES: usize = PICTURES_MAX_BYTES / 3 * 4 + (16 << 20);

/// Whether the first bytes announce a PDF.
pub(super) fn announces(start: &[u8]) -> bool {
    start[..start.len().min(MARK_WITHIN_BYTES)].windows(5).any(|window| window == b"%PDF-")
}

/// The tools that are missing on this machine.
#[must_use]
pub fn missing() -> Vec<&'static str> {
    TOOLS.into_iter().filter(|name| find(name).is_none()).collect()
}

pub(super) async fn read(bytes: Vec<u8>, pages: bool) -> Result<Document, DecodeError> {
    let mut document = Document::new(Kind::Pdf);
    let last = PAGES_MAX.to_string();
    let args = ["-enc", "UTF-8", "-l", &last, INPUT, "-"];
    let text = run("pdftotext", &args, bytes.clone(), TEXT_MAX_BYTES * 2).await.map_err(as_sentence)?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    document.cut |= truncate(&mut text, TEXT_MAX_BYTES);
    let links = run("pdfinfo", &["-url", INPUT], bytes.clone(), LIST_MAX_BYTES).await;
    let links = links.map(|list| links_of(&String::from_utf8_lossy(&list)));
    let markup = ["-stdout", "-noframes", "-dataurls", "-enc", "UTF-8", "-l", &last, INPUT];
    let markup = run("pdftohtml", &markup, bytes.clone(), MARKUP_MAX_BYTES).await;
    for error in [links.as_ref().err(), markup.as_ref().err()].into_iter().flatten() {
        document.note(error)?;
    }
    let links = links.unwrap_or_default();
    for (number, text) in (1..).zip(text.split('\u{c}')) {
        let links = links.iter().filter(|(page, _)| *page == number).map(|(_, link)| link.clone());
        let (place, links) = (Place::Page(number), links.collect());
        document.add_part(Part { place, text: text.to_owned(), links });
    }
    pictures_of(&markup.unwrap_or_default(), &mut document);
    if pages {
        let (last, side) = (PAGES_DRAWN_MAX.to_string(), PAGE_SIDE_PX.to_string());
        let args = ["-png", "-l", &last, "-scale-to", &side, INPUT];
        match run("pdftoppm", &args, bytes, PICTURES_MAX_BYTES).await {
            Ok(drawn) => {
                for (number, picture) in (1..).zip(each_png(&drawn)) {
                    let place = Place::Page(number);
                    document.add_picture(Embedded { place, is_page: true, bytes: picture.to_vec() });
                }
            }
            Err(error) => document.note(&error)?,
        }
    }
    Ok(document)
}

async fn run(name: &str, args: &[&str], bytes: Vec<u8>, most: usize) -> Result<Vec<u8>, DecodeError> {
    let missing =
        || DecodeError::Refused(format!("PDF files are not read: {name} is missing, install {PACKAGE}."));
    let program: PathBuf = find(name).ok_or_else(missing)?;
    let tool = Tool {
        program,
        args: args.iter().map(OsString::from).collect(),
        memory_mib: MEMORY_MIB,
        cpu_seconds: CPU_SECONDS,
        wait: Duration::from_secs(WAIT_SECONDS),
    };
    tool.output(Input::Bytes(bytes), most).await
}

/// The tool's words about a password, in ours.
fn as_sentence(error: DecodeError) -> DecodeError {
    match error {
        DecodeError::Refused(words) if words.contains("Incorrect password") => {
            DecodeError::Refused(office::LOCKED.to_owned())
        }
        error => error,
    }
}

/// Lines of page, type and address under a heading.
fn links_of(list: &str) -> Vec<(u32, String)> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let page = words.next()?.parse().ok()?;
        // The type, between them, is one word.
        let link = words.skip(1).collect::<Vec<_>>().join(" ");
        (!link.is_empty()).then_some((page, link))
    };
    list.lines().filter_map(line).collect()
}

/// Pictures stand in the markup as data, after the anchor of their page.
fn pictures_of(markup: &[u8], document: &mut Document) {
    const PAGE: &str = "<a name=";
    const PICTURE: &str = "src=\"data:image/";
    let markup = String::from_utf8_lossy(markup);
    let (mut page, mut rest) = (1, markup.as_ref());
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(number) = rest.strip_prefix(PAGE) {
            let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            page = number[..digits].parse().unwrap_or(page);
        }
        let tag = rest.find('>').map_or(rest, |end| &rest[..end]);
        if let Some(at) = tag.find(PICTURE) {
            let data = tag[at..].split("base64,").nth(1).and_then(|data| data.split('"').next());
            let place = Place::Page(page);
            match data.and_then(|data| STANDARD.decode(data).ok()) {
                Some(bytes) => document.add_picture(Embedded { place, is_page: false, bytes }),
                None => document.pictures_left_out += 1,
            }
        }
        rest = &rest[tag.len().max(1)..];
    }
}

/// The files of a row of PNG files, one directly after the other.
fn each_png(mut row: &[u8]) -> Vec<&[u8]> {
    const START: usize = 8;
    let mut files = Vec::new();
    while files.len() < PICTURES_MAX && row.len() > START {
        let mut at = START;
        // Chunks: length, name, data, checksum.
        let whole = loop {
            let Some(head) = row.get(at..at + 8) else { break None };
            let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
            at = at.saturating_add(length).saturating_add(12);
            if &head[4..] == b"IEND" {
                break row.split_at_checked(at);
            }
        };
        let Some((file, others)) = whole else { break };
        files.push(file);
        row = others;
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stand_by_page() {
        let list = "Page  Type          URL\n   1  Annotation    https://a.example/x\n  12  Annotation  mailto:b@a.example\nnothing\n";
        let expected = [(1, "https://a.example/x".to_owned()), (12, "mailto:b@a.example".to_owned())];
        assert_eq!(links_of(list), expected);
    }

    #[test]
    fn pictures_stand_by_page() {
        let gif = STANDARD.encode(b"GIF89a first");
        let png = STANDARD.encode(b"\x89PNG\r\n\x1a\n second");
        let markup = format!(
            "<body><a name=1></a>&lt;img src=\"data:image/gif;base64,{gif}\"&gt;<br/>\n<a name=2></a>\
             <img src=\"data:image/gif;base64,{gif}\"/>a < b<hr/><a name=13></a><img src=\"data:image/png;base64,{png}\"/>\
             <img src=\"data:image/png;base64,*\"/><img src=\"data:image/png"
        );
        let mut document = Document::new(Kind::Pdf);
        pictures_of(markup.as_bytes(), &mut document);
        let places: Vec<Place> = document.pictures.iter().map(|picture| picture.place).collect();
        assert_eq!((places, document.pictures_left_out), (vec![Place::Page(2), Place::Page(13)], 2));
        for cut in 0..markup.len() {
            pictures_of(&markup.as_bytes()[cut..], &mut Document::new(Kind::Pdf));
        }
    }

    #[test]
    fn a_row_of_pictures_is_taken_apart() {
        let png = |data: usize| {
            let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
            for (name, length) in [(b"IDAT", data), (b"IEND", 0)] {
                file.extend(u32::try_from(length).unwrap_or(0).to_be_bytes());
                file.extend(name);
                file.extend(vec![7; length + 4]);
            }
            file
        };
        let row = [png(0), png(300)].concat();
        assert_eq!(each_png(&row), [&png(0)[..], &png(300)[..]]);
        assert_eq!(each_png(&row[..row.len() - 1]).len(), 1);
        assert_eq!(each_png(&[0xFF; 100]).len(), 0);
    }
}
