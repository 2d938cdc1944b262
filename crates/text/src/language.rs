//! Which language a post is written in.
//!
//! Script first: Greek and Hebrew settle themselves, letters tell Arabic, Persian and Urdu apart, and Russian from
//! Ukrainian. For Latin script the small words vote; where they do not decide, letter statistics (whatlang, with a
//! list of allowed languages) do. Too short or unsure gives `None`: the caller writes `und`, a guess is worse.

mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use whatlang::{Detector, Lang};

/// Fewer words than this have no language.
pub const WORDS_MIN: usize = 3;

/// Only the beginning of a text is looked at.
pub const SAMPLE_MAX_BYTES: usize = 1024;

/// Letter statistics must be at least so sure, from 0 to 1.
pub const CONFIDENCE_MIN: f64 = 0.4;

/// The share of the letters that the main script must have.
const SCRIPT_SHARE_MIN: f64 = 0.6;

/// Small words decide with this many votes, or half of the words, and a lead over the second.
const VOTES_MIN: u32 = 2;
const VOTES_LEAD_MIN: u32 = 2;

/// The languages that can be found, as BCP 47.
pub const LANGUAGES: &[&str] =
    &["ar", "de", "el", "en", "es", "fa", "fr", "he", "it", "nl", "pl", "pt", "ru", "tr", "uk", "ur"];

/// The language of a text as a BCP 47 code out of [`LANGUAGES`]; `None` when it is too short, mixed or unsure.
/// Links, names and tags are not counted.
#[must_use]
pub fn identify(text: &str) -> Option<&'static str> {
    let text = &text[..text.floor_char_boundary(SAMPLE_MAX_BYTES)];
    let words: Vec<&str> = text.split_whitespace().filter(|word| is_prose(word)).collect();
    if words.len() < WORDS_MIN {
        return None;
    }
    let letters = Letters::count(&words);
    match letters.main_script()? {
        Script::Greek => Some("el"),
        Script::Hebrew => Some("he"),
        Script::Cyrillic => letters.cyrillic_language(),
        Script::Arabic => letters.arabic_language(),
        Script::Latin => latin_language(&words),
    }
}

/// False for links, handles, tags, numbers and signs.
fn is_prose(word: &str) -> bool {
    let inner = word.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | '＃'));
    let named = inner.starts_with(['@', '#', '＃']) || inner.contains('@');
    let linked =
        inner.contains("://") || inner.starts_with("www.") || (inner.contains('/') && inner.contains('.'));
    inner.contains(char::is_alphabetic) && !named && !linked
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
}

/// Letters by script, and those that one language of a script has and the others have not.
#[derive(Debug, Default)]
struct Letters {
    all: u32,
    scripts: [u32; 5],
    ukrainian: u32,
    russian: u32,
    other_cyrillic: u32,
    arabic: u32,
    persian: u32,
    urdu: u32,
    other_arabic: u32,
}

impl Letters {
    fn count(words: &[&str]) -> Self {
        let mut letters = Self::default();
        for c in words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()) {
            letters.all += 1;
            letters.see(c);
        }
        letters
    }

    fn see(&mut self, c: char) {
        let script = match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{590}'..='\u{5FF}' => Script::Hebrew,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => Script::Arabic,
            _ => return,
        };
        self.scripts[script as usize] += 1;
        match c {
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => self.ukrainian += 1,
            'ы' | 'э' | 'ё' | 'ъ' | 'Ы' | 'Э' | 'Ё' | 'Ъ' => self.russian += 1,
            // Serbian, Macedonian, Belarusian, Kazakh, Tatar …
            'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'џ' | 'ў' | 'ќ' | 'ѓ' | 'ѕ' | '\u{48A}'..='\u{52F}' => {
                self.other_cyrillic += 1;
            }
            'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ھ' | 'ہ' | 'ۓ' => self.urdu += 1,
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => self.persian += 1,
            'ي' | 'ك' | 'ة' | 'ى' | 'إ' | 'أ' => self.arabic += 1,
            // Kurdish, Pashto, Sindhi, Uyghur
            'ڕ' | 'ڵ' | 'ۆ' | 'ێ' | 'ە' | 'ڤ' | 'ښ' | 'ږ' | 'ټ' | 'ډ' | 'ړ' | 'ڼ' | 'ې' | 'ۍ' | 'ڄ' | 'ڏ'
            | 'ۇ' | 'ۈ' => {
                self.other_arabic += 1;
            }
            _ => {}
        }
    }

    fn main_script(&self) -> Option<Script> {
        use Script::{Arabic, Cyrillic, Greek, Hebrew, Latin};
        [Latin, Greek, Cyrillic, Hebrew, Arabic].into_iter().find(|script| {
            let count = self.scripts[*script as usize];
            count > 0 && f64::from(count) >= SCRIPT_SHARE_MIN * f64::from(self.all)
        })
    }

    /// Russian or Ukrainian by their own letters. A text with letters of neither is Russian only if it has none of
    /// the languages beside them.
    fn cyrillic_language(&self) -> Option<&'static str> {
        if self.other_cyrillic * 50 > self.all {
            None
        } else if self.ukrainian > self.russian {
            (self.russian == 0).then_some("uk")
        } else {
            (self.russian > 0 || self.ukrainian == 0).then_some("ru")
        }
    }

    /// Urdu has letters of its own; Persian writes its yeh and kaf, Arabic its own. Other languages: unsure.
    fn arabic_language(&self) -> Option<&'static str> {
        if self.other_arabic * 50 > self.all {
            None
        } else if self.urdu * 25 > self.all {
            Some("ur")
        } else if self.persian > self.arabic {
            Some("fa")
        } else {
            Some("ar")
        }
    }
}

/// Votes of the small words, then letter statistics where the votes lean but do not decide.
fn latin_language(words: &[&str]) -> Option<&'static str> {
    let votes = count_votes(words);
    let (first, most) = (0..votes.len()).map(|index| (index, votes[index])).max_by_key(|vote| vote.1)?;
    let second =
        (0..votes.len()).filter(|index| *index != first).map(|index| votes[index]).max().unwrap_or(0);
    let leader = words::SMALL_WORDS[first].0;
    if most >= VOTES_MIN && most - second >= VOTES_LEAD_MIN {
        return Some(leader);
    }
    let info = detector().detect(&words.join(" "))?;
    let language = code(info.lang())?;
    let voted = words::SMALL_WORDS.iter().position(|row| row.0 == language).map_or(0, |index| votes[index]);
    let agrees = voted == most && most > second;
    let sure = info.confidence() >= CONFIDENCE_MIN && voted >= second.max(1);
    (agrees || sure).then_some(language)
}

fn count_votes(words: &[&str]) -> [u32; words::SMALL_WORDS.len()] {
    let table = small_words();
    let mut votes = [0; words::SMALL_WORDS.len()];
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
        // "l'ora" is two small words, "don't" is one
        let of = |word: &str| table.get(word).copied().unwrap_or(0);
        let small = match of(&word) {
            0 => word.split('\'').map(of).fold(0, |all, one| all | one),
            languages => languages,
        };
        let languages = small | own_letters(&word);
        for (index, vote) in votes.iter_mut().enumerate() {
            *vote += u32::from(languages >> index & 1);
        }
    }
    votes
}

/// The language whose own letter the word has, as a bit.
fn own_letters(word: &str) -> u16 {
    if word.is_ascii() {
        return 0;
    }
    let own = words::OWN_LETTERS.iter().find(|row| word.contains(|c| row.1.contains(c)));
    let index = own.and_then(|own| words::SMALL_WORDS.iter().position(|row| row.0 == own.0));
    index.map_or(0, |index| 1 << index)
}

/// Small word to the set of its languages, a bit each.
fn small_words() -> &'static HashMap<&'static str, u16> {
    static TABLE: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for (index, (_, words)) in words::SMALL_WORDS.iter().enumerate() {
            for word in words.split_whitespace() {
                *table.entry(word).or_default() |= 1 << index;
            }
        }
        table
    })
}

fn detector() -> &'static Detector {
    static DETECTOR: OnceLock<Detector> = OnceLock::new();
    DETECTOR.get_or_init(|| {
        use Lang::{Deu, Eng, Fra, Ita, Nld, Pol, Por, Spa, Tur};
        Detector::with_allowlist(vec![Eng, Fra, Deu, Spa, Ita, Por, Nld, Pol, Tur])
    })
}

fn code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Tur => "tr",
        _ => return None,
    })
}
