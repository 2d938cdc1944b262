//! One frame after the other, of which hashes are kept.

use super::{Asked, Frame, Key, LISTED_STEP_MS, Listed, MAX_KEYS, MAX_LISTED, Moment};
use crate::Rgb;
use crate::pdq::{self, MIN_MATCH_QUALITY};
use crate::points::Points;
use crate::variants::{self, MATCH_RADIUS_BITS, Name};

/// Time between two frames of a video that asks whose points are looked at, milliseconds.
const POINTS_STEP_MS: u32 = 1_000;

/// Takes the frames of a video that is to be listed.
#[derive(Debug)]
pub struct Lister {
    verified: bool,
    listed: Listed,
}

impl Lister {
    /// Of a video that people have verified, cuts and points are taken too.
    #[must_use]
    pub fn new(verified: bool) -> Self {
        Self { verified, listed: Listed::default() }
    }

    /// Takes a frame; one that is not on the step of listed videos is left out. A frame too small for a hash is left out.
    pub fn push(&mut self, at_ms: u32, frame: &Rgb<'_>) {
        if !at_ms.is_multiple_of(LISTED_STEP_MS) {
            return;
        }
        let frames = &mut self.listed.frames;
        if !self.verified {
            let hash = pdq::hash(frame);
            frames.extend(hash.map(|one| Frame {
                at_ms,
                name: Name::Whole,
                quality: one.quality,
                hash: one.hash,
            }));
            return;
        }
        let all = variants::listed(frame).into_iter();
        let kept = all.filter(|one| one.name == Name::Whole || one.hashes.quality >= MIN_MATCH_QUALITY);
        frames.extend(kept.map(|one| Frame {
            at_ms,
            name: one.name,
            quality: one.hashes.quality,
            hash: one.hashes.forms[0],
        }));
        self.key(at_ms, frame);
    }

    /// Takes points of a frame that is unlike the last one with points: one like it would say the same.
    fn key(&mut self, at_ms: u32, frame: &Rgb<'_>) {
        let whole = |at_ms: u32| {
            let mut frames = self.listed.frames.iter().rev();
            frames.find(|frame| frame.at_ms == at_ms && frame.name == Name::Whole).map(|frame| frame.hash)
        };
        let last = self.listed.keys.last().and_then(|key| whole(key.at_ms));
        let is_new = match (last, whole(at_ms)) {
            (Some(last), Some(hash)) => hash.distance(&last) > MATCH_RADIUS_BITS,
            (None, hash) => hash.is_some(),
            (Some(_), None) => false,
        };
        if is_new {
            let points = Points::of(frame);
            if !points.points.is_empty() {
                self.listed.keys.push(Key { at_ms, points });
            }
        }
    }

    /// The video. Of a long one fewer frames have cuts and points; of one over [`MAX_LISTED`] seconds the end is left out.
    #[must_use]
    pub fn finish(self) -> Listed {
        let Listed { mut frames, keys } = self.listed;
        let whole = frames.iter().filter(|frame| frame.name == Name::Whole).count().min(MAX_LISTED);
        let cuts = frames.len() - whole;
        let every = u32::try_from(cuts.div_ceil((MAX_LISTED - whole).max(1)).max(1)).unwrap_or(u32::MAX);
        frames.retain(|frame| {
            frame.name == Name::Whole || (frame.at_ms / LISTED_STEP_MS).is_multiple_of(every)
        });
        frames.truncate(MAX_LISTED);
        let every = keys.len().div_ceil(MAX_KEYS).max(1);
        Listed { frames, keys: keys.into_iter().step_by(every).collect() }
    }
}

/// Takes the frames of a video that asks.
#[derive(Debug)]
pub struct Asker {
    points: bool,
    asked: Asked,
}

impl Asker {
    /// With points only where a list has some, for they take longest.
    #[must_use]
    pub fn new(points: bool) -> Self {
        Self { points, asked: Asked::default() }
    }

    /// Takes a frame. One too small for a hash is left out.
    pub fn push(&mut self, at_ms: u32, frame: &Rgb<'_>) {
        let variants = variants::asked(frame);
        if variants.is_empty() {
            return;
        }
        let points = (self.points && at_ms.is_multiple_of(POINTS_STEP_MS)).then(|| Points::of(frame));
        let variants = variants.into_iter().map(|variant| (variant.name, variant.hashes)).collect();
        self.asked.moments.push(Moment { at_ms, variants, points });
    }

    /// The video.
    #[must_use]
    pub fn finish(self) -> Asked {
        self.asked
    }
}
