//! The search: who next, by kept worlds and the mean field together.

use std::sync::Arc;

use super::Chances;
use super::contract::NOBODY;
use super::field::Field;
use super::shard::Shard;
use crate::Graph;

/// Edges that the mean field goes over for one plan, both ways together.
const FIELD_EDGES_MAX: usize = 250_000_000;
/// How many of the first candidates say how far the mean field is to be believed.
const FIRST: usize = 200;
/// Hits that the spread of a candidate's loss is reckoned to have from all others together.
const BORROWED_HITS: f64 = 4.0;

/// Worlds, field, and who is taken away in both.
#[derive(Debug)]
pub(crate) struct Search {
    pub(crate) graph: Arc<Graph>,
    pub(crate) candidates: Vec<u32>,
    /// How likely the provider of each candidate acts.
    pub(crate) acts: Vec<f32>,
    pub(crate) shards: Vec<Shard>,
    pub(crate) field: Field,
    /// Candidates in the order in which they were taken away.
    pub(crate) chosen: Vec<u32>,
    /// What each was reckoned to take away when it was chosen, accounts a world.
    pub(crate) gains: Vec<f64>,
    pub(crate) worlds: usize,
    /// Candidates that may not be chosen.
    pub(crate) banned: Vec<bool>,
}

impl Search {
    /// What would be lost with each candidate now: accounts a world.
    ///
    /// Two sources, weighed by how sure each is (empirical Bayes): the mean over worlds with its standard error, and
    /// the mean field, scaled to agree over the first candidates, with the spread that is left between the two there.
    pub(crate) fn losses(&self) -> Vec<f64> {
        let worlds = self.worlds as f64;
        let seen = |sums: fn(&Shard) -> &Vec<u64>, at: usize| {
            self.shards.iter().map(|shard| sums(shard)[at]).sum::<u64>() as f64 / worlds
        };
        let all: Vec<Loss> = (0..self.candidates.len())
            .map(|at| {
                let account = self.candidates[at];
                let field = self.field.loss(account) * f64::from(self.acts[at]);
                Loss {
                    mean: seen(|shard| &shard.gains, at),
                    square: seen(|shard| &shard.squares, at),
                    field,
                    field_square: field * f64::from(self.field.worth[account as usize]),
                    hits: f64::from(self.field.reached[account as usize]) * worlds,
                }
            })
            .collect();
        let mut first: Vec<usize> = (0..all.len()).collect();
        first.sort_by(|a, b| all[*b].field.total_cmp(&all[*a].field));
        first.truncate(FIRST);
        let sum = |of: &dyn Fn(&Loss) -> f64| first.iter().map(|at| of(&all[*at])).sum::<f64>();
        let scale = sum(&|loss| loss.mean) / sum(&|loss| loss.field).max(f64::MIN_POSITIVE);
        let squares = sum(&|loss| loss.square) / sum(&|loss| loss.field_square).max(f64::MIN_POSITIVE);
        let error = |loss: &Loss| {
            let borrowed = BORROWED_HITS / (loss.hits + BORROWED_HITS);
            let square = loss.square * (1.0 - borrowed) + squares * loss.field_square * borrowed;
            ((square - loss.mean * loss.mean) / worlds).max(1e-12)
        };
        let apart = sum(&|loss| (loss.mean - scale * loss.field).powi(2) - error(loss));
        let spread =
            (apart / sum(&|loss| (scale * loss.field).powi(2)).max(f64::MIN_POSITIVE)).clamp(0.002, 0.5);
        all.iter()
            .map(|loss| {
                let guess = scale * loss.field;
                let (sure, guessed) = (1.0 / error(loss), 1.0 / (spread * guess * guess).max(1e-12));
                (loss.mean * sure + guess * guessed) / (sure + guessed)
            })
            .collect()
    }

    /// The candidate that may be chosen and with which most is lost, and how much.
    pub(crate) fn best(&self) -> Option<(u32, f64)> {
        let losses = self.losses();
        let free = (0..losses.len()).filter(|at| !self.banned[*at] && !self.chosen.contains(&(*at as u32)));
        let best = free.max_by(|a, b| losses[*a].total_cmp(&losses[*b]).then(b.cmp(a)))?;
        Some((best as u32, losses[best]))
    }

    /// Takes candidates away until so many are, or none is left to choose.
    pub(crate) fn fill(&mut self, places: usize) {
        let open = places.saturating_sub(self.chosen.len()).max(1);
        let rounds = (FIELD_EDGES_MAX / (2 * self.graph.edge_count().max(1))).max(2);
        let every = open.div_ceil(rounds);
        while self.chosen.len() < places {
            let Some((best, gain)) = self.best() else { return };
            self.chosen.push(best);
            self.gains.push(gain);
            self.apply(best, true, self.chosen.len().is_multiple_of(every));
        }
    }

    /// Brings one back that was taken away.
    pub(crate) fn bring_back(&mut self, candidate: u32) {
        if let Some(at) = self.chosen.iter().position(|other| *other == candidate) {
            self.chosen.remove(at);
            self.gains.remove(at);
            self.apply(candidate, false, true);
        }
    }

    /// Who would take the place of a chosen candidate, and how many accounts more a world are reached then.
    pub(crate) fn substitute(&mut self, candidate: u32) -> Option<(u32, f64)> {
        let field = self.field.clone();
        self.apply(candidate, false, false);
        let mean = |search: &Self, at: u32| {
            search.shards.iter().map(|shard| shard.gains[at as usize]).sum::<u64>() as f64
                / search.worlds as f64
        };
        let found = self.best().map(|(best, _)| {
            (self.candidates[best as usize], (mean(self, candidate) - mean(self, best)).max(0.0))
        });
        self.apply(candidate, true, false);
        self.field = field;
        found
    }

    /// Changes the worlds, each shard in a thread of its own, and lets the field follow.
    fn apply(&mut self, candidate: u32, away: bool, follow: bool) {
        let stays = if away { 1.0 - self.acts[candidate as usize] } else { 1.0 };
        self.field.take(self.candidates[candidate as usize], stays);
        let mut worth = std::mem::take(&mut self.field.worth);
        let graph = &self.graph;
        let field = &self.field;
        let change =
            |shard: &mut Shard| if away { shard.remove(candidate) } else { shard.restore(candidate) };
        let (one, other) = self.shards.split_at_mut(1);
        let mut forward = None;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                one.iter_mut().for_each(change);
                if follow {
                    Field::backward(&mut worth, field, graph);
                }
            });
            other.iter_mut().for_each(change);
            if follow {
                let mut next = field.clone();
                next.forward(graph);
                forward = Some(next.reached);
            }
        });
        if let Some(reached) = forward {
            self.field.reached = reached;
        }
        self.field.worth = worth;
    }
}

struct Loss {
    mean: f64,
    square: f64,
    field: f64,
    field_square: f64,
    hits: f64,
}

/// Who may be worth a place: the first by the field, with nobody taken away, and again with some and with all of them.
pub(crate) fn candidates(
    graph: &Graph,
    field: &Field,
    places: usize,
    may: &[bool],
    chances: &Chances,
) -> Vec<u32> {
    let most = (20 * places).clamp(900, 4_000);
    let mut field = field.clone();
    let mut number = vec![NOBODY; graph.len()];
    let (mut all, mut away) = (Vec::new(), 0);
    for (wave, out) in [0, places / 4, places].into_iter().enumerate() {
        if wave > 0 {
            field.settle(graph, 3);
        }
        let worth = |at: &u32| field.loss(*at) * f64::from(chances.of(*at));
        let mut order: Vec<(f64, u32)> =
            (0..graph.len() as u32).filter(|at| may[*at as usize]).map(|at| (worth(&at), at)).collect();
        order.retain(|(loss, _)| *loss > 0.0);
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, account) in order.iter().take(most / 2) {
            if all.len() < most && number[*account as usize] == NOBODY {
                number[*account as usize] = all.len() as u32;
                all.push(*account);
            }
        }
        for account in all.iter().take(out).skip(away) {
            field.take(*account, 0.0);
        }
        away = away.max(out);
    }
    all
}
