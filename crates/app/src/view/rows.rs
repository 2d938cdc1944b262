//! Stored rows as the API lists them, and with the read noted where a person reads; the other files of this folder put them
//! together for pages. Nothing is decided here.

use crate::{House, Result, load};
use domain::access::{Actor, Authorised, right};
use domain::assessment::State as AssessmentState;
use domain::cluster::Queued;
use domain::event::Noun;
use domain::id::AgencyId;
use domain::observation::Record;
use domain::referral::State as ReferralState;
use store::assessment::Assessment;
use store::cluster::{Cluster, Member};
use store::inbox::InboxItem;
use store::matches::Shown;
use store::provider::Provider;
use store::referral::{Item, Referral};

/// Rows of a list.
pub const ROWS_MAX: i64 = 500;
/// Matches and earlier decisions shown with a cluster.
const BESIDE_MAX: i64 = 100;

/// The queue of a space in a state; the read is logged.
pub async fn queue(
    house: &House,
    actor: &Actor,
    space: AgencyId,
    state: Queued,
    limit: i64,
) -> Result<Vec<Cluster>> {
    load::note_read(house, actor, Noun::Cluster, space.0).await?;
    Ok(store::cluster::queue(&house.db, &[space], state, limit.clamp(1, ROWS_MAX)).await?)
}

/// A member with what was seen of it.
pub struct Seen {
    /// The member.
    pub member: Member,
    /// Language found.
    pub language: String,
    /// Audience's word.
    pub audience: String,
    /// The record; `None` when it was erased.
    pub record: Option<Record>,
}

/// A cluster with its items, why it matched, and what was decided.
pub struct Whole {
    /// Items, oldest first.
    pub items: Vec<Seen>,
    /// Live matches.
    pub matches: Vec<Shown>,
    /// Assessments, newest first.
    pub assessments: Vec<Assessment>,
}

/// Loads what stands around a cluster.
pub async fn whole(house: &House, cluster: &Authorised<Cluster, right::Read>) -> Result<Whole> {
    let id = cluster.get().id;
    let mut items = Vec::new();
    for member in store::cluster::members(&house.db, id, crate::assess::MEMBERS_SHOWN).await? {
        let seen = store::observation::of_subject(&house.db, member.subject, 1).await?.pop();
        let (language, audience, record) = seen.map_or_else(
            || ("und".to_owned(), "unsure".to_owned(), None),
            |seen| (seen.language, seen.audience, seen.record),
        );
        items.push(Seen { member, language, audience, record });
    }
    Ok(Whole {
        items,
        matches: store::matches::of_cluster(&house.db, id, BESIDE_MAX).await?,
        assessments: store::assessment::of_cluster(&house.db, id, BESIDE_MAX).await?,
    })
}

/// Assessments of a space in a state; the read is logged.
pub async fn assessments(
    house: &House,
    actor: &Actor,
    space: AgencyId,
    state: AssessmentState,
    limit: i64,
) -> Result<Vec<Assessment>> {
    load::note_read(house, actor, Noun::Assessment, space.0).await?;
    Ok(store::assessment::in_state(&house.db, space, state, limit.clamp(1, ROWS_MAX)).await?)
}

/// Referrals made on an assessment.
pub async fn referrals_of(
    house: &House,
    assessment: &Authorised<Assessment, right::Read>,
) -> Result<Vec<Referral>> {
    Ok(store::referral::of_assessment(&house.db, assessment.get().id).await?)
}

/// Referrals of a space, newest first; the read is logged.
pub async fn sent(
    house: &House,
    actor: &Actor,
    space: AgencyId,
    state: Option<ReferralState>,
    limit: i64,
) -> Result<Vec<Referral>> {
    load::note_read(house, actor, Noun::Referral, space.0).await?;
    Ok(store::referral::of_space(&house.db, space, state, limit.clamp(1, ROWS_MAX)).await?)
}

/// Items of a referral.
pub async fn items(house: &House, referral: &Authorised<Referral, right::Read>) -> Result<Vec<Item>> {
    Ok(store::referral::items(&house.db, referral.get().id).await?)
}

/// The provider's inbox in a state; the read is logged.
pub async fn inbox(house: &House, actor: &Actor, state: &str, limit: i64) -> Result<Vec<InboxItem>> {
    load::note_read(house, actor, Noun::Message, actor.agency.0).await?;
    Ok(store::inbox::in_state(&house.db, actor.agency, state, limit.clamp(1, ROWS_MAX)).await?)
}

/// The provider book of a space.
pub async fn book(house: &House, space: AgencyId) -> Result<Vec<Provider>> {
    Ok(store::provider::all(&house.db, space).await?)
}

/// The document of a message that this agency holds, as canonical JSON.
pub async fn document(
    house: &House,
    agency: AgencyId,
    id: domain::id::MessageId,
) -> Result<Option<serde_json::Value>> {
    let Some(message) = store::message::get(&house.db, agency, id).await? else { return Ok(None) };
    Ok(match store::crypt::get(&house.db, message.document).await? {
        Some(bytes) => Some(serde_json::from_slice(&bytes)?),
        None => None,
    })
}
