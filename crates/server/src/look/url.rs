//! Addresses, always defanged, left to right and isolated, with the host in full and its punycode.

use maud::{Markup, html};

/// The three parts that are shown: scheme with its slashes, host with port, the rest.
fn parts(url: &str) -> (&str, &str, &str) {
    // What was only linked to is kept without its scheme.
    let url = url.strip_prefix("//").unwrap_or(url);
    let (scheme, rest) = match url.find("://") {
        Some(at) => url.split_at(at + 3),
        None => ("", url),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    (scheme, host, tail)
}

fn fangless(scheme: &str) -> String {
    match scheme {
        "http://" => "hxxp://".to_owned(),
        "https://" => "hxxps://".to_owned(),
        other => other.to_owned(),
    }
}

/// The address as text that no program turns into a link.
#[must_use]
pub fn defanged(url: &str) -> String {
    let (scheme, host, tail) = parts(url);
    format!("{}{}{tail}", fangless(scheme), host.replace('.', "[.]"))
}

/// The address with its host in strong letters. A host in punycode has its readable form beside it.
#[must_use]
pub fn address(url: &str) -> Markup {
    let (scheme, host, tail) = parts(url);
    let (readable, sound) = idna::domain_to_unicode(host);
    html! {
        span.url translate="no" { (fangless(scheme)) b { (host.replace('.', "[.]")) } (tail) }
        @if sound.is_ok() && readable != host { " " bdi.note translate="no" { (readable.replace('.', "[.]")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_teeth() {
        for (url, expected) in [
            ("https://video.example/watch/7", "hxxps://video[.]example/watch/7"),
            ("http://a.b.test:8080?q=1", "hxxp://a[.]b[.]test:8080?q=1"),
            ("video.example", "video[.]example"),
            ("ftp://files.test/x", "ftp://files[.]test/x"),
            ("//chat.example/", "chat[.]example/"),
            ("", ""),
        ] {
            assert_eq!(defanged(url), expected);
        }
    }

    #[test]
    fn what_has_no_scheme_is_a_host_all_the_same() {
        let shown = address("//chat.example/room").into_string();
        assert!(shown.contains("<b>chat[.]example</b>/room"), "{shown}");
    }

    #[test]
    fn punycode_shows_both_names() {
        let shown = address("https://xn--bcher-kva.example/").into_string();
        assert!(shown.contains("xn--bcher-kva[.]example") && shown.contains("bücher[.]example"), "{shown}");
    }

    #[test]
    fn markup_in_an_address_is_text() {
        assert!(!address("https://a.test/<script>").into_string().contains("<script>"));
    }
}
