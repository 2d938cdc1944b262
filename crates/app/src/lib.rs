//! Runs a step: load, decide in `domain`, append the event, enqueue what follows.
//!
//! One file a step: [`observe`] → [`recognise`] → [`assess`] → [`refer`] → [`answer`] → [`recheck`] → [`report`],
//! and beside them the standing works. A step never calls a step: it appends events, and [`flow`] says what follows.

pub mod act;
pub mod answer;
pub mod approve;
pub mod assess;
pub mod backup;
pub mod book;
pub mod clock;
pub mod clusters;
pub mod contact;
pub mod contest;
pub mod deconflict;
pub mod deliver;
pub mod dump;
pub mod engine;
pub mod flow;
pub mod fsck;
pub mod hash;
pub mod health;
pub mod house;
pub mod identity;
pub mod leads;
pub mod load;
pub mod log;
pub mod lookup;
pub mod network;
pub mod notice;
pub mod observe;
pub mod operation;
pub mod people;
pub mod proposal;
pub mod publish;
pub mod radar;
pub mod receipt;
pub mod receive;
pub mod recheck;
pub mod recognise;
pub mod refer;
mod release;
mod remembered;
pub mod remind;
pub mod report;
pub mod search;
pub mod sign_in;
pub mod signals;
pub mod sweep;
pub mod undo;
pub mod view;
pub mod whole;
pub mod withdraw;

pub use act::Act;
pub use connect::decoder::video::is_installed as media_is_decoded;
pub use connect::decoder::{CHILD_ARGUMENT, child as decoder_child, own_program};
pub use house::House;

/// Why a step did not do it, by who must act.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no: the person reads it.
    #[error(transparent)]
    Refused(#[from] domain::Refusal),
    /// What was handed in cannot be used: the person who handed it in mends it.
    #[error("{0}")]
    Input(String),
    /// The store: the operator, or a bug.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The other side, or the way to it; tried again.
    #[error("{0}")]
    Remote(String),
    /// This must not happen.
    #[error("a fault in the program: {0}")]
    Bug(String),
}

impl Error {
    /// Whether the person mends it: what was typed, handed in or set up cannot be used.
    #[must_use]
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Input(_) | Self::Store(store::Error::Setup(_)))
    }
}

/// What a step gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<exchange::Refused> for Error {
    fn from(refused: exchange::Refused) -> Self {
        Self::Bug(format!("a message of ours breaks the protocol: {refused:?}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Bug(error.to_string())
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Bug(error.to_string())
    }
}
