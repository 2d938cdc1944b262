//! The time: the system's, or in a world the stepped clock that its player moves.

use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system.
    System,
    /// A file with one instant: only in a data directory that was made as a world (D11).
    Stepped(PathBuf),
}

impl Clock {
    /// The clock of a world's folder.
    #[must_use]
    pub fn of_world(folder: &Path) -> Self {
        Self::Stepped(folder.join("net").join("clock.json"))
    }

    /// Now. In a world without a readable clock file it is the epoch.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Stepped(file) => std::fs::read(file)
                .ok()
                .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
                .and_then(|value| value.get("now")?.as_str()?.parse().ok())
                .unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }
}
