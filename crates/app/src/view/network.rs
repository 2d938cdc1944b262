//! The network of a space, for a person: ranks, plan, one neighbourhood, and what was sealed.
//!
//! What is kept for an investigation is seen by who keeps it and the coordinator of that agency (D34). For others such an
//! account stands in no rank, and the ranks close over it; the plan has the same number of places for everybody. When
//! others see that, and what they see where too few accounts are left: `crate::network`.

mod because;

use crate::network::effect::{Effect, Measured};
use crate::network::fit::Fit;
use crate::network::queue::{self, Put};
use crate::network::{Choice, Estimate, Kept, Network, Point, Standing};
use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::event::{Event, Noun};
use domain::id::{AgencyId, EventId, SubjectId};
use domain::subject::SubjectKind;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use because::{Because, CutOff, Way};

/// Ranks shown.
pub const RANKS_SHOWN: usize = 50;
/// Accounts of a neighbourhood, its own among them.
pub const AROUND_MAX: usize = 500;
/// Sealed plans shown, newest first.
const SEALED_SHOWN: usize = 20;
/// Whole numbers of an event for one account.
const PER_ACCOUNT: f64 = 1000.0;
const HOUR_SECONDS: i64 = 3600;

/// An account as it is named to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its handle; empty when it was erased.
    pub name: String,
    /// Its host.
    pub service: String,
    /// `account` or `channel`.
    pub kind: &'static str,
}

impl Named {
    /// A subject with its handle, when there still is one.
    pub(crate) fn of(subject: store::subject::Subject) -> Self {
        let address = subject.address.unwrap_or_default();
        let name = address.split_once('/').map_or(address.as_str(), |(_, handle)| handle).to_owned();
        Self { id: subject.id.to_string(), name, service: subject.service, kind: subject.kind.word() }
    }
}

/// An account with its rank, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Who.
    pub account: Named,
    /// Its rank, from 1.
    pub rank: u32,
    /// Best rank of the 90 % interval.
    pub rank_low: u32,
    /// Worst rank of it.
    pub rank_high: u32,
    /// Accounts that are reached only through it, itself with them: mean.
    pub score: f64,
    /// The same as a share of all that are reached, 0 to 1.
    pub share: f64,
    /// Accounts that it reaches directly.
    pub direct: u32,
    /// Posts of assessed content.
    pub posts: u32,
    /// In how many of 100 draws it is among the first 50.
    pub in_first: u32,
    /// Its place in the plan, from 1.
    pub planned: Option<usize>,
    /// It is kept for an investigation, and what that costs: only for who may see it.
    pub kept: Option<Price>,
}

/// What keeping an account costs: how many more accounts are reached, when it was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Price {
    /// Accounts.
    pub accounts: Option<Estimate>,
}

/// An account of a neighbourhood. Its number in the drawing is its place in the list, from 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Near {
    /// Who.
    pub account: Named,
    /// Its place in the plan, from 1.
    pub planned: Option<usize>,
    /// Content began there.
    pub source: bool,
}

/// One account and its neighbours: the account comes first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Around {
    /// Accounts shown.
    pub accounts: Vec<Near>,
    /// Links between them, by their places in `accounts`.
    pub links: Vec<(usize, usize)>,
    /// How many neighbours there are in all.
    pub neighbours: usize,
    /// Why it is in the plan; nothing when it is not.
    pub because: Option<Because>,
}

/// A plan that was sealed, as its event says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sealed {
    /// Its event.
    pub id: EventId,
    /// Its ranks have ended: it is put in no queue any more.
    pub ended: bool,
    /// What became of its accounts when it was put in the queue last.
    pub queued: Option<Put>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What its network was made of.
    pub choice: Choice,
    /// Accounts in it.
    pub accounts: usize,
    /// Accounts reached before.
    pub before: f64,
    /// Accounts reached after it.
    pub after: Estimate,
    /// What was said of the share of a content's reach that ends; not in plans that were sealed before it was.
    pub predicted: Option<Predicted>,
    /// What became of it, once an account of it was referred.
    pub look: Option<Look>,
}

/// The share of a content's reach that a plan ends, as it was predicted: the middle 90 %. At most 1; below 0 where by
/// chance more is reached with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Predicted {
    /// By the model.
    pub plain: (f64, f64),
    /// With what the model leaves out.
    pub wide: (f64, f64),
    /// Whether the model fitted on that day; nothing where there were too few contents to say.
    pub fits: Option<bool>,
}

impl Predicted {
    /// The band that is claimed: the wide one unless the model fitted.
    #[must_use]
    pub fn band(&self) -> (f64, f64) {
        if self.fits == Some(true) { self.plain } else { self.wide }
    }
}

/// What became of a sealed plan.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Look {
    /// Accounts that were referred, and those about which a provider gave a final answer.
    pub referred: (usize, usize),
    /// Not before this time, while it is too early.
    pub from: Option<Timestamp>,
    /// Contents before and after and look-alike accounts, where that is too little.
    pub little: Option<(usize, usize, usize)>,
    /// What was measured.
    pub measured: Option<Measured>,
}

impl From<&crate::network::Look> for Look {
    fn from(found: &crate::network::Look) -> Self {
        let mut look = Self { referred: found.referred, from: None, little: None, measured: None };
        match found.effect {
            Effect::NoAnswer => {}
            Effect::TooEarly { from } => look.from = Timestamp::from_second(from * HOUR_SECONDS).ok(),
            Effect::TooLittle { contents, alike } => look.little = Some((contents.0, contents.1, alike)),
            Effect::Measured(measured) => look.measured = Some(measured),
        }
        look
    }
}

/// A network, open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Open {
    /// When it was made.
    pub made_at: Timestamp,
    /// When its ranks end.
    pub ends_at: Timestamp,
    /// First and last post.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Items that people assessed as terrorist content.
    pub items: u64,
    /// There is more of them than this network is made of.
    pub cut: bool,
    /// Accounts and channels.
    pub accounts: usize,
    /// Links between them.
    pub links: usize,
    /// Accounts where content began.
    pub sources: usize,
    /// Accounts reached while nothing is done: mean.
    pub before: f64,
    /// How the plan came about: a word of the kernel's.
    pub method: &'static str,
    /// For plans of 0, 1, 2 … accounts.
    pub curve: Vec<Point>,
    /// The first ranks.
    pub rows: Vec<Row>,
    /// The longest plan, best first.
    pub plan: Vec<Named>,
    /// The neighbourhood that was asked for.
    pub around: Option<Around>,
    /// Plans that were sealed, newest first.
    pub sealed: Vec<Sealed>,
    /// How well recent contents agree with the model.
    pub fit: Fit,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// It is being made.
    Computing,
    /// Nothing that people assessed, and that was chosen, reached a second account.
    Empty,
    /// What was chosen of a large network ranks too few accounts.
    Few,
    /// It could not be made; it is tried again.
    Failed,
    /// Here it is.
    Ready(Box<Open>),
}

/// The network of a space for a person, made of what is chosen; reading it is logged. `around` is the account whose
/// neighbourhood is wanted.
pub async fn open(
    house: &Arc<House>,
    actor: &Actor,
    space: AgencyId,
    choice: Choice,
    around: Option<SubjectId>,
) -> Result<Shown> {
    actor.need(Right::ReadNetwork)?;
    load::space(actor, Some(space))?;
    load::note_read(house, actor, Noun::Plan, space.0).await?;
    let network = match crate::network::standing(house, actor, space, choice).await? {
        Standing::Ready(network) => network,
        Standing::Computing => return Ok(Shown::Computing),
        Standing::Empty => return Ok(Shown::Empty),
        Standing::Few => return Ok(Shown::Few),
        Standing::Failed => return Ok(Shown::Failed),
    };
    let near = around.and_then(|id| network.place(id)).filter(|place| !is_hidden(&network, actor, *place));
    let near = near.map(|place| neighbours(&network, actor, place));
    let wanted = network.figures.ranks.iter().map(|ranked| ranked.place);
    let wanted =
        wanted.take(RANKS_SHOWN + network.spread.kept.len()).chain(network.figures.plan.iter().copied());
    let why = near.as_ref().and_then(|(shown, _)| because::why(&network, actor, *shown.first()?));
    let near_places = near.iter().flat_map(|(shown, _)| shown.iter().copied());
    let of_why = why.iter().flat_map(because::told_in);
    let names = names(house, &network, wanted.chain(near_places).chain(of_why).collect()).await?;
    let name = |place: u32| names.get(&place).cloned().unwrap_or_else(|| unnamed(&network, place));
    let figures = &network.figures;
    let planned: HashMap<u32, usize> = figures.plan.iter().copied().zip(1..).collect();
    Ok(Shown::Ready(Box::new(Open {
        made_at: network.made_at,
        ends_at: network.ends_at(),
        span: network.spread.span,
        items: network.spread.items,
        cut: network.spread.cut,
        accounts: network.graph.len(),
        links: network.graph.edge_count(),
        sources: network.spread.sources.len(),
        before: figures.before,
        method: figures.method,
        curve: figures.curve.clone(),
        rows: rows(&network, actor, &planned, &name),
        plan: figures.plan.iter().map(|place| name(*place)).collect(),
        around: near.map(|(shown, all)| Around {
            because: why.map(|why| Because::of(why, &name)),
            ..drawn(&network, &shown, all, &planned, &name)
        }),
        fit: network.told.fit,
        sealed: sealed(house, space, &network.told.looks).await?,
    })))
}

/// Whether an account is kept by somebody else: for this person it is not in the network (D34).
fn is_hidden(network: &Network, actor: &Actor, place: u32) -> bool {
    let mut kept = network.spread.kept.iter().filter(|kept| kept.place == place).peekable();
    kept.peek().is_some() && !kept.any(|kept| sees(actor, kept))
}

/// Whether this person may know that an account is kept (D34).
fn sees(actor: &Actor, kept: &Kept) -> bool {
    kept.of.agency == actor.agency && (kept.of.placed_by == actor.person || actor.may(Right::Hold))
}

fn rows(
    network: &Network,
    actor: &Actor,
    planned: &HashMap<u32, usize>,
    name: &dyn Fn(u32) -> Named,
) -> Vec<Row> {
    let figures = &network.figures;
    let mut hidden = 0;
    let mut rows = Vec::with_capacity(RANKS_SHOWN);
    for ranked in &figures.ranks {
        let held = network.spread.kept.iter().any(|kept| kept.place == ranked.place);
        if is_hidden(network, actor, ranked.place) {
            hidden += 1;
            continue;
        }
        let rank = ranked.rank - hidden;
        let price = figures.prices.iter().find(|(place, _)| *place == ranked.place).map(|(_, price)| *price);
        rows.push(Row {
            account: name(ranked.place),
            rank,
            rank_low: ranked.low.saturating_sub(hidden).clamp(1, rank),
            rank_high: ranked.high.saturating_sub(hidden).max(rank),
            score: ranked.through,
            share: if figures.before > 0.0 { ranked.through / figures.before } else { 0.0 },
            direct: network.graph.out().degree(ranked.place),
            posts: network.spread.accounts[ranked.place as usize].posts,
            in_first: ranked.in_first,
            planned: planned.get(&ranked.place).copied(),
            kept: held.then_some(Price { accounts: price }),
        });
        if rows.len() == RANKS_SHOWN {
            break;
        }
    }
    rows
}

/// Handles of accounts, read now: what was erased since has none.
async fn names(house: &House, network: &Network, places: BTreeSet<u32>) -> Result<HashMap<u32, Named>> {
    let by_key: HashMap<i64, u32> =
        places.iter().map(|place| (network.spread.accounts[*place as usize].key, *place)).collect();
    let mut keys: Vec<i64> = by_key.keys().copied().collect();
    keys.sort_unstable();
    let found = store::network::subjects(&house.db, &keys).await?;
    let named = found.into_iter().filter_map(|subject| {
        let place = *by_key.get(&subject.key)?;
        let address = subject.address?;
        let name = address.split_once('/').map_or(address.as_str(), |(_, handle)| handle);
        Some((place, Named { name: name.to_owned(), ..unnamed(network, place) }))
    });
    Ok(named.collect())
}

fn unnamed(network: &Network, place: u32) -> Named {
    let account = &network.spread.accounts[place as usize];
    Named {
        id: account.id.to_string(),
        name: String::new(),
        service: account.service.clone(),
        kind: if account.kind == SubjectKind::Channel { "channel" } else { "account" },
    }
}

/// An account and the neighbours that are shown, those in the plan and with many links first; and how many there are.
fn neighbours(network: &Network, actor: &Actor, place: u32) -> (Vec<u32>, usize) {
    let graph = &network.graph;
    let all: BTreeSet<u32> = graph.out().of(place).iter().chain(graph.back().of(place)).copied().collect();
    let mut all: Vec<u32> = all.into_iter().filter(|place| !is_hidden(network, actor, *place)).collect();
    let planned: BTreeSet<u32> = network.figures.plan.iter().copied().collect();
    let links = |at: u32| graph.out().degree(at) + graph.back().degree(at);
    all.sort_by_key(|at| (!planned.contains(at), std::cmp::Reverse(links(*at)), *at));
    let count = all.len();
    all.truncate(AROUND_MAX - 1);
    all.insert(0, place);
    (all, count)
}

fn drawn(
    network: &Network,
    shown: &[u32],
    neighbours: usize,
    planned: &HashMap<u32, usize>,
    name: &dyn Fn(u32) -> Named,
) -> Around {
    let mut links = Vec::new();
    for (from, place) in shown.iter().enumerate() {
        let out = network.graph.out().of(*place);
        let reached = shown.iter().enumerate().filter(|(_, other)| out.binary_search(other).is_ok());
        links.extend(reached.map(|(to, _)| (from, to)));
    }
    let accounts = shown
        .iter()
        .map(|place| Near {
            account: name(*place),
            planned: planned.get(place).copied(),
            source: network.spread.sources.binary_search(place).is_ok(),
        })
        .collect();
    Around { accounts, links, neighbours, because: None }
}

async fn sealed(house: &House, space: AgencyId, looks: &[crate::network::Look]) -> Result<Vec<Sealed>> {
    let mut all = Vec::new();
    let put_in = queue::told(house, space, "queued").await?;
    let now = house.clock.now();
    for event in queue::told(house, space, "sealed").await?.iter().take(SEALED_SHOWN) {
        let queued = put_in.iter().find(|other| queue::is_of(other, event.id));
        let by = match event.actor {
            Some(person) => super::name(house, person).await?,
            None => String::new(),
        };
        let interval = |at: usize| number(&fact(event, "interval90_milli")[at]);
        all.push(Sealed {
            id: event.id,
            ended: queue::time(event, "ends_at").is_none_or(|ends| ends <= now),
            queued: queued.map(put),
            at: event.at,
            by,
            choice: Choice::of_event(event),
            accounts: fact(event, "accounts").as_array().map_or(0, Vec::len),
            before: number(fact(event, "reach_before_milli")),
            after: Estimate {
                mean: number(fact(event, "reach_after_milli")),
                low: interval(0),
                high: interval(1),
            },
            predicted: predicted(event),
            look: looks.iter().find(|look| look.plan == event.id).map(Look::from),
        });
    }
    Ok(all)
}

fn predicted(event: &Event) -> Option<Predicted> {
    let band = |name: &str| {
        let band = event.facts.get(name)?;
        Some((number(&band[0]), number(&band[1])))
    };
    let of =
        |at: usize| fact(event, "fit")[at].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let fit = Fit { contents: of(0), inside: of(1), needed: of(2), answers: of(3), acted: of(4) };
    Some(Predicted { plain: band("share90_milli")?, wide: band("share_wide90_milli")?, fits: fit.fits() })
}

fn put(event: &Event) -> Put {
    let count = |name: &str| fact(event, name).as_u64().unwrap_or_default();
    Put { queued: count("queued"), before: count("before"), few: count("few"), erased: count("erased") }
}

fn fact<'a>(event: &'a Event, name: &str) -> &'a serde_json::Value {
    event.facts.get(name).unwrap_or(&serde_json::Value::Null)
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().unwrap_or_default() / PER_ACCOUNT
}
