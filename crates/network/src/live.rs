//! A graph that changes: edges come and go without everything being made again.
//!
//! The rows of a made graph stay as they are; an account whose row changed has one of its own beside them. Core numbers,
//! parts and PageRank follow each change where it has an effect. Rejected: rows with gaps (a third more memory for all,
//! for the few that change).

mod cores;
mod pagerank;
mod parts;

use std::collections::HashMap;

use crate::accounts::Accounts;
use crate::{Error, Graph, Result};

pub use cores::LiveCores;
pub use pagerank::LiveRanks;
pub use parts::LiveParts;

/// Rows that changed, by account.
type Changed = HashMap<u32, Vec<u32>>;

/// A graph without weights, and what changed since it was made.
#[derive(Debug, Clone)]
pub struct Live {
    made: Graph,
    out: Changed,
    back: Changed,
    /// Accounts that came since, behind those of `made`.
    accounts: Accounts,
    edges: usize,
}

impl Live {
    /// Of a made graph.
    ///
    /// # Errors
    /// `Plan` when its edges have weights, which do not change one by one.
    pub fn new(made: Graph) -> Result<Self> {
        if made.is_weighted() {
            return Err(Error::Plan("a graph with weights is made anew when it changes".to_owned()));
        }
        let edges = made.edge_count();
        Ok(Self { made, out: Changed::new(), back: Changed::new(), accounts: Accounts::new(), edges })
    }

    /// The place of a name, which is added when it is new.
    ///
    /// # Errors
    /// `TooMany` accounts.
    pub fn place(&mut self, name: &str) -> Result<u32> {
        match self.made.accounts().find(name) {
            Some(place) => Ok(place),
            None => Ok(self.made.len() as u32 + self.accounts.place(name)?),
        }
    }

    /// How many accounts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.made.len() + self.accounts.len()
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges
    }

    /// Whom an account reaches, sorted.
    #[must_use]
    pub fn out(&self, account: u32) -> &[u32] {
        match self.out.get(&account) {
            Some(row) => row,
            None if (account as usize) < self.made.len() => self.made.out().of(account),
            None => &[],
        }
    }

    /// By whom an account is reached, sorted.
    #[must_use]
    pub fn back(&self, account: u32) -> &[u32] {
        match self.back.get(&account) {
            Some(row) => row,
            None if (account as usize) < self.made.len() => self.made.back().of(account),
            None => &[],
        }
    }

    /// Neighbours in both directions; a pair that reaches each other twice.
    fn near(&self, account: u32) -> impl Iterator<Item = u32> + '_ {
        self.out(account).iter().chain(self.back(account)).copied()
    }

    /// Adds an edge between two places; false when it is there, or leads to where it begins.
    pub fn add(&mut self, from: u32, to: u32) -> bool {
        let known = (from as usize) < self.len() && (to as usize) < self.len();
        if !known || from == to || self.out(from).binary_search(&to).is_ok() {
            return false;
        }
        self.change(from, to, true);
        true
    }

    /// Removes an edge; false when it is not there.
    pub fn remove(&mut self, from: u32, to: u32) -> bool {
        if self.out(from).binary_search(&to).is_err() {
            return false;
        }
        self.change(from, to, false);
        true
    }

    fn change(&mut self, from: u32, to: u32, add: bool) {
        for (changed, made, account, other) in
            [(&mut self.out, self.made.out(), from, to), (&mut self.back, self.made.back(), to, from)]
        {
            let made = if (account as usize) < made.len() { made.of(account) } else { &[] };
            let row = changed.entry(account).or_insert_with(|| made.to_vec());
            match (row.binary_search(&other), add) {
                (Err(at), true) => row.insert(at, other),
                (Ok(at), false) => drop(row.remove(at)),
                (Ok(_), true) | (Err(_), false) => {}
            }
        }
        self.edges = if add { self.edges + 1 } else { self.edges - 1 };
    }

    /// Makes a graph of it as it stands.
    ///
    /// # Errors
    /// `Empty` when no edge is left; `TooMany`.
    pub fn made_anew(&self) -> Result<Graph> {
        let mut accounts = Accounts::new();
        for place in 0..self.len() as u32 {
            let made = self.made.len() as u32;
            let name = if place < made {
                self.made.accounts().name(place)
            } else {
                self.accounts.name(place - made)
            };
            accounts.place(name)?;
        }
        let edges = (0..self.len() as u32).flat_map(|from| self.out(from).iter().map(move |to| (from, *to)));
        Graph::of_edges(accounts, edges.collect(), Vec::new())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Live, LiveCores, LiveParts, LiveRanks};
    use crate::rank::{cores, pagerank, weak};
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        /// After every change, what was brought up to date is what is reckoned from nothing.
        #[test]
        fn what_follows_is_what_is_made_anew(
            graph in graphs(14, 40),
            changes in proptest::collection::vec((0_u32..16, 0_u32..16), 1..30),
        ) {
            let mut live = Live::new(graph).unwrap();
            let new = [live.place("new").unwrap(), live.place("newer").unwrap()];
            prop_assert_eq!(new, [live.len() as u32 - 2, live.len() as u32 - 1]);
            let (mut core, mut part) = (LiveCores::new(&live), LiveParts::new(&live));
            let mut ranks = LiveRanks::new(&live, 1e-12);
            for (from, to) in changes {
                let (from, to) = (from % live.len() as u32, to % live.len() as u32);
                let before = live.out(from).to_vec();
                if live.out(from).contains(&to) {
                    prop_assert!(live.remove(from, to) && !live.remove(from, to));
                    core.removed(&live, from, to);
                    part.removed(&live, from, to);
                } else if live.add(from, to) {
                    prop_assert!(!live.add(from, to));
                    core.added(&live, from, to);
                    part.added(&live, from, to);
                }
                ranks.changed(&live, from, &before);
                ranks.settle(&live);
                let Ok(anew) = live.made_anew() else { continue };
                prop_assert_eq!(anew.edge_count(), live.edge_count());
                prop_assert_eq!(core.cores(), &cores(&anew)[..]);
                let parts = weak(&anew);
                for a in 0..anew.len() {
                    prop_assert_eq!(anew.back().of(a as u32), live.back(a as u32));
                    for b in 0..a {
                        prop_assert_eq!(parts.part[a] == parts.part[b], part.part(a as u32) == part.part(b as u32));
                    }
                }
                let slow = pagerank(&anew, false, &[], 1e-13).ranks;
                for (a, b) in ranks.ranks().iter().zip(&slow) {
                    prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        let mut live = Live::new(crate::graph::tests::graph(&[(0, 1)])).unwrap();
        assert!(!live.remove(1, 0) && !live.add(0, 0) && !live.add(0, 9) && !live.remove(9, 0));
        assert_eq!((live.edge_count(), live.len()), (1, 2));
    }
}
