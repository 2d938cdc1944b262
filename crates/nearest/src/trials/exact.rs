//! Every value within the radius is found, whatever the list, the layout and the radius.

use std::sync::Arc;

use super::disk::Simulated;
use super::lists::{Chance, clustered, plain, queries, uniform};
use super::trials;
use crate::layout::Limits;
use crate::segment::Form;
use crate::{Index, Neighbour, Profile, Value};

const SMALL: Limits =
    Limits { head_rows: 64, small_rows: 64, middle_rows: usize::MAX, wide_rows: usize::MAX };
const MIDDLE: Limits = Limits { head_rows: 64, small_rows: 0, middle_rows: 0, wide_rows: usize::MAX };
const WIDE: Limits = Limits { head_rows: 64, small_rows: 0, middle_rows: 0, wide_rows: 0 };

fn index(profile: Profile, limits: Limits, list: &[Value]) -> crate::Result<Index> {
    let index = Index::create_on(Arc::new(Simulated::default()), Form { profile, limits, seed: 9 })?;
    index.add((0..).zip(list.iter().copied()))?;
    Ok(index)
}

fn check(index: &Index, list: &[Value], query: &Value, radius: u32) {
    let found: Vec<Neighbour> = index.within(query, radius);
    assert_eq!(found, plain(list, query, radius), "{query:x?} within {radius}");
}

fn check_all(list: &[Value], each: usize, forms: &[(Profile, Limits)]) -> crate::Result<()> {
    for (profile, limits) in forms {
        let index = index(*profile, *limits, list)?;
        for (n, query) in queries(list, each, 5).iter().enumerate() {
            check(&index, list, query, 31);
            check(&index, list, query, n as u32 * 7 % 80);
        }
        for radius in [0, 63, 64, 95, 96, 127, 128, 255, 256, 300] {
            check(&index, list, &list[7], radius);
        }
    }
    Ok(())
}

#[test]
fn searches_are_exact_on_even_and_clustered_lists() -> crate::Result<()> {
    let forms = [(Profile::Fast, SMALL), (Profile::Fast, MIDDLE), (Profile::Lean, MIDDLE)];
    for seed in 0..trials(2).min(50) as u64 {
        check_all(&uniform(4_000, seed), 2, &forms)?;
        check_all(&clustered(6_000, seed), 2, &forms)?;
    }
    Ok(())
}

#[test]
fn searches_are_exact_with_wide_chunks() -> crate::Result<()> {
    check_all(&clustered(3_000, 3), 1, &[(Profile::Lean, WIDE)])
}

/// One value at each distance from the query: it is found at this radius and not at the one below.
#[test]
fn every_distance_has_its_edge() -> crate::Result<()> {
    let mut chance = Chance(11);
    let query = chance.value();
    let noise: Vec<Value> = (0..3_000).map(|_| chance.value()).collect();
    let planted = (0..=256).map(|bits| chance.near(&query, bits));
    let list: Vec<Value> = planted.collect::<Vec<_>>().into_iter().chain(noise).collect();
    for (profile, limits) in [(Profile::Fast, SMALL), (Profile::Fast, MIDDLE), (Profile::Lean, MIDDLE)] {
        let index = index(profile, limits, &list)?;
        for bits in 0..=256u32 {
            let has = |radius| index.within(&query, radius).iter().any(|near| near.id == u64::from(bits));
            assert!(has(bits), "{bits}");
            assert!(bits == 0 || !has(bits - 1), "{bits}");
        }
    }
    Ok(())
}

/// The same distance, spread in many ways over the chunks.
#[test]
fn every_way_to_differ_in_31_bits_is_found() -> crate::Result<()> {
    let mut chance = Chance(12);
    let mut list: Vec<Value> = (0..10_000).map(|_| chance.value()).collect();
    let query = list[0];
    list.extend((0..2_000).map(|n| chance.near(&query, 30 + n % 3)));
    // All in a row, over the edges of words.
    list.extend((0..225).map(|from| {
        let mut value = query;
        (from..from + 31).for_each(|at| value[at / 64] ^= 1 << (at % 64));
        value
    }));
    for (profile, limits) in [(Profile::Fast, SMALL), (Profile::Fast, MIDDLE), (Profile::Lean, MIDDLE)] {
        let index = index(profile, limits, &list)?;
        for radius in [29, 30, 31, 32] {
            check(&index, &list, &query, radius);
        }
    }
    Ok(())
}

/// Also into an index that has values in its head and in small segments.
#[test]
fn a_list_is_added_whole_or_not_at_all() -> crate::Result<()> {
    let list = uniform(2_000, 6);
    let index = index(Profile::Fast, SMALL, &list[..500])?;
    for (id, value) in (500..).zip(&list[500..530]) {
        index.insert(id, *value)?;
    }
    index.add((530..).zip(list[530..].iter().copied()))?;
    check(&index, &list, &list[7], 120);
    let taken = index.add([(5_000, [1; 4]), (7, [2; 4])]);
    assert!(matches!(taken, Err(crate::Error::Repeated(7))), "{taken:?}");
    let twice = index.add([(5_000, [1; 4]), (5_000, [2; 4])]);
    assert!(matches!(twice, Err(crate::Error::Repeated(5_000))), "{twice:?}");
    check(&index, &list, &list[7], 256);
    index.remove(7)?;
    index.add([(7, list[7])])?;
    check(&index, &list, &list[7], 256);
    Ok(())
}

#[test]
fn ids_that_share_a_value_are_all_found_and_taken_one_by_one() -> crate::Result<()> {
    let list = vec![[5; 4]; 3_000];
    let index = index(Profile::Fast, MIDDLE, &list)?;
    check(&index, &list, &[5; 4], 0);
    check(&index, &list, &[4; 4], 31);
    index.remove(1_000)?;
    let left = index.within(&[5; 4], 31);
    assert_eq!((left.len(), left.iter().any(|near| near.id == 1_000)), (2_999, false));
    Ok(())
}
