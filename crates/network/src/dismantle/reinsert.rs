//! Reverse-greedy reinsertion: accounts come back one after the other, each time one that makes a small part.

use super::near::{Near, Parts};

/// An order put right. It is read from its end; of so many next accounts the one comes back that makes the smallest part;
/// equals in the given order.
pub(super) fn put_right(near: &Near, order: &[u32], window: usize) -> Vec<u32> {
    let mut parts = Parts::new(near.len());
    let mut stamp = Stamp { seen: vec![0; near.len()], now: 0 };
    let mut next = order.iter().rev().copied();
    let mut waiting: Vec<u32> = next.by_ref().take(window).collect();
    let mut back = Vec::with_capacity(order.len());
    while !waiting.is_empty() {
        let (mut best, mut least) = (0, u32::MAX);
        for (at, account) in waiting.iter().enumerate() {
            let size = stamp.joined(near, &mut parts, *account, least);
            if size < least {
                (best, least) = (at, size);
            }
            if size == 1 {
                break;
            }
        }
        let account = waiting.remove(best);
        parts.put_back(near, account);
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
