//! `renvoi init`: a new data directory with its first agency.

use super::agency::First;
use super::{Data, Done, Failed};
use app::House;
use clap::Args;
use std::path::PathBuf;

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

impl Init {
    pub(crate) async fn run(self) -> Done {
        if self.dir.join("keys").join("master.key").exists() {
            return Err(Failed::Input(format!("{} is a data directory already.", self.dir.display())));
        }
        let data = Data { data: self.dir, database: self.database };
        let mut house = House::open(data.opening()).await?;
        if let Some(world) = &self.world {
            house.mark_world(world).await?;
            house.db.close().await;
            drop(house);
            house = House::open(data.opening()).await?;
        }
        self.first.found(&house).await?;
        if !self.first.more.json {
            println!("Then start it: renvoi serve --data {}", data.data.display());
        }
        Ok(())
    }
}
