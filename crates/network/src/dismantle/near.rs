//! Who hangs together with whom, whichever way the edge points, and parts that grow.

use crate::Graph;

/// Each neighbour once.
#[derive(Debug)]
pub(super) struct Near {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Near {
    pub(super) fn new(graph: &Graph) -> Self {
        let mut near = Self { starts: vec![0], places: Vec::with_capacity(2 * graph.edge_count()) };
        for account in 0..graph.len() as u32 {
            // Both rows are sorted: joined as they are.
            let (mut out, mut back) = (graph.out().of(account), graph.back().of(account));
            loop {
                let next = match (out.first(), back.first()) {
                    (Some(a), Some(b)) => *a.min(b),
                    (Some(one), None) | (None, Some(one)) => *one,
                    (None, None) => break,
                };
                out = out.strip_prefix(&[next]).unwrap_or(out);
                back = back.strip_prefix(&[next]).unwrap_or(back);
                near.places.push(next);
            }
            near.starts.push(near.places.len() as u32);
        }
        near
    }

    /// Neighbours in other communities.
    pub(super) fn across(&self, communities: &[u32]) -> Self {
        let mut across = Self { starts: vec![0], places: Vec::new() };
        for (account, own) in (0..).zip(communities) {
            across
                .places
                .extend(self.of(account).iter().filter(|other| communities[**other as usize] != *own));
            across.starts.push(across.places.len() as u32);
        }
        across
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many neighbours all have together.
    pub(super) fn ends(&self) -> usize {
        self.places.len()
    }

    pub(super) fn of(&self, account: u32) -> &[u32] {
        &self.places[self.starts[account as usize] as usize..self.starts[account as usize + 1] as usize]
    }
}

/// Parts that hang together while accounts come back: sets that are joined, the smaller to the larger.
#[derive(Debug)]
pub(super) struct Parts {
    above: Vec<u32>,
    size: Vec<u32>,
    there: Vec<bool>,
}

impl Parts {
    /// Nobody is there yet.
    pub(super) fn new(len: usize) -> Self {
        Self { above: (0..len as u32).collect(), size: vec![1; len], there: vec![false; len] }
    }

    /// The part of an account that is there.
    pub(super) fn root(&mut self, mut at: u32) -> u32 {
        while self.above[at as usize] != at {
            let next = self.above[self.above[at as usize] as usize];
            self.above[at as usize] = next;
            at = next;
        }
        at
    }

    pub(super) fn size(&self, root: u32) -> u32 {
        self.size[root as usize]
    }

    pub(super) fn is_there(&self, account: u32) -> bool {
        self.there[account as usize]
    }

    /// Puts an account back; how large its part is then.
    pub(super) fn put_back(&mut self, near: &Near, account: u32) -> u32 {
        self.there[account as usize] = true;
        let mut own = account;
        for other in near.of(account) {
            if !self.is_there(*other) {
                continue;
            }
            let other = self.root(*other);
            if other == own {
                continue;
            }
            let (low, high) =
                if self.size[other as usize] < self.size[own as usize] { (other, own) } else { (own, other) };
            self.above[low as usize] = high;
            self.size[high as usize] += self.size[low as usize];
            own = high;
        }
        self.size[own as usize]
    }
}
