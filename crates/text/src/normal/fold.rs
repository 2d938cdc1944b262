//! What happens to one character.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

use super::Fold;

/// Dropping marks can let the rest compose anew; more rounds than this never change anything in practice.
const COMPOSE_ROUNDS_MAX: usize = 3;

/// What a character is for matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Letter,
    Space,
    Other,
    Dropped,
}

/// The kind of a character in NFKC.
pub(super) fn kind(c: char) -> Kind {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Kind::Letter,
            ' ' | '\t'..='\r' => Kind::Space,
            '\0'..='\x1f' | '\x7f' => Kind::Dropped,
            _ => Kind::Other,
        };
    }
    if is_common_letter(c) {
        Kind::Letter
    } else if is_dropped_mark(c) || is_invisible(c) {
        Kind::Dropped
    } else if c.is_whitespace() {
        Kind::Space
    } else if c.is_alphabetic() || small_capital(c).is_some() {
        Kind::Letter
    } else {
        Kind::Other
    }
}

/// NFKC of one character with its marks, without the marks that matching drops.
pub(super) fn compose(cluster: &str) -> String {
    let mut text: String = cluster.nfkc().collect();
    for _ in 0..COMPOSE_ROUNDS_MAX {
        let before = text.len();
        text.retain(|c| !is_dropped_mark(c) && !is_invisible(c));
        if text.len() == before {
            break;
        }
        text = text.nfkc().collect();
    }
    text
}

/// The ASCII letters that a letter stands for; itself otherwise. They are told apart from their twins in other scripts
/// like all ASCII letters, or a second normalising would do it.
pub(super) fn spelled(c: char, mut push: impl FnMut(char)) {
    match c {
        '\0'..='\x7F' => push(c),
        // Turkish dotted and dotless i, upper and lower, are one letter here: case folds them differently by language
        'İ' | 'ı' => push('i'),
        'ß' | 'ẞ' => {
            push('s');
            push('s');
        }
        'א'..='ת' | 'ء'..='ي' | 'Ѐ'..='ҁ' | 'Α'..='ώ' => push(c),
        // a capital of such a small capital there is too: Ʀ
        _ => push(c.to_lowercase().next().and_then(small_capital).unwrap_or(c)),
    }
}

/// Lower case of a [`spelled`] letter, and the letter forms that readers take for one letter.
pub(super) fn lower(c: char, fold: Fold, mut push: impl FnMut(char)) {
    match c {
        'a'..='z' => push(c),
        'A'..='Z' => push(c.to_ascii_lowercase()),
        'А'..='Я' => push(char::from_u32(u32::from(c) + 0x20).unwrap_or(c)),
        'а'..='я' | 'א'..='ת' | 'ب' | 'ت'..='غ' | 'ف'..='و' => push(c),
        'ς' => push('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => push('ا'),
        'ى' | 'ی' => push('ي'),
        'ک' => push('ك'),
        'ہ' | 'ۀ' | 'ۂ' => push('ه'),
        'ة' | 'ۃ' if fold.teh_marbuta => push('ه'),
        // what lower case leaves in two characters is a letter and a mark; the mark is dropped as elsewhere
        _ => c.to_lowercase().filter(|c| !is_dropped_mark(*c)).for_each(push),
    }
}

/// Signs and digits with one plain form.
pub(crate) fn sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' => '-',
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '`' => '\'',
        '\u{201C}'..='\u{201F}' | '«' | '»' => '"',
        '\u{0660}'..='\u{0669}' => digit(u32::from(c) - 0x660),
        '\u{06F0}'..='\u{06F9}' => digit(u32::from(c) - 0x6F0),
        '\u{060C}' => ',',
        '\u{061B}' => ';',
        '\u{061F}' => '?',
        _ => c,
    }
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

/// Letters drawn as small or boxed capitals, used as a typeface.
fn small_capital(c: char) -> Option<char> {
    let letter = match c {
        'ᴀ' => 'a',
        'ʙ' => 'b',
        'ᴄ' => 'c',
        'ᴅ' => 'd',
        'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɢ' => 'g',
        'ʜ' => 'h',
        'ɪ' => 'i',
        'ᴊ' => 'j',
        'ᴋ' => 'k',
        'ʟ' => 'l',
        'ᴍ' => 'm',
        'ɴ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' => 'p',
        'ʀ' => 'r',
        'ꜱ' => 's',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        'ɑ' => 'a',
        'ɡ' => 'g',
        '\u{1F150}'..='\u{1F169}' => return char::from_u32(u32::from(c) - 0x1F150 + u32::from('a')),
        '\u{1F170}'..='\u{1F189}' => return char::from_u32(u32::from(c) - 0x1F170 + u32::from('a')),
        _ => return None,
    };
    Some(letter)
}

/// Characters that show nothing: control, format, bidi, joiners, variation selectors, fillers, tags.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    // nothing of what most texts are made of
    if matches!(c, ' '..='~' | '\u{AE}'..='\u{34E}' | '\u{350}'..='\u{61B}') {
        return false;
    }
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || matches!(c, '\0'..='\x08' | '\x0E'..='\x1F' | '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// How many bytes the first character has when it is one of the invisible ones that are put between letters most often;
/// 0 when it is not.
pub(super) fn hidden(text: &[u8]) -> usize {
    match text {
        [0xC2, 0xAD, ..] => 2,
        [0xE2, 0x80, 0x8B..=0x8F, ..] | [0xE2, 0x81, 0xA0..=0xAF, ..] | [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    }
}

/// Marks that matching drops once NFKC has composed what it can: general diacritics that no letter took in
/// (struck or stacked text), Arabic vowel signs and tatweel, Hebrew points.
pub(crate) fn is_dropped_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{483}'..='\u{489}'
        | '\u{640}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8CA}'..='\u{8E1}'
        | '\u{8E3}'..='\u{8FF}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}'
        | '\u{5C5}' | '\u{5C7}')
}

/// True for characters that NFKC leaves alone. The ranges spare most texts the table.
pub(super) fn is_plain(c: char) -> bool {
    is_common(c) || is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// True if `c` may join the character before it.
pub(super) fn extends(c: char) -> bool {
    // one of which nothing is left lets those around it meet
    if is_dropped_mark(c)
        || matches!(
            c,
            '\u{FCF2}'
                ..='\u{FCF4}' | '\u{FE71}' | '\u{FE77}' | '\u{FE79}' | '\u{FE7B}' | '\u{FE7D}' | '\u{FE7F}'
        )
    {
        return true;
    }
    if is_common(c) {
        return false;
    }
    canonical_combining_class(c) != 0
        || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
        // starters that come apart into marks, which are put in order with those around them
        || matches!(c, '\u{F73}' | '\u{F75}' | '\u{F81}')
        // compatibility forms of jamo and of kana voice marks
        || matches!(c, '\u{3131}'..='\u{318E}' | '\u{FF9E}' | '\u{FF9F}' | '\u{FFA1}'..='\u{FFDC}')
}

/// True if `c` never joins the character before it, nor lets a later one join it.
pub(super) fn parts(c: char) -> bool {
    matches!(c, ' '..='~') || !c.is_ascii() && is_common(c) && !is_dropped_mark(c)
}

/// Letters of the scripts most posts are written in; spares them the tables.
pub(super) fn is_common_letter(c: char) -> bool {
    matches!(c, 'Ѐ'..='ҁ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ı' | 'א'..='ת' | 'ء'..='غ' | 'ف'..='ي')
}

/// Starters that NFKC leaves alone and that join nothing, in the scripts most posts are written in.
fn is_common(c: char) -> bool {
    matches!(c, '\0'..='\x7F' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ı' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='\u{481}'
        | '\u{48A}'..='\u{52F}' | 'א'..='ת' | 'ء'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{6CC}' | '\u{6A9}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_a_mark_extends() {
        for c in '\0'..=char::MAX {
            let first = std::iter::once(c).nfkd().next();
            if first.is_some_and(|first| canonical_combining_class(first) != 0) {
                assert!(extends(c), "{c:?}");
            }
            if compose(c.encode_utf8(&mut [0; 4])).is_empty() {
                assert!(is_invisible(c) || extends(c), "{c:?}");
            }
        }
    }

    #[test]
    fn what_is_hidden_is_one_invisible_character() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}a");
            let bytes = hidden(text.as_bytes());
            assert!(bytes == 0 || bytes == c.len_utf8() && is_invisible(c), "{c:?}");
        }
    }
}
