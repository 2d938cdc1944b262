//! Documents: what stands in them is found, with its part; broken ones are set aside.

use crate::{Outcome, lines, pictures, renvoi, told};
use image::ImageFormat;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

fn archive(entries: &[(&str, &[u8])]) -> Outcome<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// An Open Document of slides, each a paragraph; the second shows a picture.
fn slides(texts: &[&str], picture: &[u8]) -> Outcome<Vec<u8>> {
    let mut pages = String::new();
    for (number, text) in (1..).zip(texts) {
        let image = if number == 2 { "<draw:image xlink:href=\"Pictures/a.png\"/>" } else { "" };
        pages += &format!("<draw:page><text:p>{text}</text:p>{image}</draw:page>");
    }
    let content =
        format!("<document-content><body><presentation>{pages}</presentation></body></document-content>");
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.presentation"),
        ("content.xml", content.as_bytes()),
        ("Pictures/a.png", picture),
    ])
}

fn scan(at: &Path, what: &str, bank: &str, more: &[&str]) -> Outcome<(Vec<Value>, Value)> {
    let output = renvoi(at, &[&["scan", what, "--bank", bank, "--json", "--stats"], more].concat())?;
    Ok((lines(&output.stdout)?, told(&output, "stats")?))
}

const TEXT: &str = "The river rises slowly after three days of heavy rain and the old bridge stays closed until the water falls again";

#[test]
fn scan_looks_into_documents() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let picture = pictures::encoded(&pictures::made(1, 320, 240), ImageFormat::Png)?;
    let copy = pictures::encoded(&pictures::made(1, 320, 240).fliph(), ImageFormat::Jpeg)?;
    fs::create_dir_all(at.join("known"))?;
    fs::write(at.join("known/one.png"), &picture)?;
    fs::create_dir_all(at.join("banks"))?;
    assert!(
        renvoi(at, &["bank", "make", "known", "--verified", "--out", "banks/k.ndjson"])?.status.success()
    );
    let words = [
        "{\"kind\":\"term\",\"value\":\"green hills\",\"bank\":\"W\"}",
        "{\"kind\":\"url\",\"value\":\"https://a.example/x\",\"bank\":\"W\"}",
        "{\"kind\":\"term\",\"value\":\"spare\",\"bank\":\"N\",\"opinion\":\"negative\"}",
        &format!("{{\"kind\":\"text\",\"value\":\"{TEXT}\",\"bank\":\"W\",\"label\":\"weather\"}}"),
    ];
    fs::write(at.join("banks/w.ndjson"), words.join("\n"))?;
    fs::create_dir_all(at.join("up"))?;
    let (head, tail) = TEXT.split_at(TEXT.find("and the").ok_or("text")?);
    let texts = [head, tail, "Green HILLS, hxxps://a[.]example/x", "spare green hills", "more green hills"];
    fs::write(at.join("up/a.odp"), slides(&texts, &copy)?)?;
    fs::write(at.join("up/b.zip"), archive(&[("a.txt", b"green hills")])?)?;
    let whole = slides(&["green hills"], &copy)?;
    fs::write(at.join("up/cut.odp"), &whole[..whole.len() - 30])?;
    let broken = slides(&["a", "b"], &picture[..picture.len() / 2])?;
    fs::write(at.join("up/damaged.odp"), broken)?;
    let (found, stats) = scan(at, "up", "banks", &[])?;
    let shape: Vec<String> = found
        .iter()
        .map(|one| {
            let word = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
            format!(
                "{} {} {} {} {}",
                word("path"),
                word("kind"),
                word("signal_kind"),
                word("part"),
                word("variant")
            )
        })
        .collect();
    assert_eq!(
        shape,
        [
            "up/a.odp document pdq picture of slide 2 flip-y",
            "up/a.odp document term slide 3 normalised",
            "up/a.odp document url slide 3 in_text",
            "up/a.odp document text document quoted",
        ]
    );
    assert!(
        found[1]["why"]
            .as_str()
            .is_some_and(|why| why.starts_with("Slide 3: ") && why.ends_with("One more part matches.")),
        "{}",
        found[1]
    );
    assert_eq!((&found[0]["label"], &found[0]["read_by_machine"]), (&"one.png".into(), &false.into()));
    assert_eq!(
        (&stats["scanned"], &stats["skipped"], &stats["documents"]),
        (&2.into(), &2.into(), &2.into())
    );
    let reasons = stats["reasons"].to_string();
    assert!(reasons.contains("cut off or damaged") && reasons.contains("A picture in it"), "{reasons}");
    Ok(())
}

/// TLSH of `TEXT` by PyPI's py-tlsh 5.0.0.
const TEXT_TLSH: &str = "T1B4B09B1193C506114463597D5719C0A5D747413455781551988DC539754344D41361E5";

#[test]
fn scan_looks_into_texts() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let words = [
        "{\"kind\":\"term\",\"value\":\"green hills\",\"bank\":\"W\"}".to_owned(),
        "{\"kind\":\"host\",\"value\":\"a.example\",\"bank\":\"W\"}".to_owned(),
        "{\"kind\":\"term\",\"value\":\"spare\",\"bank\":\"N\",\"opinion\":\"negative\"}".to_owned(),
        format!("{{\"kind\":\"tlsh\",\"value\":\"{TEXT_TLSH}\",\"bank\":\"T\"}}"),
    ];
    fs::write(at.join("bank.ndjson"), words.join("\n"))?;
    fs::create_dir_all(at.join("up"))?;
    let edited = TEXT.replace("three", "four") + ".\n";
    fs::write(at.join("up/a.txt"), &edited)?;
    fs::write(at.join("up/b.html"), "<a href=\"https://www.a.example/b\">Green\u{200b} HILLS</a>")?;
    let wide: Vec<u8> = "\u{feff}green hills".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(at.join("up/c.txt"), wide)?;
    fs::write(at.join("up/d.bin"), b"green hills\0")?;
    fs::write(at.join("up/e.txt"), "spare green hills")?;
    fs::write(at.join("up/f.log"), "nothing\n".repeat(600_000) + "green hills")?;
    fs::write(at.join("up/g.odp"), slides(&["one", &edited], b"")?)?;
    let (found, stats) = scan(at, "up", "bank.ndjson", &[])?;
    let shape: Vec<String> = found
        .iter()
        .map(|one| {
            ["path", "kind", "signal_kind", "part", "distance"]
                .map(|name| one[name].to_string())
                .join(" ")
                .replace('"', "")
        })
        .collect();
    assert_eq!(
        shape,
        [
            "up/a.txt document tlsh text 26",
            "up/b.html document term text 0",
            "up/b.html document host text 0",
            "up/c.txt document term text 0",
            "up/g.odp document tlsh slide 2 25",
        ]
    );
    assert_eq!((&stats["suppressed"], &stats["skipped"]), (&1.into(), &1.into()));
    assert!(stats["reasons"].to_string().contains("a text of over 4 MiB"), "{stats}");
    Ok(())
}

#[test]
fn a_bank_of_documents_finds_their_text_and_their_pictures() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let picture = pictures::encoded(&pictures::made(2, 320, 240), ImageFormat::Png)?;
    fs::create_dir_all(at.join("known"))?;
    fs::write(at.join("known/paper.odp"), slides(&[TEXT, "end"], &picture)?)?;
    let make = |more: &[&str]| -> Outcome<Vec<String>> {
        let args = [&["bank", "make", "known", "--out", "bank.ndjson"], more].concat();
        assert!(renvoi(at, &args)?.status.success());
        let signals = lines(&fs::read(at.join("bank.ndjson"))?)?;
        Ok(signals.iter().map(|one| format!("{} {}", one["kind"], one["label"])).collect())
    };
    assert_eq!(make(&[])?, ["\"sha256\" \"paper.odp\""]);
    let all = ["\"sha256\" \"paper.odp\"", "\"text\" \"paper.odp\"", "\"pdq\" \"paper.odp, slide 2\""];
    assert_eq!(make(&["--verified", "--texts"])?, all);
    fs::create_dir_all(at.join("up"))?;
    fs::write(at.join("up/p.jpg"), pictures::encoded(&pictures::made(2, 320, 240), ImageFormat::Jpeg)?)?;
    fs::write(at.join("up/other.odp"), slides(&["An opening", &TEXT.to_uppercase()], b"")?)?;
    let (found, _) = scan(at, "up", "bank.ndjson", &[])?;
    let kinds: Vec<&str> = found.iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["document", "pdq"], "{found:?}");
    Ok(())
}

/// Words on a drawn page, as a picture and in a PDF that has nothing but this picture.
#[test]
fn scan_reads_words_in_pictures_when_asked() -> Outcome {
    let there = |name: &str| Command::new(name).arg("-v").output().is_ok();
    if !there("pdftoppm") || !there("tesseract") {
        println!("skipped: poppler-utils or tesseract-ocr is missing");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let words = "BT /F1 30 Tf 40 700 Td (Walk over green hills) Tj 0 -60 Td (and rivers in the rain) Tj ET";
    let page = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{words}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n\
         trailer<</Root 1 0 R>>\n%%EOF\n",
        words.len()
    );
    fs::create_dir_all(at.join("up"))?;
    fs::write(at.join("page.pdf"), page)?;
    let args = ["-png", "-r", "100", "-singlefile", "page.pdf", "up/page"];
    let drawn = Command::new("pdftoppm").args(args).current_dir(at).output()?;
    assert!(drawn.status.success(), "{drawn:?}");
    fs::write(at.join("bank.ndjson"), "{\"kind\":\"term\",\"value\":\"green hills\"}\n")?;
    let (without, stats) = scan(at, "up", "bank.ndjson", &[])?;
    assert_eq!((without.len(), &stats["pictures_read"]), (0, &0.into()));
    let (found, stats) = scan(at, "up", "bank.ndjson", &["--ocr"])?;
    let first = found.first().ok_or("nothing found")?;
    assert_eq!((&first["kind"], &first["read_by_machine"]), (&"words".into(), &true.into()));
    assert!(first["why"].as_str().is_some_and(|why| why.contains("as a machine reads it")), "{first}");
    assert_eq!((&stats["pictures_read"], &stats["scanned"]), (&1.into(), &1.into()));
    Ok(())
}
