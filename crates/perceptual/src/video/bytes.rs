//! A listed video as bytes.

use super::{Frame, Key, Listed, MAX_KEYS, MAX_LISTED};
use crate::Hash256;
use crate::points::{self, Points};
use crate::variants::Name;

/// Of this form; another would be another number.
const VERSION: u8 = 1;

/// Version and two counts.
const HEAD_BYTES: usize = 9;

/// Time, name, quality, hash.
const FRAME_BYTES: usize = 4 + 2 + 1 + 32;

/// Time and length of the points.
const KEY_HEAD_BYTES: usize = 8;

/// The longest form.
pub const MAX_BYTES: usize =
    HEAD_BYTES + MAX_LISTED * FRAME_BYTES + MAX_KEYS * (KEY_HEAD_BYTES + points::MAX_BYTES);

/// Names without a share are below; a crop is its share above.
const CROPS_FROM: u16 = 1_000;

impl Listed {
    /// The bytes: numbers are little-endian; a version, two counts, the frames, and the keys with their lengths.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = vec![VERSION];
        bytes.extend(count(self.frames.len()));
        bytes.extend(count(self.keys.len()));
        for frame in &self.frames {
            bytes.extend(frame.at_ms.to_le_bytes());
            bytes.extend(code(frame.name).to_le_bytes());
            bytes.push(frame.quality);
            frame.hash.0.iter().for_each(|word| bytes.extend(word.to_be_bytes()));
        }
        for key in &self.keys {
            let points = key.points.to_bytes();
            bytes.extend(key.at_ms.to_le_bytes());
            bytes.extend(count(points.len()));
            bytes.extend(points);
        }
        bytes
    }

    /// Reads what [`Listed::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        if take::<1>(&mut rest)? != [VERSION] {
            return None;
        }
        let (frames, keys) = (number(&mut rest)?, number(&mut rest)?);
        if frames > MAX_LISTED || keys > MAX_KEYS {
            return None;
        }
        let listed = Self {
            frames: (0..frames).map(|_| frame(&mut rest)).collect::<Option<_>>()?,
            keys: (0..keys).map(|_| key(&mut rest)).collect::<Option<_>>()?,
        };
        let in_order = listed.frames.is_sorted_by_key(|frame| frame.at_ms)
            && listed.keys.is_sorted_by_key(|key| key.at_ms);
        (rest.is_empty() && in_order).then_some(listed)
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk()?;
    *rest = others;
    Some(*first)
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take(rest)?)).ok()
}

fn frame(rest: &mut &[u8]) -> Option<Frame> {
    let at_ms = u32::from_le_bytes(take(rest)?);
    let name = named(u16::from_le_bytes(take(rest)?))?;
    let [quality] = take(rest)?;
    let mut hash = Hash256::default();
    for word in &mut hash.0 {
        *word = u64::from_be_bytes(take(rest)?);
    }
    (quality <= 100).then_some(Frame { at_ms, name, quality, hash })
}

fn key(rest: &mut &[u8]) -> Option<Key> {
    let at_ms = u32::from_le_bytes(take(rest)?);
    let length = number(rest)?;
    let (points, others) = rest.split_at_checked(length)?;
    *rest = others;
    Some(Key { at_ms, points: Points::from_bytes(points)? })
}

fn code(name: Name) -> u16 {
    match name {
        Name::Whole => 0,
        Name::Trimmed => 1,
        Name::Inset => 2,
        Name::Crop(share) => CROPS_FROM + share,
    }
}

fn named(code: u16) -> Option<Name> {
    match code {
        0 => Some(Name::Whole),
        1 => Some(Name::Trimmed),
        2 => Some(Name::Inset),
        code => code.checked_sub(CROPS_FROM).filter(|share| *share < 500).map(Name::Crop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed() -> Listed {
        let names = [Name::Whole, Name::Trimmed, Name::Crop(15), Name::Inset];
        let frames = (0..4).map(|n| Frame {
            at_ms: n * 1_000,
            name: names[n as usize],
            quality: 50 + n as u8,
            hash: Hash256([u64::from(n), 2, 3, u64::MAX]),
        });
        let keys = vec![Key { at_ms: 4_000, points: Points { width: 4.0, height: 3.0, points: Vec::new() } }];
        Listed { frames: frames.collect(), keys }
    }

    #[test]
    fn video_bytes_are_read_again() {
        for listed in [listed(), Listed::default()] {
            let bytes = listed.to_bytes();
            assert_eq!(Listed::from_bytes(&bytes), Some(listed));
            (0..bytes.len()).for_each(|end| assert_eq!(Listed::from_bytes(&bytes[..end]), None));
        }
        let mut turned = listed();
        turned.frames.reverse();
        assert_eq!(Listed::from_bytes(&turned.to_bytes()), None);
    }

    proptest! {
        #[test]
        fn damaged_video_bytes_are_read_or_refused(at in 0..160_usize, byte: u8) {
            let mut bytes = listed().to_bytes();
            let place = at % bytes.len();
            bytes[place] = byte;
            if let Some(read) = Listed::from_bytes(&bytes) {
                prop_assert_eq!(read.to_bytes().len(), bytes.len());
            }
        }
    }
}
