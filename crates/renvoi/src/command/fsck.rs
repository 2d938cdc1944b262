//! `renvoi fsck`: folds the events again, recomputes every leaf, and compares with what is stored.

use super::{Data, Done, Failed};
use crate::command::out::say;
use clap::Args;

/// Checks that what is stored agrees with the events, the ledger and itself
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi fsck --data ./renvoi-data")]
pub(crate) struct Fsck {
    #[command(flatten)]
    data: Data,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
}

impl Fsck {
    pub(crate) async fn run(self) -> Done {
        let house = self.data.open().await?;
        let report = app::fsck::run(&house).await;
        if self.json {
            say!("{}", serde_json::to_string(&report)?)?;
        } else {
            for (what, count) in &report.checked {
                say!("{count:>8} {what}")?;
            }
            for problem in &report.problems {
                say!("wrong    {problem}")?;
            }
        }
        house.db.close().await;
        if report.is_clean() {
            return Ok(());
        }
        let count = report.problems.len() as u64 + report.unlisted;
        Err(Failed::Other(format!("{count} things do not agree; each line above says what to do.")))
    }
}
