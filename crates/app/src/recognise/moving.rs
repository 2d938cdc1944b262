//! What takes long to decode of an observation's files, in a job of its own: videos and sounds against those of the banks,
//! and words that a machine reads in pictures against the terms.
//!
//! [`super::fingerprint`] queues it only for files that are at hand and announce themselves, and only where something is
//! listed to compare them with, so whatever else arrives never waits for it. For a video or sound that is listed later,
//! [`super::past`] comes here with what arrived before. A file in many posts is decoded once while the lists stay as they are.

use super::{Found, nearest_first, settle};
use crate::flow::Job;
use crate::{House, Result, signals};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connect::decoder::ocr::Reader;
use connect::decoder::tool::Input;
use connect::decoder::video::{Extent, announces_media};
use connect::decoder::{DecodeError, announces_document, announces_picture};
use domain::bank::{Part, READ_IN_PICTURE, SignalKind};
use domain::id::AgencyId;
use nearest::{Nearest as _, Scan};
use perceptual::sound;
use perceptual::variants::MATCH_RADIUS_BITS;
use perceptual::video::{self, Asker};
use perceptual::{Hash256, Rgb};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::matches::NewMatch;
use store::observation::Observation;

/// Files of one observation that are decoded here.
const FILES_MAX: usize = 8;

/// Files of which is remembered what they met; with more it begins anew.
const REMEMBERED_MAX: usize = 10_000;

/// Videos and sounds of a space's live signals, in memory.
#[derive(Default)]
pub(crate) struct Moving {
    /// The signal of each video.
    video_signals: Vec<i64>,
    videos: video::List,
    near: Scan,
    /// The signal of each sound, and where it ends, milliseconds.
    sound_signals: Vec<(i64, u32)>,
    sounds: sound::List,
    /// What files met, by the SHA-256 of their bytes. It goes with the lists that they were compared with.
    met: Mutex<HashMap<String, Arc<[Met]>>>,
}

impl Moving {
    /// Reads them. One that cannot be read is left out, and said.
    pub(super) async fn read(house: &House, space: AgencyId) -> Result<Self> {
        let (mut video_signals, mut videos) = (Vec::new(), Vec::new());
        for (key, bytes) in prints(house, space, SignalKind::Video).await? {
            if let Some(listed) = video::Listed::from_bytes(&bytes) {
                video_signals.push(key);
                videos.push(listed);
            }
        }
        let (mut sound_signals, mut sounds) = (Vec::new(), Vec::new());
        for (key, bytes) in prints(house, space, SignalKind::Sound).await? {
            if let Some(listed) = sound::Listed::from_bytes(&bytes) {
                sound_signals.push((key, listed.print.length_ms()));
                sounds.push(listed);
            }
        }
        let made = tokio::task::spawn_blocking(move || {
            let videos = video::List::of(videos);
            let mut near = Scan::new();
            for (id, hash) in (0..).zip(videos.hashes()) {
                near.insert(id, *hash.words());
            }
            let sounds = sound::List::of(sounds);
            Self { video_signals, videos, near, sound_signals, sounds, met: Mutex::default() }
        });
        Ok(made.await?)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.videos.is_empty() && self.sounds.is_empty()
    }

    /// What a file met before.
    fn remembered(&self, sha256: &str) -> Option<Arc<[Met]>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned()
    }

    fn remember(&self, sha256: String, met: &Arc<[Met]>) {
        let mut known = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.insert(sha256, Arc::clone(met));
    }

    /// Signals whose video is seen in one, or whose sound is heard in it.
    fn find(&self, video: Option<&video::Asked>, sound: Option<&sound::Asked>) -> Vec<Met> {
        let mut met = Vec::new();
        if let Some(asked) = video {
            let near = |hash: &Hash256| {
                let near = self.near.within(hash.words(), MATCH_RADIUS_BITS).into_iter();
                near.filter_map(|near| Some((usize::try_from(near.id).ok()?, near.distance)))
                    .collect::<Vec<_>>()
            };
            for (place, found) in self.videos.find(asked, near) {
                let (Some(signal), Some(listed)) =
                    (self.video_signals.get(place as usize), self.videos.get(place))
                else {
                    continue;
                };
                let end = listed.end_ms();
                let spans = ((found.asked_ms, asked.end_ms()), (found.listed_ms, end));
                met.push(Met {
                    signal: *signal,
                    distance: found.distance.unwrap_or_default(),
                    variant: found.variant(end),
                    part: Some(Part::of(spans.0, spans.1, found.speed_per_mille)),
                });
            }
        }
        if let Some(asked) = sound {
            for found in self.sounds.find(asked) {
                let Some((signal, end)) = self.sound_signals.get(found.listed as usize) else { continue };
                let spans = ((found.asked_ms, asked.length_ms()), (found.listed_ms, *end));
                met.push(Met {
                    signal: *signal,
                    distance: 0,
                    variant: found.variant(*end),
                    part: Some(Part::of(spans.0, spans.1, found.speed_per_mille)),
                });
            }
        }
        met
    }
}

/// A signal that is met.
#[derive(Clone)]
struct Met {
    signal: i64,
    distance: u32,
    variant: String,
    part: Option<Part>,
}

/// Live signals of a kind with their prints.
async fn prints(house: &House, space: AgencyId, kind: SignalKind) -> Result<Vec<(i64, Vec<u8>)>> {
    let mut prints = Vec::new();
    for (signal, clear) in store::signal::live(&house.db, space, None, kind).await? {
        let Some(clear) = clear else { continue };
        if let Some(print) = signals::Clear::read(&clear)?.print.and_then(|print| STANDARD.decode(print).ok())
        {
            prints.push((signal.key, print));
        }
    }
    Ok(prints)
}

/// What of a range is decoded here. What is listed is asked for when the first such file comes.
#[derive(Default)]
pub(super) struct Slow {
    /// Whether videos or sounds are listed.
    moving: Option<bool>,
    /// Whether terms are listed.
    terms: Option<bool>,
}

impl Slow {
    /// Whether a file is: a video or a sound where some are listed, a picture where terms are and a machine reads words.
    pub(super) async fn takes(&mut self, house: &House, space: AgencyId, file: &[u8]) -> Result<bool> {
        if announces_media(file) && house.ffmpeg.is_installed() {
            if self.moving.is_none() {
                self.moving = Some(!house.matchers.moving(house, space).await?.is_empty());
            }
            return Ok(self.moving == Some(true));
        }
        if house.words.is_some() && announces_picture(file) {
            if self.terms.is_none() {
                self.terms = Some(!house.matchers.of(house, space).await?.words.terms.is_empty());
            }
            return Ok(self.terms == Some(true));
        }
        Ok(false)
    }
}

/// Decodes what takes long of one observation, compares it, and settles what was found. False when it has no such file.
pub async fn run(house: &Arc<House>, space: AgencyId, key: i64) -> Result<bool> {
    let observations = store::observation::by_keys(&house.db, &[key]).await?;
    let Some(observation) = observations.first() else { return Ok(false) };
    let moving = house.matchers.moving(house, space).await?;
    let (mut found, mut any) = (Found::new(), false);
    for sha256 in names(observation) {
        let Some(met) = of_file(house, (space, &moving), sha256).await? else { continue };
        any = true;
        for Met { signal, distance, variant, part } in met.iter().cloned() {
            let new = NewMatch { observation: key, signal, distance, variant, part };
            found.entry(key).or_default().push(new);
        }
    }
    let found = nearest_first(found);
    if !found.is_empty() {
        settle::run(house, space, observations, found, Job::Index { space, from: key, to: key }).await?;
        house.tell(space);
    }
    Ok(any)
}

/// The files of an observation that should be at hand, each once: their SHA-256.
fn names(observation: &Observation) -> impl Iterator<Item = String> {
    let media = observation.record.as_ref().map(|record| record.media.as_slice()).unwrap_or_default();
    let names: BTreeSet<String> =
        media.iter().filter(|media| !media.missing).filter_map(|media| media.sha256.clone()).collect();
    names.into_iter().take(FILES_MAX)
}

/// What a file meets, decoded if it was not yet; `None` for one that is not at hand or not decoded here.
async fn of_file(
    house: &House,
    (space, moving): (AgencyId, &Arc<Moving>),
    sha256: String,
) -> Result<Option<Arc<[Met]>>> {
    if let Some(met) = moving.remembered(&sha256) {
        return Ok(Some(met));
    }
    let Some(file) = house.blobs.get(space, &sha256)? else { return Ok(None) };
    let met = if announces_media(&file) {
        if moving.is_empty() || !house.ffmpeg.is_installed() {
            return Ok(None);
        }
        media(house, moving, file).await?
    } else if announces_picture(&file) && !announces_document(&file) {
        let Some(reader) = &house.words else { return Ok(None) };
        words(house, space, file, reader).await?
    } else {
        return Ok(None);
    };
    let met = Arc::from(met);
    moving.remember(sha256, &met);
    Ok(Some(met))
}

/// Compares a video with its sound, or a sound. Each is decoded by a process of its own, in the box.
async fn media(house: &House, moving: &Arc<Moving>, file: Vec<u8>) -> Result<Vec<Met>> {
    let mut seen = None;
    if !moving.videos.is_empty() {
        let push: fn(&mut Asker, u32, &Rgb<'_>) = |asker, at_ms, frame| asker.push(at_ms, frame);
        let asker = Asker::new(moving.videos.has_points());
        let frames = house.ffmpeg.frames(Input::Bytes(file.clone()), asker, push).await;
        seen = of_the_file(frames)?.map(|(asker, _)| asker.finish());
    }
    let mut heard = None;
    if !moving.sounds.is_empty() {
        let samples = of_the_file(house.ffmpeg.samples(Input::Bytes(file), sound::SAMPLE_RATE).await)?;
        heard = samples.map(|(samples, _)| samples).filter(|samples| !samples.is_empty());
    }
    let moving = Arc::clone(moving);
    let met = tokio::task::spawn_blocking(move || {
        let heard = heard.map(|samples| sound::asked(&samples));
        moving.find(seen.as_ref(), heard.as_ref())
    });
    Ok(met.await?)
}

/// What a file came to; `None` for one that cannot be read, which is said.
fn of_the_file<T>(read: Result<(T, Extent), DecodeError>) -> Result<Option<(T, Extent)>> {
    match read {
        Ok((of, extent)) => {
            if let Some(broken) = &extent.broken {
                tracing::info!(broken, "a video or sound was compared in part");
            }
            Ok(Some((of, extent)))
        }
        Err(error) if error.is_of_the_file() => {
            tracing::debug!(%error, "a video or sound was not decoded");
            Ok(None)
        }
        Err(error) => Err(crate::Error::Remote(error.to_string())),
    }
}

/// Compares the words that a machine reads in a picture with the terms.
async fn words(house: &House, space: AgencyId, file: Vec<u8>, reader: &Reader) -> Result<Vec<Met>> {
    match house.decoder.words(file, reader).await {
        Ok(text) => {
            let terms = house.matchers.of(house, space).await?.terms_in(&text).into_iter();
            let met = |signal| Met { signal, distance: 0, variant: READ_IN_PICTURE.to_owned(), part: None };
            Ok(terms.map(met).collect())
        }
        Err(error) if error.is_of_the_file() => {
            tracing::debug!(%error, "no words were read in a picture");
            Ok(Vec::new())
        }
        Err(error) => Err(crate::Error::Remote(error.to_string())),
    }
}
