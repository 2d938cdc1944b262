//! The outbox: deliveries that wait, are leased, done or failed.

use crate::db::{Db, Lane, Tx};
use crate::{Result, params};
use domain::id::{AgencyId, MessageId, ProviderId};
use jiff::{SignedDuration, Timestamp};

/// How long a worker keeps an outbox row before another may take it, in seconds.
const LEASE_SECONDS: i64 = 60;

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which message.
    pub message: MessageId,
    /// Whose.
    pub agency: AgencyId,
    /// To whom, of the provider book.
    pub provider: Option<ProviderId>,
    /// `rxp`, `mail`, `webhook`.
    pub channel: String,
    /// RXP-37.
    pub lane: i64,
    /// Tries so far, with this one.
    pub attempts: i64,
    /// When it was queued.
    pub made_at: Timestamp,
}

/// Queues a delivery.
pub async fn enqueue(tx: &mut Tx, new: &Waiting, next_at: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO outbox (message, agency, provider, channel, lane, state, next_at, made_at)
         VALUES ($1,$2,$3,$4,$5,'waiting',$6,$7) ON CONFLICT DO NOTHING",
        params![new.message, new.agency, new.provider, &new.channel, new.lane, next_at, new.made_at],
    )
    .await?;
    Ok(())
}

/// Leases up to `limit` deliveries that are due, lower lanes first.
pub async fn lease(db: &Db, now: Timestamp, limit: i64) -> Result<Vec<Waiting>> {
    let due = "SELECT message FROM outbox WHERE state = 'waiting' AND next_at <= $1
               AND (lease_until IS NULL OR lease_until <= $1) LIMIT 1";
    if db.rows(due, params![now]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let until = now.saturating_add(SignedDuration::from_secs(LEASE_SECONDS)).unwrap_or(Timestamp::MAX);
    let mut tx = db.write(Lane::Bulk).await?;
    let rows = tx
        .rows(
            "SELECT message, agency, provider, channel, lane, attempts, made_at FROM outbox
             WHERE state = 'waiting' AND next_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
             ORDER BY lane, next_at LIMIT $2",
            params![now, limit],
        )
        .await?;
    let mut leased = Vec::with_capacity(rows.len());
    for row in &rows {
        let waiting = Waiting {
            message: row.id("message")?,
            agency: row.id("agency")?,
            provider: row.maybe_id("provider")?,
            channel: row.text("channel")?,
            lane: row.int("lane")?,
            attempts: row.int("attempts")? + 1,
            made_at: row.time("made_at")?,
        };
        tx.run(
            "UPDATE outbox SET lease_until = $4, attempts = attempts + 1 WHERE message = $1 AND agency = $2 AND channel = $3",
            params![waiting.message, waiting.agency, &waiting.channel, until],
        )
        .await?;
        leased.push(waiting);
    }
    tx.commit().await?;
    Ok(leased)
}

/// Sets what became of a delivery.
pub async fn set(tx: &mut Tx, of: &Waiting, state: &str, next_at: Timestamp, said: &str) -> Result<()> {
    let said: String = said.chars().take(500).collect();
    tx.run(
        "UPDATE outbox SET state = $4, next_at = $5, last_error = $6, lease_until = NULL
         WHERE message = $1 AND agency = $2 AND channel = $3",
        params![of.message, of.agency, &of.channel, state, next_at, said],
    )
    .await?;
    Ok(())
}

/// Every delivery of a message is over: it has its receipt.
pub async fn done(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<()> {
    tx.run(
        "UPDATE outbox SET state = 'done', lease_until = NULL WHERE agency = $1 AND message = $2 AND state <> 'done'",
        params![agency, id],
    )
    .await?;
    Ok(())
}

/// How many referrals and notices to a provider went out, or were tried and wait, since a time (RXP-39).
pub async fn lane_four_since(db: &Db, provider: ProviderId, since: Timestamp) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM outbox o JOIN message m ON m.agency = o.agency AND m.id = o.message
         WHERE o.provider = $1 AND o.lane = 4 AND m.type = 'referral' AND o.channel <> 'webhook' AND (m.receipt_at > $2
           OR o.state = 'relayed' AND o.next_at > $2 OR o.state = 'waiting' AND o.attempts > 0 AND o.lease_until IS NULL)";
    db.one(sql, params![provider, since]).await?.count("n")
}

/// Puts a leased delivery back until a time; it was not tried.
pub async fn postpone(tx: &mut Tx, of: &Waiting, next_at: Timestamp) -> Result<()> {
    tx.run(
        "UPDATE outbox SET next_at = $4, lease_until = NULL, attempts = attempts - 1
         WHERE message = $1 AND agency = $2 AND channel = $3",
        params![of.message, of.agency, &of.channel, next_at],
    )
    .await?;
    Ok(())
}

/// Ends the tries of a message that a person took back before it had a receipt (RXP-49).
pub async fn stop_tries(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<u64> {
    tx.run(
        "UPDATE outbox SET state = 'failed', lease_until = NULL, last_error = 'taken back by a person'
         WHERE agency = $1 AND message = $2 AND state = 'waiting'",
        params![agency, id],
    )
    .await
}

/// When the last reminder to a provider was made.
pub async fn last_reminder(db: &Db, provider: ProviderId) -> Result<Option<Timestamp>> {
    db.one(
        "SELECT MAX(m.made_at) AS at FROM message m JOIN outbox o ON o.agency = m.agency AND o.message = m.id
         WHERE o.provider = $1 AND m.type = 'reminder' AND m.direction = 'out'",
        params![provider],
    )
    .await?
    .maybe_time("at")
}

/// Reminders of an agency that were received.
pub async fn clean_reminders(db: &Db, agency: AgencyId) -> Result<u64> {
    let sql =
        "SELECT COUNT(*) AS n FROM message WHERE agency = $1 AND direction = 'out' AND type = 'reminder'
         AND receipt IS NOT NULL";
    db.one(sql, params![agency]).await?.count("n")
}

/// A queued message goes by mail instead.
pub async fn by_mail_only(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<()> {
    tx.run("UPDATE outbox SET channel = 'mail' WHERE agency = $1 AND message = $2", params![agency, id])
        .await?;
    Ok(())
}

/// Deliveries that wait or failed: counts by state.
pub async fn counts(db: &Db) -> Result<Vec<(String, u64)>> {
    db.rows("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state ORDER BY state", params![])
        .await?
        .iter()
        .map(|row| Ok((row.text("state")?, row.count("n")?)))
        .collect()
}

/// How many deliveries are due, those under way too.
pub async fn due(db: &Db, now: Timestamp) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'waiting' AND next_at <= $1";
    db.one(sql, params![now]).await?.count("n")
}
