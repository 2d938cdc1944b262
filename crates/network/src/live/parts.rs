//! Parts that hang together, while edges come and go.

use super::Live;
use std::collections::{HashSet, VecDeque};

/// The part of each account; numbers of parts say nothing by themselves.
#[derive(Debug, Clone)]
pub struct LiveParts {
    part: Vec<u32>,
    sizes: Vec<u32>,
}

impl LiveParts {
    /// From nothing.
    #[must_use]
    pub fn new(live: &Live) -> Self {
        let mut parts = Self { part: vec![u32::MAX; live.len()], sizes: Vec::new() };
        for begin in 0..live.len() as u32 {
            if parts.part[begin as usize] == u32::MAX {
                parts.sizes.push(0);
                parts.paint(live, begin, parts.sizes.len() as u32 - 1);
            }
        }
        parts
    }

    /// The part of an account.
    #[must_use]
    pub fn part(&self, account: u32) -> u32 {
        self.part[account as usize]
    }

    /// How many accounts each part has; parts that went into others have none.
    #[must_use]
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// An edge was added: the smaller part takes the number of the larger.
    pub fn added(&mut self, live: &Live, from: u32, to: u32) {
        let (a, b) = (self.part(from), self.part(to));
        if a == b {
            return;
        }
        let from_is_smaller = self.sizes[a as usize] < self.sizes[b as usize];
        let (begin, number) = if from_is_smaller { (from, b) } else { (to, a) };
        self.paint(live, begin, number);
    }

    /// An edge was removed: both sides are gone through in turn, until they meet or one is at its end, which is then a part.
    pub fn removed(&mut self, live: &Live, from: u32, to: u32) {
        let mut sides = [from, to].map(|at| (HashSet::from([at]), VecDeque::from([at])));
        loop {
            for side in 0..2 {
                let (mine, others) = sides.split_at_mut(1);
                let (own, other) =
                    if side == 0 { (&mut mine[0], &others[0]) } else { (&mut others[0], &mine[0]) };
                let Some(at) = own.1.pop_front() else {
                    self.sizes.push(0);
                    return self.paint(live, [from, to][side], self.sizes.len() as u32 - 1);
                };
                for near in live.near(at) {
                    if other.0.contains(&near) {
                        return;
                    }
                    if own.0.insert(near) {
                        own.1.push_back(near);
                    }
                }
            }
        }
    }

    /// Gives a number to all that hangs together with an account and has the number that it has.
    fn paint(&mut self, live: &Live, begin: u32, number: u32) {
        let was = std::mem::replace(&mut self.part[begin as usize], number);
        let mut open = vec![begin];
        let mut count = 1;
        while let Some(at) = open.pop() {
            for near in live.near(at) {
                if self.part[near as usize] == was {
                    self.part[near as usize] = number;
                    count += 1;
                    open.push(near);
                }
            }
        }
        self.sizes[number as usize] += count;
        if let Some(size) = self.sizes.get_mut(was as usize) {
            *size -= count;
        }
    }
}
