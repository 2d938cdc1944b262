//! Clusters: rows of the queue, and one cluster with what a person needs to decide about it.

use super::whole::Whole;
use crate::signals::Clear;
use crate::{House, Result, assess, deconflict};
use domain::access::{Actor, Right};
use domain::assessment::{ContentFinding, Decision, Draft, State};
use domain::bank::{Part, SignalKind};
use domain::cluster::{Lease, Queued};
use domain::event::Noun;
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, AssessmentId, ClusterId, ProviderId, SignalId, SubjectId};
use domain::observation::MediaRef;
use domain::preflight;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use store::cluster::Cluster;

/// Rows of one answer.
pub const ROWS_MAX: i64 = 500;
/// Matches shown.
const MATCHES_SHOWN: i64 = 50;
/// Earlier decisions shown.
const BEFORE_SHOWN: i64 = 20;
/// Records of an assessment that are read for the reason of its return.
const EVENTS_READ: i64 = 200;
/// Services of a cluster whose providers are looked up.
const SERVICES_ASKED: usize = 20;
/// Items about which the other agencies are asked when a cluster is opened.
const ASKED_ITEMS: usize = 20;

/// A row of the queue.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its id.
    pub id: ClusterId,
    /// Where.
    pub space: AgencyId,
    /// Short number for people.
    pub number: i64,
    /// `open`, `deferred`, …
    pub state: Queued,
    /// How soon.
    pub urgency: domain::assessment::Urgency,
    /// Why it has its place: a key of the interface's words.
    pub reason: String,
    /// Items.
    pub members: u64,
    /// Live matches.
    pub matches: u64,
    /// Language of its first item.
    pub language: String,
    /// Kind of its first item.
    pub kind: String,
    /// Host of its first item.
    pub service: String,
    /// A save carries it.
    pub version: i64,
    /// First seen.
    pub first_seen: Timestamp,
    /// Who has it open.
    pub lease: Option<Lease>,
}

impl From<Cluster> for Row {
    fn from(cluster: Cluster) -> Self {
        Self {
            id: cluster.id,
            space: cluster.space,
            number: cluster.number,
            state: cluster.state,
            urgency: cluster.urgency,
            reason: cluster.reason,
            members: cluster.members,
            matches: cluster.matches,
            language: cluster.language,
            kind: cluster.kind,
            service: cluster.service,
            version: cluster.version,
            first_seen: cluster.first_seen,
            lease: cluster.lease,
        }
    }
}

/// The queue of some spaces of the actor, in its order.
pub async fn queue(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    state: Queued,
    limit: i64,
) -> Result<Vec<Row>> {
    actor.need(Right::Read)?;
    let limit = limit.clamp(1, ROWS_MAX);
    Ok(store::cluster::queue(&house.db, spaces, state, limit).await?.into_iter().map(Row::from).collect())
}

/// What waits or was put off in some spaces of the actor, of which the number, the language, the kind, or the service of
/// an item holds a part, or whose language is one of some.
pub async fn find(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    sought: (&str, &[&str]),
    limit: i64,
) -> Result<Vec<Row>> {
    actor.need(Right::Read)?;
    let limit = limit.clamp(1, ROWS_MAX);
    Ok(store::cluster::find(&house.db, spaces, sought, limit).await?.into_iter().map(Row::from).collect())
}

/// Clusters and items in some spaces of the actor, by state.
pub async fn counts(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
) -> Result<BTreeMap<Queued, (u64, u64)>> {
    actor.need(Right::Read)?;
    let mut counts: BTreeMap<Queued, (u64, u64)> = BTreeMap::new();
    for space in spaces {
        for (state, clusters, items) in store::cluster::counts(&house.db, *space).await? {
            let sum = counts.entry(state).or_default();
            *sum = (sum.0 + clusters, sum.1 + items);
        }
    }
    Ok(counts)
}

/// What of a cluster's files is met in known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// Which cluster.
    pub cluster: ClusterId,
    /// A video, a sound, or a term that a machine read in a picture.
    pub kind: SignalKind,
    /// Which part, of a video or sound.
    pub part: Option<Part>,
}

/// What of clusters' files is met, the first that was found of each.
pub async fn met(house: &House, clusters: &[ClusterId]) -> Result<Vec<Met>> {
    let met = store::matches::of_files(&house.db, clusters).await?;
    Ok(met.into_iter().map(|(cluster, kind, part)| Met { cluster, kind, part }).collect())
}

/// Kinds of signals that clusters have live matches with, and how far the nearest of each is.
pub async fn kinds(house: &House, clusters: &[ClusterId]) -> Result<Vec<(ClusterId, SignalKind, u64)>> {
    Ok(store::matches::kinds_of(&house.db, clusters).await?)
}

/// A file that an item shows.
#[derive(Debug, Clone, Serialize)]
pub struct Media {
    /// What it is.
    pub kind: String,
    /// Its SHA-256, when its bytes are here or the source states it.
    pub sha256: Option<String>,
    /// Token of its preview on the media origin; works for ten minutes.
    pub preview: Option<String>,
    /// Width and height in pixels, when known.
    pub size: Option<(u32, u32)>,
    /// Length in milliseconds, when known.
    pub duration_ms: Option<u64>,
}

/// An item of a cluster.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its subject.
    pub subject: SubjectId,
    /// Its address.
    pub url: Option<String>,
    /// Its host.
    pub service: String,
    /// What it is.
    pub kind: String,
    /// Its language.
    pub language: String,
    /// Who can see it.
    pub audience: String,
    /// Its words.
    pub text: String,
    /// Who posted it, `service/handle`.
    pub account: Option<String>,
    /// In which channel, `service/handle`.
    pub channel: Option<String>,
    /// Its files.
    pub media: Vec<Media>,
    /// When it was posted, by the source.
    pub posted_at: Option<Timestamp>,
    /// When it was seen.
    pub seen_at: Option<Timestamp>,
    /// Why it is a member.
    pub evidence: String,
    /// Bits of 256 from the representative.
    pub distance: i64,
    /// How it was found, when it is not equal.
    pub how: Option<crate::recognise::How>,
    /// Answers of other agencies about it.
    pub holds: Vec<(HoldAnswer, Option<Timestamp>)>,
    /// It was approved or declined already: what is decided now is about the others.
    pub decided: bool,
    /// Its host is on the list of protected hosts that the pre-flight reads, or looks like one by its name (LAW-163).
    pub protected: bool,
}

/// A match.
#[derive(Debug, Clone, Serialize)]
pub struct Match {
    /// Which signal.
    pub signal: SignalId,
    /// Which item.
    pub subject: SubjectId,
    /// What was compared.
    pub kind: String,
    /// Which bank.
    pub bank: String,
    /// What the bank's owner thinks.
    pub opinion: String,
    /// Somebody disputes the signal since.
    pub disputed: bool,
    /// Who gave the bank.
    pub origin: String,
    /// Bits of 256.
    pub distance: u32,
    /// Greatest distance that counts.
    pub limit: u32,
    /// Which form matched.
    pub variant: String,
    /// Which part of both agrees, of videos and sounds; the sentence has it.
    #[serde(skip)]
    pub part: Option<Part>,
    /// Why, in one sentence.
    pub sentence: String,
    /// The signal itself as its giver wrote it, when it is kept: an account, an address, a term.
    pub value: Option<String>,
}

/// An earlier decision about the same content.
#[derive(Debug, Clone, Serialize)]
pub struct Before {
    /// Which.
    pub id: AssessmentId,
    /// Where it stands.
    pub state: State,
    /// What was decided.
    pub decision: Decision,
    /// When.
    pub made_at: Timestamp,
    /// The reader wrote it.
    pub own: bool,
}

/// The provider's side of a cluster.
#[derive(Debug, Clone, Serialize)]
pub struct Provider {
    /// Its entry.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// Its IANA zone, when known.
    pub zone: Option<String>,
    /// Languages of its contact point.
    pub languages: Vec<String>,
    /// Referrals to it that have no final answer.
    pub open: u64,
}

/// A cluster, open.
#[derive(Debug, Clone, Serialize)]
pub struct Open {
    /// Its row.
    #[serde(flatten)]
    pub row: Row,
    /// Its items, oldest first.
    pub items: Vec<Item>,
    /// Why it is here.
    pub why: Vec<Match>,
    /// Decided before, newest first.
    pub before: Vec<Before>,
    /// The approved content finding that new members inherit as a proposal (D2).
    pub proposed: Option<ContentFinding>,
    /// Who approved that finding; empty when nobody did.
    pub proposed_by: String,
    /// Who answers for the hosts of its items, as the provider book says; that of its first item first.
    pub providers: Vec<Provider>,
    /// Services of its items whose providers were not looked up, because there are so many.
    pub services_left: u64,
    /// The draft of the newest assessment, when it was sent back or undone: its author goes on from there.
    pub draft: Option<Draft>,
    /// Why the second person sent that draft back; empty when nobody did.
    pub returned_why: String,
    /// What it rests on, when it is one channel or account.
    pub whole: Option<Whole>,
}

/// Opens a cluster that was loaded for reading.
pub async fn cluster(house: &House, actor: &Actor, cluster: &Cluster) -> Result<Open> {
    let mut items = Vec::new();
    let members = store::cluster::members(&house.db, cluster.id, assess::MEMBERS_SHOWN).await?;
    let decided = store::assessment::decided(&house.db, cluster.id).await?;
    let listed = store::provider::protected_hosts(&house.db, cluster.space).await?;
    let listed: BTreeSet<String> = listed.into_iter().map(|(host, _)| host).collect();
    for (at, member) in members.into_iter().enumerate() {
        let decided = decided.contains(&member.subject);
        let protected = preflight::looks_like(&member.service).is_some() || listed.contains(&member.service);
        let item = item(house, actor, cluster.space, member, at < ASKED_ITEMS).await?;
        items.push(Item { decided, protected, ..item });
    }
    let why = matches(house, cluster.id).await?;
    let before = store::assessment::of_cluster(&house.db, cluster.id, BEFORE_SHOWN).await?;
    let proposed = match cluster.finding {
        Some((document, _)) => store::crypt::get_json(&house.db, document).await?,
        None => None,
    };
    let proposed_by = match cluster.finding {
        Some((_, assessment)) => approver(house, assessment).await?,
        None => String::new(),
    };
    // What was sent back, or what its author took back, is gone on with.
    let returned = before.first().filter(|newest| match newest.state {
        State::Returned => true,
        State::Withdrawn => newest.author == actor.person && newest.approver.is_none(),
        _ => false,
    });
    let returned_why = match returned {
        Some(newest) if newest.state == State::Returned => returned_why(house, newest.id).await?,
        _ => String::new(),
    };
    let draft = match returned {
        Some(newest) => Some(assess::draft(house, newest).await?),
        None => None,
    };
    let whole = super::whole::of_cluster(house, cluster, draft.as_ref()).await?;
    let services: BTreeSet<String> = items.iter().map(|item| item.service.clone()).collect();
    let first = items.first().map_or_else(|| cluster.service.clone(), |item| item.service.clone());
    Ok(Open {
        row: cluster.clone().into(),
        items,
        why,
        before: before
            .into_iter()
            .filter(|found| !matches!(found.state, State::Withdrawn | State::Void))
            .map(|found| Before {
                id: found.id,
                state: found.state,
                decision: found.decision,
                made_at: found.made_at,
                own: found.author == actor.person,
            })
            .collect(),
        proposed,
        proposed_by,
        providers: providers(house, cluster, (&first, &services)).await?,
        services_left: services.len().saturating_sub(SERVICES_ASKED) as u64,
        draft,
        returned_why,
        whole,
    })
}

/// What the second person wrote when they sent an assessment back: its record in the ledger names the document.
async fn returned_why(house: &House, id: AssessmentId) -> Result<String> {
    let happened = store::event::of(&house.db, Noun::Assessment, id.0, EVENTS_READ).await?;
    match happened.iter().rev().find(|event| event.what == "returned") {
        Some(event) => super::written(house, event).await,
        None => Ok(String::new()),
    }
}

async fn approver(house: &House, assessment: AssessmentId) -> Result<String> {
    let approver = store::assessment::get(&house.db, assessment).await?.and_then(|found| found.approver);
    match approver {
        Some(person) => super::name(house, person).await,
        None => Ok(String::new()),
    }
}

async fn providers(
    house: &House,
    cluster: &Cluster,
    (first, services): (&String, &BTreeSet<String>),
) -> Result<Vec<Provider>> {
    let others = services.iter().filter(|service| *service != first);
    let mut all: Vec<Provider> = Vec::new();
    for service in std::iter::once(first).chain(others).take(SERVICES_ASKED) {
        if let Some(found) = provider(house, cluster, service).await?
            && all.iter().all(|known| known.id != found.id)
        {
            all.push(found);
        }
    }
    Ok(all)
}

async fn provider(house: &House, cluster: &Cluster, service: &str) -> Result<Option<Provider>> {
    let Some(found) = store::provider::of_host(&house.db, cluster.space, service).await? else {
        return Ok(None);
    };
    let open = house
        .db
        .one(
            "SELECT COUNT(*) AS n FROM referral WHERE space = $1 AND provider = $2
             AND state IN ('queued', 'delivered', 'acknowledged', 'in_dialogue')",
            store::params![cluster.space, found.id],
        )
        .await?
        .count("n")?;
    Ok(Some(Provider {
        id: found.id,
        name: found.entry.name,
        zone: found.entry.zone,
        languages: found.entry.languages,
        open,
    }))
}

/// Where terms stand in a text, as the matcher finds them: (number given with the term, bytes of the text), by place.
#[must_use]
pub fn places<'a>(
    text: &str,
    terms: impl IntoIterator<Item = (usize, &'a str)>,
) -> Vec<(usize, Range<usize>)> {
    let terms = terms.into_iter().map(|(number, term)| (number as u64, term));
    // A term that cannot be matched was not matched.
    let Ok(terms) = text::term::Terms::new(terms) else { return Vec::new() };
    let hits = terms.find(text).into_iter();
    hits.map(|hit| (usize::try_from(hit.id).unwrap_or_default(), hit.range)).collect()
}

/// Items of each of these clusters that are still to be decided, and on how many services they stand.
pub async fn open_items(house: &House, clusters: &[ClusterId]) -> Result<BTreeMap<ClusterId, (u64, u64)>> {
    Ok(store::cluster::open_items(&house.db, clusters).await?)
}

/// Why a cluster was matched.
pub(super) async fn matches(house: &House, id: ClusterId) -> Result<Vec<Match>> {
    let found = store::matches::of_cluster(&house.db, id, MATCHES_SHOWN).await?;
    Ok(found.into_iter().map(shown_match).collect())
}

/// Why one subject was matched.
pub(super) async fn matches_of_subject(house: &House, subject: i64) -> Result<Vec<Match>> {
    let found = store::matches::of_subject(&house.db, subject, MATCHES_SHOWN).await?;
    Ok(found.into_iter().map(shown_match).collect())
}

fn shown_match(found: store::matches::Shown) -> Match {
    let clear = found.clear.and_then(|clear| Clear::read(&clear).ok());
    // Of a video or sound the value is a digest, and says less than its file's name.
    let is_moving = matches!(found.why.kind, SignalKind::Video | SignalKind::Sound);
    Match {
        signal: found.signal,
        subject: found.subject,
        kind: found.why.kind.word().to_owned(),
        opinion: found.why.opinion.word().to_owned(),
        disputed: found.disputed,
        origin: found.origin,
        distance: found.why.distance,
        limit: found.why.limit,
        sentence: found.why.sentence(),
        value: clear.and_then(|clear| if is_moving { clear.label } else { Some(clear.value) }),
        part: found.why.part,
        variant: found.why.variant,
        bank: found.why.bank,
    }
}

async fn item(
    house: &House,
    actor: &Actor,
    space: AgencyId,
    member: store::cluster::Member,
    ask: bool,
) -> Result<Item> {
    let subject = store::subject::by_key(&house.db, member.subject).await?;
    let observation = store::observation::get(&house.db, member.observation).await?;
    let holds = match &subject {
        Some(subject) if ask => deconflict::answers(house, space, actor.agency, subject).await?,
        _ => Vec::new(),
    };
    // The observation that brought a channel or account is of something on it.
    let own = subject.as_ref().filter(|subject| subject.kind.is_whole());
    let record = observation.as_ref().and_then(|observation| observation.record.as_ref());
    let record = record.filter(|_| own.is_none());
    let handle = |who: &domain::observation::Handle| domain::subject::handle_key(&who.service, &who.handle);
    let files = record.map(|record| record.media.as_slice()).unwrap_or_default();
    let media = files.iter().map(|file| self::media(house, space, file)).collect::<Result<Vec<_>>>()?;
    Ok(Item {
        subject: member.subject_id,
        service: member.service,
        kind: match own {
            Some(whole) => whole.kind.word().to_owned(),
            None => observation.as_ref().map(|seen| seen.kind.clone()).unwrap_or_default(),
        },
        language: observation.as_ref().map_or_else(|| "und".to_owned(), |seen| seen.language.clone()),
        audience: observation.as_ref().map(|seen| seen.audience.clone()).unwrap_or_default(),
        text: record.map(|record| record.text.clone()).unwrap_or_default(),
        account: match own {
            Some(whole) => whole.address.clone(),
            None => record.and_then(|record| record.author.as_ref()).map(handle),
        },
        url: subject.and_then(|subject| subject.address),
        channel: record.and_then(|record| record.channel.as_ref()).map(handle),
        media,
        posted_at: record.and_then(|record| record.posted_at.as_ref()).map(|posted| posted.at),
        seen_at: observation.as_ref().map(|seen| seen.seen_at),
        evidence: member.evidence.word().to_owned(),
        distance: member.distance,
        how: serde_json::from_str(&member.how).ok(),
        holds,
        decided: false,
        protected: false,
    })
}

/// A file of a record, with the address of its preview when its bytes are here: those that came with the export.
pub(super) fn media(house: &House, space: AgencyId, file: &MediaRef) -> Result<Media> {
    let here = file.path.is_some() && !file.missing;
    let preview = match &file.sha256 {
        Some(sha256) if here => Some(super::media::address(house, space, sha256)?),
        _ => None,
    };
    Ok(Media {
        kind: word(&file.kind),
        sha256: file.sha256.clone(),
        preview,
        size: file.width.zip(file.height),
        duration_ms: file.duration_ms,
    })
}

/// The stable word of a value whose words stand in its serde names.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
