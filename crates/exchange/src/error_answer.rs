//! Section 9: the signed answer that says why a message was refused.

use crate::atoms::{OrgId, WireTime};
use crate::canonical::canonical;
use crate::document::{Version, sign_value, take_signatures, verify_signatures};
use crate::keys::Lookup;
use crate::limits;
use crate::refused::{Code, Refused};
use crate::{ijson, schema};
use domain::id::MessageId;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A longer pointer could carry content back; it is left out.
const FIELD_CHARS_MAX: usize = 200;
const DETAIL_CHARS_MAX: usize = 500;

/// Why, in words of section 9. It never repeats content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorAnswer {
    /// The word.
    pub code: Code,
    /// For a developer.
    pub detail: String,
    /// The message refused; left out when its id could not be read.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::atoms::message_id_option"
    )]
    pub of: Option<MessageId>,
    /// JSON pointer of the field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// For `slow_down`, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    rxp: Version,
    error: ErrorAnswer,
}

impl ErrorAnswer {
    /// The answer to `refused`, which was about the message `of`.
    pub fn new(refused: &Refused, of: Option<MessageId>) -> Self {
        Self {
            code: refused.code,
            detail: refused.detail.chars().take(DETAIL_CHARS_MAX).collect(),
            of,
            field: refused.field.clone().filter(|field| field.chars().count() <= FIELD_CHARS_MAX),
            retry_after_s: None,
        }
    }

    /// The bytes to answer with.
    pub fn sign(&self, key: &SigningKey) -> Result<String, Refused> {
        let wrapped = schema::write(&Wrapped { rxp: Version::V1, error: self.clone() })?;
        let document = sign_value(wrapped, key)?.document;
        limits::ERROR_BYTES.amount("", document.len(), "bytes")?;
        Ok(document)
    }

    /// Reads an answer of `from` that came at `now`. An unsigned or wrongly signed one says nothing.
    pub fn verify(
        bytes: &[u8],
        from: &OrgId,
        now: WireTime,
        lookup: impl Fn(&OrgId, &str) -> Lookup,
    ) -> Result<Self, Refused> {
        let Value::Object(mut object) = ijson::parse_within(bytes, limits::ERROR_BYTES)?.value else {
            return Err(Refused::new(Code::Schema, "not an object"));
        };
        let signatures = take_signatures(&mut object)?;
        let unsigned = Value::Object(object);
        verify_signatures(&signatures, &canonical(&unsigned), (now, now), |kid| lookup(from, kid))?;
        schema::read::<Wrapped>(&unsigned, "").map(|wrapped| wrapped.error)
    }
}
