//! The vPDQ rule: of the different frames of two videos, how many have a near one in the other.
//!
//! Source: vPDQ of ThreatExchange. Frames at one a second; those under quality 50 are left out; of frames with the same
//! hash one counts; a frame is matched when any frame of the other is within 31 bits, whatever the order. It gives two
//! percentages, and takes two videos for the same when either is 80 or more.

use std::collections::HashSet;

use crate::Hash256;
use crate::pdq::MIN_MATCH_QUALITY;
use crate::variants::MATCH_RADIUS_BITS;

/// A share of matched frames from which two videos are taken for the same, percent.
pub const MATCH_PERCENT: f32 = 80.0;

/// How many of the frames of two videos are matched, percent; 0 where there is no frame that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// Of the frames of the video that asks.
    pub asked: f32,
    /// Of the frames of the listed one.
    pub listed: f32,
}

impl Shares {
    /// Whether the rule takes the two for the same.
    #[must_use]
    pub fn is_match(&self) -> bool {
        self.asked.max(self.listed) >= MATCH_PERCENT
    }
}

/// Compares the frames (hash and quality) of two videos.
#[must_use]
pub fn compare(
    asked: impl Iterator<Item = (Hash256, u8)>,
    listed: impl Iterator<Item = (Hash256, u8)>,
) -> Shares {
    let (asked, listed) = (counted(asked), counted(listed));
    let share = |of: &[Hash256], within: &[Hash256]| {
        let near = |one: &&Hash256| within.iter().any(|other| one.distance(other) <= MATCH_RADIUS_BITS);
        match of.len() {
            0 => 0.0,
            all => of.iter().filter(near).count() as f32 * 100.0 / all as f32,
        }
    };
    Shares { asked: share(&asked, &listed), listed: share(&listed, &asked) }
}

/// The different frames that show enough.
fn counted(frames: impl Iterator<Item = (Hash256, u8)>) -> Vec<Hash256> {
    let mut seen = HashSet::new();
    frames
        .filter(|(hash, quality)| *quality >= MIN_MATCH_QUALITY && seen.insert(*hash))
        .map(|(hash, _)| hash)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash with so many bits from the first on, far from those of other words.
    fn hash(word: usize, bits: u32) -> Hash256 {
        let mut hash = Hash256::default();
        hash.0[word] = u64::MAX;
        hash.0[(word + 1) % 4] = (1 << bits) - 1;
        hash
    }

    #[test]
    fn vpdq_rule() {
        let check = |asked: &[(Hash256, u8)], listed: &[(Hash256, u8)], expected: (f32, f32), is: bool| {
            let shares = compare(asked.iter().copied(), listed.iter().copied());
            assert_eq!((shares.asked, shares.listed, shares.is_match()), (expected.0, expected.1, is));
        };
        let (a, near, far) = ((hash(0, 0), 50), (hash(0, 31), 50), (hash(0, 32), 50));
        let (other, flat) = ((hash(2, 0), 100), (hash(0, 0), 49));
        check(&[a], &[near], (100.0, 100.0), true);
        check(&[a], &[far], (0.0, 0.0), false);
        check(&[a], &[flat], (0.0, 0.0), false);
        check(&[flat], &[flat], (0.0, 0.0), false);
        check(&[], &[a], (0.0, 0.0), false);
        // The same hash counts once; a near one counts for itself.
        check(&[a, a, other], &[near], (50.0, 100.0), true);
        check(&[a, near, other], &[a], (200.0 / 3.0, 100.0), true);
        check(&[a, other], &[near, (hash(1, 0), 90)], (50.0, 50.0), false);
    }
}
