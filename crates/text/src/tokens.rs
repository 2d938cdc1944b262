//! Words for the search index, in every script.
//!
//! The same function feeds the index and reads the question, so what one finds the other has.

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
    let segmenter: WordSegmenterBorrowed<'static> =
        WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut out = Vec::with_capacity(normal.len() / 6);
    let mut start = 0;
    for (end, kind) in segmenter.segment_str(&normal).iter_with_word_type() {
        if kind.is_word_like() {
            let word = &normal[start..end];
            out.push(word[..word.floor_char_boundary(TOKEN_MAX_BYTES)].to_owned());
            if out.len() == TOKENS_MAX {
                break;
            }
        }
        start = end;
    }
    out
}

#[cfg(test)]
mod tests {
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
    }
}
