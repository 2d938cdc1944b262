//! Lists to search: even ones and those that are not.

use crate::shuffle::next;
use crate::{Neighbour, Value, distance};

/// A source of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn number(&mut self) -> u64 {
        next(&mut self.0)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    pub(super) fn value(&mut self) -> Value {
        [0; 4].map(|_| self.number())
    }

    /// Half of the bits are ones, as in a PDQ hash.
    pub(super) fn balanced(&mut self) -> Value {
        let mut value = [0; 4];
        for at in self.order().into_iter().take(128) {
            flip(&mut value, at);
        }
        value
    }

    /// The value with exactly so many bits turned.
    pub(super) fn near(&mut self, value: &Value, bits: usize) -> Value {
        let mut near = *value;
        for at in self.order().into_iter().take(bits) {
            flip(&mut near, at);
        }
        near
    }

    fn order(&mut self) -> [usize; 256] {
        let mut order = std::array::from_fn(|at| at);
        for last in (1..256).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

fn flip(value: &mut Value, at: usize) {
    value[at / 64] ^= 1 << (at % 64);
}

pub(super) fn uniform(rows: usize, seed: u64) -> Vec<Value> {
    let mut chance = Chance(seed);
    (0..rows).map(|_| chance.balanced()).collect()
}

/// Near-duplicates in groups of very different sizes, whose first 32 bits lean to one side.
pub(super) fn clustered(rows: usize, seed: u64) -> Vec<Value> {
    let mut chance = Chance(seed);
    let mut list = Vec::new();
    while list.len() < rows {
        let mut centre = chance.balanced();
        for at in 0..32 {
            let one = 0.5 + 0.35 * (at as f64).sin();
            let wanted = (chance.below(1 << 20) as f64) < one * f64::from(1 << 20);
            if (centre[0] >> at & 1 == 1) != wanted {
                flip(&mut centre, at);
            }
        }
        let size = 1
            + (3.0 * ((1.0 - chance.below(1 << 20) as f64 / f64::from(1 << 20)).powf(-1.0 / 1.1) - 1.0))
                as usize;
        for _ in 0..size.min(rows - list.len()) {
            let bits = chance.below(20);
            list.push(chance.near(&centre, bits));
        }
    }
    list
}

/// Queries at every distance from some value of the list, and some from nowhere.
pub(super) fn queries(list: &[Value], each: usize, seed: u64) -> Vec<Value> {
    let mut chance = Chance(seed);
    let near = (0..40 * each).map(|n| {
        let value = list[chance.below(list.len())];
        chance.near(&value, n % 40)
    });
    let near: Vec<Value> = near.collect();
    near.into_iter().chain((0..8 * each).map(|_| chance.balanced())).collect()
}

/// The slow, sure answer. Ids are places in the list.
pub(super) fn plain(list: &[Value], query: &Value, radius: u32) -> Vec<Neighbour> {
    let all = list.iter().zip(0..).map(|(value, id)| Neighbour { distance: distance(value, query), id });
    let mut found: Vec<Neighbour> = all.filter(|near| near.distance <= radius).collect();
    found.sort_unstable();
    found
}
