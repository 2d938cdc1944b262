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

#[cfg(test)]
pub(super) mod tests {
    use sha2::{Digest, Sha256};

    use super::super::{Kind, identifiers};
    use super::PREFIX;

    /// Base58Check of 21 bytes.
    pub(in super::super) fn address(prefix: u8, rest: [u8; 20]) -> String {
        let mut bytes = vec![prefix];
        bytes.extend(rest);
        let sum = Sha256::digest(Sha256::digest(&bytes));
        bytes.extend(&sum[..4]);
        bs58::encode(bytes).into_string()
    }

    #[test]
    fn addresses_of_made_up_bytes() {
        for rest in [[0; 20], [7; 20], [255; 20]] {
            let address = address(PREFIX, rest);
            let found = identifiers(&address);
            assert_eq!(found.len(), 1, "{address}");
            assert_eq!((found[0].kind, &found[0].value, found[0].verified), (Kind::Tron, &address, true));
        }
    }

    #[test]
    fn other_prefixes_are_none() {
        for prefix in 0..=255 {
            let word = address(prefix, [9; 20]);
            let is_tron = identifiers(&word).iter().any(|one| one.kind == Kind::Tron);
            assert_eq!(is_tron, prefix == PREFIX, "{word}");
        }
    }
}
