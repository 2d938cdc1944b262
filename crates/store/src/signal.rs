//! Banks, signals, matches.

use crate::db::{Db, Tx};
use crate::{Result, Row, Value, params};
use domain::bank::{Opinion, SignalKind, SignalState, Why};
use domain::id::{AgencyId, BankId, SignalId};
use jiff::Timestamp;
use uuid::Uuid;

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

const SIGNALS: &str = "SELECT g.key, g.id, g.bank, g.kind, g.value, g.document, g.state FROM signal g";

/// Live signals of a kind in a space: for terms and PDQ, which are not found by equality.
pub async fn live(db: &Db, space: AgencyId, kind: SignalKind) -> Result<Vec<Signal>> {
    db.rows_of(
        format!("{SIGNALS} JOIN bank b ON b.id = g.bank WHERE b.space = $1 AND g.kind = $2 AND g.state = 'live' ORDER BY g.key"),
        params![space, kind.word()],
    )
    .await?
    .iter()
    .map(signal)
    .collect()
}

/// A number that changes when signals of a space change: caches compare it.
pub async fn generation(db: &Db, space: AgencyId) -> Result<String> {
    let row = db
        .one(
            "SELECT COUNT(*) AS n, COALESCE(MAX(g.key), 0) AS newest, COUNT(CASE WHEN g.state = 'live' THEN 1 END) AS live
             FROM signal g JOIN bank b ON b.id = g.bank WHERE b.space = $1",
            params![space],
        )
        .await?;
    Ok(format!("{}.{}.{}", row.int("n")?, row.int("newest")?, row.int("live")?))
}

/// Signals of a bank, newest first.
pub async fn of_bank(db: &Db, bank: BankId, limit: i64) -> Result<Vec<Signal>> {
    db.rows_of(format!("{SIGNALS} WHERE g.bank = $1 ORDER BY g.key DESC LIMIT $2"), params![bank, limit])
        .await?
        .iter()
        .map(signal)
        .collect()
}

/// One signal.
pub async fn get(db: &Db, id: SignalId) -> Result<Option<Signal>> {
    db.rows_of(format!("{SIGNALS} WHERE g.id = $1"), params![id]).await?.first().map(signal).transpose()
}

/// Sets where a signal stands.
pub async fn set_state(tx: &mut Tx, id: SignalId, state: SignalState) -> Result<()> {
    tx.run("UPDATE signal SET state = $2 WHERE id = $1", params![id, state.word()]).await?;
    Ok(())
}

/// Exact matches of a range of observations: observation, signal.
pub async fn exact_matches(db: &Db, space: AgencyId, from: i64, to: i64) -> Result<Vec<(i64, i64)>> {
    db.rows(
        "SELECT s.observation, g.key FROM seen s JOIN signal g ON g.kind = s.kind AND g.value = s.value
         JOIN bank b ON b.id = g.bank WHERE s.observation BETWEEN $2 AND $3 AND g.state = 'live' AND b.space = $1
         AND s.kind NOT IN ('pdq', 'term')",
        params![space, from, to],
    )
    .await?
    .iter()
    .map(|row| Ok((row.int("observation")?, row.int("key")?)))
    .collect()
}

/// Observations of a space that showed a value: the past, for a new signal (D26).
pub async fn seen_with(
    db: &Db,
    space: AgencyId,
    kind: SignalKind,
    value: &[u8],
    limit: i64,
) -> Result<Vec<i64>> {
    db.rows(
        "SELECT s.observation FROM seen s JOIN observation o ON o.key = s.observation
         WHERE s.kind = $2 AND s.value = $3 AND o.space = $1 ORDER BY s.observation LIMIT $4",
        params![space, kind.word(), value, limit],
    )
    .await?
    .iter()
    .map(|row| row.int("observation"))
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

/// Stores matches and counts them for the fuses.
pub async fn put_matches(tx: &mut Tx, new: &[NewMatch], now: Timestamp) -> Result<u64> {
    let rows: Vec<Vec<Value>> = new
        .iter()
        .map(|found| params![found.observation, found.signal, found.distance, &found.variant, now])
        .collect();
    let stored = tx
        .insert(
            "match",
            &["observation", "signal", "distance", "variant", "found_at"],
            rows,
            "ON CONFLICT DO NOTHING",
        )
        .await?;
    let mut by_signal = std::collections::BTreeMap::new();
    for found in new {
        *by_signal.entry(found.signal).or_insert(0_i64) += 1;
    }
    for (key, count) in by_signal {
        tx.run("UPDATE signal SET matches = matches + $2 WHERE key = $1", params![key, count]).await?;
    }
    Ok(stored)
}

/// Ends every match of a withdrawn signal; gives the clusters that lose one.
pub async fn end_matches(tx: &mut Tx, signal: i64, now: Timestamp) -> Result<Vec<domain::id::ClusterId>> {
    tx.run("UPDATE match SET ended_at = $2 WHERE signal = $1 AND ended_at IS NULL", params![signal, now])
        .await?;
    tx.rows(
        "SELECT DISTINCT o.cluster FROM match m JOIN observation o ON o.key = m.observation
         WHERE m.signal = $1 AND o.cluster IS NOT NULL",
        params![signal],
    )
    .await?
    .iter()
    .map(|row| row.id("cluster"))
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

/// Opinions of the banks that match an observation now.
pub async fn opinions(tx: &mut Tx, observation: i64) -> Result<Vec<Opinion>> {
    tx.rows(
        "SELECT b.opinion FROM match m JOIN signal g ON g.key = m.signal JOIN bank b ON b.id = g.bank
         WHERE m.observation = $1 AND m.ended_at IS NULL",
        params![observation],
    )
    .await?
    .iter()
    .map(|row| row.word("opinion", Opinion::from_word))
    .collect()
}
