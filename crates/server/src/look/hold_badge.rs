//! What other agencies answered when they were asked (LAW-62, decision D18).

use super::signs::{Sign, sign};
use crate::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};

/// One answer to a question before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nothing against it.
    Clear,
    /// Asks us to wait until then.
    Until(Timestamp),
    /// An order stands already.
    Ordered,
    /// Wants to talk first.
    Talk,
    /// Did not answer within so many seconds; never shown as clear.
    NoAnswer {
        /// How long we waited, in seconds.
        seconds: u32,
    },
    /// There is nobody to ask.
    NoPartner,
}

/// The answer as sign, word and colour.
#[must_use]
pub fn hold_badge(hold: Hold, w: &Words) -> Markup {
    match hold {
        Hold::Clear => html! { span.chip.ok { (sign(Sign::Clear)) (w.t("hold-clear")) } },
        Hold::Until(at) => {
            html! { span.chip.hold { (sign(Sign::Hold)) (w.t("hold-until")) " " (w.moment(at)) } }
        }
        Hold::Ordered => html! { span.chip.barred { (sign(Sign::Barred)) (w.t("hold-ordered")) } },
        Hold::Talk => html! { span.chip { (sign(Sign::Talk)) (w.t("hold-talk")) } },
        Hold::NoAnswer { seconds } => html! {
            span.chip { (sign(Sign::Ask)) (w.with("hold-no-answer", &[("n", seconds.into())])) }
        },
        Hold::NoPartner => html! { span.chip.ok { (sign(Sign::Info)) (w.t("hold-no-partner")) } },
    }
}
