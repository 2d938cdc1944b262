//! What did change after accounts were referred: the course of content before and after, beside look-alike accounts.
//!
//! Difference in differences. What one content reached is compared before and after. What would have come without the
//! referral is taken from look-alikes: accounts of like activity, followers and community that were not referred, and how
//! often those of their audience took up a content who could have it from that look-alike alone. That look-alikes take up
//! fewer contents, and that their audience meets a content on fewer ways, because others are gone, is the effect and no
//! trend; that one link carries less often than before is a trend and no effect. What such a trend does to the reach is
//! taken from the model ([`super::fit::lift`]). New accounts that content reaches, on the same service or on another, are
//! in what it reached: they count against the claim.

use super::fit::{self, Lift};
use super::reckon::Estimate;
use network::random::Random;
use network::{Graph, communities};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Contents count that began within so many hours before and after.
pub const WINDOW_HOURS: i64 = 14 * 24;
/// A content is followed for so many hours.
pub const HORIZON_HOURS: i64 = 7 * 24;
/// Contents that each side needs.
pub const CONTENTS_MIN: usize = 10;
/// Look-alike accounts that are needed.
pub const ALIKE_MIN: usize = 3;
/// Look-alikes of one referred account.
const ALIKE_EACH: usize = 20;
/// Farther apart than this, in natural logarithms of activity and followers, accounts are not alike.
const FAR: f64 = 1.0;
/// How far apart accounts of two communities are beside that.
const OTHER_COMMUNITY: f64 = 0.5;
/// Draws of contents and look-alikes for the intervals.
const RESAMPLES: usize = 1000;
/// Part below and above a 90 % interval.
const TAIL: f64 = 0.05;

/// The course of one content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Hour of its first post, since 1970.
    pub began: i64,
    /// The account of its first post, by its place.
    pub by: u32,
    /// Accounts that it reached within [`HORIZON_HOURS`], each once, by their places, in the order of their places.
    pub reached: Vec<u32>,
}

/// What is known of the network when a plan was sealed, and what followed.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Links as they were known at the sealing; accounts that came later have none.
    pub graph: &'a Graph,
    /// Posts of each account up to then.
    pub posts: &'a [u32],
    /// A number for the service of each account.
    pub services: &'a [u32],
    /// Hour of each account's first post, `i64::MAX` without one.
    pub first_seen: &'a [i64],
    /// Accounts where content began.
    pub sources: &'a [u32],
    /// Accounts of the plan.
    pub plan: &'a [u32],
    /// Referred accounts with the hour of their provider's final answer, whatever it was.
    pub answered: &'a [(u32, i64)],
    /// Contents, in any order.
    pub courses: &'a [Course],
    /// The hour of the look.
    pub now: i64,
}

/// What a look found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Effect {
    /// No provider gave a final answer about an account of the plan.
    NoAnswer,
    /// It is too early to say; from this hour on it is not.
    TooEarly {
        /// Hour since 1970.
        from: i64,
    },
    /// There is too little to compare.
    TooLittle {
        /// Contents that began before and after.
        contents: (usize, usize),
        /// Look-alike accounts found.
        alike: usize,
    },
    /// It was measured.
    Measured(Measured),
}

/// Figures per content, in accounts reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// Contents that began before and after.
    pub contents: (usize, usize),
    /// Referred accounts with a final answer, and look-alike accounts.
    pub accounts: (usize, usize),
    /// Everybody reached, before and after.
    pub whole: (f64, f64),
    /// Of these the referred accounts and whom they reach directly, before and after.
    pub group: (f64, f64),
    /// Of those who could have a content from one look-alike alone, the share that took it up: 0 to 1, before and after, as
    /// if they had as many links on both sides.
    pub beside: (f64, f64),
    /// What would have been reached after, by what went on from the look-alikes.
    pub expected: f64,
    /// Accounts spared: what was expected less what came.
    pub spared: Estimate,
    /// New accounts on the services of the referred ones, beyond what was usual; they are in what came.
    pub regrown: f64,
    /// New accounts on other services, beyond what was usual; they are in what came.
    pub moved: f64,
    /// Share of what was expected that was spared: 0 to 1, below 0 when more came.
    pub share: Estimate,
}

/// The look at a plan. `seed` draws the intervals.
#[must_use]
pub fn measure(case: &Case<'_>, seed: u64) -> Effect {
    let hours = || case.answered.iter().map(|(_, hour)| *hour);
    let (Some(first), Some(last)) = (hours().min(), hours().max()) else { return Effect::NoAnswer };
    let from = last + WINDOW_HOURS + HORIZON_HOURS;
    if case.now < from {
        return Effect::TooEarly { from };
    }
    let calm = first - HORIZON_HOURS;
    let side = |from: i64, to: i64| -> Vec<&Course> {
        case.courses.iter().filter(|course| (from..to).contains(&course.began)).collect()
    };
    let before = side(calm - WINDOW_HOURS, calm);
    let after = side(last, last + WINDOW_HOURS);
    let alike = alike(case, seed);
    if before.len().min(after.len()) < CONTENTS_MIN || alike.len() < ALIKE_MIN {
        return Effect::TooLittle { contents: (before.len(), after.len()), alike: alike.len() };
    }
    let groups = Groups::of(case, alike.clone());
    let began: Vec<u32> = before.iter().map(|course| course.by).collect();
    let counted = Counted {
        lift: fit::lift(case.graph, &began, seed),
        before: before.iter().map(|course| groups.count(case, course, calm - WINDOW_HOURS)).collect(),
        after: after.iter().map(|course| groups.count(case, course, first)).collect(),
    };
    Effect::Measured(counted.measured(alike.len(), case.answered.len(), seed))
}

/// Accounts that were not referred, and are like those that were: each stands for one.
fn alike(case: &Case<'_>, seed: u64) -> Vec<u32> {
    let communities = communities::leiden(case.graph, seed).of;
    let barred: BTreeSet<u32> = case
        .plan
        .iter()
        .chain(case.sources)
        .copied()
        .chain(case.answered.iter().map(|(place, _)| *place))
        .collect();
    let log = |value: u32| f64::from(value + 1).ln();
    let of = |place: u32| {
        let at = place as usize;
        (log(case.posts[at]), log(case.graph.out().degree(place)), communities[at])
    };
    let mut free: Vec<u32> = (0..).take(case.graph.len()).collect();
    free.retain(|place| !barred.contains(place) && case.graph.out().degree(*place) > 0);
    let mut found = Vec::new();
    // In turn, so that nobody takes all that are near to several.
    for (place, _) in std::iter::repeat_n(case.answered, ALIKE_EACH).flatten() {
        let own = of(*place);
        let apart = |other: u32| {
            let other = of(other);
            let community = if own.2 == other.2 { 0.0 } else { OTHER_COMMUNITY };
            (own.0 - other.0).abs() + (own.1 - other.1).abs() + community
        };
        let near = free.iter().enumerate().map(|(at, other)| (apart(*other), at));
        let near = near.filter(|(apart, _)| *apart <= FAR);
        if let Some((_, at)) = near.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))) {
            found.push(free.swap_remove(at));
        }
    }
    found
}

/// The referred accounts with whom they reach, and the look-alikes.
struct Groups {
    own: BTreeSet<u32>,
    alike: Vec<u32>,
    services: BTreeSet<u32>,
}

impl Groups {
    fn of(case: &Case<'_>, alike: Vec<u32>) -> Self {
        let referred = || case.answered.iter().map(|(place, _)| *place);
        let mut own: BTreeSet<u32> = referred().collect();
        own.extend(referred().flat_map(|place| case.graph.out().of(place).iter().copied()));
        case.sources.iter().for_each(|source| _ = own.remove(source));
        Self { own, alike, services: referred().map(|place| case.services[place as usize]).collect() }
    }

    /// What one content reached; accounts are new when they were first seen at `since` or later.
    fn count(&self, case: &Case<'_>, course: &Course, since: i64) -> Count {
        let there = |place: &u32| course.reached.binary_search(place).is_ok();
        let mut count = Count { by: course.by, ..Count::default() };
        for place in &course.reached {
            count.whole += 1;
            count.own += u32::from(self.own.contains(place));
            if case.first_seen[*place as usize] >= since {
                let here = self.services.contains(&case.services[*place as usize]);
                count.regrown += u32::from(here);
                count.moved += u32::from(!here);
            }
        }
        count.beside = self
            .alike
            .iter()
            .map(|place| there(place).then(|| told_alone(case.graph, course, *place)))
            .collect();
        count
    }
}

/// Who could have a content from an account that took it up and from nobody else that is known to be linked.
fn told_alone(graph: &Graph, course: &Course, teller: u32) -> Alone {
    let there = |place: &u32| course.reached.binary_search(place).is_ok();
    let mut alone = Alone::default();
    for to in graph.out().of(teller).iter().filter(|to| **to != course.by) {
        if graph.back().of(*to).iter().any(|other| *other != teller && there(other)) {
            continue;
        }
        alone.all += 1.0;
        alone.usual += 1.0 / f64::from(graph.back().degree(*to).max(1));
        alone.took += f64::from(u8::from(there(to)));
    }
    alone
}

/// Accounts of an audience that could have a content from one account alone.
#[derive(Debug, Clone, Copy, Default)]
struct Alone {
    all: f64,
    /// How many of them take it up where a link carries with one chance in the number of links to the same account.
    usual: f64,
    took: f64,
}

/// Accounts that one content reached.
#[derive(Debug, Clone, Default)]
struct Count {
    by: u32,
    whole: u32,
    own: u32,
    /// For each look-alike that took it up: who could have it from that one alone.
    beside: Vec<Option<Alone>>,
    regrown: u32,
    moved: u32,
}

struct Counted {
    lift: Lift,
    before: Vec<Count>,
    after: Vec<Count>,
}

/// Means per content of some draw.
#[derive(Clone, Copy, Default)]
struct Means {
    whole: f64,
    own: f64,
    beside: Alone,
    regrown: f64,
    moved: f64,
}

impl Means {
    /// The contents of `rows`, with the look-alikes counted as often as `weights` says.
    fn of(counts: &[Count], rows: &[usize], weights: &[f64]) -> Self {
        let mut sum = Self::default();
        for row in rows {
            let count = &counts[*row];
            sum.whole += f64::from(count.whole);
            sum.own += f64::from(count.own);
            for (alone, weight) in count.beside.iter().zip(weights) {
                if let Some(alone) = alone {
                    sum.beside.all += alone.all * weight;
                    sum.beside.usual += alone.usual * weight;
                    sum.beside.took += alone.took * weight;
                }
            }
            sum.regrown += f64::from(count.regrown);
            sum.moved += f64::from(count.moved);
        }
        let n = rows.len().max(1) as f64;
        Self {
            whole: sum.whole / n,
            own: sum.own / n,
            beside: sum.beside,
            regrown: sum.regrown / n,
            moved: sum.moved / n,
        }
    }
}

/// What one draw comes to.
struct Found {
    expected: f64,
    spared: f64,
    regrown: f64,
    moved: f64,
    share: f64,
}

/// How often a link carries after, for once that it did before. Without anybody to compare there is no trend to tell.
fn trend(before: Alone, after: Alone) -> f64 {
    let usual = |alone: Alone| if alone.usual > 0.0 { alone.took / alone.usual } else { 0.0 };
    if usual(before) > 0.0 && after.usual > 0.0 { usual(after) / usual(before) } else { 1.0 }
}

/// What contents reached before, as if as many of them had begun at each account as did after.
fn as_begun(before: &[Count], rows: &[usize], after: &[Count], later: &[usize]) -> f64 {
    let mut by: HashMap<u32, (f64, f64)> = HashMap::new();
    let mut all = (0.0, 0.0);
    for row in rows {
        let count = &before[*row];
        let (sum, n) = by.entry(count.by).or_default();
        *sum += f64::from(count.whole);
        *n += 1.0;
        all = (all.0 + f64::from(count.whole), all.1 + 1.0);
    }
    let mean = |(sum, n): (f64, f64)| if n > 0.0 { sum / n } else { 0.0 };
    // Where none began at an account before, all of them stand for it.
    let sum: f64 = later.iter().map(|row| mean(by.get(&after[*row].by).copied().unwrap_or(all))).sum();
    mean((sum, later.len() as f64))
}

fn found(lift: &Lift, whole: f64, before: Means, after: Means) -> Found {
    let expected = whole * lift.at(trend(before.beside, after.beside));
    let spared = expected - after.whole;
    Found {
        expected,
        spared,
        regrown: (after.regrown - before.regrown).max(0.0),
        moved: (after.moved - before.moved).max(0.0),
        share: if expected > 0.0 { spared / expected } else { 0.0 },
    }
}

impl Counted {
    fn measured(&self, alike: usize, answered: usize, seed: u64) -> Measured {
        let all = |counts: &[Count]| (0..counts.len()).collect::<Vec<usize>>();
        let once = vec![1.0; alike];
        let before = Means::of(&self.before, &all(&self.before), &once);
        let after = Means::of(&self.after, &all(&self.after), &once);
        let whole = |rows: &[usize], later: &[usize]| as_begun(&self.before, rows, &self.after, later);
        let middle = found(&self.lift, whole(&all(&self.before), &all(&self.after)), before, after);
        let often = if before.beside.all > 0.0 { before.beside.took / before.beside.all } else { 0.0 };
        let mut random = Random::new(seed, 0);
        let mut draw = |count: usize| -> Vec<usize> {
            (0..count).map(|_| random.below(u32::try_from(count).unwrap_or(u32::MAX)) as usize).collect()
        };
        let (mut spared, mut share) = (Vec::with_capacity(RESAMPLES), Vec::with_capacity(RESAMPLES));
        for _ in 0..RESAMPLES {
            let mut weights = vec![0.0; alike];
            draw(alike).into_iter().for_each(|at| weights[at] += 1.0);
            let (rows, later) = (draw(self.before.len()), draw(self.after.len()));
            let before = Means::of(&self.before, &rows, &weights);
            let after = Means::of(&self.after, &later, &weights);
            let drawn = found(&self.lift, whole(&rows, &later), before, after);
            spared.push(drawn.spared);
            share.push(drawn.share);
        }
        Measured {
            contents: (self.before.len(), self.after.len()),
            accounts: (answered, alike),
            whole: (before.whole, after.whole),
            group: (before.own, after.own),
            beside: (often, often * trend(before.beside, after.beside)),
            expected: middle.expected,
            spared: between(middle.spared, spared),
            regrown: middle.regrown,
            moved: middle.moved,
            share: between(middle.share, share),
        }
    }
}

/// A figure with the middle 90 % of its draws.
fn between(mean: f64, mut draws: Vec<f64>) -> Estimate {
    draws.sort_by(f64::total_cmp);
    let at = |part: f64| draws.get(((draws.len().saturating_sub(1)) as f64 * part).round() as usize).copied();
    Estimate { mean, low: at(TAIL).unwrap_or(mean).min(mean), high: at(1.0 - TAIL).unwrap_or(mean).max(mean) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
