//! Joint actions: a space of their own, with a recorded arrangement (D8, LAW-95).
//!
//! In: a name, a window, agencies, the arrangement's text. Out: the operation; its people enter it by their agency.

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, right};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::AgencyId;
use domain::written::{self, Lines};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use store::agency::Operation;
use uuid::Uuid;

/// Greatest length of a name, in characters.
const NAME_MAX_CHARS: usize = 200;
/// Least length of the arrangement, in characters: it names purposes and a contact for data subjects.
const ARRANGEMENT_MIN_CHARS: usize = 40;
/// Most agencies of one action.
const AGENCIES_MAX: usize = 100;

/// A joint action to begin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOperation {
    /// Shown name.
    pub name: String,
    /// Begin of its window.
    pub starts_at: Timestamp,
    /// End of its window.
    pub ends_at: Timestamp,
    /// Names of the agencies of this machine that take part; one's own is always in.
    pub agencies: Vec<String>,
    /// The joint controllers' arrangement, with the contact point for data subjects (LAW-95).
    pub arrangement: String,
}

/// Begins a joint action.
pub async fn begin(
    house: &House,
    whose: &Authorised<AgencyId, right::ManageOperation>,
    new: NewOperation,
) -> Result<Operation> {
    let actor = whose.actor();
    let name = written::sound(&new.name, (1, NAME_MAX_CHARS), Lines::One).map_err(|bad| {
        bad.refused(|_| {
            Error::Input(format!("Give the operation a name of 1 to {NAME_MAX_CHARS} characters."))
        })
    })?;
    if new.ends_at <= new.starts_at {
        return Err(Error::Input("The window of the operation ends before it begins.".into()));
    }
    let arranged = written::sound(&new.arrangement, (ARRANGEMENT_MIN_CHARS, usize::MAX), Lines::Several);
    arranged.map_err(|bad| {
        bad.refused(|_| domain::Refusal::new("LAW-95", "joint_arrangement", "A joint operation starts only with an arrangement: purposes, tasks of each agency, and a contact point for data subjects."))
    })?;
    let mut agencies = vec![actor.agency];
    for name in new.agencies.iter().take(AGENCIES_MAX) {
        let agency = store::agency::by_name(&house.db, name).await?;
        let agency =
            agency.ok_or_else(|| Error::Input(format!("There is no agency \"{name}\" on this machine.")))?;
        if !agencies.contains(&agency.id) {
            agencies.push(agency.id);
        }
    }
    let operation = Operation {
        id: AgencyId(Uuid::now_v7()),
        name: name.to_owned(),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
    };
    let mut act = Act::of(house, actor, operation.id).await?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        operation.id,
        Retention::Referral,
        &json!({ "arrangement": new.arrangement.trim() }),
        now,
    )
    .await?;
    store::agency::put_operation(&mut act.tx, &operation, &agencies, document.key, (actor.person, now))
        .await?;
    let facts = json!({
        "agencies": agencies.iter().map(ToString::to_string).collect::<Vec<_>>(), "doc": document.fact(),
        "starts_at": operation.starts_at.to_string(), "ends_at": operation.ends_at.to_string(),
    });
    act.append(Noun::Operation, operation.id.0, "begun", facts).await?;
    act.commit().await?;
    Ok(operation)
}

/// Joint actions of the person's agency, newest first.
pub async fn all(house: &House, actor: &Actor) -> Result<Vec<Operation>> {
    Ok(store::agency::operations(&house.db, actor.agency).await?)
}
