//! Receive: what the other side sends us (RXP-30 to RXP-42, RXP-60 to RXP-65).
//!
//! In: a request as it came. Out: a signed receipt or a signed refusal. Document, receipt and ledger leaf are one
//! committed transaction before the receipt leaves (RXP-33). The same id gives the byte-identical receipt (RXP-34).

use crate::identity::{KeyRing, Sender, sender, wire};
use crate::receipt::{CLOCK_ERROR_MS, fresh, log_place};
use crate::{Act, Error, House, Result};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::MessageId;
use exchange::body::receipt::{Channel, Clock};
use exchange::error_answer::ErrorAnswer;
use exchange::http_signature::Request;
use exchange::receipts::{Kept, build};
use exchange::{Body, Code, MessageType, Refused, Verified};
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;
use store::message::Message;
use uuid::Uuid;

mod effect;

use effect::effect;
pub(crate) use effect::{after_receipt, answered, space_of, step};

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
