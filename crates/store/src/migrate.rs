//! Numbered migrations, never edited after a release; both folders have the same numbers and names.

use crate::db::{Db, Lane};
use crate::{Error, Result, params};

/// Number, name, SQLite's text, PostgreSQL's text.
type Migration = (i64, &'static str, &'static str, &'static str);

macro_rules! migration {
    ($number:literal, $name:literal) => {
        (
            $number,
            $name,
            include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
        )
    };
}

/// All migrations, in order.
pub const ALL: &[Migration] =
    &[migration!(1, "0001_house"), migration!(2, "0002_report"), migration!(3, "0003_indexes")];

/// Brings the database to the newest schema; each migration is one transaction.
///
/// A database that is newer than this program is refused, and nothing is changed.
pub async fn run(db: &Db) -> Result<()> {
    let mut tx = db.write(Lane::Person).await?;
    tx.script("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)").await?;
    tx.commit().await?;
    let done: Vec<i64> = db
        .rows("SELECT number FROM migration ORDER BY number", params![])
        .await?
        .iter()
        .map(|row| row.int("number"))
        .collect::<Result<_>>()?;
    let newest = ALL.last().map_or(0, |(number, ..)| *number);
    if let Some(newer) = done.iter().find(|number| **number > newest) {
        return Err(Error::Setup(format!(
            "The database is at migration {newer}, this program knows {newest}. Start the newer program; nothing was changed."
        )));
    }
    for (number, name, sqlite, postgres) in ALL.iter().filter(|(number, ..)| !done.contains(number)) {
        let mut tx = db.write(Lane::Person).await?;
        tx.script(if db.is_sqlite() { sqlite } else { postgres }).await?;
        tx.run("INSERT INTO migration (number, name) VALUES ($1, $2)", params![*number, *name]).await?;
        tx.commit().await?;
        tracing::info!(number, name, "migrated");
    }
    Ok(())
}
