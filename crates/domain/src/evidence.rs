//! Sealing before sending (D12, LAW-113), and how long things are kept (LAW-108).

use crate::words::words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The sentence that every export prints (LAW-117).
pub const CAPTURE_DISCLAIMER: &str =
    "A capture proves what the capturing client received, not what the server sent to others.";

/// What was sealed about an item before a message about it was queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// SHA-256 of the source's original record, hex.
    pub record_sha256: String,
    /// SHA-256 of each file fetched or handed in, hex.
    pub media_sha256: Vec<String>,
    /// When.
    pub sealed_at: Timestamp,
    /// What could not be captured, and why; empty when all is there.
    pub missing: Vec<String>,
}

words! {
    /// Retention classes (LAW-108). A row without one is not stored.
    Retention {
        /// Collected, not assessed: 30 days.
        Observation = "R1",
        /// Assessed, not sent: 30 days after the decision.
        NotTerrorist = "R2",
        /// Referral case: 24 months after closing.
        Referral = "R3",
        /// Order case.
        Order = "R4",
        /// Sealed original: as its case.
        Original = "R5",
        /// Hash entry: review every 12 months.
        Hash = "R6",
        /// Commitments: 10 years.
        Log = "R7",
        /// Read log detail: 3 years.
        LogDetail = "R8",
        /// A person's exposure: 12 months.
        Wellbeing = "R9",
        /// A provider's preserved content: 6 months.
        Preserved = "R10",
    }
}

impl Retention {
    /// Days until erasure or review, counted from the moment that the class names.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::Observation | Self::NotTerrorist => 30,
            Self::Referral | Self::Original => 730,
            Self::Order => 1_825,
            Self::Hash | Self::Wellbeing => 365,
            Self::Log => 3_650,
            Self::LogDetail => 1_095,
            Self::Preserved => 183,
        }
    }
}
