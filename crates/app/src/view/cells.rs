//! The cell that an account is in: accounts that share the same assessed things within minutes, beyond what their activity
//! and the things' popularity explain (the kernel's null model). A lead with its events, and never a ground.

use super::network::Named;
use crate::remembered::ask;
use crate::{House, Result, load, radar};
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::id::{AgencyId, ClusterId, SubjectId};
use jiff::Timestamp;
use network::cells::{Act, Found, Settings, find};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Clusters that are read; the newest count.
const CLUSTERS_MAX: i64 = 200_000;
/// Clusters that are read at once.
const CLUSTERS_AT_ONCE: usize = 200;
/// Acts that are compared.
const ACTS_MAX: usize = 2_000_000;
/// Other accounts of a cell that are shown.
const ACCOUNTS_SHOWN: usize = 40;
/// Joint acts that are shown, the newest.
const ACTS_SHOWN: usize = 30;

/// What was shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    /// The same content.
    Content(ClusterId),
    /// The same address, by its inside key.
    Link(i64),
}

/// Acts of a space and the cells among them.
#[derive(Debug, Default)]
pub struct Cells {
    accounts: Vec<i64>,
    things: Vec<Thing>,
    acts: Vec<(Timestamp, Act)>,
    found: Found,
}

/// One joint act, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Joint {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub account: Named,
    /// What: the number of the thing within the cell, from 1.
    pub number: usize,
    /// Its cluster, when it is content; a link else.
    pub content: Option<ClusterId>,
}

/// A cell, for one of its accounts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Accounts in it, the asked one among them.
    pub size: usize,
    /// The others, at most forty.
    pub others: Vec<Named>,
    /// The chance that the account stands beside the others so often.
    pub p: f64,
    /// Things that they shared.
    pub things: usize,
    /// Joint acts in all.
    pub acts: usize,
    /// The newest of them.
    pub newest: Vec<Joint>,
}

/// How it stands with an account.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Standing {
    /// Cells are being computed.
    Counting,
    /// It is in none.
    None,
    /// It is in one.
    In(Box<Shown>),
}

/// The cell of an account, for a person; reading it is logged.
pub async fn of(house: &Arc<House>, actor: &Actor, space: AgencyId, account: SubjectId) -> Result<Standing> {
    actor.need(Right::ReadNetwork)?;
    load::space(actor, Some(space))?;
    let Some(key) = store::subject::by_id(&house.db, account).await?.filter(|found| found.space == space)
    else {
        return Ok(Standing::None);
    };
    let Some(cells) = ask(house, space, |house| &house.cells, read).await? else {
        return Ok(Standing::Counting);
    };
    let Some(shown) = cells.shown(key.key) else { return Ok(Standing::None) };
    load::note_read(house, actor, Noun::Plan, account.0).await?;
    Ok(Standing::In(Box::new(shown.named(house).await?)))
}

/// Reads the acts of a space and finds its cells.
async fn read(house: Arc<House>, space: AgencyId) -> Result<Cells> {
    let clusters = store::network::clusters(&house.db, space, CLUSTERS_MAX).await?;
    let mut seen: Vec<(Timestamp, i64, Thing)> = Vec::new();
    for chunk in clusters.chunks(CLUSTERS_AT_ONCE) {
        let room = i64::try_from(ACTS_MAX.saturating_sub(seen.len())).unwrap_or(i64::MAX);
        if room == 0 {
            break;
        }
        let posts = store::network::posts(&house.db, space, chunk, room).await?;
        seen.extend(
            posts.into_iter().filter_map(|post| Some((post.at, post.account?, Thing::Content(post.cluster)))),
        );
    }
    let links = radar::outlinks(&house, space).await?;
    // Below zero it is an item without an account.
    let linked = links.links.iter().filter(|link| link.who > 0);
    seen.extend(linked.map(|link| (link.at, link.who, Thing::Link(link.address))));
    seen.truncate(ACTS_MAX);
    Ok(tokio::task::spawn_blocking(move || Cells::find(seen)).await?)
}

/// A cell whose accounts are known by their inside keys.
struct ByKey {
    shown: Shown,
    others: Vec<i64>,
    newest: Vec<(Timestamp, i64, usize, Thing)>,
}

impl Cells {
    fn find(mut seen: Vec<(Timestamp, i64, Thing)>) -> Self {
        seen.sort_by_key(|(at, account, _)| (*at, *account));
        let first = seen.first().map_or(Timestamp::UNIX_EPOCH, |(at, ..)| *at);
        let (mut accounts, mut things) = (Numbers::default(), Numbers::default());
        let acts: Vec<(Timestamp, Act)> = seen
            .into_iter()
            .map(|(at, account, thing)| {
                let at_ms = u64::try_from(at.duration_since(first).as_millis()).unwrap_or(0);
                (at, Act { at_ms, account: accounts.of(account), object: things.of(thing) })
            })
            .collect();
        let list: Vec<Act> = acts.iter().map(|(_, act)| *act).collect();
        let found = find(&list, &Settings::default());
        Self { accounts: accounts.all, things: things.all, acts, found }
    }

    fn shown(&self, key: i64) -> Option<ByKey> {
        let place = u32::try_from(self.accounts.iter().position(|found| *found == key)?).ok()?;
        let (cell, own) = self
            .found
            .cells
            .iter()
            .find_map(|cell| Some((cell, cell.accounts.iter().position(|account| *account == place)?)))?;
        let mut numbers: HashMap<u32, usize> = HashMap::new();
        let mut newest = Vec::new();
        for (at, act) in cell.acts.iter().filter_map(|act| self.acts.get(*act)) {
            let next = numbers.len() + 1;
            let number = *numbers.entry(act.object).or_insert(next);
            let (account, thing) = (self.accounts[act.account as usize], self.things[act.object as usize]);
            newest.push((*at, account, number, thing));
        }
        let acts = newest.len();
        newest.sort_by_key(|(at, account, ..)| (std::cmp::Reverse(*at), *account));
        newest.truncate(ACTS_SHOWN);
        let others = cell.accounts.iter().filter(|account| **account != place).take(ACCOUNTS_SHOWN);
        Some(ByKey {
            others: others.map(|account| self.accounts[*account as usize]).collect(),
            newest,
            shown: Shown {
                size: cell.accounts.len(),
                others: Vec::new(),
                p: cell.member_p.get(own).copied().unwrap_or(1.0),
                things: numbers.len(),
                acts,
                newest: Vec::new(),
            },
        })
    }
}

impl ByKey {
    /// With handles, read now: what was erased since has none.
    async fn named(self, house: &House) -> Result<Shown> {
        let mut keys: Vec<i64> =
            self.others.iter().copied().chain(self.newest.iter().map(|(_, key, ..)| *key)).collect();
        keys.sort_unstable();
        keys.dedup();
        let named = |subject: store::subject::Subject| (subject.key, Named::of(subject));
        let found = store::network::subjects(&house.db, &keys).await?;
        let names: HashMap<i64, Named> = found.into_iter().map(named).collect();
        let joint = |(at, key, number, thing): &(Timestamp, i64, usize, Thing)| {
            let content = match thing {
                Thing::Content(cluster) => Some(*cluster),
                Thing::Link(_) => None,
            };
            Some(Joint { at: *at, account: names.get(key)?.clone(), number: *number, content })
        };
        Ok(Shown {
            others: self.others.iter().filter_map(|key| names.get(key).cloned()).collect(),
            newest: self.newest.iter().filter_map(joint).collect(),
            ..self.shown
        })
    }
}

/// Numbers of what comes, from 0.
struct Numbers<T> {
    by: HashMap<T, u32>,
    all: Vec<T>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { by: HashMap::new(), all: Vec::new() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Numbers<T> {
    fn of(&mut self, value: T) -> u32 {
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        *self.by.entry(value).or_insert_with(|| {
            self.all.push(value);
            next
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use uuid::Uuid;

    /// Four accounts share twelve things within a minute each; two hundred others share the same and more by themselves.
    fn seen() -> Vec<(Timestamp, i64, Thing)> {
        let at = |seconds: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let content = |number: i64| Thing::Content(ClusterId(Uuid::from_u128(number.unsigned_abs().into())));
        let mut seen = Vec::new();
        for thing in 0..12 {
            for member in 1..=4 {
                seen.push((at(thing * 50_000 + member * 9), member, content(thing)));
            }
        }
        for other in 100..300 {
            for act in 0..10 {
                let thing = (other * 7 + act * 13) % 40;
                seen.push((at((other * 7_919 + act * 104_729) % 600_000), other, content(thing)));
            }
        }
        seen
    }

    #[test]
    fn who_acts_together_is_shown_with_what() {
        let cells = Cells::find(seen());
        let found = cells
            .shown(2)
            .map(|found| (found.shown.size, found.others, found.shown.things, found.shown.acts));
        assert_eq!(found, Some((4, vec![1, 3, 4], 12, 48)));
        let shown = cells.shown(2).map(|found| (found.shown.p < 1e-6, found.newest.len()));
        assert_eq!(shown, Some((true, ACTS_SHOWN)));
        // Who shares the same things by themselves is in no cell, nor is who is not there.
        assert!(cells.shown(150).is_none() && cells.shown(7).is_none());
        assert!(Cells::find(Vec::new()).shown(1).is_none());
    }
}
