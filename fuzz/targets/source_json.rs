//! Exports and streams that are JSON.
#![no_main]

#[path = "../source.rs"]
mod source;

libfuzzer_sys::fuzz_target!(|input: &[u8]| source::check(&["telegram", "ndjson", "mastodon", "bluesky", "misp", "stix"], input));
