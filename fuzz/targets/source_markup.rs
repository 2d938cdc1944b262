//! Feeds and mails.
#![no_main]

#[path = "../source.rs"]
mod source;

libfuzzer_sys::fuzz_target!(|input: &[u8]| source::check(&["feed", "mail"], input));
