//! The wall of a command post: counters of one space.

use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::assessment::{Decision, State as Decided};
use domain::cluster::Queued;
use domain::id::AgencyId;
use domain::referral::State;
use jiff::Timestamp;
use serde::Serialize;

/// Counters, by the names of the page.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counters {
    /// Items seen that are in a cluster.
    pub seen: u64,
    /// Items in letters that went out.
    pub referred: u64,
    /// Clusters of approved decisions.
    pub referred_clusters: u64,
    /// Items with a final answer.
    pub answered: u64,
    /// Clusters in all.
    pub clusters: u64,
    /// Clusters with a decision.
    pub assessed: u64,
    /// Decisions "not terrorist content".
    pub not_terrorist: u64,
    /// Decisions "exempt".
    pub exempt: u64,
    /// Doubts that wait for a second reader.
    pub second_reader: u64,
}

/// A wall: whose, since and until when.
#[derive(Debug, Clone)]
pub struct Wall {
    /// The space.
    pub space: AgencyId,
    /// Name of the operation; `None` for the agency itself.
    pub operation: Option<String>,
    /// Its window.
    pub span: Option<(Timestamp, Timestamp)>,
    /// The agencies that take part: one's own when there is no operation.
    pub agencies: Vec<(AgencyId, String)>,
}

/// The operation that runs now, else the newest, else the agency itself.
pub async fn wall(house: &House, actor: &Actor) -> Result<Wall> {
    let now = house.clock.now();
    let all = store::agency::operations(&house.db, actor.agency).await?;
    let chosen = all.iter().find(|found| found.starts_at <= now && now < found.ends_at).or(all.first());
    let Some(operation) = chosen else {
        let own = store::agency::get(&house.db, actor.agency).await?.map(|own| (own.id, own.name));
        return Ok(Wall {
            space: actor.agency,
            operation: None,
            span: None,
            agencies: own.into_iter().collect(),
        });
    };
    let agencies = store::agency::operation_agencies(&house.db, operation.id).await?;
    Ok(Wall {
        space: operation.id,
        operation: Some(operation.name.clone()),
        span: Some((operation.starts_at, operation.ends_at)),
        agencies: agencies.into_iter().map(|agency| (agency.id, agency.name)).collect(),
    })
}

/// Counts a space; that of the wall when none is named.
pub async fn counters(house: &House, actor: &Actor, space: Option<AgencyId>) -> Result<Counters> {
    actor.need(Right::Read)?;
    let space = match space {
        Some(space) => load::space(actor, Some(space))?,
        None => wall(house, actor).await?.space,
    };
    let mut all = Counters::default();
    for (state, clusters, items) in store::cluster::counts(&house.db, space).await? {
        all.clusters += clusters;
        all.seen += items;
        match state {
            Queued::Open | Queued::Deferred => {}
            _ => all.assessed += clusters,
        }
    }
    let rows = house
        .db
        .rows(
            "SELECT decision, state, COUNT(*) AS n FROM assessment WHERE space = $1 GROUP BY decision, state",
            store::params![space],
        )
        .await?;
    for row in &rows {
        let count = row.count("n")?;
        let state = row.word("state", Decided::from_word)?;
        match row.word("decision", Decision::from_word)? {
            Decision::NotTerrorist => all.not_terrorist += count,
            Decision::Exempt => all.exempt += count,
            Decision::Refer if state == Decided::Approved => all.referred_clusters += count,
            Decision::Refer | Decision::SecondReader => {}
        }
        if state == Decided::AwaitsReader {
            all.second_reader += count;
        }
    }
    let items = house
        .db
        .one(
            "SELECT COUNT(*) AS n, COUNT(i.final_at) AS finals FROM referral_item i JOIN referral r ON r.id = i.referral
             WHERE r.space = $1 AND r.queued_at IS NOT NULL AND r.state <> $2",
            store::params![space, State::Withdrawn.word()],
        )
        .await?;
    all.referred = items.count("n")?;
    all.answered = items.count("finals")?;
    Ok(all)
}
