//! Reverse-greedy reinsertion: accounts come back one after the other, each time one that makes a small part.

use super::near::{Near, Parts};

/// Who comes back of those who make equally small parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Equals {
    /// The last of the given order.
    Given,
    /// Who has fewest neighbours: more of them fit beside each other.
    FewNeighbours,
    /// Who has fewest neighbours that are not back: fewest parts will meet there.
    FewToCome,
}

/// An order put right. It is read from its end; of so many next accounts the one comes back that makes the smallest part.
pub(super) fn put_right(near: &Near, order: &[u32], window: usize, equals: Equals) -> Vec<u32> {
    let mut parts = Parts::new(near.len());
    let mut stamp = Stamp { seen: vec![0; near.len()], now: 0 };
    let mut next = order.iter().rev().copied();
    let mut waiting: Vec<u32> = next.by_ref().take(window).collect();
    let mut back = Vec::with_capacity(order.len());
    // For each account, how many neighbours are not back.
    let mut to_come: Vec<u32> = (0..near.len() as u32).map(|at| near.of(at).len() as u32).collect();
    while !waiting.is_empty() {
        let (mut best, mut least) = (0, (u32::MAX, u32::MAX));
        for (at, account) in waiting.iter().enumerate() {
            let few = match equals {
                Equals::Given => 0,
                Equals::FewNeighbours => near.of(*account).len() as u32,
                Equals::FewToCome => to_come[*account as usize],
            };
            // Beyond the smallest part so far, by how much says nothing.
            let enough = least.0.saturating_add(u32::from(few < least.1));
            let size = stamp.joined(near, &mut parts, *account, enough);
            if (size, few) < least {
                (best, least) = (at, (size, few));
            }
            if least == (1, 0) {
                break;
            }
        }
        let account = waiting.remove(best);
        parts.put_back(near, account);
        near.of(account).iter().for_each(|other| to_come[*other as usize] -= 1);
        back.push(account);
        waiting.extend(next.next());
    }
    back.reverse();
    back
}

/// Which parts were counted.
struct Stamp {
    seen: Vec<u32>,
    now: u32,
}

impl Stamp {
    /// How large the part of an account is when it comes back, or at least `enough`.
    fn joined(&mut self, near: &Near, parts: &mut Parts, account: u32, enough: u32) -> u32 {
        self.now = self.now.wrapping_add(1);
        let mut size = 1;
        for other in near.of(account) {
            if !parts.is_there(*other) {
                continue;
            }
            let root = parts.root(*other);
            if self.seen[root as usize] != self.now {
                self.seen[root as usize] = self.now;
                size += parts.size(root);
                if size >= enough {
                    return size;
                }
            }
        }
        size
    }
}
