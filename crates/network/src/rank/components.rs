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

/// Neighbours of each account that are joined first.
const FIRST: usize = 2;
/// Accounts that are asked which part is the largest so far.
const ASKED: usize = 1024;

/// Parts that hang together whichever way edges point.
///
/// Two edges of each account join most of the largest part; who is in it then needs no further look, for others come to it
/// by their own edges (Afforest: Sutton, Ben-Nun and Barak 2018).
#[must_use]
pub fn weak(graph: &Graph) -> Components {
    let len = graph.len() as u32;
    let mut above: Vec<u32> = (0..len).collect();
    for from in 0..len {
        for to in graph.out().of(from).iter().take(FIRST) {
            join(&mut above, from, *to);
        }
    }
    let largest = commonest(&mut above);
    for from in 0..len {
        if root(&mut above, from) == root(&mut above, largest) {
            continue;
        }
        for to in graph.out().of(from).iter().skip(FIRST).chain(graph.back().of(from)) {
            join(&mut above, from, *to);
        }
    }
    let part = (0..len).map(|at| root(&mut above, at)).collect();
    Components::numbered(part)
}

fn root(above: &mut [u32], mut at: u32) -> u32 {
    while above[at as usize] != at {
        let next = above[above[at as usize] as usize];
        above[at as usize] = next;
        at = next;
    }
    at
}

/// The first account of both is above them.
fn join(above: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(above, a), root(above, b));
    above[a.max(b) as usize] = a.min(b);
}

/// The part that most of some accounts are in, by one of its accounts.
fn commonest(above: &mut [u32]) -> u32 {
    let step = above.len().div_ceil(ASKED).max(1);
    let mut roots: Vec<u32> = (0..above.len() as u32).step_by(step).map(|at| root(above, at)).collect();
    roots.sort_unstable();
    let largest = roots.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    largest.and_then(|same| same.first().copied()).unwrap_or(0)
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
