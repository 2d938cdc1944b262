//! The store's conformance suite, its ground: each test on SQLite and on PostgreSQL, with the same answers.

use crate::database::{Schema, keys, on_both, sqlite};
use crate::house::{Folder, HOST, Outcome};
use domain::access::Role;
use domain::event::{Event, Noun};
use domain::evidence::Retention;
use domain::id::{AgencyId, EventId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Db, Lane, Value, params};
use uuid::Uuid;

/// Tasks that write at once.
const WRITERS: usize = 16;

pub(crate) fn now() -> Timestamp {
    Timestamp::from_microsecond(1_770_000_000_123_456).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(crate) fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn event(agency: AgencyId, what: &str) -> Event {
    Event {
        id: EventId(Uuid::now_v7()),
        agency,
        space: agency,
        at: now(),
        actor: None,
        noun: Noun::Agency,
        of: agency.0,
        what: what.to_owned(),
        facts: serde_json::Map::from_iter([("b".into(), 1.into()), ("a".into(), "x".into())]),
    }
}

async fn scratch(db: &Db) -> store::Result<()> {
    let bytes = if db.is_sqlite() { "BLOB" } else { "BYTEA" };
    let mut tx = db.write(Lane::Person).await?;
    tx.run_of(format!("CREATE TABLE scratch (k BIGINT PRIMARY KEY, n BIGINT, t TEXT, b {bytes})"), params![])
        .await?;
    tx.commit().await
}

#[tokio::test]
async fn values_come_back() -> Outcome {
    on_both(async |db| {
        scratch(&db).await?;
        let all: Vec<u8> = (0..=255).collect();
        let rows = vec![
            (
                Value::Int(Some(i64::MIN)),
                Value::Text(Some("α ل 好 '\"\\ \n".into())),
                Value::Bytes(Some(all)),
            ),
            (Value::Int(Some(i64::MAX)), Value::Text(Some(String::new())), Value::Bytes(Some(Vec::new()))),
            (Value::Int(None), Value::Text(None), Value::Bytes(None)),
        ];
        let mut tx = db.write(Lane::Person).await?;
        for (key, (n, t, b)) in (0_i64..).zip(&rows) {
            let values = vec![Value::from(key), n.clone(), t.clone(), b.clone()];
            tx.run("INSERT INTO scratch (k, n, t, b) VALUES ($1, $2, $3, $4)", values).await?;
        }
        tx.commit().await?;
        let read = db.rows("SELECT n, t, b FROM scratch ORDER BY k", params![]).await?;
        assert_eq!(read.len(), 3);
        for (row, (n, t, b)) in read.iter().zip(&rows).take(2) {
            assert_eq!(row.values(), [n.clone(), t.clone(), b.clone()]);
        }
        assert_eq!((read[2].maybe_int("n")?, read[2].maybe_text("t")?), (None, None));
        assert!(read[2].bytes("b").is_err() && read[2].int("n").is_err() && read[2].int("nothing").is_err());
        assert!(read[0].id::<Uuid>("t").is_err() && read[0].word("t", Role::from_word).is_err());
        let row = db
            .one("SELECT COUNT(*) AS n, CAST(SUM(k) AS BIGINT) AS s, MAX(t) AS t FROM scratch", params![])
            .await?;
        assert_eq!((row.count("n")?, row.int("s")?), (3, 3));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn many_rows_in_one_insert() -> Outcome {
    on_both(async |db| {
        scratch(&db).await?;
        let rows =
            |range: std::ops::Range<i64>| range.map(|k| params![k, Value::Int(None), "text"]).collect();
        let mut tx = db.write(Lane::Bulk).await?;
        assert_eq!(tx.insert("scratch", &["k", "n", "t"], rows(0..1_001), "").await?, 1_001);
        assert_eq!(
            tx.insert("scratch", &["k", "n", "t"], rows(990..1_010), "ON CONFLICT DO NOTHING").await?,
            9
        );
        assert_eq!(tx.insert("scratch", &["k", "n", "t"], vec![], "").await?, 0);
        tx.commit().await?;
        let row = db.one("SELECT COUNT(*) AS n FROM scratch", params![]).await?;
        assert_eq!(row.int("n")?, 1_010);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_dropped_write_leaves_nothing() -> Outcome {
    on_both(async |db| {
        let agency = AgencyId(Uuid::now_v7());
        for _ in 0..3 {
            let mut tx = db.write(Lane::Person).await?;
            store::agency::set_house(&mut tx, "a", "1").await?;
            tx.append(event(agency, "dropped"))?;
            drop(tx);
        }
        assert_eq!(store::agency::house(&db, "a").await?, None);
        assert_eq!(store::event::head(&db, agency).await?.size(), 0);
        // A failed statement does not poison the next write either.
        let mut tx = db.write(Lane::Person).await?;
        let first = tx.run("INSERT INTO house (name, value) VALUES ('x', '1')", params![]).await;
        let again = tx.run("INSERT INTO house (name, value) VALUES ('x', '1')", params![]).await;
        assert!(first.is_ok() && again.is_err_and(|error| error.is_duplicate()));
        drop(tx);
        let mut tx = db.write(Lane::Bulk).await?;
        store::agency::set_house(&mut tx, "a", "2").await?;
        store::agency::set_house(&mut tx, "a", "3").await?;
        tx.commit().await?;
        assert_eq!(store::agency::house(&db, "a").await?.as_deref(), Some("3"));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_stand_in_order_with_16_writers() -> Outcome {
    on_both(async |db| {
        let agencies = [AgencyId(Uuid::now_v7()), AgencyId(Uuid::now_v7())];
        let tasks: Vec<_> = (0..WRITERS)
            .map(|task| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut blocks = Vec::new();
                    for round in 0..8 {
                        let lane = if task % 2 == 0 { Lane::Person } else { Lane::Bulk };
                        let mut tx = db.write(lane).await?;
                        blocks.push(tx.numbers("document", 10).await?);
                        for agency in agencies {
                            tx.append(event(agency, &format!("t{task}r{round}")))?;
                        }
                        tx.commit().await?;
                    }
                    Ok::<_, store::Error>(blocks)
                })
            })
            .collect();
        let mut blocks = Vec::new();
        for task in tasks {
            blocks.extend(task.await??);
        }
        blocks.sort_unstable();
        assert!(blocks.windows(2).all(|pair| pair[1] - pair[0] == 10), "blocks of numbers overlap");
        for agency in agencies {
            let entries = store::event::entries(&db, agency, 0, 1_000).await?;
            assert_eq!(entries.len(), WRITERS * 8);
            let mut grown = ledger::Frontier::new();
            for (entry, hash) in &entries {
                assert_eq!(ledger::leaf_hash(entry.as_bytes()), *hash);
                grown.append(*hash);
            }
            assert_eq!(store::event::head(&db, agency).await?, grown);
        }
        assert_eq!(store::event::of(&db, Noun::Agency, agencies[0].0, 500).await?.len(), WRITERS * 8);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn people_go_before_machines() -> Outcome {
    let folder = Folder::new();
    let db = sqlite(folder.path()).await?;
    let held = db.write(Lane::Bulk).await?;
    let (sender, mut order) = tokio::sync::mpsc::unbounded_channel();
    // The person comes to the door first or last; either way no machine that comes later goes before them.
    let mut tasks = Vec::new();
    for lane in [Lane::Person, Lane::Bulk, Lane::Bulk, Lane::Person] {
        let (db, sender) = (db.clone(), sender.clone());
        tasks.push(tokio::spawn(async move {
            let tx = db.write(lane).await?;
            let _ = sender.send(lane);
            tx.commit().await
        }));
        tokio::task::yield_now().await;
    }
    held.commit().await?;
    for task in tasks {
        task.await??;
    }
    let mut went = Vec::new();
    while let Ok(lane) = order.try_recv() {
        went.push(lane);
    }
    assert_eq!(went, [Lane::Person, Lane::Person, Lane::Bulk, Lane::Bulk]);
    Ok(())
}

#[tokio::test]
async fn batches_are_whole_until_a_person_is_here() -> Outcome {
    on_both(async |db| {
        assert_eq!(db.batch(4_000), 4_000, "opening and migrating is the machine's own work");
        db.write(Lane::Bulk).await?.commit().await?;
        assert_eq!(db.batch(4_000), 4_000);
        db.write(Lane::Person).await?.commit().await?;
        assert_eq!(db.batch(4_000), 63);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn facts_are_plain_or_refused() -> Outcome {
    on_both(async |db| {
        let mut tx = db.write(Lane::Person).await?;
        let mut bad = event(AgencyId(Uuid::now_v7()), "x");
        bad.facts.insert("where".into(), format!("https://{HOST}/").into());
        assert!(matches!(tx.append(bad), Err(store::Error::NotPlain(name)) if name == "where"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn documents_are_sealed_and_erased() -> Outcome {
    on_both(async |db| {
        let space = AgencyId(Uuid::now_v7());
        let mut tx = db.write(Lane::Person).await?;
        let put = store::crypt::put(&mut tx, space, Retention::Referral, b"clear words", now()).await?;
        let other =
            store::crypt::put_json(&mut tx, space, Retention::Referral, &json!({"a": 1}), now()).await?;
        assert_eq!(store::crypt::get_in(&mut tx, put.key).await?.as_deref(), Some(&b"clear words"[..]));
        tx.commit().await?;
        let body =
            db.one("SELECT body FROM document WHERE key = $1", params![put.key]).await?.bytes("body")?;
        assert!(!body.windows(5).any(|part| part == b"words"));
        assert_eq!(store::crypt::get_json::<serde_json::Value>(&db, other.key).await?, Some(json!({"a": 1})));
        let mut tx = db.write(Lane::Person).await?;
        store::crypt::erase(&mut tx, put.key, "test", now()).await?;
        store::crypt::erase(&mut tx, put.key, "test", now()).await?;
        tx.commit().await?;
        assert_eq!(store::crypt::get(&db, put.key).await?, None);
        let row = db.one("SELECT commitment FROM document WHERE key = $1", params![put.key]).await?;
        assert_eq!(row.digest("commitment")?, put.commitment);
        let mut tx = db.write(Lane::Person).await?;
        tx.run("UPDATE document SET commitment = $2 WHERE key = $1", params![other.key, [0_u8; 32]]).await?;
        tx.commit().await?;
        assert!(store::crypt::get(&db, other.key).await.is_err());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn migrations_run_once_and_newer_databases_are_refused() -> Outcome {
    let folder = Folder::new();
    let db = sqlite(folder.path()).await?;
    db.close().await;
    let db = sqlite(folder.path()).await?;
    refuse_newer(&db, sqlite(folder.path()).await?).await?;
    assert!(
        matches!(sqlite(folder.path()).await, Err(store::Error::Setup(sentence)) if sentence.contains("99"))
    );
    if let Some(schema) = Schema::new().await? {
        let db = Db::postgres(&schema.address(), keys()).await?;
        refuse_newer(&db, Db::postgres(&schema.address(), keys()).await?).await?;
        assert!(matches!(Db::postgres(&schema.address(), keys()).await, Err(store::Error::Setup(_))));
        db.close().await;
        schema.gone().await?;
    }
    Ok(())
}

async fn refuse_newer(db: &Db, again: Db) -> Outcome {
    assert_eq!(store::table::schema(&again).await?, store::migrate::ALL.len() as i64);
    again.close().await;
    let mut tx = db.write(Lane::Person).await?;
    tx.run("INSERT INTO migration (number, name) VALUES (99, 'later')", params![]).await?;
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn every_table_is_listed() -> Outcome {
    on_both(async |db| {
        let mut listed: Vec<String> = store::table::ALL.iter().map(|table| table.name.to_owned()).collect();
        listed.push("migration".to_owned());
        listed.sort();
        assert_eq!(store::table::names(&db).await?, listed);
        Ok(())
    })
    .await
}

const KINDS: &[&str] = &["refer", "publish"];

#[tokio::test]
async fn jobs_wait_once_and_are_leased() -> Outcome {
    on_both(async |db| {
        let add = async |db: &Db| -> store::Result<()> {
            let mut tx = db.write(Lane::Bulk).await?;
            store::job::enqueue(&mut tx, "refer", "{}", Some("refer:1".into()), now()).await?;
            tx.commit().await
        };
        add(&db).await?;
        add(&db).await?;
        assert!(store::job::lease(&db, now() - hours(1), KINDS, 10).await?.is_empty());
        assert!(store::job::lease(&db, now(), &["recognise", "index"], 10).await?.is_empty(), "another lane");
        let leased = store::job::lease(&db, now(), KINDS, 10).await?;
        assert_eq!(leased.len(), 1, "the same work waits once");
        add(&db).await?;
        let again = store::job::lease(&db, now(), KINDS, 10).await?;
        assert_eq!(again.len(), 1, "what happens while it runs queues it again");
        store::job::failed(&db, &again[0], "no", now()).await?;
        let mut tx = db.write(Lane::Bulk).await?;
        store::job::done(&mut tx, leased[0].id).await?;
        tx.commit().await?;
        for _ in 1..store::job::ATTEMPTS_MAX {
            let leased = store::job::lease(&db, now(), KINDS, 10).await?;
            store::job::failed(&db, &leased[0], "no", now()).await?;
        }
        assert_eq!(store::job::counts(&db).await?, (0, 1));
        assert!(store::job::lease(&db, now(), KINDS, 10).await?.is_empty());
        Ok(())
    })
    .await
}
