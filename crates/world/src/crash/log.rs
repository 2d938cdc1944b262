//! The house's published log, read by somebody who remembers its earlier heads (RFC 6962, C2SP tlog-tiles).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::Error;

/// Entries of a full bundle.
const BUNDLE: u64 = 256;

/// The entries of a log, in order.
pub(super) struct Log {
    entries: Vec<Vec<u8>>,
}

impl Log {
    /// Reads `size` entries from the published bundles in `dir`.
    pub(super) fn read(dir: &Path, size: u64) -> Result<Self, Error> {
        let mut entries = Vec::new();
        for index in 0..size.div_ceil(BUNDLE) {
            let width = (size - index * BUNDLE).min(BUNDLE);
            let mut path = format!("tile/entries/{}", name(index));
            if width < BUNDLE {
                path.push_str(&format!(".p/{width}"));
            }
            let path = dir.join(path);
            let bytes = fs::read(&path).map_err(Error::io(path.display()))?;
            let mut rest = bytes.as_slice();
            while let Some((length, after)) = rest.split_first_chunk::<2>() {
                let (entry, after) = after
                    .split_at_checked(usize::from(u16::from_be_bytes(*length)))
                    .ok_or_else(|| Error::File {
                        place: path.display().to_string(),
                        reason: "an entry is cut off".to_owned(),
                    })?;
                entries.push(entry.to_vec());
                rest = after;
            }
        }
        Ok(Self { entries })
    }

    /// Which of the remembered heads is no beginning of this log.
    pub(super) fn denies(&self, heads: &BTreeSet<(u64, String)>) -> Vec<u64> {
        let roots = self.roots();
        let fits =
            |size: u64, root: &String| roots.get(usize::try_from(size).unwrap_or(usize::MAX)) == Some(root);
        heads.iter().filter(|(size, root)| !fits(*size, root)).map(|(size, _)| *size).collect()
    }

    /// The root after each number of entries, hexadecimal.
    fn roots(&self) -> Vec<String> {
        let mut roots = vec![hex::encode(Sha256::digest([]))];
        let mut complete: Vec<(u32, [u8; 32])> = Vec::new();
        for entry in &self.entries {
            let mut one = (0, hash(&[&[0], entry]));
            while let Some((height, left)) = complete.pop_if(|(height, _)| *height == one.0) {
                one = (height + 1, hash(&[&[1], &left, &one.1]));
            }
            complete.push(one);
            let mut all = complete.iter().rev().map(|(_, hash)| *hash);
            let last = all.next().unwrap_or_default();
            roots.push(hex::encode(all.fold(last, |right, left| hash(&[&[1], &left, &right]))));
        }
        roots
    }

    /// What the events of a noun are about, by what happened.
    pub(super) fn about(&self, noun: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut about: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entry in &self.entries {
            let event: Value = serde_json::from_slice(entry).unwrap_or_default();
            if event["noun"] == noun {
                let word = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
                about.entry(word("what")).or_default().insert(word("of"));
            }
        }
        about
    }
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().into()
}

/// `1234067` is `x001/x234/067`.
fn name(index: u64) -> String {
    let (mut name, mut high) = (format!("{:03}", index % 1000), index / 1000);
    while high > 0 {
        name = format!("x{:03}/{name}", high % 1000);
        high /= 1000;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_bundles() {
        for (index, expected) in [(0, "000"), (67, "067"), (4067, "x004/067"), (1_234_067, "x001/x234/067")] {
            assert_eq!(name(index), expected);
        }
    }

    #[test]
    fn earlier_heads_are_beginnings() {
        let entries: Vec<Vec<u8>> = (0..9u8).map(|n| vec![n]).collect();
        let log = Log { entries: entries.clone() };
        let leaf = |n: u8| hash(&[&[0], &[n]]);
        let node = |l: [u8; 32], r: [u8; 32]| hash(&[&[1], &l, &r]);
        // RFC 6962, section 2.1.3: three leaves are a pair and one.
        let three = node(node(leaf(0), leaf(1)), leaf(2));
        let seven =
            node(node(node(leaf(0), leaf(1)), node(leaf(2), leaf(3))), node(node(leaf(4), leaf(5)), leaf(6)));
        let heads = |seven: [u8; 32]| BTreeSet::from([(3, hex::encode(three)), (7, hex::encode(seven))]);
        assert_eq!(log.denies(&heads(seven)), Vec::<u64>::new());
        assert_eq!(log.denies(&heads(three)), [7]);
        let shorter = Log { entries: entries[..5].to_vec() };
        assert_eq!(shorter.denies(&heads(seven)), [7]);
        let mut changed = entries;
        changed[1] = vec![9];
        assert_eq!(Log { entries: changed }.denies(&heads(seven)), [3, 7]);
    }
}
