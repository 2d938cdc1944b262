//! Queue: what next? One row a cluster, by urgency with the reason in words; the open cluster beside it.

mod whole;

use crate::look::{
    self, Answered, Button, Display, Frame, Hold, Kind, KindDraft, Match, Passage, Purpose, Row, Sign, Tile,
    address, boxed, button, decide_bar, empty, facts, hold_badge, match_card, passages, sign, slot,
};
use crate::words::{SLOT, Words};
use jiff::Timestamp;
use maud::{Markup, html};
pub use whole::{Ground, Whole};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Clusters that wait, shown or not.
    pub clusters: u64,
    /// Items in them, when the page shows all of them.
    pub items: Option<u64>,
    /// More is found than the rows show.
    pub more_found: bool,
    /// Clusters in the lane of threat to life; they stand first in `rows`.
    pub threats: u64,
    /// The rows of this page, by urgency; at most 100.
    pub rows: Vec<Row>,
    /// What was searched for.
    pub search: String,
    /// How many were put off, and whether they are what is shown.
    pub put_off: (u64, bool),
    /// The rows before and after the open one, for `k` and `j`.
    pub around: (Option<String>, Option<String>),
    /// The open cluster.
    pub open: Option<Box<Open>>,
    /// Withdrawals that a receiver has not confirmed: words, its page, whether to telephone (RXP-123).
    pub unconfirmed: Vec<(String, String, bool)>,
    /// When the sources were read last and will be read next; for the empty queue.
    pub sources: Option<(u64, Timestamp, Timestamp)>,
}

/// The open cluster: what was found, the draft, the facts.
#[derive(Clone, Debug)]
pub struct Open {
    /// Cluster id.
    pub id: String,
    /// The page of its first item: what it is and what happened to it.
    pub subject_href: Option<String>,
    /// Its short name on screen.
    pub short: String,
    /// Version that a save must carry.
    pub version: u64,
    /// What it is.
    pub kind: Kind,
    /// Language in words.
    pub language: String,
    /// Copies and services.
    pub spread: (u64, u64),
    /// With the reader since.
    pub with_you_since: Timestamp,
    /// Another person has it open, since.
    pub with_other: Option<(String, Timestamp)>,
    /// The reader may decide about it, and it waits for a decision.
    pub may_decide: bool,
    /// First seen when and on which host.
    pub first_seen: (Timestamp, String),
    /// Stills, hidden.
    pub tiles: Vec<Tile>,
    /// Shown to this person today: items and seconds.
    pub exposure: (u64, u64),
    /// The words of the content.
    pub text: Vec<Passage>,
    /// Language tag of the words.
    pub text_lang: String,
    /// Address of the first item.
    pub url: String,
    /// The account in words, or empty.
    pub account: String,
    /// Who can see it, in words.
    pub audience: String,
    /// A finding on the same content was approved: it is proposed, the person confirms the context (decision D2).
    pub proposed: Option<String>,
    /// The five kinds as they stand.
    pub kinds: Vec<KindDraft>,
    /// The danger as it stands.
    pub danger: String,
    /// The six questions as they stand.
    pub answers: Vec<Answered>,
    /// The context as it stands.
    pub purpose: Purpose,
    /// `normal`, `spreading` or `threat_to_life`.
    pub urgency: String,
    /// The items that the decision would cover.
    pub items: Vec<Item>,
    /// Why it is here.
    pub matches: Vec<Match>,
    /// Decided before: (words, address), newest first.
    pub before: Vec<(String, String)>,
    /// Others that were asked: answer and who.
    pub holds: Vec<(Hold, String)>,
    /// Copies in each of the last hours from the first copy on: (its first instant, count); and how many came before.
    pub copies: (Vec<(Timestamp, u64)>, u64),
    /// Items of it that were decided before and are not shown.
    pub decided: u64,
    /// Why the second person sent the draft back; empty when nobody did.
    pub returned_why: String,
    /// The providers of its items, that of the first item first.
    pub providers: Vec<ProviderFacts>,
    /// Services of its items whose providers are not among them, because there are so many.
    pub services_left: u64,
    /// What it rests on, when it is one channel or account.
    pub whole: Option<Whole>,
}

/// One item that the decision may cover.
#[derive(Clone, Debug)]
pub struct Item {
    /// Subject id.
    pub id: String,
    /// Address.
    pub url: String,
    /// What it is.
    pub kind: Kind,
    /// Confirmed by the person.
    pub confirmed: bool,
    /// `open`, `auto_join`, `human_admitted`, `private` or `unsure` (LAW-08).
    pub audience: String,
    /// Who posted it, or empty.
    pub account: String,
    /// Why it stands in this cluster, in words.
    pub evidence: String,
    /// The page that lays it beside what came first; none of what came first itself.
    pub compare: Option<String>,
    /// Where the corners of the first picture lie in this one, clockwise from the top left, thousandths of its sides;
    /// none where that is not known.
    pub region: Vec<(i32, i32)>,
    /// Its first picture, hidden until held.
    pub tile: Option<Tile>,
    /// Its own words and their language, when they are not those that the page shows.
    pub words: Option<(Vec<Passage>, String)>,
    /// Its host may be a publisher's (LAW-163).
    pub protected: bool,
    /// Publisher in words, or empty.
    pub publisher: String,
    /// What bars it, or nothing.
    pub barred: Option<Hold>,
}

/// The provider's side of the matter.
#[derive(Clone, Debug)]
pub struct ProviderFacts {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its IANA zone.
    pub zone: String,
    /// Languages of its contact point, in words.
    pub languages: String,
    /// Open referrals.
    pub open: u64,
}

/// Codes of the audience (LAW-08).
pub const AUDIENCES: [(&str, &str); 5] = [
    ("open", "audience-open"),
    ("auto_join", "audience-auto-join"),
    ("human_admitted", "audience-human-admitted"),
    ("private", "audience-private"),
    ("unsure", "audience-unsure"),
];
/// Codes of the urgency.
pub const URGENCIES: [(&str, &str); 3] =
    [("normal", "urgency-normal"), ("spreading", "urgency-spreading"), ("threat_to_life", "urgency-threat")];

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        (list(view, w))
        @match &view.open {
            Some(open) => { (detail(open, w, frame)) }
            None => { section.detail { (nothing(view, w)) } }
        }
    };
    look::page(frame, w, Display::Desk, (&w.t("page-queue"), "desk"), &main)
}

fn list(view: &View, w: &Words) -> Markup {
    html! {
        section.list aria-label=(w.t("queue-question")) {
            form.find method="get" action="/console/queue" {
                label.sr for="f" { (w.t("queue-search")) }
                input.field id="f" type="search" name="q" value=(view.search) placeholder=(w.t("queue-search")) data-key="/" dir="auto";
                kbd aria-hidden="true" { "/" }
                (step(view.around.0.as_deref(), "k", &w.t("key-previous")))
                (step(view.around.1.as_deref(), "j", &w.t("key-next")))
            }
            @if !view.unconfirmed.is_empty() {
                p.lane { b { (w.t("queue-unconfirmed")) } span { (w.number(view.unconfirmed.len() as u64)) } }
                ul.small.pad { @for (words, href, telephone) in &view.unconfirmed { li { a href=(href) { bdi { (words) } }
                    @if *telephone { " " span.chip { (sign(Sign::Ask)) (w.t("queue-telephone")) } } } } }
            }
            p.lane { b { (w.t("lane-threat")) }
                span { @if view.threats == 0 { (sign(Sign::Clear)) " " (w.t("lane-threat-none")) } @else { (w.with("waiting", &[("n", view.threats.into())])) } } }
            p.lane { span { b { (w.t("lane-assess")) } " " (w.t("lane-by-urgency")) }
                span { (w.with("clusters", &[("n", view.clusters.into())]))
                    @if let Some(items) = view.items { (w.comma()) (w.with("items", &[("n", items.into())])) } } }
            div.rows { @for row in &view.rows { (look::row(row, w)) } }
            @if view.clusters > view.rows.len() as u64 {
                p.note.pad { (w.with("queue-more", &[("n", (view.rows.len() as u64).into()), ("of", view.clusters.into())])) }
            }
            @if view.more_found { p.note.pad { (w.with("queue-more-found", &[("n", (view.rows.len() as u64).into())])) } }
            @if view.put_off.1 { p.lane { b { (w.t("queue-put-off")) } a href="/console/queue" { (w.t("queue-show-all")) } } }
            @else if view.put_off.0 > 0 { p.lane { b { (w.t("queue-put-off")) } a href="/console/queue?later=on" { (w.with("clusters", &[("n", view.put_off.0.into())])) } } }
            @if view.rows.is_empty() && view.open.is_some() { p.note.pad { (w.t("queue-last")) } }
        }
    }
}

fn step(href: Option<&str>, key: &str, words: &str) -> Markup {
    match href {
        Some(href) => {
            html! { a.b.plain href=(href) data-key=(key) aria-keyshortcuts=(key) { span.sr { (words) } kbd aria-hidden="true" { (key) } } }
        }
        None => {
            html! { span.b.plain aria-disabled="true" { span.sr { (words) } kbd aria-hidden="true" { (key) } } }
        }
    }
}

fn nothing(view: &View, w: &Words) -> Markup {
    if !view.rows.is_empty() {
        return empty(
            &w.t("queue-choose"),
            &html! { (w.t("queue-choose-how")) " " (w.t("queue-cluster-is")) },
            None,
        );
    }
    if !view.search.is_empty() {
        let none = w.with("queue-no-hit", &[("text", (&view.search).into())]);
        return html! { h1.sr { (w.t("queue-question")) } (empty(&none, &html! {}, Some((&w.t("queue-show-all"), "/console/queue")))) };
    }
    let next = match view.sources {
        Some((sources, read, next)) => html! {
            (slot(&w.with("queue-read", &[("n", sources.into()), ("time", SLOT.into())]), &w.clock(read))) " "
            (slot(&w.with("queue-next", &[("time", SLOT.into())]), &w.clock(next)))
        },
        None => html! { (w.t("queue-no-source")) },
    };
    html! { h1.sr { (w.t("queue-question")) } (empty(&w.t("queue-empty"), &next, Some((&w.t("page-intake"), "/console/intake")))) }
}

fn detail(open: &Open, w: &Words, frame: &Frame) -> Markup {
    let action = format!("/console/queue/{}/assess", open.id);
    html! {
        form.detail method="post" action=(action) aria-labelledby="h" data-decide {
            (look::hidden("csrf", &frame.csrf))
            (look::hidden("version", &open.version.to_string()))
            // Enter in a field presses the first button of a form: it must not be one that ends the item.
            @if open.may_decide { button.sr type="submit" name="decision" value="refer" tabindex="-1" aria-hidden="true" formnovalidate {} }
            (head(open, w))
            div.cols {
                div.pane tabindex="0" role="group" aria-labelledby="h" { (said_of_it(open, w)) (content(open, w, frame))
                    @if open.may_decide { (fields(open, w)) } @else { fieldset disabled { (fields(open, w)) } } }
                aside.pane tabindex="0" aria-label=(w.t("facts")) { (why(open, w)) }
            }
            @if open.may_decide { (bar(w)) } @else { div.decide { span.small.mute { (w.t("queue-read-only")) } } }
        }
        (veils(frame))
    }
}

fn fields(open: &Open, w: &Words) -> Markup {
    html! { @if let Some(found) = &open.whole { (whole::whole(found, w)) } (finding(open, w)) (context(open, w)) }
}

/// Where it says why it was not saved just now, and why it came back from the second person.
fn said_of_it(open: &Open, w: &Words) -> Markup {
    html! {
        (look::refused_here())
        @if !open.returned_why.is_empty() {
            div.box { p.finding.ask { (sign(Sign::Back)) span { b { (w.t("queue-returned")) } " " bdi { (open.returned_why) } } } }
        }
    }
}

/// Grey and blur have a form of their own, which cannot stand inside the assessment's form.
fn veils(frame: &Frame) -> Markup {
    html! { form id="veils" method="post" action="/console/preference" hidden { (look::hidden("csrf", &frame.csrf)) } }
}

fn head(open: &Open, w: &Words) -> Markup {
    html! {
        div.head {
            div.top1 {
                h1 id="h" { (open.kind.word(w)) (w.comma()) (open.language) @if open.whole.is_none() { (w.comma())
                    (w.with("copies-on", &[("n", open.spread.0.into()), ("services", w.with("services-on", &[("n", open.spread.1.into())]).into())])) } }
                a.b.plain href="/console/clear" data-key="Esc Esc" { (w.t("key-clear")) kbd aria-hidden="true" { "Esc Esc" } }
            }
            p.state {
                @match &open.with_other {
                    Some((name, since)) => { span.chip.hold { (sign(Sign::Account)) (w.with("row-open-with", &[("name", name.into())])) " " (w.clock(*since)) } }
                    None if open.may_decide => { span { (w.t("state-to-assess")) " " (w.clock(open.with_you_since)) } }
                    None => { span { (w.t("queue-read-only")) } }
                }
                span { (w.t("state-first-seen")) " " (w.moment(open.first_seen.0)) (w.comma()) bdi dir="ltr" { (open.first_seen.1) } }
                span.id translate="no" { (open.short) }
                @if let Some(href) = &open.subject_href { a href=(href) { (w.t("approve-subject-open")) } }
            }
        }
    }
}

fn content(open: &Open, w: &Words, frame: &Frame) -> Markup {
    let veil = |name: &str, key: &str, pressed: bool, words: String| {
        html! {
            button.b type="submit" form="veils" formnovalidate name=(name) value=(if pressed { "off" } else { "on" }) aria-pressed=(pressed)
                data-key=(key) data-veil=(name) aria-keyshortcuts=(key) { (words) kbd aria-hidden="true" { (key) } }
        }
    };
    html! {
        div.box { div class=(if open.tiles.is_empty() { "media none" } else { "media" }) {
            @if !open.tiles.is_empty() {
                div {
                    div class=(if open.tiles.len() > 1 { "strip" } else { "" }) {
                        @for (at, tile) in open.tiles.iter().take(3).enumerate() { (look::tile(tile, at == 0, w)) }
                    }
                    noscript { p.note { (w.t("tile-no-script")) } }
                    p.line-of { (veil("grey", "g", frame.veils.0, w.t("tile-grey"))) (veil("blur", "b", frame.veils.1, w.t("tile-blur"))) }
                    (look::exposure(open.exposure.0, open.exposure.1, w))
                }
            }
            div {
                @if !open.text.is_empty() {
                    p.said lang=(open.text_lang) dir="auto" { (passages(&open.text, w)) }
                    @if has_odd(open) { p.small.note { (w.t("odd-note")) } }
                }
                h2.small { (w.t("queue-this-item")) }
                (facts(&[
                    (w.t("fact-address"), address(&open.url)),
                    (w.t("fact-account"), html! { bdi { (open.account) } }),
                    (w.t("fact-open-to"), html! { (open.audience) }),
                ]))
            }
        } }
    }
}

/// Whether a text of the page holds what is not what it looks like.
fn has_odd(open: &Open) -> bool {
    let words = open.items.iter().filter_map(|item| item.words.as_ref()).flat_map(|(words, _)| words);
    open.text.iter().chain(words).any(|passage| passage.odd.is_some())
}

fn finding(open: &Open, w: &Words) -> Markup {
    html! {
        @if let Some(by) = &open.proposed {
            div.box { p.finding.pass { (sign(Sign::Check)) span { (w.with("queue-proposed", &[("name", by.into())])) } } }
        }
        div.box {
            header { h2 { (w.t("kinds-title")) " " span.note { (w.t("kinds-article")) } } span.note { (w.t("kinds-note")) } }
            (look::kinds(&open.kinds, &open.danger, w))
        }
        div.box {
            header { h2 { (w.t("exempt-title")) " " span.note { (w.t("exempt-article")) } } span.note { (w.t("exempt-note")) } }
            (look::questions(&open.answers, w))
        }
    }
}

fn context(open: &Open, w: &Words) -> Markup {
    let urgencies: Vec<(String, String)> =
        URGENCIES.iter().map(|(code, key)| ((*code).to_owned(), w.t(key))).collect();
    html! {
        div.box {
            header { h2 { (w.t("context-title")) } span.note { (w.t("context-note")) } }
            (look::purpose(&open.purpose, w))
            (look::choice("urgency", &w.t("urgency-question"), &urgencies, &open.urgency))
        }
        div.box {
            header { h2 id="items" { (w.with("items-title", &[("n", open.items.len().into())])) } span.note { (w.t("items-note")) } }
            @if open.items.iter().any(|item| !item.confirmed && item.barred.is_none()) { p.small { (w.t("items-apart")) } }
            @if open.decided > 0 { p.small.mute { (w.with("items-decided", &[("n", open.decided.into())])) } }
            ul.covers { @for item in &open.items { (covered(item, w)) } }
        }
    }
}

fn covered(item: &Item, w: &Words) -> Markup {
    let audiences: Vec<(String, String)> =
        AUDIENCES.iter().map(|(code, key)| ((*code).to_owned(), w.t(key))).collect();
    html! {
        li class=[item.tile.is_some().then_some("seen")] {
            @if let Some(tile) = &item.tile { (look::tile(tile, false, w)) }
            label.tick { input type="checkbox" name="items[]" value=(item.id) checked[item.confirmed] disabled[item.barred.is_some()];
                (sign(item.kind.sign())) span { (address(&item.url)) } }
            @if !item.region.is_empty() { (look::region(&item.region, &w.t("copy-region"))) }
            p.small.mute { (item.evidence) @if let Some(href) = &item.compare { " " a href=(href) { (w.t("why-compare")) } } @if !item.account.is_empty() { (w.comma()) bdi dir="ltr" { (item.account) } } }
            @if item.protected { p.small { (sign(Sign::Ask)) " " (w.t("item-protected")) } }
            @if let Some((words, lang)) = &item.words { p.small.said lang=(lang) dir="auto" { (passages(words, w)) } }
            @match &item.barred {
                Some(hold) => { p.small { (hold_badge(*hold, w)) " " (w.t("item-barred")) } }
                None => { div.pairs {
                    (look::choice(&format!("audience_{}", item.id), &w.t("fact-open-to"), &audiences, &item.audience))
                    (look::field(&format!("publisher_{}", item.id), &w.t("item-publisher"), "text", &item.publisher, "off"))
                } }
            }
        }
    }
}

fn why(open: &Open, w: &Words) -> Markup {
    html! {
        (boxed(&w.t("why-title"), &w.t("why-note"), &html! {
            @for (at, found) in open.matches.iter().enumerate() { (match_card(at + 1, found, w)) }
            @if open.matches.is_empty() { p.small { (w.t("why-nothing")) } }
        }))
        (boxed(&w.t("before-title"), "", &html! {
            @if open.before.is_empty() { p.small { (w.t("before-none")) } }
            ul.small { @for (words, href) in &open.before { li { a href=(href) { (words) } } } }
        }))
        (boxed(&w.t("asked-title"), "", &html! {
            ul.small.asked { @for (hold, who) in &open.holds { li { (hold_badge(*hold, w)) " " bdi { (who) } } } }
            @if open.holds.is_empty() { p.small { (w.t("asked-not-yet")) } }
        }))
        @if !open.copies.0.is_empty() { (boxed(&w.t("spread-title"), &w.t("spread-unit"), &copies((&open.copies.0, open.copies.1), w))) }
        @if let Some((first, others)) = open.providers.split_first() { (provider_facts(first, (others, open.services_left), w)) }
    }
}

/// The first provider, and the names of the others: each gets a letter of its own.
fn provider_facts(provider: &ProviderFacts, (others, left): (&[ProviderFacts], u64), w: &Words) -> Markup {
    let link = |of: &ProviderFacts| html! { a href=(of.href) { bdi dir="ltr" { (of.name) } } };
    let mut pairs = vec![
        (w.t("provider-name"), link(provider)),
        (w.t("provider-zone"), html! { bdi dir="ltr" { (provider.zone) } }),
        (w.t("provider-reads"), html! { (provider.languages) }),
        (w.t("provider-open"), html! { (w.with("referrals", &[("n", provider.open.into())])) }),
    ];
    if !others.is_empty() || left > 0 {
        let names = html! { span.line-of { @for other in others { (link(other)) }
        @if left > 0 { a href="#items" { (w.with("provider-left", &[("n", left.into())])) } } } };
        pairs.push((w.t("provider-others"), names));
    }
    boxed(&w.t("queue-provider"), &w.t("queue-provider-note"), &facts(&pairs))
}

/// Widest bar with its gap, in units of the plot: that of six hours.
const PLOT_BAR_MAX: usize = 56;
/// Height of the plot in its own units.
const PLOT_HEIGHT: u64 = 44;

fn copies((hours, before): (&[(Timestamp, u64)], u64), w: &Words) -> Markup {
    let last = hours.last().map(|(hour, _)| *hour);
    let hours: Vec<(String, u64)> = hours.iter().map(|(hour, count)| (w.hour(*hour), *count)).collect();
    let most = hours.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let said: Vec<String> = hours.iter().map(|(hour, count)| format!("{hour}: {count}")).collect();
    let wide = (336 / hours.len().max(1)).min(PLOT_BAR_MAX);
    html! {
        svg.plot viewBox="0 0 336 74" role="img" aria-label=(w.list(&said)) {
            @for (at, (hour, count)) in hours.iter().enumerate() {
                @let high = count * PLOT_HEIGHT / most;
                rect.c1 x=(at * wide) y=(58 - high) width=(wide.saturating_sub(8)) height=(high.max(1)) {}
                text x=(at * wide) y="72" { (hour) }
                text.lab x=(at * wide) y=(54 - high) { (count) }
            }
            path.ax d="M0 58.5h336" {}
        }
        p.small.note { (w.t("spread-by")) }
        @if let Some(last) = last { p.small.note { (w.t("spread-last")) " " (w.moment(last)) @if before > 0 { (w.comma()) (w.with("spread-before", &[("n", before.into())])) } } }
    }
}

fn bar(w: &Words) -> Markup {
    let end = |label: &str, value: &str, key: &str, class: &str| {
        button(&Button { label, name: "decision", value, key, class })
    };
    let ends = html! {
        (end(&w.t("decide-not"), "not_terrorist", "n", ""))
        (end(&w.t("decide-exempt"), "exempt", "x", ""))
        (end(&w.t("decide-second"), "second_reader", "u", ""))
        (end(&w.t("decide-later"), "defer", "d", ""))
        (end(&w.t("decide-pass"), "pass", "", "plain"))
    };
    let go = html! {
        span data-go data-exempt=(w.t("decide-save-exempt")) { (end(&w.t("decide-save"), "refer", "Enter", "go")) }
    };
    let missing = html! {
        span data-one=(w.t("missing-one")) data-some=(w.t("missing-some")) data-short-one=(w.t("short-one"))
            data-short-some=(w.t("short-some")) data-no=(w.t("refusal-said")) {}
    };
    decide_bar(&w.t("decide-label"), &ends, &missing, &go)
}
