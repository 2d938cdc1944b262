//! Sixteen rows to sixteen lanes and back.

/// Rows walked together.
pub(super) const LANES: usize = 16;

/// One place in sixteen rows.
pub(super) type Lanes = [f32; LANES];

/// Side of the square that is turned at a time.
const SIDE: usize = 8;

/// Values from the first of a square to behind its last, where lines are `stride` apart.
const fn reach(stride: usize) -> usize {
    (SIDE - 1) * stride + SIDE
}

/// Rows of `stride` values to one [`Lanes`] a column. `stride` is a multiple of eight and `to` as long.
#[inline(always)]
pub(super) fn to_lanes<const WIDE: bool>(rows: &[f32], stride: usize, to: &mut [Lanes]) {
    let to = to.as_flattened_mut();
    for half in (0..LANES).step_by(SIDE) {
        for at in (0..stride).step_by(SIDE) {
            square::<WIDE>(&rows[half * stride + at..], stride, &mut to[at * LANES + half..], LANES);
        }
    }
}

/// The way back.
#[inline(always)]
pub(super) fn to_rows<const WIDE: bool>(from: &[Lanes], stride: usize, rows: &mut [f32]) {
    let from = from.as_flattened();
    for half in (0..LANES).step_by(SIDE) {
        for at in (0..stride).step_by(SIDE) {
            square::<WIDE>(&from[at * LANES + half..], LANES, &mut rows[half * stride + at..], stride);
        }
    }
}

/// A square of eight by eight, mirrored at its diagonal. `WIDE` is set only in code compiled for AVX2.
#[inline(always)]
fn square<const WIDE: bool>(from: &[f32], from_stride: usize, to: &mut [f32], to_stride: usize) {
    let (from, to) = (&from[..reach(from_stride)], &mut to[..reach(to_stride)]);
    #[cfg(target_arch = "x86_64")]
    if WIDE {
        // SAFETY: `WIDE` says that this is reached only where AVX2 was found; both slices were just cut to the reach of
        // their square, which is what the function reads and writes.
        #[expect(
            unsafe_code,
            reason = "eight values at a time, which the compiler does not find by itself"
        )]
        return unsafe { wide::square(from.as_ptr(), from_stride, to.as_mut_ptr(), to_stride) };
    }
    for line in 0..SIDE {
        for place in 0..SIDE {
            to[place * to_stride + line] = from[line * from_stride + place];
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m256, _mm256_loadu_ps, _mm256_permute2f128_ps, _mm256_setzero_ps, _mm256_shuffle_ps,
        _mm256_storeu_ps, _mm256_unpackhi_ps, _mm256_unpacklo_ps,
    };

    use super::SIDE;

    /// Pairs, then fours, then halves are exchanged.
    ///
    /// # Safety
    /// The machine has AVX2, and `from` and `to` hold [`super::reach`] values for their strides.
    #[expect(unsafe_code, reason = "loads and stores of eight values")]
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) unsafe fn square(from: *const f32, from_stride: usize, to: *mut f32, to_stride: usize) {
        let mut r = [_mm256_setzero_ps(); SIDE];
        for (line, r) in r.iter_mut().enumerate() {
            // SAFETY: line is under eight, so eight values at it are within the reach that the caller vouches for.
            *r = unsafe { _mm256_loadu_ps(from.add(line * from_stride)) };
        }
        let mut p = [(r[0], r[0]); SIDE / 2];
        for (n, p) in p.iter_mut().enumerate() {
            let (a, b) = (r[2 * n], r[2 * n + 1]);
            *p = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        }
        let fours = |a: __m256, b: __m256| (_mm256_shuffle_ps::<0x44>(a, b), _mm256_shuffle_ps::<0xEE>(a, b));
        let ((a0, a1), (a2, a3)) = (fours(p[0].0, p[1].0), fours(p[0].1, p[1].1));
        let ((b0, b1), (b2, b3)) = (fours(p[2].0, p[3].0), fours(p[2].1, p[3].1));
        let low = [(a0, b0), (a1, b1), (a2, b2), (a3, b3)];
        for (line, (a, b)) in low.into_iter().enumerate() {
            // SAFETY: line is under four, so both lines are within the reach that the caller vouches for.
            unsafe {
                _mm256_storeu_ps(to.add(line * to_stride), _mm256_permute2f128_ps::<0x20>(a, b));
                _mm256_storeu_ps(to.add((line + 4) * to_stride), _mm256_permute2f128_ps::<0x31>(a, b));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let stride = 24;
        let rows: Vec<f32> = (0..LANES * stride).map(|n| n as f32).collect();
        let mut lanes = vec![[0.0; LANES]; stride];
        to_lanes::<false>(&rows, stride, &mut lanes);
        for (x, lanes) in lanes.iter().enumerate() {
            for (y, value) in lanes.iter().enumerate() {
                assert_eq!(*value, (y * stride + x) as f32);
            }
        }
        let mut back = vec![0.0; rows.len()];
        to_rows::<false>(&lanes, stride, &mut back);
        assert_eq!(back, rows);
    }
}
