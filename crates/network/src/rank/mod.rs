//! Numbers of accounts by their place in the network.

mod components;
mod core;
mod pagerank;

pub use components::{Components, strong, weak};
pub use core::cores;
pub use pagerank::{DAMPING, PageRank, pagerank};

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
