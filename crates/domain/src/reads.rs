//! Reading asks for a reason and is logged (D10, LAW-88 to LAW-91).

use crate::refusal::Refusal;
use crate::words::words;
use crate::written::{self, Lines};

/// Least length of the free text of a reason, in characters.
pub const REASON_MIN_CHARS: usize = 8;
/// Greatest length of the free text of a reason, in characters.
pub const REASON_MAX_CHARS: usize = 300;

words! {
    /// The six logged operations of LED Art 25(1); closed (LAW-88).
    Operation {
        /// Collection.
        Collection = "collection",
        /// Alteration.
        Alteration = "alteration",
        /// Consultation.
        Consultation = "consultation",
        /// Disclosure, with transfers.
        Disclosure = "disclosure",
        /// Combination.
        Combination = "combination",
        /// Erasure.
        Erasure = "erasure",
    }
}

words! {
    /// Why a log is queried (LAW-90): nothing else is possible.
    LogPurpose {
        /// Lawfulness of processing.
        Lawfulness = "lawfulness",
        /// Self-monitoring.
        SelfMonitoring = "self_monitoring",
        /// Integrity and security.
        Security = "integrity_and_security",
        /// Criminal proceedings.
        Proceedings = "criminal_proceedings",
    }
}

/// A reason long enough to mean something, with nothing hidden in it.
pub fn reason(text: &str) -> Result<String, Refusal> {
    let sound = written::sound(text, (REASON_MIN_CHARS, REASON_MAX_CHARS), Lines::Several);
    sound.map(str::to_owned).map_err(|unsound| unsound.refused(|_| no_reason()))
}

fn no_reason() -> Refusal {
    Refusal::new(
        "LAW-89",
        "read_needs_reason",
        format!(
            "Give your reason in {REASON_MIN_CHARS} to {REASON_MAX_CHARS} characters; it is kept with what you do."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_operations() {
        assert_eq!(Operation::ALL.len(), 6);
    }

    #[test]
    fn read_needs_reason() {
        assert!(reason("  work ").is_err());
        assert!(reason("Operation of 25 April").is_ok());
        assert_eq!(reason(&"\u{200b}".repeat(9)).map_err(|refusal| refusal.code), Err("read_needs_reason"));
        assert_eq!(reason(&"\0".repeat(9)).map_err(|refusal| refusal.code), Err("hidden_characters"));
    }
}
