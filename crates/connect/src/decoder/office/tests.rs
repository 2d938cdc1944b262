#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write;

use super::super::document::{Kind, TEXT_MAX_BYTES};
use super::*;

const GIF: &[u8] = b"GIF89a a picture";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n another";

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relations(list: &[(&str, &str, &str)]) -> String {
    let one = |(id, word, target): &(&str, &str, &str)| {
        let outside = if *word == "hyperlink" { " TargetMode=\"External\"" } else { "" };
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://a.test/relationships/{word}\" Target=\"{target}\"{outside}/>"
        )
    };
    format!(
        "<?xml version=\"1.0\"?><Relationships>{}</Relationships>",
        list.iter().map(one).collect::<String>()
    )
}

fn ooxml(main: &str, entries: &[(&str, &[u8])]) -> Vec<u8> {
    let root = relations(&[("r1", "officeDocument", main)]);
    archive(&[&[("_rels/.rels", root.as_bytes())], entries].concat())
}

/// Parts as `place|text|link link`, pictures as `place`.
fn shape(file: &[u8]) -> (Kind, Vec<String>, Vec<String>) {
    let document = read(file).unwrap().unwrap();
    let parts = document.parts.iter();
    let parts = parts.map(|part| format!("{}|{}|{}", part.place, part.text, part.links.join(" "))).collect();
    (document.kind, parts, document.pictures.iter().map(|one| one.place.to_string()).collect())
}

#[test]
fn text_documents() {
    let body = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One &amp; </w:t></w:r><w:r><w:t xml:space="preserve">two&#x21;</w:t><w:tab/><w:t>three</w:t></w:r></w:p>
        <w:p><w:r><w:instrText> HYPERLINK "https://field.test/" </w:instrText></w:r><w:r><w:t>link</w:t><w:delText>gone</w:delText></w:r></w:p>
        <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:body></w:document>"#;
    let list = relations(&[
        ("r1", "hyperlink", "https://a.test/x?a=1&amp;b=2"),
        ("r2", "image", "media/image1.gif"),
        ("r3", "footer", "/word/footer1.xml"),
        ("r4", "image", "../word/./media/image2.emf"),
    ]);
    let file = ooxml(
        "word/document.xml",
        &[
            ("word/document.xml", body.as_bytes()),
            ("word/_rels/document.xml.rels", list.as_bytes()),
            ("word/footer1.xml", b"<w:ftr><w:p><w:r><w:t>foot</w:t></w:r></w:p></w:ftr>"),
            ("word/media/image1.gif", GIF),
            ("word/media/image2.emf", b"a drawing"),
            ("word/media/unshown.png", PNG),
        ],
    );
    let (kind, parts, pictures) = shape(&file);
    assert_eq!(kind, Kind::Docx);
    assert_eq!(
        parts,
        [
            "text|One & two!\tthree\nlink\nbox\n|https://field.test/ https://a.test/x?a=1&b=2",
            "margin|foot\n|"
        ]
    );
    assert_eq!(pictures, ["text", "document"]);
    assert_eq!(read(&file).unwrap().unwrap().pictures_left_out, 1);
}

#[test]
fn sheets_and_slides_stand_in_their_order() {
    let book =
        r#"<workbook><sheets><sheet name="a" r:id="r2"/><sheet name="b" r:id="r1"/></sheets></workbook>"#;
    let list = relations(&[
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "worksheet", "worksheets/sheet2.xml"),
        ("r3", "sharedStrings", "sharedStrings.xml"),
    ]);
    let file = ooxml(
        "xl/workbook.xml",
        &[
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", list.as_bytes()),
            ("xl/sharedStrings.xml", b"<sst><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r><rPh><t>spoken</t></rPh></si></sst>"),
            ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c t=\"s\"><v>1</v></c><c><v>7.5</v></c></row></sheetData></worksheet>"),
            ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>in line</t></is></c><c t=\"s\"><v>9</v></c></row></sheetData></worksheet>"),
        ],
    );
    assert_eq!(
        shape(&file),
        (Kind::Xlsx, vec!["sheet 1|in line\t\t\n|".to_owned(), "sheet 2|one\t7.5\t\n|".to_owned()], vec![])
    );

    let show = r#"<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r9"/></p:sldIdLst></p:presentation>"#;
    let file = ooxml(
        "ppt/presentation.xml",
        &[
            ("ppt/presentation.xml", show.as_bytes()),
            (
                "ppt/_rels/presentation.xml.rels",
                relations(&[("r9", "slide", "slides/slide4.xml")]).as_bytes(),
            ),
            ("ppt/slides/slide4.xml", b"<p:sld><a:p><a:r><a:t>said</a:t></a:r><a:br/></a:p></p:sld>"),
            (
                "ppt/slides/_rels/slide4.xml.rels",
                relations(&[
                    ("r1", "notesSlide", "../notesSlides/n1.xml"),
                    ("r2", "image", "../media/i.png"),
                ])
                .as_bytes(),
            ),
            ("ppt/notesSlides/n1.xml", b"<p:notes><a:p><a:r><a:t>unsaid</a:t></a:r></a:p></p:notes>"),
            ("ppt/media/i.png", PNG),
        ],
    );
    assert_eq!(
        shape(&file),
        (Kind::Pptx, vec!["slide 1|said\n\nunsaid\n|".to_owned()], vec!["slide 1".to_owned()])
    );
}

#[test]
fn open_documents() {
    let odf = |word: &str, body: &str| {
        let content =
            format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
        let styles = "<office:document-styles><style:header><text:p>head</text:p></style:header></office:document-styles>";
        archive(&[
            ("mimetype", format!("application/vnd.oasis.opendocument.{word}").as_bytes()),
            ("content.xml", content.as_bytes()),
            ("styles.xml", styles.as_bytes()),
            ("Pictures/a.gif", GIF),
        ])
    };
    let text = odf(
        "text",
        "<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Title</text:h>\
         <text:p>a<text:s text:c=\"2\"/>b<text:tab/><text:a xlink:href=\"https://a.test/\">c</text:a><text:line-break/>d</text:p>\
         <draw:frame><draw:image xlink:href=\"Pictures/a.gif\"/><svg:desc>no paragraph</svg:desc></draw:frame></office:text>",
    );
    let parts = vec!["text|Title\na  b\tc\nd\n|https://a.test/".to_owned(), "margin|head\n|".to_owned()];
    assert_eq!(shape(&text), (Kind::Odt, parts, vec!["text".to_owned()]));
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let table =
        |text: &str| format!("<table:table><table:table-row>{}</table:table-row></table:table>", cell(text));
    let sheets = odf(
        "spreadsheet",
        &format!("<office:spreadsheet>{}{}</office:spreadsheet>", table("one"), table("two")),
    );
    assert_eq!(shape(&sheets).1[..2], ["sheet 1|one\n\t\n|", "sheet 2|two\n\t\n|"]);
    let page = |text: &str| {
        format!("<draw:page><text:p>{text}</text:p><draw:image xlink:href=\"./Pictures/a.gif\"/></draw:page>")
    };
    let slides = odf(
        "presentation",
        &format!("<office:presentation>{}{}</office:presentation>", page("one"), page("two")),
    );
    assert_eq!(
        (&shape(&slides).1[1][..], &shape(&slides).2[..]),
        ("slide 2|two\n|", &["slide 1".to_owned()][..])
    );
}

#[test]
fn what_is_no_document_and_what_is_broken() {
    let why = |file: &[u8]| read(file).unwrap_err();
    assert_eq!(read(&archive(&[("a.txt", b"words")])), Ok(None));
    assert_eq!(read(&archive(&[("mimetype", b"application/epub+zip"), ("content.xml", b"<a/>")])), Ok(None));
    assert_eq!(read(&ooxml("x.xml", &[("x.xml", b"<other/>")])), Ok(None));
    let whole = ooxml("word/document.xml", &[("word/document.xml", b"<w:document/>")]);
    assert!(read(&whole).unwrap().unwrap().parts.is_empty());
    for cut in 0..whole.len() {
        assert_eq!(why(&whole[..cut]), BROKEN, "{cut}");
    }
    let body = |xml: &str| ooxml("word/document.xml", &[("word/document.xml", xml.as_bytes())]);
    assert_eq!(why(&body("<w:document><w:p>")), BROKEN);
    assert_eq!(why(&body("<w:document>&unknown;</w:document>")), BROKEN);
    let entities =
        "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><d>&a;&b;</d>";
    assert!(why(&body(entities)).contains("entities"));
    assert!(why(&body(&"<w:p>".repeat(257))).contains("too deep"));
    let locked = "<manifest><file-entry><encryption-data/></file-entry></manifest>";
    let locked = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", locked.as_bytes()),
        ("content.xml", b"\x01\x02"),
    ]);
    assert_eq!(why(&locked), LOCKED);
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(
        (old(&[b"\xD0\xCF", &name[..]].concat()), old(b"\xD0\xCF").contains("before 2007")),
        (LOCKED, true)
    );
}

/// What an archive says of its sizes is not believed, so these count what comes out.
#[test]
fn bombs_are_refused() {
    let blanks = vec![b' '; usize::try_from(INFLATED_MAX_BYTES).unwrap()];
    let xml = [b"<w:document>", &blanks[..], b"</w:document>"].concat();
    let one = ooxml("word/document.xml", &[("word/document.xml", &xml)]);
    assert!(one.len() < 1 << 20);
    // A run of text that long is refused before the whole is.
    assert!(read(&one).unwrap_err().contains("over 16 MiB"));
    let piece = blanks[..40 << 20].to_vec();
    let picture = [GIF, &piece[..]].concat();
    let names: Vec<String> = (0..5).map(|n| format!("word/media/{n}.gif")).collect();
    let mut entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &picture[..])).collect();
    entries.push(("word/document.xml", b"<w:document/>"));
    assert_eq!(read(&ooxml("word/document.xml", &entries)).unwrap_err(), BOMB);
    let many: Vec<String> = (0..=ENTRIES_MAX).map(|n| n.to_string()).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(read(&archive(&many)).unwrap_err().contains("10000 entries"));
}

/// One shared text that every cell names: small on the disk, long when it is read.
#[test]
fn text_ends_at_its_limit() {
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(1 << 20));
    let cells = format!("<worksheet>{}</worksheet>", "<c t=\"s\"><v>0</v></c>".repeat(1_000));
    let file = ooxml(
        "xl/workbook.xml",
        &[
            ("xl/workbook.xml", b"<workbook><sheets><sheet r:id=\"r1\"/></sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                relations(&[("r1", "worksheet", "s.xml"), ("r2", "sharedStrings", "t.xml")]).as_bytes(),
            ),
            ("xl/s.xml", cells.as_bytes()),
            ("xl/t.xml", long.as_bytes()),
        ],
    );
    let document = read(&file).unwrap().unwrap();
    assert_eq!((document.parts[0].text.len(), document.cut), (TEXT_MAX_BYTES, true));
}
