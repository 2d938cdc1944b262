//! Shifts of counts, as Operation and Radar show them: which service and language fell silent, burst or moves away.

use crate::look::{language_name, slot};
use crate::words::{SLOT, Words};
pub use app::view::shifts::{Counted, Found};
use app::view::shifts::{LEARNING_DAYS, SHOWN_DAYS};
use maud::{Markup, html};

/// Shifts in a line each on the wall.
const WALL_SHOWN: usize = 3;

/// The list, or why there is none; without counts they are being counted.
#[must_use]
pub fn shifts(counted: Option<&Counted>, w: &Words) -> Markup {
    let Some(counted) = counted.filter(|counted| counted.is_learnt()) else {
        return html! { p.small.mute { (said_of_none(counted, w)) } };
    };
    html! {
        @if counted.found.is_empty() { p.small.mute { (said_of_none(Some(counted), w)) } }
        @else {
            table.t {
                caption { (w.with("shifts-caption", &[("n", counted.series.into()), ("days", SHOWN_DAYS.unsigned_abs().into())])) }
                thead { tr { th scope="col" { (w.t("shifts-col-where")) } th scope="col" { (w.t("shifts-col-what")) } th.num scope="col" { (w.t("shifts-col-chance")) } } }
                tbody { @for found in &counted.found { (one(found, w)) } }
            }
        }
        details {
            summary { (w.t("shifts-method-title")) }
            p.small { (w.t("shifts-method")) }
            p.small { (w.with("shifts-left-out", &[("n", counted.hours_left_out.into()), ("small", counted.small.into())])) }
        }
    }
}

/// The newest few in a line each, for the wall; the radar has the rest.
#[must_use]
pub fn newest(counted: Option<&Counted>, w: &Words) -> Markup {
    match counted.filter(|counted| counted.is_learnt() && !counted.found.is_empty()) {
        None => html! { div.small.mute { (said_of_none(counted, w)) } },
        Some(counted) => html! {
            ul.holds { @for found in counted.found.iter().take(WALL_SHOWN) {
                li { span { bdi dir="ltr" { (found.service) } (w.comma()) (language_name(&found.language, w)) } b { (w.t(what(found))) } }
            } }
            p.note { a href="/console/radar" { (w.with("shifts-all", &[("n", counted.found.len().into())])) } }
        },
    }
}

/// Why there is none to show.
fn said_of_none(counted: Option<&Counted>, w: &Words) -> String {
    match counted {
        None => w.t("shifts-counting"),
        Some(counted) if !counted.is_learnt() => {
            w.with("shifts-learning", &[("days", LEARNING_DAYS.unsigned_abs().into())])
        }
        Some(counted) => {
            let values = [("n", counted.series.into()), ("days", SHOWN_DAYS.unsigned_abs().into())];
            w.with("shifts-none", &values)
        }
    }
}

fn what(found: &Found) -> &'static str {
    match found.kind {
        "blackout" => "shifts-blackout",
        "burst" => "shifts-burst",
        "mix" => "shifts-mix",
        _ => "shifts-migration",
    }
}

fn one(found: &Found, w: &Words) -> Markup {
    html! {
        tr {
            td { bdi dir="ltr" { (found.service) } p.note { (language_name(&found.language, w)) } }
            td { b { (w.t(what(found))) } p.note { (slot(&w.with("shifts-began", &[("at", SLOT.into())]), &w.moment(found.began))) } p.note { (slot(&w.with("shifts-seen", &[("at", SLOT.into())]), &w.moment(found.seen))) } }
            td.num { (w.share(found.confidence)) }
        }
    }
}
