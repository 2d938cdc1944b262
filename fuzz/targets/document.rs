//! Documents of the exchange: I-JSON, canonical form, envelope, body, detached signature.
#![no_main]

use exchange::canonical::canonical;
use exchange::{document, ijson, jws};

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    if let Ok(parsed) = ijson::parse(input) {
        let once = canonical(&parsed.value);
        let again = ijson::parse(once.as_bytes()).expect("the canonical form is I-JSON");
        assert_eq!(canonical(&again.value), once);
    }
    let Ok(text) = str::from_utf8(input) else { return };
    if let Ok((_, signed)) = document::open(text) {
        let (_, again) = document::open(&signed.document).expect("a document that was read");
        assert_eq!(again.document, signed.document);
    }
    let _ = jws::read(text);
});
