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

/// Parts that hang together whichever way edges point.
#[must_use]
pub fn weak(graph: &Graph) -> Components {
    let mut above: Vec<u32> = (0..graph.len() as u32).collect();
    fn root(above: &mut [u32], mut at: u32) -> u32 {
        while above[at as usize] != at {
            let next = above[above[at as usize] as usize];
            above[at as usize] = next;
            at = next;
        }
        at
    }
    for from in 0..graph.len() as u32 {
        let mut own = root(&mut above, from);
        for to in graph.out().of(from) {
            let other = root(&mut above, *to);
            if other != own {
                let (low, high) = (own.min(other), own.max(other));
                above[high as usize] = low;
                own = low;
            }
        }
    }
    let part = (0..graph.len() as u32).map(|at| root(&mut above, at)).collect();
    Components::numbered(part)
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
