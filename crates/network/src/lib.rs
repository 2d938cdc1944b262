//! The dissemination network of assessed content.

pub mod cells;
#[cfg(test)]
mod dice;
pub mod shifts;
