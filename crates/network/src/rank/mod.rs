//! Numbers of accounts by their place in the network.

mod components;
mod core;
mod pagerank;
mod reach;
mod through;

pub use components::{Components, strong, weak};
pub use core::cores;
pub use pagerank::{DAMPING, PageRank, pagerank};
pub use reach::{TRACES, reach};
pub use through::{Sample, Through, through};

/// Places by a score, highest first; equals by their place.
#[must_use]
pub fn order(scores: &[f64]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..scores.len() as u32).collect();
    places.sort_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b)));
    places
}

/// How many each account reaches directly.
#[must_use]
pub fn followers(graph: &crate::Graph) -> Vec<f64> {
    (0..graph.len() as u32).map(|account| f64::from(graph.out().degree(account))).collect()
}

/// The place of an account in an order, and between which it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Its place in the graph.
    pub account: u32,
    /// What it is ordered by.
    pub score: f64,
    /// From 1; equals in the order of their places in the graph.
    pub rank: usize,
    /// Before how many accounts it stands at best, and at worst: those whose scores cannot be told from its own.
    pub between: (usize, usize),
}

/// Accounts by their scores, highest first. A score has a standard error, which is 0 where it is exact; scores closer
/// than 1.645 of them (90 %) are not told apart.
#[must_use]
pub fn ranked(scores: &[(f64, f64)]) -> Vec<Ranked> {
    let values: Vec<f64> = scores.iter().map(|(score, _)| *score).collect();
    let order = order(&values);
    let place = |account: u32, at: usize| {
        let (score, error) = scores[account as usize];
        let above = |bound: f64| order.partition_point(|other| values[*other as usize] > bound);
        let low = above(score + 1.645 * error) + 1;
        let high = order.partition_point(|other| values[*other as usize] >= score - 1.645 * error);
        Ranked { account, score, rank: at + 1, between: (low, high) }
    };
    order.iter().enumerate().map(|(at, account)| place(*account, at)).collect()
}

#[cfg(test)]
mod tests {
    use super::ranked;

    #[test]
    fn equals_and_unsure_ones_share_ranks() {
        let found = ranked(&[(5.0, 0.0), (9.0, 0.0), (5.0, 0.0), (1.0, 3.0)]);
        let found: Vec<_> = found.iter().map(|one| (one.account, one.rank, one.between)).collect();
        assert_eq!(found, [(1, 1, (1, 1)), (0, 2, (2, 3)), (2, 3, (2, 3)), (3, 4, (2, 4))]);
    }
}
