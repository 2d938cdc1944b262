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
    let bad = |name: &str| FetchError::refused(&prepared.url, format!("its header field {name} cannot be sent"));
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
