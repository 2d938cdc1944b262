//! From the house's words to what the parts of a page draw.

use crate::look::{Exemption, Finds, Hold, Kind, TcoKind, Why};
use domain::assessment::{Finding, Question};
use domain::hold::HoldAnswer;
use jiff::Timestamp;

/// Seconds that a silent partner is waited for (LAW-64).
const SILENCE_SECONDS: u32 = 10;
/// Offences as the forms write them, and as the law is cited (LAW-12).
const OFFENCE_PREFIX: &str = "2017/541:";

/// What an item is.
pub(super) fn kind(word: &str) -> Kind {
    match word {
        "video" => Kind::Video,
        "image" => Kind::Image,
        "audio" => Kind::Audio,
        "document" => Kind::Document,
        "account" => Kind::Account,
        "channel" => Kind::Channel,
        "site" => Kind::Site,
        "link" => Kind::Link,
        _ => Kind::Text,
    }
}

/// A deconfliction answer.
pub(super) fn hold(answer: HoldAnswer, until: Option<Timestamp>) -> Hold {
    match answer {
        HoldAnswer::Clear => Hold::Clear,
        HoldAnswer::TalkToMe => Hold::Talk,
        HoldAnswer::InvestigativeHold => Hold::Until(until.unwrap_or(Timestamp::MAX)),
        HoldAnswer::AlreadyOrdered => Hold::Ordered,
        HoldAnswer::NoAnswer => Hold::NoAnswer { seconds: SILENCE_SECONDS },
        HoldAnswer::NoPartnerConfigured => Hold::NoPartner,
    }
}

/// Why a cluster has its place.
pub(super) fn why(row: &app::view::queue::Row, age_seconds: u64) -> Why {
    match row.reason.as_str() {
        "queue-reason-submitted" if ["account", "channel"].contains(&row.kind.as_str()) => Why::Proposed,
        "queue-reason-threat" => Why::ThreatToLife,
        "queue-reason-reappeared" => Why::Returned { days: age_seconds / 86_400 },
        "queue-reason-spreading" => Why::Spreading { copies: row.members, seconds: age_seconds },
        "queue-reason-match" => Why::Same,
        _ => Why::Waiting,
    }
}

/// A kind of terrorist content.
pub(super) fn tco(code: &str) -> Option<TcoKind> {
    TcoKind::ALL.into_iter().find(|kind| kind.code() == code)
}

/// Kinds that were found with their statements.
pub(super) fn found(all: &[(domain::assessment::Kind, String)]) -> Vec<(TcoKind, String)> {
    all.iter().filter_map(|(kind, statement)| Some((tco(kind.word())?, statement.clone()))).collect()
}

/// A question of TCO Art 1(3).
pub(super) fn question(question: Question) -> Option<Exemption> {
    Exemption::ALL.iter().copied().find(|found| found.code() == question.word())
}

/// An answer to it.
pub(super) fn finds(finding: Finding) -> Finds {
    match finding {
        Finding::No => Finds::No,
        Finding::Yes => Finds::Yes,
        Finding::Unsure => Finds::Unsure,
    }
}

/// `3.1.a` → `2017/541:3(1)(a)`, `4.b` → `2017/541:4(b)`; `None` when it is none.
pub(super) fn offence(code: &str) -> Option<String> {
    let mut parts = code.split('.');
    let mut cited = format!("{OFFENCE_PREFIX}{}", parts.next()?);
    for part in parts {
        cited.push_str(&format!("({part})"));
    }
    domain::assessment::OFFENCE_REFS.contains(&cited.as_str()).then_some(cited)
}

/// The way back: `2017/541:3(1)(a)` → `3.1.a`.
pub(super) fn offence_code(cited: &str) -> String {
    cited.trim_start_matches(OFFENCE_PREFIX).replace(")(", ".").replace('(', ".").replace(')', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offences_of_the_forms() {
        for code in crate::look::TcoKind::ALL.iter().flat_map(|kind| crate::look::offences(*kind)) {
            let cited = offence(code);
            assert!(cited.is_some(), "{code}");
            assert_eq!(offence_code(cited.as_deref().unwrap_or_default()), code);
        }
        assert_eq!(offence("3.1.z"), None);
    }

    #[test]
    fn every_question_is_drawn() {
        assert!(Question::ALL.iter().all(|found| question(*found).is_some()));
    }
}
