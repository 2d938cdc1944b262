//! Identifiers: inside the text, in order, and each value is found again as itself.
#![no_main]

use text::identifier::identifiers;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let mut free = 0;
    for found in identifiers(input) {
        assert!(free <= found.range.start && input.get(found.range.clone()).is_some(), "{found:?}");
        free = found.range.end;
        let again = identifiers(&found.value);
        assert!(again.iter().any(|one| (one.kind, &one.value) == (found.kind, &found.value)), "{found:?} {again:?}");
    }
});
