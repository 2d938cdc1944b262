//! A statement with its values, for either database.

use super::KEPT_SQL_BYTES;
use crate::Result;
use crate::value::{Row, Value, from_postgres, from_sqlite};
use sqlx::AssertSqlSafe;

pub(super) type SqliteQuery<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;
pub(super) type PostgresQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

pub(super) fn bind_sqlite(sql: String, kept: bool, params: Vec<Value>) -> SqliteQuery<'static> {
    let sql = crate::marks::bare(sql, params.len());
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(kept);
    for value in params {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}

pub(super) fn bind_postgres(sql: String, kept: bool, params: Vec<Value>) -> PostgresQuery<'static> {
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(kept);
    for value in params {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}

pub(super) async fn sqlite_rows(
    connection: &mut sqlx::SqliteConnection,
    sql: String,
    params: Vec<Value>,
) -> Result<Vec<Row>> {
    let kept = sql.len() <= KEPT_SQL_BYTES;
    from_sqlite(&bind_sqlite(sql, kept, params).fetch_all(connection).await?)
}

pub(super) async fn postgres_rows(
    connection: &mut sqlx::PgConnection,
    sql: String,
    params: Vec<Value>,
) -> Result<Vec<Row>> {
    let kept = sql.len() <= KEPT_SQL_BYTES;
    from_postgres(&bind_postgres(sql, kept, params).fetch_all(connection).await?)
}
