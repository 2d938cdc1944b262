//! "Have we seen this?": a link, a handle, a text or a picture, asked of what was matched or submitted (D7, D8, D10).
//!
//! What is held to be matched only is never found here. Each question has its own reason and is logged.

use crate::signals::compared;
use crate::{Error, House, Result, deconflict};
use connect::decoder::Want;
use domain::access::{Authorised, right};
use domain::bank::{PDQ_DISTANCE_BITS, PDQ_QUALITY_MIN, SignalKind, Why};
use domain::event::Noun;
use domain::hold::HoldAnswer;
use domain::id::{AgencyId, ClusterId, SubjectId};
use domain::reads::Operation;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Lane;
use store::cluster::Cluster;
use store::matches::Shown;
use store::observation::Observation;
use store::search::{QUESTION_WORDS_MAX, TEXT_WORDS_MAX};
use store::subject::Subject;
use tokio::task::JoinSet;

/// Observations found at most; a question that finds more is too wide.
pub const FOUND_MAX: i64 = 200;
/// Matches shown of one cluster.
const MATCHES_MAX: i64 = 20;
/// Clusters shown.
const CLUSTERS_MAX: usize = 50;
/// Longest question, in bytes.
const QUESTION_MAX_BYTES: usize = 16 * 1024;
/// Observations indexed in one transaction while no person is here (docs/decisions/0002): one has some twenty words.
const TOGETHER: usize = 8_000;

/// What is asked.
#[derive(Debug, Clone)]
pub enum Question {
    /// A link, a handle (`@name`, `@name@service`, `service/name`), or words.
    Text(String),
    /// The bytes of a picture; decoded in the box.
    Picture(Vec<u8>),
}

/// What is known.
#[derive(Debug, Default)]
pub struct Answer {
    /// Observations that show it, at most [`FOUND_MAX`].
    pub observations: u64,
    /// Items that show it, newest first.
    pub subjects: Vec<Subject>,
    /// Of each of these items by what it was found, and what it is: the kind of what was seen there.
    pub seen: BTreeMap<SubjectId, (How, String)>,
    /// Their clusters.
    pub clusters: Vec<Cluster>,
    /// Signals that matched in those clusters.
    pub matches: Vec<Shown>,
    /// Signals that hold what was asked itself.
    pub signals: Vec<Why>,
    /// What other agencies answered about it: the class alone.
    pub holds: BTreeSet<HoldAnswer>,
}

/// By what something was found, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same address, text or file.
    Same,
    /// A picture that looks like it.
    Picture,
    /// By the same account.
    Account,
    /// On the same host.
    Host,
    /// It has these words.
    Words,
}

impl How {
    /// All of them, the strongest first.
    pub const ALL: [Self; 5] = [Self::Same, Self::Picture, Self::Account, Self::Host, Self::Words];

    /// By what an equal value of a kind finds.
    fn of(kind: SignalKind) -> Self {
        match kind {
            SignalKind::Account => Self::Account,
            SignalKind::Host => Self::Host,
            _ => Self::Same,
        }
    }
}

/// What a question came to: observations, signals, addresses to ask holds about.
#[derive(Default)]
struct Hits {
    observations: BTreeMap<i64, How>,
    signals: BTreeMap<i64, (u32, String)>,
    addresses: Vec<String>,
}

impl Hits {
    /// Observations that were found so; what was found better before stays so.
    fn found(&mut self, observations: impl IntoIterator<Item = i64>, how: How) {
        for observation in observations {
            let known = self.observations.entry(observation).or_insert(how);
            *known = (*known).min(how);
        }
    }
}

/// Asks, within one space.
pub async fn ask(
    house: &House,
    space: &Authorised<AgencyId, right::Search>,
    question: Question,
    reason: &str,
) -> Result<Answer> {
    let reason = domain::reads::reason(reason)?;
    let (actor, space) = (space.actor(), *space.get());
    let read = store::person::Read {
        agency: actor.agency,
        person: actor.person,
        at: house.clock.now(),
        operation: Operation::Consultation,
        noun: Noun::Agency,
        of: space.0,
        reason: &reason,
    };
    store::person::log_read(&house.db, read).await?;
    let hits = match question {
        Question::Text(text) if text.len() > QUESTION_MAX_BYTES => {
            return Err(Error::Input(format!("Ask with at most {QUESTION_MAX_BYTES} bytes.")));
        }
        Question::Text(text) => by_text(house, space, text.trim()).await?,
        Question::Picture(file) => by_picture(house, space, file).await?,
    };
    answer(house, space, actor.agency, hits).await
}

async fn answer(house: &House, space: AgencyId, asking: AgencyId, hits: Hits) -> Result<Answer> {
    let keys: Vec<i64> = hits.observations.keys().rev().take(FOUND_MAX as usize).copied().collect();
    let mut observations = store::observation::by_keys(&house.db, &keys).await?;
    observations.sort_by_key(|observation| std::cmp::Reverse(observation.key));
    let mut answer = Answer { observations: observations.len() as u64, ..Answer::default() };
    let mut subjects = BTreeSet::new();
    let mut clusters: BTreeSet<ClusterId> = BTreeSet::new();
    for Observation { key, subject, subject_id, kind, cluster, .. } in &observations {
        let how = hits.observations.get(key).copied().unwrap_or(How::Words);
        let seen = answer.seen.entry(*subject_id).or_insert_with(|| (how, kind.clone()));
        seen.0 = seen.0.min(how);
        clusters.extend(cluster);
        if subjects.insert(*subject)
            && let Some(subject) = store::subject::by_key(&house.db, *subject).await?
        {
            answer.subjects.push(subject);
        }
    }
    for id in clusters.into_iter().take(CLUSTERS_MAX) {
        answer.clusters.extend(store::cluster::get(&house.db, id).await?);
        answer.matches.extend(store::matches::of_cluster(&house.db, id, MATCHES_MAX).await?);
    }
    let signals: Vec<i64> = hits.signals.keys().copied().collect();
    for (key, mut why) in store::matches::whys(&house.db, &signals).await? {
        if let Some((distance, variant)) = hits.signals.get(&key) {
            (why.distance, why.variant) = (*distance, variant.clone());
        }
        answer.signals.push(why);
    }
    let found = answer.subjects.iter().filter_map(|subject| subject.address.clone());
    let addresses: BTreeSet<String> = hits.addresses.into_iter().chain(found).collect();
    for address in addresses {
        let answers = deconflict::answers_on(house, space, asking, &address).await?;
        answer.holds.extend(answers.into_iter().map(|(class, _)| class));
    }
    Ok(answer)
}

/// A question that is one link is read as the link, also when it is written so that nobody can click it, as our own
/// pages show addresses.
fn readable(text: &str) -> Cow<'_, str> {
    match text::defanged::refanged(text) {
        Some(read) if !read.text.contains(char::is_whitespace) => Cow::Owned(read.text),
        _ => Cow::Borrowed(text),
    }
}

/// Values that a written question can stand for.
async fn values(house: &House, space: AgencyId, text: &str) -> Result<Vec<(SignalKind, String)>> {
    let mut values = vec![(SignalKind::Text, text.to_owned())];
    if text.contains(char::is_whitespace) {
        return Ok(values);
    }
    let handle = text.strip_prefix('@');
    if let Some((name, service)) = handle.and_then(|handle| handle.split_once('@')) {
        values.push((SignalKind::Account, format!("{service}/{name}")));
        return Ok(values);
    }
    // A handle stands without its service, and on our own pages without its @.
    if !text.contains('/') {
        let services = store::search::services(&house.db, space).await?;
        let named = services.into_iter().map(|service| format!("{service}/{}", handle.unwrap_or(text)));
        values.extend(named.map(|account| (SignalKind::Account, account)));
    }
    if handle.is_some() {
        return Ok(values);
    }
    if text.contains("://") || text.contains('.') {
        values.push((SignalKind::Url, text.to_owned()));
        let bare = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/');
        if !bare.contains('/') {
            values.push((SignalKind::Host, text.to_owned()));
        }
    }
    if !text.contains("://") {
        values.push((SignalKind::Account, text.to_owned()));
    }
    for kind in [SignalKind::Sha256, SignalKind::Sha1, SignalKind::Md5] {
        values.push((kind, text.to_owned()));
    }
    Ok(values)
}

async fn by_text(house: &House, space: AgencyId, text: &str) -> Result<Hits> {
    let mut hits = Hits::default();
    for (kind, written) in values(house, space, &readable(text)).await? {
        let Ok(value) = compared(&house.db.keys, space, kind, &written, None) else { continue };
        equal(house, space, kind, value.value, &mut hits).await?;
        if kind == SignalKind::Url {
            hits.addresses.push(written);
        }
    }
    if hits.addresses.is_empty() {
        let tokens: BTreeSet<String> = text::tokens::tokens(text).into_iter().collect();
        let words = tokens
            .iter()
            .take(QUESTION_WORDS_MAX)
            .map(|token| store::search::word(&house.db.keys, space, token))
            .collect::<Result<Vec<i64>, _>>()?;
        hits.found(store::search::with_words(&house.db, space, &words, FOUND_MAX).await?, How::Words);
        let matcher = house.matchers.of(house, space).await?;
        hits.signals
            .extend(matcher.terms_in(text).into_iter().map(|signal| (signal, (0, "normalised".into()))));
    }
    Ok(hits)
}

async fn equal(
    house: &House,
    space: AgencyId,
    kind: SignalKind,
    value: Vec<u8>,
    hits: &mut Hits,
) -> Result<()> {
    let signals = store::signal::holding(&house.db, space, kind, &value).await?;
    hits.signals.extend(signals.into_iter().map(|signal| (signal, (0, "normalised".to_owned()))));
    let found = store::search::with_values(&house.db, space, kind.word(), &[value], FOUND_MAX).await?;
    hits.found(found, How::of(kind));
    Ok(())
}

async fn by_picture(house: &House, space: AgencyId, file: Vec<u8>) -> Result<Hits> {
    let decoded = match house.decoder.picture(file, Want { dihedral: true, ..Want::default() }).await {
        Ok(decoded) => decoded,
        Err(error) if error.is_of_the_file() => return Err(Error::Input(error.to_string())),
        Err(error) => return Err(Error::Remote(error.to_string())),
    };
    let mut hits = Hits::default();
    let sha256 = hex::encode(decoded.sha256);
    let value = compared(&house.db.keys, space, SignalKind::Sha256, &sha256, None).map_err(Error::Bug)?;
    equal(house, space, SignalKind::Sha256, value.value, &mut hits).await?;
    let forms = match (decoded.pdq, decoded.dihedral) {
        (Some(pdq), Some(forms)) if pdq.quality >= PDQ_QUALITY_MIN => forms.map(|form| *form.words()),
        _ => return Ok(hits),
    };
    near(house, space, &forms, &mut hits).await?;
    Ok(hits)
}

/// What is near one of the forms of a picture; the first is the picture itself.
async fn near(house: &House, space: AgencyId, forms: &[[u64; 4]], hits: &mut Hits) -> Result<()> {
    let near = house.matchers.searched(house, space, (forms, PDQ_DISTANCE_BITS)).await?;
    // What the database says counts, not what the list remembers.
    let found =
        store::search::with_values(&house.db, space, SignalKind::Pdq.word(), &near, FOUND_MAX).await?;
    hits.found(found, How::Picture);
    let matcher = house.matchers.of(house, space).await?;
    for near in matcher.near(house, forms).await? {
        let variant = near.variant(if near.place == 0 { "original" } else { "turned" });
        hits.signals.entry(near.signal).or_insert((near.distance, variant));
    }
    Ok(())
}

/// Puts what was matched or submitted of a range into the index. Runs again safely. While the words of one part are
/// written, those of the next are made.
pub async fn index(house: &Arc<House>, space: AgencyId, from: i64, to: i64) -> Result<()> {
    let mut missing = store::search::missing(&house.db, space, from, to).await?;
    let mut making = JoinSet::new();
    let mut begin = |making: &mut JoinSet<_>| {
        let rest = missing.split_off(missing.len().min(house.db.batch(TOGETHER)));
        let keys = std::mem::replace(&mut missing, rest);
        if !keys.is_empty() {
            making.spawn(words_by_key(Arc::clone(house), space, keys));
        }
    };
    begin(&mut making);
    while let Some(words) = making.join_next().await {
        let words = words??;
        begin(&mut making);
        let keys: Vec<i64> = words.iter().map(|(key, _)| *key).collect();
        let mut tx = house.db.write(Lane::Bulk).await?;
        store::search::put(&mut tx, words).await?;
        let pictures = store::search::pictures_of(&mut tx, &keys).await?;
        let generation = match pictures.is_empty() {
            true => None,
            false => Some(store::search::pictures_changed(&mut tx, space).await?),
        };
        tx.commit().await?;
        if let Some(generation) = generation {
            house.matchers.made_searchable(house, space, (&pictures, generation)).await?;
        }
    }
    Ok(())
}

/// The words of observations, by their keys.
async fn words_by_key(house: Arc<House>, space: AgencyId, keys: Vec<i64>) -> Result<Vec<(i64, Vec<i64>)>> {
    let observations = store::observation::by_keys(&house.db, &keys).await?;
    tokio::task::spawn_blocking(move || {
        observations.par_iter().map(|observation| words_of(&house, space, observation)).collect()
    })
    .await?
}

fn words_of(house: &House, space: AgencyId, observation: &Observation) -> Result<(i64, Vec<i64>)> {
    let mut tokens = BTreeSet::new();
    if let Some(record) = &observation.record {
        tokens.extend(text::tokens::tokens(&record.text));
        tokens.extend(record.hashtags.iter().flat_map(|tag| text::tokens::tokens(tag)));
    }
    let words: BTreeSet<i64> = tokens
        .iter()
        .take(TEXT_WORDS_MAX)
        .map(|token| store::search::word(&house.db.keys, space, token))
        .collect::<Result<_, _>>()?;
    Ok((observation.key, words.into_iter().collect()))
}
