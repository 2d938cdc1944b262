//! The RXP receiver of a provider: verify, commit, receipt.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::accounts;
use super::behaviour;
use super::envelope::{self, Envelope};
use super::httpsig::{self, Covered};
use super::jcs::{self, canonical};
use super::jws;
use super::peers;
use super::state::{Inner, Message, MessageItem, Shared, id_of, wire_time};
use crate::make::item_key;
use crate::model::{Contact, Fault};

/// Largest document (RXP-11).
pub const DOCUMENT_BYTES_MAX: usize = 256 * 1024;
/// Media type of every document.
pub const MEDIA_TYPE: &str = "application/rxp+json";
/// What a rate-limited provider asks for.
const RETRY_AFTER_S: u32 = 60;
/// A skew beyond this is flagged, never refused (RXP-41).
const SKEW_FLAGGED_S: i64 = 120;

/// A request as the receiver sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    pub(crate) target_uri: String,
    pub(crate) content_type: Option<String>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_digest: Option<String>,
    pub(crate) rxp_id: Option<String>,
    pub(crate) signature_input: Option<String>,
    pub(crate) signature: Option<String>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) retry_after_s: Option<u32>,
    /// The connection ends without an answer.
    pub(crate) drop: bool,
}

/// Why a message is refused.
struct No {
    status: u16,
    code: &'static str,
    field: Option<String>,
    retry_after_s: Option<u32>,
}

fn no(status: u16, code: &'static str) -> No {
    No { status, code, field: None, retry_after_s: None }
}

/// `POST …/messages`.
pub(crate) fn receive(shared: &Shared, service: usize, incoming: &Incoming, body: &[u8]) -> Reply {
    let checked = check(shared, service, incoming, body);
    let of = incoming.rxp_id.clone();
    match checked.and_then(|(document, envelope)| commit(shared, service, &document, envelope)) {
        Ok(reply) => reply,
        Err(refusal) => refuse(shared, service, of, refusal),
    }
}

/// Everything before the commit: nothing is kept of what fails here but a count.
fn check(shared: &Shared, service: usize, incoming: &Incoming, body: &[u8]) -> Result<(Value, Envelope), No> {
    if !matches!(shared.service(service).contact, Contact::Rxp { .. }) {
        return Err(no(404, "wrong_receiver"));
    }
    if incoming.content_type.as_deref() != Some(MEDIA_TYPE) {
        return Err(no(415, "media_type"));
    }
    if incoming.content_encoding.as_deref().is_some_and(|e| e != "identity") {
        return Err(no(415, "encoding"));
    }
    if body.len() > DOCUMENT_BYTES_MAX {
        return Err(no(413, "too_large"));
    }
    let document = jcs::parse(body).map_err(|e| no(400, e.code()))?;
    let envelope = envelope::read(&document).map_err(|e| No {
        status: e.status,
        code: e.code,
        field: Some(e.field),
        retry_after_s: None,
    })?;
    if envelope.to != shared.service(service).host {
        return Err(no(404, "wrong_receiver"));
    }
    let peer = peers::find(&shared.dir, &envelope.from).ok_or_else(|| no(403, "unknown_sender"))?;
    let keys = peer.keys();
    let bound = incoming.content_digest.as_deref() == Some(jws::content_digest(body).as_str())
        && incoming.rxp_id.as_deref() == Some(envelope.id.as_str());
    if !bound {
        return Err(no(401, "bad_http_signature"));
    }
    verify_request(shared, incoming, &keys)?;
    jws::verify(&document, &keys).map_err(|e| no(401, e.code()))?;
    Ok((document, envelope))
}

fn verify_request(
    shared: &Shared,
    incoming: &Incoming,
    keys: &[ed25519_dalek::VerifyingKey],
) -> Result<(), No> {
    let (Some(input), Some(signature)) = (&incoming.signature_input, &incoming.signature) else {
        return Err(no(401, "bad_http_signature"));
    };
    let covered = Covered {
        method: incoming.method.clone(),
        target_uri: incoming.target_uri.clone(),
        content_type: incoming.content_type.clone(),
        content_digest: incoming.content_digest.clone(),
        rxp_id: incoming.rxp_id.clone(),
    };
    let mut inner = shared.lock();
    let clocks = [inner.now.as_second(), Timestamp::now().as_second()];
    httpsig::verify(&covered, (input, signature), keys, &clocks, &mut inner.nonces)
        .map_err(|e| no(401, e.code()))
}

/// Idempotent by id; faults act on the first attempt of a message that is otherwise good.
fn commit(shared: &Shared, service: usize, document: &Value, envelope: Envelope) -> Result<Reply, No> {
    let digest = jws::digest(document);
    let mut inner = shared.lock();
    let place = (service, envelope.id.clone());
    if let Some(&known) = inner.by_id.get(&place) {
        if inner.messages[known].digest != digest {
            return Err(no(409, "digest_conflict"));
        }
        return Ok(accepted(inner.messages[known].receipt.clone()));
    }
    let attempts = inner.attempts.entry(place).or_default();
    *attempts += 1;
    let first = *attempts == 1;
    let polite_lane = matches!(envelope.kind.as_str(), "referral" | "notice" | "reminder");
    match shared.service(service).fault {
        Fault::RateLimited if first && polite_lane => {
            return Err(No { retry_after_s: Some(RETRY_AFTER_S), ..no(429, "slow_down") });
        }
        Fault::Flaky if first => return Err(no(503, "maintenance")),
        _ => {}
    }
    let receipt = store(shared, &mut inner, service, Arrived { envelope, digest, channel: "rxp" });
    let drop = first && shared.service(service).fault == Fault::DropAfterCommit;
    Ok(Reply { drop, ..accepted(receipt) })
}

fn accepted(receipt: Vec<u8>) -> Reply {
    Reply { status: 202, body: receipt, retry_after_s: None, drop: false }
}

/// A verified message.
pub(crate) struct Arrived {
    pub(crate) envelope: Envelope,
    pub(crate) digest: String,
    /// `rxp` or `mail`.
    pub(crate) channel: &'static str,
}

/// Keeps a verified message, gives its receipt, and sets its effect going. Also used for what came by mail.
pub(crate) fn store(shared: &Shared, inner: &mut Inner, service: usize, arrived: Arrived) -> Vec<u8> {
    let receipt = receipt(shared, inner, service, &arrived);
    let Arrived { envelope, digest, channel } = arrived;
    let items = envelope
        .items
        .iter()
        .map(|(name, url)| {
            let key = item_key(url).unwrap_or_else(|| url.clone());
            let item = inner.by_key.get(&key).copied().filter(|i| inner.items[*i].service == service);
            let holder = if item.is_none() { accounts::holder(inner, service, &key) } else { None };
            MessageItem {
                name: name.clone(),
                url: url.clone(),
                key,
                item,
                holder,
                answer: None,
                withdrawn: false,
            }
        })
        .collect::<Vec<_>>();
    let urls: Vec<&str> = envelope.items.iter().map(|(_, url)| url.as_str()).collect();
    inner.seen.line(&json!({
        "event": "message", "id": envelope.id, "type": envelope.kind, "case": envelope.case, "from": envelope.from,
        "to": envelope.to, "in_reply_to": envelope.in_reply_to, "urls": urls, "digest": digest,
        "channel": channel, "at": wire_time(inner.now),
    }));
    let place = inner.messages.len();
    inner.by_id.insert((service, envelope.id.clone()), place);
    let kind = envelope.kind.clone();
    inner.messages.push(Message {
        service,
        envelope,
        digest,
        receipt: receipt.clone(),
        channel,
        items,
        question: None,
    });
    match kind.as_str() {
        "referral" | "notice" => behaviour::on_referral(shared, inner, place),
        "information" => behaviour::on_information(shared, inner, place),
        "withdrawal" => behaviour::on_withdrawal(shared, inner, place),
        _ => {}
    }
    receipt
}

fn receipt(shared: &Shared, inner: &mut Inner, service: usize, arrived: &Arrived) -> Vec<u8> {
    let Arrived { envelope, digest, channel } = arrived;
    let host = &shared.service(service).host;
    let now = wire_time(inner.now);
    let index = inner.log_index[service];
    inner.log_index[service] += 1;
    let skewed = (inner.now.as_second() - envelope.sent_at.as_second()).abs() > SKEW_FLAGGED_S;
    let flags: &[&str] = if skewed { &["skew"] } else { &[] };
    let mut document = json!({
        "rxp": "1",
        "id": id_of(inner.now, &[host, "receipt", &envelope.id]),
        "type": "receipt",
        "case": envelope.case,
        "from": host,
        "to": envelope.from,
        "capacity": "provider",
        "sent_at": now,
        "lang": "en",
        "in_reply_to": envelope.id,
        "body": {
            "of": envelope.id,
            "digest": digest,
            "received_at": now,
            "clock": {"source": "stepped", "max_error_ms": 1, "checked_at": now},
            "channel": if *channel == "mail" { "email" } else { "rxp" },
            "flags": flags,
            "log": {"origin": format!("{host}/log"), "index": index},
        },
    });
    jws::sign(&mut document, &shared.keys[service]);
    canonical(&document).into_bytes()
}

/// `GET …/receipts/{id}`, signed by the sender of the message.
pub(crate) fn receipt_of(shared: &Shared, service: usize, incoming: &Incoming, id: &str) -> Reply {
    let found = {
        let inner = shared.lock();
        let place = inner.by_id.get(&(service, id.to_owned())).copied();
        place.map(|p| (inner.messages[p].envelope.from.clone(), inner.messages[p].receipt.clone()))
    };
    let Some((from, receipt)) = found else {
        return refuse(shared, service, Some(id.to_owned()), no(404, "not_found"));
    };
    let keys = peers::find(&shared.dir, &from).map(|p| p.keys()).unwrap_or_default();
    match verify_request(shared, incoming, &keys) {
        Ok(()) => Reply { status: 200, ..accepted(receipt) },
        Err(refusal) => refuse(shared, service, Some(id.to_owned()), refusal),
    }
}

/// A signed error of section 9; counted, not kept.
fn refuse(shared: &Shared, service: usize, of: Option<String>, refusal: No) -> Reply {
    let mut inner = shared.lock();
    *inner.refused.entry(refusal.code.to_owned()).or_default() += 1;
    let (host, now) = (&shared.service(service).host, wire_time(inner.now));
    inner.seen.line(&json!({"event": "refused", "code": refusal.code, "of": of, "to": host, "at": now}));
    drop(inner);
    let mut error = json!({"code": refusal.code, "detail": format!("refused: {}", refusal.code)});
    if let Some(of) = of.filter(|of| uuid::Uuid::parse_str(of).is_ok()) {
        error["of"] = json!(of);
    }
    if let Some(field) = refusal.field {
        error["field"] = json!(field);
    }
    if let Some(seconds) = refusal.retry_after_s {
        error["retry_after_s"] = json!(seconds);
    }
    let mut document = json!({"rxp": "1", "error": error});
    jws::sign(&mut document, &shared.keys[service]);
    let body = canonical(&document).into_bytes();
    Reply { status: refusal.status, body, retry_after_s: refusal.retry_after_s, drop: false }
}
