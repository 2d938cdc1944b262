//! Which of many pictures may lie over another one, by pieces of the hashes of their points.
//!
//! Every two pictures have dozens of pairs of points within the radius of a match by chance, so nearer pairs choose the
//! candidates, and [`pairs`](fn@super::pairs) takes all of them only for these. A near pair shares one of the pieces that
//! are looked up mostly (85 of 100 at 20 bits), so a picture of many pairs is not lost.

use std::collections::HashMap;

use super::Points;
use crate::Hash256;

/// Pairs that make a picture a candidate.
const LEAST_VOTES: u32 = 8;

/// Of so near pairs.
const VOTE_RADIUS_BITS: u32 = 20;

/// Pieces of sixteen bits that are looked up. The eight bits of a byte are one comparison in the eight positions of a square
/// and say much the same, so each piece has one bit of each of sixteen bytes, and no bit is in two.
const PIECES: usize = 6;

/// 32 bits of other places, one of each byte, stand beside each row and refuse nearly all: a pair of [`VOTE_RADIUS_BITS`]
/// differs in two or three of them, in more than these once in a thousand, and others in 16.
const BESIDE_BITS: u32 = 7;

/// Values of a piece.
const VALUES: usize = 1 << 16;

/// The points of many pictures, by pieces of their hashes. 88 bytes a point, and 1.5 MiB.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The picture that a point is of, and the point's hash.
    points: Vec<(u32, Hash256)>,
    /// For each piece, where the rows of each value begin.
    starts: Vec<Vec<u32>>,
    /// For each piece, rows of `points`, by value, each with half of its last word.
    rows: Vec<Vec<(u32, u32)>>,
}

impl Index {
    /// An index of pictures, which are known by their place in the order given. Points beyond 2^32 are left out.
    #[must_use]
    pub fn of<'a>(pictures: impl IntoIterator<Item = &'a Points>) -> Self {
        let mut points = Vec::new();
        for (picture, of) in (0u32..).zip(pictures) {
            points.extend(of.points.iter().map(|point| (picture, point.hash)));
        }
        points.truncate(u32::MAX as usize);
        let (mut starts, mut rows) = (Vec::with_capacity(PIECES), Vec::with_capacity(PIECES));
        for piece in 0..PIECES {
            let mut start = vec![0u32; VALUES + 1];
            points.iter().for_each(|(_, hash)| start[part(hash, piece) + 1] += 1);
            (0..VALUES).for_each(|value| start[value + 1] += start[value]);
            let (mut next, mut sorted) = (start.clone(), vec![(0, 0); points.len()]);
            for (row, (_, hash)) in (0u32..).zip(&points) {
                let place = &mut next[part(hash, piece)];
                sorted[*place as usize] = (row, beside(hash));
                *place += 1;
            }
            starts.push(start);
            rows.push(sorted);
        }
        Self { points, starts, rows }
    }

    /// Points held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The pictures that share enough near points with the one asked about, in its present position
    /// ([`Points::form`] gives the others), rising, and how many points they share. A point is compared no further when
    /// it met `most` rows (one point of another picture may be met once a piece): what so many have tells none of them
    /// apart.
    #[must_use]
    pub fn candidates(&self, asked: &Points, most: usize) -> Vec<(u32, u32)> {
        let mut votes: HashMap<u32, u32> = HashMap::new();
        let mut met = Vec::new();
        for point in &asked.points {
            met.clear();
            let own = beside(&point.hash);
            let near = |(row, half): &&(u32, u32)| {
                (half ^ own).count_ones() <= BESIDE_BITS
                    && self.points[*row as usize].1.distance(&point.hash) <= VOTE_RADIUS_BITS
            };
            for (piece, rows) in self.rows.iter().enumerate() {
                let value = part(&point.hash, piece);
                let (start, end) = (self.starts[piece][value], self.starts[piece][value + 1]);
                let same = &rows[start as usize..end as usize];
                let room = most.saturating_sub(met.len());
                met.extend(same.iter().filter(near).map(|(row, _)| *row).take(room));
            }
            met.sort_unstable();
            met.dedup();
            met.iter().for_each(|row| *votes.entry(self.points[*row as usize].0).or_default() += 1);
        }
        let mut candidates: Vec<(u32, u32)> =
            votes.into_iter().filter(|(_, votes)| *votes >= LEAST_VOTES).collect();
        candidates.sort_unstable();
        candidates
    }
}

/// A bit of each byte that no piece has.
fn beside(hash: &Hash256) -> u32 {
    (0..32).fold(0, |all, byte| all << 1 | bit(hash, byte, 1 + byte) as u32)
}

/// Sixteen bits of the hash, one of every byte of a half.
fn part(hash: &Hash256, piece: usize) -> usize {
    let (half, position) = (piece % 2 * 16, piece / 2 * 3);
    (half..half + 16).fold(0, |all, byte| all << 1 | bit(hash, byte, position + byte) as usize)
}

/// One of the eight bits of a byte, counted round.
fn bit(hash: &Hash256, byte: usize, at: usize) -> u64 {
    hash.0[byte / 8] >> (byte % 8 * 8 + at % 8) & 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Point;

    fn picture(seed: u64, points: u64) -> Points {
        let mix = |at: u64| (seed << 32 | at).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        let hash =
            |n: u64| Hash256([1, 2, 3, 4].map(|word| mix(n * 8 + word).wrapping_mul(0xD6E8_FEB8_6659_FD93)));
        let point = |n| Point { x: 0.0, y: 0.0, size: 1.0, hash: hash(n) };
        Points { width: 400.0, height: 300.0, points: (0..points).map(point).collect() }
    }

    #[test]
    fn no_bit_is_looked_at_twice() {
        for n in 0..256 {
            let mut one = Hash256::default();
            one.set_bit(n);
            let parts = (0..PIECES).filter(|piece| part(&one, *piece) != 0).count();
            assert!(parts + usize::from(beside(&one) != 0) <= 1, "bit {n}");
        }
        let all = Hash256([u64::MAX; 4]);
        assert!((0..PIECES).all(|piece| part(&all, piece) == VALUES - 1) && beside(&all) == u32::MAX);
    }

    #[test]
    fn candidates_share_enough_near_points() {
        let listed: Vec<Points> = (1..40).map(|seed| picture(seed, 60)).collect();
        let index = Index::of(&listed);
        assert_eq!((index.len(), index.is_empty()), (39 * 60, false));
        let mut asked = picture(7, 60);
        // Each point differs by some bits of words that are looked up, and of the last.
        asked.points.iter_mut().for_each(|point| {
            point.hash.0[0] ^= 0b1011;
            point.hash.0[3] ^= 0b111 << 9;
        });
        assert_eq!(index.candidates(&asked, usize::MAX), [(6, 60)]);
        assert_eq!(index.candidates(&asked, 1), [(6, 60)]);
        asked.points.truncate(LEAST_VOTES as usize - 1);
        assert_eq!(index.candidates(&asked, usize::MAX), []);
        let mut far = picture(7, 60);
        far.points.iter_mut().for_each(|point| point.hash.0[2] ^= (1 << (VOTE_RADIUS_BITS + 1)) - 1);
        assert_eq!(index.candidates(&far, usize::MAX), []);
        assert_eq!(Index::default().candidates(&asked, usize::MAX), []);
    }
}
