//! A segment: values that never change, in one file that is mapped.
//!
//! From front to back, every part padded to [`ALIGN_BYTES`]:
//!
//! | part | bytes | what |
//! |---|---|---|
//! | values | 32 a row | four little-endian words, in the order of bits of the index, rising |
//! | ids | 8 a row | |
//! | by id | 3 a row | rows by rising id |
//! | tables of the values in no group | | for each chunk one |
//! | tables of each group | | one by distance from its centre, then for each chunk one |
//! | checks | 4 a block | CRC-32 of each [`BLOCK_BYTES`] of all before |
//! | groups | 296 each | the centre (32), the place of each bit (256), how many different values (8) |
//! | footer | 64 | [`Footer`], with a CRC-32 of itself and one of checks and groups |
//!
//! A table:
//!
//! | part | bytes | what |
//! |---|---|---|
//! | directory | 4 a bucket, and 4 | how many values stand before the bucket |
//! | for each bucket: sketches | 2 a different value | the 16 bits that follow the chunk on the ring |
//! | and rows | 4 a different value | its first row (3), and the 8 bits that follow the sketch (1) |
//! | | | lean layouts: no sketches, and 3 bytes a row |
//! | | | by distance: all values (32 each), in the order of buckets, then their first rows (3 each) |
//!
//! Rows with the same value stand together and are in the tables once, so a value that a million ids share
//! costs a search no more than another. What groups are for: `segment/group.rs`.
//!
//! The footer, the checks and the length of the file are looked at when it is opened. Blocks are looked at by
//! [`Segment::verify`]: at a full check, and before a flush or a merge copies anything out of them. Between these
//! a flipped bit can hide a value or show a wrong one, but never lead outside the file.

mod group;
mod read;
mod search;
mod write;

pub(crate) use read::Segment;
#[cfg(test)]
pub(crate) use search::Looked;
pub(crate) use search::{Hit, Probe};
pub(crate) use write::{Form, write};

use crate::count::{PAD_BYTES, Words, to_bytes};
use crate::error::damaged;
use crate::layout::Layout;
use crate::shuffle::Half;
use crate::{Error, Result, Value};

/// A row is three bytes in the tables.
pub(crate) const ROWS_MAX: usize = (1 << 24) - 1;
const ROW_BYTES: usize = 3;
const VALUE_BYTES: usize = 32;
const ID_BYTES: usize = 8;
const SKETCH_BYTES: usize = 2;
/// A row in a table with sketches has a byte more.
const ROW_AND_TAIL_BYTES: usize = 4;
const DIRECTORY_BYTES: usize = 4;
const ALIGN_BYTES: usize = 64;
const BLOCK_BYTES: usize = 256 * 1024;
const FOOTER_BYTES: usize = 64;
const GROUP_BYTES: usize = 32 + 256 + 8;
/// By distance from a centre: 0 to 256.
const DISTANCES: usize = 257;
const MAGIC: &[u8; 8] = b"nearest\n";
/// Version 1 had no groups.
const VERSION: u32 = 2;

pub(crate) fn name(number: u64) -> String {
    format!("segment-{number}")
}

/// Where each part begins.
#[derive(Debug)]
struct Places {
    ids: usize,
    by_id: usize,
    /// Of the values in no group.
    main: Set,
    groups: Vec<Group>,
    /// The checks follow.
    end: usize,
}

/// Tables of some of the values, a table for each of the first chunks of a layout.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) layout: Layout,
    /// How many different values each table has.
    pub(crate) entries: usize,
    tables: Vec<Table>,
}

/// Values around a centre.
#[derive(Debug)]
struct Group {
    set: Set,
    centre: Value,
    /// Of the chunks.
    order: Half,
    by_distance: Table,
}

/// What a file says of a group.
#[derive(Clone, Copy, Debug)]
struct Described {
    centre: Value,
    place: [u8; 256],
    entries: usize,
}

#[derive(Clone, Copy, Debug)]
struct Table {
    directory: usize,
    buckets: usize,
}

/// Parts one after the other.
struct Parts(usize);

impl Parts {
    fn part(&mut self, bytes: usize) -> usize {
        let start = self.0;
        self.0 += padded(bytes);
        start
    }

    fn table(&mut self, buckets: usize, entries: usize) -> Table {
        Table {
            directory: self.part((buckets + 1) * DIRECTORY_BYTES),
            buckets: self.part(entries + PAD_BYTES),
        }
    }

    fn set(&mut self, layout: Layout, entries: usize) -> Set {
        let bytes = entries * entry_bytes(&layout);
        let tables = (0..layout.chunks()).map(|chunk| self.table(1 << layout.width(chunk), bytes)).collect();
        Set { layout, entries, tables }
    }

    fn group(&mut self, group: &Described) -> Group {
        Group {
            by_distance: self.table(DISTANCES, group.entries * (VALUE_BYTES + ROW_BYTES)),
            set: self.set(Layout::of_group(group.entries), group.entries),
            centre: group.centre,
            order: Half::new(&group.place),
        }
    }
}

impl Places {
    /// Of so many rows and, in no group, so many different values.
    fn new(layout: Layout, (rows, entries): (usize, usize), groups: &[Described]) -> Self {
        let mut parts = Parts(0);
        parts.part(rows * VALUE_BYTES);
        let (ids, by_id) = (parts.part(rows * ID_BYTES), parts.part(rows * ROW_BYTES));
        let main = parts.set(layout, entries);
        let groups = groups.iter().map(|group| parts.group(group)).collect();
        Self { ids, by_id, main, groups, end: parts.0 }
    }
}

impl Described {
    fn encode(&self) -> [u8; GROUP_BYTES] {
        let mut bytes = [0; GROUP_BYTES];
        bytes[..32].copy_from_slice(&to_bytes(&self.centre));
        bytes[32..288].copy_from_slice(&self.place);
        bytes[288..].copy_from_slice(&(self.entries as u64).to_le_bytes());
        bytes
    }

    fn decode(bytes: &[u8; GROUP_BYTES]) -> Self {
        let mut centre = [0; VALUE_BYTES];
        centre.copy_from_slice(&bytes[..32]);
        let mut place = [0; 256];
        place.copy_from_slice(&bytes[32..288]);
        Self { centre: centre.words(), place, entries: long(bytes, 288) as usize }
    }
}

fn padded(bytes: usize) -> usize {
    bytes.next_multiple_of(ALIGN_BYTES)
}

/// Bytes of an entry of a table.
#[inline(always)]
fn entry_bytes(layout: &Layout) -> usize {
    if layout.sketch { SKETCH_BYTES + ROW_AND_TAIL_BYTES } else { ROW_BYTES }
}

/// The last bytes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Footer {
    layout: u32,
    rows: u64,
    distinct: u64,
    /// Of the order of bits.
    seed: u64,
    /// Its own number, so that a file under another's name is seen.
    number: u64,
    /// CRC-32 of the checks and groups.
    checks: u32,
    groups: u32,
}

impl Footer {
    fn encode(&self) -> [u8; FOOTER_BYTES] {
        let mut bytes = [0; FOOTER_BYTES];
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.layout.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.rows.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.distinct.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.seed.to_le_bytes());
        bytes[40..48].copy_from_slice(&self.number.to_le_bytes());
        bytes[48..52].copy_from_slice(&self.checks.to_le_bytes());
        bytes[52..56].copy_from_slice(&self.groups.to_le_bytes());
        let own = crc32fast::hash(&bytes[..60]);
        bytes[60..].copy_from_slice(&own.to_le_bytes());
        bytes
    }

    fn decode(file: &str, bytes: &[u8; FOOTER_BYTES]) -> Result<Self> {
        if &bytes[..8] != MAGIC {
            return damaged(file, "it does not end as a segment does");
        }
        if crc32fast::hash(&bytes[..60]) != word(bytes, 60) {
            return damaged(file, "the checksum of its footer is wrong");
        }
        if !(1..=VERSION).contains(&word(bytes, 8)) {
            return Err(Error::Version(word(bytes, 8)));
        }
        Ok(Self {
            layout: word(bytes, 12),
            rows: long(bytes, 16),
            distinct: long(bytes, 24),
            seed: long(bytes, 32),
            number: long(bytes, 40),
            checks: word(bytes, 48),
            groups: word(bytes, 52),
        })
    }
}

/// Four little-endian bytes; nothing is 0.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|from| from.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

#[inline(always)]
fn long(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|from| from.first_chunk()).map_or(0, |eight| u64::from_le_bytes(*eight))
}
