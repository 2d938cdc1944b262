//! Words of a content, with what was matched and what is not what it looks like.

use crate::words::Words;
use maud::{Markup, html};

/// A passage of the content's words; a marked one was matched, or is not what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Number of the match that it belongs to.
    pub matched: Option<usize>,
    /// The match ends here, so that its number stands after it.
    pub ends: bool,
    /// What is odd about it; then it is one character.
    pub odd: Option<Odd>,
}

/// What is odd about a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// It shows nothing: its number stands for it.
    Hidden,
    /// It looks like a letter of the script around it.
    LookAlike,
}

/// The words with what was matched and what is odd in them.
#[must_use]
pub fn passages(all: &[Passage], w: &Words) -> Markup {
    let odd = |passage: &Passage| match (passage.odd, passage.text.chars().next()) {
        (Some(Odd::Hidden), Some(c)) => {
            html! { mark.odd title=(w.t("odd-hidden")) { bdi dir="ltr" { (format!("U+{:04X}", u32::from(c))) } } }
        }
        (Some(Odd::LookAlike), _) => html! { mark.odd title=(w.t("odd-look-alike")) { (passage.text) } },
        _ => html! { (passage.text) },
    };
    html! {
        @for passage in all {
            @match passage.matched {
                Some(number) => { mark { (odd(passage)) } @if passage.ends { a.ref href={ "#m" (number) } { (number) } } }
                None => { (odd(passage)) }
            }
        }
    }
}
