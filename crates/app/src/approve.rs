//! Approve: another person confirms, and what goes out is put together, one referral a provider (D4, LAW-120).
//!
//! In: an assessment and the version that the person saw. Out: referrals in state `approved`; the pre-flight and the
//! sending follow from the event. Nothing that joins the cluster after this goes out on this approval (D2).

use crate::{Act, House, Result, assess};
use domain::access::{Authorised, right};
use domain::assessment::{Event, ITEMS_MAX, next};
use domain::cluster::{Queued, same_version};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, CaseId, ProviderId, ReferralId};
use domain::provider::{Channel, Entry, Quiet};
use domain::referral::State;
use domain::scope::Scope;
use serde_json::json;
use std::collections::BTreeMap;
use store::assessment::Assessment;
use store::referral::Referral;
use uuid::Uuid;

/// Confirms an assessment and starts its referrals. Needs a step-up, but for a threat to life (D35).
pub async fn run(
    house: &House,
    assessment: &Authorised<Assessment, right::Approve>,
    version: i64,
) -> Result<Vec<ReferralId>> {
    let actor = assessment.actor();
    let draft = assess::draft(house, assessment.get()).await?;
    if !assess::is_threat(&draft) {
        actor.need_step_up(house.clock.now())?;
    }
    let providers = by_provider(house, assessment.get()).await?;
    let mut act = Act::of(house, actor, assessment.get().space).await?;
    let stored = assess::stored(&mut act, assessment.get().id, actor).await?;
    same_version(version, stored.version)?;
    let state = next(Some(stored.state), Event::Approved)?;
    let now = act.now;
    store::assessment::set_state(&mut act.tx, stored.id, state, None, Some(actor.person), now).await?;
    if let Some(content) = &draft.content {
        let finding =
            store::crypt::put_json(&mut act.tx, stored.space, Retention::Referral, content, now).await?;
        store::cluster::set_finding(&mut act.tx, stored.cluster, finding.key, stored.id).await?;
    }
    decided(&mut act, &stored).await?;
    let facts = json!({ "author": stored.author.to_string(), "items": stored.items, "cluster": stored.cluster.to_string() });
    act.append(Noun::Assessment, stored.id.0, Event::Approved.word(), facts).await?;
    let mut referrals = Vec::new();
    for (target, subjects) in providers {
        let provider = match target {
            Target::Known(id) => id,
            Target::Unknown(host) => note_host(&mut act, stored.space, &host, actor.person).await?,
        };
        for items in subjects.chunks(ITEMS_MAX) {
            referrals.push(put(&mut act, &stored, provider, items).await?);
        }
    }
    act.commit().await?;
    house.tell(stored.space);
    Ok(referrals)
}

/// The cluster of an assessment is decided, unless items were left out of it or joined after the author's save: those
/// were confirmed by nobody and come back, newcomers with the finding as a proposal (D2).
pub(crate) async fn decided(act: &mut Act, assessment: &Assessment) -> Result<()> {
    let id = assessment.cluster;
    let (left, newer) = store::assessment::undecided(&mut act.tx, id, assessment.made_at).await?;
    if left == 0 {
        store::cluster::set_state(&mut act.tx, id, Queued::Decided).await?;
    } else if let Some(cluster) = store::cluster::get_in(&mut act.tx, id).await? {
        store::cluster::refresh(&mut act.tx, id, Queued::Open, cluster.urgency, newer > 0).await?;
    }
    Ok(())
}

/// Who answers for an item's host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// An entry of the provider book.
    Known(ProviderId),
    /// A host that the book does not know.
    Unknown(String),
}

pub(crate) async fn by_provider(
    house: &House,
    assessment: &Assessment,
) -> Result<BTreeMap<Target, Vec<i64>>> {
    let mut grouped: BTreeMap<Target, Vec<i64>> = BTreeMap::new();
    for key in store::assessment::items(&house.db, assessment.id).await? {
        let subject = store::subject::by_key(&house.db, key).await?.ok_or_else(domain::access::not_here)?;
        let provider = store::provider::of_host(&house.db, assessment.space, &subject.service).await?;
        let target = provider.map_or(Target::Unknown(subject.service), |provider| Target::Known(provider.id));
        grouped.entry(target).or_default().push(key);
    }
    Ok(grouped)
}

/// A host that the provider book does not know is entered without a contact; the pre-flight then says what is missing.
async fn note_host(
    act: &mut Act,
    space: AgencyId,
    host: &str,
    by: domain::id::PersonId,
) -> Result<ProviderId> {
    let entry = Entry {
        name: host.to_owned(),
        org: String::new(),
        hosts: vec![host.to_owned()],
        channel: Channel::None,
        endpoint: None,
        pinned: Vec::new(),
        mail: None,
        jwks: None,
        languages: Vec::new(),
        quiet: Quiet::Normal,
        max_referrals_per_hour: 60,
        zone: None,
        scope: Scope::default(),
        hours: None,
        paused_until: None,
        listed: false,
    };
    let now = act.now;
    Ok(store::provider::put(&mut act.tx, ProviderId(Uuid::now_v7()), space, &entry, (by, now)).await?)
}

async fn put(
    act: &mut Act,
    assessment: &Assessment,
    provider: ProviderId,
    subjects: &[i64],
) -> Result<ReferralId> {
    let number = act.tx.numbers("referral", 1).await?;
    let referral = Referral {
        id: ReferralId(Uuid::now_v7()),
        space: assessment.space,
        agency: assessment.agency,
        matter: CaseId(Uuid::now_v7()),
        assessment: assessment.id,
        provider,
        state: State::Approved,
        message: None,
        reference: format!("R-{number:06}"),
        contest: hex::encode(store::crypt::random::<16>()?),
        findings: "[]".to_owned(),
        looked_by: None,
        steps: 0,
        made_at: act.now,
        queued_at: None,
        acknowledged_at: None,
    };
    store::referral::put(&mut act.tx, &referral, subjects).await?;
    let facts = json!({
        "assessment": assessment.id.to_string(), "provider": provider.to_string(), "items": subjects.len(),
        "case": referral.matter.to_string(), "sender": assessment.agency.to_string(),
    });
    act.append(Noun::Referral, referral.id.0, "assess", facts).await?;
    act.append(Noun::Referral, referral.id.0, "approve", json!({})).await?;
    Ok(referral.id)
}
