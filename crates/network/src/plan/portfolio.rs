//! Simple orders that a plan must beat, or else is replaced by.

use super::field::Field;
use crate::Graph;
use crate::dismantle::{self, Order};
use crate::rank::{followers, order, pagerank};

/// How a plan came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Greedy over drawn worlds and the mean field.
    Cascade,
    /// Most followers.
    Followers,
    /// PageRank towards those who reach others.
    PageRank,
    /// Collective influence of the first ring (Morone and Makse 2015): own reach by that of those who are reached.
    CollectiveInfluence,
    /// Most neighbours in what is left of the 2-core (CoreHD).
    CoreHd,
    /// Most followers who are reached: followers by how likely the account is reached itself.
    Reached,
}

impl Method {
    /// A word for formats.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cascade => "cascade",
            Self::Followers => "followers",
            Self::PageRank => "pagerank",
            Self::CollectiveInfluence => "collective-influence",
            Self::CoreHd => "core-hd",
            Self::Reached => "reached-followers",
        }
    }
}

/// The most followed of those who may be in a plan.
pub(crate) fn followed(graph: &Graph, may: &[bool], places: usize) -> Vec<u32> {
    order(&followers(graph)).into_iter().filter(|at| may[*at as usize]).take(places).collect()
}

/// Plans of so many of those who may be in one; followers first.
pub(crate) fn simple(graph: &Graph, field: &Field, may: &[bool], places: usize) -> Vec<(Method, Vec<u32>)> {
    let many = followers(graph);
    let influence = |at: u32| {
        let ring: f64 = graph.out().of(at).iter().map(|to| (many[*to as usize] - 1.0).max(0.0)).sum();
        many[at as usize] * ring
    };
    let reached = |at: usize| many[at] * f64::from(field.reached[at]);
    let first = |scores: &[f64]| {
        order(scores).into_iter().filter(|at| may[*at as usize]).take(places).collect::<Vec<u32>>()
    };
    vec![
        (Method::Followers, first(&many)),
        (Method::PageRank, first(&pagerank(graph, true, &[], 1e-4).ranks)),
        (Method::CollectiveInfluence, first(&(0..graph.len() as u32).map(influence).collect::<Vec<_>>())),
        (Method::CoreHd, dismantle::first(graph, Order::Core, places, may)),
        (Method::Reached, first(&(0..graph.len()).map(reached).collect::<Vec<_>>())),
    ]
}
