//! `withdrawal`, `correction`, `reinstatement_report` (section 12): putting right what was wrong.

use crate::answer::Answer;
use crate::atoms::{ItemRef, WireTime};
use crate::body::dialogue;
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The body of a withdrawal (RXP-121).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// What was wrong.
    pub reason: WithdrawalReason,
    /// In words.
    pub text: String,
    /// What the receiver is asked for.
    pub request: WithdrawalRequest,
    /// The items withdrawn; all if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemRef>,
    /// How many other organisations get the same withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also_sent_to: Option<u32>,
}

/// Why a message is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// Another item was meant.
    WrongItem,
    /// The assessment was wrong.
    WrongAssessment,
    /// It is protected expression.
    ProtectedExpression,
    /// Sent before.
    Duplicate,
    /// Should not have been sent.
    SentInError,
    /// The order has no effect any more.
    OrderVoid,
    /// A court said so.
    Court,
    /// Another reason.
    Other,
}

/// What the receiver of a withdrawal is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalRequest {
    /// Put it back if it was taken down.
    ReinstateIfActed,
    /// Erase what was received.
    EraseCopy,
    /// Nothing.
    None,
}

/// The body of a correction (RXP-124).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// 1 to 50 changes.
    pub changes: Vec<Change>,
    /// Why.
    pub reason: String,
}

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// JSON pointer into the body of the original.
    pub path: String,
    /// What stands there.
    pub old: Value,
    /// What should stand there.
    pub new: Value,
}

/// The body of a reinstatement report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReinstatementReport {
    /// 1 to 200 items.
    pub items: Vec<ItemRef>,
    /// One of the three `restored_after_…`.
    pub answer: Answer,
    /// When it was back.
    pub reinstated_at: WireTime,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Withdrawal {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::TEXT_CHARS.text("/body/text", &self.text)?;
        dialogue::check_items("/body/items", &self.items)
    }
}

impl Correction {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::CHANGES.count("/body/changes", &self.changes)?;
        for (index, change) in self.changes.iter().enumerate() {
            change.check(&format!("/body/changes/{index}"))?;
        }
        limits::TEXT_CHARS.text("/body/reason", &self.reason)
    }

    /// The corrected body of `original`. Refused with `bad_transition` if an old value is not what stands
    /// there. The caller reads the result as the original's type again.
    pub fn apply(&self, original: &Map<String, Value>) -> Result<Map<String, Value>, Refused> {
        let mut body = Value::Object(original.clone());
        for (index, change) in self.changes.iter().enumerate() {
            let field = format!("/body/changes/{index}");
            match body.pointer_mut(&change.path) {
                Some(place) if *place == change.old => place.clone_from(&change.new),
                _ => return Err(Refused::at(Code::BadTransition, &field, "the old value is another")),
            }
        }
        match body {
            Value::Object(map) => Ok(map),
            _ => Err(Refused::new(Code::Schema, "not an object")),
        }
    }
}

impl Change {
    /// Facts about an item, and the sender's remarks. Which items there are, where they are, what they
    /// are, the fixed sentence: those need a withdrawal and a new message.
    fn check(&self, at: &str) -> Result<(), Refused> {
        const REMARKS: [&str; 3] = ["/terms_hint", "/evidence_note", "/reference"];
        const IDENTITY: [&str; 3] = ["item", "url", "subject"];
        let parts: Vec<_> = self.path.split('/').collect();
        let allowed = match parts.as_slice() {
            ["", "items", index, field, rest @ ..] => {
                index.parse::<usize>().is_ok_and(|n| n < limits::ITEMS.max)
                    && !field.is_empty()
                    && !IDENTITY.contains(field)
                    && !rest.contains(&"url")
            }
            ["", "exemption_assessment", _, ..] => true,
            _ => REMARKS.contains(&self.path.as_str()),
        };
        let limit = limits::ADDRESS_CHARS;
        limit.text(&format!("{at}/path"), &self.path)?;
        if !allowed {
            return Err(Refused::at(
                Code::Schema,
                &format!("{at}/path"),
                "cannot be corrected, only withdrawn",
            ));
        }
        if self.old == self.new {
            return Err(Refused::at(Code::Schema, &format!("{at}/new"), "nothing changes"));
        }
        Ok(())
    }
}

impl ReinstatementReport {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::ITEMS.count("/body/items", &self.items)?;
        if !self.answer.is_restored() {
            return Err(Refused::at(Code::Schema, "/body/answer", "not one of restored_after_…"));
        }
        limits::optional(limits::TEXT_CHARS, "/body/text", self.text.as_ref())
    }
}
