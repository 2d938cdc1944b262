//! What can be wrong with what was handed in.

/// Why a graph, a list or a plan cannot be made. Each is one sentence for the person who handed the file in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read on.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A line is not what its column says.
    #[error("line {line}: {why}")]
    Line {
        /// Counted from 1, with the header.
        line: u64,
        /// What is wrong and what would be right.
        why: String,
    },
    /// A row of a table is none.
    #[error(transparent)]
    Row(#[from] crate::read::RowError),
    /// There is nothing in it.
    #[error("{0}")]
    Empty(&'static str),
    /// More than this program takes.
    #[error("more than {max} {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        max: usize,
    },
    /// Accounts that stand in no edge.
    #[error("of the {list}, {count} {} in no edge; the first is {first}", if *.count == 1 { "stands" } else { "stand" })]
    Unknown {
        /// Which list: "sources", "accounts to exclude".
        list: &'static str,
        /// How many.
        count: usize,
        /// One of them.
        first: String,
    },
    /// A layer that no edge is of.
    #[error("{0}")]
    Layer(String),
    /// A plan that names what a plan must not hold.
    #[error("{0}")]
    Plan(String),
}

/// `Result` of this crate.
pub type Result<T> = std::result::Result<T, Error>;
