//! Log and erasure: every change has its leaf, erasing leaves the tree whole (LAW-114, LAW-115); recipients follow a
//! withdrawal until the last of them said so (LAW-93, LAW-170).

use super::in_both;
use crate::face::Fail;
use crate::house::{self, Built, Desk, Outcome, intake, lived_in, queue, sound, work};
use domain::access::{Actor, Authorised, Role};
use domain::evidence::Retention;
use domain::hold::HoldAnswer;
use domain::id::MessageId;
use domain::referral::{State, WithdrawalReason};
use std::collections::BTreeMap;
use store::table::Table;
use store::{Lane, params};
use uuid::Uuid;

#[tokio::test]
async fn crypto_erasure() -> Outcome {
    in_both(erase_and_verify).await
}

async fn erase_and_verify(built: &Built) -> Outcome {
    lived_in(built).await?;
    let house = &built.house;
    let clear = "The lamp number 1 stands beside the green table in the long room";
    let rows = house.db.rows("SELECT key FROM document ORDER BY key", params![]).await?;
    let keys: Vec<i64> = rows.iter().map(|row| row.int("key")).collect::<Result<_, _>>()?;
    let mut found = false;
    for key in &keys {
        let text = store::crypt::get(&house.db, *key).await?.ok_or("it was erased before")?;
        found |= String::from_utf8_lossy(&text).contains(clear);
    }
    assert!(found, "the text was there");
    let before = leaves(built).await?;
    let mut tx = house.db.write(Lane::Person).await?;
    for key in &keys {
        store::crypt::erase(&mut tx, *key, "test", house.clock.now()).await?;
    }
    tx.commit().await?;
    house.db.fold_log().await?;
    // The values are gone for good: no key, no body, not in the files either.
    for key in &keys {
        assert_eq!(store::crypt::get(&house.db, *key).await?, None);
    }
    let left = house.db.one("SELECT COUNT(*) AS n FROM record_key", params![]).await?.int("n")?;
    assert_eq!(left, 0);
    // The tree is the same, leaf by leaf, and an independent verifier agrees.
    assert_eq!(leaves(built).await?, before);
    app::publish::all(house).await?;
    for desk in [&built.one, &built.two] {
        let vkey = app::publish::vkey(house, desk.id()).await?;
        let report = verify::dir(&app::publish::folder(house, desk.id()), vkey.trim());
        assert!(report.is_ok(), "{:?}", report.err().map(|problem| problem.to_string()));
    }
    sound(house).await;
    Ok(())
}

async fn leaves(built: &Built) -> Result<Vec<Vec<u8>>, Fail> {
    let rows = built.house.db.rows("SELECT hash FROM event ORDER BY agency, leaf", params![]).await?;
    Ok(rows.iter().map(|row| row.bytes("hash")).collect::<Result<_, _>>()?)
}

/// Tables whose rows are the state of something that people decide about: a change in one of them is a change of state.
const STATES: [&str; 11] = [
    "person_role",
    "batch",
    "bank",
    "assessment",
    "hold",
    "provider",
    "protected_host",
    "proposal",
    "operation",
    "referral",
    "contest",
];

/// How many leaves there are, and what the states are.
async fn seen(built: &Built) -> Result<(i64, BTreeMap<&'static str, Vec<String>>), Fail> {
    let size = built.house.db.one("SELECT COUNT(*) AS n FROM event", params![]).await?.int("n")?;
    let mut states = BTreeMap::new();
    let mut snapshot = built.house.db.snapshot().await?;
    for table in store::table::ALL.iter().filter(|table| STATES.contains(&table.name)) {
        let mut lines = Vec::new();
        let table: Table = *table;
        store::table::read(&mut snapshot, table, &mut |row| {
            lines.push(serde_json::Value::Object(row).to_string());
            Ok(())
        })
        .await?;
        states.insert(table.name, lines);
    }
    Ok((size, states))
}

/// Watches acts: a state that changed has a new leaf; an act that was refused changed nothing and has none.
struct Watch {
    before: (i64, BTreeMap<&'static str, Vec<String>>),
    changed: Vec<&'static str>,
}

impl Watch {
    async fn begin(built: &Built) -> Result<Self, Fail> {
        Ok(Self { before: seen(built).await?, changed: Vec::new() })
    }

    /// Something was done: it changed states, and there are leaves for it.
    async fn did(&mut self, built: &Built, what: &str) -> Outcome {
        let after = seen(built).await?;
        let changed: Vec<&str> = after
            .1
            .iter()
            .filter(|(table, lines)| self.before.1.get(*table) != Some(*lines))
            .map(|(table, _)| *table)
            .collect();
        assert!(!changed.is_empty(), "{what} changed nothing");
        assert!(after.0 > self.before.0, "{what} changed {changed:?} without a leaf");
        self.changed.extend(changed);
        self.before = after;
        sound(&built.house).await;
        Ok(())
    }

    /// Something was refused: nothing changed, and the ledger says nothing.
    async fn refused(&self, built: &Built, what: &str) -> Outcome {
        assert!(seen(built).await? == self.before, "{what} was refused and left something");
        Ok(())
    }
}

#[tokio::test]
async fn leaf_per_change() -> Outcome {
    in_both(every_change_has_its_leaf).await
}

async fn every_change_has_its_leaf(built: &Built) -> Outcome {
    let Built { house, one, two, .. } = built;
    named(built, &[house::HOST]).await?;
    let mut watch = Watch::begin(built).await?;
    intake(house, one, 0..3).await?;
    watch.did(built, "an intake").await?;
    work(house).await?;
    let clusters = queue(&house.db, one).await?;
    let id = house::assess(house, one, clusters[0].id).await?;
    watch.did(built, "an assessment").await?;
    let stored = store::assessment::get(&house.db, id).await?.ok_or("gone")?;
    let approver = Authorised::check(&one.approver, stored.space, stored.clone())?;
    assert!(app::approve::run(house, &approver, 99).await.is_err());
    watch.refused(built, "an approval of another version").await?;
    app::assess::return_it(house, &approver, stored.version, "Say more about the place.").await?;
    watch.did(built, "a return").await?;
    house::read_again(house, one, clusters[1].id).await?;
    watch.did(built, "a second reading").await?;
    let sent = house::send(house, one, clusters[2].id).await?.pop().ok_or("not sent")?;
    watch.did(built, "an approval, a look and a send").await?;
    held_and_kept(built, &mut watch).await?;
    given_and_taken(built, &mut watch).await?;
    app::contest::by_reference(house, &sent.contest, "This was a report of a newsroom.").await?;
    watch.did(built, "a contest").await?;
    let own = Authorised::check(&one.analyst, sent.space, sent.clone())?;
    app::withdraw::run(house, &own, WithdrawalReason::WrongItem, "It was the wrong item.").await?;
    watch.did(built, "a withdrawal").await?;
    assert!(
        app::withdraw::run(house, &own, WithdrawalReason::WrongItem, "It was the wrong item.").await.is_err()
    );
    watch.refused(built, "a second withdrawal").await?;
    assert!(Authorised::<_, domain::access::right::Withdraw>::check(&two.analyst, sent.space, sent).is_err());
    for table in STATES {
        assert!(
            watch.changed.contains(&table),
            "no act changed \"{table}\": the list or the test is too short"
        );
    }
    dropped(built, one).await
}

/// A write that is dropped after its event and its change leaves neither.
async fn dropped(built: &Built, desk: &Desk) -> Outcome {
    let before = seen(built).await?;
    let mut act = app::Act::of(&built.house, &desk.coordinator, desk.id()).await?;
    store::person::set_role(&mut act.tx, desk.analyst.person, Role::Approver, true).await?;
    act.append(
        domain::event::Noun::Person,
        desk.analyst.person.0,
        "role_given",
        serde_json::json!({ "role": "approver" }),
    )
    .await?;
    drop(act);
    assert!(seen(built).await? == before);
    Ok(())
}

/// Holds, the provider book, protected hosts, banks, operations.
async fn held_and_kept(built: &Built, watch: &mut Watch) -> Outcome {
    let Built { house, one, .. } = built;
    let seen = store::observation::get(&house.db, 1).await?.ok_or("gone")?;
    let subject = store::subject::by_id(&house.db, seen.subject_id).await?.ok_or("gone")?;
    let subject = Authorised::check(&one.coordinator, subject.space, subject)?;
    let hold =
        app::deconflict::place(house, &subject, HoldAnswer::TalkToMe, 4, "Speak with us first.").await?;
    watch.did(built, "a hold").await?;
    app::deconflict::lift(house, &app::load::hold(house, &one.coordinator, hold).await?).await?;
    watch.did(built, "a lifted hold").await?;
    let new = house::entry("Other Service", "other.example");
    app::book::put_provider(
        house,
        &Authorised::check(&one.coordinator, one.id(), one.id())?,
        new,
        Some("Called them"),
    )
    .await?;
    watch.did(built, "an entry of the book").await?;
    app::book::protect(
        house,
        &Authorised::check(&one.coordinator, one.id(), one.id())?,
        "shelf.example",
        domain::preflight::Protected::Library,
    )
    .await?;
    watch.did(built, "a protected host").await?;
    let bank = serde_json::from_value(serde_json::json!({
        "name": "bank", "opinion": "positive", "origin": "one.example", "legal_basis": "law", "distance": 31,
        "review_at": house.clock.now() + jiff::SignedDuration::from_hours(24),
    }))?;
    app::signals::make_bank(house, &Authorised::check(&one.coordinator, one.id(), one.id())?, bank).await?;
    watch.did(built, "a bank").await?;
    let now = house.clock.now();
    let operation = app::operation::NewOperation {
        name: "Day".into(),
        starts_at: now,
        ends_at: now + jiff::SignedDuration::from_hours(24),
        agencies: vec!["Unit Two".into()],
        arrangement: "Purposes, tasks of each agency, and the contact point for data subjects.".into(),
    };
    app::operation::begin(house, &Authorised::check(&one.coordinator, one.id(), one.id())?, operation)
        .await?;
    watch.did(built, "an operation").await
}

/// Roles, and what waits for a second person.
async fn given_and_taken(built: &Built, watch: &mut Watch) -> Outcome {
    let Built { house, one, .. } = built;
    let admin = Actor { roles: vec![Role::Administrator], ..one.coordinator.clone() };
    let of = one.analyst.person;
    app::people::set_role(house, &admin, of, Role::Coordinator, true).await?;
    watch.did(built, "a role").await?;
    app::people::set_role(house, &admin, of, Role::Auditor, true).await?;
    watch.did(built, "a proposal").await?;
    assert!(app::people::set_role(house, &admin, admin.person, Role::Analyst, true).await.is_err());
    watch.refused(built, "one's own role").await?;
    app::people::set_role(house, &admin, of, Role::Coordinator, false).await?;
    watch.did(built, "a role taken").await
}

/// Organisations in the first desk's book, each under its own name.
async fn named(built: &Built, orgs: &[&str]) -> Outcome {
    let by = (built.one.coordinator.person, built.house.clock.now());
    let mut tx = built.house.db.write(Lane::Bulk).await?;
    for org in orgs {
        let name = if *org == house::HOST { "Video Service" } else { org };
        let mut entry = house::entry(name, org);
        entry.org = (*org).to_owned();
        let id = domain::id::ProviderId(Uuid::now_v7());
        store::provider::put(&mut tx, id, built.one.id(), &entry, by).await?;
    }
    Ok(tx.commit().await?)
}

/// A receipt by the page of a mail link, for a message that we sent.
async fn receipt(built: &Built, message: MessageId) -> Outcome {
    use sha2::Digest as _;
    let house = &built.house;
    let token = Uuid::now_v7().to_string();
    let hash = sha2::Sha256::digest(token.as_bytes()).into();
    let until = house.clock.now() + jiff::SignedDuration::from_hours(1);
    let mut tx = house.db.write(Lane::Bulk).await?;
    store::message::put_mail_link(&mut tx, hash, built.one.id(), message, until).await?;
    tx.commit().await?;
    app::receive::confirmed_by_link(house, &token).await?;
    Ok(())
}

#[tokio::test]
async fn retraction_all_ack() -> Outcome {
    in_both(open_until_all_acknowledged).await
}

async fn open_until_all_acknowledged(built: &Built) -> Outcome {
    let Built { house, one, .. } = built;
    named(built, &[house::HOST]).await?;
    intake(house, one, 0..1).await?;
    work(house).await?;
    let cluster = queue(&house.db, one).await?[0].id;
    let sent = house::send(house, one, cluster).await?.pop().ok_or("not sent")?;
    let first = sent.message.ok_or("not sent")?;
    receipt(built, first).await?;
    named(built, &["second.example", "third.example"]).await?;
    // Two more organisations hold the case: what was sent about it is read from the messages.
    let copy = store::message::get(&house.db, one.id(), first).await?.ok_or("gone")?;
    for peer in ["second.example", "third.example"] {
        let mut tx = house.db.write(Lane::Bulk).await?;
        let document =
            store::crypt::put(&mut tx, one.id(), Retention::Referral, b"a copy", house.clock.now()).await?;
        let digest = exchange::canonical::digest(b"a copy").to_string();
        let id = MessageId(Uuid::now_v7());
        let copy = store::message::Message {
            id,
            peer: peer.into(),
            document: document.key,
            digest,
            receipt: None,
            receipt_at: None,
            ..copy.clone()
        };
        store::message::put(&mut tx, &copy).await?;
        tx.commit().await?;
    }
    let open = async || -> Result<Vec<String>, Fail> {
        let told = app::withdraw::told(house, sent.id).await?;
        Ok(told.into_iter().filter(|told| told.acknowledged_at.is_none()).map(|told| told.org).collect())
    };
    let stored = store::referral::get(&house.db, sent.id).await?.ok_or("gone")?;
    let own = Authorised::check(&one.analyst, stored.space, stored)?;
    let told =
        app::withdraw::run(house, &own, WithdrawalReason::WrongAssessment, "It was our mistake.").await?;
    assert_eq!(told.len(), 3, "one act reaches everyone: {told:?}");
    let withdrawals: Vec<_> = store::message::of_matter(&house.db, one.id(), sent.matter)
        .await?
        .into_iter()
        .filter(|message| message.kind == "withdrawal")
        .collect();
    let state =
        async || store::referral::get(&house.db, sent.id).await.map(|stored| stored.map(|one| one.state));
    let mut left = open().await?;
    for withdrawal in &withdrawals {
        assert_eq!(state().await?, Some(State::Withdrawn), "open while {left:?} have not acknowledged");
        assert!(left.contains(&withdrawal.peer));
        receipt(built, withdrawal.id).await?;
        left.retain(|org| *org != withdrawal.peer);
        assert_eq!(open().await?, left);
    }
    assert!(left.is_empty());
    assert_eq!(state().await?, Some(State::Closed));
    Ok(())
}
