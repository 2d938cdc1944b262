//! What edited copies of pictures are found by, and the texts of representatives.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Row, Value, crypt, params};
use domain::evidence::Retention;
use domain::id::AgencyId;
use jiff::Timestamp;

/// A file's keyed digest, and its fingerprint in the form of who wrote it.
pub type Fingerprint = ([u8; 32], Vec<u8>);

const COLUMNS: &str = "SELECT f.digest, d.body, d.commitment, k.wrapped FROM fingerprint f
                       JOIN document d ON d.key = f.document LEFT JOIN record_key k ON k.document = f.document";

/// Those that were not erased.
fn read(db: &Db, rows: &[Row]) -> Result<Vec<Fingerprint>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(clear) = crypt::clear(&db.keys, row)? {
            found.push((row.digest("digest")?, clear));
        }
    }
    Ok(found)
}

/// Fingerprints of files.
pub async fn get(db: &Db, space: AgencyId, digests: &[[u8; 32]]) -> Result<Vec<Fingerprint>> {
    let mut found = Vec::new();
    for chunk in digests.chunks(IN_MAX) {
        let sql = format!("{COLUMNS} WHERE f.space = $1 AND f.digest IN ({})", list(chunk.len(), 2));
        let mut given = params![space];
        given.extend(chunk.iter().map(|digest| Value::from(digest.to_vec())));
        found.extend(read(db, &db.rows_of(sql, given).await?)?);
    }
    Ok(found)
}

/// Fingerprints of the files that represent the cluster of a hash.
pub async fn of_hash(db: &Db, space: AgencyId, hash: &[u8], limit: i64) -> Result<Vec<Fingerprint>> {
    let sql = format!(
        "{COLUMNS} JOIN cluster_key c ON c.space = f.space AND c.kind = 'sha256' AND c.value = f.digest
         WHERE f.space = $1 AND c.cluster = (SELECT k.cluster FROM cluster_key k
           WHERE k.space = $1 AND k.kind = 'pdq' AND k.value = $2) LIMIT $3"
    );
    read(db, &db.rows_of(sql, params![space, hash, limit]).await?)
}

/// Fingerprints of the newest representatives of a space, oldest first.
pub async fn newest(db: &Db, space: AgencyId, limit: i64) -> Result<Vec<Fingerprint>> {
    let sql = format!(
        "{COLUMNS} JOIN cluster_key c ON c.space = f.space AND c.kind = 'sha256' AND c.value = f.digest
         WHERE f.space = $1 ORDER BY f.document DESC LIMIT $2"
    );
    let mut found = read(db, &db.rows_of(sql, params![space, limit]).await?)?;
    found.reverse();
    Ok(found)
}

/// Texts that represent clusters of a space, the newest: digest of the text, an observation that says it.
pub async fn texts(db: &Db, space: AgencyId, limit: i64) -> Result<Vec<([u8; 32], i64)>> {
    let sql = "SELECT c.value, MIN(s.observation) AS observation FROM cluster_key c
               JOIN seen s ON s.kind = 'text' AND s.value = c.value WHERE c.space = $1 AND c.kind = 'text'
               GROUP BY c.value ORDER BY 2 DESC LIMIT $2";
    let rows = db.rows(sql, params![space, limit]).await?;
    rows.iter().map(|row| Ok((row.digest("value")?, row.int("observation")?))).collect()
}

/// Stores fingerprints of files; those that are there already stay.
pub async fn put(tx: &mut Tx, space: AgencyId, new: Vec<Fingerprint>, now: Timestamp) -> Result<()> {
    let mut rows = Vec::with_capacity(new.len());
    for (digest, clear) in new {
        let known = tx
            .maybe(
                "SELECT 1 FROM fingerprint WHERE space = $1 AND digest = $2",
                params![space, digest.to_vec()],
            )
            .await?;
        if known.is_none() {
            let document = crypt::put(tx, space, Retention::Observation, &clear, now).await?.key;
            rows.push(params![space, digest.to_vec(), document]);
        }
    }
    tx.insert("fingerprint", &["space", "digest", "document"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// Erases the fingerprint of a file that nothing shows any more.
pub async fn erase(tx: &mut Tx, space: AgencyId, digest: [u8; 32], now: Timestamp) -> Result<()> {
    let sql = "SELECT document FROM fingerprint WHERE space = $1 AND digest = $2";
    if let Some(row) = tx.maybe(sql, params![space, digest.to_vec()]).await? {
        crypt::erase(tx, row.int("document")?, "held_time_over", now).await?;
        let sql = "DELETE FROM fingerprint WHERE space = $1 AND digest = $2";
        tx.run(sql, params![space, digest.to_vec()]).await?;
    }
    Ok(())
}
