//! Shifts of counts, as Operation and Radar show them: which service and language fell silent, burst or moves away.

use crate::look::{language_name, slot};
use crate::words::{SLOT, Words};
pub use app::view::shifts::{Counted, Found};
use app::view::shifts::{LEARNING_DAYS, SHOWN_DAYS};
use maud::{Markup, html};

/// The list, or why there is none; without counts they are being counted.
#[must_use]
pub fn shifts(counted: Option<&Counted>, w: &Words) -> Markup {
    let Some(counted) = counted else {
        return html! { p.small.mute { (w.t("shifts-counting")) } };
    };
    if !counted.is_learnt() {
        return html! { p.small.mute { (w.with("shifts-learning", &[("days", LEARNING_DAYS.unsigned_abs().into())])) } };
    }
    html! {
        @if counted.found.is_empty() { p.small.mute { (w.with("shifts-none", &[("n", counted.series.into()), ("days", SHOWN_DAYS.unsigned_abs().into())])) } }
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

fn one(found: &Found, w: &Words) -> Markup {
    let what = match found.kind {
        "blackout" => "shifts-blackout",
        "burst" => "shifts-burst",
        _ => "shifts-migration",
    };
    html! {
        tr {
            td { bdi dir="ltr" { (found.service) } p.note { (language_name(&found.language, w)) } }
            td { b { (w.t(what)) } p.note { (slot(&w.with("shifts-began", &[("at", SLOT.into())]), &w.moment(found.began))) } p.note { (slot(&w.with("shifts-seen", &[("at", SLOT.into())]), &w.moment(found.seen))) } }
            td.num { (w.share(found.confidence)) }
        }
    }
}
