//! Before and after: what a sealed plan predicted, and what was measured since, beside look-alike accounts.

use super::{Measured, Predicted, Sealed, interval, whole};
use crate::look::{Sign, export, facts, sign, slot};
use crate::words::{SLOT, Words};
use maud::{Markup, html};

/// The plot: 500 by 190; its plane from 60 to 330 across and from 14 to 160 down.
const PLANE: (f64, f64, f64, f64) = (60.0, 330.0, 14.0, 160.0);
/// Height of a name at the end of a line.
const LABEL_PX: f64 = 15.0;

/// The box of a sealed plan.
pub(super) fn effect(plan: &Sealed, w: &Words) -> Markup {
    let Some(look) = &plan.look else { return html! {} };
    html! {
        details.effect open[look.measured.is_some()] {
            summary { (w.t("effect-title")) }
            p.small { (w.with("effect-referred", &[("referred", look.referred.0.into()), ("answered", look.referred.1.into())])) }
            @match (&look.measured, look.from, look.little) {
                (Some(found), ..) => { (measured(found, (plan.predicted.as_ref(), &format!("effect-{}", plan.id)), w)) }
                (None, Some(from), _) => { p.finding.ask { (sign(Sign::Clock)) span { b { (w.t("effect-early")) } " " (slot(&w.with("effect-early-until", &[("day", SLOT.into())]), &html! { (w.day(from)) })) } } }
                (None, None, Some((before, after, alike))) => { p.finding.ask { (sign(Sign::Ask)) span { b { (w.t("effect-little")) } " "
                    (w.with("effect-little-what", &[("before", before.into()), ("after", after.into()), ("alike", alike.into())])) } } }
                (None, None, None) => { p.finding.ask { (sign(Sign::Clock)) span { (w.t("effect-unanswered")) } } }
            }
        }
    }
}

fn measured(found: &Measured, (predicted, id): (Option<&Predicted>, &str), w: &Words) -> Markup {
    html! {
        (plot(found, id, w))
        (export(id, w))
        (table(found, w))
        (figures(found, predicted, w))
        @if let Some(predicted) = predicted { (verdict(found, predicted, w)) }
        p.note { (w.with("effect-method", &[("alike", found.accounts.1.into()), ("before", found.contents.0.into()), ("after", found.contents.1.into()),
            ("window", (app::network::effect::WINDOW_HOURS / 24).unsigned_abs().into()), ("horizon", (app::network::effect::HORIZON_HOURS / 24).unsigned_abs().into())])) }
        p.note { (w.t("effect-limits")) }
    }
}

/// A number of accounts a content, with one decimal.
fn mean(value: f64) -> Markup {
    html! { bdi dir="ltr" { (format!("{value:.1}")) } }
}

/// A share in per cent, and its interval.
fn share_band(low: f64, high: f64) -> Markup {
    html! { bdi dir="ltr" { (format!("{:.0}–{:.0}\u{202f}%", low * 100.0, high * 100.0)) } }
}

/// Before and after as two lines, with what was expected.
fn plot(found: &Measured, id: &str, w: &Words) -> Markup {
    let (left, right, top, foot) = PLANE;
    let most = [found.whole.0, found.whole.1, found.group.0, found.group.1, found.expected]
        .into_iter()
        .fold(0.1, f64::max);
    let y = |value: f64| foot - (foot - top) * value / most;
    let line = |(before, after): (f64, f64)| format!("M{left} {:.1}L{right} {:.1}", y(before), y(after));
    let said = w.with(
        "effect-plot-said",
        &[
            ("before", whole(found.whole.0, w).into()),
            ("after", whole(found.whole.1, w).into()),
            ("expected", whole(found.expected, w).into()),
        ],
    );
    let mut ends = vec![
        (y(found.whole.1), "effect-all"),
        (y(found.group.1), "effect-line-group"),
        (y(found.expected), "effect-line-expected"),
    ];
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Two names at the end of lines never lie on each other.
    for at in 1..ends.len() {
        ends[at].0 = ends[at].0.max(ends[at - 1].0 + LABEL_PX);
    }
    html! {
        svg.plot.mid viewBox="0 0 500 200" id=(id) role="img" aria-label=(said) {
            @for part in [0.5, 1.0] {
                path.grid d=(format!("M{left} {:.1}H{right}", y(most * part))) {}
                text x="52" y=(format!("{:.1}", y(most * part) + 4.0)) text-anchor="end" { (whole(most * part, w)) }
            }
            path.ax d={ "M" (left) " " (foot) "H" (right) } {}
            text x=(left) y="180" text-anchor="middle" { (w.t("effect-before")) }
            text x=(right) y="180" text-anchor="middle" { (w.t("effect-after")) }
            path.line2 d=(line(found.group)) {}
            path.line2.dashed d=(line((found.whole.0, found.expected))) {}
            path.line1 d=(line(found.whole)) {}
            @for (y, key) in ends { text.lab x="338" y=(format!("{:.1}", y + 4.0)) { (w.t(key)) } }
        }
    }
}

fn table(found: &Measured, w: &Words) -> Markup {
    let accounts = |(before, after): (f64, f64)| (mean(before), mean(after));
    let shares = |(before, after): (f64, f64)| (w.share(before), w.share(after));
    let rows = [
        ("effect-line-group", accounts(found.group)),
        ("effect-line-beside", shares(found.beside)),
        ("effect-all", accounts(found.whole)),
    ];
    html! {
        table.t {
            caption { (w.t("effect-unit")) }
            thead { tr { th scope="col" { span.sr { (w.t("effect-who")) } } th.num scope="col" { (w.t("effect-before")) } th.num scope="col" { (w.t("effect-after")) } } }
            tbody { @for (key, (before, after)) in rows { tr { th scope="row" { (w.t(key)) } td.num { (before) } td.num { (after) } } } }
        }
    }
}

fn figures(found: &Measured, predicted: Option<&Predicted>, w: &Words) -> Markup {
    let mut all = vec![
        (w.t("effect-line-expected"), mean(found.expected)),
        (
            w.t("effect-spared"),
            html! { (mean(found.spared.mean)) " " span.note { (interval(&format!("{:.1}", found.spared.low), &format!("{:.1}", found.spared.high))) } },
        ),
        (w.t("effect-regrown"), mean(found.regrown)),
        (w.t("effect-moved"), mean(found.moved)),
        (
            w.t("effect-share"),
            html! { b { (w.share(found.share.mean)) } " " span.note { (share_band(found.share.low, found.share.high)) } },
        ),
    ];
    if let Some(predicted) = predicted {
        let (low, high) = predicted.band();
        all.push((w.t("effect-predicted"), share_band(low, high)));
    }
    facts(&all)
}

/// How the measured share stands to what was predicted.
fn verdict(found: &Measured, predicted: &Predicted, w: &Words) -> Markup {
    let (low, high) = predicted.band();
    let (sign_of, key) = if found.share.high < low {
        (Sign::Ask, "effect-less")
    } else if found.share.low > high {
        (Sign::Check, "effect-more")
    } else if found.share.low <= 0.0 {
        (Sign::Ask, "effect-unsure")
    } else {
        (Sign::Check, "effect-as-predicted")
    };
    html! { p.small { (sign(sign_of)) " " (w.t(key)) } (not_fitting(predicted.fits, w)) }
}

/// That the model did not fit, or that nobody can say.
pub(super) fn not_fitting(fits: Option<bool>, w: &Words) -> Markup {
    html! {
        @match fits {
            Some(true) => {}
            Some(false) => { p.small { (sign(Sign::Ask)) " " (w.t("effect-no-fit")) } }
            None => { p.small.mute { (w.t("effect-fit-unknown")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use app::network::Estimate;

    fn said(share: (f64, f64), band: (f64, f64), fits: Option<bool>) -> String {
        let about = |low: f64, high: f64| Estimate { mean: f64::midpoint(low, high), low, high };
        let found = Measured {
            contents: (40, 41),
            accounts: (12, 30),
            whole: (20.0, 12.0),
            group: (9.0, 2.0),
            beside: (5.0, 5.0),
            expected: 9.0,
            spared: about(6.0, 8.0),
            regrown: 0.5,
            moved: 0.25,
            share: about(share.0, share.1),
        };
        let predicted = Predicted { plain: band, wide: (0.0, 1.0), fits };
        let w = &Words::new(Lang::En, "UTC");
        html! { (measured(&found, (Some(&predicted), "plot"), w)) }.into_string()
    }

    #[test]
    fn the_verdict_follows_the_intervals() {
        for (share, band, fits, key) in [
            ((0.2, 0.4), (0.3, 0.5), Some(true), "effect-as-predicted"),
            ((0.1, 0.2), (0.3, 0.5), Some(true), "effect-less"),
            ((0.6, 0.7), (0.3, 0.5), Some(true), "effect-more"),
            ((-0.1, 0.4), (0.3, 0.5), Some(true), "effect-unsure"),
            // Where the model did not fit, the wide band is what was claimed.
            ((0.1, 0.2), (0.3, 0.5), Some(false), "effect-as-predicted"),
        ] {
            let page = said(share, band, fits);
            let w = Words::new(Lang::En, "UTC");
            assert!(page.contains(&w.t(key)), "{key}: {page}");
            assert_eq!(page.contains(&w.t("effect-no-fit")), fits == Some(false));
        }
    }
}
