//! The log of changes that are not in segments yet.
//!
//! Records of [`RECORD_BYTES`]: kind (1), how many records were durable when this was written (3), CRC-32 (4),
//! id (8), value (32, in the order of bits of the index). The checksum covers the record, its place and the
//! number of the log, so nothing that lay on the disk before is taken for a record.
//!
//! After a power cut the last records may be lost or torn, in any order. They were never acknowledged: reading
//! stops at the first that is not whole. When a later record says that this one was durable already, then it is
//! not a torn end but damage, and the log is refused. So that the last acknowledged records have such a later one
//! too, each sync is followed by a mark, a record that changes nothing; it is not synced itself, and may be lost.
//! A log that was cut off at the end of a record cannot be told from one that the power ended there.

use crate::count::{Words, to_bytes};
use crate::disk::{Disk, Output};
use crate::error::{During, damaged};
use crate::{Result, Value};

const RECORD_BYTES: usize = 48;
/// Handed to the system at the latest then.
const PENDING_BYTES_MAX: usize = 256 * 1024;
/// The count of durable records has three bytes.
pub(crate) const RECORDS_MAX: usize = (1 << 24) - 1;

pub(crate) fn name(number: u64) -> String {
    format!("log-{number}")
}

/// A change of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts the value under the id, in place of what is there.
    Insert {
        /// Any number.
        id: u64,
        /// 256 bits.
        value: Value,
    },
    /// Takes the id out.
    Remove {
        /// The id; one that is not there changes nothing.
        id: u64,
    },
}

impl Change {
    pub(crate) fn id(&self) -> u64 {
        let (Self::Insert { id, .. } | Self::Remove { id }) = self;
        *id
    }
}

/// The log that is being written.
pub(crate) struct Log {
    number: u64,
    file: String,
    out: Box<dyn Output>,
    pending: Vec<u8>,
    /// Changes and marks.
    records: usize,
    changes: usize,
    durable: usize,
    /// How many records there were after the last mark.
    marked: usize,
}

impl Log {
    pub(crate) fn create(disk: &dyn Disk, number: u64) -> Result<Self> {
        let file = name(number);
        let out = disk.create(&file).during("creating", &file)?;
        Ok(Self { number, file, out, pending: Vec::new(), records: 0, changes: 0, durable: 0, marked: 0 })
    }

    pub(crate) fn changes(&self) -> usize {
        self.changes
    }

    pub(crate) fn append(&mut self, change: &Change) -> Result<()> {
        self.record(&Record::Change(*change));
        self.changes += 1;
        if self.pending.len() >= PENDING_BYTES_MAX { self.hand_over() } else { Ok(()) }
    }

    fn record(&mut self, record: &Record) {
        let bytes = encode(record, self.number, (self.records, self.durable));
        self.records += 1;
        self.pending.extend_from_slice(&bytes);
    }

    fn hand_over(&mut self) -> Result<()> {
        self.out.write(&self.pending).during("writing", &self.file)?;
        self.pending.clear();
        Ok(())
    }

    /// Returns when every change is durable.
    pub(crate) fn sync(&mut self) -> Result<()> {
        self.hand_over()?;
        self.out.sync().during("syncing", &self.file)?;
        if self.records == self.marked {
            return Ok(());
        }
        self.durable = self.records;
        self.record(&Record::Mark);
        self.marked = self.records;
        self.hand_over()
    }
}

#[derive(Clone, Copy)]
enum Record {
    Change(Change),
    /// Says how many records before it are durable.
    Mark,
}

fn encode(record: &Record, log: u64, (place, durable): (usize, usize)) -> [u8; RECORD_BYTES] {
    let mut bytes = [0; RECORD_BYTES];
    bytes[1..4].copy_from_slice(&(durable as u32).to_le_bytes()[..3]);
    match record {
        Record::Change(Change::Insert { id, value }) => {
            bytes[0] = b'+';
            bytes[8..16].copy_from_slice(&id.to_le_bytes());
            bytes[16..].copy_from_slice(&to_bytes(value));
        }
        Record::Change(Change::Remove { id }) => {
            bytes[0] = b'-';
            bytes[8..16].copy_from_slice(&id.to_le_bytes());
        }
        Record::Mark => bytes[0] = b'=',
    }
    let check = check(&bytes, log, place);
    bytes[4..8].copy_from_slice(&check.to_le_bytes());
    bytes
}

fn check(record: &[u8; RECORD_BYTES], log: u64, place: usize) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&log.to_le_bytes());
    crc.update(&(place as u64).to_le_bytes());
    crc.update(&record[..4]);
    crc.update(&record[8..]);
    crc.finalize()
}

/// The record and how many were durable before it.
fn decode(record: &[u8; RECORD_BYTES], log: u64, place: usize) -> Option<(Record, usize)> {
    if record[4..8] != check(record, log, place).to_le_bytes() {
        return None;
    }
    let id = u64::from_le_bytes(*record[8..].first_chunk()?);
    let read = match record[0] {
        b'+' => Record::Change(Change::Insert { id, value: record.last_chunk::<32>()?.words() }),
        b'-' => Record::Change(Change::Remove { id }),
        b'=' => Record::Mark,
        _ => return None,
    };
    let durable = [record[1], record[2], record[3], 0];
    Some((read, u32::from_le_bytes(durable) as usize))
}

/// The changes that the bytes of a log hold.
pub(crate) fn read(disk: &dyn Disk, number: u64) -> Result<Vec<Change>> {
    let file = name(number);
    let bytes = disk.read(&file).during("reading", &file)?;
    let records = bytes.as_chunks().0.iter().enumerate();
    let mut changes = Vec::new();
    let (mut torn, mut durable) = (None, 0);
    for (place, bytes) in records {
        match decode(bytes, number, place) {
            Some((record, said)) => {
                durable = durable.max(said);
                if let (Record::Change(change), None) = (record, torn) {
                    changes.push(change);
                }
            }
            None => torn = torn.or(Some(place)),
        }
    }
    match torn {
        Some(place) if durable > place => damaged(&file, format!("record {place} is not what was written")),
        _ => Ok(changes),
    }
}
