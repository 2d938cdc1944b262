//! The rhythm of one series: level, day and week, learnt hour by hour.

/// Waves of the day and of the week: a level, and a sine and a cosine each.
const DAY_WAVES: usize = 4;
const WEEK_WAVES: usize = 3;
const WEIGHTS: usize = 1 + 2 * (DAY_WAVES + WEEK_WAVES);
/// What was learnt fades over so many hours.
const MEMORY_HOURS: f64 = 24.0 * 60.0;
/// How far the level may be from the first count, and waves from flat, as variances of logarithms.
const LEVEL_VARIANCE: f64 = 1.0;
const WAVE_VARIANCE: f64 = 0.25;
/// Where the spread begins, and how many hours that belief weighs.
const SPREAD_FIRST: f64 = 0.15;
const SPREAD_HOURS: f64 = 72.0;
const SPREAD_LEAST: f64 = 0.005;
/// A count further off than so many standard deviations is learnt as if it were not.
const OFF_MAX: f64 = 3.0;

/// A negative binomial regression on waves, updated by one Newton step an hour (McCullagh, Nelder, "Generalized
/// linear models", 1989; with a fading memory).
pub(super) struct Rhythm {
    weights: [f64; WEIGHTS],
    /// How unsure the weights are.
    covariance: [[f64; WEIGHTS]; WEIGHTS],
    waves: [f64; WEIGHTS],
    expected: f64,
    begun: bool,
    /// Sums for the spread: squared relative errors beyond Poisson's, and hours.
    over: f64,
    squares: f64,
}

impl Default for Rhythm {
    fn default() -> Self {
        let mut covariance = [[0.0; WEIGHTS]; WEIGHTS];
        for (at, row) in covariance.iter_mut().enumerate() {
            row[at] = if at == 0 { LEVEL_VARIANCE } else { WAVE_VARIANCE };
        }
        Self {
            weights: [0.0; WEIGHTS],
            covariance,
            waves: [0.0; WEIGHTS],
            expected: 1.0,
            begun: false,
            over: SPREAD_FIRST * SPREAD_HOURS,
            squares: SPREAD_HOURS,
        }
    }
}

impl Rhythm {
    /// The count to expect in this hour, before it is known.
    pub(super) fn expected(&mut self, hour: usize) -> f64 {
        self.waves[0] = 1.0;
        for wave in 0..DAY_WAVES + WEEK_WAVES {
            let turns = if wave < DAY_WAVES {
                (wave + 1) as f64 * (hour % 24) as f64 / 24.0
            } else {
                (wave + 1 - DAY_WAVES) as f64 * (hour % 168) as f64 / 168.0
            };
            let (sine, cosine) = (turns * std::f64::consts::TAU).sin_cos();
            self.waves[1 + 2 * wave] = sine;
            self.waves[2 + 2 * wave] = cosine;
        }
        let log: f64 = self.weights.iter().zip(self.waves).map(|(weight, wave)| weight * wave).sum();
        self.expected = log.clamp(-7.0, 20.0).exp();
        self.expected
    }

    /// Beyond Poisson's: the variance of a count is `expected + spread * expected²`, doubt about the rhythm included.
    pub(super) fn spread(&self) -> f64 {
        let doubt: f64 = self.waves.iter().zip(self.carried()).map(|(wave, carried)| wave * carried).sum();
        (self.over / self.squares).max(SPREAD_LEAST) + doubt
    }

    fn carried(&self) -> [f64; WEIGHTS] {
        self.covariance.map(|row| row.iter().zip(self.waves).map(|(value, wave)| value * wave).sum())
    }

    /// Learns this hour's count, of which the service made the share `control`; `weight` is the chance that the hour was
    /// normal.
    pub(super) fn learn(&mut self, count: u32, control: f64, weight: f64) {
        let count = f64::from(count);
        if !self.begun {
            self.begun = true;
            self.weights[0] = (count + 0.5).ln();
            return;
        }
        let expected = self.expected * control;
        let spread = (self.over / self.squares).max(SPREAD_LEAST);
        let variance = expected + spread * expected * expected;
        let off = (count - expected).clamp(-OFF_MAX * variance.sqrt(), OFF_MAX * variance.sqrt());
        // Weighted by how sure the expectation is: small ones tell little about the spread.
        let trust = weight * expected / (1.0 + expected);
        let fade = 1.0 - weight / MEMORY_HOURS;
        self.over = self.over * fade + trust * (off * off - expected) / (expected * expected);
        self.squares = self.squares * fade + trust;

        let carried = self.carried();
        let doubt: f64 = self.waves.iter().zip(carried).map(|(wave, carried)| wave * carried).sum();
        // In logarithms, a count tells the rhythm with this variance.
        let noise = variance / (expected * expected) / weight.max(1e-9);
        let gain = carried.map(|carried| carried / (doubt + noise));
        for (weight, gain) in self.weights.iter_mut().zip(gain) {
            *weight += gain * off / expected;
        }
        for (row, gain) in self.covariance.iter_mut().zip(gain) {
            for (value, carried) in row.iter_mut().zip(carried) {
                *value = (*value - gain * carried) / fade;
            }
        }
        for (at, row) in self.covariance.iter_mut().enumerate() {
            row[at] = row[at].min(LEVEL_VARIANCE);
        }
    }

    /// The level is another from here on, by this factor or about; the rhythm stays.
    pub(super) fn move_level(&mut self, factor: f64) {
        self.weights[0] += factor.ln();
        self.covariance[0][0] = LEVEL_VARIANCE;
    }
}
