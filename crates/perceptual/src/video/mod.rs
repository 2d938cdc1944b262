//! Videos: which moments of one are seen in another, and when.
//!
//! A video is frames at an even rate, each hashed as a picture. [`rule`] compares two as the vPDQ rule does: how many of
//! the different frames of either have a near one in the other, whatever the order. [`find`] finds more:
//!
//! - what asks undoes borders and bars and turns each frame ([`crate::variants`]), and looks twice a second;
//! - what is listed by people has cuts of each frame, and of some frames [`Points`];
//! - near frames count when they follow each other as in the listed video ([`run`]), at any speed from nine tenths to
//!   eleven tenths, so a short run in a long video is enough, and its time is known in both.
//!
//! The crate takes frames. What decodes a video, and which frames it gives, is the caller's; [`Lister`] and [`Asker`] take
//! one frame after the other and keep hashes alone.

mod bytes;
mod judge;
mod line;
mod list;
pub mod rule;
pub mod run;
mod take;

use crate::Hash256;
use crate::pdq::Dihedral;
use crate::points::Points;
use crate::variants::{MATCH_RADIUS_BITS, Name};

pub use bytes::MAX_BYTES;
pub use judge::{Found, find, judged};
pub use list::List;
pub use run::Pair;
pub use take::{Asker, Lister};

/// Frames a second that are looked at in a video that asks. Every second one of them is what the vPDQ rule looks at.
pub const ASKED_FRAMES_PER_SECOND: u32 = 2;

/// Time between two of them, milliseconds.
const ASKED_STEP_MS: u32 = 1_000 / ASKED_FRAMES_PER_SECOND;

/// Time between two frames of a listed video, milliseconds: the vPDQ rule's one a second.
pub const LISTED_STEP_MS: u32 = 1_000;

/// Most hashes of a listed video, cuts included.
pub const MAX_LISTED: usize = 10_000;

/// Most frames of a listed video that have points.
pub const MAX_KEYS: usize = 24;

/// A frame with points stands for so many frames before and after it, at most.
const KEY_FRAMES_MAX: usize = 16;

/// A hash of a moment of a listed video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Milliseconds from the beginning.
    pub at_ms: u32,
    /// What of the frame was hashed.
    pub name: Name,
    /// 0 (flat) to 100.
    pub quality: u8,
    /// The hash.
    pub hash: Hash256,
}

/// A frame of a listed video by its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Milliseconds from the beginning.
    pub at_ms: u32,
    /// The points.
    pub points: Points,
}

/// A video in a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// By time, of one time the whole first. At most [`MAX_LISTED`].
    pub frames: Vec<Frame>,
    /// By time. At most [`MAX_KEYS`].
    pub keys: Vec<Key>,
}

/// A frame of a video that asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Milliseconds from the beginning.
    pub at_ms: u32,
    /// What was hashed, in the eight positions; the first is the whole.
    pub variants: Vec<(Name, Dihedral)>,
    /// The points, of some frames.
    pub points: Option<Points>,
}

/// A video that asks: its frames by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// By time.
    pub moments: Vec<Moment>,
}

impl Listed {
    /// Where it ends, milliseconds: each frame stands for the step after it.
    #[must_use]
    pub fn end_ms(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.at_ms.saturating_add(LISTED_STEP_MS))
    }

    /// The times for which a frame with points stands: its own, and those around it whose frames are near it.
    pub(crate) fn stands_for(&self, key: &Key) -> Vec<u32> {
        let whole: Vec<&Frame> = self.frames.iter().filter(|frame| frame.name == Name::Whole).collect();
        let Ok(own) = whole.binary_search_by_key(&key.at_ms, |frame| frame.at_ms) else {
            return vec![key.at_ms];
        };
        let near = |frame: &&&Frame| frame.hash.distance(&whole[own].hash) <= MATCH_RADIUS_BITS;
        let after = whole[own..].iter().take(KEY_FRAMES_MAX).take_while(near);
        let before = whole[..own].iter().rev().take(KEY_FRAMES_MAX).take_while(near);
        after.chain(before).map(|frame| frame.at_ms).collect()
    }

    /// The frames that the vPDQ rule compares: whole, one a second.
    pub fn plain(&self) -> impl Iterator<Item = (Hash256, u8)> {
        self.frames.iter().filter(|frame| frame.name == Name::Whole).map(|frame| (frame.hash, frame.quality))
    }
}

impl Asked {
    /// Where it ends, milliseconds: each frame stands for the step after it.
    #[must_use]
    pub fn end_ms(&self) -> u32 {
        self.moments.last().map_or(0, |moment| moment.at_ms.saturating_add(ASKED_STEP_MS))
    }

    /// The frames that the vPDQ rule compares: whole, one a second.
    pub fn plain(&self) -> impl Iterator<Item = (Hash256, u8)> {
        let on_step = self.moments.iter().filter(|moment| moment.at_ms.is_multiple_of(LISTED_STEP_MS));
        on_step
            .filter_map(|moment| moment.variants.first().map(|(_, hashes)| (hashes.forms[0], hashes.quality)))
    }
}
