//! Words for the search index and for near texts, in every script.
//!
//! The same function feeds the index and reads the question, so what one finds the other has. Words are those of
//! Unicode's segmentation (UAX 29), by dictionary where a script writes no spaces. A part between two spaces that is
//! letters and digits with signs around, as most are, needs no tables; [`by_tables`] is the slow way for all.

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

use crate::normal::normal;

/// No more tokens than this are taken from one text.
pub const TOKENS_MAX: usize = 100_000;

/// Longer tokens are cut, at a character boundary.
pub const TOKEN_MAX_BYTES: usize = 128;

/// The words of a text: normalised, in lower case, in order, repeated as in the text. Scripts without spaces are cut by
/// dictionary. At most [`TOKENS_MAX`].
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let normal = normal(text).text;
    let mut out = Vec::with_capacity(normal.len() / 6);
    each(&normal, |word| out.push(word.to_owned()));
    out
}

/// Hands out the words of a text that is normalised already, one after the other; as [`tokens`].
pub fn each<'a>(normal: &'a str, mut take: impl FnMut(&'a str)) {
    let (mut left, mut rest) = (TOKENS_MAX, normal);
    while left > 0 && !rest.is_empty() {
        let mut take = |word: &'a str| {
            if left > 0 && !word.is_empty() {
                take(&word[..word.floor_char_boundary(TOKEN_MAX_BYTES)]);
                left -= 1;
            }
        };
        if let Some((word, after)) = ascii_word(rest) {
            take(word);
            rest = after;
            continue;
        }
        let part;
        (part, rest) = rest.split_at(part_end(rest));
        match plain_word(part.trim_end_matches(' ')) {
            Some(word) => take(word),
            None => by_tables(part, take),
        }
    }
}

/// The first part's one word when the part is ASCII, and what follows; as [`part_end`] and [`plain_word`], for the script
/// of most posts.
fn ascii_word(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let past = |from: usize, goes_on: fn(&u8) -> bool| {
        bytes[from..].iter().position(|byte| !goes_on(byte)).map_or(bytes.len(), |length| from + length)
    };
    let sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b' ');
    let start = past(0, sign);
    let end = past(start, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let space = past(end, sign);
    let after = match bytes.get(space..) {
        Some([b' ', next, ..]) if next.is_ascii() => &text[space + 1..],
        Some([]) => "",
        _ => return None,
    };
    Some((&text[start..end], after))
}

/// Where the first part ends: after a space, before a letter, digit or sign that takes no part in what the space does. A
/// mark would join the space.
fn part_end(text: &str) -> usize {
    let after = text.match_indices(' ').map(|(at, _)| at + 1);
    let mut ends = after.filter(|at| text[*at..].chars().next().is_some_and(|c| c.is_ascii() || is_plain(c)));
    ends.next().unwrap_or(text.len())
}

/// The words of a text by the tables of Unicode, uncut.
fn by_tables<'a>(text: &'a str, mut take: impl FnMut(&'a str)) {
    let segmenter: WordSegmenterBorrowed<'static> =
        WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut start = 0;
    for (end, kind) in segmenter.segment_str(text).iter_with_word_type() {
        if kind.is_word_like() {
            take(&text[start..end]);
        }
        start = end;
    }
}

/// The one word of a part that is letters and digits with ASCII signs before and after, or the empty word when it is
/// nothing but signs. `None` when the tables must say.
fn plain_word(part: &str) -> Option<&str> {
    let sign = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_';
    let word = part.trim_matches(sign);
    word.chars().all(is_plain).then_some(word)
}

/// Letters and digits that never part from each other: ASCII, Latin-1, Greek, Cyrillic and Arabic in normal form.
fn is_plain(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | 'à'..='ö' | 'ø'..='ÿ' | 'α'..='ω' | 'ά'..='ώ' | 'а'..='џ' | 'ء'..='غ' | 'ف'..='ي')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(tokens(text), expected, "{text:?}");
    }

    #[test]
    fn tokens_table() {
        check("", &[]);
        check("... — !", &[]);
        check("The Train, at 9:30.", &["the", "train", "at", "9", "30"]);
        check("Don't STOP", &["don't", "stop"]);
        check("Поезд идёт", &["поезд", "идёт"]);
        check("القِطارُ السَّريع", &["القطار", "السريع"]);
        check("今日は雨です", &["今日", "は", "雨", "です"]);
        check("วันนี้ฝนตก", &["วัน", "นี้", "ฝน", "ตก"]);
        check("빠른 기차", &["빠른", "기차"]);
        check("ｔ\u{200B}rаin", &["train"]);
    }

    #[test]
    fn tokens_are_cut() {
        let long = "a".repeat(TOKEN_MAX_BYTES + 9);
        assert_eq!(tokens(&long), ["a".repeat(TOKEN_MAX_BYTES)]);
        assert_eq!(tokens(&"a ".repeat(TOKENS_MAX + 9)).len(), TOKENS_MAX);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn quick_words_are_those_of_the_tables(text in "(\\PC|[a-z0-9'.,:_()\"-]{1,8}| |[а-яά-ώà-ÿ]{1,5}|[ء-ي]{1,5}|[א-ת'\"]{1,4}|[ก-ฮ]{1,6}){0,20}") {
            let normal = normal(&text).text;
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            each(&normal, |word| quick.push(word));
            by_tables(&normal, |word| slow.push(&word[..word.floor_char_boundary(TOKEN_MAX_BYTES)]));
            prop_assert_eq!(quick, slow);
        }
    }
}
