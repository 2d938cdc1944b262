//! The inner loops: bits that differ, over many values or many sketches. Each has a portable form; what the
//! processor can do is asked at run time.

use crate::{Value, distance};

/// Something that is 256 bits in a row of others.
pub(crate) trait Words: Copy {
    fn words(&self) -> Value;
}

impl Words for Value {
    #[inline(always)]
    fn words(&self) -> Value {
        *self
    }
}

/// As files hold it: four little-endian words.
impl Words for [u8; 32] {
    #[inline(always)]
    fn words(&self) -> Value {
        let (words, _) = self.as_chunks::<8>();
        [0, 1, 2, 3].map(|at| u64::from_le_bytes(words[at]))
    }
}

/// A value as files hold it.
pub(crate) fn to_bytes(value: &Value) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (part, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(value) {
        *part = word.to_le_bytes();
    }
    bytes
}

/// Calls `found` with the index and distance of each value within the radius.
pub(crate) fn each_within<W: Words>(
    values: &[W],
    query: &Value,
    radius: u32,
    found: &mut dyn FnMut(usize, u32),
) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("popcnt") {
        #[expect(unsafe_code, reason = "the count instruction is not in the base set of x86-64")]
        // SAFETY: the processor has the one feature that the function asks for, as just detected.
        return unsafe { each_within_popcnt(values, query, radius, found) };
    }
    each_within_portable(values, query, radius, found);
}

/// The portable loop, compiled with the processor's own count of bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt")]
fn each_within_popcnt<W: Words>(values: &[W], query: &Value, radius: u32, found: &mut dyn FnMut(usize, u32)) {
    each_within_portable(values, query, radius, found);
}

#[inline(always)]
fn each_within_portable<W: Words>(
    values: &[W],
    query: &Value,
    radius: u32,
    found: &mut dyn FnMut(usize, u32),
) {
    for (place, value) in values.iter().enumerate() {
        let distance = distance(&value.words(), query);
        if distance <= radius {
            found(place, distance);
        }
    }
}

/// Bytes that [`select`] may read behind the last sketch.
pub(crate) const PAD_BYTES: usize = 32;

/// What sketches are held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) sketch: u16,
    /// Bits that may differ.
    pub(crate) limit: u32,
}

/// Appends to `hits` the index, plus `base`, of each of the first `count` little-endian sketches that differs
/// in at most `limit` bits. At least [`PAD_BYTES`] follow them in `sketches`.
#[inline(always)]
pub(crate) fn select(sketches: &[u8], count: usize, wanted: Wanted, base: u32, hits: &mut Vec<u32>) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        #[expect(unsafe_code, reason = "AVX2 is not in the base set of x86-64")]
        // SAFETY: the processor has the one feature that the function asks for, as just detected.
        return unsafe { select_avx2(sketches, count, wanted, base, hits) };
    }
    select_portable(sketches, count, wanted, base, hits);
}

fn select_portable(sketches: &[u8], count: usize, wanted: Wanted, base: u32, hits: &mut Vec<u32>) {
    for (at, sketch) in sketches.as_chunks::<2>().0.iter().take(count).enumerate() {
        if (u16::from_le_bytes(*sketch) ^ wanted.sketch).count_ones() <= wanted.limit {
            hits.push(base + at as u32);
        }
    }
}

/// Sixteen sketches at a time: bits are counted by half-bytes in a table (Muła, Kurz, Lemire, "Faster population
/// counts using AVX2 instructions", 2018).
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn select_avx2(sketches: &[u8], count: usize, wanted: Wanted, base: u32, hits: &mut Vec<u32>) {
    use std::arch::x86_64::*;
    let ones = _mm256_setr_epi8(
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
    );
    let half = _mm256_set1_epi8(15);
    let query = _mm256_set1_epi16(wanted.sketch as i16);
    let over = _mm256_set1_epi16(wanted.limit.min(u16::BITS) as i16 + 1);
    for (block, sixteen) in sketches.as_chunks::<32>().0.iter().take(count.div_ceil(16)).enumerate() {
        #[expect(unsafe_code, reason = "a vector is loaded through a pointer")]
        // SAFETY: the pointer is to 32 bytes that may be read, and the load asks for no alignment.
        let loaded = unsafe { _mm256_loadu_si256(sixteen.as_ptr().cast()) };
        let differ = _mm256_xor_si256(loaded, query);
        let low = _mm256_shuffle_epi8(ones, _mm256_and_si256(differ, half));
        let high = _mm256_shuffle_epi8(ones, _mm256_and_si256(_mm256_srli_epi16(differ, 4), half));
        let counts = _mm256_maddubs_epi16(_mm256_add_epi8(low, high), _mm256_set1_epi8(1));
        let mut within = _mm256_movemask_epi8(_mm256_cmpgt_epi16(over, counts)) as u32 & 0x5555_5555;
        while within != 0 {
            let at = block * 16 + within.trailing_zeros() as usize / 2;
            if at < count {
                hits.push(base + at as u32);
            }
            within &= within - 1;
        }
    }
}

/// Tells the processor that the byte will be read soon. A place outside is ignored.
#[inline(always)]
pub(crate) fn prefetch(bytes: &[u8], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(byte) = bytes.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        #[expect(unsafe_code, reason = "a hint to the processor has no safe form")]
        // SAFETY: a prefetch changes nothing that a program can see; the pointer is to a byte of the slice.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(byte).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (bytes, at);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_counts_agree(values in prop::collection::vec(any::<Value>(), 0..50), query: Value, radius in 100..150u32) {
            let (mut fast, mut plain, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
            each_within(&values, &query, radius, &mut |place, distance| fast.push((place, distance)));
            each_within_portable(&values, &query, radius, &mut |place, distance| plain.push((place, distance)));
            prop_assert_eq!(&fast, &plain);
            let held: Vec<[u8; 32]> = values.iter().map(to_bytes).collect();
            each_within(&held, &query, radius, &mut |place, distance| bytes.push((place, distance)));
            prop_assert_eq!(fast, bytes);
        }

        #[test]
        fn both_selections_agree(
            sketches in prop::collection::vec(any::<u8>(), 0..400),
            sketch: u16,
            limit in 0..18u32,
        ) {
            let count = sketches.len() / 2;
            let padded = [sketches, vec![sketch as u8; PAD_BYTES + 1]].concat();
            let (mut fast, mut plain) = (vec![7], vec![7]);
            select(&padded, count, Wanted { sketch, limit }, 100, &mut fast);
            select_portable(&padded, count, Wanted { sketch, limit }, 100, &mut plain);
            prop_assert_eq!(fast, plain);
        }
    }
}
