//! RXP/1 against its own worked examples and the published vectors.
#![expect(clippy::unwrap_used, reason = "tests")]

mod contact;
mod documents;
mod envelope;
mod examples;
mod http;
mod keys;
mod ladder;
mod limits;
mod mail;
#[path = "../../../../tests/samples.rs"]
mod place;
mod receipts;
mod samples;
