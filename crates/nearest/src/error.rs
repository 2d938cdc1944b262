//! What can go wrong with the files of an index.

use std::io;

/// Why an index cannot be read or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk said no: permissions, space, hardware. For whoever runs the machine.
    #[error("{what}: {source}")]
    Io {
        /// The file and what was done with it.
        what: String,
        /// As the system says it.
        source: io::Error,
    },
    /// Another process holds the folder for writing.
    #[error("the index is held by another process")]
    Held,
    /// A file is not what was written: the disk is failing or somebody edited it. Bring back a copy, or build
    /// the index again from its list.
    #[error("{file} is damaged: {why}")]
    Damaged {
        /// Its name in the folder.
        file: String,
        /// What does not fit.
        why: String,
    },
    /// There is no index in the folder.
    #[error("no index here")]
    Missing,
    /// There is one already.
    #[error("there is an index already")]
    Exists,
    /// The files are of a later version of this crate.
    #[error("the index has format {0}, which this version does not know")]
    Version(u32),
    /// A list to build from has the id twice.
    #[error("the id {0} stands twice in the list")]
    Repeated(u64),
    /// More values than one index takes.
    #[error("too many values: at most {0}")]
    TooMany(usize),
    /// The index was closed meanwhile.
    #[error("stopped")]
    Stopped,
    /// An earlier write failed, so it is not known what the disk holds. Open the index again: what was
    /// acknowledged is there.
    #[error("an earlier write failed; open the index again")]
    Failed,
}

/// `Result` of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Says what was done when the disk said no.
pub(crate) trait During<T> {
    fn during(self, what: &str, file: &str) -> Result<T>;
}

impl<T> During<T> for io::Result<T> {
    fn during(self, what: &str, file: &str) -> Result<T> {
        self.map_err(|source| Error::Io { what: format!("{what} {file}"), source })
    }
}

pub(crate) fn damaged<T>(file: &str, why: impl Into<String>) -> Result<T> {
    Err(Error::Damaged { file: file.to_owned(), why: why.into() })
}
