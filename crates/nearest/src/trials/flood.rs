//! Lists that are made to stall a search.

use std::sync::Arc;

use super::disk::Simulated;
use super::lists::{Chance, plain};
use crate::dead::Dead;
use crate::layout::{Limits, Profile};
use crate::plan;
use crate::segment::{self, Form, Hit, Looked, Segment};
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

/// Values, a tenth of which are made by `flood`, and some at each distance from the query.
fn flooded(query: &Value, mut flood: impl FnMut(&mut Chance, usize) -> Value) -> Vec<Value> {
    let mut chance = Chance(1);
    let mut list: Vec<Value> = (0..FLOOD).map(|n| flood(&mut chance, n)).collect();
    list.extend((FLOOD..ROWS).map(|_| chance.value()));
    list.extend((0..64).map(|bits| chance.near(query, bits)));
    list
}

/// A value that has the bits of `from` where `shared` has ones.
fn sharing(shared: &Value, from: &Value, chance: &mut Chance) -> Value {
    let other = chance.value();
    std::array::from_fn(|word| from[word] & shared[word] | other[word] & !shared[word])
}

/// The first chunks of 16 bits.
fn chunks(count: usize) -> Value {
    std::array::from_fn(|word| match count.saturating_sub(word * 4) {
        0 => 0,
        some @ 1..4 => (1 << (some * 16)) - 1,
        _ => u64::MAX,
    })
}

fn search(segment: &Segment, query: &Value, radius: u32) -> (Vec<Neighbour>, Looked) {
    let mut hits = Vec::new();
    let looked = segment.within(query, radius, &mut hits);
    let mut found: Vec<Neighbour> = hits
        .iter()
        .map(|Hit { row, distance }| Neighbour { distance: *distance, id: segment.id(*row) })
        .collect();
    found.sort_unstable();
    (found, looked)
}

/// What was looked at, weighed as the plan weighs it.
fn work(looked: &Looked) -> u64 {
    looked.buckets as u64 * plan::PROBE_COST
        + looked.entries as u64 * 3
        + looked.values as u64 * plan::VALUE_COST
        + looked.scanned as u64 * plan::SCAN_COST
}

/// Searches a flooded list, exactly, with at most so many times the work of one on an even list.
fn check(name: &str, list: &[Value], queries: &[Value], most: u64) -> crate::Result<()> {
    for profile in [Profile::Fast, Profile::Lean] {
        let calm = segment(profile, &flooded(&queries[0], |chance, _| chance.value()))?;
        let segment = segment(profile, list)?;
        for query in queries {
            let calm = work(&search(&calm, query, 31).1);
            for radius in [31, 63] {
                assert_eq!(search(&segment, query, radius).0, plain(list, query, radius), "{name}");
            }
            let looked = search(&segment, query, 31).1;
            let work = work(&looked);
            println!("{name}, {profile:?}: {:.1} times, {looked:?}", work as f64 / calm as f64);
            assert!(
                work <= most * calm,
                "{name}, {profile:?}: {work} is over {most} times {calm}, {looked:?}"
            );
        }
    }
    Ok(())
}

/// The makers of these know the tables, and that the bits are not rearranged here.
#[test]
fn a_flood_made_against_the_tables_slows_no_search_more_than_tenfold() -> crate::Result<()> {
    let query = Chance(77).value();
    for count in [1, 2, 4, 6, 8, 10] {
        let list = flooded(&query, |chance, _| sharing(&chunks(count), &query, chance));
        check(&format!("{count} chunks"), &list, &[query], 10)?;
    }
    // A bucket of each table is flooded, or two that follow each other, as far as a tenth goes.
    for count in [1, 2] {
        let list = flooded(&query, |chance, n| {
            let chunk: Value = std::array::from_fn(|word| {
                let has = |at: usize| (0..count).any(|more| (n + more) % 16 == at);
                (0..4).map(|at| if has(word * 4 + at) { 0xffff << (at * 16) } else { 0 }).sum()
            });
            sharing(&chunk, &query, chance)
        });
        // Two of each are more than the goal. Who makes them must read the secret order of bits off the disk; more
        // bits beside the entries of crowded buckets would sort these out.
        check(&format!("{count} chunks each"), &list, &[query], if count == 1 { 10 } else { 15 })?;
    }
    Ok(())
}

#[test]
fn a_flood_that_shares_half_of_its_bits_slows_no_search_more_than_tenfold() -> crate::Result<()> {
    let mut chance = Chance(78);
    let query = chance.value();
    for (name, bits, wrong) in [
        ("64", 64, 0),
        ("96", 96, 0),
        ("128", 128, 0),
        ("128 but 6 of any", 128, 6),
        ("128 but 13 of any", 128, 13),
        ("160", 160, 0),
    ] {
        let shared = chance.near(&[0; 4], bits);
        let near: Vec<Value> = (0..3).map(|bits| sharing(&shared, &query, &mut Chance(bits))).collect();
        let list = flooded(&query, |chance, _| {
            let value = sharing(&shared, &query, chance);
            chance.near(&value, wrong)
        });
        check(name, &list, &[&[query], &near[..]].concat(), 10)?;
    }
    Ok(())
}

/// Around a value: a search at the centre passes all by that is too far; the nearer to the flood a search is, the
/// more of the flood must be read, once.
#[test]
fn a_flood_around_a_value_is_read_once_at_most() -> crate::Result<()> {
    let mut chance = Chance(79);
    let centre = chance.value();
    let list = flooded(&centre, |chance, n| chance.near(&centre, 32 + n % 29));
    check("centre", &list, &[centre], 10)?;
    let queries: Vec<Value> = [5, 12, 31, 60].into_iter().map(|bits| chance.near(&centre, bits)).collect();
    let once = FLOOD as u64 * plan::VALUE_COST;
    check("beside the centre", &list, &queries, 10.max(once / 50_000))
}

/// Searches that have nothing to do with a flood pass it by.
#[test]
fn a_flood_costs_other_searches_nothing() -> crate::Result<()> {
    let mut chance = Chance(80);
    let (centre, shared) = (chance.value(), chance.near(&[0; 4], 128));
    let queries: Vec<Value> = (0..6).map(|_| chance.value()).collect();
    let list = flooded(&queries[0], |chance, _| sharing(&shared, &centre, chance));
    check("others", &list, &queries, 2)
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
            let (found, looked) = search(&segment, &query, 31);
            assert!(work(&looked) <= 2 * segment.rows() as u64 * plan::SCAN_COST, "{looked:?}");
            assert_eq!(found, plain(&list, &query, 31));
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
