//! What makes two texts differ that look the same: characters that show nothing, and letters of another script.
//!
//! Only what a person would not see is named. Joiners in scripts that need them, the parts of emoji and direction marks
//! between words are ordinary writing.

use std::ops::Range;

/// What is odd about a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// It shows nothing.
    Hidden,
    /// It looks like a letter of the script around it.
    LookAlike,
}

/// Characters that show nothing and have no use between words.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Marks of direction: ordinary at the edge of a word.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A letter of a script with Latin twins.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}')
}

/// Odd characters of a text in their order, each with its bytes.
#[must_use]
pub fn odd(text: &str) -> Vec<(Range<usize>, Odd)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut all: Vec<(Range<usize>, Odd)> = letters
        .iter()
        .enumerate()
        .filter(|(nth, _)| hides(&letters, *nth))
        .map(|(_, (at, c))| (*at..at + c.len_utf8(), Odd::Hidden))
        .collect();
    all.extend(look_alikes(text).into_iter().map(|range| (range, Odd::LookAlike)));
    all.sort_by_key(|(range, _)| range.start);
    all
}

fn hides(letters: &[(usize, char)], nth: usize) -> bool {
    let shown = |c: &&(usize, char)| !is_hidden(c.1) && !is_direction(c.1);
    let before = letters[..nth].iter().rev().find(shown).map(|(_, c)| *c);
    let after = letters[nth + 1..].iter().find(shown).map(|(_, c)| *c);
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Arabic, Indic and other scripts join and part letters; emoji are joined and coloured.
    let needs = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_latin(c) && !is_foreign(c));
    match letters[nth].1 {
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => !needs(before) && !needs(after),
        c if is_direction(c) => inside(before) && inside(after),
        c => is_hidden(c),
    }
}

/// Letters that are read as those of another script, as the matcher reads them.
fn look_alikes(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let written = |word: &Range<usize>| &text[word.clone()];
    let has = |word: &str, of: fn(char) -> bool| word.chars().any(of);
    let read = |word: &str| text::normal::normal(word).text;
    // A word that keeps a letter of its script says that the text is written in it.
    let own = words.iter().map(written).any(|word| !has(word, is_latin) && has(&read(word), is_foreign));
    let mut all = Vec::new();
    for word in &words {
        let (text, begins) = (written(word), word.start);
        let (latin, foreign) = (has(text, is_latin), has(text, is_foreign));
        if !foreign || !latin && own {
            continue;
        }
        // The minority is what does not belong: the letters that reading changes into the other script.
        let odd: fn(char) -> bool = match has(&read(text), is_foreign) {
            true if latin => is_latin,
            true => continue,
            false => is_foreign,
        };
        let found = text.char_indices().filter(|(_, c)| odd(*c));
        all.extend(found.map(|(at, c)| begins + at..begins + at + c.len_utf8()));
    }
    all
}

/// Words with what is hidden inside them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() && !is_hidden(c) && !is_direction(c) {
            continue;
        }
        match all.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + c.len_utf8(),
            None => all.push(at..at + c.len_utf8()),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_named() {
        let check = |text: &str, expected: &[(&str, Odd)]| {
            let found = odd(text);
            let found: Vec<(&str, Odd)> =
                found.iter().map(|(range, odd)| (&text[range.clone()], *odd)).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("", &[]);
        check("a green lamp, été, naïve", &[]);
        check("green l\u{200b}amp", &[("\u{200b}", Odd::Hidden)]);
        check("gre\u{ad}en\u{feff}", &[("\u{ad}", Odd::Hidden), ("\u{feff}", Odd::Hidden)]);
        // Cyrillic letters in a Latin word, and a Latin one in a Cyrillic word.
        check("gr\u{435}en l\u{430}mp", &[("\u{435}", Odd::LookAlike), ("\u{430}", Odd::LookAlike)]);
        check("зел\u{65}ная лампа", &[("e", Odd::LookAlike)]);
        // A whole word of twins: odd among Latin words, ordinary among its own.
        check(
            "the \u{430}\u{440}\u{435} lamp",
            &[("\u{430}", Odd::LookAlike), ("\u{440}", Odd::LookAlike), ("\u{435}", Odd::LookAlike)],
        );
        check("рот и лампа", &[]);
        check("зелёная lamp", &[]);
        // Ordinary writing: Persian joiners, emoji, direction marks between words; inside a word they are odd.
        check("می\u{200c}خواهم", &[]);
        check("\u{1f469}\u{200d}\u{1f4bb} \u{2764}\u{fe0f}", &[]);
        check("\u{200f}مصباح\u{200f} lamp\u{200e}", &[]);
        check("la\u{202e}mp", &[("\u{202e}", Odd::Hidden)]);
        check("l\u{200d}amp", &[("\u{200d}", Odd::Hidden)]);
    }
}
