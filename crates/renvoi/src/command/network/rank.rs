//! `renvoi network rank`: accounts by their place in the network.

use super::{Done, rounded};
use crate::command::out;
use ::network::rank;
use bankfile::file::printable;
use clap::{Args, ValueEnum};
use serde_json::json;

/// Orders accounts; with each rank between which it lies
#[derive(Debug, Args)]
pub(super) struct Rank {
    #[command(flatten)]
    edges: super::Edges,
    /// What by
    #[arg(long, value_enum, default_value_t = By::Reach)]
    by: By,
    /// The first so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// The same seed gives the same figures
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// An array of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// How far content of the account comes on average
    Reach,
    /// PageRank towards those who reach others
    Pagerank,
    /// The core number
    Core,
    /// Accounts that are reached directly
    Followers,
}

impl Rank {
    pub(super) fn run(&self) -> Done {
        let graph = self.edges.graph()?;
        let exact = |scores: Vec<f64>| scores.into_iter().map(|score| (score, 0.0)).collect();
        let scores: Vec<(f64, f64)> = match self.by {
            By::Reach => rank::reach(&graph, rank::TRACES, self.seed),
            By::Pagerank => exact(rank::pagerank(&graph, true, &[], 1e-10).ranks),
            By::Core => exact(rank::cores(&graph).into_iter().map(f64::from).collect()),
            By::Followers => exact(rank::followers(&graph)),
        };
        let ranked = rank::ranked(&scores);
        let shown = &ranked[..self.top.map_or(ranked.len(), |top| top as usize).min(ranked.len())];
        out::all(|out| {
            if self.json {
                write!(out, "[")?;
            }
            for (at, one) in shown.iter().enumerate() {
                let name = graph.accounts().name(one.account);
                let (low, high) = one.between;
                // PageRanks are parts of 1, far smaller than what is rounded elsewhere.
                let score = if matches!(self.by, By::Pagerank) { one.score } else { rounded(one.score) };
                if self.json {
                    let comma = if at == 0 { "" } else { "," };
                    let line = json!({
                        "account": name, "score": score, "rank": one.rank, "rank_low": low, "rank_high": high,
                    });
                    write!(out, "{comma}\n{line}")?;
                } else {
                    writeln!(out, "{}\t{low} to {high}\t{score}\t{}", one.rank, printable(name))?;
                }
            }
            if self.json {
                writeln!(out, "\n]")?;
            }
            Ok(())
        })
    }
}
