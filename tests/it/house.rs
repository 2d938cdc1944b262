//! A house for tests: two agencies with their people, one provider in each book, and the steps in short words.

pub(crate) mod handed;
pub(crate) mod session;

pub(crate) use handed::{Handed, intake, intake_as};

use app::house::{Opening, Seat};
use app::{Act, House, assess, flow, recognise};
use domain::access::{Actor, AgencyKind, Authorised, Role};
use domain::assessment::{
    ContentFinding, ContextFinding, Decision, Draft, ExemptionAnswer, Finding, Kind, Question, Urgency,
};
use domain::event::Noun;
use domain::id::{AgencyId, AssessmentId, ClusterId, PersonId, ProviderId, ReferralId};
use domain::observation::Audience;
use domain::provider::{Channel, Entry, Quiet};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::agency::{Agency, Settings, StoredKey};
use store::intake::Relevance;
use store::{Db, Lane, Tx};
use uuid::Uuid;

/// The host whose provider is in every book.
pub(crate) const HOST: &str = "video.example";

/// What a test gives back.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// A folder that goes when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new empty folder.
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("renvoi-it-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A path in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An agency and its people; each person holds one role and one log-in.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) agency: Agency,
    pub(crate) analyst: Actor,
    pub(crate) reader: Actor,
    pub(crate) approver: Actor,
    pub(crate) coordinator: Actor,
    pub(crate) provider: ProviderId,
}

impl Desk {
    /// The agency's id, which is also its space.
    pub(crate) fn id(&self) -> AgencyId {
        self.agency.id
    }
}

/// A house with two agencies.
pub(crate) struct Built {
    pub(crate) folder: Folder,
    pub(crate) house: Arc<House>,
    pub(crate) one: Desk,
    pub(crate) two: Desk,
}

impl Built {
    /// A new house on SQLite.
    pub(crate) async fn new() -> Result<Self, app::Error> {
        Self::on(None).await
    }

    /// A new house on SQLite, or on the PostgreSQL database of an address.
    pub(crate) async fn on(database: Option<String>) -> Result<Self, app::Error> {
        let folder = Folder::new();
        let house = House::open(opening(folder.path(), database)).await?;
        let one = desk(&house, "Unit One", "one.example").await?;
        let two = desk(&house, "Unit Two", "two.example").await?;
        Ok(Self { folder, house, one, two })
    }

    /// The house with a clock that the test moves; it stands at the system's time.
    pub(crate) fn stepped(&mut self) -> Result<(), app::Error> {
        let now = self.house.clock.now();
        let file = self.folder.join("clock.json");
        let house =
            Arc::get_mut(&mut self.house).ok_or_else(|| app::Error::Bug("the house is in use".into()))?;
        house.clock = app::clock::Clock::Stepped(file.clone());
        Ok(crate::clock::set(&file, now)?)
    }

    /// Moves a stepped clock.
    pub(crate) fn step(&self, by: SignedDuration) -> Result<(), app::Error> {
        Ok(crate::clock::set(&self.folder.join("clock.json"), self.house.clock.now() + by)?)
    }

    /// Closes the house and opens it again, as after a restart.
    pub(crate) async fn reopened(self) -> Result<Self, app::Error> {
        let Self { folder, house, one, two } = self;
        house.db.close().await;
        drop(house);
        let house = House::open(opening(folder.path(), None)).await?;
        Ok(Self { folder, house, one, two })
    }
}

/// How test houses are opened.
pub(crate) fn opening(folder: &Path, database: Option<String>) -> Opening {
    Opening {
        folder: folder.to_owned(),
        seat: Seat::Authority,
        endpoint: "https://one.example/rxp/v1".to_owned(),
        database,
        relay: None,
        reads_words: false,
    }
}

/// An agency with four people, its two keys, and [`HOST`] in its provider book.
pub(crate) async fn desk(house: &House, name: &str, org: &str) -> Result<Desk, app::Error> {
    let now = house.clock.now();
    let mut tx = house.db.write(Lane::Person).await?;
    let agency = put_agency(&mut tx, name, org, now).await?;
    let mut people = Vec::new();
    for (login, role) in [
        ("analyst", Role::Analyst),
        ("reader", Role::Approver),
        ("approver", Role::Approver),
        ("coordinator", Role::Coordinator),
    ] {
        people.push(put_person(&mut tx, &agency, login, role, now).await?);
    }
    let entry = entry("Video Service", HOST);
    let by = people[3].person;
    let provider =
        store::provider::put(&mut tx, ProviderId(Uuid::now_v7()), agency.id, &entry, (by, now)).await?;
    tx.commit().await?;
    let mut act = Act::of(house, &people[3], agency.id).await?;
    for person in &people {
        for role in &person.roles {
            act.append(Noun::Person, person.person.0, "role_given", json!({ "role": role.word() })).await?;
        }
    }
    act.commit().await?;
    let mut people = people.into_iter();
    let mut next = || people.next().ok_or_else(|| app::Error::Bug("four people were made".into()));
    Ok(Desk { analyst: next()?, reader: next()?, approver: next()?, coordinator: next()?, agency, provider })
}

/// An entry of the provider book that is reached by mail.
pub(crate) fn entry(name: &str, host: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        org: String::new(),
        hosts: vec![host.to_owned()],
        channel: Channel::Mail,
        endpoint: None,
        pinned: Vec::new(),
        mail: Some(format!("desk@{host}")),
        jwks: None,
        languages: vec!["en".to_owned()],
        quiet: Quiet::Normal,
        max_referrals_per_hour: 60,
        zone: None,
        scope: domain::scope::Scope::default(),
        hours: None,
        paused_until: None,
        listed: false,
    }
}

/// Stores an agency with a document key and a ledger key.
pub(crate) async fn put_agency(
    tx: &mut Tx,
    name: &str,
    org: &str,
    now: Timestamp,
) -> Result<Agency, app::Error> {
    let settings = Settings {
        legal_name: name.to_owned(),
        mail: format!("desk@{org}"),
        phone: "+3200000000".to_owned(),
        legal_basis: vec!["national:be:referral".to_owned()],
        languages: vec!["en".to_owned(), "fr".to_owned()],
        grounds_min: 3,
        webhook: None,
    };
    let id = AgencyId(Uuid::now_v7());
    let agency =
        Agency { id, name: name.to_owned(), kind: AgencyKind::ReferralUnit, org: org.to_owned(), settings };
    store::agency::put(tx, &agency, now).await?;
    for purpose in [app::identity::DOCUMENT, app::identity::LEDGER] {
        let key = StoredKey {
            kid: Uuid::now_v7().to_string(),
            seed: store::crypt::random()?,
            not_before: now - SignedDuration::from_hours(1),
            not_after: now + SignedDuration::from_hours(24 * 365),
            revoked: None,
        };
        store::agency::put_key(tx, id, purpose, &key).await?;
    }
    Ok(agency)
}

/// Stores a person with a role, and gives the person as a signed-in actor who stepped up.
pub(crate) async fn put_person(
    tx: &mut Tx,
    agency: &Agency,
    login: &str,
    role: Role,
    now: Timestamp,
) -> Result<Actor, app::Error> {
    let person = PersonId(Uuid::now_v7());
    store::person::invite(tx, (person, agency.id), login, login, now).await?;
    store::person::set_role(tx, person, role, true).await?;
    Ok(signed_in(person, agency, vec![role], now))
}

fn signed_in(person: PersonId, agency: &Agency, roles: Vec<Role>, now: Timestamp) -> Actor {
    Actor {
        person,
        agency: agency.id,
        kind: agency.kind,
        roles,
        spaces: vec![agency.id],
        stepped_up_until: Some(now + SignedDuration::from_hours(24 * 365)),
        login: Uuid::now_v7(),
        read_reason: Some("testing the house".to_owned()),
    }
}

/// Every kind of job.
const KINDS: [&str; 9] = [
    "recognise",
    "recognise_past",
    "scan_past",
    "decode",
    "decode_past",
    "index",
    "refer",
    "recheck",
    "publish",
];

/// Does all waiting work of the kinds that need no network; gives how many pieces.
pub(crate) async fn work(house: &Arc<House>) -> Result<usize, app::Error> {
    let mut done = 0;
    loop {
        let leased = store::job::lease(&house.db, house.clock.now(), &KINDS, 100).await?;
        if leased.is_empty() {
            return Ok(done);
        }
        for job in leased {
            match serde_json::from_str(&job.body)? {
                flow::Job::Recognise { space, from, to } => recognise::run(house, space, from, to).await?,
                flow::Job::RecognisePast { space, bank } => {
                    recognise::run_past(house, space, domain::id::BankId(bank)).await?;
                }
                flow::Job::Publish { agency } => _ = app::publish::run(house, agency).await?,
                flow::Job::ScanPast { space, bank, from, to } => {
                    recognise::scan_past(house, space, domain::id::BankId(bank), (from, to)).await?;
                }
                flow::Job::Decode { space, observation } => {
                    recognise::run_moving(house, space, observation).await?;
                }
                flow::Job::DecodePast { space, to, left } => {
                    recognise::decode_past(house, space, to, left).await?;
                }
                flow::Job::Index { space, from, to } => app::search::index(house, space, from, to).await?,
                // The rest reaches out; tests that need it call its step.
                _ => {}
            }
            let mut tx = house.db.write(Lane::Bulk).await?;
            store::job::done(&mut tx, job.id).await?;
            tx.commit().await?;
            done += 1;
        }
    }
}

/// Nothing in the house contradicts anything else in it.
pub(crate) async fn sound(house: &House) {
    let report = app::fsck::run(house).await;
    assert!(report.is_clean(), "{:?}", report.problems);
}

/// Open clusters of a desk, first of the queue first.
pub(crate) async fn queue(db: &Db, desk: &Desk) -> Result<Vec<store::cluster::Cluster>, store::Error> {
    store::cluster::queue(db, &[desk.id()], domain::cluster::Queued::Open, 500).await
}

/// A complete draft that refers every member of a cluster.
pub(crate) async fn draft(house: &House, cluster: ClusterId) -> Result<Draft, app::Error> {
    let members = store::cluster::members(&house.db, cluster, 100).await?;
    let answer = || ExemptionAnswer { finding: Finding::No, text: String::new() };
    let context = || ContextFinding {
        audience: Audience::Open,
        exemption: Question::ALL.iter().map(|question| (*question, answer())).collect(),
        true_purpose: "Shown to the public for its own sake.".to_owned(),
        context: "A public page without any comment.".to_owned(),
        editorial_responsibility: false,
        eu_listed_author: "unknown".to_owned(),
    };
    Ok(Draft {
        decision: Decision::Refer,
        content: Some(ContentFinding {
            statements: [(Kind::Instruction, "A neutral statement for the test, long enough.".to_owned())]
                .into(),
            pinpoints: [(Kind::Instruction, vec!["00:10".to_owned()])].into(),
            danger: None,
            offence_refs: vec!["2017/541:3(1)(a)".to_owned()],
            urgency: Urgency::Normal,
        }),
        contexts: members.iter().map(|member| (member.subject_id, context())).collect::<BTreeMap<_, _>>(),
        note: String::new(),
        whole: None,
    })
}

/// The analyst opens a cluster and refers all of it.
pub(crate) async fn assess(
    house: &House,
    desk: &Desk,
    cluster: ClusterId,
) -> Result<AssessmentId, app::Error> {
    let stored = store::cluster::get(&house.db, cluster).await?.ok_or_else(domain::access::not_here)?;
    let version = stored.version;
    let draft = draft(house, cluster).await?;
    let authorised = Authorised::check(&desk.analyst, stored.space, stored)?;
    assess::open(house, &authorised).await?;
    Ok(assess::save(house, &authorised, version, draft).await?.id)
}

/// The approver confirms an assessment.
pub(crate) async fn approve(
    house: &House,
    desk: &Desk,
    id: AssessmentId,
) -> Result<Vec<ReferralId>, app::Error> {
    let stored = store::assessment::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let version = stored.version;
    app::approve::run(house, &Authorised::check(&desk.approver, stored.space, stored)?, version).await
}

/// A seal that was made just now, so that nobody has to look at the address.
pub(crate) async fn seal(house: &House, desk: &Desk, subject: i64) -> Result<(), app::Error> {
    let now = house.clock.now();
    let seal = json!({ "record_sha256": "", "media_sha256": [], "sealed_at": now, "missing": [] });
    let body = json!({ "seal": seal, "reach": "up", "says": null });
    let mut tx = house.db.write(Lane::Bulk).await?;
    let retention = domain::evidence::Retention::Original;
    let document = store::crypt::put_json(&mut tx, desk.id(), retention, &body, now).await?;
    let look = store::look::NewLook {
        id: domain::id::CheckId(Uuid::now_v7()),
        space: desk.id(),
        subject,
        referral: None,
        class: "sealed",
        confidence: "high",
        document: document.key,
        gone_at: None,
        next: None,
    };
    store::look::put(&mut tx, &look, now).await?;
    Ok(tx.commit().await?)
}

/// The pre-flight of a referral whose items are sealed; gives the referral as it then stands.
pub(crate) async fn preflight(
    house: &Arc<House>,
    desk: &Desk,
    id: ReferralId,
) -> Result<store::referral::Referral, app::Error> {
    for item in store::referral::items(&house.db, id).await? {
        seal(house, desk, item.subject).await?;
    }
    app::refer::run(house, id).await?;
    Ok(store::referral::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?)
}

/// Assessed, approved, looked at by the coordinator, and put into the outbox.
pub(crate) async fn send(
    house: &Arc<House>,
    desk: &Desk,
    cluster: ClusterId,
) -> Result<Vec<store::referral::Referral>, app::Error> {
    let assessment = assess(house, desk, cluster).await?;
    let mut sent = Vec::new();
    for id in approve(house, desk, assessment).await? {
        let referral = preflight(house, desk, id).await?;
        if referral.message.is_none() {
            let looked = Authorised::check(&desk.coordinator, referral.space, referral)?;
            app::refer::look(house, &looked, "Contact and load were confirmed.").await?;
        }
        sent.push(preflight(house, desk, id).await?);
    }
    Ok(sent)
}

/// The analyst has a doubt about a cluster, and the second reader has none: the assessment waits for approval.
pub(crate) async fn read_again(
    house: &House,
    desk: &Desk,
    cluster: ClusterId,
) -> Result<AssessmentId, app::Error> {
    let stored = store::cluster::get(&house.db, cluster).await?.ok_or_else(domain::access::not_here)?;
    let mut draft = draft(house, cluster).await?;
    for context in draft.contexts.values_mut() {
        let text = "It may be a newsroom's report.".to_owned();
        context.exemption.insert(Question::Journalism, ExemptionAnswer { finding: Finding::Unsure, text });
    }
    let version = stored.version;
    let authorised = Authorised::check(&desk.analyst, stored.space, stored)?;
    let id = assess::save(house, &authorised, version, draft).await?.id;
    let stored = store::assessment::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let authorised = Authorised::check(&desk.reader, stored.space, stored)?;
    assess::read_again(house, &authorised, Finding::No, "No newsroom answers for this page.").await?;
    Ok(id)
}

/// A house in which something of everything happened, published.
pub(crate) async fn lived_in(built: &Built) -> Result<(), app::Error> {
    let Built { house, one, two, .. } = built;
    intake(house, one, 0..12).await?;
    intake(house, two, 0..3).await?;
    intake_as(house, two, 20..24, Relevance::Hold { days: 7 }).await?;
    work(house).await?;
    let open = queue(&house.db, one).await?;
    for cluster in &open[..4] {
        assess(house, one, cluster.id).await?;
    }
    let waiting =
        store::assessment::in_state(&house.db, one.id(), domain::assessment::State::Assessed, 10).await?;
    for assessment in &waiting[..2] {
        approve(house, one, assessment.id).await?;
    }
    let returned = Authorised::check(&one.approver, one.id(), waiting[2].clone())?;
    assess::return_it(house, &returned, waiting[2].version, "Say more about the place.").await?;
    read_again(house, one, open[4].id).await?;
    let subject =
        store::observation::get(&house.db, 1).await?.ok_or_else(domain::access::not_here)?.subject_id;
    let subject = store::subject::by_id(&house.db, subject).await?.ok_or_else(domain::access::not_here)?;
    let subject = Authorised::check(&one.coordinator, one.id(), subject)?;
    let answer = domain::hold::HoldAnswer::TalkToMe;
    app::deconflict::place(house, &subject, answer, 24, "Speak with us first.").await?;
    house.blobs.put(one.id(), b"the bytes of a picture")?;
    app::publish::all(house).await
}

#[tokio::test]
async fn fixture_house_works() -> Outcome {
    let built = Built::new().await?;
    let Built { house, one, .. } = &built;
    assert_eq!(intake(house, one, 0..3).await?.new, 3);
    assert_eq!(intake(house, one, 0..4).await?.new, 1);
    assert!(work(house).await? > 0);
    let queue = queue(&house.db, one).await?;
    assert_eq!(queue.len(), 4);
    let assessment = assess(house, one, queue[0].id).await?;
    let referrals = approve(house, one, assessment).await?;
    assert_eq!(referrals.len(), 1);
    let built = built.reopened().await?;
    let referral = store::referral::get(&built.house.db, referrals[0]).await?.ok_or("no referral")?;
    assert_eq!(referral.provider, built.one.provider);
    assert_ne!(built.one.id(), built.two.id());
    Ok(())
}
