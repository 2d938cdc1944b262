//! The words by which hosts say that something is gone, removed, closed or walled, in ten languages: whole
//! patterns (`phrase_table`) and words that tell together in one short sentence (`phrase_groups`).
//!
//! Matching is by sentence: case folded, white space and apostrophes made one, vowel signs of Arabic and
//! zero-width characters dropped. A sentence that holds a pattern is quoted as the host wrote it.

use super::phrase_groups::GROUPS;
use super::phrase_table::TABLE;
use serde::{Deserialize, Serialize};

/// Most of a page's text that is searched.
const SEARCH_LIMIT_BYTES: usize = 64 * 1024;
/// Most phrases that are kept.
const PHRASES_LIMIT: usize = 16;
/// Longest quotation in characters.
const QUOTE_LIMIT_CHARS: usize = 200;
/// Longest sentence in which words tell together.
const GROUP_SENTENCE_WORDS: usize = 25;
/// On a page with at most so many words every sentence is prominent.
const SHORT_PAGE_WORDS: u32 = 120;

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhraseKind {
    /// Removed by the service for its rules or for law (.04).
    RemovedByPlatform,
    /// Removed by the one who posted it (.05).
    RemovedByAuthor,
    /// The account is closed, suspended or not there (.06).
    AccountGone,
    /// Not available here (.07).
    Geo,
    /// Not there, no reason given (.03).
    Gone,
    /// A login is wanted (.08).
    Login,
    /// A proof of age is wanted (.08).
    Age,
    /// The checker is asked to prove that it is a person (.13).
    Challenge,
}

/// One sentence of the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// What it tells.
    pub kind: PhraseKind,
    /// Language of the pattern (BCP 47).
    pub language: String,
    /// The sentence as the host wrote it, cut at 200 characters.
    pub quote: String,
    /// It stands in the page's title.
    pub in_title: bool,
    /// It stands in the title, in a heading, or on a short page: it speaks of the page itself.
    pub prominent: bool,
}

/// The text of a page by its places.
#[derive(Debug, Clone, Copy)]
pub struct PageText<'a> {
    /// Content of `title`.
    pub title: &'a str,
    /// Content of `h1` and `h2`, one a line.
    pub headings: &'a str,
    /// Visible text, blocks separated by line breaks.
    pub body: &'a str,
    /// Words in `body`.
    pub words: u32,
}

/// The phrases of a page, at most one of each kind and place, prominent ones first.
pub fn find(page: PageText<'_>) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let short = page.words <= SHORT_PAGE_WORDS;
    for (text, in_title, prominent) in
        [(page.title, true, true), (page.headings, false, true), (page.body, false, short)]
    {
        for sentence in sentences(text) {
            for (kind, language) in told(&fold(sentence)) {
                let known = found.iter().any(|p| p.kind == kind && (p.prominent || !prominent));
                if known || found.len() == PHRASES_LIMIT {
                    continue;
                }
                let (quote, language) =
                    (sentence.chars().take(QUOTE_LIMIT_CHARS).collect(), language.to_owned());
                found.push(Phrase { kind, language, quote, in_title, prominent });
            }
        }
    }
    found.sort_by_key(|phrase| !phrase.prominent);
    found
}

/// What a folded sentence tells, and in which language.
fn told(folded: &str) -> impl Iterator<Item = (PhraseKind, &'static str)> {
    let holds = |patterns: &&[&str]| patterns.iter().any(|pattern| folded.contains(pattern));
    let whole = TABLE
        .iter()
        .filter(move |(_, _, patterns)| holds(patterns))
        .map(|(kind, language, _)| (*kind, *language));
    let short = folded.split(' ').count() <= GROUP_SENTENCE_WORDS;
    let together = GROUPS
        .iter()
        .filter(move |(_, _, groups)| short && groups.iter().all(&holds))
        .map(|(kind, language, _)| (*kind, *language));
    whole.chain(together)
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut end = text.len().min(SEARCH_LIMIT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end]
        .split(['\n', '\r', '.', '!', '?', '؟', '。', ';', '·', '|', '•'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// The form in which the table is written.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // harakat, tatweel, zero-width characters, direction marks, soft hyphen, combining dot of the Turkish İ
            '\u{64b}'..='\u{652}'
            | '\u{640}'
            | '\u{200b}'..='\u{200f}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{307}' => {}
            letter if letter.is_whitespace() => space = true,
            letter => {
                if space && !folded.is_empty() {
                    folded.push(' ');
                }
                space = false;
                folded.push(match letter {
                    '’' | '‘' | 'ʼ' | '`' => '\'',
                    '‑' | '–' => '-',
                    'ς' => 'σ',
                    'أ' | 'إ' | 'آ' => 'ا',
                    other => other,
                });
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_folded_and_covers_ten_languages() {
        let languages = ["en", "fr", "de", "es", "ar", "ru", "el", "pl", "pt", "nl"];
        for (kind, language, patterns) in TABLE {
            assert!(languages.contains(language), "{language}");
            assert!(!patterns.is_empty());
            for pattern in *patterns {
                assert_eq!(fold(pattern), *pattern, "{kind:?} {language}");
            }
        }
        for (kind, language, groups) in GROUPS {
            assert!(languages.contains(language), "{language}");
            for pattern in groups.iter().flat_map(|group| group.iter()) {
                // a space at an end is a word's edge
                assert_eq!(fold(pattern), pattern.trim(), "{kind:?} {language}");
            }
        }
        for language in languages {
            let kinds = TABLE.iter().filter(|(_, known, _)| *known == language).count();
            assert_eq!(kinds, 8, "{language}");
        }
    }

    #[test]
    fn quotes_as_written_and_knows_its_place() {
        let body = "Home\nSorry, this page isn’t   available.\nFollow us";
        let short = PageText { title: "Example", headings: "", body, words: 8 };
        let found = find(short);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, PhraseKind::Gone);
        assert_eq!(found[0].quote, "Sorry, this page isn’t   available");
        assert!(found[0].prominent && !found[0].in_title);
        let long = find(PageText { words: 5000, ..short });
        assert!(!long[0].prominent);
        let titled = find(PageText { title: "404 Page not found", ..short });
        assert!(titled[0].in_title);
        assert_eq!(find(PageText { title: "", headings: "", body: "A plain day at the sea", words: 6 }), []);
    }
}
