//! Rows of assessed content become accounts, and edges from whom it reaches whom.

use super::choice::{Layer, Layers};
use super::reckon::PLAN_MAX;
use crate::{House, Result, deconflict};
use domain::id::{AgencyId, ClusterId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeBounds;
use std::sync::Arc;
use store::network::{KeptFor, Named, Post};
use store::subject::Subject;

/// Clusters that one network is made of; the newest count.
const CLUSTERS_MAX: i64 = 200_000;
/// Clusters that are read at once.
const CLUSTERS_AT_ONCE: usize = 200;
/// Observations that one network is made of.
const POSTS_MAX: usize = 2_000_000;
/// Channels, forwards and mentions of them.
const NAMED_MAX: usize = 4_000_000;
/// Answers "kept for an investigation" of this machine.
const KEPT_MAX: i64 = 10_000;
/// A later copy follows an earlier one within so many hours.
const COPY_HOURS: i64 = 7 * 24;
/// Earlier posters that one later copy follows, the latest ones.
const COPY_FROM_MAX: usize = 3;
/// Accounts where content began, at most.
const SOURCES_MAX: usize = 200;
/// At most one account in so many is one where content began.
const SOURCES_ONE_IN: usize = 10;

/// An account or channel of the network.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: SubjectId,
    /// Its inside key.
    pub key: i64,
    /// Account or channel.
    pub kind: SubjectKind,
    /// Its host.
    pub service: String,
    /// Posts of assessed content.
    pub posts: u32,
    /// Clusters that it posted first and others took up.
    pub began: u32,
}

/// An account that somebody keeps for an investigation.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its place.
    pub place: u32,
    /// By whom.
    pub of: KeptFor,
}

/// The network as it was read.
#[derive(Debug, Default)]
pub struct Spread {
    /// Its accounts, by their places.
    pub accounts: Vec<Account>,
    /// From whom content reaches whom, by their places.
    pub edges: Vec<(u32, u32)>,
    /// Where content began.
    pub sources: Vec<u32>,
    /// Who is kept.
    pub kept: Vec<Kept>,
    /// Items that were read.
    pub items: u64,
    /// There is more assessed content than one network is made of.
    pub cut: bool,
    /// First and last time of a post.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// What was read of a space, from which networks are made: of today and of an earlier day, of everything and of less.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Whoever posted or is named, by their places; their figures are zero.
    pub(super) accounts: Vec<Account>,
    /// Who is kept, by those places.
    kept: Vec<Kept>,
    posts: Vec<Post>,
    named: Vec<Named>,
    /// Places by keys.
    places: HashMap<i64, u32>,
    cut: bool,
}

impl Seen {
    /// The network of the posts of some time and of these layers, with those accounts alone that are in it.
    pub(super) fn network(&self, layers: Layers, times: impl RangeBounds<Timestamp>) -> Spread {
        let (mut spread, there) = self.joined(layers, times);
        let mut next = 0_u32..;
        let places: Vec<Option<u32>> =
            there.iter().map(|there| if *there { next.next() } else { None }).collect();
        let place = |old: u32| places[old as usize];
        let mut is_there = there.iter().copied();
        spread.accounts.retain(|_| is_there.next().unwrap_or(false));
        spread.edges =
            spread.edges.iter().filter_map(|(from, to)| Some((place(*from)?, place(*to)?))).collect();
        spread.sources = spread.sources.iter().filter_map(|source| place(*source)).collect();
        let kept = |kept: &Kept| Some(Kept { place: place(kept.place)?, of: kept.of.clone() });
        spread.kept = self.kept.iter().filter_map(kept).collect();
        spread
    }

    /// The same with all accounts, at their places in `accounts`.
    pub(super) fn of_all(&self, layers: Layers, times: impl RangeBounds<Timestamp>) -> Spread {
        self.joined(layers, times).0
    }

    /// The network, and for each account whether it is in it.
    fn joined(&self, layers: Layers, times: impl RangeBounds<Timestamp>) -> (Spread, Vec<bool>) {
        let posts: Vec<&Post> = self.posts.iter().filter(|post| times.contains(&post.at)).collect();
        let mut spread = Spread { accounts: self.accounts.clone(), cut: self.cut, ..Spread::default() };
        let there = spread.join(&posts, (&self.named, layers), &self.places);
        (spread, there)
    }

    /// Who took up each content, and when: content, time, account.
    pub(super) fn taken_up(&self) -> Vec<(ClusterId, Timestamp, u32)> {
        let said = said(self.posts.iter(), &self.named, &self.places);
        let who = |post: &Post| Some((post.cluster, post.at, said.get(&post.observation)?.who?));
        self.posts.iter().filter_map(who).collect()
    }
}

/// Reads what the networks of a space are made of, and who of it is among `kept`.
pub(super) async fn read(house: &Arc<House>, space: AgencyId, kept: &[KeptFor]) -> Result<Seen> {
    let (posts, named, cut) = seen(house, space).await?;
    let keys: HashSet<i64> =
        posts.iter().filter_map(|post| post.account).chain(named.iter().map(|named| named.subject)).collect();
    let mut keys: Vec<i64> = keys.into_iter().collect();
    keys.sort_unstable();
    let mut read = Seen { posts, named, cut, ..Seen::default() };
    let mut places = Places::default();
    for subject in subjects(house, &keys).await? {
        let place = places.of(subject.key, subject.address.as_deref(), read.accounts.len());
        if let Some(known) = read.accounts.get_mut(place as usize) {
            // The same handle, as one who posts and as where others forward from: the account is shown.
            if subject.kind == SubjectKind::Account {
                (known.id, known.key, known.kind) = (subject.id, subject.key, subject.kind);
            }
            continue;
        }
        if let (false, Some(address)) = (kept.is_empty(), &subject.address) {
            hold(&mut read.kept, kept, deconflict::digest(house, address)?, place);
        }
        read.accounts.push(Account {
            id: subject.id,
            key: subject.key,
            kind: subject.kind,
            service: subject.service,
            posts: 0,
            began: 0,
        });
    }
    read.places = places.by_key;
    Ok(read)
}

/// Subjects in the order of their keys, in two tasks: each is decrypted alone, and that takes most of the reading.
async fn subjects(house: &Arc<House>, keys: &[i64]) -> Result<Vec<Subject>> {
    let half = keys.len().div_ceil(2).max(1);
    let read = |keys: &[i64]| {
        let (house, keys) = (Arc::clone(house), keys.to_vec());
        tokio::spawn(async move { store::network::subjects(&house.db, &keys).await })
    };
    let tasks: Vec<_> = keys.chunks(half).map(read).collect();
    let mut all = Vec::with_capacity(keys.len());
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

/// Whatever is kept for an investigation now.
pub(super) async fn kept(house: &House) -> Result<Vec<KeptFor>> {
    Ok(store::network::kept(&house.db, KEPT_MAX).await?)
}

/// Posts of assessed content and what they name, the newest content first; and whether there was more.
async fn seen(house: &House, space: AgencyId) -> Result<(Vec<Post>, Vec<Named>, bool)> {
    let clusters = store::network::clusters(&house.db, space, CLUSTERS_MAX).await?;
    let (mut posts, mut named) = (Vec::new(), Vec::new());
    let left = |most: usize, have: usize| i64::try_from(most.saturating_sub(have)).unwrap_or(i64::MAX);
    let mut cut = clusters.len() as i64 == CLUSTERS_MAX;
    for chunk in clusters.chunks(CLUSTERS_AT_ONCE) {
        let room = (left(POSTS_MAX, posts.len()), left(NAMED_MAX, named.len()));
        if room.0 == 0 || room.1 == 0 {
            cut = true;
            break;
        }
        let (more_posts, more_named) = tokio::try_join!(
            store::network::posts(&house.db, space, chunk, room.0),
            store::network::named(&house.db, space, chunk, room.1)
        )?;
        posts.extend(more_posts);
        named.extend(more_named);
    }
    Ok((posts, named, cut))
}

/// Places by key and by handle.
#[derive(Default)]
struct Places {
    by_key: HashMap<i64, u32>,
    by_handle: HashMap<String, u32>,
}

impl Places {
    fn of(&mut self, key: i64, handle: Option<&str>, next: usize) -> u32 {
        let next = u32::try_from(next).unwrap_or(u32::MAX);
        let place = match handle {
            Some(handle) => *self.by_handle.entry(handle.to_owned()).or_insert(next),
            None => next,
        };
        self.by_key.insert(key, place);
        place
    }
}

fn hold(all: &mut Vec<Kept>, kept: &[KeptFor], digest: [u8; 32], place: u32) {
    let of = kept.iter().filter(|kept| kept.digest == digest);
    all.extend(of.map(|kept| Kept { place, of: kept.clone() }));
}

/// What one observation says: who posted it, in which channel, from whom it was forwarded.
#[derive(Default, Clone, Copy)]
struct Said {
    who: Option<u32>,
    origin: Option<u32>,
}

/// Who posted each observation and from whom it was forwarded. Where nobody is named as author, the channel is who posted.
fn said<'a>(
    posts: impl Iterator<Item = &'a Post>,
    named: &[Named],
    places: &HashMap<i64, u32>,
) -> HashMap<i64, Said> {
    let who = |post: &Post| post.account.and_then(|account| places.get(&account).copied());
    let mut said: HashMap<i64, Said> =
        posts.map(|post| (post.observation, Said { who: who(post), origin: None })).collect();
    // Channels come before forwards.
    for kind in [EdgeKind::InChannel, EdgeKind::ForwardedFrom] {
        for Named { observation, subject, .. } in named.iter().filter(|named| named.kind == kind) {
            let Some(said) = said.get_mut(observation) else { continue };
            let other = places.get(subject).copied();
            match kind {
                EdgeKind::InChannel => said.who = said.who.or(other),
                _ => said.origin = other.filter(|_| said.who.is_some()).or(said.origin),
            }
        }
    }
    said
}

impl Spread {
    /// Whether enough accounts that nobody keeps are among the ranked ones for a plan.
    pub(super) fn is_filled(&self, ranked: impl Iterator<Item = u32>) -> bool {
        let kept: HashSet<u32> = self.kept.iter().map(|kept| kept.place).collect();
        ranked.filter(|place| !kept.contains(place)).count() >= PLAN_MAX
    }

    /// Leaves of what is kept what the network for `keeper` knows: that agency's own, and what others keep while enough
    /// ranked accounts stand for it. With fewer its place would stay empty and say that it is kept: so it stays, as if
    /// nobody kept it, and whoever would refer it is told the answer of its agency (D18).
    pub(super) fn keep_for(&mut self, keeper: Option<AgencyId>, is_filled: bool) {
        self.kept.retain(|kept| is_filled || Some(kept.of.agency) == keeper);
    }

    /// Gives for each account whether it is in the network: it posted, is named by a layer, or content began there.
    fn join(
        &mut self,
        posts: &[&Post],
        (named, layers): (&[Named], Layers),
        places: &HashMap<i64, u32>,
    ) -> Vec<bool> {
        let said = said(posts.iter().copied(), named, places);
        let mut there = vec![false; self.accounts.len()];
        said.values()
            .flat_map(|said| [said.who, said.origin])
            .flatten()
            .for_each(|at| there[at as usize] = true);
        for Named { observation, kind, subject } in named {
            let (Some(said), Some(other)) = (said.get(observation), places.get(subject).copied()) else {
                continue;
            };
            let Some(layer) = layer(*kind).filter(|layer| layers.has(*layer)) else { continue };
            there[other as usize] = true;
            if let Some(who) = said.who {
                let is_from = layer == Layer::Forwards;
                self.edges.push(if is_from { (other, who) } else { (who, other) });
            }
        }
        self.items = posts.iter().map(|post| post.item).collect::<HashSet<_>>().len() as u64;
        self.span =
            posts.iter().map(|post| post.at).fold(None, |span: Option<(Timestamp, Timestamp)>, at| {
                Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
            });
        self.copies(posts, &said, layers.has(Layer::Copies));
        self.edges.sort_unstable();
        self.edges.dedup();
        self.edges.retain(|(from, to)| from != to);
        self.choose_sources(there.iter().filter(|there| **there).count());
        there
    }

    /// Later copies follow earlier ones, where that gives links; who was first in a cluster that others took up began it.
    fn copies(&mut self, posts: &[&Post], said: &HashMap<i64, Said>, is_chosen: bool) {
        let mut clusters: BTreeMap<ClusterId, Vec<(Timestamp, Said)>> = BTreeMap::new();
        for post in posts {
            let Some(said) = said.get(&post.observation) else { continue };
            let Some(who) = said.who else { continue };
            self.accounts[who as usize].posts += 1;
            clusters.entry(post.cluster).or_default().push((post.at, *said));
        }
        let window = SignedDuration::from_hours(COPY_HOURS);
        for mut copies in clusters.into_values() {
            copies.sort_by_key(|(at, said)| (*at, said.who));
            let mut seen: Vec<(Timestamp, u32)> = Vec::new();
            let mut known = HashSet::new();
            for (at, who) in copies.iter().filter_map(|(at, said)| Some((*at, said.who?))) {
                if known.insert(who) {
                    let earlier = seen.iter().rev().take(COPY_FROM_MAX);
                    let near = earlier.filter(|(then, _)| is_chosen && at.duration_since(*then) <= window);
                    self.edges.extend(near.map(|(_, from)| (*from, who)));
                    seen.push((at, who));
                }
            }
            let Some((_, first)) = copies.first() else { continue };
            let begun = first.origin.or(first.who);
            if let Some(begun) = begun.filter(|_| first.origin.is_some() || seen.len() > 1) {
                self.accounts[begun as usize].began += 1;
            }
        }
    }

    /// Those that began most, of so many accounts in the network.
    fn choose_sources(&mut self, there: usize) {
        let most = SOURCES_MAX.min(there / SOURCES_ONE_IN).max(1);
        let mut all: Vec<u32> = (0..).take(self.accounts.len()).collect();
        let began = |place: &u32| self.accounts[*place as usize].began;
        all.retain(|place| began(place) > 0);
        all.sort_by_key(|place| (std::cmp::Reverse(began(place)), *place));
        all.truncate(most);
        all.sort_unstable();
        self.sources = all;
    }
}

/// The layer of what names an account; other edges between subjects are of none.
fn layer(kind: EdgeKind) -> Option<Layer> {
    match kind {
        EdgeKind::InChannel => Some(Layer::Channels),
        EdgeKind::ForwardedFrom => Some(Layer::Forwards),
        EdgeKind::Mentions => Some(Layer::Mentions),
        EdgeKind::Posted | EdgeKind::LinksTo | EdgeKind::Tagged => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
pub(super) mod tests;
