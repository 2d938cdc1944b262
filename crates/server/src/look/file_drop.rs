//! A file comes in: button first, drop second, progress in records.

use super::signs::{Sign, sign};
use super::{choice, post};
use crate::words::Words;
use maud::{Markup, html};

/// One record that was set aside.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Its place, such as a line or a record number.
    pub at: String,
    /// Why, and what would mend it.
    pub reason: String,
}

/// The form that takes files. `formats` are (code, words); the first is "find out".
#[must_use]
pub fn file_drop(csrf: &str, formats: &[(String, String)], w: &Words) -> Markup {
    html! {
        form.drop method="post" action="/console/intake" enctype="multipart/form-data" data-drop {
            (super::hidden("csrf", csrf))
            label.labelled { span { (w.t("drop-choose")) }
                input.field type="file" name="file" multiple; }
            p.small.mute { (sign(Sign::Drop)) " " (w.t("drop-here")) }
            (choice("format", &w.t("drop-format"), formats, ""))
            p { button.b.go type="submit" { (w.t("drop-go")) } }
            div data-drop-state hidden {
                progress max="1" value="0" aria-label=(w.t("drop-progress")) {}
                p.small role="status" data-sending=(w.t("drop-sending")) data-failed=(w.t("drop-failed")) {}
            }
        }
    }
}

/// The records that were set aside, with their place and reason, and the whole list as CSV.
#[must_use]
pub fn set_aside(list: &[SetAside], all: u64, csv_href: &str, w: &Words) -> Markup {
    html! {
        table.t {
            caption { (w.with("aside-title", &[("n", all.into())])) " " a href=(csv_href) { (w.t("aside-csv")) } }
            thead { tr { th scope="col" { (w.t("aside-where")) } th scope="col" { (w.t("aside-why")) } } }
            tbody {
                @for record in list { tr { td { bdi dir="ltr" { (record.at) } } td { bdi { (record.reason) } } } }
            }
        }
    }
}

/// A small form with one button, for acts on a file.
#[must_use]
pub fn act(action: &str, csrf: &str, words: &str) -> Markup {
    post(action, csrf, "", &html! { button.b type="submit" { (words) } })
}
