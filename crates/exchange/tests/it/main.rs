//! RXP/1 against its own worked examples and the published vectors.
#![expect(clippy::unwrap_used, reason = "tests")]

mod documents;
mod envelope;
mod examples;
mod keys;
mod limits;
mod samples;
