//! A whole log: computed again from its entries and compared with every file and the signed root.

use crate::files::{FULL, Listing, Row, cut, needed, path_of, read_limited};
use crate::note::NOTE_LIMIT_BYTES;
use crate::{Checkpoint, Hash, Problem, Vkey, What, digest, hash_of_entry, hash_of_pair, open};
use std::path::Path;

/// What was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Name of the log.
    pub origin: String,
    /// Entries that the checkpoint covers.
    pub size: u64,
    /// The signed root hash.
    pub root: Hash,
    /// Entries that were read and hashed; equal to `size`.
    pub entries: u64,
    /// Tile and bundle files that were compared.
    pub files: u64,
    /// Files with something that this checkpoint does not cover yet: written, but not published. Not proved.
    pub ahead: u64,
}

/// Verifies the log in a directory (`checkpoint`, `tile/…`) with the public key of its keeper.
///
/// Every file below `tile` must be one that this log has; every hash that the checkpoint covers is computed from
/// the entries and must be there byte for byte; the root must be the signed one. Stops at the first problem.
pub fn dir(path: &Path, vkey: &str) -> Result<Report, Problem> {
    let head = head(path, &Vkey::parse(vkey)?)?;
    let listing = Listing::read(path)?;
    check(path, &listing, head)
}

/// The checkpoint in a directory, with its signature checked.
pub(crate) fn head(path: &Path, vkey: &Vkey) -> Result<Checkpoint, Problem> {
    open(&read_limited(path, "checkpoint", NOTE_LIMIT_BYTES)?, vkey)
}

/// The comparison itself, with the files listed and the signature checked.
pub(crate) fn check(dir: &Path, listing: &Listing, head: Checkpoint) -> Result<Report, Problem> {
    let mut run = Run { dir, listing, size: head.size, files: 0 };
    let mut roots = Vec::new();
    for index in 0..head.size.div_ceil(FULL) {
        let leaves = run.bundle(index)?;
        run.tile(0, index, &leaves)?;
        roots.push(root_over(leaves));
    }
    let entries = head.size;
    if root_over(roots.clone()) != head.root {
        return Err(What::Root.at("checkpoint"));
    }
    // Tiles of the higher levels hold the roots of full tiles below.
    roots.truncate((head.size / FULL) as usize);
    for level in 1..8 {
        for (index, hashes) in roots.chunks(FULL as usize).enumerate() {
            run.tile(level, index as u64, hashes)?;
        }
        roots = roots.chunks_exact(FULL as usize).map(|full| root_over(full.to_vec())).collect();
    }
    let (files, ahead) = (run.files, listing.ahead(head.size));
    Ok(Report { origin: head.origin, size: head.size, root: head.root, entries, files, ahead })
}

struct Run<'a> {
    dir: &'a Path,
    listing: &'a Listing,
    size: u64,
    files: u64,
}

impl Run<'_> {
    /// Hashes the entries of a bundle; all files of this bundle must agree on them.
    fn bundle(&mut self, index: u64) -> Result<Vec<Hash>, Problem> {
        let needed = needed(None, index, self.size) as usize;
        let source = self.listing.source(self.dir, None, index, needed as u64)?;
        let entries = cut(&source.path, &source.bytes, source.width)?;
        for width in self.listing.widths(None, index) {
            self.files += 1;
            if *width == source.width {
                continue;
            }
            let other = self.listing.source(self.dir, None, index, *width)?;
            let others = cut(&other.path, &other.bytes, *width)?;
            if others.iter().zip(&entries).take(needed).any(|(a, b)| a != b) {
                return Err(What::Differs.at(other.path));
            }
        }
        Ok(entries.into_iter().take(needed).map(hash_of_entry).collect())
    }

    /// Compares all files of a tile with the hashes that it must begin with; one must hold them all.
    fn tile(&mut self, level: u8, index: u64, hashes: &[Hash]) -> Result<(), Problem> {
        let row: Row = Some(level);
        let widths = self.listing.widths(row, index);
        if widths.last().is_none_or(|widest| *widest < hashes.len() as u64) {
            return Err(What::Missing.at(path_of(row, index, hashes.len() as u64)));
        }
        for width in widths {
            self.files += 1;
            let source = self.listing.source(self.dir, row, index, *width)?;
            let (found, rest) = source.bytes.as_chunks::<32>();
            if !rest.is_empty() || found.len() as u64 != *width {
                return Err(What::Form("another number of hashes than its name says").at(source.path));
            }
            if let Some(at) = found.iter().zip(hashes).position(|(found, hash)| found != hash) {
                return Err(What::Differs.at(format!("{} hash {at}", source.path)));
            }
        }
        Ok(())
    }
}

/// The root over a row of hashes: pairs are hashed, a last one without a partner moves up, until one is left.
/// (The same tree as that of RFC 6962, which is defined from the top.)
fn root_over(mut row: Vec<Hash>) -> Hash {
    while row.len() > 1 {
        row = row
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => hash_of_pair(left, right),
                rest => rest[0],
            })
            .collect();
    }
    row.first().copied().unwrap_or_else(|| digest(&[]))
}
