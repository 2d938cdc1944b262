//! Sweep: the standing work that time alone asks for. The engine calls [`run`] every minute, the opening of a house [`at_start`].

use crate::{Act, House, Result, deconflict};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, BatchId};
use domain::observation::Record;
use jiff::{SignedDuration, Timestamp};
use ledger::Frontier;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::observation::Expired;
use store::{Lane, params};

/// Observations forgotten in one transaction (D23).
const FORGET_ROWS: i64 = 200;
/// Intakes closed at one start.
const BATCHES_MAX: i64 = 10_000;
/// Folder of a data directory for files while they are handed in.
pub const UPLOADS: &str = "uploads";
/// How long ended sessions and used links are kept, in hours: to tell a person why a link no longer works.
const ENDED_HOURS: i64 = 24;

/// A reply without its original becomes a task after this time, in hours (RXP-36).
const PARKED_HOURS: i64 = 24;
/// Such replies of one sweep.
const PARKED_MAX: i64 = 500;
/// The word of that task in the ledger.
pub const PARKED_TASK: &str = "original_missing";

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Held observations whose time was over.
    pub forgotten: u64,
    /// Holds that ended by themselves.
    pub holds: u64,
    /// Sessions, links and nonces that ran out.
    pub ended: u64,
    /// Replies whose original did not come within a day: each is a task for a person (RXP-36).
    pub parked: u64,
    /// Marks of leads that were 90 days old (D34).
    pub marks: u64,
}

/// One round of standing work.
pub async fn run(house: &House) -> Result<Swept> {
    let forgotten = forget(house).await?;
    let holds = deconflict::sweep(house).await?;
    let before = before(house.clock.now(), ENDED_HOURS);
    let mut tx = house.db.write(Lane::Bulk).await?;
    let ended = store::person::clean(&mut tx, before).await? + store::message::clean(&mut tx, before).await?;
    tx.commit().await?;
    if forgotten > 0 {
        house.db.fold_log().await?;
    }
    let parked = parked(house).await?;
    let marks = crate::leads::sweep(house).await?;
    Ok(Swept { forgotten, holds, ended, parked, marks })
}

/// Says of each reply that waits for its original for more than a day, once, that a person must look (RXP-36).
async fn parked(house: &House) -> Result<u64> {
    let mut raised = 0;
    let limit = before(house.clock.now(), PARKED_HOURS);
    for reply in store::message::parked(&house.db, limit, PARKED_MAX).await? {
        let known = store::event::last(&house.db, Noun::Message, reply.id.0, PARKED_TASK).await?;
        if known.is_none() {
            let mut act = Act::of_machine(house, reply.agency, reply.agency).await?;
            let facts = json!({ "type": reply.kind, "case": reply.matter.to_string() });
            act.append(Noun::Message, reply.id.0, PARKED_TASK, facts).await?;
            act.commit().await?;
            house.tell(reply.agency);
            raised += 1;
        }
    }
    Ok(raised)
}

fn before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MIN)
}

/// Forgets held observations whose time is over, with their pictures (D7); what still waits to be recognised is left until
/// it was. While an intake runs, whose rows may name the same pictures in a moment, it is put off to the next round.
async fn forget(house: &House) -> Result<u64> {
    let Ok(_alone) = house.pictures.try_write() else { return Ok(0) };
    let waiting = waiting(house).await?;
    let (mut forgotten, mut from) = (0, i64::MIN);
    loop {
        let now = house.clock.now();
        let over = store::observation::expired(&house.db, now, from, FORGET_ROWS).await?;
        let Some(last) = over.last() else { return Ok(forgotten) };
        from = last.key + 1;
        let mut by_owner: BTreeMap<(AgencyId, AgencyId), Vec<Expired>> = BTreeMap::new();
        for one in over.into_iter().filter(|one| !waiting.iter().any(|range| range.contains(&one.key))) {
            by_owner.entry((one.agency, one.space)).or_default().push(one);
        }
        for ((agency, space), records) in by_owner {
            let pictures = pictures(house, &records).await?;
            let mut act = Act::of_machine(house, agency, space).await?;
            let now = act.now;
            for record in &records {
                store::observation::forget(&mut act.tx, record, now).await?;
            }
            let facts = json!({ "records": records.len(), "why": "held_time_over" });
            act.append(Noun::Erasure, uuid::Uuid::now_v7(), "forgotten", facts).await?;
            act.commit().await?;
            for sha256 in pictures {
                let digest = house.db.keys.digest(space, "sha256", sha256.as_bytes())?;
                if !store::observation::shows(&house.db, digest).await? {
                    let mut tx = house.db.write(Lane::Bulk).await?;
                    store::fingerprint::erase(&mut tx, space, digest, now).await?;
                    tx.commit().await?;
                    house.blobs.remove(space, &sha256)?;
                }
            }
            forgotten += records.len() as u64;
        }
    }
}

/// SHA-256 of the files of some records, in lower-case hex.
async fn pictures(house: &House, records: &[Expired]) -> Result<BTreeSet<String>> {
    let mut pictures = BTreeSet::new();
    for of in records {
        let record: Option<Record> = store::crypt::get_json(&house.db, of.document).await?;
        let media = record.into_iter().flat_map(|record| record.media);
        pictures.extend(media.filter_map(|media| media.sha256).map(|sha256| sha256.to_lowercase()));
    }
    Ok(pictures)
}

/// Ranges of observations that a waiting job will recognise.
async fn waiting(house: &House) -> Result<Vec<std::ops::RangeInclusive<i64>>> {
    let rows = house.db.rows("SELECT body FROM job WHERE kind = 'recognise'", params![]).await?;
    rows.iter()
        .map(|row| {
            let job: serde_json::Value = row.json("body")?;
            let key = |name: &str| job.get(name).and_then(serde_json::Value::as_i64).unwrap_or_default();
            Ok(key("from")..=key("to"))
        })
        .collect()
}

/// What a crash left open: intakes that will never be closed are closed with what went in. Called before anything else
/// works on the house, and files that were being handed in go. Gives how many intakes there were.
pub async fn at_start(house: &House) -> Result<u64> {
    let uploads = house.folder.join(UPLOADS);
    match std::fs::remove_dir_all(&uploads) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(store::Error::io(uploads)(error).into());
        }
        _ => {}
    }
    let open = store::intake::left_open(&house.db, BATCHES_MAX).await?;
    for (batch, agency, space) in &open {
        close(house, *batch, (*agency, *space)).await?;
    }
    Ok(open.len() as u64)
}

async fn close(house: &House, batch: BatchId, (agency, space): (AgencyId, AgencyId)) -> Result<()> {
    let commitments = store::intake::commitments(&house.db, batch).await?;
    let mut root = Frontier::new();
    for commitment in &commitments {
        root.append(ledger::leaf_hash(commitment));
    }
    let facts = json!({ "new": commitments.len(), "root": format!("sha-256:{}", hex::encode(root.root())) });
    let counts = json!({ "interrupted": true, "new": commitments.len() }).to_string();
    let mut act = Act::of_machine(house, agency, space).await?;
    let now = act.now;
    store::intake::close_batch(&mut act.tx, batch, &counts, now).await?;
    act.append(Noun::Batch, batch.0, "interrupted", facts).await?;
    act.commit().await
}

/// A retention class with something whose period is over (LAW-108).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Which class.
    pub class: Retention,
    /// Its period, in days.
    pub days: u32,
    /// From which moment it counts.
    pub counted_from: &'static str,
    /// How many are due.
    pub count: u64,
    /// The oldest, by that moment.
    pub oldest: Timestamp,
    /// What is done with them.
    pub at_the_end: &'static str,
}

/// Class, counted from, what follows, and the times that are counted.
const CLASSES: &[(Retention, &str, &str, &str)] = &[
    (
        Retention::Observation,
        "collection",
        "erase",
        "SELECT o.seen_at AS since FROM observation o JOIN record_key k ON k.document = o.document
         WHERE o.relevance <> 'forgotten' AND o.cluster IS NULL",
    ),
    (
        Retention::NotTerrorist,
        "decision",
        "erase the content, keep the stub",
        "SELECT a.decided_at AS since FROM assessment a JOIN record_key k ON k.document = a.document
         WHERE a.state = 'declined' AND a.decided_at IS NOT NULL",
    ),
    (
        Retention::Referral,
        "closing",
        "review: erase, or prolong once with a reason",
        "SELECT r.closed_at AS since FROM referral r WHERE r.closed_at IS NOT NULL",
    ),
    (
        Retention::Original,
        "closing of its case",
        "review by two",
        "SELECT r.closed_at AS since FROM look l JOIN referral r ON r.id = l.referral
         JOIN record_key k ON k.document = l.document WHERE r.closed_at IS NOT NULL",
    ),
    (Retention::Hash, "last review", "erase or renew", "SELECT b.review_at AS since FROM bank b"),
    (Retention::LogDetail, "reading", "erase", "SELECT r.at AS since FROM read_log r"),
];

/// What is due, by class. Banks carry the day of their review itself.
pub async fn due(house: &House) -> Result<Vec<Due>> {
    let now = house.clock.now();
    let mut due = Vec::new();
    for (class, counted_from, at_the_end, times) in CLASSES {
        let days = if *class == Retention::Hash { 0 } else { class.days() };
        let limit = before(now, 24 * i64::from(days));
        let sql =
            format!("SELECT COUNT(*) AS n, MIN(t.since) AS oldest FROM ({times}) t WHERE t.since <= $1");
        let rows = house.db.rows_of(sql, params![limit]).await?;
        if let Some(row) = rows.first()
            && let Some(oldest) = row.maybe_time("oldest")?
        {
            let (class, count) = (*class, row.count("n")?);
            due.push(Due { class, days: class.days(), counted_from, count, oldest, at_the_end });
        }
    }
    Ok(due)
}
