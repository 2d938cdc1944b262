//! Luma out of whole numbers.
//!
//! 0.299 R + 0.587 G + 0.114 B is N / 1000 with N = 299 R + 587 G + 114 B, at most 255,000. The description sums in
//! `f64` and rounds once to `f32`; its error before that is below 10⁻¹³, and N / 1000 is at least 7 · 10⁻⁹ away from
//! any place where `f32` rounding turns, unless it is itself an `f32`. So one division of `f32` gives the same.

use super::quotient::Divisor;

/// The luma of as many pixels as `to` holds.
#[inline(always)]
pub(super) fn of_row<const FUSED: bool>(row: &[u8], to: &mut [f32]) {
    let thousand = Divisor::new(1000.0);
    for (rgb, to) in row.as_chunks::<3>().0.iter().zip(to) {
        let sum = 299 * i32::from(rgb[0]) + 587 * i32::from(rgb[1]) + 114 * i32::from(rgb[2]);
        *to = thousand.divides::<FUSED>(sum as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luma_is_that_of_the_description_for_every_colour() {
        let mut row = [0; 256 * 3];
        let mut got = [0.0; 256];
        for red in 0..=255u8 {
            for green in 0..=255u8 {
                for (blue, rgb) in (0..=255u8).zip(row.as_chunks_mut::<3>().0) {
                    *rgb = [red, green, blue];
                }
                of_row::<false>(&row, &mut got);
                for (blue, got) in (0..=255u8).zip(got) {
                    let [r, g, b] = [red, green, blue].map(f64::from);
                    let expected = (r * 0.299 + g * 0.587 + b * 0.114) as f32;
                    assert_eq!(got.to_bits(), expected.to_bits(), "{red} {green} {blue}");
                }
            }
        }
    }
}
