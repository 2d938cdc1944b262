//! The dissemination network of assessed content: who reaches whom, who matters, and what referring some would change.
//!
//! Ranks are of accounts in this network and never a reason by themselves.

mod accounts;
pub mod actors;
mod cascade;
pub mod cells;
pub mod communities;
#[cfg(test)]
mod dice;
pub mod dismantle;
mod error;
mod graph;
pub mod live;
pub mod money;
pub mod plan;
pub mod random;
pub mod rank;
pub mod read;
pub mod shifts;

pub use accounts::{ACCOUNTS_MAX, Accounts, NAME_BYTES_MAX};
pub use error::{Error, Result};
pub use graph::{EDGES_MAX, Graph, LeftOut, Rows};

#[cfg(test)]
mod reference;
#[cfg(test)]
mod trials;
