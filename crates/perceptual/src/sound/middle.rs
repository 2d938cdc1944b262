//! The middle tones of a sound: what a telephone lets through, and some less on both sides.

use super::SAMPLE_RATE;

/// Below, tones are taken away, hertz: each of two passes to a half, an octave lower to a sixteenth.
const LOW_HZ: f64 = 400.0;

/// Above.
const HIGH_HZ: f64 = 2_500.0;

/// How a pass bends at its limit: as flat as it goes.
const BEND: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// A filter of second order (R. Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients).
#[derive(Clone, Copy, Debug, Default)]
struct Pass {
    before: [f64; 3],
    after: [f64; 2],
    given: [f64; 2],
    made: [f64; 2],
}

impl Pass {
    /// One that lets through what is above a limit, or below.
    fn of(limit_hz: f64, above: bool) -> Self {
        let (sin, cos) = (std::f64::consts::TAU * limit_hz / f64::from(SAMPLE_RATE)).sin_cos();
        let alpha = sin / (2.0 * BEND);
        let (side, middle) =
            if above { ((1.0 + cos) / 2.0, -1.0 - cos) } else { ((1.0 - cos) / 2.0, 1.0 - cos) };
        let scale = 1.0 + alpha;
        Self {
            before: [side / scale, middle / scale, side / scale],
            after: [-2.0 * cos / scale, (1.0 - alpha) / scale],
            ..Self::default()
        }
    }

    fn next(&mut self, sample: f64) -> f64 {
        let [now, last, first] = self.before;
        let made = now * sample + last * self.given[0] + first * self.given[1]
            - self.after[0] * self.made[0]
            - self.after[1] * self.made[1];
        (self.given, self.made) = ([sample, self.given[0]], [made, self.made[0]]);
        made
    }
}

/// The samples with their middle tones alone, as many.
pub(super) fn tones(samples: &[i16]) -> impl Iterator<Item = i16> {
    let (low, high) = (Pass::of(LOW_HZ, true), Pass::of(HIGH_HZ, false));
    let mut passes = [low, low, high, high];
    samples.iter().map(move |sample| {
        let made = passes.iter_mut().fold(f64::from(*sample), |made, pass| pass.next(made));
        // The cast stays within the bounds of the type.
        made.round() as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much of a tone is left, after the filter has settled.
    fn left(hertz: f64) -> f64 {
        let at =
            |n: u32| (f64::from(n) * hertz / f64::from(SAMPLE_RATE) * std::f64::consts::TAU).sin() * 8_000.0;
        let samples: Vec<i16> = (0..SAMPLE_RATE).map(|n| at(n).round() as i16).collect();
        let most =
            |all: &mut dyn Iterator<Item = i16>| all.skip(2_000).map(i16::unsigned_abs).max().unwrap_or(0);
        f64::from(most(&mut tones(&samples))) / f64::from(most(&mut samples.iter().copied()))
    }

    #[test]
    fn middle_tones_stay_and_others_go() {
        for (hertz, least, most) in [
            (60.0, 0.0, 0.01),
            (200.0, 0.0, 0.08),
            (400.0, 0.45, 0.55),
            (1_000.0, 0.9, 1.05),
            (2_500.0, 0.45, 0.55),
            (5_000.0, 0.0, 0.02),
        ] {
            let left = left(hertz);
            assert!((least..=most).contains(&left), "{hertz} Hz: {left}");
        }
    }
}
