//! Who reaches whom, in compressed sparse rows.

use crate::accounts::Accounts;
use crate::{Error, Result};

/// Edges of one graph.
pub const EDGES_MAX: usize = 200_000_000;

/// Rows of neighbours: those of account `u` are `places[starts[u]..starts[u + 1]]`, sorted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    starts: Vec<u32>,
    places: Vec<u32>,
    /// Beside each neighbour the weight of the edge; empty when every edge weighs 1.
    weights: Vec<f32>,
}

impl Rows {
    /// How many accounts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of an account.
    #[must_use]
    pub fn of(&self, account: u32) -> &[u32] {
        &self.places[self.range(account)]
    }

    /// The weights of the edges of an account, in the order of `of`; empty when every edge weighs 1.
    #[must_use]
    pub fn weights_of(&self, account: u32) -> &[f32] {
        if self.weights.is_empty() { &[] } else { &self.weights[self.range(account)] }
    }

    /// The neighbours of an account and the weights of the edges.
    pub fn edges_of(&self, account: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.range(account).map(|at| (self.places[at], self.weights.get(at).copied().unwrap_or(1.0)))
    }

    /// How many neighbours an account has.
    #[must_use]
    pub fn degree(&self, account: u32) -> u32 {
        self.starts[account as usize + 1] - self.starts[account as usize]
    }

    /// Where the edges of an account lie among all.
    #[must_use]
    pub fn range(&self, account: u32) -> std::ops::Range<usize> {
        self.starts[account as usize] as usize..self.starts[account as usize + 1] as usize
    }

    /// Bytes that this takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        4 * (self.starts.capacity() + self.places.capacity() + self.weights.capacity())
    }

    /// Sorts pairs into rows by their first place. `len` is the number of accounts.
    fn of_edges(len: usize, edges: &[(u32, u32)], weights: &[f32]) -> Self {
        let mut starts = vec![0_u32; len + 1];
        for (from, _) in edges {
            starts[*from as usize + 1] += 1;
        }
        for at in 0..len {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![0; edges.len()];
        let mut sorted = vec![0.0; weights.len()];
        for (at, (from, to)) in edges.iter().enumerate() {
            let slot = next[*from as usize] as usize;
            next[*from as usize] += 1;
            places[slot] = *to;
            if let Some(weight) = weights.get(at) {
                sorted[slot] = *weight;
            }
        }
        Self { starts, places, weights: sorted }
    }

    /// Sorts each row and joins edges that stand there more than once; their weights add up. Gives how many went.
    fn join_repeated(&mut self) -> usize {
        let (mut write, mut begin) = (0, 0);
        let mut row: Vec<(u32, f32)> = Vec::new();
        for account in 0..self.len() {
            let end = self.starts[account + 1] as usize;
            if self.weights.is_empty() {
                self.places[begin..end].sort_unstable();
                let first = write;
                for at in begin..end {
                    if write == first || self.places[write - 1] != self.places[at] {
                        self.places[write] = self.places[at];
                        write += 1;
                    }
                }
            } else {
                row.clear();
                row.extend((begin..end).map(|at| (self.places[at], self.weights[at])));
                row.sort_by_key(|(place, _)| *place);
                row.dedup_by(|again, kept| {
                    let same = again.0 == kept.0;
                    kept.1 += if same { again.1 } else { 0.0 };
                    same
                });
                for (place, weight) in &row {
                    self.places[write] = *place;
                    self.weights[write] = *weight;
                    write += 1;
                }
            }
            begin = end;
            self.starts[account + 1] = write as u32;
        }
        let gone = self.places.len() - write;
        self.places.truncate(write);
        self.weights.truncate(write);
        if gone > 0 {
            self.places.shrink_to_fit();
            self.weights.shrink_to_fit();
        }
        gone
    }

    /// The same edges by their other end.
    fn turned(&self) -> Self {
        let len = self.len();
        let mut starts = vec![0_u32; len + 1];
        for to in &self.places {
            starts[*to as usize + 1] += 1;
        }
        for at in 0..len {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![0; self.places.len()];
        let mut weights = vec![0.0; self.weights.len()];
        for from in 0..len as u32 {
            for at in self.range(from) {
                let to = self.places[at] as usize;
                let slot = next[to] as usize;
                next[to] += 1;
                places[slot] = from;
                if let Some(weight) = self.weights.get(at) {
                    weights[slot] = *weight;
                }
            }
        }
        Self { starts, places, weights }
    }
}

/// What was left out when a graph was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Edges from an account to itself.
    pub loops: usize,
    /// Edges that stood there before; with weights, those add up.
    pub repeated: usize,
}

/// Accounts and edges: what `from` posts reaches `to`.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    accounts: Accounts,
    out: Rows,
    back: Rows,
    left_out: LeftOut,
}

impl Graph {
    /// Of pairs of places in `accounts`. `weights` is empty, or has a weight above 0 for each edge.
    ///
    /// # Errors
    /// `TooMany` edges, `Empty` when no edge joins two accounts.
    pub fn of_edges(accounts: Accounts, mut edges: Vec<(u32, u32)>, mut weights: Vec<f32>) -> Result<Self> {
        if edges.len() > EDGES_MAX {
            return Err(Error::TooMany { what: "edges", max: EDGES_MAX });
        }
        let all = edges.len();
        if !weights.is_empty() {
            let mut ends = edges.iter();
            weights.retain(|_| ends.next().is_some_and(|(from, to)| from != to));
        }
        edges.retain(|(from, to)| from != to);
        let loops = all - edges.len();
        if edges.is_empty() {
            return Err(Error::Empty("no edge joins two accounts"));
        }
        let mut out = Rows::of_edges(accounts.len(), &edges, &weights);
        drop((edges, weights));
        let repeated = out.join_repeated();
        let back = out.turned();
        Ok(Self { accounts, out, back, left_out: LeftOut { loops, repeated } })
    }

    /// Names and places.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// How many accounts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.out.places.len()
    }

    /// Whom an account reaches.
    #[must_use]
    pub fn out(&self) -> &Rows {
        &self.out
    }

    /// By whom an account is reached.
    #[must_use]
    pub fn back(&self) -> &Rows {
        &self.back
    }

    /// Whether edges have weights.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        !self.out.weights.is_empty()
    }

    /// What was left out when it was made.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    /// The places of names.
    ///
    /// # Errors
    /// `Unknown` when at least one stands in no edge; `list` says which list it is.
    pub fn places<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        list: &'static str,
    ) -> Result<Vec<u32>> {
        let (mut places, mut count, mut first) = (Vec::new(), 0, "");
        for name in names {
            match self.accounts.find(name) {
                Some(place) => places.push(place),
                None => {
                    first = if count == 0 { name } else { first };
                    count += 1;
                }
            }
        }
        if count > 0 {
            return Err(Error::Unknown { list, count, first: first.to_owned() });
        }
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }

    /// Bytes that this takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.accounts.bytes() + self.out.bytes() + self.back.bytes()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(crate) mod tests {
    use super::{Graph, LeftOut};
    use crate::Error;
    use crate::accounts::Accounts;

    /// A graph of accounts "0", "1", … as many as stand in the edges.
    pub(crate) fn graph(edges: &[(u32, u32)]) -> Graph {
        let mut accounts = Accounts::new();
        let len = edges.iter().map(|(from, to)| *from.max(to)).max().map_or(0, |last| last + 1);
        (0..len).for_each(|place| assert_eq!(accounts.place(&place.to_string()).unwrap(), place));
        Graph::of_edges(accounts, edges.to_vec(), Vec::new()).unwrap()
    }

    #[test]
    fn rows_hold_each_edge_once() {
        let graph = graph(&[(2, 0), (0, 1), (0, 2), (1, 1), (0, 1)]);
        assert_eq!(graph.left_out(), LeftOut { loops: 1, repeated: 1 });
        assert_eq!(graph.edge_count(), 3);
        assert_eq!(graph.out().of(0), [1, 2]);
        assert_eq!(graph.out().of(1), []);
        assert_eq!(graph.back().of(0), [2]);
        assert_eq!(graph.back().of(2), [0]);
    }

    #[test]
    fn weights_of_repeated_edges_add_up() {
        let mut accounts = Accounts::new();
        ["a", "b"]
            .iter()
            .enumerate()
            .for_each(|(at, name)| assert_eq!(accounts.place(name).unwrap(), at as u32));
        let edges = vec![(0, 1), (0, 0), (1, 0), (0, 1)];
        let graph = Graph::of_edges(accounts, edges, vec![1.0, 9.0, 2.0, 0.5]).unwrap();
        assert_eq!(graph.out().edges_of(0).collect::<Vec<_>>(), [(1, 1.5)]);
        assert_eq!(graph.back().edges_of(0).collect::<Vec<_>>(), [(1, 2.0)]);
        assert_eq!(graph.left_out(), LeftOut { loops: 1, repeated: 1 });
    }

    #[test]
    fn names_in_no_edge_are_said() {
        let graph = graph(&[(0, 1)]);
        assert_eq!(graph.places(["1", "0", "1"], "sources").unwrap(), [0, 1]);
        let error = graph.places(["0", "x", "y"], "sources").unwrap_err();
        assert_eq!(error.to_string(), "of the sources, 2 stand in no edge; the first is x");
        let nothing = Graph::of_edges(Accounts::new(), Vec::new(), Vec::new());
        assert!(matches!(nothing, Err(Error::Empty(_))));
    }
}
