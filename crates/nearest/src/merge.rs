//! Merging segments, so that a search meets few of them.

use std::iter::Peekable;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::dead::Dead;
use crate::index::lock;
use crate::segment::{self, ROWS_MAX, Segment};
use crate::snapshot::Part;
use crate::writer::Writer;
use crate::{Error, Result, Value};

/// A segment stays as it is while it is so many times larger than all smaller ones together.
const RATIO: usize = 4;
/// A segment of which this part was taken out is written anew.
const DEAD_PART: usize = 4;

/// Merges once what is worth it, while others read and write. `false` when nothing is.
pub(crate) fn once(writer: &Mutex<Writer>, stop: &AtomicBool) -> Result<bool> {
    let (inputs, number, form, disk) = {
        let mut writer = lock(writer);
        let inputs = choose(&writer.state().parts, writer.form().limits.small_rows);
        if inputs.is_empty() {
            return Ok(false);
        }
        writer.busy = inputs.iter().map(|part| part.segment.number).collect();
        (inputs, writer.number(), *writer.form(), writer.disk().clone())
    };
    let merged = (|| {
        // What is damaged must not get a new, right checksum.
        inputs.iter().try_for_each(|part| part.segment.verify())?;
        let stopped = || stop.load(Ordering::Relaxed);
        let rows = Sorted { inputs: inputs.iter().map(|part| part.iter().peekable()).collect() };
        let rows = segment::write(&*disk, number, &form, rows.take_while(|_| !stopped()))?;
        if stopped() {
            return Err(Error::Stopped);
        }
        (rows > 0).then(|| Segment::open(&*disk, number, (rows, form.seed))).transpose()
    })();
    let mut writer = lock(writer);
    writer.busy.clear();
    match merged {
        Ok(merged) => {
            writer.guarded(|writer| replace(writer, &inputs, merged))?;
            Ok(true)
        }
        Err(error) => {
            let _ = disk.remove(&segment::name(number));
            Err(error)
        }
    }
}

/// Puts the merged segment in the place of its inputs, without what was taken out of them meanwhile.
fn replace(writer: &mut Writer, inputs: &[Part], merged: Option<Segment>) -> Result<()> {
    let old = |part: &Part| inputs.iter().find(|input| input.segment.number == part.segment.number);
    let mut dead = Dead::default();
    let mut parts = Vec::new();
    for part in &writer.state().parts {
        let Some(input) = old(part) else {
            parts.push(part.clone());
            continue;
        };
        for row in part.dead.since(&input.dead) {
            if let Some(row) = merged.as_ref().and_then(|merged| merged.find(part.segment.id(row))) {
                dead.insert(row);
            }
        }
    }
    parts.extend(merged.map(|merged| Part::new(merged, dead)));
    // Rows that newer values replaced are gone from now on, so the newer ones must not be lost.
    writer.sync_log()?;
    writer.install(parts)?;
    writer.sweep();
    Ok(())
}

/// What to merge: the smaller ones as far as the next larger one does not outweigh them, or one that is mostly
/// taken out. Those under `small` rows are left to the flush, which takes them along.
fn choose(parts: &[Part], small: usize) -> Vec<Part> {
    let mut parts: Vec<&Part> = parts.iter().filter(|part| part.segment.rows() >= small).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let sums = |from: usize| parts[from..].iter().map(|part| part.len()).sum::<usize>();
    let unbalanced = |at: &usize| {
        let smaller = sums(at + 1);
        parts[*at].len() < RATIO * smaller && parts[*at].len() + smaller <= ROWS_MAX
    };
    if let Some(at) = (0..parts.len()).find(unbalanced) {
        return parts[at..].iter().map(|part| (*part).clone()).collect();
    }
    let rotten = parts.iter().find(|part| part.dead.count() > part.segment.rows() / DEAD_PART);
    rotten.map(|part| vec![(*part).clone()]).unwrap_or_default()
}

/// Several rising lists as one.
struct Sorted<I: Iterator<Item = (Value, u64)>> {
    inputs: Vec<Peekable<I>>,
}

impl<I: Iterator<Item = (Value, u64)>> Iterator for Sorted<I> {
    type Item = (Value, u64);

    fn next(&mut self) -> Option<Self::Item> {
        let heads = self.inputs.iter_mut().enumerate();
        let (least, _) =
            heads.filter_map(|(at, input)| input.peek().map(|row| (at, *row))).min_by_key(|head| head.1)?;
        self.inputs[least].next()
    }
}
