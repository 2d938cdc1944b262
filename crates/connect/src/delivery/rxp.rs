//! A signed RXP message over HTTP (RXP-30, RXP-31): one POST, no redirect followed, a small answer.
//!
//! Document and HTTP signature are made by `exchange`; here they are bytes and header fields.

use super::Delivery;
use crate::fetcher::line::{Ask, Line};
use crate::fetcher::{AddressPolicy, FetchError, Limits, RawAnswer};
use futures_util::future::BoxFuture;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Largest answer that is read: a receipt or an error.
pub const ANSWER_LIMIT_BYTES: usize = 256 << 10;
/// Limits of one request.
const RXP_LIMITS: Limits = Limits { header_ms: 15_000, total_ms: 30_000, body_bytes: ANSWER_LIMIT_BYTES };
/// Header fields that the transport sets itself.
const OWN_FIELDS: [&str; 5] = ["host", "content-length", "transfer-encoding", "connection", "cookie"];

/// A message ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Where to: `{endpoint}/messages`.
    pub url: String,
    /// All header fields that are signed and the signature, names in lower case. `host` and lengths are set here.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte as it was digested.
    pub body: Vec<u8>,
}

/// The way to RXP endpoints under one address policy.
pub struct Rxp {
    line: Line,
}

impl Rxp {
    /// Reaches endpoints by `policy`: `Peer` for named peers, `World` in a world, `Public` otherwise.
    pub fn new(policy: AddressPolicy) -> Result<Self, FetchError> {
        Ok(Self { line: Line::new(policy)? })
    }

    /// Sends one message. Any status is an answer (only 202 with a valid receipt is success, RXP-32: the caller
    /// judges); 3xx is never followed.
    pub async fn post(&self, prepared: Prepared) -> Result<RawAnswer, FetchError> {
        self.request(Method::POST, prepared).await
    }

    /// Reads a receipt again, the state, a contact file or keys: a GET with prepared header fields.
    pub async fn get(&self, url: &str, headers: Vec<(String, String)>) -> Result<RawAnswer, FetchError> {
        self.request(Method::GET, Prepared { url: url.to_owned(), headers, body: Vec::new() }).await
    }

    async fn request(&self, method: Method, prepared: Prepared) -> Result<RawAnswer, FetchError> {
        let url = self.line.guard.parse(&prepared.url)?;
        let headers = fields(&prepared)?;
        self.line.send(Ask { method, url, headers, body: prepared.body }, RXP_LIMITS).await
    }
}

fn fields(prepared: &Prepared) -> Result<HeaderMap, FetchError> {
    let bad =
        |name: &str| FetchError::refused(&prepared.url, format!("its header field {name} cannot be sent"));
    let mut headers = HeaderMap::with_capacity(prepared.headers.len());
    for (name, value) in &prepared.headers {
        let field = HeaderName::try_from(name.as_str()).map_err(|_| bad(name))?;
        if OWN_FIELDS.contains(&field.as_str()) {
            return Err(bad(name));
        }
        headers.append(field, HeaderValue::try_from(value.as_str()).map_err(|_| bad(name))?);
    }
    Ok(headers)
}

impl Delivery for Rxp {
    type Prepared = Prepared;
    type Outcome = RawAnswer;
    type Error = FetchError;
    const CHANNEL: &'static str = "rxp";

    fn deliver(&self, prepared: Prepared) -> BoxFuture<'_, Result<RawAnswer, FetchError>> {
        Box::pin(self.post(prepared))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fetcher::Peers;
    use crate::loopback::{Seen, authority, response, serve};

    fn endpoint(seen: &Seen) -> Vec<u8> {
        match seen.path() {
            "/rxp/v1/messages" => response(202, "content-type: application/rxp+json\r\n", b"{}"),
            "/moved" => response(307, "location: /rxp/v1/messages\r\n", b""),
            "/large" => response(202, "", &vec![b'x'; ANSWER_LIMIT_BYTES + 1]),
            _ => response(404, "", b""),
        }
    }

    fn message(url: &str) -> Prepared {
        let headers = vec![
            ("content-type".to_owned(), "application/rxp+json".to_owned()),
            ("signature".to_owned(), "rxp=:AA==:".to_owned()),
        ];
        Prepared { url: url.to_owned(), headers, body: b"{\"id\":1}".to_vec() }
    }

    #[tokio::test]
    async fn posts_what_was_signed_and_nothing_else() {
        let (ca_pem, tls) = authority(&["rxp.host.test"]).unwrap();
        let server = serve(Some(tls), endpoint).await.unwrap();
        let peers = Peers::new(Some(ca_pem)).with("rxp.host.test", vec![server.address]);
        let rxp = Rxp::new(AddressPolicy::Peer(peers)).unwrap();
        let answer = rxp.deliver(message("https://rxp.host.test/rxp/v1/messages")).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (202, b"{}".as_slice()));
        assert_eq!(answer.header("content-type"), Some("application/rxp+json"));
        let seen = server.requests.lock().unwrap()[0].clone();
        assert_eq!(seen.body, b"{\"id\":1}");
        let head = seen.head.to_lowercase();
        assert!(head.starts_with("post /rxp/v1/messages http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nhost: rxp.host.test\r\n"), "{head}");
        assert!(head.contains("\r\nsignature: rxp=:aa==:\r\n"), "{head}");
        assert_eq!(rxp.get("https://rxp.host.test/none", Vec::new()).await.unwrap().status, 404);
    }

    #[tokio::test]
    async fn no_redirect() {
        let server = serve(None, endpoint).await.unwrap();
        let peers = Peers::new(None).with("rxp.host.test", vec![server.address]);
        let rxp = Rxp::new(AddressPolicy::Peer(peers)).unwrap();
        let answer = rxp.post(message("http://rxp.host.test/moved")).await.unwrap();
        assert_eq!(answer.status, 307);
        assert_eq!(server.requests.lock().unwrap().len(), 1);
        let large = rxp.post(message("http://rxp.host.test/large")).await.unwrap_err();
        assert!(matches!(large, FetchError::TooLarge { limit_bytes: ANSWER_LIMIT_BYTES, .. }), "{large}");
    }

    #[tokio::test]
    async fn peers_only_at_their_pinned_address() {
        let here = "127.0.0.1:9".parse().unwrap();
        let far = "192.0.2.1:443".parse().unwrap();
        let peers = Peers::new(None).with("near.test", vec![here]).with("far.test", vec![far]);
        let rxp = Rxp::new(AddressPolicy::Peer(peers)).unwrap();
        for url in [
            "https://other.test/",
            "https://127.0.0.1:9/",
            "http://near.test:10/",
            "http://far.test:443/",
            "https://user@near.test/",
        ] {
            let refused = rxp.post(message(url)).await.unwrap_err();
            assert!(matches!(refused, FetchError::Refused { .. }), "{url}: {refused}");
        }
        for field in ["Host", "cookie", "bad name", "content-length"] {
            let mut odd = message("http://near.test/");
            odd.headers.push((field.to_owned(), "x".to_owned()));
            let refused = rxp.post(odd).await.unwrap_err();
            assert!(matches!(refused, FetchError::Refused { .. }), "{field}: {refused}");
        }
    }
}
