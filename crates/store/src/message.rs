//! Messages on the wire, their receipts, nonces, links in mail.

use crate::db::{Db, Tx};
use crate::{Result, Row, params};
use domain::id::{AgencyId, CaseId, MessageId, ProviderId};
use jiff::Timestamp;

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
