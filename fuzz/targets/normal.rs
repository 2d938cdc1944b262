//! Normal form, words, language: normalising twice changes nothing, and the way back stays inside the text.
#![no_main]

use text::normal::normal;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let once = normal(input);
    assert_eq!(normal(&once.text).text, once.text);
    let mut before = 0;
    for (at, c) in once.text.char_indices() {
        let range = once.original_range(at..at + c.len_utf8());
        assert!(before <= range.start && range.start < range.end && input.get(range.clone()).is_some(), "{range:?}");
        before = range.start;
    }
    text::tokens::each(&once.text, |word| assert!(!word.is_empty()));
    let _ = (once.exact_key(), text::language::identify(input));
});
