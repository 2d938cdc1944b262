//! Approve: do I agree? The letter as the provider will see it, the assessment, the findings of the pre-flight.

use crate::look::{
    self, Button, Display, Exemption, Finding, Finds, Frame, Hold, Letter, Sign, Tile, TileState, Weight,
    boxed, button, considered, decide_bar, empty, facts, findings, hold_badge, key_hint, letter, post, sign,
    text_area, text_between,
};
use crate::words::Words;
use domain::reads::{REASON_MAX_CHARS, REASON_MIN_CHARS};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Letters that wait for this person: (assessment's address, words, since), at most 100.
    pub waiting: Vec<(String, String, Timestamp)>,
    /// The open one.
    pub open: Option<Box<Open>>,
}

/// The open assessment with its letter.
#[derive(Clone, Debug)]
pub struct Open {
    /// Assessment id.
    pub id: String,
    /// Version that the approval covers.
    pub version: u64,
    /// The cluster's page.
    pub subject_href: String,
    /// The provider's name.
    pub provider: String,
    /// The letter's language, in words of the reader.
    pub letter_language: String,
    /// The same letter in another language: (words, address).
    pub other_language: Option<(String, String)>,
    /// The letter.
    pub letter: Letter,
    /// Which finding belongs to which item: (item, finding), items from 0, findings from 1.
    pub marks: Vec<(usize, usize)>,
    /// Who assessed it, and when.
    pub author: (String, Timestamp),
    /// The second reader and what they found, in words.
    pub second_reader: Option<String>,
    /// What was considered.
    pub considered: Vec<(Exemption, Finds)>,
    /// Why it causes a danger, where it incites (LAW-11); empty where that was not asked.
    pub danger: String,
    /// What the author wrote of purpose and context.
    pub written: Vec<(String, String)>,
    /// The words of the content: (words, language tag), at most three.
    pub words: Vec<(String, String)>,
    /// The author is in doubt and asks a second reader: the questions with what the author wrote; may be empty.
    pub doubt: Option<Vec<(Exemption, String)>>,
    /// The reader may answer a doubt or agree.
    pub may_confirm: bool,
    /// One still.
    pub tile: Option<Tile>,
    /// Others asked, with how many.
    pub holds: Vec<(Hold, u64)>,
    /// The findings of the pre-flight.
    pub findings: Vec<Finding>,
    /// Items that a rule lets go; those that wait for a third person among them.
    pub going: u64,
    /// Items that wait for a third person after this one agrees.
    pub third: u64,
    /// The reader wrote it: reading is free, agreeing is not (decision D4).
    pub own: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let Some(open) = &view.open else {
        let main = html! { h1.sr { (w.t("approve-question")) }
        (empty(&w.t("approve-empty"), &html! { (w.t("approve-empty-next")) }, Some((&w.t("page-queue"), "/console/queue")))) };
        return look::page(frame, w, Display::Long, (&w.t("page-approve"), "sheet"), &main);
    };
    let main = html! {
        div.read {
            section.well aria-label=(w.t("approve-letter")) tabindex="0" { (caption(open, view, w)) (letter(&open.letter, &open.marks)) }
            aside.pane.side aria-label=(w.t("approve-side")) tabindex="0" {
                (assessment(open, view, w))
                @if let Some(doubts) = &open.doubt { (doubt(open, doubts, w, frame)) } @else { (checked(open, w)) }
                (content(open, w))
                (others(open, view, w))
            }
        }
        (bar(open, w, frame))
    };
    look::page(frame, w, Display::Desk, (&w.t("page-approve"), "stacked"), &main)
}

fn caption(open: &Open, view: &View, w: &Words) -> Markup {
    html! {
        p.cap {
            (look::tag(look::Instrument::Referral, w))
            span { (w.with("approve-as-seen", &[("name", (&open.provider).into()), ("language", (&open.letter_language).into())])) }
            @if let Some((words, href)) = &open.other_language { a.b.plain href=(href) { (words) } }
            span.note { (w.with("items", &[("n", open.letter.items.len().into())])) (w.comma()) (w.with("decisions-waiting", &[("n", view.waiting.len().into())])) }
        }
    }
}

fn assessment(open: &Open, view: &View, w: &Words) -> Markup {
    let mut pairs = vec![(
        w.t("approve-author"),
        html! { bdi { (open.author.0) } (w.comma()) (w.moment(open.author.1)) },
    )];
    if let Some(found) = &open.second_reader {
        pairs.push((w.t("approve-second"), html! { bdi { (found) } }));
    }
    pairs.push((w.t("considered"), html! { (considered(&open.considered, w)) }));
    if !open.danger.is_empty() {
        pairs.push((w.t("danger-question"), html! { bdi { (open.danger) } }));
    }
    for (purpose, context) in &open.written {
        pairs.push((w.t("approve-purpose"), html! { bdi { (purpose) } }));
        pairs.push((w.t("context-title"), html! { bdi { (context) } }));
    }
    if let Some(tile) = &open.tile {
        pairs.push((w.t("approve-content"), held(tile, w)));
    }
    pairs.push((
        w.t("asked-title"),
        html! { span.line-of { @if open.holds.is_empty() { span.chip.ok { (sign(Sign::Clear)) (w.t("asked-clear")) } } @for (hold, count) in &open.holds { span { (hold_badge(*hold, w)) " " (w.number(*count)) } } } },
    ));
    pairs.push((
        w.t("approve-subject"),
        html! { a href=(open.subject_href) { (w.t("approve-subject-open")) } },
    ));
    html! {
        div.box {
            header { h1.t3 { (w.t("approve-question")) } span.note { (w.with("wait-for-you", &[("n", view.waiting.len().into())])) } }
            (facts(&pairs))
        }
    }
}

fn held(tile: &Tile, w: &Words) -> Markup {
    match &tile.state {
        TileState::Hidden { source } => html! {
            button.b type="button" data-reveal=(source) data-severity=(tile.severity) data-key="Space" aria-keyshortcuts="Space" {
                span.cover { (sign(Sign::Hidden)) (w.t("approve-hold")) (key_hint("Space")) }
            }
        },
        _ => html! { span.mute { (w.t("tile-not-kept")) } },
    }
}

fn checked(open: &Open, w: &Words) -> Markup {
    let of = |weight: Weight| open.findings.iter().filter(|found| found.weight == weight).count();
    let note = w.with(
        "findings-count",
        &[
            ("stop", of(Weight::Stop).into()),
            ("ask", of(Weight::Ask).into()),
            ("pass", of(Weight::Pass).into()),
        ],
    );
    boxed(&w.t("approve-checked"), &note, &findings(&open.findings, "agree", w))
}

/// What the content says, so that nobody agrees to what they did not read.
fn content(open: &Open, w: &Words) -> Markup {
    html! {
        @if !open.words.is_empty() {
            (boxed(&w.t("approve-words"), "", &html! {
                @for (text, lang) in &open.words { p.said lang=(lang) dir="auto" { (text) } }
            }))
        }
    }
}

/// Longest reasons of a second reader, in characters (LAW-120.05).
const READING_CHARACTERS_MAX: u32 = 1000;

/// The author's doubt and the second reader's own finding (LAW-14).
fn doubt(open: &Open, doubts: &[(Exemption, String)], w: &Words, frame: &Frame) -> Markup {
    let picks = [("no", "reading-no"), ("yes", "reading-yes"), ("unsure", "reading-unsure")];
    boxed(
        &w.t("reading-title"),
        &w.t("reading-note"),
        &html! {
            @for (question, text) in doubts { p { b { (question.word(w)) } @if !text.is_empty() { " " bdi { (text) } } } }
            @if doubts.is_empty() { p.small { (w.t("reading-asked")) } }
            @if open.own { p.small.mute { (w.t("reading-own")) } }
            @else if open.may_confirm {
                (post(&format!("/console/approve/{}/reading", open.id), &frame.csrf, "stack", &html! {
                    fieldset { legend.sr { (w.t("reading-title")) }
                        div.answers { @for (code, key) in picks { label.pick { input type="radio" name="finding" value=(code) required; span { (w.t(key)) } } } } }
                    (text_area("text", &html! { (w.t("reading-text")) }, "", 3, READING_CHARACTERS_MAX))
                    (button(&Button { label: &w.t("reading-go"), name: "", value: "", key: "", class: "go" }))
                }))
            }
        },
    )
}

fn others(open: &Open, view: &View, w: &Words) -> Markup {
    html! {
        @if view.waiting.len() > 1 {
            (boxed(&w.t("approve-others"), "", &html! {
                ul.small.others { @for (href, words, since) in &view.waiting { li { a href=(href) aria-current=[href.ends_with(&format!("/{}", open.id)).then_some("true")] { (words) } " " span.note { (w.moment(*since)) } } } }
            }))
        }
    }
}

fn bar(open: &Open, w: &Words, frame: &Frame) -> Markup {
    let stops = open.going == 0;
    let stopped = (open.letter.items.len() as u64).saturating_sub(open.going);
    let back = post(
        &format!("/console/approve/{}/return", open.id),
        &frame.csrf,
        "stack",
        &html! {
            (text_between("reason", &html! { (w.t("approve-return-why")) }, "", (REASON_MIN_CHARS, REASON_MAX_CHARS), w))
            (button(&Button { label: &w.t("approve-return-go"), name: "", value: "", key: "", class: "" }))
        },
    );
    let ends = html! {
        @if !open.own && open.may_confirm { details.up { summary.b data-key="r" aria-keyshortcuts="r" { (w.t("approve-return")) (key_hint("r")) } div.popped { (back) } } }
    };
    let missing = if open.doubt.is_some() {
        html! { (w.t("reading-first")) }
    } else if open.own {
        html! { (w.t("approve-own")) }
    } else if stops {
        html! { (w.t("approve-stopped")) }
    } else {
        html! { @if stopped > 0 { (w.with("approve-stopped-some", &[("n", stopped.into())])) " " } (w.t("approve-undo")) }
    };
    let go = html! {
        form id="agree" method="post" action={ "/console/approve/" (open.id) "/agree" } {
            (look::hidden("csrf", &frame.csrf)) (look::hidden("version", &open.version.to_string()))
            @if !open.own && !stops && open.doubt.is_none() && open.may_confirm {
                button.b.go type="submit" data-key="a" aria-keyshortcuts="a" {
                    (sign(Sign::Send)) (w.with(if open.third == 0 { "approve-go" } else { "approve-go-third" }, &[("n", open.going.into()), ("third", open.third.into())])) (key_hint("a"))
                }
            }
        }
    };
    decide_bar(&w.t("approve-question"), &ends, &missing, &go)
}
