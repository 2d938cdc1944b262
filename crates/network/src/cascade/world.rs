//! Drawing worlds, no further than the sources reach.

use super::Cascade;
use crate::random::Random;

/// What the sources reach in one world, and over which edges. Accounts have places from 0 in the order of the visit;
/// the sources come first.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    /// The account of each place.
    pub(crate) accounts: Vec<u32>,
    /// Edges of place `u` are `edges[starts[u]..starts[u + 1]]`.
    pub(crate) starts: Vec<u32>,
    pub(crate) edges: Vec<u32>,
    /// How many edges come into each place.
    pub(crate) incoming: Vec<u32>,
    /// How many of the places are sources.
    pub(crate) sources: usize,
}

impl World {
    /// Edges of a place.
    pub(crate) fn of(&self, place: u32) -> &[u32] {
        &self.edges[self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize]
    }
}

/// Draws worlds one after the other, with memory that is used again.
#[derive(Debug)]
pub(crate) struct Sampler<'a> {
    cascade: &'a Cascade,
    sources: &'a [u32],
    /// The place of each account in the world, or `NONE`.
    place: Vec<u32>,
    world: World,
}

const NONE: u32 = u32::MAX;

impl<'a> Sampler<'a> {
    /// `sources` are sorted, each once.
    pub(crate) fn new(cascade: &'a Cascade, sources: &'a [u32]) -> Self {
        Self { cascade, sources, place: vec![NONE; cascade.len()], world: World::default() }
    }

    /// The world of a number under a seed.
    pub(crate) fn draw(&mut self, seed: u64, number: u64) -> &World {
        let mut random = Random::new(seed, number);
        let (world, place) = (&mut self.world, &mut self.place);
        world.accounts.clear();
        world.edges.clear();
        world.starts.clear();
        world.incoming.clear();
        world.accounts.extend_from_slice(self.sources);
        world.incoming.resize(self.sources.len(), 0);
        world.sources = self.sources.len();
        for (at, source) in self.sources.iter().enumerate() {
            place[*source as usize] = at as u32;
        }
        let mut at = 0;
        while let Some(account) = world.accounts.get(at) {
            world.starts.push(world.edges.len() as u32);
            self.cascade.carrying(*account, &mut random, |to| {
                let slot = &mut place[to as usize];
                if *slot == NONE {
                    *slot = world.accounts.len() as u32;
                    world.accounts.push(to);
                    world.incoming.push(0);
                }
                world.incoming[*slot as usize] += 1;
                world.edges.push(*slot);
            });
            at += 1;
        }
        world.starts.push(world.edges.len() as u32);
        for account in &world.accounts {
            place[*account as usize] = NONE;
        }
        world
    }
}

impl Cascade {
    /// Draws which edges of an account carry.
    #[inline]
    fn carrying(&self, account: u32, random: &mut Random, mut take: impl FnMut(u32)) {
        let row = self.rows[account as usize];
        let mut point = random.exponential();
        if point >= row.hazard {
            return;
        }
        let part = row.hazard / u32::MAX as f32;
        let mut edges = &self.edges[row.start as usize..self.rows[account as usize + 1].start as usize];
        while point < row.hazard {
            let bound = (point / part) as u32;
            // The first edge that ends behind the point: in steps that double, then by halves.
            let mut step = 1;
            while step < edges.len() && edges[step - 1].up_to <= bound {
                step *= 2;
            }
            let (low, high) = (step / 2, step.min(edges.len()));
            let at = low + edges[low..high].partition_point(|edge| edge.up_to <= bound);
            let Some(edge) = edges.get(at) else { return };
            take(edge.to);
            point = edge.up_to as f32 * part + random.exponential();
            edges = &edges[at + 1..];
        }
    }
}
