//! Addresses that were written so that nobody can click them, read as addresses: `hxxps://a[.]test`, `a (dot) test`,
//! `name [at] a [.] test`.
//!
//! People write so to warn, and to get past filters. Only forms in brackets and `hxxp` are read; "dot" as a plain word
//! is a word. What is in brackets must stand between letters or digits, and not in the path of an address, where it
//! means itself. The text that comes out is for [`crate::mention`] and [`crate::identifier`]; people are shown the
//! original, by [`Refanged::original_range`].

use std::ops::Range;

/// Blanks that may stand on each side of a bracket.
const BLANKS_MAX: usize = 1;

/// What stands in brackets, in lower case, and what it means.
const MEANINGS: [(&str, &str); 8] = [
    (".", "."),
    ("dot", "."),
    ("punkt", "."),
    ("@", "@"),
    ("at", "@"),
    (":", ":"),
    ("/", "/"),
    ("://", "://"),
];

/// Schemes with their middle letters struck out, in lower case.
const SCHEMES: [(&str, &str); 4] =
    [("hxxps", "https"), ("hxxp", "http"), ("h**ps", "https"), ("h**p", "http")];

/// A text in which addresses are addresses again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refanged {
    /// The text.
    pub text: String,
    /// For each change its place here and in the original, in order.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Refanged {
    /// The byte range of the original that a range of the text came from.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.original(range.start, |change| change.start)..self.original(range.end, |change| change.end)
    }

    /// Where an offset was; inside a change at the side of it that is asked for.
    fn original(&self, at: usize, side: impl Fn(&Range<usize>) -> usize) -> usize {
        let after = self.changes.partition_point(|(here, _)| here.end <= at);
        match self.changes.get(after) {
            Some((here, there)) if here.start < at => side(there),
            _ => match after.checked_sub(1).and_then(|last| self.changes.get(last)) {
                Some((here, there)) => at - here.end + there.end,
                None => at,
            },
        }
    }
}

/// The text with its addresses put right; `None` when there is nothing to put right, as in most texts.
#[must_use]
pub fn refanged(text: &str) -> Option<Refanged> {
    if !text.bytes().any(|b| matches!(b, b'[' | b'(' | b'{' | b'x' | b'X' | b'*')) {
        return None;
    }
    let mut out = Refanged { text: String::new(), changes: Vec::new() };
    let (mut at, mut copied, mut in_path) = (0, 0, false);
    while let Some(c) = text[at..].chars().next() {
        let found = if in_path { None } else { bracket(text, at).or_else(|| scheme(text, at)) };
        if let Some((range, meaning)) = found {
            out.text.push_str(&text[copied..range.start]);
            let here = out.text.len();
            out.text.push_str(meaning);
            (at, copied) = (range.end, range.end);
            out.changes.push((here..out.text.len(), range));
            continue;
        }
        let after = at + c.len_utf8();
        let slashes = text[..at].ends_with([':', '/', ']']) || text[after..].starts_with('/');
        in_path = !c.is_whitespace() && (in_path || (c == '/' && !slashes));
        at = after;
    }
    out.text.push_str(&text[copied..]);
    (!out.changes.is_empty()).then_some(out)
}

/// A bracket that begins here, with the blanks around it, and what it means.
fn bracket(text: &str, at: usize) -> Option<(Range<usize>, &'static str)> {
    let close = match text.as_bytes()[at] {
        b'[' => ']',
        b'(' => ')',
        b'{' => '}',
        _ => return None,
    };
    let inside = &text[at + 1..];
    let (length, meaning) = MEANINGS.iter().find_map(|(word, meaning)| {
        let written = inside.get(..word.len())?;
        let closed = inside[word.len()..].starts_with(close);
        (closed && written.eq_ignore_ascii_case(word)).then_some((word.len() + 2, *meaning))
    })?;
    let (before, after) = (&text[..at], &text[at + length..]);
    let (left, right) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let blanks = [before.len() - left.len(), after.len() - right.len()];
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '[' | '(' | '{');
    let sound = left.ends_with(|c: char| c.is_alphanumeric() || c == ':') && right.starts_with(joins);
    // with a blank on one side only, it is a bracket in a sentence
    let even = blanks[0] == blanks[1] && blanks[0] <= BLANKS_MAX;
    (sound && even).then_some((left.len()..at + length + blanks[1], meaning))
}

/// A struck-out scheme that begins here, at the beginning of a word and before a colon.
fn scheme(text: &str, at: usize) -> Option<(Range<usize>, &'static str)> {
    if !matches!(text.as_bytes()[at], b'h' | b'H') || text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    SCHEMES.iter().find_map(|(struck, meaning)| {
        let end = at + struck.len();
        let written = text.get(at..end)?;
        let goes_on = [":", "[:", "(:", "{:"].iter().any(|colon| text[end..].starts_with(colon));
        (goes_on && written.eq_ignore_ascii_case(struck)).then_some((at..end, *meaning))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let found = refanged(text);
        assert_eq!(found.map(|found| found.text).as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn defanged_table() {
        check("hxxps://a[.]test/b", "https://a.test/b");
        check("hXXp[:]//a[.]b(.)test", "http://a.b.test");
        check("h**p[://]a{dot}test", "http://a.test");
        check("see a (dot) test, and b[DOT]test!", "see a.test, and b.test!");
        check("name [at] host [dot] test", "name@host.test");
        check("Пиши: имя[.]рф", "Пиши: имя.рф");
        check("https[:]//a.test[/]b", "https://a.test/b");
    }

    #[test]
    fn what_means_itself() {
        for text in [
            "plain text, a dot and an at",
            "he was there (at last) and left",
            "see (a) [1] {x}",
            "(dot) com [.]",
            "https://a.test/x[.]y(dot)z",
            "a.test/b(at)c",
            "the hxxp form; exhxxp://a",
            "a  [.]  test",
            "a [.]test",
            "[[.]]",
        ] {
            assert_eq!(refanged(text), None, "{text:?}");
        }
    }

    #[test]
    fn ranges_lead_back() {
        let text = "é hxxp://a [.] test/b, then";
        let found = refanged(text).map(|found| {
            let at = found.text.find("http").unwrap_or_default();
            found.original_range(at..at + "http://a.test/b".len())
        });
        assert_eq!(found.map(|range| &text[range]), Some("hxxp://a [.] test/b"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn what_was_not_changed_is_the_same(text in "(a|é| |/|:|\\[\\.\\]|\\(dot\\)|\\[at\\]|hxxp|[\\[\\](){}.]|://){0,20}") {
            let Some(found) = refanged(&text) else { return Ok(()) };
            let mut before = 0;
            for (at, c) in found.text.char_indices() {
                let range = found.original_range(at..at + c.len_utf8());
                prop_assert!(before <= range.start && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                let changed = found.changes.iter().any(|(here, _)| here.contains(&at));
                prop_assert!(changed || text[range.clone()].starts_with(c), "{} {:?}", found.text, range);
                before = range.start;
            }
        }
    }
}
