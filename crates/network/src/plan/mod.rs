//! Choosing accounts so that what is reached from known sources falls most.
//!
//! Worlds are drawn, made small and kept; in each, dominator trees say what is reached through an account alone. The
//! choice is greedy, one by one, by these worlds and a mean field together, because worlds alone are noisy where an
//! account is seldom reached. Simple orders (most followers and others) stand beside it, and worlds that had no part in
//! the choice pick the winner; still others say what it does. Rejected: many more worlds instead of the field (ten
//! times the time for the same plan), and exchanging places afterwards (greedy plans are as good as after it).

mod contract;
mod curve;
mod field;
mod judge;
mod portfolio;
mod search;
mod shard;
mod why;

use std::sync::Arc;

pub use curve::{Mean, Step};
pub use judge::{Difference, Effect};
pub use portfolio::Method;
pub use why::{Cut, Way, Why};

use crate::cascade::{Cascade, Sampler};
use crate::random::mix;
use crate::{Error, Graph, Result};
use contract::{Contract, NOBODY};
use field::Field;
use judge::Bench;
use search::Search;
use shard::Shard;

/// Places of one plan.
pub const PLACES_MAX: usize = 10_000;
/// Accounts that are visited while worlds are drawn: what a plan costs.
const VISITS: f64 = 2.2e7;
const WORLDS_MIN: usize = 500;
const WORLDS_MAX: usize = 20_000;
/// Worlds that say how large worlds are.
const PILOT_WORLDS: u64 = 64;
/// Worlds that pick the winner.
const CONTEST_WORLDS: u64 = 500;
/// Worlds that say what the plan does.
const JUDGE_WORLDS: u64 = 1_500;
const ROUNDS_FIRST: usize = 12;
/// Kept worlds are in two parts, whatever the number of threads, so that a plan is the same everywhere.
const SHARDS: usize = 2;

/// Worlds by their use: no world serves twice.
const PILOT: u64 = 1 << 40;
const CONTEST: u64 = 1 << 41;
const JUDGE: u64 = 1 << 42;
const CURVE: u64 = 1 << 44;
const WHY: u64 = 1 << 45;

/// How likely providers act on accounts; where nothing is said, for certain.
#[derive(Debug, Clone, Default)]
pub struct Chances(Vec<f32>);

impl Chances {
    /// Of a graph's accounts, by place.
    #[must_use]
    pub fn new(accounts: usize, known: &[(u32, f64)]) -> Self {
        if known.is_empty() {
            return Self::default();
        }
        let mut all = vec![1.0; accounts];
        known.iter().for_each(|(account, chance)| all[*account as usize] = *chance as f32);
        Self(all)
    }

    fn of(&self, account: u32) -> f32 {
        self.0.get(account as usize).copied().unwrap_or(1.0)
    }

    /// Whether the provider of an account acts in a world.
    fn acts(&self, account: u32, seed: u64, world: u64) -> bool {
        let chance = self.of(account);
        let bits = || mix(mix(seed ^ world.rotate_left(20)) ^ u64::from(account));
        chance >= 1.0 || ((bits() >> 40) as f32) < chance * (1 << 24) as f32
    }
}

/// What a plan is for.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// Where content starts: places in the graph.
    pub sources: Vec<u32>,
    /// How many accounts.
    pub places: usize,
    /// Accounts that are kept, for an investigation or otherwise.
    pub excluded: Vec<u32>,
    /// Whether sources may be chosen. They come back under new names, so they mostly may not.
    pub include_sources: bool,
    /// How likely providers act.
    pub chances: Chances,
    /// The same seed gives the same plan.
    pub seed: u64,
    /// Worlds to draw, if not as many as fit the usual time.
    pub worlds: Option<usize>,
}

/// One account of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pick {
    /// Its place in the graph.
    pub account: u32,
    /// How many accounts fewer are reached when it goes too, after those before it.
    pub gain: f64,
    /// How likely it is reached when nobody is taken away.
    pub reached: f64,
    /// The part of the whole reach that is reached through it alone, when nobody is taken away.
    pub alone: f64,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Best first.
    pub picks: Vec<Pick>,
    /// What won.
    pub method: Method,
    /// Worlds that were kept for the choice.
    pub worlds: usize,
}

/// A plan and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Best first.
    pub picks: Vec<Pick>,
    /// What won.
    pub method: Method,
    /// By worlds that had no part in the choice.
    pub effect: Effect,
    /// Against as many accounts with most followers.
    pub beats_followers_by: Difference,
    /// Worlds that were kept for the choice.
    pub worlds: usize,
}

impl Plan {
    /// Whether the interval says that it beats "most followers".
    #[must_use]
    pub fn beats_followers(&self) -> bool {
        self.beats_followers_by.interval90.0 > 0.0
    }
}

/// Holds the worlds, so that a change of the task costs little.
#[derive(Debug)]
pub struct Planner {
    graph: Arc<Graph>,
    cascade: Cascade,
    task: Task,
    /// Who may be in a plan.
    may: Vec<bool>,
    start: Field,
    search: Search,
    /// What is lost with each candidate when nobody is taken away.
    alone: Vec<f64>,
}

impl Planner {
    /// Draws the worlds.
    ///
    /// # Errors
    /// `Plan` when there are no sources, no places or too many.
    pub fn new(graph: Arc<Graph>, mut task: Task) -> Result<Self> {
        if task.sources.is_empty() {
            return Err(Error::Empty("there is no source: content starts somewhere"));
        }
        if !(1..=PLACES_MAX).contains(&task.places) {
            return Err(Error::Plan(format!("a plan has 1 to {PLACES_MAX} places, not {}", task.places)));
        }
        task.sources.sort_unstable();
        task.sources.dedup();
        let cascade = Cascade::new(&graph);
        let mut may = vec![true; graph.len()];
        if !task.include_sources {
            task.sources.iter().for_each(|at| may[*at as usize] = false);
        }
        let mut start = Field::new(&graph, &task.sources);
        start.settle(&graph, ROUNDS_FIRST);
        let candidates = search::candidates(&graph, &start, task.places, &may, &task.chances);
        let worlds = task.worlds.unwrap_or_else(|| fitting(&cascade, &task)).max(SHARDS);
        let shards = draw(&cascade, &task, &candidates, worlds);
        let banned = candidates.iter().map(|at| task.excluded.contains(at)).collect();
        let search = Search {
            acts: candidates.iter().map(|at| task.chances.of(*at)).collect(),
            graph: graph.clone(),
            candidates,
            shards,
            field: start.clone(),
            chosen: Vec::new(),
            gains: Vec::new(),
            worlds,
            banned,
        };
        let alone = search.losses();
        Ok(Self { graph, cascade, task, may, start, search, alone })
    }

    /// The plan for the task as it stands, and what it does.
    pub fn plan(&mut self) -> Plan {
        let Chosen { picks, method, worlds } = self.choose();
        let own = picks.iter().map(|pick| pick.account).collect();
        let compared = [own, portfolio::followed(&self.graph, &self.open(), self.task.places)];
        let fresh = self.bench().reach(&compared, JUDGE..JUDGE + JUDGE_WORLDS);
        Plan {
            picks,
            method,
            effect: judge::effect(&fresh[0], &fresh[1], self.task.seed),
            beats_followers_by: judge::difference(&fresh[0], &fresh[1], &fresh[2], self.task.seed),
            worlds,
        }
    }

    /// The plan for the task as it stands, without what it does: for who asks for its curve.
    pub fn choose(&mut self) -> Chosen {
        self.search.fill(self.task.places);
        let may = self.open();
        let own: Vec<u32> = self.picked().map(|(at, _)| self.search.candidates[at as usize]).collect();
        let mut plans = vec![(Method::Cascade, own)];
        plans.extend(portfolio::simple(&self.graph, &self.start, &may, self.task.places));
        let accounts: Vec<Vec<u32>> = plans.iter().map(|(_, plan)| plan.clone()).collect();
        let contest = self.bench().reach(&accounts, CONTEST..CONTEST + CONTEST_WORLDS);
        let sums: Vec<u64> = contest[1..].iter().map(|row| row.iter().map(|n| u64::from(*n)).sum()).collect();
        let winner = (0..sums.len()).min_by_key(|at| sums[*at]).unwrap_or(0);
        let picks = if winner == 0 { self.own_picks() } else { self.simple_picks(&accounts[winner]) };
        Chosen { picks, method: plans[winner].0, worlds: self.search.worlds }
    }

    /// Keeps an account out of the plan from now on, and finds who takes its place. The rest of the plan stays, so that
    /// one change is answered at once. Gives the new order and what is reached after each, by the kept worlds.
    pub fn exclude(&mut self, account: u32) -> Vec<Pick> {
        self.task.excluded.push(account);
        if let Some(at) = self.search.candidates.iter().position(|other| *other == account) {
            self.search.banned[at] = true;
            self.search.bring_back(at as u32);
        }
        self.search.fill(self.task.places);
        self.own_picks()
    }

    /// What given accounts do, by fresh worlds, and by how much that is better than most followers.
    ///
    /// # Errors
    /// `Plan` when they hold a source that may not be in a plan.
    pub fn simulate(&self, accounts: &[u32]) -> Result<(Effect, Difference)> {
        check(&self.graph, &self.may, accounts)?;
        let followers = portfolio::followed(&self.graph, &self.may, accounts.len());
        let fresh = self.bench().reach(&[accounts.to_vec(), followers], JUDGE..JUDGE + JUDGE_WORLDS);
        let seed = self.task.seed;
        Ok((
            judge::effect(&fresh[0], &fresh[1], seed),
            judge::difference(&fresh[0], &fresh[1], &fresh[2], seed),
        ))
    }

    /// Who may be in a plan and is not kept.
    fn open(&self) -> Vec<bool> {
        let mut may = self.may.clone();
        self.task.excluded.iter().for_each(|at| may[*at as usize] = false);
        may
    }

    fn bench(&self) -> Bench<'_> {
        let Task { sources, chances, seed, .. } = &self.task;
        Bench { cascade: &self.cascade, sources, chances, seed: *seed }
    }

    fn picked(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.search.chosen.iter().copied().zip(self.search.gains.iter().copied()).take(self.task.places)
    }

    fn own_picks(&self) -> Vec<Pick> {
        let whole: f64 = self.start.reached.iter().map(|p| f64::from(*p)).sum();
        let picks = self.picked().map(|(at, gain)| {
            let account = self.search.candidates[at as usize];
            let reached = f64::from(self.start.reached[account as usize]);
            Pick { account, gain, reached, alone: self.alone[at as usize] / whole.max(1.0) }
        });
        picks.collect()
    }

    /// Picks of a simple order: what goes with each is by the field.
    fn simple_picks(&self, accounts: &[u32]) -> Vec<Pick> {
        let whole: f64 = self.start.reached.iter().map(|p| f64::from(*p)).sum();
        let pick = |account: &u32| {
            let loss = self.start.loss(*account);
            let reached = f64::from(self.start.reached[*account as usize]);
            Pick { account: *account, gain: loss, reached, alone: loss / whole.max(1.0) }
        };
        accounts.iter().map(pick).collect()
    }
}

/// What given accounts do, by fresh worlds; nothing is planned and no world is kept.
///
/// # Errors
/// `Plan` when an account is a source, `Empty` without sources.
pub fn simulate(graph: &Graph, task: &Task, accounts: &[u32]) -> Result<(Effect, Difference)> {
    if task.sources.is_empty() {
        return Err(Error::Empty("there is no source: content starts somewhere"));
    }
    let mut may = vec![true; graph.len()];
    if !task.include_sources {
        task.sources.iter().for_each(|at| may[*at as usize] = false);
    }
    check(graph, &may, accounts)?;
    let cascade = Cascade::new(graph);
    let followers = portfolio::followed(graph, &may, accounts.len());
    let bench = Bench { cascade: &cascade, sources: &task.sources, chances: &task.chances, seed: task.seed };
    let worlds = task.worlds.map_or(JUDGE_WORLDS, |worlds| worlds as u64);
    let fresh = bench.reach(&[accounts.to_vec(), followers], JUDGE..JUDGE + worlds);
    Ok((
        judge::effect(&fresh[0], &fresh[1], task.seed),
        judge::difference(&fresh[0], &fresh[1], &fresh[2], task.seed),
    ))
}

fn check(graph: &Graph, may: &[bool], accounts: &[u32]) -> Result<()> {
    match accounts.iter().find(|at| !may[**at as usize]) {
        Some(source) => Err(Error::Plan(format!(
            "{} is a source: sources come back under new names, a plan is about those who spread",
            graph.accounts().name(*source)
        ))),
        None => Ok(()),
    }
}

/// How many worlds fit the usual time.
fn fitting(cascade: &Cascade, task: &Task) -> usize {
    let mut sampler = Sampler::new(cascade, &task.sources);
    let visits: usize =
        (PILOT..PILOT + PILOT_WORLDS).map(|number| sampler.draw(task.seed, number).accounts.len()).sum();
    let each = visits as f64 / PILOT_WORLDS as f64;
    ((VISITS / each) as usize).clamp(WORLDS_MIN, WORLDS_MAX)
}

/// Draws worlds and makes them small, each shard in a thread of its own.
fn draw(cascade: &Cascade, task: &Task, candidates: &[u32], worlds: usize) -> Vec<Shard> {
    let mut number = vec![NOBODY; cascade.len()];
    candidates.iter().enumerate().for_each(|(at, account)| number[*account as usize] = at as u32);
    let mut shards: Vec<Shard> = (0..SHARDS).map(|_| Shard::new(candidates.len())).collect();
    std::thread::scope(|scope| {
        for (at, shard) in shards.iter_mut().enumerate() {
            let number = &number;
            scope.spawn(move || {
                let mut sampler = Sampler::new(cascade, &task.sources);
                let mut contract = Contract::default();
                for world in (at * worlds / SHARDS..(at + 1) * worlds / SHARDS).map(|world| world as u64) {
                    let drawn = sampler.draw(task.seed, world);
                    shard.push(contract.small(drawn, |account| match number[account as usize] {
                        at if at != NOBODY && task.chances.acts(account, task.seed, world) => at,
                        _ => NOBODY,
                    }));
                }
                shard.index();
            });
        }
    });
    shards
}

#[cfg(test)]
mod tests;
