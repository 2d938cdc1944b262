//! RXP-16, RXP-17, RXP-54: Ed25519 keys as JWK, their thumbprint, and when a key counts.

use crate::atoms::{OrgId, WireTime};
use crate::ijson;
use crate::limits;
use crate::refused::{Code, Refused};
use crate::schema;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// RXP-55: a new key is published this long before the old one ends, in seconds (30 days).
pub const ROTATION_OVERLAP_S: i64 = 30 * 24 * 3600;

/// The keys of one organisation, as served at its `jwks_uri`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwks {
    /// 1 to 20 keys.
    pub keys: Vec<Jwk>,
}

/// One public Ed25519 key (RFC 8037) with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwk {
    /// The curve.
    pub crv: Curve,
    /// The key type.
    pub kty: KeyType,
    /// The 32 bytes of the public key, base64url.
    pub x: String,
    /// The thumbprint (RFC 7638).
    pub kid: String,
    /// Signing only.
    #[serde(rename = "use")]
    pub usage: Usage,
    /// First second at which it counts, since 1970.
    pub nbf: i64,
    /// First second at which it no longer counts, since 1970.
    pub exp: i64,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<WireTime>,
    /// Why it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Revocation>,
}

/// The one curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// Edwards curve 25519.
    Ed25519,
}

/// The one key type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyType {
    /// Octet key pair.
    #[serde(rename = "OKP")]
    Okp,
}

/// The one use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Usage {
    /// Signatures.
    #[serde(rename = "sig")]
    Signing,
}

/// Why a key was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// A newer key took its place; what it signed before stands.
    Superseded,
    /// Somebody else may have it; only what was received before stands.
    Compromised,
}

/// What the caller's key store says about a key named by a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Listed for that organisation.
    Key(Jwk),
    /// The organisation is known, the key is not.
    NoSuchKey,
    /// The organisation was never introduced (RXP-56).
    NoSuchSender,
}

impl Lookup {
    /// The key, or `unknown_key` or `unknown_sender`.
    pub fn key(self) -> Result<Jwk, Refused> {
        match self {
            Self::Key(key) => Ok(key),
            Self::NoSuchKey => Err(Refused::new(Code::UnknownKey, "the key is not listed for the sender")),
            Self::NoSuchSender => Err(Refused::new(Code::UnknownSender, "the sender was never introduced")),
        }
    }
}

impl Jwk {
    /// The public part of `key`, counting from `nbf` until before `exp` (seconds since 1970).
    pub fn of(key: &SigningKey, nbf: i64, exp: i64) -> Self {
        let public = key.verifying_key();
        Self {
            crv: Curve::Ed25519,
            kty: KeyType::Okp,
            x: URL_SAFE_NO_PAD.encode(public.as_bytes()),
            kid: thumbprint(&public),
            usage: Usage::Signing,
            nbf,
            exp,
            revoked_at: None,
            reason: None,
        }
    }

    /// The key itself. `unknown_key` if `x` is no point, or `kid` is not its thumbprint.
    pub fn public(&self) -> Result<VerifyingKey, Refused> {
        let broken = |what: &str| Refused::new(Code::UnknownKey, what);
        let bytes = URL_SAFE_NO_PAD.decode(&self.x).map_err(|_| broken("x is not base64url"))?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| broken("x is not 32 bytes"))?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| broken("x is not a point of the curve"))?;
        if thumbprint(&key) != self.kid {
            return Err(broken("kid is not the thumbprint of the key"));
        }
        Ok(key)
    }

    /// Refuses what this key signed at `sent_at` and reached us at `received_at` (RXP-16, RXP-17).
    ///
    /// A superseded key counts for what was sent before; a compromised one, whose thief may write any
    /// `sent_at`, only for what was received before.
    pub fn counts(&self, sent_at: WireTime, received_at: WireTime) -> Result<(), Refused> {
        let refuse = |what: &str| Err(Refused::new(Code::RevokedKey, what));
        if !(self.nbf..self.exp).contains(&sent_at.seconds()) {
            return refuse("sent outside the time of the key");
        }
        let Some(revoked_at) = self.revoked_at else { return Ok(()) };
        let judged = match self.reason {
            Some(Revocation::Superseded) => sent_at,
            Some(Revocation::Compromised) | None => received_at,
        };
        if judged < revoked_at { Ok(()) } else { refuse("the key was revoked") }
    }
}

impl Jwks {
    /// Reads a JWKS of at most 32 KiB and 20 keys; each `kid` is the thumbprint of its key, and none comes twice.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        let parsed = ijson::parse_within(bytes, limits::JWKS_BYTES)?;
        let jwks: Self = schema::read(&parsed.value, "")?;
        limits::KEYS.count("/keys", &jwks.keys)?;
        for (index, key) in jwks.keys.iter().enumerate() {
            let field = format!("/keys/{index}");
            key.public().map_err(|refused| Refused::at(refused.code, &field, refused.detail))?;
            if key.exp <= key.nbf {
                return Err(Refused::at(Code::Schema, &field, "exp is not after nbf"));
            }
            if jwks.keys[..index].iter().any(|earlier| earlier.kid == key.kid) {
                return Err(Refused::at(Code::Schema, &field, "the same key twice"));
            }
        }
        Ok(jwks)
    }

    /// Whether a new key must be published now: none lasts 30 days more (RXP-55).
    pub fn needs_new_key(&self, now: WireTime) -> bool {
        let last_s = now.seconds() + ROTATION_OVERLAP_S;
        !self.keys.iter().any(|key| key.revoked_at.is_none() && key.exp >= last_s)
    }

    /// The key named `kid`.
    pub fn get(&self, kid: &str) -> Lookup {
        self.keys.iter().find(|key| key.kid == kid).cloned().map_or(Lookup::NoSuchKey, Lookup::Key)
    }
}

/// RFC 7638 over the required members of an Ed25519 JWK, base64url.
pub fn thumbprint(key: &VerifyingKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

/// Whether `uri` may serve the keys of `org`: `https`, and a host that is its name or below it (RXP-54).
pub fn may_serve_keys(org: &OrgId, uri: &str) -> bool {
    url::Url::parse(uri).is_ok_and(|url| {
        url.scheme() == "https"
            && url.username().is_empty()
            && url.host_str().is_some_and(|host| org.covers(host))
    })
}
