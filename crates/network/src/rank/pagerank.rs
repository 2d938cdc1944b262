//! PageRank: where a reader ends up who follows edges back to those who reach others.

use crate::Graph;

/// The part of readers who go on along an edge.
pub const DAMPING: f64 = 0.85;
/// Rounds, however slowly the numbers settle.
const ROUNDS_MAX: usize = 200;

/// Ranks that can be brought up to date.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRank {
    /// For each account its part of 1.
    pub ranks: Vec<f64>,
    /// Rounds that it took.
    pub rounds: usize,
    /// What moved in the last round, summed over accounts.
    pub moved: f64,
}

/// PageRank over turned edges: rank flows from those who are reached to those who reach them, so that it is high for
/// those whose posts many see. Where `turned` is false, it flows along the edges, as elsewhere.
///
/// `start` are ranks of an earlier graph of the same accounts, or empty. The rounds end when less than `still` of the
/// whole moved (1e-9 is enough to order accounts).
///
/// New values are used at once (Gauss-Seidel), which takes about half the rounds of the power method.
#[must_use]
pub fn pagerank(graph: &Graph, turned: bool, start: &[f64], still: f64) -> PageRank {
    let len = graph.len();
    let (gives, takes) = if turned { (graph.back(), graph.out()) } else { (graph.out(), graph.back()) };
    let even = 1.0 / len.max(1) as f64;
    // What an account gives along each edge (for each unit of weight).
    let share: Vec<f64> = (0..len as u32)
        .map(|at| match gives.weights_of(at) {
            [] if gives.degree(at) == 0 => 0.0,
            [] => DAMPING / f64::from(gives.degree(at)),
            weights => DAMPING / weights.iter().copied().map(f64::from).sum::<f64>(),
        })
        .collect();
    // Ranks are kept as what is given along an edge, or as they are where nothing is given.
    let hold = |at: usize, rank: f64| if share[at] > 0.0 { rank * share[at] } else { rank };
    let whole = |at: usize, held: f64| if share[at] > 0.0 { held / share[at] } else { held };
    let begin = |at: usize| start.get(at).copied().unwrap_or(even);
    let mut held: Vec<f64> = (0..len).map(|at| hold(at, begin(at))).collect();
    let mut lost: f64 = (0..len).filter(|at| share[*at] == 0.0).map(|at| held[at]).sum();
    let (mut rounds, mut moved) = (0, f64::INFINITY);
    while rounds < ROUNDS_MAX && moved >= still {
        moved = 0.0;
        for at in 0..len {
            let flow: f64 = match takes.weights_of(at as u32) {
                [] => takes.of(at as u32).iter().map(|near| held[*near as usize]).sum(),
                weights => {
                    let near = takes.of(at as u32).iter().zip(weights);
                    near.map(|(near, weight)| held[*near as usize] * f64::from(*weight)).sum()
                }
            };
            let rank = (1.0 - DAMPING + DAMPING * lost) * even + flow;
            let change = rank - whole(at, held[at]);
            if share[at] == 0.0 {
                lost += change;
            }
            moved += change.abs();
            held[at] = hold(at, rank);
        }
        rounds += 1;
    }
    let mut ranks: Vec<f64> = (0..len).map(|at| whole(at, held[at])).collect();
    let sum: f64 = ranks.iter().sum();
    ranks.iter_mut().for_each(|rank| *rank /= sum);
    PageRank { ranks, rounds, moved }
}

#[cfg(test)]
mod tests {
    use super::pagerank;
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        #[test]
        fn ranks_solve_the_equation(graph in graphs(25, 80), turned: bool) {
            let fast = pagerank(&graph, turned, &[], 1e-13);
            let slow = reference::pagerank(&graph, turned);
            for (a, b) in fast.ranks.iter().zip(&slow) {
                prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
            }
            let again = pagerank(&graph, turned, &fast.ranks, 1e-9);
            prop_assert!(again.rounds <= 2, "{}", again.rounds);
        }
    }
}
