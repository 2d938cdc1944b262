//! `renvoi network communities`: who hangs together.

use super::{Done, rounded};
use crate::command::out::say;
use ::network::communities::leiden;
use bankfile::file::printable;
use clap::Args;
use serde_json::json;

/// Finds groups with many edges inside and few outside
#[derive(Debug, Args)]
pub(super) struct Communities {
    #[command(flatten)]
    edges: super::Edges,
    /// The same seed gives the same groups
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Communities {
    pub(super) fn run(&self) -> Done {
        let graph = self.edges.graph()?;
        let found = leiden(&graph, self.seed);
        let names = |group: &Vec<u32>| -> Vec<&str> {
            group.iter().map(|account| graph.accounts().name(*account)).collect()
        };
        let groups = found.groups();
        if self.json {
            let listed: Vec<_> =
                groups.iter().map(|group| json!({ "size": group.len(), "accounts": names(group) })).collect();
            say!("{}", json!({ "communities": listed, "modularity": rounded(found.modularity) }))?;
            return Ok(());
        }
        for group in &groups {
            say!("{}\t{}", group.len(), printable(&names(group).join(" ")))?;
        }
        say!("modularity {:.4}", found.modularity)?;
        Ok(())
    }
}
