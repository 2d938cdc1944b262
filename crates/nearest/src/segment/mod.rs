//! A segment: values that never change, in one file that is mapped.
//!
//! From front to back, every part padded to [`ALIGN_BYTES`]:
//!
//! | part | bytes | what |
//! |---|---|---|
//! | values | 32 a row | four little-endian words, in the order of bits of the index, rising |
//! | ids | 8 a row | |
//! | by id | 3 a row | rows by rising id |
//! | for each chunk: directory | 4 a bucket, and 4 | how many values stand before the bucket |
//! | for each bucket: sketches | 2 a different value | the 16 bits that follow the chunk on the ring |
//! | and rows | 4 a different value | its first row (3), and the 8 bits that follow the sketch (1) |
//! | | | lean layouts: no sketches, and 3 bytes a row |
//! | checks | 4 a block | CRC-32 of each [`BLOCK_BYTES`] of all before |
//! | footer | 64 | [`Footer`], with a CRC-32 of itself and of the checks |
//!
//! Rows with the same value stand together and are in the tables once, so a value that a million ids share
//! costs a search no more than another.
//!
//! The footer, the checks and the length of the file are looked at when it is opened. Blocks are looked at by
//! [`Segment::verify`]: at a full check, and before a flush or a merge copies anything out of them. Between these
//! a flipped bit can hide a value or show a wrong one, but never lead outside the file.

mod read;
mod search;
mod write;

pub(crate) use read::Segment;
pub(crate) use search::{Hit, Probe};
pub(crate) use write::{Form, write};

use crate::count::PAD_BYTES;
use crate::error::damaged;
use crate::layout::Layout;
use crate::{Error, Result};

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
const MAGIC: &[u8; 8] = b"nearest\n";
const VERSION: u32 = 1;

pub(crate) fn name(number: u64) -> String {
    format!("segment-{number}")
}

/// Where each part begins.
#[derive(Debug)]
struct Places {
    ids: usize,
    by_id: usize,
    tables: Vec<Table>,
    /// The checks follow.
    end: usize,
}

#[derive(Clone, Copy, Debug)]
struct Table {
    directory: usize,
    buckets: usize,
}

impl Places {
    fn new(layout: &Layout, rows: usize, distinct: usize) -> Self {
        let mut end = 0;
        let mut part = |bytes: usize| {
            let start = end;
            end += padded(bytes);
            start
        };
        part(rows * VALUE_BYTES);
        let (ids, by_id) = (part(rows * ID_BYTES), part(rows * ROW_BYTES));
        let table = |chunk| Table {
            directory: part(directory_len(layout, chunk) * DIRECTORY_BYTES),
            buckets: part(buckets_len(layout, distinct)),
        };
        let tables = (0..layout.chunks()).map(table).collect();
        Self { ids, by_id, tables, end }
    }
}

fn padded(bytes: usize) -> usize {
    bytes.next_multiple_of(ALIGN_BYTES)
}

fn directory_len(layout: &Layout, chunk: usize) -> usize {
    (1 << layout.width(chunk)) + 1
}

/// Bytes of an entry of a table.
#[inline(always)]
fn entry_bytes(layout: &Layout) -> usize {
    if layout.sketch { SKETCH_BYTES + ROW_AND_TAIL_BYTES } else { ROW_BYTES }
}

fn buckets_len(layout: &Layout, distinct: usize) -> usize {
    distinct * entry_bytes(layout) + PAD_BYTES
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
    /// CRC-32 of the checks.
    checks: u32,
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
        if word(bytes, 8) != VERSION {
            return Err(Error::Version(word(bytes, 8)));
        }
        Ok(Self {
            layout: word(bytes, 12),
            rows: long(bytes, 16),
            distinct: long(bytes, 24),
            seed: long(bytes, 32),
            number: long(bytes, 40),
            checks: word(bytes, 48),
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
