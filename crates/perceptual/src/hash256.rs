//! A 256-bit hash and its text form.

use std::fmt;
use std::str::FromStr;

/// Hexadecimal digits of a hash.
const HEX_DIGITS: usize = 64;

/// A 256-bit perceptual hash, kept as four words, the most significant first.
///
/// Its text form is one 256-bit big-endian number of 64 lower-case hexadecimal digits, as the exchanges of
/// PDQ hashes write it. Upper case is read too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash256(pub [u64; 4]);

/// The text is not a hash: it must have exactly 64 hexadecimal digits and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHash;

impl Hash256 {
    /// How many of the 256 bits differ: 0 to 256.
    #[must_use]
    pub fn distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    /// The words, the most significant first.
    #[must_use]
    pub fn words(&self) -> &[u64; 4] {
        &self.0
    }

    /// Sets the bit worth 2^`index`; `index` is under 256.
    pub(crate) fn set_bit(&mut self, index: usize) {
        self.0[3 - index / 64] |= 1 << (index % 64);
    }
}

impl fmt::Display for Hash256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| write!(out, "{word:016x}"))
    }
}

impl FromStr for Hash256 {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        if text.len() != HEX_DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAHash);
        }
        let mut words = [0; 4];
        for (word, at) in words.iter_mut().zip((0..HEX_DIGITS).step_by(16)) {
            *word = u64::from_str_radix(&text[at..at + 16], 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(words))
    }
}

impl fmt::Display for NotAHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a hash has exactly 64 hexadecimal digits")
    }
}

impl std::error::Error for NotAHash {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_a_big_endian_number() {
        let mut hash = Hash256::default();
        hash.set_bit(0);
        assert_eq!(hash.to_string(), format!("{:0>64}", "1"));
        hash.set_bit(255);
        assert_eq!(hash.to_string(), format!("8{:0>63}", "1"));
        hash.set_bit(68);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string().to_uppercase().parse(), Ok(hash));
        assert_eq!(hash.distance(&Hash256::default()), 3);
    }

    #[test]
    fn other_text_is_no_hash() {
        for text in ["", "0", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<Hash256>(), Err(NotAHash), "{text}");
        }
        assert_eq!(format!("+{}", "0".repeat(63)).parse::<Hash256>(), Err(NotAHash));
    }

    #[test]
    fn distance_counts_bits() {
        let check = |a: [u64; 4], b: [u64; 4], expected| {
            assert_eq!(Hash256(a).distance(&Hash256(b)), expected);
            assert_eq!(Hash256(b).distance(&Hash256(a)), expected);
        };
        check([0; 4], [0; 4], 0);
        check([0; 4], [u64::MAX; 4], 256);
        check([1, 0, 0, 0], [0, 0, 0, 1], 2);
    }
}
