//! Division by a whole number that stays the same for many values.

#[cfg(target_arch = "x86_64")]
use crate::Rgb;

#[cfg(target_arch = "x86_64")]
/// The largest divisor of the blur for which the fused form is tested over every significand.
pub(super) const MAX_PROVEN: usize = 256;

/// Whether every window of the blur of this picture is at most [`MAX_PROVEN`].
#[cfg(target_arch = "x86_64")]
pub(super) fn is_proven_for(picture: &Rgb<'_>) -> bool {
    picture.width().max(picture.height()).div_ceil(128) <= MAX_PROVEN
}

/// A divisor and its rounded inverse.
#[derive(Clone, Copy)]
pub(super) struct Divisor {
    by: f32,
    inverse: f32,
}

impl Divisor {
    #[inline(always)]
    pub(super) fn new(by: f32) -> Self {
        Self { by, inverse: 1.0 / by }
    }

    /// `value / by`, rounded as a division is.
    ///
    /// The fused form: a first quotient, what is left of the value (exact, because it is fused), and the quotient
    /// mended by it (Markstein 1990). Where the machine lacks fused steps it would be slow, so there it is a division.
    #[inline(always)]
    pub(super) fn divides<const FUSED: bool>(self, value: f32) -> f32 {
        if FUSED {
            let first = value * self.inverse;
            let left = (-first).mul_add(self.by, value);
            left.mul_add(self.inverse, first)
        } else {
            value / self.by
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All significands of one binade; the others are the same times a power of two, and far from the smallest.
    #[inline(always)]
    fn wrong(by: f32) -> usize {
        let divisor = Divisor::new(by);
        let mut wrong = 0;
        for bits in 1.0f32.to_bits()..2.0f32.to_bits() {
            let value = f32::from_bits(bits);
            wrong += usize::from(divisor.divides::<true>(value) != value / by);
        }
        wrong
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma")]
    fn wrong_fused(by: f32) -> usize {
        wrong(by)
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn fused_division_is_division_for_every_divisor_used() {
        if !is_x86_feature_detected!("avx2") || !is_x86_feature_detected!("fma") {
            println!("skipped: no AVX2 and FMA on this machine");
            return;
        }
        for by in (1..=MAX_PROVEN).chain([1000]) {
            // SAFETY: the features were just found.
            #[expect(unsafe_code, reason = "the call that leads into code for AVX2 and FMA")]
            let wrong = unsafe { wrong_fused(by as f32) };
            assert_eq!(wrong, 0, "{by}");
        }
    }
}
