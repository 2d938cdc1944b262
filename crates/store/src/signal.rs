//! Banks and signals.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, Row, Value, params};
use domain::bank::{ListClass, Opinion, Sharing, SignalKind, SignalState};
use domain::id::{AgencyId, BankId, SignalId};
use jiff::Timestamp;
use std::collections::HashMap;

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
    /// How far it may be handed on.
    pub sharing: Sharing,
    /// What its list is of; values of closed ones are no signals (`closed.rs`).
    pub class: ListClass,
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
        sharing: row.word("sharing", Sharing::from_word)?,
        class: row.word("class", ListClass::from_word)?,
    })
}

/// Stores a bank.
pub async fn put_bank(tx: &mut Tx, new: &Bank, now: Timestamp) -> Result<()> {
    tx.run(
        "INSERT INTO bank (id, space, name, opinion, origin, legal_basis, distance, review_at, sharing, class, made_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
        params![
            new.id,
            new.space,
            &new.name,
            new.opinion.word(),
            &new.origin,
            &new.legal_basis,
            new.distance,
            new.review_at,
            new.sharing.word(),
            new.class.word(),
            now
        ],
    )
    .await?;
    Ok(())
}

const BANKS: &str =
    "SELECT id, space, name, opinion, origin, legal_basis, distance, review_at, sharing, class FROM bank";

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
    if new.iter().any(|signal| is_held(signal.kind)) {
        held_changed(tx, into).await?;
    }
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

/// States of those values of one kind that a bank has already.
pub async fn known(
    tx: &mut Tx,
    bank: BankId,
    kind: SignalKind,
    values: &[&[u8]],
) -> Result<HashMap<Vec<u8>, SignalState>> {
    let mut known = HashMap::new();
    for chunk in values.chunks(IN_MAX) {
        let sql = format!(
            "SELECT value, state FROM signal WHERE bank = $1 AND kind = $2 AND value IN ({})",
            list(chunk.len(), 3)
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

/// What of `signal g` and `bank b` matches.
pub(crate) const LIVE: &str = "g.state = 'live' AND b.opinion <> 'disputed'";

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

/// Whether signals of a kind are held in memory by who compares.
fn is_held(kind: SignalKind) -> bool {
    matches!(kind, SignalKind::Term | SignalKind::Tlsh | SignalKind::Video | SignalKind::Sound)
}

/// A number that changes when terms, TLSH, videos or sounds of a space change: who holds them compares it.
pub async fn held_generation(db: &Db, space: AgencyId) -> Result<i64> {
    let row = db.maybe("SELECT next FROM counter WHERE name = $1", params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

fn generation_of(space: AgencyId) -> String {
    format!("terms {space}")
}

/// Notes in the transaction that what is held of a bank changed.
async fn held_changed(tx: &mut Tx, bank: BankId) -> Result<()> {
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

/// A signal that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The signal.
    pub signal: Signal,
    /// Its bank's name.
    pub bank: String,
    /// Its clear value, when it is kept.
    pub clear: Option<Vec<u8>>,
    /// The document that says why it waits: JSON with `reason`.
    pub said: Option<i64>,
}

/// Signals of a space that wait for a person: disputed ones, and those that their fuse set aside. Newest first, with
/// their bank and their clear value when it is kept.
pub async fn waiting(db: &Db, space: AgencyId, limit: i64) -> Result<Vec<Waiting>> {
    db.rows(
        "SELECT g.key, g.id, g.bank, g.kind, g.value, g.document, g.state, g.said, b.name, d.body, d.commitment,
         k.wrapped FROM signal g JOIN bank b ON b.id = g.bank LEFT JOIN document d ON d.key = g.document
         LEFT JOIN record_key k ON k.document = g.document
         WHERE b.space = $1 AND g.state IN ('suspended', 'blown')
         ORDER BY CASE g.state WHEN 'blown' THEN 0 ELSE 1 END, g.said DESC, g.key DESC LIMIT $2",
        params![space, limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Waiting {
            signal: signal(row)?,
            bank: row.text("name")?,
            clear: crate::crypt::clear(&db.keys, row)?,
            said: row.maybe_int("said")?,
        })
    })
    .collect()
}

/// How many signals of a space wait for a person.
pub async fn waiting_count(db: &Db, space: AgencyId) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM signal g JOIN bank b ON b.id = g.bank
               WHERE b.space = $1 AND g.state IN ('suspended', 'blown')";
    db.one(sql, params![space]).await?.count("n")
}

/// What the banks of a space think of a value: opinion and state of each signal that holds it, at most 100.
pub async fn thought(
    db: &Db,
    space: AgencyId,
    kind: SignalKind,
    value: &[u8],
) -> Result<Vec<(Opinion, SignalState)>> {
    db.rows(
        "SELECT b.opinion, g.state FROM signal g JOIN bank b ON b.id = g.bank
         WHERE b.space = $1 AND g.kind = $2 AND g.value = $3 AND g.state <> 'withdrawn' ORDER BY g.key LIMIT 100",
        params![space, kind.word(), value],
    )
    .await?
    .iter()
    .map(|row| Ok((row.word("opinion", Opinion::from_word)?, row.word("state", SignalState::from_word)?)))
    .collect()
}

/// The signal of a value in a bank.
pub async fn of_value(db: &Db, bank: BankId, kind: SignalKind, value: &[u8]) -> Result<Option<Signal>> {
    db.rows_of(
        format!("{SIGNALS} WHERE g.bank = $1 AND g.kind = $2 AND g.value = $3"),
        params![bank, kind.word(), value],
    )
    .await?
    .first()
    .map(signal)
    .transpose()
}

/// Ids of signals by their keys.
pub async fn ids(db: &Db, keys: &[i64]) -> Result<HashMap<i64, SignalId>> {
    let mut ids = HashMap::new();
    for chunk in keys.chunks(IN_MAX) {
        let sql = format!("SELECT key, id FROM signal WHERE key IN ({})", list(chunk.len(), 1));
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            ids.insert(row.int("key")?, row.id("id")?);
        }
    }
    Ok(ids)
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

/// Sets where a signal stands, and the document that says why.
pub async fn set_state(tx: &mut Tx, id: SignalId, state: SignalState, said: Option<i64>) -> Result<()> {
    let sql = "UPDATE signal SET state = $2, said = $3 WHERE id = $1 RETURNING bank, kind";
    if let Some(row) = tx.maybe(sql, params![id, state.word(), said]).await?
        && is_held(row.word("kind", SignalKind::from_word)?)
    {
        held_changed(tx, row.id("bank")?).await?;
    }
    Ok(())
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
