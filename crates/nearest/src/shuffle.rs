//! The order of bits inside an index.

use crate::Value;

/// A fixed rearrangement of the 256 bits, drawn from a seed.
///
/// Chunks that are neighbouring bits of the caller's value would be a gift to whoever plants values that share
/// a run of bits: all of them would lie in one bucket. Spread over all chunks such a run costs each chunk a few
/// bits. The seed is drawn for each index, so the spread is not known when a list is made. Distances do not
/// change, so everything inside an index is kept in this order, and only what goes in and comes out is turned.
#[derive(Clone)]
pub(crate) struct Shuffle {
    seed: u64,
    forth: Order,
    back: Order,
}

/// An order of the 256 bits.
#[derive(Clone)]
pub(crate) struct Order {
    /// Where the bits of each half-byte go: by its place, then by what it holds.
    spread: Box<[[Value; 16]; 64]>,
}

impl Shuffle {
    pub(crate) fn new(seed: u64) -> Self {
        let mut place: [u8; 256] = std::array::from_fn(|at| at as u8);
        let mut state = seed;
        for last in (1..256).rev() {
            place.swap(last, (next(&mut state) % (last as u64 + 1)) as usize);
        }
        let mut origin = [0u8; 256];
        for (at, to) in place.iter().enumerate() {
            origin[usize::from(*to)] = at as u8;
        }
        Self { seed, forth: Order::new(&place), back: Order::new(&origin) }
    }

    /// Into the order of the index.
    pub(crate) fn apply(&self, value: &Value) -> Value {
        self.forth.turn(value)
    }

    /// Back into the order of the caller.
    pub(crate) fn undo(&self, value: &Value) -> Value {
        self.back.turn(value)
    }
}

impl std::fmt::Debug for Shuffle {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Shuffle").field("seed", &self.seed).finish_non_exhaustive()
    }
}

/// One step of splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
pub(crate) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Order {
    /// The place that each bit gets.
    pub(crate) fn new(place: &[u8; 256]) -> Self {
        let mut spread = Box::new([[[0; 4]; 16]; 64]);
        for (half, row) in spread.iter_mut().enumerate() {
            for (holds, value) in row.iter_mut().enumerate() {
                for bit in (0..4).filter(|bit| holds >> bit & 1 == 1) {
                    let to = usize::from(place[half * 4 + bit]);
                    value[to / 64] |= 1 << (to % 64);
                }
            }
        }
        Self { spread }
    }

    /// The value in this order.
    pub(crate) fn turn(&self, value: &Value) -> Value {
        let mut turned = [0; 4];
        for (half, row) in self.spread.iter().enumerate() {
            let part = &row[(value[half / 16] >> (half % 16 * 4) & 15) as usize];
            for (word, bits) in turned.iter_mut().zip(part) {
                *word |= bits;
            }
        }
        turned
    }
}

/// An order for tables over the first half of the bits only: the others make place for the first again, so that the
/// ring closes after half.
#[derive(Clone, Debug)]
pub(crate) struct Half(Order);

impl Half {
    /// The place that each bit gets; from 128 on, none.
    pub(crate) fn new(place: &[u8; 256]) -> Self {
        Self(Order::new(place))
    }

    /// The first half of the value in this order, twice.
    pub(crate) fn turn(&self, value: &Value) -> Value {
        let [first, second, ..] = self.0.turn(value);
        [first, second, first, second]
    }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Order").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::distance;

    proptest! {
        #[test]
        fn shuffle_keeps_distances_and_comes_back(seed: u64, a: Value, b: Value) {
            let shuffle = Shuffle::new(seed);
            prop_assert_eq!(distance(&shuffle.apply(&a), &shuffle.apply(&b)), distance(&a, &b));
            prop_assert_eq!(shuffle.undo(&shuffle.apply(&a)), a);
        }
    }

    #[test]
    fn a_shared_run_of_bits_is_spread_over_all_chunks() {
        let run = Shuffle::new(1).apply(&[u64::MAX, 0, 0, 0]);
        let chunks = run.iter().flat_map(|word| (0..4).map(move |at| (word >> (at * 16)) as u16));
        let most = chunks.map(u16::count_ones).max();
        assert!(most < Some(12), "{most:?}");
    }
}
