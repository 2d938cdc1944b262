//! What is wrong, where, and what to do.

/// A reason not to believe what was read. Printed as `where: what; what to do`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}; {}", what.remedy())]
pub struct Problem {
    /// The file below the directory, with its hash or entry where one can be named.
    pub place: String,
    /// What is wrong.
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The system could not read it.
    #[error("cannot be read ({0})")]
    Unreadable(String),
    /// It is not there.
    #[error("is not there")]
    Missing,
    /// More bytes than such a file can have.
    #[error("is longer than {limit_bytes} bytes")]
    TooLong {
        /// The most that is read.
        limit_bytes: u64,
    },
    /// A file that no log has at this place.
    #[error("is no file of a log")]
    Stray,
    /// A file of a bundle that neither log nor proof nor signed list covers.
    #[error("is covered by no signature")]
    Uncovered,
    /// Other bytes than the signed list says.
    #[error("has other bytes than were signed")]
    Altered,
    /// It does not have the form that it must have.
    #[error("has not the right form: {0}")]
    Form(&'static str),
    /// Signed, but not by the key that was given.
    #[error("has no signature of {0}")]
    NotSigned(String),
    /// The signature of the right key does not fit the text.
    #[error("the signature of {0} does not fit the text")]
    Signature(String),
    /// The checkpoint is of another log.
    #[error("is of the log {0}")]
    OtherLog(String),
    /// The entries lead to another root than the signed one.
    #[error("the entries have another root hash than the signed one")]
    Root,
    /// Other bytes than the entries lead to.
    #[error("differs from what the entries lead to")]
    Differs,
    /// A proof that does not lead to the root.
    #[error("the proof does not lead to the root hash")]
    Proof,
    /// The entry or size is not within the log.
    #[error("{asked} is not within a log of {size} entries")]
    OutOfRange {
        /// What was asked for.
        asked: u64,
        /// Entries in the log.
        size: u64,
    },
    /// There is nothing that proves anything.
    #[error("holds neither tiles nor proofs")]
    Nothing,
}

impl What {
    /// What a person can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "check the rights and the disk, then run again",
            Self::Missing | Self::Differs | Self::TooLong { .. } => {
                "build the tiles again from the database, or ask the log's keeper for them again"
            }
            Self::Stray => "take the file away",
            Self::Uncovered => "take the file away, or ask the log's keeper for the export again",
            Self::Altered => "do not rely on this file; ask the log's keeper for the export again",
            Self::Form(_) => "ask the log's keeper for it again",
            Self::NotSigned(_) | Self::OtherLog(_) => "check that key and checkpoint are of the same log",
            Self::Signature(_) => "do not use this checkpoint; ask the log's keeper for it again",
            Self::Root => {
                "do not rely on these entries; compare with another copy of the log to find what was changed"
            }
            Self::Proof => "do not rely on this entry; ask the log's keeper for the proof again",
            Self::OutOfRange { .. } => "use a checkpoint that is large enough",
            Self::Nothing => "ask for the export again",
        }
    }

    pub(crate) fn at(self, place: impl Into<String>) -> Problem {
        Problem { place: place.into(), what: self }
    }
}
