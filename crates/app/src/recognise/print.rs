//! Fingerprints of pictures in clusters: made once a file in the decoder's box, kept encrypted, compared with those of
//! representatives (docs/decisions/0014).

use super::settle::Ties;
use crate::{House, Result};
use connect::decoder::{Decoded, Want};
use domain::id::AgencyId;
use perceptual::Hash256;
use perceptual::pdq::{FORM_NAMES, MIN_MATCH_QUALITY};
use perceptual::points::{self, Alignment, Points};
use perceptual::variants::MATCH_RADIUS_BITS;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::observation::Observation;
use tokio::task::JoinSet;

/// From this share of plain areas on, percent, a picture looks like others that say something else: its copies are
/// joined by the same bytes only.
const PLAIN_PERCENT: u8 = 50;
/// A picture as plain as this, percent, is a flag or a mark: the same one under another text is another content.
const MARK_PERCENT: u8 = 80;
/// So is a plain picture with fewer points.
const MARK_POINTS: usize = 100;
/// Pictures with fewer points cannot be laid over one another; the whole hash speaks for them.
const FEW_POINTS: usize = 40;
/// So much of what both pictures show must agree for a copy to be joined, share of its squares. More than a match needs: a
/// person looks at a match, and nobody at what is joined. Two pictures of one event agree in 0.6, copies in 0.75 and more.
const JOIN_AGREEMENT: f32 = 0.7;
/// So near hashes need no points to agree, bits of 256.
const SURE_BITS: u32 = 10;
/// Files hashed at once.
const AT_ONCE: usize = 4;

/// A hash of a variant: its name, its quality, its positions.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Variant {
    name: String,
    quality: u8,
    /// Eight of a picture that asks, one of a picture for the list.
    hashes: Vec<[u64; 4]>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    plain: u8,
    asked: Vec<Variant>,
    listed: Vec<Variant>,
}

/// What copies of a picture are found by.
#[derive(Debug)]
pub(crate) struct Print {
    /// Keyed digest of the file's SHA-256.
    pub(super) digest: [u8; 32],
    head: Head,
    pub(super) points: Points,
}

/// How a copy was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct How {
    /// `original`, or its parts with `+` between them: `inset+crop-25`, `points+flip-x`; of texts `quoted` or `part`.
    pub variant: String,
    /// Of a text: how much of the longer one both have, percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<u32>,
    /// Places of the pictures that agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// Where the first picture's corners lie in the copy, clockwise from the top left, thousandths of its sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corners: Vec<(i32, i32)>,
}

impl Print {
    fn of(digest: [u8; 32], decoded: Decoded) -> Option<Self> {
        let words = |hashes: &[Hash256]| hashes.iter().map(|hash| *hash.words()).collect();
        let asked = decoded.asked.iter().map(|one| Variant {
            name: one.name.to_string(),
            quality: one.hashes.quality,
            hashes: words(&one.hashes.forms),
        });
        let listed = decoded.listed.iter().map(|one| Variant {
            name: one.name.to_string(),
            quality: one.pdq.quality,
            hashes: words(&[one.pdq.hash]),
        });
        let head = Head { plain: decoded.plain?, asked: asked.collect(), listed: listed.collect() };
        Some(Self { digest, head, points: decoded.points? })
    }

    fn to_bytes(&self) -> Result<Vec<u8>> {
        let head = serde_json::to_vec(&self.head)?;
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_be_bytes();
        Ok([&length[..], &head, &self.points.to_bytes()].concat())
    }

    /// `None` for bytes of another form.
    pub(super) fn from_bytes(digest: [u8; 32], bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (head, points) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        Some(Self { digest, head: serde_json::from_slice(head).ok()?, points: Points::from_bytes(points)? })
    }

    /// Mostly areas of one brightness: a flag, a mark, a sheet of words.
    pub(super) fn is_plain(&self) -> bool {
        self.head.plain >= PLAIN_PERCENT
    }

    /// A plain picture that says nothing by itself.
    pub(super) fn is_mark(&self) -> bool {
        self.head.plain >= MARK_PERCENT || (self.is_plain() && self.points.points.len() < MARK_POINTS)
    }

    /// What a list of representatives has of it: nothing of a plain picture.
    pub(super) fn listed(&self) -> impl Iterator<Item = [u64; 4]> + '_ {
        let good = |one: &&Variant| one.quality >= MIN_MATCH_QUALITY && !self.is_plain();
        self.head.listed.iter().filter(good).filter_map(|one| one.hashes.first().copied())
    }

    /// What it asks with: every variant in every position.
    pub(super) fn asked(&self) -> impl Iterator<Item = [u64; 4]> + '_ {
        let good = self.head.asked.iter().filter(|one| one.quality >= MIN_MATCH_QUALITY);
        good.flat_map(|one| one.hashes.iter().copied())
    }

    /// Whether the other one is a copy of this representative, how many bits apart, and how that is known. It is laid over
    /// it in the position that the hashes say, and in those given.
    pub(super) fn meets(&self, asked: &Print, forms: &[usize]) -> Option<(u32, How)> {
        if self.is_plain() {
            return None;
        }
        let near = self.nearest(asked);
        let form = near.as_ref().map(|(_, form, _)| *form);
        let forms = form.into_iter().chain(forms.iter().copied().filter(|other| Some(*other) != form));
        for form in forms {
            let joins = |aligned: &Alignment| aligned.is_match() && aligned.agreement >= JOIN_AGREEMENT;
            if let Some(aligned) = self.laid_over(asked, form).filter(joins) {
                return Some((near.map_or(0, |near| near.0), by_points(&aligned, form)));
            }
        }
        let (distance, _, variant) = near?;
        let few = self.points.points.len().min(asked.points.points.len()) < FEW_POINTS;
        let sure = distance <= SURE_BITS || (few && !asked.is_plain());
        sure.then(|| (distance, How { variant, ..How::default() }))
    }

    /// The best way to lay it over the other one in a position.
    pub(super) fn laid_over(&self, asked: &Print, form: usize) -> Option<Alignment> {
        let turned = asked.points.form(form);
        points::align(&self.points, &turned, points::pairs(&self.points, &turned))
    }

    /// The nearest hashes of both: bits, position, the names of the variants.
    pub(super) fn nearest(&self, asked: &Print) -> Option<(u32, usize, String)> {
        let good = |one: &&Variant| one.quality >= MIN_MATCH_QUALITY;
        let mut best: Option<(u32, usize, &str, &str)> = None;
        for one in asked.head.asked.iter().filter(good) {
            for (form, hash) in one.hashes.iter().enumerate() {
                for other in self.head.listed.iter().filter(good) {
                    let Some(value) = other.hashes.first() else { continue };
                    let distance = nearest::distance(value, hash);
                    if distance <= best.map_or(MATCH_RADIUS_BITS, |best| best.0.saturating_sub(1)) {
                        best = Some((distance, form, &one.name, &other.name));
                    }
                }
            }
        }
        let (distance, form, asked, listed) = best?;
        let mut parts: Vec<&str> = [asked, listed].into_iter().filter(|name| *name != "whole").collect();
        parts.dedup();
        if form != 0 {
            parts.push(FORM_NAMES.get(form)?);
        }
        let variant = if parts.is_empty() { "original".to_owned() } else { parts.join("+") };
        Some((distance, form, variant))
    }
}

fn by_points(aligned: &Alignment, form: usize) -> How {
    let position = FORM_NAMES.get(form).filter(|_| form != 0);
    let variant = position.map_or_else(|| "points".to_owned(), |name| format!("points+{name}"));
    let thousandths = |share: f32| (share * 1000.0).round().clamp(-9_999.0, 9_999.0) as i32;
    // Corners are those of the turned copy; of one that was turned they would mislead.
    let corners = if form == 0 { aligned.corners.to_vec() } else { Vec::new() };
    How {
        variant,
        share: None,
        places: Some(aligned.places),
        corners: corners.into_iter().map(|(x, y)| (thousandths(x), thousandths(y))).collect(),
    }
}

/// What is known of pictures, by the SHA-256 of their file.
pub(super) type Prints = HashMap<[u8; 32], Arc<Print>>;

/// Fingerprints of the files that observations show, by digest. Made of those whose bytes are at hand.
pub(super) async fn of(house: &House, space: AgencyId, observations: &[Observation]) -> Result<Prints> {
    let mut files = HashMap::new();
    for record in observations.iter().filter_map(|observation| observation.record.as_ref()) {
        for sha256 in
            record.media.iter().filter(|media| !media.missing).filter_map(|media| media.sha256.as_ref())
        {
            let sha256 = sha256.to_lowercase();
            files.insert(house.db.keys.digest(space, "sha256", sha256.as_bytes())?, sha256);
        }
    }
    let digests: Vec<[u8; 32]> = files.keys().copied().collect();
    let mut prints = HashMap::new();
    for (digest, bytes) in store::fingerprint::get(&house.db, space, &digests).await? {
        if let Some(print) = Print::from_bytes(digest, &bytes) {
            prints.insert(digest, Arc::new(print));
        }
    }
    files.retain(|digest, _| !prints.contains_key(digest));
    let made = make(house, space, files).await?;
    if !made.is_empty() {
        let mut bytes = Vec::with_capacity(made.len());
        for print in &made {
            bytes.push((print.digest, print.to_bytes()?));
        }
        let mut tx = house.db.write(store::Lane::Bulk).await?;
        store::fingerprint::put(&mut tx, space, bytes, house.clock.now()).await?;
        tx.commit().await?;
    }
    prints.extend(made.into_iter().map(|print| (print.digest, Arc::new(print))));
    Ok(prints)
}

async fn make(house: &House, space: AgencyId, files: HashMap<[u8; 32], String>) -> Result<Vec<Print>> {
    let want = Want { asked: true, listed: true, points: true, ..Want::default() };
    let (mut made, mut running) = (Vec::new(), JoinSet::new());
    let mut files = files.into_iter();
    loop {
        while running.len() < AT_ONCE
            && let Some((digest, sha256)) = files.next()
        {
            let Some(file) = house.blobs.get(space, &sha256)? else { continue };
            let decoder = Arc::clone(&house.decoder);
            running.spawn(async move { (digest, decoder.picture(file, want).await) });
        }
        let Some(done) = running.join_next().await else { return Ok(made) };
        match done? {
            (digest, Ok(decoded)) => made.extend(Print::of(digest, decoded)),
            (_, Err(error)) if error.is_of_the_file() => tracing::debug!(%error, "a file was not decoded"),
            (_, Err(error)) => return Err(crate::Error::Remote(error.to_string())),
        }
    }
}

/// Those of an item's pictures that are compared with others.
pub(super) fn compared(ties: &Ties) -> impl Iterator<Item = &Arc<Print>> {
    ties.prints.iter().filter(|print| !print.is_mark())
}
