//! The tree as RFC 6962 section 2.1 defines it: recursive, over all entries, slow and obvious.
//! The fast code is tested against this.

use crate::{Hash, empty_root, leaf_hash, node_hash};

/// Cases of a property test: 200, or what `RENVOI_TRIALS` asks for when that is more.
pub(crate) fn trials() -> u32 {
    std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(0).max(200)
}

/// The largest power of two smaller than `n`; `n` is at least 2.
fn split(n: usize) -> usize {
    1 << (n - 1).ilog2()
}

/// MTH(D\[n\]).
pub(crate) fn root(entries: &[Vec<u8>]) -> Hash {
    match entries {
        [] => empty_root(),
        [only] => leaf_hash(only),
        _ => {
            let (left, right) = entries.split_at(split(entries.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// PATH(m, D\[n\]).
pub(crate) fn inclusion(m: usize, entries: &[Vec<u8>]) -> Vec<Hash> {
    if entries.len() == 1 {
        return Vec::new();
    }
    let k = split(entries.len());
    let (left, right) = entries.split_at(k);
    if m < k {
        [inclusion(m, left), vec![root(right)]].concat()
    } else {
        [inclusion(m - k, right), vec![root(left)]].concat()
    }
}

/// PROOF(m, D\[n\]); `m` is 1 to n.
pub(crate) fn consistency(m: usize, entries: &[Vec<u8>]) -> Vec<Hash> {
    subproof(m, entries, true)
}

fn subproof(m: usize, entries: &[Vec<u8>], known: bool) -> Vec<Hash> {
    if m == entries.len() {
        return if known { Vec::new() } else { vec![root(entries)] };
    }
    let k = split(entries.len());
    let (left, right) = entries.split_at(k);
    if m <= k {
        [subproof(m, left, known), vec![root(right)]].concat()
    } else {
        [subproof(m - k, right, false), vec![root(left)]].concat()
    }
}
