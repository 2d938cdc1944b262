//! The longest run of near frames that follow each other in both videos.
//!
//! [`reference`] says what a run is, in plain loops over every two pairs. [`longest`] does the same with the pairs sorted,
//! and looks no further back than a run may pause; `fast_is_the_reference` holds them together.

use crate::variants::Name;

/// A run may pause so long in the video that asks, milliseconds.
pub const MAX_PAUSE_MS: u32 = 20_000;

/// The listed video may run faster or slower than the one that asks by this part of the time.
const SPEED_SLACK: u32 = 10;

/// Frames stand for all that is around them, so times may be off by this much, milliseconds.
const JITTER_MS: u32 = 1_250;

/// What is near in two videos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Position in which the frame that asks is the listed one: an index of [`crate::pdq::FORM_NAMES`].
    pub form: u8,
    /// When, in the video that asks, milliseconds.
    pub asked_ms: u32,
    /// When, in the listed video, milliseconds.
    pub listed_ms: u32,
    /// Bits by which they differ; of points none.
    pub distance: u32,
    /// Place in the frames of the listed video, or in its keys.
    pub listed: u32,
    /// Whether points agree, not hashes.
    pub by_points: bool,
    /// What of the frame that asks is near.
    pub asked_name: Variant,
    /// What of the listed frame is near.
    pub listed_name: Variant,
}

/// A [`Name`] that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant(pub Name);

impl Variant {
    fn rank(self) -> u16 {
        match self.0 {
            Name::Whole => 0,
            Name::Trimmed => 1,
            Name::Inset => 2,
            Name::Crop(share) => 3 + share,
        }
    }
}

impl PartialOrd for Variant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Variant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl Pair {
    /// Whether a run may go on from this pair to the other.
    fn leads_to(&self, next: &Self) -> bool {
        if self.form != next.form || next.asked_ms <= self.asked_ms || next.listed_ms < self.listed_ms {
            return false;
        }
        let (asked, listed) = (next.asked_ms - self.asked_ms, next.listed_ms - self.listed_ms);
        asked <= MAX_PAUSE_MS && asked.abs_diff(listed) <= asked / SPEED_SLACK + JITTER_MS
    }
}

/// How good a run is that ends with a pair: how many, then how near. Greater is better.
type Score = (u32, std::cmp::Reverse<u32>);

fn extended(before: Option<Score>, pair: &Pair) -> Score {
    let (count, std::cmp::Reverse(bits)) = before.unwrap_or_default();
    (count + 1, std::cmp::Reverse(bits + pair.distance))
}

/// How many pairs the longest run has, and how many bits its pairs differ by in all, the least of runs so long.
#[must_use]
pub fn reference(pairs: &[Pair]) -> (u32, u32) {
    let mut sorted: Vec<&Pair> = pairs.iter().collect();
    sorted.sort_by_key(|pair| pair.asked_ms);
    let mut scores: Vec<Score> = Vec::new();
    for (n, pair) in sorted.iter().enumerate() {
        let before =
            (0..n).filter(|before| sorted[*before].leads_to(pair)).map(|before| scores[before]).max();
        scores.push(extended(before, pair));
    }
    scores.iter().max().map_or((0, 0), |(count, bits)| (*count, bits.0))
}

/// The longest run, the nearest of runs so long, by time. Sorts the pairs.
#[must_use]
pub fn longest(pairs: &mut [Pair]) -> Vec<Pair> {
    pairs.sort_unstable();
    let mut scores: Vec<Score> = Vec::with_capacity(pairs.len());
    let mut froms: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let mut first = 0;
    for (n, pair) in pairs.iter().enumerate() {
        while pairs[first].form != pair.form || pair.asked_ms - pairs[first].asked_ms > MAX_PAUSE_MS {
            first += 1;
        }
        let before = (first..n).filter(|before| pairs[*before].leads_to(pair)).max_by_key(|n| scores[*n]);
        scores.push(extended(before.map(|before| scores[before]), pair));
        froms.push(before);
    }
    let mut at = (0..pairs.len()).max_by_key(|n| scores[*n]);
    let mut run = Vec::new();
    while let Some(n) = at {
        run.push(pairs[n]);
        at = froms[n];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pair(form: u8, asked_ms: u32, listed_ms: u32, distance: u32) -> Pair {
        let name = Variant(Name::Whole);
        Pair {
            form,
            asked_ms,
            listed_ms,
            distance,
            listed: 0,
            by_points: false,
            asked_name: name,
            listed_name: name,
        }
    }

    #[test]
    fn runs() {
        let check = |pairs: &[(u8, u32, u32)], expected: usize| {
            let mut pairs: Vec<Pair> = pairs.iter().map(|(form, a, b)| pair(*form, *a, *b, 9)).collect();
            assert_eq!(longest(&mut pairs).len(), expected, "{pairs:?}");
        };
        check(&[], 0);
        check(&[(0, 0, 50_000), (0, 1_000, 51_000), (0, 2_000, 52_000)], 3);
        // Faster by a twentieth; another position; backwards; after a pause.
        check(&[(0, 0, 0), (0, 10_000, 10_500), (0, 20_000, 21_000)], 3);
        check(&[(0, 0, 0), (4, 1_000, 1_000)], 1);
        check(&[(0, 0, 9_000), (0, 1_000, 8_000), (0, 2_000, 7_000)], 1);
        check(&[(0, 0, 0), (0, 20_000, 20_000), (0, 40_001, 40_001)], 2);
        // Too fast.
        check(&[(0, 0, 0), (0, 10_000, 13_000)], 1);
        // One frame that is near to many counts once.
        check(&[(0, 0, 0), (0, 0, 1_000), (0, 0, 2_000)], 1);
    }

    proptest! {
        #[test]
        fn fast_is_the_reference(
            pairs in proptest::collection::vec((0..2_u8, 0..60_u32, 0..60_u32, 0..32_u32), 0..80),
            line in 0..40_u32,
        ) {
            let mut pairs: Vec<Pair> =
                pairs.into_iter().map(|(form, a, b, bits)| pair(form, a * 500, b * 1_000, bits)).collect();
            pairs.extend((0..line).map(|n| pair(1, n * 500, 7_000 + n * 525, n % 31)));
            let expected = reference(&pairs);
            let run = longest(&mut pairs);
            prop_assert_eq!((run.len() as u32, run.iter().map(|pair| pair.distance).sum::<u32>()), expected);
            prop_assert!(run.windows(2).all(|two| two[0].leads_to(&two[1])));
        }
    }
}
