//! A provider's own webhook: JSON by POST with an HMAC-SHA256 over time and body.
//!
//! The field `renvoi-signature` is `t=SECONDS,v1=HEX`, where HEX is the MAC over `SECONDS`, a full stop and the
//! body. The time is in the MAC so that an old call cannot be played again later.

use super::Delivery;
use super::rxp::{Prepared, Rxp};
use crate::fetcher::{AddressPolicy, FetchError, RawAnswer};
use futures_util::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// Name of the header field that carries the MAC.
pub const SIGNATURE_FIELD: &str = "renvoi-signature";
/// Shortest secret that is taken.
pub const SECRET_LEAST_BYTES: usize = 16;

/// One call, ready to go.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// The provider's address for calls.
    pub url: String,
    /// The shared secret, at least [`SECRET_LEAST_BYTES`] long.
    pub secret: Vec<u8>,
    /// JSON.
    pub body: Vec<u8>,
    /// The time that is signed.
    pub at: Timestamp,
}

/// The way to webhooks.
pub struct Webhook {
    way: Rxp,
}

impl Webhook {
    /// Reaches webhooks by `policy`, as [`Rxp::new`].
    pub fn new(policy: AddressPolicy) -> Result<Self, FetchError> {
        Ok(Self { way: Rxp::new(policy)? })
    }

    /// Makes one call. Any status is an answer: 2xx means taken.
    pub async fn call(&self, call: Call) -> Result<RawAnswer, FetchError> {
        let signature = signature(&call.secret, call.at, &call.body)
            .ok_or_else(|| FetchError::refused(&call.url, "its secret is shorter than 16 bytes"))?;
        let headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            (SIGNATURE_FIELD.to_owned(), signature),
        ];
        self.way.post(Prepared { url: call.url, headers, body: call.body }).await
    }
}

/// Value of [`SIGNATURE_FIELD`]; `None` when the secret is too short.
pub fn signature(secret: &[u8], at: Timestamp, body: &[u8]) -> Option<String> {
    let second = at.as_second();
    Some(format!("t={second},v1={}", hex::encode(mac(secret, second, body)?.finalize().into_bytes())))
}

/// Whether `field` is a right signature over `body`, made within `tolerance_s` of `now`. For the receiving side.
pub fn is_signed(secret: &[u8], field: &str, body: &[u8], now: Timestamp, tolerance_s: u64) -> bool {
    let Some((time, tag)) = field.strip_prefix("t=").and_then(|rest| rest.split_once(",v1=")) else {
        return false;
    };
    let (Ok(second), Ok(tag)) = (time.parse::<i64>(), hex::decode(tag)) else { return false };
    now.as_second().abs_diff(second) <= tolerance_s
        && mac(secret, second, body).is_some_and(|mac| mac.verify_slice(&tag).is_ok())
}

fn mac(secret: &[u8], second: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    if secret.len() < SECRET_LEAST_BYTES {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(format!("{second}.").as_bytes());
    mac.update(body);
    Some(mac)
}

impl Delivery for Webhook {
    type Prepared = Call;
    type Outcome = RawAnswer;
    type Error = FetchError;
    const CHANNEL: &'static str = "webhook";

    fn deliver(&self, call: Call) -> BoxFuture<'_, Result<RawAnswer, FetchError>> {
        Box::pin(self.call(call))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fetcher::Peers;
    use crate::loopback::{response, serve};

    const SECRET: &[u8] = b"sixteen bytes or more";

    #[test]
    fn signature_binds_time_and_body() {
        let at = Timestamp::from_second(1_796_216_400).unwrap();
        let field = signature(SECRET, at, b"{}").unwrap();
        // python3: hmac.new(b"sixteen bytes or more", b"1796216400.{}", "sha256").hexdigest()
        assert_eq!(field, "t=1796216400,v1=4b4b6633b69e795b67f56889600faaf5a6ad480a05a533d181a608bb79749efd");
        let late = Timestamp::from_second(1_796_216_700).unwrap();
        assert!(is_signed(SECRET, &field, b"{}", at, 300));
        assert!(is_signed(SECRET, &field, b"{}", late, 300));
        assert!(!is_signed(SECRET, &field, b"{}", late, 299));
        assert!(!is_signed(SECRET, &field, b"{ }", at, 300));
        assert!(!is_signed(b"another secret of length", &field, b"{}", at, 300));
        assert!(!is_signed(SECRET, &field.replace("1796216400", "1796216401"), b"{}", at, 300));
        for odd in ["", "t=", "t=1,v1=", "v1=00", "t=x,v1=00", &field[..field.len() - 2]] {
            assert!(!is_signed(SECRET, odd, b"{}", at, 300), "{odd}");
        }
        assert_eq!(signature(b"short", at, b"{}"), None);
    }

    #[tokio::test]
    async fn a_call_arrives_signed() {
        let server = serve(None, |_| response(204, "", b"")).await.unwrap();
        let peers = Peers::new(None).with("hooks.host.test", vec![server.address]);
        let webhook = Webhook::new(AddressPolicy::Peer(peers)).unwrap();
        let at = Timestamp::from_second(1_796_216_400).unwrap();
        let call = Call {
            url: "http://hooks.host.test/renvoi".to_owned(),
            secret: SECRET.to_vec(),
            body: br#"{"case":"17"}"#.to_vec(),
            at,
        };
        assert_eq!(webhook.deliver(call.clone()).await.unwrap().status, 204);
        let seen = server.requests.lock().unwrap()[0].clone();
        let field = seen.head.lines().find_map(|line| line.strip_prefix("renvoi-signature: ")).unwrap();
        assert!(is_signed(SECRET, field, &seen.body, at, 0));
        assert!(webhook.call(Call { secret: b"short".to_vec(), ..call }).await.is_err());
    }
}
