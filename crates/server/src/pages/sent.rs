//! Sent: what is open, and who owes what? Referrals in a lane without clocks; answers per item.

use crate::look::{
    self, Answer, Button, Display, Event, Finding, Frame, Instrument, Kind, Letter, Listed, Live, Sign,
    Weight, address, answer_chip, boxed, button, empty, facts, finding, findings, key_hint, letter,
    listed_find, listed_foot, live_chip, look_again_chip, post, sign, tag, text_area, text_between, timeline,
};
use crate::words::Words;
use domain::reads::{REASON_MAX_CHARS, REASON_MIN_CHARS};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Referrals, newest first; at most 100.
    pub rows: Vec<Sent>,
    /// What was asked for and how many there are; its groups are those of [`Group`].
    pub list: Listed,
    /// Contests that wait for a decision.
    pub contests: u64,
    /// The open referral.
    pub open: Option<Box<Open>>,
}

/// One referral in the list.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Where it opens.
    pub href: String,
    /// What it refers.
    pub kind: Kind,
    /// Its number for people.
    pub reference: String,
    /// The final answers, each with its items.
    pub answers: Vec<(Answer, u64)>,
    /// Items in it, and items with a final answer.
    pub items: (u64, u64),
    /// The provider.
    pub provider: String,
    /// When it was sent, or when the next try is.
    pub at: Timestamp,
    /// How it stands.
    pub state: State,
    /// The row whose detail stands beside the list.
    pub selected: bool,
}

/// What waits for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Confirmed and held back: for us.
    Held,
    /// The provider asks: for us.
    Asks,
    /// Sent, without a final answer to every item.
    Open,
    /// Every item has a final answer.
    Answered,
    /// Taken back, closed, or without an answer.
    Ended,
}

impl Group {
    /// All of them, what waits for us first.
    pub const ALL: [Self; 5] = [Self::Held, Self::Asks, Self::Open, Self::Answered, Self::Ended];

    /// Its code in the query.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Asks => "asks",
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Ended => "ended",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn word(self, w: &Words) -> String {
        w.t(match self {
            Self::Held => "sent-group-held",
            Self::Asks => "sent-asks",
            Self::Open => "sent-group-open",
            Self::Answered => "sent-answered",
            Self::Ended => "sent-group-ended",
        })
    }
}

/// How a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Confirmed; it is being checked, or a check before sending stops it.
    Held,
    /// Confirmed; the checks stop nothing and ask for a third person, who may let it go with a reason.
    AwaitsLook,
    /// Waits in the outbox.
    Waiting,
    /// The provider's receipt is there.
    Received,
    /// Delivered by mail, nobody opened it yet.
    Delivered,
    /// Every item has a final answer.
    Answered,
    /// The provider asks something.
    AsksUs,
    /// The provider is judging it.
    UnderReview,
    /// The last reminder went without an answer; none is owed.
    NoAnswer,
    /// Nothing more will happen.
    Closed,
    /// We withdrew it.
    Withdrawn,
    /// Not sent; we try again.
    Failed,
}

/// The open referral.
#[derive(Clone, Debug)]
pub struct Open {
    /// Referral id.
    pub id: String,
    /// Reference number.
    pub reference: String,
    /// The provider: name and page.
    pub provider: (String, String),
    /// How it stands.
    pub state: State,
    /// How it went out, in words.
    pub way: String,
    /// Its items.
    pub items: Vec<Item>,
    /// What the pre-flight found: what holds it back, or what it noted.
    pub findings: Vec<Finding>,
    /// It waits for a person who is neither its author nor its approver; `true` when the reader can be that person.
    pub look: Option<bool>,
    /// Its contests: (state in words, when).
    pub contests: Vec<(String, Timestamp)>,
    /// It was sent and stands, so that its items can be looked at again.
    pub may_recheck: bool,
    /// The reader may withdraw it, answer questions, and ask for a look.
    pub may_act: bool,
    /// A question of the provider that waits for us.
    pub question: Option<Question>,
    /// Organisations that received it and would be told of a withdrawal, each with whether it acknowledged.
    pub receivers: Vec<(String, bool)>,
    /// What happened.
    pub events: Vec<Event>,
    /// The letter as it was sent.
    pub letter: Letter,
}

/// What the provider asks.
#[derive(Clone, Debug)]
pub struct Question {
    /// It thinks that the referral is wrong and asks for another look; else it asks for information.
    pub look_again: bool,
    /// In its own words; empty when it wrote none.
    pub text: String,
}

/// One item with its answer and its last recheck.
#[derive(Clone, Debug)]
pub struct Item {
    /// The subject's page.
    pub href: String,
    /// Address.
    pub url: String,
    /// The provider's answer.
    pub answer: Option<Answer>,
    /// That answer is its request to look again.
    pub look_again: bool,
    /// What the last recheck found, and when.
    pub live: Option<(Live, Timestamp)>,
    /// Returned elsewhere: addresses of the subjects' pages, at most 20.
    pub elsewhere: Vec<(String, String)>,
}

/// Why something is taken back (RXP-121), without what only orders have: code and words.
pub const CAUSES: [(&str, &str); 7] = [
    ("wrong_item", "cause-wrong-item"),
    ("wrong_assessment", "cause-wrong-assessment"),
    ("protected_expression", "cause-protected-expression"),
    ("duplicate", "cause-duplicate"),
    ("sent_in_error", "cause-sent-in-error"),
    ("court", "cause-court"),
    ("other", "cause-other"),
];
/// Length of a reason: of a withdrawal, of letting go what the checks ask about.
const REASON_CHARACTERS: (usize, usize) = (REASON_MIN_CHARS, REASON_MAX_CHARS);
/// Longest reply to a question, in characters: that of an information (RXP-20.14).
const REPLY_CHARACTERS_MAX: u32 = 4000;

impl State {
    /// Confirmed and not sent yet.
    fn waits(self) -> bool {
        matches!(self, Self::Held | Self::AwaitsLook)
    }

    fn chip(self, w: &Words) -> Markup {
        let (drawing, words) = match self {
            Self::Held => (Sign::Hold, w.t("sent-held")),
            Self::AwaitsLook => (Sign::Ask, w.t("sent-awaits-look")),
            Self::Waiting => (Sign::Clock, w.t("sent-waiting")),
            Self::Received => (Sign::Seen, w.t("sent-received")),
            Self::Delivered => (Sign::Send, w.t("sent-delivered")),
            Self::Answered => (Sign::Check, w.t("sent-answered")),
            Self::AsksUs => (Sign::Info, w.t("sent-asks")),
            Self::UnderReview => (Sign::Seen, w.t("sent-review")),
            Self::NoAnswer => (Sign::Info, w.t("sent-no-answer")),
            Self::Closed => (Sign::Lock, w.t("sent-closed")),
            Self::Withdrawn => (Sign::Back, w.t("sent-withdrawn")),
            Self::Failed => (Sign::Stop, w.t("sent-failed")),
        };
        html! { span.chip { (sign(drawing)) (words) } }
    }
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        section.list aria-label=(w.t("sent-question")) {
            (listed_find(&view.list, &w.t("sent-search"), w))
            p.lane { b { a href="/console/contests" { (w.t("contests-title")) } } span { (w.with("contests-open", &[("n", view.contests.into())])) } }
            p.lane { b { (w.t("lane-referrals")) } span { (w.t("lane-referrals-note")) } }
            div.rows { @for row in &view.rows { (sent_row(row, w)) } }
            @if view.list.is_bare() { p.note.pad { (w.t("sent-none")) } } @else { (listed_foot(&view.list, w)) }
            p.lane { b { (w.t("lane-orders")) } span { (w.t("lane-orders-none")) } }
        }
        @match &view.open {
            Some(open) => { (detail(open, w, frame)) }
            None => { section.detail { h1.sr { (w.t("sent-question")) }
                (empty(&w.t("sent-choose"), &html! { (w.t("sent-choose-how")) }, Some((&w.t("page-approve"), "/console/approve")))) } }
        }
    };
    look::page(frame, w, Display::Desk, (&w.t("page-sent"), "desk"), &main)
}

fn sent_row(row: &Sent, w: &Words) -> Markup {
    html! {
        a href=(row.href) aria-current=[row.selected.then_some("true")] {
            (sign(row.kind.sign()))
            span.why { (w.with("items", &[("n", row.items.0.into())])) (w.comma()) bdi dir="ltr" { (row.provider) } }
            span.age { (w.clock(row.at)) }
            span.sub {
                span { (w.day(row.at)) }
                span.id { (row.reference) }
                @if row.items.1 < row.items.0 { span { (w.with("sent-final", &[("n", row.items.1.into()), ("all", row.items.0.into())])) } }
                @for (answer, count) in &row.answers { span { (answer.word(w)) " " (w.number(*count)) } }
                (row.state.chip(w))
            }
        }
    }
}

fn detail(open: &Open, w: &Words, frame: &Frame) -> Markup {
    html! {
        section.detail aria-labelledby="h" {
            div.head {
                h1 id="h" { (w.with("items", &[("n", open.items.len().into())])) (w.comma()) bdi dir="ltr" { (open.provider.0) } }
                p.state { (tag(Instrument::Referral, w)) (open.state.chip(w)) span.id { (open.reference) }
                    @if !open.way.is_empty() { span { (w.t("sent-way")) " " (open.way) } } }
            }
            div.cols {
                div.pane tabindex="0" role="group" aria-label=(w.t("sent-items")) {
                    (held(open, w, frame))
                    @if let Some(question) = &open.question { (asked(open, question, w, frame)) }
                    (boxed(&w.t("sent-items"), &w.t("sent-items-note"), &items(&open.items, w)))
                    (boxed(&w.t("sent-letter"), "", &html! { details {
                        summary { @if open.state.waits() { (w.t("sent-letter-draft")) } @else { (w.t("sent-letter-open")) } }
                        (letter(&open.letter, &[])) } }))
                }
                aside.pane tabindex="0" aria-label=(w.t("facts")) {
                    (boxed(&w.t("provider-title"), "", &facts(&[(w.t("provider-name"), html! { a href=(open.provider.1) { bdi dir="ltr" { (open.provider.0) } } })])))
                    (boxed(&w.t("happened"), "", &timeline(&open.events, w)))
                    (receivers(open, w))
                    @if !open.contests.is_empty() { (boxed(&w.t("contests-title"), "", &html! {
                        ul.small { @for (state, at) in &open.contests { li { (state) " " span.note { (w.moment(*at)) } } } }
                        p.small { a href="/console/contests" { (w.t("contests-go")) } } })) }
                }
            }
            @if open.state != State::Withdrawn && open.may_act { (bar(open, w, frame)) }
        }
    }
}

/// What holds it back and whose turn it is: what stops it, apart from what a person may let go; what was only noted
/// stands folded.
fn held(open: &Open, w: &Words, frame: &Frame) -> Markup {
    let of = |weight: Weight| -> Vec<Finding> {
        open.findings.iter().filter(|found| found.weight == weight).cloned().collect()
    };
    let (stopped, asked) = (of(Weight::Stop), of(Weight::Ask));
    let noted = [of(Weight::Note), of(Weight::Pass)].concat();
    let waits = open.state.waits();
    html! {
        @if waits && open.findings.is_empty() { (boxed(&w.t("sent-held"), "", &html! { p.small { (w.t("sent-checking")) } })) }
        @if waits && !stopped.is_empty() { (boxed(&w.t("sent-stopped"), &w.t("sent-stopped-note"), &html! {
            @for found in &stopped { (finding(found, None, None, w)) }
            (check_again(open, w, frame))
        })) }
        @if waits && !asked.is_empty() { (boxed(&w.t("sent-awaits-look"), &w.t("sent-asked-note"), &html! {
            @for found in &asked { (finding(found, None, None, w)) }
            @match open.look {
                Some(true) => { (let_go(open, w, frame)) }
                Some(false) => { p.small.mute { (w.t("look-other")) } }
                None => { p.small.mute { (w.t("look-after")) } }
            }
            @if stopped.is_empty() { (check_again(open, w, frame)) }
        })) }
        @if !noted.is_empty() || !waits && !open.findings.is_empty() {
            (boxed(&w.t("approve-checked"), "", &html! { details { summary { (w.t("sent-noted")) }
                (findings(if waits { &noted } else { &open.findings }, "", w)) } }))
        }
    }
}

/// A third person lets go what the checks ask about.
fn let_go(open: &Open, w: &Words, frame: &Frame) -> Markup {
    post(
        &format!("/console/sent/{}/look", open.id),
        &frame.csrf,
        "stack",
        &html! {
            (text_between("reason", &html! { (w.t("look-why")) }, "", REASON_CHARACTERS, w))
            (button(&Button { label: &w.t("look-go"), name: "", value: "", key: "", class: "go" }))
        },
    )
}

fn check_again(open: &Open, w: &Words, frame: &Frame) -> Markup {
    html! {
        @if open.may_act { (post(&format!("/console/sent/{}/preflight", open.id), &frame.csrf, "stack", &html! {
            p.small { (w.t("sent-held-mended")) " " a href=(open.provider.1) { (w.t("sent-held-provider")) } }
            (button(&Button { label: &w.t("sent-held-again"), name: "", value: "", key: "", class: "" }))
        })) }
    }
}

fn items(items: &[Item], w: &Words) -> Markup {
    html! {
        table.t.blocks {
            thead { tr { th scope="col" { (w.t("item")) } th scope="col" { (w.t("item-answer")) } th scope="col" { (w.t("item-live")) } } }
            tbody { @for item in items { tr {
                td { a href=(item.href) { (address(&item.url)) }
                    @for (href, host) in &item.elsewhere { p.small { (sign(Sign::Again)) " " (w.t("item-elsewhere")) " " a href=(href) { bdi dir="ltr" { (host) } } } } }
                td data-head=(w.t("item-answer")) { @match item.answer { Some(_) if item.look_again => { (look_again_chip(w)) } Some(answer) => { (answer_chip(answer, w)) } None => { span.mute { (w.t("answer-none")) } } } }
                td data-head=(w.t("item-live")) { @match item.live {
                    Some((live, at)) => { (live_chip(live, w)) " " span.note { (w.moment(at)) } }
                    None => { span.mute { (w.t("live-none")) } }
                } }
            } } }
        }
    }
}

fn asked(open: &Open, question: &Question, w: &Words, frame: &Frame) -> Markup {
    let title = if question.look_again { "asked-look-again" } else { "sent-question-title" };
    boxed(
        &w.t(title),
        "",
        &html! {
            @if question.look_again { p.small { (w.t("asked-look-again-what")) } }
            @else if question.text.is_empty() { p.small { (w.t("sent-question-none")) } }
            @if !question.text.is_empty() { p.said dir="auto" { (question.text) } }
            (post(&format!("/console/sent/{}/information", open.id), &frame.csrf, "stack", &html! {
                (text_area("text", &html! { (w.t("sent-reply")) }, "", 3, REPLY_CHARACTERS_MAX))
                (button(&Button { label: &w.t("sent-reply-go"), name: "", value: "", key: "", class: "go" }))
            }))
        },
    )
}

fn receivers(open: &Open, w: &Words) -> Markup {
    boxed(
        &w.t("sent-receivers"),
        "",
        &html! {
            ul.small { @for (name, acknowledged) in &open.receivers {
                li { bdi { (name) } @if open.state == State::Withdrawn {
                    (w.comma()) @if *acknowledged { (w.t("withdrawal-acknowledged")) } @else { (w.t("withdrawal-open")) } } }
            } }
        },
    )
}

fn bar(open: &Open, w: &Words, frame: &Frame) -> Markup {
    let withdraw = post(
        &format!("/console/sent/{}/withdraw", open.id),
        &frame.csrf,
        "stack",
        &html! {
            p.small { (w.with("withdraw-told", &[("n", open.receivers.len().into())])) }
            fieldset { legend.sr { (w.t("withdraw-cause")) } div.answers {
                @for (code, key) in CAUSES { label.pick { input type="radio" name="cause" value=(code) required; span { (w.t(key)) } } }
            } }
            (text_between("reason", &html! { (w.t("withdraw-why")) " " span.note { (w.t("withdraw-example")) } }, "", REASON_CHARACTERS, w))
            (button(&Button { label: &w.with("withdraw-go", &[("n", open.receivers.len().into())]), name: "", value: "", key: "", class: "go" }))
        },
    );
    html! {
        div.decide role="group" aria-label=(w.t("withdraw")) {
            // What was taken back is not taken back twice.
            @if !matches!(open.state, State::Withdrawn | State::Closed) { details.up { summary.b data-key="w" aria-keyshortcuts="w" { (w.t("withdraw")) (key_hint("w")) } div.popped { (withdraw) } } }
            @if open.may_recheck { (post(&format!("/console/sent/{}/recheck", open.id), &frame.csrf, "", &html! {
                (button(&Button { label: &w.t("recheck-now"), name: "", value: "", key: "", class: "plain" }))
            })) }
            span.end { span.small.mute { (w.t("sent-no-deadline")) } }
        }
    }
}
