//! Proofs, checked by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use crate::{Hash, Problem, What, hash_of_pair};

/// Checks that an entry with this hash (see [`crate::hash_of_entry`]) is number `index`, from 0, in the log of
/// `size` entries with this root.
pub fn inclusion(root: &Hash, size: u64, index: u64, entry: &Hash, path: &[Hash]) -> Result<(), Problem> {
    let place = || format!("entry {index}");
    if index >= size {
        return Err(What::OutOfRange { asked: index, size }.at(place()));
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *entry);
    for step in path {
        if last == 0 {
            return Err(What::Proof.at(place()));
        }
        if at & 1 == 1 || at == last {
            hash = hash_of_pair(step, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = hash_of_pair(&hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(What::Proof.at(place())) }
}

/// Checks that the log (`size`, `root`) continues the earlier log (`old_size`, `old_root`). Of an empty earlier
/// log nothing is to be proved, and the path must be empty.
pub fn consistency(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> Result<(), Problem> {
    let ((old_size, old_root), (size, root)) = (old, new);
    let place = || format!("size {old_size}");
    let refuse = || Err(What::Proof.at(place()));
    if old_size > size {
        return Err(What::OutOfRange { asked: old_size, size }.at(place()));
    }
    if old_size == size || old_size == 0 {
        let same = if old_size == 0 { *old_root == crate::digest(&[]) } else { old_root == root };
        return if path.is_empty() && same { Ok(()) } else { refuse() };
    }
    let mut steps = path.iter();
    // A complete old tree is a node of the new one, and its root is known.
    let first = if old_size.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return refuse() };
    let (mut at, mut last) = (old_size - 1, size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut from_old, mut from_new) = (*first, *first);
    for step in steps {
        if last == 0 {
            return refuse();
        }
        if at & 1 == 1 || at == last {
            from_old = hash_of_pair(step, &from_old);
            from_new = hash_of_pair(step, &from_new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            from_new = hash_of_pair(&from_new, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && from_old == *old_root && from_new == *root { Ok(()) } else { refuse() }
}
