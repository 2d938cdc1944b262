//! Representatives of a space in memory: pictures by their points, texts by their words. The newest only; the list of
//! hashes (`list.rs`) knows all. What is found counts when the database says that it is tied to a cluster.

use super::print::{How, Print};
use crate::{House, Result};
use domain::id::AgencyId;
use perceptual::pdq::FORM_NAMES;
use perceptual::points::Index;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

/// Pictures held: some 30 kB each.
const PICTURES_MAX: usize = 5_000;
/// Pictures of one index.
const SEGMENT: usize = 512;
/// Pictures, each in one position, that a picture is laid over. A copy shares far more points than others do.
const MET_MAX: usize = 32;
/// Rows of an index that one point of a picture is taken to be near to.
const ROWS_MAX: usize = 128;
/// Texts held.
const TEXTS_MAX: usize = 20_000;
/// Words of a text that is compared.
pub(super) const WORDS_MIN: usize = 8;
/// Words of a text that are read.
const WORDS_MAX: usize = 2_000;
/// Words in a run that two texts share.
const RUN: usize = 3;
/// Texts that share a run and are looked at; runs of more say nothing.
const OF_RUN: usize = 64;
/// Texts that are compared word by word.
const CLOSE: usize = 16;
/// What both have must be so much of the longer text, percent.
const SHARE_PERCENT: usize = 50;

/// Words of a text, normalised.
pub(super) type Words = Vec<Box<str>>;

/// The representatives of a space.
#[derive(Default)]
pub(crate) struct Alike {
    pictures: Vec<Segment>,
    texts: Vec<([u8; 32], Words)>,
    runs: HashMap<u64, Vec<u32>>,
}

/// Some pictures and their index.
struct Segment {
    prints: Vec<Arc<Print>>,
    index: Index,
}

impl Segment {
    fn of(prints: Vec<Arc<Print>>) -> Self {
        let index = Index::of(prints.iter().map(|print| &print.points));
        Self { prints, index }
    }
}

/// The words of a text that are compared; none of a short one.
pub(super) fn words(text: &str) -> Option<Words> {
    let words: Words = text::tokens::tokens(text).into_iter().take(WORDS_MAX).map(Into::into).collect();
    (words.len() >= WORDS_MIN).then_some(words)
}

impl Alike {
    /// Reads the newest representatives.
    pub(super) async fn load(house: &House, space: AgencyId) -> Result<Self> {
        let mut alike = Self::default();
        let most = i64::try_from(PICTURES_MAX).unwrap_or(i64::MAX);
        let prints = store::fingerprint::newest(&house.db, space, most).await?;
        let prints = prints.iter().filter_map(|(digest, bytes)| Print::from_bytes(*digest, bytes));
        let prints: Vec<Arc<Print>> = prints.filter(|print| !print.is_plain()).map(Arc::new).collect();
        alike.pictures = prints.chunks(SEGMENT).map(|some| Segment::of(some.to_vec())).collect();
        let most = i64::try_from(TEXTS_MAX / 2).unwrap_or(i64::MAX);
        let texts: HashMap<i64, [u8; 32]> = store::fingerprint::texts(&house.db, space, most)
            .await?
            .into_iter()
            .map(|(digest, observation)| (observation, digest))
            .collect();
        let mut keys: Vec<i64> = texts.keys().copied().collect();
        keys.sort_unstable();
        for observation in store::observation::by_keys(&house.db, &keys).await? {
            let text = observation.record.as_ref().map(|record| record.text.as_str()).unwrap_or_default();
            if let (Some(digest), Some(words)) = (texts.get(&observation.key), words(text)) {
                alike.add_text(*digest, words);
            }
        }
        Ok(alike)
    }

    /// Puts a representative's picture in.
    pub(super) fn add_picture(&mut self, print: Arc<Print>) {
        if print.is_plain() {
            return;
        }
        self.pictures.push(Segment::of(vec![print]));
        while let [.., one, other] = self.pictures.as_slice()
            && one.prints.len() == other.prints.len()
            && one.prints.len() < SEGMENT
        {
            let both = [one.prints.as_slice(), other.prints.as_slice()].concat();
            self.pictures.truncate(self.pictures.len() - 2);
            self.pictures.push(Segment::of(both));
        }
        if self.pictures.iter().map(|segment| segment.prints.len()).sum::<usize>() > PICTURES_MAX {
            self.pictures.remove(0);
        }
    }

    /// Representatives that a picture may be a copy of, by its points, with the positions that say so: those that share
    /// the most points with it.
    pub(super) fn pictures(&self, asked: &Print) -> Vec<(Arc<Print>, Vec<usize>)> {
        let mut met: Vec<(u32, usize, &Arc<Print>)> = Vec::new();
        for form in 0..FORM_NAMES.len() {
            let turned = asked.points.form(form);
            for segment in &self.pictures {
                let candidates = segment.index.candidates(&turned, ROWS_MAX).into_iter();
                met.extend(candidates.filter_map(|(at, votes)| {
                    segment.prints.get(at as usize).map(|print| (votes, form, print))
                }));
            }
        }
        met.sort_by_key(|(votes, ..)| std::cmp::Reverse(*votes));
        let mut found: BTreeMap<[u8; 32], (Arc<Print>, Vec<usize>)> = BTreeMap::new();
        for (_, form, print) in met.into_iter().take(MET_MAX) {
            let known = found.entry(print.digest).or_insert_with(|| (Arc::clone(print), Vec::new()));
            known.1.push(form);
        }
        found.into_values().collect()
    }

    /// Puts a representative's text in.
    pub(super) fn add_text(&mut self, digest: [u8; 32], words: Words) {
        if self.texts.len() >= TEXTS_MAX {
            let left = self.texts.split_off(TEXTS_MAX / 2);
            self.texts.clear();
            self.runs.clear();
            left.into_iter().for_each(|(digest, words)| self.add_text(digest, words));
        }
        let at = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        for run in runs(&words) {
            let texts = self.runs.entry(run).or_default();
            // One more than is looked at, to know that there are too many.
            if texts.len() <= OF_RUN {
                texts.push(at);
            }
        }
        self.texts.push((digest, words));
    }

    /// Takes over what another has.
    pub(super) fn take(&mut self, other: Self) {
        other
            .pictures
            .into_iter()
            .flat_map(|segment| segment.prints)
            .for_each(|print| self.add_picture(print));
        other.texts.into_iter().for_each(|(digest, words)| self.add_text(digest, words));
    }

    /// Representatives that a text quotes or is a part of, word by word: the share of the longer one, which, and whether
    /// it is quoted.
    fn texts(&self, asked: &Words) -> Vec<(usize, [u8; 32], &'static str)> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for texts in
            runs(asked).iter().filter_map(|run| self.runs.get(run)).filter(|texts| texts.len() <= OF_RUN)
        {
            texts.iter().for_each(|at| *shared.entry(*at).or_default() += 1);
        }
        let mut close: Vec<(usize, u32)> = shared.into_iter().map(|(at, count)| (count, at)).collect();
        close.sort_unstable_by(|one, other| other.cmp(one));
        let close = close.iter().take(CLOSE).filter_map(|(_, at)| self.texts.get(*at as usize));
        close
            .filter_map(|(digest, listed)| {
                contained(listed, asked).map(|(share, variant)| (share, *digest, variant))
            })
            .collect()
    }
}

/// The one representative in some lists that a text quotes or is a part of. A text that may be of two is of none.
pub(super) fn text(lists: &[&Alike], asked: &Words) -> Option<([u8; 32], How)> {
    let mut found: Vec<(usize, [u8; 32], &str)> = lists.iter().flat_map(|list| list.texts(asked)).collect();
    found.sort_by_key(|other| std::cmp::Reverse(other.0));
    let (share, digest, variant) = *found.first()?;
    if found.get(1).is_some_and(|second| second.0 == share && second.1 != digest) {
        return None;
    }
    let share = u32::try_from(share).ok();
    Some((digest, How { variant: variant.to_owned(), share, ..How::default() }))
}

/// Hashes of the runs of words of a text, each once.
fn runs(words: &Words) -> Vec<u64> {
    let mut runs: Vec<u64> = words
        .windows(RUN)
        .map(|run| {
            let mut hash = DefaultHasher::new();
            run.hash(&mut hash);
            hash.finish()
        })
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Whether one text stands in the other whole and in one piece: how much of the longer one that is, percent, and which
/// of the two is the longer. A word that differs within is another fact; only the last word of a part may be cut.
fn contained(listed: &Words, asked: &Words) -> Option<(usize, &'static str)> {
    let (short, long, variant) = match asked.len() >= listed.len() {
        true => (listed, asked, "quoted"),
        false => (asked, listed, "part"),
    };
    let share = short.len() * 100 / long.len().max(1);
    let (last, first) = short.split_last()?;
    if short.len() < WORDS_MIN || share < SHARE_PERCENT {
        return None;
    }
    let cut = |whole: &str| {
        variant == "part" && whole.starts_with(&**last) && last.chars().all(char::is_alphabetic)
    };
    let stands = long.windows(short.len()).any(|window| {
        window.split_last().is_some_and(|(end, start)| start == first && (end == last || cut(end)))
    });
    stands.then_some((share, variant))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: &str =
        "The first train to the coast leaves from platform nine at dawn, and the fog lies over the hills";

    fn check(listed: &str, asked: &str, expected: Option<&str>) {
        let mut alike = Alike::default();
        alike.add_text([1; 32], words(listed).unwrap());
        let found = text(&[&alike], &words(asked).unwrap()).map(|(_, how)| how.variant);
        assert_eq!(found.as_deref(), expected, "{asked}");
    }

    #[test]
    fn a_text_is_a_copy_when_it_stands_in_the_other_in_one_piece() {
        check(TEXT, &format!("My neighbour said: «{TEXT}», so be on time"), Some("quoted"));
        check(
            TEXT,
            "THE first train to the coast leaves from platform nine at dawn and the f…",
            Some("part"),
        );
        check(TEXT, &TEXT.replace("nine", "ten"), None);
        check(TEXT, &TEXT.replace("first", "second"), None);
        check(TEXT, &TEXT.replace("hills", "fields"), None);
        check(TEXT, "The first train to the coast leaves from here", None);
        check(TEXT, &format!("{TEXT} {}", "and something else is said here ".repeat(5)), None);
        check(&format!("{TEXT} at 9.45"), &format!("{TEXT} at 9.4"), None);
    }

    #[test]
    fn a_text_that_may_be_of_two_is_of_none() {
        let mut alike = Alike::default();
        alike.add_text([1; 32], words(&format!("{TEXT} at nine")).unwrap());
        alike.add_text([2; 32], words(&format!("{TEXT} at ten")).unwrap());
        assert_eq!(text(&[&alike], &words(TEXT).unwrap()), None);
        let asked = words(&format!("{TEXT} at ten o'clock")).unwrap();
        assert_eq!(text(&[&alike], &asked).map(|found| found.0), Some([2; 32]));
    }
}
