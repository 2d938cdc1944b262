//! The same by definition: all pairs, sets and sums, for few accounts.

use super::acts::SHARERS_MAX;
use super::names::{OWNERS_MAX, SIMILARITY_MIN, letters, runs};
use super::{Link, LinksBetween, SharedObjects, Traces};
use std::collections::{BTreeMap, BTreeSet};

/// What the fast way must find of one pair.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expected {
    pub(super) alike: Option<(f64, f64, usize)>,
    pub(super) links: LinksBetween,
    pub(super) shared: SharedObjects,
}

type Runs = BTreeSet<[char; 3]>;

struct Names {
    of: Vec<Vec<(Vec<char>, Runs)>>,
    owners: BTreeMap<[char; 3], usize>,
    all: usize,
}

impl Names {
    fn new(traces: &Traces<'_>) -> Self {
        let own = |names: &Vec<String>| {
            let different: BTreeSet<Vec<char>> =
                names.iter().map(|name| letters(name)).filter(|letters| !letters.is_empty()).collect();
            different
                .into_iter()
                .map(|letters| (letters.clone(), runs(&letters).into_iter().collect()))
                .collect()
        };
        let of: Vec<Vec<(Vec<char>, Runs)>> =
            traces.accounts.iter().map(|account| own(&account.names)).collect();
        let mut owners = BTreeMap::new();
        for run in of.iter().flatten().flat_map(|(_, runs)| runs) {
            *owners.entry(*run).or_insert(0) += 1;
        }
        Self { all: of.iter().map(Vec::len).sum(), of, owners }
    }

    fn weight<'a>(&self, runs: impl IntoIterator<Item = &'a [char; 3]>) -> f64 {
        runs.into_iter().map(|run| ((self.all + 1) as f64 / self.owners[run] as f64).ln()).sum()
    }

    /// The greatest similarity, of all names or of those that share a rare run.
    fn similarity(&self, a: usize, b: usize, rare: bool) -> f64 {
        let mut most = 0.0_f64;
        for (_, x) in &self.of[a] {
            for (_, y) in &self.of[b] {
                let both: Runs = x.intersection(y).copied().collect();
                if !rare || both.iter().any(|run| self.owners[run] <= OWNERS_MAX) {
                    most = most.max(self.weight(&both) / self.weight(x.union(y)));
                }
            }
        }
        most
    }

    fn near(&self, a: usize, b: usize) -> Option<f64> {
        Some(self.similarity(a, b, true)).filter(|similarity| *similarity >= SIMILARITY_MIN)
    }

    /// How many accounts are called as alike to `a` as `b` is.
    fn close(&self, a: usize, b: usize) -> Option<usize> {
        let own = self.near(a, b)?;
        let others = (0..self.of.len()).filter(|other| *other != a);
        Some(others.filter(|other| self.near(a, *other).is_some_and(|near| near >= own - 1e-9)).count())
    }
}

fn links(links: &[Link], a: u32, b: u32) -> LinksBetween {
    let best = |from: u32, to: u32| {
        links.iter().filter(|link| (link.from, link.to) == (from, to)).map(|link| link.place).max()
    };
    let known = |of: u32, but: u32| {
        let by: BTreeSet<u32> = links.iter().filter(|link| link.to == of).map(|link| link.from).collect();
        by.iter().filter(|from| **from != of && **from != but).count() as u32
    };
    LinksBetween { there: best(a, b), back: best(b, a), known: (known(a, b), known(b, a)) }
}

/// Of each object who shared it, with the first time.
fn objects(traces: &Traces<'_>) -> BTreeMap<u32, BTreeMap<u32, u64>> {
    let mut objects: BTreeMap<u32, BTreeMap<u32, u64>> = BTreeMap::new();
    for act in traces.acts {
        let first = objects.entry(act.object).or_default().entry(act.account).or_insert(act.at_ms);
        *first = act.at_ms.min(*first);
    }
    objects
}

fn shared(objects: &BTreeMap<u32, BTreeMap<u32, u64>>, a: u32, b: u32) -> SharedObjects {
    let of = |account: u32| objects.values().filter(|sharers| sharers.contains_key(&account)).count() as u32;
    let all: usize = objects.values().map(BTreeMap::len).sum();
    let active: BTreeSet<u32> = objects.values().flat_map(BTreeMap::keys).copied().collect();
    let mut shared = SharedObjects { of: (of(a), of(b)), ..SharedObjects::default() };
    let busy = f64::from(shared.of.0.max(shared.of.1));
    for sharers in objects.values() {
        let (Some(first), Some(second)) = (sharers.get(&a), sharers.get(&b)) else { continue };
        shared.objects += 1;
        shared.alone += u32::from(sharers.len() == 2);
        shared.first.0 += u32::from(first < second);
        shared.first.1 += u32::from(second < first);
        let by_pace = 1.0 - (-busy * sharers.len() as f64 / all as f64).exp();
        shared.information -= by_pace.max(sharers.len() as f64 / active.len() as f64).ln();
    }
    shared
}

/// All pairs that are to be compared. `close` of what is shared and the times are not reckoned here.
pub(super) fn expected(traces: &Traces<'_>) -> BTreeMap<(u32, u32), Expected> {
    let (names, objects) = (Names::new(traces), objects(traces));
    let mut found = BTreeMap::new();
    for a in 0..traces.accounts.len() as u32 {
        for b in a + 1..traces.accounts.len() as u32 {
            if traces.accounts[a as usize].service == traces.accounts[b as usize].service {
                continue;
            }
            let (x, y) = (a as usize, b as usize);
            let links = links(traces.links, a, b);
            let few = |sharers: &BTreeMap<u32, u64>| sharers.len() <= SHARERS_MAX;
            let both = |sharers: &BTreeMap<u32, u64>| sharers.contains_key(&a) && sharers.contains_key(&b);
            if names.near(x, y).is_none()
                && links.there.is_none()
                && links.back.is_none()
                && !objects.values().any(|sharers| few(sharers) && both(sharers))
            {
                continue;
            }
            let similarity = names.similarity(x, y, false);
            let close = names.close(x, y).zip(names.close(y, x)).map_or(OWNERS_MAX, |(x, y)| x.max(y));
            let information = || {
                let both = names.of[x].iter().flat_map(|(_, x)| names.of[y].iter().map(move |(_, y)| (x, y)));
                both.map(|(x, y)| names.weight(x.intersection(y))).fold(0.0, f64::max)
            };
            let alike = (similarity >= SIMILARITY_MIN).then(|| (similarity, information(), close));
            found.insert((a, b), Expected { alike, links, shared: shared(&objects, a, b) });
        }
    }
    found
}
