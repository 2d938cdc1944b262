//! Refer: seal, look, pre-flight, and put the signed message into the outbox (D12, D13; LAW-113, RXP-70.06).
//!
//! In: a referral in state `approved`. Out: it is `queued` with a message made once, or it stays and its findings say why.
//! Runs again safely at any point: nothing is queued twice, because the message's id is set once in one transaction.

mod preview;

pub use preview::{Preview, preview};

use crate::identity::{Sender, sender, wire};
use crate::{Act, Error, House, Result, assess, deconflict};
use connect::fetcher::evidence::{Sealed, Visit, evidence};
use domain::assessment::{self, ContentFinding, ContextFinding, Draft, Question};
use domain::bank::Opinion;
use domain::check::{Liveness, classify};
use domain::event::Noun;
use domain::evidence::{Retention, Seal};
use domain::id::{AgencyId, AssessmentId, CheckId, MessageId, PersonId, ReferralId};
use domain::preflight::{self, Approval, Found, ItemFacts, MessageFacts, Reach};
use domain::provider::Channel;
use domain::referral::{Event, State, next};
use domain::subject::SubjectKind;
use exchange::body::referral as wire_form;
use exchange::{Draft as WireDraft, Envelope, ItemRef, Lang, OrgId, Signed};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::message::{Message, Waiting};
use store::provider::Provider;
use store::referral::{LoadOf, NewLook, Referral};
use uuid::Uuid;

/// A seal older than this is made again before sending, in hours.
const SEAL_HOURS: i64 = 24;
/// Lane of referrals (RXP-37).
const LANE_REFERRALS: i64 = 4;
/// Grounds of a channel or account that are counted.
const GROUNDS_COUNTED: i64 = 100;
/// Days whose new contents count against a host.
const WEEK: i64 = 7;
const DAY: i64 = 1;
const MONTH: i64 = 30;

/// Everything that one item brings to the message.
struct Item {
    subject: store::subject::Subject,
    record: Option<domain::observation::Record>,
    language: String,
    facts: ItemFacts,
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
    let items = items(house, &referral, &provider).await?;
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
        grounds_min: grounds_min(house, referral.agency).await?,
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
    let envelope = compose(&referral, &provider, &from, &draft, &items, now)?;
    match preflight::clear(envelope, approval, found, referral.looked_by) {
        Err(stops) => hold(house, &referral, &stops).await,
        Ok((cleared, notes)) => {
            let signed = cleared.into_message().sign(&from.key)?;
            queue(house, &referral, &provider, &items, &signed, &notes).await
        }
    }
}

async fn grounds_min(house: &House, agency: AgencyId) -> Result<usize> {
    let set = store::agency::get(&house.db, agency).await?.map_or(0, |agency| agency.settings.grounds_min);
    Ok(set.max(domain::assessment::GROUNDS_FLOOR))
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

async fn items(house: &Arc<House>, referral: &Referral, provider: &Provider) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for row in store::referral::items(&house.db, referral.id).await? {
        let subject =
            store::subject::by_key(&house.db, row.subject).await?.ok_or_else(domain::access::not_here)?;
        let observation = store::observation::of_subject(&house.db, row.subject, 1).await?.pop();
        let language = observation.as_ref().map_or_else(|| "und".to_owned(), |seen| seen.language.clone());
        let record = observation.and_then(|seen| seen.record);
        let (seal, reach, page_says) = seal(house, referral, &subject, record.as_ref()).await?;
        let reserved = store::referral::reserved(&house.db, referral.space, row.subject, provider.id).await?;
        let of = (referral.space, referral.agency, referral.assessment);
        let mut facts = item_facts(house, of, &subject).await?;
        facts.page_says = page_says;
        facts.reachable = reach;
        facts.sealed_at = seal.map(|seal| seal.sealed_at);
        facts.sent_before = reserved.is_some_and(|by| by != referral.id);
        items.push(Item { subject, record, language, facts });
    }
    Ok(items)
}

/// What is known of an item without looking at its address or at what was sent.
async fn item_facts(
    house: &House,
    (space, agency, assessment): (AgencyId, AgencyId, AssessmentId),
    subject: &store::subject::Subject,
) -> Result<ItemFacts> {
    let canonical = subject.address.as_deref().and_then(|address| text::url_form::canonical(address).ok());
    let is_item = subject.kind == SubjectKind::Item;
    Ok(ItemFacts {
        subject: subject.id,
        host: subject.service.clone(),
        is_item,
        collection: canonical.as_ref().and_then(text::url_form::collection_page).map(str::to_owned),
        listed: store::provider::protected(&house.db, space, &subject.service).await?,
        page_says: None,
        known_content: known(house, assessment, subject.key).await?,
        reachable: None,
        holds: deconflict::answers(house, space, agency, subject).await?,
        sealed_at: None,
        sent_before: false,
        grounds: if is_item {
            0
        } else {
            store::assessment::grounds(&house.db, subject.key, GROUNDS_COUNTED).await?.len()
        },
    })
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

/// The seal of an item, made now unless a fresh one stands; and what the look at its address found.
async fn seal(
    house: &Arc<House>,
    referral: &Referral,
    subject: &store::subject::Subject,
    record: Option<&domain::observation::Record>,
) -> Result<(Option<Seal>, Option<Reach>, Option<preflight::Protected>)> {
    let now = house.clock.now();
    if let Some(kept) = kept_seal(house, subject.key, now).await? {
        return Ok(kept);
    }
    let Some(address) = subject.address.as_deref() else { return Ok((None, None, None)) };
    let originals: Vec<String> =
        record.iter().flat_map(|record| &record.media).filter_map(|media| media.sha256.clone()).collect();
    let came = house.fetcher.get(address, now).await;
    let visit = Visit { asked: address, page: came.as_ref(), media: &[], front_page: None, profile: None };
    let text = record.map_or("", |record| record.text.as_str());
    let finding = classify(&evidence(Sealed { text, sha256s: &originals }, visit));
    let reach = reach(finding.class);
    let (mut media_sha256, mut missing, page) = (originals, Vec::new(), came.as_ref().ok());
    match &came {
        Ok(fetched) => {
            media_sha256.push(house.blobs.put_evidence(referral.space, &fetched.body)?);
            missing.extend(fetched.missing.clone());
        }
        Err(failed) => missing.push(format!("the page: {}", failed.error)),
    }
    let says = page.and_then(|page| preflight::page_says(&String::from_utf8_lossy(&page.body)));
    let record_sha256 = record.map(|record| sha256(&record.original)).unwrap_or_default();
    let seal = Seal { record_sha256, media_sha256, sealed_at: now, missing };
    let body = json!({ "seal": seal, "finding": finding.why, "reach": reach.map(reach_word), "says": says.map(preflight::Protected::word) });
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let document =
        store::crypt::put_json(&mut act.tx, referral.space, Retention::Original, &body, now).await?;
    let look = NewLook {
        id: CheckId(Uuid::now_v7()),
        space: referral.space,
        subject: subject.key,
        referral: None,
        class: "sealed",
        confidence: finding.confidence.word(),
        document: document.key,
        gone_at: None,
        next: None,
    };
    store::referral::put_look(&mut act.tx, &look, now).await?;
    let facts = json!({ "subject": subject.id.to_string(), "class": finding.class.word(), "missing": seal.missing.len(), "doc": document.fact() });
    act.append(Noun::Check, look.id.0, "sealed", facts).await?;
    act.commit().await?;
    Ok((Some(seal), reach, says))
}

type Kept = (Option<Seal>, Option<Reach>, Option<preflight::Protected>);

async fn kept_seal(house: &House, subject: i64, now: Timestamp) -> Result<Option<Kept>> {
    let since = now.saturating_sub(SignedDuration::from_hours(SEAL_HOURS)).unwrap_or(Timestamp::MIN);
    let row = house
        .db
        .maybe(
            "SELECT document FROM look WHERE subject = $1 AND class = 'sealed' AND at > $2 ORDER BY at DESC LIMIT 1",
            store::params![subject, since],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(body) = store::crypt::get_json::<serde_json::Value>(&house.db, row.int("document")?).await?
    else {
        return Ok(None);
    };
    let seal = serde_json::from_value(body["seal"].clone())?;
    let reach = match body["reach"].as_str() {
        Some("up") => Some(Reach::Up),
        Some("gone") => Some(Reach::Gone),
        Some("redirected") => Some(Reach::Redirected),
        _ => None,
    };
    Ok(Some((Some(seal), reach, body["says"].as_str().and_then(preflight::Protected::from_word))))
}

fn reach(class: Liveness) -> Option<Reach> {
    match class {
        Liveness::StillUp => Some(Reach::Up),
        Liveness::GoneHard
        | Liveness::GoneSoft
        | Liveness::RemovedByPlatform
        | Liveness::RemovedByAuthor
        | Liveness::AccountGone => Some(Reach::Gone),
        Liveness::Moved | Liveness::Replaced => Some(Reach::Redirected),
        Liveness::GeoBlocked
        | Liveness::AgeOrLoginWall
        | Liveness::CopyElsewhere
        | Liveness::HostDown
        | Liveness::CheckerBlocked
        | Liveness::Unclear => None,
    }
}

fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Up => "up",
        Reach::Gone => "gone",
        Reach::Redirected => "redirected",
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// The message as it would go out.
fn compose(
    referral: &Referral,
    provider: &Provider,
    from: &Sender,
    draft: &Draft,
    items: &[Item],
    now: Timestamp,
) -> Result<Envelope> {
    let content =
        draft.content.as_ref().ok_or_else(|| Error::Bug("a referral without a content finding".into()))?;
    let contexts: Vec<&ContextFinding> = items
        .iter()
        .map(|item| draft.contexts.get(&item.subject.id))
        .collect::<Option<_>>()
        .ok_or_else(|| Error::Bug("a referral of an item that was not confirmed".into()))?;
    let lang = language(from, provider)?;
    let body = wire_form::Referral {
        voluntary_notice: exchange::voluntary_notice::wording(&lang).text.to_owned(),
        items: items
            .iter()
            .enumerate()
            .map(|(index, item)| wire_item(index, item, content))
            .collect::<Result<_>>()?,
        exemption_assessment: exemption(&contexts)?,
        terms_hint: None,
        evidence_note: Some(
            "Please disable rather than destroy; the item may matter as evidence.".to_owned(),
        ),
        reference: Some(referral.reference.clone()),
    };
    let envelope = WireDraft {
        id: MessageId(Uuid::now_v7()),
        case: referral.matter,
        in_reply_to: None,
        from: from.org.clone(),
        to: OrgId::new(receiver(provider))?,
        capacity: from.capacity,
        legal_basis: from.legal_basis.clone(),
        sent_at: wire(now)?,
        lang,
        handling: None,
    };
    Ok(Envelope::draft(envelope, &body.into())?)
}

/// A provider without an organisation id is addressed by its first host.
pub(crate) fn receiver(provider: &Provider) -> String {
    if provider.entry.org.is_empty() {
        provider.entry.hosts.first().cloned().unwrap_or_else(|| "unknown.invalid".to_owned())
    } else {
        provider.entry.org.clone()
    }
}

fn language(from: &Sender, provider: &Provider) -> Result<Lang> {
    let ours = &from.agency.settings.languages;
    let common = provider.entry.languages.iter().find(|theirs| ours.contains(theirs));
    Ok(Lang::new(common.or(ours.first()).cloned().unwrap_or_else(|| "en".to_owned()))?)
}

fn wire_item(index: usize, item: &Item, content: &ContentFinding) -> Result<wire_form::Item> {
    let kind =
        |kind: &domain::assessment::Kind| serde_json::from_value::<wire_form::Kind>(kind.word().into());
    let subject = match item.subject.kind {
        SubjectKind::Account => Some(wire_form::Subject::Account),
        SubjectKind::Channel => Some(wire_form::Subject::Channel),
        SubjectKind::Item | SubjectKind::Site => None,
    };
    let offences: Vec<wire_form::Offence> = content
        .offence_refs
        .iter()
        .filter_map(|offence| serde_json::from_value(offence.trim_start_matches("2017/541:").into()).ok())
        .collect();
    let statements =
        content.statements.iter().map(|(k, text)| Ok((kind(k)?, text.clone()))).collect::<Result<_>>()?;
    let hashes =
        item.record.iter().flat_map(|record| &record.media).filter_map(|media| media.sha256.as_ref());
    Ok(wire_form::Item {
        item: ItemRef::new(format!("i{}", index + 1))?,
        subject,
        url: item.subject.address.clone().unwrap_or_default(),
        locators: Vec::new(),
        kinds: content.statements.keys().map(kind).collect::<Result<_, _>>()?,
        statements,
        pinpoints: content
            .pinpoints
            .iter()
            .map(|(k, places)| Ok((kind(k)?, places.clone())))
            .collect::<Result<_>>()?,
        offence_refs: content
            .statements
            .keys()
            .filter(|k| **k != domain::assessment::Kind::Incites && !offences.is_empty())
            .map(|k| Ok((kind(k)?, offences.clone())))
            .collect::<Result<_>>()?,
        danger_reasoning: content.danger.clone(),
        hashes: hashes
            .take(exchange::limits::HASHES.max)
            .map(|value| wire_form::Hash { alg: wire_form::HashAlg::Sha256, value: value.to_lowercase() })
            .collect(),
        evidence: Vec::new(),
        content_lang: (item.language != "und").then(|| Lang::new(item.language.clone())).transpose()?,
        grounds: Vec::new(),
        proportionality: None,
    })
}

/// Exemption findings travel in summary (D6, LAW-15): the finding a question, and the true purpose.
fn exemption(contexts: &[&ContextFinding]) -> Result<wire_form::Exemption> {
    let (findings, true_purpose) = assessment::summary(contexts)?;
    let finding = |question: Question| -> Result<wire_form::Finding> {
        let finding =
            findings.get(&question).ok_or_else(|| Error::Bug(format!("no answer on {question}")))?;
        Ok(wire_form::Finding { finding: serde_json::from_value(finding.word().into())?, text: None })
    };
    Ok(wire_form::Exemption {
        education: finding(Question::Education)?,
        journalism: finding(Question::Journalism)?,
        art: finding(Question::Art)?,
        research: finding(Question::Research)?,
        counter_terrorism: finding(Question::CounterTerrorism)?,
        public_debate: finding(Question::PublicDebate)?,
        true_purpose,
        context: None,
        editorial_responsibility: None,
        eu_listed_author: None,
    })
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
    store::message::enqueue(&mut act.tx, &waiting, now).await?;
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
