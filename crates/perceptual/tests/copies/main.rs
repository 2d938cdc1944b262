//! Copies of generated pictures are found, by the way that says what was done to them, and others are not.

#[path = "../pdq/drawing.rs"]
mod drawing;

use perceptual::points::{self, Points};
use perceptual::variants::{self, Name};
use perceptual::view::Region;
use perceptual::{Rgb, pdq};

type Failure = Box<dyn std::error::Error>;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;

/// A drawing; a `collage` is the mean of several, so that there are corners enough.
fn drawn(kind: &str, seed: u64) -> Result<Vec<u8>, Failure> {
    let draw = |kind: &str, seed| drawing::draw(kind, WIDTH as u64, HEIGHT as u64, seed);
    if kind != "collage" {
        return Ok(draw(kind, seed)?);
    }
    let parts =
        [draw("boxes", seed)?, draw("boxes", seed + 100)?, draw("boxes", seed + 200)?, draw("clouds", seed)?];
    let sum = |at: usize| parts.iter().map(|part| usize::from(part[at])).sum::<usize>();
    Ok((0..parts[0].len()).map(|at| (sum(at) / parts.len()) as u8).collect())
}

fn picture(pixels: &[u8], width: usize, height: usize) -> Result<Rgb<'_>, Failure> {
    Ok(Rgb::new(width.try_into()?, height.try_into()?, pixels).ok_or("size")?)
}

#[test]
fn a_cut_copy_is_found_by_the_list_and_by_points() -> Result<(), Failure> {
    let original = drawn("collage", 3)?;
    let listed = picture(&original, WIDTH, HEIGHT)?;
    let region = Region::whole(&listed).cropped(0.05);
    let cut = region.pixels(&listed);
    let asked = picture(&cut, region.width, region.height)?;

    let met = variants::meet(&variants::listed(&listed), &variants::asked(&asked)).ok_or("not met")?;
    assert_eq!((met.listed, met.asked, met.form), (Name::Crop(50), Name::Whole, 0));

    let (listed, asked) = (Points::of(&listed), Points::of(&asked));
    let lay = points::align(&listed, &asked, points::pairs(&listed, &asked)).ok_or("not laid")?;
    assert!(lay.is_match(), "{lay:?}");
    let (left, top) = lay.corners[0];
    assert!((left + 0.055).abs() < 0.02 && (top + 0.055).abs() < 0.02, "{lay:?}");
    Ok(())
}

#[test]
fn a_mirrored_copy_with_a_border_is_found_in_its_position() -> Result<(), Failure> {
    let original = drawn("collage", 3)?;
    let (width, height) = (WIDTH + 40, HEIGHT + 40);
    let mut pixels = vec![0; width * height * 3];
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let to = ((y + 20) * width + x + 20) * 3;
            let from = (y * WIDTH + WIDTH - 1 - x) * 3;
            pixels[to..to + 3].copy_from_slice(&original[from..from + 3]);
        }
    }
    let (listed, asked) = (picture(&original, WIDTH, HEIGHT)?, picture(&pixels, width, height)?);
    let met = variants::meet(&variants::listed(&listed), &variants::asked(&asked)).ok_or("not met")?;
    assert_eq!((met.asked, pdq::FORM_NAMES[met.form]), (Name::Trimmed, "flip-y"));
    assert_eq!(met.region, Region { x: 20, y: 20, width: WIDTH, height: HEIGHT });

    let (listed, turned) = (Points::of(&listed), Points::of(&asked).form(met.form));
    let lay = points::align(&listed, &turned, points::pairs(&listed, &turned)).ok_or("not laid")?;
    assert!(lay.is_match(), "{lay:?}");
    Ok(())
}

#[test]
fn other_pictures_are_not_found() -> Result<(), Failure> {
    for (kind, seed) in [("collage", 4), ("boxes", 9), ("text", 3), ("clouds", 5), ("noise", 3), ("flat", 3)]
    {
        let (one, other) = (drawn("collage", 3)?, drawn(kind, seed)?);
        let (one, other) = (picture(&one, WIDTH, HEIGHT)?, picture(&other, WIDTH, HEIGHT)?);
        assert_eq!(variants::meet(&variants::listed(&one), &variants::asked(&other)), None, "{kind}");
        let (listed, asked) = (Points::of(&one), Points::of(&other));
        for form in 0..8 {
            let asked = asked.form(form);
            let lay = points::align(&listed, &asked, points::pairs(&listed, &asked));
            assert!(!lay.is_some_and(|lay| lay.is_match()), "{kind} {form} {lay:?}");
        }
    }
    Ok(())
}

#[test]
fn small_and_thin_pictures_do_no_harm() -> Result<(), Failure> {
    for (width, height) in [(0, 0), (1, 1), (4, 900), (5, 5), (5, 3000), (3000, 6), (39, 39)] {
        let pixels: Vec<u8> = (0..width * height * 3).map(|n| (n * n / 7) as u8).collect();
        let picture = picture(&pixels, width, height)?;
        let points = Points::of(&picture);
        assert!(points.points.len() <= points::MAX_POINTS);
        let (listed, asked) = (variants::listed(&picture), variants::asked(&picture));
        assert_eq!(asked.is_empty(), width.min(height) < pdq::MIN_SIDE_PX, "{width}x{height}");
        assert!(listed.len() >= usize::from(!asked.is_empty()));
    }
    Ok(())
}

/// A row of twenty signs, 36 pixels high, drawn by seed onto a picture, from its left edge on.
fn sign_row(pixels: &mut [u8], top: usize, seed: u64, shade: u8) -> Result<(), Failure> {
    let signs = drawing::draw("noise", 80, 6, seed)?;
    for y in 0..36 {
        for x in 0..600 {
            let (sign, column) = (x / 30, x % 30 / 6);
            if column < 4 && signs[(y / 6 * 80 + sign * 4 + column) * 3] > 128 {
                pixels[((top + y) * WIDTH + 20 + x) * 3..][..3].fill(shade);
            }
        }
    }
    Ok(())
}

#[test]
fn pictures_that_share_a_line_of_words_and_nothing_else_are_not_found() -> Result<(), Failure> {
    let (mut one, mut other) = (vec![60; WIDTH * HEIGHT * 3], vec![90; WIDTH * HEIGHT * 3]);
    sign_row(&mut one, 120, 7, 230)?;
    sign_row(&mut other, 300, 7, 210)?;
    let (one, other) = (picture(&one, WIDTH, HEIGHT)?, picture(&other, WIDTH, HEIGHT)?);
    let (listed, asked) = (Points::of(&one), Points::of(&other));
    let lay = points::align(&listed, &asked, points::pairs(&listed, &asked)).ok_or("not laid")?;
    // Everything else speaks for a match.
    assert!(lay.places >= 16 && lay.agreement >= 0.6 && lay.visible >= 0.3, "{lay:?}");
    assert!(lay.places as f32 * lay.support >= 9.0, "{lay:?}");
    assert_eq!(lay.spread, 0, "{lay:?}");
    assert!(!lay.is_match(), "{lay:?}");
    Ok(())
}

#[test]
fn a_sheet_of_many_lines_is_found_though_a_banner_hides_a_third() -> Result<(), Failure> {
    let mut sheet = vec![60; WIDTH * HEIGHT * 3];
    for line in 0..8u64 {
        sign_row(&mut sheet, 10 + line as usize * 58, 11 + line, 230)?;
    }
    let mut hidden = sheet.clone();
    hidden[..WIDTH * HEIGHT / 3 * 3].fill(255);
    let (sheet, hidden) = (picture(&sheet, WIDTH, HEIGHT)?, picture(&hidden, WIDTH, HEIGHT)?);
    let (listed, asked) = (Points::of(&sheet), Points::of(&hidden));
    let lay = points::align(&listed, &asked, points::pairs(&listed, &asked)).ok_or("not laid")?;
    assert!(lay.is_match() && lay.spread >= 16, "{lay:?}");
    Ok(())
}
