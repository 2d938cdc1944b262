//! Receive: what the other side sends us (RXP-30 to RXP-42, RXP-60 to RXP-65).
//!
//! In: a request as it came. Out: a signed receipt or a signed refusal. Document, receipt and ledger leaf are one
//! committed transaction before the receipt leaves (RXP-33). The same id gives the byte-identical receipt (RXP-34).

use crate::identity::{KeyRing, Sender, sender, wire};
use crate::receipt::{CLOCK_ERROR_MS, fresh, log_place};
use crate::{Act, Error, House, Result, receipt};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, MessageId};
use domain::referral::{Answer, Event, State, event_of_answers, next};
use exchange::body::receipt::{Channel, Clock};
use exchange::error_answer::ErrorAnswer;
use exchange::http_signature::Request;
use exchange::receipts::{Kept, build};
use exchange::{Body, Code, MessageType, Refused, Verified};
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;
use store::inbox::InboxItem;
use store::message::Message;
use store::referral::Referral;
use uuid::Uuid;

pub use crate::receipt::{confirmed_by_link, receipt_for};

/// Replies that waited for one message and are joined to it at once (RXP-36).
const PARKED_MAX: usize = 100;

/// An answer to a peer: HTTP status and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// 202 with a receipt, or a code of RXP-80.
    pub status: u16,
    /// The signed document.
    pub body: String,
}

/// A request as the face hands it in.
pub struct Incoming<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// Path below the endpoint, e.g. `/messages`.
    pub path: &'a str,
    /// Header fields.
    pub headers: &'a [(&'a str, &'a str)],
    /// Body bytes.
    pub body: &'a [u8],
}

/// What was decided inside: a receipt's text, or why not.
enum Inner {
    Receipt(String),
    Refused(Refused),
}

/// Takes a message in. Never fails for what the peer did: that is a refusal of RXP-80.
pub async fn message(house: &Arc<House>, incoming: Incoming<'_>) -> Result<Answered> {
    let now = house.clock.now();
    // Who it is for and from is read before anything is believed, only to choose keys.
    let (from, to, id) = peek(incoming.body);
    let me = match &to {
        Some(org) => store::agency::by_org(&house.db, org).await?,
        None => None,
    };
    let Some(me) = me else {
        return Ok(Answered {
            status: 404,
            body: unsigned(&Refused::new(Code::WrongReceiver, "no such organisation here"), id),
        });
    };
    let us = sender(house, me.id).await?;
    let ring = match &from {
        Some(org) => KeyRing::of(house, org).await?,
        None => KeyRing::of(house, "").await?,
    };
    match take(house, &us, &ring, &incoming, now).await? {
        Inner::Receipt(body) => Ok(Answered { status: 202, body }),
        Inner::Refused(refused) => {
            let answer = ErrorAnswer::new(&refused, id);
            Ok(Answered { status: refused.http(), body: answer.sign(&us.key)? })
        }
    }
}

fn peek(body: &[u8]) -> (Option<String>, Option<String>, Option<MessageId>) {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    (text("from"), text("to"), text("id").and_then(|id| id.parse().ok()))
}

pub(crate) fn unsigned(refused: &Refused, id: Option<MessageId>) -> String {
    json!({ "rxp": "1", "error": { "code": refused.code.as_str(), "detail": refused.detail, "of": id.map(|id| id.to_string()) } }).to_string()
}

/// The answer to a document that is longer than the protocol allows, or that broke off.
#[must_use]
pub fn too_large() -> Answered {
    let words =
        format!("the document broke off, or has more than {} bytes", exchange::limits::DOCUMENT_BYTES.max);
    let refused = Refused::new(Code::Limit, words);
    Answered { status: refused.http(), body: unsigned(&refused, None) }
}

async fn take(
    house: &Arc<House>,
    us: &Sender,
    ring: &KeyRing,
    incoming: &Incoming<'_>,
    now: Timestamp,
) -> Result<Inner> {
    let wire_now = wire(now)?;
    let target_uri = format!("{}{}", house.endpoint.trim_end_matches('/'), incoming.path);
    let request = Request {
        method: incoming.method,
        target_uri: &target_uri,
        headers: incoming.headers,
        body: incoming.body,
    };
    let proof = match exchange::http_signature::verify(&request, wire_now, |kid| ring.holder(kid)) {
        Ok(proof) => proof,
        Err(refused) => return Ok(Inner::Refused(refused)),
    };
    let document = match exchange::verify(incoming.body, wire_now, |org, kid| ring.lookup(org, kid)) {
        Ok(document) => document,
        Err(refused) => {
            tracing::info!(digest = %exchange::http_signature::content_digest(incoming.body), %refused, "a message was refused");
            return Ok(Inner::Refused(refused));
        }
    };
    let body = match document
        .addressed_to(&us.org)
        .and_then(|()| proof.covers(&document))
        .and_then(|()| document.body())
    {
        Ok(body) => body,
        Err(refused) => return Ok(Inner::Refused(refused)),
    };
    let mut act = Act::of_machine(house, us.agency.id, us.agency.id).await?;
    if !fresh(&mut act.tx, &proof, now).await? {
        return Ok(Inner::Refused(Refused::new(Code::Replay, "this nonce was used before")));
    }
    if let Some(known) = store::message::get_in(&mut act.tx, us.agency.id, document.envelope.id).await? {
        let answer = repeat(&mut act, &known, &document).await?;
        act.commit().await?;
        return Ok(answer);
    }
    let unlisted = document.envelope.capacity.is_authority() && !ring.is_listed(&document.envelope.from);
    let receipt = match keep(house, act, us, (&document, &body), unlisted).await {
        Err(Error::Refused(refusal)) => {
            return Ok(Inner::Refused(Refused::new(Code::BadTransition, refusal.sentence)));
        }
        other => other?,
    };
    Ok(Inner::Receipt(receipt))
}

/// The same id again: the same receipt for the same document, a conflict for another (RXP-34).
async fn repeat(act: &mut Act, known: &Message, document: &Verified) -> Result<Inner> {
    if known.digest != document.digest.to_string() {
        return Ok(Inner::Refused(Refused::new(
            Code::DigestConflict,
            "this id was used for another document",
        )));
    }
    let receipt = match known.receipt {
        Some(key) => store::crypt::get_in(&mut act.tx, key).await?,
        None => None,
    };
    match receipt {
        Some(bytes) => Ok(Inner::Receipt(String::from_utf8_lossy(&bytes).into_owned())),
        None => Err(Error::Bug("a message was kept without its receipt".into())),
    }
}

/// Keeps document, receipt and leaf in one transaction, and runs the effect.
async fn keep(
    house: &House,
    mut act: Act,
    us: &Sender,
    (document, body): (&Verified, &Body),
    sender_unlisted: bool,
) -> Result<String> {
    let now = act.now;
    let envelope = &document.envelope;
    let kept = Kept {
        id: MessageId(Uuid::now_v7()),
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        received_at: wire(now)?,
        clock: Clock { source: "unknown".to_owned(), max_error_ms: CLOCK_ERROR_MS, checked_at: wire(now)? },
        channel: Channel::Rxp,
        log: log_place(&mut act, us).await?,
        sender_unlisted,
    };
    let receipt = if envelope.kind == MessageType::Receipt {
        None
    } else {
        Some(build(document, kept)?.sign(&us.key)?)
    };
    let stored =
        store::crypt::put(&mut act.tx, us.agency.id, Retention::Referral, document.document.as_bytes(), now)
            .await?;
    let receipt_key = match &receipt {
        Some(signed) => Some(
            store::crypt::put(
                &mut act.tx,
                us.agency.id,
                Retention::Referral,
                signed.document.as_bytes(),
                now,
            )
            .await?
            .key,
        ),
        None => None,
    };
    let message = Message {
        id: envelope.id,
        agency: us.agency.id,
        out: false,
        kind: envelope.kind.to_string(),
        matter: envelope.case,
        in_reply_to: envelope.in_reply_to,
        peer: envelope.from.to_string(),
        digest: document.digest.to_string(),
        document: stored.key,
        receipt: receipt_key,
        receipt_at: receipt_key.map(|_| now),
        made_at: now,
    };
    store::message::put(&mut act.tx, &message).await?;
    let facts = json!({
        "type": message.kind, "case": message.matter.to_string(), "digest": message.digest, "doc": stored.fact(),
        "in_reply_to": message.in_reply_to.map(|id| id.to_string()),
    });
    act.append(Noun::Message, message.id.0, "received", facts).await?;
    if let Some(signed) = &receipt {
        let facts = json!({ "digest": signed.digest.to_string(), "unlisted": sender_unlisted });
        act.append(Noun::Message, message.id.0, "receipt_given", facts).await?;
    }
    effect(&mut act, &message, body, &document.document).await?;
    crate::notice::enqueue(&mut act, us, &message).await?;
    act.commit().await?;
    house.tell(us.agency.id);
    Ok(receipt.map(|signed| signed.document).unwrap_or_default())
}

/// What a message changes here. No message removes or sends anything by itself (RXP-05).
async fn effect(act: &mut Act, message: &Message, body: &Body, document: &str) -> Result<()> {
    match body {
        Body::Referral(referral) => {
            referred(act, message, referral).await?;
            joined(act, message.id).await
        }
        Body::Outcome(outcome) => answered(act, message, outcome).await,
        Body::Receipt(receipt) => receipt::came(act, message, receipt, document).await,
        Body::Withdrawal(_) => withdrawn(act, message).await,
        Body::Information(_) => informed(act, message).await,
        Body::Contest(contest) => contested(act, message, contest).await,
        Body::ReinstatementReport(report) => reinstated(act, message, report).await,
        Body::ContactPreferences(wishes) => crate::book::prefer(act, &message.peer, wishes).await,
        Body::Reminder(_) | Body::Correction(_) | Body::ContestDecision(_) => Ok(()),
    }
}

/// Replies that came before their original are joined to it (RXP-36).
async fn joined(act: &mut Act, original: MessageId) -> Result<()> {
    let agency = act.agency();
    let parked = store::message::replies_in(&mut act.tx, agency, original, PARKED_MAX).await?;
    for reply in parked.iter().filter(|reply| !reply.out) {
        match reply.kind.as_str() {
            "withdrawal" => withdrawn(act, reply).await?,
            "outcome" | "reinstatement_report" => {
                let Some(document) = store::crypt::get_in(&mut act.tx, reply.document).await? else {
                    continue;
                };
                let (envelope, _) = exchange::document::open(&String::from_utf8_lossy(&document))?;
                match Body::read(&envelope)? {
                    Body::Outcome(outcome) => answered(act, reply, &outcome).await?,
                    Body::ReinstatementReport(report) => reinstated(act, reply, &report).await?,
                    _ => {}
                }
            }
            _ => {}
        }
        act.append(Noun::Message, reply.id.0, "joined", json!({ "to": original.to_string() })).await?;
    }
    Ok(())
}

async fn withdrawn(act: &mut Act, message: &Message) -> Result<()> {
    if let Some(original) = message.in_reply_to {
        store::inbox::withdraw(&mut act.tx, message.agency, original).await?;
    }
    Ok(())
}

async fn informed(act: &mut Act, message: &Message) -> Result<()> {
    if let Some(question) = message.in_reply_to
        && let Some(asked) = store::message::get_in(&mut act.tx, message.agency, question).await?
        && let Some(referral) = asked.in_reply_to
    {
        act.tx
            .run(
                "UPDATE inbox_item SET state = 'open' WHERE agency = $1 AND message = $2
                 AND answer = 'needs_information' AND state <> 'withdrawn'",
                store::params![message.agency, referral],
            )
            .await?;
    }
    Ok(())
}

/// What the provider put back counts as its last answer for the item (RXP-20.24, RXP-125).
async fn reinstated(
    act: &mut Act,
    message: &Message,
    report: &exchange::body::repair::ReinstatementReport,
) -> Result<()> {
    let Some(referral) = referral_of(act, message).await? else { return Ok(()) };
    let word = serde_json::to_value(report.answer)?;
    let Some(answer) = word.as_str().and_then(Answer::from_word) else { return Ok(()) };
    let now = act.now;
    let mut facts = Vec::new();
    for item in &report.items {
        if store::referral::set_answer(&mut act.tx, referral.id, item.as_str(), answer, now).await? {
            facts.push(json!([item.to_string(), answer.word()]));
        }
    }
    let facts = json!({ "answers": facts, "message": message.id.to_string() });
    act.append(Noun::Referral, referral.id.0, "reinstated", facts).await?;
    Ok(())
}

async fn referred(
    act: &mut Act,
    message: &Message,
    referral: &exchange::body::referral::Referral,
) -> Result<()> {
    let items: Vec<InboxItem> = referral
        .items
        .iter()
        .map(|item| InboxItem {
            agency: message.agency,
            message: message.id,
            item: item.item.to_string(),
            matter: message.matter,
            sender: message.peer.clone(),
            state: "open".to_owned(),
            answer: None,
            received_at: message.made_at,
        })
        .collect();
    store::inbox::put(&mut act.tx, &items).await?;
    Ok(())
}

/// An answer came. Without the original, or before its receipt, it is kept and joined later (RXP-36).
pub(crate) async fn answered(
    act: &mut Act,
    message: &Message,
    outcome: &exchange::body::outcome::Outcome,
) -> Result<()> {
    let Some(of) = message.in_reply_to else { return Ok(()) };
    let Some(referral) = answered_referral(act, message, of).await? else { return Ok(()) };
    let Some(sent) = referral.message else { return Ok(()) };
    if !received(act, sent, &message.peer).await? {
        // Kept, and without effect: only who received a referral answers it.
        return Ok(());
    }
    if matches!(referral.state, State::Queued | State::Delivered | State::Undeliverable) {
        return Ok(());
    }
    let now = act.now;
    let mut answers = Vec::new();
    let mut facts = Vec::new();
    for result in &outcome.results {
        let word = serde_json::to_value(result.answer)?;
        let Some(answer) = word.as_str().and_then(Answer::from_word) else { continue };
        if answer != Answer::Preserved {
            for item in &result.items {
                if store::referral::set_answer(&mut act.tx, referral.id, item.as_str(), answer, now).await? {
                    facts.push(json!([item.to_string(), answer.word()]));
                }
            }
            answers.push(answer);
        }
    }
    let items = store::referral::items_in(&mut act.tx, referral.id).await?;
    let open = items.iter().filter(|item| item.final_at.is_none()).count();
    let event = event_of_answers(open, &answers);
    let facts = json!({ "answers": facts, "open": open, "message": message.id.to_string() });
    // After a withdrawal the answer says what became of the item; it opens nothing again (RXP-70.27, RXP-122).
    if referral.state == State::Closed && taken_back(act, &referral).await? {
        act.append(Noun::Referral, referral.id.0, "answered_after_withdrawal", facts).await?;
        return Ok(());
    }
    let state = next(referral.state, event)?;
    store::referral::set_state(&mut act.tx, referral.id, state).await?;
    act.append(Noun::Referral, referral.id.0, event.word(), facts).await?;
    Ok(())
}

/// The referral that an answer is about: it answers the referral, a reminder of it, or its withdrawal (RXP-20.13).
async fn answered_referral(act: &mut Act, message: &Message, of: MessageId) -> Result<Option<Referral>> {
    if let Some(referral) = store::referral::of_message_in(&mut act.tx, of).await? {
        return Ok(Some(referral));
    }
    match store::message::get_in(&mut act.tx, message.agency, of).await? {
        Some(ours) if ours.out && ours.matter == message.matter => referral_of(act, message).await,
        _ => Ok(None),
    }
}

async fn taken_back(act: &mut Act, referral: &Referral) -> Result<bool> {
    let sql = "SELECT id FROM message WHERE agency = $1 AND matter = $2 AND type = 'withdrawal' AND direction = 'out'";
    Ok(!act.tx.rows(sql, store::params![referral.agency, referral.matter]).await?.is_empty())
}

/// A contest counts when it comes from who received the referral, or names its contest reference.
async fn contested(
    act: &mut Act,
    message: &Message,
    contest: &exchange::body::contest::Contest,
) -> Result<()> {
    let Some(referral) = store::referral::of_message_in(&mut act.tx, contest.subject).await? else {
        return Ok(());
    };
    let known = contest.reference_number.as_deref() == Some(referral.contest.as_str());
    let may = known || received(act, contest.subject, &message.peer).await?;
    if may && !crate::contest::enough(act, &referral).await? {
        crate::contest::open(act, &referral, message.document).await?;
    }
    Ok(())
}

/// Whether a message of ours went to an organisation.
async fn received(act: &mut Act, id: domain::id::MessageId, org: &str) -> Result<bool> {
    let agency = act.agency();
    let ours = store::message::get_in(&mut act.tx, agency, id).await?;
    Ok(ours.is_some_and(|ours| ours.out && ours.peer == org))
}

/// What a receipt for a message of ours changes.
pub(crate) async fn after_receipt(act: &mut Act, message: &Message, at: Timestamp) -> Result<()> {
    match message.kind.as_str() {
        "referral" => {
            if let Some(referral) = store::referral::of_message_in(&mut act.tx, message.id).await? {
                store::referral::set_acknowledged(&mut act.tx, referral.id, at).await?;
                step(act, &referral, Event::Receipt).await?;
                crate::recheck::first_due(act, referral.id).await?;
                joined(act, message.id).await?;
            }
        }
        "information" => {
            if let Some(referral) = referral_of(act, message).await? {
                step(act, &referral, Event::Informed).await?;
                store::referral::restart_ladder(&mut act.tx, referral.id).await?;
            }
        }
        "withdrawal" => {
            if let Some(referral) = referral_of(act, message).await? {
                let open = act
                    .tx
                    .rows(
                        "SELECT id FROM message WHERE agency = $1 AND matter = $2 AND type = 'withdrawal' AND receipt IS NULL",
                        store::params![message.agency, message.matter],
                    )
                    .await?;
                if open.is_empty() {
                    step(act, &referral, Event::AllAcknowledged).await?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

async fn referral_of(act: &mut Act, message: &Message) -> Result<Option<Referral>> {
    let rows = act
        .tx
        .rows(
            "SELECT message FROM referral WHERE matter = $1 AND message IS NOT NULL",
            store::params![message.matter],
        )
        .await?;
    match rows.first() {
        Some(row) => Ok(store::referral::of_message_in(&mut act.tx, row.id("message")?).await?),
        None => Ok(None),
    }
}

/// One step of a referral's machine; what it does not allow changes nothing (RXP-70).
pub(crate) async fn step(act: &mut Act, referral: &Referral, event: Event) -> Result<bool> {
    let Ok(state) = next(referral.state, event) else { return Ok(false) };
    store::referral::set_state(&mut act.tx, referral.id, state).await?;
    act.append(Noun::Referral, referral.id.0, event.word(), json!({})).await?;
    Ok(true)
}

/// In which space a message's matter stands.
pub(crate) async fn space_of(house: &House, message: &Message) -> Result<AgencyId> {
    let row = house
        .db
        .maybe("SELECT space FROM referral WHERE matter = $1", store::params![message.matter])
        .await?;
    Ok(row.map(|row| row.id("space")).transpose()?.unwrap_or(message.agency))
}
