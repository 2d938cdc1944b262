//! Banks, signals, matches.

use crate::db::{Db, Tx};
use crate::{Result, Row, Value, params};
use domain::bank::{Opinion, SignalKind, SignalState, Why};
use domain::id::{AgencyId, BankId, SignalId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Values in one `IN (…)` list.
const VALUES_MAX: usize = 500;
/// Seconds of a day.
const SECONDS_PER_DAY: i64 = 86_400;

/// A bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// Its id.
    pub id: BankId,
    /// Whose.
    pub space: AgencyId,
    /// Shown name.
    pub name: String,
    /// What its owner thinks of the content.
    pub opinion: Opinion,
    /// Where it comes from.
    pub origin: String,
    /// Why it may be kept.
    pub legal_basis: String,
    /// Greatest PDQ distance, bits of 256.
    pub distance: u32,
    /// When it must be reviewed.
    pub review_at: Timestamp,
}

fn bank(row: &Row) -> Result<Bank> {
    Ok(Bank {
        id: row.id("id")?,
        space: row.id("space")?,
        name: row.text("name")?,
        opinion: row.word("opinion", Opinion::from_word)?,
        origin: row.text("origin")?,
        legal_basis: row.text("legal_basis")?,
        distance: u32::try_from(row.int("distance")?).unwrap_or_default(),
        review_at: row.time("review_at")?,
    })
}

/// Stores a bank.
pub async fn put_bank(tx: &mut Tx, new: &Bank, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO bank (id, space, name, opinion, origin, legal_basis, distance, review_at, made_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        params![
            new.id,
            new.space,
            &new.name,
            new.opinion.word(),
            &new.origin,
            &new.legal_basis,
            new.distance,
            new.review_at,
            now
        ],
    )
    .await?;
    Ok(())
}

const BANKS: &str = "SELECT id, space, name, opinion, origin, legal_basis, distance, review_at FROM bank";

/// Banks of a space, by name.
pub async fn banks(db: &Db, space: AgencyId) -> Result<Vec<Bank>> {
    db.rows_of(format!("{BANKS} WHERE space = $1 ORDER BY name LIMIT 500"), params![space])
        .await?
        .iter()
        .map(bank)
        .collect()
}

/// One bank.
pub async fn get_bank(db: &Db, id: BankId) -> Result<Option<Bank>> {
    db.rows_of(format!("{BANKS} WHERE id = $1"), params![id]).await?.first().map(bank).transpose()
}

/// How many signals of each state a bank has, and matches so far.
pub async fn bank_counts(db: &Db, id: BankId) -> Result<Vec<(SignalState, u64, u64)>> {
    db.rows(
        "SELECT state, COUNT(*) AS n, CAST(COALESCE(SUM(matches), 0) AS BIGINT) AS matches FROM signal WHERE bank = $1 GROUP BY state",
        params![id],
    )
    .await?
    .iter()
    .map(|row| Ok((row.word("state", SignalState::from_word)?, row.count("n")?, row.count("matches")?)))
    .collect()
}

/// A signal to store: its kind, the value that is compared, its document with the clear value.
pub struct NewSignal {
    /// Its id.
    pub id: SignalId,
    /// What is compared.
    pub kind: SignalKind,
    /// Digest, or the PDQ hash.
    pub value: Vec<u8>,
    /// Document with the clear value, for kinds that need it.
    pub document: Option<i64>,
}

/// Stores signals; those that the bank has already are left as they are. Gives how many are new.
pub async fn put(tx: &mut Tx, into: BankId, new: Vec<NewSignal>) -> Result<u64> {
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first = tx.numbers("signal", count).await?;
    let rows = new
        .into_iter()
        .zip(first..)
        .map(|(signal, key)| {
            params![
                key,
                signal.id,
                into,
                signal.kind.word(),
                signal.value,
                signal.document,
                SignalState::Live.word()
            ]
        })
        .collect();
    changed(tx, into).await?;
    tx.insert(
        "signal",
        &["key", "id", "bank", "kind", "value", "document", "state"],
        rows,
        "ON CONFLICT (bank, kind, value) DO NOTHING",
    )
    .await
}

/// A signal as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Inside key.
    pub key: i64,
    /// Its id.
    pub id: SignalId,
    /// In which bank.
    pub bank: BankId,
    /// What is compared.
    pub kind: SignalKind,
    /// Digest or hash.
    pub value: Vec<u8>,
    /// Document with the clear value.
    pub document: Option<i64>,
    /// Where it stands.
    pub state: SignalState,
}

fn signal(row: &Row) -> Result<Signal> {
    Ok(Signal {
        key: row.int("key")?,
        id: row.id("id")?,
        bank: row.id("bank")?,
        kind: row.word("kind", SignalKind::from_word)?,
        value: row.bytes("value")?,
        document: row.maybe_int("document")?,
        state: row.word("state", SignalState::from_word)?,
    })
}

/// States of those values of one kind that a bank has already.
pub async fn known(
    tx: &mut Tx,
    bank: BankId,
    kind: SignalKind,
    values: &[&[u8]],
) -> Result<HashMap<Vec<u8>, SignalState>> {
    let mut known = HashMap::new();
    for chunk in values.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 3)).collect();
        let sql = format!(
            "SELECT value, state FROM signal WHERE bank = $1 AND kind = $2 AND value IN ({})",
            places.join(", ")
        );
        let mut given = params![bank, kind.word()];
        given.extend(chunk.iter().map(|value| Value::from(*value)));
        for row in tx.rows_of(sql, given).await? {
            known.insert(row.bytes("value")?, row.word("state", SignalState::from_word)?);
        }
    }
    Ok(known)
}

const SIGNALS: &str = "SELECT g.key, g.id, g.bank, g.kind, g.value, g.document, g.state FROM signal g";

const LIVE: &str = "g.state = 'live' AND b.opinion <> 'disputed'";

/// Signals that match, of a kind in a space or in one of its banks, with their clear value when it is kept: for terms
/// and PDQ, which are not found by equality.
pub async fn live(
    db: &Db,
    space: AgencyId,
    bank: Option<BankId>,
    kind: SignalKind,
) -> Result<Vec<(Signal, Option<Vec<u8>>)>> {
    db.rows_of(
        format!(
            "SELECT g.key, g.id, g.bank, g.kind, g.value, g.document, g.state, d.body, d.commitment, k.wrapped
             FROM signal g JOIN bank b ON b.id = g.bank LEFT JOIN document d ON d.key = g.document
             LEFT JOIN record_key k ON k.document = g.document
             WHERE b.space = $1 AND g.kind = $2 AND (CAST($3 AS TEXT) IS NULL OR g.bank = $3) AND {LIVE} ORDER BY g.key"
        ),
        params![space, kind.word(), bank],
    )
    .await?
    .iter()
    .map(|row| Ok((signal(row)?, crate::crypt::clear(&db.keys, row)?)))
    .collect()
}

/// A number that changes when signals of a space change: caches compare it.
pub async fn generation(db: &Db, space: AgencyId) -> Result<i64> {
    let row = db.maybe("SELECT next FROM counter WHERE name = $1", params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

fn generation_of(space: AgencyId) -> String {
    format!("signals {space}")
}

/// Notes in the transaction that signals of a bank changed.
async fn changed(tx: &mut Tx, bank: BankId) -> Result<()> {
    let Some(row) = tx.maybe("SELECT space FROM bank WHERE id = $1", params![bank]).await? else {
        return Ok(());
    };
    tx.run(
        "INSERT INTO counter (name, next) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1",
        params![generation_of(row.id("space")?)],
    )
    .await?;
    Ok(())
}

/// Signals of a bank, newest first.
pub async fn of_bank(db: &Db, bank: BankId, limit: i64) -> Result<Vec<Signal>> {
    db.rows_of(format!("{SIGNALS} WHERE g.bank = $1 ORDER BY g.key DESC LIMIT $2"), params![bank, limit])
        .await?
        .iter()
        .map(signal)
        .collect()
}

/// One signal inside a transaction.
pub async fn get_in(tx: &mut Tx, id: SignalId) -> Result<Option<Signal>> {
    tx.rows_of(format!("{SIGNALS} WHERE g.id = $1"), params![id]).await?.first().map(signal).transpose()
}

/// A page of a bank after a key, oldest first, with clear values when they are kept.
pub async fn page(db: &Db, bank: BankId, after: i64, limit: i64) -> Result<Vec<(Signal, Option<Vec<u8>>)>> {
    db.rows(
        "SELECT g.key, g.id, g.bank, g.kind, g.value, g.document, g.state, d.body, d.commitment, k.wrapped
         FROM signal g LEFT JOIN document d ON d.key = g.document LEFT JOIN record_key k ON k.document = g.document
         WHERE g.bank = $1 AND g.key > $2 ORDER BY g.key LIMIT $3",
        params![bank, after, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((signal(row)?, crate::crypt::clear(&db.keys, row)?)))
    .collect()
}

/// One signal.
pub async fn get(db: &Db, id: SignalId) -> Result<Option<Signal>> {
    db.rows_of(format!("{SIGNALS} WHERE g.id = $1"), params![id]).await?.first().map(signal).transpose()
}

/// Sets where a signal stands.
pub async fn set_state(tx: &mut Tx, id: SignalId, state: SignalState) -> Result<()> {
    let sql = "UPDATE signal SET state = $2 WHERE id = $1 RETURNING bank";
    if let Some(row) = tx.maybe(sql, params![id, state.word()]).await? {
        changed(tx, row.id("bank")?).await?;
    }
    Ok(())
}

/// Exact matches of a range of observations: observation, signal.
pub async fn exact_matches(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<(i64, i64)>> {
    db.rows(
        "SELECT s.observation, g.key FROM seen s JOIN signal g ON g.kind = s.kind AND g.value = s.value
         JOIN bank b ON b.id = g.bank WHERE s.observation BETWEEN $2 AND $3 AND g.state = 'live'
         AND b.opinion <> 'disputed' AND b.space = $1 AND s.kind NOT IN ('pdq', 'term')",
        params![space, from, to],
    )
    .await?
    .iter()
    .map(|row| Ok((row.int("observation")?, row.int("key")?)))
    .collect()
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
    for chunk in keys.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 1)).collect();
        let sql = format!(
            "SELECT kind, observation, value, quality FROM seen WHERE kind IN ('pdq', 'flat') AND observation IN ({})",
            places.join(", ")
        );
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let quality = u8::try_from(row.int("quality")?).unwrap_or(0);
            found.push((row.text("kind")?, row.int("observation")?, row.bytes("value")?, quality));
        }
    }
    Ok(found)
}

/// A match to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMatch {
    /// Where.
    pub observation: i64,
    /// Which signal.
    pub signal: i64,
    /// Bits of 256.
    pub distance: u32,
    /// Which form.
    pub variant: String,
}

/// A signal after matches of it were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Inside key.
    pub key: i64,
    /// Its id.
    pub id: SignalId,
    /// In which bank.
    pub bank: BankId,
    /// Its matches of this day, UTC.
    pub today: u64,
}

/// What storing matches came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Signals that have new matches.
    pub counted: Vec<Counted>,
    /// New matches by observation.
    pub new: HashMap<i64, usize>,
}

impl Stored {
    /// New matches of an observation.
    #[must_use]
    pub fn new_of(&self, observation: i64) -> usize {
        self.new.get(&observation).copied().unwrap_or_default()
    }
}

/// Stores matches of signals that are live now, of each signal at most `per_day` a day, UTC, and counts the new ones
/// for the fuses.
pub async fn put_matches(tx: &mut Tx, new: &[NewMatch], per_day: u64, now: Timestamp) -> Result<Stored> {
    let mut stored = Stored::default();
    if new.is_empty() {
        return Ok(stored);
    }
    let day = now.as_second().div_euclid(SECONDS_PER_DAY);
    let mut known = stored_before(tx, new).await?;
    let mut left = room(tx, new, per_day, day).await?;
    let mut rows = Vec::with_capacity(new.len());
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    for found in new {
        let Some(left) = left.get_mut(&found.signal).filter(|left| **left > 0) else { continue };
        if !known.insert((found.observation, found.signal)) {
            continue;
        }
        *left -= 1;
        *counts.entry(found.signal).or_default() += 1;
        *stored.new.entry(found.observation).or_default() += 1;
        rows.push(params![found.observation, found.signal, found.distance, &found.variant, now]);
    }
    let columns = ["observation", "signal", "distance", "variant", "found_at"];
    tx.insert("match", &columns, rows, "").await?;
    for (signal, count) in counts {
        let row = tx
            .one(
                "UPDATE signal SET matches = matches + $3, day = $2,
                 day_matches = CASE WHEN day = $2 THEN day_matches + $3 ELSE $3 END WHERE key = $1
                 RETURNING id, bank, day_matches",
                params![signal, day, count],
            )
            .await?;
        let today = row.count("day_matches")?;
        stored.counted.push(Counted { key: signal, id: row.id("id")?, bank: row.id("bank")?, today });
    }
    Ok(stored)
}

/// Pairs of observation and signal that are stored already.
async fn stored_before(tx: &mut Tx, new: &[NewMatch]) -> Result<HashSet<(i64, i64)>> {
    let observations: BTreeSet<i64> = new.iter().map(|found| found.observation).collect();
    let observations: Vec<i64> = observations.into_iter().collect();
    let mut known = HashSet::new();
    for chunk in observations.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 1)).collect();
        let sql =
            format!("SELECT observation, signal FROM match WHERE observation IN ({})", places.join(", "));
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            known.insert((row.int("observation")?, row.int("signal")?));
        }
    }
    Ok(known)
}

/// How many matches each live signal bears yet today.
async fn room(tx: &mut Tx, new: &[NewMatch], per_day: u64, day: i64) -> Result<HashMap<i64, u64>> {
    let signals: BTreeSet<i64> = new.iter().map(|found| found.signal).collect();
    let signals: Vec<i64> = signals.into_iter().collect();
    let mut room = HashMap::new();
    for chunk in signals.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 1)).collect();
        let sql = format!(
            "SELECT key, day, day_matches FROM signal WHERE state = 'live' AND key IN ({})",
            places.join(", ")
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let today = if row.int("day")? == day { row.count("day_matches")? } else { 0 };
            // One at least: a signal that was upheld today blows its fuse again with the next match.
            room.insert(row.int("key")?, per_day.saturating_sub(today).max(1));
        }
    }
    Ok(room)
}

/// Ends every match of a withdrawn signal; gives the observations that had one.
pub async fn end_matches(tx: &mut Tx, signal: i64, now: Timestamp) -> Result<Vec<i64>> {
    tx.rows(
        "UPDATE match SET ended_at = $2 WHERE signal = $1 AND ended_at IS NULL RETURNING observation",
        params![signal, now],
    )
    .await?
    .iter()
    .map(|row| row.int("observation"))
    .collect()
}

/// A match as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where.
    pub observation: i64,
    /// Which signal.
    pub signal: SignalId,
    /// Why, in parts.
    pub why: Why,
    /// Who gave the bank.
    pub origin: String,
}

/// Live matches of a cluster's observations.
pub async fn of_cluster(db: &Db, cluster: domain::id::ClusterId, limit: i64) -> Result<Vec<Shown>> {
    db.rows(
        "SELECT m.observation, g.id, g.kind, b.name, b.opinion, b.origin, b.distance AS max_distance, m.distance, m.variant FROM match m
         JOIN observation o ON o.key = m.observation JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
         WHERE o.cluster = $1 AND m.ended_at IS NULL ORDER BY m.distance, g.key LIMIT $2",
        params![cluster, limit],
    )
    .await?
    .iter()
    .map(|row| {
        let kind = row.word("kind", SignalKind::from_word)?;
        let number = |name: &str| Ok::<u32, crate::Error>(u32::try_from(row.int(name)?).unwrap_or_default());
        Ok(Shown {
            observation: row.int("observation")?,
            signal: SignalId(Uuid::parse_str(&row.text("id")?).unwrap_or_default()),
            why: Why {
                kind,
                bank: row.text("name")?,
                opinion: row.word("opinion", Opinion::from_word)?,
                distance: number("distance")?,
                limit: if kind == SignalKind::Pdq { number("max_distance")? } else { 0 },
                variant: row.text("variant")?,
            },
            origin: row.text("origin")?,
        })
    })
    .collect()
}

/// Live signals of a space that hold a value.
pub async fn holding(db: &Db, space: AgencyId, kind: SignalKind, value: &[u8]) -> Result<Vec<i64>> {
    db.rows_of(
        format!(
            "SELECT g.key FROM signal g JOIN bank b ON b.id = g.bank
             WHERE b.space = $1 AND g.kind = $2 AND g.value = $3 AND {LIVE} ORDER BY g.key LIMIT 100"
        ),
        params![space, kind.word(), value],
    )
    .await?
    .iter()
    .map(|row| row.int("key"))
    .collect()
}

/// What matches of signals say, as if each agreed wholly: signal, why.
pub async fn whys(db: &Db, keys: &[i64]) -> Result<Vec<(i64, Why)>> {
    let mut whys = Vec::new();
    for chunk in keys.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 1)).collect();
        let sql = format!(
            "SELECT g.key, g.kind, b.name, b.opinion, b.distance FROM signal g JOIN bank b ON b.id = g.bank
             WHERE g.key IN ({}) ORDER BY g.key",
            places.join(", ")
        );
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            let kind = row.word("kind", SignalKind::from_word)?;
            let limit = u32::try_from(row.int("distance")?).unwrap_or_default();
            let why = Why {
                kind,
                bank: row.text("name")?,
                opinion: row.word("opinion", Opinion::from_word)?,
                distance: 0,
                limit: if kind == SignalKind::Pdq { limit } else { 0 },
                variant: String::new(),
            };
            whys.push((row.int("key")?, why));
        }
    }
    Ok(whys)
}

/// Opinions of the banks that match observations now, one for each match, by observation.
pub async fn opinions(tx: &mut Tx, observations: &[i64]) -> Result<HashMap<i64, Vec<Opinion>>> {
    let mut found: HashMap<i64, Vec<Opinion>> = HashMap::new();
    for chunk in observations.chunks(VALUES_MAX) {
        let places: Vec<String> = (0..chunk.len()).map(|index| format!("${}", index + 1)).collect();
        let sql = format!(
            "SELECT m.observation, b.opinion FROM match m JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
             WHERE m.ended_at IS NULL AND m.observation IN ({})",
            places.join(", ")
        );
        for row in tx.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            found.entry(row.int("observation")?).or_default().push(row.word("opinion", Opinion::from_word)?);
        }
    }
    Ok(found)
}
