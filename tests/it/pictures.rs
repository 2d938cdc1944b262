//! Pictures through the decoder box: fingerprints of files at hand, matches of turned forms, search by picture.
//!
//! This test program starts itself as the decoder's child; therefore it has a harness of its own.

#[path = "../../crates/connect/tests/decoder/pictures.rs"]
#[expect(dead_code, reason = "the bombs of the decoder's own tests; this program needs a part of them")]
mod bombs;
#[expect(dead_code, reason = "the browser of the other tests; this program needs a part of it")]
mod browser;
mod clock;
#[expect(dead_code, reason = "the databases of the other tests; this program needs a part of it")]
mod database;
#[path = "pictures/edited.rs"]
mod edited;
#[expect(dead_code, reason = "the server of the other tests; this program needs a part of it")]
mod face;
#[path = "../../crates/connect/tests/decoder/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the fixture of the other tests; this program needs a part of it")]
mod house;
#[path = "pictures/media.rs"]
mod media;

use crate::house::Handed;
use app::people::{AgencyKind, Role};
use app::search::Question;
use app::signals::{self, Format, NewBank};
use base64::Engine as _;
use domain::access::Authorised;
use domain::bank::{ListClass, Opinion, PDQ_DISTANCE_BITS, Sharing, SignalKind};
use face::Face;
use harness::Test;
use house::{Built, HOST, queue, work};
use image::{DynamicImage, ImageFormat, RgbImage};
use jiff::SignedDuration;
use md5::Digest as _;
use reqwest::Method;
use serde_json::json;
use std::io::Cursor;
use std::process::ExitCode;
use store::intake::Relevance;

const ALL: &[Test] = &[
    ("files_are_fingerprinted_and_found", files_are_fingerprinted_and_found),
    ("the_console_finds_what_a_scan_finds_by_hash", || run(edited::found())),
    ("bombs_leave_the_server_answering", bombs_leave_the_server_answering),
    ("documents_of_posts_are_looked_into", documents_of_posts_are_looked_into),
    ("uploads_meet_closed_pictures", uploads_meet_closed_pictures),
    ("videos_and_sounds_of_posts_are_compared", || run(media::compared())),
    ("a_clip_is_seen_in_the_queue_and_why", || run(media::seen())),
    ("words_in_pictures_are_read_when_asked_for", || run(media::read())),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(app::CHILD_ARGUMENT) => app::decoder_child::run(),
        _ => harness::run(ALL, &arguments),
    }
}

const ORG: &str = "one.example";

/// A generated picture with patches.
fn picture(seed: u32) -> DynamicImage {
    RgbImage::from_fn(96, 96, |x, y| {
        let patch = (x / 13 * 7 + y / 11 * 5 + x / 29 * y / 17)
            .wrapping_mul(seed.wrapping_mul(2_654_435_761) | 1)
            >> 13;
        image::Rgb([(patch & 0xFF) as u8, (patch >> 3 & 0xFF) as u8, (x * 2) as u8])
    })
    .into()
}

/// With a white border of an eighth of its side.
fn bordered(picture: &DynamicImage) -> DynamicImage {
    let mut page = RgbImage::from_pixel(120, 120, image::Rgb([255; 3]));
    image::imageops::overlay(&mut page, &picture.to_rgb8(), 12, 12);
    page.into()
}

fn file(picture: &DynamicImage) -> Result<Vec<u8>, image::ImageError> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}

fn files_are_fingerprinted_and_found() -> harness::Outcome {
    run(found())
}

fn bombs_leave_the_server_answering() -> harness::Outcome {
    run(bombed())
}

fn documents_of_posts_are_looked_into() -> harness::Outcome {
    run(looked_into())
}

fn uploads_meet_closed_pictures() -> harness::Outcome {
    run(uploaded())
}

fn run(test: impl Future<Output = house::Outcome>) -> harness::Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    runtime.block_on(test).map_err(|error| error.to_string().into())
}

/// An upload is found in every position of its picture, and another one is not (D16).
async fn uploaded() -> house::Outcome {
    // Nothing listens there, and nothing is sent: the letter waits as a job.
    let face = Face::with_relay(Some((std::net::Ipv4Addr::LOCALHOST, 9).into())).await?;
    face.found(ORG, AgencyKind::Provider).await?;
    for login in ["lead", "other"] {
        face.someone(ORG, login, &[Role::Coordinator, Role::Provider]).await?;
    }
    let agency = app::people::agency(&face.house, ORG).await?;
    let (lead, other) = (face.actor(&agency, "lead").await?, face.actor(&agency, "other").await?);
    let space = Authorised::check(&lead, lead.agency, lead.agency)?;
    let proposal = signals::propose_list(&face.house, &space, ListClass::Intimate).await?;
    signals::decide_list(&face.house, &other, proposal, domain::proposal::Event::Confirm).await?;
    let new = NewBank {
        name: "closed".to_owned(),
        opinion: Opinion::Positive,
        origin: "made for the test".to_owned(),
        legal_basis: "terms".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: face.house.clock.now() + SignedDuration::from_hours(24),
        sharing: Sharing::Red,
        class: ListClass::Intimate,
    };
    let bank = signals::make_bank(&face.house, &space, new).await?;
    let bank = Authorised::check(&lead, lead.agency, bank)?;
    let pixels = picture(5).to_rgb8();
    let view = perceptual::Rgb::new(96, 96, pixels.as_raw()).ok_or("no view")?;
    let pdq = perceptual::pdq::hash(&view).ok_or("no hash")?.hash;
    let list = format!(
        "{{\"hashRecords\":[{{\"signalType\":\"ImagePDQ\",\"hashValue\":\"{pdq}\",\"hashStatus\":\"Active\"}}]}}"
    );
    let list = Cursor::new(list.into_bytes());
    assert_eq!(signals::import(&face.house, &bank, Format::Stopncii, list).await?.new, 1);
    let space = Authorised::check(&lead, lead.agency, lead.agency)?;
    let waiting = async || -> Result<u64, store::Error> {
        let sql = "SELECT COUNT(*) AS n FROM job WHERE kind = 'tell_duty'";
        face.house.db.one(sql, store::params![]).await?.count("n")
    };
    for (name, shown, hits) in [
        ("other", picture(6), 0),
        ("mirrored", picture(5).fliph().brighten(6), 1),
        ("turned", picture(5).rotate90(), 2),
    ] {
        signals::compare_upload(&face.house, &space, (name, file(&shown)?)).await?;
        assert_eq!(waiting().await?, hits, "{name}");
    }
    face.served.stop().await;
    Ok(())
}

/// Files that take a careless program down: too many pixels, archives in archives, a video without an end.
fn all_bombs() -> Result<Vec<(&'static str, Vec<u8>)>, face::Fail> {
    let jpeg = bombs::small(ImageFormat::Jpeg).map_err(|error| error.to_string())?;
    // A local file header of an archive that says it holds 4 GiB more of the same (APPNOTE 4.3.7).
    let header = [&b"PK\x03\x04\x14\0\0\0\x08\0"[..], &[0; 8], &[0xFF; 8], &[5, 0, 0, 0], b"a.zip"].concat();
    let frame = [&b"\0\0\0\0mdat"[..], &[0x42; 4096]].concat();
    Ok(vec![
        ("flood.png", bombs::png_announcing(60_000, 60_000)),
        ("most.png", bombs::png_announcing(0x7FFF_FFFF, 0x7FFF_FFFF)),
        ("flood.gif", bombs::gif_announcing_most()),
        ("frame.gif", bombs::gif_with_frame_over_its_screen()),
        ("flood.jpg", bombs::jpeg_announcing_most(&jpeg)),
        ("head.jpg", jpeg[..jpeg.len() / 4].to_vec()),
        ("nested.zip", header.repeat(2_000)),
        ("nested.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\x03".repeat(2_000)),
        // A box of length 0 goes on to the end of the file, which a stream does not have (ISO 14496-12, 4.2).
        ("endless.mp4", [&b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[..], &frame.repeat(64)].concat()),
        (
            "endless.webm",
            [&b"\x1A\x45\xDF\xA3\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF"[..], &[0x42; 65_536]].concat(),
        ),
    ])
}

/// Bombs come in by search and by intake, as pictures and as lists; the server answers, and works.
async fn bombed() -> house::Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let ana = face.someone(ORG, "ana", &[Role::Analyst]).await?;
    let token = face.sign_in(&ana).await?;
    let why = json!({ "reason": "asked by a test" });
    assert_eq!(face.call(Some(&token), Method::POST, "/api/v1/reason", Some(why)).await?.status, 204);
    let bombs = all_bombs()?;
    for (name, bomb) in &bombs {
        let picture = base64::prelude::BASE64_STANDARD.encode(bomb);
        let body = json!({ "picture": picture, "reason": "asked by a test" });
        let asked = face.call(Some(&token), Method::POST, "/api/v1/search", Some(body)).await?;
        assert!((400..500).contains(&asked.status), "{name}: {asked:?}");
        let listed = hand_in(&face, &token, &[("records", name, bomb)]).await?;
        assert!((400..500).contains(&listed.status), "{name} as a list: {listed:?}");
        // Without its PDQ a lookup would read as no match.
        let photo = (String::new(), &[("photo", *name, bomb)][..]);
        let looked_up = posted(&face, &token, "/m/lookup?reason=asked%20by%20a%20test", photo).await?;
        assert_eq!(looked_up.status, 400, "{name} looked up: {looked_up:?}");
        still_answers(&face).await?;
    }
    let lines: Vec<String> = bombs.iter().map(|(name, _)| line(name)).collect();
    let lines = lines.join("\n").into_bytes();
    let mut parts = vec![("records", "posts.ndjson", &lines)];
    parts.extend(bombs.iter().map(|(name, bomb)| ("media", *name, bomb)));
    let taken = hand_in(&face, &token, &parts).await?;
    assert_eq!((taken.status, taken.body["new"].as_u64()), (200, Some(bombs.len() as u64)), "{taken:?}");
    work(&face.house).await?;
    still_answers(&face).await?;

    // Real work goes on: a good picture comes in, is recognised and found.
    let (good, post) = (file(&picture(7))?, line("good.png").into_bytes());
    let taken =
        hand_in(&face, &token, &[("records", "good.ndjson", &post), ("media", "good.png", &good)]).await?;
    assert_eq!((taken.status, taken.body["new"].as_u64()), (200, Some(1)), "{taken:?}");
    work(&face.house).await?;
    let turned = base64::prelude::BASE64_STANDARD.encode(file(&picture(7).fliph())?);
    let body = json!({ "picture": turned, "reason": "asked by a test" });
    let found = face.call(Some(&token), Method::POST, "/api/v1/search", Some(body)).await?;
    assert_eq!((found.status, found.body["observations"].as_u64()), (200, Some(1)), "{found:?}");
    house::sound(&face.house).await;
    face.served.stop().await;
    Ok(())
}

fn line(picture: &str) -> String {
    let media = json!([{ "kind": "image", "path": picture }]);
    json!({ "id": picture, "url": format!("https://{HOST}/{picture}"), "text": "Look at this", "media": media })
        .to_string()
}

async fn still_answers(face: &Face) -> house::Outcome {
    let health = face.call(None, Method::GET, "/health", None).await?;
    assert_eq!((health.status, health.body["state"].as_str()), (200, Some("up")), "{health:?}");
    Ok(())
}

/// Hands in files: the field, the name, the bytes.
async fn hand_in(
    face: &Face,
    token: &str,
    files: &[(&str, &str, &Vec<u8>)],
) -> Result<face::Said, face::Fail> {
    let fields = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nndjson\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\ntest\r\n"
    );
    posted(face, token, "/api/v1/intake", (fields, files)).await
}

const BOUNDARY: &str = "a-boundary-of-these-tests-2f9d";

/// A file of a form: its field, its name, its bytes.
type Sent<'a> = (&'a str, &'a str, &'a Vec<u8>);

/// Posts a form: its plain fields as they are sent, and its files.
async fn posted(
    face: &Face,
    token: &str,
    path: &str,
    (fields, files): (String, &[Sent<'_>]),
) -> Result<face::Said, face::Fail> {
    let mut body = fields.into_bytes();
    for (field, name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    let request = face.http.post(face.url(path)).bearer_auth(token);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    face::said(request.header("content-type", kind).body(body).send().await?).await
}

async fn found() -> house::Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let folder = house.folder.join("media");
    std::fs::create_dir_all(&folder)?;
    let mut lines = String::new();
    for number in 1..=4 {
        // The fourth is the first with a border.
        let shown = if number == 4 { bordered(&picture(1)) } else { picture(number) };
        std::fs::write(folder.join(format!("{number}.png")), file(&shown)?)?;
        let media = json!([{ "kind": "image", "path": format!("{number}.png") }]);
        let url = format!("https://{HOST}/watch/{number}");
        let line = json!({ "id": format!("p{number}"), "url": url, "text": "Look at this", "media": media });
        lines.push_str(&format!("{line}\n"));
    }
    assert_eq!(
        Handed::to(one.id())
            .relevance(Relevance::Hold { days: 7 })
            .media(&folder)
            .lines(house, lines)
            .await?
            .new,
        4
    );
    work(house).await?;
    assert!(queue(&house.db, one).await?.is_empty());

    let space = Authorised::check(&one.coordinator, one.id(), one.id())?;
    let new = NewBank {
        name: "pictures".to_owned(),
        opinion: Opinion::Positive,
        origin: "made for the test".to_owned(),
        legal_basis: "national:be:test".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: house.clock.now() + SignedDuration::from_hours(24),
        sharing: Sharing::Red,
        class: ListClass::Ordinary,
    };
    let bank = signals::make_bank(house, &space, new).await?;
    let bank = Authorised::check(&one.coordinator, one.id(), bank)?;
    // One picture is known lying on its side, another by the MD5 of its file.
    let turned = picture(1).rotate90().to_rgb8();
    let view = perceptual::Rgb::new(96, 96, turned.as_raw()).ok_or("no view")?;
    let pdq = perceptual::pdq::hash(&view).ok_or("no hash")?;
    let pdq: String = pdq.hash.words().iter().map(|word| format!("{word:016x}")).collect();
    let md5 = hex::encode(md5::Md5::digest(std::fs::read(folder.join("2.png"))?));
    let rows = format!("kind,value\npdq,{pdq}\nmd5,{md5}\n").into_bytes();
    assert_eq!(signals::import(house, &bank, Format::Csv, Cursor::new(rows)).await?.new, 2);
    work(house).await?;
    let raised = queue(&house.db, one).await?;
    assert_eq!(raised.len(), 2, "the third one is still only held");
    let mut variants = Vec::new();
    for cluster in &raised {
        let shown = store::matches::of_cluster(&house.db, cluster.id, 9).await?;
        variants.extend(shown.into_iter().map(|shown| shown.why.variant));
    }
    variants.sort();
    assert_eq!(variants.len(), 3);
    assert_eq!(variants[0], "normalised");
    assert!(variants[1].starts_with("rotate_"), "{variants:?}");
    assert!(variants[2].starts_with("trimmed+rotate_"), "{variants:?}");

    let space = Authorised::check(&one.analyst, one.id(), one.id())?;
    for (number, expected) in [(1, 1), (2, 1), (3, 0), (4, 0)] {
        let turned = file(&picture(number).fliph().brighten(6))?;
        let answer = app::search::ask(house, &space, Question::Picture(turned), "asked by a test").await?;
        assert_eq!(answer.observations, expected, "picture {number}");
    }
    // The list that is searched follows what comes in, and goes without what is forgotten.
    let near = house.folder.join("near").join(one.id().to_string()).join("searched");
    assert!(near.is_dir(), "a list like those of lookups");
    let (ask, later) = (file(&picture(9).fliph())?, house.folder.join("later"));
    let asked =
        async || app::search::ask(house, &space, Question::Picture(ask.clone()), "asked by a test").await;
    assert_eq!(asked().await?.observations, 0);
    std::fs::create_dir_all(&later)?;
    std::fs::write(later.join("9.png"), file(&picture(9))?)?;
    std::fs::write(later.join("posts.ndjson"), format!("{}\n", line("9.png")))?;
    assert_eq!(Handed::to(one.id()).media(&later).file(house, &later.join("posts.ndjson")).await?.new, 1);
    work(house).await?;
    assert_eq!(asked().await?.observations, 1);
    std::fs::remove_dir_all(&near)?;
    assert_eq!(asked().await?.observations, 1, "made again, or still open");
    let damaged = app::search::ask(house, &space, Question::Picture(vec![7; 99]), "asked by a test").await;
    assert!(matches!(damaged, Err(app::Error::Input(_))));
    let asked = (app::hash::Content::Picture, file(&picture(3))?);
    let hashes = app::hash::run(house, &space, asked, Some("asked by a test")).await?;
    let shown = picture(3).to_rgb8();
    let view = perceptual::Rgb::new(96, 96, shown.as_raw()).ok_or("no view")?;
    let wanted = perceptual::pdq::hash(&view).ok_or("no hash")?.hash.to_string();
    assert_eq!((hashes.len(), &hashes[&SignalKind::Pdq]), (4, &wanted));
    // The same by program (D19): every position of a picture, and what cannot be decoded by its digests alone.
    let lookup = async |bytes: Vec<u8>| {
        app::lookup::ask(
            house,
            &space,
            app::lookup::Question::File(app::hash::Content::Any, bytes),
            None,
            Some("asked by a test"),
        )
        .await
    };
    let answer = lookup(file(&picture(1).fliph().brighten(6))?).await?;
    let hits = &answer[&SignalKind::Pdq];
    assert!(
        hits.len() == 1 && hits[0].why.bank == "pictures" && hits[0].why.variant != "original",
        "{hits:?}"
    );
    let nobody = std::collections::BTreeSet::from(["nobody's".to_owned()]);
    let of_md5 = app::lookup::Question::Value(SignalKind::Md5, md5);
    let unknown = app::lookup::ask(house, &space, of_md5, Some(&nobody), Some("asked by a test")).await;
    assert!(matches!(unknown, Err(app::Error::Input(_))), "{unknown:?}");
    let answer = lookup(file(&bordered(&picture(1).fliph()))?).await?;
    assert!(answer[&SignalKind::Pdq][0].why.variant.starts_with("trimmed+"), "{answer:?}");
    assert_eq!(lookup(std::fs::read(folder.join("2.png"))?).await?[&SignalKind::Md5].len(), 1);
    assert!(lookup(file(&picture(3))?).await?.values().all(Vec::is_empty));
    let mut cut = file(&picture(1))?;
    cut.truncate(60);
    let answer = lookup(cut).await?;
    assert!(answer.len() == 3 && answer.values().all(Vec::is_empty), "{answer:?}");
    house::sound(house).await;
    Ok(())
}

/// An Open Document of one slide with these words, a link and a picture.
fn slide(words: &str, picture: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    use std::io::Write as _;
    let content = format!(
        "<document-content><body><presentation><page><p>{words} <a href=\"https://{HOST}/offer\">here</a></p>\
         <image href=\"Pictures/a.png\"/></page></presentation></body></document-content>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("mimetype", &b"application/vnd.oasis.opendocument.presentation"[..]),
        ("content.xml", content.as_bytes()),
        ("Pictures/a.png", picture),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

async fn looked_into() -> house::Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let space = Authorised::check(&one.coordinator, one.id(), one.id())?;
    let new = NewBank {
        name: "known".to_owned(),
        opinion: Opinion::Positive,
        origin: "made for the test".to_owned(),
        legal_basis: "national:be:test".to_owned(),
        distance: PDQ_DISTANCE_BITS,
        review_at: house.clock.now() + SignedDuration::from_hours(24),
        sharing: Sharing::Red,
        class: ListClass::Ordinary,
    };
    let bank = signals::make_bank(house, &space, new).await?;
    let bank = Authorised::check(&one.coordinator, one.id(), bank)?;
    let pixels = picture(1).to_rgb8();
    let view = perceptual::Rgb::new(96, 96, pixels.as_raw()).ok_or("no view")?;
    let pdq = perceptual::pdq::hash(&view).ok_or("no hash")?.hash;
    let rows = format!("kind,value\npdq,{pdq}\nterm,green hills\nurl,https://{HOST}/offer\n").into_bytes();
    assert_eq!(signals::import(house, &bank, Format::Csv, Cursor::new(rows)).await?.new, 3);

    let folder = house.folder.join("media");
    std::fs::create_dir_all(&folder)?;
    let known = file(&picture(1).fliph())?;
    let whole = slide("Walk over green hills", &known).map_err(|error| error.to_string())?;
    std::fs::write(folder.join("cut.odp"), &whole[..whole.len() / 2])?;
    std::fs::write(folder.join("known.odp"), whole)?;
    let mut lines = String::new();
    for name in ["known.odp", "cut.odp"] {
        lines.push_str(&line(name).replace("image", "document"));
        lines.push('\n');
    }
    assert_eq!(
        Handed::to(one.id())
            .relevance(Relevance::Hold { days: 7 })
            .media(&folder)
            .lines(house, lines)
            .await?
            .new,
        2
    );
    work(house).await?;
    let raised = queue(&house.db, one).await?;
    assert_eq!(raised.len(), 1, "the one that cannot be read is only held");
    let shown = store::matches::of_cluster(&house.db, raised[0].id, 9).await?;
    let mut why: Vec<(&str, &str)> =
        shown.iter().map(|shown| (shown.why.kind.word(), shown.why.variant.as_str())).collect();
    why.sort_unstable();
    assert_eq!(why, [("pdq", "in_document"), ("term", "in_document"), ("url", "normalised")]);
    assert!(shown.iter().any(|shown| shown.why.sentence().starts_with("A picture in a document is near")));
    house::sound(house).await;
    Ok(())
}
