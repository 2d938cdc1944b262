//! PDQ: luma, blur, 64 x 64 samples, 16 x 16 cosine coefficients, one bit each.
//!
//! Source: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019) and the
//! behaviour of the reference binding of ThreatExchange (PyPI: pdqhash), to the bit. Compatible means: full
//! resolution, no thumbnail first, no orientation applied, alpha dropped. What decides bits that a shorter
//! description would leave open:
//!
//! - luma is 0.299 R + 0.587 G + 0.114 B, rounded once to `f32`;
//! - the blur is two passes of a box over rows, then columns. The box is the side over 128, rounded up. It keeps a
//!   running `f32` sum (a value enters, then one leaves), and divides by how many it holds, also at the edges;
//! - samples are the centres of 64 x 64 cells, without interpolation;
//! - quality sums the steps between neighbouring samples, each cut to a whole number, over 90, at most 100;
//! - the cosine transform leaves out the constant row and column, and each sum is taken in the order of its index;
//! - a bit is set above the lower median. Bit 0 is the last of the hexadecimal text.
//!
//! [`mod@reference`] says this in plain loops. [`hash`] and its sisters do the same operations on the same values in
//! the same order, sixteen lines at a time, in one walk over the picture; `fast_is_the_reference` holds them together.

mod bits;
mod fast;
pub mod reference;

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::{Hash256, Rgb};
use bits::{KEPT, SAMPLES};

/// A picture with a side under this many pixels has no hash.
pub const MIN_SIDE_PX: usize = 5;

/// Under this quality a hash is kept but never matched automatically.
pub const MIN_MATCH_QUALITY: u8 = 50;

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
    fast::hash(picture)
}

/// The hashes of the eight positions, from one blur; `None` when a side is under [`MIN_SIDE_PX`].
///
/// The first form equals [`hash`], except that a picture of 64 x 64 pixels is blurred here: so does the
/// reference, and the two may differ there.
#[must_use]
pub fn dihedral(picture: &Rgb<'_>) -> Option<Dihedral> {
    fast::dihedral(picture)
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

/// Whether the reference would not blur this picture.
fn is_sampled(picture: &Rgb<'_>) -> bool {
    picture.width() == SAMPLES && picture.height() == SAMPLES
}

/// The pixel at the middle of a cell, of 64 along a side.
fn centre(cell: usize, side: usize) -> usize {
    (2 * cell + 1) * side / (2 * SAMPLES)
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
