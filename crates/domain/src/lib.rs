//! The rules and states of the nouns. No I/O, no clock, no async: whoever calls hands in the time.
//!
//! Every state is one enum, every change one event enum, every rule one pure function
//! `next(state, event) -> Result<State, Refusal>` with its whole table in a snapshot test.

pub mod check;
pub mod id;
pub mod observation;
pub mod refusal;

pub use refusal::Refusal;
