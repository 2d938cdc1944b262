//! `renvoi report`: counts what was done, and counts it again from the exported ledgers.

use super::{Data, Done, Failed};
use crate::command::out::{self, say};
use crate::owner::{self, Asked};
use app::House;
use app::report::{self, Ask};
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest report that is read to be counted again, in bytes.
const REPORT_MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Differences that are printed one by one.
const DIFFERENCES_SHOWN: usize = 50;

/// Counts what was done, and counts it again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  renvoi report action-day --space \"Referral Unit\" --from 2026-03-10 --to 2026-03-11 --format json --out report.json\n  renvoi report recount ./data/ledger/* --against report.json"
)]
pub(crate) struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Counts a window of an agency or operation from the database.
    #[command(
        after_help = "Example: renvoi report action-day --space \"Referral Unit\" --from 2026-03-10T08:00:00Z --to 2026-03-10T20:00:00Z --format pdf --out day.pdf\n\nExit codes: 0 written, 2 the request cannot be used or a font is missing, 1 anything else."
    )]
    ActionDay {
        /// Name or id of the agency or operation.
        #[arg(long)]
        space: String,
        /// Begin of the window: RFC 3339, or a date for its midnight UTC.
        #[arg(long)]
        from: String,
        /// End of the window, itself outside.
        #[arg(long)]
        to: String,
        /// json, csv, html or pdf.
        #[arg(long, default_value = "json")]
        format: String,
        /// Where to write it; the screen when not given.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        data: Data,
    },
    /// Counts a report again from exported ledgers, without any database.
    #[command(
        after_help = "Example: renvoi report recount ./data/ledger/* --against report.json\n\nExit codes: 0 every number is equal, 1 some differ, 2 the report or a ledger cannot be used."
    )]
    Recount {
        /// Directories of exported ledgers, one an agency.
        #[arg(required = true, value_name = "DIR")]
        ledgers: Vec<PathBuf>,
        /// The report as JSON.
        #[arg(long, value_name = "FILE")]
        against: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A report, as the owner of the data directory is asked for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct File {
    ask: Ask,
    /// Where to write it; it is not sent through the door.
    file: PathBuf,
}

/// Writes a report to its file, in the process that owns the data directory; gives its length in bytes.
pub(crate) async fn write(house: &Arc<House>, asked: &File) -> Result<usize, Failed> {
    let bytes = report::run(house, &asked.ask).await?;
    // The leaves that it was counted at are published, so that others can count it again.
    for agency in app::people::agencies(house).await? {
        app::publish::run(house, agency.id).await?;
    }
    std::fs::write(&asked.file, &bytes).map_err(|error| {
        Failed::Input(format!(
            "{} cannot be written: {error}. Name a file in a folder that is there.",
            asked.file.display()
        ))
    })?;
    Ok(bytes.len())
}

impl Report {
    pub(crate) async fn run(self) -> Done {
        match self.what {
            What::ActionDay { space, from, to, format, out, data } => {
                action_day(&data, Ask { space, from, to, format }, out).await
            }
            What::Recount { ledgers, against, json } => recount(&ledgers, &against, json),
        }
    }
}

async fn action_day(data: &Data, ask: Ask, out: Option<PathBuf>) -> Done {
    data.must_exist()?;
    let file = match &out {
        Some(out) => std::path::absolute(out)?,
        None => std::path::absolute(&data.data)?.join(format!("report-{}.part", std::process::id())),
    };
    let asked = File { ask, file: file.clone() };
    match House::open(data.opening()).await {
        Ok(house) => {
            write(&house, &asked).await?;
        }
        Err(app::Error::Input(_)) if owner::is_there(&data.data).await => {
            owner::ask(&data.data, &Asked::Report(asked)).await?;
        }
        Err(error) => return Err(error.into()),
    }
    if out.is_none() {
        let bytes = std::fs::read(&file)?;
        std::fs::remove_file(&file)?;
        out::all(|out| out.write_all(&bytes))?;
    }
    Ok(())
}

fn recount(ledgers: &[PathBuf], against: &Path, json: bool) -> Done {
    let unusable = |what: String| Failed::Input(format!("{}: {what}", against.display()));
    let length = std::fs::metadata(against).map_err(|error| unusable(error.to_string()))?.len();
    if length > REPORT_MAX_BYTES {
        return Err(unusable("is too long for a report".to_owned()));
    }
    let bytes = std::fs::read(against).map_err(|error| unusable(error.to_string()))?;
    let report: Value = serde_json::from_slice(&bytes).map_err(|error| unusable(error.to_string()))?;
    let input = |problem: recount::Problem| Failed::Input(problem.to_string());
    let ask = recount::Ask::of_report(&report).map_err(input)?;
    let recount = recount::action_day(ledgers, &ask).map_err(input)?;
    let differences = recount::compare(&report, &recount);
    if json {
        let listed =
            differences.iter().map(|d| json!({ "at": d.at, "report": d.report, "recount": d.recount }));
        let listed: Vec<Value> = listed.take(DIFFERENCES_SHOWN).collect();
        say!("{}", json!({ "equal": differences.is_empty(), "differences": listed }))?;
    } else {
        for difference in differences.iter().take(DIFFERENCES_SHOWN) {
            say!(
                "{}: the report says {}, the ledgers say {}",
                difference.at,
                difference.report,
                difference.recount
            )?;
        }
    }
    match differences.len() {
        0 if json => Ok(()),
        0 => {
            say!("Every number of the report follows from the ledgers.")?;
            Ok(())
        }
        count => Err(Failed::Other(format!("{count} numbers differ from what the ledgers say."))),
    }
}
