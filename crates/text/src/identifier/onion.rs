//! Onion services, version 3: a public key, two bytes of checksum and the version in base32
//! (Tor, rend-spec-v3, "Encoding onion addresses").

use std::ops::Range;

use sha3::{Digest, Sha3_256};

use super::{Hit, Kind, is_open_after};

const CHARS: usize = 56;
const BYTES: usize = 35;
const KEY_BYTES: usize = 32;
const VERSION: u8 = 3;
const ENDING: &str = ".onion";

/// The service that a run of letters and digits begins, if `.onion` follows. Names before it are not part of it.
pub(super) fn at(plain: &str, run: Range<usize>) -> Option<Hit> {
    let end = run.end + ENDING.len();
    let ending = plain.get(run.end..end)?;
    let closed = is_open_after(plain, end) && !plain[end..].starts_with('-');
    if run.len() != CHARS || !ending.eq_ignore_ascii_case(ENDING) || !closed {
        return None;
    }
    let name = plain[run].to_ascii_lowercase();
    let bytes = decode(&name)?;
    let (key, rest) = bytes.split_at(KEY_BYTES);
    let holds = rest[2] == VERSION && rest[..2] == checksum(key);
    holds.then(|| Hit::verified(Kind::Onion, end, name + ENDING))
}

fn checksum(key: &[u8]) -> [u8; 2] {
    let hash =
        Sha3_256::new().chain_update(b".onion checksum").chain_update(key).chain_update([VERSION]).finalize();
    [hash[0], hash[1]]
}

/// Base32 of RFC 4648 in lower case: eight characters are five bytes.
fn decode(name: &str) -> Option<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    for (chars, bytes) in name.as_bytes().chunks_exact(8).zip(bytes.chunks_exact_mut(5)) {
        let mut number: u64 = 0;
        for c in chars {
            let digit = match c {
                b'a'..=b'z' => c - b'a',
                b'2'..=b'7' => c - b'2' + 26,
                _ => return None,
            };
            number = number << 5 | u64::from(digit);
        }
        bytes.copy_from_slice(&number.to_be_bytes()[3..]);
    }
    Some(bytes)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The address of a made-up key.
    pub(in super::super) fn address(key: [u8; KEY_BYTES]) -> String {
        let mut bytes = key.to_vec();
        bytes.extend(checksum(&key));
        bytes.push(VERSION);
        let digits = bytes.chunks(5).flat_map(|five| {
            let number = five.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            (0..8).rev().map(move |at| (number >> (5 * at)) as usize & 31)
        });
        digits.map(|digit| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[digit])).collect::<String>()
            + ENDING
    }
}
