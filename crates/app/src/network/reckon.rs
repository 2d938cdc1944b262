//! What referring accounts would change: ranks, the kernel's plan, and what each beginning of it does.
//!
//! Model: independent cascades, an edge carries with probability 1 / in-degree of where it leads. Every length of the plan
//! is judged on the same worlds, which had no part in choosing it, beside as many of the most followed.

use network::Graph;
use network::communities::leiden;
use network::plan::{Mean, Planner, Step, Task, Why};
use network::rank::{self, Sample, Through};
use serde::Serialize;
use std::sync::Arc;

/// Accounts of the longest plan.
pub const PLAN_MAX: usize = 50;
/// Worlds by which accounts are ranked, and as many others on which the plan is judged.
pub const WORLDS: usize = 256;
/// Accounts that get a rank.
const RANKED_MAX: usize = 200;
/// Kept accounts whose price is reckoned.
const PRICED_MAX: usize = 20;
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
    /// What each account of the plan holds, in the plan's order, with nobody else away.
    pub whys: Vec<Why>,
    /// How it came about: a word of the kernel's.
    pub method: &'static str,
    /// For plans of 0, 1, 2 … accounts.
    pub curve: Vec<Point>,
    /// Best first, kept accounts among them, sources not.
    pub ranks: Vec<Ranked>,
    /// Kept accounts, and how many more accounts are reached because they are kept.
    pub prices: Vec<(u32, Estimate)>,
}

fn barred(graph: &Graph, sources: &[u32]) -> Vec<bool> {
    let mut barred = vec![false; graph.len()];
    sources.iter().for_each(|source| barred[*source as usize] = true);
    barred
}

/// The first ranks, of whoever is reached beside the sources; nothing that is kept changes them.
pub(super) fn ranks(graph: &Graph, sources: &[u32], seed: u64) -> Vec<Ranked> {
    let sample = Sample { worlds: WORLDS, most: RANKED_MAX, first: PLAN_MAX, seed };
    let barred = barred(graph, sources);
    rank::through(graph, sources, &barred, sample).into_iter().map(Ranked::from).collect()
}

/// Reckons everything else that the pages show. Takes seconds for a large network; never on the path of a request.
///
/// # Errors
/// Those of the kernel: no source.
pub(super) fn reckon(
    graph: &Arc<Graph>,
    sources: &[u32],
    kept: &[u32],
    (ranks, seed): (Vec<Ranked>, u64),
) -> network::Result<Reckoned> {
    let mut barred = barred(graph, sources);
    kept.iter().for_each(|kept| barred[*kept as usize] = true);
    let open = barred.iter().filter(|barred| !**barred).count();
    let task = Task {
        sources: sources.to_vec(),
        places: open.clamp(1, PLAN_MAX),
        excluded: kept.to_vec(),
        seed,
        ..Task::default()
    };
    let mut planner = Planner::new(Arc::clone(graph), task)?;
    let made = planner.choose();
    let plan: Vec<u32> = made.picks.iter().map(|pick| pick.account).collect();
    let whys = planner.why((&made.picks, made.method), &leiden(graph, seed));
    let curve: Vec<Point> = planner.curve(&plan, WORLDS)?.into_iter().map(Point::from).collect();
    let priced = kept.get(..kept.len().min(PRICED_MAX)).unwrap_or_default();
    // Where the plan has a place left, what is kept would be one more; else it would stand for the last.
    let instead = if plan.len() < PLAN_MAX { plan.len() } else { PLAN_MAX - 1 };
    let prices = planner.prices(&plan, &plan[..instead], priced, WORLDS).into_iter().map(Estimate::from);
    Ok(Reckoned {
        before: curve.first().map_or(0.0, |point| point.after.mean),
        method: made.method.word(),
        prices: priced.iter().copied().zip(prices).collect(),
        plan,
        whys,
        curve,
        ranks,
    })
}

impl From<Mean> for Estimate {
    fn from(Mean { mean, interval90: (low, high) }: Mean) -> Self {
        Self { mean, low, high }
    }
}

impl From<Step> for Point {
    fn from(step: Step) -> Self {
        Self {
            after: step.after.into(),
            world: step.world90,
            followers: step.followers,
            beats: step.beats.into(),
        }
    }
}

impl From<Through> for Ranked {
    fn from(ranked: Through) -> Self {
        Self {
            place: ranked.account,
            rank: ranked.rank,
            low: ranked.between.0,
            high: ranked.between.1,
            through: ranked.through,
            in_first: (ranked.in_first * 100.0).round() as u32,
        }
    }
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

    fn reckoned(graph: &Arc<Graph>, kept: &[u32], seed: u64) -> Reckoned {
        reckon(graph, &[0], kept, (ranks(graph, &[0], seed), seed)).unwrap()
    }

    #[test]
    fn the_bridge_is_first_and_beats_the_most_followed() {
        let graph = bridge();
        let found = reckoned(&graph, &[], 1);
        // 1 holds what 3 holds, and itself.
        assert_eq!(found.plan[0], 1);
        assert_eq!((found.ranks[0].place, found.ranks[0].rank, found.ranks[0].low), (1, 1, 1));
        assert!((found.ranks[0].through - 102.0).abs() < 1e-9, "{:?}", found.ranks[0]);
        assert!(found.curve[1].after.mean < found.before - 101.0);
        assert!(found.curve.windows(2).all(|pair| pair[1].after.mean <= pair[0].after.mean));
        assert!(found.ranks.iter().all(|ranked| ranked.low <= ranked.rank && ranked.rank <= ranked.high));
        assert_eq!(found, reckoned(&graph, &[], 1));
    }

    #[test]
    fn what_is_kept_is_in_no_plan_and_has_its_price() {
        let graph = bridge();
        let found = reckoned(&graph, &[1, 3], 1);
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
        let found = reckoned(&graph, &[], 3);
        assert_eq!(found.plan[..2], [1, 2]);
        assert!(found.curve[1].beats.mean.abs() < 1e-9 && found.curve[1].beats.low <= 0.0);
    }
}
