//! Addresses of Tron: Base58Check of 21 bytes that begin with 0x41 (Tron developer guide, "Account").

use super::base58check;

const CHARS: usize = 34;
const PREFIX: u8 = 0x41;

/// The address as written, if the word is one.
pub(super) fn canonical(word: &str) -> Option<String> {
    if word.len() != CHARS || !word.starts_with('T') {
        return None;
    }
    let [prefix, ..] = base58check::<21>(word)?;
    (prefix == PREFIX).then(|| word.to_owned())
}
