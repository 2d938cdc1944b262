//! What a sealed plan proposes is put in the queue: each account is assessed there like anything else (D1, D4).
//!
//! In: a sealed plan whose ranks have not ended. Out: one row of the queue an account. Nothing of the plan goes with it:
//! no rank, no figure; what is decided rests on the assessments of its content alone.

use crate::{Act, Error, House, Result, whole};
use domain::access::{Authorised, right};
use domain::assessment::Urgency;
use domain::cluster::{Evidence, Queued};
use domain::event::{Event, Noun};
use domain::id::{AgencyId, ClusterId, EventId, SubjectId};
use domain::subject::SubjectKind;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;
use store::board::{Begun, NewMember};
use store::subject::Subject;
use uuid::Uuid;

/// Newest facts of a kind about plans of a space that are read.
const PLANS_READ: i64 = 1_000;

/// What became of the accounts of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Put {
    /// Put in the queue now.
    pub queued: u64,
    /// Were in the queue before, or decided.
    pub before: u64,
    /// Have too few approved assessments of content on them.
    pub few: u64,
    /// Are erased.
    pub erased: u64,
}

/// The sealed plan of a space by its event.
pub(crate) async fn sealed(house: &House, space: AgencyId, id: EventId) -> Result<Event> {
    let found = told(house, space, "sealed").await?.into_iter().find(|event| event.id == id);
    Ok(found.ok_or_else(domain::access::not_here)?)
}

/// The facts of one kind about plans of a space, newest first: `sealed` or `queued`.
pub(crate) async fn told(house: &House, space: AgencyId, what: &str) -> Result<Vec<Event>> {
    Ok(store::event::newest_of(&house.db, (Noun::Plan, what), &[space.0], PLANS_READ).await?)
}

/// Whether a fact is about a plan.
pub(crate) fn is_of(event: &Event, plan: EventId) -> bool {
    event.facts.get("plan").and_then(serde_json::Value::as_str) == Some(plan.to_string().as_str())
}

/// The accounts that a sealed plan names, best first.
pub(crate) fn accounts(plan: &Event) -> Vec<SubjectId> {
    let named = plan.facts.get("accounts").and_then(serde_json::Value::as_array);
    named.into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok()).collect()
}

/// A time that a sealed plan names.
pub(crate) fn time(plan: &Event, name: &str) -> Option<Timestamp> {
    plan.facts.get(name)?.as_str()?.parse().ok()
}

/// Puts the accounts of a sealed plan in the queue. Again is safe: who is there is left where they are.
pub async fn queue(
    house: &House,
    whose: &Authorised<AgencyId, right::ManageOperation>,
    plan: EventId,
) -> Result<Put> {
    let space = *whose.get();
    let sealed = sealed(house, space, plan).await?;
    if time(&sealed, "ends_at").is_none_or(|ends| ends <= house.clock.now()) {
        let said = "The ranks behind this plan have ended. Seal a plan of today and put that in the queue.";
        return Err(Error::Input(said.to_owned()));
    }
    let least = whole::least(house, whose.actor().agency).await?;
    let mut put = Put::default();
    let mut new = Vec::new();
    for id in accounts(&sealed) {
        let Some(subject) =
            store::subject::by_id(&house.db, id).await?.filter(|found| found.address.is_some())
        else {
            put.erased += 1;
            continue;
        };
        let grounds = whole::standing(house, subject.key).await?;
        let seen = match grounds.first() {
            Some((_, item)) if grounds.len() >= least => {
                store::observation::of_subject(&house.db, *item, 1).await?.pop()
            }
            _ => None,
        };
        match seen {
            Some(seen) => new.push((subject, (seen.key, seen.language))),
            None => put.few += 1,
        }
    }
    let again = told(house, space, "queued").await?.iter().any(|event| is_of(event, plan));
    let mut act = Act::of(house, whose.actor(), space).await?;
    let keys: Vec<i64> = new.iter().map(|(subject, _)| subject.key).collect();
    let there: HashSet<i64> = store::board::memberships(&mut act.tx, &keys)
        .await?
        .into_iter()
        .map(|(_, subject)| subject)
        .collect();
    new.retain(|(subject, _)| !there.contains(&subject.key));
    put.before = there.len() as u64;
    put.queued = new.len() as u64;
    // Asked again, with nothing new: nothing happened.
    if again && new.is_empty() {
        return Ok(put);
    }
    for (subject, seen) in new {
        begin(&mut act, space, &subject, seen).await?;
    }
    let facts = json!({ "plan": plan.to_string(), "queued": put.queued, "before": put.before, "few": put.few, "erased": put.erased });
    act.append(Noun::Plan, space.0, "queued", facts).await?;
    act.commit().await?;
    house.tell(space);
    Ok(put)
}

/// A row of the queue that is one channel or account.
async fn begin(
    act: &mut Act,
    space: AgencyId,
    subject: &Subject,
    (observation, language): (i64, String),
) -> Result<()> {
    let id = ClusterId(Uuid::now_v7());
    let kind = if subject.kind == SubjectKind::Channel { SubjectKind::Channel } else { SubjectKind::Account };
    let begun = Begun {
        id,
        space,
        language: language.clone(),
        kind: kind.word().to_owned(),
        service: subject.service.clone(),
        first_seen: act.now,
        state: Queued::Open,
        urgency: Urgency::Normal,
        members: 1,
        matches: 0,
    };
    let member = NewMember {
        cluster: id,
        subject: subject.key,
        observation,
        why: (Evidence::ByHand, 0),
        how: String::new(),
        reappeared: false,
    };
    let now = act.now;
    store::board::put(&mut act.tx, vec![begun]).await?;
    store::board::join(&mut act.tx, vec![member], now).await?;
    let facts = json!({
        "subject": subject.id.to_string(), "evidence": Evidence::ByHand.word(), "language": language,
        "kind": kind.word(), "service": subject.service,
    });
    act.append(Noun::Cluster, id.0, "queued", facts).await?;
    Ok(())
}
