//! Addresses of items, and the other forms in which people pass them on.

use crate::model::{Service, ServiceKind};
use crate::rng::Rng;

const ID_DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const ID_LENGTH: usize = 9;

/// A short id as services form it.
pub(crate) fn short_id(rng: &mut Rng) -> String {
    (0..ID_LENGTH).map(|_| char::from(*rng.pick(ID_DIGITS))).collect()
}

/// The canonical address of an item.
pub(crate) fn address(service: &Service, id: &str, holder: &str) -> String {
    let host = &service.host;
    match service.kind {
        ServiceKind::Video => format!("https://{host}/watch?v={id}"),
        ServiceKind::Images => format!("https://{host}/p/{id}"),
        ServiceKind::Paste => format!("https://{host}/{id}"),
        ServiceKind::Forum => format!("https://{host}/thread/{holder}/{id}"),
        ServiceKind::Chat => format!("https://{host}/{holder}/{id}"),
        ServiceKind::Blog => format!("https://{host}/{holder}/2027/04/{id}"),
        ServiceKind::Archive => format!("https://{host}/details/{id}"),
        ServiceKind::Social => format!("https://{host}/@{holder}/{id}"),
        ServiceKind::Press => format!("https://{host}/2027/04/25/{id}"),
    }
}

/// The same item under another form of its address: tracking, mobile host, `www`, plain http, fragment.
pub(crate) fn other_form(rng: &mut Rng, url: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    match rng.below(6) {
        0 => format!("{url}{joint}utm_source=share&utm_medium=app"),
        1 => url.replacen("https://", "https://m.", 1),
        2 => url.replacen("https://", "https://www.", 1),
        3 => url.replacen("https://", "http://", 1),
        4 => format!("{url}#comments"),
        _ => format!("{url}{joint}fbclid={}", short_id(rng)),
    }
}

/// Where an item lives: `host/path?v=id` of an address in any of its forms, or nothing for what is no address.
pub(crate) fn key(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
    let host = host.strip_prefix("m.").or_else(|| host.strip_prefix("www.")).unwrap_or(&host);
    let path = path.trim_end_matches('/');
    match query.split('&').find(|pair| pair.starts_with("v=")) {
        Some(pair) => Some(format!("{host}/{path}?{pair}")),
        None => Some(format!("{host}/{path}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_one_key() {
        let mut rng = Rng::new(1, "forms");
        for url in ["https://a.test/watch?v=k1", "https://b.example/thread/x/k2", "https://c.test/k3"] {
            for _ in 0..50 {
                let other = other_form(&mut rng, url);
                assert_eq!(key(&other), key(url), "{other}");
                assert_ne!(other, url);
            }
        }
        assert_eq!(key("https://a.test:4443/p/1"), key("https://A.test/p/1/"));
        assert_ne!(key("https://a.test/watch?v=1"), key("https://a.test/watch?v=2"));
        assert_eq!(key("mailto:x@a.test"), None);
    }
}
