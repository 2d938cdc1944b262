//! Readers of the files that people hand in.

mod edges;
mod lists;
mod only;
mod rows;

pub use edges::{LINE_BYTES_MAX, edges};
pub use lists::{LIST_MAX, chances, names};
pub use only::{Only, moment};
pub use rows::RowError;
pub(crate) use rows::Rows;
