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
pub const ALL: &[Migration] = &[
    migration!(1, "0001_house"),
    migration!(2, "0002_report"),
    migration!(3, "0003_proposal"),
    migration!(4, "0004_indexes"),
    migration!(5, "0005_returned"),
    migration!(6, "0006_banks"),
    migration!(7, "0007_copies"),
    migration!(8, "0008_parts"),
    migration!(9, "0009_radar"),
    migration!(10, "0010_analysis"),
    migration!(11, "0011_said"),
    migration!(12, "0012_cuts"),
    migration!(13, "0013_waits"),
];

/// Number of the newest migration that this program knows.
pub const NEWEST: i64 = ALL[ALL.len() - 1].0;

/// Brings the database to a schema, usually [`NEWEST`]; each migration is one transaction.
///
/// A database that is newer than this program is refused, and nothing is changed.
pub async fn run(db: &Db, schema: i64) -> Result<()> {
    let mut tx = db.write(Lane::Bulk).await?;
    tx.script("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)").await?;
    tx.commit().await?;
    let done: Vec<i64> = db
        .rows("SELECT number FROM migration ORDER BY number", params![])
        .await?
        .iter()
        .map(|row| row.int("number"))
        .collect::<Result<_>>()?;
    if let Some(newer) = done.iter().find(|number| **number > NEWEST) {
        return Err(Error::Setup(format!(
            "The database is at migration {newer}, this program knows {NEWEST}. Start the newer program; nothing was changed."
        )));
    }
    let missing = ALL.iter().filter(|(number, ..)| *number <= schema && !done.contains(number));
    for (number, name, sqlite, postgres) in missing {
        let mut tx = db.write(Lane::Bulk).await?;
        tx.script(if db.is_sqlite() { sqlite } else { postgres }).await?;
        tx.run("INSERT INTO migration (number, name) VALUES ($1, $2)", params![*number, *name]).await?;
        tx.commit().await?;
        tracing::info!(number, name, "migrated");
    }
    Ok(())
}
