//! A day with a provider that answers in signed messages.

use crate::house::Handed;
use crate::house::{self, Built, Desk, HOST};
use app::receive::Incoming;
use app::report::{self, ActionDay};
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

pub(super) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Before and after what happens, in the window.
pub(super) const AROUND: SignedDuration = SignedDuration::from_hours(1);

/// A house whose first agency has a provider that answers in signed messages.
pub(super) struct Day {
    pub(super) built: Built,
    pub(super) key: SigningKey,
    pub(super) from: Timestamp,
}

impl Day {
    pub(super) async fn new() -> Result<Self, Fault> {
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

    pub(super) fn desk(&self) -> &Desk {
        &self.built.one
    }

    /// Takes in one record and does the waiting work.
    pub(super) async fn observe(&self, number: usize, text: &str) -> Result<(), Fault> {
        let house = &self.built.house;
        let record = json!({
            "id": format!("post-{number}"), "url": format!("https://{HOST}/watch/{number}"), "author": "somebody",
            "text": text, "time": "2026-03-04T05:06:07Z",
        });
        Handed::to(self.desk().id())
            .by(self.desk().analyst.person)
            .lines(house, format!("{record}\n"))
            .await?;
        house::work(house).await?;
        Ok(())
    }

    /// A bank with the address of one post.
    pub(super) async fn bank(&self, number: usize) -> Result<(), Fault> {
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
    pub(super) async fn refer(&self) -> Result<Option<(AssessmentId, ReferralId)>, Fault> {
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

    pub(super) async fn referral(&self, id: ReferralId) -> Result<store::referral::Referral, Fault> {
        Ok(store::referral::get(&self.built.house.db, id).await?.ok_or("the referral is gone")?)
    }

    /// The provider confirms by the page of a mail link that it has the message.
    pub(super) async fn receipt(&self, id: ReferralId) -> Result<(), Fault> {
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
    pub(super) async fn answer(&self, id: ReferralId, items: &[&str], answer: &str) -> Result<bool, Fault> {
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

    pub(super) async fn withdraw(&self, id: ReferralId) -> Result<(), Fault> {
        let referral = self.referral(id).await?;
        let authorised = Authorised::check(&self.desk().coordinator, referral.space, referral)?;
        let reason = "It was the wrong item, as we saw later.";
        app::withdraw::run(&self.built.house, &authorised, WithdrawalReason::WrongItem, reason).await?;
        Ok(())
    }

    pub(super) async fn contest(&self, id: ReferralId, upheld: bool) -> Result<(), Fault> {
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
    pub(super) async fn look(&self, id: ReferralId, class: &str, agreed: bool) -> Result<(), Fault> {
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

    pub(super) async fn report(&self) -> Result<ActionDay, Fault> {
        let to = self.built.house.clock.now() + AROUND;
        Ok(report::action_day(&self.built.house, self.desk().id(), self.from, to).await?)
    }

    /// The published ledger, counted again.
    pub(super) async fn recount(&self, report: &Value) -> Result<Value, Fault> {
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
pub(super) async fn day() -> Result<Day, Fault> {
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

pub(super) async fn two_items(day: &Day, sent: &[ReferralId]) -> Result<ReferralId, Fault> {
    for id in sent {
        if store::referral::items(&day.built.house.db, *id).await?.len() == 2 {
            return Ok(*id);
        }
    }
    Err("no referral has two items".into())
}
