//! In which order accounts go so that what hangs together falls apart soonest.
//!
//! This looks at the graph alone and not at where content starts: at the budget of a unit it says little (who takes away
//! 1 % leaves a part of 99 %), and plans go by reach instead. The orders serve plans as candidates.
//!
//! Chosen: the best of adaptive orders by degree, 2-core and three divisions into communities, each put right by
//! reverse-greedy reinsertion over windows of several sizes, with three ways to choose among equals.
//! Rejected: one heap of all accounts for reinsertion, in which each step changes the price of all who touch the largest part.

mod climb;
mod near;
mod orders;
mod reinsert;

use crate::Graph;
use crate::communities::leiden;
use crate::rank::order;
use near::{Near, Parts};
use reinsert::Equals;

pub use orders::Order;

/// Of how many of the next accounts one comes back, in parts of all.
const WINDOWS: [f64; 4] = [1.0, 0.3, 0.1, 0.03];
/// Neighbours that are looked at for one order: what it costs in large graphs.
const LOOKS: usize = 60_000_000;
/// How often at most the best order is put right again, and how often in a graph with more ends of edges than `LARGE`.
const AGAIN: usize = 12;
const AGAIN_LARGE: usize = 2;
const LARGE: usize = 1_000_000;
/// Divisions into communities that are tried.
const DIVISIONS: u64 = 3;

/// An order in which accounts go, and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Dismantled {
    /// All accounts, who goes first first.
    pub order: Vec<u32>,
    /// From which order it came.
    pub from: Order,
    /// The mean part of all accounts in the largest part that hangs together, over the removal of one after the other
    /// (R of Schneider et al. 2011); 0 to 0.5.
    pub robustness: f64,
}

/// The best order that is known here, whichever way edges point. The seed is that of the communities.
#[must_use]
pub fn dismantle(graph: &Graph, seed: u64) -> Dismantled {
    let near = Near::new(graph);
    let all = near.len();
    let mut bases = vec![(Order::Core, Order::Core.of(&near)), (Order::Degree, Order::Degree.of(&near))];
    for turn in 0..DIVISIONS {
        let communities = leiden(graph, seed.wrapping_add(turn));
        bases.push((Order::Between, orders::between(&near, &communities.of)));
    }
    let mut windows =
        WINDOWS.map(|part| ((all as f64 * part) as usize).min(LOOKS / near.ends().max(1)).max(8)).to_vec();
    windows.dedup();
    let mut best = Dismantled { order: Vec::new(), from: Order::Core, robustness: f64::INFINITY };
    for (from, base) in &bases {
        best.take_better(&near, base, *from, &windows);
    }
    // What is put right may be put right again.
    let again = if near.ends() > LARGE { AGAIN_LARGE } else { AGAIN };
    for _ in 0..again {
        let (was, base) = (best.robustness, best.order.clone());
        let from = best.from;
        best.take_better(&near, &base, from, &windows);
        if best.robustness >= was {
            break;
        }
    }
    climb::climb(&near, &mut best, seed);
    best
}

impl Dismantled {
    /// Puts an order right with each window; what is better than this takes its place.
    fn take_better(&mut self, near: &Near, base: &[u32], from: Order, windows: &[usize]) {
        for window in windows {
            for equals in [Equals::Given, Equals::FewNeighbours, Equals::FewToCome] {
                let order = reinsert::put_right(near, base, *window, equals);
                let robustness = robustness_of(near, &order);
                if robustness < self.robustness {
                    *self = Self { order, from, robustness };
                }
            }
        }
    }
}

/// The first `count` of an adaptive order, without reinsertion.
#[must_use]
pub fn first(graph: &Graph, from: Order, count: usize, may: &[bool]) -> Vec<u32> {
    from.first(&Near::new(graph), count, may)
}

/// R of taking accounts away by most neighbours, all counted before the first goes: what others are compared with.
#[must_use]
pub fn by_degree(graph: &Graph) -> f64 {
    let near = Near::new(graph);
    let degrees: Vec<f64> = (0..near.len() as u32).map(|at| near.of(at).len() as f64).collect();
    robustness_of(&near, &order(&degrees))
}

/// R of an order, which holds each account once.
#[must_use]
pub fn robustness(graph: &Graph, order: &[u32]) -> f64 {
    robustness_of(&Near::new(graph), order)
}

fn robustness_of(near: &Near, order: &[u32]) -> f64 {
    mean_giant(&giants(near, order), near.len())
}

fn mean_giant(giants: &[u32], len: usize) -> f64 {
    giants.iter().map(|giant| f64::from(*giant)).sum::<f64>() / (len * len).max(1) as f64
}

/// The largest part after each removal: found backwards, by putting accounts back.
fn giants(near: &Near, order: &[u32]) -> Vec<u32> {
    let mut parts = Parts::new(near.len());
    let mut giants = vec![0; order.len()];
    let mut most = 0;
    for (at, account) in order.iter().enumerate().rev() {
        giants[at] = most;
        most = most.max(parts.put_back(near, *account));
    }
    giants
}

#[cfg(test)]
mod tests {
    use super::{Order, by_degree, dismantle, first, robustness};
    use crate::graph::tests::graph;
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        #[test]
        fn robustness_is_that_of_the_definition(graph in graphs(16, 40), turn in 0_u32..16) {
            let len = graph.len() as u32;
            let order: Vec<u32> = (0..len).map(|at| (at * 7 + turn) % len).collect();
            prop_assume!({
                let mut sorted = order.clone();
                sorted.sort_unstable();
                sorted.dedup();
                sorted.len() == len as usize
            });
            prop_assert!((robustness(&graph, &order) - reference::robustness(&graph, &order)).abs() < 1e-12);
        }

        #[test]
        fn every_order_holds_each_account_once(graph in graphs(20, 50)) {
            let found = dismantle(&graph, 1);
            prop_assert!((found.robustness - reference::robustness(&graph, &found.order)).abs() < 1e-12);
            let may = vec![true; graph.len()];
            for mut order in [found.order, first(&graph, Order::Core, graph.len(), &may)] {
                order.sort_unstable();
                prop_assert_eq!(order, (0..graph.len() as u32).collect::<Vec<u32>>());
            }
        }

        /// On graphs small enough to try every order it is near the best.
        #[test]
        fn it_is_near_the_best_order(graph in graphs(6, 10)) {
            let best = reference::best_robustness(&graph);
            prop_assert!(dismantle(&graph, 1).robustness <= 1.35 * best + 1e-9, "{} {}", dismantle(&graph, 1).robustness, best);
        }
    }

    /// Two cliques of 5 hang together by one account of degree 2, which by degree goes last.
    #[test]
    fn a_bridge_goes_early() {
        let clique =
            |first: u32| (first..first + 5).flat_map(move |a| (a + 1..first + 5).map(move |b| (a, b)));
        let edges: Vec<(u32, u32)> = clique(0).chain(clique(5)).chain([(0, 10), (10, 5)]).collect();
        let graph = graph(&edges);
        assert!(dismantle(&graph, 1).robustness < by_degree(&graph));
        assert_eq!(first(&graph, Order::Degree, 1, &[true; 11]), [0]);
        let mut may = [true; 11];
        may[0] = false;
        assert_eq!(first(&graph, Order::Degree, 1, &may), [5]);
    }
}
