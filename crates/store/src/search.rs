//! Search over what was matched or submitted (D7): words as keyed digests, values by the reverse index.
//!
//! One plain table on both databases. FTS5 and tsvector were rejected: both keep the words themselves, outside the
//! encrypted documents, where destroying a record's key does not reach them (D9). The price: no phrases, no prefixes.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Value, params};
use domain::id::AgencyId;
use std::collections::HashSet;

/// Different words of a question that are looked for; more are left out.
pub const QUESTION_WORDS_MAX: usize = 32;
/// Different words of a text that are indexed.
pub const TEXT_WORDS_MAX: usize = 5_000;

/// The number that stands for a word in the index of a space.
pub fn word(keys: &crate::crypt::Keys, space: AgencyId, token: &str) -> Result<i64> {
    let digest = keys.digest(space, "word", token.as_bytes())?;
    let (head, _) = digest.split_at(8);
    Ok(head.iter().fold(0, |number, byte| (number << 8) | i64::from(*byte)))
}

/// Keys of a range that should be in the index and are not.
pub async fn missing(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<i64>> {
    db.rows(
        "SELECT o.key FROM observation o WHERE o.key BETWEEN $2 AND $3 AND o.space = $1
         AND o.relevance IN ('matched', 'submitted')
         AND NOT EXISTS (SELECT 1 FROM search_word w WHERE w.observation = o.key) ORDER BY o.key",
        params![space, from, to],
    )
    .await?
    .iter()
    .map(|row| row.int("key"))
    .collect()
}

/// Puts the words of observations into the index; those that are not matched or submitted any more are left out.
pub async fn put(tx: &mut Tx, words: Vec<(i64, Vec<i64>)>) -> Result<()> {
    let mut standing = HashSet::with_capacity(words.len());
    for chunk in words.chunks(IN_MAX) {
        let sql = format!(
            "SELECT key FROM observation WHERE relevance IN ('matched', 'submitted') AND key IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|(key, _)| Value::from(*key)).collect()).await? {
            standing.insert(row.int("key")?);
        }
    }
    let mut pairs: Vec<(i64, i64)> = words
        .into_iter()
        .filter(|(key, _)| standing.contains(key))
        .flat_map(|(key, words)| words.into_iter().map(move |word| (word, key)))
        .collect();
    // In the order of the table: neighbours are on one page.
    pairs.sort_unstable();
    let rows = pairs.into_iter().map(|(word, key)| params![word, key]).collect();
    tx.insert("search_word", &["word", "observation"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
}

/// Takes an observation out of the index: its text was erased.
pub async fn remove(tx: &mut Tx, observation: i64) -> Result<()> {
    tx.run("DELETE FROM search_word WHERE observation = $1", params![observation]).await?;
    Ok(())
}

/// Observations that hold every word, newest first.
pub async fn with_words(db: &Db, space: AgencyId, words: &[i64], limit: i64) -> Result<Vec<i64>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT w.observation FROM search_word w JOIN observation o ON o.key = w.observation
         WHERE o.space = $1 AND o.relevance IN ('matched', 'submitted') AND w.word IN ({})
         GROUP BY w.observation HAVING COUNT(*) = $2 ORDER BY w.observation DESC LIMIT $3",
        list(words.len(), 4)
    );
    let count = i64::try_from(words.len()).unwrap_or(i64::MAX);
    let mut given = params![space, count, limit];
    given.extend(words.iter().map(|word| Value::from(*word)));
    db.rows_of(sql, given).await?.iter().map(|row| row.int("observation")).collect()
}

/// Observations that showed one of some values of a kind, newest first.
pub async fn with_values(
    db: &Db,
    space: AgencyId,
    kind: &str,
    values: &[Vec<u8>],
    limit: i64,
) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for chunk in values.chunks(IN_MAX) {
        let sql = format!(
            "SELECT DISTINCT s.observation FROM seen s JOIN observation o ON o.key = s.observation
             WHERE o.space = $1 AND o.relevance IN ('matched', 'submitted') AND s.kind = $2 AND s.value IN ({})
             ORDER BY s.observation DESC LIMIT $3",
            list(chunk.len(), 4)
        );
        let mut given = params![space, kind, limit];
        given.extend(chunk.iter().map(|value| Value::from(value.clone())));
        for row in db.rows_of(sql, given).await? {
            found.push(row.int("observation")?);
        }
    }
    Ok(found)
}

/// Pictures of what is searchable, each hash once.
pub async fn pictures(db: &Db, space: AgencyId) -> Result<Vec<Vec<u8>>> {
    db.rows(
        "SELECT DISTINCT s.value FROM seen s JOIN observation o ON o.key = s.observation
         WHERE s.kind = 'pdq' AND o.space = $1 AND o.relevance IN ('matched', 'submitted')",
        params![space],
    )
    .await?
    .iter()
    .map(|row| row.bytes("value"))
    .collect()
}

/// Pictures that observations showed, each hash once.
pub async fn pictures_of(tx: &mut Tx, keys: &[i64]) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!(
            "SELECT DISTINCT value FROM seen WHERE kind = 'pdq' AND observation IN ({})",
            list(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            found.push(row.bytes("value")?);
        }
    }
    Ok(found)
}

/// A number that changes when the pictures of what is searchable change: who holds them compares it.
pub async fn generation(db: &Db, space: AgencyId) -> Result<i64> {
    let row = db.maybe("SELECT next FROM counter WHERE name = $1", params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

fn generation_of(space: AgencyId) -> String {
    format!("searched {space}")
}

/// Notes in the transaction that pictures came or went; gives the number as it will be.
pub async fn pictures_changed(tx: &mut Tx, space: AgencyId) -> Result<i64> {
    tx.one(
        "INSERT INTO counter (name, next) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1
         RETURNING next",
        params![generation_of(space)],
    )
    .await?
    .int("next")
}

/// Services on which accounts and channels of a space stand.
pub async fn services(db: &Db, space: AgencyId) -> Result<Vec<String>> {
    db.rows(
        "SELECT DISTINCT service FROM subject WHERE space = $1 AND kind IN ('account', 'channel') ORDER BY service LIMIT 500",
        params![space],
    )
    .await?
    .iter()
    .map(|row| row.text("service"))
    .collect()
}
