//! `renvoi backup` and `renvoi restore`: data and keys in two parts that are stored apart (D9).

use super::{Data, Done};
use clap::Args;
use std::path::PathBuf;

/// Writes a backup in two parts: `data`, and `keys` to be stored apart
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi backup ./backup-2027-04-25 --data ./renvoi-data")]
pub(crate) struct Backup {
    /// A new folder.
    folder: PathBuf,
    #[command(flatten)]
    data: Data,
}

impl Backup {
    pub(crate) async fn run(self) -> Done {
        let house = self.data.open().await?;
        app::backup::backup(&house, &self.folder).await?;
        house.db.close().await;
        let folder = self.folder.display();
        println!(
            "{folder} holds the parts data and keys. Store keys apart: without it the data cannot be read."
        );
        Ok(())
    }
}

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
        println!("{} is restored; {checked} things were checked and agree.", self.data.data.display());
        Ok(())
    }
}
