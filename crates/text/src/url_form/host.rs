//! The host: which labels say where, and which only say how it is shown.

use url::{Host, Url};

use super::BadUrl;

/// Labels in front of a host that show the same pages in another dress.
const DRESS: &[&str] = &["www", "m", "mobile", "amp", "touch", "wap"];

/// The name of a host in its one form: lower case and punycode (UTS 46). `None` when it has none.
#[must_use]
pub fn ascii(name: &str) -> Option<String> {
    idna::domain_to_ascii(name).ok()
}

/// The registrable domain of a host in lower case by the public suffix list, or the host itself where there is none.
#[must_use]
pub fn registrable(host: &str) -> &str {
    let name = host.trim_end_matches('.');
    if name.ends_with(|c: char| c.is_ascii_digit()) || name.ends_with(']') {
        return host;
    }
    psl::domain_str(name).unwrap_or(host)
}

/// Drops the dot at the end, dress labels, and the port that the scheme has anyway.
///
/// The rule for dress labels: they are dropped in front of the registrable domain, never as part of it, so
/// `www.gov.uk` and `m.blogspot.com` stay. Inside a host only `m` goes (`en.m.example.org`).
pub(super) fn simplify(url: &mut Url) -> Result<(), BadUrl> {
    amp_cache(url);
    let Some(Host::Domain(host)) = url.host() else { return Ok(()) };
    let full = host.trim_end_matches('.');
    let keep = registrable(full).len();
    let mut labels: Vec<&str> = Vec::new();
    if full.len() > keep {
        let front = &full[..full.len() - keep - 1];
        labels = front.split('.').collect();
        let dressed = labels.iter().take_while(|label| DRESS.contains(label)).count();
        labels.drain(..dressed);
        labels.retain(|label| *label != "m");
    }
    labels.push(&full[full.len() - keep..]);
    let short = labels.join(".");
    if short != host {
        url.set_host(Some(&short)).map_err(|_| BadUrl::Host)?;
    }
    Ok(())
}

/// An AMP cache serves other people's pages under `*.cdn.*` as `/c/s/host/path`: the page is at host.
fn amp_cache(url: &mut Url) {
    let Some(host) = url.host_str() else { return };
    let mut segments = url.path().trim_start_matches('/').splitn(3, '/');
    let kind = segments.next();
    let cache = host.split('.').nth(1) == Some("cdn") && matches!(kind, Some("c" | "v" | "wp"));
    let viewer = host.split('.').any(|label| label == "google") && kind == Some("amp");
    if !cache && !viewer {
        return;
    }
    let path = url.path().trim_start_matches('/');
    let rest = path.split_once('/').map_or("", |(_, rest)| rest);
    let (scheme, rest) = match rest.strip_prefix("s/") {
        Some(rest) => ("https", rest),
        None => ("http", rest),
    };
    if !rest.split('/').next().is_some_and(|host| host.contains('.')) {
        return;
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(page) = Url::parse(&format!("{scheme}://{rest}{query}"))
        && page.username().is_empty()
        && page.password().is_none()
    {
        *url = page;
    }
}
