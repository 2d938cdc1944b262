//! How near two texts are to each other, by the runs of words they share.
//!
//! A text is the set of its runs of [`SHINGLE_WORDS`] words (Broder, "On the resemblance and containment of documents",
//! 1997). Words are those of [`crate::tokens`], so case, lookalike letters and invisible characters make no difference.
//! [`resemblance`] finds the same text with small edits; [`containment`] finds a quotation in a longer text, and a text
//! that was cut short. [`Bar`] says how near is near, and [`Listed`] finds all listed texts that pass it.
//!
//! Rejected: estimating both by MinHash. Posts are short, so the sets are small and exact figures cost no more; a sketch
//! has an error, and cannot tell a quotation.

mod bar;
mod listed;
mod run;
mod shared;

use std::cmp::Ordering;

use crate::normal::normal;
use crate::tokens;

pub use bar::{Bar, Overlap, Relation};
pub use listed::{Answer, FOUND_MAX, Listed, Near, TooMany, WORK_MAX};
pub use shared::{Places, shared};

/// Words in a run.
pub const SHINGLE_WORDS: usize = 3;

/// The set of a text's runs of words. At most [`crate::tokens::TOKENS_MAX`] words are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shingles {
    /// Sorted, each once. The same on every machine, and equal for different words only by chance (see `run`).
    values: Vec<u64>,
}

impl Shingles {
    /// Reads a text. One with fewer than [`SHINGLE_WORDS`] words is one run of all of them; one without words has none.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_normal(&normal(text).text)
    }

    /// As [`Shingles::of`], for a text that is normalised already ([`crate::normal::Normal::text`]).
    #[must_use]
    pub fn of_normal(normal: &str) -> Self {
        let mut words = Vec::with_capacity(normal.len() / 5 + 1);
        tokens::each(normal, |word| words.push(run::word(word)));
        let mut values: Vec<u64> = match words.len() {
            0 => Vec::new(),
            count => words.windows(SHINGLE_WORDS.min(count)).map(run::run).collect(),
        };
        values.sort_unstable();
        values.dedup();
        Self { values }
    }

    /// What this text, asked about, has in common with a listed one.
    #[must_use]
    pub fn overlap(&self, listed: &Self) -> Overlap {
        // at most `TOKENS_MAX` each
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Overlap { shared: count(self.shared(listed)), listed: count(listed.len()), asked: count(self.len()) }
    }

    /// How many different runs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True if the text had no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many runs both have.
    fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.values.as_slice(), other.values.as_slice());
        let mut count = 0;
        while let ([first, rest_a @ ..], [second, rest_b @ ..]) = (a, b) {
            match first.cmp(second) {
                Ordering::Less => a = rest_a,
                Ordering::Greater => b = rest_b,
                Ordering::Equal => (count, a, b) = (count + 1, rest_a, rest_b),
            }
        }
        count
    }
}

/// The share of the runs of either that both have, from 0 to 1: 1 for texts with the same runs. 0 if one has no words.
#[must_use]
pub fn resemblance(a: &Shingles, b: &Shingles) -> f64 {
    let shared = a.shared(b);
    share(shared, a.len() + b.len() - shared)
}

/// The share of the runs of `a` that `in_b` has too, from 0 to 1: 1 if all of `a` stands in `in_b`. 0 if one has no
/// words.
#[must_use]
pub fn containment(a: &Shingles, in_b: &Shingles) -> f64 {
    share(a.shared(in_b), a.len())
}

/// Counts are at most `TOKENS_MAX`, so they are exact as floating-point numbers.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Twelve different words, ten runs.
    const TEXT: &str = "The first train to the coast leaves from platform nine at dawn";

    fn check(a: &str, b: &str, resembles: f64, contained: f64) {
        let (first, second) = (Shingles::of(a), Shingles::of(b));
        assert!((resemblance(&first, &second) - resembles).abs() < 1e-9, "{a:?} {b:?} {first:?} {second:?}");
        assert!((containment(&first, &second) - contained).abs() < 1e-9, "{a:?} in {b:?}");
    }

    #[test]
    fn near_table() {
        assert_eq!(Shingles::of(TEXT).len(), 10);
        check(TEXT, TEXT, 1.0, 1.0);
        // the same words, otherwise written
        check(
            TEXT,
            "THE fіrst «trаin» to the c\u{200B}oast: leaves, from platform NINE at ｄａｗｎ!",
            1.0,
            1.0,
        );
        // quoted in eight more words: eight more runs
        check(TEXT, &format!("My neighbour said: {TEXT}, so please be on time"), 10.0 / 18.0, 1.0);
        // cut short by three words, and the whole in its part
        check("The first train to the coast leaves from platform", TEXT, 7.0 / 10.0, 1.0);
        check(TEXT, "The first train to the coast leaves from platform", 7.0 / 10.0, 7.0 / 10.0);
        // one word in the middle is another: three runs are others
        check(TEXT, &TEXT.replace("coast", "hills"), 7.0 / 13.0, 7.0 / 10.0);
        // nothing but the words, in another order
        check(TEXT, "Dawn at nine platform from leaves coast the to train first the", 0.0, 0.0);
        check(TEXT, "Please water the plants in the hall while we are away", 0.0, 0.0);
        check("今日は雨です", "今日は 雨です。", 1.0, 1.0);
    }

    #[test]
    fn short_and_empty_texts() {
        check("Good morning", "good MORNING!", 1.0, 1.0);
        check("Good morning", "Good morning to you", 0.0, 0.0);
        check("", "", 0.0, 0.0);
        check("…", TEXT, 0.0, 0.0);
        assert!(Shingles::of("…").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn shares_follow_sets(a in "([a-c] ){0,12}", b in "([a-c] ){0,12}") {
            let set = |text: &str| -> std::collections::BTreeSet<Vec<String>> {
                let words = tokens::tokens(text);
                words.windows(SHINGLE_WORDS.min(words.len()).max(1)).map(<[String]>::to_vec).collect()
            };
            let (first, second) = (set(&a), set(&b));
            let shared = first.intersection(&second).count();
            let (x, y) = (Shingles::of(&a), Shingles::of(&b));
            prop_assert_eq!(x.len(), first.len());
            prop_assert_eq!(resemblance(&x, &y), share(shared, first.union(&second).count()));
            prop_assert_eq!(resemblance(&x, &y), resemblance(&y, &x));
            prop_assert_eq!(containment(&x, &y), share(shared, first.len()));
        }
    }
}
