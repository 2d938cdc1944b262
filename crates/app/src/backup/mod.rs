//! Backup and restore: every table as NDJSON, blobs and published logs, in one form for both databases.
//!
//! Two parts. `data/` is unreadable without `keys/` (master key, record keys, signing seeds), which must be stored
//! apart: then destroying a record's key erases it in old backups too (D9). Each part has a manifest with the SHA-256 of
//! every file, signed by the first agency's ledger key.

mod part;
mod restore;

pub use restore::{Restoring, restore};

use crate::{Act, Error, House, Result, publish};
use domain::event::Noun;
use part::{Manifest, Writer};
use serde::Serialize;
use std::path::Path;
use store::table;
use uuid::Uuid;

/// The part with everything but keys.
pub const DATA: &str = "data";
/// The part that must be stored apart.
pub const KEYS: &str = "keys";
/// Tables of the second part.
const KEY_TABLES: &[&str] = &["record_key", "agency_key"];
/// Tables that are not kept: who is signed in, used nonces, and closed lists, which leave no machine and do not come back
/// once they were ended (D16).
const NOT_KEPT: &[&str] = &["session", "nonce", "closed_list", "closed_value"];

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// Files in both parts.
    pub files: u64,
    /// Rows in both parts.
    pub rows: u64,
    /// Digest of the manifest of `data/`: compare it at restore.
    pub manifest: String,
    /// The public key that signed both manifests.
    pub vkey: String,
}

/// Saves a running house into an empty folder. People go on working: the database is read in one state.
pub async fn backup(house: &House, to: &Path) -> Result<Saved> {
    if std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Input(format!("{} is not empty. Name a new folder.", to.display())));
    }
    let agencies = store::event::agencies(&house.db).await?;
    let Some(signer) = agencies.first().copied() else {
        return Err(Error::Input("There is no agency yet, so there is nothing to save.".into()));
    };
    let mut data = Writer::new(&to.join(DATA))?;
    let mut keys = Writer::new(&to.join(KEYS))?;
    publish::all(house).await?;
    // The logs are copied before the database is read: so the database has all that they cover.
    let still = publish::ONE_AT_A_TIME.lock().await;
    data.copy_folder(&house.folder.join("ledger"), "ledger")?;
    let mut snapshot = house.db.snapshot().await?;
    drop(still);
    for table in table::ALL.iter().filter(|table| !NOT_KEPT.contains(&table.name)) {
        let part = if KEY_TABLES.contains(&table.name) { &mut keys } else { &mut data };
        part.table(&mut snapshot, *table).await?;
    }
    drop(snapshot);
    // Blobs are written before the rows that name them: what is copied now holds all that the rows name.
    data.copy_folder(&house.folder.join("blobs"), "blobs")?;
    keys.copy_file(&house.folder.join("keys").join("master.key"), "master.key")?;
    let schema = table::schema(&house.db).await?;
    let made_at = house.clock.now();
    let signature = publish::backup_signer(house, signer).await?;
    let (rows, files) = (data.rows() + keys.rows(), data.files() + keys.files());
    let manifest = data.finish(Manifest::new(DATA, schema, made_at), &signature)?;
    keys.finish(Manifest::new(KEYS, schema, made_at), &signature)?;
    let mut act = Act::of_machine(house, signer, signer).await?;
    let facts = serde_json::json!({ "manifest": manifest, "files": files, "rows": rows });
    act.append(Noun::Export, Uuid::now_v7(), "backup", facts).await?;
    act.commit().await?;
    Ok(Saved { files, rows, manifest, vkey: signature.vkey()? })
}

/// Writes the list of erasures as it stands now, to be replayed over a backup that is older than some of them.
pub async fn erasures(house: &House, file: &Path) -> Result<u64> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut out = part::Sink::new(folder, file)?;
    let erasure = table::ALL.iter().find(|table| table.name == "erasure");
    let erasure = erasure.ok_or_else(|| Error::Bug("there is no table of erasures".into()))?;
    let mut snapshot = house.db.snapshot().await?;
    let rows =
        table::read(&mut snapshot, *erasure, &mut |row| out.line(&serde_json::Value::Object(row))).await?;
    out.finish()?;
    Ok(rows)
}
