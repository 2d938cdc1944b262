//! What the providers know and remember while a world runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::behaviour::Action;
use super::envelope::Envelope;
use super::httpsig::Nonces;
use super::jws;
use super::truth::Seen;
use crate::Error;
use crate::make::item_key;
use crate::model::{FORMAT_VERSION, Post, Reappears, Service, Truth, Will, World};

/// Everything that the listeners share.
pub(crate) struct Shared {
    pub(crate) dir: PathBuf,
    pub(crate) world: World,
    /// Signing key of each service, in the order of the manifest.
    pub(crate) keys: Vec<SigningKey>,
    inner: Mutex<Inner>,
}

/// What changes.
pub(crate) struct Inner {
    pub(crate) now: Timestamp,
    pub(crate) items: Vec<Item>,
    pub(crate) by_key: HashMap<String, usize>,
    /// What falls due, in order; the number keeps the order of those due together.
    pub(crate) agenda: BTreeMap<(Timestamp, u64), Action>,
    pub(crate) sequence: u64,
    pub(crate) messages: Vec<Message>,
    pub(crate) by_id: HashMap<(usize, String), usize>,
    pub(crate) attempts: HashMap<(usize, String), u32>,
    pub(crate) nonces: Nonces,
    /// Next log index of each service.
    pub(crate) log_index: Vec<u64>,
    pub(crate) outbox: Vec<Outgoing>,
    pub(crate) mails: Vec<MailSeen>,
    pub(crate) reappeared: usize,
    /// Accounts and channels that their service suspended.
    pub(crate) suspended: BTreeSet<(usize, String)>,
    pub(crate) refused: BTreeMap<String, usize>,
    pub(crate) seen: Seen,
}

/// One item on a service.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) url: String,
    pub(crate) service: usize,
    pub(crate) post: Post,
    pub(crate) will: Will,
    pub(crate) reappears: Option<Reappears>,
    pub(crate) gone_at: Option<Timestamp>,
    /// When it appeared during the play; nothing for items that were there before.
    pub(crate) appeared_at: Option<Timestamp>,
}

/// One message received and kept.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) service: usize,
    pub(crate) envelope: Envelope,
    pub(crate) digest: String,
    /// The receipt, byte for byte.
    pub(crate) receipt: Vec<u8>,
    /// `rxp` or `mail`.
    pub(crate) channel: &'static str,
    pub(crate) items: Vec<MessageItem>,
    /// Id of the question that waits for information.
    pub(crate) question: Option<String>,
}

/// An item of a referral or notice.
#[derive(Debug, Clone)]
pub(crate) struct MessageItem {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) key: String,
    pub(crate) item: Option<usize>,
    /// Handle, when an account or channel is referred.
    pub(crate) holder: Option<String>,
    /// Final answer given.
    pub(crate) answer: Option<String>,
    pub(crate) withdrawn: bool,
}

/// A message of a provider on its way.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) service: usize,
    pub(crate) to: String,
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) digest: String,
    /// The referral that it answers, as a place in `messages`.
    pub(crate) about: usize,
    /// Places in that message's items that get their final answer by this.
    pub(crate) finals: Vec<usize>,
    pub(crate) acknowledged: bool,
    pub(crate) attempts: u32,
}

/// One mail received.
#[derive(Debug, Clone)]
pub(crate) struct MailSeen {
    pub(crate) message_id: String,
    pub(crate) to: String,
    /// Id of the message that it carried, when its signature was good.
    pub(crate) carried: Option<String>,
}

impl Shared {
    /// Reads a world that `make` wrote.
    pub(crate) fn load(dir: &Path) -> Result<Self, Error> {
        let world: World = read_json(&dir.join("world.json"))?;
        if world.version != FORMAT_VERSION {
            let reason = format!("version {} is not {FORMAT_VERSION}: make the world again", world.version);
            return Err(Error::File { place: dir.join("world.json").display().to_string(), reason });
        }
        let truth: Truth = read_json(&dir.join("truth.json"))?;
        let posts: Vec<Post> = read_lines(&dir.join("posts.ndjson"))?;
        let place: HashMap<&str, usize> =
            world.services.iter().enumerate().map(|(n, s)| (s.host.as_str(), n)).collect();
        let mut inner = Inner::empty(&world, Seen::open(dir)?);
        for (post, item) in posts.into_iter().zip(truth.items) {
            let service = place.get(item.service.as_str()).copied().unwrap_or(0);
            inner.add(Item {
                key: item_key(&item.url).unwrap_or_default(),
                url: item.url,
                service,
                post,
                will: item.will,
                reappears: item.reappears,
                gone_at: None,
                appeared_at: None,
            });
        }
        let label = format!("renvoi world {} key", world.seed);
        let keys = world.services.iter().map(|s| jws::key_of(&label, &s.host)).collect();
        Ok(Self { dir: dir.to_owned(), world, keys, inner: Mutex::new(inner) })
    }

    /// The changing part. A panic elsewhere does not stop the world.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The service of a host name, with or without port, `m.` or `www.`.
    pub(crate) fn service_of(&self, host: &str) -> Option<usize> {
        let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
        let bare = host.strip_prefix("m.").or_else(|| host.strip_prefix("www.")).unwrap_or(&host);
        self.world.services.iter().position(|s| s.host == bare)
    }

    /// The item at an address.
    pub(crate) fn item_of(&self, url: &str) -> Option<usize> {
        self.lock().by_key.get(&item_key(url)?).copied()
    }

    pub(crate) fn service(&self, n: usize) -> &Service {
        &self.world.services[n]
    }
}

impl Inner {
    fn empty(world: &World, seen: Seen) -> Self {
        Self {
            now: world.start_at,
            items: Vec::new(),
            by_key: HashMap::new(),
            agenda: BTreeMap::new(),
            sequence: 0,
            messages: Vec::new(),
            by_id: HashMap::new(),
            attempts: HashMap::new(),
            nonces: Nonces::default(),
            log_index: vec![0; world.services.len()],
            outbox: Vec::new(),
            mails: Vec::new(),
            reappeared: 0,
            suspended: BTreeSet::new(),
            refused: BTreeMap::new(),
            seen,
        }
    }

    /// Puts an item on its service.
    pub(crate) fn add(&mut self, item: Item) -> usize {
        let at = self.items.len();
        self.by_key.insert(item.key.clone(), at);
        self.items.push(item);
        at
    }
}

/// A UUIDv7 that depends on nothing but the time and the parts.
pub(crate) fn id_of(at: Timestamp, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut random = [0u8; 10];
    random.copy_from_slice(&hash.finalize()[..10]);
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
}

/// RFC 3339, UTC, milliseconds (RXP-09.09).
pub(crate) fn wire_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let bytes = fs::read(path).map_err(Error::io(path.display()))?;
    serde_json::from_slice(&bytes)
        .map_err(|e| Error::File { place: path.display().to_string(), reason: e.to_string() })
}

fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = fs::read_to_string(path).map_err(Error::io(path.display()))?;
    let parse = |(n, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|e| Error::File {
            place: format!("{} line {}", path.display(), n + 1),
            reason: e.to_string(),
        })
    };
    text.lines().enumerate().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_times_on_the_wire() {
        let at = crate::make::start_at();
        assert_eq!(wire_time(at), "2027-04-25T06:00:00.000Z");
        let id = id_of(at, &["a", "b"]);
        assert_eq!(id, id_of(at, &["a", "b"]));
        assert_ne!(id, id_of(at, &["ab"]));
        assert_eq!(uuid::Uuid::parse_str(&id).map(|u| u.get_version_num()), Ok(7));
    }
}
