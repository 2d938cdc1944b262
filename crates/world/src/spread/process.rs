//! Contents that spread from account to account, before and after some of them were referred.
//!
//! Two laws. [`Law::Matched`] is the planner's own: a link carries with one chance in the number of links that lead to the
//! same account, whoever is referred goes for good, every link is seen. [`Law::Other`] is not: accounts take up unevenly and
//! more easily when they meet it twice, a link takes hours to days, a fifth of the links is seen by nobody, not every
//! provider acts, and who is gone comes back under a new name, sometimes elsewhere.

use super::Dice;
use super::population::{Member, population};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Links of an account in the mean.
const LINKS: f64 = 8.0;
/// In how many of 100 a link stays within a language.
const OWN_LANGUAGE: usize = 80;
/// One account in so many begins contents.
const SOURCES_ONE_IN: usize = 50;
/// Contents that begin a day.
const CONTENTS_A_DAY: usize = 12;
/// Hours of a day.
const DAY: i64 = 24;
/// Days before the answers in which contents begin.
const BEFORE_DAYS: i64 = 35;
/// Days after them.
const AFTER_DAYS: i64 = 15;
/// A content is followed for so many hours.
const FOLLOWED_HOURS: i64 = 7 * DAY;
/// Hour of the first provider's answer.
const ANSWER: i64 = BEFORE_DAYS * DAY;

/// [`Law::Other`]: spread of how easily accounts take up, as a standard deviation of its logarithm.
const UNEVEN: f64 = 1.0;
/// How much more easily an account takes up what it met before.
const AGAIN: f64 = 1.5;
/// Hours of a link, in the middle, and the spread of their logarithm.
const HOURS: (f64, f64) = (6.0, 1.0);
/// Per cent of links that no source sees.
const UNSEEN: usize = 20;
/// Per cent of referred accounts on which their provider acts.
const ACTED: usize = 75;
/// Earlier referrals whose answers are known.
const EARLIER: usize = 60;
/// Per cent of those that come back, with half of their links, after some days; and of these, elsewhere.
const BACK: (usize, usize) = (40, 30);
/// Hours after which they are back, in the mean.
const BACK_HOURS: f64 = 72.0;

/// By which law contents spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// The planner's own.
    Matched,
    /// Another.
    Other,
}

/// One account that took up one content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    /// Which content, from 0.
    pub content: u32,
    /// When, in hours of the world.
    pub hour: i64,
    /// Who.
    pub account: u32,
}

/// A world in which contents spread.
#[derive(Debug, Clone)]
pub struct Run {
    law: Law,
    seed: u64,
    /// To whom each account's content goes.
    out: Vec<Vec<u32>>,
    /// Links that lead to an account.
    into: Vec<u32>,
    /// How easily an account takes up.
    takes: Vec<f64>,
    /// The service of each account.
    pub services: Vec<u32>,
    /// Accounts where contents begin.
    pub sources: Vec<u32>,
    /// Links that sources of data saw.
    pub seen: Vec<(u32, u32)>,
}

/// What followed a referral.
#[derive(Debug, Clone)]
pub struct After {
    /// Final answers of providers: account and hour, whether they acted or not.
    pub answered: Vec<(u32, i64)>,
    /// All posts, those before among them.
    pub posts: Vec<Post>,
    /// The service of each account, new ones among them.
    pub services: Vec<u32>,
    /// The same contents, had nobody been referred: accounts reached by one content after the answers, in the mean.
    pub without: f64,
    /// And as it came.
    pub came: f64,
    /// The last hour of the world.
    pub end: i64,
}

impl After {
    /// The share of reach that ended in truth: by the same contents in the same world without the referral.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.without > 0.0 { 1.0 - self.came / self.without } else { 0.0 }
    }
}

/// An account as it is after a referral: from when on it is there, and until when.
#[derive(Debug, Clone, Copy)]
struct There {
    from: i64,
    until: i64,
}

const ALWAYS: There = There { from: i64::MIN, until: i64::MAX };

/// To whom the content of each account goes: so many links in the mean, most of them within a language.
pub(super) fn links(people: &[Member], mean: f64, dice: &mut Dice) -> Vec<Vec<u32>> {
    let mut by_language: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, member) in (0..).zip(people) {
        by_language.entry(member.language).or_default().push(at);
    }
    // Within the network an account is followed by the root of what follows it at large.
    let root = |member: &Member| f64::from(member.followers + 1).sqrt();
    let part = mean * people.len() as f64 / people.iter().map(root).sum::<f64>().max(1.0);
    let mut out = Vec::with_capacity(people.len());
    for (from, member) in (0_u32..).zip(people) {
        let own = &by_language[member.language];
        let mut to: Vec<u32> = (0..dice.count(root(member) * part))
            .map(|_| {
                let inside = dice.below(100) < OWN_LANGUAGE;
                if inside { own[dice.below(own.len())] } else { dice.below(people.len()) as u32 }
            })
            .filter(|to| *to != from)
            .collect();
        to.sort_unstable();
        to.dedup();
        out.push(to);
    }
    out
}

impl Run {
    /// A world of so many accounts, at least 100.
    #[must_use]
    pub fn new(law: Law, accounts: usize, seed: u64) -> Self {
        let people = population(seed, accounts.max(100));
        let count = people.len();
        let mut dice = Dice::new(seed, "links");
        let out = links(&people, LINKS, &mut dice);
        let mut into = vec![0_u32; count];
        out.iter().flatten().for_each(|to| into[*to as usize] += 1);
        let mut busiest: Vec<u32> = (0..count as u32).collect();
        let weight = |at: &u32| people[*at as usize].posts_per_day * out[*at as usize].len() as f64;
        busiest.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
        let mut sources: Vec<u32> = busiest.into_iter().take((count / SOURCES_ONE_IN).max(1)).collect();
        sources.sort_unstable();
        let takes = (0..count)
            .map(|_| match law {
                Law::Matched => 1.0,
                Law::Other => (UNEVEN * dice.normal() - UNEVEN.powi(2) / 2.0).exp(),
            })
            .collect();
        let unseen = if law == Law::Other { UNSEEN } else { 0 };
        let links = (0_u32..).zip(&out).flat_map(|(from, to)| to.iter().map(move |to| (from, *to)));
        let seen = links.filter(|_| dice.below(100) >= unseen).collect();
        let services = (0..count).map(|_| dice.below(3) as u32).collect();
        Self { law, seed, out, into, takes, services, sources, seen }
    }

    /// What was posted until the day on which a plan is made, a week before the first answer.
    #[must_use]
    pub fn before(&self) -> Vec<Post> {
        let there = vec![ALWAYS; self.out.len()];
        let made = ANSWER - FOLLOWED_HOURS;
        let all = (0..self.contents()).flat_map(|content| self.course(content, &self.out, &there));
        all.filter(|post| post.hour < made).collect()
    }

    /// The hour at which a plan is made.
    #[must_use]
    pub fn planned_at(&self) -> i64 {
        ANSWER - FOLLOWED_HOURS
    }

    /// What providers answered to earlier referrals: how often, and how often they acted.
    #[must_use]
    pub fn answered_before(&self) -> (usize, usize) {
        let mut dice = Dice::new(self.seed, "earlier answers");
        let acts = |dice: &mut Dice| self.law == Law::Matched || dice.below(100) < ACTED;
        (EARLIER, (0..EARLIER).filter(|_| acts(&mut dice)).count())
    }

    /// Refers accounts, and lets the world go on.
    #[must_use]
    pub fn refer(&self, plan: &[u32]) -> After {
        let mut dice = Dice::new(self.seed, "answers");
        let (mut out, mut services) = (self.out.clone(), self.services.clone());
        let mut there = vec![ALWAYS; out.len()];
        let mut answered = Vec::with_capacity(plan.len());
        for place in plan {
            let hour = ANSWER + if self.law == Law::Other { dice.below(3 * DAY as usize) as i64 } else { 0 };
            answered.push((*place, hour));
            if self.law == Law::Other && dice.below(100) >= ACTED {
                continue;
            }
            there[*place as usize].until = hour;
            if self.law == Law::Other && dice.below(100) < BACK.0 {
                let new = out.len() as u32;
                let half: Vec<u32> =
                    self.out[*place as usize].iter().copied().filter(|_| dice.below(2) == 0).collect();
                out.push(half);
                for row in &mut out {
                    if row.binary_search(place).is_ok() && dice.below(2) == 0 {
                        row.push(new);
                    }
                }
                let elsewhere = dice.below(100) < BACK.1;
                services.push(if elsewhere { 3 } else { self.services[*place as usize] });
                there.push(There { from: hour + (BACK_HOURS * dice.exponential()) as i64, until: i64::MAX });
            }
        }
        let all: Vec<Post> =
            (0..self.contents()).flat_map(|content| self.course(content, &out, &there)).collect();
        let from = answered.iter().map(|(_, hour)| *hour).max().unwrap_or(ANSWER);
        let later: Vec<u32> = (0..self.contents()).filter(|content| self.begins(*content) >= from).collect();
        let nobody = vec![ALWAYS; self.out.len()];
        let mean = |out: &[Vec<u32>], there: &[There]| -> f64 {
            let reached: usize = later.iter().map(|content| self.course(*content, out, there).len()).sum();
            reached as f64 / later.len().max(1) as f64
        };
        After {
            came: mean(&out, &there),
            without: mean(&self.out, &nobody),
            answered,
            posts: all,
            services,
            end: ANSWER + 3 * DAY + AFTER_DAYS * DAY + FOLLOWED_HOURS,
        }
    }

    fn contents(&self) -> u32 {
        ((BEFORE_DAYS + AFTER_DAYS + 3) as usize * CONTENTS_A_DAY) as u32
    }

    fn begins(&self, content: u32) -> i64 {
        i64::from(content) * DAY / CONTENTS_A_DAY as i64
    }

    /// One content: who took it up, and when.
    fn course(&self, content: u32, out: &[Vec<u32>], there: &[There]) -> Vec<Post> {
        let mut dice = Dice::new(self.seed, &format!("content {content}"));
        let began = self.begins(content);
        let first = self.sources[dice.below(self.sources.len())];
        let mut reached = vec![false; out.len()];
        let mut met = vec![false; out.len()];
        let mut waiting = BinaryHeap::from([Reverse((began, first))]);
        let mut posts = Vec::new();
        while let Some(Reverse((hour, account))) = waiting.pop() {
            let at = account as usize;
            if reached[at]
                || hour < there[at].from
                || hour >= there[at].until
                || hour >= began + FOLLOWED_HOURS
            {
                continue;
            }
            reached[at] = true;
            posts.push(Post { content, hour, account });
            for to in &out[at] {
                if let Some(wait) = self.carries(*to, &mut met[*to as usize], &mut dice) {
                    waiting.push(Reverse((hour + wait, *to)));
                }
            }
        }
        posts
    }

    /// Whether a link carries a content, and after how many hours.
    fn carries(&self, to: u32, met: &mut bool, dice: &mut Dice) -> Option<i64> {
        let at = to as usize;
        let links = f64::from(self.into.get(at).copied().unwrap_or(1).max(1));
        let again = if *met && self.law == Law::Other { AGAIN } else { 1.0 };
        *met = true;
        let takes = self.takes.get(at).copied().unwrap_or(1.0) * again;
        let carries = dice.unit() * links < takes;
        let hours = (HOURS.0.ln() + HOURS.1 * dice.normal()).exp();
        let wait = if self.law == Law::Other { hours.round() as i64 } else { 1 };
        carries.then_some(wait.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_referred_and_nothing_changes() {
        let run = Run::new(Law::Other, 500, 3);
        let after = run.refer(&[]);
        assert_eq!(after.came, after.without);
        let made = run.planned_at();
        let before: Vec<Post> = after.posts.iter().copied().filter(|post| post.hour < made).collect();
        assert_eq!(before, run.before());
        assert!(run.before().len() > 500 && run.sources.len() == 10);
    }

    #[test]
    fn by_the_planners_law_all_is_seen_and_whoever_is_referred_goes() {
        let run = Run::new(Law::Matched, 500, 3);
        assert_eq!(run.seen.len(), run.out.iter().map(Vec::len).sum::<usize>());
        let plan: Vec<u32> = (0..100).filter(|at| !run.sources.contains(at)).collect();
        let after = run.refer(&plan);
        assert!(after.share() > 0.0, "{}", after.share());
        let gone = |post: &&Post| post.hour >= ANSWER && plan.contains(&post.account);
        assert_eq!(after.posts.iter().find(gone), None);
        assert_eq!(after.services.len(), 500);
    }

    #[test]
    fn by_another_law_some_stay_some_come_back_and_links_are_unseen() {
        let run = Run::new(Law::Other, 2_000, 5);
        let links = run.out.iter().map(Vec::len).sum::<usize>() as f64;
        assert!((run.seen.len() as f64 / links - 0.8).abs() < 0.03);
        let plan: Vec<u32> = (0..200).filter(|at| !run.sources.contains(at)).collect();
        let after = run.refer(&plan);
        assert!(after.services.len() > 2_020, "who is gone comes back: {}", after.services.len());
        assert!(after.services[2_000..].contains(&3), "some of them elsewhere");
        let last = after.answered.iter().map(|(_, hour)| *hour).max();
        let stays = |post: &&Post| Some(post.hour) > last && plan.contains(&post.account);
        assert!(after.posts.iter().any(|post| stays(&post)), "not every provider acts");
    }
}
