//! `information` (RXP-20.14): the sender's answer to a provider's question.

use crate::atoms::ItemRef;
use crate::document::Envelope;
use crate::limits;
use crate::refused::Refused;
use serde::{Deserialize, Serialize};

/// The body of an information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// The answer.
    pub text: String,
    /// The items it is about; all if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemRef>,
    /// Where in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locators: Vec<String>,
}

impl Information {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::TEXT_CHARS.text("/body/text", &self.text)?;
        check_items("/body/items", &self.items)?;
        check_locators("/body/locators", &self.locators)
    }
}

/// At most 200 handles; none is "all items".
pub(crate) fn check_items(field: &str, items: &[ItemRef]) -> Result<(), Refused> {
    if items.is_empty() { Ok(()) } else { limits::ITEMS.count(field, items) }
}

/// RXP-100.04.
pub(crate) fn check_locators(field: &str, locators: &[String]) -> Result<(), Refused> {
    limits::LOCATORS.count(field, locators)?;
    for (index, locator) in locators.iter().enumerate() {
        limits::LOCATOR_CHARS.text(&format!("{field}/{index}"), locator)?;
    }
    Ok(())
}
