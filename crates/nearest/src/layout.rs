//! How a segment cuts its values into chunks.

use crate::Value;

/// Chunks of a value, each with its table. Together they are its first bits, in order, and they close to a ring: after
/// the last comes the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Stands in the file.
    pub(crate) code: u32,
    /// Bits of each chunk.
    widths: &'static [u8],
    /// Whether a table holds, for each value, the [`SKETCH_BITS`] that follow its chunk on the ring.
    pub(crate) sketch: bool,
}

/// Bits of the ring that stand inline in a table.
pub(crate) const SKETCH_BITS: u32 = 16;
/// Bits after these that stand beside the row.
pub(crate) const TAIL_BITS: u32 = 8;

/// Small segments of both profiles: a table of 16-bit chunks would be mostly its directory.
const SMALL: Layout = Layout { code: 1, widths: &[8; 32], sketch: true };
/// `fast`: 16 buckets of n/65,536 values and their neighbours; sketches leave two in a thousand of them.
const FAST: Layout = Layout { code: 2, widths: &[16; 16], sketch: true };
/// `lean`, as long as the directories of [`LEAN`] would be the most of it.
const LEAN_MIDDLE: Layout = Layout { code: 3, widths: &[16; 16], sketch: false };
/// `lean`: wide chunks leave so few values a bucket that they are read without a sketch.
const LEAN: Layout =
    Layout { code: 4, widths: &[22, 22, 20, 22, 22, 20, 22, 22, 20, 22, 22, 20], sketch: false };
const ALL: [Layout; 4] = [SMALL, FAST, LEAN_MIDDLE, LEAN];

/// A group of values that share most of the other half of their bits.
const GROUP: Layout = Layout { code: 5, widths: &[8; 16], sketch: true };
/// A large one.
const LARGE_GROUP: Layout = Layout { code: 6, widths: &[16; 8], sketch: true };
/// Values of a group from which on more and smaller buckets are less work.
const LARGE_GROUP_VALUES: usize = 400_000;

/// Sizes at which an index does things. Tests have smaller ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Values in the head, and half of the records in the log, at which both are written as a segment.
    pub(crate) head_rows: usize,
    /// From here on, a segment is merged in the background and not taken along by a flush.
    pub(crate) small_rows: usize,
    /// From here on, a segment has 16-bit chunks.
    pub(crate) middle_rows: usize,
    /// From here on, a lean segment has wide chunks.
    pub(crate) wide_rows: usize,
}

impl Limits {
    pub(crate) const USUAL: Self =
        Self { head_rows: 8 * 1024, small_rows: 128 * 1024, middle_rows: 128 * 1024, wide_rows: 4_000_000 };
}

/// What an index is to be good at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// About 140 bytes a value and the shortest search.
    #[default]
    Fast,
    /// Under 100 bytes a value, and a search some times longer. Under 131,072 values, both take 240 bytes and
    /// search alike.
    Lean,
}

impl Layout {
    /// For a segment of so many values.
    pub(crate) fn of(profile: Profile, limits: &Limits, rows: usize) -> Self {
        match profile {
            _ if rows < limits.middle_rows => SMALL,
            Profile::Fast => FAST,
            Profile::Lean if rows < limits.wide_rows => LEAN_MIDDLE,
            Profile::Lean => LEAN,
        }
    }

    pub(crate) fn by_code(code: u32) -> Option<Self> {
        ALL.into_iter().find(|layout| layout.code == code)
    }

    /// For a group of so many different values.
    pub(crate) fn of_group(values: usize) -> Self {
        if values < LARGE_GROUP_VALUES { GROUP } else { LARGE_GROUP }
    }

    /// Whether groups are looked for: a small segment is read whole in little time.
    pub(crate) fn has_groups(&self) -> bool {
        *self != SMALL
    }

    /// How many chunks.
    pub(crate) fn chunks(&self) -> usize {
        self.widths.len()
    }

    /// Bits of the chunk.
    pub(crate) fn width(&self, chunk: usize) -> u32 {
        u32::from(self.widths[chunk])
    }

    /// The first bit of the chunk.
    pub(crate) fn start(&self, chunk: usize) -> usize {
        self.widths[..chunk].iter().map(|width| usize::from(*width)).sum()
    }

    /// Chunks by falling width: the wider, the fewer values a bucket, the cheaper one more flipped bit.
    pub(crate) fn widest_first(&self) -> impl Iterator<Item = usize> {
        let widest = self.widths.iter().copied().max().unwrap_or(0);
        let is_wide = move |wide: bool| move |chunk: &usize| (self.widths[*chunk] == widest) == wide;
        (0..self.chunks()).filter(is_wide(true)).chain((0..self.chunks()).filter(is_wide(false)))
    }

    /// Chunks that the so many bits after this chunk lie in.
    pub(crate) fn following(&self, chunk: usize, bits: u32) -> impl Iterator<Item = usize> {
        let mut before = 0;
        let chunks = self.widths.len();
        let following = (1..chunks).map(move |step| (chunk + step) % chunks);
        following.take_while(move |next| {
            let more = before < bits;
            before += self.width(*next);
            more
        })
    }
}

/// `width` bits from `start` on; after the last bit comes the first. Up to 32.
#[inline(always)]
pub(crate) fn bits(value: &Value, start: usize, width: u32) -> u32 {
    let (word, shift) = (start / 64 % 4, start % 64);
    let low = value[word] >> shift;
    let high = if shift == 0 { 0 } else { value[(word + 1) % 4] << (64 - shift) };
    ((low | high) & ((1 << width) - 1)) as u32
}

/// Calls `each` with every key that differs from `key` in at most `flips` of its `width` bits, and in how many.
pub(crate) fn each_near_key(key: u32, width: u32, flips: u32, each: &mut impl FnMut(u32, u32)) {
    each(key, 0);
    deeper(key, width, (1, flips), each);
}

/// Low bits turn fastest: buckets that follow each other lie in the same pages of memory.
fn deeper(key: u32, below: u32, (depth, flips): (u32, u32), each: &mut impl FnMut(u32, u32)) {
    if depth > flips {
        return;
    }
    for bit in (0..below).rev() {
        let near = key ^ (1 << bit);
        each(near, depth);
        deeper(near, bit, (depth + 1, flips), each);
    }
}

/// How many keys [`each_near_key`] gives.
pub(crate) fn near_keys(width: u32, flips: u32) -> u64 {
    let (mut sum, mut term) = (1, 1);
    for flip in 1..=u64::from(flips.min(width)) {
        term = term * (u64::from(width) - flip + 1) / flip;
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn chunks_are_the_256_bits() {
        for layout in ALL.into_iter().chain([GROUP, LARGE_GROUP]) {
            let bits = if ALL.contains(&layout) { 256 } else { 128 };
            assert_eq!(layout.start(layout.chunks()), bits, "{layout:?}");
            let order: BTreeSet<usize> = layout.widest_first().collect();
            assert_eq!(order, (0..layout.chunks()).collect());
        }
        assert!(ALL.iter().all(|layout| Layout::by_code(layout.code) == Some(*layout)));
        assert_eq!(GROUP.following(15, 24).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(LARGE_GROUP.following(7, 24).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(SMALL.following(31, 24).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(FAST.following(15, 16).collect::<Vec<_>>(), [0]);
        assert_eq!(FAST.following(14, 24).collect::<Vec<_>>(), [15, 0]);
    }

    #[test]
    fn bits_go_round_the_ring() {
        let value = [0x8000_0000_0000_0001, 2, 3, 0xf000_0000_0000_0000];
        let check =
            |start, width, expected| assert_eq!(bits(&value, start, width), expected, "{start} {width}");
        check(0, 16, 1);
        check(63, 3, 0b101);
        check(252, 8, 0b1_1111);
        check(256, 16, 1);
        check(64, 22, 2);
    }

    #[test]
    fn near_keys_are_all_and_each_once() {
        for flips in 0..=4 {
            let mut keys = BTreeSet::new();
            let mut calls = 0;
            each_near_key(0b1010_0101, 10, flips, &mut |key, used| {
                assert_eq!((key ^ 0b1010_0101).count_ones(), used);
                keys.insert(key);
                calls += 1;
            });
            assert_eq!((keys.len() as u64, calls), (near_keys(10, flips), near_keys(10, flips)));
            assert_eq!(
                calls,
                (0..1024u32).filter(|key| (key ^ 0b1010_0101).count_ones() <= flips).count() as u64
            );
        }
    }
}
