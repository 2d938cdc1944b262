//! Sensitive analysis (D34): opened with a purpose and the reference to its impact assessment, for the same actor elsewhere, for
//! money or for both; closed; and what people say of two accounts. Always of an agency's own space: nothing of it is seen in a
//! joint action.
//!
//! A mark has no effect but to be shown, and its event names no account: what is erased after 90 days is gone.

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, not_here, right};
use domain::analysis::{self, Analysis, Opening, Verdict};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, SubjectId};
use domain::subject::SubjectKind;
use serde_json::json;
use std::collections::BTreeSet;
use store::analysis::{Mark, Opened};
use store::subject::Subject;
use uuid::Uuid;

/// Opens the analysis for so many days; what was open before is closed by it.
pub async fn open(
    house: &House,
    whose: &Authorised<AgencyId, right::ManageAccess>,
    opening: Opening,
    days: i64,
) -> Result<Uuid> {
    let (actor, space) = (whose.actor(), *whose.get());
    own(actor, space)?;
    actor.need_step_up(house.clock.now())?;
    let opening = opening.sound().map_err(Error::Input)?;
    let mut act = Act::of(house, actor, space).await?;
    let now = act.now;
    let ends_at = analysis::ends_at(now, days).map_err(Error::Input)?;
    store::analysis::close(&mut act.tx, space, now).await?;
    let document = store::crypt::put_json(&mut act.tx, space, Retention::Log, &opening, now).await?;
    let new = Opened {
        id: Uuid::now_v7(),
        document: document.key,
        opened_by: actor.person,
        opened_at: now,
        ends_at,
    };
    store::analysis::put(&mut act.tx, space, &new).await?;
    let facts = json!({ "ends_at": ends_at.to_string(), "covers": opening.covers, "doc": document.fact() });
    act.append(Noun::Analysis, new.id, "opened", facts).await?;
    act.commit().await?;
    forget(house, space);
    house.tell(space);
    Ok(new.id)
}

/// Closes the analysis; what was reckoned is dropped from memory at once.
pub async fn close(house: &House, whose: &Authorised<AgencyId, right::ManageAccess>) -> Result<()> {
    let (actor, space) = (whose.actor(), *whose.get());
    own(actor, space)?;
    let (opened, _) = opening(house, space).await?.ok_or_else(analysis::not_open)?;
    let mut act = Act::of(house, actor, space).await?;
    let now = act.now;
    store::analysis::close(&mut act.tx, space, now).await?;
    act.append(Noun::Analysis, opened.id, "closed", json!({})).await?;
    act.commit().await?;
    forget(house, space);
    house.tell(space);
    Ok(())
}

/// Drops what was reckoned of a space.
fn forget(house: &House, space: AgencyId) {
    house.leads.forget(space);
    house.money.forget(space);
}

/// What is open in a space, and why.
pub(crate) async fn opening(house: &House, space: AgencyId) -> Result<Option<(Opened, Opening)>> {
    let Some(found) = store::analysis::open(&house.db, space, house.clock.now()).await? else {
        return Ok(None);
    };
    let written: Option<Opening> = store::crypt::get_json(&house.db, found.document).await?;
    let erased = || Opening { purpose: String::new(), reference: String::new(), covers: BTreeSet::new() };
    Ok(Some((found, written.unwrap_or_else(erased))))
}

/// The opening of an agency's own space that covers an analysis, or the refusal.
pub(crate) async fn in_force(house: &House, space: AgencyId, which: Analysis) -> Result<(Opened, Opening)> {
    let found = opening(house, space).await?.filter(|(_, opening)| opening.covers.contains(&which));
    Ok(found.ok_or_else(analysis::not_open)?)
}

/// The agency's own space and no other, even where the person may enter it.
pub(crate) fn own(actor: &Actor, space: AgencyId) -> Result<()> {
    if actor.agency == space { Ok(()) } else { Err(not_here().into()) }
}

/// Two accounts of the agency's own space, for a person who may see leads while the analysis is open.
async fn pair(house: &House, actor: &Actor, ids: (SubjectId, SubjectId)) -> Result<(Subject, Subject)> {
    actor.need(Right::ReadLeads)?;
    let mut found = Vec::new();
    for id in [ids.0, ids.1] {
        let subject = store::subject::by_id(&house.db, id).await?.ok_or_else(not_here)?;
        let subject = Authorised::<_, right::ReadLeads>::check(actor, subject.space, subject)?.into_parts().0;
        own(actor, subject.space)?;
        found.push(subject);
    }
    in_force(house, actor.agency, Analysis::SameActor).await?;
    match (found.pop(), found.pop()) {
        (Some(one), Some(other))
            if one.kind == SubjectKind::Account
                && other.kind == SubjectKind::Account
                && one.service != other.service =>
        {
            Ok(if one.key < other.key { (one, other) } else { (other, one) })
        }
        _ => Err(Error::Input("A mark is about two accounts on two services.".to_owned())),
    }
}

/// Says of two accounts that they have the same actor, or not; an earlier mark of the pair is taken back by it.
pub async fn mark(
    house: &House,
    actor: &Actor,
    ids: (SubjectId, SubjectId),
    verdict: Verdict,
    reason: &str,
) -> Result<Uuid> {
    let (one, other) = pair(house, actor, ids).await?;
    let reason = analysis::reason(reason).map_err(Error::Input)?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    let (now, keys) = (act.now, (one.key, other.key));
    if let Some(old) = store::analysis::mark_in(&mut act.tx, actor.agency, keys).await? {
        store::analysis::erase_mark(&mut act.tx, actor.agency, &old, "mark_replaced", now).await?;
        act.append(Noun::Analysis, old.id, "unmarked", json!({})).await?;
    }
    let document = store::crypt::put_json(
        &mut act.tx,
        actor.agency,
        Retention::Observation,
        &json!({ "reason": reason }),
        now,
    )
    .await?;
    let new = Mark {
        id: Uuid::now_v7(),
        pair: keys,
        verdict,
        document: document.key,
        made_by: actor.person,
        made_at: now,
    };
    store::analysis::put_mark(&mut act.tx, actor.agency, &new).await?;
    let facts = json!({ "verdict": verdict, "doc": document.fact() });
    act.append(Noun::Analysis, new.id, "marked", facts).await?;
    act.commit().await?;
    house.tell(actor.agency);
    Ok(new.id)
}

/// Takes back what was said of two accounts.
pub async fn unmark(house: &House, actor: &Actor, ids: (SubjectId, SubjectId)) -> Result<()> {
    let (one, other) = pair(house, actor, ids).await?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    let now = act.now;
    let old = store::analysis::mark_in(&mut act.tx, actor.agency, (one.key, other.key)).await?;
    let old = old.ok_or_else(not_here)?;
    store::analysis::erase_mark(&mut act.tx, actor.agency, &old, "mark_taken_back", now).await?;
    act.append(Noun::Analysis, old.id, "unmarked", json!({})).await?;
    act.commit().await?;
    house.tell(actor.agency);
    Ok(())
}

/// Erases marks that are 90 days old, and drops from memory what was reckoned a day ago. Gives how many marks there were.
pub(crate) async fn sweep(house: &House) -> Result<u64> {
    let now = house.clock.now();
    house.leads.forget_old(now);
    house.money.forget_old(now);
    let old = store::analysis::old_marks(&house.db, analysis::since(now)).await?;
    for (space, mark) in &old {
        let mut act = Act::of_machine(house, *space, *space).await?;
        store::analysis::erase_mark(&mut act.tx, *space, mark, "mark_over", now).await?;
        act.append(Noun::Analysis, mark.id, "unmarked", json!({ "why": "mark_over" })).await?;
        act.commit().await?;
    }
    Ok(old.len() as u64)
}
