//! `renvoi network simulate`: what taking given accounts away does.

use super::{Done, Spread, pair, percent, places, rounded};
use crate::command::out::say;
use ::network::plan::simulate;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Tells what is reached without given accounts
#[derive(Debug, Args)]
pub(super) struct Simulate {
    #[command(flatten)]
    spread: Spread,
    /// An account a line
    #[arg(long, value_name = "PLAN")]
    remove: PathBuf,
    /// Worlds to draw
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    worlds: u32,
    /// One object of JSON
    #[arg(long)]
    json: bool,
}

impl Simulate {
    pub(super) fn run(&self) -> Done {
        let begin = Instant::now();
        let (graph, mut task) = self.spread.task()?;
        task.worlds = Some(self.worlds as usize);
        let accounts = places(&graph, &self.remove, "accounts of the plan")?;
        let (effect, over) = simulate(&graph, &task, &accounts)?;
        if self.json {
            let told = json!({
                "removed": accounts.len(),
                "reach_before": rounded(effect.reach_before),
                "reach_after": rounded(effect.reach_after),
                "reduction": rounded(effect.reduction),
                "interval90": pair(effect.interval90),
                "world90": pair(effect.world90),
                "beats_followers_by": rounded(over.by),
                "beats_followers_by90": pair(over.interval90),
                "worlds": self.worlds,
                "seconds": rounded(begin.elapsed().as_secs_f64()),
            });
            say!("{told}")?;
            return Ok(());
        }
        say!(
            "Reach from the sources: {:.0} accounts, {:.0} without these {}: {} less (90 %: {} to {}; one world: {} to {}).",
            effect.reach_before,
            effect.reach_after,
            accounts.len(),
            percent(effect.reduction),
            percent(effect.interval90.0),
            percent(effect.interval90.1),
            percent(effect.world90.0),
            percent(effect.world90.1),
        )?;
        Ok(())
    }
}
