//! Groups of values that lie around one.
//!
//! A list may hold a million values that share half of their bits, because they are of one kind of picture or
//! because somebody wants searches to stall: they crowd the buckets of every table, for a search that shares these
//! bits too. So they are left out of the tables of all and get their own, over the 128 bits in which they differ
//! most, which close to a ring of their own. That is exact for *any* set of rows in *any* order of bits (see
//! `plan.rs`), so how a group is found, from a sample, matters for the speed only.
//!
//! Beside these tables, the values of a group stand by their distance from its centre. A value that is `d` from the
//! centre is within `r` of a query only if the query is from `d - r` to `d + r` from it: a query that is far from the
//! centre meets none of these, and passes the group by.

use crate::{Value, distance};

/// Values looked at to find groups.
const SAMPLE: usize = 2_048;
/// Groups of a segment.
pub(crate) const GROUPS_MAX: usize = 8;
/// Bits that a value of a group may be from its centre. Half of 128 shared bits fewer differ than of none: 64 with a
/// deviation of 6, and 128 with one of 8 of values that have nothing to do with it.
const REACH_BITS: u32 = 88;
/// A group has at least one in so many of the values.
const PART_MIN: usize = 100;
/// So many values of the sample must be near one to begin with.
const MATES_MIN: usize = 8;
/// Steps of a centre to the middle of what is around it.
const STEPS: usize = 3;

/// A group that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) centre: Value,
    /// The place of each bit: those in which the values differ most come first.
    pub(super) place: [u8; 256],
}

impl Found {
    pub(super) fn has(&self, value: &Value) -> bool {
        distance(value, &self.centre) <= REACH_BITS
    }
}

/// The groups of rising values. A value is of the first that has it.
pub(super) fn find(values: impl Iterator<Item = Value>, count: usize) -> Vec<Found> {
    let mut sample: Vec<Value> = values.step_by(count.div_ceil(SAMPLE).max(1)).collect();
    let least = (sample.len() / PART_MIN).max(MATES_MIN);
    let mut groups = Vec::new();
    while groups.len() < GROUPS_MAX {
        let mates = |centre: &Value| sample.iter().filter(|value| near(value, centre)).count();
        let Some((count, mut centre)) = sample.iter().map(|value| (mates(value), *value)).max() else {
            break;
        };
        if count < MATES_MIN {
            break;
        }
        let mut ones = [0; 256];
        for _ in 0..STEPS {
            ones = ones_of(&sample, &centre);
            let half = mates(&centre) as u32 / 2;
            centre = middle(&ones, half);
        }
        let count = mates(&centre);
        if count < least {
            break;
        }
        groups.push(Found { centre, place: most_even_first(&ones, count as u32) });
        sample.retain(|value| !near(value, &centre));
    }
    groups
}

fn near(value: &Value, centre: &Value) -> bool {
    distance(value, centre) <= REACH_BITS
}

/// How many of the values near the centre have each bit.
fn ones_of(sample: &[Value], centre: &Value) -> [u32; 256] {
    let mut ones = [0; 256];
    for value in sample.iter().filter(|value| near(value, centre)) {
        for (at, count) in ones.iter_mut().enumerate() {
            *count += (value[at / 64] >> (at % 64) & 1) as u32;
        }
    }
    ones
}

/// What most of them have.
fn middle(ones: &[u32; 256], half: u32) -> Value {
    let mut value = [0; 4];
    for (at, count) in ones.iter().enumerate() {
        value[at / 64] |= u64::from(*count > half) << (at % 64);
    }
    value
}

fn most_even_first(ones: &[u32; 256], count: u32) -> [u8; 256] {
    let mut order: [u8; 256] = std::array::from_fn(|at| at as u8);
    order.sort_by_key(|at| (2 * ones[usize::from(*at)]).abs_diff(count));
    let mut place = [0; 256];
    for (to, at) in order.iter().enumerate() {
        place[usize::from(*at)] = to as u8;
    }
    place
}
