//! Corners: places whose surroundings change in both directions.

use super::describe::REACH_PX;
use crate::grey::Grey;

/// Changes are summed over a square of this radius, pixels.
const RADIUS: usize = 2;

/// A corner is the strongest within this many pixels.
const APART_PX: usize = 3;

/// Weaker corners are grain.
const LEAST_STRENGTH: f32 = 6.0;

/// The picture is cut into squares of so many a side, and each gets its share of points first.
const SQUARES: usize = 8;

/// A corner of one size of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) strength: f32,
}

/// The corners that have their surroundings within the picture.
pub(super) fn corners(grey: &Grey) -> Vec<Corner> {
    let strength = strength(&grey.blurred(1, 1));
    let (width, height, edge) = (grey.width, grey.height, REACH_PX);
    let at = |x: usize, y: usize| strength[y * width + x];
    let mut found = Vec::new();
    for y in edge..height.saturating_sub(edge) {
        for x in edge..width.saturating_sub(edge) {
            let here = at(x, y);
            if here < LEAST_STRENGTH {
                continue;
            }
            let mut around = (y - APART_PX..=y + APART_PX)
                .flat_map(|v| (x - APART_PX..=x + APART_PX).map(move |u| (u, v)))
                .filter(|place| *place != (x, y));
            if around.all(|(u, v)| at(u, v) < here || (at(u, v) == here && (v, u) > (y, x))) {
                let fine = |low: f32, high: f32| {
                    let bend = 2.0 * here - low - high;
                    if bend > 0.0 { ((high - low) / (2.0 * bend)).clamp(-0.5, 0.5) } else { 0.0 }
                };
                found.push(Corner {
                    x: x as f32 + fine(at(x - 1, y), at(x + 1, y)),
                    y: y as f32 + fine(at(x, y - 1), at(x, y + 1)),
                    strength: here,
                });
            }
        }
    }
    found
}

/// The product of the changes in the two directions over their sum.
fn strength(grey: &Grey) -> Vec<f32> {
    let (width, height) = (grey.width, grey.height);
    let empty = || Grey { width, height, values: vec![0.0; width * height] };
    let (mut xx, mut xy, mut yy) = (empty(), empty(), empty());
    for y in 1..height - 1 {
        let (above, row, below) = (grey.row(y - 1), grey.row(y), grey.row(y + 1));
        for x in 1..width - 1 {
            let (dx, dy) = (row[x + 1] - row[x - 1], below[x] - above[x]);
            let at = y * width + x;
            xx.values[at] = dx * dx;
            xy.values[at] = dx * dy;
            yy.values[at] = dy * dy;
        }
    }
    let [xx, xy, yy] = [xx, xy, yy].map(|part| part.blurred(RADIUS, 1).values);
    xx.iter().zip(&xy).zip(&yy).map(|((xx, xy), yy)| (xx * yy - xy * xy) / (xx + yy + 1.0)).collect()
}

/// The best corners of all sizes: each square of the picture gives its best in turn, so that a busy corner of the
/// picture does not take all.
pub(super) fn spread(
    corners: Vec<(usize, Corner)>,
    levels: &[(f32, Grey)],
    most: usize,
) -> Vec<(usize, Corner)> {
    let mut squares = vec![Vec::new(); SQUARES * SQUARES];
    for (n, corner) in corners {
        let level = &levels[n].1;
        let place = |at: f32, side: usize| ((at / side as f32 * SQUARES as f32) as usize).min(SQUARES - 1);
        squares[place(corner.y, level.height) * SQUARES + place(corner.x, level.width)].push((n, corner));
    }
    for square in &mut squares {
        square.sort_by(|(_, a), (_, b)| b.strength.total_cmp(&a.strength));
    }
    let rounds = squares.iter().map(Vec::len).max().unwrap_or(0);
    let in_turn = (0..rounds).flat_map(|round| squares.iter().filter_map(move |square| square.get(round)));
    in_turn.copied().take(most).collect()
}
