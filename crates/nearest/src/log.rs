//! The log of changes that are not in segments yet.
//!
//! Records of [`RECORD_BYTES`]: kind (1), how many records were durable when this was written (3), CRC-32 (4),
//! id (8), value (32, in the order of bits of the index). The checksum covers the record, its place and the
//! number of the log, so nothing that lay on the disk before is taken for a record.
//!
//! After a power cut the last records may be lost or torn, in any order. They were never acknowledged: reading
//! stops at the first that is not whole. When a later record says that this one was durable already, then it is
//! not a torn end but damage, and the log is refused.

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
    records: usize,
    durable: usize,
}

impl Log {
    pub(crate) fn create(disk: &dyn Disk, number: u64) -> Result<Self> {
        let file = name(number);
        let out = disk.create(&file).during("creating", &file)?;
        Ok(Self { number, file, out, pending: Vec::new(), records: 0, durable: 0 })
    }

    pub(crate) fn records(&self) -> usize {
        self.records
    }

    pub(crate) fn append(&mut self, change: &Change) -> Result<()> {
        let record = encode(change, self.number, (self.records, self.durable));
        self.records += 1;
        self.pending.extend_from_slice(&record);
        if self.pending.len() >= PENDING_BYTES_MAX { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<()> {
        self.out.write(&self.pending).during("writing", &self.file)?;
        self.pending.clear();
        Ok(())
    }

    /// Returns when every record is durable.
    pub(crate) fn sync(&mut self) -> Result<()> {
        self.hand_over()?;
        self.out.sync().during("syncing", &self.file)?;
        self.durable = self.records;
        Ok(())
    }
}

fn encode(change: &Change, log: u64, (place, durable): (usize, usize)) -> [u8; RECORD_BYTES] {
    let mut record = [0; RECORD_BYTES];
    record[1..4].copy_from_slice(&(durable as u32).to_le_bytes()[..3]);
    record[8..16].copy_from_slice(&change.id().to_le_bytes());
    match change {
        Change::Insert { value, .. } => {
            record[0] = b'+';
            record[16..].copy_from_slice(&to_bytes(value));
        }
        Change::Remove { .. } => record[0] = b'-',
    }
    let check = check(&record, log, place);
    record[4..8].copy_from_slice(&check.to_le_bytes());
    record
}

fn check(record: &[u8; RECORD_BYTES], log: u64, place: usize) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&log.to_le_bytes());
    crc.update(&(place as u64).to_le_bytes());
    crc.update(&record[..4]);
    crc.update(&record[8..]);
    crc.finalize()
}

/// The change and how many records were durable before it.
fn decode(record: &[u8; RECORD_BYTES], log: u64, place: usize) -> Option<(Change, usize)> {
    if record[4..8] != check(record, log, place).to_le_bytes() {
        return None;
    }
    let id = u64::from_le_bytes(*record[8..].first_chunk()?);
    let change = match record[0] {
        b'+' => Change::Insert { id, value: record.last_chunk::<32>()?.words() },
        b'-' => Change::Remove { id },
        _ => return None,
    };
    let durable = [record[1], record[2], record[3], 0];
    Some((change, u32::from_le_bytes(durable) as usize))
}

/// The changes that the bytes of a log hold.
pub(crate) fn read(disk: &dyn Disk, number: u64) -> Result<Vec<Change>> {
    let file = name(number);
    let bytes = disk.read(&file).during("reading", &file)?;
    let records = bytes.as_chunks().0.iter().enumerate();
    let mut changes = Vec::new();
    let (mut torn, mut durable) = (false, 0);
    for (place, record) in records {
        match decode(record, number, place) {
            Some((change, said)) => {
                durable = durable.max(said);
                if !torn {
                    changes.push(change);
                }
            }
            None => torn = true,
        }
    }
    if durable > changes.len() {
        return damaged(&file, format!("record {} is not what was written", changes.len()));
    }
    Ok(changes)
}
