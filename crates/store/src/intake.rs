//! Sources and batches: what was seen is written in pieces.

use crate::crypt::{self, Sealed};
use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Row, Value, params};
use domain::evidence::Retention;
use domain::id::{AgencyId, BatchId, PersonId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What is kept of a source's records (D7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relevance {
    /// What matches nothing is counted and forgotten.
    Forget,
    /// What matches nothing is held for some days, only to be matched against new signals.
    Hold {
        /// 1..=30.
        days: u8,
    },
    /// A person picked each record: all are kept.
    Submit,
}

impl Relevance {
    fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Forget => ("forget", 0),
            Self::Hold { days } => ("hold", days.into()),
            Self::Submit => ("submit", 0),
        }
    }
}

/// Finds or makes a source by its name; the decision on relevance is recorded once.
pub async fn source(
    tx: &mut Tx,
    space: AgencyId,
    name: &str,
    relevance: Relevance,
    by: (Option<PersonId>, Timestamp),
) -> Result<Uuid> {
    let (word, days) = relevance.columns();
    tx.run(
        "INSERT INTO source (id, space, name, relevance, hold_days, decided_by, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
         ON CONFLICT (space, name) DO NOTHING",
        params![Uuid::now_v7(), space, name, word, days, by.0, by.1],
    )
    .await?;
    tx.one("SELECT id FROM source WHERE space = $1 AND name = $2", params![space, name]).await?.id("id")
}

/// The recorded decision of a source.
pub async fn relevance(db: &Db, source: Uuid) -> Result<Relevance> {
    let row = db.one("SELECT relevance, hold_days FROM source WHERE id = $1", params![source]).await?;
    Ok(match row.text("relevance")?.as_str() {
        "forget" => Relevance::Forget,
        "submit" => Relevance::Submit,
        _ => Relevance::Hold { days: u8::try_from(row.int("hold_days")?).unwrap_or(7) },
    })
}

/// An intake that begins.
pub struct NewBatch<'a> {
    /// Its id.
    pub id: BatchId,
    /// Into which space.
    pub space: AgencyId,
    /// Who hands it in.
    pub agency: AgencyId,
    /// From where.
    pub source: Uuid,
    /// Which reader.
    pub format: &'a str,
    /// Who.
    pub person: Option<PersonId>,
}

/// Opens an intake.
pub async fn open_batch(tx: &mut Tx, batch: NewBatch<'_>, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO batch (id, space, agency, source, format, person, made_at, counts) VALUES ($1,$2,$3,$4,$5,$6,$7,'{}')",
        params![batch.id, batch.space, batch.agency, batch.source, batch.format, batch.person, now],
    )
    .await?;
    Ok(())
}

/// Closes an intake with its summary.
pub async fn close_batch(tx: &mut Tx, id: BatchId, counts: &str, now: Timestamp) -> Result<()> {
    tx.run("UPDATE batch SET ended_at = $2, counts = $3 WHERE id = $1", params![id, now, counts]).await?;
    Ok(())
}

/// Commitments of all records of an intake, in order of their keys; they stay when the records are erased.
pub async fn commitments(db: &Db, batch: BatchId) -> Result<Vec<[u8; 32]>> {
    db.rows(
        "SELECT d.commitment FROM observation o JOIN document d ON d.key = o.document WHERE o.batch = $1 ORDER BY o.key",
        params![batch],
    )
    .await?
    .iter()
    .map(|row| row.digest("commitment"))
    .collect()
}

/// Intakes that were never closed: id, agency, space.
pub async fn left_open(db: &Db, limit: i64) -> Result<Vec<(BatchId, AgencyId, AgencyId)>> {
    db.rows(
        "SELECT id, agency, space FROM batch WHERE ended_at IS NULL ORDER BY made_at LIMIT $1",
        params![limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("id")?, row.id("agency")?, row.id("space")?)))
    .collect()
}

/// Intakes of a space, newest first.
pub async fn batches(db: &Db, space: AgencyId, limit: i64) -> Result<Vec<Row>> {
    db.rows(
        "SELECT b.id, b.format, b.made_at, b.ended_at, b.counts, s.name FROM batch b JOIN source s ON s.id = b.source
         WHERE b.space = $1 ORDER BY b.made_at DESC LIMIT $2",
        params![space, limit],
    )
    .await
}

/// A subject as an intake names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubject {
    /// Keyed digest of its canonical key.
    pub digest: [u8; 32],
    /// What it is.
    pub kind: SubjectKind,
    /// Registrable host.
    pub service: String,
    /// Its canonical key, clear, for its document.
    pub key: String,
}

/// One record, prepared outside the transaction.
pub struct NewObservation {
    /// Keyed digest of the source's own key.
    pub record: [u8; 32],
    /// The item.
    pub item: NewSubject,
    /// Who posted it, as an index into `others`.
    pub account: Option<usize>,
    /// Accounts, channels, links, tags that it names.
    pub others: Vec<(EdgeKind, NewSubject)>,
    /// The record, sealed.
    pub sealed: Sealed,
    /// ItemKind's word.
    pub kind: &'static str,
    /// Language found.
    pub language: String,
    /// Audience's word.
    pub audience: &'static str,
    /// `held` or `submitted`.
    pub relevance: &'static str,
    /// The source's time.
    pub posted_at: Option<Timestamp>,
    /// When a held one is erased.
    pub expires_at: Option<Timestamp>,
    /// Values to match: signal kind, digest or hash, quality.
    pub seen: Vec<(&'static str, Vec<u8>, u8)>,
}

/// What a chunk came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// New observations.
    pub new: u64,
    /// Known before.
    pub duplicate: u64,
    /// First and last key of the new ones.
    pub range: Option<(i64, i64)>,
    /// Commitments of the new ones' documents, in order of their keys: what the intake's leaf stands for.
    pub commitments: Vec<[u8; 32]>,
}

async fn known(tx: &mut Tx, space: AgencyId, records: &[[u8; 32]]) -> Result<HashSet<[u8; 32]>> {
    let mut known = HashSet::new();
    for chunk in records.chunks(IN_MAX) {
        let sql = format!(
            "SELECT record FROM observation WHERE space = $1 AND record IN ({})",
            list(chunk.len(), 2)
        );
        let mut values = params![space];
        values.extend(chunk.iter().map(|record| Value::from(*record)));
        for row in tx.rows_of(sql, values).await? {
            known.insert(row.digest("record")?);
        }
    }
    Ok(known)
}

/// Keys of known subjects, and which of them lost their document to an erasure.
async fn subject_keys(
    tx: &mut Tx,
    space: AgencyId,
    digests: &[[u8; 32]],
) -> Result<(HashMap<[u8; 32], i64>, HashSet<[u8; 32]>)> {
    let mut keys = HashMap::with_capacity(digests.len());
    let mut erased = HashSet::new();
    for chunk in digests.chunks(IN_MAX) {
        let sql = format!(
            "SELECT s.digest, s.key, k.document AS alive FROM subject s LEFT JOIN record_key k ON k.document = s.document
             WHERE s.space = $1 AND s.digest IN ({})",
            list(chunk.len(), 2)
        );
        let mut values = params![space];
        values.extend(chunk.iter().map(|digest| Value::from(*digest)));
        for row in tx.rows_of(sql, values).await? {
            keys.insert(row.digest("digest")?, row.int("key")?);
            if row.maybe_int("alive")?.is_none() {
                erased.insert(row.digest("digest")?);
            }
        }
    }
    Ok((keys, erased))
}

/// Writes a chunk of records (docs/decisions/0002). What was seen before adds nothing.
pub async fn write(
    tx: &mut Tx,
    space: AgencyId,
    batch: (BatchId, AgencyId),
    records: Vec<NewObservation>,
    now: Timestamp,
) -> Result<Written> {
    let digests: Vec<[u8; 32]> = records.iter().map(|record| record.record).collect();
    let mut before = known(tx, space, &digests).await?;
    let total = records.len() as u64;
    let fresh: Vec<NewObservation> =
        records.into_iter().filter(|record| before.insert(record.record)).collect();
    let new = fresh.len() as u64;
    if fresh.is_empty() {
        return Ok(Written { duplicate: total, ..Written::default() });
    }
    let count = i64::try_from(fresh.len()).unwrap_or(i64::MAX);
    let first = tx.numbers("observation", count).await?;
    let documents = tx.numbers("document", count).await?;
    let subjects = write_subjects(tx, space, &fresh, documents, now).await?;
    let mut observations = Vec::with_capacity(fresh.len());
    let mut sealed = Vec::with_capacity(fresh.len());
    let mut edges = Vec::new();
    let mut seen = Vec::new();
    for ((record, key), document) in fresh.into_iter().zip(first..).zip(documents..) {
        let item = subjects[&record.item.digest];
        let account = record
            .account
            .and_then(|index| record.others.get(index))
            .map(|(_, other)| subjects[&other.digest]);
        observations.push(params![
            key,
            space,
            batch.0,
            batch.1,
            record.record,
            item,
            account,
            document,
            record.kind,
            &record.language,
            record.audience,
            record.relevance,
            now,
            record.posted_at,
            record.expires_at
        ]);
        for (kind, other) in &record.others {
            edges.push((item, kind.word(), subjects[&other.digest], key));
        }
        for (kind, value, quality) in record.seen {
            seen.push((kind, value, key, quality));
        }
        sealed.push((document, space, Retention::Observation, now, record.sealed));
    }
    let puts = crypt::put_sealed(tx, sealed).await?;
    tx.insert(
        "observation",
        &[
            "key",
            "space",
            "batch",
            "agency",
            "record",
            "subject",
            "account",
            "document",
            "kind",
            "language",
            "audience",
            "relevance",
            "seen_at",
            "posted_at",
            "expires_at",
        ],
        observations,
        "",
    )
    .await?;
    // In the order of their trees, so that each page is touched once.
    edges.sort_unstable();
    seen.sort_unstable();
    let edges = edges.into_iter().map(|(from, kind, to, key)| params![from, kind, to, key]).collect();
    let seen =
        seen.into_iter().map(|(kind, value, key, quality)| params![kind, value, key, quality]).collect();
    tx.insert("edge", &["from_key", "kind", "to_key", "observation"], edges, "ON CONFLICT DO NOTHING")
        .await?;
    tx.insert("seen", &["kind", "value", "observation", "quality"], seen, "ON CONFLICT DO NOTHING").await?;
    Ok(Written {
        new,
        duplicate: total - new,
        range: Some((first, first + count - 1)),
        commitments: puts.iter().map(|put| put.commitment).collect(),
    })
}

/// Finds or makes every subject of the chunk. A new item's address stands in its first observation's document;
/// other subjects get a small document of their own.
async fn write_subjects(
    tx: &mut Tx,
    space: AgencyId,
    fresh: &[NewObservation],
    documents: i64,
    now: Timestamp,
) -> Result<HashMap<[u8; 32], i64>> {
    let mut wanted: HashMap<[u8; 32], (&NewSubject, Option<i64>)> = HashMap::new();
    for (record, document) in fresh.iter().zip(documents..) {
        wanted.entry(record.item.digest).or_insert((&record.item, Some(document)));
        for (_, other) in &record.others {
            wanted.entry(other.digest).or_insert((other, None));
        }
    }
    let digests: Vec<[u8; 32]> = wanted.keys().copied().collect();
    let (mut keys, erased) = subject_keys(tx, space, &digests).await?;
    let mut missing: Vec<(&NewSubject, Option<i64>)> = wanted
        .into_iter()
        .filter(|(digest, _)| !keys.contains_key(digest) || erased.contains(digest))
        .map(|(_, subject)| subject)
        .collect();
    if missing.is_empty() {
        return Ok(keys);
    }
    missing.sort_by_key(|(subject, _)| subject.digest);
    let count = i64::try_from(missing.len()).unwrap_or(i64::MAX);
    let first = tx.numbers("subject", count).await?;
    let mut own = tx.numbers("document", count).await?;
    let mut rows = Vec::with_capacity(missing.len());
    let mut sealed = Vec::new();
    for ((subject, document), key) in missing.into_iter().zip(first..) {
        let document = match document {
            Some(document) => document,
            None => {
                let body = serde_json::json!({ "key": subject.key }).to_string();
                sealed.push((
                    own,
                    space,
                    Retention::Observation,
                    now,
                    tx.keys.seal_document(body.as_bytes())?,
                ));
                own += 1;
                own - 1
            }
        };
        if let Some(known) = keys.get(&subject.digest) {
            // Erased once, seen again.
            tx.run("UPDATE subject SET document = $2 WHERE key = $1", params![*known, document]).await?;
            continue;
        }
        keys.insert(subject.digest, key);
        rows.push(params![
            key,
            SubjectId(Uuid::now_v7()),
            space,
            subject.kind.word(),
            &subject.service,
            subject.digest,
            document,
            now
        ]);
    }
    tx.insert(
        "subject",
        &["key", "id", "space", "kind", "service", "digest", "document", "made_at"],
        rows,
        "",
    )
    .await?;
    crypt::put_sealed(tx, sealed).await?;
    Ok(keys)
}
