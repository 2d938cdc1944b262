//! The floor: the same rows, inserted plainly into a fresh SQLite file of the same schema and pragmas.
//!
//! Every table that an intake fills is read out of the finished database in the order in which it was written, cut into as
//! many parts as the intake had batches, and part after part goes in, one transaction a part. Ends with the log folded in,
//! as the product ends.

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{
    AssertSqlSafe, Column as _, Connection as _, Executor as _, Row as _, SqliteConnection, TypeInfo as _,
    ValueRef as _,
};
use std::path::Path;
use std::time::Instant;

/// Tables that an intake fills, and their order of writing.
const TABLES: [(&str, &str); 13] = [
    ("document", "key"),
    ("record_key", "document"),
    ("subject", "key"),
    ("observation", "key"),
    ("edge", "observation"),
    ("seen", "observation"),
    ("match", "observation"),
    ("cluster", "number"),
    ("cluster_key", "cluster"),
    ("cluster_member", "observation"),
    ("event", "leaf"),
    ("search_word", "observation"),
    ("exposure", "day"),
];
/// Parameters of one INSERT.
const PARAMETERS: usize = 4_000;

enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// What the loop took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain {
    pub(crate) rows: usize,
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
}

/// Inserts the rows of `from` into a new file `to`, in so many transactions.
pub(crate) async fn insert(from: &Path, to: &Path, parts: usize) -> Result<Plain> {
    let mut source = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(from)).await?;
    let mut tables = Vec::new();
    for (name, order) in TABLES {
        let sql = format!("SELECT * FROM {name} ORDER BY {order}");
        let rows = source.fetch_all(sqlx::query(AssertSqlSafe(sql))).await?;
        let columns = rows.first().map_or_else(Vec::new, |row| {
            row.columns().iter().map(|column| column.name().to_owned()).collect()
        });
        let rows = rows.iter().map(values).collect::<Result<_>>()?;
        tables.push(Table { name, columns, rows });
    }
    let mut target = open(to).await?;
    let schema =
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    for row in source.fetch_all(schema).await? {
        let sql: String = row.try_get(0)?;
        target.execute(AssertSqlSafe(sql)).await?;
    }
    let count = tables.iter().map(|table| table.rows.len()).sum();
    let began = Instant::now();
    let lengths: Vec<usize> = tables.iter().map(|table| table.rows.len()).collect();
    let mut iterators: Vec<_> =
        tables.iter_mut().map(|table| std::mem::take(&mut table.rows).into_iter()).collect();
    for part in 0..parts {
        target.execute("BEGIN IMMEDIATE").await?;
        for ((table, rows), length) in tables.iter().zip(&mut iterators).zip(&lengths) {
            let some = length * (part + 1) / parts - length * part / parts;
            put(&mut target, table, rows.take(some)).await?;
        }
        target.execute("COMMIT").await?;
    }
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Plain { rows: count, bytes: std::fs::metadata(to)?.len(), seconds })
}

/// The pragmas of `store::Db::sqlite`.
async fn open(file: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-98304")
        .pragma("wal_autocheckpoint", "64000");
    Ok(SqliteConnection::connect_with(&options).await?)
}

async fn put(
    target: &mut SqliteConnection,
    table: &Table,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<()> {
    let per = (PARAMETERS / table.columns.len().max(1)).max(1);
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let some: Vec<Vec<Value>> = rows.by_ref().take(per).collect();
        let one = format!("({})", vec!["?"; table.columns.len()].join(", "));
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            table.name,
            table.columns.join(", "),
            vec![one; some.len()].join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in some.into_iter().flatten() {
            query = match value {
                Value::Null => query.bind(None::<i64>),
                Value::Int(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query.execute(&mut *target).await?;
    }
    Ok(())
}

fn values(row: &SqliteRow) -> Result<Vec<Value>> {
    (0..row.len())
        .map(|index| {
            let raw = row.try_get_raw(index)?;
            if raw.is_null() {
                return Ok(Value::Null);
            }
            Ok(match raw.type_info().name() {
                "INTEGER" => Value::Int(row.try_get(index)?),
                "TEXT" => Value::Text(row.try_get(index)?),
                _ => Value::Bytes(row.try_get(index)?),
            })
        })
        .collect()
}
