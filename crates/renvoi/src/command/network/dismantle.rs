//! `renvoi network dismantle`: in which order accounts go so that what hangs together falls apart soonest.

use super::{Done, rounded};
use crate::command::out::{self, say, tell};
use ::network::dismantle::{by_degree, dismantle};
use bankfile::file::printable;
use clap::Args;
use serde_json::json;

/// Finds in which order accounts go so that the network falls apart soonest; says nothing about reach
#[derive(Debug, Args)]
pub(super) struct Dismantle {
    #[command(flatten)]
    edges: super::Edges,
    /// Lists the first so many accounts instead of all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// The same seed gives the same order
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Dismantle {
    pub(super) fn run(&self) -> Done {
        let graph = self.edges.graph()?;
        let found = dismantle(&graph, self.seed);
        let most = self.top.map_or(usize::MAX, |top| top as usize);
        let order: Vec<&str> =
            found.order.iter().take(most).map(|account| graph.accounts().name(*account)).collect();
        let (ours, degree) = (rounded(found.robustness), rounded(by_degree(&graph)));
        if self.json {
            return say!("{}", json!({ "order": order, "robustness": ours, "robustness_by_degree": degree }));
        }
        out::all(|out| order.iter().try_for_each(|account| writeln!(out, "{}", printable(account))))?;
        tell!("the largest part holds {ours} of all on average; by most neighbours first {degree}");
        Ok(())
    }
}
