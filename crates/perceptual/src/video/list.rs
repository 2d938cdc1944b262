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
            for candidate in self.points.candidates(&turned) {
                let (video, place) = self.keys[candidate as usize];
                if seen.contains(&video) {
                    continue;
                }
                let key = &self.videos[video as usize].keys[place as usize];
                let way = points::align(&key.points, &turned, points::pairs(&key.points, &turned));
                if way.as_ref().is_some_and(Alignment::is_match) {
                    pairs.entry(video).or_default().push(Pair::of_points(form, asked_ms, (place, key.at_ms)));
                }
            }
        }
    }
}
