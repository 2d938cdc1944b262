//! Two databases behind one small layer: open, read, write in one transaction.

use crate::crypt::Keys;
use crate::fold::Fold;
use crate::migrate::NEWEST;
use crate::value::{Row, Value};
use crate::writer::{Held, LastPerson, Writer, Writing};
use crate::{Error, Result};
use domain::event::Event;
use sqlx::{Connection, PgPool, SqlitePool};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

mod bind;

use bind::{bind_postgres, bind_sqlite, postgres_rows, sqlite_rows};

/// Readers at once on SQLite.
const SQLITE_READERS: u32 = 6;
/// Pages that the writer keeps in memory, in KiB: those that a batch alone changes, or they are written to the log twice.
const WRITER_CACHE_KIB: u32 = 98_304;
/// The same of each reader, who has the system's cache too.
const READER_CACHE_KIB: u32 = 8_192;
/// Pages of the write-ahead log after which a commit folds what [`Fold`] left of it: 256 MB.
const FOLD_PAGES: u32 = 64_000;
/// Connections at once on PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 12;
/// How long to wait for a connection, in seconds.
const ACQUIRE_SECONDS: u64 = 30;
/// How long to wait for readers when closing, in seconds.
const CLOSE_SECONDS: u64 = 10;
/// Parameters in one statement; SQLite's limit is 32,766, PostgreSQL's 65,535.
const PARAMETERS_MAX: usize = 16_000;
/// Rows in one INSERT: more does not go faster and makes statements long.
const ROWS_PER_INSERT: usize = 200;
/// Longest statement that a connection keeps prepared, in bytes: lists of many lengths would fill the memory.
const KEPT_SQL_BYTES: usize = 1_500;
/// The one advisory lock of writers on PostgreSQL: one writer at a time, as on SQLite.
const POSTGRES_WRITER_LOCK: i64 = 0x5265_6e76_6f69;

/// In which of the writer's two queues to wait (D23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// A person waits at a screen.
    Person,
    /// A machine's batch.
    Bulk,
}

/// The database.
#[derive(Clone)]
pub struct Db {
    inner: Inner,
    /// Keys that wrap what is encrypted at rest.
    pub keys: Arc<Keys>,
    people: Arc<LastPerson>,
}

#[derive(Clone)]
enum Inner {
    Sqlite {
        readers: SqlitePool,
        writer: Arc<Writer>,
        fold: Arc<Fold>,
        file: PathBuf,
        changed_while_closed: Option<bool>,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens or makes the SQLite database of a data directory and migrates it to the newest schema.
    pub async fn sqlite(file: &Path, keys: Keys) -> Result<Self> {
        Self::sqlite_at(file, keys, NEWEST).await
    }

    /// The same up to an older schema, for a restore.
    ///
    /// WAL, `synchronous=FULL` (NORMAL can lose committed transactions at power loss), `secure_delete` (D9).
    pub async fn sqlite_at(file: &Path, keys: Keys, schema: i64) -> Result<Self> {
        use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(ACQUIRE_SECONDS))
            .statement_cache_capacity(256)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", format!("-{WRITER_CACHE_KIB}"))
            .pragma("wal_autocheckpoint", FOLD_PAGES.to_string());
        let changed_while_closed = crate::seal::take(file)?;
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
        readable_schema(&mut connection, file).await?;
        let db_writer = Arc::new(Writer::new(connection));
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS))
            .connect_with(
                options.pragma("cache_size", format!("-{READER_CACHE_KIB}")).pragma("query_only", "ON"),
            )
            .await?;
        let fold = Arc::new(Fold::new(readers.clone()));
        let inner =
            Inner::Sqlite { readers, writer: db_writer, fold, file: file.to_owned(), changed_while_closed };
        let db = Self { inner, keys: Arc::new(keys), people: Arc::default() };
        crate::migrate::run(&db, schema).await?;
        Ok(db)
    }

    /// Opens a PostgreSQL database by its address and migrates it to the newest schema.
    pub async fn postgres(address: &str, keys: Keys) -> Result<Self> {
        Self::postgres_at(address, keys, NEWEST).await
    }

    /// The same up to an older schema, for a restore.
    pub async fn postgres_at(address: &str, keys: Keys, schema: i64) -> Result<Self> {
        let pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS))
            .connect(address)
            .await?;
        let db = Self { inner: Inner::Postgres(pool), keys: Arc::new(keys), people: Arc::default() };
        crate::migrate::run(&db, schema).await?;
        Ok(db)
    }

    /// Whether it is SQLite.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite { .. })
    }

    /// Rows of a query outside any transaction.
    pub async fn rows(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>> {
        self.rows_of(sql.to_owned(), params).await
    }

    /// Rows of a query whose text was put together here from constants, never from input.
    pub async fn rows_of(&self, sql: String, params: Vec<Value>) -> Result<Vec<Row>> {
        match &self.inner {
            Inner::Sqlite { readers, .. } => {
                let mut connection = readers.acquire().await?;
                sqlite_rows(&mut connection, sql, params).await
            }
            Inner::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                postgres_rows(&mut connection, sql, params).await
            }
        }
    }

    /// The first row, if any.
    pub async fn maybe(&self, sql: &'static str, params: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// The one row of a query that always has one.
    pub async fn one(&self, sql: &'static str, params: Vec<Value>) -> Result<Row> {
        self.maybe(sql, params)
            .await?
            .ok_or_else(|| Error::Damaged("a row that must be there is missing".into()))
    }

    /// Whether the file was changed while no process owned it, as its seal says; `None` when it had no seal.
    ///
    /// SQLite only: a clean [`Db::close`] seals the file, the next opening compares. PostgreSQL has checksums of its own.
    #[must_use]
    pub fn changed_while_closed(&self) -> Option<bool> {
        match &self.inner {
            Inner::Sqlite { changed_while_closed, .. } => *changed_while_closed,
            Inner::Postgres(_) => None,
        }
    }

    /// A reader that sees one state of the whole database, however long it reads; writers go on.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        Ok(Snapshot(match &self.inner {
            Inner::Sqlite { readers, .. } => SnapshotInner::Sqlite(readers.begin().await?),
            Inner::Postgres(pool) => SnapshotInner::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        }))
    }

    /// Folds SQLite's write-ahead log into the file and empties it, so that what was erased is gone from it too (D9).
    pub async fn fold_log(&self) -> Result<()> {
        if let Inner::Sqlite { writer, .. } = &self.inner {
            let mut held = writer.bulk().await;
            if std::mem::take(&mut held.open) {
                sqlx::query("ROLLBACK").execute(&mut held.connection).await?;
            }
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut held.connection).await?;
        }
        Ok(())
    }

    /// Rows, records or whatever is counted that a machine writes in one transaction: `alone` while no person is here, a
    /// part of it while people work, because a person waits for one batch at most (D23). At least 1.
    #[must_use]
    pub fn batch(&self, alone: usize) -> usize {
        self.people.batch(alone.max(1))
    }

    /// A person is at a screen: whoever opens a page will write soon.
    pub fn person_here(&self) {
        self.people.here();
    }

    /// Starts a write. Nothing but SQL is awaited until [`Tx::commit`] (D23).
    pub async fn write(&self, lane: Lane) -> Result<Tx> {
        if lane == Lane::Person {
            self.people.here();
        }
        let inner = match &self.inner {
            Inner::Sqlite { writer, fold, .. } => {
                let mut held = match lane {
                    Lane::Person => writer.person().await,
                    Lane::Bulk => writer.bulk().await,
                };
                if std::mem::take(&mut held.open) {
                    sqlx::query("ROLLBACK").execute(&mut held.connection).await?;
                }
                sqlx::query("BEGIN IMMEDIATE").execute(&mut held.connection).await?;
                held.open = true;
                TxInner::Sqlite(held, Arc::clone(fold))
            }
            Inner::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                sqlx::query("SELECT pg_advisory_xact_lock($1)")
                    .bind(POSTGRES_WRITER_LOCK)
                    .execute(&mut *transaction)
                    .await?;
                TxInner::Postgres(transaction)
            }
        };
        Ok(Tx { inner, events: Vec::new(), keys: Arc::clone(&self.keys) })
    }

    /// Closes every connection. SQLite: folds the write-ahead log in and seals the file.
    pub async fn close(&self) {
        match &self.inner {
            Inner::Sqlite { readers, writer, file, .. } => {
                // A damaged file can end a connection's thread, and then nobody hands the connection back.
                if tokio::time::timeout(Duration::from_secs(CLOSE_SECONDS), readers.close()).await.is_err() {
                    tracing::warn!("a reader did not come back; the database is left as it is");
                    return;
                }
                let mut held = writer.person().await;
                // If it cannot, the log stays and is read at the next start, and there is no seal.
                match fold_and_seal(&mut held, file).await {
                    Ok(()) => {}
                    Err(error) => tracing::warn!(%error, "the write-ahead log was not folded in"),
                }
            }
            Inner::Postgres(pool) => pool.close().await,
        }
    }
}

/// A schema whose texts are no texts ends the driver's threads later on; it is refused here.
async fn readable_schema(connection: &mut sqlx::SqliteConnection, file: &Path) -> Result<()> {
    let sql = "SELECT CAST(COALESCE(name, '') || COALESCE(sql, '') AS BLOB) AS texts FROM sqlite_master";
    for row in sqlx::query(sql).fetch_all(connection).await? {
        let texts: Vec<u8> = sqlx::Row::try_get(&row, 0)?;
        if std::str::from_utf8(&texts).is_err() {
            return Err(Error::Damaged(format!(
                "the schema of {} was changed; put back the last backup",
                file.display()
            )));
        }
    }
    Ok(())
}

async fn fold_and_seal(held: &mut Held, file: &Path) -> Result<()> {
    if std::mem::take(&mut held.open) {
        sqlx::query("ROLLBACK").execute(&mut held.connection).await?;
    }
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut held.connection).await?;
    let busy: i64 = sqlx::Row::try_get(&row, 0)?;
    if busy != 0 {
        return Err(Error::Setup("a reader still had the database open".into()));
    }
    crate::seal::put(file)
}

/// One state of the whole database, for reading: backups and dumps.
pub struct Snapshot(SnapshotInner);

enum SnapshotInner {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Snapshot {
    /// Rows of a query.
    pub async fn rows(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>> {
        self.rows_of(sql.to_owned(), params).await
    }

    /// Rows of a query whose text was put together from constants, never from input.
    pub async fn rows_of(&mut self, sql: String, params: Vec<Value>) -> Result<Vec<Row>> {
        match &mut self.0 {
            SnapshotInner::Sqlite(transaction) => sqlite_rows(&mut *transaction, sql, params).await,
            SnapshotInner::Postgres(transaction) => postgres_rows(&mut *transaction, sql, params).await,
        }
    }

    /// Whether it is SQLite.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.0, SnapshotInner::Sqlite(_))
    }
}

/// One write transaction: state, events, ledger leaves and outbox rows together, or nothing.
pub struct Tx {
    inner: TxInner,
    events: Vec<Event>,
    /// Keys that wrap what is encrypted at rest.
    pub keys: Arc<Keys>,
}

enum TxInner {
    Sqlite(Writing, Arc<Fold>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Tx {
    /// Runs a statement; gives the number of rows that it changed.
    pub async fn run(&mut self, sql: &'static str, params: Vec<Value>) -> Result<u64> {
        self.run_of(sql.to_owned(), params).await
    }

    /// Runs a statement whose text was put together here from constants, never from input.
    pub async fn run_of(&mut self, sql: String, params: Vec<Value>) -> Result<u64> {
        let kept = sql.len() <= KEPT_SQL_BYTES;
        self.run_kept(sql, kept, params).await
    }

    async fn run_kept(&mut self, sql: String, kept: bool, params: Vec<Value>) -> Result<u64> {
        match &mut self.inner {
            TxInner::Sqlite(held, _) => {
                let done = bind_sqlite(sql, kept, params).execute(&mut held.connection).await?;
                Ok(done.rows_affected())
            }
            TxInner::Postgres(transaction) => {
                let done = bind_postgres(sql, kept, params).execute(&mut **transaction).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Runs several statements without parameters: migrations.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.inner {
            TxInner::Sqlite(held, _) => {
                sqlx::raw_sql(sql).execute(&mut held.connection).await?;
            }
            TxInner::Postgres(transaction) => {
                sqlx::raw_sql(sql).execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }

    /// Rows of a query inside the transaction.
    pub async fn rows(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>> {
        self.rows_of(sql.to_owned(), params).await
    }

    /// Rows of a query whose text was put together here from constants, never from input.
    pub async fn rows_of(&mut self, sql: String, params: Vec<Value>) -> Result<Vec<Row>> {
        match &mut self.inner {
            TxInner::Sqlite(held, _) => sqlite_rows(&mut held.connection, sql, params).await,
            TxInner::Postgres(transaction) => postgres_rows(&mut *transaction, sql, params).await,
        }
    }

    /// The first row, if any.
    pub async fn maybe(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// The one row of a query that always has one.
    pub async fn one(&mut self, sql: &'static str, params: Vec<Value>) -> Result<Row> {
        self.maybe(sql, params)
            .await?
            .ok_or_else(|| Error::Damaged("a row that must be there is missing".into()))
    }

    /// Inserts many rows. `tail` is a constant such as `ON CONFLICT DO NOTHING`.
    pub async fn insert(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: Vec<Vec<Value>>,
        tail: &str,
    ) -> Result<u64> {
        let per = (PARAMETERS_MAX / columns.len().max(1)).clamp(1, ROWS_PER_INSERT);
        let mut changed = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(per).collect();
            let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
            for row in 0..chunk.len() {
                sql.push_str(if row == 0 { "(" } else { ", (" });
                for column in 0..columns.len() {
                    use std::fmt::Write as _;
                    let separator = if column == 0 { "" } else { ", " };
                    // SQLite looks up each named parameter in a list; thousands of them cost more than the insert.
                    let _ = match &self.inner {
                        TxInner::Sqlite(..) => write!(sql, "{separator}?"),
                        TxInner::Postgres(_) => {
                            write!(sql, "{separator}${}", row * columns.len() + column + 1)
                        }
                    };
                }
                sql.push(')');
            }
            sql.push(' ');
            sql.push_str(tail);
            // Full ones come again and again.
            let kept = chunk.len() == per || sql.len() <= KEPT_SQL_BYTES;
            changed += self.run_kept(sql, kept, chunk.into_iter().flatten().collect()).await?;
        }
        Ok(changed)
    }

    /// Takes a block of `count` numbers and gives the first.
    pub async fn numbers(&mut self, name: &'static str, count: i64) -> Result<i64> {
        let row = self
            .one(
                "INSERT INTO counter (name, next) VALUES ($1, $2 + 1)
                 ON CONFLICT (name) DO UPDATE SET next = counter.next + $2
                 RETURNING next",
                crate::params![name, count],
            )
            .await?;
        Ok(row.int("next")? - count)
    }

    /// Appends a fact. It becomes a ledger leaf at commit.
    pub fn append(&mut self, event: Event) -> Result<()> {
        event.check().map_err(Error::NotPlain)?;
        self.events.push(event);
        Ok(())
    }

    /// Writes the facts to their ledgers, heads last (D22), and commits.
    pub async fn commit(mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        crate::event::write(&mut self, events).await?;
        match self.inner {
            TxInner::Sqlite(mut held, fold) => {
                sqlx::query("COMMIT").execute(&mut held.connection).await?;
                held.open = false;
                drop(held);
                fold.committed();
            }
            TxInner::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}
