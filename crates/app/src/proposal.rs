//! The register of acts that wait for a second person (LAW-120.09, LAW-120.11). What each comes to is said where it
//! belongs: roles in `people`, contacts in `book`.

use crate::{House, Result};
use domain::access::{Actor, not_here};
use domain::id::{PersonId, ProposalId};
use domain::proposal::{Event, State, next, second};
use uuid::Uuid;

pub use domain::proposal::Act;
pub use store::proposal::Proposal;

/// Notes an act that waits, in the transaction; the same one waits once.
pub(crate) async fn put(
    act: &mut crate::Act,
    what: Act,
    of: Uuid,
    body: String,
    proposed_by: Option<(PersonId, Uuid)>,
) -> Result<ProposalId> {
    let new = Proposal {
        id: ProposalId(Uuid::now_v7()),
        space: act.space(),
        act: what,
        of,
        body,
        state: State::Waiting,
        proposed_by,
        made_at: act.now,
    };
    if let Some(waiting) = store::proposal::same(&mut act.tx, &new).await? {
        return Ok(waiting);
    }
    store::proposal::put(&mut act.tx, &new).await?;
    Ok(new.id)
}

/// Begins the act of the second person: the proposal is decided in it, what follows is the caller's.
pub(crate) async fn decide(
    house: &House,
    actor: &Actor,
    id: ProposalId,
    what: Act,
    event: Event,
) -> Result<(crate::Act, Proposal)> {
    let mut act = crate::Act::of(house, actor, actor.agency).await?;
    let stored = store::proposal::get_in(&mut act.tx, id).await?.ok_or_else(not_here)?;
    if !actor.spaces.contains(&stored.space) || stored.act != what {
        return Err(not_here().into());
    }
    if event == Event::Confirm {
        second(stored.proposed_by, actor)?;
    }
    let state = next(stored.state, event)?;
    let now = act.now;
    store::proposal::decide(&mut act.tx, id, state, (actor.person, now)).await?;
    Ok((act.in_space(stored.space), stored))
}
