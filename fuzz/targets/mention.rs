//! Mentions: in order, inside the text, at their places.
#![no_main]

use text::mention::mentions;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let mut free = 0;
    for found in mentions(input) {
        assert!(free <= found.range.start && found.range.start < found.range.end, "{found:?}");
        assert!(input.get(found.range.clone()).is_some(), "{found:?}");
        free = found.range.end;
    }
});
