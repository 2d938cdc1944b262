//! One cluster with what a person needs to decide about it.

use super::matched::{self, Match};
use super::queue::Row;
use super::whole::Whole;
use crate::{House, Result, assess, deconflict};
use domain::access::Actor;
use domain::assessment::{ContentFinding, Decision, Draft, State};
use domain::event::Noun;
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, AssessmentId, ProviderId, SubjectId};
use domain::observation::MediaRef;
use domain::preflight;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use store::cluster::Cluster;

/// Earlier decisions shown.
const BEFORE_SHOWN: i64 = 20;
/// Records of an assessment that are read for the reason of its return.
const EVENTS_READ: i64 = 200;
/// Services of a cluster whose providers are looked up.
const SERVICES_ASKED: usize = 20;
/// Items about which the other agencies are asked when a cluster is opened.
const ASKED_ITEMS: usize = 20;

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
    let why = matched::of_cluster(house, cluster.id).await?;
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
