//! Copies of a cluster, hour by hour.

use app::view::cluster as shown;
use jiff::Timestamp;

/// Hours of the spread.
const HOURS_SHOWN: i64 = 6;

/// Copies in each of the six hours up to the last one that was posted, each by its first instant, from the first of
/// these hours that has one; and how many came before them. Nothing for a single copy. What does not say when it was
/// posted counts when it was seen.
pub(super) fn copies(items: &[shown::Item]) -> (Vec<(Timestamp, u64)>, u64) {
    const HOUR: i64 = 3600;
    let hours: Vec<i64> = items
        .iter()
        .filter_map(|item| item.posted_at.or(item.seen_at))
        .map(|at| at.as_second().div_euclid(HOUR))
        .collect();
    counted(&hours).map_or_else(Default::default, |(first, counts)| {
        let before = hours.iter().filter(|hour| **hour < first).count() as u64;
        let at = |hour: i64| Timestamp::from_second(hour * HOUR).unwrap_or_default();
        ((first..).map(at).zip(counts).collect(), before)
    })
}

/// The first hour shown and the counts from it on.
fn counted(hours: &[i64]) -> Option<(i64, Vec<u64>)> {
    let last = hours.iter().copied().max().filter(|_| hours.len() > 1)?;
    let first = hours.iter().copied().filter(|hour| *hour > last - HOURS_SHOWN).min()?;
    Some((
        first,
        (first..=last).map(|hour| hours.iter().filter(|found| **found == hour).count() as u64).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_begin_with_the_first() {
        for (hours, expected) in [
            (&[][..], None),
            (&[5], None),
            (&[5, 5], Some((5, vec![2]))),
            (&[7, 5, 5], Some((5, vec![2, 0, 1]))),
            // Six hours up to the last; what is older is counted apart, and empty hours before the first are not drawn.
            (&[1, 8, 10, 10], Some((8, vec![1, 0, 2]))),
            (&[4, 5, 10], Some((5, vec![1, 0, 0, 0, 0, 1]))),
        ] {
            assert_eq!(counted(hours), expected, "{hours:?}");
        }
    }
}
