//! An append-only Merkle log: append, prove, lay out as tiles.
