//! RXP/1 on the wire: canonical form, signatures, one file a message family.
//!
//! Pure: no I/O, no clock, no randomness. Times, ids, nonces and keys are handed in; what the caller must
//! remember (nonces, ids, contact files) is handed back.
//!
//! A document goes out as `Envelope::draft(…)?.sign(&key)?` and comes in as `verify(bytes, now, keys)?.body()?`.

/// Cases of a property test: `few`, or what `RENVOI_TRIALS` says.
#[cfg(test)]
fn trials(few: u32) -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(few)
}

pub mod answer;
pub mod atoms;
pub mod body;
pub mod canonical;
pub mod capacity;
pub mod contact;
pub mod document;
pub mod error_answer;
pub mod http_signature;
pub mod ijson;
pub mod jws;
pub mod keys;
pub mod ladder;
pub mod limits;
pub mod liveness;
pub mod mail;
pub mod message_type;
pub mod receipts;
pub mod refused;
pub mod retry;
mod schema;
pub mod voluntary_notice;

pub use answer::Answer;
pub use atoms::{Digest, ItemRef, Lang, LegalBasis, OrgId, Territory, WireTime};
pub use body::Body;
pub use capacity::Capacity;
pub use document::{Draft, Envelope, MEDIA_TYPE, Signed, Verified, open, verify};
pub use keys::{Jwk, Jwks, Lookup};
pub use message_type::{Lane, MessageType};
pub use refused::{Code, Refused, SenderDoes};
