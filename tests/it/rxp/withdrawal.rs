//! Is a wrong message put right everywhere? (RXP-06, RXP-120, RXP-122, RXP-123, RXP-125, RXP-126)

use super::gate::{Gate, Way};
use super::pair::{Fail, Pair, endpoint, on_both, provider, told};
use crate::house::{self, HOST, Outcome};
use domain::id::{AgencyId, MessageId};
use domain::provider::Channel;
use domain::referral::{Answer, State};
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::Lane;
use store::message::Message;
use store::outbox::Waiting;
use store::referral::Referral;

/// The second receiver of a case.
const OTHER: &str = "other.example";

/// A second provider behind a gate of its own, in both books.
struct Other {
    agency: AgencyId,
    gate: Gate,
}

impl Other {
    async fn new(pair: &Pair) -> Result<Self, Fail> {
        let (agency, clerk, keeper) = provider(&pair.host.house, OTHER).await?;
        let gate = Gate::before(pair.host.served.addr).await?;
        let mut entry = house::entry("Other Service", OTHER);
        entry.channel = Channel::Rxp;
        entry.org = OTHER.to_owned();
        entry.endpoint = Some(endpoint(HOST));
        entry.pinned = vec![gate.addr];
        entry.jwks = Some(serde_json::to_value(app::identity::own_jwks(&pair.host.house, agency).await?)?);
        pair.enter(entry).await?;
        let mut entry = house::entry("Unit One", pair.unit.org);
        entry.hosts = Vec::new();
        entry.channel = Channel::Rxp;
        entry.org = pair.unit.org.to_owned();
        entry.endpoint = Some(endpoint(pair.unit.org));
        entry.pinned = vec![pair.unit.served.addr];
        entry.jwks = Some(pair.unit.jwks().await?);
        let space = domain::access::Authorised::check(&keeper, agency, agency)?;
        let house = &pair.host.house;
        let entered =
            app::book::put_provider(house, &space, entry, Some("Read out on the telephone")).await?;
        let second = domain::access::Actor { roles: vec![domain::access::Role::Coordinator], ..clerk };
        let waits = entered.waits.ok_or("a pinned address waits for a second person")?;
        app::book::decide_contact(house, &second, waits, domain::proposal::Event::Confirm).await?;
        Ok(Self { agency, gate })
    }
}

/// Sends what was referred to a second receiver too: one more message in the same case (RXP-04).
async fn also_to(pair: &Pair, referral: &Referral) -> Result<MessageId, Fail> {
    let first = referral.message.ok_or("not sent")?;
    let body = serde_json::from_str::<Value>(&pair.unit.document(first).await?)?["body"].clone();
    let (id, signed) = pair.unit.sign(OTHER, &told("referral", referral.matter, None, body)).await?;
    let to = store::provider::of_org(&pair.unit.house.db, OTHER).await?.first().ok_or("no entry")?.id;
    let mut act = app::Act::of_machine(&pair.unit.house, pair.unit.agency, pair.unit.agency).await?;
    let now = act.now;
    let retention = domain::evidence::Retention::Referral;
    let document =
        store::crypt::put(&mut act.tx, pair.unit.agency, retention, signed.document.as_bytes(), now).await?;
    let known = pair.unit.message(first).await?.ok_or("gone")?;
    let message = Message {
        id,
        peer: OTHER.to_owned(),
        digest: signed.digest.to_string(),
        document: document.key,
        receipt: None,
        receipt_at: None,
        made_at: now,
        ..known
    };
    store::message::put(&mut act.tx, &message).await?;
    let waiting = Waiting {
        message: id,
        agency: pair.unit.agency,
        provider: Some(to),
        channel: "rxp".to_owned(),
        lane: 4,
        attempts: 0,
        made_at: now,
    };
    store::outbox::enqueue(&mut act.tx, &waiting, now).await?;
    let facts = json!({ "type": "referral", "digest": message.digest, "doc": document.fact() });
    act.append(domain::event::Noun::Message, id.0, "sent", facts).await?;
    act.commit().await?;
    pair.deliver().await?;
    assert!(pair.unit.receipt(id).await?.is_some());
    Ok(id)
}

async fn states(pair: &Pair, agency: AgencyId, of: MessageId) -> Result<Vec<String>, Fail> {
    let items = store::inbox::of_message(&pair.host.house.db, agency, of).await?;
    Ok(items.into_iter().map(|item| item.state).collect())
}

/// RXP-06: one act by one person reaches every receiver of the case, and the case is closed when all of them confirmed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broadcast_all_ack() -> Outcome {
    on_both(async |mut pair| {
        let other = Other::new(&pair).await?;
        let referral = pair.arrive().await?;
        let first = referral.message.ok_or("not sent")?;
        let second = also_to(&pair, &referral).await?;
        let told = pair.withdraw(referral.id).await?;
        assert_eq!(told.iter().map(|told| told.org.as_str()).collect::<Vec<_>>(), [OTHER, HOST]);
        assert!(told.iter().all(|told| told.acknowledged_at.is_none()));
        other.gate.set(Way::Lost);
        pair.deliver().await?;
        assert_eq!(states(&pair, pair.host.agency, first).await?, ["withdrawn"]);
        assert_eq!(states(&pair, other.agency, second).await?, ["open"], "it does not know yet");
        assert_eq!(pair.referral(referral.id).await?.state, State::Withdrawn, "one is still open");
        other.gate.set(Way::Through);
        pair.wait(SignedDuration::from_secs(5))?;
        pair.deliver().await?;
        assert_eq!(states(&pair, other.agency, second).await?, ["withdrawn"]);
        assert_eq!(pair.referral(referral.id).await?.state, State::Closed);
        let told = app::withdraw::told(&pair.unit.house, referral.id).await?;
        assert!(told.iter().all(|told| told.acknowledged_at.is_some()), "{told:?}");
        Ok(pair)
    })
    .await
}

/// RXP-120: who is told is read from what was sent, not from what the book says today; after a restart as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broadcast_from_log() -> Outcome {
    on_both(async |mut pair| {
        let other = Other::new(&pair).await?;
        let referral = pair.arrive().await?;
        let second = also_to(&pair, &referral).await?;
        // The provider is known under another name now; everything else is forgotten.
        pair = pair.restart().await?;
        let mut entry = pair.entry().await?.entry;
        entry.org = "renamed.example".to_owned();
        pair.enter(entry).await?;
        let mut entry = store::provider::of_org(&pair.unit.house.db, OTHER).await?.remove(0).entry;
        let gate = Gate::before(pair.host.served.addr).await?;
        entry.pinned = vec![gate.addr];
        entry.org = "moved.example".to_owned();
        pair.enter(entry).await?;
        let told = pair.withdraw(referral.id).await?;
        assert_eq!(told.iter().map(|told| told.org.as_str()).collect::<Vec<_>>(), [OTHER, HOST]);
        pair.deliver().await?;
        assert_eq!(states(&pair, pair.host.agency, referral.message.ok_or("")?).await?, ["withdrawn"]);
        assert_eq!(states(&pair, other.agency, second).await?, ["withdrawn"]);
        // A person confirms the names again; then their receipts are believed.
        let mut entry = pair.entry().await?.entry;
        entry.org = HOST.to_owned();
        pair.enter(entry).await?;
        // One that was never sent to anybody is told to nobody.
        let mut never = pair.refer().await?;
        let mut tx = pair.unit.house.db.write(Lane::Bulk).await?;
        store::outbox::stop_tries(&mut tx, pair.unit.agency, never.message.ok_or("")?).await?;
        tx.commit().await?;
        never = pair.referral(never.id).await?;
        assert_eq!(pair.withdraw(never.id).await?.len(), 1, "it may have arrived: it was signed and queued");
        Ok(pair)
    })
    .await
}

/// RXP-122: the receiver confirms at once, its people are asked for nothing more, and they say what became of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawal_effects() -> Outcome {
    on_both(async |mut pair| {
        for (answer, expected) in
            [("restored_after_withdrawal", Answer::RestoredAfterWithdrawal), ("no_action", Answer::NoAction)]
        {
            let referral = pair.arrive().await?;
            let id = referral.message.ok_or("not sent")?;
            pair.wait(SignedDuration::from_hours(73))?;
            pair.withdraw(referral.id).await?;
            let began = pair.now();
            pair.deliver().await?;
            pair.wait(SignedDuration::from_secs(59))?;
            let told = app::withdraw::told(&pair.unit.house, referral.id).await?;
            assert_eq!(told[0].acknowledged_at, Some(began), "within the minute");
            assert_eq!(states(&pair, pair.host.agency, id).await?, ["withdrawn"]);
            // The ladder is off, and so are the looks.
            pair.seen(referral.id, 1, "still_up").await?;
            assert_eq!(app::remind::due(&pair.unit.house).await?, app::remind::Round::default());
            // Other answers are not asked for any more.
            let refused = pair.answer(id, "removed").await;
            assert!(refused.is_err_and(|error| error.to_string().contains("took this referral back")));
            let said = pair.answer(id, answer).await?;
            pair.answers().await?;
            assert!(pair.host.receipt(said).await?.is_some(), "the unit took it");
            let items = store::referral::items(&pair.unit.house.db, referral.id).await?;
            assert_eq!(items[0].answer, Some(expected));
            assert_eq!(pair.referral(referral.id).await?.state, State::Closed, "and nothing is open again");
        }
        // Or with a report of its own.
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        pair.withdraw(referral.id).await?;
        pair.deliver().await?;
        let at = app::identity::wire(pair.now())?;
        let body = json!({ "items": ["i1"], "answer": "restored_after_withdrawal", "reinstated_at": at });
        let report = told("reinstatement_report", referral.matter, Some(id), body);
        assert_eq!(pair.host.tell(&pair.unit, &report).await?.status, 202);
        let items = store::referral::items(&pair.unit.house.db, referral.id).await?;
        assert_eq!(items[0].answer, Some(Answer::RestoredAfterWithdrawal));
        Ok(pair)
    })
    .await
}

/// RXP-123: retried until every receiver has a receipt; the open ones stand on the start page, after 7 days with the
/// word to telephone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawal_open_list() -> Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let open = async |pair: &Pair| app::withdraw::unconfirmed(&pair.unit.house, &pair.desk.analyst).await;
        assert!(open(&pair).await?.is_empty());
        pair.gate.set(Way::Lost);
        pair.withdraw(referral.id).await?;
        let since = pair.now();
        for day in 0..9 {
            let tried = pair.outbox(pair.open_withdrawal().await?).await?[0].2;
            pair.deliver().await?;
            let list = open(&pair).await?;
            assert_eq!(list.len(), 1);
            assert_eq!(
                (list[0].org.as_str(), list[0].since, list[0].referral),
                (HOST, since, Some(referral.id))
            );
            assert_eq!(list[0].telephone, day >= 7, "day {day}");
            let outbox = pair.outbox(pair.open_withdrawal().await?).await?;
            assert_eq!((outbox[0].1.as_str(), outbox[0].2), ("waiting", tried + 1), "it is never given up");
            pair.wait(SignedDuration::from_hours(24))?;
        }
        let page = pair.start_page().await?;
        assert!(
            page.contains(&format!("{} {HOST}", referral.reference)) && page.contains("Telephone now"),
            "{page}"
        );
        pair.gate.set(Way::Through);
        pair.deliver().await?;
        assert!(open(&pair).await?.is_empty());
        assert!(!pair.start_page().await?.contains("Telephone now"));
        Ok(pair)
    })
    .await
}

/// RXP-125: the public page says how long wrong messages stood: from the first sending to the last restoration.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_to_repair() -> Outcome {
    on_both(async |mut pair| {
        let figures = async |pair: &Pair| app::view::public::figures(&pair.unit.house).await;
        assert_eq!(figures(&pair).await?.repaired, (0, 0));
        let mut expected = Vec::new();
        for hours in [5, 30, 2] {
            let referral = pair.arrive().await?;
            let id = referral.message.ok_or("not sent")?;
            pair.answer(id, "removed").await?;
            pair.answers().await?;
            pair.wait(SignedDuration::from_hours(hours))?;
            pair.withdraw(referral.id).await?;
            pair.deliver().await?;
            assert_eq!(figures(&pair).await?.repaired.0, expected.len() as u64, "withdrawn is not yet repaired");
            pair.wait(SignedDuration::from_hours(1))?;
            let body = json!({ "items": ["i1"], "answer": "restored_after_withdrawal", "reinstated_at": app::identity::wire(pair.now())? });
            let report = told("reinstatement_report", referral.matter, Some(id), body);
            assert_eq!(pair.host.tell(&pair.unit, &report).await?.status, 202);
            expected.push(hours as u64 + 1);
            expected.sort_unstable();
            let median = expected[expected.len().div_ceil(2) - 1];
            assert_eq!(figures(&pair).await?.repaired, (expected.len() as u64, median));
        }
        let page = pair.unit.get("/public", &[]).await?.body;
        assert!(page.contains("Time to repair"), "{page}");
        Ok(pair)
    })
    .await
}

/// RXP-126: what was withdrawn stays in the statistics, as withdrawn, also when its case is closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawn_counted() -> Outcome {
    on_both(async |mut pair| {
        let from = pair.now();
        let mut referrals = Vec::new();
        for _ in 0..4 {
            referrals.push(pair.arrive().await?);
        }
        for referral in &referrals[..3] {
            pair.answer(referral.message.ok_or("")?, "removed").await?;
        }
        pair.answers().await?;
        let public = async |pair: &Pair| -> Result<_, Fail> {
            let figures = app::view::public::figures(&pair.unit.house).await?;
            Ok((figures.sent, figures.answered, figures.withdrawn))
        };
        let report = async |pair: &Pair| -> Result<_, Fail> {
            let to = from + SignedDuration::from_hours(24);
            let day = app::report::action_day(&pair.unit.house, pair.unit.agency, from, to).await?;
            let figure = |id: &str| day.counts.figures[id];
            Ok((figure("referred"), figure("answered"), figure("withdrawn"), figure("standing")))
        };
        assert_eq!((public(&pair).await?, report(&pair).await?), ((4, 3, 0), (4, 3, 0, 4)));
        pair.withdraw(referrals[0].id).await?;
        assert_eq!((public(&pair).await?, report(&pair).await?), ((4, 3, 1), (4, 3, 1, 3)));
        pair.deliver().await?;
        assert_eq!(pair.referral(referrals[0].id).await?.state, State::Closed);
        assert_eq!((public(&pair).await?, report(&pair).await?), ((4, 3, 1), (4, 3, 1, 3)), "and closed");
        pair.wait(SignedDuration::from_hours(24 * 40))?;
        app::sweep::run(&pair.unit.house).await?;
        assert_eq!((public(&pair).await?, report(&pair).await?), ((4, 3, 1), (4, 3, 1, 3)), "and later");
        Ok(pair)
    })
    .await
}
