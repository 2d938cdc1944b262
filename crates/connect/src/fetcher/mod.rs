//! The one safe fetcher: everything that is read from the outside comes through here.
//!
//! It connects only where the [`AddressPolicy`] lets it, follows redirects itself and checks each hop anew,
//! runs no script, keeps no cookie, sends no credentials, unpacks nothing, and has a limit on everything.

mod address;
pub(crate) mod error;
pub mod evidence;
pub mod gather;
pub mod html;
pub(crate) mod line;
pub mod pace;
mod policy;
pub mod robots;
#[cfg(test)]
mod ssrf;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod zoo;

pub use address::inside;
pub use error::{Failed, FetchError};
pub use line::{HEADER_VALUE_LIMIT_BYTES, HEADERS_LIMIT, Limits, RawAnswer, USER_AGENT};
pub use policy::{AddressPolicy, Lookup, Peers, SystemLookup, URL_LIMIT_BYTES};

use jiff::{SignedDuration, Timestamp};
use line::{Ask, Line};
pub use pace::Pace;
use robots::Robots;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// Redirects followed in one visit.
pub const HOPS_LIMIT: usize = 5;
/// Limits of one request of a visit.
pub const VISIT_LIMITS: Limits = Limits { header_ms: 10_000, total_ms: 30_000, body_bytes: 8 << 20 };
/// How long a robots.txt is kept.
const ROBOTS_KEPT_S: i64 = 24 * 3600;
/// Most robots.txt kept at a time.
const ROBOTS_KEPT_LIMIT: usize = 10_000;

/// One redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The address that redirected.
    pub url: String,
    /// Its status: 301, 302, 303, 307 or 308.
    pub status: u16,
    /// The address it led to, whole.
    pub to: String,
}

/// A page or file as it was given to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub final_url: String,
    /// Redirects followed, in order; at most [`HOPS_LIMIT`].
    pub hops: Vec<Hop>,
    /// HTTP status.
    pub status: u16,
    /// Header fields, bounded; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes, not unpacked.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, lower-case hex.
    pub sha256: String,
    /// When the visit started, as the caller gave it.
    pub at: Timestamp,
    /// What a full capture would hold and this does not, a sentence each (D12).
    pub missing: Vec<String>,
}

impl Fetched {
    /// The media type without parameters, lower case; empty when the host gave none.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The first header called `name` (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads public pages and files.
pub struct Fetcher {
    line: Line,
    pace: Mutex<Pace>,
    robots: Mutex<HashMap<String, (Timestamp, Arc<Robots>)>>,
}

impl Fetcher {
    /// A fetcher under `policy` (`Public` or `World`), polite by `pace`. `Peer` is refused: it is never for content.
    pub fn new(policy: AddressPolicy, pace: Pace) -> Result<Self, FetchError> {
        Self::with_lookup(policy, pace, Arc::new(SystemLookup))
    }

    /// As [`Fetcher::new`], with another resolver of names.
    pub fn with_lookup(
        policy: AddressPolicy,
        pace: Pace,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, FetchError> {
        if matches!(policy, AddressPolicy::Peer(_)) {
            return Err(FetchError::refused("Content", "the policy Peer is for RXP only"));
        }
        Ok(Self::on(Line::with_lookup(policy, lookup)?, pace))
    }

    fn on(line: Line, pace: Pace) -> Self {
        Self { line, pace: Mutex::new(pace), robots: Mutex::new(HashMap::new()) }
    }

    /// One visit to `url`, started at `at`. Redirects within it count as the same visit for their host.
    ///
    /// Any HTTP status is an answer, not an error. Errors carry the redirects followed before.
    pub async fn get(&self, url: &str, at: Timestamp) -> Result<Fetched, Failed> {
        let mut url = self.line.guard.parse(url)?;
        let first_host = url.host_str().unwrap_or_default().to_owned();
        let mut hops: Vec<Hop> = Vec::new();
        let mut paced: Vec<String> = Vec::new();
        loop {
            let step = async {
                self.take_turn(&url, &mut paced, at)?;
                self.line.send(get(url.clone()), VISIT_LIMITS).await
            };
            let answer = match step.await {
                Ok(answer) => answer,
                Err(error) => return Err(Failed { error, hops }),
            };
            let Some(location) = redirect_of(&answer) else {
                return Ok(fetched(&url, hops, answer, at));
            };
            if hops.len() == HOPS_LIMIT {
                let error = FetchError::TooManyRedirects { host: first_host, limit: HOPS_LIMIT };
                return Err(Failed { error, hops });
            }
            let joined = url
                .join(location)
                .map_err(|error| FetchError::refused(location, format!("it is no web address ({error})")));
            let next = match joined {
                Ok(next) => next,
                Err(error) => return Err(Failed { error, hops }),
            };
            hops.push(Hop { url: url.to_string(), status: answer.status, to: next.to_string() });
            url = next;
        }
    }

    /// As [`Fetcher::get`] for work in bulk: first asks the host's robots.txt, kept for a day.
    pub async fn get_in_bulk(&self, url: &str, at: Timestamp) -> Result<Fetched, Failed> {
        let parsed = self.line.guard.parse(url)?;
        let robots = self.robots(&parsed, at).await;
        let path = &parsed[url::Position::BeforePath..url::Position::AfterQuery];
        if !robots.allows(path) {
            let why = "robots.txt of the host asks so, or could not be read".to_owned();
            return Err(FetchError::Robots { url: url.to_owned(), why }.into());
        }
        self.get(url, at).await
    }

    async fn robots(&self, url: &Url, at: Timestamp) -> Arc<Robots> {
        let origin = url.origin().ascii_serialization();
        if let Some((until, robots)) = self.lock_robots().get(&origin)
            && *until > at
        {
            return Arc::clone(robots);
        }
        let robots = Arc::new(self.read_robots(&origin).await);
        let until = at.saturating_add(SignedDuration::from_secs(ROBOTS_KEPT_S)).unwrap_or(Timestamp::MAX);
        let mut kept = self.lock_robots();
        if kept.len() >= ROBOTS_KEPT_LIMIT {
            kept.clear();
        }
        kept.insert(origin, (until, Arc::clone(&robots)));
        robots
    }

    async fn read_robots(&self, origin: &str) -> Robots {
        let limits = Limits { body_bytes: robots::ROBOTS_LIMIT_BYTES, ..VISIT_LIMITS };
        let Ok(mut url) = self.line.guard.parse(&format!("{origin}/robots.txt")) else {
            return Robots::refuse_all();
        };
        for _ in 0..=HOPS_LIMIT {
            let Ok(answer) = self.line.send(get(url.clone()), limits).await else {
                return Robots::refuse_all();
            };
            match (redirect_of(&answer).map(|location| url.join(location)), answer.status) {
                (Some(Ok(next)), _) => url = next,
                (Some(Err(_)), _) | (None, 500..) => return Robots::refuse_all(),
                (None, 200..=299) => return Robots::parse(&answer.body),
                (None, _) => return Robots::allow_all(),
            }
        }
        Robots::allow_all()
    }

    fn lock_robots(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Timestamp, Arc<Robots>)>> {
        self.robots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_turn(&self, url: &Url, paced: &mut Vec<String>, at: Timestamp) -> Result<(), FetchError> {
        let host = url.host_str().unwrap_or_default();
        self.line.guard.check(url)?;
        if paced.iter().any(|known| known == host) {
            return Ok(());
        }
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.take(host, at)
            .map_err(|not_before| FetchError::TooSoon { host: host.to_owned(), not_before })?;
        paced.push(host.to_owned());
        Ok(())
    }
}

fn get(url: Url) -> Ask {
    Ask { method: reqwest::Method::GET, url, headers: reqwest::header::HeaderMap::new(), body: Vec::new() }
}

fn redirect_of(answer: &RawAnswer) -> Option<&str> {
    matches!(answer.status, 301 | 302 | 303 | 307 | 308).then(|| answer.header("location")).flatten()
}

fn fetched(url: &Url, hops: Vec<Hop>, answer: RawAnswer, at: Timestamp) -> Fetched {
    let mut page = Fetched {
        final_url: url.to_string(),
        hops,
        status: answer.status,
        sha256: hex::encode(Sha256::digest(&answer.body)),
        headers: answer.headers,
        body: answer.body,
        at,
        missing: Vec::new(),
    };
    if let Some(coding) = page.header("content-encoding").filter(|coding| *coding != "identity") {
        let sentence =
            format!("The body is packed ({coding}) though we asked for it plain; it was not unpacked.");
        page.missing.push(sentence);
    } else if html::is_html(&page.media_type()) {
        page.missing.extend(html::read(&page.body, page.header("content-type")).missing());
    }
    page
}
