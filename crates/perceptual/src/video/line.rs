//! When the moments of a run are, by the line through time that explains most of what is near.
//!
//! A run ([`super::run`]) says that two videos are the same for a while, but in a scene that stands still a frame is near to
//! every other frame of it, so its pairs may be seconds off. Where one scene ends and the next begins they cannot be. So
//! of the lines that lie about the run the one is taken that most near pairs, the nearer the more, lie on.

use super::LISTED_STEP_MS;
use super::run::Pair;
use crate::variants::MATCH_RADIUS_BITS;

/// Lines are this far from the run at most, milliseconds.
const AROUND_MS: i32 = 3_000;

/// Between two lines, milliseconds: a fifth of the time between two frames that ask.
const STEP_MS: usize = 100;

/// Speeds looked at, thousandths, and the step between them.
const SPEEDS_PER_MILLE: std::ops::RangeInclusive<u32> = 900..=1_100;
const SPEED_STEP: usize = 5;

/// Runs of so long, milliseconds, say how fast they are. Over less, what a frame stands for says more.
const SPEED_FROM_MS: u32 = 8_000;

/// A speed other than that of the listed video must explain so much more.
const BETTER: f32 = 1.03;

/// Moments looked at: of a long run every so manieth.
const MOMENTS_MAX: usize = 400;

/// A line through the times of two videos.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    /// The middle of the run, in the video that asks, milliseconds.
    asked_ms: f32,
    /// The same moment in the listed video.
    listed_ms: f32,
    /// How fast the listed video goes by, thousandths of its own speed.
    pub(super) speed_per_mille: u32,
}

impl Line {
    /// The moment of the listed video, milliseconds; what is before its beginning is its beginning.
    pub(super) fn at(&self, asked_ms: u32) -> u32 {
        let along = (asked_ms as f32 - self.asked_ms) * self.speed_per_mille as f32 / 1_000.0;
        (self.listed_ms + along).round().max(0.0) as u32
    }
}

/// The line of a run. `pairs` are all near pairs; those of the run's position and time are looked at.
pub(super) fn through(pairs: &[Pair], run: &[Pair]) -> Option<Line> {
    let (first, last) = (run.first()?, run.last()?);
    let count = run.len() as f32;
    let mean = |of: fn(&Pair) -> u32| run.iter().map(|pair| of(pair) as f32).sum::<f32>() / count;
    let middle = Line {
        asked_ms: mean(|pair| pair.asked_ms),
        listed_ms: mean(|pair| pair.listed_ms),
        speed_per_mille: 1_000,
    };
    let every = run.len().div_ceil(MOMENTS_MAX).max(1);
    let moments: Vec<u32> = run.iter().step_by(every).map(|pair| pair.asked_ms).collect();
    let near: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.form == first.form && moments.binary_search(&pair.asked_ms).is_ok())
        .collect();
    let best = |speed_per_mille: u32| best(&near, Line { speed_per_mille, ..middle });
    let even = best(1_000);
    if last.asked_ms - first.asked_ms < SPEED_FROM_MS {
        return Some(even.0);
    }
    let others = SPEEDS_PER_MILLE.step_by(SPEED_STEP).map(best);
    let other = others.reduce(|most, one| if one.1 > most.1 { one } else { most })?;
    Some(if other.1 > even.1 * BETTER { other.0 } else { even.0 })
}

/// Of the lines of one speed that which explains most, and how much; of equal ones the middle.
fn best(near: &[&Pair], about: Line) -> (Line, f32) {
    let mut most = 0.0_f32;
    let (mut sum, mut equal) = (0.0, 0.0);
    for shift in (-AROUND_MS..=AROUND_MS).step_by(STEP_MS) {
        let listed_ms = about.listed_ms + shift as f32;
        let explained = explained(near, &Line { listed_ms, ..about });
        if explained > most * 1.000_1 {
            (most, sum, equal) = (explained, 0.0, 0.0);
        }
        if explained >= most * 0.999_9 {
            (sum, equal) = (sum + listed_ms, equal + 1.0);
        }
    }
    let listed_ms = if equal > 0.0 { sum / equal } else { about.listed_ms };
    (Line { listed_ms, ..about }, most)
}

/// Of each pair how near it is, the more the nearer it lies to the line. A listed frame stands for a step before and after.
fn explained(near: &[&Pair], line: &Line) -> f32 {
    let of = |pair: &&Pair| {
        let at =
            line.listed_ms + (pair.asked_ms as f32 - line.asked_ms) * line.speed_per_mille as f32 / 1_000.0;
        let off = (at - pair.listed_ms as f32).abs() / LISTED_STEP_MS as f32;
        (1.0 - off).max(0.0) * (MATCH_RADIUS_BITS + 1 - pair.distance.min(MATCH_RADIUS_BITS)) as f32
    };
    near.iter().map(of).sum()
}
