//! Same actor elsewhere: how likely two accounts on different services have the same actor.
//!
//! **Evidence.** Each kind is measured by how few others have as much of it, so what is common says little: names by how
//! many accounts are called as alike; links by how many link there; shared objects by who else shares them; the time
//! between two posts of one object by how close others post it; hours by what everybody's hours are.
//!
//! **Probability.** The measures are weighted and summed on the scale of log odds, as in record linkage (Fellegi and
//! Sunter, "A theory for record linkage", 1969, with values weighed by their frequency: Winkler, "Frequency-based
//! matching in Fellegi-Sunter model of record linkage", 2000). The kinds depend on each other (whoever copies a name also
//! copies content, but later), so products of two measures have weights too, by logistic regression. The sum becomes a probability by a curve that only rises (Zadrozny and Elkan,
//! "Transforming classifier scores into accurate multiclass probability estimates", 2002). Weights and curve come
//! from made worlds (`bench/network/actors.py fit`); docs/benchmarks.md shows how they hold in others.
//!
//! **Candidates.** Two accounts are compared when their names share a rare run of three letters and are alike, when one
//! links to the other, or when both shared an object that few share. All others are taken for strangers.
//!
//! A probability holds as far as the world is like the made ones. It is a lead to look at, and never a ground.

mod acts;
mod hours;
mod links;
mod model;
mod names;
mod read;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod trials;
mod weights;

pub use model::{GROUPS, Group, MEASURES, measures};
pub use read::{ROWS_MAX, Table, accounts, links, uploads};

use crate::cells::Act;
use acts::Posts;
use links::Linked;
use names::Called;

/// Services are numbered from 0; two accounts of one service are never compared.
pub type Service = u32;

/// An account as its service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Where it is.
    pub service: Service,
    /// Its handle and the names that it shows; letters and digits count, in any case.
    pub names: Vec<String>,
}

/// Where a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a post.
    Post,
    /// In what the account says about itself.
    Bio,
}

/// `from` links to `to`: places in the list of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Who.
    pub from: u32,
    /// To whom.
    pub to: u32,
    /// Where.
    pub place: Place,
}

/// What is known of all accounts. Links and acts with a place beyond the accounts are passed over.
#[derive(Clone, Copy, Debug)]
pub struct Traces<'a> {
    /// The accounts; a place is an index into them.
    pub accounts: &'a [Account],
    /// Who links to whom.
    pub links: &'a [Link],
    /// Who shared what, and when.
    pub acts: &'a [Act],
}

/// How alike two accounts are called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamesAlike {
    /// Weight of the shared runs of three letters over that of all, 0 to 1: rare ones weigh more.
    pub similarity: f64,
    /// 1 less the letters that must change over the length of the longer, 0 to 1.
    pub edit: f64,
    /// Weight of the shared runs, in nats.
    pub information: f64,
    /// Accounts called as alike to one of both as the other is, with it; of both, the greater number.
    pub close: u32,
}

/// Links between two accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinksBetween {
    /// From the first to the second.
    pub there: Option<Place>,
    /// From the second to the first.
    pub back: Option<Place>,
    /// How many other accounts link to each.
    pub known: (u32, u32),
}

/// What both shared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SharedObjects {
    /// How many objects.
    pub objects: u32,
    /// Of how many of each account.
    pub of: (u32, u32),
    /// How many of them each posted before the other.
    pub first: (u32, u32),
    /// How many of them nobody else shares.
    pub alone: u32,
    /// Minus the logarithms of the chances that a busy stranger shares each: nats, 0 or more.
    pub information: f64,
    /// Accounts that share as much with one of both, with the other; of both, the greater number; 0 when nothing is shared.
    pub close: u32,
    /// Log odds from the times between both posts, against what is usual among those who share the same; 0: says nothing.
    pub lag: f64,
    /// The middle one of these times, in milliseconds.
    pub lag_median_ms: u64,
}

/// All that speaks for or against the same actor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// None when they are not called alike.
    pub names: Option<NamesAlike>,
    /// Links between them.
    pub links: LinksBetween,
    /// What both shared.
    pub shared: SharedObjects,
    /// Log odds from the hours at which they post, against everybody's hours; 0: says nothing.
    pub hours: f64,
}

/// Two accounts that may have the same actor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The lower place.
    pub a: u32,
    /// The higher place.
    pub b: u32,
    /// 0 to 1.
    pub probability: f64,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Pair {
    /// What each kind of evidence adds to the log odds, in the order of [`GROUPS`]: above 0 it speaks for the same actor.
    #[must_use]
    pub fn contributions(&self, accounts: usize) -> [f64; GROUPS.len()] {
        model::contributions(&measures(&self.evidence, accounts))
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The likeliest first.
    pub pairs: Vec<Pair>,
    /// Pairs that were compared.
    pub compared: usize,
}

/// From this probability on a pair is a lead, chosen on the development seeds: 19 of 20 leads are then true.
pub const LEAD_FROM: f64 = 0.8;

/// Pairs with at least this probability (0 to 1), the likeliest first.
#[must_use]
pub fn find(traces: &Traces<'_>, least: f64) -> Found {
    let called = Called::new(traces.accounts);
    let linked = Linked::new(traces.accounts.len(), traces.links);
    let posts = Posts::new(traces.accounts.len(), traces.acts);
    let apart = |a: u32, b: u32| traces.accounts[a as usize].service != traces.accounts[b as usize].service;
    let mut candidates: Vec<(u32, u32)> = called
        .candidates()
        .chain(linked.candidates())
        .chain(posts.candidates())
        .filter(|(a, b)| apart(*a, *b))
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut shared: Vec<SharedObjects> = candidates.iter().map(|(a, b)| posts.shared(*a, *b)).collect();
    acts::rank(&candidates, &mut shared, traces.accounts.len());
    let mut pairs = Vec::new();
    for (&(a, b), shared) in candidates.iter().zip(shared) {
        let evidence = Evidence {
            names: called.alike(a, b),
            links: linked.between(a, b),
            shared,
            hours: posts.hours(a, b),
        };
        let probability = model::probability(&measures(&evidence, traces.accounts.len()));
        if probability >= least {
            pairs.push(Pair { a, b, probability, evidence });
        }
    }
    pairs.sort_by(|x, y| y.probability.total_cmp(&x.probability).then((x.a, x.b).cmp(&(y.a, y.b))));
    Found { pairs, compared: candidates.len() }
}
