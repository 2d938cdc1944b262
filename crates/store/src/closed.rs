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
    tx.run(
        "INSERT INTO closed_list (space, class, enabled_at) VALUES ($1, $2, $3) ON CONFLICT (space, class) DO NOTHING",
        params![space, class.word(), now],
    )
    .await?;
    Ok(())
}

/// Ends a class, and forgets every value of its banks; gives how many.
pub async fn end(tx: &mut Tx, space: AgencyId, class: ListClass) -> Result<u64> {
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
    tx.run(
        "DELETE FROM closed_value WHERE bank = $1 AND kind = $2 AND value = $3 AND entry = $4",
        params![bank, kind.word(), value.clone(), entry.clone()],
    )
    .await?;
    Ok(())
}

/// Forgets a value that its giver took back.
pub async fn take_back(tx: &mut Tx, bank: BankId, kind: SignalKind, value: &[u8]) -> Result<u64> {
    tx.run(
        "DELETE FROM closed_value WHERE bank = $1 AND kind = $2 AND value = $3",
        params![bank, kind.word(), value],
    )
    .await
}

/// Forgets an entry that its giver took back by its number; a value that another entry gives stays.
pub async fn take_back_entry(tx: &mut Tx, bank: BankId, entry: &[u8]) -> Result<u64> {
    tx.run("DELETE FROM closed_value WHERE bank = $1 AND entry = $2", params![bank, entry]).await
}

/// Different values of a bank.
pub async fn count(db: &Db, bank: BankId) -> Result<u64> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT kind, value FROM closed_value WHERE bank = $1) AS different";
    db.one(sql, params![bank]).await?.count("n")
}
