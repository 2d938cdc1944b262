//! PageRank, while edges come and go.

use super::Live;
use std::collections::VecDeque;

use crate::rank::DAMPING;

/// PageRank along the edges, as of `rank::pagerank` without `turned`.
///
/// Kept is the solution of x = (1 − d)/n + d·Aᵀx, of which ranks are the parts (what accounts without edges give to all
/// changes only the whole), and for each account what is still to be handed on. A change makes some of that, which is
/// handed on until each has little left (Ohsaka, Maehara and Kawarabayashi 2015).
#[derive(Debug, Clone)]
pub struct LiveRanks {
    held: Vec<f64>,
    rest: Vec<f64>,
    /// Accounts with more than `least` to hand on.
    waiting: VecDeque<u32>,
    waits: Vec<bool>,
    least: f64,
}

impl LiveRanks {
    /// From nothing. `still` is how much of the whole may be left to hand on.
    #[must_use]
    pub fn new(live: &Live, still: f64) -> Self {
        let (len, count) = (live.len(), live.len().max(1) as f64);
        let mut ranks = Self {
            held: vec![0.0; len],
            rest: vec![(1.0 - DAMPING) / count; len],
            waiting: (0..len as u32).collect(),
            waits: vec![true; len],
            least: still / count,
        };
        ranks.settle(live);
        ranks
    }

    /// By place, parts of 1.
    #[must_use]
    pub fn ranks(&self) -> Vec<f64> {
        let whole: f64 = self.held.iter().sum();
        self.held.iter().map(|held| held / whole).collect()
    }

    /// The row of an account is another than `before`. Several may change before `settle` is called.
    pub fn changed(&mut self, live: &Live, account: u32, before: &[u32]) {
        let now = live.out(account);
        let give = DAMPING * self.held[account as usize];
        before.iter().for_each(|to| self.hand(*to, -give / before.len() as f64));
        now.iter().for_each(|to| self.hand(*to, give / now.len() as f64));
    }

    fn hand(&mut self, to: u32, more: f64) {
        let rest = &mut self.rest[to as usize];
        *rest += more;
        if rest.abs() > self.least && !std::mem::replace(&mut self.waits[to as usize], true) {
            self.waiting.push_back(to);
        }
    }

    /// Hands on until little is left. Gives how many edges it went over.
    pub fn settle(&mut self, live: &Live) -> usize {
        let mut edges = 0;
        while let Some(at) = self.waiting.pop_front() {
            self.waits[at as usize] = false;
            let rest = self.rest[at as usize];
            // What came in the meantime may have taken it away again.
            if rest.abs() <= self.least {
                continue;
            }
            self.rest[at as usize] = 0.0;
            self.held[at as usize] += rest;
            let row = live.out(at);
            edges += row.len();
            row.iter().for_each(|to| self.hand(*to, DAMPING * rest / row.len() as f64));
        }
        edges
    }
}
