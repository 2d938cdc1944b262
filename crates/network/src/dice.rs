//! Chance for tests, the same each time.

use proptest::prelude::ProptestConfig;

/// SplitMix64 (Steele, Lea, Flood, 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.part() * n as f64) as usize
    }

    /// Exponential, of mean 1.
    pub(crate) fn wait(&mut self) -> f64 {
        -(1.0 - self.part()).ln()
    }

    /// Negative binomial of this mean and size 8.
    pub(crate) fn count(&mut self, mean: f64) -> u32 {
        let rate = mean * (0..8).map(|_| self.wait()).sum::<f64>() / 8.0;
        let (mut count, mut sum) = (0, self.wait());
        while sum < rate {
            count += 1;
            sum += self.wait();
        }
        count
    }
}

/// Cases of a property test; `RENVOI_TRIALS` raises them.
pub(crate) fn trials() -> ProptestConfig {
    let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(256);
    ProptestConfig::with_cases(cases)
}
