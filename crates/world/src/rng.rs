//! A small seeded generator (SplitMix64): the same seed gives the same world on every machine.
//!
//! Integers only: no result depends on how a machine rounds.

use sha2::{Digest, Sha256};

/// The state of the generator.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// A generator for one purpose: `label` keeps purposes apart, so that one can grow without moving the others.
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(label.as_bytes());
        let digest = hash.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// One of a non-empty list.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A heavy-tailed number of at least `scale` (Pareto with exponent 1), at most `cap`.
    pub(crate) fn heavy(&mut self, scale: u64, cap: u64) -> u64 {
        let u = self.below(1_000_000) as u64 + 1;
        (scale * 1_000_000 / u).min(cap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rng_is_seeded_and_bounded() {
        let mut a = Rng::new(7, "x");
        let mut b = Rng::new(7, "x");
        let mut c = Rng::new(7, "y");
        assert_eq!(a.next(), b.next());
        assert_ne!(a.next(), c.next());
        assert!((0..1000).all(|_| a.below(3) < 3));
        assert!((0..1000).all(|_| (-2..=2).contains(&a.between(-2, 2))));
        assert!((0..1000).all(|_| (10..=500).contains(&a.heavy(10, 500))));
        assert_eq!(a.below(0), 0);
    }
}
