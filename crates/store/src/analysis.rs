//! Sensitive analysis: its openings, and what people said of leads.

use crate::db::{Db, Tx};
use crate::{Result, Row, crypt, params};
use domain::analysis::Verdict;
use domain::id::{AgencyId, PersonId};
use jiff::Timestamp;
use uuid::Uuid;

/// Marks that one sweep erases.
const ERASED_MAX: i64 = 1_000;

/// An opening as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub id: Uuid,
    /// Document: JSON of `domain::analysis::Opening`.
    pub document: i64,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

/// A mark as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its id.
    pub id: Uuid,
    /// Both accounts' inside keys, the lower first.
    pub pair: (i64, i64),
    /// What was said.
    pub verdict: Verdict,
    /// Document: JSON with the reason.
    pub document: i64,
    /// Who said it.
    pub made_by: PersonId,
    /// When.
    pub made_at: Timestamp,
}

fn mark(row: &Row) -> Result<Mark> {
    Ok(Mark {
        id: row.id("id")?,
        pair: (row.int("one")?, row.int("other")?),
        verdict: row.word("verdict", Verdict::from_word)?,
        document: row.int("document")?,
        made_by: row.id("made_by")?,
        made_at: row.time("made_at")?,
    })
}

/// The opening of a space that is in force.
pub async fn open(db: &Db, space: AgencyId, now: Timestamp) -> Result<Option<Opened>> {
    let rows = db
        .rows(
            "SELECT id, document, opened_by, opened_at, ends_at FROM analysis
             WHERE space = $1 AND closed_at IS NULL AND ends_at > $2 ORDER BY opened_at DESC LIMIT 1",
            params![space, now],
        )
        .await?;
    rows.first()
        .map(|row| {
            Ok(Opened {
                id: row.id("id")?,
                document: row.int("document")?,
                opened_by: row.id("opened_by")?,
                opened_at: row.time("opened_at")?,
                ends_at: row.time("ends_at")?,
            })
        })
        .transpose()
}

/// Stores an opening.
pub async fn put(tx: &mut Tx, space: AgencyId, new: &Opened) -> Result<()> {
    tx.run(
        "INSERT INTO analysis (id, space, document, opened_by, opened_at, ends_at) VALUES ($1,$2,$3,$4,$5,$6)",
        params![new.id, space, new.document, new.opened_by, new.opened_at, new.ends_at],
    )
    .await?;
    Ok(())
}

/// Closes whatever is open in a space.
pub async fn close(tx: &mut Tx, space: AgencyId, now: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE analysis SET closed_at = $2 WHERE space = $1 AND closed_at IS NULL AND ends_at > $2",
        params![space, now],
    )
    .await?;
    Ok(())
}

/// Marks about one account that were made since then, at most `limit`.
pub async fn marks(
    db: &Db,
    space: AgencyId,
    account: i64,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Mark>> {
    db.rows(
        "SELECT id, one, other, verdict, document, made_by, made_at FROM lead_mark
         WHERE space = $1 AND (one = $2 OR other = $2) AND made_at > $3 ORDER BY made_at DESC, id LIMIT $4",
        params![space, account, since, limit],
    )
    .await?
    .iter()
    .map(mark)
    .collect()
}

/// The mark of a pair, in the transaction.
pub async fn mark_in(tx: &mut Tx, space: AgencyId, pair: (i64, i64)) -> Result<Option<Mark>> {
    let rows = tx
        .rows(
            "SELECT id, one, other, verdict, document, made_by, made_at FROM lead_mark
             WHERE space = $1 AND one = $2 AND other = $3",
            params![space, pair.0, pair.1],
        )
        .await?;
    rows.first().map(mark).transpose()
}

/// Stores a mark; its pair has none.
pub async fn put_mark(tx: &mut Tx, space: AgencyId, new: &Mark) -> Result<()> {
    tx.run(
        "INSERT INTO lead_mark (id, space, one, other, verdict, document, made_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
        params![
            new.id,
            space,
            new.pair.0,
            new.pair.1,
            new.verdict.word(),
            new.document,
            new.made_by,
            new.made_at
        ],
    )
    .await?;
    Ok(())
}

/// Erases a mark with its reason.
pub async fn erase_mark(tx: &mut Tx, space: AgencyId, old: &Mark, why: &str, now: Timestamp) -> Result<()> {
    tx.run(
        "DELETE FROM lead_mark WHERE space = $1 AND one = $2 AND other = $3",
        params![space, old.pair.0, old.pair.1],
    )
    .await?;
    crypt::erase(tx, old.document, why, now).await
}

/// Marks that were made before then, with their spaces, the oldest first.
pub async fn old_marks(db: &Db, before: Timestamp) -> Result<Vec<(AgencyId, Mark)>> {
    db.rows(
        "SELECT id, space, one, other, verdict, document, made_by, made_at FROM lead_mark
         WHERE made_at <= $1 ORDER BY made_at, id LIMIT $2",
        params![before, ERASED_MAX],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("space")?, mark(row)?)))
    .collect()
}
