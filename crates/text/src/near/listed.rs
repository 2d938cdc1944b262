//! Many texts, and those of them that are near to one.
//!
//! Exact: [`Listed::near`] finds every listed text that [`Bar`] lets pass, as a loop over all of them would
//! ([`Shingles::overlap`], and the test that holds the two together). The way is the prefix filter of set joins
//! (Chaudhuri, Ganti, Kaushik, 2006): texts that share k of b runs share one of the b - k + 1 that are rarest in the
//! list, so of each listed text only these are looked at, and of frequent runs only the few texts for which they are
//! still among the rarest. A text that is a part of a listed one is found by its own rarest runs, through all places.
//!
//! Bounded: one search does at most [`WORK_MAX`] steps; one that would do more says that it is not complete. Only a
//! text that consists of what very many different listed texts have in common comes so far. Equal texts are one entry.
//!
//! Memory: about 13 bytes a run, so 250 bytes for a post of twenty words. Rejected: MinHash with bands, which loses
//! edits by chance, cannot find quotations, and takes as much; SimHash, which is blind for short texts.

mod build;
mod find;

use super::{Bar, Overlap, Relation, Shingles};

/// Places and runs that one search looks at.
pub const WORK_MAX: usize = 50_000;

/// No more near texts than this are returned for one text.
pub const FOUND_MAX: usize = 1_000;

/// The list has more texts or runs than fit: 2^31 of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("There are too many texts for one list.")
    }
}

impl std::error::Error for TooMany {}

/// A listed text that is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    /// Its place in the list, from 0.
    pub at: u32,
    /// Why it is near.
    pub relation: Relation,
    /// What is shared.
    pub overlap: Overlap,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// By place in the list; at most [`FOUND_MAX`].
    pub found: Vec<Near>,
    /// False when [`WORK_MAX`] or [`FOUND_MAX`] ended the search; what was found is right all the same.
    pub complete: bool,
}

/// A list of texts in which near ones are found. Does not change; shared between threads.
#[derive(Debug)]
pub struct Listed {
    bar: Bar,
    runs: Runs,
    /// For each run: the entry that alone has it, marked by [`ALONE`]; or where its places begin.
    places_of: Vec<u32>,
    /// For each run of several entries: how many, how many of them first, then the entries. Those come first for which
    /// the run is among their rarest.
    places: Vec<u32>,
    /// The numbers of the runs of each entry, in order.
    sets: Rows,
    /// The texts of each entry.
    texts: Rows,
}

/// Marks an entry in [`Listed::places_of`].
const ALONE: u32 = 1 << 31;

/// The different runs of the whole list, in order; a run's number is its rank. Ranks are found by the first bits, then
/// by the 32 bits after them; so two runs are taken for one when they agree in that many bits.
#[derive(Debug)]
struct Runs {
    /// How many first bits.
    bits: u32,
    /// The rank of the first run for each value of the first bits, and the end.
    starts: Vec<u32>,
    keys: Vec<u32>,
}

/// Keys that are looked at together; [`Runs::keys`] ends with so many that are none.
const KEYS_AT_ONCE: usize = 8;

impl Runs {
    /// Adds the ranks of those values that are listed, in their order.
    ///
    /// A list of some size lies in memory far from the processor. So a step is made for many values before the next one,
    /// and without branches: the processor then waits for all of them together and not for one after the other.
    fn add_ranks(&self, values: &[u64], ranks: &mut Vec<u32>) {
        let mut buckets = [(0, 0); 32];
        for values in values.chunks(buckets.len()) {
            for (bucket, value) in buckets.iter_mut().zip(values) {
                let first = (value >> (64 - self.bits)) as usize;
                *bucket = (self.starts[first], self.starts[first + 1]);
            }
            let found = buckets.iter().zip(values).filter_map(|(bucket, value)| self.rank(*bucket, *value));
            ranks.extend(found);
        }
    }

    /// The rank of a value in its bucket.
    fn rank(&self, (from, to): (u32, u32), value: u64) -> Option<u32> {
        let (key, count) = (key_of(value, self.bits), to - from);
        let keys = &self.keys[from as usize..];
        let first = keys.first_chunk::<KEYS_AT_ONCE>()?;
        let alike = (0..).zip(first).fold(0, |bits: u32, (at, other)| bits | u32::from(*other == key) << at);
        let at = alike.trailing_zeros();
        if at < count.min(KEYS_AT_ONCE as u32) {
            return Some(from + at);
        }
        // few buckets hold more
        let rest = keys.get(KEYS_AT_ONCE..count as usize)?;
        let at = rest.iter().position(|other| *other == key)?;
        Some(from + (KEYS_AT_ONCE + at) as u32)
    }
}

/// The 32 bits after the first ones.
fn key_of(value: u64, bits: u32) -> u32 {
    (value << bits >> 32) as u32
}

/// Lists of numbers, one after the other.
#[derive(Debug, Default)]
struct Rows {
    /// Where each begins, and the end.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Rows {
    fn get(&self, row: u32) -> &[u32] {
        let row = row as usize;
        &self.values[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

impl Listed {
    /// How many different texts are listed that have runs enough to be found.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.sets.starts.len().saturating_sub(1)
    }

    /// Bytes of memory that the list takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists = [&self.runs.starts, &self.runs.keys, &self.places_of, &self.places];
        let rows = [&self.sets.starts, &self.sets.values, &self.texts.starts, &self.texts.values];
        lists.into_iter().chain(rows).map(|list| list.capacity() * 4).sum()
    }
}

#[cfg(test)]
mod tests;
