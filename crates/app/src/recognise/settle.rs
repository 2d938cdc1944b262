//! What a match comes to: into a cluster, out of the queue, or nothing.

use super::{FLAT, Found, bytes, words};
use crate::{Act, House, Result, release};
use domain::assessment::Urgency;
use domain::bank::{FUSE_MATCHES_PER_DAY, Opinion, PDQ_QUALITY_MIN, SignalEvent, next};
use domain::cluster::{Evidence, Queued};
use domain::event::Noun;
use domain::id::{AgencyId, ClusterId};
use nearest::{Nearest, Scan};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use store::intake::Observation;
use store::signal::{Counted, NewMatch};
use uuid::Uuid;

/// Observations settled in one transaction (D23).
const TOGETHER: usize = 100;

/// What ties an item to others of the same content.
pub(crate) struct Ties {
    /// Kind of key, value, evidence: its own address first, so that an item stands in one cluster.
    pub(crate) exact: Vec<(&'static str, Vec<u8>, Evidence)>,
    /// Its pictures that show enough.
    pub(crate) pictures: Vec<[u64; 4]>,
}

impl Ties {
    /// Every key: kind and value.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'static str, Vec<u8>)> + '_ {
        let exact = self.exact.iter().map(|(kind, value, _)| (*kind, value.clone()));
        exact.chain(self.pictures.iter().map(|picture| ("pdq", bytes(picture))))
    }
}

/// Ties of observations, in their order.
pub(crate) async fn ties(house: &House, space: AgencyId, observations: &[Observation]) -> Result<Vec<Ties>> {
    let keys: Vec<i64> = observations.iter().map(|observation| observation.key).collect();
    let mut seen: HashMap<i64, Vec<(String, Vec<u8>, u8)>> = HashMap::new();
    for (kind, observation, value, quality) in store::signal::pictures_of(&house.db, &keys).await? {
        seen.entry(observation).or_default().push((kind, value, quality));
    }
    let none = Vec::new();
    observations
        .iter()
        .map(|observation| ties_of(house, space, observation, seen.get(&observation.key).unwrap_or(&none)))
        .collect()
}

fn ties_of(
    house: &House,
    space: AgencyId,
    observation: &Observation,
    seen: &[(String, Vec<u8>, u8)],
) -> Result<Ties> {
    let keys = &house.db.keys;
    let address = observation.subject_id.0.as_bytes().to_vec();
    let mut exact = vec![("subject", address, Evidence::SameAddress)];
    if let Some(record) = &observation.record {
        let text = text::normal::exact_text_key(&record.text);
        for media in &record.media {
            let Some(sha256) = &media.sha256 else { continue };
            let digest = keys.digest(space, "sha256", sha256.to_lowercase().as_bytes())?.to_vec();
            let flat = seen.iter().any(|(kind, value, _)| kind == FLAT && *value == digest);
            match (flat, text) {
                (false, _) => exact.push(("sha256", digest, Evidence::SameBytes)),
                // A blank picture shows nothing: the same one under another text is another content.
                (true, Some(text)) => {
                    let both = keys.digest(space, FLAT, &[digest, text.to_vec()].concat())?;
                    exact.push((FLAT, both.to_vec(), Evidence::SameBytes));
                }
                (true, None) => {}
            }
        }
        if record.media.is_empty()
            && let Some(text) = text
        {
            exact.push(("text", keys.digest(space, "text", &text)?.to_vec(), Evidence::SameText));
        }
    }
    let pictures = seen
        .iter()
        .filter(|(kind, _, quality)| kind == "pdq" && *quality >= PDQ_QUALITY_MIN)
        .filter_map(|(_, value, _)| words(value))
        .collect();
    Ok(Ties { exact, pictures })
}

/// Pictures of representatives, and whose they are.
struct Near {
    scan: Scan,
    clusters: Vec<ClusterId>,
}

impl Near {
    async fn load(house: &House, space: AgencyId) -> Result<Self> {
        let mut near = Self { scan: Scan::new(), clusters: Vec::new() };
        for (value, cluster) in store::cluster::representatives(&house.db, space).await? {
            if let Some(value) = words(&value) {
                near.add(value, cluster);
            }
        }
        Ok(near)
    }

    fn add(&mut self, picture: [u64; 4], cluster: ClusterId) {
        self.scan.insert(self.clusters.len() as u64, picture);
        self.clusters.push(cluster);
    }

    fn first(&self, picture: &[u64; 4]) -> Option<(ClusterId, u32)> {
        let found = self.scan.within(picture, domain::bank::PDQ_DISTANCE_BITS).into_iter().next()?;
        let cluster = usize::try_from(found.id).ok().and_then(|index| self.clusters.get(index))?;
        Some((*cluster, found.distance))
    }
}

/// Settles observations with what was found for them.
pub(super) async fn run(
    house: &Arc<House>,
    space: AgencyId,
    mut observations: Vec<Observation>,
    found: Found,
) -> Result<()> {
    observations.retain(|observation| match observation.relevance.as_str() {
        "forgotten" => false,
        "submitted" => true,
        _ => found.contains_key(&observation.key),
    });
    let mut near = Near::load(house, space).await?;
    let mut rest = observations.as_slice();
    while let Some(first) = rest.first() {
        let alike = rest.iter().take(TOGETHER).take_while(|other| other.agency == first.agency).count();
        let (together, after) = rest.split_at(alike);
        let ties = ties(house, space, together).await?;
        let mut act = Act::of_machine(house, first.agency, space).await?;
        for (observation, ties) in together.iter().zip(&ties) {
            let found = found.get(&observation.key).map(Vec::as_slice).unwrap_or_default();
            settle(&mut act, (space, observation), ties, found, &mut near).await?;
        }
        act.commit().await?;
        rest = after;
    }
    Ok(())
}

async fn settle(
    act: &mut Act,
    (space, observation): (AgencyId, &Observation),
    ties: &Ties,
    found: &[NewMatch],
    near: &mut Near,
) -> Result<()> {
    let now = act.now;
    let counted = store::signal::put_matches(&mut act.tx, found, now).await?;
    blow_fuses(act, &counted).await?;
    let opinions = store::signal::opinions(&mut act.tx, observation.key).await?;
    let submitted = observation.relevance == "submitted";
    if opinions.contains(&Opinion::Negative) && !submitted {
        return release::run(act, &[observation.key]).await.map(drop);
    }
    let raised = opinions.iter().any(|opinion| matches!(opinion, Opinion::Positive | Opinion::Seed));
    if !raised && !submitted {
        return Ok(());
    }
    let chosen = choose(act, space, observation, ties, near).await?;
    let joined = join(act, (space, observation), ties, chosen, (raised, !counted.is_empty())).await?;
    if !joined && raised && (!counted.is_empty() || observation.cluster.is_none()) {
        let facts = json!({ "subject": observation.subject_id.to_string(), "signals": counted.len() });
        act.append(Noun::Cluster, chosen.0.0, "matched", facts).await?;
    }
    Ok(())
}

/// Sets aside every signal that matched more than its fuse bears today; people are told by the fact.
async fn blow_fuses(act: &mut Act, counted: &[Counted]) -> Result<()> {
    for signal in counted.iter().filter(|signal| signal.today > FUSE_MATCHES_PER_DAY) {
        let Some(stored) = store::signal::get_in(&mut act.tx, signal.id).await? else { continue };
        let Ok(state) = next(Some(stored.state), SignalEvent::FuseBlew) else { continue };
        store::signal::set_state(&mut act.tx, signal.id, state).await?;
        let facts = json!({ "bank": signal.bank.to_string(), "today": signal.today });
        act.append(Noun::Signal, signal.id.0, SignalEvent::FuseBlew.word(), facts).await?;
    }
    Ok(())
}

type Chosen = (ClusterId, Evidence, u32);

/// The cluster of an item: its own address, exact ties, then a picture near a representative, else a new one.
///
/// Admission is against representatives only, so that clusters do not chain (D25).
async fn choose(
    act: &mut Act,
    space: AgencyId,
    observation: &Observation,
    ties: &Ties,
    near: &mut Near,
) -> Result<Chosen> {
    for (kind, value, evidence) in &ties.exact {
        if let Some(cluster) = store::cluster::of_key(&mut act.tx, space, kind, value).await? {
            return Ok((cluster, *evidence, 0));
        }
    }
    for picture in &ties.pictures {
        if let Some((cluster, distance)) = near.first(picture) {
            return Ok((cluster, Evidence::NearPicture, distance));
        }
    }
    let id = begin(act, space, observation).await?;
    for picture in &ties.pictures {
        near.add(*picture, id);
    }
    Ok((id, Evidence::First, 0))
}

/// A new, empty cluster that begins with an observation.
pub(crate) async fn begin(act: &mut Act, space: AgencyId, first: &Observation) -> Result<ClusterId> {
    let id = ClusterId(Uuid::now_v7());
    let new = store::cluster::NewCluster {
        id,
        space,
        language: &first.language,
        kind: &first.kind,
        service: &first.service,
        first_seen: first.seen_at,
    };
    store::cluster::put(&mut act.tx, new).await?;
    Ok(id)
}

/// Ties an item to a cluster. Only a representative brings its content; who joins brings its address.
pub(crate) async fn tie(
    act: &mut Act,
    space: AgencyId,
    ties: &Ties,
    to: ClusterId,
    represents: bool,
) -> Result<()> {
    for (kind, value, _) in ties.exact.iter().filter(|(kind, ..)| represents || *kind == "subject") {
        store::cluster::tie(&mut act.tx, space, kind, value, to).await?;
    }
    if represents {
        for picture in &ties.pictures {
            store::cluster::tie(&mut act.tx, space, "pdq", &bytes(picture), to).await?;
        }
    }
    Ok(())
}

/// Puts an item into its cluster; false when it was a member.
async fn join(
    act: &mut Act,
    (space, observation): (AgencyId, &Observation),
    ties: &Ties,
    (id, evidence, distance): Chosen,
    (known, matched): (bool, bool),
) -> Result<bool> {
    let Some(cluster) = store::cluster::get_in(&mut act.tx, id).await? else {
        return Err(crate::Error::Bug(format!("cluster {id} is gone")));
    };
    // A cluster that began with a bare address takes its content from the first record that brings any.
    let represents = evidence == Evidence::First
        || (evidence == Evidence::SameAddress && !store::cluster::has_content(&mut act.tx, id).await?);
    tie(act, space, ties, id, represents).await?;
    let now = act.now;
    let added = store::cluster::join(
        &mut act.tx,
        id,
        observation.subject,
        observation.key,
        (evidence, distance),
        now,
    )
    .await?;
    let word = if observation.relevance == "submitted" { "submitted" } else { "matched" };
    store::intake::settle(&mut act.tx, observation.key, word, Some(id)).await?;
    if !added {
        let back = cluster.state == Queued::Left;
        let state = if back { Queued::Open } else { cluster.state };
        if matched || back || observation.cluster.is_none() {
            store::cluster::refresh(&mut act.tx, id, state, cluster.urgency, false).await?;
        }
        return Ok(false);
    }
    // A new member of decided content comes back to the queue with the old finding as a proposal (D2).
    let reappeared = cluster.finding.is_some();
    if reappeared {
        store::cluster::set_reappeared(&mut act.tx, id, observation.subject).await?;
    }
    let state = match cluster.state {
        Queued::Decided | Queued::Deferred | Queued::Left => Queued::Open,
        state => state,
    };
    let threat = cluster.urgency == Urgency::ThreatToLife;
    let urgency = if threat { cluster.urgency } else { Urgency::Normal };
    store::cluster::refresh(&mut act.tx, id, state, urgency, reappeared).await?;
    let facts = json!({
        "subject": observation.subject_id.to_string(), "evidence": evidence.word(), "distance": distance,
        "language": observation.language, "kind": observation.kind, "service": observation.service, "matched": known,
        "cites": cluster.finding.map(|(_, assessment)| assessment.to_string()),
    });
    act.append(Noun::Cluster, id.0, if reappeared { "reappeared" } else { "joined" }, facts).await?;
    Ok(true)
}
