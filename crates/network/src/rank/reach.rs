//! How far content of an account comes on average.

use crate::Graph;
use crate::random::Random;

/// Accounts whose readers are traced back.
pub const TRACES: u32 = 400_000;

/// Expected reach of content that starts at each account alone, itself counted, with the standard error.
///
/// Traced back: for an account drawn at random, who would it have had the content from? An account that stands in a
/// part of all traces reaches that part of all accounts (Borgs et al. 2014). In-edges carry each with its own chance, on
/// average one of an account, so traces are short.
#[must_use]
pub fn reach(graph: &Graph, traces: u32, seed: u64) -> Vec<(f64, f64)> {
    let len = graph.len();
    let back = graph.back();
    let mut random = Random::new(seed, 0);
    let mut hits = vec![0_u32; len];
    let mut mark = vec![0_u32; len];
    let mut queue: Vec<u32> = Vec::new();
    for trace in 1..=traces {
        let start = random.below(len as u32);
        mark[start as usize] = trace;
        queue.clear();
        queue.push(start);
        let mut at = 0;
        while let Some(to) = queue.get(at).copied() {
            at += 1;
            hits[to as usize] += 1;
            let weights = back.weights_of(to);
            let share = match weights {
                [] => 1.0 / f64::from(back.degree(to).max(1)),
                all => 1.0 / all.iter().copied().map(f64::from).sum::<f64>(),
            };
            for (edge, from) in back.of(to).iter().enumerate() {
                let chance = share * weights.get(edge).copied().map_or(1.0, f64::from);
                if random.unit() < chance && mark[*from as usize] != trace {
                    mark[*from as usize] = trace;
                    queue.push(*from);
                }
            }
        }
    }
    let scale = len as f64 / f64::from(traces.max(1));
    let found = hits.iter().map(|hits| {
        let hits = f64::from(*hits);
        let error = (hits * (1.0 - hits / f64::from(traces.max(1)))).max(1.0).sqrt();
        ((hits * scale).max(1.0), error * scale)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::reach;
    use crate::reference;
    use crate::trials::graphs;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    proptest! {
        #![proptest_config(Config { cases: 16, failure_persistence: None, ..Config::default() })]
        #[test]
        fn reach_of_one_is_that_of_enumeration(graph in graphs(7, 11), seed: u64) {
            for (account, (mean, error)) in reach(&graph, 20_000, seed).iter().enumerate() {
                let exact = reference::reach(&graph, &[account as u32], &[]);
                prop_assert!((mean - exact).abs() <= 5.0 * error, "{} {} {}", mean, exact, error);
            }
        }
    }
}
