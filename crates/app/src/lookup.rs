//! Lookup by program: which signals hold a value, or what a file comes to (D10, D16).
//!
//! In: a signal type and its value, or the bytes of a file; out: matches by bank with distance and reason. Who asks has
//! the right to search, gives a reason that is kept with the read, and asks so often in a minute at most. A match is a
//! reason to look, never a decision. Closed lists are never asked: their values are no signals.

use crate::hash::Content;
use crate::signals::compared;
use crate::{Error, House, Result};
pub use connect::decoder::MAX_FILE_BYTES as FILE_MAX_BYTES;
use connect::decoder::Want;
use domain::Refusal;
use domain::access::{Authorised, right};
use domain::bank::{Opinion, PDQ_QUALITY_MIN, PICTURE_FORMS, SignalKind, Why};
use domain::event::Noun;
use domain::id::{AgencyId, PersonId, SignalId};
use domain::reads::Operation;
use jiff::Timestamp;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// Lookups of one person in a minute.
pub const PER_MINUTE_MAX: u32 = 600;
/// People whose lookups are counted at once.
const COUNTED_MAX: usize = 10_000;
/// Matches of one value; a value with more is too wide.
const MATCHES_MAX: usize = 200;
/// Longest value, in bytes.
const VALUE_MAX_BYTES: usize = 64 * 1024;
/// Longest text in a file, in bytes.
const TEXT_MAX_BYTES: usize = 4 << 20;
/// What announces a picture stands in so many first bytes.
const START_BYTES: usize = 64;
/// What is asked.
#[derive(Debug)]
pub enum Question {
    /// A value of a kind.
    Value(SignalKind, String),
    /// What a file is said to be, and its bytes; a picture is decoded in the box (D19).
    File(Content, Vec<u8>),
}

/// One signal that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its number inside, which programs of the field ask for.
    pub key: i64,
    /// Its id.
    pub id: SignalId,
    /// Bank, opinion, distance, limit, variant and the sentence.
    pub why: Why,
}

/// What is known, by kind. Kinds that were asked and not found are there and empty.
pub type Answer = BTreeMap<SignalKind, Vec<Hit>>;

/// How often people asked in this minute.
#[derive(Default)]
pub struct Paces(Mutex<HashMap<PersonId, (i64, u32)>>);

impl Paces {
    /// Counts one lookup, or refuses it.
    pub(crate) fn count(&self, (person, most): (PersonId, u32), now: Timestamp) -> Result<(), Refusal> {
        let minute = now.as_second().div_euclid(60);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= COUNTED_MAX {
            counts.retain(|_, (of, _)| *of == minute);
        }
        let count = counts.entry(person).or_insert((minute, 0));
        if count.0 != minute {
            *count = (minute, 0);
        }
        if count.1 >= most {
            return Err(Refusal::new(
                "D16",
                "too_many",
                format!(
                    "More than {most} questions in a minute. Wait for the next one, or screen a bank file."
                ),
            ));
        }
        count.1 += 1;
        Ok(())
    }
}

/// Asks, within one space, of all banks or of those with the names.
pub async fn ask(
    house: &House,
    space: &Authorised<AgencyId, right::Search>,
    question: Question,
    banks: Option<&BTreeSet<String>>,
    reason: Option<&str>,
) -> Result<Answer> {
    admit(house, space, reason).await?;
    let space = *space.get();
    if let Some(banks) = banks {
        all_there(house, space, banks).await?;
    }
    let mut found = Found::new();
    match question {
        Question::Value(_, value) if value.len() > VALUE_MAX_BYTES => {
            return Err(Error::Input(format!("Ask with at most {VALUE_MAX_BYTES} bytes.")));
        }
        Question::Value(SignalKind::Pdq, value) => {
            let hash =
                compared(&house.db.keys, space, SignalKind::Pdq, &value, None).map_err(Error::Input)?;
            let form = crate::recognise::words(&hash.value)
                .ok_or_else(|| Error::Bug("a PDQ of 32 bytes".to_owned()))?;
            near(house, space, &[(PICTURE_FORMS[0].0, form)], &mut found).await?;
        }
        Question::Value(SignalKind::Term, text) => {
            let matcher = house.matchers.of(house, space).await?;
            let terms = matcher.terms_in(&text).into_iter().map(|key| (key, (0, "normalised".to_owned())));
            found.entry(SignalKind::Term).or_default().extend(terms);
        }
        Question::Value(SignalKind::Tlsh, value) => {
            let asked =
                value.trim().parse().map_err(|bad: text::tlsh::BadTlsh| Error::Input(bad.to_string()))?;
            near_texts(house, space, &asked, &mut found).await?;
        }
        Question::Value(kind, value) => {
            equal(house, space, (kind, &value), &mut found).await?;
        }
        Question::File(content, bytes) => of_file(house, space, (content, bytes), &mut found).await?,
    }
    shown(house, found, banks).await
}

/// A bank that is not there would read as one without a match.
async fn all_there(house: &House, space: AgencyId, wanted: &BTreeSet<String>) -> Result<()> {
    let banks = store::signal::banks(&house.db, space).await?;
    match wanted.iter().find(|name| banks.iter().all(|bank| bank.name != **name)) {
        Some(name) => Err(Error::Input(format!(
            "There is no bank \"{name}\" here. Ask with names of banks as GET /api/v1/banks gives them, or without any for all."
        ))),
        None => Ok(()),
    }
}

/// Counts a question of a program and logs it with its reason, or refuses it.
pub(crate) async fn admit(
    house: &House,
    space: &Authorised<AgencyId, right::Search>,
    reason: Option<&str>,
) -> Result<()> {
    let actor = space.actor();
    let reason = domain::reads::reason(reason.or(actor.read_reason.as_deref()).unwrap_or_default())?;
    let now = house.clock.now();
    house.lookups.count((actor.person, PER_MINUTE_MAX), now)?;
    let read = store::person::Read {
        agency: actor.agency,
        person: actor.person,
        at: now,
        operation: Operation::Consultation,
        noun: Noun::Bank,
        of: space.get().0,
        reason: &reason,
    };
    Ok(store::person::log_read(&house.db, read).await?)
}

/// The first bytes of a file, in which what announces a picture stands.
pub(crate) fn start(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(START_BYTES)]
}

/// Signals by kind: distance and which form.
type Found = BTreeMap<SignalKind, BTreeMap<i64, (u32, String)>>;

async fn equal(
    house: &House,
    space: AgencyId,
    (kind, value): (SignalKind, &str),
    found: &mut Found,
) -> Result<()> {
    let value = compared(&house.db.keys, space, kind, value, None).map_err(Error::Input)?;
    let keys = store::signal::holding(&house.db, space, kind, &value.value).await?;
    found.entry(kind).or_default().extend(keys.into_iter().map(|key| (key, (0, "normalised".to_owned()))));
    Ok(())
}

/// The digests of a file, and its picture when it is one. What is said to be a picture and is none is refused: an answer
/// without its PDQ would read as no match.
async fn of_file(
    house: &House,
    space: AgencyId,
    (content, bytes): (Content, Vec<u8>),
    found: &mut Found,
) -> Result<()> {
    if bytes.is_empty() || bytes.len() > FILE_MAX_BYTES {
        return Err(Error::Input(format!("Ask with a file of 1 byte to {} MiB.", FILE_MAX_BYTES >> 20)));
    }
    let digests = [
        (SignalKind::Sha256, hex::encode(Sha256::digest(&bytes))),
        (SignalKind::Sha1, hex::encode(Sha1::digest(&bytes))),
        (SignalKind::Md5, hex::encode(Md5::digest(&bytes))),
    ];
    for (kind, digest) in &digests {
        equal(house, space, (*kind, digest), found).await?;
    }
    if content == Content::Text {
        return of_text(house, space, crate::hash::words(&bytes)?, found).await;
    }
    if !connect::decoder::announces_picture(start(&bytes)) {
        return if content == Content::Picture { Err(no_picture()) } else { Ok(()) };
    }
    let want = Want { asked: true, ..Want::default() };
    let decoded = match house.decoder.picture(bytes, want).await {
        Ok(decoded) => decoded,
        Err(error) if error.is_of_the_file() && content == Content::Picture => {
            return Err(Error::Input(error.to_string()));
        }
        // Its bytes were compared all the same.
        Err(error) if error.is_of_the_file() => return Ok(()),
        Err(error) => return Err(Error::Remote(error.to_string())),
    };
    let forms = crate::recognise::forms(&decoded).into_iter();
    let good = forms.filter(|(_, _, quality)| *quality >= PDQ_QUALITY_MIN);
    let forms: Vec<(&str, [u64; 4])> = good.map(|((word, _), hash, _)| (word, hash)).collect();
    if forms.is_empty() { Ok(()) } else { near(house, space, &forms, found).await }
}

/// A text as a whole, and by its TLSH.
async fn of_text(house: &House, space: AgencyId, text: &str, found: &mut Found) -> Result<()> {
    if text.len() > TEXT_MAX_BYTES {
        let said =
            format!("Ask with a text of at most {} MiB, or as a file of another kind.", TEXT_MAX_BYTES >> 20);
        return Err(Error::Input(said));
    }
    found.entry(SignalKind::Text).or_default();
    // One that says too little to be listed is no match of anything.
    if compared(&house.db.keys, space, SignalKind::Text, text, None).is_ok() {
        equal(house, space, (SignalKind::Text, text), found).await?;
    }
    found.entry(SignalKind::Tlsh).or_default();
    match text::tlsh::Tlsh::of(text.as_bytes()) {
        Some(asked) => near_texts(house, space, &asked, found).await,
        None => Ok(()),
    }
}

/// Listed texts whose TLSH is near.
async fn near_texts(
    house: &House,
    space: AgencyId,
    asked: &text::tlsh::Tlsh,
    found: &mut Found,
) -> Result<()> {
    let near = house.matchers.of(house, space).await?.words.near(asked);
    let near = near.into_iter().map(|(key, distance)| (key, (distance, "original".to_owned())));
    found.entry(SignalKind::Tlsh).or_default().extend(near);
    Ok(())
}

/// What is said of a file in the field of pictures that is none.
pub(crate) fn no_picture() -> Error {
    Error::Input(
        "The file is no JPEG, PNG, GIF or WebP. Send it in the field file to have its digests.".to_owned(),
    )
}

/// Pictures near one of the forms; the first is the picture itself. The nearest form counts.
async fn near(
    house: &House,
    space: AgencyId,
    forms: &[(&'static str, [u64; 4])],
    found: &mut Found,
) -> Result<()> {
    let matcher = house.matchers.of(house, space).await?;
    let pictures = found.entry(SignalKind::Pdq).or_default();
    let hashes: Vec<[u64; 4]> = forms.iter().map(|(_, hash)| *hash).collect();
    for near in matcher.near(house, &hashes).await? {
        let Some((form, _)) = forms.get(near.place) else { continue };
        if pictures.get(&near.signal).is_none_or(|held| near.distance < held.0) {
            pictures.insert(near.signal, (near.distance, near.variant(form)));
        }
    }
    Ok(())
}

async fn shown(house: &House, found: Found, banks: Option<&BTreeSet<String>>) -> Result<Answer> {
    let keys: Vec<i64> = found.values().flat_map(|signals| signals.keys().copied()).collect();
    let mut whys: HashMap<i64, Why> = store::matches::whys(&house.db, &keys).await?.into_iter().collect();
    let ids = store::signal::ids(&house.db, &keys).await?;
    let mut answer = Answer::new();
    for (kind, signals) in found {
        let hits = answer.entry(kind).or_default();
        for (key, (distance, variant)) in signals {
            let (Some(mut why), Some(id)) = (whys.remove(&key), ids.get(&key)) else { continue };
            if banks.is_some_and(|banks| !banks.contains(&why.bank)) {
                continue;
            }
            (why.distance, why.variant) = (distance, variant);
            hits.push(Hit { key, id: *id, why });
        }
        hits.sort_by_key(|hit| (hit.why.distance, hit.key));
        hits.truncate(MATCHES_MAX);
    }
    Ok(answer)
}

/// Whether a negative bank is among them: then the others are no reason to look.
#[must_use]
pub fn is_suppressed(answer: &Answer) -> bool {
    answer.values().flatten().any(|hit| hit.why.opinion == Opinion::Negative)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn lookups_are_counted_by_person_and_minute() {
        let (paces, one, other) = (Paces::default(), PersonId(Uuid::nil()), PersonId(Uuid::max()));
        let now: Timestamp = "2026-03-04T05:06:07Z".parse().unwrap();
        for _ in 0..PER_MINUTE_MAX {
            paces.count((one, PER_MINUTE_MAX), now).unwrap();
        }
        assert_eq!(paces.count((one, PER_MINUTE_MAX), now).unwrap_err().code, "too_many");
        assert!(paces.count((other, PER_MINUTE_MAX), now).is_ok());
        assert!(paces.count((one, PER_MINUTE_MAX), now + jiff::SignedDuration::from_secs(60)).is_ok());
    }
}
