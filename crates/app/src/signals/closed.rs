//! Closed lists (D16): lists of child abuse and of intimate images. A provider's seat only, off until two people enable
//! them; one person ends them, and then every value is forgotten.

use crate::{Act, House, Result, proposal};
use domain::access::{Actor, Authorised, Right, right};
use domain::bank::{ListClass, may_enable, may_load};
use domain::event::Noun;
use domain::id::{AgencyId, ProposalId};
use domain::proposal::Event;
use jiff::Timestamp;
use serde_json::json;
use store::proposal::Proposal;

/// Whether a list of one class may go into a bank of another, for this person.
pub(super) async fn check(
    house: &House,
    actor: &Actor,
    space: AgencyId,
    classes: (ListClass, ListClass),
) -> Result<()> {
    let enabled: Vec<ListClass> =
        store::closed::enabled(&house.db, space).await?.into_iter().map(|(class, _)| class).collect();
    Ok(may_load(classes, actor.kind, &enabled)?)
}

/// Classes that are enabled in a space, and since when.
pub async fn lists(house: &House, actor: &Actor) -> Result<Vec<(ListClass, Timestamp)>> {
    actor.need(Right::ManageSignals)?;
    Ok(store::closed::enabled(&house.db, actor.agency).await?)
}

/// Proposes to enable a class; a second person confirms. Needs a step-up.
pub async fn propose_list(
    house: &House,
    space: &Authorised<AgencyId, right::ManageSignals>,
    class: ListClass,
) -> Result<ProposalId> {
    let actor = space.actor();
    may_enable(actor.kind)?;
    if class == ListClass::Ordinary {
        return Err(crate::Error::Input(
            "Name child_abuse or intimate: ordinary lists are not closed.".to_owned(),
        ));
    }
    actor.need_step_up(house.clock.now())?;
    let mut act = Act::of(house, actor, *space.get()).await?;
    let body = serde_json::to_string(&class)?;
    let by = Some((actor.person, actor.login));
    let id = proposal::put(&mut act, proposal::Act::EnableList, space.get().0, body, by).await?;
    let facts = json!({ "class": class.word(), "proposal": id.to_string() });
    act.append(Noun::Agency, space.get().0, "list_proposed", facts).await?;
    act.commit().await?;
    Ok(id)
}

/// Classes that wait for a second person, oldest first.
pub async fn proposed_lists(house: &House, actor: &Actor) -> Result<Vec<(Proposal, ListClass)>> {
    actor.need(Right::ManageSignals)?;
    store::proposal::waiting(&house.db, actor.agency, proposal::Act::EnableList)
        .await?
        .into_iter()
        .map(|proposal| {
            let class = serde_json::from_str(&proposal.body)?;
            Ok((proposal, class))
        })
        .collect()
}

/// A second person enables the class, with a step-up, or one person says no.
pub async fn decide_list(house: &House, actor: &Actor, id: ProposalId, event: Event) -> Result<()> {
    actor.need(Right::ManageSignals)?;
    if event == Event::Confirm {
        actor.need_step_up(house.clock.now())?;
    }
    let (mut act, stored) = proposal::decide(house, actor, id, proposal::Act::EnableList, event).await?;
    may_enable(actor.kind)?;
    let class: ListClass = serde_json::from_str(&stored.body)?;
    let facts = json!({ "class": class.word(), "proposal": id.to_string() });
    let what = if event == Event::Confirm {
        let now = act.now;
        store::closed::enable(&mut act.tx, stored.space, class, now).await?;
        "list_enabled"
    } else {
        "list_dropped"
    };
    act.append(Noun::Agency, stored.space.0, what, facts).await?;
    act.commit().await
}

/// Ends a class and forgets its values: one person's act, at once. Gives how many values went.
pub async fn end_list(
    house: &House,
    space: &Authorised<AgencyId, right::ManageSignals>,
    class: ListClass,
) -> Result<u64> {
    let mut act = Act::of(house, space.actor(), *space.get()).await?;
    let forgotten = store::closed::end(&mut act.tx, *space.get(), class).await?;
    let facts = json!({ "class": class.word(), "forgotten": forgotten });
    act.append(Noun::Agency, space.get().0, "list_ended", facts).await?;
    act.commit().await?;
    Ok(forgotten)
}
