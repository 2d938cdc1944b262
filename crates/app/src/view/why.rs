//! Why an item was matched: the item and what it was compared with, side by side, as far as this machine holds both.
//!
//! A match is a reason to look, never a decision. Of most lists only fingerprints are held; then that is said.

use super::cluster::Media;
use super::matched::{self, Match, places};
use crate::recognise::{Drawn, How, Laid, nearest_to, over};
use crate::signals::{Clear, compared};
use crate::{House, Result};
use domain::access::{Authorised, RightType};
use domain::bank::{Opinion, Part, READ_IN_PICTURE, Sharing, SignalKind, SignalState};
use domain::cluster::Evidence;
use domain::event::Noun;
use domain::id::{AgencyId, ClusterId, SignalId, SubjectId};
use jiff::Timestamp;
use std::ops::Range;
use store::observation::Observation;
use store::subject::Subject;

/// Items that show the listed value and are looked at to find one whose file is here.
const HOLDERS_ASKED: i64 = 20;
/// Files of an item that are laid over the known one.
const FILES_ASKED: usize = 4;
/// Greatest distance at which a picture is drawn as the match, bits of 256; none is further apart.
const BITS: u32 = 256;

/// What an item is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// A signal of a bank that matched it.
    Signal(SignalId),
    /// What came first in its cluster.
    First,
}

/// One of the two sides.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// The item; none of a bare value.
    pub subject: Option<SubjectId>,
    /// Its address, or its host when the address was erased.
    pub address: String,
    /// When it was seen.
    pub seen_at: Option<Timestamp>,
    /// Its words.
    pub text: String,
    /// Their language.
    pub language: String,
    /// Bytes of the words that both sides share.
    pub shared: Vec<Range<usize>>,
    /// Its picture.
    pub media: Option<Media>,
    /// How that is drawn, and the part of it that the other side shows.
    pub drawn: Drawn,
    /// The value that agreed: an address, an account, a host, as the item has it.
    pub value: Option<String>,
}

/// What is held of the known side.
#[derive(Debug, Clone)]
pub enum Known {
    /// Another item that shows it.
    Held(Box<Side>),
    /// The value as its giver wrote it.
    Value(String),
    /// The file has the same bytes: what stands on the other side is the known one.
    Same,
    /// A fingerprint, and nothing else.
    Fingerprint,
}

/// What the list says of a signal.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The bank's name.
    pub bank: String,
    /// Who gave the bank.
    pub origin: String,
    /// Why it may be kept.
    pub legal_basis: String,
    /// How far it may be handed on.
    pub sharing: Sharing,
    /// What its owner thinks.
    pub opinion: Opinion,
    /// Where the signal stands.
    pub state: SignalState,
    /// What its giver says of it.
    pub label: Option<String>,
    /// Who put it on the list here; empty when nobody is known.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// When it matched this item.
    pub found_at: Timestamp,
}

/// A match or a copy, laid open.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The item's cluster.
    pub cluster: Option<ClusterId>,
    /// The item.
    pub item: Side,
    /// What it was compared with.
    pub known: Known,
    /// What was compared: a word of [`SignalKind`], or of [`Evidence`] between copies.
    pub kind: String,
    /// Distance and limit, where there is one.
    pub distance: Option<(u32, u32)>,
    /// Which form matched.
    pub variant: String,
    /// Which part of both agrees, of videos and sounds.
    pub part: Option<Part>,
    /// Places of both pictures that agree.
    pub places: Option<u32>,
    /// How much of the longer text both have, percent.
    pub share: Option<u32>,
    /// What the list says, of a signal.
    pub listed: Option<Listed>,
    /// Other signals that match the same item.
    pub others: Vec<Match>,
}

impl Compared {
    /// Whether both are the same, apart from the way they are written: not by distance, by a part, or by a machine's eyes.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        let measured = self.places.or(self.share).is_some() || self.distance.is_some() || self.part.is_some();
        !measured && self.variant != READ_IN_PICTURE
    }
}

/// Lays a match of an item open. The caller notes the read.
pub async fn why<R: RightType>(house: &House, item: &Authorised<Subject, R>, with: With) -> Result<Compared> {
    match with {
        With::Signal(signal) => of_signal(house, item.get(), signal).await,
        With::First => of_copy(house, item.get()).await,
    }
}

async fn of_signal(house: &House, subject: &Subject, id: SignalId) -> Result<Compared> {
    let found = store::matches::of_pair(&house.db, subject.key, id).await?;
    let found = found.ok_or_else(domain::access::not_here)?;
    let signal = store::signal::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let seen = store::observation::get(&house.db, found.observation).await?;
    let mut item = side(house, subject.space, (subject, seen.as_ref()))?;
    let clear = found.clear.as_deref().map(Clear::read).transpose()?;
    let near = found.why.kind == SignalKind::Pdq;
    let is_far = found.why.limit > 0;
    let known = match (found.why.kind, &clear) {
        (SignalKind::Sha256 | SignalKind::Sha1 | SignalKind::Md5, _) => Known::Same,
        (SignalKind::Term, Some(clear)) => {
            item.shared =
                places(&item.text, [(0, clear.value.as_str())]).into_iter().map(|hit| hit.1).collect();
            Known::Value(clear.value.clone())
        }
        // The value is the digest of a file that is not here.
        (SignalKind::Video | SignalKind::Sound, _) => Known::Fingerprint,
        (kind, Some(clear)) => {
            item.value = seen.as_ref().and_then(|seen| agreeing(house, subject, seen, (kind, &signal.value)));
            Known::Value(clear.value.clone())
        }
        (SignalKind::Pdq | SignalKind::Text, None) => {
            if near
                && let Some(media) = matched_file(house, subject.space, seen.as_ref(), &signal.value).await?
            {
                item.drawn.size = media.size.unwrap_or_default();
                item.media = Some(media);
            }
            let shown = (found.why.kind.word(), signal.value.as_slice());
            held(house, subject, (shown, seen.as_ref()), &mut item).await?
        }
        _ => Known::Fingerprint,
    };
    let others = matched::of_subject(house, subject.key).await?;
    Ok(Compared {
        cluster: store::cluster::of_subject(&house.db, subject.key).await?,
        item,
        known,
        kind: found.why.kind.word().to_owned(),
        distance: is_far.then_some((found.why.distance, found.why.limit)),
        variant: found.why.variant.clone(),
        part: found.why.part,
        places: None,
        share: None,
        listed: Some(listed(house, &found, &signal, clear).await?),
        others: others.into_iter().filter(|other| other.signal != id).collect(),
    })
}

/// What the bank says of a signal, and who brought it: the first import that was noted after it came.
async fn listed(
    house: &House,
    found: &store::matches::Shown,
    signal: &store::signal::Signal,
    clear: Option<Clear>,
) -> Result<Listed> {
    let bank = store::signal::get_bank(&house.db, signal.bank).await?.ok_or_else(domain::access::not_here)?;
    let imported = (Noun::Bank, bank.id.0, "imported");
    let imported = store::event::next_after(&house.db, imported, signal.id.0).await?;
    let by = match imported.as_ref().and_then(|event| event.actor) {
        Some(person) => super::name(house, person).await?,
        None => String::new(),
    };
    Ok(Listed {
        bank: bank.name,
        origin: bank.origin,
        legal_basis: bank.legal_basis,
        sharing: bank.sharing,
        opinion: bank.opinion,
        state: signal.state,
        label: clear.and_then(|clear| clear.label),
        by,
        at: imported.map(|event| event.at),
        found_at: found.found_at,
    })
}

/// Another item of the space that shows the listed value itself, laid over this one.
async fn held(
    house: &House,
    subject: &Subject,
    (shown, seen): ((&str, &[u8]), Option<&Observation>),
    item: &mut Side,
) -> Result<Known> {
    let of = (subject.space, subject.key);
    let holders = store::observation::that_show(&house.db, of, shown, HOLDERS_ASKED).await?;
    for holder in &holders {
        let Some(known) = store::subject::by_key(&house.db, holder.subject).await? else { continue };
        let mut side = side(house, subject.space, (&known, Some(holder)))?;
        let is_here = match shown.0 == SignalKind::Pdq.word() {
            true => side.media.as_ref().is_some_and(|media| media.preview.is_some()),
            false => !side.text.is_empty(),
        };
        if is_here {
            lay(house, subject.space, seen, (item, &mut side)).await?;
            return Ok(Known::Held(Box::new(side)));
        }
    }
    Ok(Known::Fingerprint)
}

/// The file of an item that a picture's hash is of.
async fn matched_file(
    house: &House,
    space: AgencyId,
    seen: Option<&Observation>,
    hash: &[u8],
) -> Result<Option<Media>> {
    let record = seen.and_then(|seen| seen.record.as_ref());
    let files = record.map(|record| record.media.as_slice()).unwrap_or_default();
    let at = nearest_to(house, space, (hash, files)).await?;
    at.and_then(|at| files.get(at)).map(|file| super::cluster::media(house, space, file)).transpose()
}

/// Lays both sides over each other: pictures, and words.
async fn lay(
    house: &House,
    space: AgencyId,
    seen: Option<&Observation>,
    (item, known): (&mut Side, &mut Side),
) -> Result<Option<(Option<u32>, Option<u32>)>> {
    (item.shared, known.shared) = text::near::shared(&item.text, &known.text);
    let listed = known.media.as_ref().and_then(|media| media.sha256.clone());
    let record = seen.and_then(|seen| seen.record.as_ref());
    let files = record.map(|record| record.media.as_slice()).unwrap_or_default();
    let Some(listed) = listed else { return Ok(None) };
    let mut best: Option<(u32, Laid, Media)> = None;
    for file in files.iter().filter(|file| !file.missing).take(FILES_ASKED) {
        let Some(asked) = &file.sha256 else { continue };
        let Some(laid) = over(house, space, (&listed, asked)).await? else { continue };
        // Points say more than hashes, and near hashes more than far ones.
        let weight = match laid.places {
            Some(places) => places + BITS,
            None => BITS - laid.distance.unwrap_or(BITS).min(BITS),
        };
        if best.as_ref().is_none_or(|best| weight > best.0) {
            best = Some((weight, laid, super::cluster::media(house, space, file)?));
        }
    }
    let Some((_, laid, media)) = best else { return Ok(None) };
    (item.media, item.drawn, known.drawn) = (Some(media), laid.asked, laid.listed);
    Ok(Some((laid.places, laid.distance)))
}

/// The value of the item that has the signal's digest.
fn agreeing(
    house: &House,
    subject: &Subject,
    seen: &Observation,
    (kind, digest): (SignalKind, &[u8]),
) -> Option<String> {
    let record = seen.record.as_ref();
    let handle = |who: &domain::observation::Handle| domain::subject::handle_key(&who.service, &who.handle);
    let own = subject.address.iter().cloned();
    let links = record.into_iter().flat_map(|record| record.links.iter().cloned());
    let handles =
        record.into_iter().flat_map(|record| record.author.iter().chain(&record.channel).map(handle));
    own.chain(links).chain(handles).find(|candidate| {
        compared(&house.db.keys, subject.space, kind, candidate, None).is_ok_and(|form| form.value == digest)
    })
}

fn side(house: &House, space: AgencyId, (subject, seen): (&Subject, Option<&Observation>)) -> Result<Side> {
    let record = seen.and_then(|seen| seen.record.as_ref());
    let files = record.map(|record| record.media.as_slice()).unwrap_or_default();
    let here = files.iter().find(|file| !file.missing && file.path.is_some() && file.sha256.is_some());
    let media = here.or(files.first()).map(|file| super::cluster::media(house, space, file)).transpose()?;
    let size = media.as_ref().and_then(|media| media.size).unwrap_or_default();
    Ok(Side {
        subject: Some(subject.id),
        address: subject.address.clone().unwrap_or_else(|| subject.service.clone()),
        seen_at: seen.map(|seen| seen.seen_at),
        text: record.map(|record| record.text.clone()).unwrap_or_default(),
        language: seen.map_or_else(|| "und".to_owned(), |seen| seen.language.clone()),
        shared: Vec::new(),
        media,
        drawn: Drawn { size, part: Vec::new() },
        value: None,
    })
}

/// An item beside what represents its cluster.
async fn of_copy(house: &House, subject: &Subject) -> Result<Compared> {
    let cluster = store::cluster::of_subject(&house.db, subject.key).await?;
    let cluster = cluster.ok_or_else(domain::access::not_here)?;
    let members = store::cluster::members(&house.db, cluster, crate::assess::MEMBERS_SHOWN).await?;
    let own = members.iter().find(|member| member.subject == subject.key);
    let own = own.ok_or_else(domain::access::not_here)?;
    let seen = store::observation::get(&house.db, own.observation).await?;
    let mut item = side(house, subject.space, (subject, seen.as_ref()))?;
    let how: How = serde_json::from_str(&own.how).unwrap_or_default();
    let first = members.iter().find(|member| member.evidence == Evidence::First).or(members.first());
    let mut known = Known::Same;
    let (mut places, mut laid_bits) = (how.places, None);
    if let Some(first) = first.filter(|first| first.subject != subject.key)
        && let Some(named) = store::subject::by_key(&house.db, first.subject).await?
    {
        let there = store::observation::get(&house.db, first.observation).await?;
        let mut side = side(house, subject.space, (&named, there.as_ref()))?;
        if let Some((agree, bits)) = lay(house, subject.space, seen.as_ref(), (&mut item, &mut side)).await? {
            (places, laid_bits) = (places.or(agree), bits);
        }
        known = Known::Held(Box::new(side));
    }
    let near = own.evidence == Evidence::NearPicture && places.is_none();
    let bits = u32::try_from(own.distance).ok().or(laid_bits).unwrap_or_default();
    Ok(Compared {
        cluster: Some(cluster),
        item,
        known,
        kind: own.evidence.word().to_owned(),
        distance: near.then_some((bits.min(BITS), domain::bank::PDQ_DISTANCE_BITS)),
        variant: how.variant,
        part: None,
        places,
        share: how.share,
        listed: None,
        others: matched::of_subject(house, subject.key).await?,
    })
}
