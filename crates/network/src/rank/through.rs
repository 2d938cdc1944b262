//! Accounts by what is reached only through them, and how sure their ranks are.

use crate::Graph;
use crate::cascade::{Cascade, Sampler, Tree};
use crate::random::Random;
use crate::rank::order;

/// Worlds that served nothing else under the same seed.
const WORLDS: u64 = 1 << 43;
/// How often worlds are drawn again from the drawn ones for the interval of a rank.
const RESAMPLES: usize = 200;

/// What is drawn and what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Worlds that are drawn: more make ranks surer.
    pub worlds: usize,
    /// The first so many accounts get a rank.
    pub most: usize,
    /// Of which first ones `in_first` speaks.
    pub first: usize,
    /// The same seed gives the same ranks.
    pub seed: u64,
}

/// An account with its rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Through {
    /// Its place in the graph.
    pub account: u32,
    /// Accounts that are reached only through it, itself with them: mean over worlds.
    pub through: f64,
    /// From 1.
    pub rank: u32,
    /// Best and worst rank of a 90 % interval.
    pub between: (u32, u32),
    /// In what part of all draws of worlds it stands among the first.
    pub in_first: f64,
}

/// What one world says: accounts and what is reached only through each.
type Seen = (Vec<u32>, Vec<u32>);

/// Accounts by what is reached only through them when content starts at `sources`, best first. `barred` says for each
/// account whether it gets no rank. Intervals come from drawing the worlds again with replacement.
#[must_use]
pub fn through(graph: &Graph, sources: &[u32], barred: &[bool], sample: Sample) -> Vec<Through> {
    let worlds = draw(&Cascade::new(graph), sources, sample);
    let mut total = vec![0_u64; graph.len()];
    for (accounts, through) in &worlds {
        accounts.iter().zip(through).for_each(|(at, gain)| total[*at as usize] += u64::from(*gain));
    }
    let is_barred = |at: &u32| barred.get(*at as usize).copied().unwrap_or(false);
    let mut best: Vec<u32> = (0..graph.len() as u32).collect();
    best.retain(|at| total[*at as usize] > 0 && !is_barred(at));
    best.sort_by_key(|at| (std::cmp::Reverse(total[*at as usize]), *at));
    best.truncate(sample.most);
    let ranks = drawn_again(&worlds, &best, graph.len(), sample.seed);
    let told = (1..).zip(best).zip(ranks).map(|((rank, account), mut ranks)| {
        ranks.sort_unstable();
        let first = ranks.partition_point(|rank| *rank as usize <= sample.first);
        let at = |part: f64| ranks[((ranks.len() - 1) as f64 * part).round() as usize];
        Through {
            account,
            through: total[account as usize] as f64 / worlds.len() as f64,
            rank,
            between: (at(0.05).min(rank), at(0.95).max(rank)),
            in_first: first as f64 / RESAMPLES as f64,
        }
    });
    told.collect()
}

/// Draws worlds in as many threads as there are processors; which thread draws one changes nothing.
fn draw(cascade: &Cascade, sources: &[u32], sample: Sample) -> Vec<Seen> {
    let mut worlds: Vec<Seen> = vec![Seen::default(); sample.worlds.max(1)];
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let per = worlds.len().div_ceil(threads);
    std::thread::scope(|scope| {
        for (part, chunk) in worlds.chunks_mut(per).enumerate() {
            scope.spawn(move || {
                let (mut sampler, mut tree) = (Sampler::new(cascade, sources), Tree::default());
                for (at, seen) in chunk.iter_mut().enumerate() {
                    let world = sampler.draw(sample.seed, WORLDS + (part * per + at) as u64);
                    tree.find(world);
                    *seen = (world.accounts.clone(), tree.through.clone());
                }
            });
        }
    });
    worlds
}

/// The ranks of accounts in worlds drawn again, for each account a list of `RESAMPLES`.
fn drawn_again(worlds: &[Seen], best: &[u32], len: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut row = vec![u32::MAX; len];
    best.iter().zip(0..).for_each(|(account, at)| row[*account as usize] = at);
    let gains: Vec<Vec<(u32, u32)>> = worlds
        .iter()
        .map(|(accounts, through)| {
            let known = accounts.iter().zip(through).map(|(account, gain)| (row[*account as usize], *gain));
            known.filter(|(at, _)| *at != u32::MAX).collect()
        })
        .collect();
    let mut ranks = vec![Vec::with_capacity(RESAMPLES); best.len()];
    let mut random = Random::new(seed, u64::MAX);
    for _ in 0..RESAMPLES {
        let mut sums = vec![0.0; best.len()];
        for _ in 0..gains.len() {
            let drawn = &gains[random.below(gains.len() as u32) as usize];
            drawn.iter().for_each(|(at, gain)| sums[*at as usize] += f64::from(*gain));
        }
        (1..).zip(order(&sums)).for_each(|(rank, at)| ranks[at as usize].push(rank));
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{Sample, through};
    use crate::graph::tests::graph;
    use crate::reference;
    use crate::trials::graphs;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    const SAMPLE: Sample = Sample { worlds: 64, most: 10, first: 2, seed: 1 };

    proptest! {
        #![proptest_config(Config { cases: 16, failure_persistence: None, ..Config::default() })]
        /// The mean over drawn worlds is what enumeration says is lost with an account.
        #[test]
        fn what_comes_through_one_is_that_of_enumeration(graph in graphs(7, 10), seed: u64) {
            let before = reference::reach(&graph, &[0], &[]);
            let sample = Sample { worlds: 4_000, most: 7, seed, ..SAMPLE };
            for found in through(&graph, &[0], &[true], sample) {
                let lost = before - reference::reach(&graph, &[0], &[found.account]);
                // A share of at most 7 accounts in 4,000 worlds: five standard errors.
                prop_assert!((found.through - lost).abs() <= 0.28, "{:?} {}", found, lost);
                prop_assert!(found.between.0 <= found.rank && found.rank <= found.between.1);
            }
        }
    }

    /// 1 holds thirty for certain; 2 and 3 hold five each and are equals; the source is barred.
    #[test]
    fn sure_ranks_are_narrow_and_equals_share_theirs() {
        let star =
            (10..40).map(|to| (1, to)).chain((40..45).map(|to| (2, to))).chain((45..50).map(|to| (3, to)));
        let edges: Vec<(u32, u32)> = [(0, 1), (0, 2), (0, 3)].into_iter().chain(star).collect();
        let mut barred = vec![false; 50];
        barred[0] = true;
        let found = through(&graph(&edges), &[0], &barred, SAMPLE);
        assert_eq!(
            (found[0].account, found[0].rank, found[0].between, found[0].through),
            (1, 1, (1, 1), 31.0)
        );
        assert_eq!((found[1].account, found[2].account), (2, 3));
        assert_eq!((found[0].in_first, found.len()), (1.0, 10));
    }
}
