//! `renvoi bank`: a bank as one file, out of a folder of originals. Needs no data directory.

use super::scan::Files;
use super::{Done, Failed};
use bankfile::Opinion;
use bankfile::file::{named, printable};
use bankfile::make::{self, Plan};
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Makes a bank of originals, for `renvoi scan` and for the console's import
#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi bank make ./originals --verified --out bank.ndjson && renvoi scan ./uploads --bank bank.ndjson"
)]
pub(crate) struct Bank {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Hashes every file of a folder; a file that cannot be hashed is named and left out
    Make(Make),
}

#[derive(Debug, Args)]
struct Make {
    /// The folder of the originals.
    folder: PathBuf,
    /// The file to be written: CSV when its name ends in .csv, else a JSON object a line.
    #[arg(long, value_name = "BANK")]
    out: PathBuf,
    /// A person has looked at every original. Then cuts and points are listed too, which find edited copies.
    #[arg(long)]
    verified: bool,
    /// The bank's name; else that of the file.
    #[arg(long)]
    name: Option<String>,
    /// What is thought of the originals; else positive when verified, seed when not.
    #[arg(long, value_enum)]
    opinion: Option<OpinionName>,
    /// Prints what it came to as one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    files: Files,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OpinionName {
    Positive,
    Seed,
    Negative,
}

impl Bank {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::Make(make) => make.run().await,
        }
    }
}

impl Make {
    async fn run(self) -> Done {
        if !self.folder.is_dir() {
            return Err(Failed::Input(format!("{} is not a folder.", self.folder.display())));
        }
        let opinion = match self.opinion {
            Some(OpinionName::Negative) => Opinion::Negative,
            Some(OpinionName::Positive) => Opinion::Positive,
            None if self.verified => Opinion::Positive,
            Some(OpinionName::Seed) | None => Opinion::Seed,
        };
        let stem = self.out.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let plan = Plan {
            rules: self.files.rules(false)?,
            bytes_max: self.files.bytes_max(),
            folder: self.folder,
            out: self.out,
            name: self.name.or(stem).unwrap_or_default(),
            opinion,
            verified: self.verified,
        };
        let mut tell = |path: &Path, trouble: Option<&str>| {
            if let Some(trouble) = trouble {
                eprintln!("set aside: {}: {trouble}", printable(&named(path).0));
            }
        };
        let made = make::run(plan, &mut tell).await.map_err(Failed::Other)?;
        if self.json {
            println!("{}", serde_json::to_value(&made)?);
            return Ok(());
        }
        println!(
            "{} files, {} pictures ({} show too little to match by PDQ), {} lines; {} set aside, {} excluded.",
            made.files, made.pictures, made.flat, made.signals, made.set_aside, made.excluded
        );
        if !self.verified && made.pictures > 0 {
            println!(
                "With --verified, when a person has looked at every original, edited copies are found too."
            );
        }
        Ok(())
    }
}
