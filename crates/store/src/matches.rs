//! Matches of observations with signals.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Error, Result, Row, Value, params};
use domain::bank::{Opinion, Part, READ_IN_PICTURE, SignalKind, SignalState, Why};
use domain::id::{AgencyId, BankId, ClusterId, SignalId, SubjectId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Seconds of a day.
const SECONDS_PER_DAY: i64 = 86_400;

/// Exact matches of a range of observations: observation, signal.
pub async fn exact(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<(i64, i64)>> {
    db.rows(
        "SELECT s.observation, g.key FROM seen s JOIN signal g ON g.kind = s.kind AND g.value = s.value
         JOIN bank b ON b.id = g.bank WHERE s.observation BETWEEN $2 AND $3 AND g.state = 'live'
         AND b.opinion <> 'disputed' AND b.space = $1 AND s.kind NOT IN ('pdq', 'term', 'tlsh')",
        params![space, from, to],
    )
    .await?
    .iter()
    .map(|row| Ok((row.int("observation")?, row.int("key")?)))
    .collect()
}

/// A match to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMatch {
    /// Where.
    pub observation: i64,
    /// Which signal.
    pub signal: i64,
    /// Bits of 256.
    pub distance: u32,
    /// Which form.
    pub variant: String,
    /// Of videos and sounds: which part of both.
    pub part: Option<Part>,
}

fn part(row: &Row) -> Result<Option<Part>> {
    if row.text("part")?.is_empty() { Ok(None) } else { row.json("part").map(Some) }
}

/// A signal after matches of it were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Inside key.
    pub key: i64,
    /// Its id.
    pub id: SignalId,
    /// In which bank.
    pub bank: BankId,
    /// Its matches of this day, UTC.
    pub today: u64,
}

/// What storing matches came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Signals that have new matches.
    pub counted: Vec<Counted>,
    /// New matches by observation.
    pub new: HashMap<i64, usize>,
}

impl Stored {
    /// New matches of an observation.
    #[must_use]
    pub fn new_of(&self, observation: i64) -> usize {
        self.new.get(&observation).copied().unwrap_or_default()
    }
}

/// Stores matches of signals that are live now, of each signal at most `per_day` a day, UTC, and counts the new ones
/// for the fuses.
pub async fn put(tx: &mut Tx, new: &[NewMatch], per_day: u64, now: Timestamp) -> Result<Stored> {
    let mut stored = Stored::default();
    if new.is_empty() {
        return Ok(stored);
    }
    let day = now.as_second().div_euclid(SECONDS_PER_DAY);
    let mut known = stored_before(tx, new).await?;
    let mut left = room(tx, new, per_day, day).await?;
    let mut rows = Vec::with_capacity(new.len());
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    for found in new {
        let Some(left) = left.get_mut(&found.signal).filter(|left| **left > 0) else { continue };
        if !known.insert((found.observation, found.signal)) {
            continue;
        }
        *left -= 1;
        *counts.entry(found.signal).or_default() += 1;
        *stored.new.entry(found.observation).or_default() += 1;
        let part = found.part.as_ref().map(serde_json::to_string).transpose();
        let part = part.map_err(|error| Error::Damaged(error.to_string()))?.unwrap_or_default();
        rows.push(params![found.observation, found.signal, found.distance, &found.variant, now, part]);
    }
    let columns = ["observation", "signal", "distance", "variant", "found_at", "part"];
    tx.insert("match", &columns, rows, "").await?;
    for (signal, count) in counts {
        let row = tx
            .one(
                "UPDATE signal SET matches = matches + $3, day = $2,
                 day_matches = CASE WHEN day = $2 THEN day_matches + $3 ELSE $3 END WHERE key = $1
                 RETURNING id, bank, day_matches",
                params![signal, day, count],
            )
            .await?;
        let today = row.count("day_matches")?;
        stored.counted.push(Counted { key: signal, id: row.id("id")?, bank: row.id("bank")?, today });
    }
    Ok(stored)
}

/// Pairs of observation and signal that are stored already.
async fn stored_before(tx: &mut Tx, new: &[NewMatch]) -> Result<HashSet<(i64, i64)>> {
    let observations: BTreeSet<i64> = new.iter().map(|found| found.observation).collect();
    let observations: Vec<i64> = observations.into_iter().collect();
    let mut known = HashSet::new();
    for chunk in observations.chunks(IN_MAX) {
        let sql =
            format!("SELECT observation, signal FROM match WHERE observation IN ({})", list(chunk.len(), 1));
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            known.insert((row.int("observation")?, row.int("signal")?));
        }
    }
    Ok(known)
}

/// How many matches each live signal bears yet today.
async fn room(tx: &mut Tx, new: &[NewMatch], per_day: u64, day: i64) -> Result<HashMap<i64, u64>> {
    let signals: BTreeSet<i64> = new.iter().map(|found| found.signal).collect();
    let signals: Vec<i64> = signals.into_iter().collect();
    let mut room = HashMap::new();
    for chunk in signals.chunks(IN_MAX) {
        let sql = format!(
            "SELECT key, day, day_matches FROM signal WHERE state = 'live' AND key IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let today = if row.int("day")? == day { row.count("day_matches")? } else { 0 };
            // One at least: a signal that was upheld today blows its fuse again with the next match.
            room.insert(row.int("key")?, per_day.saturating_sub(today).max(1));
        }
    }
    Ok(room)
}

/// Ends every match of a withdrawn signal; gives the observations that had one.
pub async fn end(tx: &mut Tx, signal: i64, now: Timestamp) -> Result<Vec<i64>> {
    tx.rows(
        "UPDATE match SET ended_at = $2 WHERE signal = $1 AND ended_at IS NULL RETURNING observation",
        params![signal, now],
    )
    .await?
    .iter()
    .map(|row| row.int("observation"))
    .collect()
}

/// A match as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where.
    pub observation: i64,
    /// The item that the observation is of.
    pub subject: SubjectId,
    /// Which signal.
    pub signal: SignalId,
    /// When it was found.
    pub found_at: Timestamp,
    /// Why, in parts.
    pub why: Why,
    /// Who gave the bank.
    pub origin: String,
    /// Somebody disputes the signal.
    pub disputed: bool,
    /// The document with the signal's clear value, when it is kept.
    pub clear: Option<Vec<u8>>,
}

/// Live matches of a cluster's observations, nearest first.
pub async fn of_cluster(db: &Db, cluster: ClusterId, limit: i64) -> Result<Vec<Shown>> {
    shown(db, "o.cluster = $1", params![cluster, limit]).await
}

/// Of each cluster the first live match with a video or sound, or with a term that a machine read in a picture: what was
/// compared, and which part.
pub async fn of_files(db: &Db, clusters: &[ClusterId]) -> Result<Vec<(ClusterId, SignalKind, Option<Part>)>> {
    let mut found = Vec::new();
    for chunk in clusters.chunks(IN_MAX) {
        let sql = format!(
            "SELECT f.cluster, g.kind, m.part FROM (
               SELECT o.cluster AS cluster, MIN(m.observation) AS observation
               FROM match m JOIN observation o ON o.key = m.observation
               WHERE m.ended_at IS NULL AND (m.part <> '' OR m.variant = $1) AND o.cluster IN ({})
               GROUP BY o.cluster) f
             JOIN match m ON m.observation = f.observation JOIN signal g ON g.key = m.signal
             WHERE m.ended_at IS NULL AND (m.part <> '' OR m.variant = $1) ORDER BY g.key",
            list(chunk.len(), 2)
        );
        let given =
            std::iter::once(Value::from(READ_IN_PICTURE)).chain(chunk.iter().map(|one| Value::from(*one)));
        for row in db.rows_of(sql, given.collect()).await? {
            let cluster: ClusterId = row.id("cluster")?;
            if found.iter().all(|(known, _, _)| *known != cluster) {
                found.push((cluster, row.word("kind", SignalKind::from_word)?, part(&row)?));
            }
        }
    }
    Ok(found)
}

/// Of each cluster the kinds of signals that it has live matches with, and how far the nearest of each is.
pub async fn kinds_of(db: &Db, clusters: &[ClusterId]) -> Result<Vec<(ClusterId, SignalKind, u64)>> {
    let mut found = Vec::new();
    for chunk in clusters.chunks(IN_MAX) {
        let sql = format!(
            "SELECT o.cluster AS cluster, g.kind AS kind, MIN(m.distance) AS distance
             FROM match m JOIN observation o ON o.key = m.observation JOIN signal g ON g.key = m.signal
             WHERE m.ended_at IS NULL AND o.cluster IN ({}) GROUP BY o.cluster, g.kind",
            list(chunk.len(), 1)
        );
        for row in db.rows_of(sql, chunk.iter().map(|one| Value::from(*one)).collect()).await? {
            found.push((
                row.id("cluster")?,
                row.word("kind", SignalKind::from_word)?,
                row.count("distance")?,
            ));
        }
    }
    Ok(found)
}

/// Live matches of the observations of one subject, nearest first.
pub async fn of_subject(db: &Db, subject: i64, limit: i64) -> Result<Vec<Shown>> {
    shown(db, "o.subject = $1", params![subject, limit]).await
}

/// The nearest live match of one subject with one signal.
pub async fn of_pair(db: &Db, subject: i64, signal: SignalId) -> Result<Option<Shown>> {
    Ok(shown(db, "o.subject = $1 AND g.id = $3", params![subject, 1_i64, signal]).await?.pop())
}

async fn shown(db: &Db, wanted: &'static str, given: Vec<Value>) -> Result<Vec<Shown>> {
    db.rows_of(
        format!("SELECT m.observation, s.id AS subject, m.found_at, g.id, g.kind, g.state, b.name, b.opinion, b.origin, b.distance AS max_distance,
         m.distance, m.variant, m.part, d.body, d.commitment, k.wrapped FROM match m
         JOIN observation o ON o.key = m.observation JOIN subject s ON s.key = o.subject
         JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
         LEFT JOIN document d ON d.key = g.document LEFT JOIN record_key k ON k.document = g.document
         WHERE {wanted} AND m.ended_at IS NULL ORDER BY m.distance, g.key LIMIT $2"),
        given,
    )
    .await?
    .iter()
    .map(|row| {
        let kind = row.word("kind", SignalKind::from_word)?;
        let number = |name: &str| Ok::<u32, crate::Error>(u32::try_from(row.int(name)?).unwrap_or_default());
        Ok(Shown {
            observation: row.int("observation")?,
            subject: row.id("subject")?,
            found_at: row.time("found_at")?,
            signal: SignalId(Uuid::parse_str(&row.text("id")?).unwrap_or_default()),
            why: Why {
                kind,
                bank: row.text("name")?,
                opinion: row.word("opinion", Opinion::from_word)?,
                distance: number("distance")?,
                limit: kind.limit(number("max_distance")?),
                variant: row.text("variant")?,
                part: part(row)?,
            },
            origin: row.text("origin")?,
            disputed: row.word("state", SignalState::from_word)? == SignalState::Suspended,
            clear: crate::crypt::clear(&db.keys, row)?,
        })
    })
    .collect()
}

/// What matches of signals say, as if each agreed wholly: signal, why.
pub async fn whys(db: &Db, keys: &[i64]) -> Result<Vec<(i64, Why)>> {
    let mut whys = Vec::new();
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!(
            "SELECT g.key, g.kind, b.name, b.opinion, b.distance FROM signal g JOIN bank b ON b.id = g.bank
             WHERE g.key IN ({}) ORDER BY g.key",
            list(chunk.len(), 1)
        );
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let kind = row.word("kind", SignalKind::from_word)?;
            let limit = u32::try_from(row.int("distance")?).unwrap_or_default();
            let why = Why {
                kind,
                bank: row.text("name")?,
                opinion: row.word("opinion", Opinion::from_word)?,
                distance: 0,
                limit: kind.limit(limit),
                variant: String::new(),
                part: None,
            };
            whys.push((row.int("key")?, why));
        }
    }
    Ok(whys)
}

/// Opinions of the banks that match observations now, one for each match, by observation.
pub async fn opinions(tx: &mut Tx, observations: &[i64]) -> Result<HashMap<i64, Vec<Opinion>>> {
    let mut found: HashMap<i64, Vec<Opinion>> = HashMap::new();
    for chunk in observations.chunks(IN_MAX) {
        let sql = format!(
            "SELECT m.observation, b.opinion FROM match m JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
             WHERE m.ended_at IS NULL AND m.observation IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            found.entry(row.int("observation")?).or_default().push(row.word("opinion", Opinion::from_word)?);
        }
    }
    Ok(found)
}
