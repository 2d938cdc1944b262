//! A rule said no. A refusal is shown to the person, with the rule and the way out; it is not an error.

use serde::Serialize;

/// A rule that said no: which one, what it means here, and what the person can do.
///
/// (A provider's "no" is never a refusal: it is the answer `no_action`.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The rule's id in `law.md` or `exchange.md`, e.g. `LAW-120`, or a decision, e.g. `D4`.
    pub rule: &'static str,
    /// A stable word for programs, e.g. `four_eyes`.
    pub code: &'static str,
    /// One sentence for the person: what is wrong and the way out.
    pub sentence: String,
}

impl Refusal {
    /// A refusal by `rule`, with the word `code` and a sentence for the person.
    pub fn new(rule: &'static str, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { rule, code, sentence: sentence.into() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.sentence, self.rule)
    }
}

impl std::error::Error for Refusal {}
