//! Contests of referrals: who says that one was wrong, and what a third person decided (LAW-57, RXP-20.25).

use crate::db::{Db, Tx};
use crate::{Result, Row, params};
use domain::id::{AgencyId, PersonId, ReferralId};
use jiff::Timestamp;
use uuid::Uuid;

/// A contest as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// Its id.
    pub id: Uuid,
    /// Whose referral is contested.
    pub agency: AgencyId,
    /// Which.
    pub referral: ReferralId,
    /// `open`, `upheld` or `refused`.
    pub state: String,
    /// Document of the reasons: JSON with `reasons`, or the RXP message.
    pub document: i64,
    /// Document of the decision, JSON with `reasons`.
    pub decision: Option<i64>,
    /// When.
    pub made_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

fn contest(row: &Row) -> Result<Contest> {
    Ok(Contest {
        id: row.id("id")?,
        agency: row.id("agency")?,
        referral: row.id("referral")?,
        state: row.text("state")?,
        document: row.int("document")?,
        decision: row.maybe_int("decision")?,
        made_at: row.time("made_at")?,
        decided_at: row.maybe_time("decided_at")?,
    })
}

/// Stores a new, open contest.
pub async fn put(tx: &mut Tx, new: &Contest) -> Result<()> {
    tx.run(
        "INSERT INTO contest (id, agency, referral, state, document, made_at) VALUES ($1, $2, $3, 'open', $4, $5)",
        params![new.id, new.agency, new.referral, new.document, new.made_at],
    )
    .await?;
    Ok(())
}

/// How many contests of a referral are open.
pub async fn open(tx: &mut Tx, referral: ReferralId) -> Result<u64> {
    tx.one("SELECT COUNT(*) AS n FROM contest WHERE referral = $1 AND state = 'open'", params![referral])
        .await?
        .count("n")
}

/// Contests of a referral, oldest first.
pub async fn of_referral(db: &Db, referral: ReferralId, limit: i64) -> Result<Vec<Contest>> {
    db.rows(
        "SELECT id, agency, referral, state, document, decision, made_at, decided_at FROM contest
         WHERE referral = $1 ORDER BY made_at, id LIMIT $2",
        params![referral, limit],
    )
    .await?
    .iter()
    .map(contest)
    .collect()
}

/// A decision on an open contest.
pub struct Decision {
    /// Which.
    pub contest: Uuid,
    /// Of which referral.
    pub referral: ReferralId,
    /// Whether the contestant is right.
    pub upheld: bool,
    /// Document of the reasons.
    pub document: i64,
    /// Who decides.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Decides an open contest; false when there is none.
pub async fn decide(tx: &mut Tx, made: &Decision) -> Result<bool> {
    let state = if made.upheld { "upheld" } else { "refused" };
    let changed = tx
        .run(
            "UPDATE contest SET state = $3, decision = $4, decided_by = $5, decided_at = $6
             WHERE id = $1 AND referral = $2 AND state = 'open'",
            params![made.contest, made.referral, state, made.document, made.by, made.at],
        )
        .await?;
    Ok(changed == 1)
}
