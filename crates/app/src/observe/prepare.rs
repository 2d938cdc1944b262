//! A record made ready to be stored: its one address, digests of what of it can be recognised, who stands around it, and
//! the whole of it encrypted.

use crate::House;
use domain::id::AgencyId;
use domain::observation::{Audience, Handle, ItemKind, MediaRef, Record, SetAside};
use domain::subject::{EdgeKind, SubjectKind, handle_key};
use jiff::{SignedDuration, Timestamp};
use sha2::Digest as _;
use std::path::{Component, Path};
use store::intake::{NewObservation, NewSubject, Relevance};
use text::url_form::{Canonical, canonical};

/// Largest file beside an export that is read, in bytes.
const MEDIA_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Links, mentions and tags of one record that are kept as edges, each.
const EDGES_PER_KIND: usize = 1_000;

/// A record that is ready.
pub(super) struct Prepared {
    /// What is stored.
    pub(super) new: NewObservation,
    /// Files named.
    pub(super) media: u64,
    /// Who posted it, for counting.
    pub(super) account: Option<u64>,
    /// Where, for counting.
    pub(super) channel: Option<u64>,
    /// Addresses it links to, for counting.
    pub(super) links: Vec<u64>,
}

/// Where a record goes, and how it is kept.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) house: &'a House,
    pub(super) space: AgencyId,
    pub(super) relevance: Relevance,
    /// Folder of the files that records name.
    pub(super) folder: Option<&'a Path>,
    pub(super) now: Timestamp,
}

/// What is gathered of one record.
struct Gathered<'a> {
    task: Task<'a>,
    /// What can be recognised: kind, digest or value, quality.
    seen: Vec<(&'static str, Vec<u8>, u8)>,
    /// Accounts, channels, tags and addresses around it.
    others: Vec<(EdgeKind, NewSubject)>,
}

/// What a reason says of a record that the store refused.
fn fault(error: &store::Error) -> String {
    format!("It could not be stored: {error}. Hand the file in again.")
}

impl Task<'_> {
    /// Makes a record ready, or says where and why it is left out.
    pub(super) fn prepare(self, record: Record) -> Result<Prepared, SetAside> {
        let at = record.place.clone();
        self.made(record).map_err(|reason| SetAside { at, reason })
    }

    fn made(self, mut record: Record) -> Result<Prepared, String> {
        if let Some(folder) = self.folder {
            attach_media(self.house, self.space, &mut record, folder).map_err(|error| fault(&error))?;
        }
        let mut gathered = Gathered { task: self, seen: Vec::new(), others: Vec::new() };
        let (key, service) = match record.url.as_deref().map(canonical) {
            Some(Ok(url)) => {
                gathered.address(&url)?;
                record.url = Some(url.url.clone());
                (url.key().to_owned(), url.registrable)
            }
            Some(Err(bad)) => {
                return Err(format!(
                    "Its address cannot be used: {bad} Mend the address and hand it in again."
                ));
            }
            None => (format!("record:{}", record.key), record.service.clone()),
        };
        record.media.iter().try_for_each(|media| gathered.file(media))?;
        if let Some(key) = text::normal::normal(&record.text).exact_key() {
            let digest = self.digest("text", &key)?;
            gathered.seen.push(("text", digest.to_vec(), 0));
        }
        let (account, channel) = gathered.who(&record)?;
        gathered.named(&record, &service)?;
        let links = gathered.links(&record)?;
        for who in record.author.iter().chain(&record.channel).chain(&record.forwarded_from) {
            gathered.see("account", &address(who))?;
        }
        let (relevance, expires_at) = match self.relevance {
            Relevance::Submit => ("submitted", None),
            Relevance::Forget => ("held", Some(self.now)),
            Relevance::Hold { days } => {
                ("held", self.now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).ok())
            }
        };
        let body = serde_json::to_vec(&record).map_err(|error| error.to_string())?;
        let digest = self.digest("item", key.as_bytes())?;
        let new = NewObservation {
            record: self.digest("record", record.key.as_bytes())?,
            item: NewSubject { digest, kind: SubjectKind::Item, service, key },
            account: record.author.as_ref().map(|_| 0),
            others: gathered.others,
            sealed: self.house.db.keys.seal_document(&body).map_err(|error| fault(&error))?,
            kind: kind_word(record.kind),
            language: text::language::identify(&record.text).unwrap_or("und").to_owned(),
            audience: audience_word(record.audience),
            relevance,
            posted_at: record.posted_at.map(|time| time.at),
            expires_at,
            seen: gathered.seen,
        };
        Ok(Prepared { new, media: record.media.len() as u64, account, channel, links })
    }

    fn digest(self, kind: &str, value: &[u8]) -> Result<[u8; 32], String> {
        self.house.db.keys.digest(self.space, kind, value).map_err(|error| fault(&error))
    }
}

impl Gathered<'_> {
    /// By the digest of a value it is recognised.
    fn see(&mut self, kind: &'static str, value: &str) -> Result<(), String> {
        let digest = self.task.digest(kind, value.as_bytes())?;
        self.seen.push((kind, digest.to_vec(), 0));
        Ok(())
    }

    /// An address and its host.
    fn address(&mut self, url: &Canonical) -> Result<(), String> {
        self.see("url", url.key())?;
        self.see("host", &url.registrable)
    }

    /// A file, by what its source or its bytes say.
    fn file(&mut self, media: &MediaRef) -> Result<(), String> {
        for (kind, value) in [("sha256", &media.sha256), ("sha1", &media.sha1), ("md5", &media.md5)] {
            if let Some(value) = value {
                self.see(kind, &value.to_lowercase())?;
            }
        }
        let Some((hash, quality)) = &media.pdq else { return Ok(()) };
        if let (Some(sha256), true) = (&media.sha256, *quality < domain::bank::PDQ_QUALITY_MIN) {
            let flat = self.task.digest("sha256", sha256.to_lowercase().as_bytes())?;
            self.seen.push((crate::recognise::FLAT, flat.to_vec(), *quality));
        }
        if let Some(bytes) = hex::decode(hash).ok().filter(|bytes| bytes.len() == 32) {
            self.seen.push(("pdq", bytes, *quality));
        }
        Ok(())
    }

    /// Somebody or something stands around it; gives a number by which different ones are counted.
    fn join(&mut self, edge: EdgeKind, kind: SubjectKind, service: &str, key: String) -> Result<u64, String> {
        let digest = self.task.digest(kind.word(), key.as_bytes())?;
        self.others.push((edge, NewSubject { digest, kind, service: service.to_owned(), key }));
        Ok(u64::from_le_bytes(digest[..8].try_into().unwrap_or_default()))
    }

    /// Whoever posted it, and where. The author comes first of all that stands around it.
    fn who(&mut self, record: &Record) -> Result<(Option<u64>, Option<u64>), String> {
        let mut join = |edge, kind, who: &Option<Handle>| {
            who.as_ref().map(|who| self.join(edge, kind, &who.service, address(who))).transpose()
        };
        let account = join(EdgeKind::Posted, SubjectKind::Account, &record.author)?;
        let channel = join(EdgeKind::InChannel, SubjectKind::Channel, &record.channel)?;
        join(EdgeKind::ForwardedFrom, SubjectKind::Channel, &record.forwarded_from)?;
        Ok((account, channel))
    }

    /// Mentions and tags.
    fn named(&mut self, record: &Record, service: &str) -> Result<(), String> {
        for who in record.mentions.iter().take(EDGES_PER_KIND) {
            self.join(EdgeKind::Mentions, SubjectKind::Account, &who.service, address(who))?;
        }
        for tag in record.hashtags.iter().take(EDGES_PER_KIND) {
            let tag = format!("#{}", text::normal::normal(tag).text);
            self.join(EdgeKind::Tagged, SubjectKind::Site, service, tag)?;
        }
        Ok(())
    }

    /// Links that are addresses.
    fn links(&mut self, record: &Record) -> Result<Vec<u64>, String> {
        let mut links = Vec::new();
        for url in record.links.iter().take(EDGES_PER_KIND).filter_map(|link| canonical(link).ok()) {
            self.address(&url)?;
            links.push(self.join(
                EdgeKind::LinksTo,
                SubjectKind::Item,
                &url.registrable,
                url.key().to_owned(),
            )?);
        }
        Ok(links)
    }
}

fn address(who: &Handle) -> String {
    handle_key(&who.service, &who.handle)
}

/// Reads the files that the record names beside the export: inside the folder only, stored by digest.
fn attach_media(house: &House, space: AgencyId, record: &mut Record, folder: &Path) -> store::Result<()> {
    for media in &mut record.media {
        let Some(path) = &media.path else { continue };
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        let full = folder.join(path);
        let small = std::fs::symlink_metadata(&full)
            .is_ok_and(|meta| meta.is_file() && meta.len() <= MEDIA_MAX_BYTES);
        if !inside || !small {
            media.missing = true;
            continue;
        }
        let bytes = std::fs::read(&full).map_err(store::Error::io(&full))?;
        media.sha256 = Some(house.blobs.put(space, &bytes)?);
        media.sha1 = Some(hex::encode(sha1::Sha1::digest(&bytes)));
        media.md5 = Some(hex::encode(md5::Md5::digest(&bytes)));
        media.missing = false;
    }
    Ok(())
}

fn kind_word(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Post => "post",
        ItemKind::Video => "video",
        ItemKind::Image => "image",
        ItemKind::Audio => "audio",
        ItemKind::Document => "document",
    }
}

fn audience_word(audience: Audience) -> &'static str {
    match audience {
        Audience::Open => "open",
        Audience::AutoJoin => "auto_join",
        Audience::HumanAdmitted => "human_admitted",
        Audience::Private => "private",
        Audience::Unsure => "unsure",
    }
}
