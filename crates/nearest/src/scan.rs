//! The plain scan.

use std::collections::HashMap;

use crate::count::each_within;
use crate::{Nearest, Neighbour, Value};

/// A list that is read from end to end for each query: 40 bytes a value, plus its place by id.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    values: Vec<Value>,
    /// The id of the value at the same index.
    ids: Vec<u64>,
    places: HashMap<u64, usize>,
}

impl Scan {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Nearest for Scan {
    fn within(&self, query: &Value, radius: u32) -> Vec<Neighbour> {
        let mut found = Vec::new();
        each_within(&self.values, query, radius, &mut |place, distance| {
            found.push(Neighbour { distance, id: self.ids[place] });
        });
        found.sort_unstable();
        found
    }

    fn insert(&mut self, id: u64, value: Value) -> Option<Value> {
        if let Some(place) = self.places.get(&id) {
            return Some(std::mem::replace(&mut self.values[*place], value));
        }
        self.places.insert(id, self.ids.len());
        self.ids.push(id);
        self.values.push(value);
        None
    }

    fn remove(&mut self, id: u64) -> Option<Value> {
        let place = self.places.remove(&id)?;
        self.ids.swap_remove(place);
        if let Some(moved) = self.ids.get(place) {
            self.places.insert(*moved, place);
        }
        Some(self.values.swap_remove(place))
    }

    fn len(&self) -> usize {
        self.ids.len()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    fn trials() -> Config {
        let cases = std::env::var("RENVOI_TRIALS").ok().and_then(|text| text.parse().ok());
        Config::with_cases(cases.unwrap_or(300))
    }

    /// Few bits set, so that values lie near each other.
    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            prop::array::uniform4(prop::bits::u64::between(0, 3)),
            any::<[u64; 4]>(),
            any::<u64>().prop_map(|word| [word; 4]),
        ]
    }

    /// `None` removes.
    fn steps() -> impl Strategy<Value = Vec<(u64, Option<Value>)>> {
        prop::collection::vec((0..40u64, prop::option::weighted(0.7, value())), 0..80)
    }

    fn bits_one_by_one(a: &Value, b: &Value) -> u32 {
        let bit = |value: &Value, at: usize| value[at / 64] >> (at % 64) & 1;
        (0..256).map(|at| u32::from(bit(a, at) != bit(b, at))).sum()
    }

    proptest! {
        #![proptest_config(trials())]

        #[test]
        fn scan_finds_all_and_only_those_within(steps in steps(), query in value(), radius in 0..260u32) {
            let (mut scan, mut plain) = (Scan::new(), BTreeMap::new());
            for (id, value) in steps {
                match value {
                    Some(value) => prop_assert_eq!(scan.insert(id, value), plain.insert(id, value)),
                    None => prop_assert_eq!(scan.remove(id), plain.remove(&id)),
                }
                prop_assert_eq!(scan.len(), plain.len());
                prop_assert_eq!(scan.is_empty(), plain.is_empty());
            }
            let mut expected: Vec<(u32, u64)> =
                plain.iter().map(|(id, value)| (bits_one_by_one(value, &query), *id)).collect();
            expected.retain(|(distance, _)| *distance <= radius);
            expected.sort_unstable();
            let found: Vec<_> = scan.within(&query, radius).iter().map(|near| (near.distance, near.id)).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn edges_of_the_radius() {
        let mut scan = Scan::new();
        scan.insert(9, [0; 4]);
        scan.insert(3, [0; 4]);
        scan.insert(5, [1, 0, 0, 1]);
        scan.insert(1, [u64::MAX; 4]);
        let check = |radius, expected: &[u64]| {
            let ids: Vec<u64> = scan.within(&[0; 4], radius).iter().map(|near| near.id).collect();
            assert_eq!(ids, expected, "{radius}");
        };
        check(0, &[3, 9]);
        check(1, &[3, 9]);
        check(2, &[3, 9, 5]);
        check(255, &[3, 9, 5]);
        check(256, &[3, 9, 5, 1]);
        check(u32::MAX, &[3, 9, 5, 1]);
    }
}
