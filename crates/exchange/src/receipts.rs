//! RXP-02, RXP-32, RXP-40, RXP-41: making a receipt, and believing one. "It happened" is a `202` with a
//! valid receipt, and nothing else.

use crate::atoms::{Digest, LegalBasis, OrgId, WireTime};
use crate::body::Body;
use crate::body::receipt::{Channel, Clock, Flag, LogPlace, Receipt};
use crate::capacity::Capacity;
use crate::document::{Draft, Envelope, Verified, verify};
use crate::error_answer::ErrorAnswer;
use crate::keys::Lookup;
use crate::refused::{Code, Refused, SenderDoes};
use domain::id::{CaseId, MessageId};

/// RXP-41: a larger skew between `sent_at` and `received_at` is flagged, in milliseconds.
pub const SKEW_MS_MAX: i64 = 120_000;
/// RXP-41: a larger possible error of the receiver's clock is flagged, in milliseconds.
pub const CLOCK_ERROR_MS_MAX: u32 = 1000;

/// What the receiver knows after its commit.
#[derive(Debug, Clone)]
pub struct Kept {
    /// A fresh UUIDv7 for the receipt.
    pub id: MessageId,
    /// The receiver's capacity.
    pub capacity: Capacity,
    /// Its legal basis; an authority names one.
    pub legal_basis: Vec<LegalBasis>,
    /// Time of the durable commit.
    pub received_at: WireTime,
    /// How good that time is.
    pub clock: Clock,
    /// The way it came.
    pub channel: Channel,
    /// Its leaf in the receiver's log.
    pub log: LogPlace,
    /// The sender is an authority that the register does not list (RXP-57).
    pub sender_unlisted: bool,
}

/// The receipt of `document`, to be signed by its receiver. A receipt gets none (RXP-21).
pub fn build(document: &Verified, kept: Kept) -> Result<Envelope, Refused> {
    let of = &document.envelope;
    if !of.kind.is_receipted() {
        return Err(Refused::at(Code::BadTransition, "/type", "a receipt is never receipted"));
    }
    let flags = [
        (kept.sender_unlisted, Flag::SenderUnlisted),
        ((kept.received_at.ms() - of.sent_at.ms()).abs() > SKEW_MS_MAX, Flag::Skew),
        (kept.clock.max_error_ms > CLOCK_ERROR_MS_MAX, Flag::ClockUncertain),
        (document.bidi, Flag::BidiControls),
    ];
    let receipt = Receipt {
        of: of.id,
        digest: document.digest.clone(),
        received_at: kept.received_at,
        clock: kept.clock,
        channel: kept.channel,
        flags: flags.into_iter().filter_map(|(set, flag)| set.then_some(flag)).collect(),
        log: kept.log,
    };
    let draft = Draft {
        id: kept.id,
        case: of.case,
        in_reply_to: Some(of.id),
        from: of.to.clone(),
        to: of.from.clone(),
        capacity: kept.capacity,
        legal_basis: kept.legal_basis,
        sent_at: kept.received_at,
        lang: of.lang.clone(),
        handling: None,
    };
    Envelope::draft(draft, &Body::from(receipt))
}

/// What the sender remembers of a message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub id: MessageId,
    /// Its case.
    pub case: CaseId,
    /// Its digest.
    pub digest: Digest,
    /// The sender.
    pub from: OrgId,
    /// The receiver.
    pub to: OrgId,
}

/// It did not happen, and what the sender does then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotHappened {
    /// By RXP-80.
    pub then: SenderDoes,
    /// For the log: never content.
    pub why: String,
    /// The receiver's signed answer, if it gave one.
    pub answer: Option<ErrorAnswer>,
}

/// Judges the answer to a message: the receipt and its document, or what to do instead.
///
/// Only a signed error answer is believed; without one the HTTP status alone decides.
pub fn accept_response(
    (status, body): (u16, &[u8]),
    sent: &Sent,
    now: WireTime,
    lookup: impl Fn(&OrgId, &str) -> Lookup,
) -> Result<(Receipt, Verified), NotHappened> {
    if status == 202 {
        return accept_receipt(body, sent, now, &lookup).map_err(|refused| NotHappened {
            then: SenderDoes::Retry,
            why: format!("202 without a valid receipt: {refused}"),
            answer: None,
        });
    }
    let answer = ErrorAnswer::verify(body, &sent.to, now, &lookup)
        .ok()
        .filter(|answer| answer.of.is_none_or(|of| of == sent.id));
    let code = answer.as_ref().map(|answer| answer.code);
    let why = format!("HTTP {status}, {}", code.map_or("no signed answer", Code::as_str));
    Err(NotHappened { then: SenderDoes::after(status, code), why, answer })
}

/// Verifies a receipt, however it came, and that it is for the message `sent`.
pub fn accept_receipt(
    bytes: &[u8],
    sent: &Sent,
    now: WireTime,
    lookup: impl Fn(&OrgId, &str) -> Lookup,
) -> Result<(Receipt, Verified), Refused> {
    let document = verify(bytes, now, lookup)?;
    let Body::Receipt(receipt) = document.body()? else {
        return Err(Refused::at(Code::Schema, "/type", "not a receipt"));
    };
    let envelope = &document.envelope;
    let fits = [
        (envelope.from == sent.to, "/from"),
        (envelope.to == sent.from, "/to"),
        (envelope.case == sent.case, "/case"),
        (receipt.of == sent.id, "/body/of"),
        (receipt.digest == sent.digest, "/body/digest"),
    ];
    match fits.into_iter().find(|(fit, _)| !fit) {
        None => Ok((*receipt, document)),
        Some((_, field)) => Err(Refused::at(Code::Schema, field, "the receipt of something else")),
    }
}
