//! Posts in, what is known of a bank out: `renvoi screen`.
//!
//! - [`Bank`] is a bank made ready: one table for everything that is compared whole, one automaton for all terms, one
//!   list for near texts, one for pictures.
//! - [`Bank::screen`] compares one [`Post`]. `reference` does the same with plain loops; tests hold the two together.
//! - [`run`] reads posts, a JSON object a line, on all cores, and writes the hits in the order of the posts.
//!
//! Language and identifiers are looked for in hits only: nothing is compared with them, and most posts are no hits.

mod bank;
mod clock;
mod engine;
mod flow;
mod hit;
mod post;
#[cfg(test)]
mod reference;
mod sink;
mod source;
mod stats;
mod table;
#[cfg(test)]
mod tests;

pub use bank::{Bank, Sizes};
pub use clock::{Clock, Stage};
pub use engine::MATCHES_MAX;
pub use flow::{Report, Settings, run};
pub use hit::{Found, Hit, Match, Variant};
pub use post::{Medium, Post};
pub use sink::BAD_LINES_NAMED_MAX;
pub use source::LINE_MAX_BYTES;
