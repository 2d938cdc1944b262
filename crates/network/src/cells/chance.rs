//! Chances under the null model, and how many of them to believe.

/// Factorials up to here are summed, those above are Stirling's.
const STIRLING_FROM: u64 = 32;

/// The chance that `draws` of `all`, of which `marked` are marked, hold at least `seen` marked ones: the upper tail of
/// the hypergeometric distribution, 0 to 1. All acts of others are `all`, those beside an account's acts are `marked`,
/// and another account's acts are the `draws`.
pub fn tail(all: u64, marked: u64, draws: u64, seen: u64) -> f64 {
    let (marked, draws) = (marked.min(all), draws.min(all));
    let least = (marked + draws).saturating_sub(all);
    let most = marked.min(draws);
    if seen <= least {
        return 1.0;
    }
    if seen > most {
        return 0.0;
    }
    let mean = marked as f64 * draws as f64 / all as f64;
    // From one count to the next the chance changes by a ratio; sum away from the middle, where terms only fall.
    if (seen as f64) > mean {
        let up = |k: u64| {
            (marked - k) as f64 * (draws - k) as f64
                / ((k + 1) as f64 * (all + k + 1 - marked - draws) as f64)
        };
        falling(log_chance(all, marked, draws, seen), (seen..most).map(up))
    } else {
        let down = |k: u64| {
            k as f64 * (all + k - marked - draws) as f64 / ((marked + 1 - k) as f64 * (draws + 1 - k) as f64)
        };
        1.0 - falling(log_chance(all, marked, draws, seen - 1), (least + 1..seen).rev().map(down))
    }
    .clamp(0.0, 1.0)
}

fn falling(first_log: f64, ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for ratio in ratios {
        term *= ratio;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    first_log.exp() * sum
}

fn log_chance(all: u64, marked: u64, draws: u64, seen: u64) -> f64 {
    log_choose(marked, seen) + log_choose(all - marked, draws - seen) - log_choose(all, draws)
}

fn log_choose(n: u64, k: u64) -> f64 {
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}

fn log_factorial(n: u64) -> f64 {
    if n < STIRLING_FROM {
        return (2..=n).map(|k| k as f64).product::<f64>().ln();
    }
    let x = n as f64;
    let inverse = 1.0 / x;
    let series = inverse * (1.0 / 12.0 - inverse * inverse * (1.0 / 360.0 - inverse * inverse / 1260.0));
    x * x.ln() - x + 0.5 * (std::f64::consts::TAU * x).ln() + series
}

/// The greatest p-value to believe so that at most `false_share` of what is believed is expected to be false, when
/// `tests` were made and `p` are their lowest values; 0 when none is (Benjamini and Hochberg, 1995).
pub fn discoveries(p: &[f64], tests: f64, false_share: f64) -> f64 {
    let mut sorted = p.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let line = false_share / tests.max(1.0);
    sorted.iter().enumerate().rev().find(|(at, p)| **p <= line * (at + 1) as f64).map_or(0.0, |(_, p)| *p)
}
