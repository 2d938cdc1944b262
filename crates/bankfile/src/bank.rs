//! A bank in memory: what the bytes and the pictures of files are compared with.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::bank::{Opinion, SignalKind};
use nearest::{Index, Nearest, Neighbour, Profile, Scan};
use perceptual::Hash256;
use perceptual::pdq::MIN_MATCH_QUALITY;
use perceptual::points::{self, Points};
use perceptual::sound;
use perceptual::variants::{Cut, MATCH_RADIUS_BITS, Name};
use perceptual::video;

use crate::list::{self, Summary, Unreadable};
use crate::media::Wants;
use crate::moving::{self, Moving};
use crate::{Signal, file};

/// More hashes than this are put into an index, in a folder that goes with the bank.
const SCAN_MAX: usize = 100_000;

/// Kinds of digests, in the order in which they are made.
pub(crate) const DIGESTS: [SignalKind; 3] = [SignalKind::Sha256, SignalKind::Sha1, SignalKind::Md5];

/// Digests of no bytes: they would match every empty file.
const OF_NOTHING: [&str; 3] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "d41d8cd98f00b204e9800998ecf8427e",
];

/// What a match names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was compared: a digest or `pdq`.
    pub kind: SignalKind,
    /// The signal's value, hexadecimal.
    pub value: Box<str>,
    /// What people call it.
    pub label: Option<Box<str>>,
    /// The place of the bank's name in [`Bank::names`].
    pub bank: u16,
    /// What the bank's owner thinks of it.
    pub opinion: Opinion,
    /// The greatest distance of a match, bits.
    pub radius: u32,
}

/// A bank, ready to be asked by many at once.
pub struct Bank {
    /// Names of the banks within.
    pub names: Vec<String>,
    /// What can match.
    pub entries: Vec<Entry>,
    /// What was read.
    pub summary: Summary,
    /// Signals that were read and are not compared here, by kind, or `disputed`, or `flat` (a picture that shows too little).
    pub left_alone: BTreeMap<&'static str, u64>,
    digests: HashMap<(SignalKind, Box<str>), Vec<u32>>,
    /// For each hash of the list: the entry, and which cut of it.
    hashes: Vec<(u32, Name)>,
    near: Near,
    radius: u32,
    /// Entries that have points, in the order of `pictures`.
    with_points: Vec<u32>,
    pictures: Vec<Points>,
    points: points::Index,
    pub(crate) moving: Moving,
}

/// Hashes by nearness.
pub(crate) enum Near {
    Few(Scan),
    /// The folder goes when the index has gone.
    Many {
        index: Index,
        _folder: tempfile::TempDir,
    },
}

impl Near {
    /// Of hashes, which are known by their place in the order given.
    pub(crate) fn of(hashes: &[Hash256]) -> Result<Self, NoBank> {
        let values = (0..).zip(hashes.iter().map(|hash| hash.0));
        if hashes.len() <= SCAN_MAX {
            let mut scan = Scan::new();
            values.for_each(|(id, value)| {
                scan.insert(id, value);
            });
            return Ok(Self::Few(scan));
        }
        let folder = tempfile::Builder::new().prefix("renvoi-bank-").tempdir()?;
        Ok(Self::Many { index: Index::build(folder.path(), Profile::Fast, values)?, _folder: folder })
    }

    /// The places of all hashes within a distance, and how far each is; the nearest first.
    pub(crate) fn within(&self, hash: &Hash256, radius: u32) -> impl Iterator<Item = (usize, u32)> {
        let found: Vec<Neighbour> = match self {
            Self::Few(scan) => scan.within(&hash.0, radius),
            Self::Many { index, .. } => index.within(&hash.0, radius),
        };
        found.into_iter().filter_map(|near| Some((usize::try_from(near.id).ok()?, near.distance)))
    }
}

/// A hash of the list that is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearHash {
    /// Place in [`Bank::entries`].
    pub entry: u32,
    /// Which cut of the listed picture it is.
    pub listed: Name,
    /// Bits that differ.
    pub distance: u32,
}

/// Why there is no bank.
#[derive(Debug, thiserror::Error)]
pub enum NoBank {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The index of its hashes cannot be made.
    #[error("The index of the hashes: {0}")]
    Index(#[from] nearest::Error),
    /// The folder of the index cannot be made.
    #[error("The folder of the index: {0}")]
    Folder(#[from] std::io::Error),
}

/// What is gathered while lines are read.
#[derive(Default)]
struct Gathered {
    names: Vec<String>,
    entries: Vec<Entry>,
    left_alone: BTreeMap<&'static str, u64>,
    digests: HashMap<(SignalKind, Box<str>), Vec<u32>>,
    hashes: Vec<(u32, Name, Hash256)>,
    with_points: Vec<u32>,
    pictures: Vec<Points>,
    moving: moving::Gathered,
}

impl Bank {
    /// Reads a bank file or folder. Takes about 300 bytes a hash and 11 kB a picture with points.
    ///
    /// # Errors
    /// [`NoBank`].
    pub fn read(path: &Path) -> Result<Self, NoBank> {
        let mut gathered = Gathered::default();
        let summary = list::read(path, |signal| gathered.take(signal))?;
        let Gathered { names, entries, left_alone, digests, hashes, with_points, pictures, moving } =
            gathered;
        let radius = entries.iter().map(|entry| entry.radius).max().unwrap_or(0);
        let values: Vec<Hash256> = hashes.iter().map(|(_, _, hash)| *hash).collect();
        let near = Near::of(&values)?;
        let hashes = hashes.into_iter().map(|(entry, name, _)| (entry, name)).collect();
        let points = points::Index::of(&pictures);
        Ok(Self {
            names,
            entries,
            summary,
            left_alone,
            digests,
            hashes,
            near,
            radius,
            with_points,
            pictures,
            points,
            moving: moving.ready()?,
        })
    }

    /// What of videos and sounds is listed.
    #[must_use]
    pub fn wants(&self) -> Wants {
        self.moving.wants()
    }

    /// The name of an entry's bank.
    pub(crate) fn name(&self, entry: u32) -> &str {
        &self.names[usize::from(self.entries[entry as usize].bank)]
    }

    /// Whether any digest of this kind is listed.
    #[must_use]
    pub fn has(&self, kind: SignalKind) -> bool {
        match kind {
            SignalKind::Pdq => !self.hashes.is_empty() || !self.pictures.is_empty(),
            kind => self.digests.keys().any(|(other, _)| *other == kind),
        }
    }

    /// Whether pictures are listed by points.
    #[must_use]
    pub fn has_points(&self) -> bool {
        !self.pictures.is_empty()
    }

    /// Entries of a digest, given in lower-case hexadecimal digits.
    pub fn of_digest(&self, kind: SignalKind, digest: &str) -> &[u32] {
        self.digests.get(&(kind, digest.into())).map_or(&[], Vec::as_slice)
    }

    /// All hashes of the list within their distance of one, the nearest first.
    #[must_use]
    pub fn near(&self, hash: &Hash256) -> Vec<NearHash> {
        let near = self.near.within(hash, self.radius).filter_map(|(place, distance)| {
            let (entry, listed) = *self.hashes.get(place)?;
            Some(NearHash { entry, listed, distance })
        });
        near.filter(|near| near.distance <= self.entries[near.entry as usize].radius).collect()
    }

    /// The entries whose points may lie over those of a picture in its present position, with their points.
    pub fn over<'a>(&'a self, asked: &Points) -> impl Iterator<Item = (u32, &'a Points)> {
        let candidates = self.points.candidates(asked, usize::MAX).into_iter();
        candidates.map(|(n, _)| (self.with_points[n as usize], &self.pictures[n as usize]))
    }
}

impl Gathered {
    fn take(&mut self, signal: Signal) -> Result<(), String> {
        if signal.opinion == Opinion::Disputed {
            *self.left_alone.entry("disputed").or_default() += 1;
            return Ok(());
        }
        match signal.kind {
            SignalKind::Pdq => self.picture(signal),
            SignalKind::Video | SignalKind::Sound => self.moving(signal),
            kind if DIGESTS.contains(&kind) => {
                if OF_NOTHING.contains(&signal.value.as_str()) {
                    return Err("It is the digest of an empty file, and would match every one.".to_owned());
                }
                let key = (kind, signal.value.as_str().into());
                let entry = self.entry(signal)?;
                self.digests.entry(key).or_default().push(entry);
                Ok(())
            }
            kind => {
                *self.left_alone.entry(kind.word()).or_default() += 1;
                Ok(())
            }
        }
    }

    fn picture(&mut self, signal: Signal) -> Result<(), String> {
        let whole: Hash256 = signal.value.parse().map_err(|_| "The value is not a PDQ hash.".to_owned())?;
        let mut hashes = Vec::with_capacity(1 + signal.cuts.len());
        let flat = signal.quality.is_some_and(|quality| quality < MIN_MATCH_QUALITY);
        if !flat {
            hashes.push((Name::Whole, whole));
        }
        for cut in &signal.cuts {
            let cut: Cut = cut.parse().map_err(|not| {
                format!("The cut \"{}\" cannot be read: a cut {not}.", file::printable(cut))
            })?;
            hashes.push((cut.name, cut.hash));
        }
        let points = match &signal.points {
            None => None,
            Some(text) => {
                let bytes = STANDARD.decode(text).ok();
                let points = bytes.and_then(|bytes| Points::from_bytes(&bytes));
                Some(points.ok_or("The points cannot be read.")?)
            }
        };
        if hashes.is_empty() && points.is_none() {
            *self.left_alone.entry("flat").or_default() += 1;
            return Ok(());
        }
        let entry = self.entry(signal)?;
        self.hashes.extend(hashes.into_iter().map(|(name, hash)| (entry, name, hash)));
        if let Some(points) = points {
            self.with_points.push(entry);
            self.pictures.push(points);
        }
        Ok(())
    }

    /// A video or a sound.
    fn moving(&mut self, signal: Signal) -> Result<(), String> {
        let kind = signal.kind;
        let bytes = signal.print.as_ref().and_then(|print| STANDARD.decode(print).ok());
        let unreadable = || format!("The print of the {kind} cannot be read.");
        let bytes = bytes.ok_or_else(unreadable)?;
        if kind == SignalKind::Video {
            let listed = video::Listed::from_bytes(&bytes).ok_or_else(unreadable)?;
            let entry = self.entry(signal)?;
            self.moving.video(entry, listed);
        } else {
            let listed = sound::Listed::from_bytes(&bytes).ok_or_else(unreadable)?;
            let entry = self.entry(signal)?;
            self.moving.sound(entry, listed);
        }
        Ok(())
    }

    fn entry(&mut self, signal: Signal) -> Result<u32, String> {
        let bank = match self.names.iter().position(|name| *name == signal.bank) {
            Some(bank) => bank,
            None => {
                self.names.push(signal.bank);
                self.names.len() - 1
            }
        };
        let bank =
            u16::try_from(bank).map_err(|_| "More banks are named than can be told apart.".to_owned())?;
        let place = u32::try_from(self.entries.len()).map_err(|_| "The bank is too long.".to_owned())?;
        self.entries.push(Entry {
            kind: signal.kind,
            value: signal.value.into(),
            label: signal.label.map(Into::into),
            bank,
            opinion: signal.opinion,
            radius: match signal.kind {
                SignalKind::Pdq => signal.distance.unwrap_or(MATCH_RADIUS_BITS),
                _ => 0,
            },
        });
        Ok(place)
    }
}
