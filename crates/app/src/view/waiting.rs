//! What waits for somebody: the counts beside the pages' names.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::assessment::State;
use domain::cluster::Queued;
use serde::Serialize;

/// Letters that are counted; more are shown as so many.
const LETTERS_MAX: i64 = 1_000;

/// What waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Clusters to assess.
    pub clusters: u64,
    /// Assessments to confirm.
    pub letters: u64,
    /// Cases in a provider's inbox.
    pub cases: u64,
    /// Signals that a fuse set aside or somebody disputes, for those who keep the banks.
    pub signals: u64,
}

/// Counts what waits in the actor's spaces; what they may not see counts as nothing.
pub async fn waiting(house: &House, actor: &Actor) -> Result<Waiting> {
    let mut waiting = Waiting::default();
    if actor.may(Right::Read) {
        waiting.clusters = super::queue::count(house, actor, &actor.spaces, Queued::Open).await?;
        for space in &actor.spaces {
            for state in [State::Assessed, State::AwaitsReader] {
                waiting.letters +=
                    store::assessment::in_state(&house.db, *space, state, LETTERS_MAX).await?.len() as u64;
            }
        }
    }
    if actor.may(Right::ManageSignals) {
        for space in &actor.spaces {
            waiting.signals += store::signal::waiting_count(&house.db, *space).await?;
        }
    }
    if actor.may(Right::ReadInbox) {
        let standing = store::inbox::standing(&house.db, actor.agency).await?;
        let waits = standing.iter().find(|(stand, _)| *stand == store::inbox::Stand::Waits);
        waiting.cases = waits.map_or(0, |(_, cases)| *cases);
    }
    Ok(waiting)
}
