//! Sources, batches, observations, subjects, edges: what was seen, written in batches.

use crate::crypt::{self, Sealed};
use crate::db::{Db, Tx};
use crate::{Result, Row, Value, params};
use domain::evidence::Retention;
use domain::id::{AgencyId, BatchId, ClusterId, PersonId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Values in one `IN (…)` list.
const IN_MAX: usize = 500;

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

fn list(len: usize, from: usize) -> String {
    (0..len).map(|index| format!("${}", index + from)).collect::<Vec<_>>().join(", ")
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

/// Writes a chunk of records (D23: at most 500). What was seen before adds nothing.
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
            edges.push(params![item, kind.word(), subjects[&other.digest], key]);
        }
        for (kind, value, quality) in record.seen {
            seen.push(params![kind, value, key, quality]);
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

const SUBJECTS: &str =
    "SELECT s.key, s.id, s.space, s.kind, s.service, d.body, d.commitment, k.wrapped FROM subject s
    JOIN document d ON d.key = s.document LEFT JOIN record_key k ON k.document = s.document";

fn subject(db: &Db, row: &Row) -> Result<Subject> {
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

/// Adds values to match that were found later: fingerprints of files.
pub async fn add_seen(tx: &mut Tx, rows: Vec<(&'static str, Vec<u8>, i64, u8)>) -> Result<()> {
    let rows =
        rows.into_iter().map(|(kind, value, key, quality)| params![kind, value, key, quality]).collect();
    tx.insert("seen", &["kind", "value", "observation", "quality"], rows, "ON CONFLICT DO NOTHING").await?;
    Ok(())
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
    tx.run("DELETE FROM seen WHERE observation = $1", params![of.key]).await?;
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
