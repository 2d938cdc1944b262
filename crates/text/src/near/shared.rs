//! Where two texts say the same, in the texts as they were written: for people who look at both.

use std::collections::HashSet;
use std::ops::Range;

use super::SHINGLE_WORDS;
use crate::normal::{Normal, normal};
use crate::tokens;

/// Places of a text, in bytes, in their order and apart from each other.
pub type Places = Vec<Range<usize>>;

/// A text in its normal form, and where its words stand there.
struct Read {
    normal: Normal,
    words: Vec<Range<usize>>,
}

impl Read {
    fn of(text: &str) -> Self {
        let normal = normal(text);
        let mut words = Vec::new();
        let begin = normal.text.as_ptr().addr();
        // Each word is a piece of the normal form: its place is how far it lies from the beginning.
        tokens::each(&normal.text, |word| {
            let from = word.as_ptr().addr() - begin;
            words.push(from..from + word.len());
        });
        Self { normal, words }
    }

    fn word(&self, place: &Range<usize>) -> &str {
        self.normal.text.get(place.clone()).unwrap_or_default()
    }

    fn runs(&self, of: usize) -> impl Iterator<Item = Vec<&str>> {
        self.words.windows(of).map(|run| run.iter().map(|place| self.word(place)).collect())
    }

    /// The places of the runs that the other has too, joined where they meet, in the text as it was written.
    fn shared(&self, known: &HashSet<Vec<&str>>, of: usize) -> Places {
        let mut places: Places = Vec::new();
        for (run, words) in self.runs(of).zip(self.words.windows(of)).filter(|(run, _)| known.contains(run)) {
            debug_assert_eq!(run.len(), words.len());
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            match places.last_mut() {
                Some(before) if first.start <= before.end => before.end = last.end,
                _ => places.push(first.start..last.end),
            }
        }
        places.into_iter().map(|place| self.normal.original_range(place)).collect()
    }
}

/// Where each of two texts has runs of [`SHINGLE_WORDS`] words that the other has too, in bytes of the texts as they were
/// written: case, lookalike letters and invisible characters make no difference. A text with fewer words is one run.
///
/// At most [`crate::tokens::TOKENS_MAX`] words of each are read.
#[must_use]
pub fn shared(one: &str, other: &str) -> (Places, Places) {
    let (one, other) = (Read::of(one), Read::of(other));
    let of = one.words.len().min(other.words.len()).clamp(1, SHINGLE_WORDS);
    let (known, asked): (HashSet<_>, HashSet<_>) = (other.runs(of).collect(), one.runs(of).collect());
    (one.shared(&known, of), other.shared(&asked, of))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(one: &str, other: &str, expected: (&[&str], &[&str])) {
        let (in_one, in_other) = shared(one, other);
        let words = |text: &str, places: Places| -> Vec<String> {
            places.into_iter().map(|place| text[place].to_owned()).collect()
        };
        let found = (words(one, in_one), words(other, in_other));
        assert_eq!((found.0.as_slice(), found.1.as_slice()), (&own(expected.0)[..], &own(expected.1)[..]));
    }

    fn own(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn shared_passages_stand_as_they_were_written() {
        check("", "", (&[], &[]));
        check("a green lamp", "nothing of it here", (&[], &[]));
        check("a green lamp", "A GREEN LAMP!", (&["a green lamp"], &["A GREEN LAMP"]));
        check(
            "He said: the first train to the coast, and left.",
            "THE FIRST TRAIN TO\u{200b} THE COAST is late",
            (&["the first train to the coast"], &["THE FIRST TRAIN TO\u{200b} THE COAST"]),
        );
        // A letter of another script is read as the one it looks like.
        check(
            "the gr\u{435}en lamp burns",
            "the green lamp",
            (&["the gr\u{435}en lamp"], &["the green lamp"]),
        );
        // Two words say less than a run; a text of two words is a run.
        check("a b x y z", "a b p q r", (&[], &[]));
        check("green lamp", "the green lamp burns", (&["green lamp"], &["green lamp"]));
        check(
            "one two three four x one two three",
            "one two three",
            (&["one two three", "one two three"], &["one two three"]),
        );
        check(
            "one two three x two three four",
            "one two three four",
            (&["one two three", "two three four"], &["one two three four"]),
        );
    }

    proptest! {
        /// Any texts: places are places of the texts, in order, apart, and a text shares all of its words with itself.
        #[test]
        fn places_are_places(one in "\\PC{0,60}", other in "[ a-c\u{430}\u{200b}\u{202e}]{0,60}") {
            for (text, places) in [(&one, shared(&one, &other).0), (&other, shared(&one, &other).1)] {
                let mut end = 0;
                for place in places {
                    prop_assert!(place.start >= end && text.get(place.clone()).is_some(), "{place:?} of {text:?}");
                    end = place.end;
                }
            }
            let (first, second) = shared(&one, &one);
            prop_assert_eq!(&first, &second);
            prop_assert_eq!(first.is_empty(), tokens::tokens(&one).is_empty());
        }
    }
}
