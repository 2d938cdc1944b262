//! Readers of the files that people hand in.

mod edges;
mod lists;

pub use edges::{LINE_BYTES_MAX, edges};
pub use lists::{LIST_MAX, chances, names};
