//! Sounds: which part of one is heard in another, and when.
//!
//! A sound is a [`Print`], the values of Chromaprint: 32 bits that tell how the tones of some 2.6 s change, eight times a
//! second. Copies have the same values but for some bits. Two sounds match when, along one line of time, so few bits differ
//! over so long that unlike sounds never do ([`line`](mod@line)). The line may be steeper or flatter, for copies whose pace
//! was changed; for those whose pitch was changed with it, who asks makes prints of the sound at several pitches
//! ([`PITCHES_PER_MILLE`]).
//!
//! A telephone or a small loudspeaker lets the middle tones through and nothing else, and other values come of that. So
//! of a listed sound there is a second print of these alone ([`Listed`]), and who asks makes one too.
//!
//! [`Index`] finds the lines that are worth to be looked at among many sounds; [`line::reference`] looks at all. [`List`] has
//! one for each of the two prints.

mod index;
pub mod line;
mod list;
#[cfg(feature = "sound")]
mod make;
#[cfg(feature = "sound")]
mod middle;

pub use index::Index;
pub use line::Run;
pub use list::{List, Listed};
#[cfg(feature = "sound")]
pub use make::{asked, listed, print};

/// Samples a second that prints are made of.
pub const SAMPLE_RATE: u32 = 11_025;

/// Samples between two values of a print.
const STEP_SAMPLES: u64 = 1_365;

/// Samples before the first value is whole, a value's own time included.
const SPAN_SAMPLES: u64 = 4_096 + 19 * STEP_SAMPLES;

/// Most values of a print: an hour and some.
pub const MAX_VALUES: usize = 30_000;

/// Pitches at which a sound asks, thousandths: the first is as it is; the others undo that it was slowed down or sped up.
pub const PITCHES_PER_MILLE: [u32; 7] = [1_000, 980, 1_020, 960, 1_040, 940, 1_060];

/// The longest form of a print.
pub const MAX_BYTES: usize = 1 + MAX_VALUES * 4;

/// Of this form; another would be another number.
const VERSION: u8 = 1;

/// The values of a sound, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print(pub Vec<u32>);

impl Print {
    /// How long the sound is that it is of, milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> u32 {
        ended_ms(self.0.len() as u64, 1_000)
    }

    /// The bytes: a version, then each value, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        self.0.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
        bytes
    }

    /// Reads what [`Print::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, values) = bytes.split_first()?;
        let (values, rest) = values.as_chunks::<4>();
        let fits = *version == VERSION && rest.is_empty() && values.len() <= MAX_VALUES;
        fits.then(|| Self(values.iter().map(|value| u32::from_le_bytes(*value)).collect()))
    }
}

/// When a value begins, milliseconds of a sound that was made slower by a pitch.
fn begun_ms(values: u64, pitch_per_mille: u64) -> u32 {
    let samples = values * STEP_SAMPLES;
    u32::try_from(samples * 1_000_000 / u64::from(SAMPLE_RATE) / pitch_per_mille).unwrap_or(u32::MAX)
}

/// When the last of so many values ends.
fn ended_ms(values: u64, pitch_per_mille: u64) -> u32 {
    let all = values.checked_sub(1).map_or(0, |steps| steps * STEP_SAMPLES + SPAN_SAMPLES);
    u32::try_from(all * 1_000_000 / u64::from(SAMPLE_RATE) / pitch_per_mille).unwrap_or(u32::MAX)
}

/// A sound that asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its prints at [`PITCHES_PER_MILLE`], in their order.
    pub prints: Vec<Print>,
    /// The print of its middle tones.
    pub middle: Print,
}

/// A listed sound that is heard in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Place of the listed sound in the list.
    pub listed: u32,
    /// From when to when in the sound that asks, milliseconds.
    pub asked_ms: (u32, u32),
    /// From when to when in the listed sound, milliseconds.
    pub listed_ms: (u32, u32),
    /// How fast the listed sound goes by, thousandths of its own pace.
    pub speed_per_mille: u32,
    /// How much higher it sounds, thousandths.
    pub pitch_per_mille: u32,
    /// Values of the run.
    pub values: u32,
    /// Bits that differ, thousandths of those compared.
    pub errors_per_mille: u32,
    /// Whether it is heard by its middle tones only.
    pub by_middle: bool,
}

impl Asked {
    /// How long the sound is, milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> u32 {
        self.prints.first().map_or(0, Print::length_ms)
    }
}

impl Found {
    /// What it is by its edits, with `+` between: `clip` when less than [`CLIP_UNDER_PERCENT`](crate::CLIP_UNDER_PERCENT)
    /// of the listed sound is heard, `faster` or `slower`, `higher` or `lower`, `filtered` when its middle tones agree
    /// only; else `original`. `end_ms` is where the listed sound ends.
    #[must_use]
    pub fn variant(&self, end_ms: u32) -> String {
        let mut parts = crate::pace::words(self.listed_ms, end_ms, self.speed_per_mille);
        if self.pitch_per_mille != 1_000 {
            parts.push(if self.pitch_per_mille > 1_000 { "higher" } else { "lower" }.to_owned());
        }
        if self.by_middle {
            parts.push("filtered".to_owned());
        }
        crate::pace::joined(&parts)
    }

    /// What a run comes to, of the listed sound at a place, heard at a pitch.
    #[must_use]
    pub fn of(run: &Run, listed: u32, pitch_per_mille: u32) -> Self {
        let span =
            |(from, to): (usize, usize), pitch| (begun_ms(from as u64, pitch), ended_ms(to as u64, pitch));
        let pitch = u64::from(pitch_per_mille.max(1));
        Self {
            listed,
            asked_ms: span(run.asked, pitch),
            listed_ms: span(run.listed, 1_000),
            speed_per_mille: run.slope_per_mille * pitch_per_mille / 1_000,
            pitch_per_mille,
            values: (run.asked.1 - run.asked.0) as u32,
            errors_per_mille: run.errors_per_mille(),
            by_middle: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_bytes_are_read_again() {
        for values in [vec![], vec![7, u32::MAX, 0]] {
            let print = Print(values);
            assert_eq!(Print::from_bytes(&print.to_bytes()), Some(print));
        }
        for bad in [&[][..], &[2], &[1, 0], &vec![1; MAX_BYTES + 4]] {
            assert_eq!(Print::from_bytes(bad), None, "{} bytes", bad.len());
        }
    }
}
