//! Why an account is in the plan: what it holds, how content comes to it, who would take its place.

use super::{Because, CutOff, Way, interval, named, whole};
use crate::look::{facts, slot};
use crate::words::{SLOT, Words};
use maud::{Markup, html};

/// A part in per cent, for an interval.
fn percent(part: f64) -> String {
    format!("{:.1}\u{202f}%", part * 100.0)
}

pub(super) fn because(because: &Because, w: &Words) -> Markup {
    let alone = html! {
        (w.share_fine(because.alone.mean)) " "
        span.note { (interval(&percent(because.alone.low), &percent(because.alone.high))) }
    };
    let instead = match &because.instead {
        Some((account, more)) => html! {
            (named(account, w)) ": " (w.with("net-because-more", &[("n", whole(*more, w).into())]))
        },
        None => html! { span.mute { (w.t("net-because-instead-none")) } },
    };
    let mut rows = vec![
        (w.t("net-because-alone"), alone),
        (w.t("net-because-ways"), ways(&because.ways, w)),
        (w.t("net-because-cut"), cut_off(&because.cut_off, w)),
        (w.t("net-because-instead"), instead),
    ];
    if because.ways.is_empty() {
        rows.remove(1);
    }
    html! {
        h3 { (w.t("net-because")) }
        (facts(&rows))
        p.note { (w.t("net-because-how")) }
    }
}

fn ways(ways: &[Way], w: &Words) -> Markup {
    html! {
        @for way in ways { p {
            // The last of a way is the account itself.
            @for (at, account) in way.accounts.iter().rev().skip(1).rev().enumerate() {
                @if at > 0 { " " span.mute { (w.t("net-because-then")) } " " }
                (named(account, w))
            }
            " " span.note { (slot(&w.with("net-because-courses", &[("share", SLOT.into())]), &w.share(way.part))) }
        } }
    }
}

fn cut_off(all: &[CutOff], w: &Words) -> Markup {
    html! {
        @if all.is_empty() { span.mute { (w.t("net-because-none")) } }
        @for cut in all { p {
            (named(&cut.of, w)) " "
            span.note { (slot(&w.with("net-because-lost", &[("accounts", cut.accounts.into()), ("share", SLOT.into())]), &w.share(cut.part))) }
        } }
    }
}
