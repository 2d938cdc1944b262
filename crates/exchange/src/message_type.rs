//! RXP-20, RXP-37: the 33 message types, their lanes, and which of them this version speaks.

use serde::{Deserialize, Serialize};

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident $word:literal lane $lane:literal reply $reply:literal,)+) => {
        /// What a message is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum MessageType {$($(#[$doc])* #[serde(rename = $word)] $name,)+}

        impl MessageType {
            /// Every type, in the order of RXP-20.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {$(Self::$name => $word,)+}
            }

            /// RXP-37: 1 goes first, 5 last. A receipt travels with what it answers; alone it counts as lane 2.
            pub const fn lane(self) -> Lane {
                match self {$(Self::$name => Lane($lane),)+}
            }

            /// Whether it always answers another message.
            pub const fn needs_in_reply_to(self) -> bool {
                match self {$(Self::$name => $reply,)+}
            }
        }
    };
}

types! {
    /// TCO 3(2), authority to provider.
    FirstOrderInformation "first_order_information" lane 2 reply false,
    /// For the provider's voluntary consideration (TCO recital 40).
    Referral "referral" lane 4 reply false,
    /// A referral without answer, once more.
    Reminder "reminder" lane 5 reply true,
    /// DSA Article 16.
    Notice "notice" lane 4 reply false,
    /// TCO Article 3, Annex I.
    RemovalOrder "removal_order" lane 2 reply false,
    /// DSA Article 9.
    DsaOrder "dsa_order" lane 2 reply false,
    /// "It happened."
    Receipt "receipt" lane 2 reply true,
    /// TCO Annex II.
    ActionReport "action_report" lane 2 reply true,
    /// TCO Annex III.
    ImpossibilityReport "impossibility_report" lane 2 reply true,
    /// TCO 3(7): execution is possible again.
    GroundsCeased "grounds_ceased" lane 2 reply true,
    /// TCO 3(8).
    Clarification "clarification" lane 2 reply true,
    /// DSA 9(1).
    DsaEffectReport "dsa_effect_report" lane 2 reply true,
    /// The provider's answer.
    Outcome "outcome" lane 4 reply true,
    /// The sender's answer to a question.
    Information "information" lane 4 reply true,
    /// A message was wrong.
    Withdrawal "withdrawal" lane 3 reply true,
    /// Some fields of a message were wrong.
    Correction "correction" lane 3 reply true,
    /// TCO 11(3).
    NonDisclosureUpdate "non_disclosure_update" lane 2 reply true,
    /// TCO 6(2).
    PreservationRequest "preservation_request" lane 2 reply true,
    /// TCO 3(9).
    OrderFinalNotice "order_final_notice" lane 2 reply true,
    /// TCO 4(1).
    ScrutinyCopy "scrutiny_copy" lane 3 reply true,
    /// TCO 4(4).
    ScrutinyRequest "scrutiny_request" lane 3 reply true,
    /// TCO 4(5).
    ScrutinyIntent "scrutiny_intent" lane 3 reply true,
    /// TCO 4(6).
    ScrutinyDecision "scrutiny_decision" lane 3 reply true,
    /// TCO 4(7): it is back.
    ReinstatementReport "reinstatement_report" lane 3 reply true,
    /// Provider or author disagree.
    Contest "contest" lane 3 reply true,
    /// The reasoned decision on it.
    ContestDecision "contest_decision" lane 3 reply true,
    /// TCO 14(5), DSA 18.
    ThreatToLife "threat_to_life" lane 1 reply false,
    /// TCO 14(1).
    DeconflictQuery "deconflict_query" lane 3 reply false,
    /// The machine's answer to it.
    DeconflictAnswer "deconflict_answer" lane 3 reply true,
    /// Signals for a peer.
    HashPublish "hash_publish" lane 5 reply false,
    /// Signals that no longer count. (Lane 3: it undoes harm, as a withdrawal does.)
    HashRetract "hash_retract" lane 3 reply true,
    /// A peer disagrees with a signal.
    HashDispute "hash_dispute" lane 5 reply true,
    /// How the provider wants to be written to.
    ContactPreferences "contact_preferences" lane 4 reply false,
}

/// RXP-37: 1 (threat to life) to 5 (reminders, hashes), strictly prioritised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(u8);

impl Lane {
    /// The lane of a stored number; anything out of range is the last lane.
    pub const fn of_number(number: i64) -> Self {
        match number {
            1 => Self(1),
            2 => Self(2),
            3 => Self(3),
            4 => Self(4),
            _ => Self(5),
        }
    }

    /// 1 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Lanes 1 to 3: no rate limit, fallback within minutes.
    pub const fn is_pressing(self) -> bool {
        self.0 <= 3
    }
}

impl MessageType {
    /// By its word on the wire.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str() == word)
    }

    /// Whether this version reads the body; of the others it verifies envelope and signature only, and
    /// answers `422 unknown_type`.
    pub const fn is_spoken(self) -> bool {
        matches!(
            self,
            Self::Referral
                | Self::Reminder
                | Self::Receipt
                | Self::Outcome
                | Self::Information
                | Self::Withdrawal
                | Self::Correction
                | Self::ReinstatementReport
                | Self::Contest
                | Self::ContestDecision
                | Self::ContactPreferences
        )
    }

    /// RXP-21: a receipt is the one type that gets no receipt.
    pub const fn is_receipted(self) -> bool {
        !matches!(self, Self::Receipt)
    }
}

impl std::fmt::Display for MessageType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
