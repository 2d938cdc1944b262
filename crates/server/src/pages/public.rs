//! Public: is this lawful, and what can I do? Figures with their method in words, and contest by reference.

use crate::look::{self, Button, Display, Frame, Sign, boxed, button, field, post, sign, text_area};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the transparency page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The agencies of this machine that publish: their names.
    pub agencies: Vec<String>,
    /// The span of the figures.
    pub span: (Timestamp, Timestamp),
    /// The figures: (number, what it counts, its definition).
    pub figures: Vec<(String, String, String)>,
    /// Rules and laws the units act under: (words, reference).
    pub laws: Vec<(String, String)>,
    /// The reference that came with the link, or empty.
    pub reference: String,
    /// What became of a contest that was just sent.
    pub contested: Option<Contested>,
}

/// What became of a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contested {
    /// It is registered under this number.
    Registered(String),
    /// The reference is not known; nothing more is said.
    Unknown,
    /// It is the sender's own number, which opens nothing (D14).
    OwnNumber,
}

/// Longest reason in characters (RXP-100.05).
const REASON_CHARACTERS_MAX: u32 = 4000;

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        article.paper {
            header { h1 { (w.t("public-question")) } p { (w.t("public-lead")) } p.small.mute { (w.list(&view.agencies)) } }
            section.with { div {
                h2 { (w.t("public-figures")) }
                p { (w.moment(view.span.0)) " – " (w.moment(view.span.1)) }
                table.t { thead { tr { th scope="col" { (w.t("public-figure")) } th.num scope="col" { (w.t("public-number")) } th scope="col" { (w.t("public-means")) } } }
                    tbody { @for (number, what, means) in &view.figures { tr { th scope="row" { (what) } td.num { bdi { (number) } } td { (means) } } } } }
                p.line-of { a.b href="/public/figures.csv" { (w.with("report-save", &[("form", "CSV".into())])) } a.b href="/public/figures.json" { (w.with("report-save", &[("form", "JSON".into())])) } }
            } aside { @for (at, (words, reference)) in view.laws.iter().enumerate() { p { span.ref { (at + 1) } span { bdi { (words) } (w.comma()) bdi dir="ltr" { (reference) } } } } } }
            section.with { div { (contest(view, w, frame)) } aside { p { span.ref { "§" } span { (w.t("public-remedies")) } } } }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("public-title"), "stacked"), &main)
}

fn contest(view: &View, w: &Words, frame: &Frame) -> Markup {
    let roles = [("author", "contest-author"), ("provider", "contest-provider"), ("other", "contest-other")]
        .map(|(code, key)| (code.to_owned(), w.t(key)));
    html! {
        h2 id="contest" { (w.t("contest-title")) }
        p { (w.t("contest-how")) }
        p { (w.t("contest-where")) }
        @match &view.contested {
            Some(Contested::Registered(number)) => { p.finding.pass role="status" { (sign(Sign::Check)) span { (w.t("contest-registered")) " " span.id { (number) } } } }
            Some(Contested::Unknown) => { p.finding.stop role="alert" { (sign(Sign::Stop)) span { (w.t("contest-unknown")) } } }
            Some(Contested::OwnNumber) => { p.finding.stop role="alert" { (sign(Sign::Stop)) span { (w.t("rule-own-number")) } } }
            None => {}
        }
        (post("/public/contest", &frame.csrf, "stack plain-face", &html! {
            (field("reference", &w.t("contest-reference"), "text", &view.reference, "off"))
            (look::choice("role", &w.t("contest-role"), &roles, ""))
            (text_area("reason", &html! { (w.t("contest-reason")) }, "", 4, REASON_CHARACTERS_MAX))
            (field("answer_to", &w.t("contest-answer-to"), "email", "", "email"))
            (button(&Button { label: &w.t("contest-go"), name: "", value: "", key: "", class: "go" }))
        }))
        (boxed(&w.t("contest-then"), "", &html! { p.small { (w.t("contest-then-what")) } }))
    }
}
