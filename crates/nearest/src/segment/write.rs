//! Writing a segment.

use super::group::{self, Found};
use super::{
    BLOCK_BYTES, DISTANCES, Described, Footer, ID_BYTES, Places, ROWS_MAX, VALUE_BYTES, name, padded,
};
use crate::count::{PAD_BYTES, Words, to_bytes};
use crate::disk::{Disk, Output};
use crate::error::During;
use crate::layout::{Layout, Limits, Profile, SKETCH_BITS, TAIL_BITS, bits};
use crate::shuffle::Half;
use crate::{Error, Result, Value, distance};

/// What all segments of an index share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) profile: Profile,
    pub(crate) limits: Limits,
    /// Of the order of bits.
    pub(crate) seed: u64,
}

/// Writes the rows, which must come in rising order, and says how many. All is durable then but the name. Holds 9
/// bytes a row in memory, and 24 for a while.
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
    let layout = Layout::of(form.profile, &form.limits, ids.len());
    let bytes = disk.read(&file).during("reading", &file)?;
    let (values, groups) = Values::new(&bytes, (ids.len(), distinct), layout.has_groups());
    let rows = ids.len();
    put_ids(&mut out, ids)?;
    for chunk in 0..layout.chunks() {
        put_table(&mut out, &By::Chunk(&layout, chunk), &values.of(0, None))?;
    }
    let mut described = Vec::new();
    for (set, group) in (1..).zip(&groups) {
        let order = Half::new(&group.place);
        let members = values.of(set, Some(&order));
        let layout = Layout::of_group(members.count);
        put_table(&mut out, &By::Distance(group.centre), &values.of(set, None))?;
        for chunk in 0..layout.chunks() {
            put_table(&mut out, &By::Chunk(&layout, chunk), &members)?;
        }
        described.push(Described { centre: group.centre, place: group.place, entries: members.count });
    }
    debug_assert_eq!(out.written, Places::new(layout, (rows, values.counts[0]), &described).end);
    let footer = Footer {
        layout: layout.code,
        rows: rows as u64,
        distinct: distinct as u64,
        seed: form.seed,
        number,
        checks: 0,
        groups: described.len() as u32,
    };
    out.finish(&described, footer)?;
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
struct Values<'a> {
    values: &'a [[u8; VALUE_BYTES]],
    /// By row: 0 for the first of a value in no group, the number of its group from 1, or [`REPEATED`].
    sets: Vec<u8>,
    /// Different values of each set.
    counts: Vec<usize>,
}

/// The same value as the row before.
const REPEATED: u8 = u8::MAX;

impl<'a> Values<'a> {
    fn new(bytes: &'a [u8], (rows, distinct): (usize, usize), grouped: bool) -> (Self, Vec<Found>) {
        let (values, _) = bytes[..rows * VALUE_BYTES].as_chunks::<VALUE_BYTES>();
        let is_first = |row: usize| row == 0 || values[row] != values[row - 1];
        let first = (0..rows).filter(|row| is_first(*row)).map(|row| values[row].words());
        let groups = if grouped { group::find(first, distinct) } else { Vec::new() };
        let mut counts = vec![0; groups.len() + 1];
        let set = |row: usize| {
            if !is_first(row) {
                return REPEATED;
            }
            let value = values[row].words();
            let set = groups.iter().position(|group| group.has(&value)).map_or(0, |at| at + 1);
            counts[set] += 1;
            set as u8
        };
        let sets = (0..rows).map(set).collect();
        (Self { values, sets, counts }, groups)
    }

    fn of<'b>(&'b self, set: u8, order: Option<&'b Half>) -> Members<'b> {
        Members { values: self, set, order, count: self.counts[usize::from(set)] }
    }
}

/// The different values of a set, in its order of bits.
struct Members<'a> {
    values: &'a Values<'a>,
    set: u8,
    order: Option<&'a Half>,
    count: usize,
}

impl Members<'_> {
    /// With the first row of each.
    fn each(&self) -> impl Iterator<Item = (u32, Value)> {
        let rows = self.values.sets.iter().zip(self.values.values).zip(0u32..);
        rows.filter(|((set, _), _)| **set == self.set).map(|((_, value), row)| {
            let value = value.words();
            (row, self.order.map_or(value, |order| order.turn(&value)))
        })
    }
}

/// What a table puts its values in buckets by.
enum By<'a> {
    Chunk(&'a Layout, usize),
    /// From a centre.
    Distance(Value),
}

impl By<'_> {
    fn buckets(&self) -> usize {
        match self {
            Self::Chunk(layout, chunk) => 1 << layout.width(*chunk),
            Self::Distance(_) => DISTANCES,
        }
    }

    fn bucket(&self, value: &Value) -> usize {
        match self {
            Self::Chunk(layout, chunk) => bits(value, layout.start(*chunk), layout.width(*chunk)) as usize,
            Self::Distance(centre) => distance(value, centre) as usize,
        }
    }

    /// Sketch and tail, where the table has them.
    fn follows(&self, value: &Value) -> Option<u32> {
        match self {
            Self::Chunk(layout, chunk) if layout.sketch => {
                let end = layout.start(*chunk) + layout.width(*chunk) as usize;
                Some(bits(value, end, SKETCH_BITS + TAIL_BITS))
            }
            _ => None,
        }
    }
}

/// Sorts by counting: once over the values to count each bucket, once to put each row in its place.
fn put_table(out: &mut Blocks, by: &By, members: &Members) -> Result<()> {
    let mut directory = vec![0u32; by.buckets() + 1];
    for (_, value) in members.each() {
        directory[by.bucket(&value) + 1] += 1;
    }
    let mut sum = 0;
    for bucket in &mut directory {
        sum += *bucket;
        *bucket = sum;
        out.put(&bucket.to_le_bytes())?;
    }
    out.pad()?;
    // A row and what follows its chunk move together; each entry of the directory moves to its bucket's end.
    let mut placed = vec![0u64; members.count];
    let mut sketched = false;
    for (row, value) in members.each() {
        let next = &mut directory[by.bucket(&value)];
        let follows = by.follows(&value);
        sketched = follows.is_some();
        placed[*next as usize] = u64::from(row) << u32::BITS | u64::from(follows.unwrap_or_default());
        *next += 1;
    }
    if let By::Distance(_) = by {
        let value = |entry: &u64| members.values.values[(entry >> u32::BITS) as usize];
        placed.iter().try_for_each(|entry| out.put(&value(entry)))?;
    }
    let mut from = 0;
    for end in directory[..directory.len() - 1].iter().filter(|_| sketched) {
        let bucket = &placed[from..*end as usize];
        bucket.iter().try_for_each(|entry| out.put(&entry.to_le_bytes()[..2]))?;
        for entry in bucket {
            let [_, _, tail, _, row @ .., _] = entry.to_le_bytes();
            out.put(&[row[0], row[1], row[2], tail])?;
        }
        from = *end as usize;
    }
    placed[from..].iter().try_for_each(|entry| out.put(&entry.to_le_bytes()[4..7]))?;
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

    fn finish(mut self, groups: &[Described], footer: Footer) -> Result<()> {
        self.flush()?;
        if self.in_block > 0 {
            self.end_check();
        }
        self.checks.extend(groups.iter().flat_map(Described::encode));
        let footer = Footer { checks: crc32fast::hash(&self.checks), ..footer };
        self.out.write(&self.checks).during("writing", self.file)?;
        self.out.write(&footer.encode()).during("writing", self.file)?;
        self.out.sync().during("syncing", self.file)
    }
}

const _: () = assert!(ID_BYTES == size_of::<u64>());
