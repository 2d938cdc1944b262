//! Closed lists (D16): which classes a space enabled, and the values of their banks. They are no signals: nothing that is
//! kept is compared with them, and no page lists them.

use crate::db::{Db, Tx};
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

/// Stores values; gives how many the bank had not.
pub async fn put(tx: &mut Tx, bank: BankId, new: Vec<(SignalKind, Vec<u8>)>) -> Result<u64> {
    let rows = new.into_iter().map(|(kind, value)| params![bank, kind.word(), value]).collect();
    tx.insert("closed_value", &["bank", "kind", "value"], rows, "ON CONFLICT (bank, kind, value) DO NOTHING")
        .await
}

/// Forgets a value that its giver took back.
pub async fn take_back(tx: &mut Tx, bank: BankId, kind: SignalKind, value: &[u8]) -> Result<u64> {
    tx.run(
        "DELETE FROM closed_value WHERE bank = $1 AND kind = $2 AND value = $3",
        params![bank, kind.word(), value],
    )
    .await
}

/// Values of a bank.
pub async fn count(db: &Db, bank: BankId) -> Result<u64> {
    db.one("SELECT COUNT(*) AS n FROM closed_value WHERE bank = $1", params![bank]).await?.count("n")
}
