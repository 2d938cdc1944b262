//! Closed lists (D16): which classes a space enabled, and the values of their banks. They are no signals: nothing that is
//! kept is compared with them, and no page lists them.

use crate::db::{Db, Tx};
use crate::value::{IN_MAX, list};
use crate::{Result, params};
use domain::bank::{ListClass, SignalKind};
use domain::id::{AgencyId, BankId};
use jiff::Timestamp;

/// Enables a class.
pub async fn enable(tx: &mut Tx, space: AgencyId, class: ListClass, now: Timestamp) -> Result<()> {
    changed(tx, space).await?;
    tx.run(
        "INSERT INTO closed_list (space, class, enabled_at) VALUES ($1, $2, $3) ON CONFLICT (space, class) DO NOTHING",
        params![space, class.word(), now],
    )
    .await?;
    Ok(())
}

/// Ends a class, and forgets every value of its banks; gives how many.
pub async fn end(tx: &mut Tx, space: AgencyId, class: ListClass) -> Result<u64> {
    changed(tx, space).await?;
    tx.run("DELETE FROM closed_list WHERE space = $1 AND class = $2", params![space, class.word()]).await?;
    tx.run(
        "DELETE FROM closed_value WHERE bank IN (SELECT id FROM bank WHERE space = $1 AND class = $2)",
        params![space, class.word()],
    )
    .await
}

/// Classes that are enabled, and since when.
pub async fn enabled(db: &Db, space: AgencyId) -> Result<Vec<(ListClass, Timestamp)>> {
    db.rows("SELECT class, enabled_at FROM closed_list WHERE space = $1 ORDER BY class", params![space])
        .await?
        .iter()
        .map(|row| Ok((row.word("class", ListClass::from_word)?, row.time("enabled_at")?)))
        .collect()
}

/// Whether a class is enabled, inside the write that depends on it.
pub async fn is_enabled(tx: &mut Tx, space: AgencyId, class: ListClass) -> Result<bool> {
    let sql = "SELECT class FROM closed_list WHERE space = $1 AND class = $2";
    Ok(!tx.rows(sql, params![space, class.word()]).await?.is_empty())
}

/// A value of a closed list: its kind, its digest (of PDQ the hash itself), and the digest of its entry's number.
pub type Value = (SignalKind, Vec<u8>, Vec<u8>);

/// Stores values; gives how many the bank had not.
pub async fn put(tx: &mut Tx, bank: BankId, new: Vec<Value>) -> Result<u64> {
    changed_bank(tx, bank).await?;
    let rows = new.into_iter().map(|(kind, value, entry)| params![bank, kind.word(), value, entry]).collect();
    let columns = ["bank", "kind", "value", "entry"];
    tx.insert("closed_value", &columns, rows, "ON CONFLICT (bank, kind, value, entry) DO NOTHING").await
}

/// What entries gave before: kind, value, digest of the entry's number.
pub async fn of_entries(tx: &mut Tx, bank: BankId, entries: &[Vec<u8>]) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for chunk in entries.chunks(IN_MAX) {
        let sql = format!(
            "SELECT kind, value, entry FROM closed_value WHERE bank = $1 AND entry IN ({})",
            list(chunk.len(), 2)
        );
        let mut given = params![bank];
        given.extend(chunk.iter().map(|entry| crate::Value::from(entry.clone())));
        for row in tx.rows_of(sql, given).await? {
            let kind = row.word("kind", SignalKind::from_word)?;
            found.push((kind, row.bytes("value")?, row.bytes("entry")?));
        }
    }
    Ok(found)
}

/// Forgets one value of one entry, which its giver gives no more.
pub async fn forget(tx: &mut Tx, bank: BankId, (kind, value, entry): &Value) -> Result<()> {
    changed_bank(tx, bank).await?;
    tx.run(
        "DELETE FROM closed_value WHERE bank = $1 AND kind = $2 AND value = $3 AND entry = $4",
        params![bank, kind.word(), value.clone(), entry.clone()],
    )
    .await?;
    Ok(())
}

/// Forgets a value that its giver took back.
pub async fn take_back(tx: &mut Tx, bank: BankId, kind: SignalKind, value: &[u8]) -> Result<u64> {
    changed_bank(tx, bank).await?;
    tx.run(
        "DELETE FROM closed_value WHERE bank = $1 AND kind = $2 AND value = $3",
        params![bank, kind.word(), value],
    )
    .await
}

/// Forgets an entry that its giver took back by its number; a value that another entry gives stays.
pub async fn take_back_entry(tx: &mut Tx, bank: BankId, entry: &[u8]) -> Result<u64> {
    changed_bank(tx, bank).await?;
    tx.run("DELETE FROM closed_value WHERE bank = $1 AND entry = $2", params![bank, entry]).await
}

/// Classes of the enabled lists of a space that hold a value.
pub async fn holding(db: &Db, space: AgencyId, kind: SignalKind, value: &[u8]) -> Result<Vec<ListClass>> {
    db.rows(
        "SELECT DISTINCT b.class FROM bank b JOIN closed_list l ON l.space = b.space AND l.class = b.class
         JOIN closed_value v ON v.bank = b.id AND v.kind = $2 AND v.value = $3 WHERE b.space = $1",
        params![space, kind.word(), value],
    )
    .await?
    .iter()
    .map(|row| row.word("class", ListClass::from_word))
    .collect()
}

/// PDQ hashes of the enabled lists of a space: hash, class, the bank's distance.
pub async fn pictures(db: &Db, space: AgencyId) -> Result<Vec<(Vec<u8>, ListClass, u32)>> {
    db.rows(
        "SELECT DISTINCT v.value, b.class, b.distance FROM bank b
         JOIN closed_list l ON l.space = b.space AND l.class = b.class
         JOIN closed_value v ON v.bank = b.id AND v.kind = 'pdq' WHERE b.space = $1",
        params![space],
    )
    .await?
    .iter()
    .map(|row| {
        let distance = u32::try_from(row.int("distance")?).unwrap_or_default();
        Ok((row.bytes("value")?, row.word("class", ListClass::from_word)?, distance))
    })
    .collect()
}

/// A number that changes when the closed lists of a space change: who holds their pictures compares it.
pub async fn generation(db: &Db, space: AgencyId) -> Result<i64> {
    let row = db.maybe("SELECT next FROM counter WHERE name = $1", params![generation_of(space)]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

fn generation_of(space: AgencyId) -> String {
    format!("closed {space}")
}

async fn changed_bank(tx: &mut Tx, bank: BankId) -> Result<()> {
    match tx.maybe("SELECT space FROM bank WHERE id = $1", params![bank]).await? {
        Some(row) => changed(tx, row.id("space")?).await,
        None => Ok(()),
    }
}

async fn changed(tx: &mut Tx, space: AgencyId) -> Result<()> {
    tx.run(
        "INSERT INTO counter (name, next) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1",
        params![generation_of(space)],
    )
    .await?;
    Ok(())
}

/// Different values of a bank.
pub async fn count(db: &Db, bank: BankId) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT kind, value FROM closed_value WHERE bank = $1) AS different";
    db.one(sql, params![bank]).await?.count("n")
}
