//! Recognise: compare what was seen with what is known, and put the same content into one cluster (D25, D26).
//!
//! In: a range of observations, or a bank's new signals against the past. Out: matches with their reason, clusters in
//! the queue. A match is a reason to look, never a decision. Negative banks suppress.

mod alike;
mod board;
mod inside;
mod laid;
mod list;
mod moving;
mod near;
mod past;
mod print;
mod settle;

pub use laid::Drawn;
pub(crate) use laid::{Laid, nearest_to, over};
pub use moving::run as run_moving;
pub use past::{Progress, decode_past, progress, run_past, scan_past};
pub use print::How;
pub(crate) use settle::{Ties, begin, tie, ties};

use self::alike::Alike;
use self::inside::Inside;
use self::list::{Lists, Pictures};
use self::moving::Moving;
use crate::flow::Job;
use crate::{House, Result, signals};
use connect::decoder::video::announces_media;
use connect::decoder::{Decoded, Want};
pub(crate) use domain::bank::FLAT;
use domain::bank::{PDQ_QUALITY_MIN, PICTURE_FORMS, SignalKind, TLSH_DISTANCE};
use domain::id::{AgencyId, BankId};
use perceptual::variants::{Name, Variant};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::matches::NewMatch;
use store::observation::Observation;
use text::term::Terms;
use text::tlsh::Tlsh;
use tokio::task::JoinSet;

/// Observations recognised in one go.
const RANGE_MAX: i64 = 4_000;
type Found = BTreeMap<i64, Vec<NewMatch>>;

/// Matchers that are not equality: terms, texts and pictures near a signal.
pub(crate) struct Matcher {
    pub(crate) words: Arc<Words>,
    pub(crate) pictures: Pictures,
    /// Whose signals; of one bank only.
    of: (AgencyId, Option<BankId>),
    /// The greatest distance of a bank, bits of 256.
    widest: u32,
}

/// What texts are compared with: terms, and TLSH with their signals.
pub(crate) struct Words {
    pub(crate) terms: Terms,
    tlsh: Vec<(i64, Tlsh)>,
}

impl Words {
    /// Whether there is nothing to compare a text with.
    fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.tlsh.is_empty()
    }
}

/// What is held to match with, by space: terms, made again when they change, and lists of pictures.
#[derive(Default)]
pub struct Matchers {
    words: Mutex<HashMap<AgencyId, (i64, Arc<Words>)>>,
    moving: Mutex<HashMap<AgencyId, (i64, Arc<Moving>)>>,
    lists: Lists,
    alike: Mutex<HashMap<AgencyId, Representatives>>,
}

/// Representatives of a space in memory, when they were read; whoever settles has them for the time.
type Representatives = Arc<tokio::sync::Mutex<Option<Alike>>>;

impl Matchers {
    fn alike(&self, space: AgencyId) -> Representatives {
        Arc::clone(self.alike.lock().unwrap_or_else(PoisonError::into_inner).entry(space).or_default())
    }

    /// Reads the representatives of a space again: a person's hand changed them.
    pub(crate) async fn representatives_changed(&self, space: AgencyId) {
        *self.alike(space).lock().await = None;
    }

    /// Pictures of what can be searched in a space, within so many bits of one of some pictures: their hashes.
    pub(crate) async fn searched(
        &self,
        house: &House,
        space: AgencyId,
        (pictures, radius): (&[[u64; 4]], u32),
    ) -> Result<Vec<Vec<u8>>> {
        let list = self.lists.searched(house, space).await?;
        let near = pictures.iter().flat_map(|picture| list.within(picture, radius));
        let values: BTreeSet<[u64; 4]> = near.filter_map(|near| list.get(near.id)).collect();
        Ok(values.iter().map(bytes).collect())
    }

    /// Notes what a committed transaction made searchable: hashes of pictures, and the generation that they begin.
    pub(crate) async fn made_searchable(
        &self,
        house: &House,
        space: AgencyId,
        (new, after): (&[Vec<u8>], i64),
    ) -> Result<()> {
        let new = new.iter().filter_map(|value| words(value)).collect();
        self.lists.add_searched(house, space, (new, after)).await
    }

    pub(crate) async fn of(&self, house: &House, space: AgencyId) -> Result<Matcher> {
        let generation = store::signal::held_generation(&house.db, space).await?;
        let held = self.words.lock().unwrap_or_else(PoisonError::into_inner).get(&space).cloned();
        let words = match held.filter(|held| held.0 == generation) {
            Some((_, words)) => words,
            None => {
                let words = Arc::new(listed_words(house, (space, None)).await?);
                let held = (generation, Arc::clone(&words));
                self.words.lock().unwrap_or_else(PoisonError::into_inner).insert(space, held);
                words
            }
        };
        self.with(house, (space, None), words).await
    }

    /// Videos and sounds of a space, read again when its signals change.
    pub(crate) async fn moving(&self, house: &House, space: AgencyId) -> Result<Arc<Moving>> {
        let generation = store::signal::held_generation(&house.db, space).await?;
        let held = self.moving.lock().unwrap_or_else(PoisonError::into_inner).get(&space).cloned();
        if let Some((_, moving)) = held.filter(|held| held.0 == generation) {
            return Ok(moving);
        }
        let moving = Arc::new(Moving::read(house, space).await?);
        let held = (generation, Arc::clone(&moving));
        self.moving.lock().unwrap_or_else(PoisonError::into_inner).insert(space, held);
        Ok(moving)
    }

    /// Of one bank alone.
    async fn of_bank(&self, house: &House, space: AgencyId, bank: BankId) -> Result<Matcher> {
        let of = (space, Some(bank));
        self.with(house, of, Arc::new(listed_words(house, of).await?)).await
    }

    async fn with(
        &self,
        house: &House,
        of: (AgencyId, Option<BankId>),
        words: Arc<Words>,
    ) -> Result<Matcher> {
        let banks = store::signal::banks(&house.db, of.0).await?;
        let widest = banks.iter().map(|bank| bank.distance).max().unwrap_or_default();
        Ok(Matcher { words, pictures: self.lists.signals(house, of.0).await?, of, widest })
    }
}

/// The live terms and TLSH of a space, or of one bank of it.
async fn listed_words(house: &House, (space, bank): (AgencyId, Option<BankId>)) -> Result<Words> {
    let mut terms = Vec::new();
    for (signal, clear) in store::signal::live(&house.db, space, bank, SignalKind::Term).await? {
        if let Some(clear) = clear {
            terms.push((signal.key.unsigned_abs(), signals::Clear::read(&clear)?.value));
        }
    }
    let terms = Terms::new(terms.iter().map(|(key, term)| (*key, term.as_str())))
        .map_err(|error| crate::Error::Bug(format!("the terms of a bank: {error}")))?;
    let tlsh = store::signal::live(&house.db, space, bank, SignalKind::Tlsh).await?;
    let digest = |value: &[u8]| std::str::from_utf8(value).ok()?.parse().ok();
    let tlsh = tlsh.iter().filter_map(|(signal, _)| Some((signal.key, digest(&signal.value)?))).collect();
    Ok(Words { terms, tlsh })
}

/// A listed picture near one that was asked for.
#[derive(Debug)]
pub(crate) struct Near {
    /// Which of those that were asked for.
    pub(crate) place: usize,
    /// Whose picture it is near.
    pub(crate) signal: i64,
    /// It is near what is left of that picture after this cut; none: near the whole.
    cut: Option<String>,
    /// Bits that differ.
    pub(crate) distance: u32,
}

impl Near {
    /// The word of the match: the form that asked, and the cut of the listed picture.
    pub(crate) fn variant(&self, form: &str) -> String {
        match &self.cut {
            None => form.to_owned(),
            Some(cut) if form == PICTURE_FORMS[0].0 => cut.clone(),
            Some(cut) => format!("{form}+{cut}"),
        }
    }
}

impl Matcher {
    /// Live signals near pictures, each within its own bank's limit.
    pub(crate) async fn near(&self, house: &House, pictures: &[[u64; 4]]) -> Result<Vec<Near>> {
        let found: Vec<(usize, i64)> = pictures
            .par_iter()
            .enumerate()
            .flat_map_iter(|(place, picture)| {
                let near = self.pictures.within(picture, self.widest);
                near.map(move |near| (place, i64::try_from(near.id).unwrap_or_default()))
            })
            .collect();
        let keys: BTreeSet<i64> = found.iter().map(|(_, signal)| *signal).collect();
        let keys: Vec<i64> = keys.into_iter().collect();
        // What the database says counts, not what the list remembers.
        let live = store::picture::live(&house.db, self.of, &keys).await?;
        let near = |(place, key): (usize, i64)| {
            let listed = live.get(&key)?;
            let distance = nearest::distance(pictures.get(place)?, &words(&listed.value)?);
            let near = || Near { place, signal: listed.signal, cut: listed.cut.clone(), distance };
            (distance <= listed.limit).then(near)
        };
        Ok(found.into_iter().filter_map(near).collect())
    }

    /// Terms that stand in a text: signals.
    pub(crate) fn terms_in(&self, text: &str) -> Vec<i64> {
        let hits = self.words.terms.find(text);
        hits.into_iter().map(|hit| i64::try_from(hit.id).unwrap_or_default()).collect()
    }
}

impl Words {
    /// Signals within [`TLSH_DISTANCE`] of a digest, and how far each is.
    pub(crate) fn near(&self, asked: &Tlsh) -> Vec<(i64, u32)> {
        let far = self.tlsh.iter().map(|(signal, listed)| (*signal, listed.distance(asked)));
        far.filter(|(_, distance)| *distance <= TLSH_DISTANCE).collect()
    }

    /// As [`Words::near`], of a text; none of one that is too short or too even to have a digest.
    pub(crate) fn near_text(&self, text: &str) -> Vec<(i64, u32)> {
        if self.tlsh.is_empty() {
            return Vec::new();
        }
        Tlsh::of(text.as_bytes()).map(|asked| self.near(&asked)).unwrap_or_default()
    }
}

/// A PDQ hash of 32 bytes, big-endian, as four words.
pub(crate) fn words(bytes: &[u8]) -> Option<[u64; 4]> {
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

/// The 32 bytes of a PDQ hash, big-endian.
pub(crate) fn bytes(words: &[u64; 4]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Recognises new observations. While what was found of one range is settled, the next one is compared.
pub async fn run(house: &Arc<House>, space: AgencyId, from: i64, to: i64) -> Result<()> {
    let mut starts = (0..).map(|nth| from + nth * RANGE_MAX).take_while(|start| *start <= to);
    let mut comparing = JoinSet::new();
    let mut begin = |comparing: &mut JoinSet<_>| {
        if let Some(start) = starts.next() {
            let end = to.min(start + RANGE_MAX - 1);
            comparing.spawn(compare(Arc::clone(house), space, (start, end)));
        }
    };
    begin(&mut comparing);
    while let Some(compared) = comparing.join_next().await {
        let (range, observations, found) = compared??;
        begin(&mut comparing);
        let then = Job::Index { space, from: range.0, to: range.1 };
        settle::run(house, space, observations, found, then).await?;
    }
    house.tell(space);
    Ok(())
}

/// What is known of a range of observations: the range, they, and their matches.
async fn compare(
    house: Arc<House>,
    space: AgencyId,
    range: (i64, i64),
) -> Result<((i64, i64), Vec<Observation>, Found)> {
    let observations = store::observation::range(&house.db, range.0, range.1).await?;
    let inside = fingerprint(&house, space, &observations).await?;
    let mut found = Found::new();
    for (observation, signal) in store::matches::exact(&house.db, space, range.0, range.1).await? {
        add(&mut found, observation, signal, (0, "normalised"));
    }
    let matcher = house.matchers.of(&house, space).await?;
    find_words(&matcher, &observations, &mut found);
    find_pictures(&house, &matcher, range, &mut found).await?;
    inside::find(&house, &matcher, &inside, &mut found).await?;
    Ok((range, observations, nearest_first(found)))
}

/// Queues the indexing of what was matched or submitted: never in the write path.
async fn index(house: &House, job: Job) -> Result<()> {
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    job.enqueue(&mut tx, house.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Hashes the files at hand, in the decoder's box, once, and gives what stands in documents. What takes long is queued.
async fn fingerprint(house: &House, space: AgencyId, observations: &[Observation]) -> Result<Vec<Inside>> {
    let (mut found, mut documents, mut later) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut slow = moving::Slow::default();
    for observation in observations {
        let Some(record) = &observation.record else { continue };
        for media in record.media.iter().filter(|media| !media.missing && media.pdq.is_none()) {
            let Some(sha256) = &media.sha256 else { continue };
            let Some(file) = house.blobs.get(space, sha256)? else { continue };
            if slow.takes(house, space, &file).await? {
                later.insert(observation.key);
            }
            if announces_media(&file) {
                continue;
            }
            if connect::decoder::announces_document(&file) {
                if let Some((inside, rows)) = inside::read(house, space, observation.key, file).await? {
                    documents.push(inside);
                    found.extend(rows);
                }
                continue;
            }
            let want = Want { asked: true, ..Want::default() };
            let digest = house.db.keys.digest(space, "sha256", sha256.to_lowercase().as_bytes())?;
            match house.decoder.picture(file, want).await {
                Ok(decoded) => {
                    for ((_, kind), hash, quality) in forms(&decoded) {
                        found.push((kind, bytes(&hash), observation.key, quality));
                    }
                    let Some(pdq) = decoded.pdq else { continue };
                    if pdq.quality < PDQ_QUALITY_MIN {
                        found.push((FLAT, digest.to_vec(), observation.key, pdq.quality));
                    }
                }
                Err(error) if error.is_of_the_file() => tracing::debug!(%error, "a file was not decoded"),
                Err(error) => return Err(crate::Error::Remote(error.to_string())),
            }
        }
    }
    if !found.is_empty() || !later.is_empty() {
        let mut tx = house.db.write(store::Lane::Bulk).await?;
        store::observation::add_seen(&mut tx, found).await?;
        for observation in later {
            Job::Decode { space, observation }.enqueue(&mut tx, house.clock.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(documents)
}

/// The hashes of a picture with which it is compared, with the form of each and its quality. It was asked for its variants.
pub(crate) fn forms(decoded: &Decoded) -> Vec<((&'static str, &'static str), [u64; 4], u8)> {
    let of = |variant: &Variant| {
        let first = match variant.name {
            Name::Whole => 0,
            Name::Trimmed => 8,
            Name::Inset => 16,
            Name::Crop(_) => return Vec::new(),
        };
        let hashes = PICTURE_FORMS[first..].iter().zip(&variant.hashes.forms);
        hashes.map(|(form, hash)| (*form, *hash.words(), variant.hashes.quality)).collect()
    };
    decoded.asked.iter().flat_map(of).collect()
}

fn add(found: &mut Found, observation: i64, signal: i64, (distance, variant): (u32, &str)) {
    let new = NewMatch { observation, signal, distance, variant: variant.to_owned(), part: None };
    found.entry(observation).or_default().push(new);
}

/// What texts hold or are near to: terms, and TLSH.
fn find_words(matcher: &Matcher, observations: &[Observation], found: &mut Found) {
    if matcher.words.is_empty() {
        return;
    }
    type Hits = (Vec<i64>, Vec<(i64, u32)>);
    let hits: Vec<(i64, Hits)> = observations
        .par_iter()
        .filter_map(|observation| {
            let text = &observation.record.as_ref()?.text;
            Some((observation.key, (matcher.terms_in(text), matcher.words.near_text(text))))
        })
        .collect();
    for (observation, (terms, near)) in hits {
        for signal in terms {
            add(found, observation, signal, (0, "normalised"));
        }
        for (signal, distance) in near {
            add(found, observation, signal, (distance, "original"));
        }
    }
}

async fn find_pictures(
    house: &House,
    matcher: &Matcher,
    (from, to): (i64, i64),
    found: &mut Found,
) -> Result<()> {
    if matcher.pictures.is_empty() {
        return Ok(());
    }
    for (variant, kind) in PICTURE_FORMS {
        let (mut owners, mut pictures) = (Vec::new(), Vec::new());
        for (observation, value, quality) in store::observation::seen_of(&house.db, kind, from, to).await? {
            if let Some(picture) = words(&value).filter(|_| quality >= PDQ_QUALITY_MIN) {
                owners.push(observation);
                pictures.push(picture);
            }
        }
        for near in matcher.near(house, &pictures).await? {
            if let Some(observation) = owners.get(near.place) {
                add(found, *observation, near.signal, (near.distance, &near.variant(variant)));
            }
        }
    }
    Ok(())
}

/// One match a signal: the nearest form.
fn nearest_first(mut found: Found) -> Found {
    for matches in found.values_mut() {
        matches.sort_by_key(|found| (found.signal, found.distance));
        matches.dedup_by_key(|found| found.signal);
    }
    found
}
