//! Signals in banks: values to match, their origin, and what a match says. A match is a reason to look, never a decision.

use crate::refusal::Refusal;
use crate::words::words;
use serde::{Deserialize, Serialize};

/// Default greatest distance of a PDQ match, in bits of 256 (the field's usual figure).
pub const PDQ_DISTANCE_BITS: u32 = 31;
/// Least PDQ quality, 0..=100, for a match without a person (goals.md).
pub const PDQ_QUALITY_MIN: u8 = 50;
/// A signal that matches more subjects than this in a day is set aside by its fuse, and people are told.
pub const FUSE_MATCHES_PER_DAY: u64 = 5_000;

words! {
    /// What is compared.
    SignalKind {
        /// SHA-256 of the bytes.
        Sha256 = "sha256",
        /// SHA-1 of the bytes.
        Sha1 = "sha1",
        /// MD5 of the bytes.
        Md5 = "md5",
        /// PDQ of a picture.
        Pdq = "pdq",
        /// Canonical address.
        Url = "url",
        /// Host name.
        Host = "host",
        /// `service/handle`.
        Account = "account",
        /// A term, normalised, with word boundaries.
        Term = "term",
        /// A whole text, normalised.
        Text = "text",
    }
}

/// What is seen beside kinds of signals: turned forms of a picture, and files that show nothing.
pub const SEEN_FORMS: [&str; 8] = [
    "pdq_rotate_90",
    "pdq_rotate_180",
    "pdq_rotate_270",
    "pdq_flip_x",
    "pdq_flip_y",
    "pdq_flip_plus_1",
    "pdq_flip_minus_1",
    "flat",
];

/// Whether a word stands for something that can be seen: a kind of signal, or one of [`SEEN_FORMS`].
#[must_use]
pub fn is_seen(word: &str) -> bool {
    SignalKind::from_word(word).is_some() || SEEN_FORMS.contains(&word)
}

words! {
    /// What the bank's owner thinks of its content.
    Opinion {
        /// Known terrorist content, assessed.
        Positive = "positive",
        /// Worth a look; not assessed here.
        Seed = "seed",
        /// Known to be something else: suppresses matches.
        Negative = "negative",
        /// Opinions differ: shown as such, suspended.
        Disputed = "disputed",
    }
}

words! {
    /// Where a signal stands.
    SignalState {
        /// Matches.
        Live = "live",
        /// Disputed: does not match until a person decides.
        Suspended = "suspended",
        /// Set aside by its fuse.
        Blown = "blown",
        /// Withdrawn: matching stopped everywhere.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happens to a signal.
    SignalEvent {
        /// Taken into a bank.
        Added = "added",
        /// Someone disputes it.
        Disputed = "disputed",
        /// A person upheld it, or reset the fuse.
        Upheld = "upheld",
        /// It matched too much.
        FuseBlew = "fuse_blew",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// The next state of a signal; `None` before it was added.
pub fn next(state: Option<SignalState>, event: SignalEvent) -> Result<SignalState, Refusal> {
    use SignalEvent as E;
    use SignalState as S;
    match (state, event) {
        (None, E::Added) => Ok(S::Live),
        (Some(S::Live | S::Blown), E::Disputed) => Ok(S::Suspended),
        (Some(S::Suspended | S::Blown), E::Upheld) => Ok(S::Live),
        (Some(S::Live), E::FuseBlew) => Ok(S::Blown),
        (Some(S::Live | S::Suspended | S::Blown), E::Withdrawn) => Ok(S::Withdrawn),
        (state, event) => Err(Refusal::new(
            "D26",
            "bad_transition",
            format!("A signal that is \"{}\" cannot be \"{event}\".", state.map_or("new", SignalState::word)),
        )),
    }
}

/// What a match says: signal, bank, distance, variant, and why in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What was compared.
    pub kind: SignalKind,
    /// The bank's name.
    pub bank: String,
    /// The bank's opinion.
    pub opinion: Opinion,
    /// Bits of 256 for PDQ; 0 for exact kinds.
    pub distance: u32,
    /// The limit that was applied.
    pub limit: u32,
    /// Which form matched: `original`, `rotate_90`, `flip_x`, `normalised` …
    pub variant: String,
}

impl Why {
    /// The sentence for the person.
    #[must_use]
    pub fn sentence(&self) -> String {
        let bank = &self.bank;
        match self.kind {
            SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5 => {
                format!("The file is byte for byte one of bank \"{bank}\" ({}).", self.kind)
            }
            SignalKind::Pdq if self.variant == "original" => {
                format!(
                    "The picture is near one of bank \"{bank}\": {} of 256 bits differ, limit {}.",
                    self.distance, self.limit
                )
            }
            SignalKind::Pdq => format!(
                "The picture, {}, is near one of bank \"{bank}\": {} of 256 bits differ, limit {}.",
                self.variant.replace('_', " "),
                self.distance,
                self.limit
            ),
            SignalKind::Url => format!("The address, or one that it links to, is in bank \"{bank}\"."),
            SignalKind::Host => format!("The host, or one that it links to, is in bank \"{bank}\"."),
            SignalKind::Account => format!("The account or channel is in bank \"{bank}\"."),
            SignalKind::Term => format!("The text holds a term of bank \"{bank}\"."),
            SignalKind::Text => {
                format!("The text is the same, apart from spelling variants, as one of bank \"{bank}\".")
            }
        }
    }
}

/// Whether matches of negative banks outweigh the others: then nothing is raised.
#[must_use]
pub fn suppressed(matches: &[Why]) -> bool {
    matches.iter().any(|why| why.opinion == Opinion::Negative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signal_machine() {
        let mut table = String::new();
        for state in std::iter::once(None).chain(SignalState::ALL.iter().copied().map(Some)) {
            for event in SignalEvent::ALL {
                if let Ok(after) = next(state, *event) {
                    table.push_str(&format!(
                        "{} + {event} -> {after}\n",
                        state.map_or("new", SignalState::word)
                    ));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn negative_bank_suppresses() {
        let why = |opinion| Why {
            kind: SignalKind::Pdq,
            bank: "b".into(),
            opinion,
            distance: 3,
            limit: 31,
            variant: "original".into(),
        };
        assert!(!suppressed(&[why(Opinion::Positive)]));
        assert!(suppressed(&[why(Opinion::Positive), why(Opinion::Negative)]));
    }
}
