//! Fresh databases: SQLite always, PostgreSQL when `RENVOI_TEST_POSTGRES` names a server.

use crate::house::{Folder, Outcome};
use sqlx::Connection as _;
use std::io::Write as _;
use std::path::Path;
use store::Db;
use store::crypt::Keys;

/// Names a server: `postgres://user@127.0.0.1:5432/database`.
const SERVER: &str = "RENVOI_TEST_POSTGRES";

/// The master key of every test database.
pub(crate) fn keys() -> Keys {
    Keys::new(&[7; 32]).unwrap_or_else(|error| panic!("{error}"))
}

/// The SQLite database of a folder.
pub(crate) async fn sqlite(folder: &Path) -> store::Result<Db> {
    Db::sqlite(&folder.join("renvoi.db"), keys()).await
}

/// A fresh schema on the test server, dropped at the end.
pub(crate) struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// A fresh schema; `None`, said loudly, when there is no server.
    pub(crate) async fn new() -> Result<Option<Self>, sqlx::Error> {
        let Ok(server) = std::env::var(SERVER) else {
            // Past the capture of the test runner: a silent skip would look like a pass.
            let _ = writeln!(std::io::stderr(), "SKIPPED on PostgreSQL: {SERVER} is not set");
            return Ok(None);
        };
        let schema = Self { server, name: format!("it_{}", uuid::Uuid::now_v7().simple()) };
        schema.run("CREATE").await?;
        Ok(Some(schema))
    }

    /// Its address for [`Db::postgres`].
    pub(crate) fn address(&self) -> String {
        let separator = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{separator}options=-c%20search_path%3D{}", self.server, self.name)
    }

    async fn run(&self, verb: &str) -> Result<(), sqlx::Error> {
        let mut connection = sqlx::PgConnection::connect(&self.server).await?;
        let tail = if verb == "DROP" { " CASCADE" } else { "" };
        let sql = format!("{verb} SCHEMA {}{tail}", self.name);
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    }

    /// Drops it.
    pub(crate) async fn gone(self) -> Result<(), sqlx::Error> {
        self.run("DROP").await
    }
}

/// Runs a test on a fresh database of each kind.
pub(crate) async fn on_both(test: impl AsyncFn(Db) -> Outcome) -> Outcome {
    let folder = Folder::new();
    let db = sqlite(folder.path()).await?;
    test(db.clone()).await?;
    db.close().await;
    if let Some(schema) = Schema::new().await? {
        let db = Db::postgres(&schema.address(), keys()).await?;
        test(db.clone()).await?;
        db.close().await;
        schema.gone().await?;
    }
    Ok(())
}
