//! `renvoi ledger`: exports an agency's log, and verifies one without the program that wrote it.

use super::{Data, Done, Failed};
use crate::command::out::say;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Exports and verifies ledgers
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  renvoi ledger export \"Unit North\" ./log --data ./renvoi-data\n  renvoi ledger verify ./log"
)]
pub(crate) struct Ledger {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Verifies a log or an evidence bundle offline: signature, root, every tile, every file that it carries.
    Verify {
        /// The folder: it holds `checkpoint`, `vkey` and tiles or proofs.
        folder: PathBuf,
        /// The public key that must have signed it; without it the one beside the log, which shows damage but no forgery.
        #[arg(long)]
        vkey: Option<String>,
    },
    /// Writes an agency's whole log as a bundle that anyone can verify.
    Export {
        /// The agency's name.
        agency: String,
        /// A new folder.
        folder: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

impl Ledger {
    pub(crate) async fn run(self) -> Done {
        match self.act {
            Act::Verify { folder, vkey } => verified(&folder, vkey.as_deref()),
            Act::Export { agency, folder, data } => {
                let house = data.open().await?;
                let agency = app::people::agency(&house, &agency).await?;
                app::publish::export(&house, agency.id, &folder, &[]).await?;
                house.db.close().await;
                say!(
                    "{} holds the log of {}. Verify it with: renvoi ledger verify {}",
                    folder.display(),
                    agency.name,
                    folder.display()
                )?;
                Ok(())
            }
        }
    }
}

fn verified(folder: &std::path::Path, vkey: Option<&str>) -> Done {
    if !folder.is_dir() {
        return Err(Failed::Input(format!(
            "{} is not a folder. Name the folder of a log or bundle.",
            folder.display()
        )));
    }
    let report = match vkey {
        Some(vkey) => verify::bundle_of(folder, vkey),
        None => verify::bundle(folder),
    };
    let report = report.map_err(|problem| Failed::Other(problem.to_string()))?;
    let root: String = report.checkpoint.root.iter().map(|byte| format!("{byte:02x}")).collect();
    let body = json!({
        "verified": true, "origin": report.checkpoint.origin, "size": report.checkpoint.size, "root": root,
        "vkey": report.vkey, "proven": report.proven.len(), "files": report.files.len(),
    });
    say!("{body}")?;
    Ok(())
}
