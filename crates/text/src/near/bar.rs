//! How near is near.

/// Two texts are near when they share enough runs, for one of three reasons. Shares are whole numbers of a thousand, so
/// that an index and a plain loop never differ by rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Runs of both, of the runs of either, 1 to 1000: the same text with edits.
    pub resemblance_per_mille: u32,
    /// Runs of both, of the runs of one, 1 to 1000: the one stands in the other.
    pub containment_per_mille: u32,
    /// Fewer shared runs say too little, whatever their share. At least 1.
    pub shared_min: u32,
}

impl Default for Bar {
    /// One word in ten may differ, or one of the two stands in the other for four fifths; eight words in a row at least.
    fn default() -> Self {
        Self { resemblance_per_mille: 500, containment_per_mille: 800, shared_min: 6 }
    }
}

/// What two texts have in common, in runs of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Runs of both.
    pub shared: u32,
    /// Runs of the listed text.
    pub listed: u32,
    /// Runs of the text that is asked about.
    pub asked: u32,
}

/// Why two texts are near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The same runs.
    Same,
    /// The same text with edits: each stands in the other, or they resemble each other.
    Edited,
    /// The listed text stands in the other one, which has more.
    Quoted,
    /// The other one is a part of the listed text.
    Part,
}

impl Overlap {
    /// Runs of both, of the runs of either, in whole thousandths, rounded down.
    #[must_use]
    pub fn resemblance_per_mille(&self) -> u32 {
        per_mille(self.shared, self.listed + self.asked - self.shared)
    }

    /// How much of the listed text stands in the other one, in whole thousandths, rounded down.
    #[must_use]
    pub fn quoted_per_mille(&self) -> u32 {
        per_mille(self.shared, self.listed)
    }

    /// How much of the other one stands in the listed text, in whole thousandths, rounded down.
    #[must_use]
    pub fn part_per_mille(&self) -> u32 {
        per_mille(self.shared, self.asked)
    }
}

impl Bar {
    /// Why the two are near; `None` when they are not.
    #[must_use]
    pub fn judge(&self, overlap: Overlap) -> Option<Relation> {
        if overlap.shared < self.shared_min.max(1) {
            None
        } else if overlap.shared == overlap.listed && overlap.shared == overlap.asked {
            Some(Relation::Same)
        } else {
            let quoted = overlap.quoted_per_mille() >= self.containment_per_mille;
            let part = overlap.part_per_mille() >= self.containment_per_mille;
            match (quoted, part) {
                (true, true) => Some(Relation::Edited),
                (true, false) => Some(Relation::Quoted),
                (false, true) => Some(Relation::Part),
                (false, false) => {
                    let like = overlap.resemblance_per_mille() >= self.resemblance_per_mille;
                    like.then_some(Relation::Edited)
                }
            }
        }
    }

    /// A listed text of so many runs that is near for its own sake (edited or quoted) shares at least this many.
    pub(super) fn least_of_listed(&self, listed: u32) -> u32 {
        // the shared runs are at most those of the asked text, so resemblance is at most their share of the listed ones
        let share = self.resemblance_per_mille.min(self.containment_per_mille);
        least(share, listed).max(self.shared_min.max(1))
    }

    /// A text of so many runs that is a part of a listed one shares at least this many with it.
    pub(super) fn least_of_asked(&self, asked: u32) -> u32 {
        least(self.containment_per_mille, asked).max(self.shared_min.max(1))
    }
}

fn per_mille(part: u32, whole: u32) -> u32 {
    let share = u64::from(part) * 1000 / u64::from(whole.max(1));
    u32::try_from(share).unwrap_or(u32::MAX)
}

/// The least part whose share of the whole reaches so many thousandths.
fn least(share: u32, whole: u32) -> u32 {
    u32::try_from((u64::from(share) * u64::from(whole)).div_ceil(1000)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bar_table() {
        let check = |shared, listed, asked, expected: Option<Relation>| {
            assert_eq!(
                Bar::default().judge(Overlap { shared, listed, asked }),
                expected,
                "{shared} {listed} {asked}"
            );
        };
        check(10, 10, 10, Some(Relation::Same));
        check(5, 5, 5, None);
        check(10, 10, 12, Some(Relation::Edited));
        check(10, 10, 13, Some(Relation::Quoted));
        check(10, 13, 10, Some(Relation::Part));
        check(7, 10, 10, Some(Relation::Edited));
        check(6, 9, 9, Some(Relation::Edited));
        check(6, 10, 10, None);
        check(10, 10, 21, Some(Relation::Quoted));
        check(8, 10, 90, Some(Relation::Quoted));
        check(7, 10, 90, None);
        check(8, 90, 10, Some(Relation::Part));
        check(0, 0, 0, None);
    }

    /// The index leaves out what shares less than these; so none that is near may share less.
    #[test]
    fn least_shares_hold() {
        let bars =
            [Bar::default(), Bar { resemblance_per_mille: 333, containment_per_mille: 1000, shared_min: 1 }];
        for (bar, listed, asked) in
            bars.iter().flat_map(|bar| (1..40).flat_map(move |a| (1..40).map(move |b| (bar, a, b))))
        {
            for shared in 1..=listed.min(asked) {
                match bar.judge(Overlap { shared, listed, asked }) {
                    Some(Relation::Part) => assert!(shared >= bar.least_of_asked(asked)),
                    Some(_) => assert!(shared >= bar.least_of_listed(listed)),
                    None => {}
                }
            }
        }
    }
}
