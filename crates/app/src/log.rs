//! The log of reads, for the supervisory authority and the four purposes of LED Art 25(2) (LAW-90, LAW-91).
//!
//! In: a purpose, a window, perhaps one thing. Out: who read that thing and why; over all things only that something was
//! read, under a mark that changes from thing to thing and from query to query, so that nothing can be counted for a
//! person. Each query is itself an event in the agency's ledger.

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::reads::LogPurpose;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use store::person::{Logged, READS_MAX};
use uuid::Uuid;

/// Length of a reader's mark, in hexadecimal digits.
const MARK_DIGITS: usize = 16;

/// What is asked of the log.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Why: nothing else is possible.
    pub purpose: LogPurpose,
    /// One thing: then its readers are named, with their reasons.
    pub of: Option<Uuid>,
    /// Begin of the window.
    pub from: Timestamp,
    /// End of the window, itself outside.
    pub to: Timestamp,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// One of the six operations.
    pub operation: String,
    /// What was read.
    pub noun: String,
    /// Which.
    pub of: Uuid,
    /// The person's id when one thing was asked for; else a mark that holds for this thing in this query only.
    pub reader: String,
    /// Their reason when one thing was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The query, as it stands in the ledger.
    pub query: Uuid,
    /// Oldest first.
    pub lines: Vec<Line>,
    /// There are more: ask again from the time of the last line.
    pub more: bool,
}

/// Reads the log of the actor's agency. The query is noted before anything is handed out.
pub async fn reads(house: &House, actor: &Actor, asked: Asked) -> Result<Lines> {
    actor.need(Right::ReadLog)?;
    if asked.to <= asked.from {
        return Err(Error::Input("The window ends before it begins.".into()));
    }
    let window = (asked.from, asked.to);
    let found = store::person::reads(&house.db, actor.agency, window, asked.of).await?;
    let query = Uuid::now_v7();
    let mut act = Act::of(house, actor, actor.agency).await?;
    let facts = json!({
        "purpose": asked.purpose.word(), "of": asked.of.map(|id| id.to_string()), "from": asked.from.to_string(),
        "to": asked.to.to_string(), "lines": found.len(),
    });
    act.append(Noun::Export, query, "log_read", facts).await?;
    act.commit().await?;
    let more = found.len() == READS_MAX;
    let lines =
        found.into_iter().map(|read| line(house, actor, &asked, query, read)).collect::<Result<_>>()?;
    Ok(Lines { query, lines, more })
}

fn line(house: &House, actor: &Actor, asked: &Asked, query: Uuid, read: Logged) -> Result<Line> {
    let (reader, reason) = if asked.of.is_some() {
        (read.person.to_string(), Some(read.reason))
    } else {
        let what = format!("{query} {} {}", read.of, read.person);
        let digest = house.db.keys.digest(actor.agency, "reader", what.as_bytes())?;
        (hex::encode(digest).chars().take(MARK_DIGITS).collect(), None)
    };
    Ok(Line { at: read.at, operation: read.operation, noun: read.noun, of: read.of, reader, reason })
}
