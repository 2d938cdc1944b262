//! Facts. An event holds ids, words, times and digests, and no personal data (D9, LAW-107).
//!
//! States of assessments, referrals, signals, access and holds are folds of events; `renvoi fsck` folds again and compares.

use crate::id::{AgencyId, EventId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which noun an event is about; folds group by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// A tenant and its settings.
    Agency,
    /// A person: enrolment, roles, sessions.
    Person,
    /// One intake.
    Batch,
    /// A bank.
    Bank,
    /// A signal in a bank.
    Signal,
    /// A cluster and its members.
    Cluster,
    /// An assessment.
    Assessment,
    /// A deconfliction answer.
    Hold,
    /// A referral.
    Referral,
    /// A message on the wire, in or out.
    Message,
    /// An entry of the provider book.
    Provider,
    /// A joint action.
    Operation,
    /// A look at an address.
    Check,
    /// An export: report, backup, bundle.
    Export,
    /// A contest by reference.
    Contest,
    /// An erasure.
    Erasure,
    /// What people note about a host; it is the note that the event is of.
    Host,
    /// Plans of a space, sealed with what they predict; it is the space that the event is of.
    Plan,
    /// The sensitive analysis of an agency: opened, closed; a lead marked by a person. It is the opening or the mark that the
    /// event is of, and no account stands in it.
    Analysis,
}

impl Noun {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Person => "person",
            Self::Batch => "batch",
            Self::Bank => "bank",
            Self::Signal => "signal",
            Self::Cluster => "cluster",
            Self::Assessment => "assessment",
            Self::Hold => "hold",
            Self::Referral => "referral",
            Self::Message => "message",
            Self::Provider => "provider",
            Self::Operation => "operation",
            Self::Check => "check",
            Self::Export => "export",
            Self::Contest => "contest",
            Self::Erasure => "erasure",
            Self::Host => "host",
            Self::Plan => "plan",
            Self::Analysis => "analysis",
        }
    }
}

/// A fact as it is appended: also the entry of the ledger, in canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// In whose ledger it stands.
    pub agency: AgencyId,
    /// In which space it happened: the agency itself, or an operation (D8).
    pub space: AgencyId,
    /// When.
    pub at: Timestamp,
    /// Who did it; `None` for the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonId>,
    /// What it is about.
    pub noun: Noun,
    /// Which one.
    pub of: Uuid,
    /// What happened: the word of the noun's own event enum.
    pub what: String,
    /// Ids, words, counts, times and digests that belong to the fact. No texts, no addresses.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub facts: serde_json::Map<String, serde_json::Value>,
}

/// Longest string in an event's facts, in characters: ids, words, hosts and digests are short, texts are not.
pub const FACT_MAX_CHARS: usize = 128;

impl Event {
    /// Whether every value is an id, a word, a number, a time or a digest: no address, handle or text slipped in.
    ///
    /// Returns the name of the first fact that is not.
    pub fn check(&self) -> Result<(), String> {
        fn plain(value: &serde_json::Value) -> bool {
            match value {
                serde_json::Value::String(text) => {
                    text.chars().count() <= FACT_MAX_CHARS
                        && !text.contains("://")
                        && !text.contains('@')
                        && !text.contains(char::is_whitespace)
                }
                serde_json::Value::Array(list) => list.iter().all(plain),
                serde_json::Value::Object(map) => map.values().all(plain),
                serde_json::Value::Number(number) => number.is_i64() || number.is_u64(),
                serde_json::Value::Null | serde_json::Value::Bool(_) => true,
            }
        }
        match self.facts.iter().find(|(_, value)| !plain(value)) {
            Some((name, _)) => Err(name.clone()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_has_no_pii() {
        let event = |value: serde_json::Value| Event {
            id: EventId(Uuid::nil()),
            agency: AgencyId(Uuid::nil()),
            space: AgencyId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
            actor: None,
            noun: Noun::Batch,
            of: Uuid::nil(),
            what: "read".into(),
            facts: [("f".to_owned(), value)].into_iter().collect(),
        };
        assert!(event("sha-256:00ff".into()).check().is_ok());
        assert!(event(12.into()).check().is_ok());
        assert!(event("https://video.example/1".into()).check().is_err());
        assert!(event("someone@video.example".into()).check().is_err());
        assert!(event("a sentence of words".into()).check().is_err());
        assert!(event(serde_json::json!({"nested": ["two words"]})).check().is_err());
    }
}
