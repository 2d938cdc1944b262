//! The wall of a command post: counters of one space.

use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::assessment::{Decision, State as Decided};
use domain::id::AgencyId;
use jiff::Timestamp;
use serde::Serialize;
use store::report::Window;

/// Counters, by the names of the page.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counters {
    /// Items that joined a cluster: the report's `unique`.
    pub seen: u64,
    /// Items in letters that went out, those taken back later too: the report's `referred`.
    pub referred: u64,
    /// Clusters that these letters are about.
    pub referred_clusters: u64,
    /// Of the items referred, those with a final answer so far: the report's `answered`.
    pub answered: u64,
    /// Clusters that these items belong to: the report's `clusters`.
    pub clusters: u64,
    /// Of these clusters, those with a decision: the sum of the four that follow, each cluster by its newest one.
    pub assessed: u64,
    /// Decided "refer", sent or not yet.
    pub to_refer: u64,
    /// Decided "not terrorist content".
    pub not_terrorist: u64,
    /// Decided "exempt".
    pub exempt: u64,
    /// Decided "in doubt", read by a second reader or not yet.
    pub second_reader: u64,
}

/// A wall: whose, since and until when. With a window it counts as the report of that window does.
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

impl Wall {
    /// The window that counts: of an operation its own, of an agency all time.
    pub(super) fn window(&self) -> Window {
        let (from, to) = self.span.unwrap_or((Timestamp::MIN, Timestamp::MAX));
        Window { space: self.space, from, to }
    }
}

/// Counts a wall that the actor can enter.
pub async fn counters(house: &House, actor: &Actor, wall: &Wall) -> Result<Counters> {
    actor.need(Right::Read)?;
    load::space(actor, Some(wall.space))?;
    let of = wall.window();
    let mut all = Counters::default();
    (all.clusters, all.seen) = seen(house, wall).await?;
    let gone = [Decided::Void.word(), Decided::Withdrawn.word()];
    let rows =
        house.db.rows(NEWEST_DECISIONS, store::params![of.space, of.from, of.to, gone[0], gone[1]]).await?;
    for row in &rows {
        let count = row.count("n")?;
        all.assessed += count;
        *match row.word("decision", Decision::from_word)? {
            Decision::Refer => &mut all.to_refer,
            Decision::NotTerrorist => &mut all.not_terrorist,
            Decision::Exempt => &mut all.exempt,
            Decision::SecondReader => &mut all.second_reader,
        } += count;
    }
    let items = house
        .db
        .one(
            "SELECT COUNT(*) AS n, COUNT(i.final_at) AS finals, COUNT(DISTINCT a.cluster) AS clusters
             FROM referral r JOIN referral_item i ON i.referral = r.id JOIN assessment a ON a.id = r.assessment
             WHERE r.space = $1 AND r.queued_at >= $2 AND r.queued_at < $3",
            store::params![of.space, of.from, of.to],
        )
        .await?;
    all.referred = items.count("n")?;
    all.answered = items.count("finals")?;
    all.referred_clusters = items.count("clusters")?;
    Ok(all)
}

/// The newest decision of each cluster that joined in the window, of those made in it that still count.
const NEWEST_DECISIONS: &str = "SELECT a.decision, COUNT(*) AS n FROM assessment a WHERE a.space = $1
    AND a.made_at >= $2 AND a.made_at < $3 AND a.state NOT IN ($4, $5)
    AND NOT EXISTS (SELECT 1 FROM assessment b WHERE b.cluster = a.cluster AND b.id > a.id
      AND b.made_at >= $2 AND b.made_at < $3 AND b.state NOT IN ($4, $5))
    AND EXISTS (SELECT 1 FROM cluster_member m WHERE m.cluster = a.cluster AND m.joined_at >= $2 AND m.joined_at < $3)
    GROUP BY a.decision";

/// Clusters and their items. Of an agency the queue's own totals, which need no walk over every item.
async fn seen(house: &House, wall: &Wall) -> Result<(u64, u64)> {
    let Some((from, to)) = wall.span else {
        return Ok(store::cluster::totals(&house.db, wall.space).await?);
    };
    let row = house
        .db
        .one(
            "SELECT COUNT(DISTINCT m.cluster) AS clusters, COUNT(DISTINCT m.subject) AS items
             FROM cluster c JOIN cluster_member m ON m.cluster = c.id
             WHERE c.space = $1 AND m.joined_at >= $2 AND m.joined_at < $3",
            store::params![wall.space, from, to],
        )
        .await?;
    Ok((row.count("clusters")?, row.count("items")?))
}
