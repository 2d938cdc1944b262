//! The past of a space: what a bank's signals match in it (D26), and what nothing holds in the queue any more.

use crate::db::{Db, Tx};
use crate::{Result, Value, params};
use domain::bank::SignalKind;
use domain::id::{AgencyId, BankId, ClusterId, SubjectId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Keys in one `IN (…)` list.
const KEYS_MAX: usize = 500;

fn places(len: usize, from: usize) -> String {
    (0..len).map(|index| format!("${}", index + from)).collect::<Vec<_>>().join(", ")
}

/// Pairs of observation and signal of a bank that are equal and are no match yet, by the reverse index alone.
pub async fn pairs(db: &Db, space: AgencyId, bank: BankId, limit: i64) -> Result<Vec<(i64, i64)>> {
    db.rows(
        "SELECT s.observation, g.key FROM signal g JOIN bank b ON b.id = g.bank
         JOIN seen s ON s.kind = g.kind AND s.value = g.value JOIN observation o ON o.key = s.observation
         WHERE g.bank = $1 AND g.state = 'live' AND b.opinion <> 'disputed' AND g.kind NOT IN ('pdq', 'term', 'tlsh')
         AND o.space = $2 AND o.relevance <> 'forgotten'
         AND NOT EXISTS (SELECT 1 FROM match m WHERE m.observation = s.observation AND m.signal = g.key)
         ORDER BY s.observation, g.key LIMIT $3",
        params![bank, space, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.int("observation")?, row.int("key")?)))
    .collect()
}

/// Whether a bank has live signals that only a scan of the past finds.
pub async fn needs_scan(db: &Db, bank: BankId) -> Result<bool> {
    let kinds = params![bank, SignalKind::Pdq.word(), SignalKind::Term.word(), SignalKind::Tlsh.word()];
    let found = db.maybe(
        "SELECT 1 AS n FROM signal WHERE bank = $1 AND kind IN ($2, $3, $4) AND state = 'live' LIMIT 1",
        kinds,
    );
    Ok(found.await?.is_some())
}

/// Whether a bank has live signals for which files of the past are decoded.
pub async fn needs_decoding(db: &Db, bank: BankId) -> Result<bool> {
    let kinds = params![bank, SignalKind::Video.word(), SignalKind::Sound.word()];
    let found = db.maybe(
        "SELECT 1 AS n FROM signal WHERE bank = $1 AND kind IN ($2, $3) AND state = 'live' LIMIT 1",
        kinds,
    );
    Ok(found.await?.is_some())
}

/// Keys of a space's observations in a range that came with files, the newest first.
pub async fn with_files(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<i64>> {
    db.rows(
        "SELECT o.key FROM observation o WHERE o.key BETWEEN $2 AND $3 AND o.space = $1 AND o.relevance <> 'forgotten'
         AND EXISTS (SELECT 1 FROM seen s WHERE s.observation = o.key AND s.kind = $4) ORDER BY o.key DESC",
        params![space, from, to, SignalKind::Sha256.word()],
    )
    .await?
    .iter()
    .map(|row| row.int("key"))
    .collect()
}

/// The newest key of all observations; 0 when there is none.
pub async fn newest(db: &Db) -> Result<i64> {
    db.one("SELECT COALESCE(MAX(key), 0) AS newest FROM observation", params![]).await?.int("newest")
}

/// Keys of a space's observations that were not forgotten, in a range.
pub async fn alive(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<i64>> {
    db.rows(
        "SELECT key FROM observation WHERE key BETWEEN $2 AND $3 AND space = $1 AND relevance <> 'forgotten' ORDER BY key",
        params![space, from, to],
    )
    .await?
    .iter()
    .map(|row| row.int("key"))
    .collect()
}

/// Those of the observations that stand in the queue though nothing holds them there: no live match but of negative
/// banks, or one of a negative bank; not submitted, not put there by hand, not yet decided about by a person.
pub async fn unheld(tx: &mut Tx, keys: &[i64]) -> Result<Vec<i64>> {
    let mut unheld = Vec::new();
    for chunk in keys.chunks(KEYS_MAX) {
        let sql = format!(
            "SELECT o.key FROM observation o JOIN cluster c ON c.id = o.cluster
             WHERE o.key IN ({}) AND o.relevance = 'matched' AND c.state IN ('open', 'deferred')
             AND NOT EXISTS (SELECT 1 FROM cluster_member h
               WHERE h.cluster = o.cluster AND h.subject = o.subject AND h.evidence = 'by_hand')
             AND (NOT EXISTS (SELECT 1 FROM match m JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
                   WHERE m.observation = o.key AND m.ended_at IS NULL AND b.opinion <> 'negative')
               OR EXISTS (SELECT 1 FROM match m JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
                   WHERE m.observation = o.key AND m.ended_at IS NULL AND b.opinion = 'negative'))",
            places(chunk.len(), 1)
        );
        let given = chunk.iter().map(|key| Value::from(*key)).collect();
        for row in tx.rows_of(sql, given).await? {
            unheld.push(row.int("key")?);
        }
    }
    Ok(unheld)
}

/// Clusters in which observations stand.
pub async fn clusters_of(tx: &mut Tx, keys: &[i64]) -> Result<BTreeSet<ClusterId>> {
    let mut clusters = BTreeSet::new();
    for chunk in keys.chunks(KEYS_MAX) {
        let sql = format!(
            "SELECT DISTINCT cluster FROM observation WHERE cluster IS NOT NULL AND key IN ({})",
            places(chunk.len(), 1)
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            clusters.insert(row.id("cluster")?);
        }
    }
    Ok(clusters)
}

/// Takes observations out of their clusters. They are held again, for what is left of their source's days (D7), and
/// are not searchable; gives each cluster with the items that it lost.
pub async fn let_go(
    tx: &mut Tx,
    keys: &[i64],
    now: Timestamp,
) -> Result<BTreeMap<ClusterId, Vec<SubjectId>>> {
    let mut clusters: BTreeMap<ClusterId, Vec<SubjectId>> =
        clusters_of(tx, keys).await?.into_iter().map(|cluster| (cluster, Vec::new())).collect();
    for chunk in keys.chunks(KEYS_MAX) {
        let given = |first: Vec<Value>| -> Vec<Value> {
            first.into_iter().chain(chunk.iter().map(|key| Value::from(*key))).collect()
        };
        let list = places(chunk.len(), 1);
        tx.run_of(format!("DELETE FROM search_word WHERE observation IN ({list})"), given(Vec::new()))
            .await?;
        let sql = format!(
            "UPDATE observation SET relevance = 'held', cluster = NULL, expires_at =
             (SELECT CASE WHEN s.relevance = 'hold' THEN observation.seen_at + s.hold_days * 86400000000 ELSE $1 END
              FROM batch b JOIN source s ON s.id = b.source WHERE b.id = observation.batch) WHERE key IN ({})",
            places(chunk.len(), 2)
        );
        tx.run_of(sql, given(params![now])).await?;
    }
    let ids: Vec<ClusterId> = clusters.keys().copied().collect();
    for chunk in ids.chunks(KEYS_MAX) {
        let given = || -> Vec<Value> { chunk.iter().map(|id| Value::from(*id)).collect() };
        let gone = format!(
            "cluster IN ({}) AND NOT EXISTS (SELECT 1 FROM observation o
             WHERE o.subject = cluster_member.subject AND o.cluster = cluster_member.cluster)",
            places(chunk.len(), 1)
        );
        let sql = format!(
            "SELECT cluster_member.cluster, s.id FROM cluster_member JOIN subject s ON s.key = cluster_member.subject
             WHERE {gone}"
        );
        for row in tx.rows_of(sql, given()).await? {
            clusters.entry(row.id("cluster")?).or_default().push(row.id("id")?);
        }
        tx.run_of(format!("DELETE FROM cluster_member WHERE {gone}"), given()).await?;
    }
    Ok(clusters)
}
