//! Whether two pictures lie over each other, and how.

use super::describe::REACH_PX;
use super::lay::{Lay, Spot};
use super::{Pair, Point, Points};

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

/// Agreeing places that must lie outside of the one strip that holds most of them. Two pictures that share a line of words
/// and nothing else agree in 20 places, all of them in one strip.
const LEAST_SPREAD: usize = LEAST_PLACES / 2;

/// A strip is as wide as the surroundings of a point, pixels: places in it, however many, show parts of one another.
const STRIP_PX: f32 = 2.0 * REACH_PX as f32;

/// Directions of strips that are looked at, over half a turn.
const STRIPS: usize = 60;

/// Share of the listed picture that must lie within the other.
const LEAST_VISIBLE: f32 = 0.3;

/// How the listed picture lies in the other, and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alignment {
    /// Places that agree.
    pub places: u32,
    /// Of these, how many lie outside of the strip, as wide as the surroundings of a point, that holds most of them.
    pub spread: u32,
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
    /// Whether this is a match: enough places, all over what both show, and not in one line.
    #[must_use]
    pub fn is_match(&self) -> bool {
        self.places >= LEAST_PLACES as u32
            && self.spread >= LEAST_SPREAD as u32
            && self.places as f32 * self.support >= LEAST_WEIGHT
            && self.agreement >= LEAST_AGREEMENT
            && self.visible >= LEAST_VISIBLE
    }
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
        spread: (count - most_in_a_strip(&places, lay).min(count)) as u32,
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

/// The most places that one strip of [`STRIP_PX`] holds, in the smaller one of the two pictures, where a strip is wider.
fn most_in_a_strip(places: &[Point], lay: &Lay) -> usize {
    let width = STRIP_PX / lay.scale().min(1.0);
    let mut most = 0;
    for n in 0..STRIPS {
        let (across, down) = (n as f32 * std::f32::consts::PI / STRIPS as f32).sin_cos();
        let mut at: Vec<f32> = places.iter().map(|point| point.x * across + point.y * down).collect();
        at.sort_by(f32::total_cmp);
        let mut first = 0;
        for (last, place) in at.iter().enumerate() {
            while place - at[first] > width {
                first += 1;
            }
            most = most.max(last + 1 - first);
        }
    }
    most
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
