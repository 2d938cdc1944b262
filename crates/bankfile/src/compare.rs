//! A file's bytes and picture against a bank: which signals match, in which variant, and why.

use std::collections::BTreeMap;

use domain::bank::{Opinion, Part, SignalKind};
use perceptual::pdq::{FORM_NAMES, MIN_MATCH_QUALITY};
use perceptual::points::{self, Points};
use perceptual::sound;
use perceptual::variants::{Name, Variant};
use perceptual::video;

use crate::bank::{Bank, NearHash};
use crate::inside::Inside;
use crate::moving;

/// The position of a picture as it is.
const AS_IT_IS: usize = 0;

/// A signal that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Place in [`Bank::entries`].
    pub entry: u32,
    /// Bits that differ; 0 for digests, none where points match.
    pub distance: Option<u32>,
    /// Which form matched: `original`, or its parts with `+` between them, e.g. `trimmed+crop-25+flip-x`, `points+rotate-90`.
    pub variant: String,
    /// The sentence for people.
    pub why: String,
    /// Of videos and sounds: which part of both.
    pub part: Option<Part>,
}

/// What matches a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Of banks that are not negative; digests first, then the nearest.
    pub found: Vec<Match>,
    /// Inside of a document, or words in a picture.
    pub inside: Vec<Inside>,
    /// A negative bank says that the file is something else, so nothing is told of it.
    pub suppressed: bool,
}

impl Matches {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.inside.is_empty()
    }

    /// Lines told.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.len() + self.inside.len()
    }
}

/// Judges what was found of a file, and inside of it: nothing is told where a negative bank matches the file.
#[must_use]
pub fn judged(bank: &Bank, found: Vec<Match>, inside: Vec<Inside>) -> Matches {
    let negative = |one: &Match| bank.entries[one.entry as usize].opinion == Opinion::Negative;
    let others = !inside.is_empty() || found.iter().any(|one| !negative(one));
    match found.iter().any(negative) {
        true => Matches { suppressed: others, ..Matches::default() },
        false => Matches { found, inside, suppressed: false },
    }
}

/// Entries of a digest.
pub fn digest(bank: &Bank, kind: SignalKind, digest: &str) -> impl Iterator<Item = Match> {
    bank.of_digest(kind, digest).iter().map(move |entry| Match {
        entry: *entry,
        distance: Some(0),
        variant: "original".to_owned(),
        why: format!("The file is byte for byte one of bank \"{}\" ({kind}).", name(bank, *entry)),
        part: None,
    })
}

/// Entries that a picture's variants are near to, or that its points lie over; each entry once, the nearest first.
#[must_use]
pub fn picture(bank: &Bank, asked: &[Variant], points: Option<&Points>) -> Vec<Match> {
    let mut nearest: BTreeMap<u32, (NearHash, Name, usize)> = BTreeMap::new();
    for variant in asked.iter().filter(|variant| variant.hashes.quality >= MIN_MATCH_QUALITY) {
        for (form, hash) in variant.hashes.forms.iter().enumerate() {
            for near in bank.near(hash) {
                let best = nearest.entry(near.entry).or_insert((near, variant.name, form));
                if near.distance < best.0.distance {
                    *best = (near, variant.name, form);
                }
            }
        }
    }
    let mut found: Vec<Match> =
        nearest.values().map(|(near, asked, form)| by_hash(bank, near, *asked, *form)).collect();
    found.sort_by_key(|one| (one.distance, one.entry));
    let Some(points) = points.filter(|points| !points.points.is_empty()) else { return found };
    let mut over: BTreeMap<u32, (points::Alignment, usize)> = BTreeMap::new();
    for form in 0..FORM_NAMES.len() {
        let turned = points.form(form);
        for (entry, listed) in bank.over(&turned).filter(|(entry, _)| !nearest.contains_key(entry)) {
            let aligned = points::align(listed, &turned, points::pairs(listed, &turned));
            let Some(aligned) = aligned.filter(points::Alignment::is_match) else { continue };
            if over.get(&entry).is_none_or(|(best, _)| aligned.places > best.places) {
                over.insert(entry, (aligned, form));
            }
        }
    }
    found.extend(over.iter().map(|(entry, (aligned, form))| by_points(bank, *entry, aligned, *form)));
    found
}

fn by_hash(bank: &Bank, near: &NearHash, asked: Name, form: usize) -> Match {
    let mut parts = Vec::new();
    let mut said = String::from("The picture");
    match asked {
        Name::Trimmed => said += ", without its border,",
        Name::Inset => said += " inside of it",
        Name::Whole | Name::Crop(_) => {}
    }
    if asked != Name::Whole {
        parts.push(asked.to_string());
    }
    if form != AS_IT_IS {
        parts.push(FORM_NAMES[form].to_owned());
        said += &format!(", turned ({}),", FORM_NAMES[form]);
    }
    said += " is near ";
    match near.listed {
        Name::Whole => said += "one",
        Name::Crop(share) => said += &format!("one cut by {}.{} % at each side", share / 10, share % 10),
        Name::Trimmed | Name::Inset => said += "one without its border",
    }
    if near.listed != Name::Whole {
        parts.push(match asked == near.listed {
            true => format!("listed-{}", near.listed),
            false => near.listed.to_string(),
        });
    }
    let limit = bank.entries[near.entry as usize].radius;
    let why = format!(
        "{said} of bank \"{}\": {} of 256 bits differ, limit {limit}.",
        name(bank, near.entry),
        near.distance
    );
    let variant = if parts.is_empty() { "original".to_owned() } else { parts.join("+") };
    Match { entry: near.entry, distance: Some(near.distance), variant, why, part: None }
}

fn by_points(bank: &Bank, entry: u32, aligned: &points::Alignment, form: usize) -> Match {
    let percent = |share: f32| (share * 100.0).round();
    let (variant, turned) = match form {
        AS_IT_IS => ("points".to_owned(), String::new()),
        form => (format!("points+{}", FORM_NAMES[form]), format!(", turned ({}),", FORM_NAMES[form])),
    };
    let why = format!(
        "The picture{turned} shows {} places of one of bank \"{}\", laid over it: {} % of that picture is visible, and {} % of its parts agree.",
        aligned.places,
        name(bank, entry),
        percent(aligned.visible),
        percent(aligned.agreement)
    );
    Match { entry, distance: None, variant, why, part: None }
}

/// Entries whose video is seen in one, or whose sound is heard in it.
#[must_use]
pub fn moving(bank: &Bank, video: Option<&video::Asked>, sound: Option<&sound::Asked>) -> Vec<Match> {
    let seen = video.map(|asked| moving::video(bank, asked)).unwrap_or_default();
    let heard = sound.map(|asked| moving::sound(bank, asked)).unwrap_or_default();
    [seen, heard].concat()
}

fn name(bank: &Bank, entry: u32) -> &str {
    bank.name(entry)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use perceptual::Hash256;
    use perceptual::pdq::Dihedral;
    use perceptual::view::Region;

    /// Hashes of different numbers are far from each other.
    fn hash(number: u64) -> Hash256 {
        let mix = |word: u64| {
            let once = (number ^ word << 60).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (once ^ once >> 29).wrapping_mul(0xD6E8_FEB8_6659_FD93)
        };
        Hash256([1, 2, 3, 4].map(|word| mix(word) ^ mix(word) >> 32))
    }

    fn read(lines: &[String]) -> Bank {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines.join("\n")).unwrap();
        Bank::read(file.path()).unwrap()
    }

    fn line(hash: Hash256, more: &str) -> String {
        format!("{{\"kind\":\"pdq\",\"bank\":\"B\",\"value\":\"{hash}\"{more}}}")
    }

    /// A picture whose form of that number has the hash, and the others are far from everything.
    fn asked(name: Name, form: usize, hash: Hash256, quality: u8) -> Vec<Variant> {
        let mut forms = std::array::from_fn(|n| self::hash(0xDEAD_BEEF << n));
        forms[form] = hash;
        let region = Region { x: 0, y: 0, width: 9, height: 9 };
        vec![Variant { name, region, hashes: Dihedral { forms, quality } }]
    }

    #[test]
    fn variants_are_named() {
        let cut = format!(",\"cuts\":[\"crop-25:{}\"]", hash(2));
        let bank = read(&[line(hash(1), &cut)]);
        let check = |asked: &[Variant], expected: Option<(&str, u32, &str)>| {
            let found = picture(&bank, asked, None);
            let told = found.first().map(|one| (&one.variant[..], one.distance.unwrap(), &one.why[..]));
            match expected {
                None => assert_eq!(told, None),
                Some((variant, distance, words)) => {
                    let (got, bits, why) = told.unwrap();
                    assert_eq!((found.len(), got, bits), (1, variant, distance));
                    assert!(why.contains(words) && why.contains("\"B\""), "{why}");
                }
            }
        };
        let mut near = hash(1);
        near.0[2] ^= (1 << 31) - 1;
        check(&asked(Name::Whole, 0, near, 100), Some(("original", 31, "31 of 256 bits differ, limit 31")));
        check(&asked(Name::Whole, 4, hash(2), 50), Some(("flip-x+crop-25", 0, "cut by 2.5 %")));
        check(&asked(Name::Trimmed, 0, hash(1), 100), Some(("trimmed", 0, "without its border")));
        check(&asked(Name::Inset, 1, hash(1), 100), Some(("inset+rotate-90", 0, "inside of it")));
        near.0[0] ^= 1 << 40;
        check(&asked(Name::Whole, 0, near, 100), None);
        check(&asked(Name::Whole, 0, hash(1), 49), None);
    }

    #[test]
    fn what_shows_too_little_and_what_is_disputed_is_not_listed() {
        let empty = "{\"kind\":\"md5\",\"value\":\"d41d8cd98f00b204e9800998ecf8427e\"}".to_owned();
        let lines = [
            line(hash(1), ",\"quality\":49"),
            line(hash(2), ",\"opinion\":\"disputed\""),
            line(hash(3), ",\"distance\":4"),
            empty,
            line(hash(4), ",\"cuts\":[\"crop:00\"]"),
            line(hash(4), ",\"points\":\"AAAA\""),
        ];
        let bank = read(&lines);
        assert_eq!((bank.entries.len(), bank.summary.left_out()), (1, 3), "{:?}", bank.summary);
        assert_eq!(bank.left_alone, BTreeMap::from([("disputed", 1), ("flat", 1)]));
        let found = |word: u64, flip: u64| {
            let mut hash = hash(word);
            hash.0[1] ^= flip;
            picture(&bank, &asked(Name::Whole, 0, hash, 100), None).len()
        };
        assert_eq!((found(1, 0), found(2, 0), found(3, 0b1111), found(3, 0b11111)), (0, 0, 1, 0));
    }

    #[test]
    fn a_negative_bank_suppresses() {
        let bank = read(&[line(hash(1), ""), line(hash(1), ",\"opinion\":\"negative\"")]);
        let found = picture(&bank, &asked(Name::Whole, 0, hash(1), 100), None);
        assert_eq!(found.len(), 2);
        assert_eq!(judged(&bank, found, Vec::new()), Matches { suppressed: true, ..Matches::default() });
        assert_eq!(judged(&bank, Vec::new(), Vec::new()), Matches::default());
    }

    /// Beyond some length the list is an index, whose answers are those of a short one.
    #[test]
    fn long_lists_answer_as_short_ones() {
        let many = 100_200;
        let lines: Vec<String> = (1..=many).map(|n: u64| line(hash(n), "")).collect();
        let bank = read(&lines);
        assert_eq!(bank.entries.len() as u64, many);
        for n in [1, 777, many] {
            let mut near = hash(n);
            near.0[3] ^= 0xFF;
            let found = picture(&bank, &asked(Name::Whole, 2, near, 100), None);
            let first = found.first().map(|one| (u64::from(one.entry) + 1, one.distance));
            assert_eq!(first, Some((n, Some(8))));
        }
    }
}
