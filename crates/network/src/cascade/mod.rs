//! How content spreads: the independent cascade.
//!
//! A world is one way that chance may fall out: each edge carries or does not, once, with its own probability. What the
//! sources reach over edges that carry is the reach in that world.

mod dominators;
mod tree;
mod world;

pub(crate) use dominators::{Dominators, Flow};
pub(crate) use tree::{OUTSIDE, Tree};
pub(crate) use world::{Sampler, World};

use crate::Graph;

/// What stands for certainty: an edge of probability 1 carries in all worlds but one in 10 thousand million.
const HAZARD_MAX: f64 = 23.0;

/// The edges of a graph with their probabilities, laid out for drawing worlds.
///
/// The probability of an edge is its weight by the weight of all that come into `to`; without weights that is
/// 1/in-degree of `to`.
///
/// An edge of probability p has the hazard −ln(1 − p): the length of a stretch on which points at rate 1 (a Poisson
/// process) leave nothing with probability 1 − p. The edges of an account lie on one line, one behind the other, and
/// those on which a point falls carry. So a draw costs by the edges that carry, not by those that are there.
#[derive(Debug, Clone)]
pub(crate) struct Cascade {
    /// One more than accounts: a row ends where the next begins.
    rows: Vec<Row>,
    edges: Vec<Edge>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    start: u32,
    /// The hazards of the whole row.
    hazard: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    to: u32,
    /// The hazards of the row up to this edge, with it, in parts of the whole row's of which there are 2^32.
    up_to: u32,
}

impl Cascade {
    /// Of a graph.
    pub(crate) fn new(graph: &Graph) -> Self {
        let (out, back) = (graph.out(), graph.back());
        let len = graph.len() as u32;
        let starts: Vec<usize> = (0..len).map(|at| out.range(at).start).collect();
        let mut next = starts.clone();
        let mut all = vec![(0, 0.0); graph.edge_count()];
        // Accounts by in-degree, lowest first: so a row begins with those that it most likely reaches.
        let mut by_degree: Vec<u32> = (0..len).collect();
        by_degree.sort_by_key(|at| back.degree(*at));
        for to in by_degree {
            let whole: f64 = back.edges_of(to).map(|(_, weight)| f64::from(weight)).sum();
            for (from, weight) in back.edges_of(to) {
                let chance = (f64::from(weight) / whole).min(1.0);
                all[next[from as usize]] = (to, (-(-chance).ln_1p()).min(HAZARD_MAX));
                next[from as usize] += 1;
            }
        }
        let mut edges = Vec::with_capacity(all.len());
        let mut rows = Vec::with_capacity(graph.len() + 1);
        for (start, end) in starts.into_iter().zip(next) {
            let row = &all[start..end];
            let hazard: f64 = row.iter().map(|(_, hazard)| hazard).sum();
            rows.push(Row { start: start as u32, hazard: hazard as f32 });
            let (mut sum, scale) = (0.0, f64::from(u32::MAX) / hazard.max(f64::MIN_POSITIVE));
            edges.extend(row.iter().map(|(to, hazard)| {
                sum += hazard;
                Edge { to: *to, up_to: (sum * scale).round() as u32 }
            }));
        }
        rows.push(Row { start: edges.len() as u32, hazard: 0.0 });
        Self { rows, edges }
    }

    /// How many accounts.
    pub(crate) fn len(&self) -> usize {
        self.rows.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::{Cascade, Sampler};
    use crate::reference;
    use crate::trials::graphs;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    const WORLDS: u64 = 4_000;

    proptest! {
        #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]
        /// The mean of drawn worlds is that of all worlds, each by its probability.
        #[test]
        fn reach_is_that_of_enumeration(graph in graphs(8, 12), seed: u64) {
            let sources: Vec<u32> = (0..graph.len() as u32).step_by(3).collect();
            let exact = reference::reach(&graph, &sources, &[]);
            let cascade = Cascade::new(&graph);
            let mut sampler = Sampler::new(&cascade, &sources);
            let counts: Vec<f64> =
                (0..WORLDS).map(|number| sampler.draw(seed, number).accounts.len() as f64).collect();
            let mean = counts.iter().sum::<f64>() / WORLDS as f64;
            let square = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / WORLDS as f64;
            let error = (square / WORLDS as f64).sqrt();
            prop_assert!((mean - exact).abs() <= 5.0 * error + 1e-9, "{} {} {}", mean, exact, error);
        }
    }
}
