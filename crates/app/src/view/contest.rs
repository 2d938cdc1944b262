//! Contests of an agency's referrals: who says that one was wrong, why, and what was decided.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::id::ReferralId;
use domain::referral::State;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// Contests of one answer.
const ROWS_MAX: i64 = 200;

/// A contest.
#[derive(Debug, Clone, Serialize)]
pub struct Contest {
    /// Its id.
    pub id: Uuid,
    /// The referral that it is about.
    pub referral: ReferralId,
    /// That referral's reference for people.
    pub reference: String,
    /// Name of the provider that received it.
    pub provider: String,
    /// `open`, `upheld`, `refused`.
    pub state: String,
    /// What is said to be wrong; empty when it was erased.
    pub reasons: String,
    /// What was decided and why; empty while it is open.
    pub decision: String,
    /// Name of who decided.
    pub decided_by: String,
    /// The referral was not withdrawn.
    pub stands: bool,
    /// The reader assessed or confirmed what is contested, so another decides.
    pub own: bool,
    /// When it came.
    pub made_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

/// Contests of the actor's agency: the open ones first, then the newest.
pub async fn contests(house: &House, actor: &Actor) -> Result<Vec<Contest>> {
    actor.need(Right::Read)?;
    let rows = house
        .db
        .rows(
            "SELECT c.id, c.referral, c.state, c.document, c.decision, c.decided_by, c.made_at, c.decided_at, r.reference,
             r.state AS stands, p.name AS provider, a.author, a.approver FROM contest c JOIN referral r ON r.id = c.referral
             JOIN provider p ON p.id = r.provider JOIN assessment a ON a.id = r.assessment WHERE c.agency = $1
             ORDER BY CASE WHEN c.state = 'open' THEN 0 ELSE 1 END, c.made_at DESC, c.id LIMIT $2",
            store::params![actor.agency, ROWS_MAX],
        )
        .await?;
    let mut contests = Vec::with_capacity(rows.len());
    for row in &rows {
        let person = actor.person.to_string();
        let decided_by = match row.maybe_text("decided_by")? {
            Some(id) => {
                super::name(house, id.parse().map_err(|_| crate::Error::Bug("a person's id".into()))?).await?
            }
            None => String::new(),
        };
        contests.push(Contest {
            id: row.id("id")?,
            referral: row.id("referral")?,
            reference: row.text("reference")?,
            provider: row.text("provider")?,
            state: row.text("state")?,
            reasons: reasons(house, Some(row.int("document")?)).await?,
            decision: reasons(house, row.maybe_int("decision")?).await?,
            decided_by,
            stands: row.text("stands")? != State::Withdrawn.word(),
            own: row.text("author")? == person
                || row.maybe_text("approver")?.is_some_and(|found| found == person),
            made_at: row.time("made_at")?,
            decided_at: row.maybe_time("decided_at")?,
        });
    }
    Ok(contests)
}

async fn reasons(house: &House, document: Option<i64>) -> Result<String> {
    let Some(document) = document else { return Ok(String::new()) };
    let body: Option<Value> = store::crypt::get_json(&house.db, document).await?;
    Ok(body.and_then(|body| body["reasons"].as_str().map(str::to_owned)).unwrap_or_default())
}
