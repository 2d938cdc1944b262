//! What a match comes to: into a cluster, out of the queue, or nothing.

use super::alike::{self, Words};
use super::board::{Board, Place};
use super::near::Near;
use super::print::{self, Print, Prints};
use super::{FLAT, Found, bytes, words};
use crate::flow::Job;
use crate::{Act, House, Result, release};
use domain::bank::{FUSE_MATCHES_PER_DAY, Opinion, PDQ_QUALITY_MIN, SignalEvent, next};
use domain::cluster::Evidence;
use domain::event::Noun;
use domain::id::{AgencyId, ClusterId};
use rayon::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use store::cluster::PICTURE;
use store::matches::{NewMatch, Stored};
use store::observation::Observation;
use uuid::Uuid;

/// Observations settled in one transaction while no person is here (docs/decisions/0002).
const TOGETHER: usize = 4_000;
/// Of these at most so many files, and at least one observation: within a transaction each picture is compared with those
/// that the transaction brought before it.
const FILES_TOGETHER: usize = 256;

/// What ties an item to others of the same content.
pub(crate) struct Ties {
    /// Kind of key, value, evidence: its own address first, so that an item stands in one cluster.
    pub(crate) exact: Vec<(&'static str, Vec<u8>, Evidence)>,
    /// Hashes of pictures that show enough and whose files are not at hand.
    pub(crate) pictures: Vec<[u64; 4]>,
    /// Fingerprints of its files.
    pub(super) prints: Vec<Arc<Print>>,
    /// Its words and their digest, where words are all it has.
    pub(super) words: Option<([u8; 32], Words)>,
}

impl Ties {
    /// Every key: kind and value.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'static str, Vec<u8>)> + '_ {
        let exact = self.exact.iter().map(|(kind, value, _)| (*kind, value.clone()));
        let listed = print::compared(self).flat_map(|print| print.listed());
        let pictures = self.pictures.iter().copied().chain(listed);
        exact.chain(pictures.map(|picture| (PICTURE, bytes(&picture))))
    }
}

/// What a picture was seen as: kind, value, quality.
type Seen = (String, Vec<u8>, u8);

/// Ties of observations, in their order.
pub(crate) async fn ties(house: &House, space: AgencyId, observations: &[Observation]) -> Result<Vec<Ties>> {
    let keys: Vec<i64> = observations.iter().map(|observation| observation.key).collect();
    let mut seen: HashMap<i64, Vec<Seen>> = HashMap::new();
    for (kind, observation, value, quality) in store::observation::pictures_of(&house.db, &keys).await? {
        seen.entry(observation).or_default().push((kind, value, quality));
    }
    let prints = print::of(house, space, observations).await?;
    let none = Vec::new();
    observations
        .par_iter()
        .map(|observation| {
            let seen = seen.get(&observation.key).unwrap_or(&none);
            ties_of(house, space, observation, (seen, &prints))
        })
        .collect()
}

fn ties_of(
    house: &House,
    space: AgencyId,
    observation: &Observation,
    (seen, prints): (&[Seen], &Prints),
) -> Result<Ties> {
    let keys = &house.db.keys;
    let address = observation.subject_id.0.as_bytes().to_vec();
    let mut ties = Ties {
        exact: vec![("subject", address, Evidence::SameAddress)],
        pictures: Vec::new(),
        prints: Vec::new(),
        words: None,
    };
    if let Some(record) = &observation.record {
        let text = text::normal::exact_text_key(&record.text);
        for media in &record.media {
            let Some(sha256) = &media.sha256 else { continue };
            let digest = keys.digest(space, "sha256", sha256.to_lowercase().as_bytes())?;
            let print = prints.get(&digest);
            ties.prints.extend(print.cloned());
            let flat = seen.iter().any(|(kind, value, _)| kind == FLAT && *value == digest)
                || print.is_some_and(|print| print.is_mark());
            match (flat, text) {
                (false, _) => ties.exact.push(("sha256", digest.to_vec(), Evidence::SameBytes)),
                // A blank picture, a flag or a mark says nothing: the same one under another text is another content.
                (true, Some(text)) => {
                    let both = keys.digest(space, FLAT, &[digest, text].concat())?;
                    ties.exact.push((FLAT, both.to_vec(), Evidence::SameBytes));
                }
                (true, None) => {}
            }
        }
        if record.media.is_empty() {
            if let Some(text) = text {
                let digest = keys.digest(space, "text", &text)?;
                ties.exact.push(("text", digest.to_vec(), Evidence::SameText));
                ties.words = alike::words(&record.text).map(|words| (digest, words));
            }
            if let Some(link) = link(record) {
                let digest = keys.digest(space, "link", link.as_bytes())?;
                ties.exact.push(("link", digest.to_vec(), Evidence::SameLink));
                // What it says is where it leads.
                ties.words = None;
            }
        }
    }
    if ties.prints.is_empty() {
        let stated = seen.iter().filter(|(kind, _, quality)| kind == "pdq" && *quality >= PDQ_QUALITY_MIN);
        ties.pictures = stated.filter_map(|(_, value, _)| words(value)).collect();
    }
    Ok(ties)
}

/// The one link of a post that says little else; a bare host is no content.
fn link(record: &domain::observation::Record) -> Option<String> {
    let mut links: Vec<String> = Vec::new();
    for link in &record.links {
        let canonical = text::url_form::canonical(link).ok()?;
        let bare = canonical.path().trim_matches('/').is_empty() && canonical.query().is_empty();
        if bare {
            return None;
        }
        links.push(canonical.key().to_owned());
    }
    links.sort();
    links.dedup();
    let own =
        record.text.split_whitespace().filter(|part| !part.contains("://")).collect::<Vec<_>>().join(" ");
    let few = text::tokens::tokens(&own).len() < alike::WORDS_MIN;
    if links.len() == 1 && few { links.pop() } else { None }
}

/// Settles observations with what was found for them, and queues `then` for what came of it.
pub(super) async fn run(
    house: &Arc<House>,
    space: AgencyId,
    mut observations: Vec<Observation>,
    found: Found,
    then: Job,
) -> Result<()> {
    observations.retain(|observation| match observation.relevance.as_str() {
        "forgotten" => false,
        "submitted" => true,
        _ => found.contains_key(&observation.key),
    });
    if observations.is_empty() {
        return Ok(());
    }
    let mut near = Near::load(house, space).await?;
    let mut rest = observations.as_slice();
    while let Some(first) = rest.first() {
        let (together, after) = rest.split_at(together(rest, first, house.db.batch(TOGETHER)));
        let ties = ties(house, space, together).await?;
        near.meet(&ties).await?;
        let mut act = Act::of_machine(house, first.agency, space).await?;
        settle(&mut act, (together, &ties), &found, &mut near).await?;
        let generation = store::cluster::generation_in(&mut act.tx, space).await?;
        if after.is_empty() {
            let now = act.now;
            then.enqueue(&mut act.tx, now).await?;
        }
        act.commit().await?;
        near.keep(house, space, generation).await?;
        rest = after;
    }
    Ok(())
}

/// How many observations go into one transaction, at most so many: those of the first one's agency, with few files.
fn together(observations: &[Observation], first: &Observation, most: usize) -> usize {
    let mut files = 0;
    let fits = |one: &&Observation| {
        files += one.record.as_ref().map_or(0, |record| record.media.len());
        one.agency == first.agency && files <= FILES_TOGETHER
    };
    observations.iter().take(most).take_while(fits).count().max(1)
}

/// Settles what goes into one transaction.
async fn settle(
    act: &mut Act,
    (together, ties): (&[Observation], &[Ties]),
    found: &Found,
    near: &mut Near,
) -> Result<()> {
    let (space, now) = (near.space, act.now);
    let new: Vec<NewMatch> =
        together.iter().filter_map(|observation| found.get(&observation.key)).flatten().cloned().collect();
    // One more than the fuse bears is stored: it is what blows it.
    let stored = store::matches::put(&mut act.tx, &new, FUSE_MATCHES_PER_DAY + 1, now).await?;
    blow_fuses(act, &stored).await?;
    let keys: Vec<i64> = together.iter().map(|observation| observation.key).collect();
    let opinions = store::matches::opinions(&mut act.tx, &keys).await?;
    let none = Vec::new();
    let mut out = Vec::new();
    let mut going = Vec::new();
    for (observation, ties) in together.iter().zip(ties) {
        let opinions = opinions.get(&observation.key).unwrap_or(&none);
        let submitted = observation.relevance == "submitted";
        let raised = opinions.iter().any(|opinion| matches!(opinion, Opinion::Positive | Opinion::Seed));
        if opinions.contains(&Opinion::Negative) && !submitted {
            out.push(observation.key);
        } else if raised || submitted {
            let matched = stored.new_of(observation.key);
            going.push(Going { observation, ties, raised, matched, live: opinions.len() });
        }
    }
    if !out.is_empty() {
        release::run(act, &out).await?;
    }
    if going.is_empty() {
        return Ok(());
    }
    let mut board = Board::load(act, space, &going).await?;
    for one in &going {
        let place = choose(act, &mut board, one, near).await?;
        let (cluster, represents) = (place.cluster, board.represents(&place));
        let joined = board.join(act, one, place).await?;
        if represents {
            near.add(one.ties, cluster);
        }
        if !joined && one.raised && (one.matched > 0 || one.observation.cluster.is_none()) {
            let facts = json!({ "subject": one.observation.subject_id.to_string(), "signals": one.matched });
            act.append(Noun::Cluster, cluster.0, "matched", facts).await?;
        }
    }
    near.tied(board.new_pictures());
    board.write(act).await
}

/// An observation that goes into a cluster.
pub(super) struct Going<'a> {
    pub(super) observation: &'a Observation,
    pub(super) ties: &'a Ties,
    /// A positive or seed bank matches it.
    pub(super) raised: bool,
    /// Matches that are new.
    pub(super) matched: usize,
    /// Matches that are live.
    pub(super) live: usize,
}

/// Sets aside every signal that matched more than its fuse bears today; people are told by the fact.
async fn blow_fuses(act: &mut Act, stored: &Stored) -> Result<()> {
    for signal in stored.counted.iter().filter(|signal| signal.today > FUSE_MATCHES_PER_DAY) {
        let Some(found) = store::signal::get_in(&mut act.tx, signal.id).await? else { continue };
        let Ok(state) = next(Some(found.state), SignalEvent::FuseBlew) else { continue };
        store::signal::set_state(&mut act.tx, signal.id, state, None).await?;
        let facts = json!({ "bank": signal.bank.to_string(), "today": signal.today });
        act.append(Noun::Signal, signal.id.0, SignalEvent::FuseBlew.word(), facts).await?;
    }
    Ok(())
}

/// The cluster of an item: its own address, exact ties, then what a representative's picture or text says, else a new
/// one.
///
/// Admission is against representatives only, so that clusters do not chain (D25).
async fn choose(act: &mut Act, board: &mut Board, one: &Going<'_>, near: &Near) -> Result<Place> {
    for (kind, value, evidence) in &one.ties.exact {
        if let Some(cluster) = board.of_key(kind, value) {
            return Ok(Place { cluster, evidence: *evidence, distance: 0, how: None });
        }
    }
    if let Some(place) = near.place(act, board, one.ties).await? {
        board.fetch(act, place.cluster).await?;
        return Ok(place);
    }
    let cluster = board.begin(one.observation);
    Ok(Place { cluster, evidence: Evidence::First, distance: 0, how: None })
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
    for (kind, value) in ties.keys().filter(|(kind, _)| represents || *kind == "subject") {
        store::cluster::tie(&mut act.tx, space, kind, &value, to).await?;
    }
    Ok(())
}
