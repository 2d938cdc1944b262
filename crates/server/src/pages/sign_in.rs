//! Sign in: who are you?

use crate::look::{self, Display, Frame, button, field, post};
use crate::words::Words;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The agencies or providers of this machine: (code, name); with one only it is not asked.
    pub agencies: Vec<(String, String)>,
    /// What was typed before.
    pub login: String,
    /// The last try failed; the page never says which part was wrong.
    pub failed: bool,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (w.t("sign-in-title")) }
            @if view.failed { p.finding.stop role="alert" { (look::sign(look::Sign::Stop)) span { (w.t("sign-in-failed")) } } }
            (post("/console/sign-in", &frame.csrf, "stack", &html! {
                @match view.agencies.as_slice() {
                    [(code, _)] => { (look::hidden("agency", code)) }
                    several => { (look::choice("agency", &w.t("sign-in-agency"), several, "")) }
                }
                (field("login", &w.t("sign-in-login"), "text", &view.login, "username"))
                (field("password", &w.t("sign-in-password"), "password", "", "current-password"))
                (field("code", &w.t("sign-in-code"), "text", "", "one-time-code"))
                (button(&look::Button { label: &w.t("sign-in-go"), name: "", value: "", key: "", class: "go" }))
            }))
            p.small.mute { (w.t("sign-in-enrol")) }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("sign-in-title"), "sheet"), &main)
}
