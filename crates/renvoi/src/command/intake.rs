//! `renvoi intake`: takes files in, alone or through the process that owns the data directory.

use super::{Data, Done, Failed};
use crate::command::out::say;
use crate::owner::{self, Asked};
use app::House;
use app::observe::{self, Relevance, Summary};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Days that a held record is kept when nothing else is said (D7).
const HOLD_DAYS: u8 = 7;
/// Most days (D7).
const HOLD_DAYS_MAX: u8 = 30;
/// Largest file of a column mapping, in bytes.
const MAPPING_MAX_BYTES: u64 = 64 * 1024;

/// Takes in what a source sent; reading a file again adds nothing
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  renvoi intake ndjson posts.ndjson --data ./data\n  renvoi intake csv list.csv --mapping list.mapping.json --relevance submit --json\n\nExit codes: 0 taken in (also when records were set aside), 2 the file cannot be used, 1 anything else."
)]
pub(crate) struct Intake {
    /// Format of the files, e.g. ndjson, csv, urls, telegram, mastodon, bluesky, misp, stix, feed, mail.
    format: String,
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints one JSON object a file.
    #[arg(long)]
    json: bool,
    /// Organisation id or name of the agency; not needed when there is one only.
    #[arg(long)]
    agency: Option<String>,
    /// Name of the source; its first intake records the decision on relevance.
    #[arg(long, default_value = "command line")]
    source: String,
    /// What is kept of records that match nothing.
    #[arg(long, value_enum, default_value_t = Kept::Submit)]
    relevance: Kept,
    /// Days that `hold` keeps, 1 to 30.
    #[arg(long, default_value_t = HOLD_DAYS)]
    days: u8,
    /// A column mapping for csv and ndjson.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

/// What is kept (D7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kept {
    /// Nothing but counters.
    Forget,
    /// For some days, only to match new signals.
    Hold,
    /// All: a person picked each record.
    Submit,
}

/// One file to take in, as the owner is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct File {
    format: String,
    file: PathBuf,
    agency: Option<String>,
    source: String,
    relevance: Kept,
    days: u8,
    mapping: Option<Value>,
}

/// Takes one file in, in the process that owns the data directory.
pub(crate) async fn take(house: &Arc<House>, asked: File) -> Result<Summary, Failed> {
    let agency = super::person::agency(house, asked.agency.as_deref()).await?;
    let relevance = match asked.relevance {
        Kept::Forget => Relevance::Forget,
        Kept::Submit => Relevance::Submit,
        Kept::Hold if (1..=HOLD_DAYS_MAX).contains(&asked.days) => Relevance::Hold { days: asked.days },
        Kept::Hold => return Err(Failed::Input(format!("--days is 1 to {HOLD_DAYS_MAX}."))),
    };
    let intake = observe::Intake {
        space: agency.id,
        agency: agency.id,
        person: None,
        source: asked.source,
        relevance,
        format: asked.format,
        mapping: asked.mapping,
        media_folder: asked.file.parent().map(Path::to_owned),
        file: asked.file,
    };
    Ok(observe::run(house, intake).await?)
}

impl Intake {
    pub(crate) async fn run(self) -> Done {
        self.data.must_exist()?;
        let mapping = self.mapping.as_deref().map(read_mapping).transpose()?;
        let owned = match House::open(self.data.opening()).await {
            Ok(house) => Some(house),
            Err(app::Error::Input(_)) if owner::is_there(&self.data.data).await => None,
            Err(error) => return Err(error.into()),
        };
        // What is in is recognised while the rest is read.
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers = owned
            .clone()
            .map(|house| tokio::spawn(async move { app::engine::observed(&house, stopped).await }));
        for file in &self.files {
            let file = file
                .canonicalize()
                .map_err(|error| Failed::Input(format!("{} cannot be read: {error}.", file.display())))?;
            let asked = File {
                format: self.format.clone(),
                file,
                agency: self.agency.clone(),
                source: self.source.clone(),
                relevance: self.relevance,
                days: self.days,
                mapping: mapping.clone(),
            };
            let summary = match &owned {
                Some(house) => serde_json::to_value(take(house, asked).await?)?,
                None => owner::ask(&self.data.data, &Asked::Intake(asked)).await?,
            };
            self.print(&summary)?;
        }
        let _ = stop.send(true);
        if let Some(workers) = workers {
            workers.await.map_err(|error| Failed::Other(format!("the workers: {error}")))?;
        }
        if let Some(house) = &owned {
            app::engine::drain(house).await?;
            house.db.close().await;
        }
        Ok(())
    }

    fn print(&self, summary: &Value) -> Done {
        if self.json {
            return say!("{summary}");
        }
        let number = |name: &str| summary[name].as_u64().unwrap_or_default();
        say!(
            "{}: {} records, {} new, {} known before, {} refused.",
            summary["format"].as_str().unwrap_or_default(),
            number("records"),
            number("new"),
            number("duplicate"),
            number("refused"),
        )?;
        for aside in summary["set_aside"].as_array().into_iter().flatten() {
            say!(
                "  set aside at {}: {}",
                aside["at"].as_str().unwrap_or_default(),
                aside["reason"].as_str().unwrap_or_default()
            )?;
        }
        Ok(())
    }
}

fn read_mapping(file: &Path) -> Result<Value, Failed> {
    let bad = |why: String| Failed::Input(format!("The mapping {} cannot be used: {why}.", file.display()));
    let size = std::fs::metadata(file).map_err(|error| bad(error.to_string()))?.len();
    if size > MAPPING_MAX_BYTES {
        return Err(bad(format!("it is over {MAPPING_MAX_BYTES} bytes")));
    }
    let bytes = std::fs::read(file).map_err(|error| bad(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| bad(error.to_string()))
}
