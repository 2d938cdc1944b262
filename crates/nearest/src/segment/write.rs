//! Writing a segment.

use super::{BLOCK_BYTES, Footer, ID_BYTES, Places, ROWS_MAX, VALUE_BYTES, directory_len, name, padded};
use crate::count::{PAD_BYTES, Words, to_bytes};
use crate::disk::{Bytes, Disk, Output};
use crate::error::During;
use crate::layout::{Layout, Limits, Profile, SKETCH_BITS, TAIL_BITS, bits};
use crate::{Error, Result, Value};

/// What all segments of an index share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) profile: Profile,
    pub(crate) limits: Limits,
    /// Of the order of bits.
    pub(crate) seed: u64,
}

/// Writes the rows, which must come in rising order, and says how many. All is durable then but the name. Holds 8 bytes a row in memory, and 24 for a while.
pub(crate) fn write(
    disk: &dyn Disk,
    number: u64,
    form: &Form,
    rows: impl Iterator<Item = (Value, u64)>,
) -> Result<usize> {
    let file = name(number);
    let mut out = Blocks::new(disk.create(&file).during("creating", &file)?, &file);
    let mut ids = Vec::new();
    let (mut distinct, mut last) = (0, None);
    for (value, id) in rows {
        if ids.len() == ROWS_MAX {
            return Err(Error::TooMany(ROWS_MAX));
        }
        distinct += usize::from(last != Some(value));
        last = Some(value);
        out.put(&to_bytes(&value))?;
        ids.push(id);
    }
    out.pad()?;
    out.flush()?;
    let values = Values { bytes: disk.read(&file).during("reading", &file)?, rows: ids.len() };
    let layout = Layout::of(form.profile, &form.limits, ids.len());
    let rows = ids.len();
    put_ids(&mut out, ids)?;
    for chunk in 0..layout.chunks() {
        put_table(&mut out, &layout, chunk, (&values, distinct))?;
    }
    debug_assert_eq!(out.written, Places::new(&layout, rows, distinct).end);
    let footer = Footer {
        layout: layout.code,
        rows: rows as u64,
        distinct: distinct as u64,
        seed: form.seed,
        number,
        checks: 0,
    };
    out.finish(footer)?;
    Ok(rows)
}

fn put_ids(out: &mut Blocks, ids: Vec<u64>) -> Result<()> {
    for id in &ids {
        out.put(&id.to_le_bytes())?;
    }
    out.pad()?;
    let mut order: Vec<(u64, u32)> = ids.into_iter().zip(0..).collect();
    order.sort_unstable();
    if let Some(pair) = order.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(Error::Repeated(pair[0].0));
    }
    for (_, row) in order {
        out.put(&row.to_le_bytes()[..3])?;
    }
    out.pad()
}

/// The values just written.
struct Values {
    bytes: Bytes,
    rows: usize,
}

impl Values {
    /// The first row of each value.
    fn distinct(&self) -> impl Iterator<Item = (u32, Value)> {
        let (values, _) = self.bytes[..self.rows * VALUE_BYTES].as_chunks::<VALUE_BYTES>();
        let first = move |row: usize| row == 0 || values[row] != values[row - 1];
        (0..values.len()).filter(move |row| first(*row)).map(move |row| (row as u32, values[row].words()))
    }
}

/// Sorts by counting: once over the values to count each bucket, once to put each row in its place.
fn put_table(
    out: &mut Blocks,
    layout: &Layout,
    chunk: usize,
    (values, distinct): (&Values, usize),
) -> Result<()> {
    let (start, width) = (layout.start(chunk), layout.width(chunk));
    let mut directory = vec![0u32; directory_len(layout, chunk)];
    for (_, value) in values.distinct() {
        directory[bits(&value, start, width) as usize + 1] += 1;
    }
    let mut sum = 0;
    for bucket in &mut directory {
        sum += *bucket;
        *bucket = sum;
        out.put(&bucket.to_le_bytes())?;
    }
    out.pad()?;
    // A row and what follows its chunk move together; each entry of the directory moves to its bucket's end.
    let mut placed = vec![0u64; distinct];
    for (row, value) in values.distinct() {
        let next = &mut directory[bits(&value, start, width) as usize];
        let follows = bits(&value, start + width as usize, SKETCH_BITS + TAIL_BITS);
        placed[*next as usize] = u64::from(row) << u32::BITS | u64::from(follows);
        *next += 1;
    }
    if !layout.sketch {
        placed.iter().try_for_each(|entry| out.put(&entry.to_le_bytes()[4..7]))?;
    } else {
        let mut from = 0;
        for end in &directory[..directory.len() - 1] {
            let bucket = &placed[from..*end as usize];
            bucket.iter().try_for_each(|entry| out.put(&entry.to_le_bytes()[..2]))?;
            for entry in bucket {
                let [_, _, tail, _, row @ .., _] = entry.to_le_bytes();
                out.put(&[row[0], row[1], row[2], tail])?;
            }
            from = *end as usize;
        }
    }
    out.put(&[0; PAD_BYTES])?;
    out.pad()
}

/// A file that is written in blocks, each of which gets a check.
struct Blocks<'a> {
    out: Box<dyn Output>,
    file: &'a str,
    block: Vec<u8>,
    /// Bytes put, padding included.
    written: usize,
    checks: Vec<u8>,
    crc: crc32fast::Hasher,
    in_block: usize,
}

impl<'a> Blocks<'a> {
    fn new(out: Box<dyn Output>, file: &'a str) -> Self {
        let block = Vec::with_capacity(BLOCK_BYTES);
        Self { out, file, block, written: 0, checks: Vec::new(), crc: crc32fast::Hasher::new(), in_block: 0 }
    }

    #[inline]
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        if self.block.len() + bytes.len() > BLOCK_BYTES {
            self.flush()?;
        }
        self.block.extend_from_slice(bytes);
        self.written += bytes.len();
        Ok(())
    }

    fn pad(&mut self) -> Result<()> {
        let zeros = [0; super::ALIGN_BYTES];
        self.put(&zeros[..padded(self.written) - self.written])
    }

    /// Hands everything to the disk. Blocks for checks go on where they stopped.
    fn flush(&mut self) -> Result<()> {
        let block = std::mem::take(&mut self.block);
        let mut rest = &block[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(BLOCK_BYTES - self.in_block));
            self.crc.update(now);
            self.in_block += now.len();
            if self.in_block == BLOCK_BYTES {
                self.end_check();
            }
            rest = later;
        }
        self.out.write(&block).during("writing", self.file)?;
        self.block = block;
        self.block.clear();
        Ok(())
    }

    fn end_check(&mut self) {
        let crc = std::mem::take(&mut self.crc).finalize();
        self.checks.extend_from_slice(&crc.to_le_bytes());
        self.in_block = 0;
    }

    fn finish(mut self, footer: Footer) -> Result<()> {
        self.flush()?;
        if self.in_block > 0 {
            self.end_check();
        }
        let footer = Footer { checks: crc32fast::hash(&self.checks), ..footer };
        self.out.write(&self.checks).during("writing", self.file)?;
        self.out.write(&footer.encode()).during("writing", self.file)?;
        self.out.sync().during("syncing", self.file)
    }
}

const _: () = assert!(ID_BYTES == size_of::<u64>());
