//! Which points of two pictures may be the same place.

use super::{Point, Points};

/// Two points are taken for the same place within this distance of their hashes, bits.
pub const MATCH_RADIUS_BITS: u32 = 31;

/// So many points of the picture asked about are compared at once.
const TOGETHER: usize = 16;

/// A point of the listed picture and one of the picture asked about that may be the same place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The listed picture's.
    pub listed: Point,
    /// The other's.
    pub asked: Point,
    /// Bits by which they differ.
    pub distance: u32,
}

/// All pairs within [`MATCH_RADIUS_BITS`], by comparing every two; the listed points in their order, and for each the
/// others in theirs. With a long list an [`Index`](super::Index) says first which pictures are worth it.
#[must_use]
pub fn pairs(listed: &Points, asked: &Points) -> Vec<Pair> {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vpopcntdq") && is_x86_feature_detected!("avx512vl") {
            // SAFETY: the features that the function is compiled for were just found on this machine.
            #[expect(
                unsafe_code,
                reason = "the call that leads into code that counts bits of eight words at once"
            )]
            return unsafe { pairs_avx512(listed, asked) };
        }
        if is_x86_feature_detected!("popcnt") {
            // SAFETY: the feature that the function is compiled for was just found on this machine.
            #[expect(unsafe_code, reason = "the call that leads into code that counts bits at once")]
            return unsafe { pairs_popcnt(listed, asked) };
        }
    }
    pairs_anywhere(listed, asked)
}

/// The same code, compiled for machines that count the bits of eight words at once.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt,avx512f,avx512vl,avx512vpopcntdq")]
fn pairs_avx512(listed: &Points, asked: &Points) -> Vec<Pair> {
    pairs_anywhere(listed, asked)
}

/// The same code, compiled for machines that count the bits of a word at once.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt")]
fn pairs_popcnt(listed: &Points, asked: &Points) -> Vec<Pair> {
    pairs_anywhere(listed, asked)
}

/// Half of the hash refuses nearly all, so the first two words are held together, and the rest is only looked at where
/// one of a few is near by these.
#[inline(always)]
fn pairs_anywhere(listed: &Points, asked: &Points) -> Vec<Pair> {
    let halves: Vec<[[u64; TOGETHER]; 2]> = asked
        .points
        .chunks(TOGETHER)
        .map(|few| {
            [0, 1].map(|word| std::array::from_fn(|n| few.get(n).map_or(0, |point| point.hash.0[word])))
        })
        .collect();
    let mut found = Vec::new();
    for a in &listed.points {
        let [first, second, ..] = a.hash.0;
        for (few, [firsts, seconds]) in asked.points.chunks(TOGETHER).zip(&halves) {
            let mut least = u64::MAX;
            for (one, two) in firsts.iter().zip(seconds) {
                let bits = u64::from((first ^ one).count_ones()) + u64::from((second ^ two).count_ones());
                least = least.min(bits);
            }
            if least > u64::from(MATCH_RADIUS_BITS) {
                continue;
            }
            for b in few {
                let mut distance = 0;
                for (a, b) in a.hash.0.iter().zip(b.hash.0) {
                    distance += (a ^ b).count_ones();
                }
                if distance <= MATCH_RADIUS_BITS {
                    found.push(Pair { listed: *a, asked: *b, distance });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hash256;

    /// Hashes that differ from one of seven by a few bits, in all words.
    fn points(count: u64, seed: u64) -> Points {
        let mix = |n: u64| {
            n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31).wrapping_mul(0xD6E8_FEB8_6659_FD93)
        };
        let point = |n: u64| {
            let near =
                |word: u64| (mix(seed + n * 4 + word) & mix(n * 9 + word) & mix(n + 77 * word)) & 0x0F0F_3333;
            let hash = Hash256([1, 2, 3, 4].map(|word| mix(n % 7 * 8 + word) ^ near(word)));
            Point { x: n as f32, y: 0.0, size: 1.0, hash }
        };
        Points { width: 400.0, height: 300.0, points: (0..count).map(point).collect() }
    }

    #[test]
    fn pairs_are_those_of_the_plain_comparison() {
        for (listed, asked) in [(0, 5), (5, 0), (1, 1), (40, 15), (33, 16), (17, 17), (60, 300)] {
            let (listed, asked) = (points(listed, 1), points(asked, 1000));
            let mut expected = Vec::new();
            for a in &listed.points {
                let near = asked.points.iter().filter(|b| a.hash.distance(&b.hash) <= MATCH_RADIUS_BITS);
                expected.extend(near.map(|b| Pair {
                    listed: *a,
                    asked: *b,
                    distance: a.hash.distance(&b.hash),
                }));
            }
            assert!(expected.len() < listed.points.len() * asked.points.len() || expected.len() <= 1);
            assert_eq!(pairs(&listed, &asked), expected);
            assert_eq!(pairs_anywhere(&listed, &asked), expected);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("popcnt") {
                // SAFETY: the feature was just found.
                #[expect(
                    unsafe_code,
                    reason = "the middle path, which `pairs` does not take where there is a faster one"
                )]
                let found = unsafe { pairs_popcnt(&listed, &asked) };
                assert_eq!(found, expected);
            }
        }
    }
}
