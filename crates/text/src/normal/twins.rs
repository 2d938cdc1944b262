//! Letters of other scripts that look like Latin ones, folded a word at a time.
//!
//! A word that mixes scripts is written in the script of those of its letters that exist there only. A word of one
//! script is left alone, unless every letter of it has a Latin twin in both cases: then it is read as Latin, in the
//! bank as in the text. The rule looks at the word alone, so a term gives the same form by itself as in a sentence.

use std::sync::LazyLock;

use unicode_security::confusable_detection::skeleton;

/// The script a word is written in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Latin,
    Cyrillic,
    Greek,
}

/// What a letter says about its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    /// A script with Latin lookalikes; `only_there` when this letter has none, as it is written.
    Foreign {
        only_there: bool,
    },
    /// A script without.
    Apart,
}

/// Foreign letter in lower case, its Latin twin when written small, and when written as a capital (`-`: none).
/// A twin of the small letter alone is left out: the normal form, all small, would then fold once more.
const TWINS: &[(char, char, char)] = &[
    ('а', 'a', 'a'),
    ('с', 'c', 'c'),
    ('е', 'e', 'e'),
    ('о', 'o', 'o'),
    ('р', 'p', 'p'),
    ('х', 'x', 'x'),
    ('у', 'y', 'y'),
    ('і', 'i', 'i'),
    ('ѕ', 's', 's'),
    ('ј', 'j', 'j'),
    ('ԁ', 'd', 'd'),
    ('ԛ', 'q', 'q'),
    ('ԝ', 'w', 'w'),
    ('в', '-', 'b'),
    ('н', '-', 'h'),
    ('м', '-', 'm'),
    ('т', '-', 't'),
    ('к', '-', 'k'),
    ('α', 'a', 'a'),
    ('ε', 'e', 'e'),
    ('ο', 'o', 'o'),
    ('ρ', 'p', 'p'),
    ('χ', 'x', 'x'),
    ('ι', 'i', 'i'),
    ('κ', 'k', 'k'),
    ('υ', '-', 'y'),
    ('ν', '-', 'n'),
    ('β', '-', 'b'),
    ('η', '-', 'h'),
    ('μ', '-', 'm'),
    ('τ', '-', 't'),
    ('ζ', '-', 'z'),
];

/// The script of a letter.
pub(super) fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\u{370}'..='\u{52F}' | '\u{1F00}'..='\u{1FFF}' => Script::Foreign { only_there: !is_sure(c) },
        _ if is_lookalike_script(c) => Script::Foreign { only_there: false },
        _ if is_latin(c) => Script::Latin,
        _ => Script::Apart,
    }
}

/// The rows of [`TWINS`] whose twin is the same in both cases, for speed; a test holds the two together.
fn is_sure(c: char) -> bool {
    matches!(
        c,
        'а' | 'с'
            | 'е'
            | 'о'
            | 'р'
            | 'х'
            | 'у'
            | 'і'
            | 'ѕ'
            | 'ј'
            | 'ԁ'
            | 'ԛ'
            | 'ԝ'
            | 'А'
            | 'С'
            | 'Е'
            | 'О'
            | 'Р'
            | 'Х'
            | 'У'
            | 'І'
            | 'Ѕ'
            | 'Ј'
            | 'Ԁ'
            | 'Ԛ'
            | 'Ԝ'
            | 'α'
            | 'ε'
            | 'ο'
            | 'ρ'
            | 'χ'
            | 'ι'
            | 'κ'
            | 'Α'
            | 'Ε'
            | 'Ο'
            | 'Ρ'
            | 'Χ'
            | 'Ι'
            | 'Κ'
    )
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Twin {
    letter: char,
    /// The twin is the same for the small letter and the capital.
    sure: bool,
}

/// The letters whose twins are looked up: most of both scripts.
const FIRST: u32 = 0x370;
const LAST: u32 = 0x52F;

/// The twins of letters, so that none is searched for.
struct Twins {
    /// By letter from [`FIRST`] on.
    latin: [Option<Twin>; (LAST - FIRST + 1) as usize],
    /// By ASCII letter.
    cyrillic: [Option<Twin>; 128],
    greek: [Option<Twin>; 128],
}

static ALL: LazyLock<Twins> = LazyLock::new(|| {
    let ascii = |at: usize| char::from(at as u8);
    Twins {
        latin: std::array::from_fn(|at| char::from_u32(FIRST + at as u32).and_then(latin_by_search)),
        cyrillic: std::array::from_fn(|at| foreign_by_search(ascii(at), Target::Cyrillic)),
        greek: std::array::from_fn(|at| foreign_by_search(ascii(at), Target::Greek)),
    }
});

/// The Latin letter that a foreign one looks like.
fn latin(c: char) -> Option<Twin> {
    match u32::from(c) {
        code @ FIRST..=LAST => ALL.latin[(code - FIRST) as usize],
        _ => latin_by_search(c),
    }
}

fn latin_by_search(c: char) -> Option<Twin> {
    let small = c.to_lowercase().next().unwrap_or(c);
    let &(_, as_small, as_capital) = TWINS.iter().find(|row| row.0 == small)?;
    let letter = if small == c { as_small } else { as_capital };
    (letter != '-').then_some(Twin { letter, sure: as_small == as_capital })
}

/// The letter of `target` that a Latin letter may have been put for.
fn foreign(c: char, target: Target) -> Option<Twin> {
    let letters = if target == Target::Greek { &ALL.greek } else { &ALL.cyrillic };
    letters.get(c as usize).copied().flatten()
}

fn foreign_by_search(c: char, target: Target) -> Option<Twin> {
    let small = c.to_ascii_lowercase();
    let greek = target == Target::Greek;
    let row = TWINS.iter().find(|(letter, as_small, as_capital)| {
        is_greek(*letter) == greek
            && !is_rare(*letter)
            && small == if small == c { *as_small } else { *as_capital }
    })?;
    Some(Twin { letter: row.0, sure: row.1 == row.2 })
}

/// The letter to write for `c` when its word was meant in `target`, in lower case; `None` if `c` stays.
pub(super) fn twin(c: char, target: Target) -> Option<char> {
    match target {
        Target::Latin if c.is_ascii() => None,
        Target::Latin if is_lookalike_script(c) => prototype(c),
        Target::Latin => latin(c).map(|twin| twin.letter),
        Target::Cyrillic | Target::Greek if c.is_ascii() => foreign(c, target).map(|twin| twin.letter),
        Target::Cyrillic | Target::Greek => None,
    }
}

/// The ASCII letter that the Unicode confusables table gives, in lower case.
fn prototype(c: char) -> Option<char> {
    let small = c.to_lowercase().next().unwrap_or(c);
    [c, small].into_iter().find_map(|c| {
        let mut buffer = [0; 4];
        let mut skeleton = skeleton(c.encode_utf8(&mut buffer)).map(|c| c.to_ascii_lowercase());
        let letter = skeleton.next().filter(char::is_ascii_lowercase)?;
        skeleton.next().is_none().then_some(letter)
    })
}

/// What the letters of a word say together.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Survey {
    latin: Voice,
    foreign: Voice,
    /// Latin letters that have no Greek twin, and no Cyrillic twin.
    not_greek: bool,
    not_cyrillic: bool,
    half_latin: bool,
    cyrillic: bool,
    other: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Voice {
    present: bool,
    only_there: bool,
    /// Has a twin, but only in the case it is written in.
    half: bool,
}

impl Survey {
    /// Counts a letter as it was written.
    pub(super) fn see(&mut self, c: char) {
        if is_lookalike_script(c) {
            self.other = true;
        } else if is_greek(c) || is_cyrillic(c) {
            self.foreign.present = true;
            self.cyrillic |= is_cyrillic(c);
            match latin(c) {
                Some(twin) => self.foreign.half |= !twin.sure,
                None => self.foreign.only_there = true,
            }
        } else if is_latin(c) {
            self.latin.present = true;
            let (cyrillic, greek) = (foreign(c, Target::Cyrillic), foreign(c, Target::Greek));
            self.not_cyrillic |= cyrillic.is_none();
            self.not_greek |= greek.is_none();
            self.half_latin |= [cyrillic, greek].into_iter().flatten().any(|twin| !twin.sure);
        } else {
            self.latin.only_there = true;
            self.foreign.only_there = true;
        }
    }

    /// The script to write the word in; `None` to leave it.
    pub(super) fn target(self) -> Option<Target> {
        if !self.foreign.present {
            return (self.other && self.latin.present).then_some(Target::Latin);
        }
        let script = if self.cyrillic { Target::Cyrillic } else { Target::Greek };
        let only_latin =
            self.latin.only_there || if self.cyrillic { self.not_cyrillic } else { self.not_greek };
        match (only_latin, self.foreign.only_there) {
            (true, false) => Some(Target::Latin),
            (false, true) => self.latin.present.then_some(script),
            (true, true) => None,
            (false, false) if self.foreign.half && !self.half_latin => self.latin.present.then_some(script),
            (false, false) => Some(Target::Latin),
        }
    }
}

/// Letters of small alphabets: nobody puts a Latin letter for them.
fn is_rare(c: char) -> bool {
    matches!(c, 'ԁ' | 'ԛ' | 'ԝ')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}')
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}')
}

/// Armenian, Cherokee, Canadian syllabics, Coptic, Lisu, Deseret: read as Latin only beside Latin letters.
fn is_lookalike_script(c: char) -> bool {
    matches!(c, '\u{531}'..='\u{587}' | '\u{13A0}'..='\u{13FD}' | '\u{1401}'..='\u{167F}' | '\u{2C80}'..='\u{2CFF}'
        | '\u{A4D0}'..='\u{A4F7}' | '\u{AB70}'..='\u{ABBF}' | '\u{10400}'..='\u{1044F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_twins_are_those_of_the_table() {
        for c in ('\u{370}'..='\u{52F}').chain('\u{1F00}'..='\u{1FFF}') {
            assert_eq!(is_sure(c), latin(c).is_some_and(|twin| twin.sure), "{c}");
        }
    }

    #[test]
    fn what_is_looked_up_is_what_a_search_finds() {
        for c in '\0'..=char::MAX {
            assert_eq!(latin(c), latin_by_search(c), "{c}");
            for target in [Target::Cyrillic, Target::Greek] {
                assert_eq!(foreign(c, target), foreign_by_search(c, target), "{c}");
            }
        }
    }

    /// Sure twins are also those of the Unicode confusables table, where it has the letter.
    #[test]
    fn sure_twins_agree_with_unicode() {
        let differ: Vec<char> = TWINS
            .iter()
            .filter(|row| row.1 == row.2 && prototype(row.0).is_some_and(|letter| letter != row.1))
            .map(|row| row.0)
            .collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}
