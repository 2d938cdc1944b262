//! Searching a segment.

use super::{
    DIRECTORY_BYTES, ROW_AND_TAIL_BYTES, ROW_BYTES, SKETCH_BYTES, Segment, VALUE_BYTES, entry_bytes, word,
};
use crate::Value;
use crate::count::{PAD_BYTES, Wanted, Words, each_within, prefetch, select};
use crate::distance;
use crate::layout::{SKETCH_BITS, TAIL_BITS, bits, each_near_key};
use crate::plan::{self, Units};

/// A row within the radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) row: u32,
    pub(crate) distance: u32,
}

/// A bucket that a search reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe {
    chunk: u32,
    /// Bits of the sketch that may differ.
    limit: u16,
    /// The same of sketch and tail together.
    tail_limit: u16,
    /// The key, until the directory was read; then the first entry.
    start: u32,
    /// Behind the last entry.
    end: u32,
}

impl Probe {
    pub(crate) fn entries(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn chunk(&self) -> usize {
        self.chunk as usize
    }
}

/// An entry whose sketch is near enough.
struct Near {
    /// Where its row stands.
    row: usize,
    /// The query's, and the bits of it that may differ.
    tail: u8,
    limit: u16,
}

/// Buckets and values that are asked from memory before they are read, so that the waits overlap.
const BUCKETS_AHEAD: usize = 16;
const VALUES_AHEAD: usize = 24;
/// Lines of a bucket that are asked for; the processor sees by itself how a long one goes on.
const LINES_AHEAD: usize = 8;
const LINE_BYTES: usize = 64;
/// A search that must compare more than this part of all values reads them in order instead.
const COMPARED_PART: usize = 8;
/// So many rows are not sorted to find those that are there twice.
const REPEATED_MIN: usize = 64;
/// With one row in so many, a bit for each of all is less than a table of these.
const BIT_EACH_PART: usize = 64;

impl Segment {
    /// Appends every row within the radius, each once, in any order.
    pub(crate) fn within(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let done =
            plan::of(self, query, radius).is_some_and(|probes| self.probe(query, radius, &probes, hits));
        if !done {
            hits.truncate(from);
            each_within(self.values(), query, radius, &mut |row, distance| {
                hits.push(Hit { row: row as u32, distance });
            });
        }
    }

    /// The buckets that a search with these units reads.
    pub(crate) fn probes(&self, query: &Value, units: &Units) -> Vec<Probe> {
        let mut probes = Vec::with_capacity(512);
        for chunk in (0..self.layout.chunks()).filter(|chunk| units[*chunk] > 0) {
            let own = u32::from(units[chunk]);
            let following =
                |bits| self.layout.following(chunk, bits).map(|next| u32::from(units[next])).sum();
            let (next, later): (u32, u32) = (following(SKETCH_BITS), following(SKETCH_BITS + TAIL_BITS));
            let (width, directory) = (self.layout.width(chunk), self.places.tables[chunk].directory);
            let key = bits(query, self.layout.start(chunk), width);
            each_near_key(key, width, own - 1, &mut |key, flipped| {
                prefetch(&self.bytes, directory + key as usize * DIRECTORY_BYTES);
                let limit = |more| (own + more - 1 - flipped) as u16;
                let (limit, tail_limit) = (limit(next), limit(later));
                probes.push(Probe { chunk: chunk as u32, limit, tail_limit, start: key, end: 0 });
            });
        }
        for probe in &mut probes {
            let place =
                self.places.tables[probe.chunk as usize].directory + probe.start as usize * DIRECTORY_BYTES;
            probe.end = word(&self.bytes, place + DIRECTORY_BYTES).min(self.distinct as u32);
            probe.start = word(&self.bytes, place).min(probe.end);
        }
        probes
    }

    /// Entries of the buckets whose key differs from the query's chunk in exactly `flips` bits.
    pub(crate) fn entries_at(&self, query: &Value, chunk: usize, flips: u32) -> u64 {
        let (width, directory) = (self.layout.width(chunk), self.places.tables[chunk].directory);
        let mut entries = 0;
        let key = bits(query, self.layout.start(chunk), width);
        each_near_key(key, width, flips, &mut |key, flipped| {
            if flipped == flips {
                let place = directory + key as usize * DIRECTORY_BYTES;
                let (start, end) = (word(&self.bytes, place), word(&self.bytes, place + DIRECTORY_BYTES));
                entries += u64::from(end.saturating_sub(start));
            }
        });
        entries
    }

    /// Reads the buckets. `false` when so much is left to compare that reading all is less work.
    fn probe(&self, query: &Value, radius: u32, probes: &[Probe], hits: &mut Vec<Hit>) -> bool {
        let rows_max = self.distinct / COMPARED_PART + 1024;
        let mut entries = Vec::with_capacity(1024);
        let (mut chosen, mut near) = (Vec::new(), Vec::with_capacity(1024));
        for probe in &probes[..probes.len().min(BUCKETS_AHEAD)] {
            self.ask_for(probe);
        }
        for (n, probe) in probes.iter().enumerate() {
            if let Some(later) = probes.get(n + BUCKETS_AHEAD) {
                self.ask_for(later);
            }
            if self.layout.sketch {
                self.select(query, probe, &mut chosen, &mut near);
            } else {
                let bucket = self.bucket(probe);
                entries.extend((0..probe.entries()).map(|entry| bucket + entry * ROW_BYTES));
            }
            if entries.len() + near.len() > rows_max {
                return false;
            }
        }
        // The tails come last: their memory was asked for bucket by bucket.
        for Near { row, tail, limit } in near {
            if ((word(&self.bytes, row) >> 24) as u8 ^ tail).count_ones() <= u32::from(limit) {
                entries.push(row);
            }
        }
        self.compare(query, radius, &entries, hits);
        true
    }

    #[inline(always)]
    fn bucket(&self, probe: &Probe) -> usize {
        self.places.tables[probe.chunk()].buckets + probe.start as usize * entry_bytes(&self.layout)
    }

    /// Appends the entries whose sketch is near enough.
    fn select(&self, query: &Value, probe: &Probe, chosen: &mut Vec<u32>, near: &mut Vec<Near>) {
        let start = self.layout.start(probe.chunk()) + self.layout.width(probe.chunk()) as usize;
        let follows = bits(query, start, SKETCH_BITS + TAIL_BITS);
        let wanted = Wanted { sketch: follows as u16, limit: u32::from(probe.limit) };
        let bucket = self.bucket(probe);
        let rows = bucket + probe.entries() * SKETCH_BYTES;
        chosen.clear();
        select(&self.bytes[bucket..rows + PAD_BYTES], probe.entries(), wanted, 0, chosen);
        for entry in &*chosen {
            let row = rows + *entry as usize * ROW_AND_TAIL_BYTES;
            prefetch(&self.bytes, row);
            let sketch = word(&self.bytes, bucket + *entry as usize * SKETCH_BYTES) as u16;
            let differ = (follows as u16 ^ sketch).count_ones() as u16;
            near.push(Near { row, tail: (follows >> SKETCH_BITS) as u8, limit: probe.tail_limit - differ });
        }
    }

    fn ask_for(&self, probe: &Probe) {
        let start = self.bucket(probe);
        let bytes = if self.layout.sketch { SKETCH_BYTES } else { ROW_BYTES };
        let end = start + probe.entries() * bytes;
        for line in (start / LINE_BYTES..end.div_ceil(LINE_BYTES)).take(LINES_AHEAD) {
            prefetch(&self.bytes, line * LINE_BYTES);
        }
    }

    /// Compares the values behind the entries of the tables, and takes those that share a value along.
    fn compare(&self, query: &Value, radius: u32, entries: &[usize], hits: &mut Vec<Hit>) {
        let from = hits.len();
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
        let values = self.values();
        for (n, row) in rows.iter().enumerate() {
            if let Some(later) = rows.get(n + VALUES_AHEAD) {
                prefetch(&self.bytes, *later as usize * VALUE_BYTES);
            }
            let distance = distance(&values[*row as usize].words(), query);
            if distance <= radius {
                hits.push(Hit { row: *row, distance });
            }
        }
        for n in from..hits.len() {
            let Hit { row, distance } = hits[n];
            let value = values[row as usize];
            let same = values[row as usize + 1..].iter().take_while(|other| **other == value).count() as u32;
            hits.extend((row + 1..=row + same).map(|row| Hit { row, distance }));
        }
    }
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
