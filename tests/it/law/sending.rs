//! Nothing is sent by a machine or by one person (LAW-151): the path itself, and the table from event to job.

use super::absent::set;
use crate::face::Fail;
use crate::house::{self, Built, intake, queue, work};
use domain::bank::{Opinion, SignalKind};
use domain::event::{Event, Noun};
use domain::id::{AgencyId, BankId, EventId, PersonId, SignalId};
use domain::referral::State;
use jiff::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Lane, params};
use uuid::Uuid;

type Outcome = Result<(), Fail>;

/// A bank with one address that is known to be positive.
async fn bank(built: &Built, number: usize) -> Outcome {
    let (house, space, now) = (&built.house, built.one.id(), built.house.clock.now());
    let bank = store::signal::Bank {
        id: BankId(Uuid::now_v7()),
        space,
        name: "addresses".to_owned(),
        opinion: Opinion::Positive,
        origin: "test".to_owned(),
        legal_basis: "test".to_owned(),
        distance: 31,
        review_at: now,
        sharing: domain::bank::Sharing::Red,
        class: domain::bank::ListClass::Ordinary,
    };
    let key = format!("//{}/watch/{number}", house::HOST);
    let value = house.db.keys.digest(space, "url", key.as_bytes())?.to_vec();
    let signal = store::signal::NewSignal {
        id: SignalId(Uuid::now_v7()),
        kind: SignalKind::Url,
        value,
        document: None,
    };
    let mut tx = house.db.write(Lane::Bulk).await?;
    store::signal::put_bank(&mut tx, &bank, now).await?;
    store::signal::put(&mut tx, bank.id, vec![signal]).await?;
    Ok(tx.commit().await?)
}

async fn count(built: &Built, table: &str) -> Result<i64, Fail> {
    let rows = built.house.db.rows_of(format!("SELECT COUNT(*) AS n FROM {table}"), params![]).await?;
    Ok(rows.first().ok_or("no count")?.int("n")?)
}

#[tokio::test]
async fn no_auto_send() -> Outcome {
    only_people_start_a_send();
    super::in_both(nothing_without_two_people).await
}

async fn nothing_without_two_people(built: &Built) -> Outcome {
    let Built { house, one, .. } = built;
    bank(built, 1).await?;
    intake(house, one, 0..3).await?;
    work(house).await?;
    app::sweep::run(house).await?;
    app::deliver::due(house).await?;
    // Known content was matched, and the machine has come to its end: it waits for people.
    assert_eq!(count(built, "match").await?, 1);
    for table in ["assessment", "referral", "message", "outbox"] {
        assert_eq!(count(built, table).await?, 0, "the machine made a row of \"{table}\"");
    }
    // One person is not enough.
    let cluster = queue(&house.db, one).await?[0].id;
    let assessment = house::assess(house, one, cluster).await?;
    work(house).await?;
    for table in ["referral", "message", "outbox"] {
        assert_eq!(count(built, table).await?, 0, "one person made a row of \"{table}\"");
    }
    // Two are, and both are named in the ledger; each message answers to them.
    let referral = house::approve(house, one, assessment).await?[0];
    let sent = house::preflight(house, one, referral).await?;
    assert_eq!(sent.state, State::Queued, "{}", sent.findings);
    let rows = house.db.rows("SELECT entry FROM event ORDER BY leaf", params![]).await?;
    let mut people: BTreeMap<String, Option<PersonId>> = BTreeMap::new();
    for row in &rows {
        let event: Event = row.json("entry")?;
        people.insert(format!("{} {}", event.noun.word(), event.what), event.actor);
    }
    let (author, approver) = (people["assessment saved_to_refer"], people["assessment approved"]);
    assert_eq!((author, approver), (Some(one.analyst.person), Some(one.approver.person)));
    Ok(())
}

/// The table from event to job: a referral is sent after its approval, after a look, or when what held it ended. Each of
/// them is a fact about a referral that two people decided already.
fn only_people_start_a_send() {
    let starts = set(
        "referral/approve referral/looked hold/lifted hold/expired provider/confirmed provider/load_confirmed",
    );
    let mut found = BTreeSet::new();
    let nouns = [
        Noun::Agency,
        Noun::Person,
        Noun::Batch,
        Noun::Bank,
        Noun::Signal,
        Noun::Cluster,
        Noun::Assessment,
        Noun::Hold,
        Noun::Referral,
        Noun::Message,
        Noun::Provider,
        Noun::Operation,
        Noun::Check,
        Noun::Export,
        Noun::Contest,
        Noun::Erasure,
    ];
    let mut words: BTreeSet<String> =
        starts.iter().filter_map(|pair| Some(pair.split_once('/')?.1.to_owned())).collect();
    words.extend(domain::referral::Event::ALL.iter().map(|event| event.word().to_owned()));
    words.extend(domain::assessment::Event::ALL.iter().map(|event| event.word().to_owned()));
    words.extend(domain::bank::SignalEvent::ALL.iter().map(|event| event.word().to_owned()));
    words.extend(domain::hold::HoldEvent::ALL.iter().map(|event| event.word().to_owned()));
    words.extend(set(
        "observed interrupted joined reappeared matched imported sealed looked changed forgotten received",
    ));
    for noun in nouns {
        for what in &words {
            let event = Event {
                id: EventId(Uuid::nil()),
                agency: AgencyId(Uuid::nil()),
                space: AgencyId(Uuid::nil()),
                at: Timestamp::UNIX_EPOCH,
                actor: None,
                noun,
                of: Uuid::nil(),
                what: what.clone(),
                facts: json!({ "referrals": [Uuid::nil().to_string()] })
                    .as_object()
                    .cloned()
                    .unwrap_or_default(),
            };
            if app::flow::after(&event).iter().any(|job| job.word() == "refer") {
                found.insert(format!("{}/{what}", noun.word()));
            }
        }
    }
    assert_eq!(found, starts);
}
