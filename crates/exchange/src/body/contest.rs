//! `contest` and `contest_decision` (RXP-20.25, RXP-20.26): somebody disagrees, and a person decides with reasons.

use crate::atoms::check_url;
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use domain::id::MessageId;
use serde::{Deserialize, Serialize};

/// The body of a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// The order, referral or notice contested.
    #[serde(deserialize_with = "crate::atoms::message_id")]
    pub subject: MessageId,
    /// Its reference, as the author knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_number: Option<String>,
    /// In one word.
    pub ground: ContestGround,
    /// In sentences.
    pub reasons: String,
    /// What is wanted.
    pub wish: Wish,
}

/// Why somebody disagrees: the questions of LAW-13, and what else can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestGround {
    /// Teaching.
    Education,
    /// Reporting.
    Journalism,
    /// Art.
    Art,
    /// Research.
    Research,
    /// Speaks against the cause.
    CounterSpeech,
    /// A view in public debate.
    PublicDebate,
    /// Not terrorist content for another reason.
    NotTerroristContent,
    /// Another item is meant.
    WrongItem,
    /// A rule of procedure was broken.
    Procedure,
    /// Another reason.
    Other,
}

/// What a contestant wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Put it back.
    Reinstate,
    /// Withdraw the message.
    Withdraw,
    /// Correct it.
    Correct,
    /// Explain it.
    Explain,
}

/// The body of a contest decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestDecision {
    /// Whether the contestant is right.
    pub decision: Decision,
    /// Why.
    pub reasons: String,
    /// 1 to 12 ways to go on.
    pub next_steps: Vec<Redress>,
}

/// Whether a contestant is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes.
    Upheld,
    /// In part.
    PartlyUpheld,
    /// No.
    Rejected,
}

/// One way to go on (LAW-31, section G of Annex I).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redress {
    /// For whom.
    #[serde(rename = "for")]
    pub whom: RedressFor,
    /// Before whom.
    pub kind: RedressKind,
    /// Its name.
    pub body: String,
    /// Within what time the person may go there.
    pub deadline: RedressTime,
    /// Where the law can be read.
    pub law_link: String,
}

/// Who may go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedressFor {
    /// The hosting service provider.
    Provider,
    /// The author.
    ContentProvider,
}

/// Where to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedressKind {
    /// An authority.
    Authority,
    /// A court.
    Court,
    /// A settlement body (DSA 21).
    SettlementBody,
}

/// The time to go there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedressTime {
    /// How many, 1 to 1000.
    pub n: u16,
    /// Of what.
    pub unit: TimeUnit,
    /// Counted from what.
    pub from: String,
}

/// A unit of time in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}

impl Contest {
    pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
        if envelope.in_reply_to != Some(self.subject) {
            return Err(Refused::at(Code::Schema, "/body/subject", "a contest replies to what it contests"));
        }
        limits::optional(limits::REFERENCE_CHARS, "/body/reference_number", self.reference_number.as_ref())?;
        limits::STATEMENT_CHARS.text("/body/reasons", &self.reasons)
    }
}

impl ContestDecision {
    pub(crate) fn check(&self, _: &Envelope) -> Result<(), Refused> {
        limits::STATEMENT_CHARS.text("/body/reasons", &self.reasons)?;
        limits::REDRESS.count("/body/next_steps", &self.next_steps)?;
        for (index, step) in self.next_steps.iter().enumerate() {
            let at = format!("/body/next_steps/{index}");
            limits::NAME_CHARS.text(&format!("{at}/body"), &step.body)?;
            limits::NAME_CHARS.text(&format!("{at}/deadline/from"), &step.deadline.from)?;
            check_url(&format!("{at}/law_link"), &step.law_link)?;
            if !(1..=1000).contains(&step.deadline.n) {
                return Err(Refused::at(Code::Limit, &format!("{at}/deadline/n"), "allowed are 1 to 1000"));
            }
        }
        Ok(())
    }
}
