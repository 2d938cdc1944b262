//! Points as bytes, to be kept in a list or handed from process to process.
//!
//! A version, width and height (16 bits each, in 64ths of a pixel), then 37 bytes a point: x and y in 64ths of a
//! pixel, the number of its size, its hash. All numbers are big-endian.

use super::{MAX_POINTS, Point, Points, SIZES, STEP, WORK_PX};
use crate::Hash256;

/// The version of this form.
const VERSION: u8 = 1;

/// Parts of a pixel.
const PARTS: f32 = 64.0;

const HEAD_BYTES: usize = 5;
const POINT_BYTES: usize = 37;

/// The most that the points of a picture take.
pub const MAX_BYTES: usize = HEAD_BYTES + MAX_POINTS * POINT_BYTES;

impl Points {
    /// The bytes, of which [`Points::from_bytes`] makes the same points, to a 64th of a pixel.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + self.points.len() * POINT_BYTES);
        bytes.push(VERSION);
        let side = |side: f32| ((side * PARTS).round() as u16).to_be_bytes();
        bytes.extend([side(self.width), side(self.height)].concat());
        for point in self.points.iter().take(MAX_POINTS) {
            let place = |at: f32| ((at * PARTS).round() as i16).to_be_bytes();
            bytes.extend([place(point.x), place(point.y)].concat());
            bytes.push((point.size.ln() / STEP.ln()).round() as u8);
            point.hash.0.iter().for_each(|word| bytes.extend(word.to_be_bytes()));
        }
        bytes
    }

    /// The points; `None` when the bytes are not of this form, or more than a picture has.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<HEAD_BYTES>()?;
        let [VERSION, width @ .., _, _] = *head else { return None };
        let [.., first, second] = *head;
        let side = |bytes: [u8; 2]| f32::from(u16::from_be_bytes(bytes)) / PARTS;
        let (width, height) = (side(width), side([first, second]));
        let (points, more) = rest.as_chunks::<POINT_BYTES>();
        if !more.is_empty() || points.len() > MAX_POINTS || width.max(height) > WORK_PX as f32 {
            return None;
        }
        let points = points.iter().map(point).collect::<Option<_>>()?;
        Some(Self { width, height, points })
    }
}

fn point(bytes: &[u8; POINT_BYTES]) -> Option<Point> {
    let [x1, x2, y1, y2, size, hash @ ..] = *bytes;
    if usize::from(size) >= SIZES {
        return None;
    }
    let place = |bytes: [u8; 2]| f32::from(i16::from_be_bytes(bytes)) / PARTS;
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(hash.as_chunks::<8>().0) {
        *word = u64::from_be_bytes(*bytes);
    }
    let (x, y) = (place([x1, x2]), place([y1, y2]));
    Some(Point { x, y, size: STEP.powi(size.into()), hash: Hash256(words) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::Rgb;

    #[test]
    fn points_survive_as_bytes() {
        let side = 240;
        let pixels: Vec<u8> = (0..side * side)
            .flat_map(|at| [((at / side / 9 * 71) ^ (at % side / 7 * 37)) as u8; 3])
            .collect();
        let points = Points::of(&Rgb::new(side, side, &pixels).unwrap());
        assert!(points.points.len() > 50);
        let read = Points::from_bytes(&points.to_bytes()).unwrap();
        assert_eq!((read.width, read.height), (points.width, points.height));
        assert_eq!(read.points.len(), points.points.len());
        for (a, b) in read.points.iter().zip(&points.points) {
            assert_eq!((a.hash, a.size), (b.hash, b.size));
            assert!((a.x - b.x).abs() < 0.01 && (a.y - b.y).abs() < 0.01, "{a:?} {b:?}");
        }
        assert_eq!(Points::from_bytes(&read.to_bytes()), Some(read));
    }

    #[test]
    fn other_bytes_are_refused() {
        let good = [&[1, 1, 0, 1, 0][..], &[0; 37]].concat();
        assert!(Points::from_bytes(&good).is_some());
        let with = |at: usize, value: u8| {
            let mut bytes = good.clone();
            bytes[at] = value;
            bytes
        };
        let many = [&good[..5], &[0; 37 * (MAX_POINTS + 1)]].concat();
        for bad in [&[][..], &good[..4], &good[..41], &with(0, 2), &with(1, 200), &with(9, 7), &many] {
            assert_eq!(Points::from_bytes(bad), None);
        }
    }
}
