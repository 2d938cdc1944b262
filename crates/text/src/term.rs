//! Terms found in text: one pass for all of them, in every script.
//!
//! Terms and text are compared in their normal form. A term counts where it stands as whole words: no letter or digit
//! touches it on either side. So an Arabic word with a prefix written to it is another word, and "rain" is not found in
//! "train". Scripts written without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar) have no such edge; there a term
//! counts wherever it stands. Rejected: dictionary segmentation for those, which loses terms that the dictionary cuts.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::normal::Normal;
use crate::normal::normal;

/// Longer terms are refused.
pub const TERM_MAX_BYTES: usize = 1024;

/// No more hits than this are returned for one text.
pub const HITS_MAX: usize = 10_000;

/// Why a list of terms was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadTerms {
    /// The term with this id is empty once normalised.
    Empty(u64),
    /// The term with this id is longer than [`TERM_MAX_BYTES`].
    TooLong(u64),
    /// More terms or bytes than the automaton can hold.
    TooMany,
}

impl std::fmt::Display for BadTerms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty(id) => write!(f, "Term {id} has no letters, digits or signs."),
            Self::TooLong(id) => write!(f, "Term {id} is longer than 1,024 bytes."),
            Self::TooMany => f.write_str("There are too many terms for one list."),
        }
    }
}

impl std::error::Error for BadTerms {}

/// A list of terms, ready to be found. Cheap to clone and to share between threads.
#[derive(Debug, Clone)]
pub struct Terms {
    automaton: AhoCorasick,
    ids: Vec<u64>,
    written: Vec<Box<str>>,
}

/// One place where a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The id given with the term.
    pub id: u64,
    /// Byte range in the original text.
    pub range: Range<usize>,
    /// True if it stands there letter for letter; false if only the normal forms agree.
    pub as_written: bool,
}

impl Terms {
    /// Builds the matcher from ids and terms. Two ids may have the same term; each is then reported.
    ///
    /// # Errors
    /// [`BadTerms`] names the first term that cannot be matched.
    pub fn new<'a>(terms: impl IntoIterator<Item = (u64, &'a str)>) -> Result<Self, BadTerms> {
        let (mut ids, mut written, mut forms) = (Vec::new(), Vec::new(), Vec::new());
        for (id, term) in terms {
            if term.len() > TERM_MAX_BYTES {
                return Err(BadTerms::TooLong(id));
            }
            let form = normal(term).text;
            if form.is_empty() {
                return Err(BadTerms::Empty(id));
            }
            ids.push(id);
            written.push(term.trim().into());
            forms.push(form);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(forms)
            .map_err(|_| BadTerms::TooMany)?;
        Ok(Self { automaton, ids, written })
    }

    /// The hits in a text, by place, overlapping ones too; at most [`HITS_MAX`].
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit> {
        self.find_in(text, &normal(text))
    }

    /// As [`Terms::find`], for a text whose normal form is at hand.
    #[must_use]
    pub fn find_in(&self, text: &str, normal: &Normal) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(&normal.text)
            .filter(|found| is_whole(&normal.text, found.range()))
            .take(HITS_MAX)
            .map(|found| {
                let index = found.pattern().as_usize();
                let range = normal.original_range(found.range());
                let as_written = text.get(range.clone()) == Some(&*self.written[index]);
                Hit { id: self.ids[index], range, as_written }
            })
            .collect();
        hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.id));
        hits
    }

    /// How many terms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True if there are no terms; then nothing is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// True if no word runs over either end of the range.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let (before, inside, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let joined = |left: &str, right: &str| match (left.chars().next_back(), right.chars().next()) {
        (Some(left), Some(right)) => in_word(left) && in_word(right) && !(unspaced(left) || unspaced(right)),
        _ => false,
    };
    !joined(before, inside) && !joined(inside, after)
}

/// Letters, digits, and the marks that belong to letters.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Scripts written without spaces between words.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(term: &str, text: &str, expected: &[&str]) {
        let terms = Terms::new([(7, term)]).unwrap();
        let found: Vec<&str> = terms.find(text).into_iter().map(|hit| &text[hit.range]).collect();
        assert_eq!(found, expected, "{term:?} in {text:?}");
    }

    #[test]
    fn terms_are_whole_words() {
        check(
            "rain",
            "Rain, RAIN; train rainy #rain 'rain' l'rain",
            &["Rain", "RAIN", "rain", "rain", "rain"],
        );
        check("heavy rain", "a heavy\n  rain fell", &["heavy\n  rain"]);
        check("дождь", "Дождь и дождливо", &["Дождь"]);
        check("βροχή", "Η ΒΡΟΧΉ σήμερα", &["ΒΡΟΧΉ"]);
        check("مطر", "مَطَر والمطر مطر", &["مَطَر", "مطر"]);
        check("قطار", "قطار القطار وقطار", &["قطار"]);
        check("雨", "今日は雨です", &["雨"]);
        check("ฝน", "วันนี้ฝนตก", &["ฝน"]);
        check("c++", "c++ and C++.", &["c++", "C++"]);
        check("bäckerei", "Ba\u{308}ckerei", &["Ba\u{308}ckerei"]);
    }

    #[test]
    fn terms_see_through_disguise() {
        check("coast train", "the c\u{200B}oаst ｔｒａｉｎ", &["c\u{200B}oаst ｔｒａｉｎ"]);
        check("привет", "пpивeт!", &["пpивeт"]);
        let terms = Terms::new([(1, "Rain")]).unwrap();
        let written: Vec<bool> = terms.find("Rain rain").iter().map(|hit| hit.as_written).collect();
        assert_eq!(written, [true, false]);
    }

    #[test]
    fn terms_overlap_and_repeat() {
        let terms = Terms::new([(1, "night train"), (2, "train"), (3, "TRAIN"), (4, "train home")]).unwrap();
        let ids: Vec<u64> = terms.find("night train home").iter().map(|hit| hit.id).collect();
        assert_eq!(ids, [1, 2, 3, 4]);
        assert!(Terms::new([]).unwrap().find("rain").is_empty());
    }

    #[test]
    fn terms_refused() {
        assert_eq!(Terms::new([(5, " \u{200B}")]).unwrap_err(), BadTerms::Empty(5));
        let long = "a".repeat(TERM_MAX_BYTES + 1);
        assert_eq!(Terms::new([(6, long.as_str())]).unwrap_err(), BadTerms::TooLong(6));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        /// A term set between spaces is always found, and at its place.
        #[test]
        fn terms_found_where_put(term in "[a-zа-яα-ωء-غف-ي]{2,8}( [a-z]{1,5})?", before in "[a-zа-я ]{0,20}", after in "[a-zا-ي ]{0,20}") {
            let text = format!("{before} {term} {after}");
            let at = before.len() + 1;
            let hits = Terms::new([(1, term.as_str())]).unwrap().find(&text);
            prop_assert!(hits.iter().any(|hit| hit.range == (at..at + term.len())), "{hits:?}");
        }
    }
}
