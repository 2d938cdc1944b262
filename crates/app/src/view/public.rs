//! What anybody may see: counts over the referral agencies of this machine, and a document that its receiver opened.

use crate::{House, Result};
use domain::access::AgencyKind;
use domain::referral::{Answer, Event, answer_took_s};
use jiff::Timestamp;
use serde_json::Value;
use store::message::Message;

/// A message as the page of a mail link shows it.
pub type Letter = Message;

/// Counts with their span.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Names of the agencies.
    pub agencies: Vec<String>,
    /// From the first referral to now.
    pub span: (Timestamp, Timestamp),
    /// Referrals that went out.
    pub sent: u64,
    /// Referrals of which every item has a final answer.
    pub answered: u64,
    /// Referrals that were taken back; they stay in `sent` (RXP-126).
    pub withdrawn: u64,
    /// From first sending to last restoration of what was taken back: how many, and the median in hours (RXP-125).
    pub repaired: (u64, u64),
    /// Contests that came in.
    pub contested: u64,
}

/// Counts.
pub async fn figures(house: &House) -> Result<Figures> {
    let now = house.clock.now();
    let agencies = store::agency::all(&house.db).await?;
    let row = house
        .db
        .one(
            "SELECT COUNT(r.queued_at) AS sent, MIN(r.queued_at) AS first,
             COUNT(CASE WHEN r.queued_at IS NOT NULL AND NOT EXISTS
               (SELECT 1 FROM referral_item i WHERE i.referral = r.id AND i.final_at IS NULL) THEN 1 END) AS answered,
             COUNT(CASE WHEN r.queued_at IS NOT NULL AND EXISTS
               (SELECT 1 FROM event e WHERE e.noun = 'referral' AND e.of_id = r.id AND e.what = $1) THEN 1 END) AS withdrawn
             FROM referral r",
            store::params![Event::Withdraw.word()],
        )
        .await?;
    let contested = house.db.one("SELECT COUNT(*) AS n FROM contest", store::params![]).await?.count("n")?;
    Ok(Figures {
        agencies: agencies
            .into_iter()
            .filter(|agency| agency.kind != AgencyKind::Provider)
            .map(|agency| agency.name)
            .collect(),
        span: (row.maybe_time("first")?.unwrap_or(now), now),
        sent: row.count("sent")?,
        answered: row.count("answered")?,
        withdrawn: row.count("withdrawn")?,
        repaired: repaired(house).await?,
        contested,
    })
}

/// Seconds of an hour.
const HOUR_S: i64 = 3600;

/// Time to repair: first sending of the wrong message to last restoration, in hours begun (RXP-125).
async fn repaired(house: &House) -> Result<(u64, u64)> {
    let rows = house
        .db
        .rows(
            "SELECT r.queued_at, MAX(i.final_at) AS restored_at FROM referral r JOIN referral_item i ON i.referral = r.id
             WHERE i.answer = $1 AND r.queued_at IS NOT NULL GROUP BY r.id, r.queued_at",
            store::params![Answer::RestoredAfterWithdrawal.word()],
        )
        .await?;
    let mut took: Vec<i64> = Vec::with_capacity(rows.len());
    for row in &rows {
        let (sent, restored) = (row.time("queued_at")?, row.maybe_time("restored_at")?);
        took.extend(restored.map(|restored| answer_took_s(sent, restored)));
    }
    took.sort_unstable();
    let median =
        took.len().div_ceil(2).checked_sub(1).and_then(|place| took.get(place)).copied().unwrap_or(0);
    let hours = u64::try_from(median.saturating_add(HOUR_S - 1) / HOUR_S).unwrap_or(0);
    Ok((took.len() as u64, hours))
}

/// The document of a message whose link was opened by a POST.
pub async fn document(house: &House, message: &Message) -> Result<Value> {
    Ok(store::crypt::get_json(&house.db, message.document).await?.unwrap_or(Value::Null))
}

/// The reference by which a referral is contested at its sender, as its document names it; empty where it names none.
#[must_use]
pub fn contest_reference(document: &Value) -> &str {
    document["ext"][exchange::document::CONTEST_EXT].as_str().unwrap_or_default()
}
