//! A bank as one file, for people who have files and no server.
//!
//! - [`list`] reads a bank file, or a folder of them, line by line, and sets bad lines aside.
//! - [`write`](mod@write) writes one, whole or not at all.
//!
//! The lines are those that the import of signals reads (`docs/formats.md`, "Bank files").

pub mod list;
mod rows;
mod signal;
pub mod write;

pub use signal::Signal;
