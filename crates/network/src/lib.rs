//! The dissemination network of assessed content: who reaches whom, who matters, and what referring some would change.
//!
//! Ranks are of accounts in this network and never a reason by themselves.

mod accounts;
mod cascade;
pub mod communities;
mod error;
mod graph;
pub mod plan;
pub mod random;
pub mod rank;
pub mod read;

pub use accounts::{ACCOUNTS_MAX, Accounts, NAME_BYTES_MAX};
pub use error::{Error, Result};
pub use graph::{EDGES_MAX, Graph, LeftOut, Rows};

#[cfg(test)]
mod reference;
#[cfg(test)]
mod trials;
