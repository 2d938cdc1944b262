//! One request to one vetted address: no redirects, no cookies, no proxy, no retries, limits on everything.

use super::policy::{Guard, VettedResolver};
use super::{AddressPolicy, FetchError, Lookup, SystemLookup};
use reqwest::{Method, header::HeaderMap};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Most header fields of an answer that are kept.
pub const HEADERS_LIMIT: usize = 64;
/// Longest header value that is kept; the rest is cut.
pub const HEADER_VALUE_LIMIT_BYTES: usize = 4096;

/// Limits of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest wait for the headers, connecting included.
    pub header_ms: u64,
    /// Longest time for the whole answer.
    pub total_ms: u64,
    /// Largest body.
    pub body_bytes: usize,
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// HTTP status, 100..=999.
    pub status: u16,
    /// At most [`HEADERS_LIMIT`] fields in order: name in lower case, value cut at [`HEADER_VALUE_LIMIT_BYTES`].
    pub headers: Vec<(String, String)>,
    /// The body, not unpacked.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The first header called `name` (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is asked.
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A client bound to one policy.
pub(crate) struct Line {
    pub(crate) guard: Arc<Guard>,
    /// For https.
    secure: reqwest::Client,
    /// For http. Two clients, because a resolver is told the name only and a world has a port for each.
    plain: reqwest::Client,
}

impl Line {
    /// A line under `policy` that resolves by the operating system.
    pub(crate) fn new(policy: AddressPolicy) -> Result<Self, FetchError> {
        Self::with_lookup(policy, Arc::new(SystemLookup))
    }

    pub(crate) fn with_lookup(policy: AddressPolicy, lookup: Arc<dyn Lookup>) -> Result<Self, FetchError> {
        Self::guarded(Guard::new(policy, lookup))
    }

    pub(super) fn guarded(guard: Guard) -> Result<Self, FetchError> {
        // A second installation is refused by rustls and changes nothing: one provider in the process.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let unusable = |error: reqwest::Error| FetchError::Tls {
            host: "this machine".to_owned(),
            what: format!("the HTTP client cannot be made ({error})"),
        };
        let guard = Arc::new(guard);
        let builder = |plain: bool| {
            reqwest::Client::builder()
                .dns_resolver(VettedResolver { guard: Arc::clone(&guard), plain })
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .referer(false)
                .http1_only()
                .pool_max_idle_per_host(0)
                .user_agent(USER_AGENT)
        };
        let mut secure = builder(false).https_only(true);
        if let Some(pem) = guard.ca_pem() {
            let certificates = reqwest::Certificate::from_pem_bundle(pem).map_err(unusable)?;
            secure = secure.tls_certs_only(certificates);
        }
        let secure = secure.build().map_err(unusable)?;
        // trusts nobody: it never speaks TLS
        let plain = builder(true).tls_certs_only([]).build().map_err(unusable)?;
        Ok(Self { guard, secure, plain })
    }

    /// Sends one request and reads the whole answer within `limits`.
    pub(crate) async fn send(&self, ask: Ask, limits: Limits) -> Result<RawAnswer, FetchError> {
        self.guard.check(&ask.url)?;
        let host = ask.url.host_str().unwrap_or_default().to_owned();
        let late = |stage, limit_ms| FetchError::Timeout { host: host.clone(), stage, limit_ms };
        let whole = async {
            let client = if ask.url.scheme() == "https" { &self.secure } else { &self.plain };
            let request = client.request(ask.method, ask.url).headers(ask.headers).body(ask.body).send();
            let answer = tokio::time::timeout(Duration::from_millis(limits.header_ms), request)
                .await
                .map_err(|_| late("answer", limits.header_ms))?
                .map_err(|error| FetchError::from_transport(&host, &error))?;
            read(answer, &host, limits.body_bytes).await
        };
        tokio::time::timeout(Duration::from_millis(limits.total_ms), whole)
            .await
            .map_err(|_| late("whole body", limits.total_ms))?
    }
}

/// How we present ourselves, so that a host can know us and ask.
pub const USER_AGENT: &str =
    concat!("Renvoi/", env!("CARGO_PKG_VERSION"), " (public content check, no login)");

async fn read(
    mut answer: reqwest::Response,
    host: &str,
    limit_bytes: usize,
) -> Result<RawAnswer, FetchError> {
    let too_large = || FetchError::TooLarge { host: host.to_owned(), limit_bytes };
    if answer.content_length().is_some_and(|length| length > limit_bytes as u64) {
        return Err(too_large());
    }
    let status = answer.status().as_u16();
    let headers = answer
        .headers()
        .iter()
        .take(HEADERS_LIMIT)
        .map(|(name, value)| {
            let bytes = value.as_bytes();
            let kept = &bytes[..bytes.len().min(HEADER_VALUE_LIMIT_BYTES)];
            (name.as_str().to_owned(), String::from_utf8_lossy(kept).into_owned())
        })
        .collect();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| FetchError::from_transport(host, &error))? {
        if body.len() + chunk.len() > limit_bytes {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(RawAnswer { status, headers, body })
}
