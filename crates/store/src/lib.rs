//! SQL on SQLite and PostgreSQL, and blobs. No rule: it keeps and finds, `domain` decides.
//!
//! One `enum` of two databases behind one small dynamic layer ([`db`]): SQL is written once, with `$1` parameters
//! and the types that both share (64-bit integers, text, bytes). The same conformance suite runs on both.
//! A write is one transaction under one writer ([`db::Tx`]); its events become ledger leaves at commit.

pub mod agency;
pub mod analysis;
pub mod assessment;
pub mod blob;
pub mod board;
pub mod closed;
pub mod cluster;
pub mod contest;
pub mod crypt;
pub mod db;
pub mod event;
pub mod fingerprint;
mod fold;
pub mod host;
pub mod hourly;
pub mod inbox;
pub mod intake;
pub mod job;
pub mod look;
mod marks;
pub mod matches;
pub mod message;
pub mod migrate;
pub mod network;
pub mod observation;
pub mod outbox;
pub mod past;
pub mod person;
pub mod picture;
pub mod proposal;
pub mod provider;
pub mod referral;
pub mod report;
mod seal;
pub mod search;
pub mod signal;
pub mod subject;
pub mod table;
pub mod value;
mod writer;

use std::path::{Path, PathBuf};

pub use db::{Db, Lane, Snapshot, Tx};
pub use value::{Row, Value};

/// Why the store could not do it, by who must act.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database said no.
    #[error("the database: {0}")]
    Database(sqlx::Error),
    /// A stored value is not what it must be: a bug, or damage; `renvoi fsck` says more.
    #[error("stored data: {0}")]
    Damaged(String),
    /// A file or folder.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What happened.
        source: std::io::Error,
    },
    /// An event carries what must not stand in the ledger.
    #[error("the fact \"{0}\" of an event holds text, an address or a handle")]
    NotPlain(String),
    /// Set up wrongly; the sentence says what to do.
    #[error("{0}")]
    Setup(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        /// `SQLITE_FULL`, and `disk_full` of PostgreSQL.
        const FULL: [&str; 2] = ["13", "53100"];
        match &error {
            sqlx::Error::Database(said) if said.code().is_some_and(|code| FULL.contains(&code.as_ref())) => {
                Self::Setup("The disk of the database is full; nothing of this was kept. Make room, then do it again.".into())
            }
            sqlx::Error::Configuration(why) => {
                Self::Setup(format!("The address of the database cannot be used: {why}. Write it as postgres://user@host/name."))
            }
            _ => Self::Database(error),
        }
    }
}

/// Makes the names in a folder survive a power cut.
///
/// # Errors
/// [`Error::Io`].
pub fn sync_folder(folder: &Path) -> Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    std::fs::File::open(folder).and_then(|open| open.sync_all()).map_err(Error::io(folder))
}

/// Makes a folder, and those that it stands in, for its owner only; what is there stays as it is.
///
/// # Errors
/// [`Error::Io`].
pub fn folder_of_owner(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Error::io(folder))
}

impl Error {
    /// A file error with its path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Whether it is a unique constraint that was hit.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// What the store gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Microseconds UTC of an instant, as stored (D24).
#[must_use]
pub fn micros(at: jiff::Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of stored microseconds.
pub fn instant(micros: i64) -> Result<jiff::Timestamp> {
    jiff::Timestamp::from_microsecond(micros).map_err(|_| Error::Damaged(format!("{micros} is not a time")))
}
