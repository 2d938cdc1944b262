//! The power fails at any call to the disk; what was acknowledged is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::disk::{Fault, Simulated};
use super::lists::Chance;
use super::model::{apply, change, content};
use super::trials;
use crate::layout::{Limits, Profile};
use crate::segment::{self, Form};
use crate::snapshot::Part;
use crate::{Error, Index, Value};

const LIMITS: Limits =
    Limits { head_rows: 12, small_rows: 40, middle_rows: usize::MAX, wide_rows: usize::MAX };
const STEPS: usize = 80;
const IDS: usize = 90;

/// All that may be found after a fault: the state at the last acknowledgement, and after each change since.
struct Possible(Vec<BTreeMap<u64, Value>>);

/// Works until the disk fails or the steps are done.
fn work(index: &Index, chance: &mut Chance, possible: &mut Possible) -> crate::Result<()> {
    for _ in 0..STEPS {
        match chance.below(12) {
            0 => {
                index.sync()?;
                possible.0.drain(..possible.0.len() - 1);
            }
            1 => {
                index.merge()?;
            }
            _ => {
                let change = change(chance, IDS);
                let mut next = possible.0.last().cloned().unwrap_or_default();
                apply(&mut next, &change);
                // Also when it fails: a part of it may have reached the disk.
                possible.0.push(next);
                index.apply([change])?;
            }
        }
    }
    Ok(())
}

/// Opens the index on a disk that may fail already while it is opened.
fn open(disk: &Simulated) -> crate::Result<Index> {
    match Index::open_on(Arc::new(disk.clone()), LIMITS) {
        Err(Error::Missing) => {
            Index::create_on(Arc::new(disk.clone()), Form { profile: Profile::Fast, limits: LIMITS, seed: 3 })
        }
        other => other,
    }
}

fn must_open(disk: &Simulated, possible: &mut Possible, seed: u64) -> crate::Result<Index> {
    let index = open(disk)?;
    let found = content(&index);
    assert!(possible.0.contains(&found), "seed {seed}: an acknowledged change is lost, or one came up");
    index.snapshot().verify()?;
    possible.0 = vec![found];
    Ok(index)
}

/// Several lives of one index, each ended by a fault at a random call.
fn lives(seed: u64, cut: bool) -> crate::Result<()> {
    let mut chance = Chance(seed);
    let mut disk = Simulated::default();
    let mut possible = Possible(vec![BTreeMap::new()]);
    for _ in 0..4 {
        let at = disk.calls() + 1 + chance.below(120);
        disk.set(Some(if cut { Fault::Cut(at) } else { Fault::Once(at) }));
        if let Ok(index) = open(&disk) {
            let _ = work(&index, &mut chance, &mut possible);
            // Closing syncs the log; with the power gone that fails, as it does in life.
            drop(index);
        }
        disk.set(None);
        if cut {
            disk = disk.after_cut(&mut chance);
        }
        must_open(&disk, &mut possible, seed)?;
    }
    Ok(())
}

#[test]
fn a_power_cut_loses_nothing_acknowledged() -> crate::Result<()> {
    (0..trials(400) as u64 / 4).try_for_each(|seed| lives(seed, true))
}

#[test]
fn a_failed_call_loses_nothing_acknowledged() -> crate::Result<()> {
    (0..trials(200) as u64 / 4).try_for_each(|seed| lives(seed + 1_000_000, false))
}

/// One life, cut at each of its calls in turn.
#[test]
fn a_cut_at_every_call_of_one_life() -> crate::Result<()> {
    for at in 1.. {
        let disk = Simulated::default();
        let (mut chance, mut possible) = (Chance(8), Possible(vec![BTreeMap::new()]));
        disk.set(Some(Fault::Cut(at)));
        let done = open(&disk).and_then(|index| work(&index, &mut chance, &mut possible));
        let disk = disk.after_cut(&mut Chance(at as u64));
        must_open(&disk, &mut possible, at as u64)?;
        if done.is_ok() {
            assert!(at > 60, "only {at} calls");
            return Ok(());
        }
    }
    Ok(())
}

/// Whatever bit is turned in a file: it is found by opening or by the full check, or it changes nothing.
#[test]
fn a_flipped_bit_is_found() -> crate::Result<()> {
    let disk = Simulated::default();
    let index = open(&disk)?;
    let mut chance = Chance(4);
    for _ in 0..400 {
        index.apply([change(&mut chance, IDS)])?;
    }
    index.sync()?;
    index.insert(1, [1; 4])?;
    index.sync()?;
    index.insert(2, [2; 4])?;
    let before = content(&index);
    drop(index);
    let names: Vec<String> = crate::disk::Disk::list(&disk).unwrap_or_default();
    let mut checked = 0;
    for name in names {
        for _ in 0..trials(60).min(500) {
            let bit = chance.below(disk.length(&name) * 8);
            disk.flip(&name, bit);
            let opened = crate::writer::look(&disk);
            let found = opened.and_then(|loaded| {
                loaded.state.parts.iter().try_for_each(|part| part.segment.verify())?;
                Ok(loaded.state.len())
            });
            // Only the mark after the last sync cannot be told from one that was torn; nothing hangs on it.
            let torn = name.starts_with("log-") && bit / 8 >= disk.length(&name).saturating_sub(48);
            match found {
                Err(_) => {}
                Ok(rows) => assert!(torn && rows == before.len(), "bit {bit} of {name}"),
            }
            disk.flip(&name, bit);
            checked += 1;
        }
    }
    assert!(checked > 200);
    assert_eq!(content(&open(&disk)?), before);
    Ok(())
}

/// Nor does a flush, which takes the small segment along.
#[test]
fn a_flush_refuses_a_damaged_segment() -> crate::Result<()> {
    let disk = Simulated::default();
    let index = open(&disk)?;
    for id in 0..LIMITS.head_rows as u64 {
        index.insert(id, [id; 4])?;
    }
    let damaged = index.snapshot().state.parts[0].segment.number;
    drop(index);
    disk.flip(&segment::name(damaged), 1_000);
    let index = Index::open_on(Arc::new(disk.clone()), LIMITS)?;
    let full = (100..).map(|id| index.insert(id, [id; 4])).find(std::result::Result::is_err);
    assert!(matches!(full, Some(Err(Error::Damaged { .. }))), "{full:?}");
    assert!(matches!(index.sync(), Err(Error::Failed)));
    Ok(())
}

/// A merge does not copy what is damaged into a file whose checksums are right.
#[test]
fn a_merge_refuses_damaged_segments() -> crate::Result<()> {
    let disk = Simulated::default();
    let index = open(&disk)?;
    let mut chance = Chance(4);
    for id in 0..200 {
        index.insert(id, chance.value())?;
    }
    let large = |part: &&Part| part.segment.rows() >= LIMITS.small_rows;
    let Some(damaged) = index.snapshot().state.parts.iter().find(large).map(|part| part.segment.number)
    else {
        panic!("no large segment");
    };
    drop(index);
    disk.flip(&segment::name(damaged), 1_000);
    let index = Index::open_on(Arc::new(disk.clone()), LIMITS)?;
    let before = index.snapshot().len();
    while !matches!(index.merge(), Err(Error::Damaged { .. })) {
        index.insert(1_000 + chance.number(), chance.value())?;
        assert!(index.snapshot().len() < before + 10_000, "it was merged");
    }
    Ok(())
}
