//! Text as the matcher sees it: one form for what a reader takes for the same words.
//!
//! NFKC, lower case, lookalike letters, invisible characters, Arabic letter forms and white space are folded.
//! The normal form is for comparing only; people are always shown the original, by [`Normal::original_range`].
//!
//! Rejected: folding every lookalike letter to Latin. It would make Russian "рот" and English "pot" one word.
//! Instead a word is folded as a whole, and only when its letters say which script was meant (see `twins`).

pub(crate) mod fold;
mod twins;

use std::ops::Range;

pub use fold::is_invisible;
use fold::{Kind, extends, is_common_letter, is_plain, kind, lower, parts};
use sha2::{Digest, Sha256};
use twins::{Script, Survey};

/// Longer texts are cut here, at a character boundary, before they are normalised.
pub const TEXT_MAX_BYTES: usize = 4 * 1024 * 1024;

/// Shorter normalised texts have no exact key: "good morning" from two people is not the same content.
pub const EXACT_KEY_MIN_CHARS: usize = 24;

/// Which optional folds are made. Both sides of a comparison must use the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Teh marbuta is read as heh, as many people write it.
    pub teh_marbuta: bool,
}

impl Default for Fold {
    fn default() -> Self {
        Self { teh_marbuta: true }
    }
}

/// A normalised text and the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// The normalised text: no white space at its ends, single spaces inside.
    pub text: String,
    map: Vec<Piece>,
}

/// From `normal` on, up to the next piece, bytes stand for the original from `original` on.
/// `whole` is 0 where bytes go one to one; else the piece stands for so many original bytes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    normal: u32,
    original: u32,
    whole: u32,
}

/// Normalises with the default folds.
#[must_use]
pub fn normal(text: &str) -> Normal {
    normal_with(text, Fold::default())
}

/// Normalises with chosen folds. Texts over [`TEXT_MAX_BYTES`] are cut first.
#[must_use]
pub fn normal_with(text: &str, fold: Fold) -> Normal {
    write(text, fold, true)
}

/// With `quick`, what needs no tables takes a shorter way to the same.
fn write(text: &str, fold: Fold, quick: bool) -> Normal {
    let source = &text[..text.floor_char_boundary(TEXT_MAX_BYTES)];
    let mut writer = Writer {
        source,
        fold,
        text: String::with_capacity(source.len()),
        map: Vec::new(),
        word: Word::default(),
        kept: String::new(),
    };
    writer.run(quick);
    if writer.text.ends_with(' ') {
        writer.text.pop();
    }
    let end = writer.text.len();
    writer.map.retain(|piece| (piece.normal as usize) < end);
    Normal { text: writer.text, map: writer.map }
}

/// A stable key of the normalised text (SHA-256 of its UTF-8 bytes), or `None` when it is shorter than
/// [`EXACT_KEY_MIN_CHARS`].
#[must_use]
pub fn exact_text_key(text: &str) -> Option<[u8; 32]> {
    normal(text).exact_key()
}

impl Normal {
    /// As [`exact_text_key`], for a text that is already normalised.
    #[must_use]
    pub fn exact_key(&self) -> Option<[u8; 32]> {
        let long = self.text.chars().nth(EXACT_KEY_MIN_CHARS - 1).is_some();
        long.then(|| Sha256::digest(self.text.as_bytes()).into())
    }

    /// The byte range of the original that a byte range of `self.text` came from. An empty or outlying range
    /// gives an empty range.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        if range.start >= range.end || range.end > self.text.len() {
            return 0..0;
        }
        let (first, last) = (self.piece(range.start), self.piece(range.end - 1));
        let start = match first.whole {
            0 => first.original as usize + range.start - first.normal as usize,
            _ => first.original as usize,
        };
        let end = match last.whole {
            0 => last.original as usize + range.end - last.normal as usize,
            whole => last.original as usize + whole as usize,
        };
        start..end
    }

    fn piece(&self, at: usize) -> Piece {
        let next = self.map.partition_point(|piece| piece.normal as usize <= at);
        self.map.get(next.wrapping_sub(1)).copied().unwrap_or(Piece { normal: 0, original: 0, whole: 0 })
    }
}

/// The word that is being written.
#[derive(Default)]
struct Word {
    /// Its letters as written, with the original bytes they came from.
    letters: Vec<(char, Range<usize>)>,
    /// Where it began in the output.
    text: usize,
    map: usize,
    /// It holds letters of a script that has Latin lookalikes.
    foreign: bool,
    /// It holds such letters that no Latin one looks like.
    settled: bool,
    latin: bool,
}

struct Writer<'a> {
    source: &'a str,
    fold: Fold,
    text: String,
    map: Vec<Piece>,
    word: Word,
    kept: String,
}

impl Writer<'_> {
    /// Reads the source, one character with its marks at a time.
    fn run(&mut self, quick: bool) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        // up to here characters are looked at one by one
        let mut slow = if quick { 0 } else { bytes.len() };
        while at < bytes.len() {
            if at >= slow && self.word.letters.is_empty() {
                let end;
                (end, slow) = self.plain_stretch(at);
                if end > at {
                    self.push_plain(at..end);
                    at = end;
                    continue;
                }
            }
            if bytes[at] < 0x80 && bytes.get(at + 1).is_none_or(|next| *next < 0x80) {
                self.emit(char::from(bytes[at]), at..at + 1);
                at += 1;
            } else {
                at = self.cluster(at, quick);
            }
        }
        self.end_word();
    }

    /// How far from `at` whole words of ASCII stand, with or without invisible characters in them, that lower case alone
    /// makes normal; and where the first character is that needs more. What stands right before that one may belong to
    /// its word, and is left to it.
    fn plain_stretch(&self, at: usize) -> (usize, usize) {
        let bytes = &self.source.as_bytes()[at..];
        let mut after_space = self.text.is_empty() || self.text.ends_with(' ');
        let mut plain = |byte: &u8| {
            let doubled = *byte == b' ' && after_space;
            let plain = matches!(*byte, b' '..=b'~') && *byte != b'`' && !doubled;
            // What is hidden leaves it as it was.
            if plain {
                after_space = *byte == b' ';
            }
            plain
        };
        // `shown`: where what is hidden before `stop` begins.
        let (mut stop, mut shown) = (0, 0);
        loop {
            let rest = &bytes[stop..];
            let run = rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len());
            if run > 0 {
                stop += run;
                shown = stop;
            }
            match fold::hidden(&bytes[stop..]) {
                0 => break,
                hidden => stop += hidden,
            }
        }
        let end = match bytes.get(stop) {
            None | Some(b'\t'..=b'\r' | b' ' | b'`') => stop,
            Some(_) => match bytes[..shown].split_last() {
                Some((b' ', before)) => before.len(),
                Some((_, before)) => {
                    before.iter().rposition(|byte| *byte == b' ').map_or(0, |space| space + 1)
                }
                None => 0,
            },
        };
        (at + end, at + stop)
    }

    /// Writes what [`Self::plain_stretch`] found.
    fn push_plain(&mut self, from: Range<usize>) {
        let mut at = from.start;
        while at < from.end {
            let rest = &self.source[at..from.end];
            let shown = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            if shown > 0 {
                let normal = self.text.len();
                self.text.push_str(&rest[..shown]);
                self.text[normal..].make_ascii_lowercase();
                self.map_to(normal, &(at..at + shown), true);
            }
            at += shown + fold::hidden(&rest.as_bytes()[shown..]);
        }
    }

    /// Reads one character and the marks that follow it; returns where the next one that shows begins.
    fn cluster(&mut self, at: usize, quick: bool) -> usize {
        let mut rest = self.source[at..].chars();
        let Some(first) = rest.next() else { return self.source.len() };
        let mut end = at + first.len_utf8();
        if quick && is_common_letter(first) && rest.clone().next().is_none_or(parts) {
            self.emit(first, at..end);
            return end;
        }
        if is_invisible(first) {
            return end;
        }
        let mut seen = end;
        self.kept.clear();
        self.kept.push(first);
        for next in rest {
            if !is_invisible(next) {
                if !extends(next) {
                    break;
                }
                self.kept.push(next);
                end = seen + next.len_utf8();
            }
            seen += next.len_utf8();
        }
        if self.kept.len() == first.len_utf8() && is_plain(first) {
            self.emit(first, at..end);
            return seen;
        }
        for c in fold::compose(&self.kept).chars() {
            self.emit(c, at..end);
        }
        seen
    }

    /// Takes one character in NFKC, as it was written.
    fn emit(&mut self, c: char, from: Range<usize>) {
        match kind(c) {
            Kind::Dropped => {}
            Kind::Letter => fold::spelled(c, |c| self.letter(c, from.clone())),
            Kind::Other => {
                self.end_word();
                self.push(fold::sign(c), &from);
            }
            Kind::Space => {
                self.end_word();
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.push(' ', &from);
                }
            }
        }
    }

    fn letter(&mut self, c: char, from: Range<usize>) {
        let word = &mut self.word;
        if word.letters.is_empty() {
            (word.text, word.map) = (self.text.len(), self.map.len());
        }
        word.letters.push((c, from.clone()));
        match twins::script(c) {
            Script::Latin => word.latin = true,
            Script::Apart => {}
            Script::Foreign { only_there } => {
                word.foreign = true;
                word.settled |= only_there;
            }
        }
        let fold = self.fold;
        lower(c, fold, |c| self.push(c, &from));
    }

    /// Decides which script the word was meant in and writes it again if that differs.
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.foreign && (word.latin || !word.settled) {
            let mut survey = Survey::default();
            word.letters.iter().for_each(|(c, _)| survey.see(*c));
            if let Some(target) = survey.target() {
                self.text.truncate(word.text);
                self.map.truncate(word.map);
                for (c, from) in &word.letters {
                    let c = twins::twin(*c, target).unwrap_or(*c);
                    lower(c, self.fold, |c| self.push(c, from));
                }
            }
        }
        self.word.letters = word.letters;
        self.word.letters.clear();
    }

    fn push(&mut self, c: char, from: &Range<usize>) {
        let normal = self.text.len();
        self.text.push(c);
        self.map_to(normal, from, c.len_utf8() == from.len());
    }

    /// Notes where the bytes from `normal` on came from: one to one if they are the `same` number.
    fn map_to(&mut self, normal: usize, from: &Range<usize>, same: bool) {
        let goes_on = same
            && self.map.last().is_some_and(|last| {
                last.whole == 0 && last.original as usize + normal - last.normal as usize == from.start
            });
        if !goes_on {
            self.map.push(Piece {
                normal: narrow(normal),
                original: narrow(from.start),
                whole: if same { 0 } else { narrow(from.len()) },
            });
        }
    }
}

/// Offsets fit: the source is at most [`TEXT_MAX_BYTES`], and no character grows more than eighteenfold.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(normal(input).text, expected, "{input:?}");
    }

    #[test]
    fn normal_table() {
        check("  Hello,\t\n WORLD ", "hello, world");
        check("ｆｕｌｌ ｗｉｄｔｈ", "full width");
        check("𝓕𝓪𝓷𝓬𝔂 ﬁne ①", "fancy fine 1");
        check("z\u{200B}e\u{200D}r\u{AD}o \u{202E}wi\u{2066}dth\u{FEFF}", "zero width");
        check("s\u{336}t\u{336}r\u{336}uck ca\u{301}fe", "struck cáfe");
        check("cafe\u{301} = café", "café = café");
        check("Straße İstanbul KIZ kız ΟΔΟΣ οδός", "strasse istanbul kiz kiz οδοσ οδόσ");
        check("“Don’t” – «yes»", "\"don't\" - \"yes\"");
        check("ᴛʀᴀɪɴ 🅣🅡🅰🅸n", "train train");
        check("", "");
        check("\u{200B}\u{FEFF} ", "");
    }

    #[test]
    fn normal_arabic() {
        check("أَهْلاً وَسَهْلاً", "اهلا وسهلا");
        check("مـــرحـــبا", "مرحبا");
        check("مدرسة إلى القرية ٢٠٢٤", "مدرسه الي القريه 2024");
        check("ﻣﺮﺣﺒﺎ", "مرحبا");
        check("کتاب می‌خواهم", "كتاب ميخواهم");
        check("שָׁלוֹם", "שלום");
        let fold = Fold { teh_marbuta: false };
        assert_eq!(normal_with("مدرسة", fold).text, "مدرسة");
    }

    /// Lookalikes fold where the word shows its script, and leave honest words alone.
    #[test]
    fn normal_confusables() {
        check("hеllо wоrld", "hello world"); // Cyrillic ie and o
        check("НЕLLО", "hello"); // Cyrillic capitals
        check("αpple", "apple"); // Greek alpha
        check("раsсоrе", "pascore");
        check("привет мир, нет", "привет мир, нет");
        check("пpивeт МOCКВA", "привет москва"); // Latin letters in Russian words
        check("НЕТ нет", "нет нет");
        check("КОТ кот кoт", "кот кот кот");
        check("Καλημέρα ΝΕΡΟ νερό", "kαλημέρα νερο νερό".replace('k', "κ").as_str());
        check("ոice", "nice"); // Armenian vo
        check("нı", "ні"); // a dotless i is an i also beside Cyrillic letters
        check("жß", "жѕѕ");
        check("Ʀain", "rain");
        check("가\u{1}ᆨ", "각"); // a control character parts nothing
    }

    #[test]
    fn hidden_characters_part_no_blanks() {
        check("\u{200B}  A \u{200B} b\u{AD} ", "a b");
        check(" \u{FEFF} a", "a");
    }

    /// Every character, alone and beside letters of the scripts that have twins.
    #[test]
    fn every_character_is_normal_after_one_pass() {
        for c in '\0'..=char::MAX {
            let among =
                [format!("{c}"), format!("a{c}r"), format!("ж{c}"), format!("н{c}"), format!("λ{c}α")];
            for word in among.into_iter().chain([format!("{c}{c}"), format!("\u{F80}{c}\u{F71}")]) {
                let once = normal(&word).text;
                assert_eq!(normal(&once).text, once, "{word:?} {:x}", u32::from(c));
            }
        }
    }

    #[test]
    fn original_ranges() {
        let source = "A\u{200B}  ﬁ x ＢＣ é";
        let normal = normal(source);
        assert_eq!(normal.text, "a fi x bc é");
        let of = |range: Range<usize>| &source[normal.original_range(range)];
        assert_eq!(of(0..1), "A");
        assert_eq!(of(2..4), "ﬁ");
        assert_eq!(of(3..4), "ﬁ");
        assert_eq!(of(5..6), "x");
        assert_eq!(of(7..9), "ＢＣ");
        assert_eq!(of(10..12), "é");
        assert_eq!(normal.original_range(0..0), 0..0);
        assert_eq!(normal.original_range(0..99), 0..0);
    }

    #[test]
    fn exact_key_needs_length() {
        assert_eq!(exact_text_key("Good morning"), None);
        let text = "The train to the coast leaves at nine.";
        let edited = "THE  trаin to the c\u{200B}oast leaves at nine.";
        assert!(exact_text_key(text).is_some());
        assert_eq!(exact_text_key(text), exact_text_key(edited));
        assert_ne!(exact_text_key(text), exact_text_key("The train to the coast leaves at ten."));
    }

    fn trials() -> u32 {
        std::env::var("RENVOI_TRIALS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
    }

    /// Text that mixes scripts, marks, capitals and invisible characters.
    fn odd_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(|c| c.to_string()),
            "[a-zA-Z ]{1,4}",
            "[а-яА-Яa-zA-Z]{1,6}",
            "[α-ωΑ-Ωa-zA-Z]{1,6}",
            "[\u{621}-\u{652} ]{1,6}",
            "[\u{300}-\u{345}\u{200B}-\u{200F}\u{1100}-\u{1175}\u{11A8}-\u{11AF}ｱ-ﾟ]{1,4}",
            "[\u{2460}-\u{24FF}\u{3200}-\u{33FF}\u{FB00}-\u{FB4F}Ա-և]{1,3}",
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials()) })]

        #[test]
        fn normal_is_idempotent(text in odd_text()) {
            let once = normal(&text).text;
            prop_assert_eq!(&normal(&once).text, &once);
        }

        #[test]
        fn the_quick_way_is_the_slow_one(text in odd_text(), spaced in "[ -~]{0,9}(\\PC|[\t-\r `a-z\u{1}\u{AD}\u{301}\u{200B}\u{2060}\u{FEFF}\u{640}ا-يа-яß]){0,12}") {
            for text in [text.clone(), spaced.clone(), format!("{spaced}{text}"), format!("{text} {spaced}")] {
                prop_assert_eq!(write(&text, Fold::default(), true), write(&text, Fold::default(), false), "{:?}", text);
            }
        }

        #[test]
        fn ranges_stay_inside_and_in_order(text in odd_text()) {
            let normal = normal(&text);
            let mut before = 0;
            for (at, c) in normal.text.char_indices() {
                let range = normal.original_range(at..at + c.len_utf8());
                prop_assert!(range.start < range.end && before <= range.start);
                prop_assert!(text.get(range.clone()).is_some());
                before = range.start;
            }
        }

        #[test]
        fn case_never_matters(text in "([a-zàéü]{1,6} |[а-яё]{1,6} ){0,8}") {
            prop_assert_eq!(normal(&text.to_uppercase()).text, normal(&text).text);
        }
    }
}
