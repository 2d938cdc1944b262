//! A referral: draws a provider's attention, for its voluntary consideration (LAW-01 to LAW-03).
//!
//! There is no deadline, no sanction and no `overdue` here, and no way to turn a referral into an order.
//! Removal orders will be a type, a table and a page of their own.

use crate::refusal::Refusal;
use crate::words::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// Where a referral stands (RXP-70).
    State {
        /// Being put together.
        Draft = "draft",
        /// Its assessment is complete.
        Assessed = "assessed",
        /// Another person confirmed; not yet sent.
        Approved = "approved",
        /// Built, signed and in the outbox.
        Queued = "queued",
        /// A relay took it; the provider has not confirmed.
        Delivered = "delivered",
        /// The provider's signed receipt is here.
        Acknowledged = "acknowledged",
        /// The provider asked something.
        InDialogue = "in_dialogue",
        /// Every item has a final answer (D5).
        OutcomeKnown = "outcome_known",
        /// The ladder ended without an answer; neutral.
        NoAnswer = "no_answer",
        /// It could not be delivered.
        Undeliverable = "undeliverable",
        /// A second person said no.
        Rejected = "rejected",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Done; retention runs.
        Closed = "closed",
    }
}

words! {
    /// What happens to a referral (RXP-70).
    Event {
        /// Kinds, statement and exemption block are complete.
        Assess = "assess",
        /// Something was changed before it was sent.
        Edit = "edit",
        /// A second person said no.
        Reject = "reject",
        /// A second person confirmed.
        Approve = "approve",
        /// Pre-flight passed: message built, signed, in the outbox.
        Enqueue = "enqueue",
        /// A deconfliction answer holds it back.
        Hold = "hold",
        /// A mail relay took it.
        RelayAccepted = "relay_accepted",
        /// A valid signed receipt came.
        Receipt = "receipt",
        /// Retries and fallback are spent.
        GiveUp = "give_up",
        /// `received` or `under_review` for an item.
        Progress = "progress",
        /// `needs_information`.
        Question = "question",
        /// Our answer to the question was receipted.
        Informed = "informed",
        /// Every item has a final answer now.
        Outcome = "outcome",
        /// A final answer came, others are still open.
        PartialOutcome = "partial_outcome",
        /// A reminder was sent.
        Remind = "remind",
        /// All steps of the ladder are done.
        LadderEnd = "ladder_end",
        /// Two checks say that it is gone, cause unknown.
        Gone = "gone",
        /// Taken back by one person.
        Withdraw = "withdraw",
        /// Every receiver of the withdrawal gave a receipt.
        AllAcknowledged = "all_acknowledged",
        /// Closed by a person or by time.
        Close = "close",
        /// Contested, an outcome is recorded.
        ContestAfterOutcome = "contest_after_outcome",
        /// Contested, no outcome is recorded.
        ContestWithoutOutcome = "contest_without_outcome",
    }
}

/// The state before the row exists is [`State::Draft`].
pub fn next(state: State, event: Event) -> Result<State, Refusal> {
    use Event as E;
    use State as S;
    match (state, event) {
        (S::Draft, E::Assess) => Ok(S::Assessed),
        (S::Assessed | S::Approved, E::Edit) => Ok(S::Draft),
        (S::Assessed, E::Reject) => Ok(S::Rejected),
        (S::Assessed, E::Approve) => Ok(S::Approved),
        (S::Approved | S::Undeliverable, E::Enqueue) => Ok(S::Queued),
        (S::Queued, E::Hold) => Ok(S::Approved),
        (S::Queued, E::RelayAccepted) => Ok(S::Delivered),
        (S::Queued | S::Delivered, E::Receipt) => Ok(S::Acknowledged),
        (S::Queued | S::Delivered, E::GiveUp) => Ok(S::Undeliverable),
        (S::Acknowledged, E::Progress | E::PartialOutcome | E::Remind) => Ok(S::Acknowledged),
        // Who asked may ask again, or say that they are looking (docs/decisions/0016).
        (S::InDialogue, E::PartialOutcome | E::Progress | E::Question) => Ok(S::InDialogue),
        (S::Acknowledged | S::NoAnswer, E::Question) => Ok(S::InDialogue),
        (S::NoAnswer, E::Progress | E::PartialOutcome) => Ok(S::NoAnswer),
        // What comes after the last word is kept and changes nothing.
        (S::OutcomeKnown | S::Closed, E::Progress | E::PartialOutcome | E::Question) => Ok(state),
        (S::Closed, E::Outcome) => Ok(S::Closed),
        (S::InDialogue, E::Informed) => Ok(S::Acknowledged),
        (S::Acknowledged | S::InDialogue | S::NoAnswer | S::OutcomeKnown, E::Outcome) => Ok(S::OutcomeKnown),
        (S::Acknowledged | S::Delivered, E::LadderEnd) => Ok(S::NoAnswer),
        (S::Acknowledged | S::NoAnswer, E::Gone) => Ok(S::NoAnswer),
        (
            S::Draft
            | S::Assessed
            | S::Approved
            | S::Queued
            | S::Delivered
            | S::Acknowledged
            | S::InDialogue
            | S::OutcomeKnown
            | S::NoAnswer,
            E::Withdraw,
        ) => Ok(S::Withdrawn),
        (S::Withdrawn, E::AllAcknowledged) => Ok(S::Closed),
        (S::Withdrawn, E::Outcome | E::PartialOutcome | E::Progress | E::Question | E::Receipt) => {
            Ok(S::Withdrawn)
        }
        (S::OutcomeKnown | S::NoAnswer | S::Undeliverable | S::Rejected, E::Close) => Ok(S::Closed),
        (S::Closed, E::ContestAfterOutcome) => Ok(S::OutcomeKnown),
        (S::Closed, E::ContestWithoutOutcome) => Ok(S::NoAnswer),
        (
            S::OutcomeKnown | S::NoAnswer | S::Acknowledged,
            E::ContestAfterOutcome | E::ContestWithoutOutcome,
        ) => Ok(state),
        (state, event) => Err(Refusal::new(
            "RXP-70",
            "bad_transition",
            format!(
                "A referral that is \"{state}\" cannot take \"{event}\". Load the page again to see where it stands."
            ),
        )),
    }
}

words! {
    /// A provider's answer to an item (RXP-111). `no_action` is a normal answer.
    Answer {
        /// A person or queue has it.
        Received = "received",
        /// Being judged.
        UnderReview = "under_review",
        /// A question.
        NeedsInformation = "needs_information",
        /// Deleted.
        Removed = "removed",
        /// No access anywhere, reversible.
        DisabledEverywhere = "disabled_everywhere",
        /// No access in all Member States.
        DisabledInUnion = "disabled_in_union",
        /// No access in named territories.
        GeoBlocked = "geo_blocked",
        /// Some parts.
        PartiallyRemoved = "partially_removed",
        /// For adults only.
        AgeRestricted = "age_restricted",
        /// Reach reduced.
        Demoted = "demoted",
        /// Labelled.
        Labelled = "labelled",
        /// Interaction restricted.
        InteractionRestricted = "interaction_restricted",
        /// No income from it.
        Demonetised = "demonetised",
        /// The account is suspended.
        AccountSuspended = "account_suspended",
        /// The account is closed.
        AccountTerminated = "account_terminated",
        /// Not there on arrival.
        AlreadyGone = "already_gone",
        /// Its author removed it.
        RemovedByUser = "removed_by_user",
        /// The address never led to an item.
        NotFound = "not_found",
        /// Another host.
        NotOurService = "not_our_service",
        /// Looked at; stays.
        NoAction = "no_action",
        /// Technical reason.
        UnableNow = "unable_now",
        /// Content kept for law or evidence; beside another answer.
        Preserved = "preserved",
        /// Back online after a complaint.
        RestoredAfterComplaint = "restored_after_complaint",
        /// Back online after review.
        RestoredAfterReview = "restored_after_review",
        /// Back online after our withdrawal.
        RestoredAfterWithdrawal = "restored_after_withdrawal",
    }
}

impl Answer {
    /// Whether it ends the matter for the item (RXP-111, column "Final").
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(
            self,
            Self::Received | Self::UnderReview | Self::NeedsInformation | Self::UnableNow | Self::Preserved
        )
    }

    /// Whether nobody can reach the item any more because the provider acted.
    #[must_use]
    pub fn is_removal(self) -> bool {
        matches!(
            self,
            Self::Removed
                | Self::DisabledEverywhere
                | Self::DisabledInUnion
                | Self::AccountTerminated
                | Self::AccountSuspended
        )
    }

    /// Whether the provider did something about the item that it can undo: it is gone, or less of it is seen.
    #[must_use]
    pub fn is_measure(self) -> bool {
        let restored =
            [Self::RestoredAfterComplaint, Self::RestoredAfterReview, Self::RestoredAfterWithdrawal];
        let found_so = [Self::AlreadyGone, Self::RemovedByUser, Self::NotFound, Self::NotOurService];
        self.is_final() && self != Self::NoAction && !restored.contains(&self) && !found_so.contains(&self)
    }
}

/// Whether an item waits for a word of its provider, whose last one was `answer`.
///
/// While the referral stands, until the answer is final. When it was taken back after the provider acted, until the
/// provider says that the item is back, or that it stays as it is for reasons of its own (RXP-122).
#[must_use]
pub fn waits_for_provider(taken_back: bool, answer: Option<Answer>) -> bool {
    match answer {
        None => !taken_back,
        Some(answer) if taken_back => answer.is_measure(),
        Some(answer) => !answer.is_final(),
    }
}

/// What a set of item answers means for the referral (D5): the answer state is per item.
#[must_use]
pub fn event_of_answers(open_after: usize, answers: &[Answer]) -> Event {
    if answers.contains(&Answer::NeedsInformation) {
        Event::Question
    } else if open_after == 0 && answers.iter().any(|answer| answer.is_final()) {
        Event::Outcome
    } else if answers.iter().any(|answer| answer.is_final()) {
        Event::PartialOutcome
    } else {
        Event::Progress
    }
}

/// Why a referral is taken back (RXP-121).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// Another item was meant.
    WrongItem,
    /// The assessment was wrong.
    WrongAssessment,
    /// The expression is protected.
    ProtectedExpression,
    /// It was sent before.
    Duplicate,
    /// It should not have gone out.
    SentInError,
    /// A court said so.
    Court,
    /// Something else; see the text.
    Other,
}

/// How long a provider took, in seconds; never a deadline, only a figure.
#[must_use]
pub fn answer_took_s(received_at: Timestamp, answered_at: Timestamp) -> i64 {
    (answered_at.as_second() - received_at.as_second()).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn referral_machine() {
        let mut table = String::new();
        for state in State::ALL {
            for event in Event::ALL {
                if let Ok(after) = next(*state, *event) {
                    table.push_str(&format!("{state} + {event} -> {after}\n"));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn referral_has_no_deadline() {
        for word in State::ALL.iter().map(|s| s.word()).chain(Event::ALL.iter().map(|e| e.word())) {
            for clock in ["overdue", "deadline", "due", "late", "expired", "sanction"] {
                assert!(!word.contains(clock), "{word}");
            }
        }
    }

    #[test]
    fn random_histories_end_nowhere_strange() {
        use proptest::prelude::*;
        proptest!(|(steps in proptest::collection::vec(0..Event::ALL.len(), 0..60))| {
            let mut state = State::Draft;
            let mut sent = false;
            for step in steps {
                let event = Event::ALL[step];
                // Nobody answers what they did not receive.
                if !sent && matches!(event, Event::Question | Event::Progress | Event::PartialOutcome) { continue; }
                if let Ok(after) = next(state, event) {
                    if event == Event::Enqueue { sent = true; }
                    prop_assert!(sent || !matches!(after, State::Acknowledged | State::Delivered | State::InDialogue));
                    state = after;
                }
            }
        });
    }

    #[test]
    fn needs_info_stops_ladder() {
        assert_eq!(next(State::Acknowledged, Event::Question), Ok(State::InDialogue));
        assert!(next(State::InDialogue, Event::Remind).is_err());
        assert_eq!(next(State::InDialogue, Event::Question), Ok(State::InDialogue), "they ask again");
        assert_eq!(next(State::NoAnswer, Event::Question), Ok(State::InDialogue), "late, and heard");
    }

    #[test]
    fn what_was_taken_back_waits_for_who_acted() {
        for answer in Answer::ALL.iter().copied() {
            let nothing_done = matches!(
                answer.word(),
                "received"
                    | "under_review"
                    | "needs_information"
                    | "unable_now"
                    | "preserved"
                    | "no_action"
                    | "already_gone"
                    | "removed_by_user"
                    | "not_found"
                    | "not_our_service"
                    | "restored_after_complaint"
                    | "restored_after_review"
                    | "restored_after_withdrawal"
            );
            assert_eq!(waits_for_provider(true, Some(answer)), !nothing_done, "{answer:?} and taken back");
            assert_eq!(waits_for_provider(false, Some(answer)), !answer.is_final(), "{answer:?}");
        }
        assert!(waits_for_provider(false, None));
        assert!(!waits_for_provider(true, None));
    }

    #[test]
    fn answers_are_counted_per_item() {
        assert_eq!(event_of_answers(2, &[Answer::Removed]), Event::PartialOutcome);
        assert_eq!(event_of_answers(0, &[Answer::Removed, Answer::NoAction]), Event::Outcome);
        assert_eq!(event_of_answers(1, &[Answer::Removed, Answer::NeedsInformation]), Event::Question);
        assert_eq!(event_of_answers(3, &[Answer::UnderReview]), Event::Progress);
    }
}
