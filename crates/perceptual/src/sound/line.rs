//! The best stretch of two prints along a line of time.
//!
//! A line is a slope and an offset: value `i` of the print that asks is laid over value `offset + i * slope` of the listed
//! one. Along it the stretch is taken that has most [`Run::weight`]: each value adds what is missing to [`PAR_BITS`]. It is
//! a match when it is long enough for how many bits differ ([`Run::is_match`]), and not one tone all along.
//!
//! [`reference`] takes the best of all lines; [`super::Index`] of a few that it has reason to look at.

use std::collections::HashSet;

use super::Print;

/// Slopes looked at, thousandths.
pub const SLOPES_PER_MILLE: std::ops::RangeInclusive<u32> = 940..=1_060;

/// Steps between slopes: 0.4 % are half a value over 16 s.
pub const SLOPE_STEP: usize = 4;

/// Bits of 32 that may differ for a value to speak for a match. Of unlike values about 15 do.
pub const PAR_BITS: i64 = 13;

/// Values of a match, at least: 6.5 s of sound with the time that the first one spans.
pub const LEAST_VALUES: usize = 32;

/// Of so many values, one must be different.
const ALIKE: usize = 4;

/// The share of bits that may differ in an endless match.
const LIMIT: f64 = 0.36;

/// How much less for a short one: over the root of its values. Seen between 496 pairs of unlike sounds of a minute each, at
/// all offsets, slopes and pitches, worst between readings by one machine: 0.31 of 52 values, 0.29 of 84, 0.33 of 158 and
/// 0.34 of 290, where this allows 0.24, 0.26, 0.29 and 0.31.
const LIMIT_SHORT: f64 = 0.9;

/// A stretch of two prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First value and the one after the last, in the print that asks.
    pub asked: (usize, usize),
    /// The same in the listed print.
    pub listed: (usize, usize),
    /// Values of the listed print for a thousand of the one that asks.
    pub slope_per_mille: u32,
    /// Bits that differ.
    pub errors: u64,
    /// What speaks for it: bits missing to the par of each value.
    pub weight: i64,
}

impl Run {
    /// Bits that differ, thousandths of those compared.
    #[must_use]
    pub fn errors_per_mille(&self) -> u32 {
        let bits = (self.asked.1 - self.asked.0).max(1) as u64 * 32;
        u32::try_from(self.errors * 1_000 / bits).unwrap_or(1_000)
    }

    /// Whether it is long enough for how many bits differ, and not one tone all along.
    #[must_use]
    pub fn is_match(&self, asked: &Print, listed: &Print) -> bool {
        let values = self.asked.1 - self.asked.0;
        let share = self.errors as f64 / (values.max(1) * 32) as f64;
        let limit = LIMIT - LIMIT_SHORT / (values.max(1) as f64).sqrt();
        let many = |values: &[u32]| values.iter().collect::<HashSet<_>>().len() * ALIKE >= values.len();
        values >= LEAST_VALUES
            && share <= limit
            && many(&asked.0[self.asked.0..self.asked.1])
            && many(&listed.0[self.listed.0..self.listed.1])
    }
}

/// Where value `at` of the print that asks lies in the listed one, which may be outside of it.
pub(super) fn laid(slope_per_mille: u32, offset: i64, at: usize) -> i64 {
    offset + (i64::from(slope_per_mille) * at as i64 + 500).div_euclid(1_000)
}

/// The stretch of most weight along a line; `None` where no value speaks for a match.
#[must_use]
pub fn best(asked: &Print, listed: &Print, slope_per_mille: u32, offset: i64) -> Option<Run> {
    let mut best: Option<Run> = None;
    let (mut from, mut weight, mut errors) = (0, 0, 0);
    for (at, value) in asked.0.iter().enumerate() {
        let Ok(place) = usize::try_from(laid(slope_per_mille, offset, at)) else { continue };
        let Some(other) = listed.0.get(place) else { break };
        let differ = i64::from((value ^ other).count_ones());
        if weight <= 0 {
            (from, weight, errors) = (at, 0, 0);
        }
        weight += PAR_BITS - differ;
        errors += differ.unsigned_abs();
        if weight > best.map_or(0, |best| best.weight) {
            let first = usize::try_from(laid(slope_per_mille, offset, from)).unwrap_or_default();
            best = Some(Run {
                asked: (from, at + 1),
                listed: (first, place + 1),
                slope_per_mille,
                errors,
                weight,
            });
        }
    }
    best
}

/// The match of most weight along all lines.
#[must_use]
pub fn reference(asked: &Print, listed: &Print) -> Option<Run> {
    let mut found: Option<Run> = None;
    for slope in SLOPES_PER_MILLE.step_by(SLOPE_STEP) {
        let first = -laid(slope, 0, asked.0.len());
        for offset in first..=listed.0.len() as i64 {
            let run = best(asked, listed, slope, offset).filter(|run| run.is_match(asked, listed));
            found = found.into_iter().chain(run).max_by_key(|run| run.weight);
        }
    }
    found
}
