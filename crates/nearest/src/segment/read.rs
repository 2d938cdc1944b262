//! Opening a segment, and its rows.

use super::group::GROUPS_MAX;
use super::{
    BLOCK_BYTES, Described, FOOTER_BYTES, Footer, GROUP_BYTES, ID_BYTES, Places, ROW_BYTES, ROWS_MAX,
    VALUE_BYTES, long, name, word,
};
use crate::count::Words;
use crate::disk::{Bytes, Disk};
use crate::error::{During, damaged};
use crate::layout::Layout;
use crate::{Result, Value};

/// An open segment.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) number: u64,
    pub(super) bytes: Bytes,
    pub(super) places: Places,
    rows: usize,
    pub(super) distinct: usize,
}

impl Segment {
    /// Opens it and looks at its footer. Reads a few thousand bytes, whatever its size.
    pub(crate) fn open(disk: &dyn Disk, number: u64, (rows, seed): (usize, u64)) -> Result<Self> {
        let file = name(number);
        let bytes = disk.read(&file).during("reading", &file)?;
        let Some((before, end)) = bytes.split_last_chunk::<FOOTER_BYTES>() else {
            return damaged(&file, "it is too short");
        };
        let footer = Footer::decode(&file, end)?;
        let Some(layout) = Layout::by_code(footer.layout) else {
            return damaged(&file, "its layout is unknown");
        };
        let is_its = footer.number == number && footer.seed == seed && footer.rows == rows as u64;
        if !is_its || rows > ROWS_MAX || footer.distinct > rows as u64 || footer.groups > GROUPS_MAX as u32 {
            return damaged(&file, "it is another segment");
        }
        let distinct = footer.distinct as usize;
        let Some(groups) = before.len().checked_sub(footer.groups as usize * GROUP_BYTES) else {
            return damaged(&file, "it is too short");
        };
        let described: Vec<Described> =
            before[groups..].as_chunks().0.iter().map(Described::decode).collect();
        let grouped = described.iter().map(|group| group.entries as u128).sum::<u128>();
        if grouped > distinct as u128 {
            return damaged(&file, "its groups are larger than all");
        }
        let places = Places::new(layout, (rows, distinct - grouped as usize), &described);
        let checks = places.end.div_ceil(BLOCK_BYTES) * 4;
        if groups != places.end + checks {
            return damaged(&file, "its length is wrong");
        }
        if crc32fast::hash(&before[places.end..]) != footer.checks {
            return damaged(&file, "the checksum of its checks is wrong");
        }
        Ok(Self { number, bytes, places, rows, distinct })
    }

    /// Reads everything and holds it against its checks.
    pub(crate) fn verify(&self) -> Result<()> {
        for (block, bytes) in self.bytes[..self.places.end].chunks(BLOCK_BYTES).enumerate() {
            if crc32fast::hash(bytes) != word(&self.bytes, self.places.end + block * 4) {
                return damaged(&name(self.number), format!("the checksum of block {block} is wrong"));
            }
        }
        Ok(())
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of the file.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// All values by row.
    #[inline(always)]
    pub(super) fn values(&self) -> &[[u8; VALUE_BYTES]] {
        self.bytes[..self.rows * VALUE_BYTES].as_chunks().0
    }

    /// In the order of bits of the index.
    #[inline(always)]
    pub(crate) fn value(&self, row: u32) -> Value {
        self.values()[row as usize].words()
    }

    #[inline(always)]
    pub(crate) fn id(&self, row: u32) -> u64 {
        long(&self.bytes, self.places.ids + row as usize * ID_BYTES)
    }

    /// Rows with their values and ids, rising.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Value, u64)> {
        (0..self.rows as u32).map(|row| (row, self.value(row), self.id(row)))
    }

    /// The row of the id. A guess by the ids' distance and a halving take turns: ids without gaps are found at
    /// once, any others in twice as many steps as halving alone.
    pub(crate) fn find(&self, id: u64) -> Option<u32> {
        let (mut low, mut high) = (0, self.rows);
        let mut halve = false;
        while low < high {
            let guess = if halve { low + (high - low) / 2 } else { self.guess(id, low, high)? };
            halve = !halve;
            let row = self.row_by_id(guess);
            match self.id(row).cmp(&id) {
                std::cmp::Ordering::Equal => return Some(row),
                std::cmp::Ordering::Less => low = guess + 1,
                std::cmp::Ordering::Greater => high = guess,
            }
        }
        None
    }

    pub(crate) fn highest_id(&self) -> Option<u64> {
        self.rows.checked_sub(1).map(|last| self.id(self.row_by_id(last)))
    }

    /// A place from `low` to under `high`; nothing when the id is outside theirs.
    fn guess(&self, id: u64, low: usize, high: usize) -> Option<usize> {
        let (first, last) = (self.id(self.row_by_id(low)), self.id(self.row_by_id(high - 1)));
        if id < first || id > last {
            return None;
        }
        let share = u128::from(id - first) * (high - 1 - low) as u128 / u128::from((last - first).max(1));
        Some(low + share as usize)
    }

    #[inline(always)]
    fn row_by_id(&self, place: usize) -> u32 {
        self.row_at(self.places.by_id + place * ROW_BYTES)
    }

    /// The row whose three bytes stand there. One that cannot be is row 0.
    #[inline(always)]
    pub(super) fn row_at(&self, at: usize) -> u32 {
        // Rows are never the last part of a file, so a fourth byte is there.
        let row = word(&self.bytes, at) & ROWS_MAX as u32;
        if (row as usize) < self.rows { row } else { 0 }
    }
}
