//! What plans do in worlds that had no part in making them.

use super::Chances;
use crate::cascade::{Cascade, Sampler, World};
use crate::random::Random;

/// How often worlds are drawn again from the drawn ones for an interval.
const RESAMPLES: usize = 400;

/// Who is taken away, in what cascade.
pub(crate) struct Bench<'a> {
    pub(crate) cascade: &'a Cascade,
    pub(crate) sources: &'a [u32],
    pub(crate) chances: &'a Chances,
    pub(crate) seed: u64,
}

/// What an effect is by fresh worlds. All figures are parts of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Accounts reached without a plan, mean of worlds. Sources are counted.
    pub reach_before: f64,
    /// The same with the plan.
    pub reach_after: f64,
    /// 1 − `reach_after` / `reach_before`.
    pub reduction: f64,
    /// Where `reduction` lies with probability 0.9, as far as the number of worlds goes.
    pub interval90: (f64, f64),
    /// Where 1 − after/before of one further world lies with probability 0.9.
    pub world90: (f64, f64),
}

/// A difference with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// In parts of 1 of the reach without a plan.
    pub by: f64,
    /// Where it lies with probability 0.9.
    pub interval90: (f64, f64),
}

impl Bench<'_> {
    /// What is reached in each of some worlds: first without a plan, then with each of up to 64.
    ///
    /// The same worlds for every plan (common random numbers). Worlds have numbers, so that any number of threads sees
    /// the same ones.
    pub(crate) fn reach(&self, plans: &[Vec<u32>], worlds: std::ops::Range<u64>) -> Vec<Vec<u32>> {
        let mut gone = vec![0_u64; self.cascade.len()];
        for (bit, plan) in plans.iter().enumerate() {
            plan.iter().for_each(|account| gone[*account as usize] |= 1 << bit);
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut all = vec![vec![0; (worlds.end - worlds.start) as usize]; plans.len() + 1];
        let per = all[0].len().div_ceil(threads).max(1);
        let mut parts: Vec<Vec<&mut [u32]>> = Vec::new();
        for row in &mut all {
            for (at, chunk) in row.chunks_mut(per).enumerate() {
                if parts.len() <= at {
                    parts.push(Vec::new());
                }
                parts[at].push(chunk);
            }
        }
        std::thread::scope(|scope| {
            for (at, part) in parts.into_iter().enumerate() {
                let (begin, gone) = (worlds.start + (at * per) as u64, &gone);
                scope.spawn(move || self.part(gone, begin, part));
            }
        });
        all
    }

    /// Worlds from one on, a row for none and for each plan.
    fn part(&self, gone: &[u64], begin: u64, mut rows: Vec<&mut [u32]>) {
        let mut sampler = Sampler::new(self.cascade, self.sources);
        let (mut out, mut count) = (Vec::new(), Count::default());
        for at in 0..rows[0].len() {
            let number = begin + at as u64;
            let world = sampler.draw(self.seed, number);
            out.clear();
            out.extend(world.accounts.iter().map(|account| {
                let gone = gone[*account as usize];
                if gone > 0 && self.chances.acts(*account, self.seed, number) { gone } else { 0 }
            }));
            rows[0][at] = world.accounts.len() as u32;
            for (bit, row) in rows[1..].iter_mut().enumerate() {
                row[at] = count.reached(world, &out, 1 << bit);
            }
        }
    }
}

/// Memory of a count.
#[derive(Default)]
struct Count {
    seen: Vec<bool>,
    queue: Vec<u32>,
}

impl Count {
    /// How many are reached in a world without those whose `out` has a bit.
    fn reached(&mut self, world: &World, out: &[u64], bit: u64) -> u32 {
        self.seen.clear();
        self.seen.extend(out.iter().map(|bits| bits & bit > 0));
        self.queue.clear();
        for place in 0..world.sources {
            if !std::mem::replace(&mut self.seen[place], true) {
                self.queue.push(place as u32);
            }
        }
        let mut next = 0;
        while let Some(place) = self.queue.get(next).copied() {
            next += 1;
            for to in world.of(place) {
                if !std::mem::replace(&mut self.seen[*to as usize], true) {
                    self.queue.push(*to);
                }
            }
        }
        self.queue.len() as u32
    }
}

/// What the worlds say about one plan.
pub(crate) fn effect(before: &[u32], after: &[u32], seed: u64) -> Effect {
    let (all, left) = (mean(before), mean(after));
    let mut worlds: Vec<f64> = before
        .iter()
        .zip(after)
        .map(|(all, left)| 1.0 - f64::from(*left) / f64::from((*all).max(1)))
        .collect();
    worlds.sort_by(f64::total_cmp);
    Effect {
        reach_before: all,
        reach_after: left,
        reduction: 1.0 - left / all.max(1.0),
        interval90: resampled(before, seed, |at| f64::from(before[at]) - f64::from(after[at])),
        world90: (part(&worlds, 0.05), part(&worlds, 0.95)),
    }
}

/// By how much less is reached with one plan than with another.
pub(crate) fn difference(before: &[u32], with: &[u32], other: &[u32], seed: u64) -> Difference {
    Difference {
        by: (mean(other) - mean(with)) / mean(before).max(1.0),
        interval90: resampled(before, seed, |at| f64::from(other[at]) - f64::from(with[at])),
    }
}

/// The middle nine tenths of a sum over worlds by the sum before, worlds drawn again with replacement.
pub(crate) fn resampled(before: &[u32], seed: u64, change: impl Fn(usize) -> f64) -> (f64, f64) {
    let mut random = Random::new(seed, u64::MAX);
    let mut all: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (mut above, mut below) = (0.0, 0.0);
            for _ in 0..before.len() {
                let at = random.below(before.len() as u32) as usize;
                above += change(at);
                below += f64::from(before[at]);
            }
            above / f64::max(below, 1.0)
        })
        .collect();
    all.sort_by(f64::total_cmp);
    (part(&all, 0.05), part(&all, 0.95))
}

/// The value below which a part of sorted ones lies, between two in proportion.
pub(crate) fn part(sorted: &[f64], part: f64) -> f64 {
    let at = part * (sorted.len().saturating_sub(1)) as f64;
    let (low, high) = (sorted.get(at.floor() as usize), sorted.get(at.ceil() as usize));
    low.zip(high).map_or(0.0, |(low, high)| low + (high - low) * at.fract())
}

pub(crate) fn mean(row: &[u32]) -> f64 {
    row.iter().map(|count| f64::from(*count)).sum::<f64>() / row.len().max(1) as f64
}
