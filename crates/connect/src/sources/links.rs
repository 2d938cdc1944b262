//! Addresses in running text and lists, also defanged ones (`hxxp://`, `[.]`).

use url::Url;

/// Most addresses taken from one text.
const LINKS_MAX: usize = 1000;
/// Longest address that is believed.
const LINK_BYTES_MAX: usize = 8192;

/// Every `http`, `https` (also `hxxp`) address in a text, as written but refanged, without repeats.
pub(super) fn in_text(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = next_start(rest) {
        let tail = &rest[start..];
        let end = tail
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|'))
            .unwrap_or(tail.len());
        rest = &tail[end.max(1)..];
        if end > LINK_BYTES_MAX {
            continue;
        }
        let link = refang(trim_end(&tail[..end]));
        if web(&link).is_some() && !found.contains(&link) {
            found.push(link);
            if found.len() >= LINKS_MAX {
                break;
            }
        }
    }
    found
}

/// Where the next `http…://` begins; `rest` is cut at character borders only.
fn next_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes[from..]
        .windows(4)
        .position(|four| four.eq_ignore_ascii_case(b"http") || four.eq_ignore_ascii_case(b"hxxp"))
    {
        let start = from + at;
        let tail = &bytes[start + 4..];
        let tail =
            if tail.first().is_some_and(|b| b.eq_ignore_ascii_case(&b's')) { &tail[1..] } else { tail };
        let before = start.checked_sub(1).map(|at| bytes[at]);
        let joined = before.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let marks: [&[u8]; 3] = [b"://", b"[:]//", b"[://]"];
        if !joined && marks.iter().any(|mark| tail.starts_with(mark)) {
            return Some(start);
        }
        from = start + 4;
    }
    None
}

/// Without the punctuation that ends the sentence, and without a bracket that was opened before.
fn trim_end(link: &str) -> &str {
    let mut link = link;
    loop {
        let trimmed = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '»', '”', '’']);
        let trimmed = match trimmed.chars().next_back() {
            Some(')') if trimmed.matches(')').count() > trimmed.matches('(').count() => {
                &trimmed[..trimmed.len() - 1]
            }
            Some(']') if trimmed.matches(']').count() > trimmed.matches('[').count() => {
                &trimmed[..trimmed.len() - 1]
            }
            Some('}') if trimmed.matches('}').count() > trimmed.matches('{').count() => {
                &trimmed[..trimmed.len() - 1]
            }
            _ => trimmed,
        };
        if trimmed == link {
            return link;
        }
        link = trimmed;
    }
}

/// `hxxps[:]//video[.]example` as `https://video.example`. Brackets of IPv6 hosts stay.
pub(super) fn refang(link: &str) -> String {
    let mut link = link.to_owned();
    for (from, to) in [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        ("[:]", ":"),
        ("[://]", "://"),
        ("[/]", "/"),
    ] {
        if link.contains(from) {
            link = link.replace(from, to);
        }
    }
    let scheme = link.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if scheme == "hxxp" || scheme == "hxxps" {
        link.replace_range(..4, "http");
    }
    link
}

/// The parsed address, when it is `http` or `https` with a host.
pub(super) fn web(link: &str) -> Option<Url> {
    if link.len() > LINK_BYTES_MAX {
        return None;
    }
    let url = Url::parse(link).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty()))
        .then_some(url)
}

/// The host in lower case; empty when there is none.
pub(super) fn host(link: &str) -> String {
    web(link).and_then(|url| url.host_str().map(str::to_ascii_lowercase)).unwrap_or_default()
}

/// A host as people write it (`video.example`, `video[.]example`); lower case.
pub(super) fn bare_host(text: &str) -> Option<String> {
    let text = refang(text.trim().trim_end_matches('.'));
    let labels = text.split('.').count();
    let last_is_word = text.rsplit('.').next().is_some_and(|last| last.chars().any(char::is_alphabetic));
    let clean = !text.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '@' | ':' | '?' | '#' | ','));
    if labels < 2 || !last_is_word || !clean || text.starts_with('.') {
        return None;
    }
    Url::parse(&format!("http://{text}/")).ok()?.host_str().map(str::to_ascii_lowercase)
}

/// One entry of a list: an address, perhaps defanged or without scheme.
pub(super) fn entry(text: &str) -> Option<String> {
    let text = refang(text.trim().trim_matches(['"', '\'', '<', '>', '`']));
    if web(&text).is_some() {
        return Some(text);
    }
    if text.contains("://") {
        return None;
    }
    let host = text.split(['/', '?', '#']).next()?.split(':').next()?;
    bare_host(host)?;
    let link = format!("https://{text}");
    web(&link).is_some().then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_in_text() {
        for (text, expected) in [
            ("see https://a.example/x.", vec!["https://a.example/x"]),
            ("(https://a.example/x)", vec!["https://a.example/x"]),
            ("https://a.example/x_(y) end", vec!["https://a.example/x_(y)"]),
            ("hxxps://a[.]example/x, then", vec!["https://a.example/x"]),
            ("hxxp[:]//a[.]example", vec!["http://a.example"]),
            (
                "[link](https://a.example/x) <http://b.example>",
                vec!["https://a.example/x", "http://b.example"],
            ),
            ("نص https://a.example/م؟ نص", vec!["https://a.example/م؟"]),
            ("https://a.example/x https://a.example/x", vec!["https://a.example/x"]),
            ("xhttps://a.example http https:/ https://", vec![]),
        ] {
            assert_eq!(in_text(text), expected, "{text}");
        }
    }

    #[test]
    fn list_entries() {
        for (text, expected) in [
            ("https://a.example/x", Some("https://a.example/x")),
            ("hxxp://a[.]example/x?y=1", Some("http://a.example/x?y=1")),
            ("a.example/path", Some("https://a.example/path")),
            ("a.example:8080/path", Some("https://a.example:8080/path")),
            ("<https://a.example/>", Some("https://a.example/")),
            ("http://[2001:db8::1]/x", Some("http://[2001:db8::1]/x")),
            ("ftp://a.example/x", None),
            ("hello world", None),
            ("hello", None),
            ("1.5", None),
            ("name@a.example", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(entry(text).as_deref(), expected, "{text}");
        }
    }
}
