//! How much was sent of late, for the pre-flight.

use crate::db::Db;
use crate::{Result, params};
use domain::id::{PersonId, ProviderId};
use jiff::Timestamp;

/// Load figures for the pre-flight, over every agency of this machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Different new contents on a host since a time.
    pub new_on_host: u64,
    /// Different new contents to a provider since a time.
    pub new_to_provider: u64,
    /// Different new contents approved by a person since a time.
    pub new_by_person: u64,
    /// Items of the provider that were removed since a time.
    pub removed: u64,
    /// Receipts of the provider, ever.
    pub receipts: u64,
}

/// What a load question is about.
pub struct LoadOf<'a> {
    /// Registrable host.
    pub host: &'a str,
    /// Organisation or name of the provider, as its entries in every book say.
    pub provider: ProviderId,
    /// Who approved.
    pub person: PersonId,
    /// Seven days ago.
    pub week: Timestamp,
    /// A day ago.
    pub day: Timestamp,
    /// Thirty days ago.
    pub month: Timestamp,
}

/// New content: an approved assessment's cluster without a live match of a positive bank.
const NEW: &str = "NOT EXISTS (SELECT 1 FROM match m JOIN observation o ON o.key = m.observation
    JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
    WHERE o.cluster = a.cluster AND m.ended_at IS NULL AND b.opinion = 'positive')";

/// Counts the load.
pub async fn load(db: &Db, of: &LoadOf<'_>) -> Result<Load> {
    let host = format!(
        "SELECT COUNT(DISTINCT a.cluster) AS n FROM referral r JOIN assessment a ON a.id = r.assessment
         JOIN referral_item i ON i.referral = r.id JOIN subject s ON s.key = i.subject
         WHERE s.service = $1 AND r.made_at > $2 AND r.state <> 'withdrawn' AND {NEW}"
    );
    let provider = format!(
        "SELECT COUNT(DISTINCT a.cluster) AS n FROM referral r JOIN assessment a ON a.id = r.assessment
         JOIN provider p ON p.id = r.provider JOIN provider q ON q.name = p.name
         WHERE q.id = $1 AND r.made_at > $2 AND r.state <> 'withdrawn' AND {NEW}"
    );
    let person = format!(
        "SELECT COUNT(DISTINCT a.cluster) AS n FROM assessment a
         WHERE a.approver = $1 AND a.decided_at > $2 AND a.state = 'approved' AND {NEW}"
    );
    let removed = "SELECT COUNT(*) AS n FROM referral_item i JOIN referral r ON r.id = i.referral
        JOIN provider p ON p.id = r.provider JOIN provider q ON q.name = p.name
        WHERE q.id = $1 AND i.final_at > $2 AND i.answer IN
        ('removed', 'disabled_everywhere', 'disabled_in_union', 'account_suspended', 'account_terminated')";
    let receipts = "SELECT COUNT(*) AS n FROM referral r JOIN provider p ON p.id = r.provider
        JOIN provider q ON q.name = p.name WHERE q.id = $1
        AND (r.acknowledged_at IS NOT NULL OR r.state IN ('delivered', 'in_dialogue', 'outcome_known', 'no_answer'))";
    let count = async |sql: String, params| -> Result<u64> {
        db.rows_of(sql, params).await?.first().map_or(Ok(0), |row| row.count("n"))
    };
    Ok(Load {
        new_on_host: count(host, params![of.host, of.week]).await?,
        new_to_provider: count(provider, params![of.provider, of.day]).await?,
        new_by_person: count(person, params![of.person, of.day]).await?,
        removed: count(removed.to_owned(), params![of.provider, of.month]).await?,
        receipts: count(receipts.to_owned(), params![of.provider]).await?,
    })
}
