//! Reads what is posted in the agency's own approved content, and finds the identifiers that money is sent to.
//!
//! Only items that an approved assessment names count: a copy that joined their content later, and that nobody looked at, may
//! be press, counter-speech or a warning with another account in it. So is left out what was taken back, and what is older
//! than 90 days. Texts are read and dropped; what stays in memory are posts that hold an identifier.

use crate::{House, Result};
use domain::analysis::since;
use domain::id::{AgencyId, ClusterId};
use jiff::Timestamp;
use network::money::{Found, Use, find};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::network::Post;
use text::identifier::{Identifier, Kind, money};
use uuid::Uuid;

/// Clusters that are read; the newest count.
const CLUSTERS_MAX: i64 = 200_000;
/// Clusters that are read at once.
const CLUSTERS_AT_ONCE: usize = 200;
/// Posts whose texts are read.
const POSTS_MAX: usize = 1_000_000;
/// Records whose texts are in memory at once.
const TEXTS_AT_ONCE: usize = 2_000;
/// Links of one record that are read beside its text.
const LINKS_MAX: usize = 1_000;

/// What an identifier is, and how it is written.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Its id in addresses of pages and in the log: a keyed digest, so that neither holds the identifier.
    pub(super) id: Uuid,
    pub(super) kind: Kind,
    pub(super) value: String,
    /// A checksum was there in one of its posts, and held.
    pub(super) checked: bool,
}

/// A post that holds an identifier.
#[derive(Debug, Clone)]
pub(super) struct Posted {
    pub(super) at: Timestamp,
    /// The item's inside key.
    pub(super) item: i64,
    /// The account's inside key.
    pub(super) account: Option<i64>,
    pub(super) content: ClusterId,
    /// The item's registrable host: a place in [`Money::services`].
    pub(super) service: u32,
}

/// What was left out of the agency's own approved content, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Posts that are older than 90 days.
    pub old: u64,
    /// Posts of items that joined an approved content and are not approved themselves, or were taken back.
    pub unapproved: u64,
    /// Posts whose text was erased.
    pub erased: u64,
    /// Identifiers with a checksum by their kind that nobody wrote with it: they may be something else.
    pub unchecked: u64,
    /// There is more than is read; the newest content counts.
    pub cut: bool,
}

/// Identifiers of a space that money is sent to.
#[derive(Debug)]
pub struct Money {
    pub(super) made_at: Timestamp,
    pub(super) known: Vec<Known>,
    pub(super) posts: Vec<Posted>,
    pub(super) services: Vec<String>,
    /// Each with the place of its post.
    pub(super) uses: Vec<(Use, u32)>,
    /// Those that stand, the most accounts with contents of their own first.
    pub(super) found: Vec<Found>,
    pub(super) left_out: LeftOut,
}

/// Reads a space. The caller has checked space, right and opening.
pub(super) async fn read(house: Arc<House>, space: AgencyId) -> Result<Money> {
    let now = house.clock.now();
    let (clusters, mut gathered) =
        (store::network::clusters(&house.db, space, CLUSTERS_MAX).await?, Gathered::default());
    gathered.left_out.cut = clusters.len() as i64 == CLUSTERS_MAX;
    let mut room = POSTS_MAX;
    for chunk in clusters.chunks(CLUSTERS_AT_ONCE) {
        if room == 0 {
            gathered.left_out.cut = true;
            break;
        }
        let limit = i64::try_from(room).unwrap_or(i64::MAX);
        let posts = store::network::posts(&house.db, space, chunk, limit).await?;
        room = room.saturating_sub(posts.len());
        let approved = store::network::approved(&house.db, space, chunk).await?;
        let posts = gathered.that_count(posts, &approved, since(now));
        for some in posts.chunks(TEXTS_AT_ONCE) {
            gathered.add(&house, space, some).await?;
        }
    }
    Ok(tokio::task::spawn_blocking(move || gathered.reckoned(now)).await?)
}

/// What was found so far.
#[derive(Default)]
struct Gathered {
    known: Vec<Known>,
    places: HashMap<(Kind, String), u32>,
    services: Vec<String>,
    service_places: HashMap<String, u32>,
    /// The earliest post of each identifier and item.
    firsts: HashMap<(u32, i64), Posted>,
    left_out: LeftOut,
}

impl Gathered {
    fn that_count(&mut self, posts: Vec<Post>, approved: &BTreeSet<i64>, since: Timestamp) -> Vec<Post> {
        let mut count = Vec::new();
        for post in posts {
            if post.at <= since {
                self.left_out.old += 1;
            } else if approved.contains(&post.item) {
                count.push(post);
            } else {
                self.left_out.unapproved += 1;
            }
        }
        count
    }

    /// Reads the texts of some posts.
    async fn add(&mut self, house: &Arc<House>, space: AgencyId, posts: &[Post]) -> Result<()> {
        let keys: Vec<i64> = posts.iter().map(|post| post.observation).collect();
        let records = store::observation::by_keys(&house.db, &keys).await?;
        let read = tokio::task::spawn_blocking(move || {
            let in_one = |found: store::observation::Observation| {
                let record = found.record?;
                let links = record.links.iter().take(LINKS_MAX).map(String::as_str);
                Some((found.key, found.service, money(&record.text, links)))
            };
            records.into_iter().filter_map(in_one).collect::<Vec<_>>()
        });
        let mut read: HashMap<i64, (String, Vec<Identifier>)> =
            read.await?.into_iter().map(|(key, service, found)| (key, (service, found))).collect();
        for post in posts {
            let Some((service, found)) = read.remove(&post.observation) else {
                self.left_out.erased += 1;
                continue;
            };
            for identifier in found {
                let digest = |value: &[u8]| house.db.keys.digest(space, "money", value);
                let place = self.place(identifier, digest)?;
                self.keep(place, post, &service);
            }
        }
        Ok(())
    }

    /// The place of an identifier, a new one when it is new.
    fn place(&mut self, found: Identifier, digest: impl Fn(&[u8]) -> store::Result<[u8; 32]>) -> Result<u32> {
        let key = (found.kind, found.value);
        if let Some(place) = self.places.get(&key) {
            self.known[*place as usize].checked |= found.verified;
            return Ok(*place);
        }
        let place = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let digest = digest(format!("{}\0{}", key.0.word(), key.1).as_bytes())?;
        let (id, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
        let id = uuid::Builder::from_random_bytes(*id).into_uuid();
        self.known.push(Known { id, kind: key.0, value: key.1.clone(), checked: found.verified });
        self.places.insert(key, place);
        Ok(place)
    }

    /// One item counts once, from when it was posted first; it may have been handed in by several.
    fn keep(&mut self, identifier: u32, post: &Post, service: &str) {
        let next = u32::try_from(self.services.len()).unwrap_or(u32::MAX);
        let service = *self.service_places.entry(service.to_owned()).or_insert_with(|| {
            self.services.push(service.to_owned());
            next
        });
        let new =
            Posted { at: post.at, item: post.item, account: post.account, content: post.cluster, service };
        self.firsts
            .entry((identifier, post.item))
            .and_modify(|known| {
                known.at = known.at.min(new.at);
                known.account = known.account.or(new.account);
            })
            .or_insert(new);
    }

    fn reckoned(mut self, made_at: Timestamp) -> Money {
        // A kind with a checksum stands when somebody wrote it so.
        let stands = |known: &Known| known.checked || !known.kind.has_checksum();
        self.left_out.unchecked = self.known.iter().filter(|known| !stands(known)).count() as u64;
        let mut firsts: Vec<((u32, i64), Posted)> =
            self.firsts.into_iter().filter(|((place, _), _)| stands(&self.known[*place as usize])).collect();
        firsts.sort_by_key(|((place, item), post)| (*place, post.at, *item));
        let (mut accounts, mut contents) = (HashMap::new(), HashMap::new());
        let (mut posts, mut uses) = (Vec::with_capacity(firsts.len()), Vec::with_capacity(firsts.len()));
        for ((identifier, _), post) in firsts {
            let number = |next: usize| u32::try_from(next).unwrap_or(u32::MAX);
            let next = number(contents.len());
            let content = *contents.entry(post.content).or_insert(next);
            let next = number(accounts.len());
            let account = post.account.map(|account| *accounts.entry(account).or_insert(next));
            let at_ms = u64::try_from(post.at.as_millisecond()).unwrap_or(0);
            uses.push((
                Use { identifier, content, account, service: post.service, at_ms },
                number(posts.len()),
            ));
            posts.push(post);
        }
        let found = find(&uses.iter().map(|(of, _)| *of).collect::<Vec<_>>());
        let Self { known, services, left_out, .. } = self;
        Money { made_at, known, posts, services, uses, found, left_out }
    }
}
