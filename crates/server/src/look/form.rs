//! Forms that work without a script: a POST, a hidden token, labelled fields.

use crate::words::Words;
use maud::{Markup, PreEscaped, html};

/// A POST form with its token. `class` may be empty.
#[must_use]
pub fn post(action: &str, csrf: &str, class: &str, body: &Markup) -> Markup {
    html! {
        form method="post" action=(action) class=[some(class)] { (hidden("csrf", csrf)) (body) }
    }
}

/// Where a form says why it was refused, when that is not right below its beginning.
pub const REFUSED_HERE: &str = "<div data-refused hidden></div>";

/// The place of [`REFUSED_HERE`] in a form.
#[must_use]
pub fn refused_here() -> Markup {
    PreEscaped(REFUSED_HERE.to_owned())
}

/// A field that people do not see.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A labelled one-line field. `kind` is the HTML input type, `complete` its `autocomplete`.
#[must_use]
pub fn field(name: &str, label: &str, kind: &str, value: &str, complete: &str) -> Markup {
    html! {
        label.labelled { span { (label) }
            input.field type=(kind) name=(name) value=(value) autocomplete=(complete) dir="auto"; }
    }
}

/// A labelled one-line field in which a person begins: the focus is there when the page opens.
#[must_use]
pub fn field_first(name: &str, label: &str, kind: &str, value: &str, complete: &str) -> Markup {
    html! {
        label.labelled { span { (label) }
            input.field type=(kind) name=(name) value=(value) autocomplete=(complete) dir="auto" autofocus; }
    }
}

/// A labelled one-line text of at least and at most so many characters; the least stands beside its name.
#[must_use]
pub(super) fn field_between(
    name: &str,
    label: &str,
    value: &str,
    (least, most): (usize, usize),
    w: &Words,
) -> Markup {
    let field = html! { input.field name=(name) value=(value) minlength=(least) maxlength=(most) autocomplete="off" dir="auto"; };
    at_least(&html! { (label) }, least, &field, w)
}

/// A labelled text of several lines, of at least and at most so many characters.
#[must_use]
pub fn text_between(
    name: &str,
    label: &Markup,
    value: &str,
    (least, most): (usize, usize),
    w: &Words,
) -> Markup {
    let field = html! { textarea.field name=(name) rows="2" minlength=(least) maxlength=(most) dir="auto" { (value) } };
    at_least(label, least, &field, w)
}

fn at_least(label: &Markup, least: usize, field: &Markup, w: &Words) -> Markup {
    html! { label.labelled { span { (label) " " (least_note(least, w)) } (field) } }
}

/// "at least 10 characters", beside the name of a field.
#[must_use]
pub(super) fn least_note(least: usize, w: &Words) -> Markup {
    html! { span.note { (w.with("characters-least", &[("n", least.into())])) } }
}

/// A labelled text of several lines, at most `characters_max` long.
#[must_use]
pub fn text_area(name: &str, label: &Markup, value: &str, rows: u8, characters_max: u32) -> Markup {
    html! {
        label.labelled { span { (label) }
            textarea.field name=(name) rows=(rows) maxlength=(characters_max) dir="auto" { (value) } }
    }
}

/// A labelled choice; `options` are (value, words).
#[must_use]
pub fn choice(name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        label.labelled { span { (label) }
            select.field name=(name) {
                @for (value, words) in options { option value=(value) selected[value == chosen] { (words) } }
            }
        }
    }
}

fn some(class: &str) -> Option<&str> {
    (!class.is_empty()).then_some(class)
}
