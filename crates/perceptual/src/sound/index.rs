//! Which of many sounds, and where in them, may be heard in another.
//!
//! A print that asks is cut into blocks. The halves of each value, as they are and with one bit turned, are looked up; each
//! hit votes for a difference of time between block and listed sound. What unlike sounds vote is spread over all
//! differences (0.1 votes each, however long the list is), what a copy votes is on one. Where most votes are, lines through
//! the block are tried, and the best is followed as far as it goes ([`super::line`]).

use std::collections::HashMap;

use super::line::{self, Run, SLOPE_STEP, SLOPES_PER_MILLE, laid};
use super::{Found, PITCHES_PER_MILLE, Print};

/// Values of a block: 10 s of sound have 60.
const BLOCK_VALUES: usize = 52;

/// Values between two blocks.
const BLOCK_STEP: usize = 26;

/// Differences of time that are counted as one: a block at another pace votes for several.
const BIN_VALUES: i64 = 4;

/// Votes of two neighbouring bins for a look.
const LEAST_VOTES: u32 = 4;

/// Looks a block.
const MAX_LOOKS: usize = 24;

/// Slopes tried at first: every so many steps.
const COARSE_STEPS: usize = 5;

/// Offsets tried around a bin.
const AROUND: i64 = 6;

/// Offsets tried around the place that lines turn about.
const TURNED_AROUND: i64 = 2;

/// How often a match is fitted again around its middle, at most: a block has only a part of it.
const REFITS: usize = 3;

/// Halves of a value, and the values of a half.
const HALVES: usize = 2;
const HALF_VALUES: usize = 1 << 16;

/// A half that is in the list more than so many times as often as even ones would be is of silence or of a tone.
const COMMON_TIMES: usize = 32;

/// And more often than this.
const COMMON_FROM: usize = 256;

/// Between two sounds, so that no difference of time is of both.
const GAP: usize = 2 * BLOCK_VALUES + 2 * BIN_VALUES as usize;

/// The prints of many sounds. 12 bytes a value, and 512 KiB.
#[derive(Clone, Debug, Default)]
pub struct Index {
    prints: Vec<Print>,
    /// Where each sound begins, were they laid one after the other with gaps.
    begins: Vec<usize>,
    /// For each half, where the places of each of its values begin.
    starts: Vec<Vec<u32>>,
    /// For each half, places of values, by the half.
    places: Vec<Vec<u32>>,
}

impl Index {
    /// An index of sounds, which are known by their place in the order given. Those beyond 2^32 values are left out.
    #[must_use]
    pub fn of(prints: Vec<Print>) -> Self {
        let mut begins = Vec::with_capacity(prints.len());
        let mut end = GAP;
        for print in &prints {
            begins.push(end);
            end += print.0.len() + GAP;
        }
        let values = || {
            let all = begins.iter().zip(&prints).flat_map(|(begin, print)| (*begin..).zip(&print.0));
            all.filter_map(|(place, value)| Some((u32::try_from(place).ok()?, *value)))
        };
        let (mut starts, mut places) = (Vec::with_capacity(HALVES), Vec::with_capacity(HALVES));
        for half in 0..HALVES {
            let mut start = vec![0_u32; HALF_VALUES + 1];
            values().for_each(|(_, value)| start[part(value, half) + 1] += 1);
            (0..HALF_VALUES).for_each(|value| start[value + 1] += start[value]);
            let (mut next, mut sorted) = (start.clone(), vec![0; values().count()]);
            for (place, value) in values() {
                let row = &mut next[part(value, half)];
                sorted[*row as usize] = place;
                *row += 1;
            }
            starts.push(start);
            places.push(sorted);
        }
        Self { prints, begins, starts, places }
    }

    /// Whether no sound is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// The listed sounds that are heard in another, each once, by their place: the run of most weight at any pitch. The
    /// prints are those at [`PITCHES_PER_MILLE`], or the first of them.
    #[must_use]
    pub fn find(&self, prints: &[Print]) -> Vec<Found> {
        let mut best: HashMap<usize, (Run, u32)> = HashMap::new();
        for (print, pitch) in prints.iter().zip(PITCHES_PER_MILLE) {
            for (listed, run) in self.runs(print) {
                let known = best.entry(listed).or_insert((run, pitch));
                if run.weight > known.0.weight {
                    *known = (run, pitch);
                }
            }
        }
        let place = |listed| u32::try_from(listed).unwrap_or(u32::MAX);
        let mut found: Vec<Found> =
            best.into_iter().map(|(listed, (run, pitch))| Found::of(&run, place(listed), pitch)).collect();
        found.sort_by_key(|found| found.listed);
        found
    }

    /// The matches of one print, of each listed sound that of most weight.
    fn runs(&self, asked: &Print) -> HashMap<usize, Run> {
        let mut best: HashMap<usize, Run> = HashMap::new();
        let last = asked.0.len().saturating_sub(BLOCK_VALUES);
        let even = (0..last).step_by(BLOCK_STEP);
        for from in even.chain(std::iter::once(last)) {
            let block = &asked.0[from..asked.0.len().min(from + BLOCK_VALUES)];
            for (listed, offset) in self.looks(block) {
                // It is followed already.
                if best
                    .get(&listed)
                    .is_some_and(|run| run.asked.0 <= from && from + block.len() <= run.asked.1)
                {
                    continue;
                }
                let Some(run) = followed(asked, &self.prints[listed], from, offset) else { continue };
                let known = best.entry(listed).or_insert(run);
                if run.weight > known.weight {
                    *known = run;
                }
            }
        }
        best
    }

    /// Where a block may be heard: listed sounds, and the place in them of its first value, about. The best first.
    fn looks(&self, block: &[u32]) -> Vec<(usize, i64)> {
        let mut votes: HashMap<i64, u32> = HashMap::new();
        for (at, value) in block.iter().enumerate() {
            // What goes on as it was says nothing new.
            if at > 0 && block[at - 1] == *value {
                continue;
            }
            for half in 0..HALVES {
                let key = part(*value, half);
                let turned = (0..16).map(|bit| key ^ 1 << bit);
                for key in std::iter::once(key).chain(turned) {
                    for place in self.of_half(half, key) {
                        *votes.entry((i64::from(*place) - at as i64).div_euclid(BIN_VALUES)).or_default() +=
                            1;
                    }
                }
            }
        }
        let with_next = |bin: &i64, count: &u32| count + votes.get(&(bin + 1)).copied().unwrap_or_default();
        let mut bins: Vec<(u32, i64)> = votes
            .iter()
            .map(|(bin, count)| (with_next(bin, count), *bin))
            .filter(|(count, _)| *count >= LEAST_VOTES)
            .collect();
        bins.sort_unstable_by_key(|(count, bin)| (std::cmp::Reverse(*count), *bin));
        bins.truncate(MAX_LOOKS);
        let middle = block.len() as i64 / 2;
        bins.into_iter()
            .filter_map(|(_, bin)| {
                let first = (bin + 1) * BIN_VALUES;
                let place = usize::try_from(first + middle + GAP as i64 / 2).ok()?;
                let listed = self.begins.partition_point(|begin| *begin <= place).checked_sub(1)?;
                Some((listed, first - i64::try_from(self.begins[listed]).ok()?))
            })
            .collect()
    }

    fn of_half(&self, half: usize, key: usize) -> &[u32] {
        let (from, to) = (self.starts[half][key] as usize, self.starts[half][key + 1] as usize);
        let common = (self.places[half].len() / HALF_VALUES * COMMON_TIMES).max(COMMON_FROM);
        if to - from > common { &[] } else { &self.places[half][from..to] }
    }
}

/// The lower or the upper bits of a value.
fn part(value: u32, half: usize) -> usize {
    (value >> (16 * half) & 0xFFFF) as usize
}

/// The best match along lines through a block whose first value lies about at a place of the listed print.
fn followed(asked: &Print, listed: &Print, from: usize, about: i64) -> Option<Run> {
    let block = &asked.0[from..asked.0.len().min(from + BLOCK_VALUES)];
    let errors = |slope: u32, offset: i64| -> u32 {
        let one = |(at, value): (usize, &u32)| {
            let place = usize::try_from(laid(slope, offset, from + at)).ok();
            // Beyond either end it is as unlike as it gets.
            place.and_then(|place| listed.0.get(place)).map_or(16, |other| (value ^ other).count_ones())
        };
        block.iter().enumerate().map(one).sum()
    };
    // The offset is that of the first value of all.
    let offsets = |slope: u32| {
        let there = about - laid(slope, 0, from);
        there - AROUND..=there + AROUND
    };
    let coarse = SLOPES_PER_MILLE.step_by(SLOPE_STEP * COARSE_STEPS);
    let lines = coarse.flat_map(|slope| offsets(slope).map(move |offset| (slope, offset)));
    let (slope, offset) = lines.min_by_key(|(slope, offset)| errors(*slope, *offset))?;
    let mut best: Option<Run> = None;
    let (mut pivot, mut there) = (from, laid(slope, offset, from));
    let width = u32::try_from(SLOPE_STEP * COARSE_STEPS).unwrap_or_default();
    let mut slopes = slope - width..=slope + width;
    // Finer slopes turn around the block and are followed all along; then all turn around the middle of what was found.
    for _ in 0..=REFITS {
        let run = turned(asked, listed, (pivot, there), slopes);
        let Some(run) = run.filter(|run| best.is_none_or(|best| run.weight > best.weight)) else { break };
        pivot = run.asked.0.midpoint(run.asked.1);
        there = run.listed.0.midpoint(run.listed.1) as i64;
        slopes = SLOPES_PER_MILLE;
        best = Some(run);
    }
    best
}

/// The match of most weight along lines through about one place of both prints.
fn turned(
    asked: &Print,
    listed: &Print,
    (pivot, there): (usize, i64),
    slopes: std::ops::RangeInclusive<u32>,
) -> Option<Run> {
    let slopes = slopes.step_by(SLOPE_STEP).filter(|slope| SLOPES_PER_MILLE.contains(slope));
    let runs = slopes.flat_map(|slope| {
        let first = there - laid(slope, 0, pivot);
        (first - TURNED_AROUND..=first + TURNED_AROUND)
            .filter_map(move |offset| line::best(asked, listed, slope, offset))
    });
    runs.filter(|run| run.is_match(asked, listed)).max_by_key(|run| run.weight)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers of no order.
    struct Dice(u64);

    impl Dice {
        fn next(&mut self) -> u32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mixed = (self.0 ^ self.0 >> 29).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            (mixed >> 32) as u32
        }

        fn print(&mut self, values: usize) -> Print {
            Print((0..values).map(|_| self.next()).collect())
        }

        /// One bit of so many is turned.
        fn noisy(&mut self, value: u32, of: u32) -> u32 {
            (0..32).filter(|_| self.next().is_multiple_of(of)).fold(value, |value, bit| value ^ 1 << bit)
        }
    }

    /// Values from a place on, at a pace, with one bit of so many turned.
    fn copy(dice: &mut Dice, of: &Print, (from, values): (usize, usize), slope: u32, noise: u32) -> Vec<u32> {
        let laid = (0..values).map(|at| of.0[usize::try_from(laid(slope, from as i64, at)).unwrap()]);
        laid.map(|value| dice.noisy(value, noise)).collect()
    }

    #[test]
    fn a_part_is_heard_with_its_time() {
        let mut dice = Dice(1);
        let listed: Vec<Print> = (0..20).map(|_| dice.print(500)).collect();
        let index = Index::of(listed.clone());
        let mut check = |slope: u32, noise: u32| {
            let mut asked = dice.print(100);
            asked.0.extend(copy(&mut dice, &listed[7], (200, 60), slope, noise));
            asked.0.extend(dice.print(100).0);
            let found = index.find(&[asked]);
            assert_eq!(found.len(), 1, "slope {slope}, one bit of {noise}");
            let found = found[0];
            assert!(found.listed == 7 && found.speed_per_mille.abs_diff(slope) <= 20, "{found:?}");
            // Value 100 is at 12.4 s, value 200 at 24.8 s.
            let near = |ms: u32, expected: u32| ms.abs_diff(expected) < 700;
            assert!(near(found.asked_ms.0, 12_381) && near(found.listed_ms.0, 24_762), "{found:?}");
        };
        for noise in [1_000, 10, 6] {
            [1_000, 952, 1_048].into_iter().for_each(|slope| check(slope, noise));
        }
        assert_eq!(index.find(&[dice.print(300)]), Vec::new());
        assert_eq!(index.find(&[Print::default()]), Vec::new());
        assert_eq!(Index::default().find(&[]), Vec::new());
    }

    #[test]
    fn a_tone_is_no_match() {
        let tone = Print(vec![0x1234_5678; 300]);
        let index = Index::of(vec![tone.clone()]);
        assert_eq!(index.find(std::slice::from_ref(&tone)), Vec::new());
        assert_eq!(line::reference(&tone, &tone), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        /// What the index finds, the reference finds with no less weight and at most a twentieth more; a clear copy, both find.
        #[test]
        fn index_finds_what_the_reference_finds(
            seed: u64, from in 0..100_usize, slope in 0..31_u32, noise in 10..40_u32, other: bool,
        ) {
            let mut dice = Dice(seed);
            let listed = dice.print(180);
            let slope = 940 + slope * 4;
            let mut asked = dice.print(20);
            let source = if other { dice.print(180) } else { listed.clone() };
            asked.0.extend(copy(&mut dice, &source, (from, 60), slope, noise));
            let slow = line::reference(&asked, &listed);
            let fast = Index::of(vec![listed]).runs(&asked).remove(&0);
            prop_assert_eq!(slow.is_some(), !other);
            prop_assert_eq!(fast.is_some(), slow.is_some());
            if let (Some(fast), Some(slow)) = (fast, slow) {
                prop_assert!(fast.weight <= slow.weight && fast.weight * 20 >= slow.weight * 19, "{:?} {:?}", fast, slow);
            }
        }
    }
}
