//! `renvoi bank`: a bank as one file, out of a folder of originals or of lists of the field, and as such a list. Needs no
//! data directory.

use super::scan::Files;
use super::{Done, Failed};
use crate::command::out::{say, tell};
use bankfile::convert;
use bankfile::file::{named, printable};
use bankfile::make::{self, Plan};
use bankfile::{Format, Head, Opinion};
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
    /// Reads lists of the field into one bank file; what cannot be used is named and left out
    Import(Import),
    /// Writes a bank file as a list of the field
    Export(Export),
}

#[derive(Debug, Args)]
#[command(after_help = "Example: renvoi bank import event.json page-1.json --out bank.ndjson")]
struct Import {
    /// Lists, older ones first; a folder stands for its bank files.
    #[arg(required = true)]
    lists: Vec<PathBuf>,
    /// The bank file to be written: CSV when its name ends in .csv, else a JSON object a line.
    #[arg(long, value_name = "BANK")]
    out: PathBuf,
    /// How the lists are written; else guessed of each by its content.
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// The bank's name, whatever the lists say.
    #[arg(long)]
    name: Option<String>,
    /// What is thought of values of which a list says nothing; else seed.
    #[arg(long, value_enum)]
    opinion: Option<OpinionName>,
    /// Prints what it came to as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: renvoi bank export bank.ndjson --format stix --sharing amber --out bundle.json"
)]
struct Export {
    /// The bank file, or a folder of them.
    bank: PathBuf,
    /// How the list is written.
    #[arg(long, value_enum)]
    format: FormatName,
    /// The file to be written.
    #[arg(long, value_name = "LIST")]
    out: PathBuf,
    /// How far it may be handed on, by the Traffic Light Protocol; written into lists that have a place for it.
    #[arg(long, value_enum, default_value = "amber")]
    sharing: SharingName,
    /// Prints what it came to as one JSON object.
    #[arg(long)]
    json: bool,
}

/// The open formats: closed ones are loaded in a provider's seat only (D16).
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum FormatName {
    Csv,
    Ndjson,
    ThreatexchangeCsv,
    Threatexchange,
    Misp,
    Stix,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Csv => Self::Csv,
            FormatName::Ndjson => Self::Ndjson,
            FormatName::ThreatexchangeCsv => Self::ThreatexchangeCsv,
            FormatName::Threatexchange => Self::Threatexchange,
            FormatName::Misp => Self::Misp,
            FormatName::Stix => Self::Stix,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SharingName {
    Clear,
    Green,
    Amber,
}

impl SharingName {
    fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
        }
    }
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
    /// Lists the text of each document and text file too, as it stands there. Then the bank holds these texts.
    #[arg(long)]
    texts: bool,
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
            What::Import(import) => import.run(),
            What::Export(export) => export.run(),
        }
    }
}

impl From<OpinionName> for Opinion {
    fn from(name: OpinionName) -> Self {
        match name {
            OpinionName::Positive => Self::Positive,
            OpinionName::Seed => Self::Seed,
            OpinionName::Negative => Self::Negative,
        }
    }
}

impl Import {
    fn run(self) -> Done {
        let plan = convert::Import {
            from: self.lists,
            format: self.format.map(Into::into),
            out: self.out,
            name: self.name,
            opinion: self.opinion.map(Into::into),
        };
        let imported = convert::import(&plan).map_err(Failed::Input)?;
        for aside in &imported.read.set_aside {
            tell!("set aside: {}: {}", printable(&aside.at), printable(&aside.reason));
        }
        if imported.written == 0 {
            return Err(Failed::Input(
                "The lists hold no value that can be used; no bank was written.".to_owned(),
            ));
        }
        if self.json {
            say!("{}", serde_json::to_value(&imported)?)?;
            return Ok(());
        }
        say!(
            "{} values; {} stood twice, {} disputed, {} taken back; {} set aside.",
            imported.written,
            imported.duplicate,
            imported.disputed,
            imported.read.taken_back,
            imported.read.left_out()
        )?;
        for (word, count) in &imported.read.not_compared {
            say!("{count} are not compared here: {}.", printable(word))?;
        }
        Ok(())
    }
}

impl Export {
    fn run(self) -> Done {
        let name = self.bank.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let head = Head::now(name.unwrap_or_default(), Some(self.sharing.word()));
        let exported =
            convert::export(&self.bank, (self.format.into(), head), &self.out).map_err(Failed::Input)?;
        if self.json {
            say!("{}", serde_json::to_value(&exported)?)?;
            return Ok(());
        }
        say!(
            "{} values; for {} the format has no place; {} lines of the bank set aside.",
            exported.written,
            exported.without_place,
            exported.set_aside
        )?;
        Ok(())
    }
}

impl Make {
    async fn run(self) -> Done {
        if !self.folder.is_dir() {
            return Err(Failed::Input(format!("{} is not a folder.", self.folder.display())));
        }
        let opinion = match self.opinion {
            Some(opinion) => opinion.into(),
            None if self.verified => Opinion::Positive,
            None => Opinion::Seed,
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
            texts: self.texts,
        };
        let mut tell = |path: &Path, trouble: Option<&str>| {
            if let Some(trouble) = trouble {
                tell!("set aside: {}: {trouble}", printable(&named(path).0));
            }
        };
        let made = tokio::select! {
            made = make::run(plan, &mut tell) => made.map_err(Failed::Other)?,
            ended = super::ending::told_to_end() => {
                ended?;
                return Err(Failed::Other("It was ended before the bank was whole; nothing was written.".to_owned()));
            }
        };
        if made.signals == 0 {
            return Err(Failed::Input(
                "The folder holds no file that can be used; no bank was written.".to_owned(),
            ));
        }
        if self.json {
            say!("{}", serde_json::to_value(&made)?)?;
            return Ok(());
        }
        say!(
            "{} files, {} pictures ({} show too little to match by PDQ), {} videos, {} sounds, {} lines; {} set aside, {} excluded.",
            made.files,
            made.pictures,
            made.flat,
            made.videos,
            made.sounds,
            made.signals,
            made.set_aside,
            made.excluded
        )?;
        if !self.verified && made.pictures + made.videos > 0 {
            say!(
                "With --verified, when a person has looked at every original, edited copies are found too."
            )?;
        }
        Ok(())
    }
}
