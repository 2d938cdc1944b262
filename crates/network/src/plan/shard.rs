//! Worlds that are kept, and what each candidate holds alone in them.

use super::contract::{NOBODY, Small};
use crate::cascade::{Dominators, Flow};

/// Some of the worlds of a planner, worked on by one thread.
#[derive(Debug, Default)]
pub(crate) struct Shard {
    /// Where the places of each world begin, and where those of the last one end.
    begins: Vec<u32>,
    candidate: Vec<u32>,
    weight: Vec<u32>,
    /// How many accounts are reached through each place alone; 0 when it is not reached.
    through: Vec<u32>,
    /// Edges of place `p` are `edges[starts[p]..starts[p + 1]]`: places of the same world, from 0.
    starts: Vec<u32>,
    edges: Vec<u32>,
    /// Places of candidate `c` are `places[index[c]..index[c + 1]]`.
    index: Vec<u32>,
    places: Vec<(u32, u32)>,
    /// What each candidate holds alone, over all worlds.
    pub(crate) gains: Vec<u64>,
    /// The same squared, world by world.
    pub(crate) squares: Vec<u64>,
    /// Which candidates are taken away.
    out: Vec<bool>,
    /// What is reached, over all worlds.
    pub(crate) reach: u64,
    dominators: Dominators,
    sizes: Vec<u32>,
}

struct View<'a> {
    candidate: &'a [u32],
    starts: &'a [u32],
    edges: &'a [u32],
    out: &'a [bool],
}

impl Flow for View<'_> {
    fn len(&self) -> usize {
        self.candidate.len()
    }

    fn next(&self, place: u32) -> &[u32] {
        &self.edges[self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize]
    }

    fn is_out(&self, place: u32) -> bool {
        self.out.get(self.candidate[place as usize] as usize).copied().unwrap_or(false)
    }
}

impl Shard {
    /// For so many candidates.
    pub(crate) fn new(candidates: usize) -> Self {
        Self {
            begins: vec![0],
            starts: vec![0],
            gains: vec![0; candidates],
            squares: vec![0; candidates],
            out: vec![false; candidates],
            ..Self::default()
        }
    }

    /// How many worlds.
    pub(crate) fn worlds(&self) -> usize {
        self.begins.len() - 1
    }

    /// Adds a world.
    pub(crate) fn push(&mut self, small: &Small) {
        let base = self.edges.len() as u32;
        self.candidate.extend_from_slice(&small.candidate);
        self.weight.extend_from_slice(&small.weight);
        self.through.resize(self.candidate.len(), 0);
        self.starts.extend(small.starts[1..].iter().map(|end| base + end));
        self.edges.extend_from_slice(&small.edges);
        self.begins.push(self.candidate.len() as u32);
        self.update(self.worlds() - 1);
    }

    /// Finds the places of each candidate, once all worlds are there.
    pub(crate) fn index(&mut self) {
        let mut index = vec![0_u32; self.gains.len() + 1];
        let known = |candidate: &&u32| **candidate != NOBODY;
        self.candidate.iter().filter(known).for_each(|candidate| index[*candidate as usize + 1] += 1);
        for at in 1..index.len() {
            index[at] += index[at - 1];
        }
        let mut next = index.clone();
        self.places = vec![(0, 0); index.last().copied().unwrap_or(0) as usize];
        for world in 0..self.worlds() {
            for place in self.begins[world]..self.begins[world + 1] {
                let candidate = self.candidate[place as usize];
                if candidate != NOBODY {
                    let slot = &mut next[candidate as usize];
                    self.places[*slot as usize] = (world as u32, place);
                    *slot += 1;
                }
            }
        }
        self.index = index;
    }

    /// Takes a candidate away.
    pub(crate) fn remove(&mut self, candidate: u32) {
        self.out[candidate as usize] = true;
        for at in self.index[candidate as usize]..self.index[candidate as usize + 1] {
            let (world, place) = self.places[at as usize];
            if self.through[place as usize] > 0 {
                self.update(world as usize);
            }
        }
    }

    /// Brings a candidate back.
    pub(crate) fn restore(&mut self, candidate: u32) {
        self.out[candidate as usize] = false;
        for at in self.index[candidate as usize]..self.index[candidate as usize + 1] {
            self.update(self.places[at as usize].0 as usize);
        }
    }

    /// Finds anew what is reached through each place of a world.
    fn update(&mut self, world: usize) {
        let range = self.begins[world] as usize..self.begins[world + 1] as usize;
        let view = View {
            candidate: &self.candidate[range.clone()],
            starts: &self.starts[range.start..=range.end],
            edges: &self.edges,
            out: &self.out,
        };
        self.dominators.find(&view);
        let (order, idom) = (&self.dominators.order, &self.dominators.idom);
        self.sizes.clear();
        self.sizes.extend(order.iter().map(|place| self.weight[range.start + *place as usize]));
        for at in (1..order.len()).rev() {
            self.sizes[idom[at] as usize] += self.sizes[at];
        }
        self.reach = self.reach - u64::from(self.through[range.start]) + u64::from(self.sizes[0]);
        for place in range.clone() {
            let candidate = self.candidate[place] as usize;
            if candidate < self.gains.len() {
                let through = u64::from(self.through[place]);
                self.gains[candidate] -= through;
                self.squares[candidate] -= through * through;
            }
            self.through[place] = 0;
        }
        for (place, size) in order.iter().zip(&self.sizes) {
            let place = range.start + *place as usize;
            let candidate = self.candidate[place] as usize;
            if candidate < self.gains.len() {
                self.gains[candidate] += u64::from(*size);
                self.squares[candidate] += u64::from(*size) * u64::from(*size);
            }
            self.through[place] = *size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;
    use crate::cascade::{Cascade, Sampler, World};
    use crate::plan::contract::{Contract, NOBODY};
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    /// How many are reached in a world without some.
    fn reached(world: &World, out: &[u32]) -> u64 {
        let mut seen: Vec<bool> = world.accounts.iter().map(|account| out.contains(account)).collect();
        let mut queue: Vec<u32> = (0..world.sources as u32).filter(|at| !seen[*at as usize]).collect();
        queue.iter().for_each(|at| seen[*at as usize] = true);
        let mut count = 0;
        while let Some(at) = queue.pop() {
            count += 1;
            for to in world.of(at) {
                if !std::mem::replace(&mut seen[*to as usize], true) {
                    queue.push(*to);
                }
            }
        }
        count
    }

    proptest! {
        #![proptest_config(trials())]
        /// Whatever goes and comes back, the small worlds say what the whole ones do.
        #[test]
        fn small_worlds_tell_what_whole_ones_do(
            graph in graphs(24, 90), seed: u64, every in 1_usize..4, with_sources: bool,
            moves in proptest::collection::vec(0_usize..24, 1..12),
        ) {
            let sources: Vec<u32> = (0..graph.len() as u32).step_by(7).collect();
            let candidates: Vec<u32> = (0..graph.len() as u32)
                .step_by(every)
                .filter(|at| with_sources || !sources.contains(at))
                .collect();
            prop_assume!(!candidates.is_empty());
            let number = |account: u32| {
                candidates.iter().position(|other| *other == account).map_or(NOBODY, |at| at as u32)
            };
            let cascade = Cascade::new(&graph);
            let (mut sampler, mut contract) = (Sampler::new(&cascade, &sources), Contract::default());
            let mut shard = Shard::new(candidates.len());
            let mut worlds = Vec::new();
            for at in 0..6 {
                let world = sampler.draw(seed, at);
                shard.push(contract.small(world, number));
                worlds.push(world.clone());
            }
            shard.index();
            let reach = |out: &[u32]| worlds.iter().map(|world| reached(world, out)).sum::<u64>();
            let mut out: Vec<u32> = Vec::new();
            for at in moves {
                let candidate = (at % candidates.len()) as u32;
                let account = candidates[candidate as usize];
                if out.contains(&account) {
                    out.retain(|other| *other != account);
                    shard.restore(candidate);
                } else {
                    out.push(account);
                    shard.remove(candidate);
                }
                prop_assert_eq!(shard.reach, reach(&out));
                for (at, account) in candidates.iter().enumerate() {
                    let mut other = out.clone();
                    other.push(*account);
                    prop_assert_eq!(shard.gains[at], shard.reach - reach(&other));
                }
            }
        }
    }
}
