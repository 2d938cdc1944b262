//! Why a visit gave no page. Each says what happened in one sentence that can be shown to a person.

use std::error::Error;

/// What went wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address may not be reached under the policy; nothing was connected.
    #[error("{url} was not reached: {why}.")]
    Refused {
        /// The address as it was asked for.
        url: String,
        /// The rule that said no.
        why: String,
    },
    /// The name has no address.
    #[error("The name {host} could not be resolved: {what}.")]
    Dns {
        /// The host's name.
        host: String,
        /// What the resolver said.
        what: String,
    },
    /// The host's certificate or its TLS is not good.
    #[error("No trusted TLS connection with {host}: {what}.")]
    Tls {
        /// The host's name.
        host: String,
        /// What the TLS library said.
        what: String,
    },
    /// The host took too long.
    #[error("{host} gave no {stage} within {limit_ms} ms.")]
    Timeout {
        /// The host's name.
        host: String,
        /// `answer` (its headers) or `whole body`.
        stage: &'static str,
        /// The limit that passed.
        limit_ms: u64,
    },
    /// The body is larger than the limit.
    #[error("The answer of {host} is larger than {limit_bytes} bytes.")]
    TooLarge {
        /// The host's name.
        host: String,
        /// The limit.
        limit_bytes: usize,
    },
    /// The connection failed or broke, or the answer was no HTTP.
    #[error("The connection with {host} failed: {what}.")]
    Connection {
        /// The host's name.
        host: String,
        /// What the system said.
        what: String,
    },
    /// More redirects than are followed.
    #[error("{host} redirected more than {limit} times.")]
    TooManyRedirects {
        /// The host of the first address.
        host: String,
        /// How many are followed.
        limit: usize,
    },
    /// The host was visited a moment ago; come back later.
    #[error("{host} was visited a moment ago; the next visit may start at {not_before}.")]
    TooSoon {
        /// The host's name.
        host: String,
        /// When the next visit may start.
        not_before: jiff::Timestamp,
    },
    /// The host's robots.txt asks that the address is not read in bulk, or could not be read itself.
    #[error("{url} is not read in bulk: {why}.")]
    Robots {
        /// The address.
        url: String,
        /// What robots.txt says.
        why: String,
    },
}

impl FetchError {
    pub(crate) fn refused(url: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Refused { url: url.into(), why: why.into() }
    }

    /// Reads the cause out of the HTTP library's error: our own refusals travel inside it.
    pub(crate) fn from_transport(host: &str, error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(inner) = cause {
            if let Some(ours) = inner.downcast_ref::<Self>() {
                return ours.clone();
            }
            cause = below(inner);
        }
        let (host, (what, of_tls)) = (host.to_owned(), root(error));
        if of_tls { Self::Tls { host, what } } else { Self::Connection { host, what } }
    }
}

/// The deepest cause in words, without its full stop, and whether TLS is among the causes.
pub(crate) fn root(error: &(dyn Error + 'static)) -> (String, bool) {
    let (mut deepest, mut of_tls) = (error, false);
    loop {
        of_tls |= deepest.is::<rustls::Error>();
        let Some(cause) = below(deepest) else { break };
        deepest = cause;
    }
    (deepest.to_string().trim_end_matches('.').to_owned(), of_tls)
}

/// The next cause. An I/O error hides the error that it carries from `source`.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(carried) => Some(carried),
        None => error.source(),
    }
}

/// A visit that failed, with the redirects that were followed before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Failed {
    /// Why.
    pub error: FetchError,
    /// Redirects followed before the failure, in order.
    pub hops: Vec<super::Hop>,
}

impl From<FetchError> for Failed {
    fn from(error: FetchError) -> Self {
        Self { error, hops: Vec::new() }
    }
}
