//! Messages on the wire, the outbox, the provider's inbox, nonces, links in mail.

use crate::db::{Db, Lane, Tx};
use crate::{Result, Row, params};
use domain::id::{AgencyId, CaseId, MessageId, PersonId, ProviderId};
use jiff::{SignedDuration, Timestamp};

/// How long a worker keeps an outbox row before another may take it, in seconds.
const LEASE_SECONDS: i64 = 60;

/// A message as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Whose side.
    pub agency: AgencyId,
    /// True when we sent it.
    pub out: bool,
    /// RXP type.
    pub kind: String,
    /// RXP case.
    pub matter: CaseId,
    /// RXP in_reply_to.
    pub in_reply_to: Option<MessageId>,
    /// The other organisation.
    pub peer: String,
    /// Digest of the document.
    pub digest: String,
    /// The document.
    pub document: i64,
    /// Document of the receipt.
    pub receipt: Option<i64>,
    /// `received_at` of the receipt.
    pub receipt_at: Option<Timestamp>,
    /// When.
    pub made_at: Timestamp,
}

const COLUMNS: &str = "SELECT id, agency, direction, type, matter, in_reply_to, peer, digest, document, receipt, receipt_at, made_at
    FROM message";

fn message(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.id("id")?,
        agency: row.id("agency")?,
        out: row.text("direction")? == "out",
        kind: row.text("type")?,
        matter: row.id("matter")?,
        in_reply_to: row.maybe_id("in_reply_to")?,
        peer: row.text("peer")?,
        digest: row.text("digest")?,
        document: row.int("document")?,
        receipt: row.maybe_int("receipt")?,
        receipt_at: row.maybe_time("receipt_at")?,
        made_at: row.time("made_at")?,
    })
}

/// Stores a message.
pub async fn put(tx: &mut Tx, new: &Message) -> Result<()> {
    tx.run(
        "INSERT INTO message (id, agency, direction, type, matter, in_reply_to, peer, digest, document, receipt, receipt_at, made_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
        params![
            new.id, new.agency, if new.out { "out" } else { "in" }, &new.kind, new.matter, new.in_reply_to, &new.peer,
            &new.digest, new.document, new.receipt, new.receipt_at, new.made_at
        ],
    )
    .await?;
    Ok(())
}

/// One message of a side.
pub async fn get(db: &Db, agency: AgencyId, id: MessageId) -> Result<Option<Message>> {
    db.rows_of(format!("{COLUMNS} WHERE agency = $1 AND id = $2"), params![agency, id])
        .await?
        .first()
        .map(message)
        .transpose()
}

/// The same inside a transaction.
pub async fn get_in(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<Option<Message>> {
    tx.rows_of(format!("{COLUMNS} WHERE agency = $1 AND id = $2"), params![agency, id])
        .await?
        .first()
        .map(message)
        .transpose()
}

/// Messages of a matter, oldest first.
pub async fn of_matter(db: &Db, agency: AgencyId, matter: CaseId) -> Result<Vec<Message>> {
    db.rows_of(
        format!("{COLUMNS} WHERE agency = $1 AND matter = $2 ORDER BY made_at, id LIMIT 500"),
        params![agency, matter],
    )
    .await?
    .iter()
    .map(message)
    .collect()
}

/// Replies to a message, oldest first.
pub async fn replies(db: &Db, agency: AgencyId, to: MessageId) -> Result<Vec<Message>> {
    db.rows_of(
        format!("{COLUMNS} WHERE agency = $1 AND in_reply_to = $2 ORDER BY made_at, id LIMIT 500"),
        params![agency, to],
    )
    .await?
    .iter()
    .map(message)
    .collect()
}

/// The same inside a transaction, at most `limit`.
pub async fn replies_in(tx: &mut Tx, agency: AgencyId, to: MessageId, limit: usize) -> Result<Vec<Message>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.rows_of(
        format!("{COLUMNS} WHERE agency = $1 AND in_reply_to = $2 ORDER BY made_at, id LIMIT $3"),
        params![agency, to, limit],
    )
    .await?
    .iter()
    .map(message)
    .collect()
}

/// Replies of others whose original never came, received before a time, oldest first (RXP-36).
pub async fn parked(db: &Db, before: Timestamp, limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "{COLUMNS} m WHERE m.direction = 'in' AND m.in_reply_to IS NOT NULL AND m.made_at < $1
         AND NOT EXISTS (SELECT 1 FROM message o WHERE o.agency = m.agency AND o.id = m.in_reply_to)
         ORDER BY m.made_at, m.id LIMIT $2"
    );
    db.rows_of(sql, params![before, limit]).await?.iter().map(message).collect()
}

/// Withdrawals of a side without receipt, oldest first (RXP-123).
pub async fn open_withdrawals(db: &Db, agency: AgencyId, limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "{COLUMNS} WHERE agency = $1 AND direction = 'out' AND type = 'withdrawal' AND receipt IS NULL
         ORDER BY made_at, id LIMIT $2"
    );
    db.rows_of(sql, params![agency, limit]).await?.iter().map(message).collect()
}

/// The entry of the provider book to which a message goes or went.
pub async fn sent_to(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<Option<ProviderId>> {
    tx.maybe(
        "SELECT provider FROM outbox WHERE agency = $1 AND message = $2 AND provider IS NOT NULL LIMIT 1",
        params![agency, id],
    )
    .await?
    .map(|row| row.id("provider"))
    .transpose()
}

/// Another receipt with an earlier time counts instead (RXP-42). False when it is not earlier.
pub async fn set_earlier_receipt(
    tx: &mut Tx,
    agency: AgencyId,
    id: MessageId,
    receipt: i64,
    at: Timestamp,
) -> Result<bool> {
    let changed = tx
        .run(
            "UPDATE message SET receipt = $3, receipt_at = $4 WHERE agency = $1 AND id = $2 AND receipt_at > $4",
            params![agency, id, receipt, at],
        )
        .await?;
    Ok(changed == 1)
}

/// The receipt of a message that we sent: written once (RXP-40). False when there was one.
pub async fn set_receipt(
    tx: &mut Tx,
    agency: AgencyId,
    id: MessageId,
    receipt: i64,
    at: Timestamp,
) -> Result<bool> {
    let changed = tx
        .run(
            "UPDATE message SET receipt = $3, receipt_at = $4 WHERE agency = $1 AND id = $2 AND receipt IS NULL",
            params![agency, id, receipt, at],
        )
        .await?;
    Ok(changed == 1)
}

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
pub async fn set_outbox(
    tx: &mut Tx,
    of: &Waiting,
    state: &str,
    next_at: Timestamp,
    said: &str,
) -> Result<()> {
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
pub async fn outbox_done(tx: &mut Tx, agency: AgencyId, id: MessageId) -> Result<()> {
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
pub async fn outbox_counts(db: &Db) -> Result<Vec<(String, u64)>> {
    db.rows("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state ORDER BY state", params![])
        .await?
        .iter()
        .map(|row| Ok((row.text("state")?, row.count("n")?)))
        .collect()
}

/// How many deliveries are due, those under way too.
pub async fn outbox_due(db: &Db, now: Timestamp) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'waiting' AND next_at <= $1";
    db.one(sql, params![now]).await?.count("n")
}

/// Remembers a nonce; false when it was used before (RXP-62). Old ones are forgotten.
pub async fn use_nonce(tx: &mut Tx, value: &str, now: Timestamp, expires_at: Timestamp) -> Result<bool> {
    tx.run("DELETE FROM nonce WHERE expires_at <= $1", params![now]).await?;
    let added = tx
        .run(
            "INSERT INTO nonce (value, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            params![value, expires_at],
        )
        .await?;
    Ok(added == 1)
}

/// A row of the provider's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// The provider.
    pub agency: AgencyId,
    /// The referral's message.
    pub message: MessageId,
    /// `i1` …
    pub item: String,
    /// RXP case.
    pub matter: CaseId,
    /// Who sent it.
    pub sender: String,
    /// `open`, `answered`, `withdrawn`.
    pub state: String,
    /// The last answer.
    pub answer: Option<String>,
    /// The receipt's time.
    pub received_at: Timestamp,
}

const INBOX: &str =
    "SELECT agency, message, item, matter, sender, state, answer, received_at FROM inbox_item";

fn inbox_item(row: &Row) -> Result<InboxItem> {
    Ok(InboxItem {
        agency: row.id("agency")?,
        message: row.id("message")?,
        item: row.text("item")?,
        matter: row.id("matter")?,
        sender: row.text("sender")?,
        state: row.text("state")?,
        answer: row.maybe_text("answer")?,
        received_at: row.time("received_at")?,
    })
}

/// Stores items that were referred to a provider.
pub async fn put_inbox(tx: &mut Tx, new: &[InboxItem]) -> Result<()> {
    let rows = new
        .iter()
        .map(|item| {
            params![
                item.agency,
                item.message,
                &item.item,
                item.matter,
                &item.sender,
                &item.state,
                item.received_at
            ]
        })
        .collect();
    tx.insert(
        "inbox_item",
        &["agency", "message", "item", "matter", "sender", "state", "received_at"],
        rows,
        "ON CONFLICT DO NOTHING",
    )
    .await?;
    Ok(())
}

/// A provider's inbox in a state, oldest first.
pub async fn inbox(db: &Db, agency: AgencyId, state: &str, limit: i64) -> Result<Vec<InboxItem>> {
    db.rows_of(
        format!("{INBOX} WHERE agency = $1 AND state = $2 ORDER BY received_at, message, item LIMIT $3"),
        params![agency, state, limit],
    )
    .await?
    .iter()
    .map(inbox_item)
    .collect()
}

/// Items of one referral in a provider's inbox.
pub async fn inbox_of(db: &Db, agency: AgencyId, message: MessageId) -> Result<Vec<InboxItem>> {
    db.rows_of(format!("{INBOX} WHERE agency = $1 AND message = $2 ORDER BY item"), params![agency, message])
        .await?
        .iter()
        .map(inbox_item)
        .collect()
}

/// The provider answered an item.
pub async fn answer_inbox(
    tx: &mut Tx,
    of: &InboxItem,
    answer: &str,
    open: bool,
    by: (Option<PersonId>, Timestamp),
) -> Result<()> {
    tx.run(
        "UPDATE inbox_item SET answer = $4, state = $5, answered_by = $6, answered_at = $7
         WHERE agency = $1 AND message = $2 AND item = $3",
        params![of.agency, of.message, &of.item, answer, if open { "open" } else { "answered" }, by.0, by.1],
    )
    .await?;
    Ok(())
}

/// The sender took the referral back; `item` narrows it.
pub async fn withdraw_inbox(tx: &mut Tx, agency: AgencyId, message: MessageId) -> Result<u64> {
    tx.run(
        "UPDATE inbox_item SET state = 'withdrawn' WHERE agency = $1 AND message = $2",
        params![agency, message],
    )
    .await
}

/// Stores a mail link's hash.
pub async fn put_mail_link(
    tx: &mut Tx,
    token: [u8; 32],
    agency: AgencyId,
    message: MessageId,
    expires_at: Timestamp,
) -> Result<()> {
    tx.run(
        "INSERT INTO mail_link (token, agency, message, expires_at) VALUES ($1, $2, $3, $4)",
        params![token, agency, message, expires_at],
    )
    .await?;
    Ok(())
}

/// The message of a mail link in force, and how often it was used.
pub async fn mail_link(
    db: &Db,
    token: [u8; 32],
    now: Timestamp,
) -> Result<Option<(AgencyId, MessageId, i64)>> {
    db.maybe(
        "SELECT agency, message, used FROM mail_link WHERE token = $1 AND expires_at > $2 AND revoked_at IS NULL",
        params![token, now],
    )
    .await?
    .map(|row| Ok((row.id("agency")?, row.id("message")?, row.int("used")?)))
    .transpose()
}

/// Counts a use of a mail link; false when it is over its limit.
pub async fn use_mail_link(tx: &mut Tx, token: [u8; 32], limit: i64) -> Result<bool> {
    let changed = tx
        .run("UPDATE mail_link SET used = used + 1 WHERE token = $1 AND used < $2", params![token, limit])
        .await?;
    Ok(changed == 1)
}

/// Takes back every link to a message.
pub async fn revoke_mail_links(
    tx: &mut Tx,
    agency: AgencyId,
    message: MessageId,
    now: Timestamp,
) -> Result<()> {
    tx.run(
        "UPDATE mail_link SET revoked_at = $3 WHERE agency = $1 AND message = $2 AND revoked_at IS NULL",
        params![agency, message, now],
    )
    .await?;
    Ok(())
}

/// Deletes mail links and nonces that ran out before a time. Gives how many.
pub async fn clean(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let links = tx.run("DELETE FROM mail_link WHERE expires_at < $1", params![before]).await?;
    Ok(links + tx.run("DELETE FROM nonce WHERE expires_at < $1", params![before]).await?)
}
