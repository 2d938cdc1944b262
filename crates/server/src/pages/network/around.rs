//! One account and its neighbours: a drawing with numbers, and the table that names them.

use super::because::because;
use super::{Around, named};
use crate::look::{Sign, export, sign};
use crate::words::Words;
use maud::{Markup, html};

/// A drawing with room for so many accounts: its width and height, the half width and half height of its outermost ring,
/// how far rings and accounts stand apart, and the half size of an account.
struct Room {
    wide: f64,
    high: f64,
    rim: (f64, f64),
    apart: f64,
    size: f64,
}

/// Up to sixty accounts, each with its number.
const SMALL: Room = Room { wide: 500.0, high: 330.0, rim: (228.0, 146.0), apart: 21.0, size: 6.5 };
/// Up to five hundred; only the first have a number. Rings stand apart so far that all of them are used.
const LARGE: Room = Room { wide: 1000.0, high: 660.0, rim: (480.0, 312.0), apart: 15.0, size: 5.0 };
/// Widest that rings stand apart, and the step in which less is tried.
const WIDEST: (f64, f64) = (40.0, 0.5);
/// Accounts of the small drawing.
const SMALL_MAX: usize = 60;
/// Accounts that have a number in the large drawing.
const NUMBERED: usize = 24;
/// Rings of the small drawing.
const RINGS: [(usize, f64, f64); 3] = [(12, 90.0, 58.0), (20, 160.0, 104.0), (28, 228.0, 146.0)];
/// Half of the width of the innermost ring, as a part of the outermost.
const INNERMOST: f64 = 0.18;

impl Room {
    fn of(count: usize) -> &'static Self {
        if count <= SMALL_MAX { &SMALL } else { &LARGE }
    }

    fn middle(&self) -> (f64, f64) {
        (self.wide / 2.0, self.high / 2.0)
    }

    /// Rings from the inside: how many accounts stand on each, half its width, half its height.
    fn rings(&self, count: usize) -> Vec<(usize, f64, f64)> {
        if count <= SMALL_MAX {
            return RINGS.to_vec();
        }
        let mut apart = WIDEST.0;
        loop {
            let rings = self.rings_apart(apart);
            let room: usize = rings.iter().map(|(most, ..)| most).sum();
            if room + 1 >= count || apart - WIDEST.1 < self.apart {
                return rings;
            }
            apart -= WIDEST.1;
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places on a ring"
    )]
    fn rings_apart(&self, apart: f64) -> Vec<(usize, f64, f64)> {
        let (wide, high) = self.rim;
        let inner = high * INNERMOST;
        let rings = ((high - inner) / apart).floor() as usize + 1;
        let of = |ring: usize| {
            let part = INNERMOST + (1.0 - INNERMOST) * ring as f64 / (rings - 1) as f64;
            let (a, b) = (wide * part, high * part);
            // Ramanujan's first form of the length of an ellipse.
            let length = std::f64::consts::PI * (3.0 * (a + b) - ((3.0 * a + b) * (a + 3.0 * b)).sqrt());
            // Where an ellipse bends most, points of equal angles stand closest: about half as far apart.
            ((length / (2.0 * apart)).floor() as usize, a, b)
        };
        (0..rings).map(of).collect()
    }

    /// Where each account of a list stands: the first in the middle, the others on rings around it.
    #[expect(clippy::cast_precision_loss, reason = "places on a ring")]
    fn spots(&self, count: usize) -> Vec<(f64, f64)> {
        let middle = self.middle();
        let (mut spots, mut left) = (vec![middle], count.saturating_sub(1));
        let rings = self.rings(count);
        let room: usize = rings.iter().map(|(most, ..)| most).sum();
        // What does not fit stands closer.
        let crowd = if left > room { left as f64 / room as f64 } else { 1.0 };
        for (at, (most, wide, high)) in rings.iter().enumerate() {
            let most = if crowd > 1.0 { (*most as f64 * crowd).ceil() as usize } else { *most };
            let here = left.min(most);
            for place in 0..here {
                // Rings are turned against each other, so that accounts do not stand in rays.
                let turn =
                    std::f64::consts::TAU * (place as f64 + 0.25 + 0.5 * (at % 2) as f64) / here as f64;
                spots.push((middle.0 + wide * turn.cos(), middle.1 + high * turn.sin()));
            }
            left -= here;
        }
        spots.truncate(count);
        spots
    }
}

/// The box of a neighbourhood.
pub(super) fn around(around: &Around, k: usize, w: &Words) -> Markup {
    let count = around.accounts.len();
    let Some(middle) = around.accounts.first() else { return html! {} };
    let (shown, room) = (count - 1, Room::of(count));
    let counted =
        &[("shown", shown.into()), ("all", around.neighbours.into()), ("links", around.links.len().into())];
    html! {
        div.box id="around" {
            header { h2 { (w.t("net-around")) " " (named(&middle.account, w)) } span.note { (w.with("net-around-shown", counted)) } }
            @if let Some(why) = &around.because { (because(why, w)) }
            (drawing(around, k, room, &w.with("net-around-said", counted)))
            (export("net-around", w))
            p.note { (w.t("net-around-marks")) @if count > SMALL_MAX { " " (w.with("net-around-numbered", &[("n", NUMBERED.into())])) } }
            details open[count <= SMALL_MAX] { summary { (w.t("net-around-table")) } (table(around, k, w)) }
        }
    }
}

fn drawing(around: &Around, k: usize, room: &Room, said: &str) -> Markup {
    let count = around.accounts.len();
    let spots = room.spots(count);
    let numbered = if count <= SMALL_MAX { count } else { NUMBERED };
    let (own, others): (Vec<_>, Vec<_>) =
        around.links.iter().copied().partition(|(from, to)| *from == 0 || *to == 0);
    html! {
        svg.plot.mid.net-graph.many[count > SMALL_MAX] id="net-around" viewBox={ "0 0 " (room.wide) " " (room.high) } role="img" aria-label=(said) {
            // Two lines for all links: a drawing of hundreds stays smooth.
            path.link d=(lines(&others, &spots)) {}
            path.link.own d=(lines(&own, &spots)) {}
            @for (at, (near, (x, y))) in around.accounts.iter().zip(&spots).enumerate() {
                @let class = if at == 0 { "node own" } else if near.planned.is_some_and(|place| place <= k) { "node in" } else { "node" };
                @if near.account.kind == "channel" { rect class=(class) x=(format!("{:.1}", x - room.size)) y=(format!("{:.1}", y - room.size)) width=(2.0 * room.size) height=(2.0 * room.size) {} }
                @else { circle class=(class) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(room.size) {} }
                @if near.source { circle.began cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(room.size + 3.5) {} }
            }
            @for (at, (x, y)) in spots.iter().enumerate().take(numbered) {
                text x=(format!("{x:.1}")) y=(format!("{:.1}", y - room.size - 3.5)) text-anchor="middle" { (at + 1) }
            }
        }
    }
}

/// Links as one line.
fn lines(links: &[(usize, usize)], spots: &[(f64, f64)]) -> String {
    let one = |(from, to): &(usize, usize)| {
        let (a, b) = (spots.get(*from)?, spots.get(*to)?);
        Some(format!("M{:.0} {:.0}L{:.0} {:.0}", a.0, a.1, b.0, b.1))
    };
    links.iter().filter_map(one).collect()
}

fn table(around: &Around, k: usize, w: &Words) -> Markup {
    let ways = Ways::of(around);
    html! {
        table.t {
            thead { tr { th.num scope="col" { (w.t("net-col-number")) } th scope="col" { (w.t("net-col-account")) } th scope="col" { (w.t("net-col-way")) } th.num scope="col" { (w.t("net-col-plan")) } } }
            tbody { @for (at, near) in around.accounts.iter().enumerate() { tr {
                td.num { (at + 1) }
                td { a href={ "/console/subject/" (near.account.id) } { (named(&near.account, w)) } @if near.source { " " span.note { (w.t("net-began")) } } }
                td { @if at > 0 { (w.t(ways.key(at))) } }
                td.num { @match near.planned {
                    Some(place) if place <= k => { (sign(Sign::Check)) " " (w.t("net-yes")) }
                    _ => { span.mute { (w.t("net-no")) } }
                } }
            } } }
        }
    }
}

/// Which accounts give content to the one in the middle, and which take it.
struct Ways {
    from: Vec<bool>,
    to: Vec<bool>,
}

impl Ways {
    fn of(around: &Around) -> Self {
        let none = vec![false; around.accounts.len()];
        let mut ways = Self { from: none.clone(), to: none };
        for (from, to) in &around.links {
            if *to == 0 {
                ways.from[*from] = true;
            }
            if *from == 0 {
                ways.to[*to] = true;
            }
        }
        ways
    }

    /// Whether content comes from an account, goes to it, or both, as seen from the one in the middle.
    fn key(&self, at: usize) -> &'static str {
        match (self.from[at], self.to[at]) {
            (true, true) => "net-way-both",
            (true, false) => "net-way-from",
            _ => "net-way-to",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_stand_apart_and_inside() {
        for (count, least) in [(60, 20.0), (500, 2.0 * LARGE.size)] {
            let room = Room::of(count);
            let spots = room.spots(count);
            assert_eq!(spots.len(), count);
            for (at, one) in spots.iter().enumerate() {
                assert!(
                    (8.0..=room.wide - 8.0).contains(&one.0) && (8.0..=room.high - 8.0).contains(&one.1),
                    "{at}: {one:?}"
                );
                for other in &spots[at + 1..] {
                    let apart = (one.0 - other.0).hypot(one.1 - other.1);
                    assert!(apart >= least, "{count}, {at}: {one:?} and {other:?}");
                }
            }
        }
    }
}
