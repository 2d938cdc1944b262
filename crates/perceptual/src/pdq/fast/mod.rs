//! PDQ in one walk over the picture, sixteen rows at a time.
//!
//! The blur is four passes of running sums, and a running `f32` sum is a chain: along a row nothing can be done at
//! once. So sixteen rows are turned by a quarter, and each step of the chain works on sixteen of them. Down the
//! columns the sums are independent anyway. The four passes are chained band by band ([`walk`]), so that a band stays
//! in the near cache, and of the last two only what the 64 x 64 samples need is divided or kept.
//!
//! No operation is replaced by a cheaper one of another rounding. Divisions become a product and two fused steps where
//! the machine has them ([`quotient`]), which gives the same bits for every divisor that is used so, and luma is whole
//! numbers with one division ([`luma`]), which is again the same `f32`. Both are tested over all their inputs.
//!
//! Measured and left out: 8 rows at a time (the chain waits), `f64` luma as the description has it (a third slower),
//! and threads (a caller with many pictures has better use for them).

#[cfg(test)]
mod tests;

mod luma;
mod quotient;
mod sums;
mod turn;
mod walk;

use super::bits::{self, Coefficients, KEPT, SAMPLES, Samples};
use super::{COSINES, Dihedral, MIN_SIDE_PX, PdqResult};
use crate::Rgb;

/// As [`super::hash`].
pub(super) fn hash(picture: &Rgb<'_>) -> Option<PdqResult> {
    let (samples, coefficients) = run(picture, super::is_sampled(picture))?;
    Some(PdqResult { hash: bits::bits(&coefficients), quality: bits::quality(&samples) })
}

/// As [`super::dihedral`].
pub(super) fn dihedral(picture: &Rgb<'_>) -> Option<Dihedral> {
    let (samples, coefficients) = run(picture, false)?;
    Some(Dihedral { forms: bits::forms(&coefficients), quality: bits::quality(&samples) })
}

/// Samples and coefficients, by the best path that this machine has.
fn run(picture: &Rgb<'_>, as_given: bool) -> Option<(Samples, Coefficients)> {
    if picture.width().min(picture.height()) < MIN_SIDE_PX {
        return None;
    }
    #[cfg(target_arch = "x86_64")]
    if quotient::is_proven_for(picture) && is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
    {
        // SAFETY: the two features that the function is compiled for were just found on this machine.
        #[expect(unsafe_code, reason = "the call that leads into code for AVX2 and FMA")]
        return Some(unsafe { run_avx2(picture, as_given) });
    }
    Some(run_portable(picture, as_given))
}

/// The same code, compiled for eight lanes at a time and fused steps.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn run_avx2(picture: &Rgb<'_>, as_given: bool) -> (Samples, Coefficients) {
    compute::<true>(picture, as_given)
}

/// The same code for any machine.
fn run_portable(picture: &Rgb<'_>, as_given: bool) -> (Samples, Coefficients) {
    compute::<false>(picture, as_given)
}

#[inline(always)]
fn compute<const FUSED: bool>(picture: &Rgb<'_>, as_given: bool) -> (Samples, Coefficients) {
    let samples = match as_given {
        true => samples_as_given::<FUSED>(picture),
        false => walk::samples::<FUSED>(picture),
    };
    (samples, coefficients(&samples))
}

#[inline(always)]
fn samples_as_given<const FUSED: bool>(picture: &Rgb<'_>) -> Samples {
    let mut samples = [[0.0; SAMPLES]; SAMPLES];
    let rows = picture.pixels().chunks_exact(picture.width() * 3);
    for (to, row) in samples.iter_mut().zip(rows) {
        luma::of_row::<FUSED>(row, to);
    }
    samples
}

/// C A Cᵀ, each sum in the order of its index, sixteen sums side by side.
#[inline(always)]
fn coefficients(samples: &Samples) -> Coefficients {
    let cosines = &*COSINES;
    let mut turned = [[0.0; KEPT]; SAMPLES];
    for (row, line) in cosines.iter().enumerate() {
        turned.iter_mut().zip(line).for_each(|(to, value)| to[row] = *value);
    }
    let mut all = [[0.0; KEPT]; KEPT];
    for (factors, out) in cosines.iter().zip(&mut all) {
        let mut half = [0.0; SAMPLES];
        for (factor, line) in factors.iter().zip(samples) {
            for (sum, value) in half.iter_mut().zip(line) {
                *sum += factor * value;
            }
        }
        for (value, factors) in half.iter().zip(&turned) {
            for (sum, factor) in out.iter_mut().zip(factors) {
                *sum += value * factor;
            }
        }
    }
    all
}
