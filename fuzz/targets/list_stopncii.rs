//! StopNCII's JSON. What is read, is read again as it was written.
#![no_main]

use connect::sources::lists::Format;

#[path = "../list.rs"]
mod list;

libfuzzer_sys::fuzz_target!(|input: &[u8]| list::check(&[Format::Stopncii], input));
