//! The clusters that a chunk of observations touches: read once, changed in memory, written once.
//!
//! One transaction settles some hundred observations. A statement for each question of each of them would keep the writer
//! for longer than a person waits (D23).

use super::print::How;
use super::settle::{Going, Ties};
use super::words;
use crate::{Act, Result};
use domain::assessment::Urgency;
use domain::cluster::{Evidence, Queued};
use domain::event::Noun;
use domain::id::{AgencyId, AssessmentId, ClusterId};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::board::{NewMember, Settled, Standing};
use store::cluster::PICTURE;
use store::observation::Observation;
use uuid::Uuid;

/// Where an item goes, and why.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) cluster: ClusterId,
    pub(super) evidence: Evidence,
    /// Bits of 256.
    pub(super) distance: u32,
    /// How it was found, when it is not equal.
    pub(super) how: Option<How>,
}

/// A cluster as it stands in memory.
struct Held {
    state: Queued,
    urgency: Urgency,
    finding: Option<AssessmentId>,
    /// Holds keys of content, and not of addresses alone.
    content: bool,
    /// Counts and reason must be written; whether what came last came back.
    dirty: Option<bool>,
    /// Begun here: language, kind, host, time.
    begun: Option<Begun>,
}

/// What only a new cluster has.
struct Begun {
    language: String,
    kind: String,
    service: String,
    first_seen: jiff::Timestamp,
    members: u64,
    matches: u64,
}

/// The clusters of a chunk.
pub(super) struct Board {
    space: AgencyId,
    /// Ids are in order of time: what began first is written first.
    clusters: BTreeMap<ClusterId, Held>,
    keys: HashMap<(String, Vec<u8>), ClusterId>,
    members: HashSet<(ClusterId, i64)>,
    new_keys: Vec<(&'static str, Vec<u8>, ClusterId)>,
    new_members: Vec<NewMember>,
    settled: Vec<Settled>,
}

impl Board {
    /// Reads what the chunk's ties lead to.
    pub(super) async fn load(act: &mut Act, space: AgencyId, going: &[Going<'_>]) -> Result<Self> {
        let ties: HashSet<(&str, Vec<u8>)> = going.iter().flat_map(|one| one.ties.keys()).collect();
        let ties: Vec<(&str, Vec<u8>)> = ties.into_iter().collect();
        let keys = store::board::of_keys(&mut act.tx, space, &ties).await?;
        let subjects: Vec<i64> = going.iter().map(|one| one.observation.subject).collect();
        let members = store::board::memberships(&mut act.tx, &subjects).await?;
        let mut board = Self {
            space,
            clusters: BTreeMap::new(),
            keys,
            members,
            new_keys: Vec::new(),
            new_members: Vec::new(),
            settled: Vec::new(),
        };
        let wanted: HashSet<ClusterId> = board.keys.values().copied().collect();
        let wanted: Vec<ClusterId> = wanted.into_iter().collect();
        for standing in store::board::standing(&mut act.tx, &wanted).await? {
            board.hold(&standing);
        }
        Ok(board)
    }

    fn hold(&mut self, standing: &Standing) {
        let held = Held {
            state: standing.state,
            urgency: standing.urgency,
            finding: standing.finding,
            content: standing.content,
            dirty: None,
            begun: None,
        };
        self.clusters.insert(standing.id, held);
    }

    /// Reads a cluster that no exact tie led to.
    pub(super) async fn fetch(&mut self, act: &mut Act, id: ClusterId) -> Result<()> {
        if !self.clusters.contains_key(&id) {
            for standing in store::board::standing(&mut act.tx, &[id]).await? {
                self.hold(&standing);
            }
        }
        Ok(())
    }

    /// The cluster that a value belongs to.
    pub(super) fn of_key(&self, kind: &str, value: &[u8]) -> Option<ClusterId> {
        self.keys.get(&(kind.to_owned(), value.to_vec())).copied()
    }

    /// The cluster that a representative's picture belongs to, also one that this chunk does not touch yet.
    pub(super) async fn of_picture(&self, act: &mut Act, value: Vec<u8>) -> Result<Option<ClusterId>> {
        if let Some(cluster) = self.of_key(PICTURE, &value) {
            return Ok(Some(cluster));
        }
        let found = store::board::of_keys(&mut act.tx, self.space, &[(PICTURE, value)]).await?;
        Ok(found.into_values().next())
    }

    /// Hashes of pictures that were tied.
    pub(super) fn new_pictures(&self) -> Vec<[u64; 4]> {
        let pictures = self.new_keys.iter().filter(|(kind, ..)| *kind == PICTURE);
        pictures.filter_map(|(_, value, _)| words(value)).collect()
    }

    /// The cluster that a representative's content belongs to, also one that this chunk does not touch yet.
    pub(super) async fn of_content(
        &self,
        act: &mut Act,
        kind: &'static str,
        digest: &[u8; 32],
    ) -> Result<Option<ClusterId>> {
        if let Some(cluster) = self.of_key(kind, digest) {
            return Ok(Some(cluster));
        }
        let found = store::board::of_keys(&mut act.tx, self.space, &[(kind, digest.to_vec())]).await?;
        Ok(found.into_values().next())
    }

    /// Whether an item brings content to its cluster: the first does, and the first record with any where a cluster
    /// began with a bare address.
    pub(super) fn represents(&self, place: &Place) -> bool {
        let content = self.clusters.get(&place.cluster).is_some_and(|held| held.content);
        place.evidence == Evidence::First || (place.evidence == Evidence::SameAddress && !content)
    }

    /// A new, empty cluster that begins with an observation.
    pub(super) fn begin(&mut self, first: &Observation) -> ClusterId {
        let id = ClusterId(Uuid::now_v7());
        let begun = Begun {
            language: first.language.clone(),
            kind: first.kind.clone(),
            service: first.service.clone(),
            first_seen: first.seen_at,
            members: 0,
            matches: 0,
        };
        let held = Held {
            state: Queued::Open,
            urgency: Urgency::Normal,
            finding: None,
            content: false,
            dirty: None,
            begun: Some(begun),
        };
        self.clusters.insert(id, held);
        id
    }

    /// Ties an item. Only a representative brings its content; who joins brings its address.
    fn tie(&mut self, ties: &Ties, to: ClusterId, represents: bool) {
        for (kind, value) in ties.keys().filter(|(kind, _)| represents || *kind == "subject") {
            let key = (kind.to_owned(), value);
            if self.keys.contains_key(&key) {
                continue;
            }
            self.new_keys.push((kind, key.1.clone(), to));
            self.keys.insert(key, to);
            if kind != "subject"
                && let Some(held) = self.clusters.get_mut(&to)
            {
                held.content = true;
            }
        }
    }

    /// Puts an item into its cluster; false when it was a member.
    pub(super) async fn join(&mut self, act: &mut Act, one: &Going<'_>, place: Place) -> Result<bool> {
        let observation = one.observation;
        if !self.clusters.contains_key(&place.cluster) {
            return Err(crate::Error::Bug(format!("cluster {} is gone", place.cluster)));
        }
        let represents = self.represents(&place);
        self.tie(one.ties, place.cluster, represents);
        let word = if observation.relevance == "submitted" { "submitted" } else { "matched" };
        self.settled.push((observation.key, word, place.cluster));
        let added = self.members.insert((place.cluster, observation.subject));
        let Some(held) = self.clusters.get_mut(&place.cluster) else { return Ok(false) };
        if let Some(begun) = &mut held.begun {
            begun.members += u64::from(added);
            begun.matches += one.live as u64;
        }
        if !added {
            let back = held.state == Queued::Left;
            if back {
                held.state = Queued::Open;
            }
            if one.matched > 0 || back || observation.cluster.is_none() {
                held.dirty = Some(false);
            }
            return Ok(false);
        }
        // A new member of decided content comes back to the queue with the old finding as a proposal (D2).
        let reappeared = held.finding.is_some();
        held.state = match held.state {
            Queued::Decided | Queued::Deferred | Queued::Left => Queued::Open,
            state => state,
        };
        let threat = held.urgency == Urgency::ThreatToLife;
        held.urgency = if threat { held.urgency } else { Urgency::Normal };
        held.dirty = Some(reappeared);
        let finding = held.finding;
        self.new_members.push(NewMember {
            cluster: place.cluster,
            subject: observation.subject,
            observation: observation.key,
            why: (place.evidence, place.distance),
            how: place.how.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default(),
            reappeared,
        });
        let facts = json!({
            "subject": observation.subject_id.to_string(), "evidence": place.evidence.word(), "distance": place.distance,
            "variant": place.how.as_ref().map(|how| how.variant.as_str()),
            "language": observation.language, "kind": observation.kind, "service": observation.service,
            "matched": one.raised, "cites": finding.map(|assessment| assessment.to_string()),
        });
        let what = if reappeared { "reappeared" } else { "joined" };
        act.append(Noun::Cluster, place.cluster.0, what, facts).await?;
        Ok(true)
    }

    /// Writes what came of it: a few statements, whatever the number of observations.
    pub(super) async fn write(self, act: &mut Act) -> Result<()> {
        let (space, now) = (self.space, act.now);
        let mut new = Vec::new();
        let mut changed = Vec::new();
        for (id, held) in self.clusters {
            match (held.begun, held.dirty) {
                (Some(begun), _) => new.push(store::board::Begun {
                    id,
                    space,
                    language: begun.language,
                    kind: begun.kind,
                    service: begun.service,
                    first_seen: begun.first_seen,
                    state: held.state,
                    urgency: held.urgency,
                    members: begun.members,
                    matches: begun.matches,
                }),
                (None, Some(reappeared)) => changed.push((id, held.state, held.urgency, reappeared)),
                (None, None) => {}
            }
        }
        store::board::put(&mut act.tx, new).await?;
        store::board::tie(&mut act.tx, space, self.new_keys).await?;
        store::board::join(&mut act.tx, self.new_members, now).await?;
        store::board::settle(&mut act.tx, &self.settled).await?;
        store::board::refresh(&mut act.tx, &changed).await?;
        Ok(())
    }
}
