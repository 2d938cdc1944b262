//! Ids: UUIDv7 newtypes, so that an id of one noun never stands for another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A tenant.
    AgencyId,
    /// A person of an agency.
    PersonId,
    /// What is looked at: item, account, channel, site.
    SubjectId,
    /// A subject seen by a source at a time.
    ObservationId,
    /// One intake: a file or a request.
    BatchId,
    /// A curated list of signals.
    BankId,
    /// A value to match.
    SignalId,
    /// Items that are the same content.
    ClusterId,
    /// A person's reasoned decision.
    AssessmentId,
    /// A deconfliction answer.
    HoldId,
    /// What joins the messages about one matter.
    CaseId,
    /// A referral.
    ReferralId,
    /// An entry of the provider book.
    ProviderId,
    /// A joint action.
    OperationId,
    /// An act that waits for a second person.
    ProposalId,
    /// A message on the wire; also its idempotency key.
    MessageId,
    /// A fact appended.
    EventId,
    /// One visit by the fetcher.
    CheckId,
    /// A piece of work for the workers.
    JobId,
    /// An encrypted document row.
    DocumentId,
}
