//! A disk that lost power: what `watch.c` noted is played back, and what was not synced is lost, torn or out of order.
//!
//! The model is that of POSIX, harder than journaling file systems are:
//! - bytes are safe when their file was synced after they were written; until then each sector of 512 bytes may hold any
//!   of the states it had since the last sync;
//! - a name (made, renamed, removed) is safe when its folder was synced after it; until then a folder keeps its earlier
//!   changes and loses the later ones. A rename between two folders is one change of both;
//! - a folder whose own name is lost takes everything in it along.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::rng::Rng;

/// The unit that a disk writes whole.
const SECTOR_BYTES: usize = 512;
/// Numbers at the begin of a record.
const HEAD_NUMBERS: usize = 5;
/// Length of a record's begin.
const HEAD_BYTES: usize = 8 * HEAD_NUMBERS;
/// How much of what was not synced is kept, in percent; one is drawn for each cut.
const KEPT_PERCENT: [u32; 5] = [0, 0, 50, 90, 100];
/// End of the name of the index that SQLite keeps in memory.
const MEMORY: &str = "-shm";

/// What a record says; the numbers are those of `watch.c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Made = 1,
    Opened,
    Length,
    Wrote,
    Synced,
    Renamed,
    Removed,
    FolderMade,
    FolderRemoved,
}

const ALL: [What; 9] = [
    What::Made,
    What::Opened,
    What::Length,
    What::Wrote,
    What::Synced,
    What::Renamed,
    What::Removed,
    What::FolderMade,
    What::FolderRemoved,
];

/// One record of the log.
struct Record<'a> {
    what: What,
    inode: u64,
    offset: u64,
    one: &'a [u8],
    two: &'a [u8],
}

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// A change of names that is not safe yet: each path, and what it leads to now.
#[derive(Debug)]
struct Renaming {
    changes: Vec<(PathBuf, Option<Node>)>,
    safe: bool,
}

/// What is written to a file.
#[derive(Debug)]
enum Writing {
    Bytes(u64, Vec<u8>),
    Length(u64),
}

/// A file: its bytes as they were synced last, and what came after.
#[derive(Debug, Default)]
struct File {
    synced: Vec<u8>,
    since: Vec<Writing>,
}

/// The disk as it is being played back.
pub(super) struct Disk {
    root: PathBuf,
    files: Vec<File>,
    /// Names as the running system sees them.
    seen: BTreeMap<PathBuf, Node>,
    /// Names that would be there after a cut.
    safe: BTreeMap<PathBuf, Node>,
    renamings: Vec<Renaming>,
    inodes: HashMap<u64, PathNode>,
}

/// What an inode is: a file by its place, a folder by its path.
enum PathNode {
    File(usize),
    Folder(PathBuf),
}

/// What a cut took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lost {
    /// Writes that were not synced, lost or not.
    pub(super) unsynced: usize,
    /// Changes of names that were lost.
    pub(super) names: usize,
}

impl Disk {
    /// A disk that holds `copy`, synced, below the name `root`.
    pub(super) fn of(copy: &Path, root: &Path) -> Result<Self, Error> {
        let mut disk = Self {
            root: root.to_owned(),
            files: Vec::new(),
            seen: BTreeMap::new(),
            safe: BTreeMap::new(),
            renamings: Vec::new(),
            inodes: HashMap::new(),
        };
        disk.load(copy, root)?;
        disk.safe = disk.seen.clone();
        Ok(disk)
    }

    fn load(&mut self, from: &Path, name: &Path) -> Result<(), Error> {
        self.seen.insert(name.to_owned(), Node::Folder);
        for entry in fs::read_dir(from).map_err(Error::io(from.display()))? {
            let entry = entry.map_err(Error::io(from.display()))?;
            let (path, name) = (entry.path(), name.join(entry.file_name()));
            let kind = entry.file_type().map_err(Error::io(path.display()))?;
            if kind.is_dir() {
                self.load(&path, &name)?;
            } else if kind.is_file() {
                let synced = fs::read(&path).map_err(Error::io(path.display()))?;
                self.files.push(File { synced, since: Vec::new() });
                self.seen.insert(name, Node::File(self.files.len() - 1));
            }
        }
        Ok(())
    }

    /// Plays a log back; a record that is cut off at its end is the call that the kill met.
    pub(super) fn play(&mut self, log: &[u8]) -> Result<(), Error> {
        let mut rest = log;
        while let Some((record, after)) = record(rest)? {
            self.step(&record)?;
            rest = after;
        }
        Ok(())
    }

    fn step(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let (one, two) = (path(record.one), path(record.two));
        match record.what {
            What::Made => {
                self.files.push(File::default());
                let place = self.files.len() - 1;
                self.inodes.insert(record.inode, PathNode::File(place));
                self.rename(vec![(one, Some(Node::File(place)))]);
            }
            What::Opened => {
                let node = match self.seen.get(&one) {
                    Some(Node::File(place)) => PathNode::File(*place),
                    Some(Node::Folder) => PathNode::Folder(one),
                    None => return Err(unknown(&one)),
                };
                self.inodes.insert(record.inode, node);
            }
            What::Length | What::Wrote => {
                let Some(PathNode::File(place)) = self.inodes.get(&record.inode) else {
                    return Err(Error::bug("a write to a file that was never opened"));
                };
                let writing = match record.what {
                    What::Wrote => Writing::Bytes(record.offset, record.one.to_vec()),
                    _ => Writing::Length(record.offset),
                };
                self.files[*place].since.push(writing);
            }
            What::Synced => match self.inodes.get(&record.inode) {
                Some(PathNode::File(place)) => self.files[*place].sync(),
                Some(PathNode::Folder(folder)) => {
                    let folder = folder.clone();
                    self.sync_names(&folder);
                }
                None => return Err(Error::bug("a sync of a file that was never opened")),
            },
            What::Renamed => match self.seen.get(&one).copied() {
                Some(node @ Node::File(_)) => self.rename(vec![(one, None), (two, Some(node))]),
                Some(Node::Folder) => {
                    return Err(Error::bug("a folder was renamed; disk.rs does not play that"));
                }
                None => return Err(unknown(&one)),
            },
            What::Removed | What::FolderRemoved => self.rename(vec![(one, None)]),
            What::FolderMade => self.rename(vec![(one, Some(Node::Folder))]),
        }
        Ok(())
    }

    fn rename(&mut self, changes: Vec<(PathBuf, Option<Node>)>) {
        apply(&mut self.seen, &changes);
        // Sockets have no bytes and nobody opens them: a name that was never a file needs no safety.
        self.renamings.push(Renaming { changes, safe: false });
    }

    fn sync_names(&mut self, folder: &Path) {
        for renaming in self.renamings.iter_mut().filter(|one| !one.safe) {
            if renaming.changes.iter().any(|(path, _)| path.parent() == Some(folder)) {
                apply(&mut self.safe, &renaming.changes);
                renaming.safe = true;
            }
        }
    }

    /// Cuts the power and writes what is left to the new folder `to`; modes are those of `copy`, where it has the file.
    pub(super) fn cut(mut self, (copy, to): (&Path, &Path), rng: &mut Rng) -> Result<Lost, Error> {
        let kept = *rng.pick(&KEPT_PERCENT);
        let mut lost = Lost::default();
        let mut ended: BTreeSet<PathBuf> = BTreeSet::new();
        for renaming in std::mem::take(&mut self.renamings).into_iter().filter(|one| !one.safe) {
            let folders = renaming.changes.iter().filter_map(|(path, _)| path.parent().map(Path::to_owned));
            let folders: Vec<PathBuf> = folders.collect();
            if folders.iter().all(|folder| !ended.contains(folder)) && rng.percent(kept) {
                apply(&mut self.safe, &renaming.changes);
            } else {
                lost.names += 1;
                ended.extend(folders);
            }
        }
        fs::create_dir_all(to).map_err(Error::io(to.display()))?;
        let mut folders = BTreeSet::from([self.root.clone()]);
        for (name, node) in &self.safe {
            let parent = name.parent().unwrap_or(&self.root);
            let Ok(within) = name.strip_prefix(&self.root) else { continue };
            if within.as_os_str().is_empty() || !folders.contains(parent) {
                continue;
            }
            let target = to.join(within);
            match node {
                Node::Folder => {
                    fs::create_dir_all(&target).map_err(Error::io(target.display()))?;
                    folders.insert(name.clone());
                }
                Node::File(_) if name.to_string_lossy().ends_with(MEMORY) => {}
                Node::File(place) => {
                    let file = &self.files[*place];
                    lost.unsynced += file.since.len();
                    fs::write(&target, file.left(kept, rng)).map_err(Error::io(target.display()))?;
                    if let Ok(about) = fs::metadata(copy.join(within)) {
                        fs::set_permissions(&target, about.permissions())
                            .map_err(Error::io(target.display()))?;
                    }
                }
            }
        }
        Ok(lost)
    }
}

impl File {
    fn sync(&mut self) {
        for writing in std::mem::take(&mut self.since) {
            writing.whole(&mut self.synced);
        }
    }

    /// The bytes after a cut: of what was not synced each sector is kept or not, by itself.
    fn left(&self, kept: u32, rng: &mut Rng) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for writing in &self.since {
            match writing {
                Writing::Length(_) if rng.percent(kept) => writing.whole(&mut bytes),
                Writing::Length(_) => {}
                Writing::Bytes(offset, new) => {
                    let (mut at, mut rest) = (*offset, new.as_slice());
                    while !rest.is_empty() {
                        let room = SECTOR_BYTES - (at % SECTOR_BYTES as u64) as usize;
                        let (sector, after) = rest.split_at(room.min(rest.len()));
                        if rng.percent(kept) {
                            put(&mut bytes, at, sector);
                        }
                        at += sector.len() as u64;
                        rest = after;
                    }
                }
            }
        }
        bytes
    }
}

impl Writing {
    fn whole(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Bytes(offset, new) => put(bytes, *offset, new),
            Self::Length(length) => bytes.resize(*length as usize, 0),
        }
    }
}

fn put(bytes: &mut Vec<u8>, offset: u64, new: &[u8]) {
    let (from, to) = (offset as usize, offset as usize + new.len());
    if bytes.len() < to {
        bytes.resize(to, 0);
    }
    bytes[from..to].copy_from_slice(new);
}

fn apply(names: &mut BTreeMap<PathBuf, Node>, changes: &[(PathBuf, Option<Node>)]) {
    for (path, node) in changes {
        match node {
            Some(node) => names.insert(path.clone(), *node),
            None => names.remove(path),
        };
    }
}

fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

fn unknown(path: &Path) -> Error {
    Error::bug(format!("{} was there before it was made", path.display()))
}

/// The first record, and what follows it.
fn record(bytes: &[u8]) -> Result<Option<(Record<'_>, &[u8])>, Error> {
    let Some((head, rest)) = bytes.split_at_checked(HEAD_BYTES) else { return Ok(None) };
    let mut numbers = [0u64; HEAD_NUMBERS];
    for (number, bytes) in numbers.iter_mut().zip(head.as_chunks::<8>().0) {
        *number = u64::from_le_bytes(*bytes);
    }
    let [what, inode, offset, n1, n2] = numbers;
    let known = ALL.into_iter().find(|known| *known as u64 == what);
    let what = known.ok_or_else(|| Error::bug("the log of changes is not understood"))?;
    let Some((one, rest)) = rest.split_at_checked(n1 as usize) else { return Ok(None) };
    let Some((two, rest)) = rest.split_at_checked(n2 as usize) else { return Ok(None) };
    Ok(Some((Record { what, inode, offset, one, two }, rest)))
}

#[cfg(test)]
mod tests;
