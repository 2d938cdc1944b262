//! The chances of what a series is in: normal, blackout, burst, or a decline that began some hours ago.

/// Shares of the expected count.
const BLACKOUT: [f64; 3] = [0.03, 0.12, 0.25];
const BURST: [f64; 3] = [2.0, 2.8, 4.0];
/// Days that a decline takes from all to nothing.
const DECLINE_DAYS: [f64; 4] = [3.5, 5.0, 7.0, 10.0];
/// Where a decline ends.
const DECLINE_LEAST: f64 = 0.3;
/// A decline that is older counts as this old.
const DECLINE_HOURS: usize = 24 * 7;
/// Chances an hour that one begins: a blackout or burst in half a year, a decline in as long.
const BEGINS: f64 = 1.0 / (24.0 * 180.0);
/// Chances an hour that one ends.
const BLACKOUT_ENDS: f64 = 1.0 / 96.0;
const BURST_ENDS: f64 = 1.0 / 48.0;
const DECLINE_ENDS: f64 = 1.0 / 500.0;
/// No single hour says more than this for what fits it best, as a logarithm: counts have other faults too. What fits less
/// well gets less by as much; were each held at this by itself, a fall to a twentieth could not be told from a slow decline.
const HOUR_SAYS_MAX: f64 = 8.0;

/// Chances that sum to 1.
pub(super) struct Filter {
    normal: f64,
    blackout: [f64; BLACKOUT.len()],
    burst: [f64; BURST.len()],
    /// By pace and by hours since its begin, as a ring: the newest stands at `newest`.
    decline: [[f64; DECLINE_HOURS]; DECLINE_DAYS.len()],
    newest: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            normal: 1.0,
            blackout: [0.0; BLACKOUT.len()],
            burst: [0.0; BURST.len()],
            decline: [[0.0; DECLINE_HOURS]; DECLINE_DAYS.len()],
            newest: 0,
        }
    }
}

/// How much likelier the count is at a share of what is expected than at all of it.
struct Likelihood {
    count: f64,
    expected: f64,
    size: f64,
    /// By how much the best share says more than an hour may.
    over: f64,
}

impl Likelihood {
    fn new(count: u32, expected: f64, size: f64) -> Self {
        let mut one = Self { count: f64::from(count), expected, size, over: 0.0 };
        let shares = BLACKOUT.into_iter().chain(BURST).chain([DECLINE_LEAST]);
        let best = shares.map(|share| one.log(share)).fold(0.0, f64::max);
        one.over = (best - HOUR_SAYS_MAX).max(0.0);
        one
    }

    fn log(&self, share: f64) -> f64 {
        let Self { count, expected, size, .. } = *self;
        count * share.ln() - (count + size) * ((size + share * expected) / (size + expected)).ln()
    }

    fn at(&self, share: f64) -> f64 {
        (self.log(share) - self.over).clamp(-HOUR_SAYS_MAX, HOUR_SAYS_MAX).exp()
    }
}

impl Filter {
    /// Takes a count in: negative binomial, of mean `expected` and variance `expected + spread * expected²`.
    pub(super) fn hour(&mut self, count: u32, expected: f64, spread: f64) {
        let likelihood = Likelihood::new(count, expected, 1.0 / spread);
        let begins = self.normal * BEGINS;
        let mut back = 0.0;
        for (chances, shares, ends) in
            [(&mut self.blackout, BLACKOUT, BLACKOUT_ENDS), (&mut self.burst, BURST, BURST_ENDS)]
        {
            for (chance, share) in chances.iter_mut().zip(shares) {
                back += *chance * ends;
                let stays = *chance * (1.0 - ends) + begins / shares.len() as f64;
                *chance = stays * likelihood.at(share);
            }
        }
        back += self.age(begins / DECLINE_DAYS.len() as f64);
        self.weigh_declines(&likelihood);
        self.normal += back - 3.0 * begins;
        self.level();
    }

    /// Each decline is an hour older; the oldest stay the oldest. What ends is given back.
    fn age(&mut self, begins: f64) -> f64 {
        let mut back = 0.0;
        let oldest = (self.newest + DECLINE_HOURS - 1) % DECLINE_HOURS;
        let next = (oldest + DECLINE_HOURS - 1) % DECLINE_HOURS;
        for ages in &mut self.decline {
            for chance in ages.iter_mut() {
                back += *chance * DECLINE_ENDS;
                *chance *= 1.0 - DECLINE_ENDS;
            }
            ages[next] += ages[oldest];
            ages[oldest] = begins;
        }
        self.newest = oldest;
        back
    }

    fn weigh_declines(&mut self, likelihood: &Likelihood) {
        /// Shares are told apart by hundredths.
        const STEPS: usize = 100;
        let mut table = [0.0; STEPS + 1];
        for (step, value) in table.iter_mut().enumerate() {
            let share = step as f64 / STEPS as f64;
            if share >= DECLINE_LEAST - 0.01 {
                *value = likelihood.at(share);
            }
        }
        for (ages, days) in self.decline.iter_mut().zip(DECLINE_DAYS) {
            let (late, early) = ages.split_at_mut(self.newest);
            for (age, chance) in early.iter_mut().chain(late).enumerate() {
                let share = (1.0 - (age + 1) as f64 / (24.0 * days)).max(DECLINE_LEAST);
                *chance *= table[(share * STEPS as f64).round() as usize];
            }
        }
    }

    fn level(&mut self) {
        let declines = self.decline.iter_mut().flatten();
        let all = self.blackout.iter_mut().chain(&mut self.burst).chain(declines);
        let mut sum = self.normal;
        let others: Vec<&mut f64> = all.collect();
        sum += others.iter().map(|chance| **chance).sum::<f64>();
        self.normal /= sum;
        for chance in others {
            *chance /= sum;
        }
    }

    /// The chance that nothing is going on.
    pub(super) fn normal(&self) -> f64 {
        self.normal
    }

    /// The chances of blackout, burst, decline.
    pub(super) fn chances(&self) -> [f64; 3] {
        let decline: f64 = self.decline.iter().flatten().sum();
        [self.blackout.iter().sum(), self.burst.iter().sum(), decline]
    }

    /// How many hours the decline has most probably lasted, at least 1.
    pub(super) fn decline_hours(&self) -> usize {
        let of_age = |age: usize| -> f64 {
            self.decline.iter().map(|ages| ages[(self.newest + age) % DECLINE_HOURS]).sum()
        };
        (0..DECLINE_HOURS).max_by(|x, y| of_age(*x).total_cmp(&of_age(*y))).unwrap_or(0) + 1
    }
}
