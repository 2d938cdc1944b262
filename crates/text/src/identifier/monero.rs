//! Addresses of Monero's main net: a network byte, two keys, perhaps a payment number, and four bytes of checksum, in
//! a Base58 of its own that goes by blocks (Monero, `src/common/base58.cpp`; CryptoNote Standard 7).

use sha3::{Digest, Keccak256};

/// Characters and network bytes of the three forms: standard, subaddress, integrated.
const FORMS: [(usize, u8); 3] = [(95, 18), (95, 42), (106, 19)];

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BLOCK_BYTES: usize = 8;
const BLOCK_CHARS: usize = 11;
const CHECKSUM_BYTES: usize = 4;

/// How many characters stand for 0 to 8 bytes.
const CHARS_OF: [usize; BLOCK_BYTES + 1] = [0, 2, 3, 5, 6, 7, 9, 10, BLOCK_CHARS];

/// The address as written, if the word is one.
pub(super) fn canonical(word: &str) -> Option<String> {
    if !FORMS.iter().any(|(chars, _)| *chars == word.len()) || !word.starts_with(['4', '8']) {
        return None;
    }
    let bytes = decode(word)?;
    let (data, sum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM_BYTES)?)?;
    let known = FORMS.iter().any(|form| *form == (word.len(), data[0]));
    (known && sum == &Keccak256::digest(data)[..CHECKSUM_BYTES]).then(|| word.to_owned())
}

/// Blocks of 11 characters are 8 bytes, big-endian; the last one may be shorter. A block whose number is too large for
/// its bytes is none.
fn decode(word: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(word.len());
    for block in word.as_bytes().chunks(BLOCK_CHARS) {
        let size = CHARS_OF.iter().position(|chars| *chars == block.len())?;
        let mut number: u128 = 0;
        for c in block {
            let digit = ALPHABET.iter().position(|letter| letter == c)?;
            number = number * 58 + u128::try_from(digit).ok()?;
        }
        if number >> (8 * size) != 0 {
            return None;
        }
        bytes.extend_from_slice(&number.to_be_bytes()[16 - size..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};

    /// One key on the main net: standard, integrated, subaddress.
    const ADDRESSES: &[&str] = &[
        "47ewoP19TN7JEEnFKUJHAYhGxkeTRH82sf36giEp9AcNfDBfkAtRLX7A6rZz18bbNHPNV7ex6WYbMN3aKisFRJZ8Ebsmgef",
        "4HMcpBpe4ddJEEnFKUJHAYhGxkeTRH82sf36giEp9AcNfDBfkAtRLX7A6rZz18bbNHPNV7ex6WYbMN3aKisFRJZ8M7yKhzQhKW3ECCLWQw",
        "84LooD7i35SFppgf4tQ453Vi3q5WexSUXaVgut69ro8MFnmHwuezAArEZTZyLr9fS6QotjqkSAxSF6d1aDgsPoX849izJ7m",
    ];

    /// The same on the test nets.
    const TEST_NETS: &[&str] = &[
        "9wuKTHsxGiwEsMp2fYzJiVahyhU2aZi1oZ6R6fK5U64uRa1Pxi8diZh2S1GJFqYXRRhcbfzfWiPD819zKEZkXTMwP7hMs5N",
        "A7bzU6hSszTEsMp2fYzJiVahyhU2aZi1oZ6R6fK5U64uRa1Pxi8diZh2S1GJFqYXRRhcbfzfWiPD819zKEZkXTMwZqGSmLeBXqMEBnZVkh",
        "BaU3yLuDqdcETYzeF7vFSVEKNR4sSGxBV1Evrw5yNBf2VMiuAwfDmiF3RHqLHkaA5A6RGiNNRUqvtaqhMtdjA1SQ1tnQV8D",
        "52jzuBBUMty3xPL3JsQxGP74LDuV6E1LS8Zda1PbdqQjGzFmH6N9ep9McbFKMALujVT9S5mKpbEgC5VPhfoAiVj8LdAqbp6",
        "5CSfuyzxyAV3xPL3JsQxGP74LDuV6E1LS8Zda1PbdqQjGzFmH6N9ep9McbFKMALujVT9S5mKpbEgC5VPhfoAiVj8Vz8ySmoqYgTE8dR1yS",
        "7AeQwvrLtPeYoXVPRkEu8oEL7N9wnqHjYKwSvTf6YKbHgYmw6AJMsjggzVLo21egMK9qcoV1mxCTfP4FbaGb7JEMDfpLetk",
    ];

    #[test]
    fn main_net_addresses() {
        for address in ADDRESSES {
            let found = identifiers(&format!("monero:{address}."));
            assert_eq!(found.len(), 1, "{address}");
            assert_eq!(
                (found[0].kind, found[0].value.as_str(), found[0].verified),
                (Kind::Monero, *address, true)
            );
        }
    }

    #[test]
    fn test_nets_and_overflowing_blocks_are_none() {
        for address in TEST_NETS {
            assert_eq!(identifiers(address), [], "{address}");
        }
        assert_eq!(super::decode("jpXCZedGfVQ"), Some(vec![0xFF; 8]));
        assert_eq!(super::decode("jpXCZedGfVR"), None);
        assert_eq!(super::decode("5Q"), Some(vec![0xFF]));
        assert_eq!(super::decode("5R"), None);
        assert_eq!(super::decode("1"), None);
    }
}
