//! A person's hand on clusters: splitting what is not the same content, merging what is (D2, D25).
//!
//! Both list what was sent on the old finding. Work in progress on content that a split changed is void.

use crate::recognise::{self, Ties};
use crate::{Act, Error, House, Result, whole};
use domain::Refusal;
use domain::access::{Authorised, right};
use domain::assessment::{ContentFinding, Event, State, next};
use domain::cluster::{Queued, same_version};
use domain::event::Noun;
use domain::id::{AssessmentId, ClusterId, ReferralId, SubjectId};
use serde_json::json;
use std::collections::BTreeSet;
use store::assessment::Assessment;
use store::cluster::{Cluster, Member};

/// Members that a split looks at.
const MEMBERS_MAX: i64 = 5_000;
/// Assessments of a cluster that are listed.
const ASSESSMENTS_MAX: i64 = 200;

/// An approved assessment and what goes or went out on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The assessment.
    pub assessment: AssessmentId,
    /// Its referrals and where they stand; `approved` ones have not left yet.
    pub referrals: Vec<(ReferralId, domain::referral::State)>,
}

/// What a split came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The new cluster.
    pub new: ClusterId,
    /// Assessments that are void: the content changed under them.
    pub void: Vec<AssessmentId>,
    /// All that was sent on the old finding (D2): for people to look at.
    pub sent: Vec<Sent>,
}

/// Takes items out into a new cluster that waits to be assessed.
pub async fn split(
    house: &House,
    cluster: &Authorised<Cluster, right::Assess>,
    version: i64,
    subjects: &[SubjectId],
) -> Result<Split> {
    let id = cluster.get().id;
    let members = store::cluster::members(&house.db, id, MEMBERS_MAX).await?;
    let (out, stay): (Vec<Member>, Vec<Member>) =
        members.into_iter().partition(|member| subjects.contains(&member.subject_id));
    let named: BTreeSet<SubjectId> = subjects.iter().copied().collect();
    if out.len() != named.len() {
        // The body may only name what stands on the path's object.
        return Err(domain::access::not_here().into());
    }
    if out.is_empty() || stay.is_empty() {
        let sentence = "Take out at least one item and leave at least one; else nothing is split.";
        return Err(Refusal::new("D25", "empty_split", sentence).into());
    }
    let space = cluster.get().space;
    let (first, out_ties) = content(house, space, &out).await?;
    let (_, stay_ties) = content(house, space, &stay).await?;
    let sent = sent(house, id).await?;
    let open = in_progress(house, id).await?;
    let mut act = Act::of(house, cluster.actor(), space).await?;
    let stored = fresh(&mut act, cluster, version).await?;
    let new = recognise::begin(&mut act, space, &first).await?;
    let now = act.now;
    for member in &out {
        store::cluster::move_member(&mut act.tx, (id, new), member.subject, now).await?;
    }
    move_keys(&mut act, (id, new), &out_ties, &stay_ties).await?;
    let void = overtake(&mut act, &open).await?;
    store::cluster::refresh(&mut act.tx, new, Queued::Open, stored.urgency, false).await?;
    let state = if void.is_empty() { stored.state } else { Queued::Open };
    store::cluster::refresh(&mut act.tx, id, state, stored.urgency, false).await?;
    let ids: Vec<String> = out.iter().map(|member| member.subject_id.to_string()).collect();
    let facts = json!({ "into": new.to_string(), "subjects": ids, "evidence": "by_hand" });
    act.append(Noun::Cluster, id.0, "split", facts).await?;
    let facts = json!({ "from": id.to_string(), "subjects": ids, "evidence": "by_hand" });
    act.append(Noun::Cluster, new.0, "split_off", facts).await?;
    act.commit().await?;
    house.matchers.representatives_changed(space).await;
    house.tell(space);
    Ok(Split { new, void, sent })
}

/// The first observation of members, and the ties of all.
async fn content(
    house: &House,
    space: domain::id::AgencyId,
    members: &[Member],
) -> Result<(store::observation::Observation, Vec<Ties>)> {
    let keys: Vec<i64> = members.iter().map(|member| member.observation).collect();
    let observations = store::observation::by_keys(&house.db, &keys).await?;
    let ties = recognise::ties(house, space, &observations).await?;
    let first =
        observations.into_iter().next().ok_or_else(|| Error::Bug("a member without observation".into()))?;
    Ok((first, ties))
}

/// Moves what makes the taken-out items belong together; what the others share stays.
async fn move_keys(
    act: &mut Act,
    (from, to): (ClusterId, ClusterId),
    out: &[Ties],
    stay: &[Ties],
) -> Result<()> {
    let kept: BTreeSet<(&str, Vec<u8>)> = stay.iter().flat_map(Ties::keys).collect();
    for (kind, value) in out.iter().flat_map(Ties::keys).filter(|key| !kept.contains(key)) {
        store::cluster::retie(&mut act.tx, kind, &value, (from, to)).await?;
    }
    let space = store::cluster::get_in(&mut act.tx, to).await?.ok_or_else(domain::access::not_here)?.space;
    for (ties, cluster) in [(out.first(), to), (stay.first(), from)] {
        if let Some(ties) = ties {
            recognise::tie(act, space, ties, cluster, true).await?;
        }
    }
    Ok(())
}

/// What a merge came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The cluster that stays: the older one.
    pub into: ClusterId,
    /// The other: its address leads to the first.
    pub from: ClusterId,
    /// Approved assessments whose findings differ; empty when they agree or one has none.
    pub differ: Vec<AssessmentId>,
    /// Assessments of the other that are void.
    pub void: Vec<AssessmentId>,
    /// All that was sent on either finding.
    pub sent: Vec<Sent>,
}

/// Joins two clusters of the same content. Each comes with the version that the person saw.
pub async fn merge(
    house: &House,
    one: (&Authorised<Cluster, right::Assess>, i64),
    other: (&Authorised<Cluster, right::Assess>, i64),
) -> Result<Merged> {
    let (into, from) = if one.0.get().id < other.0.get().id { (one, other) } else { (other, one) };
    let (old, new) = (into.0.get(), from.0.get());
    if old.id == new.id || old.space != new.space {
        return Err(domain::access::not_here().into());
    }
    if whole::kind_of(old).or(whole::kind_of(new)).is_some() {
        let sentence = "A channel or account is one by itself; it is joined with nothing.";
        return Err(Refusal::new("D1", "whole_merge", sentence).into());
    }
    let mut sent = sent(house, old.id).await?;
    sent.extend(self::sent(house, new.id).await?);
    let open = in_progress(house, new.id).await?;
    let mut act = Act::of(house, into.0.actor(), old.space).await?;
    let stays = fresh(&mut act, into.0, into.1).await?;
    let goes = fresh(&mut act, from.0, from.1).await?;
    let differ = differing(&mut act, &stays, &goes).await?;
    let void = overtake(&mut act, &open).await?;
    store::cluster::merge(&mut act.tx, goes.id, stays.id).await?;
    if let (None, Some((document, of))) = (stays.finding, goes.finding) {
        store::cluster::set_finding(&mut act.tx, stays.id, document, of).await?;
    }
    let decided = stays.state == Queued::Decided && goes.state == Queued::Decided && differ.is_empty();
    let state = match stays.state {
        Queued::AwaitsApproval | Queued::AwaitsReader => stays.state,
        _ if decided => Queued::Decided,
        _ => Queued::Open,
    };
    let reappeared = state == Queued::Open && (stays.finding.is_some() || goes.finding.is_some());
    store::cluster::refresh(&mut act.tx, stays.id, state, stays.urgency.max(goes.urgency), reappeared)
        .await?;
    let facts = json!({ "from": goes.id.to_string(), "items": goes.members, "evidence": "by_hand", "differ": !differ.is_empty() });
    act.append(Noun::Cluster, stays.id.0, "merged", facts).await?;
    act.append(Noun::Cluster, goes.id.0, "merged_into", json!({ "into": stays.id.to_string() })).await?;
    act.commit().await?;
    house.tell(old.space);
    Ok(Merged { into: stays.id, from: goes.id, differ, void, sent })
}

async fn differing(act: &mut Act, one: &Cluster, other: &Cluster) -> Result<Vec<AssessmentId>> {
    let (Some((a, of_a)), Some((b, of_b))) = (one.finding, other.finding) else { return Ok(Vec::new()) };
    if finding(act, a).await? == finding(act, b).await? {
        return Ok(Vec::new());
    }
    Ok(vec![of_a, of_b])
}

async fn finding(act: &mut Act, document: i64) -> Result<Option<ContentFinding>> {
    let clear = store::crypt::get_in(&mut act.tx, document).await?;
    Ok(clear.map(|clear| serde_json::from_slice(&clear)).transpose()?)
}

/// The cluster as it stands in the transaction: the version that the person saw, not leased by another, not redirected.
async fn fresh(act: &mut Act, seen: &Authorised<Cluster, right::Assess>, version: i64) -> Result<Cluster> {
    let stored =
        store::cluster::get_in(&mut act.tx, seen.get().id).await?.ok_or_else(domain::access::not_here)?;
    same_version(version, stored.version)?;
    domain::cluster::lease(stored.lease, seen.actor().person, act.now)?;
    if stored.merged_into.is_some() {
        return Err(domain::access::not_here().into());
    }
    Ok(stored)
}

async fn sent(house: &House, cluster: ClusterId) -> Result<Vec<Sent>> {
    let mut sent = Vec::new();
    for assessment in store::assessment::of_cluster(&house.db, cluster, ASSESSMENTS_MAX).await? {
        if assessment.state == State::Approved {
            let referrals = store::referral::of_assessment(&house.db, assessment.id).await?;
            let referrals = referrals.into_iter().map(|referral| (referral.id, referral.state)).collect();
            sent.push(Sent { assessment: assessment.id, referrals });
        }
    }
    Ok(sent)
}

async fn in_progress(house: &House, cluster: ClusterId) -> Result<Vec<Assessment>> {
    let mut all = store::assessment::of_cluster(&house.db, cluster, ASSESSMENTS_MAX).await?;
    all.retain(|one| matches!(one.state, State::Assessed | State::AwaitsReader | State::Returned));
    Ok(all)
}

/// Voids what is still in progress; what was approved meanwhile stays, and is listed.
async fn overtake(act: &mut Act, open: &[Assessment]) -> Result<Vec<AssessmentId>> {
    let now = act.now;
    let mut void = Vec::new();
    for seen in open {
        let Some(stored) = store::assessment::get_in(&mut act.tx, seen.id).await? else { continue };
        if stored.state == State::Approved {
            continue;
        }
        let Ok(state) = next(Some(stored.state), Event::Overtaken) else { continue };
        store::assessment::set_state(&mut act.tx, stored.id, state, None, None, now).await?;
        let facts = json!({ "cluster": stored.cluster.to_string() });
        act.append(Noun::Assessment, stored.id.0, Event::Overtaken.word(), facts).await?;
        void.push(stored.id);
    }
    Ok(void)
}
