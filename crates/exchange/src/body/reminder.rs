//! `reminder` (RXP-20.03): a referral without answer, once more, with the fixed sentence (RXP-24).

use crate::atoms::{ItemRef, WireTime};
use crate::body::dialogue;
use crate::document::Envelope;
use crate::limits;
use crate::liveness::LivenessClass;
use crate::refused::{Code, Refused};
use crate::voluntary_notice;
use serde::{Deserialize, Serialize};

/// The body of a reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// The fixed sentence.
    pub voluntary_notice: String,
    /// 1 to 3 (RXP-132 to RXP-134).
    pub step: u8,
    /// The items still open; all of the referral if left out (D5).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemRef>,
    /// What the last check saw.
    pub last_check: LastCheck,
    /// The wording of the step.
    pub text: String,
}

/// The last visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastCheck {
    /// What it saw.
    pub class: LivenessClass,
    /// When.
    pub at: WireTime,
}

impl Reminder {
    pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
        voluntary_notice::check("/body/voluntary_notice", &envelope.lang, &self.voluntary_notice)?;
        if !(1..=3).contains(&self.step) {
            return Err(Refused::at(Code::Limit, "/body/step", "steps are 1 to 3"));
        }
        if self.last_check.class != LivenessClass::StillUp {
            return Err(Refused::at(Code::Schema, "/body/last_check/class", "only for what is still up"));
        }
        dialogue::check_items("/body/items", &self.items)?;
        limits::TEXT_CHARS.text("/body/text", &self.text)
    }
}
