//! What posts of a world of copies say, and how people say it again.

use crate::make::text::{edited as respelt, lexicon, sentence};
use crate::rng::Rng;

/// Share of a text's words that is left when it is cut short, in percent.
const LEFT_PERCENT: std::ops::RangeInclusive<i64> = 60..=85;

/// Four sentences with a number among them, so that hardly two are alike.
pub(super) fn whole(rng: &mut Rng, language: &str) -> String {
    let lexicon = lexicon(language);
    let parts: Vec<String> = (0..4).map(|_| sentence(rng, lexicon)).collect();
    format!("{} {} {} {} {}", parts[0], parts[1], rng.between(1000, 99_999), parts[2], parts[3])
}

/// A few words.
pub(super) fn subject(rng: &mut Rng, language: &str) -> &'static str {
    let lexicon = lexicon(language);
    let theme = &lexicon.themes[rng.below(lexicon.themes.len())];
    theme.subjects[rng.below(theme.subjects.len())]
}

/// A sentence and a number.
pub(super) fn short(rng: &mut Rng, language: &str) -> String {
    format!("{} {}", sentence(rng, lexicon(language)), rng.between(10, 9_999))
}

/// The words of a group with facts of its own: in the middle, at the beginning, or at the end.
pub(super) fn template(rng: &mut Rng, group: &mut Rng, language: &str) -> String {
    let lexicon = lexicon(language);
    let (first, second, third) =
        (sentence(group, lexicon), sentence(group, lexicon), sentence(group, lexicon));
    let place = group.below(3);
    let (hour, minute) = (rng.between(0, 23), rng.between(10, 59));
    let fact = format!("{} {hour}:{minute}, {}", subject(rng, language), rng.pick(&lexicon.ends));
    match place {
        0 => format!("{first} {second} {fact}. {third}"),
        1 => format!("{fact}. {first} {second} {third}"),
        _ => format!("{first} {second} {third} {hour}:{minute}"),
    }
}

/// The same address with tracking parameters.
pub(super) fn tracked(rng: &mut Rng, url: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    match rng.below(3) {
        0 => format!("{url}{joint}utm_source=share&utm_medium=app"),
        1 => format!("{url}{joint}fbclid={:x}", rng.next()),
        _ => format!("{url}{joint}utm_campaign=w{}&gclid={:x}", rng.below(52), rng.next()),
    }
}

/// A text said again: respelt, quoted in a remark, cut short, or as it was.
pub(super) fn edited(rng: &mut Rng, language: &str, text: &str) -> (String, &'static str) {
    match rng.below(7) {
        0 => (format!("{} «{text}»", sentence(rng, lexicon(language))), "quoted"),
        1 => (format!("{text} — {}", sentence(rng, lexicon(language))), "remarked"),
        2 => {
            let words: Vec<&str> = text.split(' ').collect();
            let left = rng.between(*LEFT_PERCENT.start(), *LEFT_PERCENT.end()) as usize;
            (format!("{}…", words[..words.len() * left / 100].join(" ")), "cut_short")
        }
        3 => {
            let twins = text.replace('a', "а").replace('o', "о").replace('e', "е");
            let word = if twins == text { "exact" } else { "twins" };
            (twins, word)
        }
        _ => respelt(rng, text),
    }
}
