//! Tiles: which there are, what they are called, what is in them (C2SP tlog-tiles).
//!
//! A hash tile of level `l` holds up to 256 roots of complete subtrees of 256^l entries; an entry bundle holds up
//! to 256 entries, each after its length as two bytes big-endian. A full one never changes; a partial one carries
//! its width in its name, so it never changes either.

use crate::Hash;

/// Hashes in a full hash tile, entries in a full entry bundle.
pub const WIDTH: u64 = 256;
/// Longest entry, in bytes: its length must fit two bytes.
pub const ENTRY_BYTES_MAX: usize = 65_535;
/// Levels of hash tiles that a tree of up to 2^64 entries can have.
pub const LEVELS: u32 = 8;

/// What a tile file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Hashes of this level, 0 to 7.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// The name of one tile file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// Hashes or entries.
    pub kind: Kind,
    /// Place in its level, from 0.
    pub index: u64,
    /// Hashes or entries that it holds, 1 to 256; under 256 it is a partial tile.
    pub width: u16,
}

/// An entry of more than [`ENTRY_BYTES_MAX`] bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entry has {len} bytes, at most 65,535 fit")]
pub struct EntryTooLong {
    /// Its length in bytes.
    pub len: usize,
}

impl Tile {
    /// The tile of this place in a tree of `size` entries, full or partial; `None` when it has nothing yet.
    pub fn at(kind: Kind, index: u64, size: u64) -> Option<Self> {
        let count = match kind {
            Kind::Hashes(level) => hashes_at(u32::from(level), size),
            Kind::Entries => size,
        };
        let width = count.saturating_sub(index.saturating_mul(WIDTH)).min(WIDTH);
        (width > 0).then_some(Self { kind, index, width: width as u16 })
    }

    /// Whether it holds all that it can.
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == WIDTH
    }

    /// The same place when full.
    pub fn full(self) -> Self {
        Self { width: WIDTH as u16, ..self }
    }

    /// Its path below the log's directory, with `/`: `tile/0/x001/x234/067`, `tile/entries/000.p/15`.
    pub fn path(&self) -> String {
        let kind = match self.kind {
            Kind::Hashes(level) => level.to_string(),
            Kind::Entries => "entries".into(),
        };
        let place = format!("tile/{kind}/{}", grouped(self.index));
        if self.is_full() { place } else { format!("{place}.p/{}", self.width) }
    }
}

/// Hashes that level `level` of the tiles has in a tree of `size` entries.
pub(crate) fn hashes_at(level: u32, size: u64) -> u64 {
    size.checked_shr(8 * level).unwrap_or(0)
}

/// A number in groups of three digits; all groups but the last begin with `x`.
fn grouped(n: u64) -> String {
    let last = format!("{:03}", n % 1000);
    let mut rest = n / 1000;
    let mut path = last;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

/// All tiles that must be written when the log grows from `from` to `to` entries, bundles first, lowest level
/// first. Nothing when it did not grow. [`crate::tiles::extend`] writes exactly these.
pub fn grown(from: u64, to: u64) -> Vec<Tile> {
    let kinds = [Kind::Entries].into_iter().chain((0..LEVELS as u8).map(Kind::Hashes));
    kinds.flat_map(|kind| grown_of(kind, from, to)).collect()
}

fn grown_of(kind: Kind, from: u64, to: u64) -> Vec<Tile> {
    let level = if let Kind::Hashes(level) = kind { u32::from(level) } else { 0 };
    let (before, after) = (hashes_at(level, from), hashes_at(level, to));
    if after <= before {
        return Vec::new();
    }
    (before / WIDTH..after.div_ceil(WIDTH)).filter_map(|index| Tile::at(kind, index, to)).collect()
}

/// The bytes of a hash tile.
pub fn hash_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.concat()
}

/// Adds one entry to the bytes of a bundle.
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), EntryTooLong> {
    let len = u16::try_from(entry.len()).map_err(|_| EntryTooLong { len: entry.len() })?;
    bundle.extend(len.to_be_bytes());
    bundle.extend(entry);
    Ok(())
}

/// The entries of a bundle; `None` when the bytes do not end with an entry.
pub fn entries(mut bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (len, rest) = bundle.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
        entries.push(entry);
        bundle = rest;
    }
    Some(entries)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn tile_paths() {
        let check = |kind, index, width, expected: &str| {
            assert_eq!(Tile { kind, index, width }.path(), expected);
        };
        check(Kind::Hashes(0), 0, 256, "tile/0/000");
        check(Kind::Hashes(0), 1_234_067, 256, "tile/0/x001/x234/067");
        check(Kind::Hashes(3), 999, 1, "tile/3/999.p/1");
        check(Kind::Hashes(1), 1000, 112, "tile/1/x001/000.p/112");
        check(Kind::Entries, 0, 15, "tile/entries/000.p/15");
        check(Kind::Entries, 273, 255, "tile/entries/273.p/255");
    }

    #[test]
    fn grown_tiles() {
        let check = |from, to, expected: &[&str]| {
            let paths: Vec<String> = grown(from, to).iter().map(Tile::path).collect();
            assert_eq!(paths, expected, "{from} to {to}");
        };
        check(0, 0, &[]);
        check(7, 7, &[]);
        check(0, 1, &["tile/entries/000.p/1", "tile/0/000.p/1"]);
        check(5, 15, &["tile/entries/000.p/15", "tile/0/000.p/15"]);
        check(255, 256, &["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
        check(256, 257, &["tile/entries/001.p/1", "tile/0/001.p/1"]);
        // The example of the specification: a tree of 70,000 entries.
        check(
            69_887,
            70_000,
            &[
                "tile/entries/272",
                "tile/entries/273.p/112",
                "tile/0/272",
                "tile/0/273.p/112",
                "tile/1/001.p/17",
            ],
        );
        check(65_535, 65_536, &["tile/entries/255", "tile/0/255", "tile/1/000", "tile/2/000.p/1"]);
        assert_eq!(grown(u64::MAX - 1, u64::MAX).len(), 2);
    }

    #[test]
    fn bundles_come_back() {
        let longest = vec![7; ENTRY_BYTES_MAX];
        let all: [&[u8]; 4] = [b"one", b"", &longest, b"two"];
        let mut bundle = Vec::new();
        all.iter().try_for_each(|e| push_entry(&mut bundle, e)).unwrap();
        assert_eq!(entries(&bundle).unwrap(), all);
        assert!(entries(&bundle[..bundle.len() - 1]).is_none());
        assert!(entries(&[0]).is_none());
        assert_eq!(push_entry(&mut bundle, &vec![0; 65_536]), Err(EntryTooLong { len: 65_536 }));
    }
}
