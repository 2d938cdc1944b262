//! Pictures of signals: the hash of each listed picture, and of what is left of it after a cut at its sides. Both have
//! numbers of one series, so that a list of them can be followed by its last one.

use crate::db::{Db, Tx};
use crate::signal::LIVE;
use crate::value::{IN_MAX, list};
use crate::{Result, Value, params};
use domain::id::{AgencyId, BankId, SignalId};
use std::collections::HashMap;

/// What is left of a listed picture after a cut: the cut's name and the hash.
pub type Cut = (String, Vec<u8>);

/// Stores cuts of pictures of a bank, each by the hash of the whole picture. Pictures that were withdrawn get none, nor
/// do those that have some already. Gives how many pictures got theirs.
pub async fn put_cuts(tx: &mut Tx, bank: BankId, new: &HashMap<Vec<u8>, Vec<Cut>>) -> Result<u64> {
    let values: Vec<&Vec<u8>> = new.keys().collect();
    let mut pictures = Vec::new();
    for chunk in values.chunks(IN_MAX) {
        let sql = format!(
            "SELECT g.key, g.value FROM signal g WHERE g.bank = $1 AND g.kind = 'pdq' AND g.state <> 'withdrawn'
             AND g.value IN ({}) AND NOT EXISTS (SELECT 1 FROM signal_cut c WHERE c.signal = g.key) ORDER BY g.key",
            list(chunk.len(), 2)
        );
        let mut given = params![bank];
        given.extend(chunk.iter().map(|value| Value::from(value.as_slice())));
        for row in tx.rows_of(sql, given).await? {
            pictures.push((row.int("key")?, row.bytes("value")?));
        }
    }
    let mut cuts: Vec<(i64, &Cut)> = Vec::new();
    for (signal, value) in &pictures {
        cuts.extend(new.get(value).into_iter().flatten().map(|cut| (*signal, cut)));
    }
    let first = tx.numbers("signal", i64::try_from(cuts.len()).unwrap_or(i64::MAX)).await?;
    let row =
        |(key, (signal, (name, value))): (i64, (i64, &Cut))| params![key, signal, name, value.as_slice()];
    let rows: Vec<Vec<Value>> = (first..).zip(cuts).map(row).collect();
    if !rows.is_empty() {
        tx.insert("signal_cut", &["key", "signal", "name", "value"], rows, "").await?;
    }
    Ok(pictures.len() as u64)
}

/// Cuts of pictures, by the keys of their signals; of the smallest cut first.
pub async fn cuts(db: &Db, signals: &[i64]) -> Result<HashMap<i64, Vec<Cut>>> {
    let mut cuts: HashMap<i64, Vec<Cut>> = HashMap::new();
    for chunk in signals.chunks(IN_MAX) {
        let sql = format!(
            "SELECT signal, name, value FROM signal_cut WHERE signal IN ({}) ORDER BY key",
            list(chunk.len(), 1)
        );
        for row in db.rows_of(sql, chunk.iter().map(|key| Value::from(*key)).collect()).await? {
            cuts.entry(row.int("signal")?).or_default().push((row.text("name")?, row.bytes("value")?));
        }
    }
    Ok(cuts)
}

/// The number that was given last, to a signal or a cut of whatever space, and its signal. Numbers only rise, and are
/// seen in their order.
pub async fn newest(db: &Db) -> Result<Option<(i64, SignalId)>> {
    let mut newest = None;
    for sql in [
        "SELECT key, id FROM signal ORDER BY key DESC LIMIT 1",
        "SELECT c.key, g.id FROM signal_cut c JOIN signal g ON g.key = c.signal ORDER BY c.key DESC LIMIT 1",
    ] {
        if let Some(row) = db.maybe(sql, params![]).await? {
            newest = newest.max(Some((row.int("key")?, row.id("id")?)));
        }
    }
    Ok(newest)
}

/// The signal of a number, its own or that of a cut.
pub async fn id_of(db: &Db, key: i64) -> Result<Option<SignalId>> {
    let sql = "SELECT g.id FROM signal g WHERE g.key = $1
               UNION ALL SELECT g.id FROM signal_cut c JOIN signal g ON g.key = c.signal WHERE c.key = $1";
    db.maybe(sql, params![key]).await?.map(|row| row.id("id")).transpose()
}

/// Hashes of a space's listed pictures and cuts with numbers after the first and up to the last, live or not.
pub async fn listed(
    db: &Db,
    space: AgencyId,
    (after, last): (i64, i64),
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>> {
    db.rows(
        "SELECT key, value FROM (SELECT g.key, g.value FROM signal g JOIN bank b ON b.id = g.bank
           WHERE g.key > $2 AND g.key <= $3 AND g.kind = 'pdq' AND b.space = $1 ORDER BY g.key LIMIT $4) whole
         UNION ALL
         SELECT key, value FROM (SELECT c.key, c.value FROM signal_cut c JOIN signal g ON g.key = c.signal
           JOIN bank b ON b.id = g.bank
           WHERE c.key > $2 AND c.key <= $3 AND b.space = $1 ORDER BY c.key LIMIT $4) cut
         ORDER BY key LIMIT $4",
        params![space, after, last, limit],
    )
    .await?
    .iter()
    .map(|row| Ok((row.int("key")?, row.bytes("value")?)))
    .collect()
}

/// A hash that a picture is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whose it is.
    pub signal: i64,
    /// Of what is left after which cut; none of the whole picture.
    pub cut: Option<String>,
    /// The hash.
    pub value: Vec<u8>,
    /// The bank's distance, bits of 256.
    pub limit: u32,
}

/// Those of the numbers that are of live signals, in a space or in one of its banks.
pub async fn live(
    db: &Db,
    (space, bank): (AgencyId, Option<BankId>),
    keys: &[i64],
) -> Result<HashMap<i64, Listed>> {
    let mut live = HashMap::new();
    for chunk in keys.chunks(IN_MAX) {
        let keys = list(chunk.len(), 3);
        let sql = format!(
            "SELECT g.key, g.key AS signal, NULL AS name, g.value, b.distance FROM signal g JOIN bank b ON b.id = g.bank
             WHERE b.space = $1 AND (CAST($2 AS TEXT) IS NULL OR g.bank = $2) AND g.kind = 'pdq' AND {LIVE}
             AND g.key IN ({keys})
             UNION ALL
             SELECT c.key, c.signal, c.name, c.value, b.distance FROM signal_cut c JOIN signal g ON g.key = c.signal
             JOIN bank b ON b.id = g.bank
             WHERE b.space = $1 AND (CAST($2 AS TEXT) IS NULL OR g.bank = $2) AND {LIVE} AND c.key IN ({keys})"
        );
        let mut given = params![space, bank];
        given.extend(chunk.iter().map(|key| Value::from(*key)));
        for row in db.rows_of(sql, given).await? {
            let listed = Listed {
                signal: row.int("signal")?,
                cut: row.maybe_text("name")?,
                value: row.bytes("value")?,
                limit: u32::try_from(row.int("distance")?).unwrap_or_default(),
            };
            live.insert(row.int("key")?, listed);
        }
    }
    Ok(live)
}
