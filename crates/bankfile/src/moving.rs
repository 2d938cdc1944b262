//! Videos and sounds of a bank, and what a file's are compared with.

use domain::bank::{Part, SignalKind, Why};
use perceptual::Hash256;
use perceptual::sound;
use perceptual::variants::MATCH_RADIUS_BITS;
use perceptual::video;

use crate::bank::{Bank, Near};
use crate::compare::Match;

/// Videos and sounds while lines are read.
#[derive(Default)]
pub(crate) struct Gathered {
    videos: Vec<(u32, video::Listed)>,
    sounds: Vec<(u32, sound::Listed)>,
}

/// Videos and sounds, ready to be asked.
pub(crate) struct Moving {
    /// The entry of each video.
    entries: Vec<u32>,
    videos: video::List,
    near: Near,
    /// The entry of each sound, and where it ends in milliseconds.
    sounds: Vec<(u32, u32)>,
    listed: sound::List,
}

impl Gathered {
    pub(crate) fn video(&mut self, entry: u32, listed: video::Listed) {
        self.videos.push((entry, listed));
    }

    pub(crate) fn sound(&mut self, entry: u32, listed: sound::Listed) {
        self.sounds.push((entry, listed));
    }

    pub(crate) fn ready(self) -> Result<Moving, crate::bank::NoBank> {
        let (entries, videos): (Vec<u32>, Vec<video::Listed>) = self.videos.into_iter().unzip();
        let videos = video::List::of(videos);
        let hashes: Vec<Hash256> = videos.hashes().collect();
        Ok(Moving {
            entries,
            near: Near::of(&hashes)?,
            videos,
            sounds: self.sounds.iter().map(|(entry, listed)| (*entry, listed.print.length_ms())).collect(),
            listed: sound::List::of(self.sounds.into_iter().map(|(_, listed)| listed).collect()),
        })
    }
}

impl Moving {
    pub(crate) fn wants(&self) -> crate::media::Wants {
        crate::media::Wants {
            video: !self.videos.is_empty(),
            points: self.videos.has_points(),
            sound: !self.listed.is_empty(),
        }
    }
}

/// Entries whose video is seen in one.
pub(crate) fn video(bank: &Bank, asked: &video::Asked) -> Vec<Match> {
    let moving = &bank.moving;
    let near = |hash: &Hash256| moving.near.within(hash, MATCH_RADIUS_BITS).collect::<Vec<_>>();
    let found = moving.videos.find(asked, near);
    let told = found.into_iter().filter_map(|(n, found)| {
        let end = moving.videos.get(n)?.end_ms();
        let part = Part::of((found.asked_ms, asked.end_ms()), (found.listed_ms, end), found.speed_per_mille);
        let mut more =
            format!("{} moments agree, {} of them unlike the one before", found.moments, found.different);
        // An edited video has no frame that is near as a whole; the moments speak for it.
        if found.plain.asked > 0.0 || found.plain.listed > 0.0 {
            more += &format!(
                "; of the whole frames {:.0} % and {:.0} % are near (vPDQ)",
                found.plain.asked, found.plain.listed
            );
        }
        more.push('.');
        let entry = *moving.entries.get(n as usize)?;
        Some(told(bank, entry, (SignalKind::Video, found.variant(end), part), (found.distance, &more)))
    });
    told.collect()
}

/// Entries whose sound is heard in one.
pub(crate) fn sound(bank: &Bank, asked: &sound::Asked) -> Vec<Match> {
    let told = bank.moving.listed.find(asked).into_iter().filter_map(|found| {
        let (entry, end) = *bank.moving.sounds.get(found.listed as usize)?;
        let part =
            Part::of((found.asked_ms, asked.length_ms()), (found.listed_ms, end), found.speed_per_mille);
        let bits = found.errors_per_mille;
        let more = format!("{}.{} % of the bits of its print differ.", bits / 10, bits % 10);
        Some(told(bank, entry, (SignalKind::Sound, found.variant(end), part), (None, &more)))
    });
    told.collect()
}

fn told(
    bank: &Bank,
    entry: u32,
    (kind, variant, part): (SignalKind, String, Part),
    (distance, more): (Option<u32>, &str),
) -> Match {
    let why = Why {
        kind,
        bank: bank.name(entry).to_owned(),
        opinion: bank.entries[entry as usize].opinion,
        distance: distance.unwrap_or_default(),
        limit: 0,
        variant,
        part: Some(part),
    };
    let sentence = format!("{} {more}", why.sentence());
    Match { entry, distance, variant: why.variant, why: sentence, part: why.part }
}
