//! The dissemination network of assessed content.

pub mod cells;
