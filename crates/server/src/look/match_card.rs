//! Why something was matched: a reason to look, not a decision.

use super::address;
use crate::words::Words;
use maud::{Markup, html};

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
    /// A known term, as it stands in the content.
    Term,
    /// A picture near a known one.
    Picture,
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
}

/// How far apart, of how much, with the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// Bits apart.
    pub found: u32,
    /// The bank's limit in bits.
    pub limit: u32,
    /// Bits in all.
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
    pub variant: Variant,
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
}

impl Match {
    fn sentence(&self, w: &Words) -> String {
        match &self.what {
            Recognised::Digest => w.t("match-digest"),
            Recognised::Address => w.t("match-address"),
            Recognised::Host => w.t("match-host"),
            Recognised::Account => w.t("match-account"),
            Recognised::Text => w.t("match-text"),
            Recognised::Term => w.t("match-term"),
            Recognised::Picture => w.t("match-picture"),
        }
    }

    fn reading(&self, w: &Words) -> Option<String> {
        match self.variant {
            Variant::Upright => None,
            Variant::Mirrored => Some(w.t("variant-mirrored")),
            Variant::Turned(degrees) => Some(w.with("variant-turned", &[("n", degrees.into())])),
            Variant::MirroredTurned(degrees) => {
                Some(w.with("variant-mirrored-turned", &[("n", degrees.into())]))
            }
            Variant::Trimmed => Some(w.t("variant-trimmed")),
        }
    }
}

/// The card; `number` is the reference mark that others point to.
#[must_use]
pub fn match_card(number: usize, found: &Match, w: &Words) -> Markup {
    html! {
        div.match id={ "m" (number) } {
            p { span.ref { (number) } " " (found.sentence(w))
                @if let Some(reading) = found.reading(w) { " " (reading) } }
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
        }
    }
}

fn distance(found: &Match, w: &Words) -> Markup {
    let Some(distance) = found.distance else {
        return html! { span.dist { span { (w.t("match-exact")) } } };
    };
    // The rule shows twice the limit; what is further away stands at its end.
    let whole = f64::from(distance.limit.max(1)) * 2.0;
    let place = |bits: u32| (f64::from(bits) / whole * 100.0).min(98.0);
    let said = w.with(
        "match-distance",
        &[("found", distance.found.into()), ("limit", distance.limit.into()), ("of", distance.of.into())],
    );
    html! {
        span.dist {
            span { (w.with("match-distance-short", &[("found", distance.found.into()), ("limit", distance.limit.into())])) }
            svg.rule viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=(said) {
                path.ax d="M0.5 0v8M99.5 0v8M0 4h100" {}
                path.limit d={ "M" (format!("{:.1}", place(distance.limit))) " 0v8" } {}
                rect.found x=(format!("{:.1}", place(distance.found))) y="0" width="4" height="8" {}
            }
        }
    }
}
