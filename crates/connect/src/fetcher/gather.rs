//! All requests of one check, one after the other as politeness lets them, then the evidence.
//!
//! A neighbour page is asked only when the page alone does not tell: the front page when the host may be down or
//! answers "not found", the profile when the item seems absent, media when the text does not settle it.

use super::evidence::{Sealed, Visit, evidence, similarity};
use super::{Failed, FetchError, Fetched, Fetcher, html};
use domain::check::{Evidence, SAME_TEXT_PERCENT};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use url::Url;

/// Most media files fetched in one check.
pub const MEDIA_LIMIT: usize = 3;
/// Most times that one request waits for the host's turn.
const TURNS_LIMIT: usize = 3;

/// The time, and waiting for it. Injected, so that a stepped clock can drive checks.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Resolves when `at` has come.
    fn until(&self, at: Timestamp) -> BoxFuture<'_, ()>;
}

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its address.
    pub url: &'a str,
    /// Addresses of its media files, when known; the page's own are tried after them.
    pub media_urls: &'a [String],
    /// Address of the author's profile, when known.
    pub profile_url: Option<&'a str>,
    /// What was sealed.
    pub sealed: Sealed<'a>,
}

/// All that one check brought in.
#[derive(Debug)]
pub struct Gathered {
    /// The page.
    pub page: Result<Fetched, Failed>,
    /// Media that were asked, at most [`MEDIA_LIMIT`].
    pub media: Vec<Result<Fetched, Failed>>,
    /// The host's front page, when it was asked.
    pub front_page: Option<Result<Fetched, Failed>>,
    /// The author's profile, when it was asked.
    pub profile: Option<Result<Fetched, Failed>>,
    /// What it comes to.
    pub evidence: Evidence,
}

/// Makes one check: at most six requests, each in its host's turn. `in_bulk` asks robots.txt first.
pub async fn gather(fetcher: &Fetcher, clock: &dyn Clock, item: Item<'_>, in_bulk: bool) -> Gathered {
    let way = Way { fetcher, clock, in_bulk };
    let page = way.fetch(item.url).await;
    let mut media = Vec::new();
    for url in media_wanted(&item, &page) {
        media.push(way.fetch(&url).await);
    }
    let front_page = match front_page_wanted(&item, &page) {
        Some(url) => Some(way.fetch(&url).await),
        None => None,
    };
    let profile = match item.profile_url.filter(|_| absent(&item, &page)) {
        Some(url) => Some(way.fetch(url).await),
        None => None,
    };
    let came: Vec<_> = media.iter().map(Result::as_ref).collect();
    let visit = Visit {
        asked: item.url,
        page: page.as_ref(),
        media: &came,
        front_page: front_page.as_ref().map(Result::as_ref),
        profile: profile.as_ref().map(Result::as_ref),
    };
    let evidence = evidence(item.sealed, visit);
    Gathered { page, media, front_page, profile, evidence }
}

struct Way<'a> {
    fetcher: &'a Fetcher,
    clock: &'a dyn Clock,
    in_bulk: bool,
}

impl Way<'_> {
    async fn fetch(&self, url: &str) -> Result<Fetched, Failed> {
        let mut turns = 0;
        loop {
            let at = self.clock.now();
            let came = match self.in_bulk {
                true => self.fetcher.get_in_bulk(url, at).await,
                false => self.fetcher.get(url, at).await,
            };
            match came {
                Err(Failed { error: FetchError::TooSoon { not_before, .. }, .. }) if turns < TURNS_LIMIT => {
                    turns += 1;
                    self.clock.until(not_before).await;
                }
                came => return came,
            }
        }
    }
}

fn html_of(page: &Result<Fetched, Failed>) -> Option<html::Page> {
    let fetched = page.as_ref().ok().filter(|fetched| html::is_html(&fetched.media_type()))?;
    Some(html::read(&fetched.body, fetched.header("content-type")))
}

/// Whether the page, as it stands, does not hold the sealed text.
fn absent(item: &Item<'_>, page: &Result<Fetched, Failed>) -> bool {
    match page {
        Ok(fetched) if (200..300).contains(&fetched.status) => {
            html_of(page).is_some_and(|read| similarity(item.sealed.text, &read.text) < SAME_TEXT_PERCENT)
        }
        Ok(fetched) => matches!(fetched.status, 404 | 410),
        Err(_) => false,
    }
}

fn media_wanted(item: &Item<'_>, page: &Result<Fetched, Failed>) -> Vec<String> {
    if item.sealed.sha256s.is_empty() || !absent(item, page) {
        return Vec::new();
    }
    let mut wanted: Vec<String> = item.media_urls.to_vec();
    if let (Some(read), Ok(fetched)) = (html_of(page), page)
        && let Ok(base) = Url::parse(&fetched.final_url)
    {
        wanted.extend(read.files.iter().filter_map(|file| base.join(file).ok()).map(String::from));
    }
    let mut seen = std::collections::HashSet::new();
    wanted.retain(|url| seen.insert(url.clone()));
    wanted.truncate(MEDIA_LIMIT);
    wanted
}

fn front_page_wanted(item: &Item<'_>, page: &Result<Fetched, Failed>) -> Option<String> {
    let doubtful = match page {
        Ok(fetched) => matches!(fetched.status, 404 | 410 | 500..),
        Err(failed) => matches!(
            failed.error,
            FetchError::Dns { .. }
                | FetchError::Tls { .. }
                | FetchError::Timeout { .. }
                | FetchError::Connection { .. }
        ),
    };
    let front = Url::parse(item.url).ok()?.join("/").ok()?;
    (doubtful && front.as_str() != item.url).then(|| front.to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fetcher::{AddressPolicy, pace::Pace};
    use crate::loopback::{Seen, authority, response, serve};
    use crate::world_net::WorldNet;
    use domain::check::{Liveness, classify};
    use sha2::{Digest, Sha256};
    use std::sync::Mutex;

    const POST: &str = "The old lighthouse keeper painted every door of the harbour blue";

    struct Stepped(Mutex<Timestamp>);

    impl Clock for Stepped {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
        fn until(&self, at: Timestamp) -> BoxFuture<'_, ()> {
            *self.0.lock().unwrap() = at;
            Box::pin(async {})
        }
    }

    fn site(seen: &Seen) -> Vec<u8> {
        let html = "content-type: text/html\r\n";
        match seen.path() {
            "/up" => response(200, html, POST.as_bytes()),
            "/redesigned" => response(200, html, b"<img src=/1.png><img src=/1.png>New look"),
            "/1.png" => response(200, "content-type: image/png\r\n", b"picture"),
            "/" => response(200, html, b"Welcome"),
            "/@here" => response(200, html, b"A keeper's profile"),
            "/robots.txt" => response(200, "", b"User-agent: *\nDisallow: /up"),
            _ => response(404, html, b"Page not found"),
        }
    }

    #[tokio::test]
    async fn asks_only_what_the_page_does_not_tell() {
        let (ca_pem, tls) = authority(&["a.test"]).unwrap();
        let server = serve(Some(tls), site).await.unwrap();
        let hosts = vec!["a.test".to_owned()];
        let net = WorldNet {
            https: server.address,
            http: None,
            smtp: server.address,
            ca_pem,
            hosts,
            control: None,
        };
        let fetcher = Fetcher::new(AddressPolicy::World(net), Pace::every_s(10)).unwrap();
        let start = Timestamp::from_second(1_000).unwrap();
        let clock = Stepped(Mutex::new(start));
        let sha256s = [hex::encode(Sha256::digest(b"picture"))];
        let check = async |path: &str, profile: Option<&str>, in_bulk: bool| {
            server.requests.lock().unwrap().clear();
            let url = format!("https://a.test{path}");
            let sealed = Sealed { text: POST, sha256s: &sha256s };
            let item = Item { url: &url, media_urls: &[], profile_url: profile, sealed };
            let gathered = gather(&fetcher, &clock, item, in_bulk).await;
            let paths: Vec<String> =
                server.requests.lock().unwrap().iter().map(|seen| seen.path().to_owned()).collect();
            (classify(&gathered.evidence).class, paths.join(" "))
        };
        let here = Some("https://a.test/@here");
        assert_eq!(check("/up", here, false).await, (Liveness::StillUp, "/up".to_owned()));
        let redesigned = check("/redesigned", here, false).await;
        assert_eq!(redesigned, (Liveness::StillUp, "/redesigned /1.png /@here".to_owned()));
        let gone = check("/gone", here, false).await;
        assert_eq!(gone, (Liveness::GoneHard, "/gone / /@here".to_owned()));
        let all = check("/gone", Some("https://a.test/@nobody"), false).await;
        assert_eq!(all, (Liveness::AccountGone, "/gone / /@nobody".to_owned()));
        assert_eq!(check("/up", None, true).await, (Liveness::Unclear, "/robots.txt".to_owned()));
        // ten requests in their turns, the first at once
        assert_eq!(clock.now().as_second() - start.as_second(), 90);
    }
}
