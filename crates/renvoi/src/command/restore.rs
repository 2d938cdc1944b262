//! `renvoi restore`: puts a backup back, erases again what was erased, and checks the result (D9).

use super::{Data, Done};
use crate::command::out::say;
use clap::Args;
use std::path::PathBuf;

/// Puts a backup back into a new data directory, erases again what was erased, and checks it
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi restore ./backup/data ./backup/keys --data ./renvoi-new")]
pub(crate) struct Restore {
    /// The part `data`.
    from: PathBuf,
    /// The part `keys`.
    keys: PathBuf,
    /// The public key that must have signed both parts.
    #[arg(long)]
    vkey: Option<String>,
    /// A later list of erasures.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Restore {
    pub(crate) async fn run(self) -> Done {
        let what = app::backup::Restoring {
            data: self.from,
            keys: self.keys,
            vkey: self.vkey,
            erasures: self.erasures,
            to: self.data.opening(),
        };
        let report = app::backup::restore(&what).await?;
        let checked: u64 = report.checked.values().sum();
        say!("{} is restored; {checked} things were checked and agree.", self.data.data.display())?;
        Ok(())
    }
}
