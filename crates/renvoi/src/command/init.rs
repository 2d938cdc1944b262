//! `renvoi init`: a new data directory with its first agency.

use super::agency::First;
use super::{Data, Done, Failed};
use crate::command::out::say;
use app::House;
use clap::Args;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Makes a data directory, its first agency and its first administrator; prints the enrolment link
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi init ./data \"Referral Unit\" --org unit.example --login ada --person \"Ada Admin\""
)]
pub(crate) struct Init {
    /// The data directory; it must be new.
    dir: PathBuf,
    #[command(flatten)]
    first: First,
    /// A PostgreSQL address instead of the SQLite file.
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
    /// Makes it a world for ever: only the invented hosts of this folder can be reached (D11).
    #[arg(long, value_name = "DIR")]
    world: Option<PathBuf>,
}

/// What `init` makes in the folder.
const MADE: [&str; 8] =
    ["keys", "blobs", "ledger", "renvoi.db", "renvoi.db-wal", "renvoi.db-shm", "renvoi.sealed", "owner.lock"];

impl Init {
    pub(crate) async fn run(self) -> Done {
        if self.dir.join("keys").join("master.key").exists() {
            return Err(Failed::Input(format!("{} is a data directory already.", self.dir.display())));
        }
        let before = names(&self.dir)?;
        let data = Data { data: self.dir.clone(), database: self.database.clone() };
        let made = match House::open(data.opening()).await {
            Ok(house) => self.make(house, &data).await,
            // Another process holds the folder: what lies there is its own.
            Err(error @ app::Error::Input(_)) => return Err(error.into()),
            Err(error) => Err(error.into()),
        };
        if made.is_err() {
            take_back(&self.dir, before.as_deref());
        }
        made
    }

    async fn make(&self, mut house: Arc<House>, data: &Data) -> Done {
        if let Some(world) = &self.world {
            let marked = house.mark_world(world).await;
            house.db.close().await;
            drop(house);
            marked?;
            house = House::open(data.opening()).await?;
        }
        let founded = self.first.found(&house).await;
        if founded.is_err() {
            house.db.close().await;
        }
        founded?;
        if !self.first.more.json {
            say!("Then start it: renvoi serve --data {}", data.data.display())?;
        }
        Ok(())
    }
}

/// What lies in the folder; `None` when there is no such folder.
fn names(folder: &Path) -> Result<Option<Vec<OsString>>, Failed> {
    let unusable = |error: std::io::Error| {
        Failed::Input(format!(
            "{} cannot become a data directory: {error}. Name a new folder.",
            folder.display()
        ))
    };
    match std::fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
            Ok(Some(names.collect::<Result<_, _>>().map_err(unusable)?))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(error)),
    }
}

/// Takes back what a failed `init` made, so that the mended command finds the folder as it was.
fn take_back(folder: &Path, before: Option<&[OsString]>) {
    for name in MADE {
        if before.is_some_and(|before| before.iter().any(|there| there == name)) {
            continue;
        }
        let path = folder.join(name);
        let taken = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        if let Err(error) = taken
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(%error, "{} stays behind", path.display());
        }
    }
    // A folder that holds something else stays.
    if before.is_none()
        && let Err(error) = std::fs::remove_dir(folder)
    {
        tracing::debug!(%error, "the folder stays");
    }
}
