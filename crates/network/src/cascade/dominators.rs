//! Who stands on every way: dominators of a flow graph.

/// A flow graph: places from 0, which is the root.
pub(crate) trait Flow {
    /// How many places.
    fn len(&self) -> usize;
    /// Where an edge of a place leads. Edges of removed places, and to them, are not there.
    fn next(&self, place: u32) -> &[u32];
    /// Whether a place is out.
    fn is_out(&self, place: u32) -> bool;
}

const NONE: u32 = u32::MAX;

/// Immediate dominators by SEMI-NCA (Georgiadis 2005), with memory that is used again. Places that were reached have
/// numbers from 0 in the order of a visit in depth; all else is by these numbers.
#[derive(Debug, Default)]
pub(crate) struct Dominators {
    /// The place of each number.
    pub(crate) order: Vec<u32>,
    /// The number of each place, or `NONE`.
    number: Vec<u32>,
    parent: Vec<u32>,
    above: Vec<u32>,
    low: Vec<u32>,
    semi: Vec<u32>,
    /// The immediate dominator of each number; that of the root is itself.
    pub(crate) idom: Vec<u32>,
    /// Edges that come in, as lists.
    first: Vec<u32>,
    incoming: Vec<(u32, u32)>,
    stack: Vec<(u32, u32)>,
    path: Vec<u32>,
}

impl Dominators {
    /// Finds what is reached from the root and who dominates it.
    pub(crate) fn find(&mut self, flow: &impl Flow) {
        self.visit(flow);
        let count = self.order.len();
        self.above.clear();
        self.above.extend_from_slice(&self.parent);
        self.low.clear();
        self.low.extend(0..count as u32);
        self.semi.clear();
        self.semi.resize(count, 0);
        for at in (1..count as u32).rev() {
            let mut semi = self.parent[at as usize];
            let mut edge = self.first[at as usize];
            while edge != NONE {
                let (from, next) = self.incoming[edge as usize];
                semi = semi.min(if from > at { self.lowest(from, at) } else { from });
                edge = next;
            }
            self.semi[at as usize] = semi;
            self.low[at as usize] = semi;
        }
        self.idom.clear();
        self.idom.extend_from_slice(&self.parent);
        for at in 1..count {
            let mut up = self.parent[at];
            while up > self.semi[at] {
                up = self.idom[up as usize];
            }
            self.idom[at] = up;
        }
    }

    /// The lowest semidominator on the way up from a number to the last above `bound`; shortens the way.
    fn lowest(&mut self, from: u32, bound: u32) -> u32 {
        self.path.clear();
        let mut at = from;
        while self.above[at as usize] > bound {
            self.path.push(at);
            at = self.above[at as usize];
        }
        let (mut low, top) = (self.low[at as usize], self.above[at as usize]);
        while let Some(at) = self.path.pop() {
            low = low.min(self.low[at as usize]);
            self.low[at as usize] = low;
            self.above[at as usize] = top;
        }
        low
    }

    /// Numbers what is reached, in depth.
    fn visit(&mut self, flow: &impl Flow) {
        self.number.clear();
        self.number.resize(flow.len(), NONE);
        self.order.clear();
        self.parent.clear();
        self.first.clear();
        self.incoming.clear();
        self.stack.clear();
        self.enter(0, 0);
        while let Some((number, next)) = self.stack.last_mut() {
            let (own, at) = (*number, *next as usize);
            let row = flow.next(self.order[own as usize]);
            let Some(to) = row.get(at) else {
                self.stack.pop();
                continue;
            };
            *next += 1;
            if flow.is_out(*to) {
                continue;
            }
            if self.number[*to as usize] == NONE {
                self.enter(*to, own);
                continue;
            }
            let to = self.number[*to as usize] as usize;
            self.incoming.push((own, self.first[to]));
            self.first[to] = self.incoming.len() as u32 - 1;
        }
    }

    fn enter(&mut self, place: u32, parent: u32) {
        let number = self.order.len() as u32;
        self.number[place as usize] = number;
        self.order.push(place);
        self.parent.push(parent);
        self.first.push(NONE);
        self.stack.push((number, 0));
    }
}

#[cfg(test)]
mod tests {
    use super::{Dominators, Flow};
    use crate::Graph;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    struct All<'a>(&'a Graph, u32);

    impl Flow for All<'_> {
        fn len(&self) -> usize {
            self.0.len()
        }

        fn next(&self, place: u32) -> &[u32] {
            self.0.out().of(place)
        }

        fn is_out(&self, place: u32) -> bool {
            place == self.1
        }
    }

    proptest! {
        #![proptest_config(trials())]
        /// One stands on every way to another when that one is not reached without it.
        #[test]
        fn dominators_are_those_without_whom_nothing_is_reached(graph in graphs(20, 60)) {
            let mut dominators = Dominators::default();
            dominators.find(&All(&graph, u32::MAX));
            let (order, idom) = (dominators.order.clone(), dominators.idom.clone());
            for out in 1..graph.len() as u32 {
                dominators.find(&All(&graph, out));
                for (at, place) in order.iter().enumerate() {
                    let mut up = at;
                    while up != 0 && order[up] != out {
                        up = idom[up] as usize;
                    }
                    let through = order[up] == out;
                    prop_assert_eq!(through, *place == out || !dominators.order.contains(place), "{} {}", out, place);
                }
            }
        }
    }
}
