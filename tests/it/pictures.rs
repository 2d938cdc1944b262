//! Pictures through the decoder box: fingerprints of files at hand, matches of turned forms, search by picture.
//!
//! This test program starts itself as the decoder's child; therefore it has a harness of its own.

#[path = "../../crates/connect/tests/decoder/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the fixture of the other tests; this program needs a part of it")]
mod house;

use app::search::Question;
use app::signals::{self, Format, NewBank};
use domain::access::Authorised;
use domain::bank::{Opinion, PDQ_DISTANCE_BITS};
use house::{Built, HOST, queue, work};
use image::{DynamicImage, ImageFormat, RgbImage};
use jiff::SignedDuration;
use md5::Digest as _;
use serde_json::json;
use std::io::Cursor;
use std::process::ExitCode;
use store::intake::Relevance;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(app::CHILD_ARGUMENT) => app::decoder_child::run(),
        _ => harness::run(
            &[("files_are_fingerprinted_and_found", files_are_fingerprinted_and_found)],
            &arguments,
        ),
    }
}

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

fn file(picture: &DynamicImage) -> Result<Vec<u8>, image::ImageError> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}

fn files_are_fingerprinted_and_found() -> harness::Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    runtime.block_on(found()).map_err(|error| error.to_string().into())
}

async fn found() -> house::Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let folder = house.folder.join("media");
    std::fs::create_dir_all(&folder)?;
    let mut lines = String::new();
    for number in 1..=3 {
        std::fs::write(folder.join(format!("{number}.png")), file(&picture(number))?)?;
        let media = json!([{ "kind": "image", "path": format!("{number}.png") }]);
        let url = format!("https://{HOST}/watch/{number}");
        let line = json!({ "id": format!("p{number}"), "url": url, "text": "Look at this", "media": media });
        lines.push_str(&format!("{line}\n"));
    }
    let list = house.folder.join("pictures.ndjson");
    std::fs::write(&list, lines)?;
    let intake = app::observe::Intake {
        space: one.id(),
        agency: one.id(),
        person: None,
        source: "pictures".to_owned(),
        relevance: Relevance::Hold { days: 7 },
        format: "ndjson".to_owned(),
        mapping: None,
        file: list,
        media_folder: Some(folder.clone()),
    };
    assert_eq!(app::observe::run(house, intake).await?.new, 3);
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
        let shown = store::signal::of_cluster(&house.db, cluster.id, 9).await?;
        variants.extend(shown.into_iter().map(|shown| shown.why.variant));
    }
    variants.sort();
    assert_eq!(variants.len(), 2);
    assert_eq!(variants[0], "normalised");
    assert!(variants[1].starts_with("rotate_"), "{variants:?}");

    let space = Authorised::check(&one.analyst, one.id(), one.id())?;
    for (number, expected) in [(1, 1), (2, 1), (3, 0), (4, 0)] {
        let turned = file(&picture(number).fliph().brighten(6))?;
        let answer = app::search::ask(house, &space, Question::Picture(turned), "asked by a test").await?;
        assert_eq!(answer.observations, expected, "picture {number}");
    }
    let damaged = app::search::ask(house, &space, Question::Picture(vec![7; 99]), "asked by a test").await;
    assert!(matches!(damaged, Err(app::Error::Input(_))));
    house::sound(house).await;
    Ok(())
}
