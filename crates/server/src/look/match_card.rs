//! Why something was matched: a reason to look, not a decision.

use super::address;
use crate::words::Words;
use domain::bank::Part;
use maud::{Markup, html};
use std::cmp::Ordering;

/// What was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// The same bytes.
    Digest,
    /// The same address.
    Address,
    /// A host of a bank.
    Host,
    /// An account of a bank.
    Account,
    /// The same text after normalising.
    Text,
    /// A text near a known one.
    NearText,
    /// A known term, as it stands in the content.
    Term,
    /// A picture near a known one.
    Picture,
    /// A part of a known video.
    Video(Option<Part>),
    /// A part of a known sound.
    Sound(Option<Part>),
}

/// Which reading of the picture matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As it is.
    Upright,
    /// Mirrored.
    Mirrored,
    /// Turned by a quarter, a half, three quarters; the degrees.
    Turned(u16),
    /// Mirrored and turned.
    MirroredTurned(u16),
    /// With its border trimmed.
    Trimmed,
    /// As a picture within it, as in a screenshot.
    Inset,
    /// Cut at its sides.
    Cut,
    /// As it stands in a document.
    InDocument,
    /// As a machine read it in a picture.
    ReadByMachine,
}

/// How far apart, of how much, with the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// Bits apart.
    pub found: u32,
    /// The bank's limit in bits.
    pub limit: u32,
    /// Bits in all; 0 where it is not counted in bits.
    pub of: u32,
}

/// Signals that a card names; of more it says how many there are.
pub const NAMED_MAX: usize = 5;

/// One match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// What was recognised.
    pub what: Recognised,
    /// Which reading.
    pub variants: Vec<Variant>,
    /// The distance, none when exact.
    pub distance: Option<Distance>,
    /// Name of the bank.
    pub bank: String,
    /// Who gave the signal.
    pub giver: String,
    /// Signals of this bank that say the same.
    pub signals: u64,
    /// What they are, as their giver wrote it: accounts, addresses, terms; at most [`NAMED_MAX`].
    pub named: Vec<String>,
    /// Opinions for and against.
    pub opinions: (u32, u32),
    /// From a negative bank: a known decoy or a protected work.
    pub negative: bool,
    /// The page that lays the match open.
    pub href: Option<String>,
}

impl Recognised {
    /// What was recognised, in a sentence.
    #[must_use]
    pub fn sentence(&self, w: &Words) -> String {
        match self {
            Self::Digest => w.t("match-digest"),
            Self::Address => w.t("match-address"),
            Self::Host => w.t("match-host"),
            Self::Account => w.t("match-account"),
            Self::Text => w.t("match-text"),
            Self::NearText => w.t("match-near-text"),
            Self::Term => w.t("match-term"),
            Self::Picture => w.t("match-picture"),
            Self::Video(None) => w.t("match-video"),
            Self::Sound(None) => w.t("match-sound"),
            Self::Video(Some(part)) => parts("match-video-part", part, w),
            Self::Sound(Some(part)) => parts("match-sound-part", part, w),
        }
    }

    /// Whether it is the same or not, with no more or less.
    const fn is_exact(&self) -> bool {
        !matches!(self, Self::Video(_) | Self::Sound(_))
    }
}

/// From when to when in both, how much of either that is, and how fast it goes by where that is another pace.
fn parts(key: &str, part: &Part, w: &Words) -> String {
    let (from, to) = times(part.asked_ms);
    let (known_from, known_to) = times(part.listed_ms);
    let mut words = w.with(
        key,
        &[
            ("from", from.into()),
            ("to", to.into()),
            ("known_from", known_from.into()),
            ("known_to", known_to.into()),
            ("share", part.asked_percent.into()),
            ("known_share", part.listed_percent.into()),
        ],
    );
    let pace = match part.pace() {
        Ordering::Greater => "match-faster",
        Ordering::Less => "match-slower",
        Ordering::Equal => return words,
    };
    words.push(' ');
    words.push_str(&w.with(pace, &[("n", part.pace_percent().into())]));
    words
}

/// Minutes and seconds of the beginning and the end of a part: `0:08`.
#[must_use]
pub fn times((from, to): (u32, u32)) -> (String, String) {
    let time = |ms: u32| format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60);
    (time(from), time(to))
}

impl Variant {
    /// The reading in a sentence; none of what is as it is.
    #[must_use]
    pub fn reading(self, w: &Words) -> Option<String> {
        match self {
            Self::Upright => None,
            Self::Mirrored => Some(w.t("variant-mirrored")),
            Self::Turned(degrees) => Some(w.with("variant-turned", &[("n", degrees.into())])),
            Self::MirroredTurned(degrees) => {
                Some(w.with("variant-mirrored-turned", &[("n", degrees.into())]))
            }
            Self::Trimmed => Some(w.t("variant-trimmed")),
            Self::Inset => Some(w.t("variant-inset")),
            Self::Cut => Some(w.t("variant-cut")),
            Self::InDocument => Some(w.t("variant-document")),
            Self::ReadByMachine => Some(w.t("variant-read")),
        }
    }
}

/// The card; `number` is the reference mark that others point to.
#[must_use]
pub fn match_card(number: usize, found: &Match, w: &Words) -> Markup {
    html! {
        div.match id={ "m" (number) } {
            p { span.ref { (number) } " " (found.what.sentence(w))
                @for reading in found.variants.iter().filter_map(|variant| variant.reading(w)) { " " (reading) } }
            (distance(found, w))
            @for value in &found.named {
                p.named { @if matches!(found.what, Recognised::Address) { (address(value)) } @else { bdi { (value) } } }
            }
            p.note {
                bdi { (found.bank) } (w.comma()) (w.with("match-giver", &[("name", (&found.giver).into())])) (w.comma())
                @if found.signals > 1 { (w.with("match-signals", &[("n", found.signals.into())])) (w.comma()) }
                @if found.opinions == (0, 0) { (w.t("match-unjudged")) }
                @else { (w.with("match-opinions", &[("for", found.opinions.0.into()), ("against", found.opinions.1.into())])) }
            }
            @if found.negative { p.note { (w.t("match-negative")) } }
            @if let Some(href) = &found.href { p.note { a href=(href) { (w.t("why-compare")) span.sr { " " (number) } } } }
        }
    }
}

fn distance(found: &Match, w: &Words) -> Markup {
    let Some(distance) = found.distance else {
        let exact = found.what.is_exact() && !found.variants.contains(&Variant::ReadByMachine);
        return html! { @if exact { span.dist { span { (w.t("match-exact")) } } } };
    };
    html! {
        span.dist {
            span { (w.with("match-distance-short", &[("found", distance.found.into()), ("limit", distance.limit.into())])) }
            (rule(distance, w))
        }
    }
}

/// The distance on a rule that shows twice the limit; what is further away stands at its end.
fn rule(distance: Distance, w: &Words) -> Markup {
    html! {
        svg.rule viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=(distance.words(w)) {
            path.ax d="M0.5 0v8M99.5 0v8M0 4h100" {}
            path.limit d={ "M" (format!("{:.1}", distance.place(distance.limit))) " 0v8" } {}
            rect.found x=(format!("{:.1}", distance.place(distance.found))) y="0" width="4" height="8" {}
        }
    }
}

impl Distance {
    /// All of it in words.
    fn words(self, w: &Words) -> String {
        let key = if self.of == 0 { "match-distance-plain" } else { "match-distance" };
        let of = (self.of > 0).then(|| ("of", self.of.into()));
        let figures = [("found", self.found.into()), ("limit", self.limit.into())];
        w.with(key, &figures.into_iter().chain(of).collect::<Vec<_>>())
    }

    /// Where so many bits stand on the rule, 0 to 98.
    fn place(self, bits: u32) -> f64 {
        (f64::from(bits) / (f64::from(self.limit.max(1)) * 2.0) * 100.0).min(98.0)
    }
}

/// The distance as a rule with its figures below: none, the limit, twice the limit; and all of it in words.
#[must_use]
pub fn scale(distance: Distance, w: &Words) -> Markup {
    html! {
        div.scale {
            p { (distance.words(w)) }
            (rule(distance, w))
            p.ends aria-hidden="true" { span { (w.number(0)) } span { (w.with("why-limit", &[("n", distance.limit.into())])) }
                span { (w.number(u64::from(distance.limit) * 2)) } }
            p.small.note { (w.with("why-scale", &[("limit", distance.limit.into())])) }
        }
    }
}
