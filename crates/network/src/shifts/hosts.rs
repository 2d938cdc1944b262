//! Accounts of a series that link to a new host, one after the other.
//!
//! Posts do not say which series an account belongs to. But a series' count is the sum of its accounts' posts: an
//! account's posts fall into hours as the series' do. So each account has a chance for each series of its service, by
//! the likelihood of its hours (a multinomial thinning), and the accounts of a series are counted by these chances.

use super::{LEARNING_HOURS, Post, Series};
use std::collections::HashMap;

/// An account that posted within this time is active.
const ACTIVE_HOURS: usize = 24;
/// A host is new for so long.
const NEW_HOURS: usize = 24 * 21;
/// What spreads faster than this is talked about, not moved to.
const RISE_HOURS_MIN: usize = 12;
/// A series moves when this share of its active accounts links there now.
const MOVING_SHARE: f64 = 1.0 / 5.0;
/// And at least so many.
const MOVING_ACCOUNTS_MIN: f64 = 5.0;
/// When so many of those who posted since the host's first link go there at once, the host changed its name, and
/// nobody moved: people move one after the other.
const RENAMED_SHARE: f64 = 0.8;
const RENAMED_HOURS: usize = 48;
/// A new host gets such a share without anybody moving.
const TALKED_SHARE: f64 = 0.1;
/// A series with so many active accounts is known by its posts.
const KNOWN_ACCOUNTS_MIN: f64 = 20.0;
/// New hosts that are looked at in an hour, the most linked.
const CANDIDATES_MAX: usize = 64;
/// Which series are known by posts is counted so often.
const KNOWN_EVERY_HOURS: usize = 24;
/// Rounds in which the accounts' series are estimated.
const SHARE_ROUNDS: usize = 12;
/// Scores of accounts times series that are kept; with more, posts are not used.
const SCORES_MAX: usize = 50_000_000;
/// A series with no count in an hour may still have had a post: counts are late, too.
const COUNT_LEAST: f64 = 0.05;

/// A series on the move.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    pub(super) since: usize,
    pub(super) confidence: f64,
    pub(super) host: u32,
}

/// The state of the host layer.
pub(super) struct Hosts<'a> {
    series: &'a [Series],
    services: Vec<Service>,
    accounts: Vec<Account>,
    moving: Vec<Option<Moving>>,
    known: Vec<bool>,
}

/// A service, its series, and what is linked to from it.
#[derive(Default)]
struct Service {
    series: Vec<usize>,
    /// Counts so far, for each series.
    sums: Vec<f64>,
    /// When each host was first linked to.
    first: HashMap<u32, usize>,
    accounts: Vec<u32>,
}

#[derive(Default)]
struct Account {
    /// For each series of the service, the sum of the logarithms of its counts in the hours of the account's posts.
    scores: Vec<f32>,
    posts: u32,
    last: Option<(usize, u32)>,
}

impl<'a> Hosts<'a> {
    pub(super) fn new(series: &'a [Series], posts: &[Post]) -> Self {
        let highest =
            |of: &dyn Fn(&Post) -> u32| posts.iter().map(|post| of(post) as usize + 1).max().unwrap_or(0);
        let of_series = series.iter().map(|one| one.service as usize + 1).max().unwrap_or(0);
        let mut services: Vec<Service> = Vec::new();
        services.resize_with(highest(&|post| post.service).max(of_series), Service::default);
        for (at, one) in series.iter().enumerate() {
            services[one.service as usize].series.push(at);
            services[one.service as usize].sums.push(0.0);
        }
        let mut accounts: Vec<Account> = Vec::new();
        let most = services.iter().map(|service| service.series.len()).max().unwrap_or(0);
        let count = highest(&|post| post.account);
        if count * most <= SCORES_MAX {
            accounts.resize_with(count, Account::default);
        }
        Self {
            series,
            services,
            accounts,
            moving: vec![None; series.len()],
            known: vec![false; series.len()],
        }
    }

    /// The host that a series moves to, from the hour on in which that is seen.
    pub(super) fn moving(&self, series: usize) -> Option<Moving> {
        self.moving[series]
    }

    /// Whether posts of the series' accounts are at hand.
    pub(super) fn known(&self, series: usize) -> bool {
        self.known[series]
    }

    /// Takes an hour's posts in.
    pub(super) fn hour(&mut self, hour: usize, posts: &[Post]) {
        if self.accounts.is_empty() {
            return;
        }
        self.count(hour, posts);
        if hour > LEARNING_HOURS {
            for service in 0..self.services.len() {
                self.look(service, hour);
            }
        }
    }

    fn count(&mut self, hour: usize, posts: &[Post]) {
        let count = |series: usize| self.series[series].counts.get(hour).copied().flatten().unwrap_or(0);
        let mut logs: Vec<Vec<f32>> = Vec::with_capacity(self.services.len());
        for service in &mut self.services {
            for (sum, series) in service.sums.iter_mut().zip(&service.series) {
                *sum += f64::from(count(*series)) + COUNT_LEAST;
            }
            let log = |series: &usize| (f64::from(count(*series)) + COUNT_LEAST).ln() as f32;
            logs.push(service.series.iter().map(log).collect());
        }
        for post in posts {
            let service = &mut self.services[post.service as usize];
            let account = &mut self.accounts[post.account as usize];
            if account.posts == 0 {
                account.scores = vec![0.0; service.series.len()];
                service.accounts.push(post.account);
            }
            account.posts += 1;
            account.last = Some((hour, post.host));
            for (score, log) in account.scores.iter_mut().zip(&logs[post.service as usize]) {
                *score += log;
            }
            service.first.entry(post.host).or_insert(hour);
        }
    }

    /// Counts a service's active accounts by series, and those that link to a new host.
    fn look(&mut self, at: usize, hour: usize) {
        let service = &self.services[at];
        let active = service.accounts.iter().filter_map(|account| {
            let account = &self.accounts[*account as usize];
            account.last.filter(|(last, _)| hour - last < ACTIVE_HOURS).map(|last| (account, last))
        });
        let active: Vec<(&Account, (usize, u32))> = active.collect();
        let candidates = service.candidates(&active, hour);
        if candidates.is_empty() && !hour.is_multiple_of(KNOWN_EVERY_HOURS) {
            for series in &service.series {
                self.moving[*series] = None;
            }
            return;
        }
        let logs: Vec<f64> = service.sums.iter().map(|sum| sum.ln()).collect();
        let likelihoods: Vec<Vec<f64>> =
            active.iter().map(|(account, _)| account.likelihoods(&logs)).collect();
        let of_series = shares(&likelihoods, logs.len());
        let mut tallies = vec![vec![Tally::default(); logs.len()]; candidates.len()];
        for ((_, (last, host)), likelihoods) in active.iter().zip(&likelihoods) {
            let chances = chances(likelihoods, &of_series);
            for (tallies, (candidate, first)) in tallies.iter_mut().zip(&candidates) {
                if last >= first {
                    for (tally, chance) in tallies.iter_mut().zip(&chances) {
                        tally.since += chance;
                        tally.there += if host == candidate { *chance } else { 0.0 };
                    }
                }
            }
        }
        let renamed = tallies.iter().zip(&candidates).filter(|(tallies, (_, first))| {
            hour - first < RENAMED_HOURS && tallies.iter().any(Tally::is_renamed)
        });
        let renamed: Vec<u32> = renamed.map(|(_, (host, _))| *host).collect();
        for (place, series) in service.series.iter().enumerate() {
            self.known[*series] = of_series[place] >= KNOWN_ACCOUNTS_MIN;
            let moved = tallies.iter().zip(&candidates).filter(|(_, (host, _))| !renamed.contains(host));
            let most = moved.max_by(|x, y| x.0[place].there.total_cmp(&y.0[place].there));
            self.moving[*series] = most.and_then(|(tallies, (host, since))| {
                let there = tallies[place].there;
                let moves = there >= MOVING_ACCOUNTS_MIN && there >= MOVING_SHARE * of_series[place];
                let confidence = above(there, of_series[place]);
                moves.then_some(Moving { since: *since, confidence, host: *host })
            });
        }
        for host in renamed {
            self.services[at].first.insert(host, 0);
        }
    }
}

impl Service {
    /// New hosts that have been rising for a while and that active accounts link to, the most linked first.
    fn candidates(&self, active: &[(&Account, (usize, u32))], hour: usize) -> Vec<(u32, usize)> {
        let mut linked: HashMap<u32, usize> = HashMap::new();
        for (_, (_, host)) in active {
            *linked.entry(*host).or_default() += 1;
        }
        let is_new =
            |first: usize| first > LEARNING_HOURS && (RISE_HOURS_MIN..NEW_HOURS).contains(&(hour - first));
        let first = |host: u32| self.first.get(&host).copied().unwrap_or(0);
        linked.retain(|host, count| *count as f64 >= MOVING_ACCOUNTS_MIN && is_new(first(*host)));
        let mut candidates: Vec<(u32, usize)> = linked.into_iter().collect();
        candidates.sort_unstable_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        candidates.truncate(CANDIDATES_MAX);
        candidates.into_iter().map(|(host, _)| (host, first(host))).collect()
    }
}

/// Of one series and one candidate: how many active accounts posted since its first link, and link there now.
#[derive(Clone, Copy, Default)]
struct Tally {
    since: f64,
    there: f64,
}

impl Tally {
    fn is_renamed(&self) -> bool {
        self.since >= KNOWN_ACCOUNTS_MIN && self.there >= RENAMED_SHARE * self.since
    }
}

impl Account {
    /// For each series, how likely the hours of the account's posts are, against the likeliest.
    fn likelihoods(&self, logs: &[f64]) -> Vec<f64> {
        let score = |(score, log): (&f32, &f64)| f64::from(*score) - f64::from(self.posts) * log;
        let scores: Vec<f64> = self.scores.iter().zip(logs).map(score).collect();
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        scores.iter().map(|score| (score - best).exp()).collect()
    }
}

/// How many of the accounts each series has: the shares under which all of them are likeliest (expectation and
/// maximisation; Dempster, Laird, Rubin, 1977). A series without posts gets none.
fn shares(accounts: &[Vec<f64>], series: usize) -> Vec<f64> {
    let mut shares = vec![accounts.len() as f64 / series.max(1) as f64; series];
    for _ in 0..SHARE_ROUNDS {
        let mut next = vec![0.0; series];
        for likelihoods in accounts {
            for (next, chance) in next.iter_mut().zip(chances(likelihoods, &shares)) {
                *next += chance;
            }
        }
        shares = next;
    }
    shares
}

/// The chance of each series to be an account's.
fn chances(likelihoods: &[f64], shares: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> =
        likelihoods.iter().zip(shares).map(|(likelihood, share)| likelihood * share).collect();
    let all: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    weights.into_iter().map(|weight| weight / all).collect()
}

/// The chance that so many of the active accounts are more than a new host gets by talk: one minus a tail of the
/// binomial distribution, in its normal form.
fn above(there: f64, active: f64) -> f64 {
    let (mean, deviation) = (TALKED_SHARE * active, (TALKED_SHARE * (1.0 - TALKED_SHARE) * active).sqrt());
    let z = (there - mean) / deviation.max(1e-9);
    // Logistic form of the normal distribution (Bowling and others, 2009), within 0.0002.
    1.0 / (1.0 + (-0.07056 * z.powi(3) - 1.5976 * z).exp())
}
