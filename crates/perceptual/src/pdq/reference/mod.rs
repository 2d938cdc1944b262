//! PDQ written down plainly: one loop for each sentence of the description. The fast path is tested against it.
//!
//! It holds the whole picture as `f32` and walks it four times. Nothing here is clever on purpose.

mod blur;

use super::bits::{self, Coefficients, KEPT, SAMPLES, Samples};
use super::{COSINES, Dihedral, MIN_SIDE_PX, PdqResult, centre};
use crate::Rgb;
use blur::blur;

/// As [`super::hash`].
#[must_use]
pub fn hash(picture: &Rgb<'_>) -> Option<PdqResult> {
    let samples = if super::is_sampled(picture) { samples_as_given(picture) } else { samples_of(picture)? };
    Some(PdqResult { hash: bits::bits(&coefficients(&samples)), quality: bits::quality(&samples) })
}

/// As [`super::dihedral`].
#[must_use]
pub fn dihedral(picture: &Rgb<'_>) -> Option<Dihedral> {
    let samples = samples_of(picture)?;
    Some(Dihedral { forms: bits::forms(&coefficients(&samples)), quality: bits::quality(&samples) })
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
    Some(std::array::from_fn(|y| {
        let row = &luma[centre(y, height) * width..][..width];
        std::array::from_fn(|x| row[centre(x, width)])
    }))
}

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
