//! The one loader: a thing by its id, for this person, under this right, in a space of theirs (D8, D10, LAW-89, LAW-94).
//!
//! What belongs to another space is refused with the words for what does not exist. A load to read is logged with the
//! session's reason before anything is handed out; a load to act is not, because the act leaves its own event.

use crate::{House, Result};
use domain::access::{Actor, Authorised, RightType, not_here};
use domain::event::Noun;
use domain::id::{
    AgencyId, AssessmentId, BankId, ClusterId, HoldId, MessageId, ProviderId, ReferralId, SignalId, SubjectId,
};
use domain::reads::Operation;
use store::agency::Operation as JointAction;
use store::assessment::{Assessment, Hold};
use store::cluster::Cluster;
use store::inbox::InboxItem;
use store::person::Read;
use store::provider::Provider;
use store::referral::Referral;
use store::signal::{Bank, Signal};
use store::subject::Subject;
use uuid::Uuid;

/// What the load is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// To show what is personal: logged with the reason.
    Reading,
    /// To decide or change: the event that follows tells it.
    Acting,
}

/// Notes one read. Without a reason in force it is refused (LAW-89).
pub async fn note_read(house: &House, actor: &Actor, noun: Noun, of: Uuid) -> Result<()> {
    let reason = match &actor.read_reason {
        Some(reason) => reason.clone(),
        None => domain::reads::reason("")?,
    };
    let read = Read {
        agency: actor.agency,
        person: actor.person,
        at: house.clock.now(),
        operation: Operation::Consultation,
        noun,
        of,
        reason: &reason,
    };
    Ok(store::person::log_read(&house.db, read).await?)
}

async fn handed<T, R: RightType>(
    house: &House,
    actor: &Actor,
    found: Option<(AgencyId, T)>,
    (noun, of, what_for): (Noun, Uuid, For),
) -> Result<Authorised<T, R>> {
    actor.need(R::RIGHT)?;
    let (space, value) = found.ok_or_else(not_here)?;
    let authorised = Authorised::check(actor, space, value)?;
    if what_for == For::Reading {
        note_read(house, actor, noun, of).await?;
    }
    Ok(authorised)
}

/// A cluster; a merged one leads to the one that it joined.
pub async fn cluster<R: RightType>(
    house: &House,
    actor: &Actor,
    id: ClusterId,
    what_for: For,
) -> Result<Authorised<Cluster, R>> {
    let mut found = store::cluster::get(&house.db, id).await?;
    if let Some(into) = found.as_ref().and_then(|cluster| cluster.merged_into) {
        found = store::cluster::get(&house.db, into).await?;
    }
    let found = found.map(|cluster| (cluster.space, cluster));
    handed(house, actor, found, (Noun::Cluster, id.0, what_for)).await
}

/// A subject.
pub async fn subject<R: RightType>(
    house: &House,
    actor: &Actor,
    id: SubjectId,
    what_for: For,
) -> Result<Authorised<Subject, R>> {
    let found = store::subject::by_id(&house.db, id).await?.map(|found| (found.space, found));
    // There is no event noun of its own: a read of a subject is a read of what was collected.
    handed(house, actor, found, (Noun::Batch, id.0, what_for)).await
}

/// An assessment.
pub async fn assessment<R: RightType>(
    house: &House,
    actor: &Actor,
    id: AssessmentId,
    what_for: For,
) -> Result<Authorised<Assessment, R>> {
    let found = store::assessment::get(&house.db, id).await?.map(|found| (found.space, found));
    handed(house, actor, found, (Noun::Assessment, id.0, what_for)).await
}

/// A referral.
pub async fn referral<R: RightType>(
    house: &House,
    actor: &Actor,
    id: ReferralId,
    what_for: For,
) -> Result<Authorised<Referral, R>> {
    let found = store::referral::get(&house.db, id).await?.map(|found| (found.space, found));
    handed(house, actor, found, (Noun::Referral, id.0, what_for)).await
}

/// A deconfliction answer of one's own agency.
pub async fn hold<R: RightType>(house: &House, actor: &Actor, id: HoldId) -> Result<Authorised<Hold, R>> {
    let found = store::assessment::get_hold(&house.db, id).await?.map(|found| (found.agency, found));
    handed(house, actor, found, (Noun::Hold, id.0, For::Acting)).await
}

/// A bank.
pub async fn bank<R: RightType>(house: &House, actor: &Actor, id: BankId) -> Result<Authorised<Bank, R>> {
    let found = store::signal::get_bank(&house.db, id).await?.map(|found| (found.space, found));
    handed(house, actor, found, (Noun::Bank, id.0, For::Acting)).await
}

/// A signal; its space is its bank's.
pub async fn signal<R: RightType>(
    house: &House,
    actor: &Actor,
    id: SignalId,
) -> Result<Authorised<Signal, R>> {
    let found = match store::signal::get(&house.db, id).await? {
        Some(signal) => {
            store::signal::get_bank(&house.db, signal.bank).await?.map(|bank| (bank.space, signal))
        }
        None => None,
    };
    handed(house, actor, found, (Noun::Signal, id.0, For::Acting)).await
}

/// A provider of the book.
pub async fn provider<R: RightType>(
    house: &House,
    actor: &Actor,
    id: ProviderId,
) -> Result<Authorised<Provider, R>> {
    let found = store::provider::get(&house.db, id).await?.map(|found| (found.space, found));
    handed(house, actor, found, (Noun::Provider, id.0, For::Acting)).await
}

/// What one referral asks of this provider.
pub async fn inbox<R: RightType>(
    house: &House,
    actor: &Actor,
    message: MessageId,
    what_for: For,
) -> Result<Authorised<Vec<InboxItem>, R>> {
    let items = store::inbox::of_message(&house.db, actor.agency, message).await?;
    let found = items.first().map(|item| item.agency).map(|agency| (agency, items));
    handed(house, actor, found, (Noun::Message, message.0, what_for)).await
}

/// A joint action of this agency.
pub async fn operation<R: RightType>(
    house: &House,
    actor: &Actor,
    id: AgencyId,
) -> Result<Authorised<JointAction, R>> {
    let found = store::agency::operations(&house.db, actor.agency)
        .await?
        .into_iter()
        .find(|operation| operation.id == id)
        .map(|operation| (operation.id, operation));
    handed(house, actor, found, (Noun::Operation, id.0, For::Acting)).await
}

/// A space that the person can enter: their agency when none is named.
pub fn space(actor: &Actor, named: Option<AgencyId>) -> Result<AgencyId> {
    match named {
        None => Ok(actor.agency),
        Some(space) if actor.spaces.contains(&space) => Ok(space),
        Some(_) => Err(not_here().into()),
    }
}
