//! RXP-15: the document signature, a JWS with detached payload (RFC 7515, appendix F) by Ed25519.

use crate::ijson;
use crate::keys::thumbprint;
use crate::refused::{Code, Refused};
use crate::schema;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The longest protected header that is read, in bytes of base64url.
const HEADER_BYTES_MAX: usize = 512;

/// The protected header. Anything else in it (`jku`, `jwk`, `x5u`, `crit`, …) is refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

/// A signature taken apart, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// The key it names.
    pub kid: String,
    header: String,
    signature: Signature,
}

/// Signs `payload`: `header..signature`, each base64url.
pub fn sign(payload: &[u8], key: &SigningKey) -> String {
    let kid = thumbprint(&key.verifying_key());
    // The header in the fixed order of the worked examples: base64url text needs no escapes.
    let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"rxp+jws"}}"#));
    let signature = key.sign(&signing_input(&header, payload));
    format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// Takes a signature apart. `bad_document_signature` if it is not the one form of RXP-15.
pub fn read(compact: &str) -> Result<Detached, Refused> {
    let bad = |what: &str| Refused::new(Code::BadDocumentSignature, what);
    let (header, signature) = compact.split_once("..").ok_or_else(|| bad("not a detached JWS"))?;
    if header.len() > HEADER_BYTES_MAX {
        return Err(bad("protected header too long"));
    }
    let json = URL_SAFE_NO_PAD.decode(header).map_err(|_| bad("protected header is not base64url"))?;
    let parsed = ijson::parse(&json).map_err(|_| bad("protected header is not I-JSON"))?;
    let fields: Header =
        schema::read(&parsed.value, "").map_err(|_| bad("protected header has other fields"))?;
    if !matches!(fields.alg.as_str(), "EdDSA" | "Ed25519") {
        return Err(bad("alg is neither EdDSA nor Ed25519"));
    }
    if fields.typ != "rxp+jws" {
        return Err(bad("typ is not rxp+jws"));
    }
    let bytes = URL_SAFE_NO_PAD.decode(signature).map_err(|_| bad("signature is not base64url"))?;
    let signature = Signature::from_slice(&bytes).map_err(|_| bad("signature is not 64 bytes"))?;
    Ok(Detached { kid: fields.kid, header: header.to_owned(), signature })
}

impl Detached {
    /// Whether `key` made this signature over `payload`. Weak keys and malleable forms are refused.
    pub fn verify(&self, payload: &[u8], key: &VerifyingKey) -> Result<(), Refused> {
        key.verify_strict(&signing_input(&self.header, payload), &self.signature)
            .map_err(|_| Refused::new(Code::BadDocumentSignature, "the signature does not fit the document"))
    }
}

fn signing_input(header: &str, payload: &[u8]) -> Vec<u8> {
    format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload)).into_bytes()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn signs_and_verifies() {
        let compact = sign(b"{}", &key());
        let detached = read(&compact).unwrap();
        assert_eq!(detached.kid, thumbprint(&key().verifying_key()));
        detached.verify(b"{}", &key().verifying_key()).unwrap();
        assert!(detached.verify(b"{ }", &key().verifying_key()).is_err());
        assert!(detached.verify(b"{}", &SigningKey::from_bytes(&[8; 32]).verifying_key()).is_err());
    }

    /// A signature that is right in everything but its header.
    fn with_header(header: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(header);
        let signature = key().sign(&signing_input(&header, b"{}"));
        format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    #[test]
    fn jws_alg_refused() {
        let check = |header: &str, expected: bool| {
            assert_eq!(read(&with_header(header)).is_ok(), expected, "{header}");
        };
        check(r#"{"alg":"EdDSA","kid":"k","typ":"rxp+jws"}"#, true);
        check(r#"{"alg":"Ed25519","kid":"k","typ":"rxp+jws"}"#, true);
        for alg in ["none", "None", "HS256", "ES256", "RS256", "Ed448", "eddsa", ""] {
            check(&format!(r#"{{"alg":"{alg}","kid":"k","typ":"rxp+jws"}}"#), false);
        }
        check(r#"{"alg":"EdDSA","kid":"k"}"#, false);
        check(r#"{"alg":"EdDSA","kid":"k","typ":"JWT"}"#, false);
        check(r#"{"alg":"EdDSA","alg":"none","kid":"k","typ":"rxp+jws"}"#, false);
        for extra in [
            r#""jku":"https://a.test/""#,
            r#""jwk":{}"#,
            r#""x5u":"https://a.test/""#,
            r#""crit":["b64"],"b64":false"#,
        ] {
            check(&format!(r#"{{"alg":"EdDSA","kid":"k","typ":"rxp+jws",{extra}}}"#), false);
        }
        let attached = sign(b"{}", &key()).replace("..", ".e30.");
        assert!(read(&attached).is_err());
        assert!(read(&format!("{}=", sign(b"{}", &key()))).is_err());
    }
}
