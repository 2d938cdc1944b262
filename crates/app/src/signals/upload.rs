//! Uploads of a provider against its closed lists (D16, docs/decisions/0022). What is found is shown to nobody and kept
//! nowhere: the duty contact hears the provider's own reference, and nothing of the content.
//!
//! Who hands an upload in hears the same, whatever was found. Between the comparison and the relay's word the reference
//! stands in a job, sealed; the job is gone when the relay took the letter.

use crate::flow::Job;
use crate::lookup::{Paces, start};
use crate::{Error, House, Result};
use connect::decoder::{MAX_FILE_BYTES, Want};
use connect::delivery::mail::{Letter, Mail, MailOutcome};
use domain::Refusal;
use domain::access::{Authorised, right};
use domain::bank::{ListClass, PDQ_QUALITY_MIN, SignalKind, may_enable};
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use md5::Md5;
use nearest::{Nearest, Scan};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Uploads of one person in a minute.
pub const PER_MINUTE_MAX: u32 = 6_000;
/// Longest reference of a provider, in characters.
const REFERENCE_MAX_CHARS: usize = 100;
/// A letter that the relay did not take is sent again after so many seconds, until it is taken.
const AGAIN_SECONDS: i64 = 300;

/// Pictures of closed lists by space, made again when the lists change, and how often people handed in.
#[derive(Default)]
pub struct Uploads {
    paces: Paces,
    listed: Mutex<HashMap<AgencyId, (i64, Arc<Listed>)>>,
}

/// The pictures of a space's closed lists.
#[derive(Default)]
struct Listed {
    pictures: Scan,
    /// Of each picture: its class and its bank's distance, bits of 256.
    of: Vec<(ListClass, u32)>,
    /// The greatest distance.
    widest: u32,
}

/// What the duty contact hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    reference: String,
    classes: BTreeSet<ListClass>,
    at: Timestamp,
}

/// Compares an upload with the closed lists of a provider. It says nothing about what was found.
pub async fn compare_upload(
    house: &House,
    space: &Authorised<AgencyId, right::CompareUploads>,
    (reference, file): (&str, Vec<u8>),
) -> Result<()> {
    let actor = space.actor();
    may_enable(actor.kind)?;
    let reference = reference.trim();
    let plain = reference.bytes().all(|byte| byte.is_ascii_graphic());
    if !(1..=REFERENCE_MAX_CHARS).contains(&reference.len()) || !plain {
        return Err(Error::Input(format!(
            "Give your own reference of the upload: 1 to {REFERENCE_MAX_CHARS} letters, digits and signs, no blanks."
        )));
    }
    if file.is_empty() || file.len() > MAX_FILE_BYTES {
        return Err(Error::Input(format!("Send a file of 1 byte to {} MiB.", MAX_FILE_BYTES >> 20)));
    }
    house.uploads.paces.count((actor.person, PER_MINUTE_MAX), house.clock.now())?;
    let space = *space.get();
    if store::closed::enabled(&house.db, space).await?.is_empty() {
        let why = "Such lists are off until two people of the provider enabled them.";
        return Err(Refusal::new("D16", "list_not_enabled", why).into());
    }
    if house.relay.is_none() {
        let why = "Nothing is compared while the duty contact cannot be reached: start the server with --relay host:port.";
        return Err(Refusal::new("D16", "no_duty_way", why).into());
    }
    let classes = found(house, space, file).await?;
    if classes.is_empty() {
        return Ok(());
    }
    let told = Told { reference: reference.to_owned(), classes, at: house.clock.now() };
    let sealed = hex::encode(house.db.keys.wrap(&serde_json::to_vec(&told)?)?);
    let mut tx = house.db.write(store::Lane::Person).await?;
    Job::TellDuty { agency: space, sealed }.enqueue(&mut tx, told.at).await?;
    Ok(tx.commit().await?)
}

/// Classes of the lists that hold a file: by its digests, and by its picture in all eight positions.
async fn found(house: &House, space: AgencyId, file: Vec<u8>) -> Result<BTreeSet<ListClass>> {
    let mut classes = BTreeSet::new();
    let digests = [
        (SignalKind::Sha256, hex::encode(Sha256::digest(&file))),
        (SignalKind::Sha1, hex::encode(Sha1::digest(&file))),
        (SignalKind::Md5, hex::encode(Md5::digest(&file))),
    ];
    for (kind, digest) in digests {
        let value = house.db.keys.digest(space, kind.word(), digest.as_bytes())?;
        classes.extend(store::closed::holding(&house.db, space, kind, &value).await?);
    }
    let listed = listed(house, space).await?;
    if listed.of.is_empty() || !connect::decoder::announces_picture(start(&file)) {
        return Ok(classes);
    }
    let decoded = match house.decoder.picture(file, Want { asked: true, ..Want::default() }).await {
        Ok(decoded) => decoded,
        // Its bytes were compared all the same.
        Err(error) if error.is_of_the_file() => return Ok(classes),
        Err(error) => return Err(Error::Remote(error.to_string())),
    };
    let forms = crate::recognise::forms(&decoded).into_iter();
    for (_, hash, _) in forms.filter(|(_, _, quality)| *quality >= PDQ_QUALITY_MIN) {
        for near in listed.pictures.within(&hash, listed.widest) {
            let of = usize::try_from(near.id).ok().and_then(|at| listed.of.get(at));
            classes.extend(of.filter(|(_, limit)| near.distance <= *limit).map(|(class, _)| *class));
        }
    }
    Ok(classes)
}

async fn listed(house: &House, space: AgencyId) -> Result<Arc<Listed>> {
    let generation = store::closed::generation(&house.db, space).await?;
    let held = house.uploads.listed.lock().unwrap_or_else(PoisonError::into_inner).get(&space).cloned();
    if let Some((_, listed)) = held.filter(|held| held.0 == generation) {
        return Ok(listed);
    }
    let mut listed = Listed::default();
    for (value, class, distance) in store::closed::pictures(&house.db, space).await? {
        let Some(picture) = crate::recognise::words(&value) else { continue };
        listed.pictures.insert(listed.of.len() as u64, picture);
        listed.of.push((class, distance));
        listed.widest = listed.widest.max(distance);
    }
    let listed = Arc::new(listed);
    let held = (generation, Arc::clone(&listed));
    house.uploads.listed.lock().unwrap_or_else(PoisonError::into_inner).insert(space, held);
    Ok(listed)
}

/// Sends the duty contact its letter; a relay that does not take it is asked again until it does.
pub async fn tell_duty(house: &House, agency: AgencyId, sealed: &str) -> Result<()> {
    let Err(why) = send(house, agency, sealed).await else { return Ok(()) };
    tracing::error!(%why, "the duty contact was not reached; it is tried again");
    let now = house.clock.now();
    let at = now.saturating_add(SignedDuration::from_secs(AGAIN_SECONDS)).unwrap_or(Timestamp::MAX);
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    Job::TellDuty { agency, sealed: sealed.to_owned() }.enqueue(&mut tx, at).await?;
    Ok(tx.commit().await?)
}

async fn send(house: &House, agency: AgencyId, sealed: &str) -> Result<()> {
    let bytes = hex::decode(sealed).map_err(|error| Error::Bug(error.to_string()))?;
    let told: Told = serde_json::from_slice(&house.db.keys.unwrap_secret(&bytes)?)?;
    let relay = house.relay.clone().ok_or_else(|| Error::Input("no mail relay is set".to_owned()))?;
    let desk =
        store::agency::get(&house.db, agency).await?.ok_or_else(domain::access::not_here)?.settings.mail;
    let letter =
        Letter { from: desk.clone(), to: vec![desk.clone()], message: letter(&desk, &told).into_bytes() };
    let mail = Mail::new(relay).map_err(|error| Error::Remote(error.to_string()))?;
    match mail.send(letter).await.map_err(|error| Error::Remote(error.to_string()))? {
        MailOutcome::Accepted { .. } => Ok(()),
        MailOutcome::RefusedForGood { reply } | MailOutcome::RefusedForNow { reply } => {
            Err(Error::Remote(reply))
        }
    }
}

/// RFC 5322, in English: the reference, which lists, when.
fn letter(desk: &str, told: &Told) -> String {
    let lists: Vec<&str> = told
        .classes
        .iter()
        .map(|class| match class {
            ListClass::ChildAbuse => "sexual abuse of children",
            ListClass::Intimate => "intimate images shared without consent",
            ListClass::Ordinary => "ordinary",
        })
        .collect();
    let date = told.at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let id = Uuid::now_v7();
    let host = desk.rsplit('@').next().unwrap_or("localhost");
    [
        format!("From: {desk}"),
        format!("To: {desk}"),
        format!("Date: {date}"),
        format!("Message-ID: <{id}@{host}>"),
        "Subject: An upload matches a closed list".to_owned(),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=us-ascii".to_owned(),
        String::new(),
        "For the duty contact.".to_owned(),
        String::new(),
        format!("Your reference: {}", told.reference),
        format!("List: {}", lists.join("; ")),
        format!("Compared: {} UTC", told.at.strftime("%Y-%m-%d %H:%M:%S")),
        String::new(),
        "A match is a reason to look. Nothing of the upload is kept here, and nobody else".to_owned(),
        "was told. Follow your own procedure; do not send the file on by mail.".to_owned(),
        String::new(),
    ]
    .join("\r\n")
}
