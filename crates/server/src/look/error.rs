//! Findings: what stops, what asks, what passed. Refusals name the rule and the way out.

use super::signs::{Sign, sign};
use crate::words::Words;
use maud::{Markup, html};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A rule says no.
    Stop,
    /// A person must answer.
    Ask,
    /// To know; it holds nothing back.
    Note,
    /// Looked at, nothing found.
    Pass,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Which provider it is about, where there are several; else empty.
    pub about: String,
    /// What was found and the way out, in words.
    pub text: String,
    /// The rule, such as `LAW-31.08`; may be empty.
    pub rule: String,
    /// For [`Weight::Ask`]: name of the tick that answers it, and its words.
    pub acknowledge: Option<(String, String)>,
}

/// One finding; `number` is its reference mark, `form` the id of the form that its tick belongs to.
#[must_use]
pub fn finding(found: &Finding, number: Option<usize>, form: Option<&str>, w: &Words) -> Markup {
    let (class, drawing, word) = match found.weight {
        Weight::Stop => ("finding stop", Sign::Stop, Some(w.t("finding-stop"))),
        Weight::Ask => ("finding ask", Sign::Ask, Some(w.t("finding-ask"))),
        Weight::Note => ("finding", Sign::Info, None),
        Weight::Pass => ("finding pass", Sign::Check, None),
    };
    html! {
        div class=(class) id=[number.map(|number| format!("n{number}"))] {
            (sign(drawing))
            p {
                @if let Some(number) = number { span.ref { (number) } " " }
                @if let Some(word) = word { span.word { (word) } " " }
                @if !found.about.is_empty() { b { bdi dir="auto" { (found.about) } } ": " }
                bdi title=[(!found.rule.is_empty()).then_some(&found.rule)] { (found.text) }
            }
            @if let Some((name, words)) = &found.acknowledge {
                label.tick { input type="checkbox" form=[form] name="acknowledge[]" value=(name); span { bdi { (words) } } }
            }
        }
    }
}

/// All findings: what stops first, then what asks, then what is to know, the passed ones folded.
#[must_use]
pub fn findings(all: &[Finding], form: &str, w: &Words) -> Markup {
    let of = |weight: Weight| all.iter().filter(move |found| found.weight == weight);
    let passed = of(Weight::Pass).count();
    html! {
        @for (at, found) in of(Weight::Stop).chain(of(Weight::Ask)).chain(of(Weight::Note)).enumerate() { (finding(found, Some(at + 1), Some(form), w)) }
        @if passed > 0 {
            details open {
                summary { (w.with("findings-passed", &[("n", passed.into())])) }
                @for found in of(Weight::Pass) { (finding(found, None, None, w)) }
            }
        }
    }
}
