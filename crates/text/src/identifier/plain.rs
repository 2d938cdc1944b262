//! The plain form that identifiers are read in: what shows as ASCII is ASCII, what shows nothing is gone.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::normal::fold::{is_dropped_mark, is_invisible, sign};

/// A text in plain form and the way back to the original.
pub(super) struct Plain<'a> {
    /// Case is kept. Characters that do not show as ASCII stay as they are.
    pub text: Cow<'a, str>,
    original: &'a str,
    /// For each byte of the plain text, where its character begins in the original; empty when both are the same.
    origins: Vec<u32>,
}

impl<'a> Plain<'a> {
    pub(super) fn of(original: &'a str) -> Self {
        if original.is_ascii() {
            return Self { text: Cow::Borrowed(original), original, origins: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut origins = Vec::with_capacity(original.len());
        for (at, c) in original.char_indices() {
            write(c, &mut text);
            // the caller cuts the text at `TEXT_MAX_BYTES`, so offsets fit
            origins.resize(text.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { text: Cow::Owned(text), original, origins }
    }

    /// The byte range of the original that a range of the plain text came from, which must not be empty.
    pub(super) fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) =
            (self.origins.get(range.start), range.end.checked_sub(1).and_then(|at| self.origins.get(at)))
        else {
            return range;
        };
        let last = *last as usize;
        let length = self.original[last..].chars().next().map_or(0, char::len_utf8);
        *first as usize..last + length
    }
}

fn write(c: char, text: &mut String) {
    if c.is_ascii() {
        return text.push(c);
    }
    if is_invisible(c) || is_dropped_mark(c) {
        return;
    }
    let length = text.len();
    text.extend(std::iter::once(c).nfkc().map(sign));
    // a sign that stands for several characters ("№", "℡") is not part of a word, and a raised digit is a note; of
    // ligatures the letters are read
    let several = text.len() > length + 1 && !matches!(c, '\u{FB00}'..='\u{FB06}');
    if several || is_raised(c) || !text[length..].is_ascii() {
        text.truncate(length);
        text.push(c);
    }
}

/// Digits and letters above or below the line.
pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '\u{AA}' | '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{BA}' | '\u{2070}'..='\u{209C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_table() {
        for (text, expected) in [
            ("Ab 1", "Ab 1"),
            ("ＡｂＣ．１ ＋", "AbC.1 +"),
            ("A\u{200B}b\u{2060}\u{FEFF}C", "AbC"),
            ("a\u{A0}b\u{202F}c", "a b c"),
            ("+٣٣ 1\u{FE0F}\u{20E3}", "+33 1"),
            ("3\u{2011}4 a\u{336}b", "3-4 ab"),
            ("№1 ℡2 x² … ﬁ", "№1 ℡2 x² … fi"),
            ("Ж é \u{2028}", "Ж é \u{2028}"),
        ] {
            assert_eq!(Plain::of(text).text, expected, "{text:?}");
        }
    }

    #[test]
    fn ranges_lead_back() {
        let text = "é Ａ\u{200B}b ﬁ.";
        let plain = Plain::of(text);
        assert_eq!(plain.text, "é Ab fi.");
        assert_eq!(&text[plain.original_range(3..5)], "Ａ\u{200B}b");
        assert_eq!(&text[plain.original_range(7..8)], "ﬁ");
    }
}
