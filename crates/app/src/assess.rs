//! Assess: one person's reasoned decision about a cluster (D2, D3; LAW-08 to LAW-17).
//!
//! In: a cluster that the person opened (leased), and a draft with the version that they saw. Out: an assessment that
//! waits for a second person, a second reader, or is declined. Nothing is sent here.

use crate::{Act, Error, House, Result, approve, whole};
use domain::Refusal;
use domain::access::{Actor, Authorised, right};
use domain::assessment::{
    Decision, Draft, EXEMPTION_MAX_CHARS, EXEMPTION_MIN_CHARS, Event, Finding, State, Urgency, next,
};
use domain::cluster::{Lease, Queued, same_version};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, AssessmentId, ClusterId, SubjectId};
use domain::written::{self, Lines};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::assessment::Assessment;
use store::cluster::Cluster;
use uuid::Uuid;

/// Members of a cluster that are loaded to be decided about.
pub const MEMBERS_SHOWN: i64 = 500;

/// Opens a cluster: a visible lease of ten minutes. Another's lease is a refusal that says so.
pub async fn open(house: &House, cluster: &Authorised<Cluster, right::Assess>) -> Result<Lease> {
    let mut act = Act::of(house, cluster.actor(), cluster.get().space).await?;
    let held = fresh(&mut act, cluster.get().id).await?.lease;
    let lease = domain::cluster::lease(held, cluster.actor().person, act.now)?;
    store::cluster::set_lease(&mut act.tx, cluster.get().id, Some(lease)).await?;
    act.commit().await?;
    house.tell(cluster.get().space);
    Ok(lease)
}

async fn fresh(act: &mut Act, id: ClusterId) -> Result<Cluster> {
    Ok(store::cluster::get_in(&mut act.tx, id).await?.ok_or_else(domain::access::not_here)?)
}

/// Puts a cluster off; it comes back when the others are done or something new joins it.
pub async fn defer(house: &House, cluster: &Authorised<Cluster, right::Assess>, version: i64) -> Result<()> {
    let mut act = Act::of(house, cluster.actor(), cluster.get().space).await?;
    let stored = fresh(&mut act, cluster.get().id).await?;
    same_version(version, stored.version)?;
    if stored.state != Queued::Open {
        return Err(not_open(stored.state).into());
    }
    store::cluster::set_state(&mut act.tx, stored.id, Queued::Deferred).await?;
    store::cluster::set_lease(&mut act.tx, stored.id, None).await?;
    act.append(Noun::Cluster, stored.id.0, "deferred", json!({})).await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}

fn not_open(state: Queued) -> Refusal {
    Refusal::new(
        "console: queue",
        "conflict",
        format!("It is \"{state}\" now; somebody was faster. Load the page again."),
    )
}

/// What a save came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The assessment.
    pub id: AssessmentId,
    /// Where it stands.
    pub state: State,
}

/// Saves a person's decision. `version` is the cluster's version that they saw.
pub async fn save(
    house: &House,
    cluster: &Authorised<Cluster, right::Assess>,
    version: i64,
    mut draft: Draft,
) -> Result<Saved> {
    let actor = cluster.actor();
    let event = draft.event()?;
    whole::check(house, cluster.get(), actor.agency, &mut draft).await?;
    let members: BTreeMap<SubjectId, i64> =
        store::cluster::members(&house.db, cluster.get().id, MEMBERS_SHOWN)
            .await?
            .into_iter()
            .map(|member| (member.subject_id, member.subject))
            .collect();
    let mut named = Vec::with_capacity(draft.contexts.len());
    for id in draft.contexts.keys() {
        // The body may only name what stands on the path's object.
        named.push((*id, *members.get(id).ok_or_else(domain::access::not_here)?));
    }
    let mut act = Act::of(house, actor, cluster.get().space).await?;
    let stored = fresh(&mut act, cluster.get().id).await?;
    same_version(version, stored.version)?;
    domain::cluster::lease(stored.lease, actor.person, act.now)?;
    let before = open_assessment(&mut act, &stored).await?;
    let state = next(before.as_ref().map(|assessment| assessment.state), event)?;
    if event == Event::SavedDeclined && named.is_empty() {
        // Who declines without naming items speaks of all that is left: what joins later is no part of it.
        named = store::assessment::left(&mut act.tx, stored.id, before.as_ref().map(|own| own.id)).await?;
    }
    let (names, subjects): (Vec<SubjectId>, Vec<i64>) = named.into_iter().unzip();
    let now = act.now;
    let retention = if event == Event::SavedDeclined { Retention::NotTerrorist } else { Retention::Referral };
    let document = store::crypt::put_json(&mut act.tx, stored.space, retention, &draft, now).await?;
    let mut assessment = Assessment {
        id: AssessmentId(Uuid::now_v7()),
        space: stored.space,
        agency: actor.agency,
        cluster: stored.id,
        state,
        decision: draft.decision,
        author: actor.person,
        author_login: actor.login,
        reader: None,
        approver: None,
        document: document.key,
        items: i64::try_from(subjects.len()).unwrap_or(i64::MAX),
        version: 1,
        made_at: now,
    };
    match before {
        Some(old) if old.author == actor.person => {
            assessment.id = old.id;
            store::assessment::update_draft(&mut act.tx, &assessment, &subjects).await?;
        }
        Some(_) => return Err(not_open(stored.state).into()),
        None => store::assessment::put(&mut act.tx, &assessment, &subjects).await?,
    }
    let urgency = draft.content.as_ref().map_or(stored.urgency, |content| content.urgency);
    store::cluster::refresh(&mut act.tx, stored.id, queued(state), urgency, false).await?;
    if state == State::Declined {
        approve::decided(&mut act, &assessment).await?;
    }
    store::cluster::set_lease(&mut act.tx, stored.id, None).await?;
    let facts = json!({
        "cluster": stored.id.to_string(), "decision": draft.decision.word(), "items": subjects.len(),
        "kinds": draft.content.iter().flat_map(|content| content.statements.keys()).map(|kind| kind.word()).collect::<Vec<_>>(),
        "urgency": urgency.word(), "language": stored.language, "kind": stored.kind, "doc": document.fact(),
        "subjects": names.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "texts": texts(house, stored.space, &draft)?,
        "grounds": draft.whole.iter().flat_map(|whole| &whole.grounds).map(ToString::to_string).collect::<Vec<_>>(),
    });
    act.append(Noun::Assessment, assessment.id.0, event.word(), facts).await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(Saved { id: assessment.id, state })
}

/// A keyed digest of everything that the person wrote: equal digests are identical texts (D3), and tell nothing else.
pub(crate) fn texts(house: &House, space: AgencyId, draft: &Draft) -> Result<String> {
    let content = draft.content.as_ref().map(|content| (&content.statements, &content.danger));
    let contexts: BTreeSet<Vec<&str>> = draft
        .contexts
        .values()
        .map(|context| {
            let answers = context.exemption.values().map(|answer| answer.text.trim());
            answers.chain([context.true_purpose.trim(), context.context.trim()]).collect()
        })
        .collect();
    let whole = draft.whole.as_ref().map(|whole| whole.proportionality.trim());
    let written = match whole {
        None => serde_json::to_vec(&(content, contexts))?,
        Some(reason) => serde_json::to_vec(&(content, contexts, reason))?,
    };
    Ok(format!("hmac:{}", hex::encode(house.db.keys.digest(space, "texts", &written)?)))
}

/// Where the cluster of an assessment stands.
fn queued(state: State) -> Queued {
    match state {
        State::Assessed => Queued::AwaitsApproval,
        State::AwaitsReader => Queued::AwaitsReader,
        State::Returned | State::Void | State::Withdrawn => Queued::Open,
        State::Approved | State::Declined => Queued::Decided,
    }
}

/// The assessment of a cluster that is still being worked on; decided ones stay as they are and a new one is begun.
async fn open_assessment(act: &mut Act, cluster: &Cluster) -> Result<Option<Assessment>> {
    let ids = act
        .tx
        .rows(
            "SELECT id FROM assessment WHERE cluster = $1 AND state IN ('assessed', 'awaits_reader', 'returned')
             ORDER BY made_at DESC LIMIT 1",
            store::params![cluster.id],
        )
        .await?;
    match ids.first() {
        Some(row) => Ok(store::assessment::get_in(&mut act.tx, row.id("id")?).await?),
        None => Ok(None),
    }
}

/// A second reader's answer to a doubt (LAW-14, LAW-120.05): their own text, and whether they find an exemption.
pub async fn read_again(
    house: &House,
    assessment: &Authorised<Assessment, right::Approve>,
    finding: Finding,
    text: &str,
) -> Result<State> {
    let actor = assessment.actor();
    written::sound(text, (EXEMPTION_MIN_CHARS, EXEMPTION_MAX_CHARS), Lines::Several).map_err(|bad| {
        bad.refused(|_| {
            Refusal::new(
                "LAW-120.05",
                "reader_text",
                "A second reader writes their own reasons, 10 to 1000 characters.",
            )
        })
    })?;
    let mut act = Act::of(house, actor, assessment.get().space).await?;
    let stored = stored(&mut act, assessment.get().id, actor).await?;
    let event = if finding == Finding::No { Event::ReadClear } else { Event::ReadBlocked };
    let mut state = next(Some(stored.state), event)?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        stored.space,
        Retention::Referral,
        &json!({ "finding": finding.word(), "text": text }),
        now,
    )
    .await?;
    // Only a decision to refer goes on to approval; a question alone goes back to its author.
    if event == Event::ReadClear && stored.decision != Decision::Refer {
        state = next(Some(stored.state), Event::Returned)?;
    }
    store::assessment::set_state(&mut act.tx, stored.id, state, Some(actor.person), None, now).await?;
    store::cluster::set_state(&mut act.tx, stored.cluster, queued(state)).await?;
    let what = if state == State::Returned { Event::Returned } else { event };
    act.append(
        Noun::Assessment,
        stored.id.0,
        what.word(),
        json!({ "finding": finding.word(), "doc": document.fact() }),
    )
    .await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(state)
}

/// Sends an assessment back to its author, with a reason.
pub async fn return_it(
    house: &House,
    assessment: &Authorised<Assessment, right::Approve>,
    version: i64,
    reason: &str,
) -> Result<()> {
    let actor = assessment.actor();
    let reason = domain::reads::reason(reason)?;
    let mut act = Act::of(house, actor, assessment.get().space).await?;
    let stored = stored(&mut act, assessment.get().id, actor).await?;
    same_version(version, stored.version)?;
    let state = next(Some(stored.state), Event::Returned)?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        stored.space,
        Retention::Referral,
        &json!({ "reason": reason }),
        now,
    )
    .await?;
    store::assessment::set_state(&mut act.tx, stored.id, state, None, None, now).await?;
    store::cluster::set_state(&mut act.tx, stored.cluster, Queued::Open).await?;
    act.append(Noun::Assessment, stored.id.0, Event::Returned.word(), json!({ "doc": document.fact() }))
        .await?;
    act.commit().await?;
    house.tell(stored.space);
    Ok(())
}

/// The assessment as it stands in the transaction; the person must be another than its author.
pub(crate) async fn stored(act: &mut Act, id: AssessmentId, second: &Actor) -> Result<Assessment> {
    let stored = store::assessment::get_in(&mut act.tx, id).await?.ok_or_else(domain::access::not_here)?;
    domain::access::four_eyes(stored.author, stored.author_login, second)?;
    Ok(stored)
}

/// The draft of an assessment.
pub async fn draft(house: &House, assessment: &Assessment) -> Result<Draft> {
    store::crypt::get_json(&house.db, assessment.document)
        .await?
        .ok_or_else(|| Error::Input("The text of this assessment was erased.".into()))
}

/// Whether a threat to life is at stake: it never waits for a step-up (D35).
#[must_use]
pub fn is_threat(draft: &Draft) -> bool {
    draft.content.as_ref().is_some_and(|content| content.urgency == Urgency::ThreatToLife)
}
