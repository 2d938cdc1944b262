//! One level of the search for communities: a graph without directions.

use crate::Graph;
use crate::random::Random;

/// Gains below this, in edges, are none.
const GAIN_MIN: f64 = 1e-10;

/// Places with weighted edges, each in the rows of both its ends, and with the weight that lies inside each place.
#[derive(Debug, Default)]
pub(super) struct Level {
    starts: Vec<u32>,
    near: Vec<u32>,
    weight: Vec<f32>,
    /// Weight of edges that end in a place, those inside it twice.
    degree: Vec<f64>,
    /// Weight inside a place, twice.
    inside: Vec<f64>,
    /// The sum of degrees.
    whole: f64,
}

/// The weight from one place to each community near it.
struct Near {
    to: Vec<f64>,
    seen: Vec<u32>,
}

impl Near {
    fn new(len: usize) -> Self {
        Self { to: vec![0.0; len], seen: Vec::new() }
    }

    fn add(&mut self, community: u32, weight: f64) {
        let to = &mut self.to[community as usize];
        if *to == 0.0 {
            self.seen.push(community);
        }
        *to += weight;
    }

    fn clear(&mut self) {
        self.seen.drain(..).for_each(|community| self.to[community as usize] = 0.0);
    }
}

impl Level {
    /// The accounts of a graph.
    pub(super) fn of(graph: &Graph) -> Self {
        let mut level = Self { starts: vec![0], inside: vec![0.0; graph.len()], ..Self::default() };
        level.near.reserve(2 * graph.edge_count());
        level.weight.reserve(2 * graph.edge_count());
        for account in 0..graph.len() as u32 {
            let (mut out, mut back) =
                (graph.out().edges_of(account).peekable(), graph.back().edges_of(account).peekable());
            let mut degree = 0.0;
            loop {
                let (to, weight) = match (out.peek().copied(), back.peek().copied()) {
                    (Some(a), Some(b)) if a.0 == b.0 => (a.0, a.1 + b.1),
                    (Some(a), Some(b)) => {
                        if a.0 < b.0 {
                            a
                        } else {
                            b
                        }
                    }
                    (Some(one), None) | (None, Some(one)) => one,
                    (None, None) => break,
                };
                out.next_if(|one| one.0 == to);
                back.next_if(|one| one.0 == to);
                level.near.push(to);
                level.weight.push(weight);
                degree += f64::from(weight);
            }
            level.degree.push(degree);
            level.starts.push(level.near.len() as u32);
        }
        level.whole = level.degree.iter().sum();
        level
    }

    pub(super) fn len(&self) -> usize {
        self.degree.len()
    }

    fn edges(&self, place: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize;
        range.map(|at| (self.near[at], f64::from(self.weight[at])))
    }

    /// The degrees of communities, by their numbers.
    fn sums(&self, of: &[u32]) -> Vec<f64> {
        let mut sums = vec![0.0; self.len()];
        of.iter().zip(&self.degree).for_each(|(of, degree)| sums[*of as usize] += degree);
        sums
    }

    /// Places move to the community where modularity grows most, until none does. Whose neighbour moved is asked again.
    pub(super) fn settle(&self, of: &mut [u32], random: &mut Random) {
        let mut sums = self.sums(of);
        let mut sizes = vec![0_u32; self.len()];
        of.iter().for_each(|of| sizes[*of as usize] += 1);
        let mut empty: Vec<u32> = (0..self.len() as u32).filter(|at| sizes[*at as usize] == 0).collect();
        let mut queue: std::collections::VecDeque<u32> = shuffled(self.len(), random).into();
        let mut waits = vec![true; self.len()];
        let mut near = Near::new(self.len());
        while let Some(place) = queue.pop_front() {
            waits[place as usize] = false;
            let (own, degree) = (of[place as usize], self.degree[place as usize]);
            self.edges(place).for_each(|(to, weight)| near.add(of[to as usize], weight));
            sums[own as usize] -= degree;
            let gain = |community: u32, near: &Near| {
                near.to[community as usize] - degree * sums[community as usize] / self.whole
            };
            let (mut best, mut most) = (own, gain(own, &near));
            for community in &near.seen {
                let gain = gain(*community, &near);
                if gain > most + GAIN_MIN {
                    (best, most) = (*community, gain);
                }
            }
            if most < -GAIN_MIN && sizes[own as usize] > 1 {
                best = empty.last().copied().unwrap_or(own);
            }
            near.clear();
            sums[best as usize] += degree;
            if best == own {
                continue;
            }
            sizes[own as usize] -= 1;
            if sizes[own as usize] == 0 {
                empty.push(own);
            }
            if sizes[best as usize] == 0 {
                empty.retain(|at| *at != best);
            }
            sizes[best as usize] += 1;
            of[place as usize] = best;
            for (to, _) in self.edges(place) {
                if of[to as usize] != best && !std::mem::replace(&mut waits[to as usize], true) {
                    queue.push_back(to);
                }
            }
        }
    }

    /// Takes communities apart and knits pieces from what hangs together well within each. Gives the piece of each place.
    pub(super) fn knit(&self, of: &[u32], random: &mut Random) -> Vec<u32> {
        let sums = self.sums(of);
        let mut piece: Vec<u32> = (0..self.len() as u32).collect();
        let mut alone = vec![true; self.len()];
        let mut degree = self.degree.clone();
        // The weight between each piece and the rest of its community.
        let mut cut: Vec<f64> = (0..self.len() as u32)
            .map(|at| {
                self.edges(at).filter(|(to, _)| of[*to as usize] == of[at as usize]).map(|(_, w)| w).sum()
            })
            .collect();
        let well = |cut: f64, degree: f64, sum: f64| cut >= degree * (sum - degree) / self.whole;
        let mut near = Near::new(self.len());
        for place in shuffled(self.len(), random) {
            let at = place as usize;
            let sum = sums[of[at] as usize];
            if !alone[at] || !well(cut[at], self.degree[at], sum) {
                continue;
            }
            let own = cut[at];
            for (to, weight) in self.edges(place).filter(|(to, _)| of[*to as usize] == of[at]) {
                near.add(piece[to as usize], weight);
            }
            let (mut best, mut most) = (place, 0.0);
            for other in &near.seen {
                let o = *other as usize;
                let gain = near.to[o] - self.degree[at] * degree[o] / self.whole;
                if gain > most + GAIN_MIN && well(cut[o], degree[o], sum) {
                    (best, most) = (*other, gain);
                }
            }
            if best != place {
                let b = best as usize;
                cut[b] += own - 2.0 * near.to[b];
                degree[b] += self.degree[at];
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
                for (to, weight) in self.edges(*place) {
                    match piece[to as usize] {
                        to if to as usize == own => inside += weight,
                        to => near.add(to, weight),
                    }
                }
            }
            level.near.extend_from_slice(&near.seen);
            level.weight.extend(near.seen.iter().map(|to| near.to[*to as usize] as f32));
            near.clear();
            level.inside.push(inside);
            level.degree.push(degree);
            level.starts.push(level.near.len() as u32);
        }
        level
    }

    /// Of communities: the sum of inside/whole − (degree/whole)².
    pub(super) fn modularity(&self, of: &[u32]) -> f64 {
        let inside: f64 = (0..self.len() as u32)
            .map(|at| {
                let own = self.edges(at).filter(|(to, _)| of[*to as usize] == of[at as usize]);
                self.inside[at as usize] + own.map(|(_, weight)| weight).sum::<f64>()
            })
            .sum();
        inside / self.whole - self.sums(of).iter().map(|sum| (sum / self.whole).powi(2)).sum::<f64>()
    }
}

/// Places from 0 in an order of chance.
fn shuffled(len: usize, random: &mut Random) -> Vec<u32> {
    let mut all: Vec<u32> = (0..len as u32).collect();
    for at in (1..len).rev() {
        all.swap(at, random.below(at as u32 + 1) as usize);
    }
    all
}
