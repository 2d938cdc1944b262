//! RXP-60 to RXP-65: the HTTP message signature (RFC 9421) over every request, in the one form of this protocol.
//!
//! The nonce is handed back: whoever receives remembers it for [`NONCE_MEMORY_S`] and answers a second
//! one with `401 replay`.

use crate::atoms::{OrgId, WireTime};
use crate::document::{MEDIA_TYPE, Verified};
use crate::keys::{Jwk, thumbprint};
use crate::refused::{Code, Refused};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::id::MessageId;
use ed25519_dalek::{Signature, Signer, SigningKey};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// RXP-60: the longest life of a signature, in seconds.
pub const LIFE_S_MAX: i64 = 300;
/// RXP-63: how far `created` may be from the receiver's clock, in seconds.
pub const SKEW_S_MAX: i64 = 300;
/// RXP-62: how long a nonce is remembered, in seconds.
pub const NONCE_MEMORY_S: i64 = 600;

const POST_COMPONENTS: [&str; 5] = ["@method", "@target-uri", "content-type", "content-digest", "rxp-id"];
const GET_COMPONENTS: [&str; 2] = ["@method", "@target-uri"];

/// A request as it came: names of `headers` in any case.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The address as the receiver knows itself, never as the request names it.
    pub target_uri: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body bytes; empty for `GET`.
    pub body: &'a [u8],
}

/// What a new signature needs. A retry makes a new one over the same document.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Now, in seconds since 1970.
    pub created_s: i64,
    /// 16 fresh random bytes.
    pub nonce: [u8; 16],
}

/// A request whose signature is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Who holds the key.
    pub org: OrgId,
    /// Which key.
    pub kid: String,
    /// To be remembered with `org` for [`NONCE_MEMORY_S`].
    pub nonce: [u8; 16],
    /// `Rxp-Id`, on a `POST`.
    pub rxp_id: Option<MessageId>,
}

/// The headers of a signed `POST` of `body`, the document `id`, to `target_uri`.
pub fn sign_post(
    target_uri: &str,
    id: MessageId,
    body: &[u8],
    key: &SigningKey,
    stamp: Stamp,
) -> Vec<(&'static str, String)> {
    let (content_digest, id) = (content_digest(body), id.to_string());
    let values = ["POST", target_uri, MEDIA_TYPE, &content_digest, &id];
    let [input, signature] = sign(&POST_COMPONENTS, &values, key, stamp);
    vec![
        ("content-type", MEDIA_TYPE.to_owned()),
        ("content-digest", content_digest),
        ("rxp-id", id),
        ("signature-input", input),
        ("signature", signature),
    ]
}

/// The headers of a signed `GET` of `target_uri` (RXP-65).
pub fn sign_get(target_uri: &str, key: &SigningKey, stamp: Stamp) -> Vec<(&'static str, String)> {
    let [input, signature] = sign(&GET_COMPONENTS, &["GET", target_uri], key, stamp);
    vec![("signature-input", input), ("signature", signature)]
}

/// RFC 9530, `sha-256` of `body`.
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// Verifies a request that came at `now`. `holder` says whose key a `keyid` is.
///
/// `bad_http_signature` for a missing, partial or wrong one, `stale`, `unknown_key`, `revoked_key`,
/// `media_type`, `encoding`. The document inside is not judged; [`Proof::covers`] binds the two.
pub fn verify(
    request: &Request<'_>,
    now: WireTime,
    holder: impl Fn(&str) -> Option<(OrgId, Jwk)>,
) -> Result<Proof, Refused> {
    let headers = Headers::read(request.headers)?;
    let covered: &[&str] = match request.method {
        "POST" => &POST_COMPONENTS,
        "GET" => &GET_COMPONENTS,
        _ => return bad("only POST and GET are signed"),
    };
    let input = Input::read(headers.get("signature-input")?)?;
    if !same_set(&input.components, covered) {
        return bad("other components than the ones of RXP-60 are covered");
    }
    input.check_times(now)?;
    let rxp_id = if request.method == "POST" { Some(headers.check_body(request.body)?) } else { None };
    let (org, key) = holder(&input.kid).ok_or_else(|| Refused::new(Code::UnknownKey, "nobody's key"))?;
    if key.kid != input.kid {
        return Err(Refused::new(Code::UnknownKey, "another key than the one named"));
    }
    let mut lines = Vec::with_capacity(covered.len());
    for name in &input.components {
        let value = match *name {
            "@method" => request.method,
            "@target-uri" => request.target_uri,
            header => headers.get(header)?,
        };
        lines.push((*name, value));
    }
    let signature = read_signature(headers.get("signature")?)?;
    if key.public()?.verify_strict(base(&lines, input.params).as_bytes(), &signature).is_err() {
        return bad("the signature does not fit the request");
    }
    key.counts(WireTime::from_ms(input.created_s.saturating_mul(1000))?, now)?;
    Ok(Proof { org, kid: input.kid, nonce: input.nonce, rxp_id })
}

impl Proof {
    /// RXP-61: `Rxp-Id` is the document's id, and who signed the request is who sent the document.
    pub fn covers(&self, document: &Verified) -> Result<(), Refused> {
        if self.rxp_id != Some(document.envelope.id) {
            return bad("Rxp-Id is not the id of the document");
        }
        if self.org != document.envelope.from {
            return bad("the request is signed by another organisation");
        }
        Ok(())
    }
}

fn bad<T>(what: &str) -> Result<T, Refused> {
    Err(Refused::new(Code::BadHttpSignature, what))
}

fn same_set(given: &[&str], wanted: &[&str]) -> bool {
    given.len() == wanted.len() && wanted.iter().all(|name| given.contains(name))
}

/// RFC 9421, section 2.5.
fn base(lines: &[(&str, &str)], params: &str) -> String {
    let mut base = String::new();
    for (name, value) in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(base, "\"{name}\": {value}");
    }
    base + "\"@signature-params\": " + params
}

fn sign(components: &[&str], values: &[&str], key: &SigningKey, stamp: Stamp) -> [String; 2] {
    let quoted: Vec<_> = components.iter().map(|name| format!("\"{name}\"")).collect();
    let Stamp { created_s, nonce } = stamp;
    let params = format!(
        "({});created={created_s};expires={};nonce=\"{}\";keyid=\"{}\";alg=\"ed25519\";tag=\"rxp-1\"",
        quoted.join(" "),
        created_s + LIFE_S_MAX,
        URL_SAFE_NO_PAD.encode(nonce),
        thumbprint(&key.verifying_key()),
    );
    let lines: Vec<_> = components.iter().copied().zip(values.iter().copied()).collect();
    let signature = key.sign(base(&lines, &params).as_bytes());
    [format!("rxp={params}"), format!("rxp=:{}:", STANDARD.encode(signature.to_bytes()))]
}

fn read_signature(header: &str) -> Result<Signature, Refused> {
    let encoded = header.strip_prefix("rxp=:").and_then(|rest| rest.strip_suffix(':'));
    let bytes = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
    bytes
        .and_then(|bytes| Signature::from_slice(&bytes).ok())
        .map_or_else(|| bad("no signature labelled rxp"), Ok)
}

/// Headers by lower-case name. One that matters comes once.
struct Headers<'a>(BTreeMap<String, &'a str>);

impl<'a> Headers<'a> {
    const MATTER: [&'static str; 6] =
        ["content-type", "content-digest", "content-encoding", "rxp-id", "signature", "signature-input"];

    fn read(headers: &[(&str, &'a str)]) -> Result<Self, Refused> {
        let mut by_name = BTreeMap::new();
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            if Self::MATTER.contains(&name.as_str())
                && by_name.insert(name, value.trim_matches([' ', '\t'])).is_some()
            {
                return bad("a header comes twice");
            }
        }
        Ok(Self(by_name))
    }

    fn get(&self, name: &str) -> Result<&'a str, Refused> {
        self.0.get(name).copied().map_or_else(|| bad("a header is missing"), Ok)
    }

    /// Media type, encoding, digest, id.
    fn check_body(&self, body: &[u8]) -> Result<MessageId, Refused> {
        if self.get("content-type")? != MEDIA_TYPE {
            return Err(Refused::new(Code::MediaType, "only application/rxp+json"));
        }
        if self.0.get("content-encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
            return Err(Refused::new(Code::Encoding, "only identity"));
        }
        if self.get("content-digest")? != content_digest(body) {
            return bad("Content-Digest is not the digest of the body");
        }
        self.get("rxp-id")?.parse().map_or_else(|_| bad("Rxp-Id is no id"), Ok)
    }
}

/// `Signature-Input`, taken apart.
struct Input<'a> {
    /// Everything after the label: the last line of the base.
    params: &'a str,
    components: Vec<&'a str>,
    created_s: i64,
    expires_s: i64,
    nonce: [u8; 16],
    kid: String,
}

impl<'a> Input<'a> {
    /// Only the form that RXP-60 names: one label, all six parameters, each once, no other.
    fn read(header: &'a str) -> Result<Self, Refused> {
        let form = || Refused::new(Code::BadHttpSignature, "Signature-Input is not of the form of RXP-60");
        let params = header.strip_prefix("rxp=").ok_or_else(form)?;
        let (list, rest) = params.strip_prefix('(').and_then(|rest| rest.split_once(')')).ok_or_else(form)?;
        let components = list.split(' ').map(quoted).collect::<Option<Vec<_>>>().ok_or_else(form)?;
        let mut values = BTreeMap::new();
        for param in rest.strip_prefix(';').ok_or_else(form)?.split(';') {
            let (name, value) = param.split_once('=').ok_or_else(form)?;
            if values.insert(name, value).is_some() {
                return Err(form());
            }
        }
        let mut take = |name: &str| values.remove(name).ok_or_else(form);
        let (created_s, expires_s) = (seconds(take("created")?), seconds(take("expires")?));
        let nonce = quoted(take("nonce")?).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let kid = quoted(take("keyid")?).ok_or_else(form)?.to_owned();
        if take("alg")? != "\"ed25519\"" || take("tag")? != "\"rxp-1\"" || !values.is_empty() {
            return Err(form());
        }
        let nonce = nonce.and_then(|bytes| bytes.try_into().ok()).ok_or_else(form)?;
        let (created_s, expires_s) = (created_s.ok_or_else(form)?, expires_s.ok_or_else(form)?);
        Ok(Self { params, components, created_s, expires_s, nonce, kid })
    }

    fn check_times(&self, now: WireTime) -> Result<(), Refused> {
        let now_s = now.seconds();
        if !(1..=LIFE_S_MAX).contains(&(self.expires_s - self.created_s)) {
            return bad("expires is not 1 to 300 s after created");
        }
        if (now_s - self.created_s).abs() > SKEW_S_MAX || now_s > self.expires_s {
            return Err(Refused::new(Code::Stale, "signed too long ago, or in the future"));
        }
        Ok(())
    }
}

fn quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'@');
    (!inner.is_empty() && inner.bytes().all(plain)).then_some(inner)
}

fn seconds(text: &str) -> Option<i64> {
    let digits = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn rfc9421_ed25519_vector() {
        // RFC 9421, appendix B.2.6: the base and the signature, not the form of RXP.
        let lines = [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@method", "POST"),
            ("@path", "/foo"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ];
        let params = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")\
                      ;created=1618884473;keyid=\"test-key-ed25519\"";
        let key: [u8; 32] =
            STANDARD.decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=").unwrap().try_into().unwrap();
        let signature = STANDARD
            .decode(
                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
            )
            .unwrap();
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key).unwrap();
        let signature = Signature::from_slice(&signature).unwrap();
        key.verify_strict(base(&lines, params).as_bytes(), &signature).unwrap();
        // Its own form is not ours.
        assert!(Input::read(&format!("sig-b26={params}")).is_err());
        assert!(Input::read(&format!("rxp={params}")).is_err());
    }
}
