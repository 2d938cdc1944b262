//! Clusters: items that are the same content, decided once and shown once (D25).

use crate::assessment::Urgency;
use crate::id::PersonId;
use crate::refusal::Refusal;
use crate::words::words;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// How long opening a cluster keeps it for one person, in minutes.
pub const LEASE_MINUTES: i64 = 10;

words! {
    /// Where a cluster stands in the queue.
    Queued {
        /// Waits to be assessed.
        Open = "open",
        /// Put off by a person.
        Deferred = "deferred",
        /// Waits for a second reader.
        AwaitsReader = "awaits_reader",
        /// Waits for a second person.
        AwaitsApproval = "awaits_approval",
        /// Decided.
        Decided = "decided",
        /// Nothing holds it in the queue any more: its signals were withdrawn, and nobody submitted it (D26).
        Left = "left",
    }
}

words! {
    /// Why an item was admitted to a cluster.
    Evidence {
        /// It started the cluster.
        First = "first",
        /// The same bytes.
        SameBytes = "same_bytes",
        /// A picture near the representative.
        NearPicture = "near_picture",
        /// The same text after normalisation.
        SameText = "same_text",
        /// One text stands in the other, word by word.
        NearText = "near_text",
        /// Few words and the same link, whatever its tracking parameters.
        SameLink = "same_link",
        /// The same address.
        SameAddress = "same_address",
        /// A person said so.
        ByHand = "by_hand",
    }
}

/// A visible lease of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Who has it open.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
}

/// Takes or renews a lease: free, expired or one's own; else the refusal names the holder's lease.
pub fn lease(held: Option<Lease>, person: PersonId, now: Timestamp) -> Result<Lease, Refusal> {
    match held {
        Some(lease) if lease.person != person && now < lease.until => Err(Refusal::new(
            "console: lease",
            "leased",
            "Another person has it open. It becomes free when they save or after ten minutes.",
        )),
        _ => {
            Ok(Lease { person, until: now.saturating_add(LEASE_MINUTES.minutes()).unwrap_or(Timestamp::MAX) })
        }
    }
}

/// A save carries the version that the person saw.
pub fn same_version(seen: i64, stored: i64) -> Result<(), Refusal> {
    if seen == stored {
        return Ok(());
    }
    Err(Refusal::new(
        "console: version",
        "conflict",
        "It changed while you had it open. Both versions are shown; nothing was overwritten.",
    ))
}

/// The order of the queue: lower comes first. Urgency, then known matches, then spread, then age.
#[must_use]
pub fn rank(urgency: Urgency, matches: u64, members: u64) -> i64 {
    let lane = match urgency {
        Urgency::ThreatToLife => 0,
        Urgency::Spreading => 1,
        Urgency::Normal => 2,
    };
    let matched = i64::from(matches == 0);
    let spread = 999 - i64::try_from(members.min(999)).unwrap_or(999);
    lane * 10_000 + matched * 1_000 + spread
}

/// The reason for its place, as a key of the interface's words.
#[must_use]
pub fn reason(urgency: Urgency, matches: u64, members: u64, reappeared: bool) -> &'static str {
    if urgency == Urgency::ThreatToLife {
        "queue-reason-threat"
    } else if reappeared {
        "queue-reason-reappeared"
    } else if members > 2 {
        "queue-reason-spreading"
    } else if matches > 0 {
        "queue-reason-match"
    } else {
        "queue-reason-submitted"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn lease_is_visible_and_expires() {
        let (a, b) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let start = Timestamp::UNIX_EPOCH;
        let Ok(held) = lease(None, a, start) else { panic!("a free cluster can be leased") };
        assert!(lease(Some(held), b, start).is_err());
        assert!(lease(Some(held), a, start).is_ok());
        assert!(lease(Some(held), b, held.until).is_ok());
    }

    #[test]
    fn threat_to_life_is_first() {
        assert!(rank(Urgency::ThreatToLife, 0, 1) < rank(Urgency::Spreading, 9, 900));
        assert!(rank(Urgency::Normal, 1, 1) < rank(Urgency::Normal, 0, 900));
    }
}
