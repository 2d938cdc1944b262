//! Where an index keeps its files.
//!
//! The few things that an index asks of a file system, so that tests can put a disk in its place whose power
//! fails. Files are written once, from front to back, and never opened for writing again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// A folder of files.
pub(crate) trait Disk: Send + Sync {
    /// A new, empty file to be written from front to back. One of that name is replaced.
    fn create(&self, name: &str) -> io::Result<Box<dyn Output>>;
    /// The whole file, also when it is still being written.
    fn read(&self, name: &str) -> io::Result<Bytes>;
    /// Gives the file the other name; what had it is replaced at once.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Takes the name away. Bytes that were read stay readable.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// All names.
    fn list(&self) -> io::Result<Vec<String>>;
    /// Returns when all names are as durable as they are visible.
    fn sync_names(&self) -> io::Result<()>;
}

/// A file that is being written.
pub(crate) trait Output: Send {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when all that was written is durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// The bytes of a file.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// Mapped: read from the disk when first looked at.
    Mapped(memmap2::Mmap),
    Held(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline(always)]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(bytes) => bytes,
        }
    }
}

/// A folder of the file system, held by one process at a time.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Locked as long as the folder is held for writing.
    _lock: Option<File>,
}

/// Its lock says whose turn it is to write. The file stays.
const LOCK: &str = "lock";

impl Folder {
    /// Holds the folder for writing; makes it when it is not there. `WouldBlock` when another process holds it.
    pub(crate) fn hold(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let lock = File::create(path.join(LOCK))?;
        lock.try_lock()?;
        Ok(Self { path: path.to_owned(), _lock: Some(lock) })
    }

    /// Only to read.
    pub(crate) fn look_at(path: &Path) -> Self {
        Self { path: path.to_owned(), _lock: None }
    }
}

impl Disk for Folder {
    fn create(&self, name: &str) -> io::Result<Box<dyn Output>> {
        Ok(Box::new(File::create(self.path.join(name))?))
    }

    fn read(&self, name: &str) -> io::Result<Bytes> {
        let file = File::open(self.path.join(name))?;
        if file.metadata()?.len() == 0 {
            return Ok(Bytes::Held(Vec::new()));
        }
        #[expect(unsafe_code, reason = "a mapped file has no safe form")]
        // SAFETY: the map is of a file that no process changes or shortens once its bytes are written: names of
        // segments are never used twice, files are replaced by renaming, and the folder is locked by its writer.
        // Whoever edits the files by hand while they are open can make the process end, as with any mapping.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Bytes::Mapped(map))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
        Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    fn sync_names(&self) -> io::Result<()> {
        // A folder cannot be opened as a file everywhere; where it can, its names are synced.
        #[cfg(unix)]
        File::open(&self.path)?.sync_all()?;
        Ok(())
    }
}

impl Output for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}
