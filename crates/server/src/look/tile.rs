//! Hidden media: a grey striped veil until a person holds the key. Without a script
//! nothing is ever shown; text and facts stand beside it.

use super::signs::{Sign, sign};
use super::slot;
use crate::words::{SLOT, Words};
use maud::{Markup, html};

/// What may be seen of a piece of media.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TileState {
    /// Hidden; `source` is its address on the media origin.
    Hidden {
        /// A still, on the second origin.
        source: String,
    },
    /// Not kept, because nothing matched.
    NotKept,
    /// The person's own limit of today is reached.
    LimitReached,
    /// The decoder could not read it.
    Undecodable,
}

/// One tile.
#[derive(Clone, Debug)]
pub struct Tile {
    /// What may be seen.
    pub state: TileState,
    /// A video or sound: stills come first, and no sound.
    pub moving: bool,
    /// Severity for the person's own count, 0..=5.
    pub severity: u8,
}

/// The tile as a button (hidden) or as a plain notice.
#[must_use]
pub fn tile(tile: &Tile, first: bool, w: &Words) -> Markup {
    drawn(tile, first, (None, &html! {}), w)
}

/// A tile with a drawing over it, also while it is shown. Tiles of one `group` are shown together.
#[must_use]
pub fn tile_over(tile: &Tile, first: bool, (group, over): (&str, &Markup), w: &Words) -> Markup {
    drawn(tile, first, (Some(group), over), w)
}

fn drawn(tile: &Tile, first: bool, (group, over): (Option<&str>, &Markup), w: &Words) -> Markup {
    match &tile.state {
        TileState::Hidden { source } => html! {
            button.tile type="button" data-reveal=(source) data-severity=(tile.severity) data-together=[group] data-key=[first.then_some("Space")]
                aria-keyshortcuts=[first.then_some("Space")] {
                span.cover {
                    (sign(Sign::Hidden))
                    @if first { span { (slot(&w.with("tile-hold", &[("key", SLOT.into())]), &html! { kbd { "Space" } })) } }
                    @else { span { (w.t("tile-hold-this")) } }
                    @if tile.moving { span { (w.t("tile-first")) } }
                }
                (over)
            }
        },
        TileState::NotKept => gone(Sign::Cross, &w.t("tile-not-kept")),
        TileState::LimitReached => gone(Sign::Hold, &w.t("tile-limit")),
        TileState::Undecodable => gone(Sign::Stop, &w.t("tile-undecodable")),
    }
}

fn gone(drawing: Sign, words: &str) -> Markup {
    html! { div.tile.gone { (sign(drawing)) span { (words) } } }
}

/// What was shown to the person today: shown to that person alone.
#[must_use]
pub fn exposure(items: u64, seconds: u64, w: &Words) -> Markup {
    html! { p.note { (w.with("tile-exposure", &[("n", items.into()), ("time", w.stretch(seconds).into())])) } }
}
