//! Contests: who says that we were wrong, and what do we answer? A third person decides each (LAW-57, LAW-120).

use crate::look::{self, Button, Display, Frame, boxed, button, empty, post, text_between};
use crate::words::Words;
use domain::reads::{REASON_MAX_CHARS, REASON_MIN_CHARS};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Contests, those that wait first; at most 200.
    pub contests: Vec<Contest>,
    /// The reader may decide contests.
    pub may_decide: bool,
}

/// One contest.
#[derive(Clone, Debug)]
pub struct Contest {
    /// Its id.
    pub id: String,
    /// The contested referral: reference and page.
    pub referral: (String, String),
    /// Who received that referral.
    pub provider: String,
    /// Its state in words.
    pub state: String,
    /// It waits for a decision.
    pub open: bool,
    /// What is said to be wrong.
    pub reasons: String,
    /// The decision: who, when, why.
    pub decision: Option<(String, Timestamp, String)>,
    /// The reader assessed or confirmed the referral: somebody else decides.
    pub own: bool,
    /// When it came.
    pub at: Timestamp,
    /// It was upheld, and the referral still stands.
    pub to_withdraw: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate.wide { h1 { (w.t("contests-question")) } p.small.mute { (w.t("contests-note")) } }
        section.pane.wide aria-label=(w.t("contests-title")) {
            @if view.contests.is_empty() {
                (empty(&w.t("contests-none"), &html! { (w.t("contests-none-next")) }, Some((&w.t("page-sent"), "/console/sent"))))
            }
            @for contest in &view.contests { (one(contest, view.may_decide, w, frame)) }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("contests-title"), "sheet"), &main)
}

fn one(contest: &Contest, may_decide: bool, w: &Words, frame: &Frame) -> Markup {
    boxed(
        &contest.referral.0,
        &contest.state,
        &html! {
            p.small { (w.moment(contest.at)) (w.comma()) bdi dir="ltr" { (contest.provider) } (w.comma())
                a href=(contest.referral.1) { (w.t("contests-referral")) span.sr { " " (contest.referral.0) } } }
            p.said dir="auto" { (contest.reasons) }
            @if let Some((who, at, why)) = &contest.decision {
                p { b { (contest.state) } (w.comma()) bdi { (who) } (w.comma()) (w.moment(*at)) }
                p dir="auto" { (why) }
            }
            @if contest.to_withdraw { p { a.b href=(contest.referral.1) { (w.t("contests-withdraw")) } } }
            @if contest.open && contest.own { p.small.mute { (w.t("contests-own")) } }
            @else if contest.open && may_decide { (decide(contest, w, frame)) }
            @else if contest.open { p.small.mute { (w.t("contests-coordinator")) } }
        },
    )
}

fn decide(contest: &Contest, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/contests/{}", contest.id),
        &frame.csrf,
        "stack",
        &html! {
            (text_between("reason", &html! { (w.t("contests-why")) }, "", (REASON_MIN_CHARS, REASON_MAX_CHARS), w))
            div.line-of {
                (button(&Button { label: &w.t("contests-uphold"), name: "decision", value: "upheld", key: "", class: "" }))
                (button(&Button { label: &w.t("contests-refuse"), name: "decision", value: "refused", key: "", class: "" }))
            }
        },
    )
}
