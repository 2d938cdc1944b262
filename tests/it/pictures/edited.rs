//! Edited copies of pictures that people verified: a bank file, and the house in which it was imported, find the same.

use crate::file;
use crate::house::{self, Built, work};
use crate::media::{bank, posts, shown};
use bankfile::bank::Bank;
use bankfile::walk::Rules;
use bankfile::{Opinion, Want, compare, make, picture::Pictures};
use domain::bank::SignalKind;
use image::{DynamicImage, RgbImage};
use std::collections::BTreeMap;

const SIZE: (u32, u32) = (320, 240);

/// Waves and blocks; each number is another picture.
fn scene(number: u32) -> DynamicImage {
    let part = |n: u32| {
        f64::from(number.wrapping_mul(2_654_435_761).wrapping_add(n.wrapping_mul(40_503)) >> 7 & 1023)
            / 1023.0
    };
    let block = |x: u32, y: u32| {
        let inside = |n: &u32| {
            let (left, top) = (part(*n) * 260.0, part(n + 1) * 190.0);
            let (right, bottom) = (left + 20.0 + part(n + 2) * 80.0, top + 20.0 + part(n + 3) * 60.0);
            (left..right).contains(&f64::from(x)) && (top..bottom).contains(&f64::from(y))
        };
        (0..24).step_by(4).filter(inside).count()
    };
    RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let (across, down) = (f64::from(x) / 60.0, f64::from(y) / 60.0);
        let wave = |n: u32| {
            (across * (0.5 + part(n) * 2.0) + down * (0.5 + part(n + 1) * 2.0) + part(n + 2) * 6.0).sin()
        };
        let light = 110.0 + 40.0 * wave(50) + 30.0 * wave(60) + 45.0 * (block(x, y) % 3) as f64;
        let value = |n: u32| (light + 12.0 * wave(n)).clamp(0.0, 255.0) as u8;
        image::Rgb([value(70), value(80), value(90)])
    })
    .into()
}

/// Without so many hundredths at each side.
fn cut(picture: &DynamicImage, hundredths: u32) -> DynamicImage {
    let (left, top) = (SIZE.0 * hundredths / 100, SIZE.1 * hundredths / 100);
    picture.crop_imm(left, top, SIZE.0 - 2 * left, SIZE.1 - 2 * top)
}

fn framed(picture: &DynamicImage) -> DynamicImage {
    let mut page = RgbImage::from_pixel(SIZE.0 + 60, SIZE.1 + 60, image::Rgb([250; 3]));
    image::imageops::overlay(&mut page, &picture.to_rgb8(), 30, 30);
    page.into()
}

pub(super) async fn found() -> house::Outcome {
    let built = &Built::new().await?;
    let (originals, copies) = (built.house.folder.join("originals"), built.house.folder.join("copies"));
    std::fs::create_dir_all(&originals)?;
    std::fs::create_dir_all(&copies)?;
    let mut names = Vec::new();
    for number in 1..=4 {
        let whole = scene(number);
        // The fourth is not listed.
        if number < 4 {
            std::fs::write(originals.join(format!("{number}.png")), file(&whole)?)?;
        }
        let edits = [
            ("light", whole.brighten(9)),
            ("cut5", cut(&whole, 5)),
            ("cut10", cut(&whole, 10)),
            ("cut8-mirrored", cut(&whole, 8).fliph()),
            ("framed", framed(&whole)),
            ("cut5-framed", framed(&cut(&whole, 5))),
        ];
        for (edit, picture) in edits {
            let name = format!("{number}-{edit}.png");
            std::fs::write(copies.join(&name), file(&picture)?)?;
            names.push(name);
        }
    }
    let out = built.house.folder.join("verified.ndjson");
    let plan = make::Plan {
        folder: originals,
        out: out.clone(),
        name: "verified".to_owned(),
        opinion: Opinion::Positive,
        verified: true,
        texts: false,
        rules: Rules::new(&[], false)?,
        bytes_max: 1 << 20,
    };
    make::run(plan, &mut |_, trouble| assert_eq!(trouble, None)).await?;
    let rows = std::fs::read_to_string(&out)?;
    let summary = bank(&built.desk(), rows.clone()).await?;
    assert_eq!((summary.new, summary.cut), (6, 3), "{summary:?}");

    let of_names: Vec<&str> = names.iter().map(String::as_str).collect();
    posts(&built.desk(), &copies, &of_names).await?;
    work(&built.house).await?;
    let (listed, pictures) = (Bank::read(&out).map_err(|error| format!("{error:?}"))?, Pictures::new()?);
    let mut by_cut = BTreeMap::new();
    for name in &names {
        let want = Want { asked: true, ..Want::default() };
        let decoded =
            pictures.of_file(&copies.join(name), want).await.map_err(|error| format!("{error:?}"))?;
        let of_file = compare::picture(&listed, &decoded.asked, None);
        let expected: Vec<u32> = of_file.iter().filter_map(|one| one.distance).collect();
        let of_house = shown(built, name).await?;
        let pictures = of_house.iter().filter(|one| one.why.kind == SignalKind::Pdq);
        let distances: Vec<u32> = pictures.map(|one| one.why.distance).collect();
        assert_eq!(distances, expected, "{name}: {of_file:?}");
        for one in of_house.iter().filter(|one| one.why.variant.contains("crop-")) {
            by_cut.insert(name.clone(), one.why.variant.clone());
        }
        assert_eq!(distances.is_empty(), name.starts_with('4'), "{name}");
    }
    // The cut copies of three pictures, two of them mirrored or in a frame, are found by cuts alone.
    assert!(by_cut.len() >= 9, "{by_cut:?}");
    assert!(by_cut.values().any(|variant| variant.starts_with("flip_y+crop-")), "{by_cut:?}");
    assert!(by_cut.values().any(|variant| variant.starts_with("trimmed+crop-")), "{by_cut:?}");
    house::sound(&built.house).await;
    Ok(())
}
