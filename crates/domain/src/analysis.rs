//! Sensitive analysis (D34): likely same actor elsewhere, and leads on money. A purpose and a reference to the impact
//! assessment open one of them or both, for a time; what comes of it is a lead to look at and never a ground.

use crate::refusal::Refusal;
use crate::words::words;
use crate::written::{self, Lines, Unsound};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Days for which an opening lasts at most, posts are looked at, and a mark is kept.
pub const DAYS_MAX: i64 = 90;
/// Least and greatest length of the purpose, in characters.
pub const PURPOSE_CHARS: (usize, usize) = (10, 500);
/// Least and greatest length of the reference to the impact assessment, in characters.
pub const REFERENCE_CHARS: (usize, usize) = (3, 200);
/// Greatest length of the reason of a mark, in characters.
pub const REASON_CHARS_MAX: usize = 500;

words! {
    /// What an opening opens: an impact assessment covers one analysis and not by itself the other.
    Analysis {
        /// Where the same actor may be elsewhere.
        SameActor = "same_actor",
        /// Identifiers that money is sent to, and who posts them.
        Money = "money",
    }
}

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
    /// What is opened. What was opened before there was a second analysis is open for the first.
    #[serde(default = "same_actor")]
    pub covers: BTreeSet<Analysis>,
}

fn same_actor() -> BTreeSet<Analysis> {
    BTreeSet::from([Analysis::SameActor])
}

impl Opening {
    /// The opening, trimmed.
    ///
    /// # Errors
    /// One sentence for who wrote it: what is missing or too long.
    pub fn sound(self) -> Result<Self, String> {
        let sound = |text: &str, (least, most): (usize, usize), what: &str| {
            let sentence = format!("Write the {what} in {least} to {most} characters that can be seen.");
            let refusal =
                |unsound: Unsound| unsound.refused(|_| Refusal::new("D34", "opening_text", sentence));
            let found = written::sound(text, (least, most), Lines::Several);
            found.map(str::to_owned).map_err(|unsound| refusal(unsound).sentence)
        };
        if self.covers.is_empty() {
            let words: Vec<&str> = Analysis::ALL.iter().map(|analysis| analysis.word()).collect();
            return Err(format!("Say which analysis the opening is for: {}.", words.join(", ")));
        }
        Ok(Self {
            purpose: sound(&self.purpose, PURPOSE_CHARS, "purpose")?,
            reference: sound(&self.reference, REFERENCE_CHARS, "reference to the impact assessment")?,
            covers: self.covers,
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
        "This sensitive analysis is not open. An administrator opens it with a purpose and the reference to its impact assessment.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_has_a_purpose_a_reference_and_an_end() {
        let opening = |purpose: &str, reference: &str| {
            let covers = BTreeSet::from([Analysis::Money]);
            Opening { purpose: purpose.to_owned(), reference: reference.to_owned(), covers }.sound()
        };
        assert!(opening(" Find accounts that come back. ", " DPIA 4/2026 ").is_ok());
        assert!(opening("short", "DPIA 4/2026").is_err());
        assert!(opening("Find accounts that come back.", "  ").is_err());
        assert!(opening(&"x".repeat(501), "DPIA 4/2026").is_err());
        let nothing = opening("Find accounts that come back.", "DPIA 4/2026")
            .and_then(|opening| Opening { covers: BTreeSet::new(), ..opening }.sound());
        assert_eq!(nothing, Err("Say which analysis the opening is for: same_actor, money.".to_owned()));
        let now = Timestamp::UNIX_EPOCH;
        for (days, fine) in
            [(i64::MIN, false), (0, false), (1, true), (90, true), (91, false), (i64::MAX, false)]
        {
            assert_eq!(ends_at(now, days).is_ok(), fine, "{days}");
        }
        assert_eq!(ends_at(now, 90).map(since), Ok(now));
        // An opening of before says nothing of money, and does not open it.
        let before = serde_json::from_str::<Opening>(r#"{"purpose":"Find accounts","reference":"DPIA 4"}"#);
        assert_eq!(before.map(|opening| opening.covers).ok(), Some(same_actor()));
        assert!(reason(&"x".repeat(500)).is_ok() && reason(&"x".repeat(501)).is_err());
    }
}
