//! Entry bundles of a ledger's directory (C2SP tlog-tiles), and the root of their entries (RFC 6962).

use crate::{Problem, problem};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Entries in a full bundle.
const FULL: usize = 256;
/// Longest bundle, in bytes: each entry has at most 65,535 and a length of two.
const BUNDLE_MAX_BYTES: u64 = 256 * 65_537;
/// Most bundles of one ledger that are read: 256 million entries.
const BUNDLES_MAX: usize = 1_000_000;

/// All entries of the ledger in a directory, in order.
pub(crate) fn read(dir: &Path) -> Result<Vec<Vec<u8>>, Problem> {
    let mut entries = Vec::new();
    for index in 0..BUNDLES_MAX {
        let Some((file, width)) = widest(dir, index) else { break };
        let place = file.display().to_string();
        let length = std::fs::metadata(&file).map_err(|error| problem(&place, error.to_string()))?.len();
        if length > BUNDLE_MAX_BYTES {
            return Err(problem(&place, "is longer than a bundle can be; export the ledger again"));
        }
        let bytes = std::fs::read(&file).map_err(|error| problem(&place, error.to_string()))?;
        let found = cut(&bytes).filter(|found| found.len() == width);
        let found = found.ok_or_else(|| {
            problem(&place, "does not hold the entries that its name says; export the ledger again")
        })?;
        entries.extend(found.into_iter().map(<[u8]>::to_vec));
        if width < FULL {
            break;
        }
    }
    Ok(entries)
}

/// The fullest file of a bundle, and how many entries its name says.
fn widest(dir: &Path, index: usize) -> Option<(PathBuf, usize)> {
    let full = dir.join(name(index));
    if full.is_file() {
        return Some((full, FULL));
    }
    let mut partial = full.into_os_string();
    partial.push(".p");
    let folder = PathBuf::from(partial);
    let children = std::fs::read_dir(&folder).ok()?;
    let widths = children.filter_map(|child| child.ok()?.file_name().to_str()?.parse::<usize>().ok());
    let width = widths.filter(|width| (1..FULL).contains(width)).max()?;
    Some((folder.join(width.to_string()), width))
}

/// `tile/entries/x001/x234/067`: groups of three digits, all but the last with an x.
fn name(index: usize) -> String {
    let mut name = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        name = format!("x{:03}/{name}", rest % 1000);
        rest /= 1000;
    }
    format!("tile/entries/{name}")
}

/// The entries of a bundle, each after its length in two bytes; `None` when it ends within one.
fn cut(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    bytes.is_empty().then_some(entries)
}

/// The RFC 6962 root of entries, hexadecimal.
pub(crate) fn root(entries: &[Vec<u8>]) -> String {
    tree(entries).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn tree(entries: &[Vec<u8>]) -> [u8; 32] {
    match entries {
        [] => Sha256::digest([]).into(),
        [entry] => Sha256::new().chain_update([0]).chain_update(entry).finalize().into(),
        _ => {
            // The left side takes the greatest power of two that is smaller than the whole.
            let (left, right) = entries.split_at(entries.len().next_power_of_two() / 2);
            Sha256::new()
                .chain_update([1])
                .chain_update(tree(left))
                .chain_update(tree(right))
                .finalize()
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(name(0), "tile/entries/000");
        assert_eq!(name(67), "tile/entries/067");
        assert_eq!(name(1_234_067), "tile/entries/x001/x234/067");
    }

    #[test]
    fn bundles_are_cut() {
        assert_eq!(cut(b"\0\x01a\0\x02bc"), Some(vec![&b"a"[..], b"bc"]));
        assert_eq!(cut(b""), Some(vec![]));
        assert_eq!(cut(b"\0\x05ab"), None);
        assert_eq!(cut(b"\0"), None);
    }

    #[test]
    fn root_of_nothing() {
        assert_eq!(root(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(root(&[Vec::new()]), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }
}
