//! What pages and the API show: plain values, read for an actor's spaces. Nothing is decided or changed here.

mod agency;
pub mod media;
mod waiting;

pub use agency::{AgencyFacts, agency};
pub use waiting::{Waiting, waiting};
