//! Hours of the day at which accounts post.

const HOUR_MS: u64 = 3_600_000;
/// How firmly an account's hours are expected to be everybody's, in posts.
const FIRMNESS: f64 = 6.0;

/// Hours of all accounts.
pub(super) struct Hours {
    /// Of each account in how many hours of each hour of the day it posted.
    counts: Vec<[u32; 24]>,
    /// Everybody's, their sum is [`FIRMNESS`].
    usual: [f64; 24],
}

impl Hours {
    /// Accounts and times, those of one account together.
    pub(super) fn new(accounts: usize, posts: impl Iterator<Item = (u32, u64)>) -> Self {
        let mut active: Vec<(u32, u64)> = posts.map(|(account, at)| (account, at / HOUR_MS)).collect();
        // Ten posts in one hour are one waking hour.
        active.sort_unstable();
        active.dedup();
        let (mut counts, mut all) = (vec![[0; 24]; accounts], [1.0; 24]);
        for (account, hour) in active {
            let hour = (hour % 24) as usize;
            counts[account as usize][hour] += 1;
            all[hour] += 1.0;
        }
        let sum: f64 = all.iter().sum();
        Self { counts, usual: all.map(|count| FIRMNESS * count / sum) }
    }

    /// The logarithm of the Bayes factor that both have one pattern of hours against two: Dirichlet-multinomial (Good,
    /// "The Estimation of Probabilities", 1965).
    pub(super) fn factor(&self, a: u32, b: u32) -> f64 {
        let (x, y) = (&self.counts[a as usize], &self.counts[b as usize]);
        let gain = |usual: f64, x: u32, y: u32| {
            let (x, y) = (f64::from(x), f64::from(y));
            if x == 0.0 || y == 0.0 {
                return 0.0;
            }
            log_gamma(usual + x + y) + log_gamma(usual) - log_gamma(usual + x) - log_gamma(usual + y)
        };
        let hours: f64 = (0..24).map(|hour| gain(self.usual[hour], x[hour], y[hour])).sum();
        hours - gain(FIRMNESS, x.iter().sum(), y.iter().sum())
    }
}

/// The logarithm of the gamma function above 0: Stirling's series, from 8 upwards (Abramowitz and Stegun, 6.1.41).
fn log_gamma(mut x: f64) -> f64 {
    let mut less = 0.0;
    while x < 8.0 {
        less += x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series =
        (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * square)) / square) / square) / x;
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - less
}

#[cfg(test)]
mod tests {
    use super::log_gamma;

    #[test]
    fn log_gamma_is_that_of_factorials_and_halves() {
        let mut factorial = 1.0_f64;
        for n in 1..=20 {
            assert!((log_gamma(f64::from(n)) - factorial.ln()).abs() < 1e-9, "{n}");
            factorial *= f64::from(n);
        }
        assert!((log_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-9);
        assert!((log_gamma(1.5) - (std::f64::consts::PI.sqrt() / 2.0).ln()).abs() < 1e-9);
    }
}
