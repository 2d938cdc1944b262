//! Rows of assessed content become accounts, and edges from whom it reaches whom.

use super::reckon::PLAN_MAX;
use crate::{House, Result, deconflict};
use domain::id::{AgencyId, ClusterId, PersonId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::network::{KeptFor, Named, Post};

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
    /// Whose hold it is.
    pub agency: AgencyId,
    /// Who placed it.
    pub placed_by: PersonId,
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

/// What was read, from which the network of an earlier day can be made again.
#[derive(Debug, Default)]
pub(super) struct Seen {
    posts: Vec<Post>,
    named: Vec<Named>,
    /// Places by keys.
    places: HashMap<i64, u32>,
}

impl Seen {
    /// The network as it was known at a time: all accounts of today, with the links and posts of then.
    pub(super) fn until(&self, accounts: &[Account], at: Timestamp) -> Spread {
        let accounts =
            accounts.iter().map(|account| Account { posts: 0, began: 0, ..account.clone() }).collect();
        let posts: Vec<Post> = self.posts.iter().filter(|post| post.at < at).cloned().collect();
        let mut spread = Spread { accounts, ..Spread::default() };
        spread.join(&posts, &self.named, &self.places);
        spread
    }

    /// Who took up each content, and when: content, time, account.
    pub(super) fn taken_up(&self) -> Vec<(ClusterId, Timestamp, u32)> {
        let said =
            Spread { accounts: Vec::new(), ..Spread::default() }.said(&self.posts, &self.named, &self.places);
        let who = |post: &Post| Some((post.cluster, post.at, said.get(&post.observation)?.who?));
        self.posts.iter().filter_map(who).collect()
    }
}

/// Reads the network of a space, and what it was made of.
pub(super) async fn read(house: &House, space: AgencyId) -> Result<(Spread, Seen)> {
    let (posts, named, cut) = seen(house, space).await?;
    let keys: HashSet<i64> =
        posts.iter().filter_map(|post| post.account).chain(named.iter().map(|named| named.subject)).collect();
    let mut keys: Vec<i64> = keys.into_iter().collect();
    keys.sort_unstable();
    let kept = store::network::kept(&house.db, KEPT_MAX).await?;
    let mut spread = Spread { cut, ..Spread::default() };
    let mut places = Places::default();
    for subject in store::network::subjects(&house.db, &keys).await? {
        let place = places.of(subject.key, subject.address.as_deref(), spread.accounts.len());
        if let Some(known) = spread.accounts.get_mut(place as usize) {
            // The same handle, as one who posts and as where others forward from: the account is shown.
            if subject.kind == SubjectKind::Account {
                (known.id, known.key, known.kind) = (subject.id, subject.key, subject.kind);
            }
            continue;
        }
        if let (false, Some(address)) = (kept.is_empty(), &subject.address) {
            hold(&mut spread.kept, &kept, deconflict::digest(house, address)?, place);
        }
        spread.accounts.push(Account {
            id: subject.id,
            key: subject.key,
            kind: subject.kind,
            service: subject.service,
            posts: 0,
            began: 0,
        });
    }
    spread.join(&posts, &named, &places.by_key);
    Ok((spread, Seen { posts, named, places: places.by_key }))
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
        posts.extend(store::network::posts(&house.db, space, chunk, room.0).await?);
        named.extend(store::network::named(&house.db, space, chunk, room.1).await?);
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
    all.extend(of.map(|kept| Kept { place, agency: kept.agency, placed_by: kept.placed_by }));
}

/// What one observation says: who posted it, in which channel, from whom it was forwarded.
#[derive(Default, Clone, Copy)]
struct Said {
    who: Option<u32>,
    origin: Option<u32>,
}

impl Spread {
    /// Leaves of what is kept what the network for `keeper` knows: that agency's own, and what others keep while enough
    /// ranked accounts stand for it. With fewer its place would stay empty and say that it is kept: so it stays, as if
    /// nobody kept it, and whoever would refer it is told the answer of its agency (D18).
    pub(super) fn keep_for(&mut self, keeper: Option<AgencyId>, ranked: impl Iterator<Item = u32>) {
        let kept: HashSet<u32> = self.kept.iter().map(|kept| kept.place).collect();
        let is_filled = ranked.filter(|place| !kept.contains(place)).count() >= PLAN_MAX;
        self.kept.retain(|kept| is_filled || Some(kept.agency) == keeper);
    }

    /// Who posted each observation and from whom it was forwarded; links of channels, forwards and mentions are added.
    fn said(&mut self, posts: &[Post], named: &[Named], places: &HashMap<i64, u32>) -> HashMap<i64, Said> {
        let mut said: HashMap<i64, Said> = HashMap::with_capacity(posts.len());
        for post in posts {
            let who = post.account.and_then(|account| places.get(&account).copied());
            said.insert(post.observation, Said { who, origin: None });
        }
        // Channels come before mentions: where nobody is named as author, the channel is who posted.
        for (kind, named) in by_kind(named) {
            for Named { observation, subject, .. } in named {
                let (Some(said), Some(other)) = (said.get_mut(&observation), places.get(&subject).copied())
                else {
                    continue;
                };
                match (kind, said.who) {
                    (EdgeKind::InChannel, Some(who)) => self.edges.push((who, other)),
                    (EdgeKind::InChannel, None) => said.who = Some(other),
                    (EdgeKind::ForwardedFrom, Some(who)) => {
                        said.origin = Some(other);
                        self.edges.push((other, who));
                    }
                    (EdgeKind::Mentions, Some(who)) => self.edges.push((who, other)),
                    _ => {}
                }
            }
        }
        said
    }

    fn join(&mut self, posts: &[Post], named: &[Named], places: &HashMap<i64, u32>) {
        let said = self.said(posts, named, places);
        self.items = posts.iter().map(|post| post.item).collect::<HashSet<_>>().len() as u64;
        self.span =
            posts.iter().map(|post| post.at).fold(None, |span: Option<(Timestamp, Timestamp)>, at| {
                Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
            });
        self.copies(posts, &said);
        self.edges.sort_unstable();
        self.edges.dedup();
        self.edges.retain(|(from, to)| from != to);
        self.choose_sources();
    }

    /// Later copies follow earlier ones; who was first in a cluster that others took up began it.
    fn copies(&mut self, posts: &[Post], said: &HashMap<i64, Said>) {
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
                    let near = earlier.filter(|(then, _)| at.duration_since(*then) <= window);
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

    /// Those that began most.
    fn choose_sources(&mut self) {
        let most = SOURCES_MAX.min(self.accounts.len() / SOURCES_ONE_IN).max(1);
        let mut all: Vec<u32> = (0..).take(self.accounts.len()).collect();
        let began = |place: &u32| self.accounts[*place as usize].began;
        all.retain(|place| began(place) > 0);
        all.sort_by_key(|place| (std::cmp::Reverse(began(place)), *place));
        all.truncate(most);
        all.sort_unstable();
        self.sources = all;
    }
}

/// Named accounts by kind: channels, then forwards, then mentions.
fn by_kind(named: &[Named]) -> impl Iterator<Item = (EdgeKind, impl Iterator<Item = Named> + '_)> + '_ {
    [EdgeKind::InChannel, EdgeKind::ForwardedFrom, EdgeKind::Mentions]
        .into_iter()
        .map(move |kind| (kind, named.iter().filter(move |named| named.kind == kind).copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn account() -> Account {
        Account {
            id: SubjectId(Uuid::nil()),
            key: 0,
            kind: SubjectKind::Account,
            service: String::new(),
            posts: 0,
            began: 0,
        }
    }

    /// Posts are (observation, cluster, account, hour); accounts have the key of their place.
    fn joined(posts: &[(i64, u128, Option<i64>, i64)], named: &[(i64, EdgeKind, i64)]) -> Spread {
        let posts: Vec<Post> = posts
            .iter()
            .map(|(observation, cluster, account, hour)| Post {
                observation: *observation,
                cluster: ClusterId(Uuid::from_u128(*cluster)),
                item: *observation,
                account: *account,
                at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(*hour),
            })
            .collect();
        let named: Vec<Named> = named
            .iter()
            .map(|(observation, kind, subject)| Named {
                observation: *observation,
                kind: *kind,
                subject: *subject,
            })
            .collect();
        let mut spread = Spread { accounts: vec![account(); 30], ..Spread::default() };
        let places = (0..30_u32).map(|place| (i64::from(place), place)).collect();
        spread.join(&posts, &named, &places);
        spread
    }

    #[test]
    fn a_copy_follows_the_latest_before_it() {
        let posts: Vec<_> = (0..6).map(|n| (n, 1, Some(n), n)).collect();
        let spread = joined(&posts, &[]);
        let into = |place: u32| -> Vec<u32> {
            spread.edges.iter().filter(|(_, to)| *to == place).map(|(from, _)| *from).collect()
        };
        assert_eq!(into(1), [0]);
        assert_eq!(into(5), [2, 3, 4]);
        assert_eq!(spread.sources, [0]);
        let late = joined(&[(0, 1, Some(0), 0), (1, 1, Some(1), COPY_HOURS + 1)], &[]);
        assert_eq!(late.edges, []);
    }

    #[test]
    fn forwards_channels_and_mentions_have_their_direction() {
        let spread = joined(
            &[(1, 1, Some(1), 0), (2, 2, None, 0), (3, 3, Some(3), 0)],
            &[
                (1, EdgeKind::ForwardedFrom, 9),
                (1, EdgeKind::InChannel, 8),
                (2, EdgeKind::InChannel, 7),
                (2, EdgeKind::Mentions, 6),
            ],
        );
        assert_eq!(spread.edges, [(1, 8), (7, 6), (9, 1)]);
        // A cluster that nobody took up began nowhere; a forward began where it came from.
        assert_eq!(spread.sources, [9]);
        assert_eq!((spread.accounts[7].posts, spread.items), (1, 3));
    }
}
