//! Listed sounds with both their prints.

use super::{Asked, Found, Index, MAX_VALUES, Print};

/// Of [`Listed`]; [`Print::to_bytes`] has another.
const VERSION: u8 = 2;

/// Bits that may differ between middle tones, thousandths. Copies through filters have 10 to 50; unlike sounds come nearer
/// by their middle tones than by all, and had 300 and more (378 pairs of the first set of `bench/media`).
const MIDDLE_ERRORS_PER_MILLE: u32 = 220;

/// What a listed sound is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its print.
    pub print: Print,
    /// The print of its middle tones, with as many values; empty where only the other is known.
    pub middle: Print,
}

impl Listed {
    /// The longest form.
    pub const MAX_BYTES: usize = 1 + 2 * MAX_VALUES * 4;

    /// The bytes: a version, the values of the print, and as many of the middle tones, little-endian. Without middle tones
    /// those of the print.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        if self.middle.0.is_empty() {
            return self.print.to_bytes();
        }
        let mut bytes = vec![VERSION];
        self.print.0.iter().chain(&self.middle.0).for_each(|value| bytes.extend(value.to_le_bytes()));
        bytes
    }

    /// Reads what [`Listed::to_bytes`] or [`Print::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, values) = bytes.split_first()?;
        if *version != VERSION {
            return Some(Self { print: Print::from_bytes(bytes)?, middle: Print::default() });
        }
        let (values, rest) = values.as_chunks::<4>();
        let fits = rest.is_empty() && values.len() % 2 == 0 && values.len() <= 2 * MAX_VALUES;
        let (print, middle) = fits.then(|| values.split_at(values.len() / 2))?;
        let read = |half: &[[u8; 4]]| Print(half.iter().map(|value| u32::from_le_bytes(*value)).collect());
        Some(Self { print: read(print), middle: read(middle) })
    }
}

/// Many listed sounds. 24 bytes for each two values, and 1 MiB.
#[derive(Clone, Debug, Default)]
pub struct List {
    whole: Index,
    middle: Index,
}

impl List {
    /// A list of sounds, which are known by their place in the order given.
    #[must_use]
    pub fn of(sounds: Vec<Listed>) -> Self {
        let (whole, middle) = sounds.into_iter().map(|sound| (sound.print, sound.middle)).unzip();
        Self { whole: Index::of(whole), middle: Index::of(middle) }
    }

    /// Whether no sound is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// The listed sounds that are heard in another, each once, by their place: by all tones, else by the middle ones.
    #[must_use]
    pub fn find(&self, asked: &Asked) -> Vec<Found> {
        let mut found = self.whole.find(&asked.prints);
        let by_middle = self.middle.find(std::slice::from_ref(&asked.middle));
        for one in by_middle {
            let is_known = found.iter().any(|known| known.listed == one.listed);
            if !is_known && one.errors_per_mille <= MIDDLE_ERRORS_PER_MILLE {
                found.push(Found { by_middle: true, ..one });
            }
        }
        found.sort_by_key(|found| found.listed);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of no order, of a seed.
    fn print(seed: u32) -> Print {
        let mixed = |at: u32| (at.wrapping_mul(0x9E37_79B9) ^ seed).wrapping_mul(0x85EB_CA6B);
        Print((0..120).map(|at| mixed(at) ^ mixed(at) >> 13).collect())
    }

    fn listed(seed: u32) -> Listed {
        Listed { print: print(seed), middle: print(seed + 1_000) }
    }

    #[test]
    fn bytes_are_read_again() {
        let bare = Listed { middle: Print::default(), ..listed(1) };
        for one in [listed(1), bare.clone(), Listed::default()] {
            assert_eq!(Listed::from_bytes(&one.to_bytes()), Some(one));
        }
        assert_eq!(Listed::from_bytes(&print(1).to_bytes()), Some(bare));
        for bad in [&[][..], &[3], &[2, 0], &[2, 0, 0, 0, 0], &vec![2; Listed::MAX_BYTES + 8]] {
            assert_eq!(Listed::from_bytes(bad), None, "{} bytes", bad.len());
        }
    }

    #[test]
    fn middle_tones_are_heard_where_the_others_are_gone() {
        let list = List::of(vec![listed(1), Listed { middle: Print::default(), ..listed(2) }, listed(3)]);
        let find = |prints, middle| {
            let found = list.find(&Asked { prints: vec![prints], middle });
            found.iter().map(|found| (found.listed, found.by_middle)).collect::<Vec<_>>()
        };
        assert_eq!(find(print(3), print(1_003)), [(2, false)]);
        assert_eq!(find(print(7), print(1_003)), [(2, true)]);
        assert_eq!(find(print(2), print(1_003)), [(1, false), (2, true)]);
        assert_eq!(find(print(7), print(1_007)), []);
        // A quarter of the bits turned, half of every second value, is near enough for all tones, not for the middle ones.
        let turned =
            |of: Print| Print((0..).zip(of.0).map(|(at, value)| value ^ [0, 0xFFFF][at % 2]).collect());
        assert_eq!(find(turned(print(3)), print(1_007)), [(2, false)]);
        assert_eq!(find(print(7), turned(print(1_003))), []);
    }
}
