//! An append-only Merkle log: append, prove, lay out as tiles.
//!
//! The tree is that of RFC 6962 (SHA-256; a leaf is hashed after a 0 byte, a node after a 1 byte). The files
//! are those of C2SP tlog-tiles, the head is a C2SP tlog-checkpoint in a signed note, so any tool that knows
//! these reads the log. The rejected alternative was a hash chain: it appends as cheaply, but proving one record
//! needs all that came after it.
//!
//! The caller keeps the truth (entries and leaf hashes, in order) and hands it over; tiles and checkpoints are
//! derived from it and can be made again from zero at any time.
//!
//! - [`Frontier`]: the head that is kept beside the data; appending touches nothing else.
//! - [`tiles::extend`]: writes the tile files that a grown log needs.
//! - [`checkpoint::sign`]: signs the head.
//! - [`proof::inclusion`], [`proof::consistency`]: proofs from leaf hashes or from tiles.
//!
//! Nothing here verifies: the independent verifier is another crate that shares no code with this one.

pub mod checkpoint;
mod frontier;
pub mod proof;
#[cfg(test)]
mod reference;
pub mod tile;
pub mod tiles;

pub use frontier::{BadFrontier, Frontier};

use sha2::{Digest, Sha256};

/// A SHA-256 hash, 32 bytes.
pub type Hash = [u8; 32];

/// The hash of one entry: SHA-256 of a 0 byte and the entry (RFC 6962, section 2.1).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of an inner node: SHA-256 of a 1 byte, the left and the right hash (RFC 6962, section 2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree with no entries: SHA-256 of nothing (RFC 6962, section 2.1).
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}
