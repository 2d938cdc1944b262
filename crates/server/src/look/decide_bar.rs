//! Buttons, each a verb and its key, and the bar they stand in.

use maud::{Markup, html};

/// A submit button of a form.
#[derive(Clone, Debug)]
pub struct Button<'a> {
    /// The verb, with its object and number.
    pub label: &'a str,
    /// Name of the field it sends, or empty.
    pub name: &'a str,
    /// Value of that field.
    pub value: &'a str,
    /// Its key, or empty.
    pub key: &'a str,
    /// `go`, `plain` or empty.
    pub class: &'a str,
}

/// The button. All of them skip the browser's own checks: the server says what is missing and where.
#[must_use]
pub fn button(button: &Button<'_>) -> Markup {
    let given = |text: &'static str, value: &str| {
        if value.is_empty() { None } else { Some(format!("{text}{value}")) }
    };
    html! {
        button class=(given("b ", button.class).unwrap_or_else(|| "b".to_owned())) type="submit" formnovalidate
            name=[given("", button.name)] value=[(!button.name.is_empty()).then_some(button.value)]
            data-key=[given("", button.key)] aria-keyshortcuts=[given("", button.key)] {
            (button.label) (key_hint(button.key))
        }
    }
}

/// The key beside a verb; nothing for an empty key.
#[must_use]
pub fn key_hint(key: &str) -> Markup {
    html! { @if !key.is_empty() { kbd aria-hidden="true" { (key) } } }
}

/// The bar: at its start what ends the item, at its end what is missing and the one filled button.
#[must_use]
pub fn decide_bar(label: &str, ends: &Markup, missing: &Markup, go: &Markup) -> Markup {
    html! {
        div.decide role="group" aria-label=(label) {
            (ends)
            span.end { span.small.mute data-missing { (missing) } (go) }
        }
    }
}
