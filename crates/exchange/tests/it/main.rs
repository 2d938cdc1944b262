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
mod receipts;
mod samples;
