//! A person's reasoned decision, and another's confirmation (D2, D3, D4; LAW-08 to LAW-17).

mod finding;
mod whole;

pub use finding::{ContentFinding, ContextFinding, ExemptionAnswer, OFFENCE_REFS, summary};
pub use whole::{GROUNDS_MAX, Whole, too_few};

use crate::id::SubjectId;
use crate::refusal::Refusal;
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Least length of a statement, in characters (RXP-100.05).
pub const STATEMENT_MIN_CHARS: usize = 20;
/// Greatest length of a statement, in characters (RXP-100.05).
pub const STATEMENT_MAX_CHARS: usize = 4000;
/// Greatest length of an exemption text, in characters (D3).
pub const EXEMPTION_MAX_CHARS: usize = 1000;
/// Least length of an exemption text for `yes` and `unsure`, in characters (D3).
pub const EXEMPTION_MIN_CHARS: usize = 10;
/// Most items that one assessment confirms at once; one referral carries no more (RXP-100.02).
pub const ITEMS_MAX: usize = 200;
/// Least number of approved assessments of content on a channel or account before it can be referred (D1).
pub const GROUNDS_MIN: usize = 3;
/// The floor under an agency's own setting of [`GROUNDS_MIN`] (D1).
pub const GROUNDS_FLOOR: usize = 2;

words! {
    /// The five kinds of TCO Art 2(7) (LAW-10).
    Kind {
        /// (a) incites.
        Incites = "incites",
        /// (b) solicits to commit an offence.
        SolicitsCommit = "solicits_commit",
        /// (c) solicits participation in a group.
        SolicitsParticipation = "solicits_participation",
        /// (d) gives instruction.
        Instruction = "instruction",
        /// (e) is a threat.
        Threat = "threat",
    }
}

words! {
    /// The questions of TCO Art 1(3) (LAW-13).
    Question {
        /// Teaching material.
        Education = "education",
        /// A newsroom's report.
        Journalism = "journalism",
        /// Art.
        Art = "art",
        /// Research.
        Research = "research",
        /// Prevents or counters terrorism.
        CounterTerrorism = "counter_terrorism",
        /// Polemic or controversial views in public debate.
        PublicDebate = "public_debate",
    }
}

words! {
    /// An answer to an exemption question.
    Finding {
        /// Not exempt on this ground.
        No = "no",
        /// Exempt: blocks the send (LAW-14).
        Yes = "yes",
        /// A doubt: a second reader is asked (LAW-14).
        Unsure = "unsure",
    }
}

words! {
    /// How soon it must be looked at.
    Urgency {
        /// In its turn.
        Normal = "normal",
        /// Spreads now.
        Spreading = "spreading",
        /// A life is in danger: its own lane (D35, LAW-58).
        ThreatToLife = "threat_to_life",
    }
}

words! {
    /// What the author decided.
    Decision {
        /// Refer to the provider.
        Refer = "refer",
        /// Not terrorist content.
        NotTerrorist = "not_terrorist",
        /// Exempt by Art 1(3).
        Exempt = "exempt",
        /// Ask a second reader.
        SecondReader = "second_reader",
    }
}

/// What an author hands in about a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What was decided.
    pub decision: Decision,
    /// The content's finding; required to refer.
    #[serde(default)]
    pub content: Option<ContentFinding>,
    /// The context of each item confirmed; required to refer.
    #[serde(default)]
    pub contexts: BTreeMap<SubjectId, ContextFinding>,
    /// A free note for colleagues; never sent.
    #[serde(default)]
    pub note: String,
    /// What a channel or account rests on; required to refer one, nothing for items (D1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Whole>,
}

words! {
    /// Where an assessment stands.
    State {
        /// Waits for the second person.
        Assessed = "assessed",
        /// A doubt: waits for a second reader who did not write it (LAW-14).
        AwaitsReader = "awaits_reader",
        /// Sent back by the second person with a reason.
        Returned = "returned",
        /// Confirmed by another person.
        Approved = "approved",
        /// Not terrorist content, or exempt, or two doubts: nothing is sent.
        Declined = "declined",
        /// Its effect was taken back.
        Withdrawn = "withdrawn",
        /// Overtaken: the cluster was split or the finding changed (D2).
        Void = "void",
    }
}

words! {
    /// What happens to an assessment.
    Event {
        /// The author saved; decision to refer, no doubt.
        SavedToRefer = "saved_to_refer",
        /// The author saved with a doubt, or asked for a second reader.
        SavedUnsure = "saved_unsure",
        /// The author saved: nothing to send.
        SavedDeclined = "saved_declined",
        /// A second reader found no exemption.
        ReadClear = "read_clear",
        /// A second reader found an exemption, or is unsure too.
        ReadBlocked = "read_blocked",
        /// Another person confirmed.
        Approved = "approved",
        /// Another person sent it back.
        Returned = "returned",
        /// One person took it back.
        Withdrawn = "withdrawn",
        /// The content changed under it.
        Overtaken = "overtaken",
    }
}

/// The next state, or the refusal. `None` is the state before the first save.
pub fn next(state: Option<State>, event: Event) -> Result<State, Refusal> {
    use Event as E;
    use State as S;
    match (state, event) {
        (None | Some(S::Returned | S::AwaitsReader | S::Assessed | S::Declined), E::SavedToRefer) => {
            Ok(S::Assessed)
        }
        (None | Some(S::Returned | S::AwaitsReader | S::Assessed | S::Declined), E::SavedUnsure) => {
            Ok(S::AwaitsReader)
        }
        (None | Some(S::Returned | S::AwaitsReader | S::Assessed | S::Declined), E::SavedDeclined) => {
            Ok(S::Declined)
        }
        (Some(S::AwaitsReader), E::ReadClear) => Ok(S::Assessed),
        (Some(S::AwaitsReader), E::ReadBlocked) => Ok(S::Declined),
        (Some(S::Assessed), E::Approved) => Ok(S::Approved),
        (Some(S::Assessed | S::AwaitsReader), E::Returned) => Ok(S::Returned),
        (Some(S::Assessed | S::AwaitsReader | S::Returned | S::Approved | S::Declined), E::Withdrawn) => {
            Ok(S::Withdrawn)
        }
        (Some(S::Assessed | S::AwaitsReader | S::Returned | S::Approved), E::Overtaken) => Ok(S::Void),
        (state, event) => Err(Refusal::new(
            "RXP-70",
            "bad_transition",
            format!(
                "An assessment that is \"{}\" cannot be \"{event}\". Load the page again to see where it stands.",
                state.map_or("new", State::word)
            ),
        )),
    }
}

impl Draft {
    /// Checks the draft and says which event saving it is.
    pub fn event(&self) -> Result<Event, Refusal> {
        match self.decision {
            Decision::NotTerrorist => Ok(Event::SavedDeclined),
            Decision::Exempt => {
                self.check_contexts()?;
                if !self.contexts.values().any(|context| context.strongest() == Finding::Yes) {
                    return Err(Refusal::new(
                        "LAW-13",
                        "exempt_without_yes",
                        "To save as exempt, answer \"yes\" to the question that applies.",
                    ));
                }
                Ok(Event::SavedDeclined)
            }
            Decision::SecondReader => {
                self.check_contexts()?;
                Ok(Event::SavedUnsure)
            }
            Decision::Refer => self.refer_event(),
        }
    }

    fn refer_event(&self) -> Result<Event, Refusal> {
        let Some(content) = &self.content else {
            return Err(Refusal::new(
                "LAW-10",
                "kind_missing",
                "Tick at least one kind of content and say why.",
            ));
        };
        content.check()?;
        self.check_contexts()?;
        let strongest: Vec<Finding> = self.contexts.values().map(ContextFinding::strongest).collect();
        if strongest.contains(&Finding::Yes) {
            return Err(Refusal::new(
                "LAW-14",
                "exemption_yes",
                "An exemption is answered \"yes\": this cannot be referred. Save it as exempt, or take the item out.",
            ));
        }
        Ok(if strongest.contains(&Finding::Unsure) { Event::SavedUnsure } else { Event::SavedToRefer })
    }

    fn check_contexts(&self) -> Result<(), Refusal> {
        if self.contexts.is_empty() {
            return Err(Refusal::new(
                "D2",
                "no_items",
                "Confirm at least one item: nothing is decided for items that were not looked at.",
            ));
        }
        if self.contexts.len() > ITEMS_MAX {
            return Err(Refusal::new(
                "RXP-100.02",
                "too_many_items",
                format!("At most {ITEMS_MAX} items can be confirmed at once."),
            ));
        }
        for context in self.contexts.values() {
            context.check()?;
        }
        let mut alike: Vec<_> = self.contexts.values().map(ContextFinding::alike).collect();
        alike.dedup();
        if alike.len() > 1 {
            return Err(Refusal::new(
                "D2",
                "not_alike",
                "Only items with the same audience and publisher can be confirmed together. Decide the others apart.",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Audience;

    #[test]
    fn assessment_table() {
        let mut table = String::new();
        for state in std::iter::once(None).chain(State::ALL.iter().copied().map(Some)) {
            for event in Event::ALL {
                if let Ok(after) = next(state, *event) {
                    table.push_str(&format!("{} + {event} -> {after}\n", state.map_or("new", State::word)));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    fn content() -> ContentFinding {
        ContentFinding {
            statements: [(
                Kind::SolicitsParticipation,
                "Invites readers to join the invented Example Group.".into(),
            )]
            .into(),
            pinpoints: [(Kind::SolicitsParticipation, vec!["line 1".into()])].into(),
            danger: None,
            offence_refs: vec!["2017/541:4(b)".into()],
            urgency: Urgency::Normal,
        }
    }

    fn context(finding: Finding) -> ContextFinding {
        let answer = |finding| ExemptionAnswer { finding, text: "No sign of it was seen.".into() };
        let mut exemption: BTreeMap<_, _> =
            Question::ALL.iter().map(|question| (*question, answer(Finding::No))).collect();
        exemption.insert(Question::Art, answer(finding));
        ContextFinding {
            audience: Audience::Open,
            exemption,
            true_purpose: "Recruitment for the invented group.".into(),
            context: "Public channel, open to anyone.".into(),
            editorial_responsibility: false,
            eu_listed_author: "no".into(),
        }
    }

    fn draft(finding: Finding) -> Draft {
        Draft {
            decision: Decision::Refer,
            content: Some(content()),
            contexts: [(SubjectId(uuid::Uuid::nil()), context(finding))].into(),
            note: String::new(),
            whole: None,
        }
    }

    #[test]
    fn exemption_routing() {
        assert_eq!(draft(Finding::No).event(), Ok(Event::SavedToRefer));
        assert_eq!(draft(Finding::Unsure).event(), Ok(Event::SavedUnsure));
        assert_eq!(draft(Finding::Yes).event().map_err(|refusal| refusal.code), Err("exemption_yes"));
        assert_eq!(
            next(Some(State::AwaitsReader), Event::ReadBlocked),
            Ok(State::Declined),
            "two unsure block"
        );
    }

    #[test]
    fn no_send_without_assessment() {
        assert!(next(None, Event::Approved).is_err());
        let mut without = draft(Finding::No);
        without.contexts.clear();
        assert_eq!(without.event().map_err(|refusal| refusal.code), Err("no_items"));
        let mut missing = draft(Finding::No);
        for context in missing.contexts.values_mut() {
            context.exemption.remove(&Question::Research);
        }
        assert_eq!(missing.event().map_err(|refusal| refusal.code), Err("exemption_missing"));
    }

    #[test]
    fn kind_needs_statement() {
        let mut short = draft(Finding::No);
        if let Some(content) = &mut short.content {
            content.statements.insert(Kind::SolicitsParticipation, "too short".into());
        }
        assert_eq!(short.event().map_err(|refusal| refusal.code), Err("statement_length"));
        let mut placeless = draft(Finding::No);
        if let Some(content) = &mut placeless.content {
            content.pinpoints.clear();
        }
        assert_eq!(placeless.event().map_err(|refusal| refusal.code), Err("pinpoint_missing"));
    }

    #[test]
    fn danger_required() {
        let incites = |danger: Option<&str>| {
            let mut draft = draft(Finding::No);
            if let Some(content) = &mut draft.content {
                content.statements.insert(Kind::Incites, "Praises an invented act and asks for more.".into());
                content.pinpoints.insert(Kind::Incites, vec!["0:12".into()]);
                content.danger = danger.map(Into::into);
            }
            draft.event().map_err(|refusal| refusal.code)
        };
        assert_eq!(incites(None), Err("danger_required"));
        assert_eq!(incites(Some("Praises an invented act and asks for more.")), Err("danger_required"));
        assert_eq!(incites(Some("Followers have announced that they will come.")), Ok(Event::SavedToRefer));
    }

    #[test]
    fn offence_refs() {
        let mut none = draft(Finding::No);
        if let Some(content) = &mut none.content {
            content.offence_refs.clear();
        }
        assert_eq!(none.event().map_err(|refusal| refusal.code), Err("offence_refs"));
    }

    #[test]
    fn no_private_audience() {
        let mut private = draft(Finding::No);
        for context in private.contexts.values_mut() {
            context.audience = Audience::Private;
        }
        assert_eq!(private.event().map_err(|refusal| refusal.code), Err("private_audience"));
    }

    #[test]
    fn items_confirmed_together_are_alike() {
        let mut mixed = draft(Finding::No);
        let mut newsroom = context(Finding::No);
        newsroom.editorial_responsibility = true;
        mixed.contexts.insert(SubjectId(uuid::Uuid::max()), newsroom);
        assert_eq!(mixed.event().map_err(|refusal| refusal.code), Err("not_alike"));
    }
}
