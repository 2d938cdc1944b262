//! Many listed videos, and which of them are seen in another.
//!
//! Who calls has an index of hashes and says which are near; points have an index here. [`super::find`] says the same of
//! one listed video in plain loops, and `a_list_finds_what_each_alone_finds` holds them together.

use std::collections::{BTreeMap, BTreeSet};

use super::run::Variant;
use super::{Asked, Found, Listed, Pair, judged};
use crate::Hash256;
use crate::pdq::{FORM_NAMES, MIN_MATCH_QUALITY};
use crate::points::{self, Alignment, Points};

/// Listed videos, known by their place in the order given.
#[derive(Clone, Debug, Default)]
pub struct List {
    videos: Vec<Listed>,
    /// For each frame that shows enough, the video and its place in it.
    frames: Vec<(u32, u32)>,
    /// For each frame with points, the video and its place in it.
    keys: Vec<(u32, u32)>,
    points: points::Index,
}

impl List {
    /// Takes 60 bytes a frame, cuts included, and 30 kB a frame with points.
    #[must_use]
    pub fn of(videos: Vec<Listed>) -> Self {
        let (mut frames, mut keys) = (Vec::new(), Vec::new());
        for (n, listed) in (0..).zip(&videos) {
            let good = (0..).zip(&listed.frames).filter(|(_, frame)| frame.quality >= MIN_MATCH_QUALITY);
            frames.extend(good.map(|(place, _)| (n, place)));
            keys.extend((0..).zip(&listed.keys).map(|(place, _)| (n, place)));
        }
        let all = videos.iter().flat_map(|listed| listed.keys.iter().map(|key| &key.points));
        let points = points::Index::of(all);
        Self { videos, frames, keys, points }
    }

    /// The hashes that are compared; by their place in this order they are said to be near.
    pub fn hashes(&self) -> impl Iterator<Item = Hash256> + '_ {
        self.frames.iter().map(|(video, place)| self.videos[*video as usize].frames[*place as usize].hash)
    }

    /// A listed video.
    #[must_use]
    pub fn get(&self, video: u32) -> Option<&Listed> {
        self.videos.get(video as usize)
    }

    /// Whether no video is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.videos.is_empty()
    }

    /// Whether a frame is listed by points, so that it is worth to ask with them.
    #[must_use]
    pub fn has_points(&self) -> bool {
        !self.keys.is_empty()
    }

    /// The listed videos that are seen in another, by their place. `near` gives the places and distances of the hashes
    /// within [`MATCH_RADIUS_BITS`](crate::variants::MATCH_RADIUS_BITS) of one.
    pub fn find<N: IntoIterator<Item = (usize, u32)>>(
        &self,
        asked: &Asked,
        near: impl Fn(&Hash256) -> N,
    ) -> Vec<(u32, Found)> {
        let mut pairs: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
        for moment in &asked.moments {
            let mut seen = BTreeSet::new();
            let good = moment.variants.iter().filter(|(_, hashes)| hashes.quality >= MIN_MATCH_QUALITY);
            for (name, hashes) in good {
                for (form, hash) in (0..).zip(&hashes.forms) {
                    for (id, distance) in near(hash) {
                        let Some((video, place)) = self.frames.get(id).copied() else { continue };
                        let frame = &self.videos[video as usize].frames[place as usize];
                        seen.insert(video);
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
                self.laid_over(points, moment.at_ms, &seen, &mut pairs);
            }
        }
        let judged = |(n, pairs): (u32, Vec<Pair>)| Some((n, judged(self.get(n)?, asked, pairs)?));
        pairs.into_iter().filter_map(judged).collect()
    }

    /// Adds what lies over a moment, apart from videos that are near it already.
    fn laid_over(
        &self,
        asked: &Points,
        asked_ms: u32,
        seen: &BTreeSet<u32>,
        pairs: &mut BTreeMap<u32, Vec<Pair>>,
    ) {
        for form in 0..FORM_NAMES.len() {
            let turned = asked.form(form);
            for (candidate, _) in self.points.candidates(&turned, usize::MAX) {
                let (video, place) = self.keys[candidate as usize];
                if seen.contains(&video) {
                    continue;
                }
                let listed = &self.videos[video as usize];
                let key = &listed.keys[place as usize];
                let way = points::align(&key.points, &turned, points::pairs(&key.points, &turned));
                if way.as_ref().is_some_and(Alignment::is_match) {
                    let of_key = Pair::of_points(form, asked_ms, (place, key), listed);
                    pairs.entry(video).or_default().extend(of_key);
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::Rgb;
    use crate::variants::MATCH_RADIUS_BITS;
    use crate::video::{Asker, Lister, find};

    const SIDE: u32 = 96;

    /// Scenes of three seconds, each a picture of its own, which wanders; `number` says which video it is.
    fn frame(number: u32, at_ms: u32) -> Vec<u8> {
        let (scene, shift) = (number * 100 + at_ms / 3_000, at_ms % 3_000 / 500);
        let pixel = |x: u32, y: u32| {
            let cell = ((x + shift) / 11 * 977 + y / 9 * 463) ^ scene.wrapping_mul(0x9E37_79B9);
            (cell.wrapping_mul(2_654_435_761) >> 24) as u8
        };
        let places = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y)));
        places.flat_map(|(x, y)| [pixel(x, y), pixel(x, y) / 2, 255 - pixel(x, y)]).collect()
    }

    fn listed(number: u32) -> Listed {
        let mut lister = Lister::new(true);
        for at_ms in (0..15_000).step_by(1_000) {
            lister.push(at_ms, &Rgb::new(SIDE, SIDE, &frame(number, at_ms)).unwrap());
        }
        lister.finish()
    }

    /// The second of a video from which on it is copied, with every row below the middle painted over or none.
    fn asked(number: u32, from_ms: u32, painted: bool) -> Asked {
        let mut asker = Asker::new(true);
        for at_ms in (0..6_000).step_by(500) {
            let mut pixels = frame(number, from_ms + at_ms);
            if painted {
                pixels[(SIDE * SIDE * 2) as usize..].fill(20);
            }
            asker.push(at_ms, &Rgb::new(SIDE, SIDE, &pixels).unwrap());
        }
        asker.finish()
    }

    #[test]
    fn a_list_finds_what_each_alone_finds() {
        let list = List::of((0..2).map(listed).collect());
        let hashes: Vec<Hash256> = list.hashes().collect();
        let near = |hash: &Hash256| {
            let distances = hashes.iter().map(|other| hash.distance(other)).enumerate();
            distances.filter(|(_, distance)| *distance <= MATCH_RADIUS_BITS).collect::<Vec<_>>()
        };
        for (number, from_ms, painted) in [(0, 4_300, false), (1, 7_000, true), (9, 0, false)] {
            let asked = asked(number, from_ms, painted);
            let found = list.find(&asked, near);
            let alone = (0..2).filter_map(|n| Some((n, find(list.get(n)?, &asked)?)));
            assert_eq!(found, alone.collect::<Vec<_>>(), "video {number}");
            assert_eq!(found.first().map(|(n, _)| *n), (number < 2).then_some(number));
            for (_, found) in found {
                // The frames of a copy are between those of the list, so a quarter of a second is as good as it gets.
                let off = (found.listed_ms.0 - found.asked_ms.0).abs_diff(from_ms);
                assert!(off <= 500, "{off} ms off: {found:?}");
            }
        }
    }
}
