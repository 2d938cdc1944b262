//! Office files: whatever an archive holds, and whatever XML stands in a good one.
#![no_main]

use std::io::{Cursor, Write};

use connect::decoder::document::{PARTS_MAX, TEXT_MAX_BYTES};
use connect::decoder::office::read;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive whose entries are stored as they are.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(*name, options).expect("memory");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn check(file: &[u8]) {
    if let Ok(Some(document)) = read(file) {
        assert!(document.text().len() <= TEXT_MAX_BYTES + PARTS_MAX && document.parts.len() <= PARTS_MAX);
    }
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    check(input);
    // The first line is one part and the rest another.
    let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (first, second) = input.split_at(at);
    for word in ["text", "spreadsheet", "presentation"] {
        let kind = format!("application/vnd.oasis.opendocument.{word}");
        check(&archive(&[("mimetype", kind.as_bytes()), ("content.xml", first), ("styles.xml", second)]));
    }
    let root = b"<Relationships><Relationship Type=\"a/officeDocument\" Target=\"d/main.xml\"/></Relationships>";
    check(&archive(&[
        ("_rels/.rels", root),
        ("d/main.xml", first),
        ("d/_rels/main.xml.rels", second),
        ("d/other.xml", first),
    ]));
});
