//! `renvoi retention`: what is due for erasure or review (LAW-108).

use super::{Data, Done};
use crate::command::out::say;
use clap::Args;

/// Lists what is due for erasure or review, by class
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi retention --data ./renvoi-data")]
pub(crate) struct Due {
    #[command(flatten)]
    data: Data,
}

impl Due {
    pub(crate) async fn run(self) -> Done {
        let house = self.data.open().await?;
        let due = app::sweep::due(&house).await?;
        if due.is_empty() {
            say!("Nothing is due.")?;
        }
        for row in due {
            say!(
                "{}: {} since {}, {} days counted from {}; {}",
                row.class,
                row.count,
                row.oldest,
                row.days,
                row.counted_from,
                row.at_the_end
            )?;
        }
        house.db.close().await;
        Ok(())
    }
}
