//! Figures on liveness (RXP-142): "offline" counts yes-classes only, the unknown share stands beside it, and how
//! long things stay up is a survival curve in which what was lost from sight is censored, not counted as up.

use super::{Liveness, Offline};
use serde::Serialize;

/// How many are offline, and how many nobody knows of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct OfflineFigure {
    /// Items of a yes-class.
    pub offline: u32,
    /// Items that are up.
    pub up: u32,
    /// Items blocked in some territories.
    pub partly: u32,
    /// Items of which the last check does not tell.
    pub unknown: u32,
}

impl OfflineFigure {
    /// Counts the last confirmed class of each item.
    pub fn of(classes: impl IntoIterator<Item = Liveness>) -> Self {
        let mut figure = Self::default();
        for class in classes {
            match class.offline() {
                Offline::Yes => figure.offline += 1,
                Offline::No => figure.up += 1,
                Offline::Partly => figure.partly += 1,
                Offline::Unknown => figure.unknown += 1,
            }
        }
        figure
    }

    /// All items.
    pub const fn total(&self) -> u32 {
        self.offline + self.up + self.partly + self.unknown
    }

    /// Share of unknown among all, 0.0..=1.0; 0 when there is nothing. Printed wherever `offline` is printed.
    pub fn unknown_share(&self) -> f64 {
        f64::from(self.unknown) / f64::from(self.total().max(1))
    }
}

/// How long one item was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// Hours from sending to the first of the two checks that agreed on "gone", or to the last check that told.
    pub hours: u32,
    /// It was found gone then; `false`: it was up when last seen (censored).
    pub gone: bool,
}

/// One step of a survival curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// Hours after sending.
    pub hours: u32,
    /// Items followed at least so long.
    pub at_risk: u32,
    /// Items found gone at this hour.
    pub gone: u32,
    /// Share still up after this hour, 0.0..=1.0.
    pub still_up: f64,
}

/// The product-limit estimate (Kaplan and Meier 1958): a step for each hour at which something was found gone.
///
/// Items censored at an hour count as at risk at that hour.
pub fn survival(followed: &[Followed]) -> Vec<Step> {
    let mut sorted = followed.to_vec();
    sorted.sort_by_key(|item| (item.hours, !item.gone));
    let (mut steps, mut still_up, mut before) = (Vec::new(), 1.0, 0_usize);
    for same_hour in sorted.chunk_by(|a, b| a.hours == b.hours) {
        let at_risk = sorted.len() - before;
        let gone = same_hour.iter().filter(|item| item.gone).count();
        before += same_hour.len();
        if gone > 0 {
            still_up *= 1.0 - gone as f64 / at_risk as f64;
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            steps.push(Step {
                hours: same_hour[0].hours,
                at_risk: count(at_risk),
                gone: count(gone),
                still_up,
            });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn liveness_statistics() {
        let figure = OfflineFigure::of(Liveness::ALL);
        assert_eq!(figure, OfflineFigure { offline: 6, up: 2, partly: 1, unknown: 5 });
        assert!((figure.unknown_share() - 5.0 / 14.0).abs() < 1e-12);
        assert_eq!(OfflineFigure::of([]).unknown_share(), 0.0);

        // worked by hand: 6 items, gone at 1 h, 6 h, 6 h, 24 h; censored at 6 h and 72 h
        let item = |hours, gone| Followed { hours, gone };
        let steps = survival(&[
            item(72, false),
            item(6, true),
            item(1, true),
            item(6, false),
            item(24, true),
            item(6, true),
        ]);
        let plain: Vec<(u32, u32, u32)> =
            steps.iter().map(|step| (step.hours, step.at_risk, step.gone)).collect();
        assert_eq!(plain, [(1, 6, 1), (6, 5, 2), (24, 2, 1)]);
        for (step, expected) in steps.iter().zip([5.0 / 6.0, 0.5, 0.25]) {
            assert!((step.still_up - expected).abs() < 1e-12, "{step:?}");
        }
        assert!(survival(&[item(1, false)]).is_empty());
    }

    proptest! {
        /// Without censoring the estimate is the plain share.
        #[test]
        fn survival_without_censoring_is_the_share(hours in prop::collection::vec(0_u32..20, 1..40)) {
            let followed: Vec<Followed> = hours.iter().map(|hours| Followed { hours: *hours, gone: true }).collect();
            for step in survival(&followed) {
                let up = hours.iter().filter(|at| **at > step.hours).count() as f64 / hours.len() as f64;
                prop_assert!((step.still_up - up).abs() < 1e-9);
            }
        }
    }
}
