//! Proofs that an entry is in the log, and that a later log continues an earlier one (RFC 6962, 2.1.1, 2.1.2).

use crate::{Hash, empty_root, node_hash, tiles::complete_root};

/// Where the roots of complete subtrees come from: leaf hashes in memory ([`Leaves`]) or tile files
/// ([`crate::tiles::TileNodes`]).
pub trait Nodes {
    /// Why a node could not be read.
    type Error;
    /// Number of entries.
    fn size(&self) -> u64;
    /// The root of the complete subtree of 2^`height` entries that begins at entry `index` * 2^`height`;
    /// it ends within [`Nodes::size`].
    fn node(&self, height: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// All leaf hashes of a log, in order. A proof hashes all of them: for small logs.
pub struct Leaves<'a>(pub &'a [Hash]);

impl Nodes for Leaves<'_> {
    type Error = std::convert::Infallible;

    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn node(&self, height: u32, index: u64) -> Result<Hash, Self::Error> {
        let first = (index << height) as usize;
        Ok(complete_root(&self.0[first..first + (1 << height)]))
    }
}

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProof<E> {
    /// There is no such entry or earlier size.
    #[error("{asked} is not within a log of {size} entries")]
    OutOfRange {
        /// Entry or size that was asked for.
        asked: u64,
        /// Size of the log.
        size: u64,
    },
    /// A node could not be read.
    #[error(transparent)]
    Node(#[from] E),
}

/// The root of the whole log.
pub fn root<N: Nodes>(nodes: &N) -> Result<Hash, N::Error> {
    range_root(nodes, 0, nodes.size())
}

/// The hashes that lead from entry `index` (from 0) to the root, lowest first; at most 64.
pub fn inclusion<N: Nodes>(nodes: &N, index: u64) -> Result<Vec<Hash>, NoProof<N::Error>> {
    let size = nodes.size();
    if index >= size {
        return Err(NoProof::OutOfRange { asked: index, size });
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range_root(nodes, middle, to)?);
            to = middle;
        } else {
            path.push(range_root(nodes, from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that this log continues its own first `old_size` entries (at least 1); at most 65.
pub fn consistency<N: Nodes>(nodes: &N, old_size: u64) -> Result<Vec<Hash>, NoProof<N::Error>> {
    let size = nodes.size();
    if old_size == 0 || old_size > size {
        return Err(NoProof::OutOfRange { asked: old_size, size });
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to != old_size {
        let middle = from + split(to - from);
        if old_size <= middle {
            path.push(range_root(nodes, middle, to)?);
            to = middle;
        } else {
            path.push(range_root(nodes, from, middle)?);
            from = middle;
        }
    }
    // When the walk never turned right, the old root is the node that is left, and the verifier has it.
    if from > 0 {
        path.push(range_root(nodes, from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// The largest power of two smaller than `n`; `n` is at least 2.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The root over the entries `from..to`, where `from` is a multiple of the largest power of two within the range
/// (true of every range that splitting reaches).
fn range_root<N: Nodes>(nodes: &N, from: u64, to: u64) -> Result<Hash, N::Error> {
    let mut parts = Vec::new();
    let mut at = from;
    while at < to {
        let height = (to - at).ilog2();
        parts.push(nodes.node(height, at >> height)?);
        at += 1 << height;
    }
    let mut from_right = parts.iter().rev();
    let last = from_right.next().copied().unwrap_or_else(empty_root);
    Ok(from_right.fold(last, |right, left| node_hash(left, &right)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::tiles::{Folder, TileNodes, extend};
    use crate::{leaf_hash, reference};
    use proptest::prelude::*;

    fn some_entries(n: usize) -> Vec<Vec<u8>> {
        (0..n).map(|i| i.to_string().into_bytes()).collect()
    }

    #[test]
    fn proofs_equal_the_definition_up_to_40() {
        for n in 1..=40 {
            let entries = some_entries(n);
            let leaves: Vec<Hash> = entries.iter().map(|e| leaf_hash(e)).collect();
            for m in 0..n {
                let (index, old) = (m as u64, m as u64 + 1);
                assert_eq!(inclusion(&Leaves(&leaves), index).unwrap(), reference::inclusion(m, &entries));
                assert_eq!(
                    consistency(&Leaves(&leaves), old).unwrap(),
                    reference::consistency(m + 1, &entries)
                );
            }
        }
    }

    #[test]
    fn out_of_range() {
        let leaves = [leaf_hash(b"a")];
        let refused = |asked| NoProof::OutOfRange { asked, size: 1 };
        assert_eq!(inclusion(&Leaves(&leaves), 1), Err(refused(1)));
        assert_eq!(consistency(&Leaves(&leaves), 0), Err(refused(0)));
        assert_eq!(consistency(&Leaves(&leaves), 2), Err(refused(2)));
    }

    #[test]
    fn proofs_from_tiles_equal_the_definition() {
        const STEP: usize = 37;
        let dir = std::env::temp_dir().join(format!("renvoi-ledger-proofs-{}", std::process::id()));
        let entries = some_entries(40 * STEP);
        for (i, piece) in entries.chunks(STEP).enumerate() {
            extend(&dir, (i * STEP) as u64, piece.to_vec()).unwrap();
        }
        let folder = Folder::new(&dir);
        let sizes = (1..=40usize).prop_flat_map(|steps| (Just(steps * STEP), 0..steps * STEP));
        let config =
            ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(reference::trials()) };
        let outcome = proptest::test_runner::TestRunner::new(config).run(&sizes, |(n, m)| {
            let nodes = TileNodes::new(&folder, n as u64);
            prop_assert_eq!(root(&nodes).unwrap(), reference::root(&entries[..n]));
            prop_assert_eq!(inclusion(&nodes, m as u64).unwrap(), reference::inclusion(m, &entries[..n]));
            let old = m as u64 + 1;
            prop_assert_eq!(consistency(&nodes, old).unwrap(), reference::consistency(m + 1, &entries[..n]));
            Ok(())
        });
        std::fs::remove_dir_all(&dir).unwrap();
        outcome.unwrap();
    }
}
