//! What the network is made of: the form to choose it, how it is said, and how addresses keep it.

use crate::look::hidden;
use crate::words::Words;
use app::network::{Choice, Layer, Period};
use maud::{Markup, html};

/// Where the page is.
const PAGE: &str = "/console/network";

/// What an address of the page says of the choice, after other parts: nothing when it is everything.
#[must_use]
pub fn query(choice: Choice) -> String {
    if choice.is_all() {
        return String::new();
    }
    format!("&days={}&layers={}", choice.period.word(), choice.layers.words())
}

/// The page with a plan of so many accounts, of the same choice.
pub(super) fn href(k: usize, choice: Choice) -> String {
    format!("{PAGE}?k={k}{}", query(choice))
}

/// The choice in a form that goes on from this page.
pub(super) fn kept(choice: Choice) -> Markup {
    html! {
        @if !choice.is_all() { (hidden("days", &choice.period.word())) (hidden("layers", &choice.layers.words())) }
    }
}

/// The form. A box that is not ticked says nothing, so an empty name stands before them: none ticked is not everything.
pub(super) fn chooser(choice: Choice, k: usize, w: &Words) -> Markup {
    html! {
        form.net-choice method="get" action=(PAGE) aria-label=(w.t("net-choose")) {
            label { span { (w.t("net-choose-posts")) } " "
                select.field name="days" {
                    @for period in Period::ALL { option value=(period.word()) selected[period == choice.period] { (days(period, w)) } }
                } }
            fieldset {
                legend.sr { (w.t("net-choose-links")) }
                (hidden("layers", ""))
                @for layer in Layer::ALL {
                    label.tick { input type="checkbox" name="layers" value=(layer.word()) checked[choice.layers.has(layer)]; span { (w.t(word(layer))) } }
                }
            }
            input type="hidden" name="k" value=(k) data-net-k="";
            button.b type="submit" { (w.t("net-choose-show")) }
        }
    }
}

/// What counts when that is not everything.
pub(super) fn only(choice: Choice, w: &Words) -> String {
    let days =
        choice.period.days().map(|days| w.with("net-only-days", &[("days", usize::from(days).into())]));
    let some = choice.layers != Choice::default().layers;
    let links = some.then(|| w.with("net-only-links", &[("links", links(choice, w).into())]));
    [days, links].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The same in a line of a table.
pub(super) fn brief(choice: Choice, w: &Words) -> String {
    w.with("net-made-of", &[("days", days(choice.period, w).into()), ("links", links(choice, w).into())])
}

fn links(choice: Choice, w: &Words) -> String {
    choice.layers.each().map(|layer| w.t(word(layer))).collect::<Vec<_>>().join(w.comma())
}

fn days(period: Period, w: &Words) -> String {
    match period.days() {
        None => w.t("net-days-all"),
        Some(days) => w.with("net-days", &[("days", usize::from(days).into())]),
    }
}

fn word(layer: Layer) -> &'static str {
    match layer {
        Layer::Copies => "net-layer-copies",
        Layer::Forwards => "net-layer-forwards",
        Layer::Mentions => "net-layer-mentions",
        Layer::Channels => "net-layer-channels",
    }
}
