//! Acts: what both shared, how rare that is, and how soon after each other.

use super::hours::Hours;
use super::{Act, SharedObjects};
use crate::random::mix;

/// Objects that more accounts share make nobody a candidate.
pub(super) const SHARERS_MAX: usize = 40;
/// Pairs of one object from which usual times between posts are learnt, at most.
const LAGS_OF_OBJECT_MAX: usize = 64;
/// Shape of the alternative for a chance: its density is `LAG_SHAPE * u^(LAG_SHAPE - 1)` (Sellke, Bayarri and Berger,
/// "Calibration of p values", 2001).
const LAG_SHAPE: f64 = 0.2;
/// Part of what one actor shares twice that is posted on both accounts together; the rest comes at any time.
const TOGETHER: f64 = 0.5;

/// The first post of each object by each account.
pub(super) struct Posts {
    /// Of each account its objects, ascending, with the time.
    by_account: Vec<Vec<(u32, u64)>>,
    /// Of each object its accounts, ascending.
    sharers: Vec<Vec<u32>>,
    /// Of each object the times, ascending.
    times: Vec<Vec<u64>>,
    /// Posts of all.
    all: usize,
    /// Accounts with a post.
    active: usize,
    /// Times between two posts of one object by two accounts, ascending.
    usual: Vec<u64>,
    hours: Hours,
}

impl Posts {
    pub(super) fn new(accounts: usize, acts: &[Act]) -> Self {
        let mut sorted: Vec<(u32, u32, u64)> = acts
            .iter()
            .filter(|act| (act.account as usize) < accounts)
            .map(|act| (act.account, act.object, act.at_ms))
            .collect();
        sorted.sort_unstable();
        let hours = Hours::new(accounts, sorted.iter().map(|(account, _, at)| (*account, *at)));
        sorted.dedup_by_key(|(account, object, _)| (*account, *object));
        let objects = sorted.iter().map(|(_, object, _)| *object as usize + 1).max().unwrap_or(0);
        let mut by_account = vec![Vec::new(); accounts];
        let (mut sharers, mut times) = (vec![Vec::new(); objects], vec![Vec::new(); objects]);
        for &(account, object, at) in &sorted {
            by_account[account as usize].push((object, at));
            sharers[object as usize].push(account);
            times[object as usize].push(at);
        }
        let usual = usual_lags(&sharers, &times);
        times.iter_mut().for_each(|times| times.sort_unstable());
        let active = by_account.iter().filter(|objects| !objects.is_empty()).count();
        Self { by_account, sharers, times, all: sorted.len(), active, usual, hours }
    }

    /// Pairs that shared an object that few share; a pair comes once for each.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.sharers.iter().filter(|sharers| sharers.len() <= SHARERS_MAX).flat_map(|sharers| {
            sharers.iter().enumerate().flat_map(|(at, a)| sharers[at + 1..].iter().map(|b| (*a, *b)))
        })
    }

    /// What both shared; `close` is left open.
    pub(super) fn shared(&self, a: u32, b: u32) -> SharedObjects {
        let (of_a, of_b) = (&self.by_account[a as usize], &self.by_account[b as usize]);
        let mut shared =
            SharedObjects { of: (of_a.len() as u32, of_b.len() as u32), ..SharedObjects::default() };
        let (busy, mut lags) = (of_a.len().max(of_b.len()) as f64, Vec::new());
        let mut rest = of_b.iter().peekable();
        for &(object, at) in of_a {
            while rest.next_if(|(other, _)| *other < object).is_some() {}
            let Some(&(_, other_at)) = rest.next_if(|(other, _)| *other == object) else { continue };
            let sharers = self.sharers[object as usize].len();
            shared.objects += 1;
            shared.alone += u32::from(sharers == 2);
            // A crowd takes in whoever is there, busy or not.
            let by_pace = -(-busy * sharers as f64 / self.all as f64).exp_m1();
            shared.information -= by_pace.max(sharers as f64 / self.active as f64).ln();
            lags.push(at.abs_diff(other_at));
            let chance = self.chance(object, at, other_at);
            shared.lag += (1.0 - TOGETHER + TOGETHER * LAG_SHAPE * chance.powf(LAG_SHAPE - 1.0)).ln();
            shared.first.0 += u32::from(at < other_at);
            shared.first.1 += u32::from(at > other_at);
        }
        lags.sort_unstable();
        shared.lag_median_ms = lags.get(lags.len() / 2).copied().unwrap_or(0);
        shared
    }

    /// Log odds from both accounts' hours.
    pub(super) fn hours(&self, a: u32, b: u32) -> f64 {
        self.hours.factor(a, b)
    }

    /// How often somebody else posts an object so soon before or after one of both: as the others of this object do, and
    /// as usual when there are few of them. Above 0, at most 1.
    fn chance(&self, object: u32, at: u64, other_at: u64) -> f64 {
        let (lag, times) = (at.abs_diff(other_at), &self.times[object as usize]);
        let within = |middle: u64| {
            let first = times.partition_point(|time| *time < middle.saturating_sub(lag));
            let end = times.partition_point(|time| *time <= middle.saturating_add(lag));
            (end - first).saturating_sub(2) as f64
        };
        let usual = self.usual.partition_point(|other| *other <= lag);
        let usual = (1 + usual) as f64 / (1 + self.usual.len()) as f64;
        (within(at).max(within(other_at)) + usual) / (times.len() as f64 - 1.0)
    }
}

/// Times between posts of one object by two accounts that were joined by lot, of objects that at least three share:
/// where only two do, these may be one actor.
fn usual_lags(sharers: &[Vec<u32>], times: &[Vec<u64>]) -> Vec<u64> {
    let mut lags = Vec::new();
    for (object, (sharers, times)) in sharers.iter().zip(times).enumerate() {
        if sharers.len() < 3 {
            continue;
        }
        let mut lots: Vec<(u64, u64)> = sharers
            .iter()
            .zip(times)
            .map(|(account, at)| (mix(u64::from(*account) << 32 | object as u64), *at))
            .collect();
        lots.sort_unstable();
        lags.extend(lots.windows(2).take(LAGS_OF_OBJECT_MAX).map(|two| two[0].1.abs_diff(two[1].1)));
    }
    lags.sort_unstable();
    lags
}

/// Fills in of each pair how many share as much with one of both.
pub(super) fn rank(pairs: &[(u32, u32)], shared: &mut [SharedObjects], accounts: usize) {
    let mut of: Vec<Vec<f64>> = vec![Vec::new(); accounts];
    for ((a, b), shared) in pairs.iter().zip(&*shared).filter(|(_, shared)| shared.objects > 0) {
        of[*a as usize].push(shared.information);
        of[*b as usize].push(shared.information);
    }
    of.iter_mut().for_each(|list| list.sort_unstable_by(f64::total_cmp));
    for ((a, b), shared) in pairs.iter().zip(shared).filter(|(_, shared)| shared.objects > 0) {
        let as_much = |account: u32| {
            let list = &of[account as usize];
            list.len() - list.partition_point(|other| *other < shared.information)
        };
        shared.close = as_much(*a).max(as_much(*b)) as u32;
    }
}
