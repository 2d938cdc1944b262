//! Rows of a segment that were taken out.

use std::sync::Arc;

use crate::Result;
use crate::disk::Disk;
use crate::error::{During, damaged};

/// Rows a page has bits for.
const PAGE_ROWS: usize = 32 * 1024;
const PAGE_WORDS: usize = PAGE_ROWS / 64;

/// A set of rows in pages. A copy shares the pages until one of the two changes, so a search keeps the set it
/// began with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dead {
    pages: Vec<Option<Arc<[u64; PAGE_WORDS]>>>,
    count: usize,
}

impl Dead {
    #[inline]
    pub(crate) fn has(&self, row: u32) -> bool {
        let (page, word, bit) = place(row);
        self.count > 0
            && self.pages.get(page).and_then(Option::as_ref).is_some_and(|page| page[word] & bit != 0)
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether it was not there yet.
    pub(crate) fn insert(&mut self, row: u32) -> bool {
        let (page, word, bit) = place(row);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let page = Arc::make_mut(self.pages[page].get_or_insert_with(|| Arc::new([0; PAGE_WORDS])));
        let new = page[word] & bit == 0;
        page[word] |= bit;
        self.count += usize::from(new);
        new
    }

    /// Rows that an earlier state of this set does not have.
    pub(crate) fn since(&self, before: &Self) -> Vec<u32> {
        let mut rows = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let Some(page) = page else { continue };
            let old = before.pages.get(at).and_then(Option::as_ref);
            if old.is_some_and(|old| Arc::ptr_eq(old, page)) {
                continue;
            }
            for (word, bits) in page.iter().enumerate() {
                let mut new = bits & !old.map_or(0, |old| old[word]);
                while new != 0 {
                    rows.push((at * PAGE_ROWS + word * 64) as u32 + new.trailing_zeros());
                    new &= new - 1;
                }
            }
        }
        rows
    }
}

fn place(row: u32) -> (usize, usize, u64) {
    let row = row as usize;
    (row / PAGE_ROWS, row % PAGE_ROWS / 64, 1 << (row % 64))
}

pub(crate) fn name(number: u64) -> String {
    format!("dead-{number}")
}

/// Writes the rows of all segments: number (8), how many (4), and each row (4); at the end a CRC-32 of all.
pub(crate) fn write(disk: &dyn Disk, number: u64, segments: &[(u64, &Dead)]) -> Result<()> {
    let file = name(number);
    let mut bytes = Vec::new();
    for (segment, dead) in segments.iter().filter(|(_, dead)| dead.count > 0) {
        bytes.extend_from_slice(&segment.to_le_bytes());
        bytes.extend_from_slice(&(dead.count as u32).to_le_bytes());
        for row in dead.since(&Dead::default()) {
            bytes.extend_from_slice(&row.to_le_bytes());
        }
    }
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    let mut out = disk.create(&file).during("creating", &file)?;
    out.write(&bytes).during("writing", &file)?;
    out.sync().during("syncing", &file)
}

/// The rows by segment.
pub(crate) fn read(disk: &dyn Disk, number: u64) -> Result<Vec<(u64, Dead)>> {
    let file = name(number);
    let bytes = disk.read(&file).during("reading", &file)?;
    let Some((mut rest, check)) = bytes.split_last_chunk() else {
        return damaged(&file, "it is too short");
    };
    if crc32fast::hash(rest) != u32::from_le_bytes(*check) {
        return damaged(&file, "its checksum is wrong");
    }
    let mut segments = Vec::new();
    while !rest.is_empty() {
        let Some((segment, dead, later)) = one(rest) else {
            return damaged(&file, "it ends too early");
        };
        segments.push((segment, dead));
        rest = later;
    }
    Ok(segments)
}

fn one(bytes: &[u8]) -> Option<(u64, Dead, &[u8])> {
    let (segment, bytes) = bytes.split_first_chunk()?;
    let (count, bytes) = bytes.split_first_chunk()?;
    let (rows, rest) = bytes.split_at_checked(u32::from_le_bytes(*count) as usize * 4)?;
    let mut dead = Dead::default();
    for row in rows.as_chunks().0 {
        dead.insert(u32::from_le_bytes(*row));
    }
    Some((u64::from_le_bytes(*segment), dead, rest))
}
