//! Fsck: everything that can be recomputed is recomputed and compared. It reads and never mends.
//!
//! [`log`]: events, leaves, heads, published tiles. [`kept`]: documents, blobs, messages. [`fold`]: states folded again
//! from events. [`rows`]: words, references, counts. In: a house. Out: a report; no problem means that nothing was found.

mod fold;
mod kept;
mod log;
mod rows;

use crate::{House, Result};
use serde::Serialize;
use std::collections::BTreeMap;

/// Problems listed one by one; more are counted.
const PROBLEMS_LISTED: usize = 1_000;

/// What a person does about damage of the database that nothing here can be made again from.
const RESTORE: &str = "stop the house and put back the last backup; keep the damaged folder for the enquiry";
/// What a person does about damage of what is derived.
const REBUILD: &str = "delete the agency's folder below \"ledger\"; it is made again from the database";
/// What a person does about damage of a list of pictures.
const REMAKE: &str = "stop the house and delete the folder \"near\"; it is made again from the database";
/// What a person does about a program fault.
const REPORT: &str = "report it as a fault of the program, with this line";

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: table and key, or file.
    #[serde(rename = "where")]
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.what, self.remedy)
    }
}

/// What was looked at and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many of what were checked.
    pub checked: BTreeMap<&'static str, u64>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// More problems than are listed.
    pub unlisted: u64,
}

impl Report {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    fn count(&mut self, what: &'static str, number: u64) {
        *self.checked.entry(what).or_default() += number;
    }

    fn problem(&mut self, place: impl Into<String>, what: impl Into<String>, remedy: &'static str) {
        if self.problems.len() < PROBLEMS_LISTED {
            self.problems.push(Problem { place: place.into(), what: what.into(), remedy });
        } else {
            self.unlisted += 1;
        }
    }

    /// A part that could not even be read is a problem of its own.
    fn part(&mut self, name: &str, outcome: Result<()>) {
        if let Err(error) = outcome {
            self.problem(name, error.to_string(), RESTORE);
        }
    }
}

/// Checks the whole house. People can go on working: the database is read in one state. Blobs and tiles are only added.
pub async fn run(house: &House) -> Report {
    let mut report = Report::default();
    if house.db.changed_while_closed() == Some(true) {
        report.problem("renvoi.db", "the file was changed while no process owned it", RESTORE);
    }
    let published = log::published(house, &mut report).await.unwrap_or_else(|error| {
        report.problem("ledger", error.to_string(), RESTORE);
        log::Published::new()
    });
    let outcome = whole(house, &published, &mut report).await;
    report.part("database", outcome);
    report
}

/// Every part runs, whatever the one before found.
async fn whole(house: &House, published: &log::Published, report: &mut Report) -> Result<()> {
    let mut snap = house.db.snapshot().await?;
    let outcome = rows::integrity(&mut snap, report).await;
    report.part("database", outcome);
    let facts = log::run(&mut snap, published, report).await.unwrap_or_else(|error| {
        report.problem("event", error.to_string(), RESTORE);
        log::Facts::default()
    });
    let outcome = kept::run((house, &mut snap), &facts, report).await;
    report.part("documents", outcome);
    let outcome = fold::run(&mut snap, &facts, report).await;
    report.part("folds", outcome);
    let outcome = rows::run(&mut snap, report).await;
    report.part("rows", outcome);
    Ok(())
}
