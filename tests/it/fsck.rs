//! Fsck finds damage: single bits flipped in every kind of stored thing, and in the raw database file.

use crate::database::Schema;
use crate::house::{Built, Folder, Outcome, lived_in, opening};
use app::{House, dump, fsck};
use sqlx::{Connection as _, Row as _};
use std::path::{Path, PathBuf};

/// Bits flipped when `RENVOI_TRIALS` does not say more.
const TRIALS: u64 = 60;

/// How many bits are flipped.
pub(crate) fn trials() -> u64 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|number| number.parse().ok()).unwrap_or(TRIALS)
}

/// A small generator (SplitMix64), the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }

    /// Flips one bit.
    fn flip(&mut self, bytes: &mut [u8]) {
        let bit = self.below(8 * bytes.len() as u64);
        bytes[(bit / 8) as usize] ^= 1 << (bit % 8);
    }
}

#[tokio::test]
async fn a_lived_in_house_is_clean() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let report = fsck::run(&built.house).await;
    assert!(report.is_clean(), "{:#?}", report.problems);
    for what in
        ["leaves", "heads", "tiles", "documents", "cited documents", "intakes", "folds", "references", "rows"]
    {
        assert!(report.checked.get(what).is_some_and(|count| *count > 0), "{what} was not checked");
    }
    let built = built.reopened().await?;
    assert_eq!(built.house.db.changed_while_closed(), Some(false));
    assert!(fsck::run(&built.house).await.is_clean());
    Ok(())
}

#[tokio::test]
async fn a_lived_in_house_on_postgres_is_clean() -> Outcome {
    let Some(schema) = Schema::new().await? else { return Ok(()) };
    let built = Built::on(Some(schema.address())).await?;
    lived_in(&built).await?;
    let report = fsck::run(&built.house).await;
    assert!(report.is_clean(), "{:#?}", report.problems);
    for sql in ["UPDATE event SET hash = entry::bytea WHERE leaf = 1", "UPDATE hold SET state = 'lifted'"] {
        let mut tx = built.house.db.write(store::Lane::Person).await?;
        tx.run(sql, store::params![]).await?;
        tx.commit().await?;
        assert!(!fsck::run(&built.house).await.is_clean(), "{sql}");
    }
    built.house.db.close().await;
    schema.gone().await?;
    Ok(())
}

/// Table, column, and how the bytes are written back.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("event", "entry", "CAST(? AS TEXT)"),
    ("event", "hash", "?"),
    ("ledger_head", "frontier", "?"),
    ("document", "body", "?"),
    ("document", "commitment", "?"),
    ("record_key", "wrapped", "?"),
];

#[tokio::test]
async fn each_bit_flipped_in_leaf_head_or_document_is_found() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let file = built.folder.join("renvoi.db");
    let mut raw = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    let mut dice = Dice(1);
    for trial in 0..trials() {
        let (table, column, form) = COLUMNS[(trial % COLUMNS.len() as u64) as usize];
        let key = store::table::ALL.iter().find(|listed| listed.name == table).ok_or("no table")?.key;
        let sql = format!("SELECT CAST({column} AS BLOB) AS b FROM {table} ORDER BY {key}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut raw).await?;
        let chosen = dice.below(rows.len() as u64);
        let before: Vec<u8> = rows[chosen as usize].try_get("b")?;
        let mut after = before.clone();
        dice.flip(&mut after);
        let update = format!(
            "UPDATE {table} SET {column} = {form} WHERE ({key}) = (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {chosen})"
        );
        for (bytes, damaged) in [(after, true), (before, false)] {
            let done = sqlx::query(sqlx::AssertSqlSafe(update.clone())).bind(bytes).execute(&mut raw).await?;
            assert_eq!(done.rows_affected(), 1);
            let report = fsck::run(&built.house).await;
            assert_eq!(
                report.is_clean(),
                !damaged,
                "{table}.{column}, trial {trial}: {:#?}",
                report.problems
            );
        }
    }
    Ok(())
}

/// Files of published logs and blobs.
fn files(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_bit_flipped_in_blob_tile_or_checkpoint_is_found() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let mut all = Vec::new();
    files(&built.folder.join("ledger"), &mut all)?;
    files(&built.folder.join("blobs"), &mut all)?;
    assert!(all.len() >= 9, "{all:?}");
    let mut dice = Dice(2);
    for trial in 0..trials() {
        let path = &all[(trial % all.len() as u64) as usize];
        let before = std::fs::read(path)?;
        let mut after = before.clone();
        dice.flip(&mut after);
        std::fs::write(path, after)?;
        let report = fsck::run(&built.house).await;
        assert!(!report.is_clean(), "{} changed and nothing was found", path.display());
        std::fs::write(path, before)?;
    }
    assert!(fsck::run(&built.house).await.is_clean());
    Ok(())
}

#[tokio::test]
async fn deleted_leaves_and_rows_are_found() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let file = built.folder.join("renvoi.db");
    let mut raw = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    let base = dump::whole(&built.house.db).await?;
    for sql in [
        "DELETE FROM event WHERE leaf = 3",
        "DELETE FROM event WHERE leaf = (SELECT MAX(leaf) FROM event)",
        "UPDATE event SET at = at + 1 WHERE leaf = 2",
        "UPDATE event SET actor = NULL WHERE noun = 'assessment'",
        "UPDATE assessment SET approver = reader, state = 'approved' WHERE state = 'assessed'",
        "UPDATE assessment SET approver = author || '' WHERE 0",
        "UPDATE referral SET state = 'closed'",
        "UPDATE hold SET until = until + 1",
        "DELETE FROM hold",
        "DELETE FROM assessment_item WHERE subject = (SELECT MIN(subject) FROM assessment_item)",
        "INSERT INTO person_role SELECT id, 'administrator' FROM person LIMIT 1",
        "DELETE FROM person_role WHERE role = 'analyst'",
        "DELETE FROM observation WHERE key = 2",
        "UPDATE observation SET document = document + 1 WHERE key = 2",
        "DELETE FROM record_key WHERE document = 1",
        "UPDATE counter SET next = 1 WHERE name = 'document'",
        "UPDATE cluster SET members = members + 1 WHERE number = 1",
        "UPDATE cluster SET state = 'undecided' WHERE number = 1",
        "UPDATE ledger_head SET published = published + 1",
    ] {
        sqlx::query("SAVEPOINT before").execute(&mut raw).await?;
        let changed = sqlx::query(sql).execute(&mut raw).await?.rows_affected();
        sqlx::query("RELEASE before").execute(&mut raw).await?;
        let report = fsck::run(&built.house).await;
        assert_eq!(report.is_clean(), changed == 0, "{sql}: {:#?}", report.problems);
        put_back(&mut raw, &built, &base).await?;
    }
    Ok(())
}

/// Puts the changed tables back as the dump has them.
async fn put_back(raw: &mut sqlx::SqliteConnection, built: &Built, base: &dump::Dump) -> Outcome {
    sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut *raw).await?;
    let now = dump::whole(&built.house.db).await?;
    let (now, base) = (sections(&now.text), sections(&base.text));
    for table in store::table::ALL.iter().filter(|table| now.get(table.name) != base.get(table.name)) {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {}", table.name))).execute(&mut *raw).await?;
        let mut tx = built.house.db.write(store::Lane::Person).await?;
        let rows = base[table.name].lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        store::table::write(&mut tx, &built.house.db, *table, rows).await?;
        tx.commit().await?;
    }
    let report = fsck::run(&built.house).await;
    assert!(report.is_clean(), "not put back: {:#?}", report.problems);
    Ok(())
}

fn sections(text: &str) -> std::collections::BTreeMap<String, String> {
    let parts = text.split("# ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, rows)| (name.to_owned(), rows.to_owned())).collect()
}

/// Copies a folder of files.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else if let Err(error) = std::fs::copy(&path, &target)
            // SQLite removes its log when its last connection goes, a moment after the house was closed.
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(error);
        }
    }
    Ok(())
}

/// What became of a flipped bit in the raw file.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Found,
    Harmless,
    Unseen,
}

async fn fate(folder: &Path, base: &dump::Dump) -> Fate {
    let Ok(house) = House::open(opening(folder, None)).await else { return Fate::Found };
    let clean = fsck::run(&house).await.is_clean();
    let same = dump::whole(&house.db).await.is_ok_and(|now| now == *base);
    house.db.close().await;
    match (clean, same) {
        (false, _) => Fate::Found,
        (true, true) => Fate::Harmless,
        (true, false) => Fate::Unseen,
    }
}

#[tokio::test]
async fn each_bit_flipped_in_the_raw_database_is_found_or_harmless() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let base = dump::whole(&built.house.db).await?;
    built.house.db.close().await;
    let Built { folder, house, .. } = built;
    drop(house);
    let mut dice = Dice(3);
    let (mut by_content, mut harmless, mut by_seal_alone) = (0, 0, 0);
    for trial in 0..trials().div_ceil(2) {
        let mut bytes = std::fs::read(folder.join("renvoi.db"))?;
        dice.flip(&mut bytes);
        for sealed in [true, false] {
            let copy = Folder::new();
            copy_folder(folder.path(), copy.path())?;
            std::fs::write(copy.join("renvoi.db"), &bytes)?;
            if !sealed {
                std::fs::remove_file(copy.join("renvoi.sealed"))?;
            }
            match (sealed, fate(copy.path(), &base).await) {
                (true, Fate::Found) => {}
                (true, other) => panic!("trial {trial}: {other:?} in spite of the seal"),
                (false, Fate::Found) => by_content += 1,
                (false, Fate::Harmless) => harmless += 1,
                (false, Fate::Unseen) => by_seal_alone += 1,
            }
        }
    }
    println!(
        "raw flips: {by_content} found by content, {harmless} harmless, {by_seal_alone} found by the seal alone"
    );
    Ok(())
}
