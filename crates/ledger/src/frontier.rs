//! The right edge of the tree: all that appending needs.

use crate::{Hash, empty_root, node_hash};

/// A tree reduced to its size and the roots of its largest complete subtrees, left to right, one for each bit
/// that is set in the size. At most 64 hashes, however long the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash>,
}

/// Stored bytes that are no frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a frontier: {len} bytes where a tree of this size needs {needed}")]
pub struct BadFrontier {
    /// Bytes that were given.
    pub len: usize,
    /// Bytes that the size at their beginning asks for (8 when there is not even a size).
    pub needed: usize,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// From the parts; `edge` must hold one hash for each bit set in `size`, largest subtree first.
    pub(crate) fn from_edge(size: u64, edge: Vec<Hash>) -> Self {
        debug_assert_eq!(edge.len(), size.count_ones() as usize);
        Self { size, edge }
    }

    /// Number of entries in the tree.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash (see [`crate::leaf_hash`]). Costs one or two node hashes on average, at most 64.
    pub fn append(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each bit set at the low end of the size is a complete subtree that the new leaf completes further.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// The root hash of the tree (RFC 6962, MTH).
    pub fn root(&self) -> Hash {
        let mut from_right = self.edge.iter().rev();
        let Some(last) = from_right.next() else {
            return empty_root();
        };
        from_right.fold(*last, |right, left| node_hash(left, &right))
    }

    /// Size as 8 bytes big-endian, then the hashes, largest subtree first: 8 to 2,056 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.edge.iter().flatten());
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote. Fails when the length does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadFrontier> {
        let Some((size, hashes)) = bytes.split_first_chunk::<8>() else {
            return Err(BadFrontier { len: bytes.len(), needed: 8 });
        };
        let size = u64::from_be_bytes(*size);
        let needed = 8 + 32 * size.count_ones() as usize;
        if bytes.len() != needed {
            return Err(BadFrontier { len: bytes.len(), needed });
        }
        let edge = hashes.as_chunks::<32>().0.to_vec();
        Ok(Self { size, edge })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{leaf_hash, reference};
    use proptest::prelude::*;

    #[test]
    fn roots_equal_the_definition_up_to_520() {
        let entries: Vec<Vec<u8>> = (0..520u32).map(|i| i.to_be_bytes().to_vec()).collect();
        let mut frontier = Frontier::new();
        for (n, entry) in entries.iter().enumerate() {
            assert_eq!(frontier.root(), reference::root(&entries[..n]), "size {n}");
            frontier.append(leaf_hash(entry));
            assert_eq!(frontier.size(), n as u64 + 1);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(reference::trials()))]

        #[test]
        fn frontier_survives_its_bytes(before in 0u32..600, after in 0u32..40) {
            let mut kept = Frontier::new();
            (0..before).for_each(|i| kept.append(leaf_hash(&i.to_le_bytes())));
            let bytes = kept.to_bytes();
            let mut read = Frontier::from_bytes(&bytes).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(&read, &kept);
            for i in 0..after {
                kept.append(leaf_hash(&i.to_be_bytes()));
                read.append(leaf_hash(&i.to_be_bytes()));
            }
            prop_assert_eq!(read.root(), kept.root());
            prop_assert!(Frontier::from_bytes(&bytes[..bytes.len() - 1]).is_err());
            prop_assert!(Frontier::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        }
    }
}
