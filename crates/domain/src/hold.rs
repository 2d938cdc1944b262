//! Deconfliction: asking others before sending, and their answer (LAW-61 to LAW-64, D18).

use crate::refusal::Refusal;
use crate::words::words;
use jiff::{Timestamp, ToSpan};

/// Longest investigative hold without renewal, in hours (LAW-62).
pub const HOLD_MAX_HOURS: i64 = 72;

words! {
    /// An agency's answer about a subject.
    HoldAnswer {
        /// Nothing stands against it.
        Clear = "clear",
        /// Speak with us first.
        TalkToMe = "talk_to_me",
        /// An investigation would be hurt; ends by itself.
        InvestigativeHold = "investigative_hold",
        /// Another order exists on the same matter.
        AlreadyOrdered = "already_ordered",
        /// Silence after ten seconds: never shown as clear.
        NoAnswer = "no_answer",
        /// There is nobody to ask (D18).
        NoPartnerConfigured = "no_partner_configured",
    }
}

words! {
    /// Where a hold stands.
    HoldState {
        /// In force.
        Active = "active",
        /// Taken back by its agency.
        Lifted = "lifted",
        /// Ended by itself.
        Expired = "expired",
    }
}

words! {
    /// What happens to a hold.
    HoldEvent {
        /// Placed or renewed, with reasons.
        Placed = "placed",
        /// Taken back.
        Lifted = "lifted",
        /// Its time ended.
        Expired = "expired",
    }
}

/// The next state of a hold.
pub fn next(state: Option<HoldState>, event: HoldEvent) -> Result<HoldState, Refusal> {
    match (state, event) {
        (None | Some(HoldState::Active), HoldEvent::Placed) => Ok(HoldState::Active),
        (Some(HoldState::Active), HoldEvent::Lifted) => Ok(HoldState::Lifted),
        (Some(HoldState::Active), HoldEvent::Expired) => Ok(HoldState::Expired),
        (state, event) => Err(Refusal::new(
            "LAW-62",
            "bad_transition",
            format!("A hold that is \"{}\" cannot be \"{event}\".", state.map_or("new", HoldState::word)),
        )),
    }
}

/// The end of a hold placed now: what was asked for, at most 72 hours (LAW-62).
pub fn until(now: Timestamp, hours: i64) -> Result<Timestamp, Refusal> {
    if !(1..=HOLD_MAX_HOURS).contains(&hours) {
        return Err(Refusal::new(
            "LAW-62",
            "hold_too_long",
            format!(
                "A hold lasts 1 to {HOLD_MAX_HOURS} hours; renew it with reasons when it must last longer."
            ),
        ));
    }
    now.checked_add(hours.hours())
        .map_err(|_| Refusal::new("LAW-62", "hold_too_long", "The end is out of range."))
}

/// Whether an answer stops a referral of the subject now.
#[must_use]
pub fn stops(answer: HoldAnswer, until: Option<Timestamp>, now: Timestamp) -> bool {
    match answer {
        HoldAnswer::InvestigativeHold | HoldAnswer::TalkToMe => until.is_none_or(|end| now < end),
        HoldAnswer::AlreadyOrdered => true,
        HoldAnswer::Clear | HoldAnswer::NoAnswer | HoldAnswer::NoPartnerConfigured => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hold_expires() {
        let now = Timestamp::UNIX_EPOCH;
        let Ok(end) = until(now, 72) else { panic!("72 hours are allowed") };
        assert!(stops(HoldAnswer::InvestigativeHold, Some(end), now));
        assert!(!stops(HoldAnswer::InvestigativeHold, Some(end), end));
        assert!(until(now, 73).is_err());
    }

    #[test]
    fn silence_is_not_clear() {
        assert_ne!(HoldAnswer::NoAnswer, HoldAnswer::Clear);
        assert!(next(Some(HoldState::Expired), HoldEvent::Lifted).is_err());
    }
}
