//! Search: have we seen this? A link, a handle, a text or a picture.

use crate::look::{
    self, Button, Display, Frame, Hold, Kind, address, boxed, button, empty, hold_badge, sign,
};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What was asked.
    pub asked: String,
    /// How it was understood, in words; empty before the first question.
    pub understood: String,
    /// What was found, by what was compared: its words, and the items.
    pub found: Vec<(String, Vec<Found>)>,
    /// The clusters in which it stands.
    pub similar: Vec<Found>,
    /// Holds of anybody on it.
    pub holds: Vec<(Hold, String)>,
}

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its page.
    pub href: String,
    /// What it is.
    pub kind: Kind,
    /// Its address or name.
    pub url: String,
    /// How near and what was decided, in words.
    pub note: String,
    /// First seen, when that is known.
    pub seen_at: Option<Timestamp>,
}

/// Longest question in characters.
const ASKED_CHARACTERS_MAX: u32 = 10_000;

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate.wide {
            h1 { (w.t("search-question")) }
            form.stack method="post" action="/console/search" enctype="multipart/form-data" {
                (look::hidden("csrf", &frame.csrf))
                (look::text_area("q", &html! { (w.t("search-label")) }, &view.asked, 3, ASKED_CHARACTERS_MAX))
                label.labelled { span { (w.t("search-picture")) } input.field type="file" name="file"; }
                (look::field("reason", &w.t("search-reason"), "text", "", "off"))
                (button(&Button { label: &w.t("search-go"), name: "", value: "", key: "", class: "go" }))
            }
        }
        @if !view.understood.is_empty() { (results(view, w)) }
    };
    look::page(frame, w, Display::Long, (&w.t("page-search"), "sheet"), &main)
}

fn results(view: &View, w: &Words) -> Markup {
    html! {
        section.pane.wide aria-label=(w.t("search-found")) {
            p.pad.mute { (view.understood) }
            @if view.found.is_empty() && view.similar.is_empty() { (empty(&w.t("search-none"), &html! { (w.t("search-none-next")) }, Some((&w.t("page-intake"), "/console/intake")))) }
            @for (how, found) in &view.found { (boxed(how, "", &list(found, w))) }
            @if !view.similar.is_empty() { (boxed(&w.t("search-similar"), "", &list(&view.similar, w))) }
            @if !view.holds.is_empty() { (boxed(&w.t("asked-title"), "", &html! { ul.small.asked { @for (hold, who) in &view.holds { li { (hold_badge(*hold, w)) " " bdi { (who) } } } } })) }
        }
    }
}

fn list(found: &[Found], w: &Words) -> Markup {
    html! {
        ul.stack { @for one in found {
            li.small { (sign(one.kind.sign())) " " (one.kind.word(w)) (w.comma()) a href=(one.href) { (address(&one.url)) } br;
                (one.note) " " @if let Some(at) = one.seen_at { span.note { (w.t("search-first-seen")) " " (w.moment(at)) } } }
        } }
    }
}
