//! Observations as the steps after intake read them, what they showed, and how they are forgotten.

use crate::crypt;
use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Row, Value, params};
use domain::id::{AgencyId, ClusterId, SubjectId};
use jiff::Timestamp;
use rayon::prelude::*;

/// An observation as the steps after intake need it.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Inside key.
    pub key: i64,
    /// The item's inside key.
    pub subject: i64,
    /// The item's id.
    pub subject_id: SubjectId,
    /// Registrable host of the item.
    pub service: String,
    /// Who handed it in.
    pub agency: AgencyId,
    /// ItemKind's word.
    pub kind: String,
    /// Language found.
    pub language: String,
    /// Audience's word.
    pub audience: String,
    /// `held`, `matched`, `submitted`.
    pub relevance: String,
    /// Our time.
    pub seen_at: Timestamp,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// The record; `None` when it was erased.
    pub record: Option<domain::observation::Record>,
}

const OBSERVATIONS: &str =
    "SELECT o.key, o.subject, s.id AS subject_id, s.service, o.agency, o.kind, o.language, o.audience,
    o.relevance, o.seen_at, o.cluster, d.body, d.commitment, k.wrapped
    FROM observation o JOIN subject s ON s.key = o.subject
    JOIN document d ON d.key = o.document LEFT JOIN record_key k ON k.document = o.document";

fn observation(db: &Db, row: &Row) -> Result<Observation> {
    let record = match crypt::clear(&db.keys, row)? {
        Some(clear) => Some(
            serde_json::from_slice(&clear)
                .map_err(|error| crate::Error::Damaged(format!("a record: {error}")))?,
        ),
        None => None,
    };
    Ok(Observation {
        key: row.int("key")?,
        subject: row.int("subject")?,
        subject_id: row.id("subject_id")?,
        service: row.text("service")?,
        agency: row.id("agency")?,
        kind: row.text("kind")?,
        language: row.text("language")?,
        audience: row.text("audience")?,
        relevance: row.text("relevance")?,
        seen_at: row.time("seen_at")?,
        cluster: row.maybe_id("cluster")?,
        record,
    })
}

/// Observations of a range of keys.
pub async fn range(db: &Db, from: i64, to: i64) -> Result<Vec<Observation>> {
    let sql = format!("{OBSERVATIONS} WHERE o.key BETWEEN $1 AND $2 ORDER BY o.key");
    db.rows_of(sql, params![from, to]).await?.par_iter().map(|row| observation(db, row)).collect()
}

/// Observations by their keys, oldest first.
pub async fn by_keys(db: &Db, keys: &[i64]) -> Result<Vec<Observation>> {
    let mut found = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!("{OBSERVATIONS} WHERE o.key IN ({}) ORDER BY o.key", list(chunk.len(), 1));
        let given = chunk.iter().map(|key| Value::from(*key)).collect();
        let rows = db.rows_of(sql, given).await?;
        found.extend(rows.par_iter().map(|row| observation(db, row)).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// Observations of a subject, newest first.
pub async fn of_subject(db: &Db, subject: i64, limit: i64) -> Result<Vec<Observation>> {
    let sql = format!("{OBSERVATIONS} WHERE o.subject = $1 ORDER BY o.seen_at DESC, o.key DESC LIMIT $2");
    db.rows_of(sql, params![subject, limit]).await?.iter().map(|row| observation(db, row)).collect()
}

/// One observation by its key.
pub async fn get(db: &Db, key: i64) -> Result<Option<Observation>> {
    Ok(range(db, key, key).await?.pop())
}

/// Observations of a space that show a value, apart from those of one subject, the oldest first: what was matched or
/// submitted only (D7).
pub async fn that_show(
    db: &Db,
    (space, but): (AgencyId, i64),
    (kind, value): (&str, &[u8]),
    limit: i64,
) -> Result<Vec<Observation>> {
    let sql = format!(
        "{OBSERVATIONS} WHERE o.key IN (SELECT n.observation FROM seen n WHERE n.kind = $3 AND n.value = $4)
         AND o.space = $1 AND o.subject <> $2 AND o.relevance IN ('matched', 'submitted') ORDER BY o.key LIMIT $5"
    );
    db.rows_of(sql, params![space, but, kind, value, limit])
        .await?
        .iter()
        .map(|row| observation(db, row))
        .collect()
}

/// Adds values to match that were found later: fingerprints of files.
pub async fn add_seen(tx: &mut Tx, rows: Vec<(&'static str, Vec<u8>, i64, u8)>) -> Result<()> {
    let rows =
        rows.into_iter().map(|(kind, value, key, quality)| params![kind, value, key, quality]).collect();
    tx.insert("seen", &["kind", "value", "observation", "quality"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// What a range of observations showed of a kind: observation, value, quality.
pub async fn seen_of(db: &Db, kind: &str, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>, u8)>> {
    db.rows(
        "SELECT observation, value, quality FROM seen WHERE kind = $1 AND observation BETWEEN $2 AND $3",
        params![kind, from, to],
    )
    .await?
    .iter()
    .map(|row| {
        Ok((row.int("observation")?, row.bytes("value")?, u8::try_from(row.int("quality")?).unwrap_or(0)))
    })
    .collect()
}

/// Pictures that observations showed, and which of their files are flat: kind, observation, value, quality.
pub async fn pictures_of(db: &Db, keys: &[i64]) -> Result<Vec<(String, i64, Vec<u8>, u8)>> {
    let mut found = Vec::new();
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!(
            "SELECT kind, observation, value, quality FROM seen WHERE kind IN ('pdq', 'flat') AND observation IN ({})",
            list(chunk.len(), 1)
        );
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let quality = u8::try_from(row.int("quality")?).unwrap_or(0);
            found.push((row.text("kind")?, row.int("observation")?, row.bytes("value")?, quality));
        }
    }
    Ok(found)
}

/// A held observation whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expired {
    /// Its key.
    pub key: i64,
    /// Its record.
    pub document: i64,
    /// Who handed it in.
    pub agency: AgencyId,
    /// Into which space.
    pub space: AgencyId,
}

/// Held observations whose time is over, at most `limit`, from a key on.
pub async fn expired(db: &Db, now: Timestamp, from: i64, limit: i64) -> Result<Vec<Expired>> {
    db.rows(
        "SELECT key, document, agency, space FROM observation
         WHERE expires_at IS NOT NULL AND expires_at <= $1 AND relevance = 'held' AND key >= $2 ORDER BY key LIMIT $3",
        params![now, from, limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Expired {
            key: row.int("key")?,
            document: row.int("document")?,
            agency: row.id("agency")?,
            space: row.id("space")?,
        })
    })
    .collect()
}

/// Whether any record of a space that is not forgotten shows a file, by the digest of its `sha256`.
pub async fn shows(db: &Db, digest: [u8; 32]) -> Result<bool> {
    let sql = "SELECT 1 FROM seen WHERE kind = 'sha256' AND value = $1 LIMIT 1";
    Ok(db.maybe(sql, params![digest]).await?.is_some())
}

/// Forgets a held observation: its record, what it showed, how it was joined, and the handles and addresses that only
/// it named. The digest stays, to know repeats.
pub async fn forget(tx: &mut Tx, of: &Expired, now: Timestamp) -> Result<()> {
    // An item whose address stood in this record is known by another record of it, if there is one.
    tx.run(
        "UPDATE subject SET document = (SELECT MIN(o.document) FROM observation o
           WHERE o.subject = subject.key AND o.key <> $2 AND o.relevance <> 'forgotten')
         WHERE document = $1 AND EXISTS (SELECT 1 FROM observation o
           WHERE o.subject = subject.key AND o.key <> $2 AND o.relevance <> 'forgotten')",
        params![of.document, of.key],
    )
    .await?;
    let named = tx.rows("SELECT DISTINCT to_key FROM edge WHERE observation = $1", params![of.key]).await?;
    let showed = tx.rows("DELETE FROM seen WHERE observation = $1 RETURNING kind", params![of.key]).await?;
    if showed.iter().any(|row| row.text("kind").is_ok_and(|kind| kind == "pdq")) {
        crate::search::pictures_changed(tx, of.space).await?;
    }
    crate::search::remove(tx, of.key).await?;
    tx.run("DELETE FROM edge WHERE observation = $1", params![of.key]).await?;
    tx.run(
        "UPDATE observation SET relevance = 'forgotten', expires_at = NULL, account = NULL WHERE key = $1",
        params![of.key],
    )
    .await?;
    crypt::erase(tx, of.document, "held_time_over", now).await?;
    for row in named {
        let lone = tx
            .maybe(
                "SELECT s.document FROM subject s WHERE s.key = $1
                 AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.to_key = s.key)
                 AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.relevance <> 'forgotten'
                   AND (o.subject = s.key OR o.account = s.key))",
                params![row.int("to_key")?],
            )
            .await?;
        if let Some(lone) = lone {
            crypt::erase(tx, lone.int("document")?, "held_time_over", now).await?;
        }
    }
    Ok(())
}
