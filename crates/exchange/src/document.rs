//! RXP-09, RXP-13 to RXP-18: the envelope, drafted, signed, read and verified.

use crate::atoms::{Digest, Lang, LegalBasis, OrgId, WireTime};
use crate::body::Body;
use crate::canonical::{canonical, digest};
use crate::capacity::Capacity;
use crate::keys::Lookup;
use crate::limits;
use crate::message_type::MessageType;
use crate::refused::{Code, Refused};
use crate::{ijson, jws, schema};
use domain::id::{CaseId, MessageId};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The media type of a document.
pub const MEDIA_TYPE: &str = "application/rxp+json";

/// The protocol's major version (RXP-08).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// RXP/1.
    #[default]
    #[serde(rename = "1")]
    V1,
}

/// Everything of a document but its signatures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Always 1.
    pub rxp: Version,
    /// Made by the sender, once; also the idempotency key.
    #[serde(deserialize_with = "crate::atoms::message_id")]
    pub id: MessageId,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// What joins the messages about one matter.
    #[serde(deserialize_with = "crate::atoms::case_id")]
    pub case: CaseId,
    /// The message answered.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::atoms::message_id_option"
    )]
    pub in_reply_to: Option<MessageId>,
    /// The one sender.
    pub from: OrgId,
    /// The one receiver (RXP-04).
    pub to: OrgId,
    /// The one capacity the sender acts in.
    pub capacity: Capacity,
    /// 0 to 5; required of an authority.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<LegalBasis>,
    /// First attempt to send; never changed by a retry.
    pub sent_at: WireTime,
    /// The language of the texts in `body`.
    pub lang: Lang,
    /// Who may see it; `open_to_case` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling: Option<Handling>,
    /// By type.
    pub body: Map<String, Value>,
    /// Kept and ignored; never changes meaning, clock or state (RXP-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext: Option<Map<String, Value>>,
}

/// RXP-09.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Whoever works on the case.
    OpenToCase,
    /// Authorities.
    AuthoritiesOnly,
    /// Those named.
    NamedRecipients,
    /// Nobody else.
    NoOnward,
}

/// What an envelope is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// A fresh UUIDv7.
    pub id: MessageId,
    /// The matter.
    pub case: CaseId,
    /// The message answered.
    pub in_reply_to: Option<MessageId>,
    /// The sender.
    pub from: OrgId,
    /// The receiver.
    pub to: OrgId,
    /// The sender's capacity.
    pub capacity: Capacity,
    /// On what law the sender acts.
    pub legal_basis: Vec<LegalBasis>,
    /// Now.
    pub sent_at: WireTime,
    /// The language of the texts.
    pub lang: Lang,
    /// Who may see it.
    pub handling: Option<Handling>,
}

/// A document ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Canonical form with `sig`: the very bytes to send and to keep.
    pub document: String,
    /// RXP-14, over those bytes.
    pub digest: Digest,
}

/// Key of `ext` under which a referral names the reference by which anybody contests it at its sender (D14, RXP-07).
pub const CONTEST_EXT: &str = "renvoi.contest";

/// A document whose form and signature are right.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// What it says.
    pub envelope: Envelope,
    /// Canonical form with `sig`: the very text to keep.
    pub document: String,
    /// RXP-14.
    pub digest: Digest,
    /// The keys that signed it.
    pub kids: Vec<String>,
    /// Some text holds bidirectional controls: flag the receipt, isolate on screen.
    pub bidi: bool,
}

impl Envelope {
    /// Puts `body` in an envelope. Refused like a received one, so that nothing wrong is ever signed.
    pub fn draft(draft: Draft, body: &Body) -> Result<Self, Refused> {
        let envelope = Self {
            rxp: Version::V1,
            id: draft.id,
            kind: body.message_type(),
            case: draft.case,
            in_reply_to: draft.in_reply_to,
            from: draft.from,
            to: draft.to,
            capacity: draft.capacity,
            legal_basis: draft.legal_basis,
            sent_at: draft.sent_at,
            lang: draft.lang,
            handling: draft.handling,
            body: body.to_map()?,
            ext: None,
        };
        envelope.check()?;
        if envelope.kind == MessageType::Receipt && envelope.capacity.is_authority() {
            envelope.require_legal_basis()?;
        }
        body.check(&envelope)?;
        Ok(envelope)
    }

    /// The same with the reference by which it is contested at its sender: 128 random bits in hex (D14).
    #[must_use]
    pub fn contested_by(mut self, reference: &str) -> Self {
        self.ext.get_or_insert_default().insert(CONTEST_EXT.to_owned(), reference.into());
        self
    }

    /// The reference by which it is contested on its sender's public page, where it names one.
    #[must_use]
    pub fn contest_reference(&self) -> Option<&str> {
        self.ext.as_ref()?.get(CONTEST_EXT)?.as_str()
    }

    /// Signs. The result is read back as a receiver would; what it would refuse is refused here.
    pub fn sign(&self, key: &SigningKey) -> Result<Signed, Refused> {
        let signed = sign_value(schema::write(self)?, key)?;
        ijson::parse(signed.document.as_bytes())?;
        Ok(signed)
    }

    /// The rules of RXP-09 and section 4 that need no body.
    fn check(&self) -> Result<(), Refused> {
        if !self.capacity.may_send(self.kind) {
            let Self { capacity, kind, .. } = self;
            return Err(Refused::at(
                Code::Capacity,
                "/capacity",
                format!("{capacity:?} may not send {kind}"),
            ));
        }
        if self.kind.needs_in_reply_to() && self.in_reply_to.is_none() {
            return Err(Refused::at(
                Code::Schema,
                "/in_reply_to",
                format!("{} answers a message", self.kind),
            ));
        }
        limits::LEGAL_BASES.count("/legal_basis", &self.legal_basis)?;
        for (index, basis) in self.legal_basis.iter().enumerate() {
            limits::LEGAL_BASIS_CHARS.text(&format!("/legal_basis/{index}"), basis.as_str())?;
        }
        // A receipt that lacks it is still a receipt: to refuse it would undo a delivery.
        if self.capacity.is_authority() && self.kind != MessageType::Receipt {
            self.require_legal_basis()?;
        }
        self.ext.as_ref().map_or(Ok(()), check_ext)
    }

    fn require_legal_basis(&self) -> Result<(), Refused> {
        if self.legal_basis.is_empty() {
            return Err(Refused::at(Code::Schema, "/legal_basis", "an authority names its legal basis"));
        }
        Ok(())
    }
}

/// RXP-07, RXP-100.14: at most 8 keys, reverse domain names, 4 KiB.
fn check_ext(ext: &Map<String, Value>) -> Result<(), Refused> {
    limits::EXT_KEYS.amount("/ext", ext.len(), "keys")?;
    limits::EXT_BYTES.amount("/ext", canonical(&Value::Object(ext.clone())).len(), "bytes")?;
    match ext.keys().find(|key| OrgId::new(key.as_str()).is_err()) {
        Some(_) => Err(Refused::at(Code::Schema, "/ext", "a key is not a reverse domain name")),
        None => Ok(()),
    }
}

/// Signs any JSON object: adds `sig` over the canonical form without it (RXP-15).
pub(crate) fn sign_value(mut object: Map<String, Value>, key: &SigningKey) -> Result<Signed, Refused> {
    object.remove("sig");
    let payload = canonical(&Value::Object(object.clone()));
    object.insert("sig".to_owned(), Value::from(vec![jws::sign(payload.as_bytes(), key)]));
    let document = canonical(&Value::Object(object));
    limits::DOCUMENT_BYTES
        .amount("", document.len(), "bytes")
        .map_err(|refused| Refused::new(Code::TooLarge, refused.detail))?;
    let digest = digest(document.as_bytes());
    Ok(Signed { document, digest })
}

/// Takes `sig` out of `object` and reads it: 1 or 2 signatures by different keys.
pub(crate) fn take_signatures(object: &mut Map<String, Value>) -> Result<Vec<jws::Detached>, Refused> {
    let wrong = |code, what: &str| Refused::at(code, "/sig", what);
    let list = match object.remove("sig") {
        Some(Value::Array(list)) => list,
        Some(_) => return Err(wrong(Code::Schema, "not a list")),
        None => return Err(wrong(Code::Schema, "missing field")),
    };
    if !(1..=2).contains(&list.len()) {
        return Err(wrong(Code::Schema, "1 or 2 signatures"));
    }
    let texts = list.iter().map(|entry| entry.as_str().ok_or_else(|| wrong(Code::Schema, "not a text")));
    let detached = texts.map(|text| jws::read(text?)).collect::<Result<Vec<_>, _>>()?;
    let kids: BTreeSet<_> = detached.iter().map(|one| &one.kid).collect();
    if kids.len() != detached.len() {
        return Err(wrong(Code::BadDocumentSignature, "the same key twice"));
    }
    Ok(detached)
}

/// Verifies every signature over `payload` with keys of `org` that count at `sent_at` (RXP-16, RXP-17).
pub(crate) fn verify_signatures(
    signatures: &[jws::Detached],
    payload: &str,
    (sent_at, received_at): (WireTime, WireTime),
    lookup: impl Fn(&str) -> Lookup,
) -> Result<(), Refused> {
    for signature in signatures {
        let key = lookup(&signature.kid).key()?;
        if key.kid != signature.kid {
            return Err(Refused::new(Code::UnknownKey, "another key than the one named"));
        }
        signature.verify(payload.as_bytes(), &key.public()?)?;
        key.counts(sent_at, received_at)?;
    }
    Ok(())
}

/// Reads and verifies a document that reached us at `received_at`. `lookup` says which key an
/// organisation has under a `kid`.
///
/// Verified are form, envelope, signature, keys, capacity. The body is read by [`Verified::body`].
pub fn verify(
    bytes: &[u8],
    received_at: WireTime,
    lookup: impl Fn(&OrgId, &str) -> Lookup,
) -> Result<Verified, Refused> {
    let ijson::Parsed { value, bidi } = ijson::parse(bytes)?;
    let document = canonical(&value);
    let Value::Object(mut object) = value else {
        return Err(Refused::new(Code::Schema, "not an object"));
    };
    let kind = object.get("type").and_then(Value::as_str);
    if kind.is_some_and(|kind| MessageType::from_word(kind).is_none()) {
        return Err(Refused::at(Code::UnknownType, "/type", "no such type"));
    }
    let signatures = take_signatures(&mut object)?;
    let unsigned = Value::Object(object);
    let envelope: Envelope = schema::read(&unsigned, "")?;
    let times = (envelope.sent_at, received_at);
    verify_signatures(&signatures, &canonical(&unsigned), times, |kid| lookup(&envelope.from, kid))?;
    envelope.check()?;
    let kids = signatures.into_iter().map(|signature| signature.kid).collect();
    let digest = digest(document.as_bytes());
    Ok(Verified { envelope, document, digest, kids, bidi })
}

/// Reads a document that was verified, or signed here, before it was kept. No signature is verified.
pub fn open(document: &str) -> Result<(Envelope, Signed), Refused> {
    let value = ijson::parse(document.as_bytes())?.value;
    let document = canonical(&value);
    let Value::Object(mut object) = value else {
        return Err(Refused::new(Code::Schema, "not an object"));
    };
    object.remove("sig");
    let digest = digest(document.as_bytes());
    Ok((schema::read(&Value::Object(object), "")?, Signed { document, digest }))
}

impl Verified {
    /// The typed body. `unknown_type` for the types of RXP-20 that are not spoken yet.
    pub fn body(&self) -> Result<Body, Refused> {
        Body::read(&self.envelope)
    }

    /// Refuses a message that is for somebody else.
    pub fn addressed_to(&self, me: &OrgId) -> Result<(), Refused> {
        if self.envelope.to == *me {
            return Ok(());
        }
        Err(Refused::at(Code::WrongReceiver, "/to", "this is another organisation"))
    }
}
