//! Receive: what the other side sends us (RXP-30 to RXP-42, RXP-60 to RXP-65).
//!
//! In: a request as it came. Out: a signed receipt or a signed refusal. Document, receipt and ledger leaf are one
//! committed transaction before the receipt leaves (RXP-33). The same id gives the byte-identical receipt (RXP-34).

use crate::identity::{KeyRing, Sender, sender, wire};
use crate::{Act, Error, House, Result};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, MessageId};
use domain::referral::{Answer, Event, event_of_answers, next};
use exchange::body::receipt::{Channel, Clock, LogPlace};
use exchange::error_answer::ErrorAnswer;
use exchange::http_signature::{NONCE_MEMORY_S, Request};
use exchange::receipts::{Kept, build};
use exchange::{Body, Code, MessageType, Refused, Verified};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::message::{InboxItem, Message};
use store::referral::Referral;
use uuid::Uuid;

/// Error of the system's clock that is claimed when nothing better is known, in milliseconds.
const CLOCK_ERROR_MS: u32 = 500;

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

fn unsigned(refused: &Refused, id: Option<MessageId>) -> String {
    json!({ "rxp": "1", "error": { "code": refused.code.as_str(), "detail": refused.detail, "of": id.map(|id| id.to_string()) } }).to_string()
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
    let nonce = format!("{} {}", proof.org, hex::encode(proof.nonce));
    let mut act = Act::of_machine(house, us.agency.id, us.agency.id).await?;
    let forget = now.saturating_add(SignedDuration::from_secs(NONCE_MEMORY_S)).unwrap_or(Timestamp::MAX);
    if !store::message::use_nonce(&mut act.tx, &nonce, now, forget).await? {
        return Ok(Inner::Refused(Refused::new(Code::Replay, "this nonce was used before")));
    }
    if let Some(known) = store::message::get_in(&mut act.tx, us.agency.id, document.envelope.id).await? {
        let answer = repeat(&mut act, &known, &document).await?;
        act.commit().await?;
        return Ok(answer);
    }
    let receipt = match keep(house, act, us, &document, &body, Channel::Rxp).await {
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
    document: &Verified,
    body: &Body,
    channel: Channel,
) -> Result<String> {
    let now = act.now;
    let envelope = &document.envelope;
    let leaf = act
        .tx
        .maybe("SELECT size FROM ledger_head WHERE agency = $1", store::params![us.agency.id])
        .await?
        .map_or(Ok(0), |row| row.count("size"))?;
    let kept = Kept {
        id: MessageId(Uuid::now_v7()),
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        received_at: wire(now)?,
        clock: Clock { source: "unknown".to_owned(), max_error_ms: CLOCK_ERROR_MS, checked_at: wire(now)? },
        channel,
        log: LogPlace { origin: format!("{}/renvoi-log", us.org), index: leaf },
        sender_unlisted: false,
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
    effect(&mut act, &message, body).await?;
    act.commit().await?;
    house.tell(us.agency.id);
    Ok(receipt.map(|signed| signed.document).unwrap_or_default())
}

/// What a message changes here. No message removes or sends anything by itself (RXP-05).
async fn effect(act: &mut Act, message: &Message, body: &Body) -> Result<()> {
    match body {
        Body::Referral(referral) => referred(act, message, referral).await,
        Body::Outcome(outcome) => answered(act, message, outcome).await,
        Body::Withdrawal(_) => {
            if let Some(original) = message.in_reply_to {
                store::message::withdraw_inbox(&mut act.tx, message.agency, original).await?;
            }
            Ok(())
        }
        Body::Information(_) => {
            if let Some(question) = message.in_reply_to
                && let Some(asked) = store::message::get_in(&mut act.tx, message.agency, question).await?
                && let Some(referral) = asked.in_reply_to
            {
                act.tx
                    .run(
                        "UPDATE inbox_item SET state = 'open' WHERE agency = $1 AND message = $2 AND answer = 'needs_information'",
                        store::params![message.agency, referral],
                    )
                    .await?;
            }
            Ok(())
        }
        Body::Contest(contest) => contested(act, message, contest).await,
        Body::Reminder(_)
        | Body::Receipt(_)
        | Body::Correction(_)
        | Body::ContestDecision(_)
        | Body::ReinstatementReport(_)
        | Body::ContactPreferences(_) => Ok(()),
    }
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
    store::message::put_inbox(&mut act.tx, &items).await?;
    Ok(())
}

async fn answered(
    act: &mut Act,
    message: &Message,
    outcome: &exchange::body::outcome::Outcome,
) -> Result<()> {
    let Some(of) = message.in_reply_to else { return Ok(()) };
    if !received(act, of, &message.peer).await? {
        // Kept, and without effect: only who received a referral answers it.
        return Ok(());
    }
    let Some(referral) = store::referral::of_message_in(&mut act.tx, of).await? else {
        // An answer before its original is kept; a person finds it by its case (RXP-36).
        return Ok(());
    };
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
    let state = next(referral.state, event)?;
    store::referral::set_state(&mut act.tx, referral.id, state).await?;
    act.append(
        Noun::Referral,
        referral.id.0,
        event.word(),
        json!({ "answers": facts, "open": open, "message": message.id.to_string() }),
    )
    .await?;
    Ok(())
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
            }
        }
        "information" => {
            if let Some(referral) = referral_of(act, message).await? {
                step(act, &referral, Event::Informed).await?;
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

/// A provider confirms by the page of a mail link that it received a message: a receipt signed by our own instance and
/// mailed to it as its copy (RXP-48). A GET never does this (D14).
pub async fn confirmed_by_link(house: &Arc<House>, token: &str) -> Result<Message> {
    use sha2::Digest as _;
    /// Posts that one link takes.
    const USES_MAX: i64 = 50;
    let hash: [u8; 32] = sha2::Sha256::digest(token.as_bytes()).into();
    let now = house.clock.now();
    let (agency, id, _) =
        store::message::mail_link(&house.db, hash, now).await?.ok_or_else(domain::access::not_here)?;
    let mut tx = house.db.write(store::Lane::Person).await?;
    if !store::message::use_mail_link(&mut tx, hash, USES_MAX).await? {
        return Err(domain::access::not_here().into());
    }
    tx.commit().await?;
    let message = store::message::get(&house.db, agency, id).await?.ok_or_else(domain::access::not_here)?;
    if message.receipt.is_some() {
        return Ok(message);
    }
    let us = sender(house, agency).await?;
    let document =
        store::crypt::get(&house.db, message.document).await?.ok_or_else(domain::access::not_here)?;
    let (envelope, signed) = exchange::document::open(&String::from_utf8_lossy(&document))?;
    let receipt = json!({
        "of": id.to_string(), "digest": signed.digest.to_string(), "received_at": wire(now)?, "channel": "web_inbox",
        "confirmed_for": envelope.to, "signed_by": us.org,
    });
    crate::deliver::acknowledged(house, &message, &receipt.to_string(), now, "web_inbox").await?;
    Ok(message)
}

/// The receipt of a message that we received, for the peer that sent it and lost the answer (RXP-30, RXP-65).
pub async fn receipt_for(house: &House, incoming: Incoming<'_>, id: MessageId) -> Result<Answered> {
    let now = wire(house.clock.now())?;
    let missing = || Answered {
        status: 404,
        body: unsigned(&Refused::new(Code::WrongReceiver, "no such message here"), Some(id)),
    };
    let rows = house
        .db
        .rows("SELECT agency FROM message WHERE id = $1 AND direction = 'in'", store::params![id])
        .await?;
    let Some(row) = rows.first() else { return Ok(missing()) };
    let agency: AgencyId = row.id("agency")?;
    let Some(message) = store::message::get(&house.db, agency, id).await? else { return Ok(missing()) };
    let ring = KeyRing::of(house, &message.peer).await?;
    let target_uri = format!("{}{}", house.endpoint.trim_end_matches('/'), incoming.path);
    let request = Request { method: "GET", target_uri: &target_uri, headers: incoming.headers, body: &[] };
    if let Err(refused) = exchange::http_signature::verify(&request, now, |kid| ring.holder(kid)) {
        return Ok(Answered { status: refused.http(), body: unsigned(&refused, Some(id)) });
    }
    match message.receipt {
        Some(key) => match store::crypt::get(&house.db, key).await? {
            Some(bytes) => Ok(Answered { status: 202, body: String::from_utf8_lossy(&bytes).into_owned() }),
            None => Ok(missing()),
        },
        None => Ok(missing()),
    }
}
