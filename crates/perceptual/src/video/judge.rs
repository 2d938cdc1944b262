//! What near frames of two videos come to.

use std::collections::{BTreeMap, BTreeSet};

use super::run::{self, Pair, Variant};
use super::{Asked, Key, Listed, line, rule};
use crate::pdq::{FORM_NAMES, MIN_MATCH_QUALITY};
use crate::points;
use crate::variants::{MATCH_RADIUS_BITS, Name};

/// A frame that asks is taken for at most so many frames of the listed video, the nearest: one that stands still is near
/// to all of its kind.
const MAX_PAIRS_A_FRAME: usize = 32;

/// Moments of a run, at least.
const LEAST_MOMENTS: u32 = 3;

/// Different frames of a run, at least, unless it is nearly all of one of the videos.
const LEAST_DIFFERENT: u32 = 3;

/// Share of the moments of either video that makes up for frames that are all alike.
const NEARLY_ALL: f32 = 0.8;

/// A listed video that is seen in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// From when to when in the video that asks, milliseconds.
    pub asked_ms: (u32, u32),
    /// From when to when in the listed video, milliseconds.
    pub listed_ms: (u32, u32),
    /// Moments of the run.
    pub moments: u32,
    /// Frames of the run that are unlike the one before.
    pub different: u32,
    /// How fast the listed video goes by, thousandths of its own speed; of a short run 1,000.
    pub speed_per_mille: u32,
    /// Position: an index of [`FORM_NAMES`].
    pub form: usize,
    /// What of the frames that ask is near, in most of the run.
    pub asked_name: Name,
    /// What of the listed frames is near, in most of the run.
    pub listed_name: Name,
    /// Whether most of the run is by points.
    pub by_points: bool,
    /// Bits by which the nearest frames differ; none when all are by points.
    pub distance: Option<u32>,
    /// What the vPDQ rule says of the two.
    pub plain: rule::Shares,
}

impl Found {
    /// What it is by its edits, with `+` between: `clip` when less than [`CLIP_UNDER_PERCENT`](crate::CLIP_UNDER_PERCENT)
    /// of the listed video is seen, `faster` or `slower`, `points`, what was undone, the position, the cut; else `original`.
    /// `end_ms` is where the listed video ends.
    #[must_use]
    pub fn variant(&self, end_ms: u32) -> String {
        let mut parts = crate::pace::words(self.listed_ms, end_ms, self.speed_per_mille);
        if self.by_points {
            parts.push("points".to_owned());
        }
        if self.asked_name != Name::Whole {
            parts.push(self.asked_name.to_string());
        }
        if self.form != 0 {
            parts.extend(FORM_NAMES.get(self.form).map(ToString::to_string));
        }
        if self.listed_name != Name::Whole {
            parts.push(match self.asked_name == self.listed_name {
                true => format!("listed-{}", self.listed_name),
                false => self.listed_name.to_string(),
            });
        }
        crate::pace::joined(&parts)
    }
}

/// Compares two videos frame by frame. With a long list an index finds the pairs.
#[must_use]
pub fn find(listed: &Listed, asked: &Asked) -> Option<Found> {
    let mut pairs = Vec::new();
    for moment in &asked.moments {
        for (name, hashes) in moment.variants.iter().filter(|(_, hashes)| hashes.quality >= MIN_MATCH_QUALITY)
        {
            for (form, hash) in (0..).zip(&hashes.forms) {
                let of_form = (0..).zip(&listed.frames).filter_map(|(n, frame)| {
                    let distance = hash.distance(&frame.hash);
                    let near = distance <= MATCH_RADIUS_BITS && frame.quality >= MIN_MATCH_QUALITY;
                    near.then_some(Pair {
                        form,
                        asked_ms: moment.at_ms,
                        listed_ms: frame.at_ms,
                        distance,
                        listed: n,
                        by_points: false,
                        asked_name: Variant(*name),
                        listed_name: Variant(frame.name),
                    })
                });
                pairs.extend(of_form);
            }
        }
        let Some(asked) = moment.points.as_ref().filter(|points| !points.points.is_empty()) else { continue };
        for form in 0..FORM_NAMES.len() {
            let turned = asked.form(form);
            for (n, key) in (0..).zip(&listed.keys) {
                let way = points::align(&key.points, &turned, points::pairs(&key.points, &turned));
                if way.is_some_and(|way| way.is_match()) {
                    pairs.extend(Pair::of_points(form, moment.at_ms, (n, key), listed));
                }
            }
        }
    }
    judged(listed, asked, pairs)
}

impl Pair {
    /// Of a key of the listed video (with its place) whose points lie over those of a moment: a pair for each time that
    /// the key stands for.
    pub(crate) fn of_points(
        form: usize,
        asked_ms: u32,
        (place, key): (u32, &Key),
        listed: &Listed,
    ) -> impl Iterator<Item = Self> {
        let name = Variant(Name::Whole);
        let form = u8::try_from(form).unwrap_or_default();
        listed.stands_for(key).into_iter().map(move |listed_ms| Self {
            form,
            asked_ms,
            listed_ms,
            distance: MATCH_RADIUS_BITS,
            listed: place,
            by_points: true,
            asked_name: name,
            listed_name: name,
        })
    }
}

/// What pairs of near frames come to: the best run, if it is enough for a match.
#[must_use]
pub fn judged(listed: &Listed, asked: &Asked, pairs: Vec<Pair>) -> Option<Found> {
    let mut pairs = nearest(pairs);
    let run = run::longest(&mut pairs);
    let (first, last) = (run.first()?, run.last()?);
    let moments = u32::try_from(run.len()).ok()?;
    let different = different(listed, &run);
    let plain = rule::compare(asked.plain(), listed.plain());
    let share = |part: usize, of: usize| part as f32 >= NEARLY_ALL * of as f32 && of > 0;
    let seen: BTreeSet<u32> = run.iter().map(|pair| pair.listed_ms).collect();
    let all_asked = asked.moments.iter().filter(|moment| shows_something(moment)).count();
    let all_listed = listed.plain().filter(|(_, quality)| *quality >= MIN_MATCH_QUALITY).count();
    let nearly_all = share(run.len(), all_asked) || share(seen.len(), all_listed);
    let enough = moments >= LEAST_MOMENTS && (different >= LEAST_DIFFERENT || nearly_all);
    if !enough && !plain.is_match() {
        return None;
    }
    let most = most(&run);
    let line = line::through(&pairs, &run)?;
    let listed_end = listed.end_ms();
    let asked_ms = (first.asked_ms, last.asked_ms + super::ASKED_STEP_MS);
    let listed_ms = (line.at(asked_ms.0).min(listed_end), line.at(asked_ms.1).min(listed_end));
    Some(Found {
        asked_ms,
        listed_ms,
        moments,
        different,
        speed_per_mille: line.speed_per_mille,
        form: usize::from(first.form),
        asked_name: most.asked_name.0,
        listed_name: most.listed_name.0,
        by_points: most.by_points,
        distance: run.iter().filter(|pair| !pair.by_points).map(|pair| pair.distance).min(),
        plain,
    })
}

fn shows_something(moment: &super::Moment) -> bool {
    moment.variants.iter().any(|(_, hashes)| hashes.quality >= MIN_MATCH_QUALITY)
}

/// Of each moment and position the nearest pairs, of each listed time one.
fn nearest(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by_key(|pair| (pair.form, pair.asked_ms, pair.listed_ms, pair.distance));
    pairs.dedup_by_key(|pair| (pair.form, pair.asked_ms, pair.listed_ms));
    pairs.sort_unstable_by_key(|pair| (pair.form, pair.asked_ms, pair.distance, pair.listed_ms));
    let mut kept: Vec<Pair> = Vec::with_capacity(pairs.len());
    let mut of_frame = 0;
    for pair in pairs {
        let same = kept.last().is_some_and(|last| (last.form, last.asked_ms) == (pair.form, pair.asked_ms));
        of_frame = if same { of_frame + 1 } else { 1 };
        if of_frame <= MAX_PAIRS_A_FRAME {
            kept.push(pair);
        }
    }
    kept
}

/// Frames of the run that are unlike the last that was. A key is by its frame.
fn different(listed: &Listed, run: &[Pair]) -> u32 {
    let whole: BTreeMap<u32, _> = listed
        .frames
        .iter()
        .filter(|frame| frame.name == Name::Whole)
        .map(|frame| (frame.at_ms, frame.hash))
        .collect();
    let mut last = None;
    let mut count = 0;
    for hash in run.iter().filter_map(|pair| whole.get(&pair.listed_ms)) {
        if last.is_none_or(|last| hash.distance(last) > MATCH_RADIUS_BITS) {
            count += 1;
            last = Some(hash);
        }
    }
    count
}

/// A pair of the kind that most of the run is of.
fn most(run: &[Pair]) -> Pair {
    let mut counts: BTreeMap<(bool, Variant, Variant), (u32, Pair)> = BTreeMap::new();
    for pair in run {
        let kind = (pair.by_points, pair.asked_name, pair.listed_name);
        counts.entry(kind).or_insert((0, *pair)).0 += 1;
    }
    // The first of equal ones: nearest to the frame as it is.
    let best = counts.into_values().reduce(|best, one| if one.0 > best.0 { one } else { best });
    best.map_or(run[0], |(_, pair)| pair)
}
