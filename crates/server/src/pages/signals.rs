//! Signals: what do we know, from whom?

use crate::look::{self, Button, Display, Frame, Sign, boxed, button, empty, post, sign};
use crate::words::Words;
use domain::bank::{Opinion, Sharing};
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The banks.
    pub banks: Vec<Bank>,
    /// Signals with a dispute, newest first; at most 100 with those of fuses.
    pub disputed: Vec<Signal>,
    /// Signals that their fuse set aside, newest first.
    pub blown: Vec<Signal>,
    /// Matches in a day that a fuse bears.
    pub fuse_per_day: u64,
    /// How many more wait.
    pub more: u64,
    /// Who is told of fuses and disputes.
    pub told: Vec<String>,
    /// Imports, newest first.
    pub imports: Vec<Import>,
    /// Past matching that runs after a change: (bank, done, all).
    pub running: Vec<(String, u64, u64)>,
    /// The reader may import, withdraw and dispute.
    pub may_change: bool,
    /// Formats of lists: word and name.
    pub formats: Vec<(String, String)>,
    /// Formats that are written, too.
    pub written: Vec<(String, String)>,
}

/// One bank.
#[derive(Clone, Debug)]
pub struct Bank {
    /// Bank id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who gave it.
    pub giver: String,
    /// Why it may be kept.
    pub basis: String,
    /// What its signals are, in words.
    pub types: String,
    /// How far it may be handed on.
    pub sharing: Sharing,
    /// A closed list (D16): its values are never shown.
    pub closed: bool,
    /// Greatest distance of pictures, bits of 256.
    pub distance: u32,
    /// Signals in it.
    pub signals: u64,
    /// Matches so far.
    pub matches: u64,
    /// A negative bank: decoys and protected works.
    pub negative: bool,
    /// When it must be reviewed.
    pub review_at: Timestamp,
}

/// What an import came to.
#[derive(Clone, Debug)]
pub struct Import {
    /// Into which bank.
    pub bank: String,
    /// By whom, or empty.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Rows of the list.
    pub records: u64,
    /// Counts in words: new, known, disputed, taken back, listed again, not compared; those that are not nothing.
    pub counts: Vec<String>,
    /// Rows left out.
    pub left: u64,
    /// Why they were, in words.
    pub why: Vec<String>,
}

/// One signal that waits: somebody disputes it, or its fuse set it aside.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Signal id.
    pub id: String,
    /// Its bank.
    pub bank: String,
    /// Its short form: the head of a digest, a term.
    pub short: String,
    /// Opinions for and against.
    pub opinions: (u32, u32),
    /// The dispute in words.
    pub why: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Who disputes it, or empty.
    pub by: String,
    /// Why, in their words, or empty.
    pub reason: String,
    /// Of a fuse: matches of the day on which it blew.
    pub today: u64,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head { h1 { (w.t("signals-question")) } p.state { span { (w.t("signals-note")) } } }
        div.cols.long {
            div.pane {
                (boxed(&w.t("signals-banks"), &w.with("banks", &[("n", view.banks.len().into())]), &banks(view, w, frame)))
                @if !view.running.is_empty() { (boxed(&w.t("signals-running"), &w.t("signals-running-note"), &html! {
                    @for (bank, done, all) in &view.running {
                        label.small { bdi { (bank) } (w.comma()) (w.with("done-of", &[("done", (*done).into()), ("all", (*all).into())]))
                            progress max=(all) value=(done) {} }
                    }
                })) }
                (boxed(&w.t("fuses-title"), &w.with("fuses-note", &[("n", view.fuse_per_day.into())]), &fuses(view, w, frame)))
                (boxed(&w.t("signals-disputed"), "", &disputed(view, w, frame)))
                (boxed(&w.t("imports-title"), "", &imports(view, w)))
            }
            @if view.may_change { aside.pane aria-label=(w.t("signals-import")) { (boxed(&w.t("signals-import"), &w.t("signals-import-note"), &import(view, w, frame))) } }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-signals"), "stacked"), &main)
}

fn banks(view: &View, w: &Words, frame: &Frame) -> Markup {
    if view.banks.is_empty() {
        return empty(&w.t("signals-none"), &html! { (w.t("signals-none-next")) }, None);
    }
    html! {
        table.t.blocks {
            thead { tr { th scope="col" { (w.t("bank-name")) } th scope="col" { (w.t("bank-giver")) } th scope="col" { (w.t("bank-types")) }
                th scope="col" { (w.t("bank-sharing")) } th.num scope="col" { (w.t("bank-distance")) }
                th.num scope="col" { (w.t("bank-signals")) } th.num scope="col" { (w.t("bank-matches")) } th scope="col" { (w.t("bank-review")) } } }
            tbody { @for bank in &view.banks { tr {
                th scope="row" { bdi { (bank.name) } @if bank.negative { " " span.chip { (sign(Sign::Barred)) (w.t("bank-negative")) } }
                    @if bank.closed { " " span.chip { (w.t("bank-closed")) } } }
                td data-head=(w.t("bank-giver")) { bdi { (bank.giver) } p.small { (w.t("bank-basis")) ": " bdi { (bank.basis) } } }
                td data-head=(w.t("bank-types")) { (bank.types) }
                td data-head=(w.t("bank-sharing")) { (w.t(sharing_key(bank.sharing))) }
                td.num data-head=(w.t("bank-distance")) { (w.number(bank.distance.into())) }
                td.num data-head=(w.t("bank-signals")) { (w.number(bank.signals)) } td.num data-head=(w.t("bank-matches")) { (w.number(bank.matches)) }
                td data-head=(w.t("bank-review")) { (w.moment(bank.review_at))
                    @if view.may_change && !bank.closed && bank.sharing != Sharing::Red {
                        details { summary { (w.t("bank-export")) }
                            (post(&format!("/console/signals/{}/export", bank.id), &frame.csrf, "stack", &html! {
                                (look::choice("format", &w.t("signals-format"), &view.written, ""))
                                (button(&Button { label: &w.t("bank-export-go"), name: "", value: "", key: "", class: "" }))
                            })) }
                    }
                    @if view.may_change && !bank.closed { details { summary { (w.t("bank-withdraw")) }
                        (post(&format!("/console/signals/{}/withdraw", bank.id), &frame.csrf, "stack", &html! {
                            (look::field("signal", &w.t("bank-withdraw-which"), "text", "", "off"))
                            (look::field("reason", &w.t("bank-withdraw-why"), "text", "", "off"))
                            (button(&Button { label: &w.t("bank-withdraw-go"), name: "", value: "", key: "", class: "" }))
                        })) } } }
            } } }
        }
    }
}

/// What flooded, since when, how much, who hears of it; and how it matches again.
fn fuses(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @if view.blown.is_empty() { p.small { (w.t("fuses-none")) } }
        ul.stack { @for signal in &view.blown { li {
            p { span.id { (signal.short) } (w.comma()) bdi { (signal.bank) } }
            p.small { (sign(Sign::Hold)) " " (w.with("fuse-matches", &[("n", signal.today.into())]))
                @if let Some(since) = signal.since { " " (w.t("fuse-since")) " " (w.moment(since)) } }
            p.small dir="auto" { (signal.why) }
            @if view.may_change { (post(&format!("/console/signals/opinion/{}", signal.id), &frame.csrf, "stack", &html! {
                (look::hidden("opinion", "for"))
                (look::field("reason", &w.t("fuse-reset-why"), "text", "", "off"))
                (button(&Button { label: &w.t("fuse-reset"), name: "", value: "", key: "", class: "" }))
            })) }
        } } }
        p.small.note { (w.t("fuse-told")) " " @if view.told.is_empty() { (w.t("fuse-told-nobody")) } @else { bdi { (w.list(&view.told)) } } }
    }
}

fn disputed(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @if view.disputed.is_empty() { p.small { (w.t("signals-disputed-none")) } }
        @if view.more > 0 { p.small.note { (w.with("signals-more", &[("n", view.more.into())])) } }
        ul.stack { @for signal in &view.disputed {
            li.small { span.id { (signal.short) } (w.comma()) bdi { (signal.bank) } (w.comma())
                (w.with("match-opinions", &[("for", signal.opinions.0.into()), ("against", signal.opinions.1.into())]))
                p dir="auto" { (signal.why) }
                p.note { @if signal.by.is_empty() { (w.t("dispute-from-list")) } @else { (w.with("dispute-by", &[("name", (&signal.by).into())])) }
                    @if let Some(since) = signal.since { " " (w.moment(since)) } }
                @if !signal.reason.is_empty() { p dir="auto" { bdi { (signal.reason) } } }
                @if view.may_change { (post(&format!("/console/signals/opinion/{}", signal.id), &frame.csrf, "stack", &html! {
                    (look::field("reason", &w.t("opinion-why"), "text", "", "off"))
                    div.line-of {
                        (button(&Button { label: &w.t("opinion-for"), name: "opinion", value: "for", key: "", class: "" }))
                        (button(&Button { label: &w.t("opinion-back"), name: "opinion", value: "back", key: "", class: "" }))
                    }
                })) } }
        } }
    }
}

fn imports(view: &View, w: &Words) -> Markup {
    if view.imports.is_empty() {
        return html! { p.small { (w.t("imports-none")) } };
    }
    html! {
        table.t.blocks {
            thead { tr { th scope="col" { (w.t("bank-name")) } th scope="col" { (w.t("imports-when")) } th.num scope="col" { (w.t("imports-rows")) }
                th scope="col" { (w.t("imports-came")) } th scope="col" { (w.t("imports-left")) } } }
            tbody { @for one in &view.imports { tr {
                th scope="row" { bdi { (one.bank) } }
                td data-head=(w.t("imports-when")) { (w.moment(one.at)) @if !one.by.is_empty() { p.small { bdi { (one.by) } } } }
                td.num data-head=(w.t("imports-rows")) { (w.number(one.records)) }
                td data-head=(w.t("imports-came")) { @if one.counts.is_empty() { (w.t("imports-nothing")) } @for words in &one.counts { p.small { (words) } } }
                td data-head=(w.t("imports-left")) { @if one.left == 0 { (w.number(0)) } @else { (w.number(one.left)) @for words in &one.why { p.small { (words) } } } }
            } } }
        }
    }
}

pub(super) fn sharing_key(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Red => "sharing-red",
        Sharing::Amber => "sharing-amber",
        Sharing::Green => "sharing-green",
        Sharing::Clear => "sharing-clear",
    }
}

fn import(view: &View, w: &Words, frame: &Frame) -> Markup {
    let sharing: Vec<(String, String)> =
        Sharing::ALL.iter().map(|one| (one.word().to_owned(), w.t(sharing_key(*one)))).collect();
    let opinions = [
        (Opinion::Seed, "signals-as-seed"),
        (Opinion::Positive, "signals-as-positive"),
        (Opinion::Negative, "signals-as-negative"),
    ];
    let said = [(String::new(), w.t("signals-as-list"))].into_iter();
    let opinions: Vec<(String, String)> =
        said.chain(opinions.map(|(opinion, key)| (opinion.word().to_owned(), w.t(key)))).collect();
    let mut formats = vec![(String::new(), w.t("signals-format-guess"))];
    formats.extend(view.formats.iter().cloned());
    html! {
        form.stack method="post" action="/console/signals/import" enctype="multipart/form-data" {
            (look::hidden("csrf", &frame.csrf))
            (look::field("bank", &w.t("bank-name"), "text", "", "off"))
            (look::field("giver", &w.t("bank-giver"), "text", "", "off"))
            (look::field("basis", &w.t("bank-basis"), "text", "", "off"))
            (look::choice("sharing", &w.t("bank-sharing"), &sharing, Sharing::Red.word()))
            label.labelled { span { (w.t("signals-file")) } input.field type="file" name="file"; }
            (look::choice("format", &w.t("signals-format"), &formats, ""))
            (look::choice("opinion", &w.t("signals-opinion"), &opinions, ""))
            (button(&Button { label: &w.t("signals-import-go"), name: "", value: "", key: "", class: "go" }))
        }
    }
}
