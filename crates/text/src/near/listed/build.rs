//! How a list is made.

use std::collections::HashMap;

use super::{ALONE, Bar, KEYS_AT_ONCE, Listed, Rows, Runs, Shingles, TooMany, key_of};

/// Runs for one value of the first bits, about.
const RUNS_A_BUCKET: usize = 4;

/// First bits: few lists are small enough for fewer, and more would not leave 32 bits.
const BITS: std::ops::RangeInclusive<u32> = 12..=30;

impl Listed {
    /// Makes a list of texts, in their order. One with fewer runs than the bar wants shared is never found.
    ///
    /// # Errors
    /// [`TooMany`].
    pub fn new(texts: impl IntoIterator<Item = Shingles>, bar: Bar) -> Result<Self, TooMany> {
        let (entries, texts) = entries(texts, bar)?;
        let mut values: Vec<u64> = entries.iter().flat_map(|entry| entry.values.iter().copied()).collect();
        if values.len() >= ALONE as usize / 2 {
            return Err(TooMany);
        }
        values.sort_unstable();
        let (runs, counts) = Runs::new(values)?;
        let mut sets =
            Rows { starts: vec![0], values: Vec::with_capacity(counts.iter().sum::<u32>() as usize) };
        for entry in entries {
            let before = sets.values.len();
            // every run is there; those that only seem to be two are one number
            runs.add_ranks(&entry.values, &mut sets.values);
            sets.values[before..].sort_unstable();
            sets.starts.push(narrow(sets.values.len())?);
        }
        let (places_of, places) = places(&sets, &counts, bar)?;
        Ok(Self { bar, runs, places_of, places, sets, texts })
    }
}

/// The different texts that can be found, and for each its places in the list.
fn entries(texts: impl IntoIterator<Item = Shingles>, bar: Bar) -> Result<(Vec<Shingles>, Rows), TooMany> {
    let mut entries: Vec<Shingles> = Vec::new();
    // the last entry of each sum, and for each entry the one before it of the same sum
    let mut last: HashMap<u64, u32> = HashMap::new();
    let mut before: Vec<u32> = Vec::new();
    let mut members: Vec<(u32, u32)> = Vec::new();
    for (at, text) in texts.into_iter().enumerate() {
        let at = narrow(at)?;
        if text.len() < bar.shared_min.max(1) as usize {
            continue;
        }
        let sum = text.values.iter().fold(text.len() as u64, |sum, value| sum.wrapping_add(*value));
        let mut like = last.get(&sum).copied();
        while let Some(entry) = like.filter(|entry| entries[*entry as usize] != text) {
            like = Some(before[entry as usize]).filter(|before| *before != entry);
        }
        let entry = match like {
            Some(entry) => entry,
            None => {
                let entry = narrow(entries.len())?;
                before.push(last.insert(sum, entry).unwrap_or(entry));
                entries.push(text);
                entry
            }
        };
        members.push((entry, at));
    }
    members.sort_unstable();
    let mut rows = Rows { starts: vec![0; entries.len() + 1], values: Vec::with_capacity(members.len()) };
    for (entry, at) in members {
        rows.values.push(at);
        rows.starts[entry as usize + 1] = narrow(rows.values.len())?;
    }
    Ok((entries, rows))
}

impl Runs {
    /// Of all runs in order, repeated as often as texts have them; gives back also how often.
    fn new(mut values: Vec<u64>) -> Result<(Self, Vec<u32>), TooMany> {
        let bits = (values.len() / RUNS_A_BUCKET).max(1).ilog2().clamp(*BITS.start(), *BITS.end());
        let mut counts: Vec<u32> = values
            .chunk_by(|a, b| a >> (32 - bits) == b >> (32 - bits))
            .map(|like| narrow(like.len()))
            .collect::<Result<_, _>>()?;
        counts.shrink_to_fit();
        values.dedup_by_key(|value| *value >> (32 - bits));
        let mut starts = vec![0; (1 << bits) + 1];
        for value in &values {
            starts[(value >> (64 - bits)) as usize + 1] += 1;
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        let keys = values.iter().map(|value| key_of(*value, bits)).chain([0; KEYS_AT_ONCE]).collect();
        Ok((Self { bits, starts, keys }, counts))
    }
}

/// For each run where its places are, and the places.
fn places(sets: &Rows, counts: &[u32], bar: Bar) -> Result<(Vec<u32>, Vec<u32>), TooMany> {
    let mut size = 0;
    let mut places_of = Vec::with_capacity(counts.len());
    for count in counts {
        places_of.push(narrow(size)?);
        size += if *count > 1 { *count as usize + 2 } else { 0 };
    }
    let mut places = vec![0; size];
    let mut rarest: Vec<u32> = Vec::new();
    for entry in 0..narrow(sets.starts.len() - 1)? {
        rarest.clear();
        rarest.extend(sets.get(entry));
        rarest.sort_unstable_by_key(|rank| (counts[*rank as usize], *rank));
        let first = rarest.len().saturating_sub(bar.least_of_listed(narrow(rarest.len())?) as usize) + 1;
        for (nth, rank) in rarest.iter().enumerate() {
            let (count, at) = (counts[*rank as usize], &mut places_of[*rank as usize]);
            if count == 1 {
                *at = entry | ALONE;
                continue;
            }
            // `[all so far, first so far, entries…]`: first ones from the front, others from the back
            let list = &mut places[*at as usize..*at as usize + count as usize + 2];
            let firsts = list[1] as usize;
            if nth < first {
                list[2 + firsts] = entry;
                list[1] += 1;
            } else {
                let others = list[0] as usize - firsts;
                list[1 + count as usize - others] = entry;
            }
            list[0] += 1;
        }
    }
    Ok((places_of, places))
}

/// A number that fits beside [`ALONE`].
fn narrow(number: usize) -> Result<u32, TooMany> {
    u32::try_from(number).ok().filter(|number| *number < ALONE).ok_or(TooMany)
}
