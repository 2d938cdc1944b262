//! Exact search within a Hamming radius over lists of 256-bit values that change.
//!
//! The crate knows ids and values, not what they stand for: PDQ hashes of pictures are one use. Exact means
//! that every value within the radius is found, at every radius, whatever the list looks like. An index that
//! finds most of them was rejected: a missed match is a missed picture, and no list is uniform.
//!
//! [`Nearest`] is what callers hold. [`Scan`] reads the whole list for each query: it is the reference that
//! any faster index is tested against, and good enough up to some hundred thousand values.

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
pub fn distance(a: &Value, b: &Value) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}
