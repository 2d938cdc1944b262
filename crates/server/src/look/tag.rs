//! Instruments: different legal acts look unlike each other (LAW-01). None has a clock here.

use super::signs::{Sign, sign};
use crate::words::Words;
use maud::{Markup, html};

/// What was sent, as a legal act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instrument {
    /// For the provider's voluntary consideration.
    Referral,
    /// Notice under DSA Art 16.
    Notice,
    /// Removal order under TCO Art 3; its place is kept, the act itself comes later.
    RemovalOrder,
}

/// The instrument as an open pill, an open square or a filled block.
#[must_use]
pub fn tag(instrument: Instrument, w: &Words) -> Markup {
    match instrument {
        Instrument::Referral => html! { span.tag.referral { (w.t("tag-referral")) } },
        Instrument::Notice => html! { span.tag.notice { (w.t("tag-notice")) } },
        Instrument::RemovalOrder => html! { span.tag.order { (sign(Sign::Seal)) (w.t("tag-order")) } },
    }
}
