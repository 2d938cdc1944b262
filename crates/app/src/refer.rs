//! Refer: seal, look, pre-flight, and put the signed message into the outbox (D12, D13; LAW-113, RXP-70.06).
//!
//! In: a referral in state `approved`. Out: it is `queued` with a message made once, or it stays and its findings say why.
//! Runs again safely at any point: nothing is queued twice, because the message's id is set once in one transaction.

mod letter;
mod preview;
mod seal;

pub(crate) use letter::receiver;
pub use preview::{Preview, preview};

use crate::identity::sender;
use crate::whole::{self, Ground};
use crate::{Act, Error, House, Result, assess, deconflict};
use domain::assessment::Draft;
use domain::bank::Opinion;
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, AssessmentId, PersonId, ReferralId};
use domain::preflight::{self, Approval, Found, ItemFacts, MessageFacts};
use domain::provider::Channel;
use domain::referral::{Event, State, next};
use domain::subject::SubjectKind;
use exchange::Signed;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::message::Message;
use store::outbox::Waiting;
use store::provider::Provider;
use store::referral::{LoadOf, Referral};

/// Lane of referrals (RXP-37).
const LANE_REFERRALS: i64 = 4;
/// Days whose new contents count against a host.
const WEEK: i64 = 7;
const DAY: i64 = 1;
const MONTH: i64 = 30;

/// Everything that one item brings to the message.
struct Item {
    subject: store::subject::Subject,
    /// Where it is: an item's own address, the page of a channel or account.
    address: Option<String>,
    record: Option<domain::observation::Record>,
    language: String,
    facts: ItemFacts,
    /// Cited assessments that still stand: of a channel or account.
    grounds: Vec<Ground>,
}

/// Runs the step for one referral.
pub async fn run(house: &Arc<House>, id: ReferralId) -> Result<()> {
    let Some(referral) = store::referral::get(&house.db, id).await? else { return Ok(()) };
    if referral.state != State::Approved {
        return Ok(());
    }
    let provider =
        store::provider::get(&house.db, referral.provider).await?.ok_or_else(domain::access::not_here)?;
    let assessment =
        store::assessment::get(&house.db, referral.assessment).await?.ok_or_else(domain::access::not_here)?;
    let Some(approver) = assessment.approver else {
        return Err(Error::Bug("a referral without approval".into()));
    };
    let draft = assess::draft(house, &assessment).await?;
    let items = items(house, &referral, &provider, &draft).await?;
    let from = sender(house, referral.agency).await;
    let hosts = items.iter().map(|item| item.subject.service.as_str()).collect();
    let load = load_of(house, &provider, approver, hosts).await?;
    let now = house.clock.now();
    let facts = MessageFacts {
        has_contact: provider.entry.channel != Channel::None,
        sender_known: from.is_ok(),
        provider_known: load.receipts > 0,
        load_confirmed: provider
            .load
            .is_some_and(|(until, by)| now < until && by != assessment.author && by != approver),
        new_on_host_7d: load.new_on_host,
        new_to_provider_24h: load.new_to_provider,
        new_by_person_24h: load.new_by_person,
        removed_30d: load.removed,
        grounds_min: whole::least(house, referral.agency).await?,
        scope: provider.entry.scope.clone(),
    };
    let item_facts: Vec<ItemFacts> = items.iter().map(|item| item.facts.clone()).collect();
    let found = preflight::inspect(&item_facts, &facts, now);
    let approval = Approval { assessment: assessment.id, author: assessment.author, approver };
    let from = match from {
        Ok(from) => from,
        Err(error) => {
            tracing::warn!(%error, "a referral waits for its sender");
            return hold(house, &referral, &found).await;
        }
    };
    let envelope = letter::compose(&referral, &provider, &from, &draft, &items, now)?;
    match preflight::clear(envelope, approval, found, referral.looked_by) {
        Err(stops) => hold(house, &referral, &stops).await,
        Ok((cleared, notes)) => {
            let signed = cleared.into_message().sign(&from.key)?;
            queue(house, &referral, &provider, &items, &signed, &notes).await
        }
    }
}

/// The load that the message would add to, at its busiest host.
async fn load_of(
    house: &House,
    provider: &Provider,
    approver: PersonId,
    mut hosts: Vec<&str>,
) -> Result<store::referral::Load> {
    let now = house.clock.now();
    let ago = |days: i64| now.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
    let mut worst = store::referral::Load::default();
    hosts.sort_unstable();
    hosts.dedup();
    for host in hosts {
        let of = LoadOf {
            host,
            provider: provider.id,
            person: approver,
            week: ago(WEEK),
            day: ago(DAY),
            month: ago(MONTH),
        };
        let load = store::referral::load(&house.db, &of).await?;
        worst = store::referral::Load { new_on_host: worst.new_on_host.max(load.new_on_host), ..load };
    }
    Ok(worst)
}

async fn items(
    house: &Arc<House>,
    referral: &Referral,
    provider: &Provider,
    draft: &Draft,
) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for row in store::referral::items(&house.db, referral.id).await? {
        let subject =
            store::subject::by_key(&house.db, row.subject).await?.ok_or_else(domain::access::not_here)?;
        let observation = store::observation::of_subject(&house.db, row.subject, 1).await?.pop();
        let language = observation.as_ref().map_or_else(|| "und".to_owned(), |seen| seen.language.clone());
        let record = observation.and_then(|seen| seen.record);
        let address = whole::address(&subject, draft);
        let at = (&subject, address.as_deref());
        let (seal, reach, page_says) = seal::of_item(house, referral, at, record.as_ref()).await?;
        let reserved = store::referral::reserved(&house.db, referral.space, row.subject, provider.id).await?;
        let of = (referral.space, referral.agency, referral.assessment);
        let grounds = resting(house, &subject, draft).await?;
        let mut facts = item_facts(house, of, &subject, grounds.len()).await?;
        facts.page_says = page_says;
        facts.reachable = reach;
        facts.sealed_at = seal.map(|seal| seal.sealed_at);
        facts.sent_before = reserved.is_some_and(|by| by != referral.id);
        items.push(Item { subject, address, record, language, facts, grounds });
    }
    Ok(items)
}

/// What is known of an item without looking at its address or at what was sent.
async fn item_facts(
    house: &House,
    (space, agency, assessment): (AgencyId, AgencyId, AssessmentId),
    subject: &store::subject::Subject,
    grounds: usize,
) -> Result<ItemFacts> {
    let canonical = subject.address.as_deref().and_then(|address| text::url_form::canonical(address).ok());
    let is_item = subject.kind == SubjectKind::Item;
    // What a channel or account rests on was assessed and approved before.
    let known = if is_item { known(house, assessment, subject.key).await? } else { grounds > 0 };
    Ok(ItemFacts {
        subject: subject.id,
        host: subject.service.clone(),
        is_item,
        collection: canonical.as_ref().and_then(text::url_form::collection_page).map(str::to_owned),
        listed: store::provider::protected(&house.db, space, &subject.service).await?,
        page_says: None,
        known_content: known,
        reachable: None,
        holds: deconflict::before_sending(house, space, agency, subject).await?,
        sealed_at: None,
        sent_before: false,
        grounds,
    })
}

/// The assessments that a draft cites for a channel or account, as far as they still stand.
async fn resting(house: &House, subject: &store::subject::Subject, draft: &Draft) -> Result<Vec<Ground>> {
    let Some(cited) = draft.whole.as_ref().filter(|_| subject.kind.is_whole()) else { return Ok(Vec::new()) };
    let mut found = whole::grounds(house, subject.key).await?;
    found.retain(|ground| cited.grounds.contains(&ground.assessment));
    Ok(found)
}

/// Whether assessed content is matched: a positive bank, or a finding on the same content approved before this one.
async fn known(house: &House, assessment: AssessmentId, subject: i64) -> Result<bool> {
    let Some(id) = store::cluster::of_subject(&house.db, subject).await? else { return Ok(false) };
    let matched = store::matches::of_cluster(&house.db, id, 100).await?;
    if matched.iter().any(|shown| shown.why.opinion == Opinion::Positive) {
        return Ok(true);
    }
    let earlier = store::assessment::of_cluster(&house.db, id, 50).await?;
    Ok(earlier
        .iter()
        .any(|other| other.id != assessment && other.state == domain::assessment::State::Approved))
}

/// Keeps what was found; the referral stays until it is mended, a hold ends, or a coordinator looked.
async fn hold(house: &House, referral: &Referral, found: &[Found]) -> Result<()> {
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    store::referral::set_findings(&mut act.tx, referral.id, &serde_json::to_string(found)?).await?;
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    act.append(Noun::Referral, referral.id.0, "held_by_preflight", json!({ "codes": codes })).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(())
}

async fn queue(
    house: &House,
    referral: &Referral,
    provider: &Provider,
    items: &[Item],
    signed: &Signed,
    notes: &[Found],
) -> Result<()> {
    let (envelope, _) = exchange::document::open(&signed.document)?;
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let now = act.now;
    let Some(stored) = store::referral::get_in(&mut act.tx, referral.id).await? else { return Ok(()) };
    if next(stored.state, Event::Enqueue).is_err() || stored.message.is_some() {
        return Ok(());
    }
    for item in items {
        if !store::referral::reserve(&mut act.tx, referral.space, item.subject.key, provider.id, referral.id)
            .await?
        {
            // Somebody was faster between the look and now: look again.
            return Err(Error::Remote("an item was sent by another referral in this moment".into()));
        }
    }
    let mut languages = Vec::with_capacity(items.len());
    for item in items {
        let first = store::cluster::first_language(&mut act.tx, item.subject.key).await?;
        languages.push(first.unwrap_or_else(|| "und".to_owned()));
    }
    let document =
        store::crypt::put(&mut act.tx, referral.space, Retention::Referral, signed.document.as_bytes(), now)
            .await?;
    let message = Message {
        id: envelope.id,
        agency: referral.agency,
        out: true,
        kind: "referral".to_owned(),
        matter: referral.matter,
        in_reply_to: None,
        peer: receiver(provider),
        digest: signed.digest.to_string(),
        document: document.key,
        receipt: None,
        receipt_at: None,
        made_at: now,
    };
    store::message::put(&mut act.tx, &message).await?;
    store::referral::set_queued(&mut act.tx, referral.id, envelope.id, now).await?;
    store::referral::set_findings(&mut act.tx, referral.id, &serde_json::to_string(notes)?).await?;
    let waiting = Waiting {
        message: envelope.id,
        agency: referral.agency,
        provider: Some(provider.id),
        channel: provider.entry.channel.word().to_owned(),
        lane: LANE_REFERRALS,
        attempts: 0,
        made_at: now,
    };
    store::outbox::enqueue(&mut act.tx, &waiting, now).await?;
    let facts = json!({
        "message": envelope.id.to_string(), "digest": signed.digest.to_string(), "provider": provider.id.to_string(),
        "items": items.len(), "channel": provider.entry.channel.word(), "services": services(items),
        "languages": languages, "subjects": items.iter().map(|item| item.subject.id.to_string()).collect::<Vec<_>>(),
        "assessment": referral.assessment.to_string(),
        "kinds": items.iter().map(|item| item.subject.kind.word()).collect::<Vec<_>>(),
    });
    act.append(Noun::Referral, referral.id.0, Event::Enqueue.word(), facts).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(())
}

fn services(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.subject.service.as_str()).collect()
}

/// Runs the checks before sending again, for a referral that they held back: what they found may be mended.
pub async fn again(
    house: &House,
    referral: &domain::access::Authorised<Referral, domain::access::right::Withdraw>,
) -> Result<()> {
    let stored = referral.get();
    if stored.state != State::Approved {
        return Err(Error::Input(
            "Only a referral that is held back is checked again; this one is not.".into(),
        ));
    }
    let mut act = Act::of(house, referral.actor(), stored.space).await?;
    act.append(Noun::Referral, stored.id.0, "preflight_asked", json!({})).await?;
    act.commit().await
}

/// A coordinator, neither author nor approver, looked at what the pre-flight found and lets it go, with a reason.
pub async fn look(
    house: &House,
    referral: &domain::access::Authorised<Referral, domain::access::right::ManageOperation>,
    reason: &str,
) -> Result<()> {
    let reason = domain::reads::reason(reason)?;
    let actor = referral.actor();
    let stored = referral.get();
    let assessment =
        store::assessment::get(&house.db, stored.assessment).await?.ok_or_else(domain::access::not_here)?;
    if assessment.author == actor.person || assessment.approver == Some(actor.person) {
        return Err(domain::Refusal::new(
            "LAW-120.06",
            "four_eyes",
            "A third person looks at this: neither its author nor its approver.",
        )
        .into());
    }
    let mut act = Act::of(house, actor, stored.space).await?;
    let now = act.now;
    let document = store::crypt::put_json(
        &mut act.tx,
        stored.space,
        Retention::Referral,
        &json!({ "reason": reason }),
        now,
    )
    .await?;
    store::referral::set_looked(&mut act.tx, stored.id, actor.person).await?;
    act.append(Noun::Referral, stored.id.0, "looked", json!({ "doc": document.fact() })).await?;
    act.commit().await
}
