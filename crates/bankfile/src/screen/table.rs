//! What is compared whole: hashes, addresses, hosts, accounts, texts.

use std::collections::HashMap;

use domain::bank::SignalKind;
use domain::subject::handle_key;
use sha2::{Digest, Sha256};

/// Rows by value: the first 16 bytes of a SHA-256 over kind and value. Nobody can make two values of one digest.
#[derive(Debug, Default)]
pub(super) struct Table {
    first: HashMap<u128, u32>,
    /// Further rows of the same value.
    more: HashMap<u128, Vec<u32>>,
}

impl Table {
    pub(super) fn insert(&mut self, key: u128, row: u32) {
        match self.first.entry(key) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
            }
            std::collections::hash_map::Entry::Occupied(_) => self.more.entry(key).or_default().push(row),
        }
    }

    /// The rows of a value, in the order of the bank.
    pub(super) fn rows(&self, key: u128) -> impl Iterator<Item = u32> + '_ {
        let first = self.first.get(&key).copied();
        let more = first.and_then(|_| self.more.get(&key));
        first.into_iter().chain(more.into_iter().flatten().copied())
    }
}

/// The digest of a value in the form in which it is compared.
pub(super) fn digest(kind: SignalKind, form: &[u8]) -> u128 {
    let mut hash = Sha256::new();
    hash.update(kind.word().as_bytes());
    hash.update([0]);
    hash.update(form);
    let bytes = hash.finalize();
    bytes.iter().take(16).fold(0, |value, byte| value << 8 | u128::from(*byte))
}

/// `service/handle` in the form in which accounts are compared; `None` when it is not written so.
pub(super) fn account(written: &str) -> Option<String> {
    let (service, handle) = written.split_once('/')?;
    (!service.is_empty() && !handle.trim_start_matches('@').is_empty()).then(|| handle_key(service, handle))
}

/// A PDQ hash as four words.
pub(super) fn picture(digits: &str) -> Option<[u64; 4]> {
    let mut words = [0; 4];
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (nth, word) in words.iter_mut().enumerate() {
        *word = u64::from_str_radix(&digits[nth * 16..nth * 16 + 16], 16).ok()?;
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_digest() {
        let mut table = Table::default();
        let key = digest(SignalKind::Url, b"//a.test/");
        for row in [3, 5, 9] {
            table.insert(key, row);
        }
        assert_eq!(table.rows(key).collect::<Vec<_>>(), [3, 5, 9]);
        assert_eq!(table.rows(digest(SignalKind::Host, b"//a.test/")).count(), 0);
    }

    #[test]
    fn accounts_and_pictures() {
        assert_eq!(account("Video.test/@Someone").as_deref(), Some("video.test/someone"));
        assert_eq!((account("someone"), account("video.test/@"), account("/a")), (None, None, None));
        assert_eq!(picture(&format!("{}{:016x}", "0".repeat(48), 7)), Some([0, 0, 0, 7]));
        assert_eq!((picture("00"), picture(&"é".repeat(32)), picture(&"+".repeat(64))), (None, None, None));
    }
}
