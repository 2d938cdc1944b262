//! Where the time goes.

use std::time::{Duration, Instant};

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the line.
    Read,
    /// Bringing the text to its normal form.
    Normalise,
    /// Terms.
    Terms,
    /// Addresses and hosts.
    Links,
    /// Hashes, accounts and pictures.
    Files,
    /// Whole texts.
    ExactText,
    /// Near texts.
    NearText,
    /// Languages of hits.
    Language,
    /// Identifiers of hits.
    Identifiers,
    /// Writing the hits.
    Write,
}

impl Stage {
    /// All, in the order of the work.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Normalise,
        Self::Terms,
        Self::Links,
        Self::Files,
        Self::ExactText,
        Self::NearText,
        Self::Language,
        Self::Identifiers,
        Self::Write,
    ];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Normalise => "normalise",
            Self::Terms => "terms",
            Self::Links => "links",
            Self::Files => "files",
            Self::ExactText => "exact_text",
            Self::NearText => "near_text",
            Self::Language => "language",
            Self::Identifiers => "identifiers",
            Self::Write => "write",
        }
    }
}

/// Adds up what each part of the work takes; or nothing, when nobody asks.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// When the last part ended.
    last: Option<Instant>,
    spent: [Duration; Stage::ALL.len()],
}

impl Clock {
    /// One that runs, or one that says zero.
    #[must_use]
    pub fn new(runs: bool) -> Self {
        Self { last: runs.then(Instant::now), spent: Default::default() }
    }

    /// What came since the last call was this.
    pub fn lap(&mut self, stage: Stage) {
        if let Some(last) = &mut self.last {
            let now = Instant::now();
            self.spent[stage as usize] += now - *last;
            *last = now;
        }
    }

    /// What came since the last call was waiting.
    pub(super) fn skip(&mut self) {
        if let Some(last) = &mut self.last {
            *last = Instant::now();
        }
    }

    /// Adds what another one counted.
    pub(super) fn add(&mut self, other: &Self) {
        self.spent.iter_mut().zip(other.spent).for_each(|(sum, spent)| *sum += spent);
    }

    /// Each part's time.
    pub fn spent(&self) -> impl Iterator<Item = (Stage, Duration)> + '_ {
        Stage::ALL.into_iter().zip(self.spent)
    }
}
