//! Neutral filler text: sentences about weather, markets and trains in six languages, and the marker of the
//! invented "Example Group".

use super::lexicon::{LEXICONS, Lexicon};
use crate::rng::Rng;

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Carries the slogan and the call of the invented group: what this world counts as terrorist content.
    Call,
    /// A newsroom that quotes the slogan.
    Press,
    /// A library or university that keeps the slogan on record.
    Record,
    /// Nothing of it.
    Plain,
}

/// The lexicon of a language, or English.
pub(crate) fn lexicon(language: &str) -> &'static Lexicon {
    LEXICONS.iter().find(|l| l.language == language).unwrap_or(&LEXICONS[2])
}

/// One neutral sentence.
pub(crate) fn sentence(rng: &mut Rng, lexicon: &Lexicon) -> String {
    let theme = rng.pick(&lexicon.themes);
    let (subject, predicate) = (rng.pick(&theme.subjects), rng.pick(&theme.predicates));
    let end = rng.pick(&lexicon.ends);
    format!("{subject} {predicate} {end}.")
}

/// A whole post: two or three sentences and, by nature, the marker.
pub(crate) fn post_text(rng: &mut Rng, language: &str, nature: Nature) -> String {
    let lexicon = lexicon(language);
    let mut parts = vec![sentence(rng, lexicon), sentence(rng, lexicon)];
    if rng.percent(50) {
        parts.push(sentence(rng, lexicon));
    }
    let (slogan, place) = (lexicon.slogan, rng.below(parts.len() + 1));
    match nature {
        Nature::Call => {
            parts.insert(place, format!("«{slogan}» {}", lexicon.call));
        }
        Nature::Press => parts.insert(0, lexicon.report.replace("{}", slogan)),
        Nature::Record => parts.insert(0, lexicon.record.replace("{}", slogan)),
        Nature::Plain => {}
    }
    parts.join(" ")
}

/// The edit of a text that a person makes who wants to pass a filter; its name is the `edit` of the truth.
pub(crate) fn edited(rng: &mut Rng, text: &str) -> (String, &'static str) {
    let (copy, word) = match rng.below(4) {
        0 => (text.to_uppercase(), "case"),
        1 => (spread_zero_width(text), "zero_width"),
        2 => (text.replace(". ", " … ").replace('.', "!"), "punctuation"),
        _ => (text.to_owned(), "exact"),
    };
    // Arabic has no upper case.
    let word = if copy == text { "exact" } else { word };
    (copy, word)
}

/// Puts a zero-width space into every fourth word.
fn spread_zero_width(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (n, word) in text.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        let middle = word.char_indices().nth(2).map(|(at, _)| at);
        match middle {
            Some(at) if n % 4 == 1 => {
                out.push_str(&word[..at]);
                out.push('\u{200B}');
                out.push_str(&word[at..]);
            }
            _ => out.push_str(word),
        }
    }
    out
}

const SYLLABLES: [&str; 24] = [
    "ba", "ce", "do", "fi", "ga", "hu", "ka", "lo", "mi", "na", "pe", "ro", "sa", "ti", "vo", "za", "lin",
    "mar", "ten", "sol", "ver", "dan", "kor", "nel",
];

/// A pronounceable invented name of two or three syllables.
pub(crate) fn name(rng: &mut Rng) -> String {
    let length = 2 + rng.below(2);
    (0..length).map(|_| *rng.pick(&SYLLABLES)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_seeded_and_marked() {
        for lexicon in &LEXICONS {
            let make = |nature| post_text(&mut Rng::new(3, "t"), lexicon.language, nature);
            assert_eq!(make(Nature::Call), make(Nature::Call));
            for nature in [Nature::Call, Nature::Press, Nature::Record] {
                assert!(make(nature).contains(lexicon.slogan), "{}", lexicon.language);
            }
            assert!(!make(Nature::Plain).contains(lexicon.slogan));
        }
    }

    #[test]
    fn zero_width_keeps_the_words() {
        let text = "The train reaches the harbour station before noon.";
        let spread = spread_zero_width(text);
        assert_ne!(spread, text);
        assert_eq!(spread.replace('\u{200B}', ""), text);
    }
}
