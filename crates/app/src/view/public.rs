//! What anybody may see: counts over the referral agencies of this machine, and a document that its receiver opened.

use crate::{House, Result};
use domain::access::AgencyKind;
use domain::referral::State;
use jiff::Timestamp;
use serde_json::Value;
use store::message::Message;

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
    /// Referrals that were taken back.
    pub withdrawn: u64,
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
            "SELECT COUNT(r.queued_at) AS sent, COUNT(CASE WHEN r.state = $1 THEN 1 END) AS answered,
             COUNT(CASE WHEN r.state = $2 THEN 1 END) AS withdrawn, MIN(r.queued_at) AS first FROM referral r",
            store::params![State::OutcomeKnown.word(), State::Withdrawn.word()],
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
        contested,
    })
}

/// The document of a message whose link was opened by a POST.
pub async fn document(house: &House, message: &Message) -> Result<Value> {
    Ok(store::crypt::get_json(&house.db, message.document).await?.unwrap_or(Value::Null))
}
