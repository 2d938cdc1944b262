//! Radar: where do they move? Hosts by growth, the worksheet of one host, and the log of hypotheses.

use crate::look::{
    self, Button, Display, Frame, boxed, button, choice, empty, field, hidden, post, slot, text_area,
    text_between,
};
use crate::pages::shifts::{Counted, shifts};
use crate::words::{SLOT, Words};
use app::view::radar::{DAYS, DAYS_BEFORE};
pub use app::view::radar::{Growth, Host, Noted, Open, Sheet, Trend};
use domain::host::{Identification, NoteKind, RDAP_MAX_CHARS, SOURCE_CHARS, Standing, VALUE_CHARS};
use maud::{Markup, html};
use std::sync::Arc;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The radar.
    pub open: Open,
    /// Shifts of the counts; none while they are counted.
    pub shifts: Option<Arc<Counted>>,
    /// The reader may note facts.
    pub may_note: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let open = &view.open;
    let main = html! {
        section.pane { (heading(open, w)) (hosts(open, w)) (boxed(&w.t("shifts-title"), &w.t("shifts-note"), &shifts(view.shifts.as_deref(), w))) }
        aside.pane {
            @match &open.sheet {
                Some(sheet) => { (worksheet(sheet, view.may_note, w, frame)) (log(sheet, view.may_note, w, frame)) }
                None => (boxed(&w.t("radar-sheet"), "", &choose(w)))
            }
            (boxed(&w.t("radar-method-title"), "", &html! { p.small { (w.with("radar-method", &[("days", DAYS.unsigned_abs().into()), ("before", DAYS_BEFORE.unsigned_abs().into())])) } p.small { (w.t("radar-no-scan")) } }))
        }
    };
    look::page(frame, w, Display::Long, (&w.t("page-radar"), "net"), &main)
}

fn heading(open: &Open, w: &Words) -> Markup {
    html! {
        div.box {
            h1 { (w.t("radar-question")) }
            p.small.mute {
                (w.t("radar-about")) " "
                @if let Some(until) = open.until { (w.with("radar-until", &[("day", w.day(until).into()), ("days", DAYS.unsigned_abs().into()), ("now", open.accounts.0.into()), ("before", open.accounts.1.into())])) }
                @if open.cut { " " (w.t("radar-cut")) }
            }
        }
    }
}

fn hosts(open: &Open, w: &Words) -> Markup {
    if open.hosts.is_empty() {
        let next = html! { (w.t("radar-empty-next")) };
        return html! { div.box { (empty(&w.t("radar-empty"), &next, Some((&w.t("page-queue"), "/console/queue")))) } };
    }
    html! {
        div.box {
            table.t {
                caption { (w.t("radar-hosts")) }
                thead { tr { th scope="col" { (w.t("radar-col-host")) } th scope="col" { (w.t("radar-col-trend")) } th.num scope="col" { (w.t("radar-col-accounts")) } th scope="col" { (w.t("radar-col-from")) } th scope="col" { (w.t("radar-col-identification")) } } }
                tbody { @for host in &open.hosts { (one(host, w)) } }
            }
            @if open.left > 0 { p.note { (w.with("radar-left", &[("n", open.left.into())])) } }
        }
    }
}

fn one(host: &Host, w: &Words) -> Markup {
    html! {
        tr {
            td { a href=(href(&host.host)) { bdi dir="ltr" { (host.host) } } p.note { (w.with("radar-first", &[("day", w.day(host.first_at).into())])) } }
            td { (trend(host.trend, w)) @if let Some(growth) = &host.growth { " " span.note { bdi dir="ltr" { "×" (times(growth.factor)) " (" (times(growth.low)) "–" (times(growth.high)) ")" } } } }
            td.num { (w.number(host.accounts)) p.note { (w.with("radar-links", &[("n", host.links.into())])) } p.note { (w.with("radar-before", &[("n", host.accounts_before.into())])) } }
            td { @for (service, accounts) in &host.from { p { bdi dir="ltr" { (service) } " " span.note { (w.number(*accounts)) } } } }
            td { (w.t(identification(host.identification))) }
        }
    }
}

fn href(host: &str) -> String {
    format!(
        "/console/radar?{}#sheet",
        url::form_urlencoded::Serializer::new(String::new()).append_pair("host", host).finish()
    )
}

/// A factor to two figures.
fn times(factor: f64) -> String {
    if factor < 10.0 { format!("{factor:.1}") } else { format!("{factor:.0}") }
}

fn trend(trend: Trend, w: &Words) -> Markup {
    let key = match trend {
        Trend::New => "radar-new",
        Trend::Growing => "radar-growing",
        Trend::Steady => "radar-steady",
        Trend::Falling => "radar-falling",
    };
    match trend {
        Trend::New | Trend::Growing => html! { b { (w.t(key)) } },
        Trend::Steady | Trend::Falling => html! { (w.t(key)) },
    }
}

fn identification(known: Identification) -> &'static str {
    match known {
        Identification::Yes => "radar-id-yes",
        Identification::No => "radar-id-no",
        Identification::Unknown => "radar-id-unknown",
    }
}

/// The words of a kind of note.
fn kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Identification => "radar-kind-identification",
        NoteKind::Operator => "radar-kind-operator",
        NoteKind::Seat => "radar-kind-seat",
        NoteKind::Registrar => "radar-kind-registrar",
        NoteKind::Registered => "radar-kind-registered",
        NoteKind::NameServers => "radar-kind-name-servers",
        NoteKind::Network => "radar-kind-network",
        NoteKind::Contact => "radar-kind-contact",
        NoteKind::Purpose => "radar-kind-purpose",
        NoteKind::Hypothesis => "radar-kind-hypothesis",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "radar-open",
        Standing::Supported => "radar-supported",
        Standing::Refuted => "radar-refuted",
    }
}

/// Any host has a worksheet, also one that nobody links to.
fn choose(w: &Words) -> Markup {
    html! {
        form.stack method="get" action="/console/radar" {
            (field("host", &w.t("radar-col-host"), "text", "", "off"))
            (button(&Button { label: &w.t("radar-open-sheet"), name: "", value: "", key: "", class: "" }))
        }
    }
}

fn said(noted: &Noted, value: &str, w: &Words) -> Markup {
    let who = slot(
        &w.with("radar-by", &[("name", noted.by.clone().into()), ("at", SLOT.into())]),
        &w.moment(noted.at),
    );
    html! {
        p.said dir="auto" { (value) }
        p.note { (w.t("radar-source")) " " bdi { (noted.note.source) } }
        p.note { (who) }
    }
}

fn worksheet(sheet: &Sheet, may_note: bool, w: &Words, frame: &Frame) -> Markup {
    let value = |noted: &Noted| match Identification::from_word(&noted.note.value) {
        Some(known) if noted.note.kind == NoteKind::Identification => w.t(identification(known)),
        _ => noted.note.value.clone(),
    };
    let kinds: Vec<(String, String)> = NoteKind::ALL
        .iter()
        .filter(|of| !matches!(of, NoteKind::Hypothesis | NoteKind::Identification))
        .map(|of| (of.word().to_owned(), w.t(kind(*of))))
        .collect();
    let known: Vec<(String, String)> =
        Identification::ALL.iter().map(|of| (of.word().to_owned(), w.t(identification(*of)))).collect();
    let body = html! {
        p { bdi dir="ltr" { b { (sheet.host) } } }
        @if sheet.facts.is_empty() { p.small { (w.t("radar-nothing")) } }
        dl.facts { @for noted in sheet.facts.iter().filter(|noted| !noted.replaced) { dt { (w.t(kind(noted.note.kind))) } dd { (said(noted, &value(noted), w)) } } }
        @if sheet.facts.iter().any(|noted| noted.replaced) {
            details { summary { (w.t("radar-earlier")) } dl.facts { @for noted in sheet.facts.iter().filter(|noted| noted.replaced) { dt { (w.t(kind(noted.note.kind))) } dd { (said(noted, &value(noted), w)) } } } }
        }
        @if may_note {
            details { summary { (w.t("radar-note-identification")) } (form(sheet, w, frame, &html! {
                (hidden("kind", NoteKind::Identification.word()))
                (choice("value", &w.t("radar-col-identification"), &known, Identification::Unknown.word()))
            })) }
            details { summary { (w.t("radar-note-fact")) } (form(sheet, w, frame, &html! {
                (choice("kind", &w.t("radar-kind"), &kinds, ""))
                (text_between("value", &html! { (w.t("radar-fact")) }, "", VALUE_CHARS, w))
            })) }
            details { summary { (w.t("radar-rdap")) }
                (post("/console/radar/rdap", &frame.csrf, "stack", &html! {
                    (hidden("host", &sheet.host))
                    (text_area("answer", &html! { (w.t("radar-rdap-answer")) }, "", 4, u32::try_from(RDAP_MAX_CHARS).unwrap_or(u32::MAX)))
                    p.small.mute { (w.t("radar-rdap-note")) }
                    (source(w)) (save(w))
                }))
            }
        }
    };
    html! { div #sheet { (boxed(&w.t("radar-sheet"), &w.t("radar-sheet-note"), &body)) } }
}

fn log(sheet: &Sheet, may_note: bool, w: &Words, frame: &Frame) -> Markup {
    let standings: Vec<(String, String)> =
        Standing::ALL.iter().map(|of| (of.word().to_owned(), w.t(standing(*of)))).collect();
    let body = html! {
        @if sheet.hypotheses.is_empty() { p.small { (w.t("radar-no-hypotheses")) } }
        @for noted in &sheet.hypotheses { div { p { b { (w.t(standing(noted.note.standing))) } } (said(noted, &noted.note.value, w)) } }
        @if may_note {
            details { summary { (w.t("radar-note-hypothesis")) } (form(sheet, w, frame, &html! {
                (hidden("kind", NoteKind::Hypothesis.word()))
                (text_between("value", &html! { (w.t("radar-kind-hypothesis")) }, "", VALUE_CHARS, w))
                (choice("standing", &w.t("radar-standing"), &standings, Standing::Open.word()))
            })) }
        }
    };
    boxed(&w.t("radar-log"), &w.t("radar-log-note"), &body)
}

fn form(sheet: &Sheet, w: &Words, frame: &Frame, fields: &Markup) -> Markup {
    post(
        "/console/radar/note",
        &frame.csrf,
        "stack",
        &html! { (hidden("host", &sheet.host)) (fields) (source(w)) (save(w)) },
    )
}

fn source(w: &Words) -> Markup {
    text_between("source", &html! { (w.t("radar-source-field")) }, "", SOURCE_CHARS, w)
}

fn save(w: &Words) -> Markup {
    button(&Button { label: &w.t("radar-save"), name: "", value: "", key: "", class: "" })
}
