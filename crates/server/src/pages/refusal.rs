//! Refusal: what was not done, which rule says so, and the way out. Also for conflicts and things not found.

use crate::look::{self, Display, Frame};
use crate::words::Words;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// What did not happen, in words.
    pub said: String,
    /// The way out, in words.
    pub way_out: String,
    /// The rule, such as `LAW-31.08`, which no person need read; may be empty.
    pub rule: String,
    /// For a conflict: what the person wrote and what stands now, (field, mine, theirs).
    pub differences: Vec<(String, String, String)>,
    /// Texts of a form that is not there any more, to be copied.
    pub written: Vec<String>,
    /// Where the person came from.
    pub back: String,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (view.said) }
            p data-way-out title=[(!view.rule.is_empty()).then_some(&view.rule)] { (view.way_out) }
            @if !view.differences.is_empty() {
                table.t {
                    thead { tr { th scope="col" { (w.t("refusal-field")) } th scope="col" { (w.t("refusal-mine")) } th scope="col" { (w.t("refusal-theirs")) } } }
                    tbody { @for (field, mine, theirs) in &view.differences {
                        tr { th scope="row" { (field) } td dir="auto" { (mine) } td dir="auto" { (theirs) } }
                    } }
                }
            }
            @if !view.written.is_empty() {
                h2 { (w.t("refusal-written")) }
                @for text in &view.written { textarea.field rows="3" readonly aria-label=(w.t("refusal-written")) dir="auto" { "\n" (text) } }
            }
            p { a.b href=(view.back) { (w.t("go-back")) } }
        }
    };
    look::page(frame, w, Display::Long, (&view.said, "sheet"), &main)
}
