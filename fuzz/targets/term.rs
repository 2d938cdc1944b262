//! Lists of terms: the lines before an empty one are terms, the rest is the text. Hits lie inside it, in order.
#![no_main]

use text::term::Terms;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let (list, text) = input.split_once("\n\n").unwrap_or((input, input));
    let Ok(terms) = Terms::new((0..).zip(list.lines())) else { return };
    let mut before = 0;
    for hit in terms.find(text) {
        assert!(before <= hit.range.start && text.get(hit.range.clone()).is_some(), "{hit:?}");
        before = hit.range.start;
    }
});
