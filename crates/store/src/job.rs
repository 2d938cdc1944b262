//! Work for the workers: rows with a lease. The database is the truth; a bus would only ring the bell.

use crate::db::{Db, Lane, Tx};
use crate::value::list;
use crate::{Result, Value, params};
use domain::id::JobId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How long a worker keeps a job before another may take it, in seconds.
pub const LEASE_SECONDS: i64 = 120;
/// Tries before a job is left for a person.
pub const ATTEMPTS_MAX: i64 = 12;

/// A leased piece of work.
#[derive(Debug, Clone)]
pub struct Leased {
    /// Its id.
    pub id: JobId,
    /// What kind.
    pub kind: String,
    /// Its JSON body.
    pub body: String,
    /// Tries so far, with this one.
    pub attempts: i64,
}

/// Queues work in the transaction. `once`: the same work is queued once while it waits.
pub async fn enqueue(
    tx: &mut Tx,
    kind: &str,
    body: &str,
    once: Option<String>,
    run_at: Timestamp,
) -> Result<()> {
    tx.run(
        "INSERT INTO job (id, kind, body, once, run_at, state) VALUES ($1, $2, $3, $4, $5, 'waiting')
         ON CONFLICT (once) DO NOTHING",
        params![Uuid::now_v7(), kind, body, once, run_at],
    )
    .await?;
    Ok(())
}

/// Leases up to `limit` jobs of some kinds that are due; expired leases are taken over.
///
/// A leased job waits no more: the same work queued while it runs is new work, for it may have been read already.
pub async fn lease(db: &Db, now: Timestamp, kinds: &[&str], limit: i64) -> Result<Vec<Leased>> {
    let due = format!(
        "SELECT id FROM job WHERE state = 'waiting' AND run_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
         AND kind IN ({}) ORDER BY run_at LIMIT $2",
        list(kinds.len(), 3)
    );
    let until = now.saturating_add(SignedDuration::from_secs(LEASE_SECONDS)).unwrap_or(Timestamp::MAX);
    let given = |limit: i64| -> Vec<Value> {
        params![now, limit].into_iter().chain(kinds.iter().map(|kind| Value::from(*kind))).collect()
    };
    // The writer is not asked for when there is nothing.
    if db.rows_of(due.clone(), given(1)).await?.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = db.write(Lane::Bulk).await?;
    let take = format!(
        "UPDATE job SET lease_until = ${}, attempts = attempts + 1, once = NULL WHERE id IN ({due})
         RETURNING id, kind, body, attempts",
        kinds.len() + 3
    );
    let given = given(limit).into_iter().chain(params![until]).collect();
    let rows = tx.rows_of(take, given).await?;
    tx.commit().await?;
    rows.iter()
        .map(|row| {
            Ok(Leased {
                id: row.id("id")?,
                kind: row.text("kind")?,
                body: row.text("body")?,
                attempts: row.int("attempts")?,
            })
        })
        .collect()
}

/// Some work is done.
pub async fn done(tx: &mut Tx, id: JobId) -> Result<()> {
    tx.run("DELETE FROM job WHERE id = $1", params![id]).await?;
    Ok(())
}

/// The work failed: again later, or left for a person after [`ATTEMPTS_MAX`].
pub async fn failed(db: &Db, job: &Leased, error: &str, again_at: Timestamp) -> Result<()> {
    let mut tx = db.write(Lane::Bulk).await?;
    let state = if job.attempts >= ATTEMPTS_MAX { "failed" } else { "waiting" };
    let error: String = error.chars().take(500).collect();
    tx.run(
        "UPDATE job SET state = $2, lease_until = NULL, run_at = $3, last_error = $4 WHERE id = $1",
        params![job.id, state, again_at, error],
    )
    .await?;
    tx.commit().await
}

/// Bodies of waiting work of a kind, oldest first, at most `limit`: what is still to come.
pub async fn bodies(db: &Db, kind: &str, limit: i64) -> Result<Vec<String>> {
    db.rows(
        "SELECT body FROM job WHERE kind = $1 AND state = 'waiting' ORDER BY run_at, id LIMIT $2",
        params![kind, limit],
    )
    .await?
    .iter()
    .map(|row| row.text("body"))
    .collect()
}

/// How many wait and how many were left for a person.
pub async fn counts(db: &Db) -> Result<(u64, u64)> {
    let row = db
        .one(
            "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,
                    COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed FROM job",
            params![],
        )
        .await?;
    Ok((row.count("waiting")?, row.count("failed")?))
}

/// How many are due, those being worked on too.
pub async fn due(db: &Db, now: Timestamp) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM job WHERE state = 'waiting' AND run_at <= $1";
    db.one(sql, params![now]).await?.count("n")
}
