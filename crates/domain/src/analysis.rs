//! Sensitive analysis (D34): likely same actor elsewhere. A purpose and a reference to the impact assessment open it, for a
//! time; what comes of it is a lead to look at and never a ground.

use crate::refusal::Refusal;
use crate::words::words;
use jiff::{SignedDuration, Timestamp};

/// Days for which an opening lasts at most, posts are looked at, and a mark is kept.
pub const DAYS_MAX: i64 = 90;
/// Least and greatest length of the purpose, in characters.
pub const PURPOSE_CHARS: (usize, usize) = (10, 500);
/// Least and greatest length of the reference to the impact assessment, in characters.
pub const REFERENCE_CHARS: (usize, usize) = (3, 200);
/// Greatest length of the reason of a mark, in characters.
pub const REASON_CHARS_MAX: usize = 500;

words! {
    /// What a person says of two accounts.
    Verdict {
        /// The same actor.
        Same = "same",
        /// Two actors.
        NotSame = "not_same",
    }
}

/// Why the analysis is opened, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Opening {
    /// What for.
    pub purpose: String,
    /// Where the data protection impact assessment is found (LED Art 27).
    pub reference: String,
}

impl Opening {
    /// The opening, trimmed.
    ///
    /// # Errors
    /// One sentence for who wrote it: what is missing or too long.
    pub fn sound(self) -> Result<Self, String> {
        let sound = |text: &str, (least, most): (usize, usize), what: &str| {
            let text = text.trim().to_owned();
            if (least..=most).contains(&text.chars().count()) {
                return Ok(text);
            }
            Err(format!("Write the {what} in {least} to {most} characters."))
        };
        Ok(Self {
            purpose: sound(&self.purpose, PURPOSE_CHARS, "purpose")?,
            reference: sound(&self.reference, REFERENCE_CHARS, "reference to the impact assessment")?,
        })
    }
}

/// When an opening ends: after so many whole days, 1 to [`DAYS_MAX`].
///
/// # Errors
/// One sentence for who wrote it.
pub fn ends_at(now: Timestamp, days: i64) -> Result<Timestamp, String> {
    let end = now.checked_add(SignedDuration::from_hours(24 * days.clamp(0, DAYS_MAX)));
    match end {
        Ok(end) if (1..=DAYS_MAX).contains(&days) => Ok(end),
        _ => Err(format!("The analysis is open for 1 to {DAYS_MAX} days.")),
    }
}

/// From when on something counts, and is kept.
#[must_use]
pub fn since(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * DAYS_MAX)).unwrap_or(Timestamp::MIN)
}

/// The reason of a mark, trimmed; it may be empty.
///
/// # Errors
/// One sentence for who wrote it.
pub fn reason(text: &str) -> Result<String, String> {
    let text = text.trim().to_owned();
    if text.chars().count() <= REASON_CHARS_MAX {
        return Ok(text);
    }
    Err(format!("Write the reason in at most {REASON_CHARS_MAX} characters."))
}

/// The answer while the analysis is not open.
#[must_use]
pub fn not_open() -> Refusal {
    Refusal::new(
        "D34",
        "analysis_not_open",
        "The sensitive analysis is not open. An administrator opens it with a purpose and the reference to its impact assessment.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_has_a_purpose_a_reference_and_an_end() {
        let opening = |purpose: &str, reference: &str| {
            Opening { purpose: purpose.to_owned(), reference: reference.to_owned() }.sound()
        };
        assert!(opening(" Find accounts that come back. ", " DPIA 4/2026 ").is_ok());
        assert!(opening("short", "DPIA 4/2026").is_err());
        assert!(opening("Find accounts that come back.", "  ").is_err());
        assert!(opening(&"x".repeat(501), "DPIA 4/2026").is_err());
        let now = Timestamp::UNIX_EPOCH;
        for (days, fine) in
            [(i64::MIN, false), (0, false), (1, true), (90, true), (91, false), (i64::MAX, false)]
        {
            assert_eq!(ends_at(now, days).is_ok(), fine, "{days}");
        }
        assert_eq!(ends_at(now, 90).map(since), Ok(now));
        assert!(reason(&"x".repeat(500)).is_ok() && reason(&"x".repeat(501)).is_err());
    }
}
