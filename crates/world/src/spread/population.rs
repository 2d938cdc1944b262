//! Accounts as they were counted in 2014 by Berger and Morgan ("The ISIS Twitter Census"): how much they post, who follows
//! them, in which language.

use super::Dice;
use serde::Serialize;

/// Posts a day are lognormal: 40 % below 1, 2.3 % above 50.
const POSTS: (f64, f64) = (0.4407, 1.7397);
/// Followers are lognormal: median 177, mean 1,004.
const FOLLOWERS: (f64, f64) = (5.1761, 1.8631);
/// Most followers of one account: what lies above is no account of this kind.
const FOLLOWERS_MAX: f64 = 200_000.0;
/// Posts a day from which an account belongs to the core.
const CORE_POSTS: f64 = 50.0;
/// The core is 500 to 2,000 accounts.
const CORE_MAX: usize = 2_000;
/// Languages in parts of 100.
const LANGUAGES: [(&str, usize); 4] = [("ar", 73), ("en", 18), ("fr", 6), ("other", 3)];

/// An account.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Member {
    /// Posts a day in the mean.
    pub posts_per_day: f64,
    /// Accounts that follow it, of whatever kind.
    pub followers: u32,
    /// Its language; `other` for the rest.
    pub language: &'static str,
    /// It is of the core.
    pub core: bool,
}

/// Accounts of a seed.
#[must_use]
pub fn population(seed: u64, accounts: usize) -> Vec<Member> {
    let mut dice = Dice::new(seed, "population of the network");
    let mut all: Vec<Member> = (0..accounts)
        .map(|_| {
            let drawn = dice.below(100);
            let mut upto = 0;
            let language = LANGUAGES.iter().find(|(_, part)| {
                upto += part;
                drawn < upto
            });
            Member {
                posts_per_day: (POSTS.0 + POSTS.1 * dice.normal()).exp(),
                followers: (FOLLOWERS.0 + FOLLOWERS.1 * dice.normal()).exp().min(FOLLOWERS_MAX) as u32,
                language: language.map_or("other", |(language, _)| *language),
                core: false,
            }
        })
        .collect();
    let mut busiest: Vec<usize> = (0..accounts).filter(|at| all[*at].posts_per_day > CORE_POSTS).collect();
    busiest.sort_by(|one, other| all[*other].posts_per_day.total_cmp(&all[*one].posts_per_day));
    busiest.into_iter().take(CORE_MAX).for_each(|at| all[at].core = true);
    all
}

/// What is counted of a population.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counted {
    /// Accounts.
    pub accounts: usize,
    /// Per cent that post less than once a day.
    pub below_one: f64,
    /// Per cent that post more than 50 times a day.
    pub above_fifty: f64,
    /// Accounts of the core.
    pub core: usize,
    /// Followers in the mean.
    pub followers_mean: f64,
    /// Followers in the middle.
    pub followers_median: u32,
    /// Per cent of accounts by language.
    pub languages: Vec<(&'static str, f64)>,
}

/// Counts a population, which is not empty.
#[must_use]
pub fn counted(all: &[Member]) -> Counted {
    let percent = |of: &dyn Fn(&Member) -> bool| {
        100.0 * all.iter().filter(|member| of(member)).count() as f64 / all.len().max(1) as f64
    };
    let mut followers: Vec<u32> = all.iter().map(|member| member.followers).collect();
    followers.sort_unstable();
    let sum: f64 = followers.iter().map(|count| f64::from(*count)).sum();
    Counted {
        accounts: all.len(),
        below_one: percent(&|member| member.posts_per_day < 1.0),
        above_fifty: percent(&|member| member.posts_per_day > CORE_POSTS),
        core: all.iter().filter(|member| member.core).count(),
        followers_mean: sum / all.len().max(1) as f64,
        followers_median: followers.get(all.len() / 2).copied().unwrap_or_default(),
        languages: LANGUAGES.map(|(code, _)| (code, percent(&|member| member.language == code))).to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of goals.md, each within 15 % on every seed.
    #[test]
    fn a_population_is_as_it_was_counted() {
        for seed in 1..=10 {
            let found = counted(&population(seed, 46_000));
            let mut pairs = vec![
                (found.below_one, 40.0),
                (found.above_fifty, 2.3),
                (found.followers_mean, 1_004.0),
                (f64::from(found.followers_median), 177.0),
            ];
            pairs.extend(found.languages.iter().map(|(_, part)| *part).zip([73.0, 18.0, 6.0, 3.0]));
            for (is, should) in pairs {
                assert!((is / should - 1.0).abs() < 0.15, "seed {seed}: {is} is not {should}");
            }
            assert!((500..=2_000).contains(&found.core), "seed {seed}: {}", found.core);
        }
        assert_eq!(population(3, 100), population(3, 100));
        assert_ne!(population(3, 100), population(4, 100));
    }
}
