//! Recognise: compare what was seen with what is known, and put the same content into one cluster (D25, D26).
//!
//! In: a range of observations, or a bank's new signals against the past. Out: matches with their reason, clusters in
//! the queue. A match is a reason to look, never a decision. Negative banks suppress.

use crate::{Act, House, Result};
use connect::decoder::Want;
use domain::assessment::Urgency;
use domain::bank::{Opinion, PDQ_QUALITY_MIN, SignalKind};
use domain::cluster::{Evidence, Queued};
use domain::event::Noun;
use domain::id::{AgencyId, BankId, ClusterId};
use nearest::{Nearest, Scan};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::intake::Observation;
use store::signal::NewMatch;
use text::term::Terms;
use uuid::Uuid;

/// Observations recognised in one go.
const RANGE_MAX: i64 = 2_000;
/// Past observations that one new signal can raise at once; more are counted as its fuse's business.
const PAST_MAX: i64 = 5_000;
/// The eight forms of a picture, in the order that `perceptual` gives them.
const VARIANTS: [&str; 8] =
    ["original", "rotate_90", "rotate_180", "rotate_270", "flip_x", "flip_y", "flip_plus_1", "flip_minus_1"];

/// Matchers of a space that are not equality: terms, and pictures near a signal.
struct Matcher {
    generation: String,
    terms: Terms,
    pictures: Scan,
    limits: HashMap<u64, u32>,
}

/// Matchers by space, made again when the signals change.
#[derive(Default)]
pub struct Matchers(Mutex<HashMap<AgencyId, Arc<Matcher>>>);

impl Matchers {
    async fn of(&self, house: &House, space: AgencyId) -> Result<Arc<Matcher>> {
        let generation = store::signal::generation(&house.db, space).await?;
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&space).cloned();
        if let Some(matcher) = held.filter(|matcher| matcher.generation == generation) {
            return Ok(matcher);
        }
        let matcher = Arc::new(build(house, space, generation).await?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(space, Arc::clone(&matcher));
        Ok(matcher)
    }
}

async fn build(house: &House, space: AgencyId, generation: String) -> Result<Matcher> {
    let mut terms = Vec::new();
    for signal in store::signal::live(&house.db, space, SignalKind::Term).await? {
        if let Some(document) = signal.document
            && let Some(clear) = store::crypt::get(&house.db, document).await?
        {
            terms.push((signal.key.unsigned_abs(), String::from_utf8_lossy(&clear).into_owned()));
        }
    }
    let distances: HashMap<BankId, u32> = store::signal::banks(&house.db, space)
        .await?
        .into_iter()
        .map(|bank| (bank.id, bank.distance))
        .collect();
    let mut pictures = Scan::new();
    let mut limits = HashMap::new();
    for signal in store::signal::live(&house.db, space, SignalKind::Pdq).await? {
        if let Some(value) = words(&signal.value) {
            pictures.insert(signal.key.unsigned_abs(), value);
            limits
                .insert(signal.key.unsigned_abs(), distances.get(&signal.bank).copied().unwrap_or_default());
        }
    }
    let terms = Terms::new(terms.iter().map(|(key, term)| (*key, term.as_str())))
        .map_err(|error| crate::Error::Bug(format!("the terms of a bank: {error}")))?;
    Ok(Matcher { generation, terms, pictures, limits })
}

/// A PDQ hash of 32 bytes, big-endian, as four words.
fn words(bytes: &[u8]) -> Option<[u64; 4]> {
    let (chunks, rest) = bytes.as_chunks::<8>();
    if chunks.len() != 4 || !rest.is_empty() {
        return None;
    }
    let mut words = [0; 4];
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u64::from_be_bytes(*chunk);
    }
    Some(words)
}

/// Recognises new observations.
pub async fn run(house: &Arc<House>, space: AgencyId, from: i64, to: i64) -> Result<()> {
    let mut start = from;
    while start <= to {
        let end = to.min(start + RANGE_MAX - 1);
        let observations = store::intake::range(&house.db, start, end).await?;
        fingerprint(house, space, &observations).await?;
        let matches = find(house, space, &observations, (start, end)).await?;
        settle(house, space, observations, matches).await?;
        start = end + 1;
    }
    house.tell(space);
    Ok(())
}

/// Matches the past against the signals of a bank (D26).
pub async fn run_past(house: &Arc<House>, space: AgencyId, bank: BankId) -> Result<()> {
    let mut keys = std::collections::BTreeSet::new();
    let mut scan = false;
    for signal in store::signal::of_bank(&house.db, bank, i64::MAX).await? {
        match signal.kind {
            SignalKind::Pdq | SignalKind::Term => scan = true,
            kind => {
                keys.extend(store::signal::seen_with(&house.db, space, kind, &signal.value, PAST_MAX).await?)
            }
        }
    }
    if scan {
        keys.extend(store::intake::alive(&house.db, space).await?);
    }
    for key in keys {
        run(house, space, key, key).await?;
    }
    Ok(())
}

/// Hashes the files at hand, in the decoder's box, once.
async fn fingerprint(house: &House, space: AgencyId, observations: &[Observation]) -> Result<()> {
    let mut found = Vec::new();
    for observation in observations {
        let Some(record) = &observation.record else { continue };
        for media in record.media.iter().filter(|media| !media.missing && media.pdq.is_none()) {
            let Some(sha256) = &media.sha256 else { continue };
            let Some(bytes) = house.blobs.get(space, sha256)? else { continue };
            let want = Want { dihedral: true, ..Want::default() };
            match house.decoder.picture(bytes, want).await {
                Ok(decoded) => {
                    if let (Some(pdq), Some(forms)) = (decoded.pdq, decoded.dihedral) {
                        for (form, variant) in forms.iter().zip(VARIANTS) {
                            let bytes: Vec<u8> =
                                form.words().iter().flat_map(|word| word.to_be_bytes()).collect();
                            found.push((seen_kind(variant), bytes, observation.key, pdq.quality));
                        }
                    }
                }
                Err(error) if error.is_of_the_file() => tracing::debug!(%error, "a file was not decoded"),
                Err(error) => return Err(crate::Error::Remote(error.to_string())),
            }
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    store::intake::add_seen(&mut tx, found).await?;
    Ok(tx.commit().await?)
}

/// The word of a picture's form in the table of what was seen.
fn seen_kind(variant: &str) -> &'static str {
    match variant {
        "rotate_90" => "pdq_rotate_90",
        "rotate_180" => "pdq_rotate_180",
        "rotate_270" => "pdq_rotate_270",
        "flip_x" => "pdq_flip_x",
        "flip_y" => "pdq_flip_y",
        "flip_plus_1" => "pdq_flip_plus_1",
        "flip_minus_1" => "pdq_flip_minus_1",
        _ => "pdq",
    }
}

async fn find(
    house: &House,
    space: AgencyId,
    observations: &[Observation],
    (from, to): (i64, i64),
) -> Result<BTreeMap<i64, Vec<NewMatch>>> {
    let matcher = house.matchers.of(house, space).await?;
    let mut found: BTreeMap<i64, Vec<NewMatch>> = BTreeMap::new();
    for (observation, signal) in store::signal::exact_matches(&house.db, space, from, to).await? {
        let new = NewMatch { observation, signal, distance: 0, variant: "normalised".to_owned() };
        found.entry(observation).or_default().push(new);
    }
    if !matcher.terms.is_empty() {
        for observation in observations {
            let Some(record) = &observation.record else { continue };
            for hit in matcher.terms.find(&record.text) {
                let signal = i64::try_from(hit.id).unwrap_or_default();
                let new = NewMatch {
                    observation: observation.key,
                    signal,
                    distance: 0,
                    variant: "normalised".to_owned(),
                };
                found.entry(observation.key).or_default().push(new);
            }
        }
    }
    if !matcher.pictures.is_empty() {
        let widest = matcher.limits.values().copied().max().unwrap_or_default();
        for variant in VARIANTS {
            for (observation, value, quality) in
                store::signal::seen_of(&house.db, seen_kind(variant), from, to).await?
            {
                let Some(query) = words(&value) else { continue };
                if quality < PDQ_QUALITY_MIN {
                    continue;
                }
                for near in matcher.pictures.within(&query, widest) {
                    if near.distance <= matcher.limits.get(&near.id).copied().unwrap_or_default() {
                        let signal = i64::try_from(near.id).unwrap_or_default();
                        let new = NewMatch {
                            observation,
                            signal,
                            distance: near.distance,
                            variant: variant.to_owned(),
                        };
                        found.entry(observation).or_default().push(new);
                    }
                }
            }
        }
    }
    for matches in found.values_mut() {
        matches.sort_by_key(|found| (found.signal, found.distance));
        matches.dedup_by_key(|found| found.signal);
    }
    Ok(found)
}

/// What ties an item to others of the same content.
struct Ties {
    exact: Vec<(&'static str, Vec<u8>, Evidence)>,
    pictures: Vec<[u64; 4]>,
}

async fn ties(house: &House, space: AgencyId, observation: &Observation) -> Result<Ties> {
    let keys = &house.db.keys;
    let mut exact = Vec::new();
    let mut has_media = false;
    if let Some(record) = &observation.record {
        for media in &record.media {
            has_media = true;
            if let Some(sha256) = &media.sha256 {
                let digest = keys.digest(space, "sha256", sha256.to_lowercase().as_bytes())?;
                exact.push(("sha256", digest.to_vec(), Evidence::SameBytes));
            }
        }
        if !has_media && let Some(key) = text::normal::exact_text_key(&record.text) {
            exact.push(("text", keys.digest(space, "text", &key)?.to_vec(), Evidence::SameText));
        }
    }
    let mut pictures = Vec::new();
    for (_, value, quality) in
        store::signal::seen_of(&house.db, "pdq", observation.key, observation.key).await?
    {
        if quality >= PDQ_QUALITY_MIN {
            pictures.extend(words(&value));
        }
    }
    exact.push(("subject", observation.subject_id.0.as_bytes().to_vec(), Evidence::SameAddress));
    Ok(Ties { exact, pictures })
}

async fn settle(
    house: &Arc<House>,
    space: AgencyId,
    observations: Vec<Observation>,
    matches: BTreeMap<i64, Vec<NewMatch>>,
) -> Result<()> {
    let mut near = Scan::new();
    let mut clusters: Vec<ClusterId> = Vec::new();
    for (value, cluster) in store::cluster::representatives(&house.db, space).await? {
        if let Some(value) = words(&value) {
            near.insert(clusters.len() as u64, value);
            clusters.push(cluster);
        }
    }
    for observation in observations {
        let found = matches.get(&observation.key).map(Vec::as_slice).unwrap_or_default();
        if observation.relevance == "forgotten" || (found.is_empty() && observation.relevance == "held") {
            continue;
        }
        let ties = ties(house, space, &observation).await?;
        let mut act = Act::of_machine(house, observation.agency, space).await?;
        let now = act.now;
        let new = store::signal::put_matches(&mut act.tx, found, now).await?;
        let opinions = store::signal::opinions(&mut act.tx, observation.key).await?;
        let relevant =
            observation.relevance != "held" || opinions.iter().any(|opinion| *opinion != Opinion::Negative);
        let suppressed = opinions.contains(&Opinion::Negative) && observation.relevance != "submitted";
        if relevant && !suppressed {
            let chosen = choose(&mut act, space, &observation, &ties, (&near, &clusters)).await?;
            let known = opinions.iter().any(|opinion| *opinion != Opinion::Negative);
            let joined = join(&mut act, &observation, &ties, chosen, known).await?;
            if !joined && known && (new > 0 || observation.cluster.is_none()) {
                let facts = json!({ "subject": observation.subject_id.to_string(), "signals": new });
                act.append(Noun::Cluster, chosen.0.0, "matched", facts).await?;
            }
            if chosen.1 == Evidence::First {
                for picture in &ties.pictures {
                    near.insert(clusters.len() as u64, *picture);
                    clusters.push(chosen.0);
                }
            }
        }
        act.commit().await?;
    }
    Ok(())
}

type Chosen = (ClusterId, Evidence, u32);

/// The cluster of an item: exact ties first, then a picture near a representative, else a new one.
///
/// Admission is against representatives only, so that clusters do not chain (D25).
async fn choose(
    act: &mut Act,
    space: AgencyId,
    observation: &Observation,
    ties: &Ties,
    (near, clusters): (&Scan, &[ClusterId]),
) -> Result<Chosen> {
    for (kind, value, evidence) in &ties.exact {
        if let Some(cluster) = store::cluster::of_key(&mut act.tx, space, kind, value).await? {
            return Ok((cluster, *evidence, 0));
        }
    }
    for picture in &ties.pictures {
        if let Some(found) = near.within(picture, domain::bank::PDQ_DISTANCE_BITS).first()
            && let Some(cluster) = usize::try_from(found.id).ok().and_then(|index| clusters.get(index))
        {
            return Ok((*cluster, Evidence::NearPicture, found.distance));
        }
    }
    let id = ClusterId(Uuid::now_v7());
    let new = store::cluster::NewCluster {
        id,
        space,
        language: &observation.language,
        kind: &observation.kind,
        service: &observation.service,
        first_seen: observation.seen_at,
    };
    store::cluster::put(&mut act.tx, new).await?;
    for picture in &ties.pictures {
        let bytes: Vec<u8> = picture.iter().flat_map(|word| word.to_be_bytes()).collect();
        store::cluster::tie(&mut act.tx, space, "pdq", &bytes, id).await?;
    }
    Ok((id, Evidence::First, 0))
}

/// Puts an item into its cluster; false when it is a member already. `known`: it agrees with a signal.
async fn join(
    act: &mut Act,
    observation: &Observation,
    ties: &Ties,
    (id, evidence, distance): Chosen,
    known: bool,
) -> Result<bool> {
    let space = store::cluster::get_in(&mut act.tx, id)
        .await?
        .map(|cluster| (cluster.space, cluster.state, cluster.urgency, cluster.finding));
    let Some((space, state, urgency, finding)) = space else {
        return Err(crate::Error::Bug(format!("cluster {id} is gone")));
    };
    for (kind, value, _) in &ties.exact {
        store::cluster::tie(&mut act.tx, space, kind, value, id).await?;
    }
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
    store::intake::settle(
        &mut act.tx,
        observation.key,
        if observation.relevance == "submitted" { "submitted" } else { "matched" },
        Some(id),
    )
    .await?;
    if !added {
        store::cluster::refresh(&mut act.tx, id, state, urgency, false).await?;
        return Ok(false);
    }
    // A new member of decided content comes back to the queue with the old finding as a proposal (D2).
    let reappeared = finding.is_some();
    if reappeared {
        store::cluster::set_reappeared(&mut act.tx, id, observation.subject).await?;
    }
    let state = if state == Queued::Decided || state == Queued::Deferred { Queued::Open } else { state };
    let urgency = if urgency == Urgency::ThreatToLife { urgency } else { Urgency::Normal };
    store::cluster::refresh(&mut act.tx, id, state, urgency, reappeared).await?;
    let facts = json!({
        "subject": observation.subject_id.to_string(), "evidence": evidence.word(), "distance": distance,
        "language": observation.language, "kind": observation.kind, "service": observation.service, "matched": known,
        "cites": finding.map(|(_, assessment)| assessment.to_string()),
    });
    act.append(Noun::Cluster, id.0, if reappeared { "reappeared" } else { "joined" }, facts).await?;
    Ok(true)
}
