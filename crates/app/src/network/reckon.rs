//! What referring accounts would change: ranks, the kernel's plan, and what each beginning of it does.
//!
//! Model: independent cascades, an edge carries with probability 1 / in-degree of where it leads. Every length of the plan
//! is judged on the same worlds, which had no part in choosing it, beside as many of the most followed.

mod world;

use network::plan::{Planner, Task};
use network::random::Random;
use network::{Graph, rank};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;
use world::World;

/// Accounts of the longest plan.
pub const PLAN_MAX: usize = 50;
/// Worlds by which accounts are ranked, and as many others on which the plan is judged.
pub const WORLDS: usize = 256;
/// Accounts that get a rank.
const RANKED_MAX: usize = 200;
/// Draws of worlds for the interval of a rank.
const RESAMPLES: usize = 200;
/// Kept accounts whose price is reckoned.
const PRICED_MAX: usize = 20;
/// Standard deviations of a normal mean that hold 90 %.
const SIGMAS_90: f64 = 1.645;
/// Part below and above a 90 % interval.
const TAIL: f64 = 0.05;
/// Apart from the worlds by which accounts are ranked.
const FRESH: u64 = 1 << 32;

/// A mean over worlds with the 90 % interval of the mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Low end of the interval.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// What a plan of so many accounts comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Point {
    /// Accounts reached after it.
    pub after: Estimate,
    /// Accounts reached in one world: 5 % of worlds lie below the first, 5 % above the second.
    pub world: (f64, f64),
    /// Accounts reached without as many of the most followed.
    pub followers: f64,
    /// Accounts that the plan spares beyond what the most followed spare.
    pub beats: Estimate,
}

/// An account with its rank.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ranked {
    /// Its place in the network.
    pub place: u32,
    /// Its rank, from 1.
    pub rank: u32,
    /// Best rank of a 90 % interval.
    pub low: u32,
    /// Worst rank of it.
    pub high: u32,
    /// Accounts that are reached only through it, itself with them: mean over worlds.
    pub through: f64,
    /// In how many of 100 draws it stands among the first [`PLAN_MAX`].
    pub in_first: u32,
}

/// The figures of one network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reckoned {
    /// Accounts reached while nothing is done, by a mean over the fresh worlds.
    pub before: f64,
    /// The plan, best first; kept accounts and sources are not in it.
    pub plan: Vec<u32>,
    /// How it came about: a word of the kernel's.
    pub method: &'static str,
    /// For plans of 0, 1, 2 … accounts.
    pub curve: Vec<Point>,
    /// Best first, kept accounts among them, sources not.
    pub ranks: Vec<Ranked>,
    /// Kept accounts, and how many more accounts are reached because they are kept.
    pub prices: Vec<(u32, Estimate)>,
}

/// Reckons everything that the pages show. Takes seconds for a large network; never on the path of a request.
///
/// # Errors
/// Those of the kernel: no source.
pub(super) fn reckon(
    graph: &Arc<Graph>,
    sources: &[u32],
    kept: &[u32],
    seed: u64,
) -> network::Result<Reckoned> {
    let mut barred = vec![false; graph.len()];
    sources.iter().for_each(|source| barred[*source as usize] = true);
    let ranks = ranks(graph, sources, &barred, seed);
    kept.iter().for_each(|kept| barred[*kept as usize] = true);
    let open = barred.iter().filter(|barred| !**barred).count();
    let mut found = Reckoned { ranks, ..Reckoned::default() };
    if open > 0 {
        let task = Task {
            sources: sources.to_vec(),
            places: open.min(PLAN_MAX),
            excluded: kept.to_vec(),
            seed,
            ..Task::default()
        };
        let plan = Planner::new(Arc::clone(graph), task)?.plan();
        found.method = plan.method.word();
        found.plan = plan.picks.iter().map(|pick| pick.account).filter(|at| !barred[*at as usize]).collect();
    }
    let mut followers = rank::followers(graph);
    followers.iter_mut().zip(&barred).filter(|(_, barred)| **barred).for_each(|(count, _)| *count = -1.0);
    let mut followed = rank::order(&followers);
    followed.truncate(found.plan.len());
    judge(
        graph,
        sources,
        (&followed, kept.get(..kept.len().min(PRICED_MAX)).unwrap_or_default()),
        found,
        seed,
    )
}

/// Ranks by what is reached only through an account; their intervals by drawing the worlds again.
fn ranks(graph: &Graph, sources: &[u32], barred: &[bool], seed: u64) -> Vec<Ranked> {
    let nobody = vec![false; graph.len()];
    let worlds: Vec<(Vec<u32>, Vec<u32>)> = (0..WORLDS as u64)
        .into_par_iter()
        .map(|stream| {
            let world = World::draw(graph, sources, (seed, stream));
            let through = world.through(&nobody);
            (world.accounts, through)
        })
        .collect();
    let mut total = vec![0_u64; graph.len()];
    for (accounts, through) in &worlds {
        for (account, gain) in accounts.iter().zip(through) {
            total[*account as usize] += u64::from(*gain);
        }
    }
    let mut best: Vec<u32> = (0..).take(barred.len()).collect();
    best.retain(|at: &u32| !barred[*at as usize] && total[*at as usize] > 0);
    best.sort_by_key(|at| (std::cmp::Reverse(total[*at as usize]), *at));
    best.truncate(RANKED_MAX);
    let mut row = vec![None; barred.len()];
    best.iter().enumerate().for_each(|(at, place)| row[*place as usize] = Some(at));
    let gains: Vec<Vec<u32>> = worlds
        .iter()
        .map(|(accounts, through)| {
            let mut gains = vec![0; best.len()];
            for (account, gain) in accounts.iter().zip(through) {
                if let Some(at) = row[*account as usize] {
                    gains[at] = *gain;
                }
            }
            gains
        })
        .collect();
    let mut seen: Vec<Vec<u32>> = vec![Vec::with_capacity(RESAMPLES); best.len()];
    let mut random = Random::new(seed, u64::MAX);
    for _ in 0..RESAMPLES {
        let mut sums = vec![0.0; best.len()];
        for _ in 0..gains.len() {
            let drawn = &gains[random.below(gains.len() as u32) as usize];
            sums.iter_mut().zip(drawn).for_each(|(sum, gain)| *sum += f64::from(*gain));
        }
        (1..).zip(rank::order(&sums)).for_each(|(rank, at)| seen[at as usize].push(rank));
    }
    let ranked = (1..).zip(best).zip(&mut seen).map(|((rank, place), seen)| {
        seen.sort_unstable();
        let first = seen.partition_point(|rank| *rank as usize <= PLAN_MAX);
        Ranked {
            place,
            rank,
            low: quantile(seen, TAIL).min(rank),
            high: quantile(seen, 1.0 - TAIL).max(rank),
            through: total[place as usize] as f64 / worlds.len() as f64,
            in_first: (first * 100 / RESAMPLES) as u32,
        }
    });
    ranked.collect()
}

/// The value at a part of a sorted list, which is not empty.
fn quantile<T: Copy>(sorted: &[T], part: f64) -> T {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

/// Accounts reached in one world: by the length of the plan, and of the most followed; then with each kept account.
type Reaches = ([Vec<u32>; 2], Vec<u32>);

/// Judges plan, followers and kept accounts on fresh worlds.
fn judge(
    graph: &Graph,
    sources: &[u32],
    (followed, kept): (&[u32], &[u32]),
    found: Reckoned,
    seed: u64,
) -> network::Result<Reckoned> {
    let plan = &found.plan;
    let marked = |places: &[u32]| {
        let mut out = vec![false; graph.len()];
        places.iter().for_each(|place| out[*place as usize] = true);
        out
    };
    let backwards = |places: &[u32]| places.iter().rev().copied().collect::<Vec<u32>>();
    let all = [plan.as_slice(), followed].map(|places| (marked(places), backwards(places)));
    // With a kept account in the plan, the last place of the plan is free.
    let others = plan.get(..plan.len().saturating_sub(1)).unwrap_or_default();
    let priced: Vec<Vec<bool>> = kept.iter().map(|kept| marked(&[others, &[*kept]].concat())).collect();
    let reaches: Vec<Reaches> = (0..WORLDS as u64)
        .into_par_iter()
        .map(|stream| {
            let world = World::draw(graph, sources, (seed, FRESH + stream));
            let curves = [0, 1].map(|at| {
                let (out, back) = &all[at];
                let mut reach = world.reach(out, back);
                reach.reverse();
                reach
            });
            (curves, priced.iter().map(|out| world.reach(out, &[])[0]).collect())
        })
        .collect();
    let of = |value: &dyn Fn(&Reaches) -> f64| -> Vec<f64> { reaches.iter().map(value).collect() };
    let curve: Vec<Point> = (0..=plan.len())
        .map(|k| {
            let mut after = of(&|(curves, _)| f64::from(curves[0][k]));
            let beats =
                of(&|(curves, _)| f64::from(curves[1][k.min(followed.len())]) - f64::from(curves[0][k]));
            let followers = of(&|(curves, _)| f64::from(curves[1][k.min(followed.len())]));
            let estimate = estimate(&after);
            after.sort_by(f64::total_cmp);
            Point {
                after: estimate,
                world: (quantile(&after, TAIL), quantile(&after, 1.0 - TAIL)),
                followers: self::estimate(&followers).mean,
                beats: self::estimate(&beats),
            }
        })
        .collect();
    let price = |at: usize| {
        estimate(&of(&|(curves, priced)| f64::from(curves[0][plan.len()]) - f64::from(priced[at])))
    };
    let prices = kept.iter().enumerate().map(|(at, kept)| (*kept, price(at))).collect();
    let before = curve.first().map_or(0.0, |point| point.after.mean);
    Ok(Reckoned { before, curve, prices, ..found })
}

/// The mean of values and its 90 % interval.
fn estimate(values: &[f64]) -> Estimate {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let spread = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    let half = SIGMAS_90 * (spread / count).sqrt();
    Estimate { mean, low: mean - half, high: mean + half }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use network::Accounts;

    /// One source, one bridge to a hundred accounts, and one with ten followers that lead nowhere new.
    fn bridge() -> Arc<Graph> {
        let mut accounts = Accounts::new();
        (0..130_u32).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
        let mut edges = vec![(0, 1), (0, 2)];
        edges.extend((10..110).map(|to| (3, to)));
        edges.push((1, 3));
        edges.extend((4..10).flat_map(|to| [(0, to), (2, to)]));
        edges.extend((110..130).map(|to| (2, to)).chain((110..130).map(|to| (0, to))));
        Arc::new(Graph::of_edges(accounts, edges, Vec::new()).unwrap())
    }

    #[test]
    fn the_bridge_is_first_and_beats_the_most_followed() {
        let graph = bridge();
        let found = reckon(&graph, &[0], &[], 1).unwrap();
        // 1 holds what 3 holds, and itself.
        assert_eq!(found.plan[0], 1);
        assert_eq!((found.ranks[0].place, found.ranks[0].rank, found.ranks[0].low), (1, 1, 1));
        assert!((found.ranks[0].through - 102.0).abs() < 1e-9, "{:?}", found.ranks[0]);
        assert!(found.curve[1].after.mean < found.before - 101.0);
        assert!(found.curve.windows(2).all(|pair| pair[1].after.mean <= pair[0].after.mean));
        assert!(found.ranks.iter().all(|ranked| ranked.low <= ranked.rank && ranked.rank <= ranked.high));
        assert_eq!(found, reckon(&graph, &[0], &[], 1).unwrap());
    }

    #[test]
    fn what_is_kept_is_in_no_plan_and_has_its_price() {
        let graph = bridge();
        let found = reckon(&graph, &[0], &[1, 3], 1).unwrap();
        assert!(!found.plan.contains(&1) && !found.plan.contains(&3) && !found.plan.contains(&0));
        assert!(found.ranks.iter().any(|ranked| ranked.place == 1));
        let (_, price) = found.prices[0];
        assert!(price.low > 0.0, "{price:?}");
    }

    #[test]
    fn one_who_has_only_followers_is_no_gain_over_followers() {
        let mut accounts = Accounts::new();
        (0..40_u32).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
        let mut edges = vec![(0, 1), (0, 2)];
        edges.extend((3..30).map(|to| (1, to)));
        edges.extend((30..40).map(|to| (2, to)));
        let graph = Arc::new(Graph::of_edges(accounts, edges, Vec::new()).unwrap());
        let found = reckon(&graph, &[0], &[], 3).unwrap();
        assert_eq!(found.plan[..2], [1, 2]);
        assert!(found.curve[1].beats.mean.abs() < 1e-9 && found.curve[1].beats.low <= 0.0);
    }
}
