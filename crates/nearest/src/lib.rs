//! Exact search within a Hamming radius over lists of 256-bit values that change.
//!
//! The crate knows ids and values, not what they stand for: PDQ hashes of pictures are one use. Exact means
//! that every value within the radius is found, at every radius, whatever the list looks like. An index that
//! finds most of them was rejected: a missed match is a missed picture, and no list is uniform.
//!
//! - [`Nearest`] is what callers hold for a list in memory, and [`Scan`] is one: it reads the whole list for each
//!   query. It is the reference that the index is tested against, and good enough to some ten thousand values.
//! - [`Index`] is a list in a folder, for millions of values that change while they are searched. [`Snapshot`]
//!   is what a search sees: one state, which no writer and no merge changes or holds up.
//!
//! ```
//! # fn main() -> nearest::Result<()> {
//! # let folder = std::env::temp_dir().join(format!("nearest-doc-{}", std::process::id()));
//! use nearest::{Index, Profile};
//!
//! let index = Index::build(&folder, Profile::Fast, [(7, [1, 2, 3, 4]), (8, [!0; 4])])?;
//! index.insert(9, [1, 2, 3, 7])?;
//! index.sync()?; // durable from here on
//! let found = index.within(&[1, 2, 3, 4], 31);
//! assert_eq!(found.iter().map(|near| (near.id, near.distance)).collect::<Vec<_>>(), [(7, 0), (9, 2)]);
//! # drop(index);
//! # std::fs::remove_dir_all(&folder).ok();
//! # Ok(())
//! # }
//! ```
//!
//! # How a search works
//!
//! Cut the 256 bits into 16 chunks of 16. Two values within 31 bits differ in at most one bit in some chunk, for
//! 16 × 2 is more than 31. So a table for each chunk, from the chunk's bits to the rows that have them, and 17
//! lookups in each (the chunk as it is, and with each bit turned) find every candidate: 272 buckets, 41,000 of
//! 10 million even values. This is multi-index hashing (Norouzi, Punjani, Fleet, "Fast exact search in Hamming
//! space with multi-index hashing", 2014; Manku, Jain, Das Sarma, "Detecting near-duplicates for web crawling",
//! 2007). Fetching 41,000 values from memory costs about a millisecond, so they are sorted out before:
//!
//! - Lay the chunks in a ring and give each two units. The differing bits are fewer than the units, so there is a
//!   chunk from which on *every* run of chunks has fewer differing bits than units (the cycle lemma; Qin, Xiao,
//!   "Pigeonring", 2018). An entry that was found with one turned bit may therefore differ in at most two bits of
//!   the *next* chunk. These 16 bits stand beside the entry; two in a thousand pass. Eight bits more stand beside
//!   the row, and a dozen values are left to be fetched. Before that, a search reads 2 bytes a candidate, in
//!   order, sixteen at a time.
//! - Memory is asked for the directories of all buckets first, then for some buckets ahead, then for the values
//!   ahead, so that hundreds of waits overlap.
//! - The bits are rearranged by a seed of each index, so values that share a run of bits do not share a bucket.
//! - On an uneven list the units are divided by the sizes of the buckets that this query meets (Qin and others,
//!   "GPH: similarity search in Hamming space", 2018): a crowded bucket is left out, at the price of one more turned
//!   bit elsewhere. When no division is cheaper than reading the whole list, the whole list is read: that bounds
//!   every search, at every radius.
//! - Many values around one have tables of their own, over the half of the bits in which they differ most, and stand by
//!   their distance from that one: a search from elsewhere passes them by, and one from among them does not meet them
//!   in every bucket.
//!
//! The lean profile has 12 wider chunks with up to two turned bits, 5,600 candidates, and no bits beside them.
//!
//! # How a list changes
//!
//! Like a log-structured merge tree. Values go into a *head* in memory, and into a *log*. When the head is full it
//! becomes a *segment*: an immutable mapped file (its layout: `segment/mod.rs`). Small segments are written anew with
//! the head; larger ones are merged in the background such that each outweighs the smaller ones. What is taken out
//! of a segment is a bit in a set of *dead* rows until a merge drops it. Snapshots share pages of head and dead
//! rows with the writer, which copies a page before it changes it.
//!
//! # What survives
//!
//! [`Index::sync`] is the acknowledgement: changes before it survive the loss of power. All others are kept in
//! order or lost from the end. A *manifest* names the files that count; it is replaced by renaming after all that
//! it names is durable. Every file has checksums: manifest, log and dead rows are checked when they are opened;
//! of segments the footer then, and all blocks by [`Snapshot::verify`] and before a flush or merge copies them. Between
//! these a damaged segment can hide a value, but not lead outside the file. Reading all of a large index at each
//! opening would cost more than a second; call `verify` where that is right.
//!
//! After a failed write nothing is written any more ([`Error::Failed`]) until the index is opened again.

mod count;
mod dead;
mod disk;
mod error;
mod head;
mod index;
mod layout;
mod log;
mod manifest;
mod merge;
mod plan;
mod scan;
mod segment;
mod shuffle;
mod snapshot;
#[cfg(test)]
mod trials;
mod writer;

pub use error::{Error, Result};
pub use index::Index;
pub use layout::Profile;
pub use log::Change;
pub use scan::Scan;
pub use snapshot::{Size, Snapshot};

/// A value: 256 bits as four words. The order of words and bits is the caller's, as long as it is one.
pub type Value = [u64; 4];

/// What a query found.
///
/// Ordered by distance, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbour {
    /// Bits that differ from the query: 0 to 256.
    pub distance: u32,
    /// The id given at [`Nearest::insert`].
    pub id: u64,
}

/// `id:distance`
impl std::fmt::Display for Neighbour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}", self.id, self.distance)
    }
}

/// A list of values under ids, searched by nearness. An id has one value; a value may have many ids.
pub trait Nearest {
    /// Every id whose value differs from `query` in at most `radius` bits, nearest first, then by id.
    /// A radius of 256 or more returns the whole list.
    fn within(&self, query: &Value, radius: u32) -> Vec<Neighbour>;

    /// Puts `value` under `id` and returns the value that was there. It is found by the next query.
    fn insert(&mut self, id: u64, value: Value) -> Option<Value>;

    /// Takes `id` out and returns its value. It is not found by the next query.
    fn remove(&mut self, id: u64) -> Option<Value>;

    /// Ids held.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Bits that differ: 0 to 256.
#[must_use]
#[inline]
pub fn distance(a: &Value, b: &Value) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}
