//! Step up: prove it is you before something leaves the house.

use crate::look::{self, Display, Frame, button, field_first, hidden, post};
use crate::words::Words;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// What the person was about to do, in words.
    pub about_to: String,
    /// Where the person goes afterwards; a path of this console.
    pub back: String,
    /// The last code was wrong.
    pub failed: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (w.t("step-up-title")) }
            p { (view.about_to) }
            @if view.failed { p.finding.stop role="alert" { (look::sign(look::Sign::Stop)) span { (w.t("step-up-failed")) } } }
            (post("/console/step-up", &frame.csrf, "stack", &html! {
                (hidden("back", &view.back))
                (field_first("code", &w.t("sign-in-code"), "text", "", "one-time-code"))
                div.line-of {
                    (button(&look::Button { label: &w.t("step-up-go"), name: "", value: "", key: "", class: "go" }))
                    a.b href=(view.back) { (w.t("go-back")) }
                }
            }))
            p.small.mute { (w.t("step-up-why")) }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("step-up-title"), "sheet"), &main)
}
