//! The plan builder: a slider, the curve with its band, the figures of one point, the same as a table.

use super::{Choice, Open, choice as made_of, effect, interval, named, whole};
use crate::look::{self, Frame, Sign, export, facts, hidden, post, sign};
use crate::words::Words;
use maud::{Markup, html};

/// The plot: 500 by 220; its plane from 48 to 414 across and from 10 to 184 down.
const PLANE: (f64, f64, f64, f64) = (48.0, 414.0, 10.0, 184.0);
/// Accounts between two numbers under the plot.
const TICK_ACCOUNTS: usize = 10;
/// Height of a name at the end of a line.
const LABEL_PX: f64 = 15.0;
/// Accounts between two rows of the table.
const ROW_ACCOUNTS: usize = 5;

/// Where a point lies: accounts of the plan across, accounts reached down.
struct Plot {
    last: f64,
    most: f64,
}

#[expect(clippy::cast_precision_loss, reason = "counts of accounts")]
impl Plot {
    fn of(open: &Open) -> Self {
        let highest = |at: &super::Point| at.world.1.max(at.followers);
        let most = open.curve.iter().map(highest).fold(open.before, f64::max).max(1.0);
        Self { last: (open.curve.len().saturating_sub(1)).max(1) as f64, most }
    }

    fn x(&self, k: usize) -> f64 {
        PLANE.0 + (PLANE.1 - PLANE.0) * k as f64 / self.last
    }

    fn y(&self, reached: f64) -> f64 {
        PLANE.3 - (PLANE.3 - PLANE.2) * reached / self.most
    }

    fn line<'a>(&self, values: impl Iterator<Item = (usize, f64)> + 'a) -> String {
        values.map(|(k, reached)| format!(" {:.1} {:.1}", self.x(k), self.y(reached))).collect()
    }
}

/// The plan.
pub(super) fn plan(open: &Open, (choice, k): (Choice, usize), w: &Words) -> Markup {
    let last = open.curve.len().saturating_sub(1);
    html! {
        div.box data-net=(points(open)) {
            header { h2 { (w.t("net-plan")) } span.note { (w.t("net-unit")) } }
            form.plan method="get" action="/console/network" {
                label.small for="k" { (w.t("net-slide")) " " b data-net-at="k" { (k) } }
                input type="range" id="k" name="k" min="0" max=(last) value=(k) aria-describedby="net-ended";
                p.ended id="net-ended" { output for="k" data-net-at="ended" { (w.share(ended(open, k))) } " " span.note { (w.t("net-ended")) } }
                (made_of::kept(choice))
                button.b.nojs type="submit" { (w.t("net-show")) }
            }
            (effect::not_fitting(open.fit.fits(), w))
            (curve(open, k, w))
            (export("net-curve", w))
            (figures(open, k, w))
            (verdict(open, k, w))
            (table(open, w))
            details { summary { (w.t("net-list")) }
                ol.planned { @for (at, account) in (1_usize..).zip(&open.plan) { li hidden[at > k] data-net-place=(at) { (named(account, w)) } } }
                @if open.plan.is_empty() { p.small.mute { (w.t("net-list-none")) } }
            }
            p.note { (sign(Sign::Info)) " " (w.t("net-sends-nothing")) }
        }
    }
}

/// Share of what is reached that ends with a plan, 0 to 1.
fn ended(open: &Open, k: usize) -> f64 {
    match open.curve.get(k) {
        Some(point) if open.before > 0.0 => (1.0 - point.after.mean / open.before).clamp(0.0, 1.0),
        _ => 0.0,
    }
}

/// Every point for the script: share ended in per cent, then the figures as they are shown, then where the cursor goes.
fn points(open: &Open) -> String {
    let plot = Plot::of(open);
    let round = |value: f64| format!("{:.0}", value.max(0.0));
    let all: Vec<String> = (0..)
        .zip(&open.curve)
        .map(|(k, point)| {
            let values = [point.after.mean, point.after.low, point.after.high, point.world.0, point.world.1];
            let beats = [point.beats.mean, point.beats.low, point.beats.high];
            let shown: Vec<String> = values.into_iter().chain(beats).map(round).collect();
            format!(
                "[{:.0},{},{},{:.1},{:.1}]",
                ended(open, k) * 100.0,
                shown.join(","),
                u8::from(point.beats.low > 0.0),
                plot.x(k),
                plot.y(point.after.mean)
            )
        })
        .collect();
    format!("[{}]", all.join(","))
}

fn curve(open: &Open, k: usize, w: &Words) -> Markup {
    let plot = Plot::of(open);
    let at = || (0_usize..).zip(&open.curve);
    let low = plot.line(at().map(|(k, point)| (k, point.world.0)));
    let band = at().map(|(k, point)| (k, point.world.1)).collect::<Vec<_>>().into_iter().rev();
    let band = format!("M{low} L{}Z", plot.line(band));
    let mean = plot.line(at().map(|(k, point)| (k, point.after.mean)));
    let followers = plot.line(at().map(|(k, point)| (k, point.followers)));
    let point = open.curve.get(k).copied().unwrap_or_default();
    let said = w.with(
        "net-curve-said",
        &[
            ("k", k.into()),
            ("n", whole(point.after.mean, w).into()),
            ("low", whole(point.world.0, w).into()),
            ("high", whole(point.world.1, w).into()),
        ],
    );
    let (left, right, _, foot) = PLANE;
    let end = open.curve.last().copied().unwrap_or_default();
    // Two names at the end of lines never lie on each other.
    let (own, other) = (plot.y(end.after.mean) + 4.0, plot.y(end.followers) + 4.0);
    let other = if (own - other).abs() < LABEL_PX { own - LABEL_PX } else { other };
    html! {
        svg.plot.mid id="net-curve" viewBox="0 0 500 220" role="img" aria-label=(said) {
            @for part in [0.5, 1.0] {
                path.grid d=(format!("M{left} {:.1}H{right}", plot.y(plot.most * part))) {}
                text x="42" y=(format!("{:.1}", plot.y(plot.most * part) + 4.0)) text-anchor="end" { (whole(plot.most * part, w)) }
            }
            path.ax d={ "M" (left) " " (foot) "H" (right) } {}
            @for k in (0..open.curve.len()).step_by(TICK_ACCOUNTS) { text x=(format!("{:.1}", plot.x(k))) y="202" text-anchor="middle" { (k) } }
            path.band d=(band) {}
            path.line2 d={ "M" (followers) } {}
            path.line1 d={ "M" (mean) } {}
            text.lab x="420" y=(format!("{own:.1}")) { (w.t("net-line-plan")) }
            text x="420" y=(format!("{other:.1}")) { (w.t("net-line-followed")) }
            g.cursor data-net-cursor="" transform=(format!("translate({:.1} 0)", plot.x(k))) {
                path d={ "M0 10V" (foot) } {}
                circle data-net-dot="" cx="0" cy=(format!("{:.1}", plot.y(point.after.mean))) r="4.5" {}
            }
        }
    }
}

fn figures(open: &Open, k: usize, w: &Words) -> Markup {
    let point = open.curve.get(k).copied().unwrap_or_default();
    let one = |name: &str, value: f64| html! { span data-net-at=(name) { (whole(value, w)) } };
    let range = |low: (&str, f64), high: (&str, f64)| html! { bdi dir="ltr" { (one(low.0, low.1)) "–" (one(high.0, high.1)) } };
    facts(&[
        (w.t("net-before"), html! { (whole(open.before, w)) }),
        (
            w.t("net-after"),
            html! { (one("after", point.after.mean)) " " span.note { (range(("low", point.after.low), ("high", point.after.high))) } },
        ),
        (w.t("net-one-course"), range(("world-low", point.world.0), ("world-high", point.world.1))),
        (
            w.t("net-beats"),
            html! { (one("beats", point.beats.mean)) " " span.note { (range(("beats-low", point.beats.low), ("beats-high", point.beats.high))) } },
        ),
    ])
}

/// Whether the plan is better than the most followed accounts, in a sentence.
fn verdict(open: &Open, k: usize, w: &Words) -> Markup {
    let beats = open.curve.get(k).is_some_and(|point| point.beats.low > 0.0);
    html! {
        p.small data-net-verdict="1" hidden[!beats] { (sign(Sign::Check)) " " (w.t("net-beats-yes")) }
        p.small data-net-verdict="0" hidden[beats] { (sign(Sign::Ask)) " " (w.t("net-beats-no")) }
    }
}

fn table(open: &Open, w: &Words) -> Markup {
    let rows = (0_usize..).zip(&open.curve).filter(|(k, _)| *k == 1 || k % ROW_ACCOUNTS == 0);
    html! {
        details { summary { (w.t("net-table")) }
            table.t {
                thead { tr {
                    th.num scope="col" { (w.t("net-col-accounts")) } th.num scope="col" { (w.t("net-col-ended")) }
                    th.num scope="col" { (w.t("net-col-after")) } th.num scope="col" { (w.t("net-col-course")) } th.num scope="col" { (w.t("net-col-followed")) }
                } }
                tbody { @for (k, point) in rows { tr {
                    td.num { (k) } td.num { (w.share(ended(open, k))) }
                    td.num { (whole(point.after.mean, w)) " " span.note { (interval(&whole(point.after.low, w), &whole(point.after.high, w))) } }
                    td.num { (interval(&whole(point.world.0, w), &whole(point.world.1, w))) }
                    td.num { (whole(point.followers, w)) }
                } } }
            }
        }
    }
}

/// Sealing: the prediction is kept before anything happens.
pub(super) fn seal(open: &Open, (choice, k): (Choice, usize), w: &Words, frame: &Frame) -> Markup {
    let form = html! {
        input type="hidden" name="k" value=(k) data-net-k="";
        (hidden("made_at", &open.made_at.to_string()))
        (made_of::kept(choice))
        p.small { (w.t("net-seal-what")) }
        button.b type="submit" { (sign(Sign::Seal)) " " (w.t("net-seal")) }
    };
    look::boxed(&w.t("net-seal-title"), "", &post("/console/network/seal", &frame.csrf, "stack", &form))
}
