//! Runs of words as numbers.
//!
//! A word is hashed once, and a run is made of the numbers of its words: a text of n words costs n hashes, not 3 n.
//! The function is fixed, so that values are the same on every machine. It is quick and not meant to withstand people
//! who search for collisions: what they could reach is a text that looks like a listed one and is not, and for that
//! they need as many collisions as runs must be shared.

/// Odd numbers with even bits: fractions of the square roots of 2, 3 and 5.
const ROOT_2: u64 = 0x6A09_E667_F3BC_C909;
const ROOT_3: u64 = 0xBB67_AE85_84CA_A73B;
const ROOT_5: u64 = 0x3C6E_F372_FE94_F82B;

/// The number of a word.
pub(super) fn word(word: &str) -> u64 {
    let (parts, tail) = word.as_bytes().as_chunks::<8>();
    let mut hash = ROOT_2 ^ word.len() as u64;
    for part in parts {
        hash = mix(hash ^ u64::from_le_bytes(*part), ROOT_3);
    }
    let last = tail.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    mix(hash ^ last, ROOT_3)
}

/// The number of a run, from those of its words in their order.
pub(super) fn run(words: &[u64]) -> u64 {
    words.iter().fold(ROOT_5, |hash, word| mix(hash ^ word, ROOT_2).rotate_left(23))
}

/// Both halves of the long product, so that each bit of the result hangs on all bits of the value.
fn mix(value: u64, by: u64) -> u64 {
    let product = u128::from(value ^ ROOT_5.rotate_left(32)) * u128::from(by);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn words_and_runs_differ() {
        let words: Vec<String> = (0..100_000).map(|n| format!("{n:x}")).collect();
        let values: HashSet<u64> = words.iter().map(|text| word(text)).collect();
        assert_eq!(values.len(), words.len());
        let runs: HashSet<u64> = (0..300u64).flat_map(|a| (0..300).map(move |b| run(&[a, b, a]))).collect();
        assert_eq!(runs.len(), 90_000);
        assert_ne!(word("a\0"), word("a"));
        assert_ne!(word("abcdefgh"), word("abcdefgh\0"));
        assert_ne!(run(&[1, 2, 3]), run(&[3, 2, 1]));
    }

    /// An index puts values into buckets by their first bits and tells them apart by the next 32.
    #[test]
    fn bits_are_even() {
        let mut ones = [0u32; 64];
        for n in 0..20_000 {
            let value = run(&[word(&n.to_string()), word("of"), word("the")]);
            ones.iter_mut().enumerate().for_each(|(bit, count)| *count += (value >> bit & 1) as u32);
        }
        assert!(ones.iter().all(|count| (9_500..10_500).contains(count)), "{ones:?}");
    }
}
