//! Core numbers, while edges come and go.
//!
//! One edge changes core numbers by at most 1, and only those of accounts with the lower core number of its ends that hang
//! together with it over their like (Sariyüce et al. 2013).

use super::Live;
use std::collections::{HashMap, HashSet};

/// The core number of each account, as of `rank::cores`.
#[derive(Debug, Clone)]
pub struct LiveCores {
    core: Vec<u32>,
}

impl LiveCores {
    /// From nothing: each account begins at its degree, and is lowered until as many neighbours are as high as it is.
    #[must_use]
    pub fn new(live: &Live) -> Self {
        let core = (0..live.len() as u32).map(|at| live.near(at).count() as u32).collect();
        let mut cores = Self { core };
        let mut open: Vec<u32> = (0..live.len() as u32).collect();
        while let Some(at) = open.pop() {
            let own = cores.core[at as usize];
            if cores.as_high(live, at, own) < own {
                cores.core[at as usize] -= 1;
                open.push(at);
                open.extend(live.near(at).filter(|near| cores.core[*near as usize] == own));
            }
        }
        cores
    }

    /// By place.
    #[must_use]
    pub fn cores(&self) -> &[u32] {
        &self.core
    }

    /// How many neighbours have at least a core number.
    fn as_high(&self, live: &Live, account: u32, core: u32) -> u32 {
        live.near(account).filter(|near| self.core[*near as usize] >= core).count() as u32
    }

    /// An edge was added.
    pub fn added(&mut self, live: &Live, from: u32, to: u32) {
        let core = self.core[from as usize].min(self.core[to as usize]);
        let root = if self.core[from as usize] == core { from } else { to };
        // Who might rise: like accounts with more than enough neighbours, over such from the root. Each with the neighbours
        // that would hold it up.
        let mut held: HashMap<u32, u32> = HashMap::new();
        let mut open = vec![root];
        let mut order = Vec::new();
        while let Some(at) = open.pop() {
            if held.contains_key(&at) {
                continue;
            }
            let count = self.as_high(live, at, core);
            held.insert(at, count);
            order.push(at);
            if count > core {
                let like = live.near(at).filter(|near| self.core[*near as usize] == core);
                open.extend(like.filter(|near| !held.contains_key(near)));
            }
        }
        let mut falls: Vec<u32> = order.iter().copied().filter(|at| held[at] <= core).collect();
        let mut fallen: HashSet<u32> = falls.iter().copied().collect();
        while let Some(at) = falls.pop() {
            for near in live.near(at) {
                let Some(count) = held.get_mut(&near) else { continue };
                if *count > core {
                    *count -= 1;
                    if *count == core {
                        falls.push(near);
                        fallen.insert(near);
                    }
                }
            }
        }
        held.retain(|at, _| !fallen.contains(at));
        held.keys().for_each(|at| self.core[*at as usize] += 1);
    }

    /// An edge was removed.
    pub fn removed(&mut self, live: &Live, from: u32, to: u32) {
        let core = self.core[from as usize].min(self.core[to as usize]);
        let mut open: Vec<u32> =
            [from, to].into_iter().filter(|at| self.core[*at as usize] == core).collect();
        while let Some(at) = open.pop() {
            if self.core[at as usize] == core && self.as_high(live, at, core) < core {
                self.core[at as usize] -= 1;
                open.extend(live.near(at).filter(|near| self.core[*near as usize] == core));
            }
        }
    }
}
