//! Inbox of a provider: what do they ask of me? Referrals without a clock; every answer is equal.

use crate::look::{
    self, Answer, Button, Display, Exemption, Finds, Frame, Instrument, LetterWhole, Listed, Reason, Sign,
    TcoKind, address, answer_chip, boxed, button, considered, empty, listed_find, listed_foot,
    look_again_chip, sign, tag, text_area,
};
use crate::words::{Lang, Words};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Referrals, what waits for us first, then newest first; at most 100.
    pub referrals: Vec<Row>,
    /// What was asked for and how many there are; its groups are those of [`Group`].
    pub list: Listed,
    /// Notices, newest first; at most 100.
    pub notices: Vec<Row>,
    /// The open case.
    pub open: Option<Box<Open>>,
    /// The seat has the lane of orders; it stays empty until orders exist.
    pub orders: bool,
}

/// What waits for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// An item of it waits for our word.
    Open,
    /// Every item has our answer.
    Answered,
    /// Taken back by its sender.
    Withdrawn,
}

impl Group {
    /// All of them, what waits for us first.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Withdrawn];

    /// Its code in the query.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn word(self, w: &Words) -> String {
        w.t(match self {
            Self::Open => "inbox-group-open",
            Self::Answered => "sent-answered",
            Self::Withdrawn => "inbox-group-withdrawn",
        })
    }
}

/// One case in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Case id.
    pub id: String,
    /// Where it opens.
    pub href: String,
    /// The address of its first item.
    pub about: String,
    /// An item of it waits for an answer.
    pub open: bool,
    /// Items in it.
    pub items: u64,
    /// Items of it that wait for an answer.
    pub waiting: u64,
    /// Our last word is a request to look again.
    pub look_again: bool,
    /// The sender.
    pub from: String,
    /// When it came.
    pub at: Timestamp,
    /// The answer, when it is the same for all items.
    pub answer: Option<Answer>,
    /// Withdrawn by its sender.
    pub withdrawn: bool,
    /// The case whose letter stands beside the list.
    pub selected: bool,
}

/// The open case.
#[derive(Clone, Debug)]
pub struct Open {
    /// Case id.
    pub id: String,
    /// The legal act.
    pub instrument: Instrument,
    /// The sender.
    pub from: String,
    /// Its sender's own number.
    pub reference: String,
    /// Reference by which it is contested at its sender; empty where the letter names none.
    pub contest: String,
    /// When it came.
    pub at: Timestamp,
    /// The signature was verified with a key of the sender.
    pub signature_verified: bool,
    /// Its sender is an authority that nobody found in the register (RXP-57).
    pub unlisted: bool,
    /// Language of the letter.
    pub lang: Lang,
    /// The fixed sentence in the letter's language (LAW-03).
    pub fixed: String,
    /// The reasons.
    pub statement: String,
    /// The kinds named.
    pub kinds: Vec<TcoKind>,
    /// What the sender considered.
    pub considered: Vec<(Exemption, Finds)>,
    /// The items.
    pub items: Vec<Item>,
    /// Our last word is a request to look again.
    pub look_again: bool,
    /// Withdrawn by its sender, with the reason.
    pub withdrawn: Option<String>,
    /// The evidence is shown only after a POST (decision D14); `false` before.
    pub received: bool,
    /// Questions and their answers: (who, words, when).
    pub talk: Vec<(String, String, Timestamp)>,
}

/// One item of a case.
#[derive(Clone, Debug)]
pub struct Item {
    /// Item id within the case.
    pub id: String,
    /// Its address; our own service, so it is shown defanged all the same.
    pub url: String,
    /// Where in the content.
    pub pinpoint: String,
    /// Our answer.
    pub answer: Option<Answer>,
    /// It waits for our word.
    pub waits: bool,
    /// What it rests on, when it is a channel or account.
    pub whole: Option<LetterWhole>,
}

/// Longest note in characters (RXP-110).
const NOTE_CHARACTERS_MAX: u32 = 1000;
/// Longest reasons of a contest in characters (RXP-100.05).
const REASONS_CHARACTERS_MAX: u32 = 4000;

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        section.list aria-label=(w.t("inbox-question")) {
            @if view.orders { p.lane.o { b { (sign(Sign::Seal)) " " (w.t("lane-orders")) } span { (w.t("lane-orders-none")) } } }
            (listed_find(&view.list, &w.t("inbox-search"), w))
            p.lane { b { (w.t("lane-referrals")) } span { (w.t("lane-referrals-note")) } }
            div.rows { @for row in &view.referrals { (inbox_row(row, w)) } }
            @if view.list.is_bare() { p.note.pad { (w.t("inbox-none")) } } @else { (listed_foot(&view.list, w)) }
            @if !view.notices.is_empty() {
                p.lane { b { (w.t("lane-notices")) } span { (w.t("lane-notices-note")) } }
                div.rows { @for row in &view.notices { (inbox_row(row, w)) } }
            }
        }
        @match &view.open {
            Some(open) if open.received => { (case(open, w, frame)) }
            Some(open) => { (closed(open, w, frame)) }
            None => { (bulk(view, w, frame)) }
        }
    };
    look::page(frame, w, Display::Desk, (&w.t("page-inbox"), "desk in"), &main)
}

fn inbox_row(row: &Row, w: &Words) -> Markup {
    html! {
        a href=(row.href) aria-current=[row.selected.then_some("true")] {
            (sign(if row.open { Sign::Ask } else { Sign::Check }))
            span.why { (address(&row.about)) }
            span.age { (w.day(row.at)) }
            span.sub { span { (w.with("items", &[("n", row.items.into())])) } span { bdi { (row.from) } }
                @if row.withdrawn { span.chip { (sign(Sign::Back)) (w.t("inbox-withdrawn")) } }
                @else if row.look_again { (look_again_chip(w)) }
                @else if let Some(answer) = row.answer { (answer_chip(answer, w)) } }
        }
    }
}

fn closed(open: &Open, w: &Words, frame: &Frame) -> Markup {
    html! {
        section.detail { div.gate {
            h1 { (w.with("items", &[("n", open.items.len().into())])) }
            p { (tag(open.instrument, w)) " " bdi { (open.from) } }
            p.small.mute { (w.t("inbox-open-why")) }
            (look::post(&format!("/console/inbox/{}/receipt", open.id), &frame.csrf, "", &html! {
                (button(&Button { label: &w.t("inbox-open-go"), name: "", value: "", key: "", class: "go" }))
            }))
        } }
    }
}

fn case(open: &Open, w: &Words, frame: &Frame) -> Markup {
    html! {
        form.work method="post" action={ "/console/inbox/" (open.id) "/answer" } aria-labelledby="h" {
            (look::hidden("csrf", &frame.csrf))
            div.pane.letter tabindex="0" role="group" aria-labelledby="h" { (look::refused_here()) (asked(open, w)) }
            aside.pane tabindex="0" aria-label=(w.t("inbox-answer")) {
                @match &open.withdrawn {
                    Some(why) => { (boxed(&w.t("inbox-withdrawn"), "", &html! { p.small dir="auto" { (why) } (restore(open, w)) })) }
                    None => { (answers(open, w)) }
                }
                @if open.withdrawn.is_none() { (boxed(&w.t("inbox-wrong"), "", &wrong(open, w))) }
                (boxed(&w.t("considered"), "", &html! { p.small.mute { (considered(&open.considered, w)) } }))
                (talk(open, w))
            }
        }
    }
}

fn asked(open: &Open, w: &Words) -> Markup {
    let kinds: Vec<String> = open.kinds.iter().map(|kind| kind.word(w)).collect();
    html! {
        p.small.line-of.plain-face { (tag(open.instrument, w)) span.mute { (w.t("inbox-from")) " " bdi { (open.from) } (w.comma()) (w.moment(open.at)) }
            @if open.signature_verified { span.chip.ok { (sign(Sign::Check)) (w.t("signature-verified")) } }
            @else { span.chip { (sign(Sign::Ask)) (w.t("signature-none")) } }
            @if open.unlisted { span.chip { (sign(Sign::Ask)) (w.t("sender-unlisted")) } }
            span.id { (open.reference) } }
        @if open.unlisted { p.small.mute.plain-face { (w.t("sender-unlisted-why")) } }
        h1 id="h" { (w.with("items", &[("n", open.items.len().into())])) @if !kinds.is_empty() { (w.comma()) (w.list(&kinds)) } }
        p.fixed lang=(open.lang.tag()) dir=(open.lang.dir()) { (open.fixed) }
        p lang=(open.lang.tag()) dir="auto" { (open.statement) }
        @for whole in open.items.iter().filter_map(|item| item.whole.as_ref()) {
            div lang=(open.lang.tag()) dir=(open.lang.dir()) { (look::rests_on(whole, &Words::new(open.lang, "UTC"))) }
        }
        @if !open.contest.is_empty() { p.small.plain-face { b { (w.t("contest-reference")) } " " span.id { (open.contest) } br; span.mute { (w.t("contest-pass-on")) } } }
        p { (w.t("inbox-kind")) " " (w.list(&kinds)) (w.comma()) (w.t("letter-article")) }
        table.t.items.blocks.plain-face {
            thead { tr { th scope="col" { span.sr { (w.t("inbox-choose-items")) } } th scope="col" { (w.t("item")) } th scope="col" { (w.t("kind-pinpoint")) } th scope="col" { (w.t("inbox-your-answer")) } } }
            tbody { @for (at, item) in open.items.iter().enumerate() { tr {
                td { input type="checkbox" name="items[]" value=(item.id) checked[item.waits] aria-label=(w.with("inbox-item", &[("n", (at + 1).into())])); }
                td { (address(&item.url)) }
                td.nowrap data-head=(w.t("kind-pinpoint")) { bdi dir="ltr" { (item.pinpoint) } }
                td data-head=(w.t("inbox-your-answer")) { @match item.answer { Some(Answer::NeedsInformation) if open.look_again => { (look_again_chip(w)) } Some(answer) => { (answer_chip(answer, w)) } None => { span.mute { (w.t("answer-none")) } } } }
            } } }
        }
    }
}

/// What was taken back: nothing is asked any more, or, after we had acted on it, whether it is back (RXP-122).
fn restore(open: &Open, w: &Words) -> Markup {
    let waits = open.items.iter().any(|item| item.waits);
    html! {
        p.small.mute { (w.t(if waits { "inbox-withdrawn-acted" } else { "inbox-withdrawn-what" })) }
        @if waits {
            div.line-of.after {
                button.b.go type="submit" name="answer" value="restored_after_withdrawal" { (w.t("inbox-restored")) }
                button.b type="submit" name="answer" value="no_action" { (w.t("inbox-not-restored")) }
            }
        }
    }
}

fn answers(open: &Open, w: &Words) -> Markup {
    let waiting = open.items.iter().filter(|item| item.waits).count();
    boxed(
        &w.t("inbox-answer"),
        &w.t("optional"),
        &html! { (answer_fields(w)) (ticked("items[]", w)) p.note.after { (w.with("inbox-waiting", &[("n", waiting.into())])) } },
    )
}

/// The answers with their reason, basis and note, all of them equal and none preset.
pub(crate) fn answer_fields(w: &Words) -> Markup {
    let reasons: Vec<(String, String)> = std::iter::once((String::new(), w.t("reason-unsaid")))
        .chain(Reason::ALL.iter().map(|reason| (reason.code().to_owned(), reason.word(w))))
        .collect();
    let bases =
        [("none", "basis-unsaid"), ("terms", "basis-terms"), ("law", "basis-law"), ("both", "basis-both")]
            .map(|(code, key)| (code.to_owned(), w.t(key)));
    html! {
        fieldset {
            legend.sr { (w.t("inbox-answer")) }
            div.answers {
                @for answer in Answer::BUTTONS { label.pick { input type="radio" name="answer" value=(answer.code()); span { (answer.word(w)) } } }
            }
        }
        div.stack.after {
            (look::choice("reason", &w.t("inbox-reason"), &reasons, ""))
            (look::choice("basis", &w.t("inbox-basis"), &bases, "none"))
            (text_area("note", &html! { (w.t("inbox-note")) }, "", 3, NOTE_CHARACTERS_MAX))
            button.b.go type="submit" { (sign(Sign::Send)) span { (w.t("inbox-send")) } }
        }
    }
}

/// For how many items the answer is, counted by the script while a person ticks.
fn ticked(name: &str, w: &Words) -> Markup {
    html! {
        p.note.after.js role="status" data-ticked=(name) {
            @if name == "cases[]" { (w.t("inbox-ticked-letters")) " " b data-ticked-letters { (w.number(0)) } (w.comma()) }
            (w.t("inbox-ticked-items")) " " b data-ticked-items { (w.number(0)) }
        }
    }
}

/// One answer for several cases: what stands beside the list while none is open.
fn bulk(view: &View, w: &Words, frame: &Frame) -> Markup {
    let waiting: Vec<&Row> = view.referrals.iter().filter(|row| row.open && !row.withdrawn).collect();
    if waiting.is_empty() {
        return html! { section.detail { h1.sr { (w.t("inbox-question")) } (empty(&w.t("inbox-choose"), &html! { (w.t("inbox-choose-how")) }, None)) } };
    }
    html! {
        form.work method="post" action="/console/inbox/answers" aria-labelledby="h" {
            (look::hidden("csrf", &frame.csrf))
            div.pane tabindex="0" role="group" aria-labelledby="h" {
                (look::refused_here())
                div.box {
                    header { h1.t3 id="h" { (w.t("inbox-bulk")) } span.note { (w.t("inbox-bulk-note")) } }
                    @for row in waiting {
                        label.tick { input type="checkbox" name="cases[]" value=(row.id) data-items=(row.waiting);
                            span { (w.with("inbox-waiting", &[("n", row.waiting.into())])) (w.comma()) (address(&row.about)) (w.comma()) bdi { (row.from) } (w.comma()) (w.day(row.at)) } }
                    }
                }
            }
            aside.pane tabindex="0" aria-label=(w.t("inbox-answer")) { (boxed(&w.t("inbox-bulk-answer"), &w.t("optional"), &html! { (answer_fields(w)) (ticked("cases[]", w)) })) }
        }
    }
}

/// What waits can be asked about; what has its final answer is contested, which the sender decides (RXP-70.13,
/// RXP-70.24 to RXP-70.26).
fn wrong(open: &Open, w: &Words) -> Markup {
    let waiting = open.items.iter().filter(|item| item.waits).count();
    let ask = |value: &str, label: String| {
        html! { div.line-of.after {
            button.b type="submit" formaction={ "/console/inbox/" (open.id) "/ask" } name="ask" value=(value) { (label) }
        } }
    };
    if waiting > 0 {
        return html! {
            p.small { (w.with("inbox-wrong-what", &[("n", waiting.into())])) }
            (ask("look_again", w.t("inbox-look-again")))
        };
    }
    html! {
        p.small { (w.t("inbox-contest-what")) }
        (text_area("reasons", &html! { (w.t("contest-reason")) }, "", 3, REASONS_CHARACTERS_MAX))
        (ask("contest", w.t("contest-go")))
    }
}

fn talk(open: &Open, w: &Words) -> Markup {
    html! {
        @if !open.talk.is_empty() {
            (boxed(&w.t("inbox-talk"), "", &html! {
                ul.stack.small { @for (who, words, at) in &open.talk { li { b { bdi { (who) } } " " span.note { (w.moment(*at)) } p dir="auto" { (words) } } } }
            }))
        }
    }
}
