//! Looks at the addresses of items: what was found, and when the next one is due (D11, RXP-141).

use crate::db::{Db, Tx};
use crate::{Result, params};
use domain::id::{AgencyId, CheckId, ReferralId};
use jiff::Timestamp;

/// Sets when each item is looked at next; `None` ends the looks.
pub async fn set_due(tx: &mut Tx, id: ReferralId, item: Option<&str>, due: Option<Timestamp>) -> Result<()> {
    tx.run(
        "UPDATE referral_item SET check_due = $3 WHERE referral = $1 AND ($2 IS NULL OR item = $2)",
        params![id, item, due],
    )
    .await?;
    Ok(())
}

/// Items that are due for a look: referral, item.
pub async fn due(db: &Db, now: Timestamp, limit: i64) -> Result<Vec<(ReferralId, String)>> {
    db.rows(
        "SELECT referral, item FROM referral_item WHERE check_due IS NOT NULL AND check_due <= $1 ORDER BY check_due LIMIT $2",
        params![now, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("referral")?, row.text("item")?)))
    .collect()
}

/// How many looks are due.
pub async fn due_count(db: &Db, now: Timestamp) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM referral_item WHERE check_due IS NOT NULL AND check_due <= $1";
    db.one(sql, params![now]).await?.count("n")
}

/// A look as stored.
pub struct NewLook<'a> {
    /// Its id.
    pub id: CheckId,
    /// Whose.
    pub space: AgencyId,
    /// What.
    pub subject: i64,
    /// For which referral and item.
    pub referral: Option<(ReferralId, &'a str)>,
    /// Class's word.
    pub class: &'a str,
    /// low, medium, high.
    pub confidence: &'a str,
    /// Evidence.
    pub document: i64,
    /// When two looks agreed that it is gone.
    pub gone_at: Option<Timestamp>,
    /// When to look again.
    pub next: Option<Timestamp>,
}

/// Stores a look and what follows for its item.
pub async fn put(tx: &mut Tx, new: &NewLook<'_>, now: Timestamp) -> Result<()> {
    let referral = new.referral.map(|(id, _)| id);
    tx.run(
        "INSERT INTO look (id, space, subject, referral, class, confidence, document, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
        params![new.id, new.space, new.subject, referral, new.class, new.confidence, new.document, now],
    )
    .await?;
    if let Some((id, item)) = new.referral {
        tx.run(
            "UPDATE referral_item SET last_class = $3, checks = checks + 1, check_due = $4, gone_at = COALESCE(gone_at, $5)
             WHERE referral = $1 AND item = $2",
            params![id, item, new.class, new.next, new.gone_at],
        )
        .await?;
    }
    Ok(())
}

/// Looks at a subject, newest first: class, confidence, when.
pub async fn of_subject(db: &Db, subject: i64, limit: i64) -> Result<Vec<(String, String, Timestamp)>> {
    db.rows(
        "SELECT class, confidence, at FROM look WHERE subject = $1 ORDER BY at DESC LIMIT $2",
        params![subject, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.text("class")?, row.text("confidence")?, row.time("at")?)))
    .collect()
}
