//! Random numbers that are the same on every machine and with any number of threads.

/// A generator of 64 random bits at a time (xoshiro256++, Blackman and Vigna 2019), seeded by SplitMix64.
#[derive(Debug, Clone)]
pub struct Random([u64; 4]);

impl Random {
    /// One stream of many: streams of the same seed share nothing.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut state =
            mix(seed ^ 0x5851_f42d_4c95_7f2d).wrapping_add(mix(stream.wrapping_add(0x1405_7b7e_f767_814f)));
        Self(std::array::from_fn(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mix(state)
        }))
    }

    /// 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let bits = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        bits
    }

    /// 0 or above, below 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// The way to the next point when points fall at rate 1.
    #[inline]
    pub fn exponential(&mut self) -> f32 {
        let unit = ((self.bits() >> 40) as f32 + 0.5) * (1.0 / (1_u32 << 24) as f32);
        -unit.ln()
    }

    /// Below `end`, which is at least 1.
    #[inline]
    pub fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.bits() as u32) * u64::from(end)) >> 32) as u32
    }
}

/// The finalizer of SplitMix64: every bit of what comes in changes half of the bits.
#[inline]
#[must_use]
pub fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
