//! One level of the search for communities: a graph without directions.

use crate::Graph;
use crate::random::Random;

/// Gains below this, in edges, are none.
const GAIN_MIN: f64 = 1e-10;

/// So many places in a row are looked at one after the other; in which order such stretches come is chance. Rows that lie
/// beside each other are read faster.
const STRETCH_MAX: usize = 64;
/// A level has at least so many stretches.
const STRETCHES_MIN: usize = 1024;
/// Rounds over a level: rounding could keep a place going to and fro for ever.
const PASSES_MAX: usize = 1_000;

/// Places with weighted edges, each in the rows of both its ends, and with the weight that lies inside each place.
#[derive(Debug, Default)]
pub(super) struct Level {
    starts: Vec<u32>,
    near: Vec<u32>,
    /// Beside each neighbour the weight of the edge; empty when every edge weighs 1. A neighbour may stand in a row twice.
    weight: Vec<f32>,
    /// Weight of edges that end in a place, those inside it twice.
    degree: Vec<f64>,
    /// Weight inside a place, twice.
    inside: Vec<f64>,
    /// The sum of degrees.
    whole: f64,
}

/// A community, seen from one place: they lie beside each other because both are asked for at once.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// The weight from the place to it.
    to: f64,
    /// The sum of its degrees.
    sum: f64,
}

/// All communities by their numbers, and which of them a place is near to.
struct Near {
    all: Vec<Seen>,
    /// The first `count` are near.
    list: Vec<u32>,
    count: usize,
}

impl Near {
    fn new(len: usize) -> Self {
        Self { all: vec![Seen::default(); len], list: vec![0; len + 1], count: 0 }
    }

    /// Each is written to the end of the list, and the list grows when it was not there: no branch to guess.
    fn add(&mut self, community: u32, weight: f64) {
        let seen = &mut self.all[community as usize];
        self.list[self.count] = community;
        self.count += usize::from(seen.to == 0.0);
        seen.to += weight;
    }

    fn list(&self) -> &[u32] {
        &self.list[..self.count]
    }

    fn clear(&mut self) {
        self.list[..self.count].iter().for_each(|community| self.all[*community as usize].to = 0.0);
        self.count = 0;
    }
}

impl Level {
    /// The accounts of a graph.
    pub(super) fn of(graph: &Graph) -> Self {
        let ends = 2 * graph.edge_count();
        let mut level = Self { starts: vec![0], inside: vec![0.0; graph.len()], ..Self::default() };
        level.near.reserve(ends);
        level.weight.reserve(if graph.is_weighted() { ends } else { 0 });
        for account in 0..graph.len() as u32 {
            let begin = level.near.len();
            for rows in [graph.out(), graph.back()] {
                level.near.extend_from_slice(rows.of(account));
                level.weight.extend_from_slice(rows.weights_of(account));
            }
            level.degree.push(match level.weight.get(begin..) {
                Some(weights) if graph.is_weighted() => weights.iter().copied().map(f64::from).sum(),
                _ => (level.near.len() - begin) as f64,
            });
            level.starts.push(level.near.len() as u32);
        }
        level.whole = level.degree.iter().sum();
        level
    }

    pub(super) fn len(&self) -> usize {
        self.degree.len()
    }

    /// Calls for each edge of a place.
    #[inline]
    fn each(&self, place: u32, mut call: impl FnMut(u32, f64)) {
        let range = self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize;
        if self.weight.is_empty() {
            self.near[range].iter().for_each(|to| call(*to, 1.0));
        } else {
            let weights = &self.weight[range.clone()];
            self.near[range].iter().zip(weights).for_each(|(to, weight)| call(*to, f64::from(*weight)));
        }
    }

    /// The degrees of communities, by their numbers.
    fn sums(&self, of: &[u32]) -> Vec<f64> {
        let mut sums = vec![0.0; self.len()];
        of.iter().zip(&self.degree).for_each(|(of, degree)| sums[*of as usize] += degree);
        sums
    }

    /// Places move to the community where modularity grows most, until none does. Whose neighbour moved is asked again.
    pub(super) fn settle(&self, of: &mut [u32], random: &mut Random) {
        let mut near = Near::new(self.len());
        near.all.iter_mut().zip(self.sums(of)).for_each(|(seen, sum)| seen.sum = sum);
        let mut sizes = vec![0_u32; self.len()];
        of.iter().for_each(|of| sizes[*of as usize] += 1);
        let mut empty: Vec<u32> = (0..self.len() as u32).filter(|at| sizes[*at as usize] == 0).collect();
        let mut waits = vec![true; self.len()];
        let mut waiting = self.len();
        let stretches = stretches(self.len(), random);
        for place in std::iter::repeat_n(&stretches, PASSES_MAX).flatten().flat_map(Clone::clone) {
            if waiting == 0 {
                break;
            }
            if !std::mem::replace(&mut waits[place as usize], false) {
                continue;
            }
            waiting -= 1;
            let own = of[place as usize];
            let Some(best) = self.best(place, of, &mut near, sizes[own as usize] > 1) else { continue };
            // Nowhere is better than alone.
            let best = if best == own { empty.pop().unwrap_or(own) } else { best };
            near.all[own as usize].sum -= self.degree[place as usize];
            near.all[best as usize].sum += self.degree[place as usize];
            sizes[own as usize] -= 1;
            sizes[best as usize] += 1;
            if sizes[own as usize] == 0 {
                empty.push(own);
            }
            of[place as usize] = best;
            self.each(place, |to, _| {
                let asks = of[to as usize] != best && !waits[to as usize];
                waits[to as usize] |= asks;
                waiting += usize::from(asks);
            });
        }
    }

    /// The community to which a place moves: its own when it is best alone, none when it stays.
    fn best(&self, place: u32, of: &[u32], near: &mut Near, may_leave: bool) -> Option<u32> {
        let own = of[place as usize];
        let degree = self.degree[place as usize];
        let by = degree / self.whole;
        self.each(place, |to, weight| near.add(of[to as usize], weight));
        let here = near.all[own as usize];
        let stay = here.to - by * (here.sum - degree);
        let (mut best, mut most) = (own, stay);
        for community in near.list() {
            let seen = near.all[*community as usize];
            let gain = seen.to - by * seen.sum;
            if gain > most + GAIN_MIN && *community != own {
                (best, most) = (*community, gain);
            }
        }
        near.clear();
        (best != own || (most < -GAIN_MIN && may_leave)).then_some(best)
    }

    /// Takes communities apart and knits pieces from what hangs together well within each. Gives the piece of each place.
    pub(super) fn knit(&self, of: &[u32], random: &mut Random) -> Vec<u32> {
        let sums = self.sums(of);
        let mut piece: Vec<u32> = (0..self.len() as u32).collect();
        let mut alone = vec![true; self.len()];
        // The sum is that of a piece.
        let mut near = Near::new(self.len());
        near.all.iter_mut().zip(&self.degree).for_each(|(seen, degree)| seen.sum = *degree);
        // The weight between each piece and the rest of its community.
        let within = |at: u32| {
            let (own, mut sum) = (of[at as usize], 0.0);
            self.each(at, |to, weight| sum += if of[to as usize] == own { weight } else { 0.0 });
            sum
        };
        let mut cut: Vec<f64> = (0..self.len() as u32).map(within).collect();
        let well = |cut: f64, degree: f64, sum: f64| cut >= degree * (sum - degree) / self.whole;
        for place in stretches(self.len(), random).into_iter().flatten() {
            let at = place as usize;
            let (community, degree) = (of[at], self.degree[at]);
            let sum = sums[community as usize];
            if !alone[at] || !well(cut[at], degree, sum) {
                continue;
            }
            let own = cut[at];
            self.each(place, |to, weight| {
                if of[to as usize] == community {
                    near.add(piece[to as usize], weight);
                }
            });
            let (mut best, mut most) = (place, 0.0);
            for other in near.list() {
                let seen = near.all[*other as usize];
                let gain = seen.to - degree * seen.sum / self.whole;
                if gain > most + GAIN_MIN && well(cut[*other as usize], seen.sum, sum) {
                    (best, most) = (*other, gain);
                }
            }
            if best != place {
                let b = best as usize;
                cut[b] += own - 2.0 * near.all[b].to;
                near.all[b].sum += degree;
                piece[at] = best;
                alone[b] = false;
            }
            near.clear();
        }
        piece
    }

    /// The level whose places are the pieces of this one, numbered from 0.
    pub(super) fn joined(&self, piece: &[u32], count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        piece.iter().for_each(|piece| starts[*piece as usize + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut members = vec![0_u32; piece.len()];
        let mut next = starts.clone();
        for (place, piece) in piece.iter().enumerate() {
            members[next[*piece as usize] as usize] = place as u32;
            next[*piece as usize] += 1;
        }
        let mut level = Self { starts: vec![0], whole: self.whole, ..Self::default() };
        let mut near = Near::new(count);
        for own in 0..count {
            let (mut inside, mut degree) = (0.0, 0.0);
            for place in &members[starts[own] as usize..starts[own + 1] as usize] {
                inside += self.inside[*place as usize];
                degree += self.degree[*place as usize];
                self.each(*place, |to, weight| match piece[to as usize] {
                    to if to as usize == own => inside += weight,
                    to => near.add(to, weight),
                });
            }
            level.near.extend_from_slice(near.list());
            level.weight.extend(near.list().iter().map(|to| near.all[*to as usize].to as f32));
            near.clear();
            level.inside.push(inside);
            level.degree.push(degree);
            level.starts.push(level.near.len() as u32);
        }
        level
    }

    /// Of communities: the sum of inside/whole − (degree/whole)².
    pub(super) fn modularity(&self, of: &[u32]) -> f64 {
        let mut inside: f64 = self.inside.iter().sum();
        for at in 0..self.len() as u32 {
            let own = of[at as usize];
            self.each(at, |to, weight| inside += if of[to as usize] == own { weight } else { 0.0 });
        }
        inside / self.whole - self.sums(of).iter().map(|sum| (sum / self.whole).powi(2)).sum::<f64>()
    }
}

/// Places from 0, in stretches whose order is chance.
fn stretches(len: usize, random: &mut Random) -> Vec<std::ops::Range<u32>> {
    let long = (len / STRETCHES_MIN).clamp(1, STRETCH_MAX);
    let begins = (0..len).step_by(long);
    let mut all: Vec<_> = begins.map(|begin| begin as u32..(begin + long).min(len) as u32).collect();
    for at in (1..all.len()).rev() {
        all.swap(at, random.below(at as u32 + 1) as usize);
    }
    all
}
