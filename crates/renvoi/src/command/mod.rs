//! The commands, and what they share: the data directory, and how they fail.

pub(crate) mod agency;
pub(crate) mod backup;
pub(crate) mod bank;
pub(crate) mod demo;
pub(crate) mod doctor;
mod ending;
pub(crate) mod fsck;
pub(crate) mod hash;
mod hash_media;
pub(crate) mod init;
pub(crate) mod intake;
pub(crate) mod ledger;
pub(crate) mod lookup;
pub(crate) mod network;
pub(crate) mod out;
pub(crate) mod person;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod retention;
pub(crate) mod scan;
pub(crate) mod screen;
pub(crate) mod serve;
pub(crate) mod world;

use app::House;
use app::house::{Opening, Seat};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// What was handed in cannot be used, or a rule says no.
const EXIT_INPUT: u8 = 2;

/// Said of a bank with which nothing can be compared.
const NO_SIGNAL: &str = "The bank holds no signal that can be compared.";

/// Why a command did not do it.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The person mends it: exit 2.
    Input(String),
    /// The operator mends it: exit 1.
    Other(String),
    /// All was said already; the exit code alone is left.
    Told(u8),
}

impl Failed {
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Input(_) => ExitCode::from(EXIT_INPUT),
            Self::Other(_) => ExitCode::FAILURE,
            Self::Told(code) => ExitCode::from(*code),
        }
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(sentence) | Self::Other(sentence) => f.write_str(sentence),
            Self::Told(code) => write!(f, "exit code {code}"),
        }
    }
}

impl From<app::Error> for Failed {
    fn from(error: app::Error) -> Self {
        if error.is_input() { Self::Input(error.to_string()) } else { Self::Other(error.to_string()) }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Self {
        Self::Other(error.to_string())
    }
}

/// What a command gives back.
pub(crate) type Done = Result<(), Failed>;

/// Which side a process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeatName {
    /// Assesses and refers.
    Authority,
    /// Receives and answers.
    Provider,
}

impl From<SeatName> for Seat {
    fn from(name: SeatName) -> Self {
        match name {
            SeatName::Authority => Self::Authority,
            SeatName::Provider => Self::Provider,
        }
    }
}

/// The data directory.
#[derive(Debug, Clone, Args)]
pub(crate) struct Data {
    /// The data directory.
    #[arg(long, default_value = "renvoi-data", value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// A PostgreSQL address instead of the SQLite file, e.g. postgres://localhost/renvoi.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) database: Option<String>,
}

impl Data {
    /// Whether it was made by `renvoi init`.
    pub(crate) fn must_exist(&self) -> Done {
        if self.data.join("keys").join("master.key").is_file() {
            return Ok(());
        }
        let folder = self.data.display();
        Err(Failed::Input(format!("{folder} is not a data directory. Make one with: renvoi init {folder}")))
    }

    /// Opens it for a command that sends nothing.
    pub(crate) async fn open(&self) -> Result<Arc<House>, Failed> {
        self.must_exist()?;
        Ok(House::open(self.opening()).await?)
    }

    /// How it is opened.
    pub(crate) fn opening(&self) -> Opening {
        Opening {
            folder: self.data.clone(),
            seat: Seat::Authority,
            endpoint: "https://localhost/rxp/v1".to_owned(),
            database: self.database.clone(),
            relay: None,
            reads_words: false,
        }
    }
}
