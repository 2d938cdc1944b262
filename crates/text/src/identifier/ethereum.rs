//! Addresses of Ethereum and the chains that took its form: 20 bytes in hexadecimal, with the checksum of EIP-55 in
//! the case of their letters.

use sha3::{Digest, Keccak256};

const DIGITS: usize = 40;

/// The address in the mixed case of EIP-55, and whether it was written with that checksum. Letters of one case carry
/// none; letters of both that do not hold it are no address.
pub(super) fn canonical(word: &str) -> Option<(String, bool)> {
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"))?;
    if digits.len() != DIGITS || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mixed = mixed_case(&digits.to_ascii_lowercase());
    let has_lower = digits.bytes().any(|b| b.is_ascii_lowercase());
    let has_upper = digits.bytes().any(|b| b.is_ascii_uppercase());
    let with_checksum = has_lower && has_upper;
    (!with_checksum || digits == mixed).then(|| (format!("0x{mixed}"), with_checksum))
}

/// A letter is a capital where the nibble at its place in the Keccak-256 of the lower-case digits is 8 or more.
fn mixed_case(lower: &str) -> String {
    let hash = Keccak256::digest(lower.as_bytes());
    let nibble = |at: usize| if at.is_multiple_of(2) { hash[at / 2] >> 4 } else { hash[at / 2] & 15 };
    lower.char_indices().map(|(at, c)| if nibble(at) >= 8 { c.to_ascii_uppercase() } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};

    /// EIP-55, "Test Cases".
    const ADDRESSES: &[&str] = &[
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
    ];

    const BROKEN: &[&str] = &[
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "0xFB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbf03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    ];

    fn check(text: &str, value: &str, verified: bool) {
        let found = identifiers(text);
        assert_eq!(found.len(), 1, "{text}");
        let one = &found[0];
        assert_eq!((one.kind, one.value.as_str(), one.verified), (Kind::Ethereum, value, verified), "{text}");
        assert_eq!(one.range, 0..42);
    }

    #[test]
    fn eip55() {
        for address in ADDRESSES {
            let digits = &address[2..];
            let mixed = digits != digits.to_lowercase() && digits != digits.to_uppercase();
            check(address, address, mixed);
            check(&format!("0x{}, see", digits.to_lowercase()), address, false);
            check(&format!("0X{}", digits.to_uppercase()), address, false);
        }
        for address in BROKEN {
            assert_eq!(identifiers(address), [], "{address}");
        }
    }
}
