//! What every beginning of a plan does: a curve from none taken away to all.

use super::judge::Bench;
use super::{CURVE, Planner, check, portfolio};
use crate::Result;
use crate::cascade::{Sampler, World};

/// Standard errors of a mean that hold 90 %.
const SIGMAS_90: f64 = 1.645;
const NONE: u32 = u32::MAX;

/// A mean over worlds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Where it lies with probability 0.9, as far as the number of worlds goes.
    pub interval90: (f64, f64),
}

/// What taking away the first so many of a plan comes to, in accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Step {
    /// Accounts reached after it.
    pub after: Mean,
    /// Accounts reached in one world: 5 % of worlds lie below the first, 5 % above the second.
    pub world90: (f64, f64),
    /// Accounts reached without as many of the most followed.
    pub followers: f64,
    /// Accounts that the plan spares beyond what the most followed spare.
    pub beats: Mean,
}

impl Planner {
    /// What the first 0, 1, 2 … accounts of a plan do, in so many fresh worlds, which are the same for every length.
    ///
    /// # Errors
    /// `Plan` when it holds a source that may not be in a plan.
    pub fn curve(&self, plan: &[u32], worlds: usize) -> Result<Vec<Step>> {
        check(&self.graph, &self.may, plan)?;
        let followed = portfolio::followed(&self.graph, &self.open(), plan.len());
        let rows = self.bench().beginnings(&[plan, &followed], worlds);
        let of = |order: usize, count: usize| -> Vec<f64> {
            rows.iter()
                .map(|row| row[order].get(count).or(row[order].last()).copied().map_or(0.0, f64::from))
                .collect()
        };
        let step = |count: usize| {
            let (mut after, others) = (of(0, count), of(1, count));
            let spared: Vec<f64> = others.iter().zip(&after).map(|(other, own)| other - own).collect();
            let (mean, beats) = (Mean::of(&after), Mean::of(&spared));
            after.sort_by(f64::total_cmp);
            Step {
                after: mean,
                world90: (super::judge::part(&after, 0.05), super::judge::part(&after, 0.95)),
                followers: Mean::of(&others).mean,
                beats,
            }
        };
        Ok((0..=plan.len()).map(step).collect())
    }

    /// For each of up to 60 kept accounts: how many accounts more are reached by the plan than if it stood beside `others`,
    /// which are the plan's without the last where there is no place left.
    #[must_use]
    pub fn prices(&self, plan: &[u32], others: &[u32], kept: &[u32], worlds: usize) -> Vec<Mean> {
        if kept.is_empty() {
            return Vec::new();
        }
        let mut plans = vec![plan.to_vec()];
        plans.extend(kept.iter().take(60).map(|kept| [others, &[*kept]].concat()));
        let rows = self.bench().reach(&plans, CURVE..CURVE + worlds as u64);
        let price = |with: &Vec<u32>| {
            let more: Vec<f64> =
                rows[1].iter().zip(with).map(|(own, with)| f64::from(*own) - f64::from(*with)).collect();
            Mean::of(&more)
        };
        rows[2..].iter().map(price).collect()
    }
}

impl Mean {
    /// Of one value a world.
    fn of(values: &[f64]) -> Self {
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let spread = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        let half = SIGMAS_90 * (spread / count).sqrt();
        Self { mean, interval90: (mean - half, mean + half) }
    }
}

/// For each order what is reached when its first 0, 1, 2 … are away.
type Rows = Vec<Vec<u32>>;

impl Bench<'_> {
    /// A row for each world.
    fn beginnings(&self, orders: &[&[u32]], worlds: usize) -> Vec<Rows> {
        let turns: Vec<Vec<u32>> = orders
            .iter()
            .map(|order| {
                let mut turn = vec![NONE; self.cascade.len()];
                order.iter().zip(0..).for_each(|(account, at)| turn[*account as usize] = at);
                turn
            })
            .collect();
        let mut rows: Vec<Rows> = vec![Rows::new(); worlds.max(1)];
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let per = rows.len().div_ceil(threads);
        std::thread::scope(|scope| {
            for (part, chunk) in rows.chunks_mut(per).enumerate() {
                let turns = &turns;
                scope.spawn(move || {
                    let mut sampler = Sampler::new(self.cascade, self.sources);
                    for (at, row) in chunk.iter_mut().enumerate() {
                        let number = CURVE + (part * per + at) as u64;
                        let world = sampler.draw(self.seed, number);
                        let acts = |account: u32| self.chances.acts(account, self.seed, number);
                        let lengths = orders.iter().zip(turns);
                        *row =
                            lengths.map(|(order, turn)| backwards(world, order.len(), turn, &acts)).collect();
                    }
                });
            }
        });
        rows
    }
}

/// What is reached when the first 0, 1, 2 … of an order are away: all are away at first, and come back from its end.
/// `turn` says for each account its turn, or `NONE`.
fn backwards(world: &World, len: usize, turn: &[u32], acts: &impl Fn(u32) -> bool) -> Vec<u32> {
    let mut away: Vec<(u32, u32)> =
        world.accounts.iter().zip(0..).map(|(account, place)| (turn[*account as usize], place)).collect();
    away.retain(|(turn, place)| *turn != NONE && acts(world.accounts[*place as usize]));
    away.sort_unstable();
    let mut gone = vec![false; world.accounts.len()];
    away.iter().for_each(|(_, place)| gone[*place as usize] = true);
    let mut spread = Spread { met: vec![false; gone.len()], gone, open: Vec::new(), reached: 0 };
    (0..world.sources as u32).for_each(|place| spread.meet(place));
    let mut rows = vec![0; len + 1];
    for count in (0..=len).rev() {
        while let Some((_, place)) = away.pop_if(|(turn, _)| *turn as usize >= count) {
            spread.come_back(place);
        }
        while let Some(from) = spread.open.pop() {
            world.of(from).iter().for_each(|to| spread.meet(*to));
        }
        rows[count] = spread.reached;
    }
    rows
}

/// What is reached so far.
struct Spread {
    gone: Vec<bool>,
    /// Content came there; when it is gone, it spreads once it is back.
    met: Vec<bool>,
    open: Vec<u32>,
    reached: u32,
}

impl Spread {
    fn meet(&mut self, place: u32) {
        let at = place as usize;
        if !std::mem::replace(&mut self.met[at], true) && !self.gone[at] {
            self.reached += 1;
            self.open.push(place);
        }
    }

    fn come_back(&mut self, place: u32) {
        let at = place as usize;
        self.gone[at] = false;
        if std::mem::replace(&mut self.met[at], false) {
            self.meet(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::backwards;
    use crate::cascade::{Cascade, Sampler};
    use crate::plan::{Planner, Task};
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;
    use std::sync::Arc;

    proptest! {
        #![proptest_config(trials())]
        /// Each length of a plan is what it is alone, in the same world.
        #[test]
        fn a_beginning_does_what_it_does_alone(graph in graphs(18, 60), seed: u64, every in 1_usize..4) {
            let sources: Vec<u32> = (0..graph.len() as u32).step_by(5).collect();
            let cascade = Cascade::new(&graph);
            let order: Vec<u32> = (0..graph.len() as u32).rev().step_by(every).collect();
            let mut turn = vec![u32::MAX; graph.len()];
            order.iter().zip(0..).for_each(|(account, at)| turn[*account as usize] = at);
            let mut sampler = Sampler::new(&cascade, &sources);
            let world = sampler.draw(seed, 1).clone();
            let acts = |account: u32| account % 5 != 1;
            let rows = backwards(&world, order.len(), &turn, &acts);
            for (count, reached) in rows.iter().enumerate() {
                let gone: Vec<u32> = order[..count].iter().copied().filter(|at| acts(*at)).collect();
                let away = |place: u32| gone.contains(&world.accounts[place as usize]);
                let mut seen: Vec<bool> = (0..world.accounts.len() as u32).map(away).collect();
                let mut open: Vec<u32> = (0..world.sources as u32).filter(|at| !seen[*at as usize]).collect();
                open.iter().for_each(|at| seen[*at as usize] = true);
                let mut alone = 0;
                while let Some(at) = open.pop() {
                    alone += 1;
                    for to in world.of(at) {
                        if !std::mem::replace(&mut seen[*to as usize], true) {
                            open.push(*to);
                        }
                    }
                }
                prop_assert_eq!(*reached, alone, "{}", count);
            }
        }

        /// The curve's means are those of enumeration.
        #[test]
        fn a_curve_is_that_of_enumeration(graph in graphs(7, 9)) {
            prop_assume!(graph.len() > 3);
            let graph = Arc::new(graph);
            let task = Task { sources: vec![0], places: 1, seed: 3, worlds: Some(2), ..Task::default() };
            let planner = Planner::new(graph.clone(), task).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let curve = planner.curve(&[2, 1], 2_000).map_err(|error| TestCaseError::fail(error.to_string()))?;
            for (step, gone) in curve.iter().zip([vec![], vec![2], vec![2, 1]]) {
                let exact = reference::reach(&graph, &[0], &gone);
                // At most 7 accounts in 2,000 worlds: five standard errors.
                prop_assert!((step.after.mean - exact).abs() < 0.4, "{:?} {}", step, exact);
                prop_assert!(step.world90.0 <= step.world90.1);
            }
        }
    }
}
