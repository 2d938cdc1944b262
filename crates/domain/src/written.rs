//! Texts that people write: enough of them can be seen, and nothing in them hides or turns what stands there.
//!
//! Names, reasons, sources, statements and facts all pass here. A length alone is no text: eight zero-width characters
//! have the length of a reason.

use crate::refusal::Refusal;

/// Whether a text may have more than one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// A name: no line breaks, no tabs.
    One,
    /// A text: line breaks and tabs.
    Several,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsound {
    /// It has so many characters, which is too few or too many.
    Length(usize),
    /// It holds control characters, marks that turn the direction of writing, or a line break where it has one line.
    Hidden,
}

impl Unsound {
    /// The refusal; what is said of a wrong length is the caller's, who gets the number of characters.
    pub fn refused<E: From<Refusal>>(self, of_length: impl FnOnce(usize) -> E) -> E {
        match self {
            Self::Length(chars) => of_length(chars),
            Self::Hidden => E::from(Refusal::new(
                "D10",
                "hidden_characters",
                "The text holds characters that are not seen: control characters, marks that turn the direction of writing, or a line break in a name. Take them out, or type it anew.",
            )),
        }
    }
}

/// A text without the blanks at its ends: at least so many characters that can be seen, and at most so many in all.
/// Blanks that follow each other count once.
///
/// # Errors
/// [`Unsound`] says what is wrong with it.
pub fn sound(text: &str, (least, most): (usize, usize), lines: Lines) -> Result<&str, Unsound> {
    let text = text.trim();
    let is_several = lines == Lines::Several;
    if text.chars().any(|c| turns(c) || breaks(c) && !is_several || c.is_control() && !breaks(c)) {
        return Err(Unsound::Hidden);
    }
    let (seen, all) = (seen(text), text.chars().count());
    if seen < least {
        return Err(Unsound::Length(seen));
    }
    if all > most {
        return Err(Unsound::Length(all));
    }
    Ok(text)
}

/// How many characters of a text can be seen. Blanks that follow each other are one, those at its ends none.
#[must_use]
pub fn seen(text: &str) -> usize {
    /// The blank of Braille: a pattern without dots (Unicode, block Braille Patterns).
    const NO_DOTS: char = '\u{2800}';
    let (mut count, mut is_apart) = (0, false);
    for c in text.chars().filter(|c| !text::normal::is_invisible(*c)) {
        if c.is_whitespace() || c == NO_DOTS {
            is_apart = true;
            continue;
        }
        count += 1 + usize::from(is_apart && count > 0);
        is_apart = false;
    }
    count
}

/// Embeddings, overrides and isolates (UAX 9); the plain marks of direction that Arabic needs are not among them.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn breaks(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_can_be_seen() {
        let check = |text: &str, expected: Result<&str, Unsound>| {
            assert_eq!(sound(text, (3, 12), Lines::Several), expected, "{text:?}");
        };
        check("  a lamp \n", Ok("a lamp"));
        check("a lamp\r\n\tb", Ok("a lamp\r\n\tb"));
        check("ab", Err(Unsound::Length(2)));
        check("a\u{200b}\u{200b}", Err(Unsound::Length(1)));
        check("\u{200b}\u{200b}\u{200b}\u{200b}", Err(Unsound::Length(0)));
        check("\u{3164}\u{2800}\u{feff}\u{e0041}", Err(Unsound::Length(0)));
        check("a          b", Ok("a          b"));
        check("a \u{200b} \u{a0} ", Err(Unsound::Length(1)));
        check("a long green lamp", Err(Unsound::Length(17)));
        check("\0\0\0\0\0\0\0\0\0", Err(Unsound::Hidden));
        check("\0\u{202e}\u{200b}", Err(Unsound::Hidden));
        check("lamp\u{7}", Err(Unsound::Hidden));
        check("lamp\u{85}", Ok("lamp"));
        check("la\u{85}mp", Err(Unsound::Hidden));
        check("\u{2067}lamp\u{2069}", Err(Unsound::Hidden));
        // Ordinary writing: marks of direction, joiners, emoji.
        check("\u{200f}مصباح\u{200f}", Ok("\u{200f}مصباح\u{200f}"));
        check("می\u{200c}خواهم", Ok("می\u{200c}خواهم"));
        check("lamp \u{2764}\u{fe0f}", Ok("lamp \u{2764}\u{fe0f}"));
    }

    #[test]
    fn a_name_has_one_line() {
        for name in ["a\nb", "a\tb", "a\u{2028}b", "a\nb\u{202e}"] {
            assert_eq!(sound(name, (1, 12), Lines::One), Err(Unsound::Hidden), "{name:?}");
        }
        assert_eq!(sound(" lamps ", (1, 12), Lines::One), Ok("lamps"));
        let of_length = |chars: usize| Refusal::new("D10", "length", chars.to_string());
        assert_eq!(Unsound::Hidden.refused(of_length).code, "hidden_characters");
        assert_eq!(Unsound::Length(2).refused(of_length).sentence, "2");
    }
}
