//! `cargo xtask bench`: what the product takes, measured from outside on the release binary.

mod approve;
mod banks;
mod clusters;
mod desk;
mod files;
mod formats;
mod intake;
mod machine;
mod plain;
mod product;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "renvoi-bench", about = "Measures the product from outside")]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Intake at scale, approvals meanwhile, and plain inserts of the same rows.
    Intake(intake::Intake),
    /// Worlds at several copy rates: duplicates found, and decoys merged by mistake.
    Clusters(clusters::Clusters),
    /// Big files of real formats, whole, cut short, again, and unusable ones.
    Files(files::Files),
}

/// Where it works and with which program.
#[derive(Debug, Clone, clap::Args)]
struct Place {
    /// The program under measurement.
    #[arg(long, default_value = "target/release/renvoi", value_name = "FILE")]
    program: PathBuf,
    /// Folder for everything that is made; removed at the end unless --keep.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Keeps the folder.
    #[arg(long)]
    keep: bool,
}

impl Place {
    fn folder(&self) -> anyhow::Result<PathBuf> {
        let folder = match &self.dir {
            Some(folder) => folder.clone(),
            None => std::env::temp_dir().join(format!("renvoi-bench-{}", std::process::id())),
        };
        anyhow::ensure!(!folder.exists(), "{} exists; choose a new --dir", folder.display());
        std::fs::create_dir_all(&folder)?;
        Ok(folder.canonicalize()?)
    }

    fn clear(&self, folder: &std::path::Path) -> anyhow::Result<()> {
        if self.keep {
            eprintln!("bench: everything is in {}", folder.display());
            return Ok(());
        }
        Ok(std::fs::remove_dir_all(folder)?)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done =
        tokio::runtime::Runtime::new().map_err(anyhow::Error::from).and_then(|runtime| match cli.what {
            What::Intake(intake) => runtime.block_on(intake.run()),
            What::Clusters(clusters) => runtime.block_on(clusters.run()),
            What::Files(files) => files.run(),
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
