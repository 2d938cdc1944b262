//! Why an account is in the plan, for a person.

use super::{Named, is_hidden};
use crate::network::{Estimate, Network};
use domain::access::Actor;
use network::plan::Why;
use serde::Serialize;

/// Why an account is in the plan: what it holds with nobody else away, by worlds that served nothing else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Because {
    /// Share of all that are reached which is reached only through it, 0 to 1.
    pub alone: Estimate,
    /// Main ways on which content comes to it, most common first.
    pub ways: Vec<Way>,
    /// Communities that lose at least half of what is reached of them.
    pub cut_off: Vec<CutOff>,
    /// Who would take its place with least loss, and how many accounts more would be reached then.
    pub instead: Option<(Named, f64)>,
}

/// A way from where content began.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// From there to the account.
    pub accounts: Vec<Named>,
    /// In what part of the courses that come there this is a shortest way.
    pub part: f64,
}

/// A community that is cut off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CutOff {
    /// Its most followed account.
    pub of: Named,
    /// How many accounts it has.
    pub accounts: usize,
    /// What part of its accounts that are reached is not reached without the account.
    pub part: f64,
}

impl Because {
    /// With names.
    pub(super) fn of(why: Why, name: &dyn Fn(u32) -> Named) -> Self {
        let way = |way: network::plan::Way| Way {
            accounts: way.accounts.into_iter().map(name).collect(),
            part: way.part,
        };
        let cut =
            |cut: network::plan::Cut| CutOff { of: name(cut.named), accounts: cut.accounts, part: cut.part };
        Self {
            alone: why.alone.into(),
            ways: why.ways.into_iter().map(way).collect(),
            cut_off: why.cut_off.into_iter().map(cut).collect(),
            instead: why.substitute.map(|(place, more)| (name(place), more)),
        }
    }
}

/// Why an account is in the plan, without what names an account that is kept by others.
pub(super) fn why(network: &Network, actor: &Actor, place: u32) -> Option<Why> {
    let at = network.figures.plan.iter().position(|planned| *planned == place)?;
    let mut why = network.figures.whys.get(at)?.clone();
    let hidden = |place: u32| is_hidden(network, actor, place);
    why.ways.retain(|way| !way.accounts.iter().any(|place| hidden(*place)));
    why.cut_off.retain(|cut| !hidden(cut.named));
    why.substitute = why.substitute.filter(|(place, _)| !hidden(*place));
    Some(why)
}

/// Whoever is named in it.
pub(super) fn told_in(why: &Why) -> impl Iterator<Item = u32> {
    let ways = why.ways.iter().flat_map(|way| way.accounts.iter().copied());
    ways.chain(why.cut_off.iter().map(|cut| cut.named)).chain(why.substitute.map(|(place, _)| place))
}
