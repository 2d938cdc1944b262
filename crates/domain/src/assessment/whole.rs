//! A channel or account as a whole: the assessed contents that it rests on, and a reason of its own (D1).

use super::{Decision, Draft, STATEMENT_MAX_CHARS, STATEMENT_MIN_CHARS};
use crate::id::AssessmentId;
use crate::refusal::Refusal;
use crate::written::{self, Lines};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most assessments that a channel or account cites (RXP-100).
pub const GROUNDS_MAX: usize = 50;
/// Longest address, in characters.
const ADDRESS_MAX_CHARS: usize = 2000;

/// What an author hands in about a channel or account, beside the findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// The address of its page, at which its provider finds it.
    pub address: String,
    /// Approved assessments of content on it, each once; at least [`super::GROUNDS_FLOOR`], at most [`GROUNDS_MAX`].
    pub grounds: Vec<AssessmentId>,
    /// Why all of it, and not only that content: 20..=4000 characters that stand in no statement.
    pub proportionality: String,
}

impl Draft {
    /// Checks what a draft says of a whole channel or account, and that a draft about items says nothing of the kind.
    ///
    /// `standing` are the approved assessments of content on it; `least` is how many must be cited.
    pub fn check_whole(
        &self,
        is_whole: bool,
        least: usize,
        standing: &BTreeSet<AssessmentId>,
    ) -> Result<(), Refusal> {
        match (&self.whole, is_whole) {
            (None, false) => Ok(()),
            (Some(_), false) => Err(Refusal::new(
                "D1",
                "whole_of_item",
                "Only a channel or account rests on other assessments; this is an item. Decide it on its own content.",
            )),
            (None, true) if self.decision != Decision::Refer => Ok(()),
            (None, true) => Err(missing()),
            (Some(_), true) if self.decision != Decision::Refer => Ok(()),
            (Some(whole), true) => whole.check(self, least, standing),
        }
    }
}

fn missing() -> Refusal {
    Refusal::new(
        "D1",
        "whole_missing",
        "A channel or account is referred with the assessments that it rests on and a reason of its own. Tick them and write it.",
    )
}

impl Whole {
    fn check(&self, draft: &Draft, least: usize, standing: &BTreeSet<AssessmentId>) -> Result<(), Refusal> {
        let cited: BTreeSet<AssessmentId> = self.grounds.iter().copied().collect();
        if !cited.is_subset(standing) || cited.len() != self.grounds.len() {
            return Err(Refusal::new(
                "D1",
                "grounds_unknown",
                "An assessment that is cited is not approved, is not of content on it, or is cited twice. Tick those of the list.",
            ));
        }
        if cited.len() < least {
            return Err(too_few(least, cited.len()));
        }
        if cited.len() > GROUNDS_MAX {
            return Err(Refusal::new(
                "D1",
                "grounds_many",
                format!("At most {GROUNDS_MAX} assessments can be cited. Tick those that say most."),
            ));
        }
        self.check_reason(draft)?;
        let chars = self.address.trim().chars().count();
        if chars == 0 || chars > ADDRESS_MAX_CHARS {
            return Err(Refusal::new(
                "D1",
                "whole_address",
                "Give the address of its page, at which its provider finds it.",
            ));
        }
        Ok(())
    }

    fn check_reason(&self, draft: &Draft) -> Result<(), Refusal> {
        let reason = self.proportionality.trim();
        let copied = draft
            .content
            .iter()
            .flat_map(|content| content.statements.values())
            .any(|statement| statement.trim() == reason);
        let required = || {
            Refusal::new(
                "D1",
                "proportionality",
                format!(
                    "Say in {STATEMENT_MIN_CHARS} to {STATEMENT_MAX_CHARS} characters why all of it is referred and not only that content; a copy of a statement is not enough."
                ),
            )
        };
        let sound = written::sound(reason, (STATEMENT_MIN_CHARS, STATEMENT_MAX_CHARS), Lines::Several);
        sound.map_err(|unsound| unsound.refused(|_| required()))?;
        if copied { Err(required()) } else { Ok(()) }
    }
}

/// The refusal of too few grounds, with the way out.
#[must_use]
pub fn too_few(least: usize, cited: usize) -> Refusal {
    Refusal::new(
        "D1",
        "grounds",
        format!(
            "A channel or account needs {least} approved assessments of content on it; there are {cited}."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{ContentFinding, Kind, Urgency};
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const STATEMENT: &str = "Invites readers to join the invented Example Group.";

    fn ids(count: u128) -> Vec<AssessmentId> {
        (0..count).map(|id| AssessmentId(Uuid::from_u128(id))).collect()
    }

    fn draft(whole: Option<Whole>) -> Draft {
        Draft {
            decision: Decision::Refer,
            content: Some(ContentFinding {
                statements: [(Kind::SolicitsParticipation, STATEMENT.to_owned())].into(),
                pinpoints: BTreeMap::new(),
                danger: None,
                offence_refs: Vec::new(),
                urgency: Urgency::Normal,
            }),
            contexts: BTreeMap::new(),
            note: String::new(),
            whole,
        }
    }

    fn whole(grounds: Vec<AssessmentId>) -> Whole {
        Whole {
            address: "https://video.example/author".to_owned(),
            grounds,
            proportionality: "Nearly all that it posts is of this kind, and it posts daily.".to_owned(),
        }
    }

    #[test]
    fn a_whole_account_rests_on_enough_of_what_was_approved_and_on_a_reason_of_its_own() {
        let said = |whole: Option<Whole>| {
            let standing = ids(60).into_iter().collect();
            draft(whole).check_whole(true, 3, &standing).map_err(|refusal| refusal.code)
        };
        assert_eq!(said(Some(whole(ids(3)))), Ok(()));
        assert_eq!(said(None), Err("whole_missing"));
        assert_eq!(said(Some(whole(ids(2)))), Err("grounds"));
        assert_eq!(said(Some(whole(ids(51)))), Err("grounds_many"));
        assert_eq!(said(Some(whole(ids(61)))), Err("grounds_unknown"));
        assert_eq!(said(Some(whole([ids(3), ids(1)].concat()))), Err("grounds_unknown"));
        for reason in ["", "It matters.", STATEMENT] {
            let copied = Whole { proportionality: reason.to_owned(), ..whole(ids(3)) };
            assert_eq!(said(Some(copied)), Err("proportionality"), "{reason}");
        }
        assert_eq!(said(Some(Whole { address: " ".to_owned(), ..whole(ids(3)) })), Err("whole_address"));
    }

    #[test]
    fn an_item_rests_on_its_own_content() {
        let standing = BTreeSet::new();
        assert_eq!(draft(None).check_whole(false, 3, &standing), Ok(()));
        let refused = draft(Some(whole(ids(3)))).check_whole(false, 3, &standing);
        assert_eq!(refused.map_err(|refusal| refusal.code), Err("whole_of_item"));
    }

    #[test]
    fn what_is_not_referred_needs_no_grounds() {
        let declined = Draft { decision: Decision::NotTerrorist, ..draft(None) };
        assert_eq!(declined.check_whole(true, 3, &BTreeSet::new()), Ok(()));
    }
}
