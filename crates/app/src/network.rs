//! The network of a space's assessed content: who spreads it, and what referring some accounts would change.
//!
//! Read and reckoned beside the requests, kept in memory with the mark up to which it follows the database, and made
//! again when that changed. Ranks are of accounts in this network; they end, and are never a reason by themselves.
//!
//! What is kept for an investigation changes nothing that others can see: neither what stands on the page, nor when it is
//! made again. Who may know of it has a network of their own (D34, `docs/decisions/0028-what-is-kept.md`).
//!
//! A network may be made of less than everything ([`Choice`]). It stands beside that of everything, leaves out the same of
//! what is kept, and is made again with it: nobody learns from two networks what neither says
//! (`docs/decisions/0029-network-choice.md`).

pub mod choice;
pub mod effect;
pub mod fit;
mod measure;
mod memory;
pub mod queue;
mod reckon;
mod spread;

pub use choice::{Choice, Layer, Layers, Period};
pub use measure::{Look, Told};
pub(crate) use memory::Networks;
pub use reckon::{Estimate, PLAN_MAX, Point, Ranked, Reckoned, WORLDS};
pub use spread::{Account, Kept, Spread};

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::id::{AgencyId, EventId};
use jiff::{SignedDuration, Timestamp};
use memory::{Follows, Made};
use network::{Accounts, Graph};
use serde_json::json;
use std::sync::Arc;
use store::network::{KeptFor, Mark};

/// Days after which ranks are no longer shown.
pub const RANKS_DAYS: i64 = 14;
/// Whole numbers in an event for one account: figures are kept to three places.
const PER_ACCOUNT: f64 = 1000.0;

/// A network with its figures.
#[derive(Debug)]
pub struct Network {
    /// Whose.
    pub space: AgencyId,
    /// When it was read.
    pub made_at: Timestamp,
    /// Accounts, sources, who is kept.
    pub spread: Spread,
    /// Who reaches whom; places as in `spread.accounts`.
    pub graph: Arc<Graph>,
    /// Ranks, plan, curve.
    pub figures: Reckoned,
    /// How well the model fits, and what became of sealed plans.
    pub told: Told,
}

impl Network {
    /// When its ranks end.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.made_at.saturating_add(SignedDuration::from_hours(24 * RANKS_DAYS)).unwrap_or(Timestamp::MAX)
    }

    /// Whether there are ranked accounts for a plan of all places, kept ones among them.
    fn is_large(&self) -> bool {
        self.figures.ranks.len() >= PLAN_MAX
    }

    /// The place of an account by its id.
    #[must_use]
    pub fn place(&self, id: domain::id::SubjectId) -> Option<u32> {
        (0_u32..).zip(&self.spread.accounts).find(|(_, account)| account.id == id).map(|(place, _)| place)
    }
}

/// How it stands with a space's network.
#[derive(Debug, Clone)]
pub enum Standing {
    /// It is being made.
    Computing,
    /// Nothing that people assessed, and that was chosen, reached a second account.
    Empty,
    /// What was chosen of a large network ranks too few accounts: a place that stays empty would say what is kept.
    Few,
    /// It could not be made; it is tried again.
    Failed,
    /// Here it is.
    Ready(Arc<Network>),
}

/// Of which space a network is, for whom, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The space.
    pub space: AgencyId,
    /// An agency that keeps accounts: its network is for those of it who may keep and lift. None for everybody else.
    pub keeper: Option<AgencyId>,
    /// What it is made of.
    pub choice: Choice,
}

impl Whose {
    /// The network of a space for a person, and what that of everything follows.
    async fn of(house: &House, actor: &Actor, space: AgencyId, choice: Choice) -> Result<(Self, Mark)> {
        let keeper = actor.may(Right::Hold).then_some(actor.agency);
        let mark = Self { space, keeper, choice }.mark(house).await?;
        Ok((Self { space, keeper: keeper.filter(|_| mark.kept.0 > 0), choice }, mark))
    }

    async fn mark(self, house: &House) -> Result<Mark> {
        let mut mark = store::network::mark(&house.db, self.space).await?;
        if let Some(keeper) = self.keeper {
            mark.kept = store::network::kept_by(&house.db, keeper).await?;
        }
        Ok(mark)
    }

    /// The network of everything, for the same people.
    fn whole(self) -> Self {
        Self { choice: Choice::default(), ..self }
    }
}

/// How it stands with a space's network for a person; begins to make it when it is due. The caller has checked space and
/// right. One of less than everything is made once that of everything is there.
pub(crate) async fn standing(
    house: &Arc<House>,
    actor: &Actor,
    space: AgencyId,
    choice: Choice,
) -> Result<Standing> {
    let (whose, mark) = Whose::of(house, actor, space, choice).await?;
    let whole = ask(house, whose.whole(), Follows::Space(mark));
    match whole {
        Standing::Ready(whole) if !choice.is_all() => Ok(ask(house, whose, Follows::Whole(whole.made_at))),
        other => Ok(other),
    }
}

fn ask(house: &Arc<House>, whose: Whose, follows: Follows) -> Standing {
    let (standing, begin) = house.networks.ask(whose, follows, house.clock.now());
    if begin {
        let house = Arc::clone(house);
        tokio::spawn(async move {
            if let Err(error) = refresh(&house, whose).await {
                tracing::error!(%error, "the network of a space could not be made");
            }
        });
    }
    standing
}

/// Makes the network of a space and keeps it; that of everything first, where it is of less and that is not there.
pub async fn refresh(house: &Arc<House>, whose: Whose) -> Result<()> {
    if whose.choice.is_all() {
        return renew(house, whose, None).await;
    }
    // One after the other: whoever leafs through choices leaves the machine to the others.
    let _turn = house.networks.turn(whose).await;
    let all = whose.whole();
    let made = match house.networks.latest(all) {
        Some(_) => Ok(()),
        None => renew(house, all, None).await,
    };
    match house.networks.latest(all).filter(|_| made.is_ok()) {
        Some(whole) => renew(house, whose, Some(whole)).await,
        // There is nothing, or it failed: whoever asks again begins with everything.
        None => {
            house.networks.forget(whose);
            made
        }
    }
}

async fn renew(house: &Arc<House>, whose: Whose, whole: Option<Arc<Network>>) -> Result<()> {
    let made = make(house, whose, whole).await;
    let now = house.clock.now();
    let (made, told) = match made {
        Ok(made) => (Some(made), Ok(())),
        Err(error) => (None, Err(error)),
    };
    house.networks.keep(whose, made, now);
    // A notice goes to everybody in the space: it would say that somebody keeps something.
    if whose.keeper.is_none() {
        house.tell(whose.space);
    }
    told
}

async fn make(house: &Arc<House>, whose: Whose, whole: Option<Arc<Network>>) -> Result<Made> {
    let made_at = house.clock.now();
    let Whose { space, choice, .. } = whose;
    let (of, kept) = match &whole {
        None => (Follows::Space(whose.mark(house).await?), spread::kept(house).await?),
        // What is kept since shows in neither.
        Some(whole) => (Follows::Whole(whole.made_at), whole.spread.kept.iter().map(kept_for).collect()),
    };
    let seen = spread::read(house, space, &kept).await?;
    let followed = measure::followed(house, space).await?;
    let answers = measure::answers(house, space).await?;
    let made = tokio::task::spawn_blocking(move || -> Result<Standing> {
        let mut spread = seen.network(choice.layers, choice.period.since(made_at)..);
        if spread.edges.is_empty() || spread.sources.is_empty() {
            return Ok(Standing::Empty);
        }
        let graph = Arc::new(links(&mut spread)?);
        let seed = made_at.as_second().unsigned_abs();
        let ranks = reckon::ranks(&graph, &spread.sources, seed);
        let is_filled = spread.is_filled(ranks.iter().map(|ranked| ranked.place));
        match whole {
            None => spread.keep_for(whose.keeper, is_filled),
            Some(whole) if whole.is_large() && !is_filled => return Ok(Standing::Few),
            Some(_) => {}
        }
        let mut kept: Vec<u32> = spread.kept.iter().map(|kept| kept.place).collect();
        kept.sort_unstable();
        kept.dedup();
        let (figures, told) = rayon::join(
            || reckon::reckon(&graph, &spread.sources, &kept, (ranks, seed)),
            || measure::told(&seen, choice, (&followed, answers), made_at),
        );
        let (figures, told) = (figures.map_err(|error| unusable(&error))?, told?);
        Ok(Standing::Ready(Arc::new(Network { space, made_at, spread, graph, figures, told })))
    });
    Ok(Made { of, at: made_at, standing: made.await?? })
}

fn kept_for(kept: &Kept) -> KeptFor {
    kept.of.clone()
}

/// The graph of a network, whose links go into it.
fn links(spread: &mut Spread) -> Result<Graph> {
    let mut names = Accounts::new();
    for place in 0..spread.accounts.len() {
        names.place(&place.to_string()).map_err(|error| unusable(&error))?;
    }
    let edges = std::mem::take(&mut spread.edges);
    Graph::of_edges(names, edges, Vec::new()).map_err(|error| unusable(&error))
}

fn unusable(error: &dyn std::fmt::Display) -> Error {
    Error::Bug(format!("the network: {error}"))
}

/// Seals a plan of `k` accounts with what it predicts: one event, which names accounts by their ids alone.
///
/// `choice` is what the network that the person saw was made of, `of` when its ranks were made; others since are refused.
pub async fn seal(
    house: &Arc<House>,
    whose: &Authorised<AgencyId, right::ManageOperation>,
    k: usize,
    (choice, of): (Choice, Timestamp),
) -> Result<EventId> {
    let space = *whose.get();
    let Standing::Ready(network) = standing(house, whose.actor(), space, choice).await? else {
        return Err(Error::Input(
            "The plan is being computed again. Look at it and seal it then.".to_owned(),
        ));
    };
    if network.made_at != of {
        let said = "The plan was computed again since you saw it. Look at it and seal it then.";
        return Err(Error::Input(said.to_owned()));
    }
    // Sent again, it is the same plan.
    let same = |event: &domain::event::Event| {
        let (made_at, count) = (queue::time(event, "made_at"), queue::accounts(event).len());
        (made_at, count, Choice::of_event(event)) == (Some(of), k, choice)
    };
    if let Some(known) = queue::told(house, space, "sealed").await?.into_iter().find(same) {
        return Ok(known.id);
    }
    let figures = &network.figures;
    let (Some(point), true) = (figures.curve.get(k), k > 0) else {
        let most = figures.plan.len();
        return Err(Error::Input(format!("A plan has 1 to {most} accounts; {k} cannot be sealed.")));
    };
    let whole = |value: f64| (value * PER_ACCOUNT).round() as i64;
    let accounts: Vec<String> = figures.plan[..k]
        .iter()
        .map(|place| network.spread.accounts[*place as usize].id.to_string())
        .collect();
    let told = &network.told;
    let plan = (network.spread.sources.clone(), figures.plan[..k].to_vec());
    let seed = network.made_at.as_second().unsigned_abs();
    let shares = measure::shares(Arc::clone(&network.graph), plan, told.contents, seed).await?;
    let band = |(low, high): (f64, f64)| [whole(low), whole(high)];
    let mut facts = json!({
        "share90_milli": band(shares.plain), "share_wide90_milli": band(shares.wide),
        "fit": [told.fit.contents, told.fit.inside, told.fit.needed, told.fit.answers, told.fit.acted], "contents": told.contents,
        "method": figures.method, "worlds": WORLDS, "accounts": accounts, "made_at": network.made_at.to_string(),
        "ends_at": network.ends_at().to_string(), "accounts_in_network": network.graph.len(),
        "links": network.graph.edge_count(), "sources": network.spread.sources.len(),
        "reach_before_milli": whole(figures.before), "reach_after_milli": whole(point.after.mean),
        "interval90_milli": [whole(point.after.low), whole(point.after.high)],
        "world90_milli": [whole(point.world.0), whole(point.world.1)],
        "beats_followers": point.beats.low > 0.0, "layers": choice.layers,
    });
    if let Some(days) = choice.period.days() {
        facts["days"] = json!(days);
    }
    let mut act = Act::of(house, whose.actor(), space).await?;
    let id = act.append(Noun::Plan, space.0, "sealed", facts).await?;
    act.commit().await?;
    Ok(id)
}
