//! What follows from what: the one table from event to jobs (D27). Together with the listing of this folder it is the map.

use crate::Result;
use domain::event::{Event, Noun};
use domain::id::{AgencyId, ReferralId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

/// How long a ledger's new leaves wait to be published together, in seconds: one checkpoint for a busy minute.
const PUBLISH_AFTER_SECONDS: i64 = 60;

/// Work that follows from a fact; each kind is one step's `run`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Recognise a range of new observations.
    Recognise {
        /// In which space.
        space: AgencyId,
        /// First key.
        from: i64,
        /// Last key.
        to: i64,
    },
    /// Match the past of a space against a bank's new signals (D26).
    RecognisePast {
        /// In which space.
        space: AgencyId,
        /// Which bank.
        bank: Uuid,
    },
    /// Scan a range of the past for a bank's terms and pictures (D26).
    ScanPast {
        /// In which space.
        space: AgencyId,
        /// Which bank.
        bank: Uuid,
        /// First key that is left.
        from: i64,
        /// Last key.
        to: i64,
    },
    /// Decode what takes long of an observation: videos, sounds, words in pictures.
    Decode {
        /// In which space.
        space: AgencyId,
        /// Its key.
        observation: i64,
    },
    /// Decode files of the past for videos and sounds that were listed later, the newest first (D26).
    DecodePast {
        /// In which space.
        space: AgencyId,
        /// Last key that is left.
        to: i64,
        /// Observations that may yet be decoded.
        left: u32,
    },
    /// Put what was matched or submitted of a range into the search index.
    Index {
        /// In which space.
        space: AgencyId,
        /// First key.
        from: i64,
        /// Last key.
        to: i64,
    },
    /// Seal, look, pre-flight, and send an approved referral.
    Refer {
        /// Which.
        referral: ReferralId,
    },
    /// Look at an address again.
    Recheck {
        /// For which referral.
        referral: ReferralId,
        /// Which item.
        item: String,
    },
    /// Write tiles and a checkpoint for an agency's ledger.
    Publish {
        /// Whose.
        agency: AgencyId,
    },
    /// Tell a provider's duty contact that an upload matches a closed list (D16).
    TellDuty {
        /// Whose.
        agency: AgencyId,
        /// What it hears, sealed.
        sealed: String,
    },
}

impl Job {
    /// Its word in the job table.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Recognise { .. } => "recognise",
            Self::RecognisePast { .. } => "recognise_past",
            Self::ScanPast { .. } => "scan_past",
            Self::Decode { .. } => "decode",
            Self::DecodePast { .. } => "decode_past",
            Self::Index { .. } => "index",
            Self::Refer { .. } => "refer",
            Self::Recheck { .. } => "recheck",
            Self::Publish { .. } => "publish",
            Self::TellDuty { .. } => "tell_duty",
        }
    }

    /// When it is due if it is queued now.
    fn due(&self, now: Timestamp) -> Timestamp {
        match self {
            Self::Publish { .. } => {
                now.saturating_add(SignedDuration::from_secs(PUBLISH_AFTER_SECONDS)).unwrap_or(Timestamp::MAX)
            }
            _ => now,
        }
    }

    /// Queues it in the transaction; the same work waits once.
    pub async fn enqueue(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let body = serde_json::to_string(self)?;
        let once = format!("{}:{body}", self.word());
        store::job::enqueue(tx, self.word(), &body, Some(once), self.due(now)).await?;
        Ok(())
    }
}

/// Jobs that follow from a fact.
#[must_use]
pub fn after(event: &Event) -> Vec<Job> {
    let mut jobs = match (event.noun, event.what.as_str()) {
        (Noun::Referral, "approve" | "looked" | "preflight_asked") => {
            vec![Job::Refer { referral: ReferralId(event.of) }]
        }
        (Noun::Hold, "lifted" | "expired") | (Noun::Provider, "confirmed" | "load_confirmed") => {
            fact_list(event, "referrals")
                .into_iter()
                .map(|referral| Job::Refer { referral: ReferralId(referral) })
                .collect()
        }
        (Noun::Bank, "imported") => vec![Job::RecognisePast { space: event.space, bank: event.of }],
        // While it was suspended or blown it missed what came.
        (Noun::Signal, "upheld") => fact_uuid(event, "bank")
            .into_iter()
            .map(|bank| Job::RecognisePast { space: event.space, bank })
            .collect(),
        _ => Vec::new(),
    };
    // What went out or came in must not wait long for a checkpoint that nobody can take back.
    if matches!(
        (event.noun, event.what.as_str()),
        (Noun::Batch, "observed" | "interrupted")
            | (Noun::Referral, "enqueue" | "withdraw" | "outcome")
            | (Noun::Export | Noun::Erasure, _)
    ) {
        jobs.push(Job::Publish { agency: event.agency });
    }
    jobs
}

/// Work that follows from a chunk of observations: they are rows, not events (D22: one leaf an intake).
#[must_use]
pub fn after_observations(space: AgencyId, range: (i64, i64)) -> Job {
    Job::Recognise { space, from: range.0, to: range.1 }
}

fn fact_uuid(event: &Event, name: &str) -> Option<Uuid> {
    event.facts.get(name)?.as_str()?.parse().ok()
}

fn fact_list(event: &Event, name: &str) -> Vec<Uuid> {
    event
        .facts
        .get(name)
        .and_then(serde_json::Value::as_array)
        .map(|list| list.iter().filter_map(|id| id.as_str()?.parse().ok()).collect())
        .unwrap_or_default()
}
