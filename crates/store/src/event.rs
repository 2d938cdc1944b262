//! Facts become leaves: one row an event, which is also the entry of its agency's ledger.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Error, Result, Value, params};
use domain::event::Event;
use domain::id::AgencyId;
use ledger::Frontier;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The bytes of a ledger entry: the event as JSON, facts in order of their names.
pub fn entry(event: &Event) -> Result<String> {
    let mut event = event.clone();
    event.facts.sort_keys();
    serde_json::to_string(&event)
        .map_err(|error| Error::Damaged(format!("an event cannot be written: {error}")))
}

/// Writes events and advances each agency's head; the heads are the last rows that the transaction touches.
pub(crate) async fn write(tx: &mut Tx, events: Vec<Event>) -> Result<()> {
    let mut by_agency: BTreeMap<AgencyId, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_agency.entry(event.agency).or_default().push(event);
    }
    for (agency, events) in by_agency {
        let head = tx.maybe("SELECT frontier FROM ledger_head WHERE agency = $1", params![agency]).await?;
        let mut frontier = match head {
            Some(row) => Frontier::from_bytes(&row.bytes("frontier")?)
                .map_err(|error| Error::Damaged(format!("ledger head of {agency}: {error}")))?,
            None => Frontier::new(),
        };
        let mut rows = Vec::with_capacity(events.len());
        for event in events {
            let text = entry(&event)?;
            let hash = ledger::leaf_hash(text.as_bytes());
            let leaf =
                i64::try_from(frontier.size()).map_err(|_| Error::Damaged("ledger is too long".into()))?;
            frontier.append(hash);
            rows.push(params![
                event.agency,
                leaf,
                event.id,
                event.space,
                event.at,
                event.actor,
                event.noun.word(),
                event.of,
                event.what,
                text,
                hash
            ]);
        }
        tx.insert(
            "event",
            &["agency", "leaf", "id", "space", "at", "actor", "noun", "of_id", "what", "entry", "hash"],
            rows,
            "",
        )
        .await?;
        let size = i64::try_from(frontier.size()).map_err(|_| Error::Damaged("ledger is too long".into()))?;
        tx.run(
            "INSERT INTO ledger_head (agency, size, frontier, published) VALUES ($1, $2, $3, 0)
             ON CONFLICT (agency) DO UPDATE SET size = excluded.size, frontier = excluded.frontier",
            params![agency, size, frontier.to_bytes()],
        )
        .await?;
    }
    Ok(())
}

/// Events about one thing, oldest first, at most `limit`.
pub async fn of(db: &Db, noun: domain::event::Noun, of: Uuid, limit: i64) -> Result<Vec<Event>> {
    db.rows(
        "SELECT entry FROM event WHERE noun = $1 AND of_id = $2 ORDER BY at, agency, leaf LIMIT $3",
        params![noun.word(), of, limit],
    )
    .await?
    .iter()
    .map(|row| row.json("entry"))
    .collect()
}

/// The newest events of a kind about some things, newest first, at most `limit`.
pub async fn newest_of(
    db: &Db,
    (noun, what): (domain::event::Noun, &str),
    things: &[Uuid],
    limit: i64,
) -> Result<Vec<Event>> {
    let mut found: Vec<Event> = Vec::new();
    for chunk in things.chunks(IN_MAX) {
        let sql = format!(
            "SELECT entry FROM event WHERE noun = $1 AND what = $2 AND of_id IN ({}) ORDER BY at DESC, id DESC LIMIT $3",
            list(chunk.len(), 4)
        );
        let mut given = params![noun.word(), what, limit];
        given.extend(chunk.iter().map(|id| Value::from(*id)));
        for row in db.rows_of(sql, given).await? {
            found.push(row.json("entry")?);
        }
    }
    found.sort_by_key(|event| std::cmp::Reverse((event.at, event.id)));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// The first thing of a kind that happened to a thing after an id: ids of all kinds rise with time (D24).
pub async fn next_after(
    db: &Db,
    (noun, of, what): (domain::event::Noun, Uuid, &str),
    after: Uuid,
) -> Result<Option<Event>> {
    db.maybe(
        "SELECT entry FROM event WHERE noun = $1 AND of_id = $2 AND what = $3 AND id > $4 ORDER BY id LIMIT 1",
        params![noun.word(), of, what, after],
    )
    .await?
    .map(|row| row.json("entry"))
    .transpose()
}

/// When something last happened to a thing.
pub async fn last(
    db: &Db,
    noun: domain::event::Noun,
    of: Uuid,
    what: &str,
) -> Result<Option<jiff::Timestamp>> {
    db.one(
        "SELECT MAX(at) AS at FROM event WHERE noun = $1 AND of_id = $2 AND what = $3",
        params![noun.word(), of, what],
    )
    .await?
    .maybe_time("at")
}

/// Entries of an agency's ledger from a leaf on, at most `limit`: bytes and leaf hash.
pub async fn entries(db: &Db, agency: AgencyId, from: u64, limit: i64) -> Result<Vec<(String, [u8; 32])>> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    db.rows(
        "SELECT entry, hash FROM event WHERE agency = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3",
        params![agency, from, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.text("entry")?, row.digest("hash")?)))
    .collect()
}

/// Size and frontier of an agency's ledger; empty when it has none yet.
pub async fn head(db: &Db, agency: AgencyId) -> Result<Frontier> {
    match db.maybe("SELECT frontier FROM ledger_head WHERE agency = $1", params![agency]).await? {
        Some(row) => Frontier::from_bytes(&row.bytes("frontier")?)
            .map_err(|error| Error::Damaged(format!("ledger head of {agency}: {error}"))),
        None => Ok(Frontier::new()),
    }
}

/// Size of the last checkpoint that was written.
pub async fn published(db: &Db, agency: AgencyId) -> Result<u64> {
    match db.maybe("SELECT published FROM ledger_head WHERE agency = $1", params![agency]).await? {
        Some(row) => row.count("published"),
        None => Ok(0),
    }
}

/// Notes the size of the checkpoint that was written.
pub async fn set_published(tx: &mut Tx, agency: AgencyId, size: u64) -> Result<()> {
    let size = i64::try_from(size).map_err(|_| Error::Damaged("ledger is too long".into()))?;
    tx.run("UPDATE ledger_head SET published = $2 WHERE agency = $1", params![agency, size]).await?;
    Ok(())
}

/// Agencies that have a ledger.
pub async fn agencies(db: &Db) -> Result<Vec<AgencyId>> {
    db.rows("SELECT agency FROM ledger_head ORDER BY agency", params![])
        .await?
        .iter()
        .map(|row| row.id("agency"))
        .collect()
}

/// Where an event stands: ledger and leaf.
pub async fn place(db: &Db, id: domain::id::EventId) -> Result<Option<(AgencyId, u64)>> {
    db.maybe("SELECT agency, leaf FROM event WHERE id = $1", params![id])
        .await?
        .map(|row| Ok((row.id("agency")?, row.count("leaf")?)))
        .transpose()
}
