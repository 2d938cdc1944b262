//! Keys and checkpoints of a ledger: a key on the first line, a signed note after it.
#![no_main]

use verify::{Vkey, open};

const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let (line, note) = text.split_once('\n').unwrap_or((text, ""));
    let key = Vkey::parse(line).or_else(|_| Vkey::parse(KEY)).expect("the key of the format's own example");
    if let Ok(checkpoint) = open(note.as_bytes(), &key) {
        assert_eq!(checkpoint.origin, key.name());
    }
});
