//! Joint operations: a space of its own with a recorded arrangement; agencies put items in, duplicates meet there (D8, LAW-95).

use crate::{Act, Error, House, Result};
use domain::access::{Actor, Authorised, Right, RightType};
use domain::cluster::Queued;
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::AgencyId;
use domain::referral::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use store::agency::Operation;
use uuid::Uuid;

/// Agencies of one operation.
const AGENCIES_MAX: usize = 50;
/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 120;
/// Longest arrangement, in characters.
const ARRANGEMENT_MAX_CHARS: usize = 20_000;

/// An operation to start.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOperation {
    /// Shown name.
    pub name: String,
    /// Begin of its window.
    pub starts_at: Timestamp,
    /// End of its window.
    pub ends_at: Timestamp,
    /// Organisation ids of the agencies that join, besides the own.
    pub agencies: Vec<String>,
    /// The arrangement between them, with the contact point for data subjects.
    pub arrangement: String,
}

/// Starts a joint operation.
pub async fn create(house: &House, actor: &Actor, new: NewOperation) -> Result<AgencyId> {
    actor.need(Right::ManageOperation)?;
    let name = new.name.trim().to_owned();
    let bad = |sentence: &str| Err(Error::Input(sentence.to_owned()));
    if name.is_empty() || name.chars().count() > NAME_MAX_CHARS {
        return bad("The operation's name has 1 to 120 characters.");
    }
    if new.ends_at <= new.starts_at {
        return bad("The operation ends after it begins.");
    }
    let chars = new.arrangement.trim().chars().count();
    if !(1..=ARRANGEMENT_MAX_CHARS).contains(&chars) {
        return bad("A joint operation starts with its arrangement (LAW-95).");
    }
    let mut agencies = vec![actor.agency];
    for org in new.agencies.iter().take(AGENCIES_MAX) {
        let agency = store::agency::by_org(&house.db, org)
            .await?
            .ok_or_else(|| Error::Input(format!("There is no agency {org} on this machine.")))?;
        if !agencies.contains(&agency.id) {
            agencies.push(agency.id);
        }
    }
    let id = AgencyId(Uuid::now_v7());
    let operation = Operation { id, name, starts_at: new.starts_at, ends_at: new.ends_at };
    let mut act = Act::of(house, actor, id).await?;
    let now = act.now;
    let text = json!({ "arrangement": new.arrangement.trim() });
    let document = store::crypt::put_json(&mut act.tx, id, Retention::Referral, &text, now).await?;
    store::agency::put_operation(&mut act.tx, &operation, &agencies, document.key, (actor.person, now))
        .await?;
    let facts = json!({
        "agencies": agencies.iter().map(ToString::to_string).collect::<Vec<_>>(), "doc": document.fact(),
        "starts_at": operation.starts_at.to_string(), "ends_at": operation.ends_at.to_string(),
    });
    act.append(Noun::Operation, id.0, "started", facts).await?;
    act.commit().await?;
    Ok(id)
}

/// An operation in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Its id, which is also its space.
    pub id: AgencyId,
    /// Name.
    pub name: String,
    /// Begin.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

impl From<Operation> for Listed {
    fn from(operation: Operation) -> Self {
        Self {
            id: operation.id,
            name: operation.name,
            starts_at: operation.starts_at,
            ends_at: operation.ends_at,
        }
    }
}

/// Operations of the actor's agency, newest first.
pub async fn all(house: &House, actor: &Actor) -> Result<Vec<Listed>> {
    actor.need(Right::Read)?;
    let operations = store::agency::operations(&house.db, actor.agency).await?;
    Ok(operations.into_iter().map(Listed::from).collect())
}

/// The board of an operation: counters over everything in its space.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// The operation.
    #[serde(flatten)]
    pub operation: Listed,
    /// Names of its agencies.
    pub agencies: Vec<String>,
    /// Clusters by state.
    pub clusters: BTreeMap<String, u64>,
    /// Items in them by state.
    pub items: BTreeMap<String, u64>,
    /// Referrals by state.
    pub referrals: BTreeMap<String, u64>,
}

/// Reads the board.
pub async fn board<R: RightType>(house: &House, operation: &Authorised<Operation, R>) -> Result<Board> {
    let space = operation.get().id;
    let mut board = Board {
        operation: operation.get().clone().into(),
        agencies: store::agency::operation_agencies(&house.db, space)
            .await?
            .into_iter()
            .map(|agency| agency.name)
            .collect(),
        clusters: Queued::ALL.iter().map(|state| (state.to_string(), 0)).collect(),
        items: Queued::ALL.iter().map(|state| (state.to_string(), 0)).collect(),
        referrals: State::ALL.iter().map(|state| (state.to_string(), 0)).collect(),
    };
    for (state, clusters, items) in store::cluster::counts(&house.db, space).await? {
        board.clusters.insert(state.to_string(), clusters);
        board.items.insert(state.to_string(), items);
    }
    for (state, count) in store::referral::counts(&house.db, space).await? {
        board.referrals.insert(state.to_string(), count);
    }
    Ok(board)
}
