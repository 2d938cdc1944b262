//! Files in, matches out: each file is read once, compared, and accounted for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect::decoder::Want;
use domain::bank::SignalKind;
use futures_util::StreamExt;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::bank::{Bank, DIGESTS};
use crate::compare::{self, Match, Matches};
use crate::inside::{self, Looked, Words};
use crate::media::{Media, Of};
use crate::picture::{NoPicture, Pictures};
use crate::read::{self, Content, Wanted};
use crate::walk::{self, Met, Rules};

/// Files found before they are read: as far as the walk may be ahead.
const AHEAD: usize = 1_024;

/// Different reasons that are counted one by one; what is beyond is "other".
const REASONS_MAX: usize = 64;

/// What is told of each file.
#[derive(Debug)]
pub enum Told {
    /// It was compared in every way that it allows.
    Scanned(PathBuf, Matches),
    /// It was not, or not in every way, and why; its bytes may match all the same.
    Skipped(PathBuf, String, Matches),
    /// A pattern left it out, or the folder with so many files.
    Excluded(PathBuf, u64),
    /// A folder that cannot be listed, or not to its end.
    NoFolder(PathBuf, String),
}

/// What a scan came to. `files` = `scanned` + `skipped` + `excluded`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Everything below the paths that is no folder.
    pub files: u64,
    /// Compared in every way that they allow.
    pub scanned: u64,
    /// Not compared, or not in every way: empty, broken, too large, links, not readable.
    pub skipped: u64,
    /// Left out by a pattern.
    pub excluded: u64,
    /// Folders that could not be listed; what is in them is not in `files`.
    pub folders_unread: u64,
    /// Files whose picture was compared.
    pub pictures: u64,
    /// Documents and texts whose inside was compared.
    pub documents: u64,
    /// Pictures in which a machine looked for words, in documents too.
    pub pictures_read: u64,
    /// Files whose frames were compared.
    pub videos: u64,
    /// Files, also videos, whose sound was compared.
    pub sounds: u64,
    /// Files that match.
    pub files_matched: u64,
    /// Lines of matches.
    pub hits: u64,
    /// Files that match, of which a negative bank says that they are something else.
    pub suppressed: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Why files were skipped.
    pub reasons: BTreeMap<String, u64>,
}

/// What a scan is made of.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What is left out.
    pub rules: Rules,
    /// Larger files are not read, bytes.
    pub bytes_max: u64,
}

/// What one file came to.
struct Outcome {
    told: Told,
    bytes: u64,
    document: bool,
    pictures_read: u64,
    /// Whether its picture, its frames, its sound were compared.
    compared: [bool; 3],
}

/// Scans, and tells of each file in the order of the walk.
///
/// # Errors
/// When the decoder box cannot work, or `tell` fails, as a sentence.
pub async fn run(
    plan: Plan,
    bank: Arc<Bank>,
    words: Arc<Words>,
    tell: &mut dyn FnMut(&Told, &Stats) -> Result<(), String>,
) -> Result<Stats, String> {
    let pictures = Pictures::new().map_err(|error| error.to_string())?;
    let media = Media::new();
    let (to, from) = mpsc::channel(AHEAD);
    let Plan { paths, rules, bytes_max } = plan;
    let walker = tokio::task::spawn_blocking(move || {
        walk::walk(&paths, &rules, &mut |met| to.blocking_send(met).is_ok());
    });
    let compares = bank.has(SignalKind::Pdq);
    let wanted = Wanted {
        bytes_max,
        digests: DIGESTS.map(|kind| bank.has(kind)),
        picture: compares || words.reads(),
        document: compares || words.any(),
        text: words.any(),
    };
    let held = Held { bank, words, pictures, media };
    let met = futures_util::stream::unfold(from, async |mut from| Some((from.recv().await?, from)));
    let mut outcomes =
        std::pin::pin!(met.map(|met| one(met, &held, wanted)).buffered(held.pictures.in_hand()));
    let mut stats = Stats::default();
    while let Some(outcome) = outcomes.next().await {
        let outcome = outcome?;
        stats.count(&outcome);
        tell(&outcome.told, &stats)?;
    }
    walker.await.map_err(|error| error.to_string())?;
    Ok(stats)
}

/// What every file is compared with, and by whom it is decoded.
struct Held {
    bank: Arc<Bank>,
    words: Arc<Words>,
    pictures: Pictures,
    media: Media,
}

async fn one(met: Met, held: &Held, wanted: Wanted) -> Result<Outcome, String> {
    let without = |told| Outcome { told, bytes: 0, document: false, pictures_read: 0, compared: [false; 3] };
    let path = match met {
        Met::File(path) => path,
        Met::SetAside(path, why) => return Ok(without(Told::Skipped(path, why, Matches::default()))),
        Met::LeftOut(path, files) => return Ok(without(Told::Excluded(path, files))),
        Met::NoFolder(path, why) => return Ok(without(Told::NoFolder(path, why))),
    };
    let (content, path) = blocking(move || (read::content(&path, wanted), path)).await?;
    let Content { bytes, digests, picture, document, text, media: is_media, mut no_picture } = match content {
        Ok(content) => content,
        Err(why) => return Ok(without(Told::Skipped(path, why, Matches::default()))),
    };
    let Held { bank, words, pictures, media } = held;
    let (mut decoded, mut looked) = (None, Looked::default());
    if let Some(picture) = picture {
        let want = Want { asked: true, points: bank.has_points(), ..Want::default() };
        match pictures.of_bytes(picture.clone(), want).await {
            Ok(facts) => {
                decoded = Some(facts);
                looked = inside::picture(picture, words, pictures).await?;
            }
            Err(NoPicture::OfTheFile(why)) => no_picture = Some(why),
            Err(NoPicture::OfTheBox(why)) => return Err(why),
        }
    }
    if let Some(document) = document
        && let Some(inside) = inside::document(document, bank, words, pictures).await?
    {
        looked = inside;
    }
    if let Some(text) = text {
        looked = inside::text(text, words).await?;
    }
    let wants = bank.wants();
    let mut moving = Of { video: None, sound: None, trouble: None };
    if is_media && (wants.video || wants.sound) {
        moving = media.asked(&path, wants).await.map_err(|error| error.to_string())?;
        no_picture = moving.trouble.take();
    }
    let compared = [decoded.is_some(), moving.video.is_some(), moving.sound.is_some()];
    let Looked { found: inside, suppressed, trouble, is_read: document, pictures_read } = looked;
    let bank = Arc::clone(bank);
    let matches = blocking(move || {
        let mut found: Vec<Match> = Vec::new();
        for (kind, digest) in &digests {
            found.extend(compare::digest(&bank, *kind, digest));
        }
        if let Some(facts) = decoded {
            found.extend(compare::picture(&bank, &facts.asked, facts.points.as_ref()));
        }
        found.extend(compare::moving(&bank, moving.video.as_ref(), moving.sound.as_ref()));
        compare::judged(&bank, found, inside)
    });
    let mut matches = matches.await?;
    // Parts that a negative bank silenced count where nothing is told of the file.
    matches.suppressed |= suppressed && matches.is_empty();
    let told = match no_picture.or(trouble) {
        None => Told::Scanned(path, matches),
        Some(why) => Told::Skipped(path, why, matches),
    };
    Ok(Outcome { told, bytes, document, pictures_read, compared })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())
}

impl Stats {
    fn count(&mut self, outcome: &Outcome) {
        self.bytes += outcome.bytes;
        self.documents += u64::from(outcome.document);
        self.pictures_read += outcome.pictures_read;
        for (count, compared) in
            [&mut self.pictures, &mut self.videos, &mut self.sounds].into_iter().zip(outcome.compared)
        {
            *count += u64::from(compared);
        }
        let (matches, files) = match &outcome.told {
            Told::Scanned(_, matches) => {
                self.scanned += 1;
                (Some(matches), 1)
            }
            Told::Skipped(_, why, matches) => {
                self.skipped += 1;
                let known = self.reasons.len() < REASONS_MAX || self.reasons.contains_key(why);
                let reason = if known { why } else { "other" };
                *self.reasons.entry(reason.to_owned()).or_default() += 1;
                (Some(matches), 1)
            }
            Told::Excluded(_, files) => {
                self.excluded += files;
                (None, *files)
            }
            Told::NoFolder(..) => {
                self.folders_unread += 1;
                (None, 0)
            }
        };
        self.files += files;
        if let Some(matches) = matches {
            self.hits += matches.count() as u64;
            self.files_matched += u64::from(!matches.is_empty());
            self.suppressed += u64::from(matches.suppressed);
        }
    }
}

impl Told {
    /// The path and its matches, of a file that was read.
    #[must_use]
    pub fn matches(&self) -> Option<(&Path, &Matches)> {
        match self {
            Self::Scanned(path, matches) | Self::Skipped(path, _, matches) => Some((path, matches)),
            Self::Excluded(..) | Self::NoFolder(..) => None,
        }
    }
}
