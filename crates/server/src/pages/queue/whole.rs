//! A channel or account in the queue: the assessments that it rests on, and a reason of its own (D1).

use crate::look::{Sign, TcoKind, address, field, sign, text_between};
use crate::words::Words;
use domain::assessment::{STATEMENT_MAX_CHARS, STATEMENT_MIN_CHARS};
use jiff::Timestamp;
use maud::{Markup, html};

/// What stands behind a channel or account.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The address of its page, which a person confirms or mends.
    pub address: String,
    /// How many assessments must be cited.
    pub least: usize,
    /// Approved assessments of content on it, newest first.
    pub grounds: Vec<Ground>,
    /// Why all of it, as it stands.
    pub proportionality: String,
}

/// An approved assessment of content on it.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Assessment id.
    pub id: String,
    /// Short name of its content.
    pub short: String,
    /// The address of an item that stands there.
    pub url: String,
    /// Kinds that were found, with their statements.
    pub found: Vec<(TcoKind, String)>,
    /// When it was assessed.
    pub at: Timestamp,
    /// The draft cites it.
    pub cited: bool,
}

/// The part of the form that only a channel or account has.
pub(super) fn whole(whole: &Whole, w: &Words) -> Markup {
    let least = w.with("whole-least", &[("n", whole.least.into())]);
    let few = whole.grounds.len() < whole.least;
    html! {
        div.box {
            header { h2 { (w.t("whole-grounds")) } span.note { (least) } }
            @if few {
                p.finding.ask { (sign(Sign::Ask)) span { (w.with("whole-few", &[("n", whole.grounds.len().into()), ("least", whole.least.into())])) } }
            }
            ul.covers { @for ground in &whole.grounds { (cited(ground, w)) } }
            p.note { (sign(Sign::Info)) " " (w.t("whole-no-rank")) }
        }
        div.box {
            header { h2 { (w.t("whole-why")) } span.note { (w.t("whole-why-note")) } }
            div.stack {
                (text_between("proportionality", &html! { (w.t("whole-reason")) }, &whole.proportionality, (STATEMENT_MIN_CHARS, STATEMENT_MAX_CHARS), w))
                (field("whole_address", &w.t("whole-address"), "url", &whole.address, "off"))
            }
        }
    }
}

fn cited(ground: &Ground, w: &Words) -> Markup {
    html! {
        li {
            label.tick { input type="checkbox" name="grounds[]" value=(ground.id) checked[ground.cited];
                span { span.id translate="no" { (ground.short) } " " (address(&ground.url)) } }
            @for (kind, statement) in &ground.found { p.small { b { (kind.word(w)) } " " bdi { (statement) } } }
            p.small.mute { a href={ "/console/approve/" (ground.id) } { (w.t("whole-decided")) } " " (w.moment(ground.at)) }
        }
    }
}
