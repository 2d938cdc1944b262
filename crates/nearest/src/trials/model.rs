//! Random operations against a plain set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::disk::Simulated;
use super::lists::Chance;
use super::trials;
use crate::layout::{Limits, Profile};
use crate::segment::Form;
use crate::snapshot::Part;
use crate::{Change, Index, Neighbour, Value, distance};

/// Everything that an index holds.
pub(super) fn content(index: &Index) -> BTreeMap<u64, Value> {
    let snapshot = index.snapshot();
    let rows = snapshot.state.parts.iter().flat_map(Part::iter).chain(snapshot.state.head.iter());
    let mut content = BTreeMap::new();
    for (value, id) in rows {
        assert_eq!(content.insert(id, snapshot.shuffle.undo(&value)), None, "{id} is there twice");
    }
    assert_eq!(content.len(), snapshot.len());
    content
}

pub(super) fn apply(content: &mut BTreeMap<u64, Value>, change: &Change) -> Option<Value> {
    match change {
        Change::Insert { id, value } => content.insert(*id, *value),
        Change::Remove { id } => content.remove(id),
    }
}

/// Values lie in groups, so that searches find something.
pub(super) fn change(chance: &mut Chance, ids: usize) -> Change {
    let id = chance.below(ids) as u64;
    if chance.below(3) == 0 {
        return Change::Remove { id };
    }
    let centre = Chance(chance.below(ids / 8 + 1) as u64).value();
    let bits = chance.below(40);
    Change::Insert { id, value: chance.near(&centre, bits) }
}

struct Run {
    disk: Simulated,
    index: Option<Index>,
    plain: BTreeMap<u64, Value>,
    limits: Limits,
    chance: Chance,
    merges: usize,
    reopens: usize,
    cuts: usize,
}

impl Run {
    fn check(&mut self) {
        let Some(index) = &self.index else { return };
        let centre = Chance(self.chance.below(self.plain.len() / 8 + 1) as u64).value();
        let bits = self.chance.below(30);
        let query = self.chance.near(&centre, bits);
        let radius = [31, 31, self.chance.below(257) as u32 / 3][self.chance.below(3)];
        let near =
            self.plain.iter().map(|(id, value)| Neighbour { distance: distance(value, &query), id: *id });
        let mut expected: Vec<Neighbour> = near.filter(|near| near.distance <= radius).collect();
        expected.sort_unstable();
        assert_eq!(index.within(&query, radius), expected);
        let snapshot = index.snapshot();
        assert_eq!(snapshot.len(), self.plain.len());
        let id = self.chance.below(self.plain.len() * 2 + 1) as u64;
        assert_eq!(snapshot.get(id), self.plain.get(&id).copied(), "{id}");
    }

    /// Closes and opens it, in half of the cases through a power cut. What was synced is there.
    fn reopen(&mut self) -> crate::Result<()> {
        if let Some(index) = &self.index {
            index.sync()?;
        }
        if self.chance.below(2) == 0 {
            self.disk = self.disk.after_cut(&mut self.chance);
            self.cuts += 1;
        }
        self.index = None;
        let index = Index::open_on(Arc::new(self.disk.clone()), self.limits)?;
        assert_eq!(content(&index), self.plain);
        self.index = Some(index);
        self.reopens += 1;
        Ok(())
    }
}

/// `RENVOI_TRIALS=10000000` is the long run: ten million operations, over a thousand merges, three hundred
/// openings, half of them after a power cut.
#[test]
fn operations_agree_with_a_plain_set() -> crate::Result<()> {
    let operations = trials(60_000).max(60_000);
    let ids = operations / 40;
    let head_rows = operations / 2_000;
    let limits =
        Limits { head_rows, small_rows: head_rows * 6, middle_rows: head_rows * 30, wide_rows: usize::MAX };
    let disk = Simulated::default();
    let form = Form { profile: Profile::Fast, limits, seed: 4 };
    let index = Some(Index::create_on(Arc::new(disk.clone()), form)?);
    let (plain, chance) = (BTreeMap::new(), Chance(2_026));
    let mut run = Run { disk, index, plain, limits, chance, merges: 0, reopens: 0, cuts: 0 };
    for n in 1..=operations {
        let change = change(&mut run.chance, ids);
        let Some(index) = &run.index else { break };
        let (had_head, had_small) = (index.snapshot().size().head > 0, has_small(index, limits.small_rows));
        let before = match change {
            Change::Insert { id, value } => index.insert(id, value)?,
            Change::Remove { id } => index.remove(id)?,
        };
        assert_eq!(before, apply(&mut run.plain, &change));
        // A flush takes the small segment along.
        run.merges += usize::from(had_head && had_small && index.snapshot().size().head == 0);
        if n % (operations / 3_000) == 0 {
            run.check();
        }
        if n % (head_rows / 2) == 0 && index_merges(&run.index)? {
            run.merges += 1;
        }
        if n % (operations / 310) == 0 {
            run.reopen()?;
        }
    }
    println!(
        "{operations} operations, {} merges, {} reopens, {} of them after a power cut",
        run.merges, run.reopens, run.cuts
    );
    assert!(run.merges >= 1_000 && run.reopens >= 300 && run.cuts > 100);
    Ok(())
}

fn has_small(index: &Index, small_rows: usize) -> bool {
    index.snapshot().state.parts.iter().any(|part| part.segment.rows() < small_rows)
}

fn index_merges(index: &Option<Index>) -> crate::Result<bool> {
    index.as_ref().map_or(Ok(false), Index::merge)
}

/// A snapshot does not see what comes after it, also when its files were merged away.
#[test]
fn a_snapshot_stays_as_it_is() -> crate::Result<()> {
    let limits = Limits { head_rows: 16, small_rows: 64, middle_rows: 200, wide_rows: usize::MAX };
    let form = Form { profile: Profile::Fast, limits, seed: 4 };
    let index = Index::create_on(Arc::new(Simulated::default()), form)?;
    let mut chance = Chance(5);
    let mut kept = Vec::new();
    for _ in 0..40 {
        for _ in 0..20 {
            index.apply([change(&mut chance, 300)])?;
        }
        let snapshot = index.snapshot();
        let all = snapshot.within(&[0; 4], 256);
        kept.push((snapshot, all));
        index.merge()?;
    }
    for (snapshot, all) in kept {
        assert_eq!(snapshot.within(&[0; 4], 256), all);
    }
    Ok(())
}

/// Searches go on while another thread writes and a third merges.
#[test]
fn searches_see_whole_states_while_others_write_and_merge() -> crate::Result<()> {
    let limits = Limits { head_rows: 32, small_rows: 128, middle_rows: 1_000, wide_rows: usize::MAX };
    let form = Form { profile: Profile::Fast, limits, seed: 4 };
    let mut index = Index::create_on(Arc::new(Simulated::default()), form)?;
    index.merge_in_background()?;
    let value = |n: u64| Chance(n).value();
    std::thread::scope(|scope| {
        let searches = scope.spawn(|| {
            let mut last = 0;
            while last < 1_500 {
                let snapshot = index.snapshot();
                let count = snapshot.len() as u64;
                assert!(count >= last);
                last = count;
                for n in (0..count).step_by(97) {
                    assert_eq!(snapshot.within(&value(n), 0).len(), 1, "{n} of {count}");
                }
            }
        });
        for id in 0..1_500 {
            index.insert(id, value(id))?;
        }
        assert!(searches.join().is_ok());
        Ok::<(), crate::Error>(())
    })?;
    assert!(index.trouble().is_none());
    Ok(())
}
