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
//! the whole list is read.

use crate::Value;
use crate::layout::{Layout, near_keys};
use crate::segment::{Probe, Segment};

/// Units of each chunk: it may differ in fewer bits than this.
pub(crate) type Units = [u8; CHUNKS_MAX];

const CHUNKS_MAX: usize = 32;
/// Most units of a chunk: keys with up to three flipped bits.
const UNITS_MAX: usize = 4;

/// What work costs, in tenths of a nanosecond as seen on a machine of 2021. Only the proportions matter, and only
/// for the speed.
const PROBE_COST: u64 = 200;
/// An entry whose sketch is read; the more units, the more entries are left to compare.
const SKETCH_COST: [u64; UNITS_MAX] = [2, 3, 4, 8];
/// An entry whose value is read.
const VALUE_COST: u64 = 120;
/// A value when all are read in order.
pub(crate) const SCAN_COST: u64 = 20;
/// A key whose bucket's size is looked up while planning.
const LOOK_COST: u64 = 40;

/// The buckets to read, or nothing when it is less work to read all values.
pub(crate) fn of(segment: &Segment, query: &Value, radius: u32) -> Option<Vec<Probe>> {
    with_cost(segment, query, radius).map(|(probes, _)| probes)
}

/// The same, and what it costs.
pub(crate) fn with_cost(segment: &Segment, query: &Value, radius: u32) -> Option<(Vec<Probe>, u64)> {
    let layout = segment.layout();
    let even = even(layout, radius)?;
    let scan = segment.distinct() as u64 * SCAN_COST;
    let expected = expected(layout, &even, segment.distinct());
    if expected > scan {
        return None;
    }
    let probes = segment.probes(query, &even);
    let cost = cost(layout, &even, &probes);
    if cost <= expected * 2 + 10 * PROBE_COST {
        return Some((probes, cost));
    }
    let (units, planned) = divide(segment, query, radius, cost)?;
    if planned.min(cost) > scan {
        return None;
    }
    Some(if planned < cost { (segment.probes(query, &units), planned) } else { (probes, cost) })
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

/// The cheapest division of the units and its cost. Looks as deep as `cost`, that of the even division, is worth.
fn divide(segment: &Segment, query: &Value, radius: u32, cost: u64) -> Option<(Units, u64)> {
    let layout = segment.layout();
    let mut costs = [[0; UNITS_MAX + 1]; CHUNKS_MAX];
    let mut entries = [0; CHUNKS_MAX];
    let (mut best, mut spent) = (None, cost);
    for units in 1..=UNITS_MAX {
        let flips = units as u32 - 1;
        let keys = |chunk: usize| near_keys(layout.width(chunk), flips);
        let looks: u64 = (0..layout.chunks()).map(keys).sum();
        if looks * LOOK_COST > spent {
            break;
        }
        for chunk in 0..layout.chunks() {
            entries[chunk] += segment.entries_at(query, chunk, flips);
            costs[chunk][units] = keys(chunk) * PROBE_COST + entries[chunk] * entry_cost(layout, units as u8);
        }
        best = cheapest(&costs[..layout.chunks()], units, radius as usize + 1).or(best);
        spent = best.map_or(cost, |(_, planned)| planned.min(cost));
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
