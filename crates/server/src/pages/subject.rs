//! Subject: what is this, and what happened to it?

use crate::look::{
    self, Button, Display, Event, Frame, Hold, Kind, Live, Match, Sign, address, boxed, button, facts,
    hold_badge, live_chip, match_card, post, sign, slot, timeline,
};
use crate::pages::leads::{self, Elsewhere};
use crate::words::{SLOT, Words};
pub use app::view::cells::{Joint, Shown, Standing};
pub use app::view::network::Named;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Subject id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Canonical address.
    pub url: String,
    /// The address as it was found, when it differs.
    pub original: Option<String>,
    /// Language in words.
    pub language: String,
    /// The account in words with its page, if there is one.
    pub account: Option<(String, String)>,
    /// The cluster's page in the queue.
    pub cluster_href: String,
    /// SHA-256 of the sealed record, hexadecimal, or what is missing in words.
    pub seal: Result<String, String>,
    /// What the last recheck found.
    pub live: Option<(Live, Timestamp)>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// Why it was matched.
    pub matches: Vec<Match>,
    /// Why other items of its cluster were matched.
    pub others_matches: Vec<Match>,
    /// The same content elsewhere: address, its page, first seen.
    pub elsewhere: Vec<(String, String, Timestamp)>,
    /// How many there are elsewhere beside these.
    pub elsewhere_left: u64,
    /// Where it came from and where it points to: (relation in words, address or name, its page).
    pub lineage: Vec<(String, String, String)>,
    /// Documents sent and received: (words, page, when).
    pub documents: Vec<(String, String, Timestamp)>,
    /// The cell of its account, or of itself; none when there is no account.
    pub cell: Option<Standing>,
    /// Where the actor of its account may be elsewhere; none without the right or while the analysis is not open.
    pub leads: Option<Elsewhere>,
    /// Holds of others on it.
    pub holds: Vec<(Hold, String)>,
    /// Holds of the reader's agency on it.
    pub own: Vec<Own>,
    /// The reader's agency may set a hold of its own.
    pub may_hold: bool,
    /// How long a hold lasts at most, and when no end is given, in hours.
    pub hold_hours: u64,
}

/// A hold of the reader's agency.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its id.
    pub id: String,
    /// What it says.
    pub hold: Hold,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head {
            h1 { (view.kind.word(w)) (w.comma()) (view.language) }
            p.state { (address(&view.url))
                @if let Some((live, at)) = view.live { span { (live_chip(live, w)) " " span.note { (w.moment(at)) } } }
                a href=(view.cluster_href) { (w.t("subject-queue")) } }
        }
        div.cols.long {
            div.pane {
                (boxed(&w.t("happened"), "", &timeline(&view.events, w)))
                (boxed(&w.t("subject-documents"), "", &list(&view.documents, &w.t("subject-documents-none"), w)))
                (boxed(&w.t("subject-elsewhere"), &w.with("items", &[("n", (view.elsewhere.len() as u64 + view.elsewhere_left).into())]), &elsewhere(view, w)))
            }
            aside.pane aria-label=(w.t("facts")) {
                (boxed(&w.t("queue-this-item"), "", &known(view, w)))
                (boxed(&w.t("why-title"), &w.t("why-note"), &html! {
                    @for (at, found) in view.matches.iter().enumerate() { (match_card(at + 1, found, w)) }
                    @if view.matches.is_empty() { p.small { @if view.others_matches.is_empty() { (w.t("why-nothing")) } @else { (w.t("why-nothing-here")) } } }
                }))
                @if !view.others_matches.is_empty() { (boxed(&w.t("why-others"), "", &html! { details {
                    summary { (w.with("match-signals", &[("n", view.others_matches.iter().map(|found| found.signals).sum::<u64>().into())])) }
                    @for (at, found) in view.others_matches.iter().enumerate() { (match_card(view.matches.len() + at + 1, found, w)) }
                } })) }
                (boxed(&w.t("subject-lineage"), "", &html! {
                    dl.facts { @for (relation, name, href) in &view.lineage { dt { (relation) } dd { a href=(href) { (address(name)) } } } }
                    @if view.lineage.is_empty() { p.small { (w.t("subject-lineage-none")) } }
                }))
                @if let Some(cell) = &view.cell { (boxed(&w.t("cell-title"), &w.t("cell-note"), &in_cell(cell, w))) }
                @if let Some(leads) = &view.leads { (boxed(&w.t("leads-title"), &w.t("leads-note"), &leads::elsewhere(leads, w, frame))) }
                (boxed(&w.t("asked-title"), "", &holds(view, w, frame)))
            }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("subject-page"), "stacked"), &main)
}

/// The cell, who else is in it, and what they did together.
fn in_cell(cell: &Standing, w: &Words) -> Markup {
    let cell = match cell {
        Standing::Counting => return html! { p.small.mute { (w.t("cell-counting")) } },
        Standing::None => return html! { p.small { (w.t("cell-none")) } },
        Standing::In(cell) => cell,
    };
    let named = |account: &Named| {
        html! { a href={ "/console/subject/" (account.id) } { @if account.name.is_empty() { (w.t("net-erased")) } @else { bdi { (account.name) } } } " " span.note { bdi dir="ltr" { (account.service) } } }
    };
    let chance = html! { bdi dir="ltr" { (format!("{:.0e}", cell.p)) } };
    html! {
        p { (w.with("cell-in", &[("n", cell.size.into()), ("things", cell.things.into()), ("acts", cell.acts.into())])) }
        p.small { (slot(&w.with("cell-chance", &[("p", SLOT.into())]), &chance)) }
        p.small { b { (w.t("cell-lead")) } }
        ul.small { @for account in &cell.others { li { (named(account)) } } }
        @if cell.others.len() + 1 < cell.size { p.note { (w.with("cell-left", &[("n", (cell.size - cell.others.len() - 1).into())])) } }
        details {
            summary { (w.t("cell-acts")) }
            table.t {
                thead { tr { th scope="col" { (w.t("cell-col-when")) } th scope="col" { (w.t("cell-col-who")) } th scope="col" { (w.t("cell-col-what")) } } }
                tbody { @for joint in &cell.newest {
                    tr { td { (w.moment(joint.at)) } td { (named(&joint.account)) }
                        td { @match joint.content {
                            Some(content) => { a href={ "/console/queue/" (content) } { (w.with("cell-content", &[("n", joint.number.into())])) } }
                            None => { (w.with("cell-link", &[("n", joint.number.into())])) }
                        } } }
                } }
            }
        }
    }
}

fn known(view: &View, w: &Words) -> Markup {
    let mut pairs = Vec::new();
    if let Some(original) = &view.original {
        pairs.push((w.t("subject-original"), address(original)));
    }
    if let Some((name, href)) = &view.account {
        pairs.push((w.t("fact-account"), html! { a href=(href) { bdi { (name) } } }));
    }
    pairs.push((
        w.t("subject-seal"),
        match &view.seal {
            Ok(digest) => html! { span.id { (digest) } },
            Err(missing) => html! { span.mute { (missing) } },
        },
    ));
    facts(&pairs)
}

fn list(documents: &[(String, String, Timestamp)], none: &str, w: &Words) -> Markup {
    html! {
        @if documents.is_empty() { p.small { (none) } }
        ul.small { @for (words, href, at) in documents { li { a href=(href) { (words) } " " span.note { (w.moment(*at)) } } } }
    }
}

fn elsewhere(view: &View, w: &Words) -> Markup {
    html! {
        @if view.elsewhere.is_empty() { p.small { (w.t("subject-elsewhere-none")) } }
        ul.small { @for (url, href, at) in &view.elsewhere { li { (sign(Sign::Again)) " " a href=(href) { (address(url)) } " " span.note { (w.moment(*at)) } } } }
        @if view.elsewhere_left > 0 { p { a.b.plain href=(view.cluster_href) { (w.with("subject-elsewhere-left", &[("n", view.elsewhere_left.into())])) } } }
    }
}

fn holds(view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        @for own in &view.own { (own_hold(own, view, w, frame)) }
        ul.small.asked { @for (hold, who) in &view.holds { li { (hold_badge(*hold, w)) " " bdi { (who) } } } }
        @if view.holds.is_empty() { p.small { (w.t("asked-not-yet")) } }
        @if view.may_hold {
            details { summary { (w.t("hold-set")) }
                (post(&format!("/console/hold/{}", view.id), &frame.csrf, "stack", &html! {
                    (look::choice("answer", &w.t("hold-answer"), &[("investigative_hold".to_owned(), w.t("hold-wait")), ("talk".to_owned(), w.t("hold-talk"))], ""))
                    (look::field("until", &w.t("hold-until-field"), "datetime-local", "", "off"))
                    p.small.mute { (w.with("hold-default", &[("n", view.hold_hours.into())])) }
                    (button(&Button { label: &w.t("hold-go"), name: "", value: "", key: "", class: "" }))
                }))
            }
        }
    }
}

/// A hold of our own: until when, who set it, and how to take it back.
fn own_hold(own: &Own, view: &View, w: &Words, frame: &Frame) -> Markup {
    html! {
        p.small { b { (w.t("hold-ours")) } " " (hold_badge(own.hold, w)) " "
            span.note { (slot(&w.with("hold-set-by", &[("name", own.by.clone().into()), ("at", SLOT.into())]), &w.moment(own.at))) } }
        @if view.may_hold {
            (post(&format!("/console/hold/{}/lift", own.id), &frame.csrf, "", &html! {
                (look::hidden("subject", &view.id))
                (button(&Button { label: &w.t("hold-lift"), name: "", value: "", key: "", class: "" }))
            }))
        }
    }
}
