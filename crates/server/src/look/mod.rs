//! The parts of the console, one file a part, as `look.md` draws them. Parts take
//! plain values and words; they know no database, no request and no rule.

mod answer_chip;
mod assets;
mod counter;
mod decide_bar;
mod empty;
mod error;
mod exemption;
mod export;
mod file_drop;
mod form;
mod frame;
mod hold_badge;
mod kind;
mod letter;
mod listed;
mod live_chip;
mod match_card;
mod passage;
mod region;
mod row;
mod signs;
mod tag;
mod tile;
mod timeline;
mod url;

pub use answer_chip::{Answer, Reason, answer_chip, considered, look_again_chip};
pub use assets::{Asset, asset, asset_href};
pub use counter::{Bar, bars, figure, split};
pub use decide_bar::{Button, button, decide_bar, key_hint};
pub use empty::empty;
pub use error::{Finding, Weight, finding, findings};
pub use exemption::{Answered, Exemption, Finds, Purpose, purpose, questions};
pub(crate) use export::export;
pub use file_drop::{SetAside, act, file_drop, set_aside};
pub use form::{
    REFUSED_HERE, choice, field, field_first, hidden, post, refused_here, text_area, text_between,
};
pub use frame::{Display, Frame, Place, Said, Seat, Undo, page};
pub use hold_badge::{Hold, hold_badge};
pub use kind::{Kind, KindDraft, TcoKind, kinds, language_name, languages_named, offences};
pub(crate) use letter::rests_on;
pub use letter::{Letter, LetterItem, LetterWhole, letter};
pub use listed::{Listed, listed_find, listed_foot, listed_groups};
pub use live_chip::{Live, live_chip};
pub use match_card::{Distance, Match, NAMED_MAX, Recognised, Variant, match_card, scale, times};
pub use passage::{Odd, Passage, passages};
pub use region::{outline, region};
pub use row::{Row, Why, row};
pub use signs::{Sign, sign};
pub use tag::{Instrument, tag};
pub use tile::{Tile, TileState, exposure, tile, tile_over};
pub use timeline::{Event, Mark, timeline};
pub use url::{address, defanged};

use crate::words::SLOT;
use maud::{Markup, html};

/// Puts a piece of markup where a message holds [`SLOT`].
#[must_use]
pub fn slot(text: &str, piece: &Markup) -> Markup {
    match text.split_once(SLOT) {
        Some((before, after)) => html! { (before) (piece) (after) },
        None => html! { (text) " " (piece) },
    }
}

/// A list of terms and their values; the values are markup.
#[must_use]
pub fn facts(pairs: &[(String, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (term, value) in pairs { dt { (term) } dd { (value) } }
        }
    }
}

/// A box of a pane: title, note at its end, and what it holds.
#[must_use]
pub fn boxed(title: &str, note: &str, body: &Markup) -> Markup {
    html! {
        div.box {
            header { h2 { (title) } @if !note.is_empty() { span.note { (note) } } }
            (body)
        }
    }
}
