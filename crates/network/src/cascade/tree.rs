//! Who stands on every way from the sources in a drawn world.

use super::{Dominators, Flow, World};

/// Dominators of worlds, one after the other, with memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    dominators: Dominators,
    /// A place of the world is one higher here: 0 is outside, from where every source has it.
    starts: Vec<u32>,
    edges: Vec<u32>,
    /// How many accounts are reached through each place alone, itself with them.
    pub(crate) through: Vec<u32>,
    /// The place that stands on every way to each; `OUTSIDE` when there is none.
    pub(crate) above: Vec<u32>,
}

/// No place of the world.
pub(crate) const OUTSIDE: u32 = u32::MAX;

struct Rooted<'a> {
    starts: &'a [u32],
    edges: &'a [u32],
}

impl Flow for Rooted<'_> {
    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn next(&self, place: u32) -> &[u32] {
        &self.edges[self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize]
    }

    fn is_out(&self, _: u32) -> bool {
        false
    }
}

impl Tree {
    /// Finds it for a world, of which each place is reached.
    pub(crate) fn find(&mut self, world: &World) {
        let (count, sources) = (world.accounts.len(), world.sources as u32);
        self.edges.clear();
        self.edges.extend(1..=sources);
        self.edges.extend(world.edges.iter().map(|place| place + 1));
        self.starts.clear();
        self.starts.push(0);
        self.starts.extend(world.starts.iter().map(|start| start + sources));
        self.dominators.find(&Rooted { starts: &self.starts, edges: &self.edges });
        let (order, idom) = (&self.dominators.order, &self.dominators.idom);
        let mut held = vec![1; order.len()];
        for at in (1..order.len()).rev() {
            held[idom[at] as usize] += held[at];
        }
        self.through.clear();
        self.through.resize(count, 0);
        self.above.clear();
        self.above.resize(count, OUTSIDE);
        for at in 1..order.len() {
            let place = order[at] as usize - 1;
            self.through[place] = held[at];
            // `wrapping_sub` leads from the root to `OUTSIDE`.
            self.above[place] = order[idom[at] as usize].wrapping_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OUTSIDE, Tree};
    use crate::cascade::{Cascade, Sampler};
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        /// In every world, what is reached through one is what is lost without it, and so is who stands above.
        #[test]
        fn through_is_what_is_lost(graph in graphs(20, 70), seed: u64) {
            let sources: Vec<u32> = (0..graph.len() as u32).step_by(6).collect();
            let cascade = Cascade::new(&graph);
            let mut sampler = Sampler::new(&cascade, &sources);
            let mut tree = Tree::default();
            for number in 0..4 {
                let world = sampler.draw(seed, number);
                tree.find(world);
                for gone in 0..world.accounts.len() as u32 {
                    let mut seen = vec![false; world.accounts.len()];
                    seen[gone as usize] = true;
                    let mut open: Vec<u32> = (0..world.sources as u32).filter(|at| *at != gone).collect();
                    open.iter().for_each(|at| seen[*at as usize] = true);
                    while let Some(at) = open.pop() {
                        let next = world.of(at).iter().filter(|to| !std::mem::replace(&mut seen[**to as usize], true));
                        open.extend(next.collect::<Vec<_>>());
                    }
                    let lost = seen.iter().filter(|seen| !**seen).count() as u32 + 1;
                    prop_assert_eq!(tree.through[gone as usize], lost);
                    for (at, above) in tree.above.iter().enumerate() {
                        prop_assert!(*above != gone || !seen[at], "{} {}", gone, at);
                        prop_assert!((*above == OUTSIDE) || (*above as usize) < seen.len());
                    }
                }
            }
        }
    }
}
