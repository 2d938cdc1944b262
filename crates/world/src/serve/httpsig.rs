//! HTTP message signatures (RFC 9421) as RXP-60 to RXP-65 narrow them.

use std::collections::{HashSet, VecDeque};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::jws::{base64url, thumbprint};

/// A signature lives at most this long.
pub const LIFE_MAX_S: i64 = 300;
/// `created` may differ from the receiver's clock by this much.
pub const SKEW_MAX_S: i64 = 300;
/// Nonces remembered; far more than ten minutes of a busy day.
const NONCES_MAX: usize = 200_000;

const POST_COMPONENTS: &str = r#"("@method" "@target-uri" "content-type" "content-digest" "rxp-id")"#;
const GET_COMPONENTS: &str = r#"("@method" "@target-uri")"#;

/// What is signed of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// `POST` or `GET`.
    pub method: String,
    /// Whole address, as the sender named it.
    pub target_uri: String,
    /// Header of the same name; nothing for GET.
    pub content_type: Option<String>,
    /// Header of the same name; nothing for GET.
    pub content_digest: Option<String>,
    /// Header of the same name; nothing for GET.
    pub rxp_id: Option<String>,
}

/// Why a request was refused; the text is the code of RXP-80.02 and .03.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpSigError {
    /// Missing, partial, malformed, unknown key, or it does not verify.
    Bad,
    /// Outside the clock.
    Stale,
    /// The nonce was seen.
    Replay,
}

impl HttpSigError {
    /// The code of section 9.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bad => "bad_http_signature",
            Self::Stale => "stale",
            Self::Replay => "replay",
        }
    }
}

/// Nonces seen, oldest forgotten first.
#[derive(Debug, Default)]
pub struct Nonces {
    seen: HashSet<String>,
    order: VecDeque<String>,
}

impl Nonces {
    /// Remembers a nonce; false when it was there.
    fn remember(&mut self, nonce: &str) -> bool {
        if !self.seen.insert(nonce.to_owned()) {
            return false;
        }
        self.order.push_back(nonce.to_owned());
        if self.order.len() > NONCES_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}

impl Covered {
    fn components(&self) -> &'static str {
        if self.method == "GET" { GET_COMPONENTS } else { POST_COMPONENTS }
    }

    fn base(&self, params: &str) -> Option<String> {
        let mut base = format!("\"@method\": {}\n\"@target-uri\": {}\n", self.method, self.target_uri);
        if self.method != "GET" {
            base.push_str(&format!("\"content-type\": {}\n", self.content_type.as_ref()?));
            base.push_str(&format!("\"content-digest\": {}\n", self.content_digest.as_ref()?));
            base.push_str(&format!("\"rxp-id\": {}\n", self.rxp_id.as_ref()?));
        }
        base.push_str(&format!("\"@signature-params\": {params}"));
        Some(base)
    }
}

/// Parameters read from `Signature-Input`.
struct Params<'a> {
    created: i64,
    expires: i64,
    nonce: &'a str,
    keyid: &'a str,
}

fn params<'a>(raw: &'a str, components: &str) -> Option<Params<'a>> {
    let mut found = Params { created: 0, expires: 0, nonce: "", keyid: "" };
    let (mut algorithm, mut tag) = ("", "");
    for part in raw.strip_prefix(components)?.split(';').skip(1) {
        let (name, value) = part.split_once('=')?;
        let text = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        match name {
            "created" => found.created = value.parse().ok()?,
            "expires" => found.expires = value.parse().ok()?,
            "nonce" => found.nonce = text?,
            "keyid" => found.keyid = text?,
            "alg" => algorithm = text?,
            "tag" => tag = text?,
            _ => return None,
        }
    }
    let whole =
        algorithm == "ed25519" && tag == "rxp-1" && found.nonce.len() == 22 && !found.keyid.is_empty();
    let life = found.expires - found.created;
    (whole && (1..=LIFE_MAX_S).contains(&life)).then_some(found)
}

/// Checks a request. `clocks` are the seconds of every clock that counts as ours: a world has a stepped one and the
/// machine's, and a sender may live by either.
///
/// # Errors
/// [`HttpSigError`]; a nonce is remembered only when the signature verifies.
pub fn verify(
    covered: &Covered,
    headers: (&str, &str),
    keys: &[VerifyingKey],
    clocks: &[i64],
    nonces: &mut Nonces,
) -> Result<(), HttpSigError> {
    use HttpSigError::{Bad, Replay, Stale};
    let raw = headers.0.strip_prefix("rxp=").ok_or(Bad)?;
    let found = params(raw, covered.components()).ok_or(Bad)?;
    let text = headers.1.strip_prefix("rxp=:").and_then(|s| s.strip_suffix(':')).ok_or(Bad)?;
    let signature: [u8; 64] = STANDARD.decode(text).map_err(|_| Bad)?.try_into().map_err(|_| Bad)?;
    let key = keys.iter().find(|k| thumbprint(k) == found.keyid).ok_or(Bad)?;
    let base = covered.base(raw).ok_or(Bad)?;
    key.verify_strict(base.as_bytes(), &Signature::from_bytes(&signature)).map_err(|_| Bad)?;
    let fresh = |now: &i64| (found.created - now).abs() <= SKEW_MAX_S && *now <= found.expires;
    if !clocks.iter().any(fresh) {
        return Err(Stale);
    }
    if nonces.remember(found.nonce) { Ok(()) } else { Err(Replay) }
}

/// Signs a request; gives the values of `Signature-Input` and `Signature`.
pub fn sign(covered: &Covered, key: &SigningKey, created: i64, nonce: &[u8; 16]) -> Option<(String, String)> {
    let params = format!(
        "{};created={created};expires={};nonce=\"{}\";keyid=\"{}\";alg=\"ed25519\";tag=\"rxp-1\"",
        covered.components(),
        created + LIFE_MAX_S,
        base64url(nonce),
        thumbprint(&key.verifying_key()),
    );
    let signature = key.sign(covered.base(&params)?.as_bytes());
    Some((format!("rxp={params}"), format!("rxp=:{}:", STANDARD.encode(signature.to_bytes()))))
}
