//! RXP-80: why a document or request is refused, with its HTTP status and what the sender does then.

use serde::{Deserialize, Serialize};

/// A message that breaks a rule of the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The word of section 9.
    pub code: Code,
    /// JSON pointer (RFC 6901) of the field at fault, when one is.
    pub field: Option<String>,
    /// One sentence for a developer. It never repeats content.
    pub detail: String,
}

impl Refused {
    /// Refused as a whole.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, field: None, detail: detail.into() }
    }

    /// Refused because of the field at the JSON pointer `field`.
    pub fn at(code: Code, field: &str, detail: impl Into<String>) -> Self {
        Self { code, field: Some(field.to_owned()), detail: detail.into() }
    }

    /// The HTTP status of the answer.
    pub fn http(&self) -> u16 {
        self.code.http()
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)?;
        self.field.as_ref().map_or(Ok(()), |field| write!(f, " (at {field})"))
    }
}

impl std::error::Error for Refused {}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $word:literal $http:literal $act:ident,)+) => {
        /// The error words of RXP-80.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {$($(#[$doc])* #[serde(rename = $word)] $name,)+}

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {$(Self::$name => $word,)+}
            }

            /// The HTTP status it travels with.
            pub const fn http(self) -> u16 {
                match self {$(Self::$name => $http,)+}
            }

            /// What the sender does.
            pub const fn sender_does(self) -> SenderDoes {
                match self {$(Self::$name => SenderDoes::$act,)+}
            }
        }
    };
}

codes! {
    /// Not JSON, or not UTF-8.
    BadJson "bad_json" 400 StopForDeveloper,
    /// JSON, but not I-JSON, or text that is not clean (RXP-10, RXP-12).
    NotIjson "not_ijson" 400 StopForDeveloper,
    /// Nested deeper than RXP-11 allows.
    TooDeep "too_deep" 400 StopForDeveloper,
    /// The HTTP signature is missing, partial, or wrong (RXP-60, RXP-61, RXP-64).
    BadHttpSignature "bad_http_signature" 401 ResignOnce,
    /// `created` is too far from the receiver's clock (RXP-63).
    Stale "stale" 401 ResignAtOnce,
    /// The nonce was used before (RXP-62).
    Replay "replay" 401 ResignAtOnce,
    /// The document signature is missing or wrong (RXP-15).
    BadDocumentSignature "bad_document_signature" 401 RefreshKeysOnce,
    /// No such key is listed for the sender (RXP-16).
    UnknownKey "unknown_key" 401 RefreshKeysOnce,
    /// The key was revoked or is outside its time (RXP-16, RXP-17).
    RevokedKey "revoked_key" 401 RefreshKeysOnce,
    /// Capacity and type do not fit (RXP-22).
    Capacity "capacity" 403 StopForPerson,
    /// The sender was never introduced (RXP-56).
    UnknownSender "unknown_sender" 403 Introduce,
    /// `to` is somebody else.
    WrongReceiver "wrong_receiver" 404 RefreshContact,
    /// One id, two documents (RXP-34).
    DigestConflict "digest_conflict" 409 StopAndAlert,
    /// The state machine has no such row.
    BadTransition "bad_transition" 409 FetchState,
    /// Larger than RXP-100.01.
    TooLarge "too_large" 413 MoveTextToEvidence,
    /// Not `application/rxp+json`.
    MediaType "media_type" 415 StopForDeveloper,
    /// A `Content-Encoding` other than `identity` (RXP-11).
    Encoding "encoding" 415 StopForDeveloper,
    /// A field is missing or has the wrong type or form.
    Schema "schema" 422 ShowAuthor,
    /// A field that the schema does not know (RXP-07).
    UnknownField "unknown_field" 422 ShowAuthor,
    /// A type that this receiver does not speak (RXP-08).
    UnknownType "unknown_type" 422 ShowAuthor,
    /// The fixed sentence is missing or changed (RXP-24).
    VoluntaryNotice "voluntary_notice" 422 ShowAuthor,
    /// More or less than section 10 allows.
    Limit "limit" 422 ShowAuthor,
    /// Sent as TLS early data.
    TooEarly "too_early" 425 RepeatWithoutEarlyData,
    /// Too many (lanes 4 and 5 only).
    SlowDown "slow_down" 429 WaitAsTold,
    /// The receiver failed, and does not say how.
    Internal "internal" 500 Retry,
    /// The receiver cannot promise to keep the message.
    NoDurableStorage "no_durable_storage" 503 RetryFallbackEarly,
    /// The receiver is being repaired.
    Maintenance "maintenance" 503 RetryFallbackEarly,
}

/// What the sender does after an answer that is not a receipt (RXP-80, last column).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SenderDoes {
    /// Stop; task for a developer; never retry unchanged.
    StopForDeveloper,
    /// Re-sign the request once; then stop, task.
    ResignOnce,
    /// Re-sign at once with a new nonce; look at the clock if it repeats.
    ResignAtOnce,
    /// Fetch the JWKS once more; then stop and alert the security officer.
    RefreshKeysOnce,
    /// Stop; task.
    StopForPerson,
    /// Start the introduction (RXP-56); orders fall back at once.
    Introduce,
    /// Fetch the contact file again; a person confirms.
    RefreshContact,
    /// Stop; alert: an id was used twice.
    StopAndAlert,
    /// Fetch the state; task.
    FetchState,
    /// Stop; move text to evidence.
    MoveTextToEvidence,
    /// Stop; show the field to the author of the draft.
    ShowAuthor,
    /// Repeat without TLS early data.
    RepeatWithoutEarlyData,
    /// Wait `retry_after_s`, at least the back-off.
    WaitAsTold,
    /// Retry (RXP-43).
    Retry,
    /// Retry; lanes 1 to 3 fall back after 2 minutes instead of 15.
    RetryFallbackEarly,
    /// Refused: a redirect is never followed; task.
    RefuseRedirect,
}

impl SenderDoes {
    /// What follows from an HTTP status and, if the body was a valid error answer, its code.
    ///
    /// A 2xx lands here only when it was not a `202` with a valid receipt: it did not happen (RXP-80.18).
    pub fn after(status: u16, code: Option<Code>) -> Self {
        match (code, status) {
            (Some(code), status) if code.http() == status => code.sender_does(),
            (_, 300..=399) => Self::RefuseRedirect,
            (_, 401) => Self::ResignOnce,
            (_, 403) => Self::StopForPerson,
            (_, 404) => Self::RefreshContact,
            (_, 409) => Self::FetchState,
            (_, 413) => Self::MoveTextToEvidence,
            (_, 422) => Self::ShowAuthor,
            (_, 425) => Self::RepeatWithoutEarlyData,
            (_, 429) => Self::WaitAsTold,
            (_, 400..=499) => Self::StopForDeveloper,
            (_, 503) => Self::RetryFallbackEarly,
            _ => Self::Retry,
        }
    }

    /// Whether the message stays in the outbox and is tried again without a person.
    pub const fn retries(self) -> bool {
        matches!(
            self,
            Self::ResignOnce
                | Self::ResignAtOnce
                | Self::RefreshKeysOnce
                | Self::RepeatWithoutEarlyData
                | Self::WaitAsTold
                | Self::Retry
                | Self::RetryFallbackEarly
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, http: u16, act: SenderDoes) {
        let found = Code::ALL.iter().find(|known| known.as_str() == code).copied();
        assert_eq!(found.map(Code::http), Some(http), "{code}");
        assert_eq!(SenderDoes::after(http, found), act, "{code}");
    }

    #[test]
    fn error_table() {
        check("bad_json", 400, SenderDoes::StopForDeveloper);
        check("not_ijson", 400, SenderDoes::StopForDeveloper);
        check("too_deep", 400, SenderDoes::StopForDeveloper);
        check("bad_http_signature", 401, SenderDoes::ResignOnce);
        check("stale", 401, SenderDoes::ResignAtOnce);
        check("replay", 401, SenderDoes::ResignAtOnce);
        check("bad_document_signature", 401, SenderDoes::RefreshKeysOnce);
        check("unknown_key", 401, SenderDoes::RefreshKeysOnce);
        check("revoked_key", 401, SenderDoes::RefreshKeysOnce);
        check("capacity", 403, SenderDoes::StopForPerson);
        check("unknown_sender", 403, SenderDoes::Introduce);
        check("wrong_receiver", 404, SenderDoes::RefreshContact);
        check("digest_conflict", 409, SenderDoes::StopAndAlert);
        check("bad_transition", 409, SenderDoes::FetchState);
        check("too_large", 413, SenderDoes::MoveTextToEvidence);
        check("media_type", 415, SenderDoes::StopForDeveloper);
        check("encoding", 415, SenderDoes::StopForDeveloper);
        check("schema", 422, SenderDoes::ShowAuthor);
        check("unknown_field", 422, SenderDoes::ShowAuthor);
        check("unknown_type", 422, SenderDoes::ShowAuthor);
        check("voluntary_notice", 422, SenderDoes::ShowAuthor);
        check("limit", 422, SenderDoes::ShowAuthor);
        check("too_early", 425, SenderDoes::RepeatWithoutEarlyData);
        check("slow_down", 429, SenderDoes::WaitAsTold);
        check("no_durable_storage", 503, SenderDoes::RetryFallbackEarly);
        check("maintenance", 503, SenderDoes::RetryFallbackEarly);
        for (status, act) in [
            (200, SenderDoes::Retry),
            (202, SenderDoes::Retry),
            (302, SenderDoes::RefuseRedirect),
            (500, SenderDoes::Retry),
            (502, SenderDoes::Retry),
            (504, SenderDoes::Retry),
        ] {
            assert_eq!(SenderDoes::after(status, None), act, "{status}");
        }
        assert!(!SenderDoes::after(422, None).retries());
        // A code that does not belong to the status is not believed.
        assert_eq!(SenderDoes::after(422, Some(Code::Replay)), SenderDoes::ShowAuthor);
    }
}
