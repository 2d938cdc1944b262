//! Intakes: formats that can be read, and what came in.

use crate::{House, Result};
use connect::sources::{self, Manifest};
use domain::access::{Actor, Right};
use domain::id::BatchId;
use domain::observation::SetAside;
use jiff::Timestamp;
use serde_json::Value;

/// Intakes shown.
const BATCHES_SHOWN: i64 = 20;

/// Formats, in the order of the registry.
#[must_use]
pub fn formats() -> Vec<Manifest> {
    sources::registry().iter().map(|source| source.manifest()).collect()
}

/// The format that a file's name ends with, or ends like when one only does.
#[must_use]
pub fn format_of(file: &str) -> Option<&'static str> {
    let end = file.rsplit_once('.')?.1.to_lowercase();
    if let Some(named) = sources::by_name(&end) {
        return Some(named.name());
    }
    let mut found = sources::registry()
        .iter()
        .map(|source| source.manifest())
        .filter(|manifest| manifest.extensions.contains(&end.as_str()));
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only.name),
        _ => None,
    }
}

/// An intake that came in.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Name of its source.
    pub source: String,
    /// Its format.
    pub format: String,
    /// When it came.
    pub made_at: Timestamp,
    /// When it was read to its end.
    pub ended_at: Option<Timestamp>,
    /// Records read.
    pub records: u64,
    /// New ones.
    pub new: u64,
    /// Known before.
    pub duplicate: u64,
    /// Refused.
    pub refused: u64,
    /// Set aside.
    pub set_aside: Vec<SetAside>,
}

/// Newest intakes of the actor's spaces.
pub async fn batches(house: &House, actor: &Actor) -> Result<Vec<Batch>> {
    actor.need(Right::Intake)?;
    let mut rows = Vec::new();
    for space in &actor.spaces {
        rows.extend(store::intake::batches(&house.db, *space, BATCHES_SHOWN).await?);
    }
    let mut batches: Vec<Batch> = rows
        .iter()
        .map(|row| {
            let counts: Value = row.json("counts")?;
            let number = |name: &str| counts[name].as_u64().unwrap_or_default();
            Ok(Batch {
                id: row.id("id")?,
                source: row.text("name")?,
                format: row.text("format")?,
                made_at: row.time("made_at")?,
                ended_at: row.maybe_time("ended_at")?,
                records: number("records"),
                new: number("new"),
                duplicate: number("duplicate"),
                refused: number("refused"),
                set_aside: serde_json::from_value(counts["set_aside"].clone()).unwrap_or_default(),
            })
        })
        .collect::<Result<_>>()?;
    batches.sort_by_key(|batch| std::cmp::Reverse(batch.made_at));
    batches.truncate(usize::try_from(BATCHES_SHOWN).unwrap_or(usize::MAX));
    Ok(batches)
}
