//! Digest and document signature: detached JWS with Ed25519 over the canonical form (RXP-14 to RXP-16).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::jcs::canonical;

/// Base64url without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// `sha-256=:…:` of RFC 9530.
pub(crate) fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// `sha-256:` and 64 hex digits over the canonical form with `sig`.
pub fn digest(document: &Value) -> String {
    format!("sha-256:{}", hex::encode(Sha256::digest(canonical(document))))
}

/// The key of an organisation in a world: SHA-256 of a label and the org id. Never used outside a world.
pub fn key_of(label: &str, org: &str) -> SigningKey {
    let mut seed = [0u8; 32];
    seed.copy_from_slice(&Sha256::digest(format!("{label} {org}")));
    SigningKey::from_bytes(&seed)
}

/// JWK thumbprint (RFC 7638) of an Ed25519 key: the `kid`.
pub fn thumbprint(key: &VerifyingKey) -> String {
    let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, base64url(key.as_bytes()));
    base64url(&Sha256::digest(jwk))
}

/// The key of a JWK, or nothing when it is not an Ed25519 key.
pub(crate) fn from_jwk(jwk: &Value) -> Option<VerifyingKey> {
    if jwk["kty"] != "OKP" || jwk["crv"] != "Ed25519" {
        return None;
    }
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(jwk["x"].as_str()?).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

/// Puts `sig` on a document.
pub fn sign(document: &mut Value, key: &SigningKey) {
    let payload = unsigned(document);
    let header = json!({"alg": "EdDSA", "kid": thumbprint(&key.verifying_key()), "typ": "rxp+jws"});
    let header = base64url(canonical(&header).as_bytes());
    let signature = key.sign(format!("{header}.{}", base64url(payload.as_bytes())).as_bytes());
    document["sig"] = json!([format!("{header}..{}", base64url(&signature.to_bytes()))]);
}

/// The canonical form without `sig`.
fn unsigned(document: &Value) -> String {
    let mut copy = document.clone();
    if let Some(map) = copy.as_object_mut() {
        map.remove("sig");
    }
    canonical(&copy)
}

/// Why a document signature was refused; the text is the code of RXP-80.04.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureError {
    /// It is missing, malformed, of another algorithm, or does not verify.
    Bad,
    /// No listed key has this `kid`.
    UnknownKey,
}

impl SignatureError {
    /// The code of section 9.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bad => "bad_document_signature",
            Self::UnknownKey => "unknown_key",
        }
    }
}

/// Checks the first signature of a document against the keys listed for its sender.
///
/// # Errors
/// [`SignatureError`].
pub fn verify(document: &Value, keys: &[VerifyingKey]) -> Result<(), SignatureError> {
    use SignatureError::{Bad, UnknownKey};
    let jws = document["sig"][0].as_str().ok_or(Bad)?;
    let (header_text, signature) = jws.split_once("..").ok_or(Bad)?;
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header_text).map_err(|_| Bad)?).map_err(|_| Bad)?;
    let fields = header.as_object().ok_or(Bad)?;
    let only = fields.keys().all(|k| matches!(k.as_str(), "alg" | "kid" | "typ"));
    let algorithm = matches!(fields.get("alg").and_then(Value::as_str), Some("EdDSA" | "Ed25519"));
    if !only || !algorithm || header["typ"] != "rxp+jws" {
        return Err(Bad);
    }
    let kid = header["kid"].as_str().ok_or(Bad)?;
    let key = keys.iter().find(|k| thumbprint(k) == kid).ok_or(UnknownKey)?;
    let bytes: [u8; 64] = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Bad)?.try_into().map_err(|_| Bad)?;
    let signed = format!("{header_text}.{}", base64url(unsigned(document).as_bytes()));
    key.verify_strict(signed.as_bytes(), &Signature::from_bytes(&bytes)).map_err(|_| Bad)
}
