//! Which buckets a search reads.
//!
//! Give each chunk a number of units that together are one more than the radius. A value within the radius
//! differs in fewer bits than there are units, so some chunk differs in fewer bits than it has: this is the
//! pigeonhole principle of multi-index hashing (Norouzi, Punjani, Fleet, "Fast exact search in Hamming space with
//! multi-index hashing", 2014; Manku, Jain, Das Sarma, "Detecting near-duplicates for web crawling", 2007), with
//! thresholds that may differ by chunk and by query (Qin and others, "GPH", 2018). More is true: laid in a ring,
//! some chunk is such that it *and every run of chunks that begins with it* differ in fewer bits than they have
//! units (Qin, Xiao, "Pigeonring", 2018; the cycle lemma). So a bucket's entries are first held against the next
//! chunk, whose bits stand in the table, and of the entries of a uniform list two in a thousand are left.
//!
//! On an even list the units are even. Where a query meets crowded buckets, their sizes, which the directories
//! tell, decide: the cheapest division is found by dynamic programming over the chunks, and a chunk may get no
//! unit at all, so that its crowded bucket is not read. When nothing is cheaper than reading the whole list,
//! the whole list is read. None of this asks which values a set of tables has or in which order their bits stand, so
//! a group of values has tables of its own (`segment/group.rs`).

use crate::Value;
use crate::layout::{Layout, SKETCH_BITS, near_keys};
use crate::segment::{Probe, Segment, Set};

/// Units of each chunk: it may differ in fewer bits than this.
pub(crate) type Units = [u8; CHUNKS_MAX];

pub(crate) const CHUNKS_MAX: usize = 32;
/// Most units of a chunk: keys with up to three flipped bits.
const UNITS_MAX: usize = 4;

/// What work costs, in tenths of a nanosecond as seen on a machine of 2021. Only the proportions matter, and only
/// for the speed.
pub(crate) const PROBE_COST: u64 = 200;
/// An entry whose sketch is read; the more units, the more entries are left to compare.
const SKETCH_COST: [u64; UNITS_MAX] = [2, 3, 4, 8];
/// An entry whose value is read.
pub(crate) const VALUE_COST: u64 = 120;
/// A value when all are read in order.
pub(crate) const SCAN_COST: u64 = 20;
/// A key whose bucket's size is looked up while planning.
const LOOK_COST: u64 = 40;

/// A search in a set of tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) set: &'a Set,
    /// In the order of bits of the set.
    pub(crate) query: &'a Value,
    pub(crate) radius: u32,
}

/// The buckets to read when the units are even, or none of them when they are crowded, and what that costs. Nothing
/// when more than `most` is to be expected.
pub(crate) fn at_once(segment: &Segment, asked: &Asked, most: u64) -> Option<(Option<Vec<Probe>>, u64)> {
    let layout = &asked.set.layout;
    let even = even(layout, asked.radius)?;
    let expected = expected(layout, &even, asked.set.entries);
    if expected > most {
        return None;
    }
    let probes = segment.probes(asked, &even);
    let cost = cost(layout, &even, &probes);
    let is_even = cost <= most.min(expected * 2 + 10 * PROBE_COST);
    Some((is_even.then_some(probes), cost))
}

/// The cheapest buckets to read, by their sizes and by a sample of what stands in them. Nothing when they cost more
/// than `most`.
pub(crate) fn with_care(segment: &Segment, asked: &Asked, most: u64) -> Option<(Vec<Probe>, u64)> {
    let (units, cost) = divide(segment, asked, most)?;
    (cost <= most).then(|| (segment.probes(asked, &units), cost))
}

/// As many units for each chunk as can be; the wide ones get what is over.
fn even(layout: &Layout, radius: u32) -> Option<Units> {
    let total = radius.min(256) as usize + 1;
    let chunks = layout.chunks();
    if total > chunks * UNITS_MAX {
        return None;
    }
    let mut units = [0; CHUNKS_MAX];
    for (place, chunk) in layout.widest_first().enumerate() {
        units[chunk] = (total / chunks + usize::from(place < total % chunks)) as u8;
    }
    Some(units)
}

fn entry_cost(layout: &Layout, units: u8) -> u64 {
    if layout.sketch { SKETCH_COST[usize::from(units).clamp(1, UNITS_MAX) - 1] } else { VALUE_COST }
}

/// The cost when all buckets are of one size.
fn expected(layout: &Layout, units: &Units, values: usize) -> u64 {
    let chunk = |chunk: usize| {
        let keys = near_keys(layout.width(chunk), u32::from(units[chunk]) - 1);
        keys * PROBE_COST + ((keys * values as u64) >> layout.width(chunk)) * entry_cost(layout, units[chunk])
    };
    (0..layout.chunks()).filter(|chunk| units[*chunk] > 0).map(chunk).sum()
}

fn cost(layout: &Layout, units: &Units, probes: &[Probe]) -> u64 {
    let cost = |probe: &Probe| PROBE_COST + probe.entries() as u64 * entry_cost(layout, units[probe.chunk()]);
    probes.iter().map(cost).sum()
}

/// The cheapest division of the units and its cost. Looks as deep as `most` is worth.
fn divide(segment: &Segment, asked: &Asked, most: u64) -> Option<(Units, u64)> {
    let layout = &asked.set.layout;
    let even = even(layout, asked.radius)?;
    let mut costs = [[0; UNITS_MAX + 1]; CHUNKS_MAX];
    let (mut entries, mut left) = ([0; CHUNKS_MAX], [0; CHUNKS_MAX]);
    let (mut best, mut spent) = (None, most);
    for units in 1..=UNITS_MAX {
        let flips = units as u32 - 1;
        let keys = |chunk: usize| near_keys(layout.width(chunk), flips);
        let looks: u64 = (0..layout.chunks()).map(keys).sum();
        if looks * LOOK_COST > spent {
            break;
        }
        for chunk in 0..layout.chunks() {
            // As many bits of the sketch may differ as an even division allows.
            let limit = layout.following(chunk, SKETCH_BITS).map(|next| u32::from(even[next])).sum();
            let (more, near) = segment.entries_at(asked, chunk, (flips, limit));
            entries[chunk] += more;
            left[chunk] += near;
            costs[chunk][units] = keys(chunk) * PROBE_COST
                + entries[chunk] * entry_cost(layout, units as u8)
                + left[chunk] * VALUE_COST;
        }
        best = cheapest(&costs[..layout.chunks()], units, asked.radius as usize + 1).or(best);
        spent = best.map_or(most, |(_, planned)| planned.min(most));
    }
    best
}

/// The cheapest way to give `total` units to the chunks, each at most `most`.
fn cheapest(costs: &[[u64; UNITS_MAX + 1]], most: usize, total: usize) -> Option<(Units, u64)> {
    const NEVER: u64 = u64::MAX;
    const TOTAL_MAX: usize = CHUNKS_MAX * UNITS_MAX;
    if total > costs.len() * most {
        return None;
    }
    // By the units given so far: the cost, and what each chunk got.
    let mut least = [NEVER; TOTAL_MAX + 1];
    let mut given = [[0u8; TOTAL_MAX + 1]; CHUNKS_MAX];
    least[0] = 0;
    for (chunk, costs) in costs.iter().enumerate() {
        for sum in (0..=total).rev() {
            let choices =
                (0..=most.min(sum)).map(|units| (least[sum - units].saturating_add(costs[units]), units));
            if let Some((cost, units)) = choices.min() {
                least[sum] = cost;
                given[chunk][sum] = units as u8;
            }
        }
    }
    let (mut units, mut sum) = ([0; CHUNKS_MAX], total);
    for chunk in (0..costs.len()).rev() {
        units[chunk] = given[chunk][sum];
        sum -= usize::from(units[chunk]);
    }
    (least[total] < NEVER).then_some((units, least[total]))
}
