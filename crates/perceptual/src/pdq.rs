//! PDQ, the plain reference: luma, blur, 64 x 64 samples, 16 x 16 cosine coefficients, one bit each.
//!
//! Source: the published description of PDQ (2017) and the behaviour of its reference binding, to the bit.
//! Compatible means: full resolution, no thumbnail first, no orientation applied, alpha dropped. Rust never
//! contracts a product and a sum into one rounding, which the last bit depends on.

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::filter::blur;
use crate::{Hash256, Rgb};

/// A picture with a side under this many pixels has no hash.
pub const MIN_SIDE_PX: usize = 5;

/// Under this quality a hash is kept but never matched automatically.
pub const MIN_MATCH_QUALITY: u8 = 50;

/// Side of the sampled picture.
const SAMPLES: usize = 64;

/// Side of the coefficients kept: rows 1 to 16, the constant one is left out.
const KEPT: usize = 16;

/// Gradient points for one point of quality.
const GRADIENT_PER_QUALITY: u32 = 90;

type Samples = [[f32; SAMPLES]; SAMPLES];
type Coefficients = [[f32; KEPT]; KEPT];

/// A hash and how much there was to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PdqResult {
    /// The hash.
    pub hash: Hash256,
    /// 0 (flat) to 100.
    pub quality: u8,
}

/// The hashes of a picture in its eight positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dihedral {
    /// In the order of [`FORM_NAMES`].
    pub forms: [Hash256; 8],
    /// 0 (flat) to 100, the same for all.
    pub quality: u8,
}

/// The names of the eight forms, in their order.
pub const FORM_NAMES: [&str; 8] =
    ["original", "rotate-90", "rotate-180", "rotate-270", "flip-x", "flip-y", "flip-plus-1", "flip-minus-1"];

/// The hash of a picture; `None` when a side is under [`MIN_SIDE_PX`].
///
/// A picture of exactly 64 x 64 pixels is taken as sampled already, as the reference does.
#[must_use]
pub fn hash(picture: &Rgb<'_>) -> Option<PdqResult> {
    let samples = if is_sampled(picture) { samples_as_given(picture) } else { samples_of(picture)? };
    Some(PdqResult { hash: bits(&coefficients(&samples)), quality: quality(&samples) })
}

/// The hashes of the eight positions, from one blur; `None` when a side is under [`MIN_SIDE_PX`].
///
/// The first form equals [`hash`], except that a picture of 64 x 64 pixels is blurred here: so does the
/// reference, and the two may differ there.
#[must_use]
pub fn dihedral(picture: &Rgb<'_>) -> Option<Dihedral> {
    let samples = samples_of(picture)?;
    Some(Dihedral { forms: forms(&coefficients(&samples)), quality: quality(&samples) })
}

/// [`hash`] and [`dihedral`] for the price of one.
#[must_use]
pub fn hash_and_dihedral(picture: &Rgb<'_>) -> Option<(PdqResult, Dihedral)> {
    let all = dihedral(picture)?;
    let one = if is_sampled(picture) {
        hash(picture)?
    } else {
        PdqResult { hash: all.forms[0], quality: all.quality }
    };
    Some((one, all))
}

fn is_sampled(picture: &Rgb<'_>) -> bool {
    picture.width() == SAMPLES && picture.height() == SAMPLES
}

/// 0.299 R + 0.587 G + 0.114 B in `f64`, rounded once.
#[expect(clippy::cast_possible_truncation, reason = "the one rounding to f32")]
fn luma(picture: &Rgb<'_>) -> Vec<f32> {
    let value = |rgb: &[u8; 3]| {
        let [red, green, blue] = rgb.map(f64::from);
        (red * 0.299 + green * 0.587 + blue * 0.114) as f32
    };
    picture.pixels().as_chunks::<3>().0.iter().map(value).collect()
}

fn samples_as_given(picture: &Rgb<'_>) -> Samples {
    let luma = luma(picture);
    std::array::from_fn(|y| std::array::from_fn(|x| luma[y * SAMPLES + x]))
}

/// Blurs and takes the value at the centre of each of 64 x 64 cells.
fn samples_of(picture: &Rgb<'_>) -> Option<Samples> {
    let (width, height) = (picture.width(), picture.height());
    if width.min(height) < MIN_SIDE_PX {
        return None;
    }
    let mut luma = luma(picture);
    blur(&mut luma, width, height);
    let centre = |cell: usize, side: usize| (2 * cell + 1) * side / (2 * SAMPLES);
    Some(std::array::from_fn(|y| {
        let row = &luma[centre(y, height) * width..][..width];
        std::array::from_fn(|x| row[centre(x, width)])
    }))
}

/// The sum of the steps between neighbours, each cut to a whole percent of the range.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps are within 0 to 100")]
fn quality(samples: &Samples) -> u8 {
    let step = |a: f32, b: f32| ((a - b) * 100.0 / 255.0).abs() as u32;
    let mut gradient = 0;
    for (y, row) in samples.iter().enumerate() {
        gradient += row.windows(2).map(|pair| step(pair[0], pair[1])).sum::<u32>();
        if let Some(below) = samples.get(y + 1) {
            gradient += row.iter().zip(below).map(|(a, b)| step(*a, *b)).sum::<u32>();
        }
    }
    (gradient / GRADIENT_PER_QUALITY).min(100) as u8
}

/// Rows 1 to 16 of the cosine transform of 64 values.
static COSINES: LazyLock<[[f32; SAMPLES]; KEPT]> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, reason = "the factor and each entry are rounded to f32")]
    let entry = |row: u32, column: u32| {
        let factor = f64::from((2.0f64 / 64.0).sqrt() as f32);
        let angle = PI / 2.0 / 64.0 * f64::from(row + 1) * f64::from(2 * column + 1);
        (factor * angle.cos()) as f32
    };
    let mut matrix = [[0.0; SAMPLES]; KEPT];
    for (row, line) in (0..).zip(&mut matrix) {
        line.iter_mut().zip(0..).for_each(|(value, column)| *value = entry(row, column));
    }
    matrix
});

/// C A Cᵀ with every sum taken in the order of its index.
fn coefficients(samples: &Samples) -> Coefficients {
    let cosines = &*COSINES;
    let half: [[f32; SAMPLES]; KEPT] = std::array::from_fn(|i| {
        let mut row = [0.0; SAMPLES];
        for (factor, line) in cosines[i].iter().zip(samples) {
            row.iter_mut().zip(line).for_each(|(sum, value)| *sum += factor * value);
        }
        row
    });
    let dot = |a: &[f32; SAMPLES], b: &[f32; SAMPLES]| a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b);
    std::array::from_fn(|i| std::array::from_fn(|j| dot(&half[i], &cosines[j])))
}

/// One bit for each coefficient above the lower median.
fn bits(coefficients: &Coefficients) -> Hash256 {
    let mut sorted = coefficients.as_flattened().to_vec();
    let (_, median, _) = sorted.select_nth_unstable_by(KEPT * KEPT / 2 - 1, f32::total_cmp);
    let mut hash = Hash256::default();
    for (index, value) in coefficients.as_flattened().iter().enumerate() {
        if value > median {
            hash.set_bit(index);
        }
    }
    hash
}

/// A position of the picture changes signs of coefficients, and a quarter turn swaps rows and columns.
fn forms(original: &Coefficients) -> [Hash256; 8] {
    let form = |swapped: bool, negative: fn(usize, usize) -> bool| {
        let mut turned = [[0.0; KEPT]; KEPT];
        for (i, row) in original.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let place = if swapped { &mut turned[j][i] } else { &mut turned[i][j] };
                *place = if negative(i, j) { -value } else { *value };
            }
        }
        bits(&turned)
    };
    [
        form(false, |_, _| false),
        form(true, |_, j| j % 2 == 0),
        form(false, |i, j| (i + j) % 2 == 1),
        form(true, |i, _| i % 2 == 0),
        form(false, |i, _| i % 2 == 0),
        form(false, |_, j| j % 2 == 0),
        form(true, |_, _| false),
        form(true, |i, j| (i + j) % 2 == 1),
    ]
}
