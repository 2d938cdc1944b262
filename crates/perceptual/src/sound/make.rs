//! Prints of samples, by the library.

use rusty_chromaprint::{Configuration, Fingerprinter};

use super::{Asked, Listed, MAX_VALUES, PITCHES_PER_MILLE, Print, SAMPLE_RATE, middle};

/// Samples of other pitches, or of other tones, made at once.
const CHUNK_SAMPLES: usize = 1 << 14;

/// The print of a sound of one channel, [`SAMPLE_RATE`] samples a second. Of a sound under 3 s it is empty; of one over an
/// hour the end is left out.
#[must_use]
pub fn print(samples: &[i16]) -> Print {
    made(&mut std::iter::once(samples.to_vec()))
}

/// Both prints of a sound that is to be listed.
#[must_use]
pub fn listed(samples: &[i16]) -> Listed {
    Listed { print: print(samples), middle: of_middle(samples) }
}

/// The prints of a sound that asks.
#[must_use]
pub fn asked(samples: &[i16]) -> Asked {
    let at = |pitch: u32| match pitch {
        1_000 => print(samples),
        pitch => {
            let all = samples.len() * pitch as usize / 1_000;
            let mut chunks = (0..all).step_by(CHUNK_SAMPLES).map(|from| {
                (from..all.min(from + CHUNK_SAMPLES)).map(|at| between(samples, at, pitch)).collect()
            });
            made(&mut chunks)
        }
    };
    Asked { prints: PITCHES_PER_MILLE.map(at).to_vec(), middle: of_middle(samples) }
}

fn of_middle(samples: &[i16]) -> Print {
    let mut tones = middle::tones(samples);
    let chunk =
        || Some(tones.by_ref().take(CHUNK_SAMPLES).collect::<Vec<_>>()).filter(|some| !some.is_empty());
    made(&mut std::iter::from_fn(chunk))
}

/// A sound that was sped up by the pitch is slowed down by it: sample `at` of that, by a cubic through four samples.
fn between(samples: &[i16], at: usize, pitch: u32) -> i16 {
    let whole = at * 1_000 / pitch as usize;
    let part = (at * 1_000 % pitch as usize) as f32 / pitch as f32;
    let sample = |at: usize| f32::from(samples[at.min(samples.len() - 1)]);
    let (a, b, c, d) = (sample(whole.saturating_sub(1)), sample(whole), sample(whole + 1), sample(whole + 2));
    let curve =
        b + 0.5 * part * (c - a + part * (2.0 * a - 5.0 * b + 4.0 * c - d + part * (3.0 * (b - c) + d - a)));
    // The cast stays within the bounds of the type.
    curve.round() as i16
}

fn made(chunks: &mut dyn Iterator<Item = Vec<i16>>) -> Print {
    let mut printer = Fingerprinter::new(&Configuration::preset_test2());
    if printer.start(SAMPLE_RATE, 1).is_err() {
        return Print::default();
    }
    chunks.for_each(|chunk| printer.consume(&chunk));
    printer.finish();
    Print(printer.fingerprint().iter().copied().take(MAX_VALUES).collect())
}
