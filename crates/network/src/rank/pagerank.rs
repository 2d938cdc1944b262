//! PageRank: where a reader ends up who follows edges back to those who reach others.

use crate::{Graph, Rows};

/// The part of readers who go on along an edge.
pub const DAMPING: f64 = 0.85;
/// Rounds, however slowly the numbers settle.
const ROUNDS_MAX: usize = 200;

/// Ranks that can be brought up to date.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRank {
    /// For each account its part of 1.
    pub ranks: Vec<f64>,
    /// Rounds that it took.
    pub rounds: usize,
    /// What moved in the last round, summed over accounts.
    pub moved: f64,
}

/// PageRank over turned edges: rank flows from those who are reached to those who reach them, so that it is high for
/// those whose posts many see. Where `turned` is false, it flows along the edges, as elsewhere.
///
/// `start` are ranks of an earlier graph of the same accounts, or empty. The rounds end when less than `still` of the
/// whole moved (1e-9 is enough to order accounts).
///
/// What accounts without edges give to all only makes every rank larger by one factor, so it is left out, and ranks are
/// made parts of 1 at the end. New values are used at once (Gauss-Seidel), and what would come in rounds alike is leapt over.
#[must_use]
pub fn pagerank(graph: &Graph, turned: bool, start: &[f64], still: f64) -> PageRank {
    let len = graph.len();
    let (gives, takes) = if turned { (graph.back(), graph.out()) } else { (graph.out(), graph.back()) };
    let even = 1.0 / len.max(1) as f64;
    // What an account gives along each edge (for each unit of weight).
    let share: Vec<f64> = (0..len as u32)
        .map(|at| match gives.weights_of(at) {
            [] if gives.degree(at) == 0 => 0.0,
            [] => DAMPING / f64::from(gives.degree(at)),
            weights => DAMPING / weights.iter().copied().map(f64::from).sum::<f64>(),
        })
        .collect();
    let flow = Flow { takes, share: &share, even };
    // Parts of 1 with what is given to all, made those without.
    let lost: f64 =
        (0..len).filter(|at| share[*at] == 0.0).map(|at| start.get(at).copied().unwrap_or(even)).sum();
    let scale = (1.0 - DAMPING) / (1.0 - DAMPING + DAMPING * lost);
    let begin: Vec<f64> = (0..len).map(|at| start.get(at).copied().unwrap_or(even) * scale).collect();
    let first = PageRank { ranks: begin, rounds: 0, moved: f64::INFINITY };
    // Who begins near the end needs the long numbers at once.
    let mut rough = if start.is_empty() { flow.settle::<f32>(first, still.max(STILL_SHORT)) } else { first };
    if still < STILL_SHORT {
        // Short numbers stand still before ranks do.
        rough.moved = f64::INFINITY;
    }
    let mut found = flow.settle::<f64>(rough, still);
    let sum: f64 = found.ranks.iter().sum();
    found.ranks.iter_mut().for_each(|rank| *rank /= sum);
    found
}

/// Down to this part of the whole, numbers of 4 bytes say as much as those of 8, and a cache holds twice as many.
const STILL_SHORT: f64 = 1e-5;

/// When what moves shrinks by the same factor from round to round, one direction is left in which ranks go on; then all the
/// rounds to come are taken at once (Aitken). A leap that was wrong costs rounds and no exactness: ranks settle from anywhere.
const STEADY: f64 = 0.02;
/// Leaps beyond this factor would go too far on too little.
const SHRINK_MAX: f64 = 0.95;
const LEAPS_MAX: usize = 12;

/// A number of 4 or 8 bytes.
trait Number: Copy + Into<f64> {
    fn of(number: f64) -> Self;
}

impl Number for f32 {
    fn of(number: f64) -> Self {
        number as Self
    }
}

impl Number for f64 {
    fn of(number: f64) -> Self {
        number
    }
}

/// Along which edges rank flows.
struct Flow<'a> {
    takes: &'a Rows,
    /// What an account gives along each edge; 0 where it has none.
    share: &'a [f64],
    /// The part of each account when all have the same.
    even: f64,
}

impl Flow<'_> {
    /// Rounds until less than `still` moved. Ranks are kept as what is given along an edge, or as they are where nothing
    /// is given.
    fn settle<N: Number>(&self, from: PageRank, still: f64) -> PageRank {
        let PageRank { mut ranks, mut rounds, mut moved } = from;
        let (share, len) = (self.share, ranks.len());
        let hold = |at: usize, rank: f64| N::of(if share[at] > 0.0 { rank * share[at] } else { rank });
        let mut held: Vec<N> = (0..len).map(|at| hold(at, ranks[at])).collect();
        let mut changes = vec![0.0_f32; len];
        // What moved in a round, as a part of what moved in the one before: of the last two rounds.
        let (mut shrinks, mut leaps) = ([0.0; 2], 0);
        // What moved before the last leap: a leap after which more moves was wrong (ranks swing to and fro), and is the last.
        let mut at_leap = f64::INFINITY;
        while rounds < ROUNDS_MAX && moved >= still {
            let (before, mut sum) = (moved, 0.0);
            moved = 0.0;
            for at in 0..len {
                let rank = (1.0 - DAMPING) * self.even + self.into(at as u32, &held);
                let change = rank - ranks[at];
                moved += change.abs();
                sum += rank;
                held[at] = hold(at, rank);
                ranks[at] = rank;
                changes[at] = change as f32;
            }
            moved /= sum;
            rounds += 1;
            shrinks = [shrinks[1], moved / before];
            let steady =
                shrinks[0] > 0.0 && (shrinks[1] - shrinks[0]).abs() < STEADY && shrinks[1] < SHRINK_MAX;
            if moved > at_leap {
                leaps = LEAPS_MAX;
            }
            at_leap = f64::INFINITY;
            if moved >= still && steady && leaps < LEAPS_MAX {
                leaps += 1;
                at_leap = moved;
                let far = shrinks[1] / (1.0 - shrinks[1]);
                for at in 0..len {
                    ranks[at] = (ranks[at] + far * f64::from(changes[at])).max(0.0);
                    held[at] = hold(at, ranks[at]);
                }
                (moved, shrinks) = (f64::INFINITY, [0.0; 2]);
            }
        }
        PageRank { ranks, rounds, moved }
    }

    /// What flows to an account.
    fn into<N: Number>(&self, at: u32, held: &[N]) -> f64 {
        let near = self.takes.of(at).iter().map(|near| held[*near as usize].into());
        match self.takes.weights_of(at) {
            [] => near.sum(),
            weights => near.zip(weights).map(|(held, weight)| held * f64::from(*weight)).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pagerank;
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        #[test]
        fn ranks_solve_the_equation(graph in graphs(25, 80), turned: bool) {
            let fast = pagerank(&graph, turned, &[], 1e-13);
            let slow = reference::pagerank(&graph, turned);
            for (a, b) in fast.ranks.iter().zip(&slow) {
                prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
            }
            let again = pagerank(&graph, turned, &fast.ranks, 1e-9);
            prop_assert!(again.rounds <= 2, "{}", again.rounds);
        }
    }
}
