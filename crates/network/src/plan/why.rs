//! Why this one: what an account of a plan holds, by worlds that served nothing else. All of it is with nobody else away.

use std::collections::HashMap;

use super::judge::resampled;
use super::{Mean, Method, Pick, Planner, WHY};
use crate::cascade::{OUTSIDE, Sampler, Tree, World};
use crate::communities::Communities;
use crate::rank::{self, Sample, Through};

/// Worlds that are looked at.
const WORLDS: usize = 300;
/// Accounts that get a rank.
const RANKED: usize = 500;
/// Ways and communities that are told.
const TOLD: usize = 3;
/// A community is cut off when at least this part of what is reached of it is not.
const CUT: f64 = 0.5;
/// Communities with fewer accounts are not told.
const COMMUNITY_MIN: usize = 10;

/// A way from a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// From the source to the account.
    pub accounts: Vec<u32>,
    /// In what part of the worlds in which content comes there this is a shortest way.
    pub part: f64,
}

/// A community that is cut off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Its most followed account.
    pub named: u32,
    /// How many accounts it has.
    pub accounts: usize,
    /// What part of its accounts that are reached is not reached without the account.
    pub part: f64,
}

/// Why an account is in a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Its place in the graph.
    pub account: u32,
    /// The part of the audience that is reached only through it.
    pub alone: Mean,
    /// Main ways from the sources, most common first.
    pub ways: Vec<Way>,
    /// Communities that lose at least half of what is reached of them, most first.
    pub cut_off: Vec<Cut>,
    /// Who would take its place with least loss, and how many accounts more are reached then. By the worlds of the
    /// choice, which flatter the plan; none when the plan is a simple order.
    pub substitute: Option<(u32, f64)>,
}

/// What is counted for one account.
#[derive(Default)]
struct Tally {
    /// Accounts reached only through it, world by world.
    through: Vec<u32>,
    ways: HashMap<Vec<u32>, u32>,
    reached: u32,
    /// Accounts of communities that are reached only through it.
    lost: HashMap<u32, u64>,
}

impl Planner {
    /// Why each account of a plan is in it, from its picks and what won. `communities` are of the same graph.
    #[must_use]
    pub fn why(&mut self, (picks, won): (&[Pick], Method), communities: &Communities) -> Vec<Why> {
        let mut turn = vec![u32::MAX; self.graph.len()];
        picks.iter().zip(0..).for_each(|(pick, at)| turn[pick.account as usize] = at);
        let mut tallies: Vec<Tally> = picks.iter().map(|_| Tally::default()).collect();
        let mut whole = vec![0_u64; communities.count];
        let mut reach = Vec::with_capacity(WORLDS);
        let (mut sampler, mut tree) = (Sampler::new(&self.cascade, &self.task.sources), Tree::default());
        for number in WHY..WHY + WORLDS as u64 {
            let world = sampler.draw(self.task.seed, number);
            tree.find(world);
            reach.push(world.accounts.len() as u32);
            world.accounts.iter().for_each(|at| whole[communities.of[*at as usize] as usize] += 1);
            tallies.iter_mut().for_each(|tally| tally.through.push(0));
            count(world, &tree, &turn, communities, &mut tallies);
        }
        let substitutes = self.substitutes(picks.len(), won);
        let named = named(&self.graph, communities);
        let seed = self.task.seed;
        let told = picks.iter().zip(tallies).zip(substitutes).map(|((pick, tally), substitute)| Why {
            account: pick.account,
            alone: alone(&reach, &tally.through, seed),
            ways: ways(tally.ways, tally.reached),
            cut_off: cut_off(&tally.lost, &whole, &named),
            substitute,
        });
        told.collect()
    }

    /// Ranks by what is reached only through an account, the first 500 of those that a plan may hold, and how often each
    /// stands among the first `first`.
    #[must_use]
    pub fn ranks(&self, first: usize) -> Vec<Through> {
        let sample = Sample { worlds: WORLDS, most: RANKED, first, seed: self.task.seed };
        let barred: Vec<bool> = self.may.iter().map(|may| !may).collect();
        rank::through(&self.graph, &self.task.sources, &barred, sample)
    }

    /// For each account of the plan who would take its place, and at what loss.
    fn substitutes(&mut self, count: usize, won: Method) -> Vec<Option<(u32, f64)>> {
        if won != Method::Cascade {
            return vec![None; count];
        }
        let chosen = self.search.chosen.clone();
        let places = chosen.into_iter().take(count);
        places.map(|candidate| self.search.substitute(candidate)).collect()
    }
}

/// Adds what one world says.
fn count(world: &World, tree: &Tree, turn: &[u32], communities: &Communities, tallies: &mut [Tally]) {
    let mut parent = vec![OUTSIDE; world.accounts.len()];
    for from in 0..world.accounts.len() as u32 {
        for to in world.of(from).iter().filter(|to| **to as usize >= world.sources) {
            if parent[*to as usize] == OUTSIDE {
                parent[*to as usize] = from;
            }
        }
    }
    for (place, account) in world.accounts.iter().enumerate() {
        // Every account of the plan that stands above it holds it too.
        let mut up = place as u32;
        while up != OUTSIDE {
            let holder = turn[world.accounts[up as usize] as usize];
            if let Some(tally) = tallies.get_mut(holder as usize) {
                *tally.lost.entry(communities.of[*account as usize]).or_default() += 1;
            }
            up = tree.above[up as usize];
        }
        let Some(tally) = tallies.get_mut(turn[*account as usize] as usize) else { continue };
        if let Some(last) = tally.through.last_mut() {
            *last = tree.through[place];
        }
        tally.reached += 1;
        let mut way = vec![*account];
        let mut at = place;
        while parent[at] != OUTSIDE {
            at = parent[at] as usize;
            way.push(world.accounts[at]);
        }
        way.reverse();
        *tally.ways.entry(way).or_default() += 1;
    }
}

fn alone(reach: &[u32], through: &[u32], seed: u64) -> Mean {
    let sum = |row: &[u32]| row.iter().map(|count| f64::from(*count)).sum::<f64>();
    Mean {
        mean: sum(through) / sum(reach).max(1.0),
        interval90: resampled(reach, seed, |at| f64::from(through[at])),
    }
}

fn ways(counted: HashMap<Vec<u32>, u32>, reached: u32) -> Vec<Way> {
    let mut all: Vec<(Vec<u32>, u32)> = counted.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.len().cmp(&b.0.len())).then_with(|| a.0.cmp(&b.0)));
    all.truncate(TOLD);
    let part = |count: u32| f64::from(count) / f64::from(reached.max(1));
    all.into_iter().map(|(accounts, count)| Way { accounts, part: part(count) }).collect()
}

/// For each community its most followed account and how many accounts it has.
fn named(graph: &crate::Graph, communities: &Communities) -> Vec<(u32, usize)> {
    let mut named = vec![(u32::MAX, 0); communities.count];
    for (account, community) in (0..).zip(&communities.of) {
        let (first, accounts) = &mut named[*community as usize];
        *accounts += 1;
        if *first == u32::MAX || graph.out().degree(account) > graph.out().degree(*first) {
            *first = account;
        }
    }
    named
}

fn cut_off(lost: &HashMap<u32, u64>, whole: &[u64], named: &[(u32, usize)]) -> Vec<Cut> {
    let cut = |(community, lost): (&u32, &u64)| {
        let (named, accounts) = named[*community as usize];
        Cut { named, accounts, part: *lost as f64 / whole[*community as usize].max(1) as f64 }
    };
    let mut all: Vec<Cut> = lost.iter().map(cut).collect();
    all.retain(|cut| cut.accounts >= COMMUNITY_MIN && cut.part >= CUT);
    let worth = |cut: &Cut| cut.part * cut.accounts as f64;
    all.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.named.cmp(&b.named)));
    all.truncate(TOLD);
    all
}
