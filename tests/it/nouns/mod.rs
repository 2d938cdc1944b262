//! The store's conformance suite, the nouns: every module's functions, on SQLite and on PostgreSQL, with the same answers.

#![expect(clippy::cloned_ref_to_slice_refs, reason = "a list of one reads best as a list")]

mod decided;
mod messages;

use crate::database::on_both;
use crate::house::{HOST, Outcome, entry, put_agency, put_person};
use crate::store::{hours, now};
use domain::access::Role;
use domain::assessment::Urgency;
use domain::bank::{Opinion, SignalKind, SignalState};
use domain::cluster::{Evidence, Lease, Queued};
use domain::event::Noun;
use domain::id::*;
use domain::preflight::Protected;
use domain::subject::{EdgeKind, SubjectKind};
use serde_json::json;
use std::collections::HashMap;
use store::intake::{NewObservation, NewSubject, Relevance};
use store::{Db, Lane, params};
use uuid::Uuid;

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
    let window = (now(), now() + hours(1));
    let of_one = store::person::reads(db, agency.id, window, Some(Uuid::nil())).await?;
    assert_eq!(
        of_one.iter().map(|read| (read.person, read.reason.as_str())).collect::<Vec<_>>(),
        [(person, "daily work")]
    );
    assert_eq!(store::person::reads(db, agency.id, window, None).await?, of_one);
    assert!(store::person::reads(db, agency.id, window, Some(person.0)).await?.is_empty());
    assert!(
        store::person::reads(db, agency.id, (now() - hours(1), now()), None).await?.is_empty(),
        "the end is outside"
    );
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
        let first = store::observation::get(&db, 1).await?.ok_or("no observation")?;
        assert_eq!(store::observation::of_subject(&db, first.subject, 10).await?.len(), 2);
        let item = store::subject::by_id(&db, first.subject_id).await?.ok_or("no subject")?;
        assert_eq!(item.address.as_deref(), Some("https://video.example/1"));
        let digest = db.keys.digest(space, SubjectKind::Item.word(), b"1")?;
        assert!(store::subject::by_digest(&db, space, digest).await?.is_some());
        let near = store::subject::neighbours(&db, first.subject, 10).await?;
        assert!(near.len() == 1 && near[0].1.address.as_deref() == Some("video.example/anna"));
        let mut tx = db.write(Lane::Bulk).await?;
        store::observation::add_seen(&mut tx, vec![("sha256", vec![1; 32], 1, 0)]).await?;
        tx.run("UPDATE observation SET relevance = 'matched', expires_at = NULL WHERE key = 2", params![])
            .await?;
        store::intake::close_batch(&mut tx, batch, "{}", now()).await?;
        tx.commit().await?;
        assert_eq!(store::intake::batches(&db, space, 5).await?.len(), 1);
        forgetting(&db, space, first.subject).await
    })
    .await
}

async fn forgetting(db: &Db, space: AgencyId, item: i64) -> Outcome {
    let over = store::observation::expired(db, now() + hours(2), i64::MIN, 10).await?;
    assert_eq!(over.iter().map(|one| one.key).collect::<Vec<_>>(), [1, 3]);
    let mut tx = db.write(Lane::Bulk).await?;
    for one in &over {
        store::observation::forget(&mut tx, one, now()).await?;
    }
    tx.commit().await?;
    // The address stood in the first record; the second one, which is kept, says it too.
    let known = store::subject::by_key(db, item).await?.ok_or("no subject")?;
    assert_eq!(known.address.as_deref(), Some("https://video.example/1"));
    assert_eq!(store::past::alive(db, space, 0, 100).await?, [2]);
    assert!(store::observation::get(db, 3).await?.is_some_and(|seen| seen.record.is_none()));
    let mut tx = db.write(Lane::Bulk).await?;
    tx.run("UPDATE observation SET relevance = 'held', expires_at = 0 WHERE key = 2", params![]).await?;
    tx.commit().await?;
    let over = store::observation::expired(db, now(), i64::MIN, 10).await?;
    let mut tx = db.write(Lane::Bulk).await?;
    store::observation::forget(&mut tx, &over[0], now()).await?;
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
    let known = store::subject::by_key(db, item).await?.ok_or("no subject")?;
    assert_eq!(known.address.as_deref(), Some("https://video.example/1"));
    assert!(store::subject::neighbours(db, item, 10).await?[0].1.address.is_some());
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
            sharing: domain::bank::Sharing::Red,
            class: domain::bank::ListClass::Ordinary,
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
        let live: Vec<_> = store::signal::live(&db, space, None, SignalKind::Url)
            .await?
            .into_iter()
            .map(|(signal, _)| signal)
            .collect();
        let newest_first: Vec<_> = live.iter().rev().cloned().collect();
        assert_eq!(store::signal::of_bank(&db, bank.id, 10).await?, newest_first);
        assert_eq!(store::matches::exact(&db, space, 1, 3).await?.len(), 3);
        assert_eq!(store::past::pairs(&db, space, bank.id, 10).await?.len(), 3);
        assert_eq!(store::observation::seen_of(&db, "pdq", 1, 3).await?.len(), 3);
        pictures(&db, &bank).await?;
        clusters(&db, space, live[0].key, live[0].id).await
    })
    .await
}

/// A listed picture and a cut of it have numbers of one series, and are withdrawn together.
async fn pictures(db: &Db, bank: &store::signal::Bank) -> Outcome {
    let (id, whole, cut) = (SignalId(Uuid::now_v7()), vec![3; 32], vec![5; 32]);
    let new = store::signal::NewSignal { id, kind: SignalKind::Pdq, value: whole.clone(), document: None };
    let cuts = HashMap::from([
        (whole.clone(), vec![("crop-25".to_owned(), cut.clone())]),
        (vec![9; 32], vec![("crop-25".to_owned(), vec![9; 32])]),
    ]);
    let before = store::picture::newest(db).await?.map_or(0, |newest| newest.0);
    let mut tx = db.write(Lane::Bulk).await?;
    store::signal::put(&mut tx, bank.id, vec![new]).await?;
    assert_eq!(store::picture::put_cuts(&mut tx, bank.id, &cuts).await?, 1);
    assert_eq!(store::picture::put_cuts(&mut tx, bank.id, &cuts).await?, 0, "it has some");
    tx.commit().await?;
    let Some((last, of)) = store::picture::newest(db).await? else { return Err("no number".into()) };
    assert_eq!((of, store::picture::id_of(db, last).await?), (id, Some(id)));
    let listed = store::picture::listed(db, bank.space, (before, last), 9).await?;
    assert_eq!(listed, [(last - 1, whole.clone()), (last, cut.clone())]);
    assert_eq!(store::picture::listed(db, bank.space, (before, last), 1).await?, listed[..1]);
    let of_signal = store::picture::cuts(db, &[last - 1]).await?;
    assert_eq!(of_signal, HashMap::from([(last - 1, vec![("crop-25".to_owned(), cut.clone())])]));
    let live = async |of| store::picture::live(db, (bank.space, of), &[last - 1, last]).await;
    let found = live(Some(bank.id)).await?;
    assert_eq!(found, live(None).await?);
    let (one, other) = (&found[&(last - 1)], &found[&last]);
    assert_eq!((one.signal, &one.cut, &one.value, one.limit), (last - 1, &None, &whole, 31));
    assert_eq!((other.signal, other.cut.as_deref(), &other.value), (last - 1, Some("crop-25"), &cut));
    let mut tx = db.write(Lane::Bulk).await?;
    store::signal::set_state(&mut tx, id, SignalState::Withdrawn, None).await?;
    tx.commit().await?;
    assert!(live(None).await?.is_empty());
    Ok(())
}

async fn clusters(db: &Db, space: AgencyId, signal: i64, signal_id: SignalId) -> Outcome {
    let tied = store::cluster::generation(db, space).await?;
    let [a, b] = [ClusterId(Uuid::now_v7()), ClusterId(Uuid::now_v7())];
    let mut tx = db.write(Lane::Bulk).await?;
    let begun = |id| store::board::Begun {
        id,
        space,
        language: "en".into(),
        kind: "post".into(),
        service: HOST.into(),
        first_seen: now(),
        state: Queued::Open,
        urgency: Urgency::Normal,
        members: 0,
        matches: 0,
    };
    store::board::put(&mut tx, vec![begun(a), begun(b)]).await?;
    let pdq = ("pdq", vec![9; 32]);
    let of_pdq = async |tx: &mut store::Tx| -> Result<Option<ClusterId>, store::Error> {
        let found = store::board::of_keys(tx, space, &[("pdq", vec![9; 32]), ("text", vec![1])]).await?;
        Ok(found.into_values().next())
    };
    store::board::tie(&mut tx, space, vec![(pdq.0, pdq.1.clone(), a)]).await?;
    store::cluster::tie(&mut tx, space, "pdq", &[9; 32], b).await?;
    assert_eq!(of_pdq(&mut tx).await?, Some(a), "tied already");
    let subject = tx.one("SELECT subject FROM observation WHERE key = 1", params![]).await?.int("subject")?;
    let why = (Evidence::First, 0);
    let how = String::new();
    let member = store::board::NewMember { cluster: a, subject, observation: 1, why, how, reappeared: false };
    store::board::join(&mut tx, vec![member.clone()], now()).await?;
    store::board::join(&mut tx, vec![member], now()).await?;
    assert_eq!(store::board::memberships(&mut tx, &[subject, 999]).await?, [(a, subject)].into());
    store::board::settle(&mut tx, &[(1, "matched", a)]).await?;
    let variant = "original".to_owned();
    let found = store::matches::NewMatch { observation: 1, signal, distance: 0, variant, part: None };
    assert_eq!(store::matches::put(&mut tx, &[found.clone()], 9, now()).await?.new_of(1), 1);
    assert_eq!(store::matches::put(&mut tx, &[found], 9, now()).await?.counted, []);
    assert_eq!(store::matches::opinions(&mut tx, &[1, 2]).await?[&1], [Opinion::Positive]);
    store::cluster::refresh(&mut tx, a, Queued::Open, Urgency::Normal, false).await?;
    store::board::refresh(&mut tx, &[(a, Queued::Open, Urgency::Spreading, false)]).await?;
    let stands = store::board::standing(&mut tx, &[a, b]).await?;
    let stands: Vec<_> = stands.iter().map(|one| (one.id == a, one.urgency, one.content)).collect();
    assert_eq!(stands.len(), 2);
    assert!(
        stands.contains(&(true, Urgency::Spreading, true))
            && stands.contains(&(false, Urgency::Normal, false))
    );
    let lease = Lease { person: PersonId(Uuid::now_v7()), until: now() };
    store::cluster::set_lease(&mut tx, a, Some(lease)).await?;
    store::cluster::set_finding(&mut tx, a, 1, AssessmentId(Uuid::now_v7())).await?;
    tx.commit().await?;
    let stored = store::cluster::get(db, a).await?.ok_or("no cluster")?;
    assert_eq!((stored.members, stored.matches, stored.lease), (1, 1, Some(lease)));
    assert_eq!(store::cluster::queue(db, &[space], Queued::Open, 10).await?.len(), 2);
    assert_eq!(store::cluster::totals(db, space).await?, (2, 1));
    let count = async |spaces: &[AgencyId], state| store::cluster::count(db, spaces, state).await;
    assert_eq!(count(&[space], Queued::Open).await?, 2);
    assert_eq!(count(&[space], Queued::Deferred).await?, 0);
    assert_eq!(count(&[], Queued::Open).await?, 0, "of no space nothing is counted");
    assert_eq!(store::cluster::queue(db, &[], Queued::Open, 10).await?, []);
    assert_eq!(store::cluster::representatives(db, space).await?, [vec![9; 32]]);
    assert_ne!(store::cluster::generation(db, space).await?, tied);
    assert_eq!(store::cluster::of_subject(db, subject).await?, Some(a));
    assert_eq!(store::cluster::members(db, a, 10).await?.len(), 1);
    assert_eq!(store::matches::of_cluster(db, a, 10).await?.len(), 1);
    let mut tx = db.write(Lane::Bulk).await?;
    assert_eq!(store::matches::end(&mut tx, signal, now()).await?, [1]);
    store::signal::set_state(&mut tx, signal_id, SignalState::Withdrawn, None).await?;
    store::cluster::merge(&mut tx, a, b).await?;
    store::cluster::set_state(&mut tx, b, Queued::Deferred).await?;
    assert_eq!(of_pdq(&mut tx).await?, Some(b));
    assert!(store::cluster::leave(&mut tx, b, subject).await?);
    tx.commit().await?;
    assert!(store::picture::live(db, (space, None), &[signal]).await?.is_empty());
    assert!(
        store::signal::get(db, signal_id).await?.is_some_and(|signal| signal.state == SignalState::Withdrawn)
    );
    Ok(())
}
