//! `renvoi doctor`: is everything there that this program needs?

use super::{Data, Done, Failed};
use crate::command::out::say;
use clap::Args;
use std::path::Path;

/// Looks at a data directory and says what is wrong and what to do
#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi doctor --data ./data")]
pub(crate) struct Doctor {
    #[command(flatten)]
    data: Data,
}

impl Doctor {
    pub(crate) async fn run(self) -> Done {
        self.data.must_exist()?;
        let mut wrong = 0;
        let mut look = |good: bool, what: &str, remedy: &str| {
            if good {
                return say!("ok    {what}");
            }
            wrong += 1;
            say!("wrong {what}. {remedy}")
        };
        if app::media_is_decoded() {
            look(true, "ffmpeg is installed, so videos and sounds of files are compared", "")?;
        } else {
            say!(
                "note  ffmpeg is not installed: `scan` and `bank make` compare videos and sounds by their bytes only"
            )?;
        }
        let key = self.data.data.join("keys").join("master.key");
        look(
            is_private(&key),
            "the master key is readable by its owner only",
            "Run: chmod 600 on the key file.",
        )?;
        if crate::owner::is_there(&self.data.data).await {
            look(true, "a running process owns the data directory", "")?;
            say!("Stop it to look at the database too, or ask its /health.")?;
        } else {
            let house = self.data.open().await?;
            let health = app::health::health(&house).await?;
            look(true, &format!("the {} database opens and is migrated", health.database), "")?;
            look(
                !app::people::agencies(&house).await?.is_empty(),
                "there is an agency",
                "Found one: renvoi agency add NAME.",
            )?;
            look(
                health.jobs_failed == 0,
                "no job was left for a person",
                "Look at the log; `renvoi serve` tries again.",
            )?;
            let failed = health.outbox.get("failed").copied().unwrap_or_default();
            look(failed == 0, "no delivery failed", "Look at the provider's contact in the console.")?;
            let damaged = tokio::task::spawn_blocking(move || house.blobs.damaged())
                .await
                .map_err(|error| Failed::Other(error.to_string()))?
                .map_err(app::Error::from)?;
            look(
                damaged.is_empty(),
                "every stored file has the digest of its name",
                "Restore the files from a backup.",
            )?;
        }
        tools().await?;
        if wrong == 0 { Ok(()) } else { Err(Failed::Other(format!("{wrong} to mend."))) }
    }
}

/// Programs of the system that read more kinds of files when they are there. Without them nothing is wrong.
async fn tools() -> Done {
    let missing = bankfile::pdf::missing();
    match missing.is_empty() {
        true => say!("ok    PDF files are read")?,
        false => say!(
            "none  PDF files are not read: {} missing, install {}",
            missing.join(", "),
            bankfile::pdf::PACKAGE
        )?,
    }
    match bankfile::Reader::find().await {
        Ok(reader) => {
            say!("ok    words in pictures are read, languages {}", reader.languages().join(" "))?;
        }
        Err(why) => say!("none  {why}")?,
    }
    Ok(())
}

/// Whether only its owner can read a file.
fn is_private(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|meta| meta.permissions().mode() & 0o077 == 0)
}
