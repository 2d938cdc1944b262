//! Nothing to show: says so, since when, what comes next, and offers one action.

use maud::{Markup, html};

/// `action` is (words, address).
#[must_use]
pub fn empty(said: &str, next: &Markup, action: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            p.strong { (said) }
            p.small.mute { (next) }
            @if let Some((words, href)) = action { a.b href=(href) { (words) } }
        }
    }
}
