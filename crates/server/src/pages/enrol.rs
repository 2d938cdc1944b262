//! Enrolment: a one-time link makes a person's password and second factor.

use crate::look::{self, Display, Frame, button, facts, field, post};
use crate::words::Words;
use maud::{Markup, html};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The token of the link.
    pub token: String,
    /// The person.
    pub person: String,
    /// The agency.
    pub agency: String,
    /// The login that the administrator chose.
    pub login: String,
    /// The secret of the second factor in Base32, in groups of four.
    pub secret: String,
    /// What was wrong with the last try, in words.
    pub failed: Option<String>,
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.gate {
            h1 { (w.with("enrol-title", &[("name", (&view.person).into())])) }
            (facts(&[
                (w.t("enrol-agency"), html! { bdi { (view.agency) } }),
                (w.t("sign-in-login"), html! { span.id { (view.login) } }),
                (w.t("enrol-secret"), html! { span.id translate="no" { (view.secret) } }),
            ]))
            p.small.mute { (w.t("enrol-how")) }
            @if let Some(why) = &view.failed { p.finding.stop role="alert" { (look::sign(look::Sign::Stop)) span { (why) } } }
            (post(&format!("/console/enrol/{}", view.token), &frame.csrf, "stack", &html! {
                (field("password", &w.t("enrol-password"), "password", "", "new-password"))
                (field("password_again", &w.t("enrol-again"), "password", "", "new-password"))
                (field("code", &w.t("sign-in-code"), "text", "", "one-time-code"))
                (button(&look::Button { label: &w.t("enrol-go"), name: "", value: "", key: "", class: "go" }))
            }))
        }
    };
    look::page(frame, w, Display::Long, (&w.t("enrol-page"), "sheet"), &main)
}
