//! Figures, bars and shares: each with its unit and its denominator. Widths are
//! attributes of drawings, so the page needs no inline style.

use crate::words::Words;
use maud::{Markup, html};

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it counts; hosts and names are isolated.
    pub label: String,
    /// How many.
    pub count: u64,
    /// The rest of many, in the colour of `others`.
    pub rest: bool,
    /// Name of its live counter, or empty.
    pub live: String,
}

/// Bars from a zero line, longest = whole width, figure at the end.
#[must_use]
pub fn bars(bars: &[Bar], w: &Words) -> Markup {
    // The rest of many is no bar of its own: beside it the named ones could not be told apart.
    let most = bars.iter().filter(|bar| !bar.rest).map(|bar| bar.count).max().unwrap_or(0).max(1);
    html! {
        div.bars role="list" {
            @for bar in bars {
                div role="listitem" {
                    bdi { (bar.label) }
                    svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                        @if !bar.rest || bar.count <= most {
                            rect class=[bar.rest.then_some("rest")] width=((bar.count * 1000 / most).max(u64::from(bar.count > 0) * 6)) height="10" {}
                        }
                    }
                    b data-live=[(!bar.live.is_empty()).then_some(&bar.live)] { (w.number(bar.count)) }
                }
            }
        }
    }
}

/// One stacked bar of shares with its key under it; at most four parts.
#[must_use]
pub fn split(parts: &[(String, u64, &str)], w: &Words) -> Markup {
    let whole = parts.iter().map(|(_, count, _)| count).sum::<u64>().max(1);
    let widths: Vec<u64> = parts.iter().map(|(_, count, _)| count * 1000 / whole).collect();
    html! {
        svg.split viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            @for (at, width) in widths.iter().enumerate() {
                rect class={ "part" (at + 1) } x=(widths.iter().take(at).sum::<u64>()) width=(width.saturating_sub(4)) height="10" {}
            }
        }
        dl.key {
            @for (label, count, live) in parts { dt { (label) } dd data-live=(live) { (w.number(*count)) } }
        }
    }
}

/// A figure of the wall with what it counts under it. `size` is `one` for the one figure of the wall, else empty.
#[must_use]
pub fn figure(size: &str, live: &str, number: &Markup, unit: &Markup) -> Markup {
    html! {
        p class=(if size.is_empty() { "figure".to_owned() } else { format!("figure {size}") }) {
            b data-live=[(!live.is_empty()).then_some(live)] { (number) }
            span { (unit) }
        }
    }
}
