//! A world made small: what no plan can tell apart is one place.

use crate::cascade::World;

/// Part of no candidate: a place that is reached over several ways.
pub(crate) const NOBODY: u32 = u32::MAX;

/// A world over candidates. Place 0 is all that is reached whatever a plan takes away. Every other place begins with a
/// candidate, or with an account that is reached from several places, and holds what is reached through it alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Small {
    /// The candidate of each place, or `NOBODY`.
    pub(crate) candidate: Vec<u32>,
    /// How many accounts each place holds.
    pub(crate) weight: Vec<u32>,
    /// Edges of place `u` are `edges[starts[u]..starts[u + 1]]`.
    pub(crate) starts: Vec<u32>,
    pub(crate) edges: Vec<u32>,
}

/// Makes worlds small, with memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Contract {
    /// For each place of the world the place in the small one that holds it.
    held: Vec<u32>,
    /// How many edges into each place are still to be seen.
    open: Vec<u32>,
    queue: Vec<u32>,
    pairs: Vec<(u32, u32)>,
    last: Vec<u32>,
    small: Small,
}

const UNSEEN: u32 = u32::MAX;
/// What is set on the first place of a small one that was seen, until it is known to be the only.
const MAYBE: u32 = 1 << 31;

impl Contract {
    /// `candidate` says for each account its number among the candidates, or `NOBODY`.
    pub(crate) fn small(&mut self, world: &World, candidate: impl Fn(u32) -> u32) -> &Small {
        let len = world.accounts.len();
        self.held.clear();
        self.held.resize(len, UNSEEN);
        self.open.clear();
        self.open.extend_from_slice(&world.incoming);
        self.queue.clear();
        self.pairs.clear();
        let small = &mut self.small;
        small.candidate.clear();
        small.weight.clear();
        small.candidate.push(NOBODY);
        small.weight.push(0);
        // Sources are there in any case, unless they are candidates; so is what is reached without a candidate.
        for at in 0..len {
            let number = candidate(world.accounts[at]);
            if number != NOBODY {
                self.held[at] = small.candidate.len() as u32;
                small.candidate.push(number);
                small.weight.push(0);
                if at < world.sources {
                    self.pairs.push((0, self.held[at]));
                }
            } else if at < world.sources {
                self.held[at] = 0;
                self.queue.push(at as u32);
            }
        }
        let mut at = 0;
        while let Some(from) = self.queue.get(at).copied() {
            at += 1;
            for to in world.of(from) {
                if self.held[*to as usize] == UNSEEN {
                    self.held[*to as usize] = 0;
                    self.queue.push(*to);
                }
            }
        }
        for at in 0..len {
            if self.held[at] != 0 && self.held[at] & MAYBE == 0 {
                self.queue.push(at as u32);
            }
        }
        self.spread(world, at);
        self.gather(world);
        &self.small
    }

    /// Gives every account to the place through which alone it is reached.
    fn spread(&mut self, world: &World, mut at: usize) {
        let mut stuck = 0;
        loop {
            while let Some(from) = self.queue.get(at).copied() {
                at += 1;
                let by = self.held[from as usize];
                for to in world.of(from) {
                    self.see(*to, by);
                }
            }
            // Rings: what is left over was seen at its first account, for that one's way in is settled.
            while self.held.get(stuck).is_some_and(|held| held & MAYBE == 0) {
                stuck += 1;
            }
            if stuck == world.accounts.len() {
                return;
            }
            self.begin(stuck as u32);
        }
    }

    /// An edge from a place leads here.
    fn see(&mut self, to: u32, by: u32) {
        let held = self.held[to as usize];
        if held & MAYBE == 0 {
            return;
        }
        let open = &mut self.open[to as usize];
        *open -= 1;
        if held != UNSEEN && held != by | MAYBE {
            self.begin(to);
        } else if *open == 0 {
            self.held[to as usize] = by;
            self.queue.push(to);
        } else {
            self.held[to as usize] = by | MAYBE;
        }
    }

    fn begin(&mut self, to: u32) {
        self.held[to as usize] = self.small.candidate.len() as u32;
        self.small.candidate.push(NOBODY);
        self.small.weight.push(0);
        self.queue.push(to);
    }

    /// Counts what each place holds, and takes the edges between places, each once.
    fn gather(&mut self, world: &World) {
        let small = &mut self.small;
        for from in 0..world.accounts.len() as u32 {
            let by = self.held[from as usize];
            small.weight[by as usize] += 1;
            for to in world.of(from) {
                let place = self.held[*to as usize];
                // An edge to another place leads to where that begins, or its account would not be held there.
                if place != by && place != 0 {
                    self.pairs.push((by, place));
                }
            }
        }
        let len = small.candidate.len();
        small.starts.clear();
        small.starts.resize(len + 1, 0);
        self.pairs.iter().for_each(|(from, _)| small.starts[*from as usize + 1] += 1);
        for at in 0..len {
            small.starts[at + 1] += small.starts[at];
        }
        small.edges.clear();
        small.edges.resize(self.pairs.len(), 0);
        let mut next = small.starts.clone();
        for (from, to) in &self.pairs {
            small.edges[next[*from as usize] as usize] = *to;
            next[*from as usize] += 1;
        }
        self.last.clear();
        self.last.resize(len, UNSEEN);
        let (mut write, mut begin) = (0, 0);
        for from in 0..len {
            let end = small.starts[from + 1] as usize;
            for at in begin..end {
                let to = small.edges[at];
                if self.last[to as usize] != from as u32 {
                    self.last[to as usize] = from as u32;
                    small.edges[write] = to;
                    write += 1;
                }
            }
            begin = end;
            small.starts[from + 1] = write as u32;
        }
        small.edges.truncate(write);
    }
}
