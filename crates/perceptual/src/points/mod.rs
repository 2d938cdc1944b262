//! Points of a picture that are found again in a cut, bordered, slightly turned or overprinted copy.
//!
//! PDQ hashes the whole frame, so a copy without its outer twentieth is lost to it. Here a picture is some hundred
//! [`Point`]s, each with a 256-bit [`Hash256`] of its surroundings, which an exact index for 256-bit values serves as it
//! serves PDQ. Two pictures match when enough points agree on one way to lay one picture over the other
//! ([`align`](fn@align)), and what is laid over agrees nearly everywhere, not only in a shared banner.
//!
//! The parts: corners at several sizes (Harris and Stephens 1988, spread over the picture), comparisons of blurred
//! brightness around them (BRIEF, Calonder et al. 2010), and an agreement by sampling two pairs (RANSAC, Fischler and
//! Bolles 1981). The comparisons are not turned with the picture, so a copy may be turned by some degrees only; but the
//! set of comparisons is closed under the eight positions of a square, so a mirrored or quarter-turned copy is matched by
//! moving bits ([`Points::form`]) and not by describing it again.

mod align;
mod bytes;
mod describe;
mod detect;
mod index;
mod lay;
mod pairs;

use crate::Rgb;
use crate::grey::Grey;
use crate::{Hash256, pdq};

pub use align::{Alignment, align};
pub use bytes::MAX_BYTES;
pub use index::Index;
pub use pairs::{MATCH_RADIUS_BITS, Pair, pairs};

/// Longest side of the picture in which points are looked for, pixels.
const WORK_PX: usize = 400;

/// Most points of a picture.
pub const MAX_POINTS: usize = 300;

/// Each size is the last divided by this.
const STEP: f32 = 1.22;

/// Sizes looked at.
const SIZES: usize = 7;

/// No smaller side than this is looked at, pixels: a point needs its surroundings.
const LEAST_SIDE_PX: usize = 40;

/// A place that is found again, with a hash of its surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Pixels to the right of the centre of the working picture.
    pub x: f32,
    /// Pixels below the centre of the working picture.
    pub y: f32,
    /// How large its surroundings are, 1 and up.
    pub size: f32,
    /// The comparisons.
    pub hash: Hash256,
}

/// The points of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// Width of the working picture, pixels.
    pub width: f32,
    /// Height of the working picture, pixels.
    pub height: f32,
    /// At most [`MAX_POINTS`].
    pub points: Vec<Point>,
}

impl Points {
    /// The points of a picture; none for one with a side under [`pdq::MIN_SIDE_PX`].
    #[must_use]
    pub fn of(picture: &Rgb<'_>) -> Self {
        if picture.width().min(picture.height()) < pdq::MIN_SIDE_PX {
            return Self::default();
        }
        let grey = Grey::of(picture, WORK_PX);
        let mut found = Self { width: grey.width as f32, height: grey.height as f32, points: Vec::new() };
        let mut corners = Vec::new();
        let mut levels = Vec::new();
        for n in 0..SIZES {
            let size = STEP.powi(n as i32);
            let side = |side: usize| (side as f32 / size).round() as usize;
            let (width, height) = (side(grey.width), side(grey.height));
            if width.min(height) < LEAST_SIDE_PX {
                break;
            }
            let level = if n == 0 { grey.clone() } else { grey.resized(width, height) };
            corners.extend(detect::corners(&level).into_iter().map(|corner| (n, corner)));
            levels.push((size, level.blurred(2, 2)));
        }
        for (n, corner) in detect::spread(corners, &levels, MAX_POINTS) {
            let (size, level) = &levels[n];
            found.points.push(Point {
                x: (corner.x + 0.5) * size - found.width / 2.0,
                y: (corner.y + 0.5) * size - found.height / 2.0,
                size: *size,
                hash: describe::describe(level, &corner),
            });
        }
        found
    }

    /// The points of the picture in another of its eight positions; `form` is an index of [`pdq::FORM_NAMES`], and turns
    /// as the PDQ hash of that index does.
    #[must_use]
    pub fn form(&self, form: usize) -> Self {
        let [[xx, xy], [yx, yy]] = describe::POSITIONS[form % 8].map(|row| row.map(f32::from));
        let points = self.points.iter().map(|point| Point {
            x: xx * point.x + xy * point.y,
            y: yx * point.x + yy * point.y,
            size: point.size,
            hash: describe::turned(point.hash, form % 8),
        });
        let (width, height) = match xy == 0.0 {
            true => (self.width, self.height),
            false => (self.height, self.width),
        };
        Self { width, height, points: points.collect() }
    }
}

/// Where a place of a picture in one of the eight positions, as [`Points::form`] counts them, lies in the picture as it
/// is. Both in shares of the sides, 0 to 1 across and down; places outside stay outside.
#[must_use]
pub fn back(form: usize, (x, y): (f32, f32)) -> (f32, f32) {
    let [[xx, xy], [yx, yy]] = describe::POSITIONS[form % 8].map(|row| row.map(f32::from));
    let (x, y) = (x - 0.5, y - 0.5);
    (xx * x + yx * y + 0.5, xy * x + yy * y + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_a_turned_picture_leads_back() {
        let point = Point { x: 30.0, y: -10.0, size: 1.0, hash: Hash256([0; 4]) };
        let picture = Points { width: 100.0, height: 40.0, points: vec![point] };
        let share = |of: &Points, point: &Point| (point.x / of.width + 0.5, point.y / of.height + 0.5);
        for form in 0..8 {
            let turned = picture.form(form);
            let (x, y) = back(form, share(&turned, &turned.points[0]));
            let (wanted_x, wanted_y) = share(&picture, &point);
            assert!((x - wanted_x).abs() < 1e-6 && (y - wanted_y).abs() < 1e-6, "form {form}: {x} {y}");
        }
    }
}
