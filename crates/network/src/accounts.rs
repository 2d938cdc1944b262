//! Names of accounts and their places: any text, interned.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use crate::{Error, Result};

/// Accounts of one graph.
pub const ACCOUNTS_MAX: usize = 16_000_000;
/// Bytes of the name of one account.
pub const NAME_BYTES_MAX: usize = 512;
/// Names that are numbers below this find their place without a hash.
const SMALL_MAX: usize = 1 << 22;
const NONE: u32 = u32::MAX;

/// The accounts of a graph: a place from 0 for each name, in the order of their first appearance.
///
/// The table of names is hashed with a key that nobody outside knows, so chosen names cannot slow it down.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// All names one after the other.
    text: String,
    /// Where each name ends.
    ends: Vec<u32>,
    /// Open addressing over the places; its length is a power of two.
    table: Vec<u32>,
    /// The place of a name that is a small number, written as numbers are.
    small: Vec<u32>,
    key: RandomState,
}

impl Accounts {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name at a place below `len`.
    #[must_use]
    pub fn name(&self, place: u32) -> &str {
        let at = place as usize;
        let from = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[from..self.ends[at] as usize]
    }

    /// The place of a name that is there.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u32> {
        if let Some(number) = small(name) {
            return self.small.get(number).copied().filter(|place| *place != NONE);
        }
        if self.table.is_empty() {
            return None;
        }
        let place = self.table[self.slot(name)];
        (place != NONE).then_some(place)
    }

    /// The place of a name, which is added when it is new.
    ///
    /// # Errors
    /// `TooMany` accounts or bytes of names.
    pub fn place(&mut self, name: &str) -> Result<u32> {
        if let Some(number) = small(name) {
            if number >= self.small.len() {
                self.small.resize((number + 1).next_power_of_two(), NONE);
            }
            if self.small[number] == NONE {
                self.small[number] = self.push(name)?;
            }
            return Ok(self.small[number]);
        }
        if (self.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let slot = self.slot(name);
        if self.table[slot] == NONE {
            self.table[slot] = self.push(name)?;
        }
        Ok(self.table[slot])
    }

    /// Bytes that this takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + 4 * (self.ends.capacity() + self.table.capacity() + self.small.capacity())
    }

    fn push(&mut self, name: &str) -> Result<u32> {
        let too_many = Error::TooMany { what: "accounts", max: ACCOUNTS_MAX };
        if self.len() >= ACCOUNTS_MAX {
            return Err(too_many);
        }
        let place = u32::try_from(self.len()).map_err(|_| too_many)?;
        self.text.push_str(name);
        let end = u32::try_from(self.text.len());
        self.ends.push(end.map_err(|_| Error::TooMany { what: "bytes of names", max: u32::MAX as usize })?);
        Ok(place)
    }

    /// Where the name is or would be.
    fn slot(&self, name: &str) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = self.key.hash_one(name) as usize & mask;
        while self.table[slot] != NONE && self.name(self.table[slot]) != name {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let len = (self.len() + 1).next_power_of_two() * 4;
        self.table = vec![NONE; len];
        for place in 0..self.len() as u32 {
            if small(self.name(place)).is_none() {
                let slot = self.slot(self.name(place));
                self.table[slot] = place;
            }
        }
    }
}

/// A number as `to_string` writes it, if it is small.
fn small(name: &str) -> Option<usize> {
    let digits = name.as_bytes();
    if digits.is_empty() || digits.len() > 7 || (digits[0] == b'0' && digits.len() > 1) {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + usize::from(digit - b'0');
    }
    (number < SMALL_MAX).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::Accounts;

    #[test]
    fn names_are_texts() -> crate::Result<()> {
        let names = ["0", "00", "7", "anna", "4194303", "4194304", "99999999999999999999", "é", "-1", ""];
        let mut accounts = Accounts::new();
        for round in 0..2 {
            for (place, name) in names.iter().enumerate() {
                assert_eq!(accounts.place(name)?, place as u32, "{name}, round {round}");
            }
        }
        for extra in 0..1000 {
            accounts.place(&format!("x{extra}"))?;
        }
        for (place, name) in names.iter().enumerate() {
            assert_eq!(accounts.name(place as u32), *name);
            assert_eq!(accounts.find(name), Some(place as u32));
        }
        assert_eq!(accounts.find("8"), None);
        assert_eq!(accounts.find("bert"), None);
        assert_eq!(Accounts::new().find("anna"), None);
        Ok(())
    }
}
