//! `renvoi backup`: data and keys in two parts that are stored apart (D9).

use super::{Data, Done};
use crate::command::out::say;
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
        say!(
            "{folder} holds the parts data and keys. Store keys apart: without it the data cannot be read."
        )?;
        Ok(())
    }
}
