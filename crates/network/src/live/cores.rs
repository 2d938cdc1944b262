//! Core numbers, while edges come and go.
//!
//! One edge changes core numbers by at most 1, and only those of accounts with the lower core number of its ends that hang
//! together with it over their like. Of these only such are looked at as may rise: they have more neighbours that are as
//! high than they need, also without those who cannot rise (the traversal of Sariyüce et al. 2013).

use super::Live;
use std::collections::HashMap;

/// The core number of each account, as of `rank::cores`.
#[derive(Debug, Clone)]
pub struct LiveCores {
    core: Vec<u32>,
    /// How many neighbours have at least the core number of an account.
    held: Vec<u32>,
}

impl LiveCores {
    /// From nothing: each account begins at its degree, and is lowered until as many neighbours are as high as it is.
    #[must_use]
    pub fn new(live: &Live) -> Self {
        let core: Vec<u32> = (0..live.len() as u32).map(|at| live.near(at).count() as u32).collect();
        let mut cores = Self { held: vec![0; core.len()], core };
        for at in 0..live.len() as u32 {
            cores.held[at as usize] = cores.as_high(live, at);
        }
        cores.lower(live, (0..live.len() as u32).collect());
        cores
    }

    /// By place.
    #[must_use]
    pub fn cores(&self) -> &[u32] {
        &self.core
    }

    fn as_high(&self, live: &Live, account: u32) -> u32 {
        let core = self.core[account as usize];
        live.near(account).filter(|near| self.core[*near as usize] >= core).count() as u32
    }

    /// Whether an account has neighbours enough to rise, when all of its like rise with it.
    fn may_rise(&self, account: u32, core: u32) -> bool {
        self.core[account as usize] == core && self.held[account as usize] > core
    }

    /// An edge was added.
    pub fn added(&mut self, live: &Live, from: u32, to: u32) {
        let (of_from, of_to) = (self.core[from as usize], self.core[to as usize]);
        self.held[from as usize] += u32::from(of_to >= of_from);
        self.held[to as usize] += u32::from(of_from >= of_to);
        let core = of_from.min(of_to);
        let root = if of_from == core { from } else { to };
        // Who might rise, over such from the root; each with the neighbours that would hold it up.
        let mut rising: HashMap<u32, u32> = HashMap::new();
        let mut falls = Vec::new();
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            if !self.may_rise(at, core) || rising.contains_key(&at) {
                continue;
            }
            let holds = |near: &u32| self.core[*near as usize] > core || self.may_rise(*near, core);
            let count = live.near(at).filter(holds).count() as u32;
            rising.insert(at, count);
            if count > core {
                open.extend(live.near(at).filter(|near| self.may_rise(*near, core)));
            } else {
                falls.push(at);
            }
        }
        while let Some(at) = falls.pop() {
            rising.remove(&at);
            for near in live.near(at) {
                let Some(count) = rising.get_mut(&near) else { continue };
                // Who is among the falls already is no longer counted.
                if *count > core {
                    *count -= 1;
                    if *count == core {
                        falls.push(near);
                    }
                }
            }
        }
        rising.keys().for_each(|at| self.core[*at as usize] += 1);
        for at in rising.keys() {
            self.held[*at as usize] = self.as_high(live, *at);
            for near in live.near(*at) {
                let is_held = self.core[near as usize] == core + 1 && !rising.contains_key(&near);
                self.held[near as usize] += u32::from(is_held);
            }
        }
    }

    /// An edge was removed.
    pub fn removed(&mut self, live: &Live, from: u32, to: u32) {
        let (of_from, of_to) = (self.core[from as usize], self.core[to as usize]);
        self.held[from as usize] -= u32::from(of_to >= of_from);
        self.held[to as usize] -= u32::from(of_from >= of_to);
        self.lower(live, vec![from, to]);
    }

    /// Lowers those of `open` that too few neighbours hold up, and whoever falls with them.
    fn lower(&mut self, live: &Live, mut open: Vec<u32>) {
        while let Some(at) = open.pop() {
            let core = self.core[at as usize];
            if self.held[at as usize] >= core {
                continue;
            }
            self.core[at as usize] -= 1;
            self.held[at as usize] = self.as_high(live, at);
            open.push(at);
            for near in live.near(at).filter(|near| self.core[*near as usize] == core) {
                self.held[near as usize] -= 1;
                open.push(near);
            }
        }
    }
}
