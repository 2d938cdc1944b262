//! Writes and reads a log's tile files.
//!
//! Every file has one content for ever: a full tile because the tree only grows, a partial one because its width
//! is in its name. So writing again after a crash, at any point, from the same size, ends in the same files; and
//! a file that is there with another content is damage, which is reported and never overwritten.

use crate::tile::{self, EntryTooLong, Kind, LEVELS, Tile, WIDTH};
use crate::{Frontier, Hash, leaf_hash, node_hash, proof::Nodes};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the checkpoint file below the log's directory.
pub const CHECKPOINT: &str = "checkpoint";
/// The file that is being written, before it gets its name; may stay behind after a crash.
const WRITING: &str = ".writing";

/// Where the files are: a directory ([`Folder`]), or another store of small named files.
/// Names are relative paths with `/`.
pub trait Shelf {
    /// The content of a file; `None` when it is not there.
    fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// Makes or replaces a file, wholly or not at all.
    fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Makes all files that were put survive a power cut.
    fn settle(&mut self) -> io::Result<()>;
}

/// Why tiles were not written or read. Nothing is lost: the files can be made again from zero.
#[derive(Debug, thiserror::Error)]
pub enum TilesError {
    /// Reading or writing failed.
    #[error("{path}: {source}; free the disk or mend its rights, then run again")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file that a log of this size has is not there.
    #[error("{path}: not there; delete the tile directory and build it again from entry 0")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file is there with a content that the log does not have.
    #[error("{path}: damaged or of another log; delete the tile directory and build it again from entry 0")]
    Damaged {
        /// The file.
        path: String,
    },
    /// An entry is too long for a bundle; the ones before it in full bundles are written.
    #[error("entry {index}: {source}")]
    Entry {
        /// Its place in the log, from 0.
        index: u64,
        /// How long it is.
        source: EntryTooLong,
    },
}

/// Writes the tile files that the log in `dir` needs when `entries` follow its first `from_size` entries, and
/// returns the new head. `from_size` must be a size that was reached before (0: builds all). Makes `dir` when
/// it is not there. The checkpoint is not touched: publish it afterwards with [`publish`].
///
/// Fails when a file cannot be written, is damaged or missing, or an entry is too long. To run again from the
/// same size is always right. Hand over long logs in pieces that end at multiples of 256, else each piece leaves
/// partial tiles.
pub fn extend(
    dir: &Path,
    from_size: u64,
    entries: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Frontier, TilesError> {
    extend_on(&mut Folder::new(dir), from_size, entries)
}

/// [`extend`] on any [`Shelf`].
pub fn extend_on(
    shelf: &mut impl Shelf,
    from_size: u64,
    entries: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Frontier, TilesError> {
    let mut edge = Edge::load(shelf, from_size)?;
    for entry in entries {
        edge.push(shelf, &entry)?;
    }
    if edge.size > from_size {
        edge.write_partial(shelf)?;
    }
    shelf.settle().map_err(io_at("tile"))?;
    Ok(edge.frontier())
}

/// Puts a signed checkpoint in place, after its tiles (see [`crate::checkpoint::sign`]).
pub fn publish(dir: &Path, checkpoint: &str) -> Result<(), TilesError> {
    let mut folder = Folder::new(dir);
    folder.put(CHECKPOINT, checkpoint.as_bytes()).map_err(io_at(CHECKPOINT))?;
    folder.settle().map_err(io_at(CHECKPOINT))
}

/// The unfinished tiles at the right edge of the log.
struct Edge {
    size: u64,
    bundle: Vec<u8>,
    /// Hashes of the unfinished tile of each level, 0 to 255 of them.
    levels: [Vec<Hash>; LEVELS as usize],
}

impl Edge {
    fn load(shelf: &impl Shelf, size: u64) -> Result<Self, TilesError> {
        let mut edge = Self { size, bundle: Vec::new(), levels: Default::default() };
        for level in 0..LEVELS {
            let index = tile::hashes_at(level, size) / WIDTH;
            let kind = Kind::Hashes(level as u8);
            if let Some(tile) = Tile::at(kind, index, size) {
                edge.levels[level as usize] = read_hashes(shelf, tile)?;
            }
        }
        if let Some(tile) = Tile::at(Kind::Entries, size / WIDTH, size) {
            edge.bundle = read_bundle(shelf, tile, &edge.levels[0])?;
        }
        Ok(edge)
    }

    fn push(&mut self, shelf: &mut impl Shelf, entry: &[u8]) -> Result<(), TilesError> {
        let too_long = |source| TilesError::Entry { index: self.size, source };
        tile::push_entry(&mut self.bundle, entry).map_err(too_long)?;
        let index = self.size / WIDTH;
        self.size += 1;
        if self.size.is_multiple_of(WIDTH) {
            put(shelf, Tile { kind: Kind::Entries, index, width: WIDTH as u16 }, &self.bundle)?;
            self.bundle.clear();
        }
        self.push_hash(shelf, leaf_hash(entry))
    }

    /// Adds a hash to level 0; each tile that is full goes to the shelf, and its root to the level above.
    fn push_hash(&mut self, shelf: &mut impl Shelf, leaf: Hash) -> Result<(), TilesError> {
        let mut hash = leaf;
        for (level, hashes) in self.levels.iter_mut().enumerate() {
            hashes.push(hash);
            if (hashes.len() as u64) < WIDTH {
                return Ok(());
            }
            let index = tile::hashes_at(level as u32, self.size) / WIDTH - 1;
            let kind = Kind::Hashes(level as u8);
            put(shelf, Tile { kind, index, width: WIDTH as u16 }, &tile::hash_bytes(hashes))?;
            hash = complete_root(hashes);
            hashes.clear();
        }
        Ok(())
    }

    fn write_partial(&self, shelf: &mut impl Shelf) -> Result<(), TilesError> {
        if let Some(tile) = Tile::at(Kind::Entries, self.size / WIDTH, self.size) {
            put(shelf, tile, &self.bundle)?;
        }
        for (level, hashes) in self.levels.iter().enumerate().filter(|(_, hashes)| !hashes.is_empty()) {
            let index = tile::hashes_at(level as u32, self.size) / WIDTH;
            let kind = Kind::Hashes(level as u8);
            put(shelf, Tile { kind, index, width: hashes.len() as u16 }, &tile::hash_bytes(hashes))?;
        }
        Ok(())
    }

    /// The unfinished tiles, highest level first, each cut into complete subtrees: that is the frontier.
    fn frontier(&self) -> Frontier {
        let mut edge = Vec::new();
        for hashes in self.levels.iter().rev() {
            let mut rest = &hashes[..];
            while !rest.is_empty() {
                let (subtree, after) = rest.split_at(1 << rest.len().ilog2());
                edge.push(complete_root(subtree));
                rest = after;
            }
        }
        Frontier::from_edge(self.size, edge)
    }
}

/// The root over a power of two of hashes.
pub(crate) fn complete_root(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row.first().copied().unwrap_or_else(crate::empty_root)
}

/// Writes a tile, unless it is there; never over another content.
fn put(shelf: &mut impl Shelf, tile: Tile, bytes: &[u8]) -> Result<(), TilesError> {
    let path = tile.path();
    match shelf.get(&path).map_err(io_at(&path))? {
        None => shelf.put(&path, bytes).map_err(io_at(&path)),
        Some(there) if there == bytes => Ok(()),
        Some(_) => Err(TilesError::Damaged { path }),
    }
}

/// The file of a tile, or of the full tile that has since taken its place.
fn read(shelf: &impl Shelf, tile: Tile) -> Result<(String, Vec<u8>), TilesError> {
    for path in [tile.path(), tile.full().path()] {
        if let Some(bytes) = shelf.get(&path).map_err(io_at(&path))? {
            return Ok((path, bytes));
        }
    }
    Err(TilesError::Missing { path: tile.path() })
}

fn read_hashes(shelf: &impl Shelf, tile: Tile) -> Result<Vec<Hash>, TilesError> {
    let (path, bytes) = read(shelf, tile)?;
    let (hashes, rest) = bytes.as_chunks::<32>();
    match hashes.get(..usize::from(tile.width)) {
        Some(hashes) if rest.is_empty() => Ok(hashes.to_vec()),
        _ => Err(TilesError::Damaged { path }),
    }
}

/// The bytes of the first entries of a bundle, which must have these leaf hashes.
fn read_bundle(shelf: &impl Shelf, tile: Tile, leaves: &[Hash]) -> Result<Vec<u8>, TilesError> {
    let (path, bytes) = read(shelf, tile)?;
    let entries = tile::entries(&bytes).unwrap_or_default();
    let fits = entries.len() >= leaves.len() && entries.iter().zip(leaves).all(|(e, l)| leaf_hash(e) == *l);
    if !fits {
        return Err(TilesError::Damaged { path });
    }
    let len = entries.iter().take(leaves.len()).map(|e| 2 + e.len()).sum();
    Ok(bytes[..len].to_vec())
}

fn io_at(path: &str) -> impl FnOnce(io::Error) -> TilesError {
    move |source| TilesError::Io { path: path.to_owned(), source }
}

/// The subtree roots of a log of `size` entries, read from its tiles: what proofs are made of.
pub struct TileNodes<'a, S> {
    shelf: &'a S,
    size: u64,
}

impl<'a, S: Shelf> TileNodes<'a, S> {
    /// Reads the tiles of a log of `size` entries, a size that [`extend`] ended at; the files may have grown since.
    pub fn new(shelf: &'a S, size: u64) -> Self {
        Self { shelf, size }
    }
}

impl<S: Shelf> Nodes for TileNodes<'_, S> {
    type Error = TilesError;

    fn size(&self) -> u64 {
        self.size
    }

    fn node(&self, height: u32, index: u64) -> Result<Hash, TilesError> {
        let (level, within) = (height / 8, height % 8);
        let first = index << within;
        let kind = Kind::Hashes(level as u8);
        let tile = Tile::at(kind, first / WIDTH, self.size);
        let missing = || TilesError::Missing { path: Tile { kind, index: first / WIDTH, width: 1 }.path() };
        let tile = tile.ok_or_else(missing)?;
        let hashes = read_hashes(self.shelf, tile)?;
        let start = (first % WIDTH) as usize;
        let subtree = hashes.get(start..start + (1 << within)).ok_or_else(missing)?;
        Ok(complete_root(subtree))
    }
}

/// A directory of files. One writer at a time.
pub struct Folder {
    dir: PathBuf,
    touched: BTreeSet<PathBuf>,
}

impl Folder {
    /// The log in this directory, which need not be there yet.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), touched: BTreeSet::new() }
    }
}

impl Shelf for Folder {
    fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.dir.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let target = self.dir.join(path);
        let parent = target.parent().unwrap_or(&self.dir).to_owned();
        fs::create_dir_all(&parent)?;
        // Whole and on disk before it gets its name: a file is there with all its bytes, or not at all.
        let writing = self.dir.join(WRITING);
        let mut file = File::create(&writing)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&writing, &target)?;
        self.touched.extend(parent.ancestors().take_while(|a| a.starts_with(&self.dir)).map(Path::to_owned));
        Ok(())
    }

    fn settle(&mut self) -> io::Result<()> {
        for dir in std::mem::take(&mut self.touched) {
            File::open(dir)?.sync_all()?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::reference;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Files in memory; after `puts_left` writes the power fails.
    #[derive(Clone, Default)]
    struct Memory {
        files: BTreeMap<String, Vec<u8>>,
        puts_left: Option<usize>,
    }

    impl Shelf for Memory {
        fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
            Ok(self.files.get(path).cloned())
        }
        fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
            if let Some(left) = &mut self.puts_left {
                *left = left.checked_sub(1).ok_or_else(|| io::Error::other("power cut"))?;
            }
            self.files.insert(path.to_owned(), bytes.to_vec());
            Ok(())
        }
        fn settle(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn some_entries(from: u64, to: u64) -> Vec<Vec<u8>> {
        (from..to).map(|i| format!("entry {i}").into_bytes()).collect()
    }

    #[test]
    fn a_crash_at_any_write_is_mended_by_running_again() {
        let mut before = Memory::default();
        extend_on(&mut before, 0, some_entries(0, 300)).unwrap();
        let mut whole = before.clone();
        let head = extend_on(&mut whole, 300, some_entries(300, 1100)).unwrap();
        let writes = whole.files.len() - before.files.len();
        assert_eq!(writes, tile::grown(300, 1100).len());
        for cut in 0..writes {
            let mut shelf = Memory { puts_left: Some(cut), ..before.clone() };
            assert!(extend_on(&mut shelf, 300, some_entries(300, 1100)).is_err());
            shelf.puts_left = None;
            assert_eq!(extend_on(&mut shelf, 300, some_entries(300, 1100)).unwrap(), head, "cut {cut}");
            assert_eq!(shelf.files, whole.files, "cut {cut}");
        }
    }

    #[test]
    fn damage_is_reported_and_not_written_over() {
        let mut shelf = Memory::default();
        extend_on(&mut shelf, 0, some_entries(0, 300)).unwrap();
        let paths: Vec<String> = tile::grown(0, 300).iter().map(Tile::path).collect();
        for path in &paths {
            let mut bad = shelf.clone();
            *bad.files.get_mut(path).unwrap().last_mut().unwrap() ^= 1;
            let again = extend_on(&mut bad, 0, some_entries(0, 300));
            assert!(matches!(again, Err(TilesError::Damaged { path: at }) if at == *path));
        }
        for path in ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"] {
            let mut bad = shelf.clone();
            let bytes = bad.files.remove(path).unwrap();
            let more = extend_on(&mut bad, 300, some_entries(300, 301));
            assert!(matches!(more, Err(TilesError::Missing { path: at }) if at == path));
            bad.files.insert(path.into(), bytes[1..].to_vec());
            let more = extend_on(&mut bad, 300, some_entries(300, 301));
            assert!(matches!(more, Err(TilesError::Damaged { path: at }) if at == path));
        }
    }

    #[test]
    fn partial_tiles_may_be_deleted_once_full() {
        let mut shelf = Memory::default();
        extend_on(&mut shelf, 0, some_entries(0, 300)).unwrap();
        let head = extend_on(&mut shelf, 300, some_entries(300, 600)).unwrap();
        let full = ["tile/entries/001.p/44", "tile/0/001.p/44"].map(|path| shelf.files.remove(path));
        assert!(full.iter().all(Option::is_some));
        assert_eq!(extend_on(&mut shelf, 300, some_entries(300, 600)).unwrap(), head);
    }

    #[test]
    fn an_entry_too_long_is_named() {
        let mut shelf = Memory::default();
        let entries = [vec![0; 3], vec![0; 65_536]];
        let refused = extend_on(&mut shelf, 0, entries);
        assert!(matches!(refused, Err(TilesError::Entry { index: 1, source }) if source.len == 65_536));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(reference::trials()))]

        #[test]
        fn any_steps_write_the_same_files(mut steps in proptest::collection::vec(0u64..700, 1..5)) {
            steps.sort_unstable();
            let mut shelf = Memory::default();
            let (mut size, mut expected) = (0, BTreeSet::new());
            for to in steps {
                let head = extend_on(&mut shelf, size, some_entries(size, to)).unwrap();
                prop_assert_eq!(head.size(), to);
                prop_assert_eq!(head.root(), reference::root(&some_entries(0, to)));
                expected.extend(tile::grown(size, to).iter().map(Tile::path));
                size = to;
            }
            prop_assert_eq!(&expected, &shelf.files.keys().cloned().collect());
            let mut rebuilt = Memory::default();
            extend_on(&mut rebuilt, 0, some_entries(0, size)).unwrap();
            prop_assert!(rebuilt.files.iter().all(|(path, bytes)| shelf.files.get(path) == Some(bytes)));
        }
    }
}
