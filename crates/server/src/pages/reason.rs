//! Reason: why do you read? Asked once, applied to each read of this visit (decision D10).

use crate::look::{self, Display, Frame, button, hidden, post};
use crate::words::Words;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Reasons of the agency's list: (code, words).
    pub reasons: Vec<(String, String)>,
    /// Where the person goes afterwards; a path of this console.
    pub back: String,
}

/// Longest note in characters: with the reason of the list before it, it stays inside that of a reason.
const NOTE_CHARACTERS_MAX: u32 = 240;

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (w.t("reason-title")) }
            p.small.mute { (w.t("reason-why")) }
            (post("/console/reason", &frame.csrf, "stack", &html! {
                (hidden("back", &view.back))
                fieldset.stack {
                    legend.sr { (w.t("reason-title")) }
                    @for (at, (code, words)) in view.reasons.iter().enumerate() {
                        label.tick { input type="radio" name="reason" value=(code) checked[at == 0]; span { (words) } }
                    }
                }
                (look::text_area("note", &html! { (w.t("reason-note")) }, "", 2, NOTE_CHARACTERS_MAX))
                (button(&look::Button { label: &w.t("reason-go"), name: "", value: "", key: "Enter", class: "go" }))
            }))
        }
    };
    look::page(frame, w, Display::Long, (&w.t("reason-title"), "sheet"), &main)
}
