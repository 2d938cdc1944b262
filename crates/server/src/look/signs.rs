//! The 32 signs: drawn on a 16 grid, one `<symbol>` each in the page. A sign never stands without a word.

use maud::{Markup, PreEscaped, html};

/// A sign; what it means is in the word beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Media that is hidden.
    Hidden,
    /// Media that is shown, or an item under review.
    Seen,
    /// A video.
    Video,
    /// A picture.
    Image,
    /// A text.
    Text,
    /// Sound.
    Audio,
    /// A link.
    Link,
    /// An account.
    Account,
    /// A channel.
    Channel,
    /// A site.
    Site,
    /// A pause that somebody asked for.
    Hold,
    /// Nothing against it.
    Clear,
    /// Somebody wants to talk first.
    Talk,
    /// An order stands already.
    Barred,
    /// Time.
    Clock,
    /// Passed, final.
    Check,
    /// Not there.
    Cross,
    /// Asks a person.
    Ask,
    /// A rule says no.
    Stop,
    /// Asks for information.
    Info,
    /// Search.
    Search,
    /// Onward.
    Go,
    /// Back.
    Back,
    /// Leaves the house.
    Send,
    /// Spreads.
    Spread,
    /// A file comes in.
    Drop,
    /// The ledger.
    Ledger,
    /// Kept closed.
    Lock,
    /// An order or a seal.
    Seal,
    /// A key.
    Key,
    /// Returned.
    Again,
    /// The mark of Renvoi.
    Mark,
}

/// Name of the symbol, whether it turns with the direction of the page, and its drawing.
type Drawing = (&'static str, bool, &'static str);

const DRAWINGS: [Drawing; 32] = [
    ("hidden", false, r#"<path d="M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4Z"/><path d="M3 13 13 3"/>"#),
    (
        "seen",
        false,
        r#"<path d="M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4Z"/><circle cx="8" cy="8" r="1.6"/>"#,
    ),
    ("video", false, r#"<path d="M2 3.5h12v9H2z"/><path d="m7 6 3 2-3 2z"/>"#),
    ("image", false, r#"<path d="M2 3.5h12v9H2z"/><path d="m2 11 3.5-3.5L9 11l2-2 3 3"/>"#),
    ("text", true, r#"<path d="M3 4h10M3 8h10M3 12h6"/>"#),
    ("audio", false, r#"<path d="M3 7v2M6 5v6M9 3v10M12 6v4"/>"#),
    (
        "link",
        false,
        r#"<path d="M6.5 9.5 9.5 6.5M7 5l1.5-1.5a2.6 2.6 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.6 2.6 0 0 1-4-4L5 7"/>"#,
    ),
    (
        "account",
        false,
        r#"<circle cx="8" cy="5.5" r="2.5"/><path d="M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4"/>"#,
    ),
    ("channel", true, r#"<path d="M2.5 3h11v8H8l-3 2.5V11H2.5z"/>"#),
    ("site", false, r#"<path d="M2 3h12v10H2zM2 6h12"/>"#),
    ("hold", false, r#"<circle cx="8" cy="8" r="6"/><path d="M6.5 5.5v5M9.5 5.5v5"/>"#),
    ("clear", false, r#"<circle cx="8" cy="8" r="6"/><path d="m5.5 8.2 1.8 1.8 3.2-3.8"/>"#),
    ("talk", true, r#"<path d="M2 3h9v6H6l-2.5 2V9H2z"/><path d="M13 6v5h1v0l-2 0"/>"#),
    ("barred", false, r#"<circle cx="8" cy="8" r="6"/><path d="M4.5 8h7"/>"#),
    ("clock", false, r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>"#),
    ("check", false, r#"<path d="m3 8.5 3.2 3.2L13 4.8"/>"#),
    ("cross", false, r#"<path d="m4 4 8 8M12 4l-8 8"/>"#),
    ("ask", false, r#"<path d="M8 2 14.5 13.5h-13z"/><path d="M8 6.5v3M8 11.5v.1"/>"#),
    ("stop", false, r#"<path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5z"/><path d="M8 5v4M8 11v.1"/>"#),
    ("info", false, r#"<circle cx="8" cy="8" r="6"/><path d="M8 7.5V11M8 5.2v.1"/>"#),
    ("search", false, r#"<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>"#),
    ("go", true, r#"<path d="M3 8h10M9.5 4.5 13 8l-3.5 3.5"/>"#),
    ("back", true, r#"<path d="M13 12.5V9a3 3 0 0 0-3-3H3M6 3 3 6l3 3"/>"#),
    ("send", true, r#"<path d="M2 3.5 14 8 2 12.5 4 8z"/><path d="M4 8h5"/>"#),
    (
        "spread",
        true,
        r#"<circle cx="3.5" cy="8" r="1.5"/><circle cx="12.5" cy="3.5" r="1.5"/><circle cx="12.5" cy="12.5" r="1.5"/><path d="m5 7.3 6-3M5 8.7l6 3"/>"#,
    ),
    ("drop", false, r#"<path d="M8 2.5v7M5 6.8l3 3 3-3M2.5 11v2.5h11V11"/>"#),
    ("ledger", false, r#"<path d="M3 2.5h10v11H3zM3 6h10M3 9.5h10"/>"#),
    ("lock", false, r#"<path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>"#),
    ("seal", false, r#"<circle cx="8" cy="6.5" r="4"/><path d="m5.5 10-1 4L8 12.5 11.5 14l-1-4"/>"#),
    ("key", false, r#"<circle cx="5" cy="8" r="2.5"/><path d="M7.5 8H14M12 8v2.5"/>"#),
    ("again", false, r#"<path d="M13 5.5A6 6 0 0 0 3 5M3 2v3h3M3 10.5A6 6 0 0 0 13 11M13 14v-3h-3"/>"#),
    ("mark", false, r#"<path d="M4 2v12M4 5h6a3 3 0 0 1 0 6H8M10 9 8 11l2 2"/>"#),
];

/// The sign as a drawing that screen readers skip.
#[must_use]
pub fn sign(sign: Sign) -> Markup {
    let (name, turns, _) = DRAWINGS[sign as usize];
    html! { svg class=(if turns { "i turn" } else { "i" }) aria-hidden="true" { use href={ "#s-" (name) } {} } }
}

/// All symbols, once in a page.
#[must_use]
pub(super) fn sheet() -> Markup {
    html! {
        svg class="signs" width="0" height="0" aria-hidden="true" {
            @for (name, _, drawing) in DRAWINGS {
                symbol id={ "s-" (name) } viewBox="0 0 16 16" { (PreEscaped(drawing)) }
            }
        }
    }
}
