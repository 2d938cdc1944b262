//! Restore: verify every file, put the tables back, replay erasures, and let fsck look at the whole.

use super::part::{self, VKEY};
use super::{DATA, KEYS};
use crate::fsck::Report;
use crate::house::Opening;
use crate::{Error, House, Result, fsck};
use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use store::crypt::Keys;
use store::table::{self, Table};
use store::{Db, Lane, Tx};

/// Rows put back at once.
const ROWS: usize = 2_000;

/// What is restored, and to where.
#[derive(Debug, Clone)]
pub struct Restoring {
    /// The `data` part.
    pub data: PathBuf,
    /// The `keys` part, from where it was stored apart.
    pub keys: PathBuf,
    /// The public key that must have signed both; `None`: the one beside the data, which shows damage but no forgery.
    pub vkey: Option<String>,
    /// A later list of erasures ([`super::erasures`]): what was erased after the backup is erased again.
    pub erasures: Option<PathBuf>,
    /// The house to make: an empty folder, and an empty database when it is PostgreSQL.
    pub to: Opening,
}

impl Restoring {
    /// Both parts of a backup that lie together, to a house.
    #[must_use]
    pub fn of(from: &Path, to: Opening) -> Self {
        Self { data: from.join(DATA), keys: from.join(KEYS), vkey: None, erasures: None, to }
    }
}

/// Restores a house and gives what fsck says of it.
pub async fn restore(what: &Restoring) -> Result<Report> {
    let to = &what.to.folder;
    if std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Input(format!("{} is not empty. Name a new folder.", to.display())));
    }
    let vkey = match &what.vkey {
        Some(vkey) => vkey.clone(),
        None => {
            let path = what.data.join(VKEY);
            std::fs::read_to_string(&path).map_err(store::Error::io(&path))?.trim_end().to_owned()
        }
    };
    let data = part::verified(&what.data, DATA, &vkey)?;
    let keys = part::verified(&what.keys, KEYS, &vkey)?;
    if data.made_at != keys.made_at {
        return Err(Error::Input(format!(
            "The data are of {}, the keys of {}. Use two parts of one backup.",
            data.made_at, keys.made_at
        )));
    }
    for (part, manifest) in [(&what.data, &data), (&what.keys, &keys)] {
        for name in manifest.files.keys().filter(|name| !name.starts_with("tables/")) {
            let target = if name == "master.key" { to.join("keys").join(name) } else { to.join(name) };
            copy(&part.join(name), &target)?;
        }
    }
    if data.schema > store::migrate::NEWEST {
        return Err(Error::Input(format!(
            "The backup is of schema {}, this program knows {}. Restore it with the program that made it, or a newer one.",
            data.schema,
            store::migrate::NEWEST
        )));
    }
    // The rows go into the schema that they were written for; opening the house brings them to the newest.
    let opened = Keys::open(&to.join("keys").join("master.key"))?;
    let db = match &what.to.database {
        Some(address) => Db::postgres_at(address, opened, data.schema).await?,
        None => Db::sqlite_at(&to.join("renvoi.db"), opened, data.schema).await?,
    };
    if table::schema(&db).await? != data.schema {
        return Err(Error::Input("The database is not empty. Name a new one.".into()));
    }
    fill(&db, what).await?;
    db.close().await;
    drop(db);
    let house = House::open(what.to.clone()).await?;
    let report = fsck::run(&house).await;
    house.db.close().await;
    Ok(report)
}

/// Copies a file that was verified; a key is for its owner only.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        store::folder_of_owner(folder)?;
    }
    if to.file_name().is_some_and(|name| name == "master.key") {
        let bytes = std::fs::read(from).map_err(store::Error::io(from))?;
        return Ok(store::crypt::write_secret(to, &bytes)?);
    }
    std::fs::copy(from, to).map_err(store::Error::io(to))?;
    Ok(())
}

/// All tables in one transaction: a restore that is cut short leaves an empty database.
async fn fill(db: &Db, what: &Restoring) -> Result<()> {
    let mut tx = db.write(Lane::Person).await?;
    for table in table::ALL {
        let name = format!("tables/{}.ndjson", table.name);
        for part in [&what.data, &what.keys] {
            let path = part.join(&name);
            if path.exists() {
                fill_table(&mut tx, db, *table, &path).await?;
            }
        }
    }
    tx.run("DELETE FROM record_key WHERE document IN (SELECT document FROM erasure)", store::params![])
        .await?;
    if let Some(list) = &what.erasures {
        replay(&mut tx, list).await?;
    }
    Ok(tx.commit().await?)
}

type Object = serde_json::Map<String, serde_json::Value>;

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Object>>> {
    let file = std::fs::File::open(path).map_err(store::Error::io(path))?;
    let path = path.to_owned();
    Ok(std::io::BufReader::new(file).lines().map(move |line| {
        let line = line.map_err(store::Error::io(&path))?;
        serde_json::from_str(&line).map_err(|error| Error::Input(format!("{}: {error}.", path.display())))
    }))
}

async fn fill_table(tx: &mut Tx, db: &Db, table: Table, path: &Path) -> Result<()> {
    let mut rows = Vec::with_capacity(ROWS);
    for row in lines(path)? {
        rows.push(row?);
        if rows.len() == ROWS {
            table::write(tx, db, table, std::mem::take(&mut rows)).await?;
        }
    }
    table::write(tx, db, table, rows).await?;
    Ok(())
}

/// Erases again what was erased after the backup was made.
async fn replay(tx: &mut Tx, list: &Path) -> Result<()> {
    for row in lines(list)? {
        let row = row?;
        let number = |name: &str| row.get(name).and_then(serde_json::Value::as_i64);
        let why = row.get("why").and_then(serde_json::Value::as_str);
        let (Some(document), Some(at), Some(why)) = (number("document"), number("erased_at"), why) else {
            return Err(Error::Input(format!("{} is not a list of erasures.", list.display())));
        };
        // One that this backup does not know yet needs no erasing.
        let known = tx.maybe("SELECT key FROM document WHERE key = $1", store::params![document]).await?;
        if known.is_some() {
            store::crypt::erase(tx, document, why, store::instant(at)?).await?;
        }
    }
    Ok(())
}
