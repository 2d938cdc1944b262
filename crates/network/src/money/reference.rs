//! The same by definition: every way to give contents to accounts is tried.

use super::apart::apart;
use crate::random::Random;
use std::collections::BTreeSet;

/// The most accounts of the rest that can be given a content that is still free.
fn tried(accounts: &[BTreeSet<u32>], taken: &mut BTreeSet<u32>) -> u32 {
    let Some((first, rest)) = accounts.split_first() else { return 0 };
    let mut most = tried(rest, taken);
    for content in first {
        if taken.insert(*content) {
            most = most.max(1 + tried(rest, taken));
            taken.remove(content);
        }
    }
    most
}

#[test]
fn the_fast_way_agrees() {
    let mut random = Random::new(20_261_123, 0);
    let (mut seen, mut blocked) = (BTreeSet::new(), 0);
    for _ in 0..1_500 {
        let (accounts, contents) = (1 + random.below(6), 1 + random.below(6));
        let chance = 1 + random.below(6);
        let sets: Vec<BTreeSet<u32>> = (0..accounts)
            .map(|account| {
                // Only the first account posts everything, so that the others are in each other's way.
                let end = if account == 0 { contents } else { contents.min(1 + accounts / 2) };
                (0..end).filter(|_| random.below(7) < chance).map(|content| content * 11).collect()
            })
            .collect();
        let pairs: Vec<(u32, u32)> = (0..)
            .zip(&sets)
            .flat_map(|(account, set)| set.iter().map(move |content| (account * 3, *content)))
            .collect();
        let expected = tried(&sets, &mut BTreeSet::new());
        assert_eq!(apart(&pairs), expected, "{sets:?}");
        seen.insert(expected);
        let held = sets.iter().filter(|set| !set.is_empty()).count() as u32;
        let different = sets.iter().flatten().collect::<BTreeSet<_>>().len() as u32;
        blocked += u32::from(expected < held.min(different));
    }
    // Worlds of every size came, and many in which neither accounts nor contents alone tell the answer.
    assert_eq!(seen.len(), 6);
    assert!(blocked > 40, "{blocked}");
}

/// A long chain in which each account must take the other of its two contents: one way through all of them.
#[test]
fn a_chain_is_turned_over() {
    const LONG: u32 = 100_000;
    let mut pairs: Vec<(u32, u32)> = (1..LONG).flat_map(|at| [(at, at - 1), (at, at)]).collect();
    pairs.push((LONG, 0));
    assert_eq!(apart(&pairs), LONG);
    pairs.push((LONG + 1, 0));
    assert_eq!(apart(&pairs), LONG);
}
