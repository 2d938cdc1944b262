//! Whether two pictures lie over each other, and how.

use super::lay::{Lay, Spot};
use super::{Point, Points};

/// Two points are taken for the same place within this distance of their hashes, bits.
pub const MATCH_RADIUS_BITS: u32 = 31;

/// Pairs looked at, the nearest first.
const MAX_PAIRS: usize = 250;

/// Every two of so many nearest pairs propose a way to lay the picture.
const PROPOSERS: usize = 24;

/// A pair agrees when its points come this near, pixels of the working picture at its size.
const NEAR_PX: f32 = 4.0;

/// Points this near are one place, pixels.
const SAME_PLACE_PX: f32 = 6.0;

/// How far the size of a pair may be off the scale of the way.
const SIZE_SLACK: f32 = 1.6;

/// The listed picture is cut into squares of so many a side, to see where it is confirmed.
const SQUARES: usize = 5;

/// Points that a square must have for it to be asked.
const ASKED_FROM: usize = 2;

/// Agreeing places for a match. Seen: 18 at most between different pictures, which the next rule refuses.
const LEAST_PLACES: usize = 16;

/// Squares that agree, for a match.
const LEAST_SQUARES: usize = 5;

/// Share of the squares asked that must agree.
const LEAST_AGREEMENT: f32 = 0.6;

/// Agreeing places times their share of those asked. Seen between different pictures: 4 at most on the tuning half, once
/// 7.5 in 1.2 million pairs; one copy in 400 is found with less than 9.
const LEAST_WEIGHT: f32 = 9.0;

/// Share of the listed picture that must lie within the other.
const LEAST_VISIBLE: f32 = 0.3;

/// A point of the listed picture and one of the picture asked about that may be the same place.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The listed picture's.
    pub listed: Point,
    /// The other's.
    pub asked: Point,
    /// Bits by which they differ.
    pub distance: u32,
}

/// How the listed picture lies in the other, and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alignment {
    /// Places that agree.
    pub places: u32,
    /// Of the points of the listed picture that should be seen, how many are: 0 to 1.
    pub support: f32,
    /// Of the squares of the listed picture that should be seen, how many agree: 0 to 1.
    pub agreement: f32,
    /// Share of the listed picture that lies within the other: 0 to 1.
    pub visible: f32,
    /// The four corners of the listed picture in the other, clockwise from the top left: 0 to 1 across and down, outside
    /// of that where it was cut off.
    pub corners: [(f32, f32); 4],
}

impl Alignment {
    /// Whether this is a match: enough places, all over what both show.
    #[must_use]
    pub fn is_match(&self) -> bool {
        self.places >= LEAST_PLACES as u32
            && self.places as f32 * self.support >= LEAST_WEIGHT
            && self.agreement >= LEAST_AGREEMENT
            && self.visible >= LEAST_VISIBLE
    }
}

/// All pairs within [`MATCH_RADIUS_BITS`], by comparing every two. With a long list an index does this.
#[must_use]
pub fn pairs(listed: &Points, asked: &Points) -> Vec<Pair> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("popcnt") {
        // SAFETY: the feature that the function is compiled for was just found on this machine.
        #[expect(unsafe_code, reason = "the call that leads into code that counts bits at once")]
        return unsafe { pairs_popcnt(listed, asked) };
    }
    pairs_anywhere(listed, asked)
}

/// The same code, compiled for machines that count bits at once.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt")]
fn pairs_popcnt(listed: &Points, asked: &Points) -> Vec<Pair> {
    pairs_anywhere(listed, asked)
}

#[inline(always)]
fn pairs_anywhere(listed: &Points, asked: &Points) -> Vec<Pair> {
    let mut found = Vec::new();
    for a in &listed.points {
        for b in &asked.points {
            let mut distance = 0;
            for (a, b) in a.hash.0.iter().zip(b.hash.0) {
                distance += (a ^ b).count_ones();
            }
            if distance <= MATCH_RADIUS_BITS {
                found.push(Pair { listed: *a, asked: *b, distance });
            }
        }
    }
    found
}

/// The best way to lay the listed picture over the one asked about; `None` when no two pairs agree on a sane one, or
/// when what agrees is less than a handful. Ask [`Alignment::is_match`] then.
#[must_use]
pub fn align(listed: &Points, asked: &Points, mut pairs: Vec<Pair>) -> Option<Alignment> {
    if pairs.len() < LEAST_PLACES {
        return None;
    }
    pairs.sort_by_key(|pair| pair.distance);
    pairs.truncate(MAX_PAIRS);
    let mut best: Option<(usize, Lay)> = None;
    let proposers = &pairs[..pairs.len().min(PROPOSERS)];
    for (n, first) in proposers.iter().enumerate() {
        for second in &proposers[n + 1..] {
            let from = [spot(&first.listed), spot(&second.listed)];
            let to = [spot(&first.asked), spot(&second.asked)];
            for lay in [Lay::straight(from, to), Lay::turned(from, to)].into_iter().flatten() {
                if !fits_size(&lay, first) || !fits_size(&lay, second) {
                    continue;
                }
                let count = pairs.iter().filter(|pair| agrees(&lay, pair)).count();
                if best.is_none_or(|(most, _)| count > most) {
                    best = Some((count, lay));
                }
            }
        }
    }
    let (mut count, mut lay) = best.filter(|(count, _)| *count >= LEAST_PLACES / 2)?;
    for _ in 0..2 {
        let agreeing = pairs.iter().filter(|pair| agrees(&lay, pair));
        let spots: Vec<_> = agreeing.map(|pair| (spot(&pair.listed), spot(&pair.asked))).collect();
        let Some(better) = Lay::fitted(&spots) else { break };
        let more = pairs.iter().filter(|pair| agrees(&better, pair)).count();
        if more < count {
            break;
        }
        (count, lay) = (more, better);
    }
    judged(listed, asked, &pairs, &lay)
}

fn spot(point: &Point) -> Spot {
    (point.x, point.y)
}

fn fits_size(lay: &Lay, pair: &Pair) -> bool {
    let off = lay.scale() * pair.listed.size / pair.asked.size;
    off < SIZE_SLACK && off > 1.0 / SIZE_SLACK
}

fn agrees(lay: &Lay, pair: &Pair) -> bool {
    let (x, y) = lay.at(spot(&pair.listed));
    let (dx, dy, near) = (x - pair.asked.x, y - pair.asked.y, NEAR_PX * pair.asked.size);
    dx * dx + dy * dy < near * near && fits_size(lay, pair)
}

/// Counts what agrees and what should.
fn judged(listed: &Points, asked: &Points, pairs: &[Pair], lay: &Lay) -> Option<Alignment> {
    let inside = |point: &Point| {
        let (x, y) = lay.at(spot(point));
        let edge = 16.0 * point.size * lay.scale();
        x.abs() + edge < asked.width / 2.0 && y.abs() + edge < asked.height / 2.0
    };
    let square = |point: &Point| {
        let part = |at: f32, side: f32| (((at / side + 0.5) * SQUARES as f32) as usize).min(SQUARES - 1);
        part(point.y, listed.height) * SQUARES + part(point.x, listed.width)
    };
    let mut asked_squares = [0usize; SQUARES * SQUARES];
    let expected: Vec<Point> = distinct(listed.points.iter().copied().filter(inside));
    expected.iter().for_each(|point| asked_squares[square(point)] += 1);
    let agreeing = pairs.iter().filter(|pair| agrees(lay, pair));
    let places = distinct(agreeing.clone().map(|pair| pair.listed));
    // A listed place may not be confirmed by one place of the other over and over.
    let others = distinct(agreeing.map(|pair| pair.asked));
    let mut agreed = [false; SQUARES * SQUARES];
    places.iter().for_each(|point| agreed[square(point)] = true);
    let ask = |n: &usize| asked_squares[*n] >= ASKED_FROM;
    let squares = (0..SQUARES * SQUARES).filter(ask).count();
    let agreeing_squares = (0..SQUARES * SQUARES).filter(ask).filter(|n| agreed[*n]).count();
    let count = places.len().min(others.len());
    if count < LEAST_PLACES / 2 || agreeing_squares < LEAST_SQUARES {
        return None;
    }
    Some(Alignment {
        places: count as u32,
        support: (count as f32 / expected.len().max(1) as f32).min(1.0),
        agreement: agreeing_squares as f32 / squares.max(1) as f32,
        visible: visible(listed, asked, lay),
        corners: [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y)| {
            let (u, v) = lay.at((x * listed.width, y * listed.height));
            (u / asked.width + 0.5, v / asked.height + 0.5)
        }),
    })
}

/// One point for each place.
fn distinct(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        let apart = |other: &Point| (other.x - point.x).powi(2) + (other.y - point.y).powi(2);
        if kept.iter().all(|other| apart(other) > SAME_PLACE_PX * SAME_PLACE_PX) {
            kept.push(point);
        }
    }
    kept
}

/// The share of a grid over the listed picture that falls within the other.
fn visible(listed: &Points, asked: &Points, lay: &Lay) -> f32 {
    const STEPS: usize = 16;
    let place = |n: usize, side: f32| ((n as f32 + 0.5) / STEPS as f32 - 0.5) * side;
    let seen = (0..STEPS * STEPS).filter(|n| {
        let (x, y) = lay.at((place(n % STEPS, listed.width), place(n / STEPS, listed.height)));
        x.abs() < asked.width / 2.0 && y.abs() < asked.height / 2.0
    });
    seen.count() as f32 / (STEPS * STEPS) as f32
}
