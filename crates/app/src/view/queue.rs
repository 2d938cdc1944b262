//! The queue: its rows, how many wait, and what stands beside each.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::bank::{Part, SignalKind};
use domain::cluster::{Lease, Queued};
use domain::id::{AgencyId, ClusterId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use store::cluster::Cluster;

/// Rows of one answer.
pub const ROWS_MAX: i64 = 500;

/// A row of the queue.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its id.
    pub id: ClusterId,
    /// Where.
    pub space: AgencyId,
    /// Short number for people.
    pub number: i64,
    /// `open`, `deferred`, …
    pub state: Queued,
    /// How soon.
    pub urgency: domain::assessment::Urgency,
    /// Why it has its place: a key of the interface's words.
    pub reason: String,
    /// Items.
    pub members: u64,
    /// Live matches.
    pub matches: u64,
    /// Language of its first item.
    pub language: String,
    /// Kind of its first item.
    pub kind: String,
    /// Host of its first item.
    pub service: String,
    /// A save carries it.
    pub version: i64,
    /// First seen.
    pub first_seen: Timestamp,
    /// Who has it open.
    pub lease: Option<Lease>,
}

impl From<Cluster> for Row {
    fn from(cluster: Cluster) -> Self {
        Self {
            id: cluster.id,
            space: cluster.space,
            number: cluster.number,
            state: cluster.state,
            urgency: cluster.urgency,
            reason: cluster.reason,
            members: cluster.members,
            matches: cluster.matches,
            language: cluster.language,
            kind: cluster.kind,
            service: cluster.service,
            version: cluster.version,
            first_seen: cluster.first_seen,
            lease: cluster.lease,
        }
    }
}

/// The queue of some spaces of the actor, in its order.
pub async fn rows(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    state: Queued,
    limit: i64,
) -> Result<Vec<Row>> {
    actor.need(Right::Read)?;
    let limit = limit.clamp(1, ROWS_MAX);
    Ok(store::cluster::queue(&house.db, spaces, state, limit).await?.into_iter().map(Row::from).collect())
}

/// What waits or was put off in some spaces of the actor, of which the number, the language, the kind, or the service of
/// an item holds a part, or whose language is one of some.
pub async fn find(
    house: &House,
    actor: &Actor,
    spaces: &[AgencyId],
    sought: (&str, &[&str]),
    limit: i64,
) -> Result<Vec<Row>> {
    actor.need(Right::Read)?;
    let limit = limit.clamp(1, ROWS_MAX);
    Ok(store::cluster::find(&house.db, spaces, sought, limit).await?.into_iter().map(Row::from).collect())
}

/// How many clusters of some spaces of the actor are in a state.
pub async fn count(house: &House, actor: &Actor, spaces: &[AgencyId], state: Queued) -> Result<u64> {
    actor.need(Right::Read)?;
    Ok(store::cluster::count(&house.db, spaces, state).await?)
}

/// What of a cluster's files is met in known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// Which cluster.
    pub cluster: ClusterId,
    /// A video, a sound, or a term that a machine read in a picture.
    pub kind: SignalKind,
    /// Which part, of a video or sound.
    pub part: Option<Part>,
}

/// What of clusters' files is met, the first that was found of each.
pub async fn met(house: &House, clusters: &[ClusterId]) -> Result<Vec<Met>> {
    let met = store::matches::of_files(&house.db, clusters).await?;
    Ok(met.into_iter().map(|(cluster, kind, part)| Met { cluster, kind, part }).collect())
}

/// Kinds of signals that clusters have live matches with, and how far the nearest of each is.
pub async fn kinds(house: &House, clusters: &[ClusterId]) -> Result<Vec<(ClusterId, SignalKind, u64)>> {
    Ok(store::matches::kinds_of(&house.db, clusters).await?)
}

/// Items of each of these clusters that are still to be decided, and on how many services they stand.
pub async fn open_items(house: &House, clusters: &[ClusterId]) -> Result<BTreeMap<ClusterId, (u64, u64)>> {
    Ok(store::cluster::open_items(&house.db, clusters).await?)
}
