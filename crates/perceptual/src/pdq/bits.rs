//! From samples to quality, and from coefficients to bits: the small end of PDQ, the same for both paths.

use crate::Hash256;

/// Side of the sampled picture.
pub(super) const SAMPLES: usize = 64;

/// Side of the coefficients kept: rows 1 to 16, the constant one is left out.
pub(super) const KEPT: usize = 16;

/// Gradient points for one point of quality.
const GRADIENT_PER_QUALITY: u32 = 90;

/// The picture after blur and sampling, rows first.
pub(super) type Samples = [[f32; SAMPLES]; SAMPLES];

/// Rows and columns 1 to 16 of the cosine transform.
pub(super) type Coefficients = [[f32; KEPT]; KEPT];

/// The sum of the steps between neighbours, each cut to a whole percent of the range.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps are within 0 to 100")]
pub(super) fn quality(samples: &Samples) -> u8 {
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

/// One bit for each coefficient above the lower median.
pub(super) fn bits(coefficients: &Coefficients) -> Hash256 {
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
pub(super) fn forms(original: &Coefficients) -> [Hash256; 8] {
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
