//! Buttons that save a chart as a file. Without a script they are not there.

use crate::words::Words;
use maud::{Markup, html};

/// Two buttons for the picture with this id.
#[must_use]
pub(crate) fn export(of: &str, w: &Words) -> Markup {
    let one = |kind: &str, label: &str| {
        html! { button.b.plain type="button" data-export=(kind) data-of=(of) { (w.t(label)) } }
    };
    html! { p.line-of.js { (one("svg", "export-svg")) " " (one("png", "export-png")) } }
}
