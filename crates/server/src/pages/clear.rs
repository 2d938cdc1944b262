//! Clear: an empty screen for a browser without a script; with one, `Esc Esc` does it at once.

use crate::look::{self, Display, Frame};
use crate::words::Words;
use maud::{Markup, html};

/// The page; `back` is where the person was.
#[must_use]
pub fn page(back: &str, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (w.t("frame-cleared")) }
            p.mute { (w.t("frame-cleared-way")) }
            p { a.b href=(back) { (w.t("frame-uncover")) } }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("key-clear"), "sheet"), &main)
}
