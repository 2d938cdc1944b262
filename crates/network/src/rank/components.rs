//! Parts that hang together.

use crate::Graph;

/// The part of each account. Parts are numbered from 0 in the order of their first account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Components {
    /// For each account its part.
    pub part: Vec<u32>,
    /// How many parts.
    pub count: usize,
}

impl Components {
    /// How many accounts each part has.
    #[must_use]
    pub fn sizes(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.count];
        self.part.iter().for_each(|part| sizes[*part as usize] += 1);
        sizes
    }

    /// Numbers parts by their first account.
    fn numbered(mut part: Vec<u32>) -> Self {
        let mut names = vec![u32::MAX; part.len()];
        let mut count = 0;
        for at in &mut part {
            let name = &mut names[*at as usize];
            if *name == u32::MAX {
                *name = count;
                count += 1;
            }
            *at = *name;
        }
        Self { part, count: count as usize }
    }
}

/// Edges of each account that are joined before the largest part is looked for.
const FIRST: usize = 2;
/// Accounts that are asked for the largest part.
const ASKED: usize = 1024;

/// Sets that are joined; each is known by its lowest account.
struct Joined(Vec<u32>);

impl Joined {
    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let next = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = next;
            at = next;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// Parts that hang together whichever way edges point.
///
/// A few edges of each account join most of them already; those of the largest part need not look at the rest of theirs,
/// because who is not in it looks in both directions (Afforest: Sutton, Ben-Nun and Barak 2018).
#[must_use]
pub fn weak(graph: &Graph) -> Components {
    let (len, out) = (graph.len() as u32, graph.out());
    let mut joined = Joined((0..len).collect());
    for from in 0..len {
        out.of(from).iter().take(FIRST).for_each(|to| joined.join(from, *to));
    }
    let mut asked: Vec<u32> =
        (0..len).step_by((graph.len() / ASKED).max(1)).map(|at| joined.root(at)).collect();
    asked.sort_unstable();
    let largest = asked.chunk_by(|a, b| a == b).max_by_key(|same| same.len()).and_then(|same| same.first());
    let largest = largest.copied().unwrap_or(0);
    for at in 0..len {
        if joined.root(at) != joined.root(largest) {
            let rest = out.of(at).iter().skip(FIRST).chain(graph.back().of(at));
            rest.for_each(|near| joined.join(at, *near));
        }
    }
    Components::numbered((0..len).map(|at| joined.root(at)).collect())
}

/// Parts in which each account reaches each other (Pearce 2016, without recursion).
#[must_use]
pub fn strong(graph: &Graph) -> Components {
    let len = graph.len();
    let out = graph.out();
    // 0: not seen; then the number of the visit, lowered to that of the earliest account on the path that it reaches;
    // at the end, numbers from the top down for finished parts.
    let mut low = vec![0_u32; len];
    let (mut visit, mut part) = (1_u32, len as u32);
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(u32, u32, bool)> = Vec::new();
    for begin in 0..len as u32 {
        if low[begin as usize] != 0 {
            continue;
        }
        low[begin as usize] = visit;
        visit += 1;
        path.push((begin, 0, true));
        while let Some((account, next, is_root)) = path.last_mut() {
            let account = *account;
            let Some(to) = out.of(account).get(*next as usize).copied() else {
                let is_root = *is_root;
                path.pop();
                if is_root {
                    // All that is open above it is of its part; visits of finished accounts are taken back.
                    visit -= 1;
                    while let Some(other) = open.last().copied() {
                        if low[other as usize] < low[account as usize] {
                            break;
                        }
                        open.pop();
                        low[other as usize] = part;
                        visit -= 1;
                    }
                    low[account as usize] = part;
                    part -= 1;
                } else {
                    open.push(account);
                }
                if let Some((above, _, is_root)) = path.last_mut()
                    && low[account as usize] < low[*above as usize]
                {
                    low[*above as usize] = low[account as usize];
                    *is_root = false;
                }
                continue;
            };
            *next += 1;
            if low[to as usize] == 0 {
                low[to as usize] = visit;
                visit += 1;
                path.push((to, 0, true));
            } else if low[to as usize] < low[account as usize] {
                low[account as usize] = low[to as usize];
                *is_root = false;
            }
        }
    }
    Components::numbered(low.into_iter().map(|number| len as u32 - number).collect())
}

#[cfg(test)]
mod tests {
    use super::{strong, weak};
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        #[test]
        fn parts_are_those_of_reaching(graph in graphs(25, 60)) {
            let reaches = reference::reaches(&graph);
            let parts = strong(&graph);
            for (a, reached) in reaches.iter().enumerate() {
                for (b, there) in reached.iter().enumerate() {
                    let same = *there && reaches[b][a];
                    prop_assert_eq!(parts.part[a] == parts.part[b], same, "{} {}", a, b);
                }
            }
            prop_assert_eq!(parts.sizes().len(), parts.count);
            prop_assert_eq!(weak(&graph), reference::weak(&graph));
        }
    }
}
