//! Why it was matched: the item and what is known, side by side. A reason to look, never a decision.

use super::signals::sharing_key;
use crate::look::{
    self, Display, Distance, Frame, Passage, Sign, Tile, address, boxed, facts, passages, scale, sign,
};
use crate::words::Words;
use domain::bank::Sharing;
use jiff::Timestamp;
use maud::{Markup, html};

/// Tiles of the page are shown together.
const GROUP: &str = "both";

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// What was recognised, in a sentence.
    pub sentence: String,
    /// How it differs: mirrored, turned, cut; one sentence each, or none.
    pub readings: Vec<String>,
    /// The page of the item's cluster.
    pub back: String,
    /// The item.
    pub item: Side,
    /// What it was compared with.
    pub known: Known,
    /// How far apart, where bits are counted.
    pub distance: Option<Distance>,
    /// Places of both pictures that agree.
    pub places: Option<u32>,
    /// How much of the longer text both have, percent.
    pub share: Option<u32>,
    /// Whether both are the same, apart from the way they are written.
    pub exact: bool,
    /// What the list says; none between copies.
    pub listed: Option<Listed>,
    /// What else matched this item: words and page.
    pub others: Vec<(String, String)>,
    /// Shown to this person today: items and seconds.
    pub exposure: (u64, u64),
    /// What the reader can do if the signal is wrong; nothing between copies, or when it matches no more.
    pub wrong: Option<Wrong>,
}

/// One side.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Its own page, when it is an item.
    pub href: Option<String>,
    /// Its address.
    pub url: String,
    /// When it was seen.
    pub seen_at: Option<Timestamp>,
    /// Its picture, hidden.
    pub tile: Option<Tile>,
    /// Width and height of the picture, any unit; zeros when they are not known.
    pub size: (u32, u32),
    /// The part that the other side shows: corners, thousandths of the sides.
    pub part: Vec<(i32, i32)>,
    /// Its words; what both have is marked.
    pub text: Vec<Passage>,
    /// Language tag of the words.
    pub lang: String,
    /// The value that agreed.
    pub value: Option<Value>,
}

/// A value that agreed.
#[derive(Clone, Debug)]
pub enum Value {
    /// An address.
    Address(String),
    /// An account, a host, a term.
    Word(String),
}

/// What is held of the known side.
#[derive(Clone, Debug)]
pub enum Known {
    /// Another item.
    Held(Box<Side>),
    /// The value that was listed.
    Value(Value),
    /// The same bytes.
    Same,
    /// A fingerprint only.
    Fingerprint,
}

/// What the list says.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The bank.
    pub bank: String,
    /// Who gave it.
    pub giver: String,
    /// Its owner's opinion, in words.
    pub opinion: String,
    /// A negative bank.
    pub negative: bool,
    /// Where the signal stands, in words.
    pub state: String,
    /// What its giver calls it, or empty.
    pub label: String,
    /// Who put it on the list here, or empty.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// How far it may be handed on.
    pub sharing: Sharing,
    /// Why it may be kept.
    pub basis: String,
    /// When it matched.
    pub found_at: Timestamp,
}

/// What the reader can do about a signal that is wrong.
#[derive(Clone, Debug)]
pub enum Wrong {
    /// Dispute it: its id.
    Dispute(String),
    /// Tell these people, who keep the banks.
    Tell(Vec<String>),
}

/// The page.
#[must_use]
pub fn page(view: &View, w: &Words, frame: &Frame) -> Markup {
    let main = html! {
        div.head {
            h1 { (w.t("why-question")) }
            p.state { span { (sign(Sign::Ask)) " " (w.t("why-reason-only")) } a href=(view.back) { (w.t("why-back")) } }
        }
        div.cols.long {
            div.pane {
                div.sides {
                    (boxed(&w.t("why-item"), "", &side(&view.item, true, w)))
                    (boxed(&w.t("why-known"), "", &known(&view.known, w)))
                }
                @let (outlined, marked) = (!view.item.part.is_empty(), marked(&view.item));
                @if outlined || marked || shown(view) { div.box {
                    @if outlined { p.small.note { (w.t("why-part")) } }
                    @if marked { p.small.note { (w.t("why-marked")) } }
                    @if shown(view) { noscript { p.note { (w.t("tile-no-script")) } } (look::exposure(view.exposure.0, view.exposure.1, w)) }
                } }
            }
            aside.pane aria-label=(w.t("facts")) {
                (boxed(&w.t("why-how-near"), "", &near(view, w)))
                @if let Some(listed) = &view.listed { (boxed(&w.t("why-who"), "", &html! {
                    (who(listed, w)) @if let Some(wrong) = &view.wrong { (dispute(wrong, w, frame)) }
                })) }
                @if !view.others.is_empty() { (boxed(&w.t("why-others-too"), "", &html! {
                    ul.small { @for (words, href) in &view.others { li { a href=(href) { (words) } } } }
                })) }
            }
        }
    };
    look::page(frame, w, Display::Long, (&w.t("why-page"), "stacked"), &main)
}

fn shown(view: &View) -> bool {
    let known = matches!(&view.known, Known::Held(side) if side.tile.is_some());
    view.item.tile.is_some() || known
}

fn marked(side: &Side) -> bool {
    side.text.iter().any(|passage| passage.matched.is_some())
}

fn side(of: &Side, first: bool, w: &Words) -> Markup {
    html! {
        @if let Some(tile) = &of.tile { (look::tile_over(tile, first, (GROUP, &look::outline(&of.part, of.size)), w)) }
        @if let Some(value) = &of.value { p.small { (w.t("why-agrees")) } p { (agreed(value)) } }
        @if !of.text.is_empty() { p.said lang=(of.lang) dir="auto" { (passages(&of.text, w)) } }
        p.small { @if let Some(href) = &of.href { a href=(href) { (address(&of.url)) } } @else { (address(&of.url)) }
            @if let Some(at) = of.seen_at { " " span.note { (w.t("why-seen")) " " (w.moment(at)) } } }
    }
}

fn agreed(value: &Value) -> Markup {
    match value {
        Value::Address(url) => address(url),
        Value::Word(word) => html! { bdi { (word) } },
    }
}

fn known(of: &Known, w: &Words) -> Markup {
    match of {
        Known::Held(held) => side(held, false, w),
        Known::Value(value) => html! { p.small { (w.t("why-listed-value")) } p { (agreed(value)) } },
        Known::Same => html! { p { (sign(Sign::Check)) " " (w.t("why-same-file")) } },
        Known::Fingerprint => html! { p { (sign(Sign::Hidden)) " " (w.t("why-fingerprint")) } },
    }
}

fn near(view: &View, w: &Words) -> Markup {
    html! {
        p { (view.sentence) @for reading in &view.readings { " " (reading) } }
        @if let Some(distance) = view.distance { (scale(distance, w)) }
        @if let Some(places) = view.places { p { (w.with("why-places", &[("n", places.into())])) } }
        @if let Some(share) = view.share { p { (w.with("why-share", &[("n", share.into())])) } }
        @if view.exact { p.small { (w.t("why-exact")) } }
        @if !view.item.part.is_empty() { (look::region(&view.item.part, &w.t("copy-region"))) }
    }
}

fn who(listed: &Listed, w: &Words) -> Markup {
    let known = |text: &str| {
        html! { @if text.is_empty() { span.mute { (w.t("why-nobody")) } } @else { bdi { (text) } } }
    };
    let at = match listed.at {
        Some(at) => w.moment(at),
        None => known(""),
    };
    let mut pairs = vec![
        (w.t("bank-name"), known(&listed.bank)),
        (w.t("bank-giver"), known(&listed.giver)),
        (w.t("why-opinion"), html! { (listed.opinion) }),
        (w.t("why-state"), html! { (listed.state) }),
    ];
    if !listed.label.is_empty() {
        pairs.push((w.t("why-label"), known(&listed.label)));
    }
    pairs.extend([
        (w.t("why-listed-by"), known(&listed.by)),
        (w.t("why-listed-at"), at),
        (w.t("bank-sharing"), html! { (w.t(sharing_key(listed.sharing))) }),
        (w.t("bank-basis"), known(&listed.basis)),
        (w.t("why-matched-at"), w.moment(listed.found_at)),
    ]);
    html! { (facts(&pairs)) @if listed.negative { p.note { (w.t("match-negative")) } } }
}

fn dispute(wrong: &Wrong, w: &Words, frame: &Frame) -> Markup {
    match wrong {
        Wrong::Dispute(signal) => html! { details { summary { (w.t("why-wrong")) }
            p.small { (w.t("why-dispute-what")) }
            (look::post(&format!("/console/signals/opinion/{signal}"), &frame.csrf, "stack", &html! {
                (look::hidden("opinion", "against"))
                (look::field("reason", &w.t("why-dispute-reason"), "text", "", "off"))
                (look::button(&look::Button { label: &w.t("why-dispute-go"), name: "", value: "", key: "", class: "" }))
            }))
        } },
        Wrong::Tell(people) => html! { p.small { (w.t("why-wrong-tell")) " "
            @if people.is_empty() { (w.t("fuse-told-nobody")) } @else { bdi { (w.list(people)) } }
        } },
    }
}
