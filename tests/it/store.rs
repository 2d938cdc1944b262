//! The store's conformance suite: each test on SQLite and on PostgreSQL, with the same answers.

#![expect(clippy::cloned_ref_to_slice_refs, reason = "a list of one reads best as a list")]

use crate::database::{Schema, keys, on_both, sqlite};
use crate::house::{Folder, HOST, Outcome, entry, put_agency, put_person};
use domain::access::Role;
use domain::assessment::{Decision, State as Assessed, Urgency};
use domain::bank::{Opinion, SignalKind, SignalState};
use domain::cluster::{Evidence, Lease, Queued};
use domain::event::{Event, Noun};
use domain::evidence::Retention;
use domain::hold::{HoldAnswer, HoldState};
use domain::id::*;
use domain::preflight::Protected;
use domain::referral::{Answer, State as Referred};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::intake::{NewObservation, NewSubject, Relevance};
use store::{Db, Lane, Value, params};
use uuid::Uuid;

/// Tasks that write at once.
const WRITERS: usize = 16;

fn now() -> Timestamp {
    Timestamp::from_microsecond(1_770_000_000_123_456).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn hours(hours: i64) -> SignedDuration {
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

#[tokio::test]
async fn agencies_people_and_providers() -> Outcome {
    on_both(async |db| {
        let mut tx = db.write(Lane::Person).await?;
        let agency = put_agency(&mut tx, "Unit", "unit.example", now()).await?;
        let actor = put_person(&mut tx, &agency, "anna", Role::Analyst, now()).await?;
        store::person::set_role(&mut tx, actor.person, Role::Auditor, true).await?;
        store::person::set_role(&mut tx, actor.person, Role::Auditor, true).await?;
        store::person::set_role(&mut tx, actor.person, Role::Analyst, false).await?;
        store::person::put_enrolment(&mut tx, [1; 32], actor.person, now() + hours(1)).await?;
        tx.commit().await?;
        assert_eq!(store::agency::all(&db).await?, [agency.clone()]);
        assert_eq!(store::agency::get(&db, agency.id).await?.as_ref(), Some(&agency));
        assert_eq!(store::agency::by_org(&db, "unit.example").await?.as_ref(), Some(&agency));
        assert_eq!(store::agency::by_name(&db, "Unit").await?.as_ref(), Some(&agency));
        assert_eq!(store::agency::keys(&db, agency.id, "ledger").await?.len(), 1);
        assert_eq!(store::person::roles(&db, actor.person).await?, [Role::Auditor]);
        assert_eq!(store::person::enrolment(&db, [1; 32], now()).await?, Some(actor.person));
        assert_eq!(store::person::enrolment(&db, [1; 32], now() + hours(1)).await?, None);
        people(&db, &agency, actor.person).await?;
        providers(&db, agency.id, actor.person).await?;
        let operation = store::agency::Operation {
            id: AgencyId(Uuid::now_v7()),
            name: "Day".into(),
            starts_at: now(),
            ends_at: now() + hours(24),
        };
        let mut tx = db.write(Lane::Person).await?;
        let by = (actor.person, now());
        store::agency::put_operation(&mut tx, &operation, &[agency.id], 1, by).await?;
        tx.commit().await?;
        assert_eq!(store::agency::operations(&db, agency.id).await?, [operation.clone()]);
        assert_eq!(store::agency::operation_agencies(&db, operation.id).await?, [agency]);
        Ok(())
    })
    .await
}

async fn people(db: &Db, agency: &store::agency::Agency, person: PersonId) -> Outcome {
    let mut tx = db.write(Lane::Person).await?;
    assert!(store::person::use_enrolment(&mut tx, [1; 32], now()).await?);
    assert!(!store::person::use_enrolment(&mut tx, [1; 32], now()).await?);
    store::person::enrol(&mut tx, person, "$argon2id$x", b"secret").await?;
    assert!(store::person::use_totp(&mut tx, person, 5).await?);
    assert!(!store::person::use_totp(&mut tx, person, 5).await?);
    store::person::failed(&mut tx, person, Some(now())).await?;
    store::person::failed(&mut tx, person, None).await?;
    store::person::set_language(&mut tx, person, "fr").await?;
    let session = store::person::Session {
        login: Uuid::now_v7(),
        person,
        csrf: "c".into(),
        seen_at: now(),
        ends_at: now() + hours(8),
        step_up_until: None,
        reason: None,
    };
    store::person::put_session(&mut tx, [2; 32], &session, now()).await?;
    store::person::touch_session(&mut tx, [2; 32], now() + hours(1)).await?;
    store::person::step_up(&mut tx, session.login, now() + hours(2)).await?;
    store::person::set_reason(&mut tx, session.login, "daily work").await?;
    store::person::expose(&mut tx, person, "2026-03-04", 2, 60).await?;
    store::person::expose(&mut tx, person, "2026-03-04", 3, 5).await?;
    tx.commit().await?;
    assert_eq!(store::person::exposure(db, person, "2026-03-04").await?, (5, 65));
    let held = store::person::session(db, [2; 32], now()).await?.ok_or("no session")?;
    assert_eq!((held.reason.as_deref(), held.seen_at), (Some("daily work"), now() + hours(1)));
    assert!(store::person::session(db, [2; 32], now() + hours(9)).await?.is_none());
    let stored = store::person::by_login(db, agency.id, "anna").await?.ok_or("no person")?;
    assert_eq!((stored.failures, stored.totp.as_deref()), (2, Some(&b"secret"[..])));
    let read = store::person::Read {
        agency: agency.id,
        person,
        at: now(),
        operation: domain::reads::Operation::Consultation,
        noun: Noun::Cluster,
        of: Uuid::nil(),
        reason: "daily work",
    };
    store::person::log_read(db, read).await?;
    let mut tx = db.write(Lane::Person).await?;
    store::person::disable(&mut tx, person, now()).await?;
    store::person::end_session(&mut tx, session.login, now()).await?;
    assert_eq!(store::person::clean(&mut tx, now() + hours(1)).await?, 2);
    tx.commit().await?;
    assert_eq!(store::person::of_agency(db, agency.id).await?.len(), 1);
    assert!(store::person::get(db, person).await?.is_some_and(|person| person.state == "disabled"));
    Ok(())
}

async fn providers(db: &Db, space: AgencyId, person: PersonId) -> Outcome {
    let by = (person, now());
    let mut tx = db.write(Lane::Person).await?;
    let id =
        store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), space, &entry("Video", HOST), by).await?;
    let mut changed = entry("Video", "other.example");
    changed.org = "video.example".into();
    let again = store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), space, &changed, by).await?;
    assert_eq!(id, again);
    store::provider::confirm_load(&mut tx, id, now() + hours(24), person).await?;
    store::provider::protect(&mut tx, space, "library.example", Some(Protected::Library)).await?;
    store::provider::protect(&mut tx, space, "press.example", Some(Protected::Press)).await?;
    store::provider::protect(&mut tx, space, "press.example", None).await?;
    tx.commit().await?;
    assert_eq!(store::provider::of_host(db, space, HOST).await?, None);
    let stored = store::provider::of_host(db, space, "other.example").await?.ok_or("no provider")?;
    assert_eq!((&stored.entry, stored.load), (&changed, Some((now() + hours(24), person))));
    assert_eq!(store::provider::of_org(db, "video.example").await?, [stored.clone()]);
    assert_eq!(store::provider::all(db, space).await?, [stored.clone()]);
    assert_eq!(store::provider::get(db, id).await?, Some(stored));
    assert_eq!(store::provider::protected(db, space, "library.example").await?, Some(Protected::Library));
    assert_eq!(store::provider::protected(db, space, "press.example").await?, None);
    Ok(())
}

/// Two records of one item and one of another, by one account.
fn records(db: &Db, space: AgencyId) -> store::Result<Vec<NewObservation>> {
    let subject = |kind: SubjectKind, key: &str| -> store::Result<NewSubject> {
        let digest = db.keys.digest(space, kind.word(), key.as_bytes())?;
        Ok(NewSubject { digest, kind, service: HOST.into(), key: key.into() })
    };
    [("a", "1"), ("b", "1"), ("c", "2")]
        .into_iter()
        .map(|(record, item)| {
            let body = json!({ "place": "line 1", "key": record, "service": HOST, "url": format!("https://{HOST}/{item}"),
                "kind": "post", "text": "words", "media": [], "links": [], "mentions": [], "hashtags": [],
                "audience": "open", "original": [] });
            Ok(NewObservation {
                record: db.keys.digest(space, "record", record.as_bytes())?,
                item: subject(SubjectKind::Item, item)?,
                account: Some(0),
                others: vec![(EdgeKind::Posted, subject(SubjectKind::Account, "video.example/anna")?)],
                sealed: db.keys.seal_document(body.to_string().as_bytes())?,
                kind: "post",
                language: "en".into(),
                audience: "open",
                relevance: "held",
                posted_at: Some(now()),
                expires_at: Some(now() + hours(1)),
                seen: vec![("url", item.as_bytes().to_vec(), 0), ("pdq", vec![9; 32], 80)],
            })
        })
        .collect()
}

#[tokio::test]
async fn records_subjects_and_forgetting() -> Outcome {
    on_both(async |db| {
        let space = AgencyId(Uuid::now_v7());
        let batch = BatchId(Uuid::now_v7());
        let mut tx = db.write(Lane::Bulk).await?;
        let source =
            store::intake::source(&mut tx, space, "s", Relevance::Hold { days: 7 }, (None, now())).await?;
        assert_eq!(
            store::intake::source(&mut tx, space, "s", Relevance::Submit, (None, now())).await?,
            source
        );
        let new = store::intake::NewBatch {
            id: batch,
            space,
            agency: space,
            source,
            format: "ndjson",
            person: None,
        };
        store::intake::open_batch(&mut tx, new, now()).await?;
        let written =
            store::intake::write(&mut tx, space, (batch, space), records(&db, space)?, now()).await?;
        assert_eq!((written.new, written.duplicate, written.range), (3, 0, Some((1, 3))));
        let again = store::intake::write(&mut tx, space, (batch, space), records(&db, space)?, now()).await?;
        assert_eq!((again.new, again.duplicate, again.range), (0, 3, None));
        tx.commit().await?;
        assert_eq!(store::intake::relevance(&db, source).await?, Relevance::Hold { days: 7 });
        assert_eq!(store::intake::left_open(&db, 10).await?, [(batch, space, space)]);
        assert_eq!(store::intake::commitments(&db, batch).await?, written.commitments);
        let first = store::intake::get(&db, 1).await?.ok_or("no observation")?;
        assert_eq!(store::intake::of_subject(&db, first.subject, 10).await?.len(), 2);
        let item = store::intake::by_id(&db, first.subject_id).await?.ok_or("no subject")?;
        assert_eq!(item.address.as_deref(), Some("https://video.example/1"));
        let digest = db.keys.digest(space, SubjectKind::Item.word(), b"1")?;
        assert!(store::intake::by_digest(&db, space, digest).await?.is_some());
        let near = store::intake::neighbours(&db, first.subject, 10).await?;
        assert!(near.len() == 1 && near[0].1.address.as_deref() == Some("video.example/anna"));
        let mut tx = db.write(Lane::Bulk).await?;
        store::intake::add_seen(&mut tx, vec![("sha256", vec![1; 32], 1, 0)]).await?;
        store::intake::settle(&mut tx, 2, "matched", None).await?;
        store::intake::close_batch(&mut tx, batch, "{}", now()).await?;
        tx.commit().await?;
        assert_eq!(store::intake::batches(&db, space, 5).await?.len(), 1);
        forgetting(&db, space, first.subject).await
    })
    .await
}

async fn forgetting(db: &Db, space: AgencyId, item: i64) -> Outcome {
    let over = store::intake::expired(db, now() + hours(2), i64::MIN, 10).await?;
    assert_eq!(over.iter().map(|one| one.key).collect::<Vec<_>>(), [1, 3]);
    let mut tx = db.write(Lane::Bulk).await?;
    for one in &over {
        store::intake::forget(&mut tx, one, now()).await?;
    }
    tx.commit().await?;
    // The address stood in the first record; the second one, which is kept, says it too.
    let known = store::intake::by_key(db, item).await?.ok_or("no subject")?;
    assert_eq!(known.address.as_deref(), Some("https://video.example/1"));
    assert_eq!(store::past::alive(db, space, 1, 9).await?, [2]);
    assert!(store::intake::get(db, 3).await?.is_some_and(|seen| seen.record.is_none()));
    let mut tx = db.write(Lane::Bulk).await?;
    tx.run("UPDATE observation SET relevance = 'held', expires_at = 0 WHERE key = 2", params![]).await?;
    tx.commit().await?;
    let over = store::intake::expired(db, now(), i64::MIN, 10).await?;
    let mut tx = db.write(Lane::Bulk).await?;
    store::intake::forget(&mut tx, &over[0], now()).await?;
    tx.commit().await?;
    let keys = db.one("SELECT COUNT(*) AS n FROM record_key", params![]).await?.int("n")?;
    assert_eq!(keys, 0, "the handle that only these records named is gone too");
    // Seen again under other records: the subjects are the same, with an address again.
    let mut again = records(db, space)?;
    for (number, record) in again.iter_mut().enumerate() {
        record.record = db.keys.digest(space, "record", &[number as u8])?;
    }
    let mut tx = db.write(Lane::Bulk).await?;
    store::intake::write(&mut tx, space, (BatchId(Uuid::now_v7()), space), again, now()).await?;
    tx.commit().await?;
    let known = store::intake::by_key(db, item).await?.ok_or("no subject")?;
    assert_eq!(known.address.as_deref(), Some("https://video.example/1"));
    assert!(store::intake::neighbours(db, item, 10).await?[0].1.address.is_some());
    Ok(())
}

#[tokio::test]
async fn signals_matches_and_clusters() -> Outcome {
    on_both(async |db| {
        let space = AgencyId(Uuid::now_v7());
        let mut tx = db.write(Lane::Bulk).await?;
        store::intake::write(&mut tx, space, (BatchId(Uuid::now_v7()), space), records(&db, space)?, now())
            .await?;
        let bank = store::signal::Bank {
            id: BankId(Uuid::now_v7()),
            space,
            name: "bank".into(),
            opinion: Opinion::Positive,
            origin: "unit.example".into(),
            legal_basis: "law".into(),
            distance: 31,
            review_at: now(),
        };
        store::signal::put_bank(&mut tx, &bank, now()).await?;
        let signal = |value: &[u8]| store::signal::NewSignal {
            id: SignalId(Uuid::now_v7()),
            kind: SignalKind::Url,
            value: value.to_vec(),
            document: None,
        };
        assert_eq!(store::signal::put(&mut tx, bank.id, vec![signal(b"1"), signal(b"2")]).await?, 2);
        assert_eq!(store::signal::put(&mut tx, bank.id, vec![signal(b"1"), signal(b"3")]).await?, 1);
        tx.commit().await?;
        assert_eq!(store::signal::banks(&db, space).await?, [bank.clone()]);
        assert_eq!(store::signal::get_bank(&db, bank.id).await?.as_ref(), Some(&bank));
        assert_eq!(store::signal::bank_counts(&db, bank.id).await?, [(SignalState::Live, 3, 0)]);
        let live: Vec<_> = store::signal::live(&db, space, Some(bank.id), SignalKind::Url)
            .await?
            .into_iter()
            .map(|(signal, _)| signal)
            .collect();
        assert_eq!(store::signal::live(&db, space, None, SignalKind::Url).await?.len(), 3);
        let newest_first: Vec<_> = live.iter().rev().cloned().collect();
        assert_eq!(store::signal::of_bank(&db, bank.id, 10).await?, newest_first);
        assert_eq!(store::signal::exact_matches(&db, space, 1, 3).await?.len(), 3);
        let pairs = store::past::pairs(&db, space, bank.id, 10).await?;
        assert_eq!(pairs, [(1, live[0].key), (2, live[0].key), (3, live[1].key)]);
        assert!(!store::past::needs_scan(&db, bank.id).await?);
        assert_eq!(store::past::newest(&db).await?, 3);
        assert_eq!(store::signal::holding(&db, space, SignalKind::Url, b"2").await?, [live[1].key]);
        assert_eq!(store::signal::whys(&db, &[live[0].key]).await?[0].1.bank, "bank");
        assert_eq!(store::signal::page(&db, bank.id, live[0].key, 10).await?.len(), 2);
        assert_eq!(store::signal::seen_of(&db, "pdq", 1, 3).await?.len(), 3);
        clusters(&db, space, live[0].key, live[0].id).await
    })
    .await
}

async fn clusters(db: &Db, space: AgencyId, signal: i64, signal_id: SignalId) -> Outcome {
    let generation = store::signal::generation(db, space).await?;
    let [a, b] = [ClusterId(Uuid::now_v7()), ClusterId(Uuid::now_v7())];
    let mut tx = db.write(Lane::Bulk).await?;
    for id in [a, b] {
        let new = store::cluster::NewCluster {
            id,
            space,
            language: "en",
            kind: "post",
            service: HOST,
            first_seen: now(),
        };
        store::cluster::put(&mut tx, new).await?;
    }
    store::cluster::tie(&mut tx, space, "pdq", &[9; 32], a).await?;
    store::cluster::tie(&mut tx, space, "pdq", &[9; 32], b).await?;
    assert_eq!(store::cluster::of_key(&mut tx, space, "pdq", &[9; 32]).await?, Some(a));
    let subject = tx.one("SELECT subject FROM observation WHERE key = 1", params![]).await?.int("subject")?;
    assert!(store::cluster::join(&mut tx, a, subject, 1, (Evidence::First, 0), now()).await?);
    assert!(!store::cluster::join(&mut tx, a, subject, 1, (Evidence::First, 0), now()).await?);
    store::intake::settle(&mut tx, 1, "matched", Some(a)).await?;
    let found = store::signal::NewMatch { observation: 1, signal, distance: 0, variant: "original".into() };
    let counted = store::signal::put_matches(&mut tx, std::slice::from_ref(&found), now()).await?;
    assert_eq!(counted.iter().map(|one| (one.key, one.today)).collect::<Vec<_>>(), [(signal, 1)]);
    assert_eq!(store::signal::put_matches(&mut tx, &[found], now()).await?, []);
    assert_eq!(store::signal::opinions(&mut tx, 1).await?, [Opinion::Positive]);
    store::cluster::refresh(&mut tx, a, Queued::Open, Urgency::Spreading, false).await?;
    let lease = Lease { person: PersonId(Uuid::now_v7()), until: now() };
    store::cluster::set_lease(&mut tx, a, Some(lease)).await?;
    store::cluster::set_finding(&mut tx, a, 1, AssessmentId(Uuid::now_v7())).await?;
    tx.commit().await?;
    let stored = store::cluster::get(db, a).await?.ok_or("no cluster")?;
    assert_eq!((stored.members, stored.matches, stored.lease), (1, 1, Some(lease)));
    assert_eq!(store::cluster::queue(db, &[space], Queued::Open, 10).await?.len(), 2);
    assert_eq!(store::cluster::counts(db, space).await?, [(Queued::Open, 2, 1)]);
    assert_eq!(store::cluster::representatives(db, space).await?, [(vec![9; 32], a)]);
    assert_eq!(store::cluster::of_subject(db, subject).await?, Some(a));
    assert_eq!(store::cluster::members(db, a, 10).await?.len(), 1);
    assert_eq!(store::signal::of_cluster(db, a, 10).await?.len(), 1);
    letting_go(db, space, signal, (a, subject)).await?;
    let mut tx = db.write(Lane::Bulk).await?;
    assert_eq!(store::signal::end_matches(&mut tx, signal, now()).await?, [1]);
    store::signal::set_state(&mut tx, signal_id, SignalState::Withdrawn).await?;
    store::cluster::merge(&mut tx, a, b).await?;
    store::cluster::set_state(&mut tx, b, Queued::Deferred).await?;
    assert_eq!(store::cluster::of_key(&mut tx, space, "pdq", &[9; 32]).await?, Some(b));
    assert!(store::cluster::leave(&mut tx, b, subject).await?);
    tx.commit().await?;
    assert_ne!(store::signal::generation(db, space).await?, generation);
    assert!(
        store::signal::get(db, signal_id).await?.is_some_and(|signal| signal.state == SignalState::Withdrawn)
    );
    Ok(())
}

/// Words of what is matched, and how all of it leaves; taken back at the end.
async fn letting_go(db: &Db, space: AgencyId, signal: i64, (cluster, subject): (ClusterId, i64)) -> Outcome {
    assert_eq!(store::search::missing(db, space, 1, 9).await?, [1]);
    let mut tx = db.write(Lane::Bulk).await?;
    store::search::put(&mut tx, vec![(1, vec![-5, 6]), (2, vec![6])]).await?;
    tx.commit().await?;
    assert_eq!(store::search::missing(db, space, 1, 9).await?, Vec::<i64>::new());
    assert_eq!(store::search::with_words(db, space, &[-5, 6], 10).await?, [1], "the second is only held");
    assert_eq!(store::search::with_words(db, space, &[-5, 7], 10).await?, Vec::<i64>::new());
    assert_eq!(store::search::with_values(db, space, "url", &[b"1".to_vec()], 10).await?, [1]);
    assert_eq!(store::search::pictures(db, space).await?.len(), 1);
    let mut tx = db.write(Lane::Bulk).await?;
    tx.run(
        "INSERT INTO source (id, space, name, relevance, hold_days, made_at) VALUES ('s', $1, 's', 'hold', 2, 0)",
        params![space],
    )
    .await?;
    tx.run(
        "INSERT INTO batch (id, space, agency, source, format, made_at, counts)
         SELECT o.batch, o.space, o.space, 's', 'f', 0, '{}' FROM observation o WHERE o.key = 1 ON CONFLICT DO NOTHING",
        params![],
    )
    .await?;
    tx.run("UPDATE batch SET source = 's'", params![]).await?;
    assert_eq!(store::past::unheld(&mut tx, &[1, 2]).await?, Vec::<i64>::new());
    assert_eq!(store::signal::end_matches(&mut tx, signal, now()).await?, [1]);
    assert_eq!(store::past::unheld(&mut tx, &[1, 2]).await?, [1]);
    assert_eq!(store::past::clusters_of(&mut tx, &[1, 2]).await?.len(), 1);
    let lost = store::past::let_go(&mut tx, &[1], now()).await?;
    assert_eq!(lost.get(&cluster).map(Vec::len), Some(1));
    assert_eq!(store::cluster::recount(&mut tx, &[cluster], Queued::Left).await?.len(), 1);
    let stored = store::cluster::get_in(&mut tx, cluster).await?.ok_or("no cluster")?;
    assert_eq!((stored.state, stored.members, stored.matches), (Queued::Left, 0, 0));
    let row =
        tx.one("SELECT relevance, seen_at, expires_at FROM observation WHERE key = 1", params![]).await?;
    assert_eq!(
        (row.text("relevance")?.as_str(), row.time("expires_at")?),
        ("held", row.time("seen_at")? + hours(48))
    );
    let words = tx.one("SELECT COUNT(*) AS n FROM search_word WHERE observation = 1", params![]).await?;
    assert_eq!(words.count("n")?, 0);
    assert!(!store::cluster::leave(&mut tx, cluster, subject).await?);
    drop(tx);
    Ok(())
}

#[tokio::test]
async fn decisions_and_their_guards() -> Outcome {
    on_both(async |db| {
        let space = AgencyId(Uuid::now_v7());
        let mut tx = db.write(Lane::Person).await?;
        store::intake::write(&mut tx, space, (BatchId(Uuid::now_v7()), space), records(&db, space)?, now())
            .await?;
        let (author, second) = (PersonId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let assessment = store::assessment::Assessment {
            id: AssessmentId(Uuid::now_v7()),
            space,
            agency: space,
            cluster: ClusterId(Uuid::now_v7()),
            state: Assessed::Assessed,
            decision: Decision::Refer,
            author,
            author_login: Uuid::now_v7(),
            reader: None,
            approver: None,
            document: 1,
            items: 1,
            version: 1,
            made_at: now(),
        };
        store::assessment::put(&mut tx, &assessment, &[1]).await?;
        store::assessment::update_draft(&mut tx, &assessment, &[1, 2]).await?;
        tx.commit().await?;
        let (id, approved) = (assessment.id, Assessed::Approved);
        for (reader, approver) in [(Some(author), None), (None, Some(author))] {
            let mut tx = db.write(Lane::Person).await?;
            let same = store::assessment::set_state(&mut tx, id, approved, reader, approver, now()).await;
            assert!(same.is_err(), "the database itself keeps author and second person apart");
        }
        let mut tx = db.write(Lane::Person).await?;
        store::assessment::set_state(&mut tx, id, approved, None, Some(second), now()).await?;
        assert!(store::assessment::get_in(&mut tx, id).await?.is_some_and(|a| a.approver == Some(second)));
        tx.commit().await?;
        assert_eq!(store::assessment::items(&db, id).await?, [1, 2]);
        assert_eq!(store::assessment::in_state(&db, space, approved, 10).await?.len(), 1);
        assert_eq!(store::assessment::of_cluster(&db, assessment.cluster, 10).await?.len(), 1);
        let account =
            db.one("SELECT key FROM subject WHERE kind = 'account'", params![]).await?.int("key")?;
        assert_eq!(store::assessment::grounds(&db, account, 10).await?, [id]);
        holds(&db, space).await?;
        referrals(&db, space, &assessment).await
    })
    .await
}

async fn holds(db: &Db, agency: AgencyId) -> Outcome {
    let hold = store::assessment::Hold {
        id: HoldId(Uuid::now_v7()),
        agency,
        answer: HoldAnswer::TalkToMe,
        state: HoldState::Active,
        until: Some(now() + hours(1)),
        placed_by: PersonId(Uuid::now_v7()),
        made_at: now(),
    };
    let mut tx = db.write(Lane::Person).await?;
    store::assessment::put_hold(&mut tx, &hold, [3; 32], None).await?;
    tx.commit().await?;
    assert_eq!(store::assessment::holds_on(db, [3; 32]).await?, [hold.clone()]);
    assert_eq!(store::assessment::holds_of(db, agency, 10).await?, [hold.clone()]);
    assert!(store::assessment::holds_over(db, now()).await?.is_empty());
    assert_eq!(store::assessment::holds_over(db, now() + hours(1)).await?.len(), 1);
    let mut tx = db.write(Lane::Person).await?;
    store::assessment::set_hold_state(&mut tx, hold.id, HoldState::Lifted).await?;
    tx.commit().await?;
    assert!(
        store::assessment::get_hold(db, hold.id).await?.is_some_and(|hold| hold.state == HoldState::Lifted)
    );
    Ok(())
}

async fn referrals(db: &Db, space: AgencyId, of: &store::assessment::Assessment) -> Outcome {
    let by = (of.author, now());
    let mut tx = db.write(Lane::Person).await?;
    let provider =
        store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), space, &entry("Video", HOST), by).await?;
    let referral = |reference: &str| store::referral::Referral {
        id: ReferralId(Uuid::now_v7()),
        space,
        agency: space,
        matter: CaseId(Uuid::now_v7()),
        assessment: of.id,
        provider,
        state: Referred::Approved,
        message: None,
        reference: reference.into(),
        contest: format!("c-{reference}"),
        findings: "[]".into(),
        looked_by: None,
        steps: 0,
        made_at: now(),
        queued_at: None,
        acknowledged_at: None,
    };
    let (first, second) = (referral("R-1"), referral("R-2"));
    store::referral::put(&mut tx, &first, &[1, 2]).await?;
    store::referral::put(&mut tx, &second, &[1]).await?;
    assert!(store::referral::reserve(&mut tx, space, 1, provider, first.id).await?);
    assert!(store::referral::reserve(&mut tx, space, 1, provider, first.id).await?);
    assert!(!store::referral::reserve(&mut tx, space, 1, provider, second.id).await?, "sent once");
    let message = MessageId(Uuid::now_v7());
    assert!(store::referral::set_queued(&mut tx, first.id, message, now()).await?);
    assert!(!store::referral::set_queued(&mut tx, first.id, MessageId(Uuid::now_v7()), now()).await?);
    store::referral::set_findings(&mut tx, first.id, "[1]").await?;
    store::referral::set_looked(&mut tx, first.id, of.author).await?;
    store::referral::set_acknowledged(&mut tx, first.id, now()).await?;
    store::referral::set_check_due(&mut tx, first.id, None, Some(now())).await?;
    store::referral::set_check_due(&mut tx, first.id, Some("i2"), None).await?;
    assert!(store::referral::set_answer(&mut tx, first.id, "i1", Answer::Removed, now()).await?);
    let look = store::referral::NewLook {
        id: CheckId(Uuid::now_v7()),
        space,
        subject: 1,
        referral: Some((first.id, "i1")),
        class: "gone_hard",
        confidence: "high",
        document: 1,
        gone_at: Some(now()),
        next: None,
    };
    store::referral::put_look(&mut tx, &look, now()).await?;
    assert_eq!(store::referral::items_in(&mut tx, first.id).await?.len(), 2);
    assert!(store::referral::of_message_in(&mut tx, message).await?.is_some());
    assert!(store::referral::get_in(&mut tx, first.id).await?.is_some_and(|r| r.state == Referred::Queued));
    tx.commit().await?;
    let mut tx = db.write(Lane::Person).await?;
    assert!(
        store::referral::set_queued(&mut tx, second.id, message, now()).await.is_err(),
        "one id, one referral"
    );
    drop(tx);
    let items = store::referral::items(db, first.id).await?;
    assert_eq!((items[0].answer, items[0].checks, items[0].gone_at), (Some(Answer::Removed), 1, Some(now())));
    assert_eq!(store::referral::of_message(db, message).await?.map(|r| r.id), Some(first.id));
    assert_eq!(store::referral::of_assessment(db, of.id).await?.len(), 2);
    assert_eq!(store::referral::of_contest(db, "c-R-2").await?.map(|r| r.id), Some(second.id));
    assert_eq!(store::referral::of_space(db, space, None, 10).await?.len(), 2);
    assert_eq!(store::referral::of_space(db, space, Some(Referred::Queued), 10).await?.len(), 1);
    assert_eq!(store::referral::counts(db, space).await?.len(), 2);
    assert_eq!(store::referral::reserved(db, space, 1, provider).await?, Some(first.id));
    assert!(store::referral::checks_due(db, now(), 10).await?.is_empty());
    assert_eq!(store::referral::looks(db, 1, 10).await?.len(), 1);
    let ago = now() - hours(24);
    let load = store::referral::LoadOf {
        host: HOST,
        provider,
        person: PersonId(Uuid::nil()),
        week: ago,
        day: ago,
        month: ago,
    };
    let load = store::referral::load(db, &load).await?;
    assert_eq!((load.new_on_host, load.new_to_provider, load.removed, load.receipts), (1, 1, 1, 1));
    let mut tx = db.write(Lane::Person).await?;
    store::referral::release(&mut tx, first.id).await?;
    store::referral::set_state(&mut tx, first.id, Referred::Withdrawn).await?;
    assert!(store::referral::reserve(&mut tx, space, 1, provider, second.id).await?);
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn messages_outbox_inbox_and_links() -> Outcome {
    on_both(async |db| {
        let agency = AgencyId(Uuid::now_v7());
        let message = |id: MessageId, to: Option<MessageId>| store::message::Message {
            id,
            agency,
            out: to.is_none(),
            kind: "referral".into(),
            matter: CaseId(Uuid::nil()),
            in_reply_to: to,
            peer: "peer.example".into(),
            digest: "d".into(),
            document: 1,
            receipt: None,
            receipt_at: None,
            made_at: now(),
        };
        let (sent, reply) = (MessageId(Uuid::now_v7()), MessageId(Uuid::now_v7()));
        let waiting = store::message::Waiting {
            message: sent,
            agency,
            provider: None,
            channel: "rxp".into(),
            lane: 4,
            attempts: 0,
            made_at: now(),
        };
        let mut tx = db.write(Lane::Person).await?;
        store::message::put(&mut tx, &message(sent, None)).await?;
        store::message::put(&mut tx, &message(reply, Some(sent))).await?;
        store::message::enqueue(&mut tx, &waiting, now()).await?;
        store::message::enqueue(&mut tx, &waiting, now()).await?;
        assert!(store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        assert!(!store::message::use_nonce(&mut tx, "k:n", now(), now() + hours(1)).await?);
        store::message::put_mail_link(&mut tx, [5; 32], agency, sent, now() + hours(1)).await?;
        assert!(store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        assert!(!store::message::use_mail_link(&mut tx, [5; 32], 1).await?);
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, Some((agency, sent, 1)));
        let leased = store::message::lease(&db, now(), 10).await?;
        assert_eq!(leased.len(), 1);
        assert!(store::message::lease(&db, now(), 10).await?.is_empty(), "a lease is held");
        assert_eq!(store::message::lease(&db, now() + hours(1), 10).await?.len(), 1, "and expires");
        let mut tx = db.write(Lane::Person).await?;
        store::message::set_outbox(&mut tx, &leased[0], "relayed", now(), "ok").await?;
        assert!(store::message::set_receipt(&mut tx, agency, sent, 2, now()).await?);
        assert!(!store::message::set_receipt(&mut tx, agency, sent, 3, now()).await?);
        store::message::outbox_done(&mut tx, agency, sent).await?;
        store::message::revoke_mail_links(&mut tx, agency, sent, now()).await?;
        assert!(store::message::get_in(&mut tx, agency, sent).await?.is_some_and(|m| m.receipt == Some(2)));
        tx.commit().await?;
        assert_eq!(store::message::mail_link(&db, [5; 32], now()).await?, None);
        assert_eq!(store::message::outbox_counts(&db).await?, [("done".to_owned(), 1)]);
        assert_eq!(store::message::of_matter(&db, agency, CaseId(Uuid::nil())).await?.len(), 2);
        assert_eq!(store::message::replies(&db, agency, sent).await?.len(), 1);
        assert!(store::message::get(&db, agency, reply).await?.is_some_and(|m| !m.out));
        inbox(&db, agency, sent).await?;
        let mut tx = db.write(Lane::Person).await?;
        assert_eq!(store::message::clean(&mut tx, now() + hours(2)).await?, 2);
        tx.commit().await?;
        Ok(())
    })
    .await
}

async fn inbox(db: &Db, agency: AgencyId, message: MessageId) -> Outcome {
    let item = store::message::InboxItem {
        agency,
        message,
        item: "i1".into(),
        matter: CaseId(Uuid::nil()),
        sender: "unit.example".into(),
        state: "open".into(),
        answer: None,
        received_at: now(),
    };
    let mut tx = db.write(Lane::Person).await?;
    store::message::put_inbox(&mut tx, &[item.clone(), item.clone()]).await?;
    tx.commit().await?;
    assert_eq!(store::message::inbox(db, agency, "open", 10).await?, [item.clone()]);
    let mut tx = db.write(Lane::Person).await?;
    store::message::answer_inbox(&mut tx, &item, "removed", false, (None, now())).await?;
    tx.commit().await?;
    assert!(store::message::inbox(db, agency, "open", 10).await?.is_empty());
    let mut tx = db.write(Lane::Person).await?;
    assert_eq!(store::message::withdraw_inbox(&mut tx, agency, message).await?, 1);
    tx.commit().await?;
    assert_eq!(store::message::inbox_of(db, agency, message).await?[0].state, "withdrawn");
    Ok(())
}

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
        assert!(store::job::lease(&db, now() - hours(1), 10).await?.is_empty());
        let leased = store::job::lease(&db, now(), 10).await?;
        assert_eq!(leased.len(), 1, "the same work waits once");
        add(&db).await?;
        let again = store::job::lease(&db, now(), 10).await?;
        assert_eq!(again.len(), 1, "what happens while it runs queues it again");
        store::job::failed(&db, &again[0], "no", now()).await?;
        let mut tx = db.write(Lane::Bulk).await?;
        store::job::done(&mut tx, leased[0].id).await?;
        tx.commit().await?;
        for _ in 1..store::job::ATTEMPTS_MAX {
            let leased = store::job::lease(&db, now(), 10).await?;
            store::job::failed(&db, &leased[0], "no", now()).await?;
        }
        assert_eq!(store::job::counts(&db).await?, (0, 1));
        assert!(store::job::lease(&db, now(), 10).await?.is_empty());
        Ok(())
    })
    .await
}
