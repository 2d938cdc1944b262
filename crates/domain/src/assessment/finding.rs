//! The two findings: about content, once for a cluster, and about context, once for each item (D2, D3; LAW-10 to LAW-16).

use super::{
    EXEMPTION_MAX_CHARS, EXEMPTION_MIN_CHARS, Finding, Kind, Question, STATEMENT_MAX_CHARS,
    STATEMENT_MIN_CHARS, Urgency,
};
use crate::observation::Audience;
use crate::refusal::Refusal;
use crate::written::{self, Lines};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is decided once, about the content of a cluster (D2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentFinding {
    /// One statement a kind; 1 to 5 kinds.
    pub statements: BTreeMap<Kind, String>,
    /// Where: time code, page, quotation; at least one a kind (LAW-10, D6).
    pub pinpoints: BTreeMap<Kind, Vec<String>>,
    /// The danger that the material causes; required with `incites`, not copied from another field (LAW-11).
    #[serde(default)]
    pub danger: Option<String>,
    /// Offences from a closed list; required for every kind but `incites` (LAW-12).
    #[serde(default)]
    pub offence_refs: Vec<String>,
    /// How soon.
    pub urgency: Urgency,
}

/// An answer and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionAnswer {
    /// no, yes or unsure.
    pub finding: Finding,
    /// Why: 0..=1000 characters for `no`, 10..=1000 otherwise (D3).
    #[serde(default)]
    pub text: String,
}

/// What is decided for each item, channel or account (D2): where it stands and for what purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextFinding {
    /// Who can see it (LAW-08).
    pub audience: Audience,
    /// The six questions, each answered.
    pub exemption: BTreeMap<Question, ExemptionAnswer>,
    /// The true purpose of the dissemination.
    pub true_purpose: String,
    /// Where and by whom it is shown.
    pub context: String,
    /// Whether a newsroom or publisher answers for it.
    pub editorial_responsibility: bool,
    /// Whether its author is on a Union list: `no`, `yes`, `unknown`.
    pub eu_listed_author: String,
}

/// Offences of Directive (EU) 2017/541 that can be named (LAW-12).
pub const OFFENCE_REFS: &[&str] = &[
    "2017/541:3(1)(a)",
    "2017/541:3(1)(b)",
    "2017/541:3(1)(c)",
    "2017/541:3(1)(d)",
    "2017/541:3(1)(e)",
    "2017/541:3(1)(f)",
    "2017/541:3(1)(g)",
    "2017/541:3(1)(h)",
    "2017/541:3(1)(i)",
    "2017/541:4(b)",
];

impl ContentFinding {
    /// Checks LAW-10 to LAW-12 and the limits.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.statements.is_empty() {
            return Err(Refusal::new("LAW-10", "kind_missing", "Tick at least one kind of content."));
        }
        for (kind, statement) in &self.statements {
            written::sound(statement, (STATEMENT_MIN_CHARS, STATEMENT_MAX_CHARS), Lines::Several).map_err(|unsound| {
                unsound.refused(|chars| Refusal::new(
                    "LAW-10",
                    "statement_length",
                    format!(
                        "The statement for \"{kind}\" has {chars} characters; write {STATEMENT_MIN_CHARS} to {STATEMENT_MAX_CHARS}."
                    ),
                ))
            })?;
            if !self
                .pinpoints
                .get(kind)
                .is_some_and(|places| places.iter().any(|place| written::seen(place) > 0))
            {
                return Err(Refusal::new(
                    "LAW-10",
                    "pinpoint_missing",
                    format!("Say where \"{kind}\" is found: a time code, a page or a quotation."),
                ));
            }
        }
        self.check_danger()?;
        self.check_offences()
    }

    fn check_danger(&self) -> Result<(), Refusal> {
        if !self.statements.contains_key(&Kind::Incites) {
            return Ok(());
        }
        let danger = self.danger.as_deref().map(str::trim).unwrap_or_default();
        let required = || {
            Refusal::new(
                "LAW-11",
                "danger_required",
                "\"Incites\" needs its own words on the danger that offences may be committed; a copy of the statement is not enough.",
            )
        };
        let sound = written::sound(danger, (STATEMENT_MIN_CHARS, usize::MAX), Lines::Several);
        sound.map_err(|unsound| unsound.refused(|_| required()))?;
        let copied = self.statements.values().any(|statement| statement.trim() == danger);
        if copied { Err(required()) } else { Ok(()) }
    }

    fn check_offences(&self) -> Result<(), Refusal> {
        if let Some(unknown) =
            self.offence_refs.iter().find(|offence| !OFFENCE_REFS.contains(&offence.as_str()))
        {
            return Err(Refusal::new(
                "LAW-12",
                "offence_unknown",
                format!("\"{unknown}\" is not on the list of offences."),
            ));
        }
        let needs = self.statements.keys().any(|kind| *kind != Kind::Incites);
        if needs && self.offence_refs.is_empty() {
            return Err(Refusal::new(
                "LAW-12",
                "offence_refs",
                "Name at least one offence for kinds 2 to 5.",
            ));
        }
        Ok(())
    }
}

impl ContextFinding {
    /// Checks that all questions are answered within the limits (LAW-13, D3).
    pub fn check(&self) -> Result<(), Refusal> {
        if self.audience == Audience::Private {
            return Err(Refusal::new(
                "LAW-08",
                "private_audience",
                "Private communication is outside this work and is not assessed.",
            ));
        }
        for question in Question::ALL {
            let Some(answer) = self.exemption.get(question) else {
                return Err(Refusal::new(
                    "LAW-13",
                    "exemption_missing",
                    format!("Answer the question \"{question}\"."),
                ));
            };
            let least = if answer.finding == Finding::No { 0 } else { EXEMPTION_MIN_CHARS };
            let sound = written::sound(&answer.text, (least, EXEMPTION_MAX_CHARS), Lines::Several);
            sound.map_err(|unsound| {
                unsound.refused(|chars| Refusal::new(
                    "LAW-13",
                    "exemption_text",
                    format!(
                        "The text on \"{question}\" has {chars} characters; write {least} to {EXEMPTION_MAX_CHARS}."
                    ),
                ))
            })?;
        }
        for (field, text) in [("true purpose", &self.true_purpose), ("context", &self.context)] {
            let sound = written::sound(text, (EXEMPTION_MIN_CHARS, EXEMPTION_MAX_CHARS), Lines::Several);
            sound.map_err(|unsound| {
                unsound.refused(|chars| Refusal::new(
                    "LAW-13",
                    "purpose_text",
                    format!(
                        "The {field} has {chars} characters; write {EXEMPTION_MIN_CHARS} to {EXEMPTION_MAX_CHARS}."
                    ),
                ))
            })?;
        }
        if !["no", "yes", "unknown"].contains(&self.eu_listed_author.as_str()) {
            return Err(Refusal::new(
                "LAW-13",
                "eu_listed_author",
                "Say no, yes or unknown for \"author on a Union list\".",
            ));
        }
        Ok(())
    }

    /// The strongest answer of the six: yes before unsure before no (LAW-14).
    #[must_use]
    pub fn strongest(&self) -> Finding {
        let has = |finding| self.exemption.values().any(|answer| answer.finding == finding);
        if has(Finding::Yes) {
            Finding::Yes
        } else if has(Finding::Unsure) || self.audience == Audience::Unsure {
            Finding::Unsure
        } else {
            Finding::No
        }
    }

    /// What makes two items alike enough to be confirmed together (D2): audience and publisher.
    #[must_use]
    pub fn alike(&self) -> (Audience, bool) {
        (self.audience, self.editorial_responsibility)
    }
}

/// What travels of the contexts of a message's items (D6, LAW-15): on each question the strongest answer of any item,
/// and every purpose that was written, as many as [`EXEMPTION_MAX_CHARS`] holds. A question without answer is refused.
pub fn summary(contexts: &[&ContextFinding]) -> Result<(BTreeMap<Question, Finding>, String), Refusal> {
    let mut findings = BTreeMap::new();
    let mut purposes: Vec<&str> = Vec::new();
    for context in contexts {
        context.check()?;
        for (question, answer) in &context.exemption {
            let strongest = findings.entry(*question).or_insert(answer.finding);
            if strength(answer.finding) > strength(*strongest) {
                *strongest = answer.finding;
            }
        }
        let purpose = context.true_purpose.trim();
        let long: usize = purposes.iter().map(|other| other.chars().count() + 1).sum();
        if !purposes.contains(&purpose) && long + purpose.chars().count() <= EXEMPTION_MAX_CHARS {
            purposes.push(purpose);
        }
    }
    Ok((findings, purposes.join(" ")))
}

/// Yes before unsure before no (LAW-14).
fn strength(finding: Finding) -> u8 {
    match finding {
        Finding::No => 0,
        Finding::Unsure => 1,
        Finding::Yes => 2,
    }
}
