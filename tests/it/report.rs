//! Is the report true, and does the ledger alone tell the same? (LAW-67, LAW-74; D3)

use crate::house::{self, Built, Desk, HOST, Outcome};
use app::observe::Intake;
use app::receive::Incoming;
use app::report::{self, ActionDay, Format};
use domain::access::Authorised;
use domain::bank::{Opinion, SignalKind};
use domain::id::{AssessmentId, BankId, CheckId, MessageId, ProviderId, ReferralId, SignalId};
use domain::provider::Channel;
use domain::referral::WithdrawalReason;
use ed25519_dalek::SigningKey;
use exchange::body::outcome::{Automated, Basis, Outcome as Outcomes, OutcomeResult};
use exchange::http_signature::{Stamp, sign_post};
use exchange::{Body, Capacity, Draft, Envelope, ItemRef, Jwk, Lang, OrgId, WireTime};
use jiff::{SignedDuration, Timestamp};
use recount::Ask;
use serde_json::{Value, json};
use std::path::PathBuf;
use store::Lane;
use store::look::NewLook;
use uuid::Uuid;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Before and after what happens, in the window.
const AROUND: SignedDuration = SignedDuration::from_hours(1);

/// A house whose first agency has a provider that answers in signed messages.
struct Day {
    built: Built,
    key: SigningKey,
    from: Timestamp,
}

impl Day {
    async fn new() -> Result<Self, Fault> {
        let built = Built::new().await?;
        let key = SigningKey::from_bytes(&store::crypt::random()?);
        let now = built.house.clock.now();
        let day = Self { built, key, from: now - AROUND };
        let (second, end) = (now.as_second(), (now + SignedDuration::from_hours(24 * 300)).as_second());
        let mut entry = house::entry("Video Service", HOST);
        entry.channel = Channel::Rxp;
        entry.org = HOST.to_owned();
        entry.endpoint = Some(format!("https://{HOST}/rxp/v1"));
        entry.jwks = Some(json!({ "keys": [Jwk::of(&day.key, second - 3_600, end)] }));
        let desk = day.desk();
        let by = desk.coordinator.person;
        let mut tx = day.built.house.db.write(Lane::Person).await?;
        let id =
            store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), desk.id(), &entry, (by, now)).await?;
        store::provider::confirm_load(&mut tx, id, now + SignedDuration::from_hours(24), by).await?;
        tx.commit().await?;
        Ok(day)
    }

    fn desk(&self) -> &Desk {
        &self.built.one
    }

    /// Takes in one record and does the waiting work.
    async fn observe(&self, number: usize, text: &str) -> Result<(), Fault> {
        let house = &self.built.house;
        let file = house.folder.join(format!("post-{}.ndjson", Uuid::now_v7()));
        let record = json!({
            "id": format!("post-{number}"), "url": format!("https://{HOST}/watch/{number}"), "author": "somebody",
            "text": text, "time": "2026-03-04T05:06:07Z",
        });
        std::fs::write(&file, format!("{record}\n"))?;
        let intake = Intake {
            space: self.desk().id(),
            agency: self.desk().id(),
            person: Some(self.desk().analyst.person),
            source: "posts".to_owned(),
            relevance: store::intake::Relevance::Submit,
            format: "ndjson".to_owned(),
            mapping: None,
            file,
            media_folder: None,
        };
        app::observe::run(house, intake).await?;
        house::work(house).await?;
        Ok(())
    }

    /// A bank with the address of one post.
    async fn bank(&self, number: usize) -> Result<(), Fault> {
        let (house, now) = (&self.built.house, self.built.house.clock.now());
        let bank = store::signal::Bank {
            id: BankId(Uuid::now_v7()),
            space: self.desk().id(),
            name: "addresses".to_owned(),
            opinion: Opinion::Positive,
            origin: "test".to_owned(),
            legal_basis: "test".to_owned(),
            distance: 31,
            review_at: now + AROUND,
            sharing: domain::bank::Sharing::Red,
            class: domain::bank::ListClass::Ordinary,
        };
        let key = address_key(number);
        let value = house.db.keys.digest(self.desk().id(), "url", key.as_bytes())?.to_vec();
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

    /// Refers the first cluster of the queue and puts it into the outbox.
    async fn refer(&self) -> Result<Option<(AssessmentId, ReferralId)>, Fault> {
        let (house, desk) = (&self.built.house, self.desk());
        let queue = house::queue(&house.db, desk).await?;
        let Some(cluster) = queue.first() else { return Ok(None) };
        let assessment = house::assess(house, desk, cluster.id).await?;
        let referrals = house::approve(house, desk, assessment).await?;
        for referral in &referrals {
            for item in store::referral::items(&house.db, *referral).await? {
                house::seal(house, desk, item.subject).await?;
            }
            app::refer::run(house, *referral).await?;
        }
        Ok(referrals.first().map(|referral| (assessment, *referral)))
    }

    async fn referral(&self, id: ReferralId) -> Result<store::referral::Referral, Fault> {
        Ok(store::referral::get(&self.built.house.db, id).await?.ok_or("the referral is gone")?)
    }

    /// The provider confirms by the page of a mail link that it has the message.
    async fn receipt(&self, id: ReferralId) -> Result<(), Fault> {
        use sha2::Digest as _;
        let house = &self.built.house;
        let message = self.referral(id).await?.message.ok_or("not sent")?;
        let token = Uuid::now_v7().to_string();
        let hash = sha2::Sha256::digest(token.as_bytes()).into();
        let mut tx = house.db.write(Lane::Bulk).await?;
        let until = house.clock.now() + AROUND;
        store::message::put_mail_link(&mut tx, hash, self.desk().id(), message, until).await?;
        tx.commit().await?;
        app::receive::confirmed_by_link(house, &token).await?;
        Ok(())
    }

    /// The provider's signed answer to some items; true when it was taken.
    async fn answer(&self, id: ReferralId, items: &[&str], answer: &str) -> Result<bool, Fault> {
        let house = &self.built.house;
        let referral = self.referral(id).await?;
        let sent_at = WireTime::from_ms(house.clock.now().as_millisecond())?;
        let answer: exchange::Answer = serde_json::from_value(answer.into())?;
        let word =
            domain::referral::Answer::from_word(serde_json::to_value(answer)?.as_str().unwrap_or_default());
        let result = OutcomeResult {
            items: items.iter().map(|item| ItemRef::new(*item)).collect::<Result<_, _>>()?,
            answer,
            reason: (word == Some(domain::referral::Answer::NoAction)).then(|| "no_breach".to_owned()),
            basis: Basis::Terms,
            effective_at: word.is_some_and(domain::referral::Answer::is_final).then_some(sent_at),
            territories: Vec::new(),
            until: None,
            automated: Automated::None,
            note: Some("A note in plain words.".to_owned()),
            redress: None,
            own_ref: None,
        };
        let draft = Draft {
            id: MessageId(Uuid::now_v7()),
            case: referral.matter,
            in_reply_to: referral.message,
            from: OrgId::new(HOST)?,
            to: OrgId::new("one.example")?,
            capacity: serde_json::from_value::<Capacity>("provider".into())?,
            legal_basis: Vec::new(),
            sent_at,
            lang: Lang::new("en")?,
            handling: None,
        };
        let envelope = Envelope::draft(draft, &Body::from(Outcomes { results: vec![result] }))?;
        let body = envelope.sign(&self.key)?.document.into_bytes();
        let stamp = Stamp { created_s: house.clock.now().as_second(), nonce: store::crypt::random()? };
        let uri = format!("{}/messages", house.endpoint);
        let headers = sign_post(&uri, envelope.id, &body, &self.key, stamp);
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let incoming = Incoming { method: "POST", path: "/messages", headers: &headers, body: &body };
        let answered = app::receive::message(house, incoming).await?;
        assert!(matches!(answered.status, 202 | 409), "{} {}", answered.status, answered.body);
        Ok(answered.status == 202)
    }

    async fn withdraw(&self, id: ReferralId) -> Result<(), Fault> {
        let referral = self.referral(id).await?;
        let authorised = Authorised::check(&self.desk().coordinator, referral.space, referral)?;
        let reason = "It was the wrong item, as we saw later.";
        app::withdraw::run(&self.built.house, &authorised, WithdrawalReason::WrongItem, reason).await?;
        Ok(())
    }

    async fn contest(&self, id: ReferralId, upheld: bool) -> Result<(), Fault> {
        let house = &self.built.house;
        let referral = self.referral(id).await?;
        let contest =
            app::contest::by_reference(house, &referral.contest, "This was a report of a newsroom.").await?;
        let authorised = Authorised::check(&self.desk().coordinator, referral.space, referral)?;
        app::contest::decide(house, &authorised, contest, upheld, "It was looked at by a third person.")
            .await?;
        Ok(())
    }

    /// A look that found what it found; the second of two that agree says that it is gone.
    async fn look(&self, id: ReferralId, class: &str, agreed: bool) -> Result<(), Fault> {
        let house = &self.built.house;
        let referral = self.referral(id).await?;
        let item = store::referral::items(&house.db, id).await?.into_iter().next().ok_or("no item")?;
        let mut act = app::Act::of_machine(house, referral.agency, referral.space).await?;
        let (now, check) = (act.now, CheckId(Uuid::now_v7()));
        let retention = domain::evidence::Retention::Referral;
        let document =
            store::crypt::put_json(&mut act.tx, referral.space, retention, &json!({}), now).await?;
        let look = NewLook {
            id: check,
            space: referral.space,
            subject: item.subject,
            referral: Some((id, &item.item)),
            class,
            confidence: "high",
            document: document.key,
            gone_at: agreed.then_some(now),
            next: None,
        };
        store::look::put(&mut act.tx, &look, now).await?;
        let facts =
            json!({ "referral": id.to_string(), "item": item.item, "class": class, "agreed": agreed });
        act.append(domain::event::Noun::Check, check.0, "looked", facts).await?;
        Ok(act.commit().await?)
    }

    async fn report(&self) -> Result<ActionDay, Fault> {
        let to = self.built.house.clock.now() + AROUND;
        Ok(report::action_day(&self.built.house, self.desk().id(), self.from, to).await?)
    }

    /// The published ledger, counted again.
    async fn recount(&self, report: &Value) -> Result<Value, Fault> {
        let agency = self.desk().id();
        app::publish::run(&self.built.house, agency).await?;
        let dirs: Vec<PathBuf> = vec![app::publish::folder(&self.built.house, agency)];
        Ok(recount::action_day(&dirs, &Ask::of_report(report)?)?)
    }
}

/// The canonical key of a post's address.
fn address_key(number: usize) -> String {
    format!("//{HOST}/watch/{number}")
}

/// A day whose truth is known: 9 records, of which one twice.
async fn day() -> Result<Day, Fault> {
    let day = Day::new().await?;
    day.bank(1).await?;
    let text =
        |number: usize| format!("The lamp number {number} stands beside the green table in the long room");
    for number in [1, 2, 3, 4, 5, 6] {
        day.observe(number, &text(number)).await?;
    }
    day.observe(6, &text(6)).await?;
    // The seventh is the same content as the second: one cluster, one referral of two items.
    day.observe(7, &text(2)).await?;
    let mut sent = Vec::new();
    while let Some((_, referral)) = day.refer().await? {
        sent.push(referral);
    }
    assert_eq!(sent.len(), 6);
    for referral in &sent[..5] {
        day.receipt(*referral).await?;
    }
    let two = two_items(&day, &sent).await?;
    let others: Vec<ReferralId> = sent[..5].iter().copied().filter(|id| *id != two).collect();
    day.answer(two, &["i1"], "removed").await?;
    day.answer(two, &["i2"], "needs_information").await?;
    day.answer(others[0], &["i1"], "no_action").await?;
    day.answer(others[1], &["i1"], "disabled_everywhere").await?;
    day.look(others[1], "gone_hard", false).await?;
    day.look(others[1], "gone_hard", true).await?;
    day.contest(others[1], true).await?;
    day.contest(others[0], false).await?;
    day.withdraw(others[2]).await?;
    // What was decided comes back at another address.
    day.observe(8, &text(3)).await?;
    Ok(day)
}

async fn two_items(day: &Day, sent: &[ReferralId]) -> Result<ReferralId, Fault> {
    for id in sent {
        if store::referral::items(&day.built.house.db, *id).await?.len() == 2 {
            return Ok(*id);
        }
    }
    Err("no referral has two items".into())
}

#[tokio::test]
async fn report_verify() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    let truth = json!({
        "observed": 9, "duplicates": 1, "set_aside": 0, "refused": 0, "unique": 8, "clusters": 6, "matched": 1,
        "reappeared": 1, "assessments": 6, "assessed": 7, "identical_texts": 6, "approved": 7, "held_back": 0,
        "referrals": 6, "referred": 7, "received": 6, "answered": 3, "removed": 2, "no_action": 1,
        "needs_information": 1, "unanswered": 4, "withdrawn": 2, "overturned": 1, "reviewed": 3, "standing": 5,
        "gone": 1, "duplicates_sent": 0, "without_second_person": 0,
    });
    for (figure, value) in truth.as_object().into_iter().flatten() {
        assert_eq!(&report["figures"][figure], value, "{figure}");
    }
    assert_eq!(report["by"]["service"][HOST]["referred"], 7);
    assert_eq!(report["by"]["kind"]["item"]["removed"], 2);
    assert_eq!(report["by"]["agency"][day.desk().id().to_string()]["unique"], 8);
    assert_eq!(report["answers"]["none"], 3);
    assert_eq!(report["liveness"]["gone_hard"], 1);
    assert_eq!(report["shares"]["precision_after_review"]["per_mille"], 714);
    assert_eq!(report["durations"]["to_receipt"]["done"], 5);
    let recount = day.recount(&report).await?;
    assert_eq!(recount::compare(&report, &recount), []);
    Ok(())
}

/// The Operation page counts a window as the report of that window does; later work is not in it, and its parts add up.
#[tokio::test]
async fn the_wall_counts_as_the_report() -> Outcome {
    let day = day().await?;
    let (house, desk) = (&day.built.house, day.desk());
    let to = house.clock.now() + SignedDuration::from_millis(1);
    while house.clock.now() <= to {
        tokio::task::yield_now().await;
    }
    day.observe(9, "The lamp number nine stands in the garden behind the house").await?;
    day.refer().await?.ok_or("nothing to refer after the window")?;
    let wall = |span| app::view::wall::Wall {
        space: desk.id(),
        operation: Some("An operation".to_owned()),
        span,
        agencies: vec![(desk.id(), "one".to_owned())],
    };
    let window = wall(Some((day.from, to)));
    let count = app::view::wall::counters(house, &desk.analyst, &window).await?;
    let found = app::view::figures::figures(house, &desk.analyst, &window).await?;
    let report = report::action_day(house, desk.id(), day.from, to).await?;
    let figure = |id: &str| report.counts.figures[id];
    for (id, shown) in [
        ("unique", count.seen),
        ("clusters", count.clusters),
        ("referred", count.referred),
        ("answered", count.answered),
        ("reviewed", found.review.reviewed),
        ("standing", found.review.standing),
        ("gone", found.review.gone),
        ("referred", found.services.iter().map(|(_, n)| n).sum()),
        ("referred", found.languages.iter().map(|(_, n)| n).sum()),
        ("answered", found.answers.iter().map(|(_, n)| n).sum()),
    ] {
        assert_eq!(shown, figure(id), "{id}");
    }
    assert!(found.pace.iter().all(|(at, ..)| *at <= to + AROUND) && !found.pace.is_empty());
    let parts = count.to_refer + count.not_terrorist + count.exempt + count.second_reader;
    assert_eq!((count.assessed, count.assessed <= count.clusters), (parts, true));
    // All time has what came after the window, too.
    let all = app::view::wall::counters(house, &desk.analyst, &wall(None)).await?;
    assert_eq!((all.referred > count.referred, all.seen), (true, count.seen + 1));
    Ok(())
}

/// Each altered fact is seen: 14 ways to alter what the ledger says.
#[tokio::test]
async fn altered_events_differ() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    let ask = Ask::of_report(&report)?;
    let entries = store::event::entries(&day.built.house.db, day.desk().id(), 0, 100_000).await?;
    let entries: Vec<Vec<u8>> = entries.into_iter().map(|(entry, _)| entry.into_bytes()).collect();
    assert_eq!(recount::compare(&report, &recount::of_entries(&entries, &ask)?), []);
    let ways: [(&str, &str, &str, &str, Value); 14] = [
        ("batch", "observed", "/facts/observed", "a record more", json!(7)),
        ("batch", "observed", "/at", "another time", json!("2001-02-03T04:05:06Z")),
        ("cluster", "joined", "/facts/service", "another host", json!("other.example")),
        ("cluster", "joined", "/facts/language", "another language", json!("xx")),
        ("cluster", "reappeared", "/what", "no reappearance", json!("joined")),
        ("assessment", "saved_to_refer", "/facts/texts", "another text", json!("hmac:00")),
        ("assessment", "saved_to_refer", "/facts/subjects", "no items", json!([])),
        ("assessment", "saved_to_refer", "/facts/decision", "another decision", json!("exempt")),
        ("assessment", "approved", "/actor", "nobody confirmed", Value::Null),
        ("referral", "enqueue", "/facts/services/0", "sent elsewhere", json!("other.example")),
        ("referral", "enqueue", "/facts/kinds/0", "an account", json!("account")),
        ("message", "receipted", "/facts/received_at", "a late receipt", json!("2031-02-03T04:05:06Z")),
        ("referral", "outcome", "/facts/answers/0/1", "another answer", json!("labelled")),
        ("contest", "upheld", "/what", "a contest refused", json!("refused")),
    ];
    for (noun, what, place, name, value) in ways {
        let mut altered = entries.clone();
        let found = altered.iter_mut().find_map(|entry| {
            let mut event: Value = serde_json::from_slice(entry).ok()?;
            (event["noun"] == noun && event["what"] == what).then(|| {
                if let Some(slot) = event.pointer_mut(place) {
                    *slot = value.clone();
                }
                *entry = event.to_string().into_bytes();
            })
        });
        assert!(found.is_some(), "{name}: there is no {noun} {what}");
        assert_ne!(recount::compare(&report, &recount::of_entries(&altered, &ask)?), [], "{name}");
    }
    Ok(())
}

/// A fact left out, or a byte of the export changed, is seen.
#[tokio::test]
async fn altered_ledgers_are_refused() -> Outcome {
    let day = day().await?;
    let report = serde_json::to_value(day.report().await?)?;
    day.recount(&report).await?;
    let dir = app::publish::folder(&day.built.house, day.desk().id());
    let dirs = [dir.clone()];
    let ask = Ask::of_report(&report)?;
    let mut longer = ask.clone();
    longer.ledgers.values_mut().for_each(|(size, _)| *size += 1_000);
    assert!(recount::action_day(&dirs, &longer).is_err());
    assert!(recount::action_day(&[], &ask).is_err());
    let bundles = dir.join("tile/entries/000.p");
    let file = std::fs::read_dir(&bundles)?.next().ok_or("no bundle")??.path();
    let mut bytes = std::fs::read(&file)?;
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes)?;
    assert!(recount::action_day(&dirs, &ask).is_err());
    Ok(())
}

#[tokio::test]
async fn definitions_stand_in_every_format() -> Outcome {
    let day = day().await?;
    let report = day.report().await?;
    for format in [Format::Json, Format::Csv, Format::Html] {
        let text = String::from_utf8(report::write(&report, format)?)?;
        for figure in domain::figure::ACTION_DAY {
            let definition = figure.definition;
            assert!(text.contains(definition), "{format:?} {}", figure.id);
        }
        assert!(!text.contains("<script"));
    }
    let page = String::from_utf8(report::write(&report, Format::Html)?)?;
    assert!(
        page.find(">right after review<") < page.find(">removed by the provider</td><td class=\"num\">2")
    );
    Ok(())
}

/// Any history: both paths agree.
#[test]
fn random_days_agree() -> Outcome {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(24);
    let runtime = tokio::runtime::Runtime::new()?;
    let mut runner = TestRunner::new(Config {
        cases,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    });
    let steps = proptest::collection::vec((0_u8..8, 0_usize..6), 10..30);
    runner.run(&steps, |steps| {
        let differences =
            runtime.block_on(random_day(&steps)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(differences.is_empty(), "{differences:?}");
        Ok(())
    })?;
    Ok(())
}

async fn random_day(steps: &[(u8, usize)]) -> Result<Vec<recount::Difference>, Fault> {
    const ANSWERS: [&str; 6] = [
        "removed",
        "no_action",
        "needs_information",
        "under_review",
        "restored_after_review",
        "already_gone",
    ];
    let day = Day::new().await?;
    let mut sent: Vec<ReferralId> = Vec::new();
    for (step, number) in steps {
        let chosen = sent.get(number % sent.len().max(1)).copied();
        match (step, chosen) {
            (0 | 1, _) | (_, None) if *step != 2 => {
                // Few texts, so that contents come again.
                let text = format!("The lamp number {} stands beside the green table", number % 3);
                day.observe(sent.len() * 10 + number, &text).await?;
            }
            (2, _) => {
                // What the pre-flight holds back has no message, and nobody can confirm or answer it.
                if let Some((_, referral)) = day.refer().await?
                    && day.referral(referral).await?.message.is_some()
                {
                    sent.push(referral);
                }
            }
            (_, None) => {}
            (3, Some(referral)) => day.receipt(referral).await?,
            (4, Some(referral)) => {
                day.answer(referral, &["i1"], ANSWERS[*number]).await?;
            }
            (5, Some(referral)) => {
                // Twice is refused; that is no history.
                let _ = day.withdraw(referral).await;
            }
            (6, Some(referral)) => {
                let _ = day.contest(referral, number % 2 == 0).await;
            }
            (_, Some(referral)) => day.look(referral, "still_up", number % 2 == 0).await?,
        }
    }
    let report = serde_json::to_value(day.report().await?)?;
    let recount = day.recount(&report).await?;
    Ok(recount::compare(&report, &recount))
}
