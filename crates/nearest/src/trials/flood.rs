//! Lists that are made to stall a search.

use std::sync::Arc;

use super::disk::Simulated;
use super::lists::{Chance, plain};
use crate::dead::Dead;
use crate::layout::{Limits, Profile};
use crate::plan;
use crate::segment::{self, Form, Hit, Segment};
use crate::{Neighbour, Value};

const ROWS: usize = 60_000;
const FLOOD: usize = 6_000;
const LIMITS: Limits = Limits { head_rows: 64, small_rows: 0, middle_rows: 0, wide_rows: usize::MAX };

/// A segment in the order of bits of the index, so that the flood hits the chunks it is meant for.
fn segment(profile: Profile, list: &[Value]) -> crate::Result<Segment> {
    let disk = Simulated::default();
    let mut rows: Vec<(Value, u64)> = list.iter().copied().zip(0..).collect();
    rows.sort_unstable();
    let rows = segment::write(&disk, 1, &Form { profile, limits: LIMITS, seed: 0 }, rows.into_iter())?;
    Segment::open(&disk, 1, (rows, 0))
}

/// Values, a tenth of which have the first `chunks` chunks of 16 bits of the query.
fn flooded(chunks: usize, query: &Value) -> Vec<Value> {
    let mut chance = Chance(chunks as u64);
    let mut list: Vec<Value> = (0..ROWS).map(|_| chance.value()).collect();
    for value in &mut list[..FLOOD] {
        for at in 0..chunks * 16 {
            let bit = 1 << (at % 64);
            value[at / 64] = value[at / 64] & !bit | query[at / 64] & bit;
        }
    }
    list.extend((0..64).map(|bits| chance.near(query, bits)));
    list
}

/// What a search costs, as the plan counts it.
fn work(segment: &Segment, query: &Value) -> u64 {
    plan::with_cost(segment, query, 31).map_or(segment.rows() as u64 * plan::SCAN_COST, |(_, cost)| cost)
}

fn found(segment: &Segment, query: &Value, radius: u32) -> Vec<Neighbour> {
    let mut hits = Vec::new();
    segment.within(query, radius, &mut hits);
    let mut found: Vec<Neighbour> = hits
        .iter()
        .map(|Hit { row, distance }| Neighbour { distance: *distance, id: segment.id(*row) })
        .collect();
    found.sort_unstable();
    found
}

/// A flood of one chunk is passed by. One that shares up to a quarter of the bits costs at most tenfold; one that
/// shares half of them costs more, but never more than reading all.
#[test]
fn a_flooded_bucket_slows_no_search_more_than_tenfold() -> crate::Result<()> {
    let mut chance = Chance(77);
    let query = chance.value();
    for profile in [Profile::Fast, Profile::Lean] {
        let calm = work(&segment(profile, &flooded(0, &query))?, &query);
        for chunks in [1, 4, 8] {
            let list = flooded(chunks, &query);
            let segment = segment(profile, &list)?;
            let work = work(&segment, &query);
            let scan = list.len() as u64 * plan::SCAN_COST;
            let bound = if chunks <= 4 { 10 * calm } else { scan };
            assert!(work <= bound, "{profile:?}, {chunks} chunks: {work} to {calm}, a scan is {scan}");
            for radius in [31, 63] {
                assert_eq!(found(&segment, &query, radius), plain(&list, &query, radius), "{chunks}");
            }
        }
    }
    Ok(())
}

/// Nearly all values are alike: nothing is cheaper than reading all, and that is what is done.
#[test]
fn a_list_of_near_copies_is_read_once() -> crate::Result<()> {
    let mut chance = Chance(78);
    let centre = chance.value();
    let list: Vec<Value> = (0..ROWS / 3).map(|n| chance.near(&centre, n % 24)).collect();
    for profile in [Profile::Fast, Profile::Lean] {
        let segment = segment(profile, &list)?;
        for bits in [0, 10, 40] {
            let query = chance.near(&centre, bits);
            assert!(work(&segment, &query) <= segment.rows() as u64 * plan::SCAN_COST);
            assert_eq!(found(&segment, &query, 31), plain(&list, &query, 31));
        }
    }
    Ok(())
}

#[test]
fn dead_rows_are_remembered_by_page() {
    let mut dead = Dead::default();
    let before = dead.clone();
    let rows = [0, 63, 64, 32_767, 32_768, 5_000_000];
    for row in rows {
        assert!(dead.insert(row) && !dead.insert(row) && dead.has(row) && !before.has(row));
    }
    let between = dead.clone();
    dead.insert(70);
    assert_eq!((dead.since(&before).len(), dead.since(&between), dead.count()), (7, vec![70], 7));
    let disk: Arc<dyn crate::disk::Disk> = Arc::new(Simulated::default());
    assert!(crate::dead::write(&*disk, 3, &[(8, &dead), (9, &before)]).is_ok());
    let read = crate::dead::read(&*disk, 3).unwrap_or_default();
    assert_eq!((read.len(), read[0].0, read[0].1.since(&before)), (1, 8, dead.since(&before)));
}
