//! One account and its neighbours: a drawing with numbers, and the table that names them.

use super::{Around, named};
use crate::look::{Sign, sign};
use crate::words::Words;
use maud::{Markup, html};

/// Middle of the drawing, 500 by 330.
const MIDDLE: (f64, f64) = (250.0, 165.0);
/// Rings: how many accounts fit on each, half its width, half its height.
const RINGS: [(usize, f64, f64); 3] = [(12, 90.0, 58.0), (20, 160.0, 104.0), (28, 228.0, 146.0)];

/// Where the account of a place in the list stands.
#[expect(clippy::cast_precision_loss, reason = "places on a ring")]
fn spot(place: usize, count: usize) -> (f64, f64) {
    let Some(mut place) = place.checked_sub(1) else { return MIDDLE };
    let mut left = count.saturating_sub(1);
    for (most, wide, high) in RINGS {
        let here = left.min(most);
        if place < here {
            let turn = std::f64::consts::TAU * (place as f64 + 0.25) / here as f64;
            return (MIDDLE.0 + wide * turn.cos(), MIDDLE.1 + high * turn.sin());
        }
        place -= here;
        left -= here;
    }
    MIDDLE
}

/// The box of a neighbourhood.
pub(super) fn around(around: &Around, k: usize, w: &Words) -> Markup {
    let count = around.accounts.len();
    let Some(middle) = around.accounts.first() else { return html! {} };
    let shown = count - 1;
    let counted =
        &[("shown", shown.into()), ("all", around.neighbours.into()), ("links", around.links.len().into())];
    html! {
        div.box id="around" {
            header { h2 { (w.t("net-around")) " " (named(&middle.account, w)) } span.note { (w.with("net-around-shown", counted)) } }
            svg.plot.mid.net-graph viewBox="0 0 500 330" role="img" aria-label=(w.with("net-around-said", counted)) {
                @for (from, to) in &around.links { (link(spot(*from, count), spot(*to, count), *from == 0 || *to == 0)) }
                @for (at, near) in around.accounts.iter().enumerate() {
                    @let (x, y) = spot(at, count);
                    @let class = if at == 0 { "node own" } else if near.planned.is_some_and(|place| place <= k) { "node in" } else { "node" };
                    @if near.account.kind == "channel" { rect class=(class) x=(format!("{:.1}", x - 6.0)) y=(format!("{:.1}", y - 6.0)) width="12" height="12" {} }
                    @else { circle class=(class) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="6.5" {} }
                    @if near.source { circle.began cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="10" {} }
                    text x=(format!("{x:.1}")) y=(format!("{:.1}", y - 10.0)) text-anchor="middle" { (at + 1) }
                }
            }
            p.note { (w.t("net-around-marks")) }
            details open { summary { (w.t("net-around-table")) }
                table.t {
                    thead { tr { th.num scope="col" { (w.t("net-col-number")) } th scope="col" { (w.t("net-col-account")) } th scope="col" { (w.t("net-col-way")) } th.num scope="col" { (w.t("net-col-plan")) } } }
                    tbody { @for (at, near) in around.accounts.iter().enumerate() { tr {
                        td.num { (at + 1) }
                        td { a href={ "/console/subject/" (near.account.id) } { (named(&near.account, w)) } @if near.source { " " span.note { (w.t("net-began")) } } }
                        td { @if at > 0 { (w.t(way(around, at))) } }
                        td.num { @match near.planned {
                            Some(place) if place <= k => { (sign(Sign::Check)) " " (w.t("net-yes")) }
                            _ => { span.mute { (w.t("net-no")) } }
                        } }
                    } } }
                }
            }
        }
    }
}

/// Whether content comes from an account, goes to it, or both, as seen from the one in the middle.
fn way(around: &Around, at: usize) -> &'static str {
    match (around.links.contains(&(at, 0)), around.links.contains(&(0, at))) {
        (true, true) => "net-way-both",
        (true, false) => "net-way-from",
        _ => "net-way-to",
    }
}

fn link(from: (f64, f64), to: (f64, f64), own: bool) -> Markup {
    html! { path class=(if own { "link own" } else { "link" }) d=(format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1)) {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_accounts_stand_apart() {
        let spots: Vec<(f64, f64)> = (0..60).map(|place| spot(place, 60)).collect();
        for (at, one) in spots.iter().enumerate() {
            assert!((8.0..=492.0).contains(&one.0) && (14.0..=322.0).contains(&one.1), "{at}: {one:?}");
            for other in &spots[at + 1..] {
                let apart = (one.0 - other.0).hypot(one.1 - other.1);
                assert!(apart > 20.0, "{at}: {one:?} and {other:?}");
            }
        }
    }
}
