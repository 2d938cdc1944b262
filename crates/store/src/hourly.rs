//! Hourly counts of what was seen, by service and language.

use crate::db::Db;
use crate::{Result, params};
use domain::id::AgencyId;
use jiff::Timestamp;

/// Microseconds of an hour: times are stored in them.
const HOUR_MICROSECONDS: i64 = 3_600_000_000;

/// Observations of one service and language in one hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hourly {
    /// Registrable host.
    pub service: String,
    /// BCP 47, `und` when unsure.
    pub language: String,
    /// Hours since 1970.
    pub hour: i64,
    /// How many.
    pub count: u64,
}

/// Observations of a space by service, language and hour of the source's time, else ours; from a time on, at most `limit`
/// rows.
pub async fn counts(db: &Db, space: AgencyId, from: Timestamp, limit: i64) -> Result<Vec<Hourly>> {
    db.rows(
        "SELECT s.service, o.language, COALESCE(o.posted_at, o.seen_at) / $3 AS hour, COUNT(*) AS n
         FROM observation o JOIN subject s ON s.key = o.subject
         WHERE o.space = $1 AND COALESCE(o.posted_at, o.seen_at) >= $2
         GROUP BY s.service, o.language, COALESCE(o.posted_at, o.seen_at) / $3
         ORDER BY hour, s.service, o.language LIMIT $4",
        params![space, from, HOUR_MICROSECONDS, limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Hourly {
            service: row.text("service")?,
            language: row.text("language")?,
            hour: row.int("hour")?,
            count: row.count("n")?,
        })
    })
    .collect()
}
