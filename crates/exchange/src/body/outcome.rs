//! `outcome` (RXP-20.13, RXP-110): the provider's answer, one result for each group of items.

use crate::answer::{Answer, NoActionReason};
use crate::atoms::{ItemRef, Territory, WireTime};
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use serde::{Deserialize, Serialize};

/// The body of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// 1 to 400 results.
    pub results: Vec<OutcomeResult>,
}

/// One answer for some items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeResult {
    /// 1 to 200 handles of the referral or notice.
    pub items: Vec<ItemRef>,
    /// What was done.
    pub answer: Answer,
    /// Why: a word of the provider's terms; for `no_action` one of [`NoActionReason`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// On what ground.
    pub basis: Basis,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<WireTime>,
    /// Where; required for `geo_blocked`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<Territory>,
    /// Until when, if not for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<WireTime>,
    /// What machines did (DSA 16(6)).
    pub automated: Automated,
    /// A remark; the question of `needs_information`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How the author can complain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redress: Option<String>,
    /// The provider's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_ref: Option<String>,
}

/// The ground of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The provider's terms.
    Terms,
    /// Law.
    Law,
    /// Both.
    Both,
    /// No ground is needed for this answer.
    None,
}

/// What machines did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Automated {
    /// Nothing.
    None,
    /// Found it.
    Detection,
    /// Decided.
    Decision,
    /// Both.
    Both,
}

impl Outcome {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::RESULTS.count("/body/results", &self.results)?;
        for (index, result) in self.results.iter().enumerate() {
            result.check(&format!("/body/results/{index}"))?;
        }
        // An add-on alone answers nothing.
        if self.results.iter().all(|result| result.answer.is_add_on()) {
            return Err(Refused::at(Code::Schema, "/body/results", "preserved only adds to another answer"));
        }
        Ok(())
    }

    /// The answers for one item, add-ons last.
    pub fn for_item(&self, item: &ItemRef) -> Vec<&OutcomeResult> {
        let mut results: Vec<_> = self.results.iter().filter(|result| result.items.contains(item)).collect();
        results.sort_by_key(|result| result.answer.is_add_on());
        results
    }
}

impl OutcomeResult {
    /// The reason of a `no_action`.
    pub fn no_action_reason(&self) -> Option<NoActionReason> {
        self.reason.as_deref().and_then(NoActionReason::from_word)
    }

    fn check(&self, at: &str) -> Result<(), Refused> {
        limits::ITEMS.count(&format!("{at}/items"), &self.items)?;
        limits::TERRITORIES.count(&format!("{at}/territories"), &self.territories)?;
        limits::optional(limits::NAME_CHARS, &format!("{at}/reason"), self.reason.as_ref())?;
        limits::optional(limits::NOTE_CHARS, &format!("{at}/note"), self.note.as_ref())?;
        limits::optional(limits::NOTE_CHARS, &format!("{at}/redress"), self.redress.as_ref())?;
        limits::optional(limits::REFERENCE_CHARS, &format!("{at}/own_ref"), self.own_ref.as_ref())?;
        let wrong = |field: &str, what: &str| Err(Refused::at(Code::Schema, &format!("{at}/{field}"), what));
        match self.answer {
            Answer::NeedsInformation if self.note.is_none() => wrong("note", "the question is missing"),
            Answer::GeoBlocked if self.territories.is_empty() => wrong("territories", "where is missing"),
            Answer::NoAction if self.no_action_reason().is_none() => {
                wrong("reason", "not a reason of no_action")
            }
            _ => Ok(()),
        }
    }
}
