//! One form for every address of one thing.
//!
//! WHATWG parsing first, then rules in a fixed order: host, path, query, fragment, and the services that have
//! several doors to one item. `canonical(canonical(x)) == canonical(x)`. The original is kept beside: it is what
//! was seen, and what a fetcher falls back on.
//!
//! The scheme stays as written (an address on plain HTTP may answer there only), except for services known to
//! answer on HTTPS. [`Canonical::key`] leaves the scheme out, so that both spellings are one subject.

mod collection;
pub mod host;
mod query;
mod services;

use std::fmt;

use url::{Host, Url};

pub use collection::collection_page;

/// Longer addresses are refused.
pub const URL_MAX_BYTES: usize = 8 * 1024;

/// An address that carries another one is followed so many times, then taken as it is.
const UNWRAP_MAX: usize = 4;

/// The one form of an address, with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The canonical address, in ASCII.
    pub url: String,
    /// Host: lower case, punycode, without `www.` and mobile labels; an IPv6 address in brackets.
    pub host: String,
    /// The registrable domain by the public suffix list; the host itself where there is none (IP addresses, single
    /// labels).
    pub registrable: String,
    /// The address as it was given.
    pub original: String,
}

/// Why an address was not taken. `Display` says it in a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadUrl {
    /// Nothing but white space.
    Empty,
    /// Longer than [`URL_MAX_BYTES`].
    TooLong,
    /// Not http, https or a Telegram link.
    Scheme,
    /// Carries a user name or password.
    Credentials,
    /// The host is missing or not valid.
    Host,
    /// Not an address for another reason.
    Form,
}

impl fmt::Display for BadUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "The address is empty.",
            Self::TooLong => "The address is longer than 8,192 bytes.",
            Self::Scheme => "Only http and https addresses are taken.",
            Self::Credentials => "The address contains a user name or password. Remove it and try again.",
            Self::Host => "The address has no valid host name.",
            Self::Form => "This is not a web address.",
        })
    }
}

impl std::error::Error for BadUrl {}

/// Brings an address to its one form. A missing scheme is read as https.
///
/// # Errors
/// [`BadUrl`] says which rule the address breaks.
pub fn canonical(input: &str) -> Result<Canonical, BadUrl> {
    let mut form = simplified(input)?;
    // A path in its simple form may turn out to be a redirect page: the form is one that no pass changes.
    for _ in 0..UNWRAP_MAX {
        match simplified(&form.url) {
            Ok(next) if next.url != form.url => form = next,
            Ok(_) | Err(_) => break,
        }
    }
    form.original = input.to_owned();
    Ok(form)
}

fn simplified(input: &str) -> Result<Canonical, BadUrl> {
    let mut url = parse(input)?;
    for _ in 0..UNWRAP_MAX {
        let Some(inner) = services::unwrap(&url).and_then(|inner| parse(&inner).ok()) else { break };
        url = inner;
    }
    host::simplify(&mut url)?;
    services::mirror(&mut url);
    let path = path_form(url.path());
    url.set_path(&path);
    query::simplify(&mut url);
    services::unify(&mut url);
    if !keeps_fragment(&url) {
        url.set_fragment(None);
    }
    let host = url.host_str().ok_or(BadUrl::Host)?.to_owned();
    let registrable = host::registrable(&host).to_owned();
    Ok(Canonical { url: url.into(), host, registrable, original: input.to_owned() })
}

impl Canonical {
    /// The canonical address without its scheme: `//host/path`. Equal keys are one subject.
    #[must_use]
    pub fn key(&self) -> &str {
        self.url.find("//").map_or(self.url.as_str(), |at| &self.url[at..])
    }

    /// The host as people read it. Punycode that is not valid stays punycode.
    #[must_use]
    pub fn display_host(&self) -> String {
        match idna::domain_to_unicode(&self.host) {
            (unicode, Ok(())) => unicode,
            (_, Err(_)) => self.host.clone(),
        }
    }

    /// The path, from its first slash.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.after_host();
        &rest[..rest.find(['?', '#']).unwrap_or(rest.len())]
    }

    /// The query without its question mark; empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        let rest = self.after_host();
        let rest = &rest[..rest.find('#').unwrap_or(rest.len())];
        rest.find('?').map_or("", |at| &rest[at + 1..])
    }

    fn after_host(&self) -> &str {
        let key = self.key().trim_start_matches('/');
        key.find('/').map_or("", |at| &key[at..])
    }
}

/// The address made harmless for mail and paper: `hxxps://example[.]test/a`. Only the scheme and the host change.
#[must_use]
pub fn defang(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].replace('.', "[.]");
    match scheme {
        "" => format!("{host}{}", &rest[end..]),
        _ => format!("{}://{host}{}", scheme.replace("tt", "xx"), &rest[end..]),
    }
}

/// Parses, and refuses what is no address of a page.
fn parse(input: &str) -> Result<Url, BadUrl> {
    let input = input.trim();
    if input.is_empty() {
        return Err(BadUrl::Empty);
    }
    if input.len() > URL_MAX_BYTES {
        return Err(BadUrl::TooLong);
    }
    if let Some(url) = services::app_link(input) {
        return Url::parse(&url).map_err(|_| BadUrl::Form);
    }
    let url = match scheme_of(input) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            Url::parse(input)
        }
        Some(_) => return Err(BadUrl::Scheme),
        None => Url::parse(&format!("https://{}", input.trim_start_matches('/'))),
    };
    let url = url.map_err(|error| match error {
        url::ParseError::EmptyHost
        | url::ParseError::IdnaError
        | url::ParseError::InvalidIpv4Address
        | url::ParseError::InvalidIpv6Address
        | url::ParseError::InvalidDomainCharacter => BadUrl::Host,
        _ => BadUrl::Form,
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadUrl::Credentials);
    }
    match url.host() {
        Some(Host::Domain(name)) if name.trim_end_matches('.').is_empty() => Err(BadUrl::Host),
        Some(_) => Ok(url),
        None => Err(BadUrl::Host),
    }
}

/// The scheme, if the text begins with one. `host:8080` has none.
fn scheme_of(input: &str) -> Option<&str> {
    let (scheme, rest) = input.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let port = !rest.starts_with("//") && rest.starts_with(|c: char| c.is_ascii_digit());
    (named && !port).then_some(scheme)
}

/// Ends of a path that do not change what is shown.
const AMP_ENDINGS: &[&str] = &["/", "/amp", ".amp"];

/// One slash where there were several (not inside an address in the path, as archives have), no slash or AMP mark at
/// the end, percent signs in one form.
fn path_form(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c == '/' && out.ends_with('/') && !out.ends_with(":/") {
            continue;
        }
        out.push(c);
    }
    let mut path = percent_form(&out);
    loop {
        if let Some(stem) = path.strip_suffix(".amp.html") {
            path = format!("{stem}.html");
        } else if let Some(end) = AMP_ENDINGS.iter().find(|end| path.ends_with(**end)) {
            path.truncate(path.len() - end.len());
        } else {
            break;
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    path
}

/// Percent-encoding in one form: hex digits in upper case, unreserved characters plain. A percent sign
/// that encodes nothing is itself encoded, else decoding beside it could make a code of it.
fn percent_form(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok().map(|byte| (hex, char::from(byte)))) {
            None => {
                out.push_str("%25");
                rest = &rest[at + 1..];
                continue;
            }
            Some((_, c)) if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') => out.push(c),
            Some((hex, _)) => {
                out.push('%');
                out.push_str(&hex.to_ascii_uppercase());
            }
        }
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
    out
}

/// A fragment is dropped, unless it says which thing is shown: `#!` and the services that put the address there.
fn keeps_fragment(url: &Url) -> bool {
    let in_fragment = matches!(url.host_str(), Some("mega.nz" | "matrix.to"));
    url.fragment().is_some_and(|fragment| fragment.starts_with('!') || (in_fragment && !fragment.is_empty()))
}
