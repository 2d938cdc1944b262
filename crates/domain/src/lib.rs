//! The rules and states of the nouns. No I/O, no clock, no async: whoever calls hands in the time.
//!
//! Every state is one enum, every change one event enum, every rule one pure function
//! `next(state, event) -> Result<State, Refusal>` with its whole table in a snapshot test.

pub mod access;
pub mod analysis;
pub mod assessment;
pub mod bank;
pub mod check;
pub mod cluster;
pub mod event;
pub mod evidence;
pub mod figure;
pub mod hold;
pub mod host;
pub mod id;
pub mod observation;
pub mod preflight;
pub mod proposal;
pub mod provider;
pub mod reads;
pub mod referral;
pub mod refusal;
pub mod scope;
pub mod subject;
mod words;
pub mod written;

pub use refusal::Refusal;
