//! Videos and sounds of a bank, and what a file's are compared with.

use std::collections::{BTreeMap, BTreeSet};

use perceptual::pdq::{FORM_NAMES, MIN_MATCH_QUALITY};
use perceptual::points::{self, Alignment, Points};
use perceptual::sound::{self, Print};
use perceptual::variants::{MATCH_RADIUS_BITS, Name};
use perceptual::video::{self, Pair, run::Variant};

use crate::bank::{Bank, Near};
use crate::compare::Match;

/// Thousandths by which a copy must be faster or slower for it to be said.
const SPEED_SAID_PER_MILLE: u32 = 20;

/// A run of less than this share of the listed video or sound is said to be a clip, percent.
const CLIP_UNDER_PERCENT: u64 = 80;

/// Videos and sounds while lines are read.
#[derive(Default)]
pub(crate) struct Gathered {
    videos: Vec<(u32, video::Listed)>,
    sounds: Vec<(u32, Print)>,
}

/// Videos and sounds, ready to be asked.
pub(crate) struct Moving {
    /// The entry of each, and its frames.
    videos: Vec<(u32, video::Listed)>,
    /// For each frame that shows enough, the video and its place in it.
    frames: Vec<(u32, u32)>,
    near: Near,
    /// For each frame with points, the video and its place in it.
    keys: Vec<(u32, u32)>,
    points: points::Index,
    /// The entry of each sound, and where it ends in milliseconds.
    sounds: Vec<(u32, u32)>,
    prints: sound::Index,
}

impl Gathered {
    pub(crate) fn video(&mut self, entry: u32, listed: video::Listed) {
        self.videos.push((entry, listed));
    }

    pub(crate) fn sound(&mut self, entry: u32, print: Print) {
        self.sounds.push((entry, print));
    }

    pub(crate) fn ready(self) -> Result<Moving, crate::bank::NoBank> {
        let (mut frames, mut hashes, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for (n, (_, listed)) in (0..).zip(&self.videos) {
            for (place, frame) in (0..).zip(&listed.frames) {
                if frame.quality >= MIN_MATCH_QUALITY {
                    frames.push((n, place));
                    hashes.push(frame.hash);
                }
            }
            keys.extend((0..).zip(&listed.keys).map(|(place, _)| (n, place)));
        }
        let all_points = self.videos.iter().flat_map(|(_, listed)| listed.keys.iter().map(|key| &key.points));
        let points = points::Index::of(all_points);
        Ok(Moving {
            near: Near::of(&hashes)?,
            frames,
            keys,
            points,
            sounds: self.sounds.iter().map(|(entry, print)| (*entry, print.length_ms())).collect(),
            prints: sound::Index::of(self.sounds.into_iter().map(|(_, print)| print).collect()),
            videos: self.videos,
        })
    }
}

impl Moving {
    pub(crate) fn wants(&self) -> crate::media::Wants {
        crate::media::Wants {
            video: !self.videos.is_empty(),
            points: !self.keys.is_empty(),
            sound: !self.prints.is_empty(),
        }
    }

    /// What is near in each listed video.
    fn pairs(&self, asked: &video::Asked) -> BTreeMap<u32, Vec<Pair>> {
        let mut pairs: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
        for moment in &asked.moments {
            let mut near = BTreeSet::new();
            let good = moment.variants.iter().filter(|(_, hashes)| hashes.quality >= MIN_MATCH_QUALITY);
            for (name, hashes) in good {
                for (form, hash) in (0..).zip(&hashes.forms) {
                    for (id, distance) in self.near.within(hash, MATCH_RADIUS_BITS) {
                        let (video, place) = self.frames[id];
                        let frame = &self.videos[video as usize].1.frames[place as usize];
                        near.insert(video);
                        pairs.entry(video).or_default().push(Pair {
                            form,
                            asked_ms: moment.at_ms,
                            listed_ms: frame.at_ms,
                            distance,
                            listed: place,
                            by_points: false,
                            asked_name: Variant(*name),
                            listed_name: Variant(frame.name),
                        });
                    }
                }
            }
            if let Some(points) = moment.points.as_ref().filter(|points| !points.points.is_empty()) {
                self.laid_over(points, moment.at_ms, &near, &mut pairs);
            }
        }
        pairs
    }

    /// Adds what lies over a moment, apart from videos that are near it already.
    fn laid_over(
        &self,
        asked: &Points,
        asked_ms: u32,
        near: &BTreeSet<u32>,
        pairs: &mut BTreeMap<u32, Vec<Pair>>,
    ) {
        for form in 0..FORM_NAMES.len() {
            let turned = asked.form(form);
            for candidate in self.points.candidates(&turned) {
                let (video, place) = self.keys[candidate as usize];
                if near.contains(&video) {
                    continue;
                }
                let key = &self.videos[video as usize].1.keys[place as usize];
                let way = points::align(&key.points, &turned, points::pairs(&key.points, &turned));
                if way.as_ref().is_some_and(Alignment::is_match) {
                    pairs.entry(video).or_default().push(Pair::of_points(form, asked_ms, (place, key.at_ms)));
                }
            }
        }
    }
}

/// Entries whose video is seen in one.
pub(crate) fn video(bank: &Bank, asked: &video::Asked) -> Vec<Match> {
    let found = bank.moving.pairs(asked).into_iter().filter_map(|(n, pairs)| {
        let (entry, listed) = &bank.moving.videos[n as usize];
        let found = video::judged(listed, asked, pairs)?;
        let end = listed.frames.last().map_or(0, |frame| frame.at_ms + video::LISTED_STEP_MS);
        Some(told_video(bank.name(*entry), *entry, &found, end))
    });
    found.collect()
}

/// Entries whose sound is heard in one.
pub(crate) fn sound(bank: &Bank, asked: &sound::Asked) -> Vec<Match> {
    let found = bank.moving.prints.find(asked).into_iter().filter_map(|found| {
        let (entry, end) = bank.moving.sounds.get(found.listed as usize)?;
        Some(told_sound(bank.name(*entry), *entry, &found, *end))
    });
    found.collect()
}

fn told_video(bank: &str, entry: u32, found: &video::Found, end: u32) -> Match {
    let mut parts = pace(found.listed_ms, end, found.speed_per_mille);
    if found.by_points {
        parts.push("points".to_owned());
    }
    if found.asked_name != Name::Whole {
        parts.push(found.asked_name.to_string());
    }
    if found.form != 0 {
        parts.push(FORM_NAMES[found.form].to_owned());
    }
    if found.listed_name != Name::Whole {
        parts.push(match found.asked_name == found.listed_name {
            true => format!("listed-{}", found.listed_name),
            false => found.listed_name.to_string(),
        });
    }
    let turned = match found.form {
        0 => String::new(),
        form => format!(", turned ({}),", FORM_NAMES[form]),
    };
    let why = format!(
        "The video{turned} shows from {} what one of bank \"{bank}\" shows from {}: {} moments, {} of them unlike the one before{}. By the vPDQ rule {:.0} % of its frames match, and {:.0} % of the other's.",
        times(found.asked_ms),
        times(found.listed_ms),
        found.moments,
        found.different,
        faster(found.speed_per_mille),
        found.plain.asked,
        found.plain.listed
    );
    Match { entry, distance: found.distance, variant: joined(&parts), why }
}

fn told_sound(bank: &str, entry: u32, found: &sound::Found, end: u32) -> Match {
    let mut parts = pace(found.listed_ms, end, found.speed_per_mille);
    if found.pitch_per_mille != 1_000 {
        parts.push(if found.pitch_per_mille > 1_000 { "higher" } else { "lower" }.to_owned());
    }
    let why = format!(
        "The sound from {} is that of one of bank \"{bank}\" from {}{}: {}.{} % of the bits of its print differ.",
        times(found.asked_ms),
        times(found.listed_ms),
        faster(found.speed_per_mille),
        found.errors_per_mille / 10,
        found.errors_per_mille % 10
    );
    Match { entry, distance: None, variant: joined(&parts), why }
}

/// What is to be said of how much and how fast.
fn pace((from, to): (u32, u32), end: u32, speed: u32) -> Vec<String> {
    let mut parts = Vec::new();
    if u64::from(to - from) * 100 < u64::from(end) * CLIP_UNDER_PERCENT {
        parts.push("clip".to_owned());
    }
    match speed {
        _ if speed.abs_diff(1_000) < SPEED_SAID_PER_MILLE => {}
        1_000.. => parts.push("faster".to_owned()),
        _ => parts.push("slower".to_owned()),
    }
    parts
}

fn faster(speed: u32) -> String {
    let percent = (f64::from(speed.abs_diff(1_000)) / 10.0).round();
    match speed {
        _ if speed.abs_diff(1_000) < SPEED_SAID_PER_MILLE => String::new(),
        1_000.. => format!(", {percent} % faster"),
        _ => format!(", {percent} % slower"),
    }
}

fn joined(parts: &[String]) -> String {
    if parts.is_empty() { "original".to_owned() } else { parts.join("+") }
}

/// `0:08 to 0:18`.
fn times((from, to): (u32, u32)) -> String {
    let time = |ms: u32| format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60);
    format!("{} to {}", time(from), time(to))
}
