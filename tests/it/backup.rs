//! The drill: a house is saved, lost, and stands again; a changed copy is refused; what was erased stays erased.

use crate::database::Schema;
use crate::fsck::{Dice, copy_folder};
use crate::house::{Built, Folder, Outcome, lived_in, opening};
use app::backup::{self, Restoring};
use app::{House, dump, fsck, publish};
use store::{Lane, params};

async fn saved() -> Result<(Built, Folder, dump::Dump), Box<dyn std::error::Error + Send + Sync>> {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let before = dump::logical(&built.house.db).await?;
    let to = Folder::new();
    let saved = backup::backup(&built.house, to.path()).await?;
    for (part, mode) in
        [("keys", 0o700), ("keys/master.key", 0o600), ("keys/manifest.json", 0o600), ("data", 0o700)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let found = std::fs::metadata(to.path().join(part))?.permissions().mode() & 0o777;
        assert_eq!(found, mode, "{part} is for its owner only: {found:o}");
    }
    assert!(saved.rows > 50 && saved.files > 40, "{saved:?}");
    assert!(fsck::run(&built.house).await.is_clean());
    Ok((built, to, before))
}

#[tokio::test]
async fn backup_drill() -> Outcome {
    let (_built, from, before) = saved().await?;
    let to = Folder::new();
    let report = backup::restore(&Restoring::of(from.path(), opening(to.path(), None))).await?;
    assert!(report.is_clean(), "{:#?}", report.problems);
    let house = House::open(opening(to.path(), None)).await?;
    assert_eq!(dump::logical(&house.db).await?.text, before.text);
    publish::all(&house).await?;
    assert!(fsck::run(&house).await.is_clean());
    Ok(())
}

#[tokio::test]
async fn backup_of_sqlite_restores_to_postgres_and_back() -> Outcome {
    let Some(schema) = Schema::new().await? else { return Ok(()) };
    let (_built, from, before) = saved().await?;
    let (to, again, last) = (Folder::new(), Folder::new(), Folder::new());
    let there = opening(to.path(), Some(schema.address()));
    let report = backup::restore(&Restoring::of(from.path(), there.clone())).await?;
    assert!(report.is_clean(), "{:#?}", report.problems);
    let house = House::open(there).await?;
    assert_eq!(dump::logical(&house.db).await?.text, before.text);
    backup::backup(&house, again.path()).await?;
    house.db.close().await;
    drop(house);
    let report = backup::restore(&Restoring::of(again.path(), opening(last.path(), None))).await?;
    assert!(report.is_clean(), "{:#?}", report.problems);
    schema.gone().await?;
    Ok(())
}

/// A house that the commit cc0c7f1 made (schema 2, one agency's working day), as its backup.
const EARLIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/earlier/schema_2");

/// The rows go into the schema of their commit, the migrations since then run over them, and people go on working.
async fn migrate_earlier(database: Option<String>) -> Outcome {
    let folder = Folder::new();
    let to = opening(folder.path(), database);
    let report = backup::restore(&Restoring::of(std::path::Path::new(EARLIER), to.clone())).await?;
    assert!(report.is_clean(), "{:#?}", report.problems);
    let house = House::open(to).await?;
    assert_eq!(store::table::schema(&house.db).await?, store::migrate::NEWEST);
    let leaves = house.db.one("SELECT COUNT(*) AS n FROM event", params![]).await?.count("n")?;
    let lines = std::fs::read_to_string(format!("{EARLIER}/data/tables/event.ndjson"))?;
    assert_eq!(leaves, lines.lines().count() as u64, "no fact is lost or added by a migration");
    let agency = app::people::agency(&house, "one.example").await?;
    let link = app::people::Invite { login: "new".into(), name: "New".into(), roles: Vec::new() };
    app::people::invite_by_operator(&house, &agency, &link).await?;
    publish::all(&house).await?;
    let after = fsck::run(&house).await;
    assert!(after.is_clean(), "{:#?}", after.problems);
    Ok(())
}

#[tokio::test]
async fn a_sqlite_database_of_an_earlier_commit_is_migrated() -> Outcome {
    migrate_earlier(None).await
}

#[tokio::test]
async fn a_postgres_database_of_an_earlier_commit_is_migrated() -> Outcome {
    let Some(schema) = Schema::new().await? else { return Ok(()) };
    migrate_earlier(Some(schema.address())).await?;
    schema.gone().await?;
    Ok(())
}

#[tokio::test]
async fn a_changed_backup_is_refused() -> Outcome {
    let (_built, from, _) = saved().await?;
    let mut dice = Dice(4);
    for name in [
        "data/tables/event.ndjson",
        "data/tables/document.ndjson",
        "data/manifest.json",
        "data/manifest.note",
        "data/vkey",
        "keys/master.key",
        "keys/tables/record_key.ndjson",
        "keys/manifest.json",
    ] {
        let copy = Folder::new();
        copy_folder(from.path(), copy.path())?;
        let path = copy.join(name);
        let mut bytes = std::fs::read(&path)?;
        let at = dice.below(bytes.len() as u64 - 1) as usize;
        bytes[at] ^= 1;
        std::fs::write(&path, bytes)?;
        let to = Folder::new();
        let outcome = backup::restore(&Restoring::of(copy.path(), opening(to.path(), None))).await;
        assert!(outcome.is_err(), "{name} was changed at {at} and restored");
        assert_eq!(std::fs::read_dir(to.path())?.count(), 0, "{name}: something was written");
    }
    let copy = Folder::new();
    copy_folder(&from.join("data"), &copy.join("data"))?;
    let to = Folder::new();
    let outcome = backup::restore(&Restoring::of(copy.path(), opening(to.path(), None))).await;
    assert!(outcome.is_err(), "without the keys there is nothing to restore");
    Ok(())
}

#[tokio::test]
async fn what_was_erased_after_the_backup_stays_erased() -> Outcome {
    let (built, from, _) = saved().await?;
    let house = &built.house;
    let key = house.db.one("SELECT MIN(document) AS key FROM record_key", params![]).await?.int("key")?;
    let mut tx = house.db.write(Lane::Person).await?;
    store::crypt::erase(&mut tx, key, "request", house.clock.now()).await?;
    tx.commit().await?;
    let list = Folder::new();
    assert_eq!(backup::erasures(house, &list.join("erasures.ndjson")).await?, 1);
    let to = Folder::new();
    let mut what = Restoring::of(from.path(), opening(to.path(), None));
    what.erasures = Some(list.join("erasures.ndjson"));
    let report = backup::restore(&what).await?;
    assert!(report.is_clean(), "{:#?}", report.problems);
    let house = House::open(opening(to.path(), None)).await?;
    assert_eq!(store::crypt::get(&house.db, key).await?, None);
    Ok(())
}

#[tokio::test]
async fn an_export_is_verified_without_the_house() -> Outcome {
    let built = Built::new().await?;
    lived_in(&built).await?;
    let (house, one) = (&built.house, &built.one);
    let row = house
        .db
        .one(
            "SELECT id FROM event WHERE agency = $1 AND noun = 'referral' ORDER BY leaf LIMIT 1",
            params![one.id()],
        )
        .await?;
    let to = Folder::new();
    let exported = publish::export(house, one.id(), to.path(), &[row.id("id")?]).await?;
    assert_eq!(exported.disclaimer, domain::evidence::CAPTURE_DISCLAIMER);
    let vkey = publish::vkey(house, one.id()).await?;
    let report = verify::bundle_of(to.path(), &vkey)?;
    assert_eq!((report.proven.len(), report.checkpoint.size), (1, exported.size));
    assert_eq!(report.log.map(|log| log.entries), Some(exported.size));
    assert!(verify::dir(to.path(), &vkey).is_ok());
    // An altered name is refused too (LAW-118).
    std::fs::write(to.join("providers.json"), b"{}")?;
    assert!(verify::bundle_of(to.path(), &vkey).is_err());
    // The other agency's events are not this agency's to prove.
    let other = Folder::new();
    assert!(publish::export(house, built.two.id(), other.path(), &[row.id("id")?]).await.is_err());
    Ok(())
}
