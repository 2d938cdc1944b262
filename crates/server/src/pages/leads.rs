//! The sensitive analysis (D34): on the page of an account, where the same actor may be elsewhere; on the page of the agency,
//! whether the analysis is open.

use crate::look::{self, Button, Frame, button, post, slot};
use crate::words::{SLOT, Words};
pub use app::view::leads::{Counts, Elsewhere, Lead, Said, Side, Speaks};
use domain::analysis::{Analysis, DAYS_MAX, Opening, REASON_CHARS_MAX, Verdict};
use jiff::Timestamp;
use maud::{Markup, html};

/// Leads as the page of the account shows them.
#[must_use]
pub fn elsewhere(view: &Elsewhere, w: &Words, frame: &Frame) -> Markup {
    html! {
        p.small { b { (w.t("leads-lead")) } " " (w.t("leads-doubt")) }
        @if view.counting { p.small.mute { (w.t("leads-counting")) } }
        @else if view.leads.is_empty() { p.small { (w.t("leads-none")) } }
        @for lead in &view.leads { (one(view, lead, w, frame)) }
        p.note { (open_for(&view.purpose, &view.reference, view.ends_at, w)) }
    }
}

fn open_for(purpose: &str, reference: &str, ends_at: Timestamp, w: &Words) -> String {
    let said = [
        ("purpose", purpose.to_owned().into()),
        ("reference", reference.to_owned().into()),
        ("day", w.day(ends_at).into()),
    ];
    w.with("leads-open-for", &said)
}

fn one(view: &Elsewhere, lead: &Lead, w: &Words, frame: &Frame) -> Markup {
    let action = format!("/console/subject/{}/elsewhere/{}", view.account, lead.account.id);
    let list = |side: Side| {
        let of = lead.speaks.iter().filter(|speaks| speaks.side == side);
        let words: Vec<String> = of.map(|speaks| told(speaks.kind, side, &lead.counts, w)).collect();
        (!words.is_empty()).then(|| w.list(&words))
    };
    html! {
        section.lead {
            h3 { a href={ "/console/subject/" (lead.account.id) } { @if lead.account.name.is_empty() { (w.t("net-erased")) } @else { bdi { (lead.account.name) } } }
                " " span.note { bdi dir="ltr" { (lead.account.service) } } }
            @match lead.probability {
                Some(probability) => p { (w.with("leads-probability", &[("n", ((probability * 100.0).floor() as u64).min(99).into())])) },
                None => p.small { (w.t("leads-mark-alone")) },
            }
            @if let Some(words) = list(Side::For) { p.small { b { (w.t("leads-for")) } " " (words) } }
            @if let Some(words) = list(Side::Against) { p.small { b { (w.t("leads-against")) } " " (words) } }
            @if let Some(words) = list(Side::Little) { p.small.mute { b { (w.t("leads-little")) } " " (words) } }
            @if let Some(said) = &lead.said { (marked(said, w)) }
            details { summary { (w.t("leads-say")) span.sr { " " (lead.account.name) } }
                (post(&action, &frame.csrf, "stack", &html! {
                    label.labelled { span { (w.t("leads-reason")) } textarea.field name="reason" rows="2" maxlength=(REASON_CHARS_MAX) dir="auto" {} }
                    div.line-of {
                        (button(&Button { label: &w.t("leads-same"), name: "act", value: Verdict::Same.word(), key: "", class: "" }))
                        (button(&Button { label: &w.t("leads-not-same"), name: "act", value: Verdict::NotSame.word(), key: "", class: "" }))
                        @if lead.said.is_some() { (button(&Button { label: &w.t("leads-take-back"), name: "act", value: "unmark", key: "", class: "plain" })) }
                    }
                }))
            }
        }
    }
}

fn marked(said: &Said, w: &Words) -> Markup {
    let key = match said.verdict {
        Verdict::Same => "leads-said-same",
        Verdict::NotSame => "leads-said-not-same",
    };
    html! {
        p.small { (slot(&w.with(key, &[("name", said.by.clone().into()), ("at", SLOT.into())]), &w.moment(said.at)))
            @if !said.reason.is_empty() { " " q { bdi { (said.reason) } } } }
    }
}

/// One kind of evidence in words.
fn told(kind: &str, side: Side, counts: &Counts, w: &Words) -> String {
    let n = |key: &str, n: u64| w.with(key, &[("n", n.into())]);
    match kind {
        "names" => match counts.called_alike {
            Some(others) => n("leads-names", u64::from(others)),
            None => w.t("leads-names-unlike"),
        },
        "links" => match counts.links {
            0 => w.t("leads-links-none"),
            1 => w.t("leads-links-one"),
            _ => w.t("leads-links-both"),
        },
        "shared" if counts.shared == 0 => w.t("leads-shared-none"),
        "shared" => w.with(
            "leads-shared",
            &[("n", u64::from(counts.shared).into()), ("alone", u64::from(counts.alone).into())],
        ),
        "lag" => match counts.minutes {
            Some(minutes) => n("leads-lag", minutes),
            None => w.t("leads-lag-none"),
        },
        _ => w.t(match side {
            Side::For => "leads-hours-alike",
            Side::Against => "leads-hours-unlike",
            Side::Little => "leads-hours-little",
        }),
    }
}

/// The name of an analysis.
fn word(analysis: Analysis, w: &Words) -> String {
    w.t(match analysis {
        Analysis::SameActor => "leads-title",
        Analysis::Money => "leads-money",
    })
}

/// Whether the analysis is open.
#[derive(Clone, Debug)]
pub struct Switch {
    /// What for, which, and until when, while it is open.
    pub open: Option<(Opening, Timestamp)>,
}

/// The analysis as the page of the agency shows it to who may open it.
#[must_use]
pub fn switch(view: &Switch, w: &Words, frame: &Frame) -> Markup {
    html! {
        p.small { (w.with("leads-about", &[("days", DAYS_MAX.unsigned_abs().into())])) }
        @if let Some((opening, ends_at)) = &view.open {
            p.small { b { (w.list(&opening.covers.iter().map(|analysis| word(*analysis, w)).collect::<Vec<_>>())) } ". " (open_for(&opening.purpose, &opening.reference, *ends_at, w)) }
            (post("/console/agency/analysis", &frame.csrf, "", &html! {
                (button(&Button { label: &w.t("leads-close"), name: "act", value: "close", key: "", class: "" }))
            }))
        } @else {
            p.small { (w.t("leads-closed")) }
            (post("/console/agency/analysis", &frame.csrf, "stack", &html! {
                fieldset { legend.small { (w.t("leads-covers")) } @for analysis in Analysis::ALL { label.tick { input type="checkbox" name="covers[]" value=(analysis.word()); span { (word(*analysis, w)) } } } }
                (look::field("purpose", &w.t("leads-purpose"), "text", "", "off"))
                (look::field("reference", &w.t("leads-reference"), "text", "", "off"))
                (look::field("days", &w.with("leads-days", &[("days", DAYS_MAX.unsigned_abs().into())]), "number", "30", "off"))
                (button(&Button { label: &w.t("leads-open"), name: "act", value: "open", key: "", class: "" }))
            }))
        }
    }
}
