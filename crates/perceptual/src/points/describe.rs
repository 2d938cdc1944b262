//! 256 comparisons of brightness around a point.

use std::sync::LazyLock;

use super::detect::Corner;
use crate::Hash256;
use crate::grey::Grey;

/// The surroundings of a point reach so far, pixels of its size of the picture.
pub(super) const REACH_PX: usize = 15;

/// Comparisons drawn by chance; each is there in all eight positions.
const DRAWN: usize = 32;

/// The eight positions as matrices on (x, y), in the order of [`crate::pdq::FORM_NAMES`].
pub(super) const POSITIONS: [[[i8; 2]; 2]; 8] = [
    [[1, 0], [0, 1]],
    [[0, 1], [-1, 0]],
    [[-1, 0], [0, -1]],
    [[0, -1], [1, 0]],
    [[1, 0], [0, -1]],
    [[-1, 0], [0, 1]],
    [[0, 1], [1, 0]],
    [[0, -1], [-1, 0]],
];

type Place = [i8; 2];

/// Comparison `8 n + k` is the `n`th drawn one in position `k`: is the first place darker than the second?
static COMPARISONS: LazyLock<Vec<[Place; 2]>> = LazyLock::new(|| {
    let mut drawn = Vec::new();
    let mut state = 0x9E37_79B9u32;
    // The sum of several draws leans to the middle, where the surroundings are most alike in copies.
    let mut draw = || {
        let sum: i32 = (0..3)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                (state >> 8) as i32 % 11 - 5
            })
            .sum();
        sum.clamp(-13, 13) as i8
    };
    while drawn.len() < DRAWN {
        let (a, b): (Place, Place) = ([draw(), draw()], [draw(), draw()]);
        let apart = a.iter().zip(b).map(|(a, b)| (i32::from(*a) - i32::from(b)).pow(2)).sum::<i32>();
        let itself = POSITIONS[1..].iter().any(|position| {
            let (c, d) = (moved(position, a), moved(position, b));
            (c, d) == (a, b) || (c, d) == (b, a)
        });
        if apart >= 36 && !itself {
            drawn.push([a, b]);
        }
    }
    drawn
        .iter()
        .flat_map(|pair| POSITIONS.iter().map(|position| pair.map(|place| moved(position, place))))
        .collect()
});

/// For each form and byte of eight comparisons, the byte of the turned picture.
static MOVED_BITS: LazyLock<[[u8; 256]; 8]> = LazyLock::new(|| {
    let index = |matrix: [[i8; 2]; 2]| POSITIONS.iter().position(|position| *position == matrix).unwrap_or(0);
    std::array::from_fn(|form| {
        // The turned picture shows at a place what the picture has at the place turned back.
        let back = POSITIONS[form];
        let back = [[back[0][0], back[1][0]], [back[0][1], back[1][1]]];
        let from: [usize; 8] = std::array::from_fn(|k| index(product(&back, &POSITIONS[k])));
        std::array::from_fn(|byte| (0..8).fold(0, |out, k| out | ((byte >> from[k] & 1) as u8) << k))
    })
});

fn moved(position: &[[i8; 2]; 2], [x, y]: Place) -> Place {
    [position[0][0] * x + position[0][1] * y, position[1][0] * x + position[1][1] * y]
}

fn product(a: &[[i8; 2]; 2], b: &[[i8; 2]; 2]) -> [[i8; 2]; 2] {
    std::array::from_fn(|i| std::array::from_fn(|j| a[i][0] * b[0][j] + a[i][1] * b[1][j]))
}

/// The comparisons around a corner, which lies [`REACH_PX`] from every edge of the blurred picture.
pub(super) fn describe(blurred: &Grey, corner: &Corner) -> Hash256 {
    let (x, y) = (corner.x.round() as isize, corner.y.round() as isize);
    let value = |[dx, dy]: Place| {
        let at = (y + isize::from(dy)) * blurred.width as isize + x + isize::from(dx);
        blurred.values[at as usize]
    };
    let mut hash = Hash256::default();
    for (n, [a, b]) in COMPARISONS.iter().enumerate() {
        if value(*a) < value(*b) {
            hash.set_bit(n);
        }
    }
    hash
}

/// The hash that the point has in the turned picture.
pub(super) fn turned(hash: Hash256, form: usize) -> Hash256 {
    let table = &MOVED_BITS[form];
    Hash256(hash.0.map(|word| u64::from_be_bytes(word.to_be_bytes().map(|byte| table[usize::from(byte)]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_the_picture_moves_the_bits() {
        let side = 41;
        let value = |x: i32, y: i32| ((x * x * 7 + y * 31 + x * y * 3).rem_euclid(251)) as f32;
        let picture = |position: &[[i8; 2]; 2]| {
            let mut values = vec![0.0; side * side];
            for y in -20..=20i8 {
                for x in -20..=20i8 {
                    let [u, v] = moved(position, [x, y]);
                    values[(i32::from(v) + 20) as usize * side + (i32::from(u) + 20) as usize] =
                        value(x.into(), y.into());
                }
            }
            Grey { width: side, height: side, values }
        };
        let centre = Corner { x: 20.0, y: 20.0, strength: 0.0 };
        let upright = describe(&picture(&POSITIONS[0]), &centre);
        for (form, position) in POSITIONS.iter().enumerate() {
            assert_eq!(turned(upright, form), describe(&picture(position), &centre), "{form}");
        }
    }
}
