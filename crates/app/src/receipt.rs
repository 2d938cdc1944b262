//! Receipts of our messages, however they come, and of theirs, again (RXP-02, RXP-40, RXP-42, RXP-47, RXP-48).
//!
//! The first receipt makes the message happen. When another one comes, both are kept, and the earlier time counts.

use crate::identity::{KeyRing, Sender, sender, wire};
use crate::receive::{Answered, Incoming, after_receipt, answered, unsigned};
use crate::{Act, Error, House, Result};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, MessageId};
use exchange::body::outcome::{Automated, Basis, Outcome, OutcomeResult};
use exchange::body::receipt::{Channel, Clock, LogPlace, Receipt};
use exchange::http_signature::{NONCE_MEMORY_S, Request};
use exchange::{Body, Capacity, Code, Draft, Envelope, ItemRef, Refused};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::message::Message;
use store::outbox::Waiting;
use uuid::Uuid;

/// Error of the system's clock that is claimed when nothing better is known, in milliseconds.
pub(crate) const CLOCK_ERROR_MS: u32 = 500;
/// Posts that one link of a mail takes (D14).
const LINK_USES_MAX: i64 = 50;
/// Lane of a receipt's copy (RXP-37).
const LANE_RECEIPT: i64 = 2;

/// A receipt whose signature was verified, or that we signed ourselves.
pub(crate) struct Came<'a> {
    /// Its document.
    pub(crate) document: &'a str,
    /// Its `received_at`.
    pub(crate) at: Timestamp,
    /// The way it came.
    pub(crate) channel: &'a str,
}

/// Counts a receipt of a message of ours; the first one makes it happen.
pub(crate) async fn counted(act: &mut Act, of: MessageId, came: &Came<'_>) -> Result<()> {
    let agency = act.agency();
    let Some(message) = store::message::get_in(&mut act.tx, agency, of).await? else { return Ok(()) };
    let (envelope, signed) = exchange::document::open(came.document)?;
    let held = match message.receipt {
        Some(key) => store::crypt::get_in(&mut act.tx, key).await?,
        None => None,
    };
    if held.as_deref() == Some(came.document.as_bytes()) {
        return Ok(store::outbox::done(&mut act.tx, agency, of).await?);
    }
    let now = act.now;
    let stored =
        store::crypt::put(&mut act.tx, agency, Retention::Referral, came.document.as_bytes(), now).await?;
    let mut facts = json!({
        "type": message.kind, "case": message.matter.to_string(), "received_at": came.at.to_string(),
        "channel": came.channel, "digest": signed.digest.to_string(), "doc": stored.fact(),
    });
    store::outbox::done(&mut act.tx, agency, of).await?;
    if store::message::set_receipt(&mut act.tx, agency, of, stored.key, came.at).await? {
        act.append(Noun::Message, of.0, "receipted", facts).await?;
        return after_receipt(act, &message, came.at).await;
    }
    // Both are shown: the one that does not count any more, or not at all, stands beside the message (RXP-42).
    let new = beside(&message, &envelope, stored.key, (signed.digest.to_string(), came.at));
    let earlier = message.receipt_at.is_some_and(|at| came.at < at);
    let word = if earlier { "receipted" } else { "receipted_again" };
    facts["other"] = true.into();
    act.append(Noun::Message, of.0, word, facts).await?;
    let loser = if earlier {
        store::message::set_earlier_receipt(&mut act.tx, agency, of, stored.key, came.at).await?;
        if let Some(referral) = store::referral::of_message_in(&mut act.tx, of).await? {
            store::referral::set_acknowledged(&mut act.tx, referral.id, came.at).await?;
        }
        let text = String::from_utf8(held.unwrap_or_default()).unwrap_or_default();
        match (exchange::document::open(&text), message.receipt, message.receipt_at) {
            (Ok((envelope, signed)), Some(key), Some(at)) => {
                Some(beside(&message, &envelope, key, (signed.digest.to_string(), at)))
            }
            _ => None,
        }
    } else {
        Some(new)
    };
    if let Some(loser) = loser
        && store::message::get_in(&mut act.tx, agency, loser.id).await?.is_none()
    {
        store::message::put(&mut act.tx, &loser).await?;
    }
    Ok(())
}

/// The row of a receipt that stands beside its message.
fn beside(of: &Message, receipt: &Envelope, document: i64, (digest, at): (String, Timestamp)) -> Message {
    Message {
        id: receipt.id,
        agency: of.agency,
        out: receipt.from.as_str() != of.peer,
        kind: "receipt".to_owned(),
        matter: of.matter,
        in_reply_to: Some(of.id),
        peer: of.peer.clone(),
        digest,
        document,
        receipt: None,
        receipt_at: None,
        made_at: at,
    }
}

/// A receipt came as a message of its own: after a lost answer, or as a signed reply (RXP-20.07, RXP-47).
pub(crate) async fn came(act: &mut Act, message: &Message, receipt: &Receipt, document: &str) -> Result<()> {
    let agency = act.agency();
    let Some(of) = store::message::get_in(&mut act.tx, agency, receipt.of).await? else { return Ok(()) };
    if !of.out || of.peer != message.peer || of.digest != receipt.digest.to_string() {
        return Ok(());
    }
    let channel = match receipt.channel {
        Channel::Rxp => "rxp",
        Channel::Email => "email",
        Channel::WebInbox => "web_inbox",
    };
    counted(act, of.id, &Came { document, at: receipt.received_at.timestamp(), channel }).await
}

/// The message of a link in a mail; counts one use. A GET never comes here (D14).
async fn linked(house: &House, token: &str) -> Result<Message> {
    let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let now = house.clock.now();
    let (agency, id, _) =
        store::message::mail_link(&house.db, hash, now).await?.ok_or_else(domain::access::not_here)?;
    let mut tx = house.db.write(store::Lane::Person).await?;
    if !store::message::use_mail_link(&mut tx, hash, LINK_USES_MAX).await? {
        return Err(domain::access::not_here().into());
    }
    tx.commit().await?;
    Ok(store::message::get(&house.db, agency, id).await?.ok_or_else(domain::access::not_here)?)
}

async fn envelope_of(house: &House, message: &Message) -> Result<(Envelope, exchange::Signed)> {
    let document =
        store::crypt::get(&house.db, message.document).await?.ok_or_else(domain::access::not_here)?;
    Ok(exchange::document::open(&String::from_utf8_lossy(&document))?)
}

/// A provider confirms by the page of a mail link that it received a message: a receipt signed by our own instance, and
/// mailed to it as its copy (RXP-48).
pub async fn confirmed_by_link(house: &Arc<House>, token: &str) -> Result<Message> {
    let message = linked(house, token).await?;
    if message.receipt.is_some() {
        return Ok(message);
    }
    let us = sender(house, message.agency).await?;
    let (envelope, signed) = envelope_of(house, &message).await?;
    let space = crate::receive::space_of(house, &message).await?;
    let mut act = Act::of_machine(house, message.agency, space).await?;
    let now = act.now;
    let body = Receipt {
        of: message.id,
        digest: signed.digest,
        received_at: wire(now)?,
        clock: Clock { source: "unknown".to_owned(), max_error_ms: CLOCK_ERROR_MS, checked_at: wire(now)? },
        channel: Channel::WebInbox,
        flags: Vec::new(),
        log: log_place(&mut act, &us).await?,
    };
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: envelope.case,
        in_reply_to: Some(message.id),
        from: us.org.clone(),
        to: envelope.to,
        capacity: us.capacity,
        legal_basis: us.legal_basis.clone(),
        sent_at: wire(now)?,
        lang: envelope.lang,
        handling: None,
    };
    let receipt = Envelope::draft(draft, &Body::from(body))?;
    let signed = receipt.sign(&us.key)?;
    counted(&mut act, message.id, &Came { document: &signed.document, at: now, channel: "web_inbox" })
        .await?;
    copy(&mut act, &message, &receipt, &signed).await?;
    act.commit().await?;
    house.tell(space);
    Ok(store::message::get(&house.db, message.agency, message.id).await?.unwrap_or(message))
}

/// The next leaf of our own ledger.
pub(crate) async fn log_place(act: &mut Act, us: &Sender) -> Result<LogPlace> {
    let index = act
        .tx
        .maybe("SELECT size FROM ledger_head WHERE agency = $1", store::params![us.agency.id])
        .await?
        .map_or(Ok(0), |row| row.count("size"))?;
    Ok(LogPlace { origin: format!("{}/renvoi-log", us.org), index })
}

/// The provider's copy of a receipt, by mail.
async fn copy(act: &mut Act, of: &Message, receipt: &Envelope, signed: &exchange::Signed) -> Result<()> {
    let now = act.now;
    let document =
        store::crypt::put(&mut act.tx, of.agency, Retention::Referral, signed.document.as_bytes(), now)
            .await?;
    let message = beside(of, receipt, document.key, (signed.digest.to_string(), now));
    store::message::put(&mut act.tx, &message).await?;
    let waiting = Waiting {
        message: message.id,
        agency: of.agency,
        provider: store::message::sent_to(&mut act.tx, of.agency, of.id).await?,
        channel: "mail".to_owned(),
        lane: LANE_RECEIPT,
        attempts: 0,
        made_at: now,
    };
    store::outbox::enqueue(&mut act.tx, &waiting, now).await?;
    let facts = json!({ "type": "receipt", "case": of.matter.to_string(), "digest": message.digest, "doc": document.fact() });
    act.append(Noun::Message, message.id.0, "sent", facts).await?;
    Ok(())
}

/// A provider answers by the page of a mail link (D14): for every open item, or for those named.
pub async fn answered_by_link(
    house: &Arc<House>,
    token: &str,
    chosen: crate::answer::Chosen,
) -> Result<Message> {
    let message = confirmed_by_link(house, token).await?;
    let (of, _) = envelope_of(house, &message).await?;
    let referral = store::referral::of_message(&house.db, message.id).await?;
    let (Some(referral), "referral") = (referral, message.kind.as_str()) else {
        return Err(Error::Input("Only a referral is answered here; this message needs no answer.".into()));
    };
    let open = store::referral::items(&house.db, referral.id).await?;
    let items: Vec<ItemRef> = open
        .into_iter()
        .filter(|item| {
            chosen.items.is_empty() && item.final_at.is_none() || chosen.items.contains(&item.item)
        })
        .map(|item| ItemRef::new(item.item))
        .collect::<Result<_, _>>()?;
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let now = act.now;
    let outcome = Outcome { results: vec![result(&chosen, items, now)?] };
    let draft = Draft {
        id: MessageId(Uuid::now_v7()),
        case: of.case,
        in_reply_to: Some(message.id),
        from: of.to,
        to: of.from,
        capacity: Capacity::Provider,
        legal_basis: Vec::new(),
        sent_at: wire(now)?,
        lang: of.lang,
        handling: None,
    };
    // Checked as if it had come signed. Nobody signed it: the link is the proof, and the ledger says so.
    let envelope = Envelope::draft(draft, &Body::from(outcome.clone()))
        .map_err(|refused| Error::Input(format!("The answer cannot be taken: {}.", refused.detail)))?;
    let bytes = serde_json::to_vec(&envelope)?;
    let document = store::crypt::put(&mut act.tx, referral.space, Retention::Referral, &bytes, now).await?;
    let row = Message {
        id: envelope.id,
        out: false,
        kind: "outcome".to_owned(),
        in_reply_to: Some(message.id),
        digest: format!("sha-256:{}", hex::encode(Sha256::digest(&bytes))),
        document: document.key,
        receipt: None,
        receipt_at: None,
        made_at: now,
        ..message.clone()
    };
    store::message::put(&mut act.tx, &row).await?;
    let facts = json!({ "type": "outcome", "case": row.matter.to_string(), "digest": row.digest, "doc": document.fact(), "channel": "web_inbox" });
    act.append(Noun::Message, row.id.0, "received", facts).await?;
    answered(&mut act, &row, &outcome).await?;
    act.commit().await?;
    house.tell(referral.space);
    Ok(message)
}

/// One answer to some items.
pub(crate) fn result(
    chosen: &crate::answer::Chosen,
    items: Vec<ItemRef>,
    now: Timestamp,
) -> Result<OutcomeResult> {
    if chosen.answer == domain::referral::Answer::NeedsInformation && chosen.note.is_none() {
        return Err(domain::Refusal::new(
            "RXP-111.03",
            "question_missing",
            "Write what you ask under \"Note to the sender\".",
        )
        .into());
    }
    Ok(OutcomeResult {
        items,
        answer: serde_json::from_value(chosen.answer.word().into())?,
        reason: chosen.reason.clone(),
        basis: serde_json::from_value::<Basis>(chosen.basis.clone().into()).map_err(|_| {
            Error::Input(format!("\"{}\" is no basis: terms, law, both or none.", chosen.basis))
        })?,
        effective_at: chosen.answer.is_final().then(|| wire(now)).transpose()?,
        territories: Vec::new(),
        until: None,
        automated: Automated::None,
        note: chosen.note.clone(),
        redress: None,
        own_ref: chosen.own_ref.clone(),
    })
}

/// The receipt of a message that we received, for the peer that sent it and lost the answer (RXP-30, RXP-65).
pub async fn receipt_for(house: &House, incoming: Incoming<'_>, id: MessageId) -> Result<Answered> {
    let now = house.clock.now();
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
    let refused = match exchange::http_signature::verify(&request, wire(now)?, |kid| ring.holder(kid)) {
        Ok(proof) => {
            let mut tx = house.db.write(store::Lane::Person).await?;
            let fresh = fresh(&mut tx, &proof, now).await?;
            tx.commit().await?;
            (!fresh).then(|| Refused::new(Code::Replay, "this nonce was used before"))
        }
        Err(refused) => Some(refused),
    };
    if let Some(refused) = refused {
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

/// Remembers a request's nonce; false when it was used before (RXP-62).
pub(crate) async fn fresh(
    tx: &mut store::Tx,
    proof: &exchange::http_signature::Proof,
    now: Timestamp,
) -> Result<bool> {
    let nonce = format!("{} {}", proof.org, hex::encode(proof.nonce));
    let forget = now.saturating_add(SignedDuration::from_secs(NONCE_MEMORY_S)).unwrap_or(Timestamp::MAX);
    Ok(store::message::use_nonce(tx, &nonce, now, forget).await?)
}
