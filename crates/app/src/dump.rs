//! The database as text, to compare two of them: tables in a fixed order, rows sorted, one JSON object a line.

use crate::Result;
use sha2::{Digest as _, Sha256};
use store::table::{self, Table};
use store::{Db, Snapshot};

/// Tables that change by themselves while nothing happens: work that waits, nonces.
pub const VOLATILE: &[&str] = &["job", "nonce"];

/// A dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dump {
    /// SHA-256 of the text, hex.
    pub sha256: String,
    /// The text.
    pub text: String,
}

/// Dumps every table but the [`VOLATILE`] ones. The whole text is in memory: for tests and small houses.
pub async fn logical(db: &Db) -> Result<Dump> {
    of(db, table::ALL.iter().filter(|table| !VOLATILE.contains(&table.name))).await
}

/// Dumps every table.
pub async fn whole(db: &Db) -> Result<Dump> {
    of(db, table::ALL.iter()).await
}

async fn of(db: &Db, tables: impl Iterator<Item = &Table>) -> Result<Dump> {
    let mut snapshot = db.snapshot().await?;
    let mut text = String::new();
    for table in tables {
        text.push_str(&format!("# {}\n", table.name));
        for line in lines(&mut snapshot, *table).await? {
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(Dump { sha256: hex::encode(Sha256::digest(&text)), text })
}

/// Rows as lines, sorted here: the databases sort texts by different rules.
async fn lines(snapshot: &mut Snapshot, table: Table) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    table::read(snapshot, table, &mut |mut row| {
        row.sort_keys();
        lines.push(serde_json::Value::Object(row).to_string());
        Ok(())
    })
    .await?;
    lines.sort_unstable();
    Ok(lines)
}
