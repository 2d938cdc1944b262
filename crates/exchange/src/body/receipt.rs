//! `receipt` (RXP-20.07, RXP-40): the document is kept, and this is when. The only proof that "it happened".

use crate::atoms::{Digest, WireTime};
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use domain::id::MessageId;
use serde::{Deserialize, Serialize};

/// The body of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The message received.
    #[serde(deserialize_with = "crate::atoms::message_id")]
    pub of: MessageId,
    /// Its digest.
    pub digest: Digest,
    /// When it was committed durably. The one-hour clock of an order uses this and nothing else.
    pub received_at: WireTime,
    /// How good that time is.
    pub clock: Clock,
    /// The way it came.
    pub channel: Channel,
    /// What the receiver noticed.
    pub flags: Vec<Flag>,
    /// Its leaf in the receiver's log (RXP-38).
    pub log: LogPlace,
}

/// The receiver's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// What it follows, e.g. `ntp`.
    pub source: String,
    /// Its greatest error, in milliseconds.
    pub max_error_ms: u32,
    /// When that was measured.
    pub checked_at: WireTime,
}

/// The way a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// RXP over HTTPS.
    Rxp,
    /// The fallback mail (RXP-47).
    Email,
    /// The signed link (RXP-48).
    WebInbox,
}

/// What the receiver noticed; never a reason to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// An authority that is not in the register (RXP-57).
    SenderUnlisted,
    /// `sent_at` and `received_at` are more than 120 s apart (RXP-41).
    Skew,
    /// The receiver's clock may be wrong by more than 1000 ms (RXP-41).
    ClockUncertain,
    /// Some text holds bidirectional controls (RXP-12).
    BidiControls,
}

/// A leaf of a transparency log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogPlace {
    /// The log.
    pub origin: String,
    /// The leaf, from 0.
    pub index: u64,
}

impl Receipt {
    pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
        if envelope.in_reply_to != Some(self.of) {
            return Err(Refused::at(Code::Schema, "/body/of", "a receipt replies to what it receipts"));
        }
        limits::REFERENCE_CHARS.text("/body/clock/source", &self.clock.source)?;
        limits::FLAGS.count("/body/flags", &self.flags)?;
        limits::ADDRESS_CHARS.text("/body/log/origin", &self.log.origin)
    }
}
