//! A subject: what is this, and what happened to it?

use crate::{House, Result, deconflict};
use domain::access::{Actor, Authorised, RightType};
use domain::event::Noun;
use domain::hold::HoldAnswer;
use domain::id::{ClusterId, ReferralId, SubjectId};
use domain::subject::EdgeKind;
use jiff::Timestamp;
use store::subject::Subject;
use uuid::Uuid;

/// Observations shown.
const SEEN_SHOWN: i64 = 50;
/// Looks shown.
const LOOKS_SHOWN: i64 = 50;
/// Neighbours shown.
const NEIGHBOURS_SHOWN: i64 = 50;

/// Letters shown.
const LETTERS_SHOWN: i64 = 20;
/// Copies elsewhere that are shown.
const ELSEWHERE_SHOWN: i64 = 50;
/// Decisions whose events are shown.
const DECIDED_SHOWN: i64 = 10;
/// Events of one thing that are shown.
const EVENTS_SHOWN: i64 = 50;

/// A neighbour: how it is joined, its address, its id.
pub type Neighbour = (EdgeKind, String, SubjectId);

/// Something that was done: noun and word of its event, who did it, when.
pub type Happened = (Noun, String, Option<String>, Timestamp);

/// A subject, open.
#[derive(Debug)]
pub struct Open {
    /// Its id.
    pub id: SubjectId,
    /// What it is.
    pub kind: String,
    /// Its address, or its host when the address was erased.
    pub address: String,
    /// Its language.
    pub language: String,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// When it was seen.
    pub seen: Vec<Timestamp>,
    /// What was done about it and its cluster, oldest first: noun, word of the event, who, when.
    pub happened: Vec<Happened>,
    /// Why it was matched.
    pub matches: Vec<super::matched::Match>,
    /// Why other items of its cluster were matched, by signals that did not match this one.
    pub others_matches: Vec<super::matched::Match>,
    /// The same content elsewhere: address, subject, since when it is in the cluster.
    pub elsewhere: Vec<(String, SubjectId, Timestamp)>,
    /// How many there are elsewhere beside these.
    pub elsewhere_left: u64,
    /// Letters that hold it: reference, referral, when sent.
    pub letters: Vec<(String, ReferralId, Timestamp)>,
    /// SHA-256 of what was sealed, when it was sealed.
    pub sealed: Option<String>,
    /// Looks at its address, newest first: class, confidence, when.
    pub looks: Vec<(String, String, Timestamp)>,
    /// Accounts, channels, links.
    pub neighbours: Vec<Neighbour>,
    /// What other agencies answered about it.
    pub holds: Vec<(HoldAnswer, Option<Timestamp>)>,
    /// What the reader's agency answered about it.
    pub own: Vec<deconflict::Own>,
}

/// Loads a subject for a person; reading it is logged.
pub async fn load<R: RightType>(
    house: &House,
    actor: &Actor,
    id: SubjectId,
) -> Result<Authorised<Subject, R>> {
    let found = store::subject::by_id(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    Ok(Authorised::check(actor, found.space, found)?)
}

/// Opens it.
pub async fn subject<R: RightType>(house: &House, loaded: &Authorised<Subject, R>) -> Result<Open> {
    let (found, actor) = (loaded.get(), loaded.actor());
    let seen = store::observation::of_subject(&house.db, found.key, SEEN_SHOWN).await?;
    let neighbours = store::subject::neighbours(&house.db, found.key, NEIGHBOURS_SHOWN).await?;
    let cluster = store::cluster::of_subject(&house.db, found.key).await?;
    let letters = letters(house, found.key).await?;
    let matches = super::matched::of_subject(house, found.key).await?;
    let (mut others_matches, elsewhere, elsewhere_left) = match cluster {
        Some(cluster) => {
            let elsewhere = elsewhere(house, cluster, found.key).await?;
            let members = store::cluster::get(&house.db, cluster).await?.map_or(0, |cluster| cluster.members);
            let left = members.saturating_sub(1 + elsewhere.len() as u64);
            (super::matched::of_cluster(house, cluster).await?, elsewhere, left)
        }
        None => (Vec::new(), Vec::new(), 0),
    };
    others_matches.retain(|other| matches.iter().all(|own| own.signal != other.signal));
    Ok(Open {
        id: found.id,
        kind: seen.first().map_or_else(|| found.kind.word().to_owned(), |first| first.kind.clone()),
        address: found.address.clone().unwrap_or_else(|| found.service.clone()),
        language: seen.first().map_or_else(|| "und".to_owned(), |first| first.language.clone()),
        happened: happened(house, cluster, &letters).await?,
        sealed: sealed(house, found.key).await?,
        matches,
        others_matches,
        elsewhere,
        elsewhere_left,
        letters,
        cluster,
        seen: seen.iter().map(|seen| seen.seen_at).collect(),
        looks: store::look::of_subject(&house.db, found.key, LOOKS_SHOWN).await?,
        neighbours: neighbours
            .into_iter()
            .map(|(kind, other)| (kind, other.address.unwrap_or(other.service), other.id))
            .collect(),
        holds: deconflict::answers(house, found.space, actor.agency, found).await?,
        own: deconflict::own(house, actor, found).await?,
    })
}

async fn letters(house: &House, subject: i64) -> Result<Vec<(String, ReferralId, Timestamp)>> {
    let rows = house
        .db
        .rows(
            "SELECT r.id, r.reference, r.queued_at FROM referral_item i JOIN referral r ON r.id = i.referral
             WHERE i.subject = $1 AND r.queued_at IS NOT NULL ORDER BY r.queued_at LIMIT $2",
            store::params![subject, LETTERS_SHOWN],
        )
        .await?;
    rows.iter().map(|row| Ok((row.text("reference")?, row.id("id")?, row.time("queued_at")?))).collect()
}

async fn elsewhere(
    house: &House,
    cluster: ClusterId,
    own: i64,
) -> Result<Vec<(String, SubjectId, Timestamp)>> {
    let mut all = Vec::new();
    for member in store::cluster::members(&house.db, cluster, ELSEWHERE_SHOWN).await? {
        if member.subject == own {
            continue;
        }
        let address =
            store::subject::by_key(&house.db, member.subject).await?.and_then(|found| found.address);
        let seen = store::observation::get(&house.db, member.observation).await?;
        if let Some(seen) = seen {
            all.push((address.unwrap_or(member.service), member.subject_id, seen.seen_at));
        }
    }
    Ok(all)
}

/// Events of its cluster, of what was decided about it, and of its letters.
async fn happened(
    house: &House,
    cluster: Option<ClusterId>,
    letters: &[(String, ReferralId, Timestamp)],
) -> Result<Vec<Happened>> {
    let mut things: Vec<(Noun, Uuid)> = letters.iter().map(|(_, id, _)| (Noun::Referral, id.0)).collect();
    if let Some(cluster) = cluster {
        things.push((Noun::Cluster, cluster.0));
        let decided = store::assessment::of_cluster(&house.db, cluster, DECIDED_SHOWN).await?;
        things.extend(decided.into_iter().map(|found| (Noun::Assessment, found.id.0)));
    }
    let mut all = Vec::new();
    for (noun, id) in things {
        for event in store::event::of(&house.db, noun, id, EVENTS_SHOWN).await? {
            let who = match event.actor {
                Some(person) => Some(super::name(house, person).await?),
                None => None,
            };
            all.push((noun, event.what, who, event.at));
        }
    }
    all.sort_by_key(|(_, _, _, at)| *at);
    Ok(all)
}

/// The digest of the source's record in the newest seal.
async fn sealed(house: &House, subject: i64) -> Result<Option<String>> {
    let row = house
        .db
        .maybe(
            "SELECT document FROM look WHERE subject = $1 AND class = 'sealed' ORDER BY at DESC LIMIT 1",
            store::params![subject],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let body: Option<serde_json::Value> = store::crypt::get_json(&house.db, row.int("document")?).await?;
    Ok(body.and_then(|body| body["seal"]["record_sha256"].as_str().map(str::to_owned)))
}
