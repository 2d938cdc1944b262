//! Two houses that know each other: a referral unit with its desk, and a provider's seat. One clock for both.

use super::gate::Gate;
pub(super) use super::side::{Side, Told, browser, endpoint, said, told};
use super::side::{open, serve};
use crate::clock;
use crate::database::Schema;
use crate::house::{self, Desk, Folder, HOST, Outcome, put_person};
use app::people::{AgencyKind, FirstAgency, Settings};
use app::{House, book};
use domain::access::{Actor, Authorised, Role};
use domain::id::{AgencyId, CheckId, MessageId, ProviderId, ReferralId};
use domain::provider::{Channel, Entry};
use domain::referral::State;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use store::look::NewLook;
use store::referral::Referral;
use store::{Lane, params};
use uuid::Uuid;

/// What a test may fail with.
pub(super) type Fail = Box<dyn std::error::Error + Send + Sync>;

/// The unit on the wire.
pub(super) const UNIT: &str = "one.example";
/// When every test begins: a Wednesday morning.
const BEGIN: &str = "2026-03-04T09:30:00Z";

/// A unit and a provider.
pub(super) struct Pair {
    pub(super) unit: Side,
    pub(super) host: Side,
    /// On the way to the provider.
    pub(super) gate: Gate,
    pub(super) desk: Desk,
    /// Answers at the provider.
    pub(super) clerk: Actor,
    /// Keeps the provider's book.
    pub(super) keeper: Actor,
    clock: PathBuf,
    posts: usize,
}

/// What a test hands back: the pair, for its end.
pub(super) type Tested = Result<Pair, Fail>;

/// Runs a test with both houses on SQLite, then with both on PostgreSQL when there is a server.
pub(super) async fn on_both(test: impl AsyncFn(Pair) -> Tested) -> Outcome {
    Box::pin(on_both_with(None, test)).await
}

/// The same, and the unit sends its mail by a relay.
pub(super) async fn on_both_with(relay: Option<SocketAddr>, test: impl AsyncFn(Pair) -> Tested) -> Outcome {
    let pair = Box::pin(Pair::new([None, None], relay)).await?;
    Box::pin(Box::pin(test(pair)).await?.end()).await?;
    if let (Some(one), Some(two)) = (Schema::new().await?, Schema::new().await?) {
        let pair = Box::pin(Pair::new([Some(one), Some(two)], relay)).await?;
        Box::pin(Box::pin(test(pair)).await?.end()).await?;
    }
    Ok(())
}

impl Pair {
    async fn new(schemas: [Option<Schema>; 2], relay: Option<SocketAddr>) -> Result<Self, Fail> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let [unit_schema, host_schema] = schemas;
        let (folder, host_folder) = (Folder::new(), Folder::new());
        let clock = folder.join("clock.json");
        clock::set(&clock, BEGIN.parse()?)?;
        let house = open(folder.path(), (UNIT, unit_schema.as_ref(), relay), &clock).await?;
        let desk = house::desk(&house, "Unit One", UNIT).await?;
        let served = serve(&house).await?;
        let unit = Side { house, served, agency: desk.id(), org: UNIT, folder, schema: unit_schema };
        let house = open(host_folder.path(), (HOST, host_schema.as_ref(), None), &clock).await?;
        let (agency, clerk, keeper) = provider(&house, HOST).await?;
        let served = serve(&house).await?;
        let host = Side { house, served, agency, org: HOST, folder: host_folder, schema: host_schema };
        for side in [&unit, &host] {
            side.lengthen_keys().await?;
        }
        let gate = Gate::before(host.served.addr).await?;
        let pair = Self { unit, host, gate, desk, clerk, keeper, clock, posts: 0 };
        // Keys count from the moment in which they were made.
        pair.wait(SignedDuration::from_secs(1))?;
        pair.introduce().await?;
        Ok(pair)
    }

    async fn end(self) -> Outcome {
        // The clock stands in the unit's folder.
        for side in [self.host, self.unit] {
            house::sound(&side.house).await;
            side.served.stop().await;
            side.house.db.close().await;
            drop(side.house);
            if let Some(schema) = side.schema {
                schema.gone().await?;
            }
        }
        Ok(())
    }

    /// Each enters the other into its book, checked by a person.
    async fn introduce(&self) -> Outcome {
        let mut entry = house::entry("Video Service", HOST);
        entry.channel = Channel::Rxp;
        entry.org = HOST.to_owned();
        entry.endpoint = Some(endpoint(HOST));
        entry.pinned = vec![self.gate.addr];
        entry.jwks = Some(self.host.jwks().await?);
        self.enter(entry).await?;
        let mut entry = house::entry("Unit One", UNIT);
        entry.hosts = Vec::new();
        entry.channel = Channel::Rxp;
        entry.org = UNIT.to_owned();
        entry.endpoint = Some(endpoint(UNIT));
        entry.pinned = vec![self.unit.served.addr];
        entry.jwks = Some(self.unit.jwks().await?);
        self.host_enters(entry).await?;
        Ok(())
    }

    /// The unit enters a provider; its contact was checked by telephone, and a second person agrees to a change.
    pub(super) async fn enter(&self, entry: Entry) -> Result<ProviderId, Fail> {
        entered(&self.unit, (&self.desk.coordinator, &self.desk.reader), entry).await
    }

    /// The provider enters a sender.
    pub(super) async fn host_enters(&self, entry: Entry) -> Result<ProviderId, Fail> {
        entered(&self.host, (&self.keeper, &self.clerk), entry).await
    }

    /// The unit's entry of the provider.
    pub(super) async fn entry(&self) -> Result<store::provider::Provider, Fail> {
        Ok(store::provider::of_host(&self.unit.house.db, self.unit.agency, HOST)
            .await?
            .ok_or("no provider")?)
    }

    /// Moves the clock of both.
    pub(super) fn wait(&self, by: SignedDuration) -> Outcome {
        Ok(clock::set(&self.clock, self.now() + by)?)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.unit.house.clock.now()
    }

    /// Refers one new item: signed, and in the outbox.
    pub(super) async fn refer(&mut self) -> Result<Referral, Fail> {
        let (house, desk, number) = (&self.unit.house, &self.desk, self.posts);
        self.posts += 1;
        house::intake(house, desk, number..number + 1).await?;
        house::work(house).await?;
        let cluster = house::queue(&house.db, desk).await?.first().ok_or("an empty queue")?.id;
        let assessment = house::assess(house, desk, cluster).await?;
        let id = *house::approve(house, desk, assessment).await?.first().ok_or("no referral")?;
        let loaded = Authorised::check(&desk.coordinator, desk.id(), self.entry().await?)?;
        book::confirm_load(house, &loaded, 24, "The contact and the load were confirmed").await?;
        for item in store::referral::items(&house.db, id).await? {
            self.seen(id, item.subject, "sealed").await?;
        }
        app::refer::run(house, id).await?;
        let referral = self.referral(id).await?;
        assert_eq!(referral.state, State::Queued, "{}", referral.findings);
        Ok(referral)
    }

    /// Refers one new item, which arrives.
    pub(super) async fn arrive(&mut self) -> Result<Referral, Fail> {
        let referral = self.refer().await?;
        self.deliver().await?;
        let referral = self.referral(referral.id).await?;
        assert_eq!(referral.state, State::Acknowledged);
        Ok(referral)
    }

    /// A look at an item that was made just now, by hand: nobody reaches out.
    pub(super) async fn seen(&self, id: ReferralId, subject: i64, class: &'static str) -> Outcome {
        let (house, now) = (&self.unit.house, self.now());
        let seal = json!({ "record_sha256": "", "media_sha256": [], "sealed_at": now, "missing": [] });
        let body = json!({ "seal": seal, "reach": "up", "says": null });
        let mut act = app::Act::of_machine(house, self.unit.agency, self.unit.agency).await?;
        let retention = domain::evidence::Retention::Original;
        let document = store::crypt::put_json(&mut act.tx, self.unit.agency, retention, &body, now).await?;
        let sealed = class == "sealed";
        let look = NewLook {
            id: CheckId(Uuid::now_v7()),
            space: self.unit.agency,
            subject,
            referral: (!sealed).then_some((id, "i1")),
            class,
            confidence: "high",
            document: document.key,
            gone_at: None,
            next: None,
        };
        store::look::put(&mut act.tx, &look, now).await?;
        let facts = json!({ "referral": id.to_string(), "item": "i1", "class": class, "agreed": false, "doc": document.fact() });
        let what = if sealed { "sealed" } else { "looked" };
        act.append(domain::event::Noun::Check, look.id.0, what, facts).await?;
        Ok(act.commit().await?)
    }

    /// The unit delivers what is due; gives how many were tried.
    pub(super) async fn deliver(&self) -> Result<u64, Fail> {
        Ok(app::deliver::due(&self.unit.house).await?)
    }

    /// The provider delivers what is due.
    pub(super) async fn answers(&self) -> Result<u64, Fail> {
        Ok(app::deliver::due(&self.host.house).await?)
    }

    pub(super) async fn referral(&self, id: ReferralId) -> Result<Referral, Fail> {
        Ok(store::referral::get(&self.unit.house.db, id).await?.ok_or("the referral is gone")?)
    }

    /// The provider's person answers every open item of a referral.
    pub(super) async fn answer(&self, of: MessageId, answer: &str) -> Result<MessageId, Fail> {
        let mut chosen = json!({ "answer": answer });
        if answer == "no_action" {
            chosen["reason"] = "no_breach".into();
        }
        if answer == "needs_information" {
            chosen["note"] = "Which part of it is meant?".into();
        }
        let chosen = serde_json::from_value(chosen)?;
        Ok(app::answer::run(&self.host.house, &self.clerk, of, chosen).await?)
    }

    /// One person takes a referral back.
    pub(super) async fn withdraw(&self, id: ReferralId) -> Result<Vec<app::withdraw::Told>, Fail> {
        let referral = self.referral(id).await?;
        let authorised = Authorised::check(&self.desk.analyst, referral.space, referral)?;
        let reason = domain::referral::WithdrawalReason::WrongItem;
        let text = "It was the wrong item, as we saw later.";
        Ok(app::withdraw::run(&self.unit.house, &authorised, reason, text).await?)
    }

    /// The outbox of a message at the unit: channel, state, tries, next try.
    pub(super) async fn outbox(&self, of: MessageId) -> Result<Vec<(String, String, i64, Timestamp)>, Fail> {
        let sql =
            "SELECT channel, state, attempts, next_at FROM outbox WHERE message = $1 ORDER BY channel DESC";
        let rows = self.unit.house.db.rows(sql, params![of]).await?;
        rows.iter()
            .map(|row| {
                Ok((row.text("channel")?, row.text("state")?, row.int("attempts")?, row.time("next_at")?))
            })
            .collect()
    }

    /// The one withdrawal that waits for a receipt.
    pub(super) async fn open_withdrawal(&self) -> Result<MessageId, Fail> {
        let open = store::message::open_withdrawals(&self.unit.house.db, self.unit.agency, 2).await?;
        match open.as_slice() {
            [one] => Ok(one.id),
            other => Err(format!("{} open withdrawals", other.len()).into()),
        }
    }

    /// The page on which the unit's analyst begins, in a session of theirs.
    pub(super) async fn start_page(&self) -> Result<String, Fail> {
        let token = self.unit.signed_in(self.desk.analyst.person, Some("testing the house")).await?;
        let page = self.unit.page(&token, "/console/queue").await?;
        assert_eq!(page.status, 200, "{}", page.body);
        Ok(page.body)
    }

    /// A link in a mail to a message, as the fallback makes it; gives its token.
    pub(super) async fn link(&self, to: MessageId) -> Result<String, Fail> {
        use sha2::Digest as _;
        let token = Uuid::now_v7().to_string();
        let hash = sha2::Sha256::digest(token.as_bytes()).into();
        let mut tx = self.unit.house.db.write(Lane::Bulk).await?;
        let until = self.now() + SignedDuration::from_hours(24 * 60);
        store::message::put_mail_link(&mut tx, hash, self.unit.agency, to, until).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Stops both servers, closes both houses and opens them again, as after a restart.
    pub(super) async fn restart(self) -> Result<Self, Fail> {
        let Self { unit, host, desk, clerk, keeper, clock, posts, .. } = self;
        let unit = unit.restart(&clock).await?;
        let host = host.restart(&clock).await?;
        let gate = Gate::before(host.served.addr).await?;
        let pair = Self { unit, host, gate, desk, clerk, keeper, clock, posts };
        // Each has another port now.
        pair.introduce().await?;
        Ok(pair)
    }
}

/// Two people enter or change a contact (RXP-56, LAW-120.09).
async fn entered(side: &Side, (one, two): (&Actor, &Actor), entry: Entry) -> Result<ProviderId, Fail> {
    let space = Authorised::check(one, side.agency, side.agency)?;
    let entered = book::put_provider(&side.house, &space, entry, Some("Read out on the telephone")).await?;
    if let Some(waits) = entered.waits {
        let second = Actor { roles: vec![Role::Coordinator], ..two.clone() };
        book::decide_contact(&side.house, &second, waits, domain::proposal::Event::Confirm).await?;
    }
    Ok(entered.id)
}

/// A provider's agency with its people.
pub(super) async fn provider(house: &House, org: &str) -> Result<(AgencyId, Actor, Actor), Fail> {
    let settings = Settings {
        legal_name: org.to_owned(),
        mail: format!("desk@{org}"),
        phone: "+3200000001".to_owned(),
        legal_basis: Vec::new(),
        languages: vec!["en".to_owned()],
        grounds_min: 3,
        webhook: None,
    };
    let name = format!("Provider {org}");
    let first = FirstAgency { name, kind: AgencyKind::Provider, org: org.to_owned(), settings };
    app::people::found(house, first, "admin", "Administrator").await?;
    let agency = app::people::agency(house, org).await?;
    let now = house.clock.now();
    let mut tx = house.db.write(Lane::Person).await?;
    let clerk = put_person(&mut tx, &agency, "clerk", Role::Provider, now).await?;
    let keeper = put_person(&mut tx, &agency, "keeper", Role::Coordinator, now).await?;
    tx.commit().await?;
    for person in [&clerk, &keeper] {
        let mut act = app::Act::of(house, person, agency.id).await?;
        for role in &person.roles {
            let facts = json!({ "role": role.word() });
            act.append(domain::event::Noun::Person, person.person.0, "role_given", facts).await?;
        }
        act.commit().await?;
    }
    Ok((agency.id, clerk, keeper))
}
