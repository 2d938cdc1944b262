//! Subjects: items, accounts, channels, hosts, and how they are joined.

use crate::crypt;
use crate::db::Db;
use crate::{Result, Row, params};
use domain::id::{AgencyId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};

/// A subject as stored.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Inside key.
    pub key: i64,
    /// Its id.
    pub id: SubjectId,
    /// Whose.
    pub space: AgencyId,
    /// What it is.
    pub kind: SubjectKind,
    /// Registrable host.
    pub service: String,
    /// Address or `service/handle`; `None` when it was erased.
    pub address: Option<String>,
}

pub(crate) const SUBJECTS: &str =
    "SELECT s.key, s.id, s.space, s.kind, s.service, d.body, d.commitment, k.wrapped FROM subject s
    JOIN document d ON d.key = s.document LEFT JOIN record_key k ON k.document = s.document";

pub(crate) fn subject(db: &Db, row: &Row) -> Result<Subject> {
    let address = match crypt::clear(&db.keys, row)? {
        Some(clear) => address_of(&clear)?,
        None => None,
    };
    Ok(Subject {
        key: row.int("key")?,
        id: row.id("id")?,
        space: row.id("space")?,
        kind: row.word("kind", SubjectKind::from_word)?,
        service: row.text("service")?,
        address,
    })
}

/// A subject's own document holds `key`; an item's is its first record, with `url`.
fn address_of(clear: &[u8]) -> Result<Option<String>> {
    let value: serde_json::Value = serde_json::from_slice(clear)
        .map_err(|error| crate::Error::Damaged(format!("a subject: {error}")))?;
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    Ok(if value.get("place").is_some() { text("url").or_else(|| text("key")) } else { text("key") })
}

/// A subject by its id.
pub async fn by_id(db: &Db, id: SubjectId) -> Result<Option<Subject>> {
    let rows = db.rows_of(format!("{SUBJECTS} WHERE s.id = $1"), params![id]).await?;
    rows.first().map(|row| subject(db, row)).transpose()
}

/// A subject by its inside key.
pub async fn by_key(db: &Db, key: i64) -> Result<Option<Subject>> {
    let rows = db.rows_of(format!("{SUBJECTS} WHERE s.key = $1"), params![key]).await?;
    rows.first().map(|row| subject(db, row)).transpose()
}

/// A subject by the keyed digest of its canonical key.
pub async fn by_digest(db: &Db, space: AgencyId, digest: [u8; 32]) -> Result<Option<Subject>> {
    let rows = db
        .rows_of(format!("{SUBJECTS} WHERE s.space = $1 AND s.digest = $2"), params![space, digest])
        .await?;
    rows.first().map(|row| subject(db, row)).transpose()
}

/// Subjects joined to one, with how: outward edges first.
pub async fn neighbours(db: &Db, key: i64, limit: i64) -> Result<Vec<(EdgeKind, Subject)>> {
    let sql = format!(
        "SELECT DISTINCT e.kind AS edge, s.key, s.id, s.space, s.kind, s.service, d.body, d.commitment, k.wrapped
         FROM edge e JOIN subject s ON s.key = e.to_key
         JOIN document d ON d.key = s.document LEFT JOIN record_key k ON k.document = s.document
         WHERE e.from_key = $1 LIMIT {limit}"
    );
    db.rows_of(sql, params![key])
        .await?
        .iter()
        .map(|row| Ok((row.word("edge", EdgeKind::from_word)?, subject(db, row)?)))
        .collect()
}
