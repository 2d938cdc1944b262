//! Sends what providers have to say back to the senders, and believes only a verified receipt (RXP-02, RXP-32).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

use super::client;
use super::httpsig::{self, Covered};
use super::jcs;
use super::jws;
use super::peers::{self, Peer};
use super::rxp::MEDIA_TYPE;
use super::state::{Outgoing, Shared, wire_time};

/// Messages under way at once.
const PARALLEL: usize = 8;
/// Attempts of one message in one step of the clock; what is left waits for the next step.
const ATTEMPTS_A_STEP: u32 = 3;
/// Wait before attempt n+1 is this times n.
const WAIT_MS: u64 = 50;

/// What a round of sending came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) acknowledged: usize,
    pub(crate) pending: usize,
}

/// Sends everything that has no receipt yet.
pub(crate) async fn deliver(shared: &Arc<Shared>) -> Sent {
    let waiting: Vec<usize> = {
        let inner = shared.lock();
        inner.outbox.iter().enumerate().filter(|(_, out)| !out.acknowledged).map(|(n, _)| n).collect()
    };
    let mut sent = Sent::default();
    for group in waiting.chunks(PARALLEL) {
        let mut tasks = JoinSet::new();
        for &place in group {
            let shared = shared.clone();
            tasks.spawn(async move { one(&shared, place).await });
        }
        while let Some(done) = tasks.join_next().await {
            match done {
                Ok(true) => sent.acknowledged += 1,
                _ => sent.pending += 1,
            }
        }
    }
    sent
}

/// Sends one message, with retries; true when its receipt is good.
async fn one(shared: &Shared, place: usize) -> bool {
    let out = shared.lock().outbox[place].clone();
    let mut clock = shared.lock().now.as_second();
    for attempt in 1..=ATTEMPTS_A_STEP {
        // Read again each time: the player may write the peer after the first attempt.
        let result = match peers::find(&shared.dir, &out.to) {
            Some(peer) => attempt_once(shared, &peer, &out, clock).await,
            None => Err(Failure { reason: format!("{} is no peer", out.to), date: None }),
        };
        match record(shared, place, &out, result) {
            Ok(()) => return true,
            // 401 stale carries the receiver's time: sign again by it (RXP-63).
            Err(date) => clock = date.unwrap_or(clock),
        }
        tokio::time::sleep(Duration::from_millis(WAIT_MS * u64::from(attempt))).await;
    }
    false
}

/// Notes what an attempt came to; the error is the receiver's time, when it told it.
fn record(
    shared: &Shared,
    place: usize,
    out: &Outgoing,
    result: Result<Value, Failure>,
) -> Result<(), Option<i64>> {
    let mut inner = shared.lock();
    inner.outbox[place].attempts += 1;
    let at = wire_time(inner.now);
    match result {
        Ok(receipt) => {
            inner.outbox[place].acknowledged = true;
            inner.seen.line(&json!({
                "event": "sent", "id": out.id, "type": out.kind, "to": out.to, "receipt": jws::digest(&receipt), "at": at,
            }));
            Ok(())
        }
        Err(failure) => {
            inner.seen.line(&json!({
                "event": "not_sent", "id": out.id, "to": out.to, "reason": failure.reason, "at": at,
            }));
            Err(failure.date)
        }
    }
}

struct Failure {
    reason: String,
    date: Option<i64>,
}

async fn attempt_once(shared: &Shared, peer: &Peer, out: &Outgoing, clock: i64) -> Result<Value, Failure> {
    let fail = |reason: String| Failure { reason, date: None };
    let uri = format!("{}/messages", peer.endpoint.trim_end_matches('/'));
    let covered = Covered {
        method: "POST".to_owned(),
        target_uri: uri.clone(),
        content_type: Some(MEDIA_TYPE.to_owned()),
        content_digest: Some(jws::content_digest(&out.body)),
        rxp_id: Some(out.id.clone()),
    };
    let key = &shared.keys[out.service];
    let signed = httpsig::sign(&covered, key, clock, &nonce(&out.id));
    let (input, signature) = signed.ok_or_else(|| fail("cannot be signed".to_owned()))?;
    let headers = [
        ("content-type", MEDIA_TYPE.to_owned()),
        ("content-digest", jws::content_digest(&out.body)),
        ("rxp-id", out.id.clone()),
        ("signature-input", input),
        ("signature", signature),
    ];
    let answer = client::post(&shared.dir, peer, &uri, &headers, out.body.clone()).await.map_err(fail)?;
    if answer.status != 202 {
        let code = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default()["error"]["code"].clone();
        let stale = answer.status == 401 && code == "stale";
        let date = answer.date.as_deref().filter(|_| stale).and_then(http_date);
        return Err(Failure { reason: format!("{} {code}", answer.status), date });
    }
    receipt(peer, out, &answer.body).map_err(fail)
}

/// A receipt counts when it is signed by the receiver and names this message by id and digest.
fn receipt(peer: &Peer, out: &Outgoing, body: &[u8]) -> Result<Value, String> {
    let document = jcs::parse(body).map_err(|e| format!("receipt: {}", e.code()))?;
    jws::verify(&document, &peer.keys()).map_err(|e| format!("receipt: {}", e.code()))?;
    let right = document["type"] == "receipt"
        && document["from"] == peer.org.as_str()
        && document["body"]["of"] == out.id.as_str()
        && document["body"]["digest"] == out.digest.as_str();
    if right { Ok(document) } else { Err("receipt of something else".to_owned()) }
}

/// `Date` of RFC 9110 in seconds of the epoch.
fn http_date(text: &str) -> Option<i64> {
    let time = jiff::fmt::strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
    let zoned = time.to_datetime().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_second())
}

/// Never the same twice in one world, also not for a retry.
fn nonce(id: &str) -> [u8; 16] {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let wall = Timestamp::now().as_nanosecond();
    let digest = Sha256::digest(format!("{id} {count} {wall}"));
    let mut nonce = [0u8; 16];
    nonce.copy_from_slice(&digest[..16]);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates() {
        assert_eq!(http_date("Tue, 25 Apr 2017 06:00:00 GMT"), Some(1_493_100_000));
        assert_eq!(http_date("yesterday"), None);
        assert_ne!(nonce("a"), nonce("a"));
    }
}
