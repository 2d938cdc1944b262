//! The tables as they are: read out whole and put back, in one form for both databases (backups, dumps).

use crate::db::{Db, Snapshot, Tx};
use crate::{Error, Result, Value, params};
use serde_json::{Map, Value as Json};

/// Rows read at once.
const PAGE_ROWS: i64 = 2_000;

/// A table and what its rows are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Columns of its key; for tables without one, all that tells rows apart.
    pub key: &'static str,
}

const fn table(name: &'static str, key: &'static str) -> Table {
    Table { name, key }
}

/// Every table but `migration`, those that others refer to first.
pub const ALL: &[Table] = &[
    table("counter", "name"),
    table("house", "name"),
    table("agency", "id"),
    table("agency_key", "kid"),
    table("person", "id"),
    table("person_role", "person, role"),
    table("enrolment", "token"),
    table("session", "token"),
    table("document", "key"),
    table("record_key", "document"),
    table("erasure", "document"),
    table("source", "id"),
    table("batch", "id"),
    table("subject", "key"),
    table("observation", "key"),
    table("edge", "from_key, kind, to_key, observation"),
    table("seen", "kind, value, observation"),
    table("fingerprint", "space, digest"),
    table("search_word", "word, observation"),
    table("bank", "id"),
    table("signal", "key"),
    table("signal_cut", "key"),
    table("closed_list", "space, class"),
    table("closed_value", "bank, kind, value, entry"),
    table("match", "observation, signal"),
    table("cluster", "id"),
    table("cluster_key", "space, kind, value"),
    table("cluster_member", "cluster, subject"),
    table("assessment", "id"),
    table("assessment_item", "assessment, subject"),
    table("hold", "id"),
    table("provider", "id"),
    table("provider_host", "space, host"),
    table("protected_host", "space, host"),
    table("host_note", "space, host, id"),
    table("analysis", "id"),
    table("lead_mark", "space, one, other"),
    table("proposal", "id"),
    table("operation", "id"),
    table("operation_agency", "operation, agency"),
    table("referral", "id"),
    table("referral_item", "referral, item"),
    table("sent_once", "space, subject, provider, instrument"),
    table("message", "agency, id"),
    table("outbox", "agency, message, channel"),
    table("nonce", "value"),
    table("mail_link", "token"),
    table("inbox_item", "agency, message, item"),
    table("look", "id"),
    table("contest", "id"),
    table("event", "agency, leaf"),
    table("ledger_head", "agency"),
    table("job", "id"),
    table("read_log", "agency, at, person, operation, noun, of_id, reason"),
    table("exposure", "person, day"),
];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Text,
    Bytes,
}

/// Names of the tables that the database has, sorted: to compare with [`ALL`].
pub async fn names(db: &Db) -> Result<Vec<String>> {
    let sql = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = current_schema()"
    };
    let rows = db.rows(sql, params![]).await?;
    let mut names = rows.iter().map(|row| row.text("name")).collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// The newest migration of the database.
pub async fn schema(db: &Db) -> Result<i64> {
    db.one("SELECT COALESCE(MAX(number), 0) AS number FROM migration", params![]).await?.int("number")
}

/// Hands each row of a table, in order of its key, as one JSON object: numbers, texts, bytes as `{"hex": …}`, null.
pub async fn read(
    snapshot: &mut Snapshot,
    table: Table,
    each: &mut (dyn FnMut(Map<String, Json>) -> Result<()> + Send),
) -> Result<u64> {
    let mut count = 0;
    loop {
        let sql = format!("SELECT * FROM {} ORDER BY {} LIMIT $1 OFFSET $2", table.name, table.key);
        let rows = snapshot.rows_of(sql, params![PAGE_ROWS, count]).await?;
        for row in &rows {
            let values = row.columns().iter().cloned().zip(row.values().iter().map(json)).collect();
            each(values)?;
        }
        count += i64::try_from(rows.len()).unwrap_or_default();
        if i64::try_from(rows.len()).unwrap_or_default() < PAGE_ROWS {
            return Ok(count.unsigned_abs());
        }
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Int(Some(number)) => (*number).into(),
        Value::Text(Some(text)) => text.clone().into(),
        Value::Bytes(Some(bytes)) => serde_json::json!({ "hex": hex::encode(bytes) }),
        Value::Int(None) | Value::Text(None) | Value::Bytes(None) => Json::Null,
    }
}

/// Puts rows back that [`read`] handed out. A row with a column that the table does not have is refused.
pub async fn write(tx: &mut Tx, db: &Db, table: Table, rows: Vec<Map<String, Json>>) -> Result<u64> {
    let columns = columns(tx, db.is_sqlite(), table).await?;
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let rows = rows
        .into_iter()
        .map(|mut row| {
            let values = columns
                .iter()
                .map(|(name, kind)| value(table, name, *kind, row.remove(name)))
                .collect::<Result<_>>()?;
            match row.keys().next() {
                None => Ok(values),
                Some(other) => {
                    Err(Error::Damaged(format!("table \"{}\" has no column \"{other}\"", table.name)))
                }
            }
        })
        .collect::<Result<Vec<Vec<Value>>>>()?;
    tx.insert(table.name, &names, rows, "").await
}

async fn columns(tx: &mut Tx, sqlite: bool, table: Table) -> Result<Vec<(String, Kind)>> {
    let sql = if sqlite {
        "SELECT name, type FROM pragma_table_info($1) ORDER BY cid"
    } else {
        "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS type FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
    };
    tx.rows(sql, params![table.name])
        .await?
        .iter()
        .map(|row| {
            let kind = match row.text("type")?.as_str() {
                "INTEGER" | "BIGINT" | "bigint" => Kind::Int,
                "BLOB" | "bytea" => Kind::Bytes,
                _ => Kind::Text,
            };
            Ok((row.text("name")?, kind))
        })
        .collect()
}

fn value(table: Table, column: &str, kind: Kind, json: Option<Json>) -> Result<Value> {
    let bad = || Error::Damaged(format!("a row of \"{}\" has another form in \"{column}\"", table.name));
    let json = json.ok_or_else(bad)?;
    Ok(match (kind, json) {
        (Kind::Int, Json::Null) => Value::Int(None),
        (Kind::Text, Json::Null) => Value::Text(None),
        (Kind::Bytes, Json::Null) => Value::Bytes(None),
        (Kind::Int, Json::Number(number)) => Value::Int(Some(number.as_i64().ok_or_else(bad)?)),
        (Kind::Text, Json::String(text)) => Value::Text(Some(text)),
        (Kind::Bytes, Json::Object(map)) => {
            let text = map.get("hex").and_then(Json::as_str).ok_or_else(bad)?;
            Value::Bytes(Some(hex::decode(text).map_err(|_| bad())?))
        }
        _ => return Err(bad()),
    })
}
