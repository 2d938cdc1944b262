//! Links: who links to whom, and how many others do.

use super::{Link, LinksBetween, Place};

/// Links of all accounts.
pub(super) struct Linked {
    /// From, to and the best place, ascending; no account links to itself.
    links: Vec<(u32, u32, Place)>,
    /// How many accounts link to each.
    by: Vec<u32>,
}

impl Linked {
    pub(super) fn new(accounts: usize, links: &[Link]) -> Self {
        let known = |link: &&Link| {
            link.from != link.to && (link.from as usize) < accounts && (link.to as usize) < accounts
        };
        let mut sorted: Vec<_> =
            links.iter().filter(known).map(|link| (link.from, link.to, link.place)).collect();
        // A bio stands before a post and is what is kept.
        sorted.sort_unstable_by(|x, y| (x.0, x.1, y.2).cmp(&(y.0, y.1, x.2)));
        sorted.dedup_by_key(|(from, to, _)| (*from, *to));
        let mut by = vec![0; accounts];
        sorted.iter().for_each(|(_, to, _)| by[*to as usize] += 1);
        Self { links: sorted, by }
    }

    /// Linked pairs; those that link each other come twice.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.links.iter().map(|(from, to, _)| (*from.min(to), *from.max(to)))
    }

    /// Links between two accounts.
    pub(super) fn between(&self, a: u32, b: u32) -> LinksBetween {
        let find = |from: u32, to: u32| {
            let found = self.links.binary_search_by_key(&(from, to), |(from, to, _)| (*from, *to)).ok()?;
            Some(self.links[found].2)
        };
        let (there, back) = (find(a, b), find(b, a));
        let known = |of: u32, linked: Option<Place>| self.by[of as usize] - u32::from(linked.is_some());
        LinksBetween { there, back, known: (known(a, back), known(b, there)) }
    }
}
