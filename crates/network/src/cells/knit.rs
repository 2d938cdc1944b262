//! Seeds of cells: significant pairs that hang together by triangles.

use super::Pair;
use std::collections::HashMap;

/// Groups of accounts, the largest first. Two pairs that are sides of one triangle belong together; so an account
/// between two cells is in both groups, and does not join them. A pair without a triangle is a group of two.
pub(super) fn groups(pairs: &[Pair]) -> Vec<Vec<u32>> {
    let mut near: HashMap<u32, Vec<(u32, usize)>> = HashMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        near.entry(pair.a).or_default().push((pair.b, at));
    }
    let mut joined: Vec<usize> = (0..pairs.len()).collect();
    for (at, pair) in pairs.iter().enumerate() {
        let (Some(of_a), Some(of_b)) = (near.get(&pair.a), near.get(&pair.b)) else { continue };
        // Both lists ascend, for pairs do.
        let mut rest = of_a.iter().peekable();
        for &(c, b_side) in of_b {
            while rest.next_if(|(other, _)| *other < c).is_some() {}
            if let Some(&&(_, a_side)) = rest.peek().filter(|(other, _)| *other == c) {
                join(&mut joined, at, a_side);
                join(&mut joined, at, b_side);
            }
        }
    }
    let mut groups: HashMap<usize, Vec<u32>> = HashMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        groups.entry(root(&mut joined, at)).or_default().extend([pair.a, pair.b]);
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
        group.dedup();
    }
    groups.sort_unstable_by(|x, y| y.len().cmp(&x.len()).then_with(|| x.cmp(y)));
    groups
}

fn join(joined: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(joined, one), root(joined, other));
    joined[one.max(other)] = one.min(other);
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}
