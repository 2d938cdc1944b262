//! Small graphs for property tests.

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::Graph;
use crate::graph::tests::graph;

/// Cases a property; `RENVOI_TRIALS` raises it.
pub(crate) fn trials() -> Config {
    let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(256);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// Graphs of up to so many accounts and edges, loops and repetitions among them.
pub(crate) fn graphs(accounts: u32, edges: usize) -> impl Strategy<Value = Graph> {
    let ends = (0..accounts, 0..accounts);
    proptest::collection::vec(ends, 1..edges)
        .prop_filter("an edge joins two accounts", |edges| edges.iter().any(|(from, to)| from != to))
        .prop_map(|edges| graph(&edges))
}
