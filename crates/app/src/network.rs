//! The network of a space's assessed content: who spreads it, and what referring some accounts would change.
//!
//! Read and reckoned beside the requests, kept in memory with the mark up to which it follows the database, and made
//! again when that changed. Ranks are of accounts in this network; they end, and are never a reason by themselves.
//!
//! What is kept for an investigation changes nothing that others can see: neither what stands on the page, nor when it is
//! made again. Who may know of it has a network of their own (D34, `docs/decisions/0028-what-is-kept.md`).

pub mod effect;
pub mod fit;
mod measure;
pub mod queue;
mod reckon;
mod spread;

pub use measure::{Look, Told};
pub use reckon::{Estimate, PLAN_MAX, Point, Ranked, Reckoned, WORLDS};
pub use spread::{Account, Kept, Spread};

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, right};
use domain::event::Noun;
use domain::id::{AgencyId, EventId};
use jiff::{SignedDuration, Timestamp};
use network::{Accounts, Graph};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::network::Mark;

/// Days after which ranks are no longer shown.
pub const RANKS_DAYS: i64 = 14;
/// A network whose data changed is made again after so many minutes at the earliest.
const AGAIN_MINUTES: i64 = 5;
/// Spaces whose network is kept in memory, and as many networks of those who keep accounts; the oldest goes.
const SPACES_MAX: usize = 8;
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
    /// Nothing that people assessed reached a second account.
    Empty,
    /// It could not be made; it is tried again.
    Failed,
    /// Here it is.
    Ready(Arc<Network>),
}

#[derive(Default)]
struct Held {
    /// The last one that was made, with what it follows; no network when nothing spreads.
    made: Option<(Mark, Timestamp, Option<Arc<Network>>)>,
    running: bool,
    failed_at: Option<Timestamp>,
}

/// Of which space a network is, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The space.
    pub space: AgencyId,
    /// An agency that keeps accounts: its network is for those of it who may keep and lift. None for everybody else.
    pub keeper: Option<AgencyId>,
}

impl Whose {
    /// The network of a space for a person, and what it follows.
    async fn of(house: &House, actor: &Actor, space: AgencyId) -> Result<(Self, Mark)> {
        let keeper = actor.may(Right::Hold).then_some(actor.agency);
        let mark = Self { space, keeper }.mark(house).await?;
        Ok((Self { space, keeper: keeper.filter(|_| mark.kept.0 > 0) }, mark))
    }

    async fn mark(self, house: &House) -> Result<Mark> {
        let mut mark = store::network::mark(&house.db, self.space).await?;
        if let Some(keeper) = self.keeper {
            mark.kept = store::network::kept_by(&house.db, keeper).await?;
        }
        Ok(mark)
    }
}

/// The networks that this process keeps.
#[derive(Default)]
pub struct Networks(Mutex<HashMap<Whose, Held>>);

impl Networks {
    fn lock(&self) -> MutexGuard<'_, HashMap<Whose, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it stands, and whether somebody must make it now; who is told so has begun.
    fn ask(&self, whose: Whose, mark: Mark, now: Timestamp) -> (Standing, bool) {
        let waited = |since: Timestamp| now.duration_since(since) >= SignedDuration::from_mins(AGAIN_MINUTES);
        let mut all = self.lock();
        let held = all.entry(whose).or_default();
        let (standing, due) = match &held.made {
            // What their agency keeps since is in no plan that is shown to them.
            Some((of, ..)) if of.kept != mark.kept => (Standing::Computing, true),
            Some((of, at, made)) => {
                let ended = made.as_ref().is_some_and(|made| made.ends_at() <= now);
                let standing = match made {
                    _ if ended => Standing::Computing,
                    Some(made) => Standing::Ready(Arc::clone(made)),
                    None => Standing::Empty,
                };
                (standing, ended || (*of != mark && waited(*at)))
            }
            None => (Standing::Computing, true),
        };
        let may = held.failed_at.is_none_or(waited);
        let standing = match standing {
            Standing::Computing if !may => Standing::Failed,
            other => other,
        };
        let begin = due && may && !held.running;
        held.running |= begin;
        (standing, begin)
    }

    fn keep(&self, whose: Whose, made: Option<(Mark, Timestamp, Option<Arc<Network>>)>, now: Timestamp) {
        let mut all = self.lock();
        let failed_at = made.is_none().then_some(now);
        let held = all.entry(whose).or_default();
        *held = Held { made: made.or(held.made.take()), running: false, failed_at };
        let made_at = |held: &Held| held.made.as_ref().map(|(_, at, _)| *at);
        // Networks of those who keep accounts push out none of the others.
        let like = |of: &Whose| of.keeper.is_some() == whose.keeper.is_some();
        while all.keys().filter(|of| like(of)).count() > SPACES_MAX {
            let oldest = all.iter().filter(|(of, held)| like(of) && **of != whose && !held.running);
            let Some(oldest) = oldest.min_by_key(|(_, held)| made_at(held)).map(|(of, _)| *of) else { break };
            all.remove(&oldest);
        }
    }
}

/// How it stands with a space's network for a person; begins to make it when it is due. The caller has checked space and
/// right.
pub(crate) async fn standing(house: &Arc<House>, actor: &Actor, space: AgencyId) -> Result<Standing> {
    let (whose, mark) = Whose::of(house, actor, space).await?;
    let (standing, begin) = house.networks.ask(whose, mark, house.clock.now());
    if begin {
        let house = Arc::clone(house);
        tokio::spawn(async move {
            if let Err(error) = refresh(&house, whose).await {
                tracing::error!(%error, "the network of a space could not be made");
            }
        });
    }
    Ok(standing)
}

/// Makes the network of a space and keeps it.
pub async fn refresh(house: &Arc<House>, whose: Whose) -> Result<()> {
    let made = make(house, whose).await;
    let now = house.clock.now();
    let (made, told) = match made {
        Ok((mark, at, made)) => (Some((mark, at, made.map(Arc::new))), Ok(())),
        Err(error) => (None, Err(error)),
    };
    house.networks.keep(whose, made, now);
    // A notice goes to everybody in the space: it would say that somebody keeps something.
    if whose.keeper.is_none() {
        house.tell(whose.space);
    }
    told
}

async fn make(house: &House, whose: Whose) -> Result<(Mark, Timestamp, Option<Network>)> {
    let made_at = house.clock.now();
    let space = whose.space;
    let mark = whose.mark(house).await?;
    let (spread, seen) = spread::read(house, space).await?;
    let followed = measure::followed(house, space).await?;
    let answers = measure::answers(house, space).await?;
    if spread.edges.is_empty() || spread.sources.is_empty() {
        return Ok((mark, made_at, None));
    }
    let made = tokio::task::spawn_blocking(move || -> Result<Network> {
        let mut spread = spread;
        let graph = Arc::new(links(&mut spread)?);
        let seed = made_at.as_second().unsigned_abs();
        let ranks = reckon::ranks(&graph, &spread.sources, seed);
        spread.keep_for(whose.keeper, ranks.iter().map(|ranked| ranked.place));
        let mut kept: Vec<u32> = spread.kept.iter().map(|kept| kept.place).collect();
        kept.sort_unstable();
        kept.dedup();
        let figures = reckon::reckon(&graph, &spread.sources, &kept, (ranks, seed))
            .map_err(|error| unusable(&error))?;
        let told = measure::told(&spread, &seen, (&followed, answers), made_at)?;
        Ok(Network { space, made_at, spread, graph, figures, told })
    });
    Ok((mark, made_at, Some(made.await??)))
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
/// `of` is when the ranks that the person saw were made; others since are refused.
pub async fn seal(
    house: &Arc<House>,
    whose: &Authorised<AgencyId, right::ManageOperation>,
    k: usize,
    of: Timestamp,
) -> Result<EventId> {
    let space = *whose.get();
    let Standing::Ready(network) = standing(house, whose.actor(), space).await? else {
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
        queue::time(event, "made_at") == Some(of) && queue::accounts(event).len() == k
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
    let facts = json!({
        "share90_milli": band(shares.plain), "share_wide90_milli": band(shares.wide),
        "fit": [told.fit.contents, told.fit.inside, told.fit.needed, told.fit.answers, told.fit.acted], "contents": told.contents,
        "method": figures.method, "worlds": WORLDS, "accounts": accounts, "made_at": network.made_at.to_string(),
        "ends_at": network.ends_at().to_string(), "accounts_in_network": network.graph.len(),
        "links": network.graph.edge_count(), "sources": network.spread.sources.len(),
        "reach_before_milli": whole(figures.before), "reach_after_milli": whole(point.after.mean),
        "interval90_milli": [whole(point.after.low), whole(point.after.high)],
        "world90_milli": [whole(point.world.0), whole(point.world.1)],
        "beats_followers": point.beats.low > 0.0,
    });
    let mut act = Act::of(house, whose.actor(), space).await?;
    let id = act.append(Noun::Plan, space.0, "sealed", facts).await?;
    act.commit().await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::AgencyId;
    use uuid::Uuid;

    const SPACE: AgencyId = AgencyId(Uuid::nil());
    const ALL: Whose = Whose { space: SPACE, keeper: None };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn mark(newest: i64, kept: u64) -> Mark {
        Mark { newest: Some(at(newest)), kept: (kept, None) }
    }

    #[test]
    fn it_is_made_once_and_again_when_it_changed() {
        let all = Networks::default();
        let ask_of = |whose, newest, kept, now| {
            let (standing, begin) = all.ask(whose, mark(newest, kept), at(now));
            (matches!(standing, Standing::Computing), begin)
        };
        let ask = |newest, kept, now| ask_of(ALL, newest, kept, now);
        assert_eq!(ask(0, 0, 0), (true, true));
        assert_eq!(ask(0, 0, 0), (true, false));
        all.keep(ALL, Some((mark(0, 0), at(0), None)), at(0));
        assert_eq!(ask(0, 0, 100), (false, false));
        // Data changed: the old one is shown, and it is made again after some minutes.
        assert_eq!(ask(1, 0, 1), (false, false));
        assert_eq!(ask(1, 0, AGAIN_MINUTES), (false, true));
        assert_eq!(ask(1, 0, AGAIN_MINUTES), (false, false));
        all.keep(ALL, Some((mark(1, 0), at(5), None)), at(5));
        // An agency keeps an account: its own network is another one, and made again when it keeps one more.
        let own = Whose { keeper: Some(SPACE), ..ALL };
        assert_eq!(ask_of(own, 1, 1, 6), (true, true));
        all.keep(own, Some((mark(1, 1), at(6), None)), at(6));
        assert_eq!(ask_of(own, 1, 1, 6), (false, false));
        assert_eq!(ask_of(own, 1, 2, 7), (true, true));
        assert_eq!(ask(1, 0, 7), (false, false));
    }

    #[test]
    fn networks_of_keepers_push_out_no_other() {
        let all = Networks::default();
        all.keep(ALL, Some((mark(0, 0), at(0), None)), at(0));
        for n in 0..2 * SPACES_MAX as u128 {
            let own = Whose { keeper: Some(AgencyId(Uuid::from_u128(n))), ..ALL };
            all.keep(own, Some((mark(0, 1), at(1), None)), at(1));
        }
        assert_eq!(all.lock().len(), 1 + SPACES_MAX);
        assert!(matches!(all.ask(ALL, mark(0, 0), at(2)), (Standing::Empty, false)));
    }

    #[test]
    fn a_failure_is_said_and_tried_again() {
        let all = Networks::default();
        assert!(all.ask(ALL, mark(0, 0), at(0)).1);
        all.keep(ALL, None, at(0));
        let (standing, begin) = all.ask(ALL, mark(0, 0), at(1));
        assert!(matches!(standing, Standing::Failed) && !begin);
        assert!(all.ask(ALL, mark(0, 0), at(AGAIN_MINUTES)).1);
    }
}
