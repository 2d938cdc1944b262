//! Addresses: the canonical form is one that no pass changes, and its parts are parts of it.
#![no_main]

use text::url_form::{canonical, collection_page, defang};

libfuzzer_sys::fuzz_target!(|input: &str| {
    let _ = defang(input);
    let Ok(address) = canonical(input) else { return };
    let again = canonical(&address.url).expect("a canonical address is an address");
    assert_eq!((&again.url, &again.host), (&address.url, &address.host));
    assert!(address.host.ends_with(&address.registrable), "{address:?}");
    let _ = (address.key(), address.path(), address.query(), address.display_host(), collection_page(&address));
});
