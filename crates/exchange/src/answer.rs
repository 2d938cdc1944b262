//! RXP-111: what a provider may answer, whether it is final, and how others call it.

use serde::{Deserialize, Serialize};

/// How public archives of notices count an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionTaken {
    /// The item cannot be reached anywhere.
    Yes,
    /// Somewhere, or in part.
    Partial,
    /// Nothing was done by the provider.
    No,
    /// Not said.
    Unspecified,
}

/// What an answer means for a TCO removal order, where other messages are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InOrders {
    /// Has no counterpart.
    None,
    /// Annex II `removed`.
    Annex2Removed,
    /// Annex II `disabled_in_all_member_states`.
    Annex2Disabled,
    /// Annex II, item by item.
    PerItem,
    /// Does not fulfil an order.
    NotEnough,
    /// Fulfils an order only if the item cannot be reached either.
    IfItemGone,
    /// Annex II is not used; a note.
    Note,
    /// Annex III, ground 1: force majeure or de facto impossibility.
    Annex3Impossible,
    /// Annex III, ground 2: manifest errors, or not the host.
    Annex3Error,
    /// Annex III, ground 3: insufficient information.
    Annex3Information,
    /// Cannot be answered to an order.
    NotAvailable,
    /// TCO Article 6.
    Preservation,
    /// TCO 4(7) and 10.
    Reinstatement,
}

macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident $word:literal final $is_final:literal $archive:ident $visibility:expr, $orders:ident;)+) => {
        /// A provider's answer for a group of items.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Answer {$($(#[$doc])* #[serde(rename = $word)] $name,)+}

        impl Answer {
            /// Every answer, in the order of RXP-111.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {$(Self::$name => $word,)+}
            }

            /// Whether it ends the matter (until the provider changes its mind).
            pub const fn is_final(self) -> bool {
                match self {$(Self::$name => $is_final,)+}
            }

            /// In public archives of notices.
            pub const fn archive(self) -> ActionTaken {
                match self {$(Self::$name => ActionTaken::$archive,)+}
            }

            /// In the DSA Transparency Database, without its field prefix (LAW-87.01 to .04).
            pub const fn dsa_value(self) -> Option<&'static str> {
                match self {$(Self::$name => $visibility,)+}
            }

            /// In answers to removal orders.
            pub const fn in_orders(self) -> InOrders {
                match self {$(Self::$name => InOrders::$orders,)+}
            }
        }
    };
}

answers! {
    /// A person or queue has it.
    Received "received" final false Unspecified None, None;
    /// Being judged.
    UnderReview "under_review" final false Unspecified None, None;
    /// A question, in `note`; the ladder stops.
    NeedsInformation "needs_information" final false Unspecified None, Annex3Information;
    /// Deleted by the provider.
    Removed "removed" final true Yes Some("CONTENT_REMOVED"), Annex2Removed;
    /// No access anywhere, reversible.
    DisabledEverywhere "disabled_everywhere" final true Yes Some("CONTENT_DISABLED"), Annex2Disabled;
    /// No access in all Member States.
    DisabledInUnion "disabled_in_union" final true Partial Some("CONTENT_DISABLED"), Annex2Disabled;
    /// No access in `territories`.
    GeoBlocked "geo_blocked" final true Partial Some("CONTENT_DISABLED"), NotEnough;
    /// Some items or parts.
    PartiallyRemoved "partially_removed" final true Partial None, PerItem;
    /// For adults only.
    AgeRestricted "age_restricted" final true Partial Some("CONTENT_AGE_RESTRICTED"), NotEnough;
    /// Shown less.
    Demoted "demoted" final true Partial Some("CONTENT_DEMOTED"), NotEnough;
    /// Shown with a label.
    Labelled "labelled" final true Partial Some("CONTENT_LABELLED"), NotEnough;
    /// Cannot be shared or answered.
    InteractionRestricted "interaction_restricted" final true Partial Some("CONTENT_INTERACTION_RESTRICTED"), NotEnough;
    /// Earns no money.
    Demonetised "demonetised" final true Partial Some("DECISION_MONETARY_SUSPENSION"), NotEnough;
    /// The account is closed for a time.
    AccountSuspended "account_suspended" final true Yes Some("DECISION_ACCOUNT_SUSPENDED"), IfItemGone;
    /// The account is closed for good.
    AccountTerminated "account_terminated" final true Yes Some("DECISION_ACCOUNT_TERMINATED"), IfItemGone;
    /// Not there on arrival, cause unknown.
    AlreadyGone "already_gone" final true No None, Note;
    /// The author removed it.
    RemovedByUser "removed_by_user" final true No None, Note;
    /// The address never led to an item.
    NotFound "not_found" final true No None, Annex3Error;
    /// Another host has it.
    NotOurService "not_our_service" final true No None, Annex3Error;
    /// A normal answer: nothing is done, with a reason.
    NoAction "no_action" final true No None, NotAvailable;
    /// A technical reason, with an expected time.
    UnableNow "unable_now" final false Unspecified None, Annex3Impossible;
    /// Added to another answer: kept for law or evidence.
    Preserved "preserved" final false Unspecified None, Preservation;
    /// Back online after a complaint.
    RestoredAfterComplaint "restored_after_complaint" final true No None, Reinstatement;
    /// Back online after a review.
    RestoredAfterReview "restored_after_review" final true No None, Reinstatement;
    /// Back online after a withdrawal.
    RestoredAfterWithdrawal "restored_after_withdrawal" final true No None, Reinstatement;
}

impl Answer {
    /// `preserved` only adds to another answer for the same item.
    pub const fn is_add_on(self) -> bool {
        matches!(self, Self::Preserved)
    }

    /// The item is back online.
    pub const fn is_restored(self) -> bool {
        matches!(
            self,
            Self::RestoredAfterComplaint | Self::RestoredAfterReview | Self::RestoredAfterWithdrawal
        )
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// RXP-111.17: why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoActionReason {
    /// It breaks no rule of the provider.
    NoBreach,
    /// It is protected expression.
    ProtectedExpression,
    /// News or research.
    NewsOrResearch,
    /// It speaks against the cause.
    CounterSpeech,
    /// Nothing the provider decides on.
    OutOfScope,
    /// Sent before.
    Duplicate,
    /// Another reason.
    Other,
}

impl NoActionReason {
    /// By its word on the wire.
    pub fn from_word(word: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn answer_vocabulary() {
        let mut table = String::new();
        for answer in Answer::ALL {
            let _ = writeln!(
                table,
                "{answer} {} {:?} {} {:?}",
                if answer.is_add_on() {
                    "add-on"
                } else if answer.is_final() {
                    "final"
                } else {
                    "open"
                },
                answer.archive(),
                answer.dsa_value().unwrap_or("-"),
                answer.in_orders(),
            );
        }
        insta::assert_snapshot!(table);
        assert!(Answer::NoAction.is_final());
        assert_eq!(NoActionReason::from_word("no_breach"), Some(NoActionReason::NoBreach));
        assert_eq!(NoActionReason::from_word("lazy"), None);
    }
}
