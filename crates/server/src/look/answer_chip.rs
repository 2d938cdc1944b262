//! Answers of providers: one neutral outline for all of them. `no_action` has the
//! place, size and colour of `removed` (RXP-111).

use super::exemption::{Exemption, Finds};
use super::signs::{Sign, sign};
use crate::words::Words;
use maud::{Markup, html};

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal, $key:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// Every value, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code of the wire and of the forms.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The value of a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// Its words.
            #[must_use]
            pub fn word(self, w: &Words) -> String {
                w.t(match self { $(Self::$variant => $key,)* })
            }
        }
    };
}
pub(super) use coded;

coded! {
    /// The vocabulary of RXP-111.
    Answer {
        /// A person or queue has it.
        Received = "received", "answer-received";
        /// Being judged.
        UnderReview = "under_review", "answer-under-review";
        /// A question to us.
        NeedsInformation = "needs_information", "answer-needs-information";
        /// Deleted by the provider.
        Removed = "removed", "answer-removed";
        /// No access anywhere.
        DisabledEverywhere = "disabled_everywhere", "answer-disabled-everywhere";
        /// No access in all Member States.
        DisabledInUnion = "disabled_in_union", "answer-disabled-in-union";
        /// Blocked in some countries only.
        GeoBlocked = "geo_blocked", "answer-geo-blocked";
        /// Some parts.
        PartiallyRemoved = "partially_removed", "answer-partially-removed";
        /// For adults only.
        AgeRestricted = "age_restricted", "answer-age-restricted";
        /// Less reach.
        Demoted = "demoted", "answer-demoted";
        /// With a label.
        Labelled = "labelled", "answer-labelled";
        /// No comments or shares.
        InteractionRestricted = "interaction_restricted", "answer-interaction-restricted";
        /// No money.
        Demonetised = "demonetised", "answer-demonetised";
        /// Account stopped for a time.
        AccountSuspended = "account_suspended", "answer-account-suspended";
        /// Account ended.
        AccountTerminated = "account_terminated", "answer-account-terminated";
        /// Not there on arrival.
        AlreadyGone = "already_gone", "answer-already-gone";
        /// Its author removed it.
        RemovedByUser = "removed_by_user", "answer-removed-by-user";
        /// The address never led to an item.
        NotFound = "not_found", "answer-not-found";
        /// Another host.
        NotOurService = "not_our_service", "answer-not-our-service";
        /// A normal answer.
        NoAction = "no_action", "answer-no-action";
        /// A technical reason.
        UnableNow = "unable_now", "answer-unable-now";
        /// Kept for law or evidence.
        Preserved = "preserved", "answer-preserved";
        /// Back online.
        RestoredAfterComplaint = "restored_after_complaint", "answer-restored-after-complaint";
        /// Back online.
        RestoredAfterReview = "restored_after_review", "answer-restored-after-review";
        /// Back online.
        RestoredAfterWithdrawal = "restored_after_withdrawal", "answer-restored-after-withdrawal";
    }
}

coded! {
    /// Why no action (RXP-111.17); nobody need say.
    Reason {
        /// No breach of the terms.
        NoBreach = "no_breach", "reason-no-breach";
        /// Protected expression.
        ProtectedExpression = "protected_expression", "reason-protected-expression";
        /// News or research.
        NewsOrResearch = "news_or_research", "reason-news-or-research";
        /// Speech against it.
        CounterSpeech = "counter_speech", "reason-counter-speech";
        /// Not in scope.
        OutOfScope = "out_of_scope", "reason-out-of-scope";
        /// Seen before.
        Duplicate = "duplicate", "reason-duplicate";
        /// Another reason.
        Other = "other", "reason-other";
    }
}

impl Answer {
    /// The answers that have a button of their own in the inbox.
    pub const BUTTONS: [Self; 10] = [
        Self::Removed,
        Self::DisabledEverywhere,
        Self::DisabledInUnion,
        Self::GeoBlocked,
        Self::NoAction,
        Self::AlreadyGone,
        Self::RemovedByUser,
        Self::NotOurService,
        Self::UnderReview,
        Self::NeedsInformation,
    ];

    const fn sign(self) -> Sign {
        match self {
            Self::Received | Self::UnderReview | Self::UnableNow => Sign::Seen,
            Self::NeedsInformation => Sign::Info,
            _ => Sign::Check,
        }
    }
}

/// What a provider says that thinks a referral wrong, in the same words on both sides.
#[must_use]
pub fn look_again_chip(w: &Words) -> Markup {
    html! { span.chip { (sign(Sign::Again)) (w.t("asked-look-again")) } }
}

/// The answer: tick = final, eye = under review, i = asks us.
#[must_use]
pub fn answer_chip(answer: Answer, w: &Words) -> Markup {
    html! { span.chip { (sign(answer.sign())) (answer.word(w)) } }
}

/// What the sender considered, in one sentence (LAW-15).
#[must_use]
pub fn considered(found: &[(Exemption, Finds)], w: &Words) -> String {
    let said: Vec<String> =
        found.iter().map(|(question, finds)| format!("{} {}", question.word(w), finds.word(w))).collect();
    w.list(&said)
}
