//! Searching a segment.

use super::{
    DIRECTORY_BYTES, Group, ROW_AND_TAIL_BYTES, ROW_BYTES, SKETCH_BYTES, Segment, Set, VALUE_BYTES,
    entry_bytes, word,
};
use crate::Value;
use crate::count::{PAD_BYTES, Wanted, Words, each_within, prefetch, select};
use crate::distance;
use crate::layout::{SKETCH_BITS, TAIL_BITS, bits, each_near_key, near_keys};
use crate::plan::{self, Asked, CHUNKS_MAX, SCAN_COST, Units, VALUE_COST};

/// A row within the radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) row: u32,
    pub(crate) distance: u32,
}

/// What a search looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    pub(crate) buckets: usize,
    /// Entries of these.
    pub(crate) entries: usize,
    /// Values fetched one by one.
    pub(crate) values: usize,
    /// Values read in order.
    pub(crate) scanned: usize,
}

/// A bucket that a search reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe {
    /// The key, until the directory was read; then the first entry.
    start: u32,
    /// Behind the last entry.
    end: u32,
    chunk: u8,
    /// Bits of the sketch that may differ.
    limit: u8,
    /// The same of sketch and tail together.
    tail_limit: u8,
}

impl Probe {
    pub(crate) fn entries(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn chunk(&self) -> usize {
        usize::from(self.chunk)
    }
}

/// An entry whose sketch is near enough.
struct Near {
    /// Where its row stands.
    row: usize,
    /// The query's, and the bits of it that may differ.
    tail: u8,
    limit: u8,
}

/// Buckets and values that are asked from memory before they are read, so that the waits overlap.
const BUCKETS_AHEAD: usize = 16;
const VALUES_AHEAD: usize = 24;
/// Tails are held against the query's when so many wait, and the last ones, whose memory may not have come, later. So
/// the list stays small and near, whatever a query meets.
const TAILS_TOGETHER: usize = 512;
const TAILS_LATER: usize = 64;
/// Lines of a bucket that are asked for; the processor sees by itself how a long one goes on.
const LINES_AHEAD: usize = 8;
const LINE_BYTES: usize = 64;
/// So many times more than planned, and so many rows, may be left to compare.
const WRONG_PLAN: u64 = 3;
const ROWS_ALWAYS: usize = 1_024;
/// Sketches that are looked at to learn how many of a chunk's are near.
const SAMPLE: u64 = 64;
const SAMPLE_A_BUCKET: usize = 32;
/// So many rows are not sorted to find those that are there twice.
const REPEATED_MIN: usize = 64;
/// With one row in so many, a bit for each of all is less than a table of these.
const BIT_EACH_PART: usize = 64;

impl Segment {
    /// Appends every row within the radius, each once, in any order.
    pub(crate) fn within(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>) -> Looked {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("popcnt") {
            #[expect(
                unsafe_code,
                reason = "AVX2 and the count instruction are not in the base set of x86-64"
            )]
            // SAFETY: the processor has the two features that the function asks for, as just detected.
            return unsafe { self.within_avx2(query, radius, hits) };
        }
        self.within_portable(query, radius, hits)
    }

    /// The portable search, compiled as one with the inner loops for this processor.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,popcnt")]
    fn within_avx2(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>) -> Looked {
        self.within_portable(query, radius, hits)
    }

    #[inline(always)]
    fn within_portable(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>) -> Looked {
        let (from, mut looked) = (hits.len(), Looked::default());
        if self.by_tables(query, radius, hits, &mut looked).is_none() {
            hits.truncate(from);
            looked.scanned += self.rows();
            each_within(self.values(), query, radius, &mut |row, distance| {
                hits.push(Hit { row: row as u32, distance });
            });
        }
        looked
    }

    /// The same out of the tables. Nothing, and `hits` as may be, when reading all is less work.
    #[inline(always)]
    fn by_tables(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>, looked: &mut Looked) -> Option<()> {
        let all = self.distinct as u64 * SCAN_COST;
        let asked = Asked { set: &self.places.main, query, radius };
        let (entries, cost) = self.in_set(&asked, all, looked)?;
        self.compare((query, radius), &entries, hits, looked);
        let mut left = all.saturating_sub(cost);
        for group in &self.places.groups {
            left -= self.in_group(group, (query, radius), left, (hits, looked))?;
        }
        Some(())
    }

    /// The same in a group, by its tables or by the distance from its centre. Returns what it cost; nothing when
    /// that is more than `most`.
    #[inline(always)]
    fn in_group(
        &self,
        group: &Group,
        (query, radius): (&Value, u32),
        most: u64,
        (hits, looked): (&mut Vec<Hit>, &mut Looked),
    ) -> Option<u64> {
        let Group { set, by_distance, .. } = group;
        let own = distance(&group.centre, query);
        let before = |distance: u32| {
            let place = by_distance.directory + distance as usize * DIRECTORY_BYTES;
            (word(&self.bytes, place) as usize).min(set.entries)
        };
        let last = before(own.saturating_add(radius).min(256) + 1);
        let first = before(own.saturating_sub(radius)).min(last);
        if first == last {
            return Some(0);
        }
        let in_order = (last - first) as u64 * SCAN_COST;
        let turned = group.order.turn(query);
        let asked = Asked { set, query: &turned, radius };
        if let Some((entries, cost)) = self.in_set(&asked, most.min(in_order), looked) {
            self.compare((query, radius), &entries, hits, looked);
            return Some(cost);
        }
        if in_order > most {
            return None;
        }
        looked.scanned += last - first;
        let values =
            &self.bytes[by_distance.buckets..][..set.entries * VALUE_BYTES].as_chunks().0[first..last];
        let rows = by_distance.buckets + set.entries * VALUE_BYTES;
        let from = hits.len();
        each_within::<[u8; VALUE_BYTES]>(values, query, radius, &mut |at, distance| {
            hits.push(Hit { row: self.row_at(rows + (first + at) * ROW_BYTES), distance });
        });
        self.take_repeats_along(from, hits);
        Some(in_order)
    }

    /// Where the rows stand that a set of tables leaves to compare, and what that costs with the comparison; nothing
    /// when it is more than `most`.
    #[inline(always)]
    fn in_set(&self, asked: &Asked, most: u64, looked: &mut Looked) -> Option<(Vec<usize>, u64)> {
        let (probes, cost) = plan::at_once(self, asked, most)?;
        let planned = probes.map(|probes| (self.probe(asked, (&probes, cost), looked), cost));
        if let Some((Some(entries), cost)) = planned {
            return Some((entries, cost));
        }
        // Crowded buckets, or sketches that sort too little out.
        let (probes, cost) = plan::with_care(self, asked, most)?;
        Some((self.probe(asked, (&probes, cost), looked)?, cost))
    }

    /// The buckets that a search with these units reads.
    pub(crate) fn probes(&self, asked: &Asked, units: &Units) -> Vec<Probe> {
        let (layout, tables) = (&asked.set.layout, &asked.set.tables);
        let chunks = || (0..layout.chunks()).filter(|chunk| units[*chunk] > 0);
        let keys = chunks().map(|chunk| near_keys(layout.width(chunk), u32::from(units[chunk]) - 1));
        // As many as there will be: with three flipped bits they are thousands, and growing would take the time of a
        // tenth of the search.
        let mut probes = Vec::with_capacity(keys.sum::<u64>() as usize);
        for chunk in chunks() {
            let own = u32::from(units[chunk]);
            let following = |bits| layout.following(chunk, bits).map(|next| u32::from(units[next])).sum();
            let (next, later): (u32, u32) = (following(SKETCH_BITS), following(SKETCH_BITS + TAIL_BITS));
            let (width, directory) = (layout.width(chunk), tables[chunk].directory);
            let key = bits(asked.query, layout.start(chunk), width);
            each_near_key(key, width, own - 1, &mut |key, flipped| {
                prefetch(&self.bytes, directory + key as usize * DIRECTORY_BYTES);
                let limit = |more| (own + more - 1 - flipped) as u8;
                let (limit, tail_limit) = (limit(next), limit(later));
                probes.push(Probe { start: key, end: 0, chunk: chunk as u8, limit, tail_limit });
            });
        }
        for probe in &mut probes {
            let place = tables[probe.chunk()].directory + probe.start as usize * DIRECTORY_BYTES;
            probe.end = word(&self.bytes, place + DIRECTORY_BYTES).min(asked.set.entries as u32);
            probe.start = word(&self.bytes, place).min(probe.end);
        }
        probes
    }

    /// Entries of the buckets whose key differs from the query's chunk in exactly `flips` bits, and how many of
    /// them, by a sample, have a sketch that differs in at most `limit` bits.
    pub(crate) fn entries_at(&self, asked: &Asked, chunk: usize, (flips, limit): (u32, u32)) -> (u64, u64) {
        let (layout, table) = (&asked.set.layout, &asked.set.tables[chunk]);
        let (start, width) = (layout.start(chunk), layout.width(chunk));
        let sketch = bits(asked.query, start + width as usize, SKETCH_BITS) as u16;
        let (mut entries, mut looked, mut near) = (0, 0, 0);
        each_near_key(bits(asked.query, start, width), width, flips, &mut |key, flipped| {
            if flipped != flips {
                return;
            }
            let place = table.directory + key as usize * DIRECTORY_BYTES;
            let end = word(&self.bytes, place + DIRECTORY_BYTES).min(asked.set.entries as u32);
            let start = word(&self.bytes, place).min(end);
            entries += u64::from(end - start);
            if !layout.sketch || looked >= SAMPLE {
                return;
            }
            let bucket = table.buckets + start as usize * entry_bytes(layout);
            for entry in (0..(end - start) as usize).step_by((end - start) as usize / SAMPLE_A_BUCKET + 1) {
                let held = word(&self.bytes, bucket + entry * SKETCH_BYTES) as u16;
                near += u64::from((held ^ sketch).count_ones() <= limit);
                looked += 1;
            }
        });
        (entries, (entries * near).checked_div(looked).unwrap_or_default())
    }

    /// Reads the buckets: where the rows stand that are left. Nothing when so many are left that the plan was wrong
    /// about the cost.
    #[inline(always)]
    fn probe(
        &self,
        asked: &Asked,
        (probes, cost): (&[Probe], u64),
        looked: &mut Looked,
    ) -> Option<Vec<usize>> {
        let rows_max = (WRONG_PLAN * cost / VALUE_COST) as usize + ROWS_ALWAYS;
        let mut entries = Vec::with_capacity(1024);
        let (mut chosen, mut near) = (Vec::new(), Vec::with_capacity(2 * TAILS_TOGETHER));
        let mut left = 0;
        looked.buckets += probes.len();
        for probe in &probes[..probes.len().min(BUCKETS_AHEAD)] {
            self.ask_for(asked.set, probe);
        }
        let mut follows = [0; CHUNKS_MAX];
        for (chunk, follows) in follows.iter_mut().enumerate().take(asked.set.layout.chunks()) {
            let layout = &asked.set.layout;
            let end = layout.start(chunk) + layout.width(chunk) as usize;
            *follows = bits(asked.query, end, SKETCH_BITS + TAIL_BITS);
        }
        for (n, probe) in probes.iter().enumerate() {
            if let Some(later) = probes.get(n + BUCKETS_AHEAD) {
                self.ask_for(asked.set, later);
            }
            looked.entries += probe.entries();
            if asked.set.layout.sketch {
                self.select(asked.set, (probe, follows[probe.chunk()]), &mut chosen, &mut near);
                left += chosen.len();
                if near.len() >= TAILS_TOGETHER {
                    let now = near.len() - TAILS_LATER;
                    self.by_tails(near.drain(..now), &mut entries);
                }
            } else {
                let bucket = bucket(asked.set, probe);
                entries.extend((0..probe.entries()).map(|entry| bucket + entry * ROW_BYTES));
                left = entries.len();
            }
            if left > rows_max {
                return None;
            }
        }
        self.by_tails(near.into_iter(), &mut entries);
        Some(entries)
    }

    /// Appends the entries whose tail is near enough too. Their memory was asked for bucket by bucket.
    #[inline(always)]
    fn by_tails(&self, near: impl Iterator<Item = Near>, entries: &mut Vec<usize>) {
        for Near { row, tail, limit } in near {
            if ((word(&self.bytes, row) >> 24) as u8 ^ tail).count_ones() <= u32::from(limit) {
                entries.push(row);
            }
        }
    }

    /// Appends the entries whose sketch is near enough.
    #[inline(always)]
    fn select(
        &self,
        set: &Set,
        (probe, follows): (&Probe, u32),
        chosen: &mut Vec<u32>,
        near: &mut Vec<Near>,
    ) {
        let wanted = Wanted { sketch: follows as u16, limit: u32::from(probe.limit) };
        let bucket = bucket(set, probe);
        let rows = bucket + probe.entries() * SKETCH_BYTES;
        chosen.clear();
        select(&self.bytes[bucket..rows + PAD_BYTES], probe.entries(), wanted, 0, chosen);
        for entry in &*chosen {
            let row = rows + *entry as usize * ROW_AND_TAIL_BYTES;
            prefetch(&self.bytes, row);
            let sketch = word(&self.bytes, bucket + *entry as usize * SKETCH_BYTES) as u16;
            let differ = (follows as u16 ^ sketch).count_ones() as u8;
            near.push(Near { row, tail: (follows >> SKETCH_BITS) as u8, limit: probe.tail_limit - differ });
        }
    }

    #[inline(always)]
    fn ask_for(&self, set: &Set, probe: &Probe) {
        let start = bucket(set, probe);
        let bytes = if set.layout.sketch { SKETCH_BYTES } else { ROW_BYTES };
        let end = start + probe.entries() * bytes;
        for line in (start / LINE_BYTES..end.div_ceil(LINE_BYTES)).take(LINES_AHEAD) {
            prefetch(&self.bytes, line * LINE_BYTES);
        }
    }

    /// Compares the values behind the entries of the tables.
    #[inline(always)]
    fn compare(
        &self,
        (query, radius): (&Value, u32),
        entries: &[usize],
        hits: &mut Vec<Hit>,
        looked: &mut Looked,
    ) {
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            rows.push(self.row_at(*entry));
        }
        // A row is found by each chunk that is near enough; in a group of near-copies by nearly all.
        if rows.len() >= REPEATED_MIN {
            take_repeats_out(&mut rows, self.rows());
        } else {
            rows.sort_unstable();
            rows.dedup();
        }
        looked.values += rows.len();
        let (from, values) = (hits.len(), self.values());
        for (n, row) in rows.iter().enumerate() {
            if let Some(later) = rows.get(n + VALUES_AHEAD) {
                prefetch(&self.bytes, *later as usize * VALUE_BYTES);
            }
            let distance = distance(&values[*row as usize].words(), query);
            if distance <= radius {
                hits.push(Hit { row: *row, distance });
            }
        }
        self.take_repeats_along(from, hits);
    }

    /// Appends the rows that share a value with one of the hits.
    #[inline(always)]
    fn take_repeats_along(&self, from: usize, hits: &mut Vec<Hit>) {
        let values = self.values();
        for n in from..hits.len() {
            let Hit { row, distance } = hits[n];
            let value = values[row as usize];
            let same = values[row as usize + 1..].iter().take_while(|other| **other == value).count() as u32;
            hits.extend((row + 1..=row + same).map(|row| Hit { row, distance }));
        }
    }
}

/// Where the bucket begins.
#[inline(always)]
fn bucket(set: &Set, probe: &Probe) -> usize {
    set.tables[probe.chunk()].buckets + probe.start as usize * entry_bytes(&set.layout)
}

/// Keeps the first of each row, out of so many that there are.
fn take_repeats_out(rows: &mut Vec<u32>, all: usize) {
    if rows.len() > all / BIT_EACH_PART {
        let mut seen = vec![0u64; all.div_ceil(64)];
        rows.retain(|row| {
            let (word, bit) = (&mut seen[*row as usize / 64], 1 << (row % 64));
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new
        });
        return;
    }
    // Open addressing, half empty. No row has the highest number.
    let mut seen = vec![u32::MAX; (2 * rows.len()).next_power_of_two()];
    let last = seen.len() - 1;
    rows.retain(|row| {
        let mut place = (u64::from(*row).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & last;
        while seen[place] != u32::MAX && seen[place] != *row {
            place = (place + 1) & last;
        }
        let is_new = seen[place] == u32::MAX;
        seen[place] = *row;
        is_new
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_taken_out() {
        let mut state = 1;
        for (count, all) in
            [(100, 50), (100, 1_000_000), (5_000, 1_000_000), (5_000, 3_000), (70_000, 90_000)]
        {
            let rows: Vec<u32> =
                (0..count).map(|_| (crate::shuffle::next(&mut state) % (all / 3)) as u32).collect();
            let mut once = rows.clone();
            take_repeats_out(&mut once, all as usize);
            once.sort_unstable();
            let expected: std::collections::BTreeSet<u32> = rows.into_iter().collect();
            assert_eq!(once, expected.into_iter().collect::<Vec<_>>(), "{count} of {all}");
        }
    }
}
