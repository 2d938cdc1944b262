//! Documents through the box, and text in pictures: with the tools of this machine, or skipped where they are missing.

use std::io::Write;

use connect::decoder::document::{Document, Kind, Place};
use connect::decoder::ocr::Reader;
use connect::decoder::{DecodeError, Decoder, DecoderConfig, MAX_FILE_BYTES, announces_document, pdf};
use image::ImageFormat;

use crate::harness::{Outcome, Test};
use crate::pictures;
use crate::tests::wait;

pub(crate) const ALL: &[Test] = &[
    ("decoder_reads_office_files", reads_office_files),
    ("decoder_reads_pdf_files", reads_pdf_files),
    ("decoder_sets_broken_documents_aside", sets_broken_ones_aside),
    ("words_in_pictures_are_read", words_in_pictures_are_read),
];

/// Two pages: words, a link and a picture on the first, words on the second.
fn two_pages(picture: &[u8]) -> Vec<u8> {
    let page = |content: &str, more: &str| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 7 0 R >> /XObject << /I1 8 0 R >> >> {more} >>"
        )
        .into_bytes()
    };
    let stream = |head: &str, bytes: &[u8]| {
        let head = format!("<< {head} /Length {} >>\nstream\n", bytes.len());
        [head.as_bytes(), bytes, b"\nendstream"].concat()
    };
    let words = |words: &str, picture: &str| {
        stream("", format!("BT /F1 32 Tf 60 700 Td ({words}) Tj ET\n{picture}").as_bytes())
    };
    let link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 99 99] /A << /S /URI /URI (https://a.example/x) >> >>]";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec(),
        page("5", link),
        page("6", ""),
        words("Heavy rain tonight", "q 480 0 0 400 60 200 cm /I1 Do Q"),
        words("Green hills tomorrow", ""),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        stream(
            "/Type /XObject /Subtype /Image /Width 48 /Height 40 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
            picture,
        ),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let table = format!("xref\n0 {count}\n0000000000 65535 f \n{places}");
    file.extend(table.bytes());
    let end = format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(end.bytes());
    file
}

fn office_file(picture: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let root = "<Relationships><Relationship Type=\"http://a.test/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    for (name, bytes) in [
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", b"<w:document><w:p><w:r><w:t>Heavy rain</w:t></w:r></w:p></w:document>"),
        ("word/media/a.png", picture),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn decoder() -> Result<Decoder, std::io::Error> {
    DecoderConfig::this_program(1).map(Decoder::new)
}

/// Whether poppler's tools are here; says so when not.
fn has_poppler() -> bool {
    let missing = pdf::missing();
    if !missing.is_empty() {
        println!("skipped: {} missing, install {}", missing.join(", "), pdf::PACKAGE);
    }
    missing.is_empty()
}

fn reads_office_files() -> Outcome {
    let picture = pictures::small(ImageFormat::Png)?;
    let file = office_file(&picture)?;
    assert!(announces_document(&file) && !announces_document(&picture));
    let found = wait(decoder()?.document(file, true))??.ok_or("no document")?;
    assert_eq!((found.kind, found.text()), (Kind::Docx, "Heavy rain".to_owned()));
    assert_eq!((found.pictures.len(), &found.pictures[0].bytes), (1, &picture));
    Ok(())
}

fn reads_pdf_files() -> Outcome {
    if !has_poppler() {
        return Ok(());
    }
    let picture = pictures::small(ImageFormat::Jpeg)?;
    let file = two_pages(&picture);
    let decoder = decoder()?;
    let found: Document = wait(decoder.document(file.clone(), true))??.ok_or("no document")?;
    let parts: Vec<(String, &str, usize)> =
        found.parts.iter().map(|part| (part.place.to_string(), part.text.trim(), part.links.len())).collect();
    assert_eq!(
        parts,
        [("page 1".to_owned(), "Heavy rain tonight", 1), ("page 2".to_owned(), "Green hills tomorrow", 0)]
    );
    assert_eq!(found.parts[0].links, ["https://a.example/x"]);
    assert_eq!(found.trouble, None);
    let shown: Vec<(Place, bool)> = found.pictures.iter().map(|one| (one.place, one.is_page)).collect();
    assert_eq!(shown, [(Place::Page(1), false), (Place::Page(1), true), (Place::Page(2), true)]);
    assert_eq!(found.pictures[0].bytes, picture, "a JPEG in a PDF is given as it is");
    let bare = wait(decoder.document(file, false))??.ok_or("no document")?;
    assert_eq!((bare.parts, bare.pictures.len()), (found.parts, 1));
    Ok(())
}

fn sets_broken_ones_aside() -> Outcome {
    let decoder = decoder()?;
    let why = |file: &[u8]| -> Result<String, Box<dyn std::error::Error>> {
        match wait(decoder.document(file.to_vec(), true))? {
            Err(error @ DecodeError::Refused(_)) => Ok(error.to_string()),
            other => Err(format!("{other:?}").into()),
        }
    };
    let file = office_file(b"")?;
    assert!(why(&file[..file.len() / 2])?.contains("cut off"));
    assert!(why(b"PK\x03\x04")?.contains("cut off"));
    assert!(why(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")?.contains("before 2007"));
    assert!(why(&vec![0; MAX_FILE_BYTES + 1])?.contains("32 MiB"));
    if pdf::missing().is_empty() {
        assert!(why(b"%PDF-1.7\nnothing of the kind")?.contains("cannot be read"));
    }
    assert_eq!(wait(decoder.document(office_file(b"")?, true))??.map(|one| one.pictures.len()), Some(0));
    Ok(())
}

/// The page is drawn by one tool and read by the other.
fn words_in_pictures_are_read() -> Outcome {
    if !has_poppler() {
        return Ok(());
    }
    wait(async {
        let reader = match Reader::find().await {
            Ok(reader) => reader,
            Err(why) => {
                println!("skipped: {why}");
                return Ok(());
            }
        };
        let decoder = decoder()?;
        let file = two_pages(&pictures::small(ImageFormat::Jpeg)?);
        let found = decoder.document(file, true).await?.ok_or("no document")?;
        let page = found.pictures.iter().find(|one| one.place == Place::Page(2)).ok_or("no page")?;
        let words = decoder.words(page.bytes.clone(), &reader).await?;
        assert_eq!(words.trim(), "Green hills tomorrow");
        let refused = decoder.words(b"no picture".to_vec(), &reader).await;
        assert!(matches!(refused, Err(DecodeError::Refused(_))), "{refused:?}");
        Ok(())
    })?
}
