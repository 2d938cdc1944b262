//! Leads on money, for a person (D34): identifiers that money is sent to, as far as they stand in the agency's own approved
//! content of the last 90 days, and a sheet of one of them. They are reckoned in memory and are never kept, ranked, put in a
//! letter or a bank. Who an identifier belongs to nobody says here.

mod read;

pub use read::{LeftOut, Money};

use super::network::Named;
use crate::leads::in_force;
use crate::remembered::ask;
use crate::{Act, House, Result, load};
use domain::access::{Actor, Right, not_here};
use domain::analysis::{Analysis, DAYS_MAX, since};
use domain::event::Noun;
use domain::id::{ClusterId, ReferralId, SubjectId};
use jiff::{SignedDuration, Timestamp};
use network::money::{Found, Together};
use read::{Known, Posted};
use serde::Serialize;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::analysis::Opened;
use uuid::Uuid;

/// What was reckoned longer ago is reckoned again before anybody sees it.
const OLD_HOURS: i64 = 24;
/// Accounts and posts of a sheet that fits on one page.
pub const ON_ONE_PAGE: usize = 12;
/// Accounts and posts of a whole sheet.
pub const WHOLE_MAX: usize = 1_000;
/// Other identifiers of the same accounts that are shown.
const BESIDE_MAX: usize = 8;
const DAY_SECONDS: i64 = 86_400;

/// Under what it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Under {
    /// What the analysis is open for.
    pub purpose: String,
    /// The reference to its impact assessment.
    pub reference: String,
    /// Until when it is open.
    pub ends_at: Timestamp,
}

/// One identifier, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The id of its sheet.
    pub id: Uuid,
    /// `iban`, `bitcoin`, `ethereum`, `tron`, `monero`, `donation`.
    pub kind: &'static str,
    /// As it is written when nothing is left out.
    pub value: String,
    /// Its checksum was there and held; a page for donations has none.
    pub checked: bool,
    /// Accounts that can each be given a content of their own.
    pub apart: u32,
    /// Accounts that posted it.
    pub accounts: u32,
    /// Contents that hold it; copies are one.
    pub contents: u32,
    /// Posts that hold it.
    pub posts: u32,
    /// Services on which it stands.
    pub services: u32,
    /// When it was posted first.
    pub first_at: Timestamp,
    /// When last.
    pub last_at: Timestamp,
    /// `one_account`, `one_content`, `apart`.
    pub standing: &'static str,
}

/// What was reckoned, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reckoned {
    /// When.
    pub made_at: Timestamp,
    /// Posts count from then on.
    pub since: Timestamp,
    /// What was left out.
    pub left_out: LeftOut,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// Under what it is seen.
    pub under: Under,
    /// None while it is reckoned for the first time.
    pub reckoned: Option<Reckoned>,
    /// Each kind with how many identifiers it has.
    pub kinds: Vec<(&'static str, u64)>,
    /// The most accounts with contents of their own first.
    pub rows: Vec<Row>,
    /// How many there are of the kind that was asked for.
    pub all: u64,
}

/// An account on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// Who.
    pub account: Named,
    /// Its posts with the identifier.
    pub posts: u32,
    /// Contents among them, by their numbers on the sheet.
    pub contents: Vec<usize>,
    /// The first of them.
    pub first_at: Timestamp,
    /// The last.
    pub last_at: Timestamp,
}

/// A post on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its number among all posts with the identifier, in the order of time, from 1.
    pub number: usize,
    /// When.
    pub at: Timestamp,
    /// The item.
    pub subject: SubjectId,
    /// Its address; empty when it was erased.
    pub address: String,
    /// Who posted it.
    pub account: Option<Named>,
    /// The content's number on the sheet, in the order of first posts, from 1.
    pub number_of_content: usize,
    /// The content.
    pub content: ClusterId,
    /// Letters about it: id and reference.
    pub letters: Vec<(ReferralId, String)>,
}

/// Another identifier that accounts of this one posted too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The id of its sheet.
    pub id: Uuid,
    /// What it is.
    pub kind: &'static str,
    /// As it is written.
    pub value: String,
    /// Accounts that posted both.
    pub accounts: u32,
}

/// The sheet of one identifier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// Under what it is seen.
    pub under: Under,
    /// What was reckoned, and when.
    pub reckoned: Reckoned,
    /// The identifier.
    pub row: Row,
    /// Services on which it stands, each with its posts, the most first.
    pub services: Vec<(String, u32)>,
    /// Posts of each of the days since `reckoned.since`, the oldest first.
    pub days: Vec<u32>,
    /// Accounts, those with the most contents first.
    pub members: Vec<Member>,
    /// Posts: the first of each content before others; in the order of time.
    pub items: Vec<Item>,
    /// Other identifiers of its accounts, the most accounts first.
    pub beside: Vec<Beside>,
    /// How many of `beside` are not shown.
    pub beside_left: u64,
}

/// The person's own agency, its opening, and what was reckoned; none while that is made for the first time.
async fn known(house: &Arc<House>, actor: &Actor) -> Result<(Opened, Under, Option<Arc<Money>>)> {
    actor.need(Right::ReadLeads)?;
    let (opened, opening) = in_force(house, actor.agency, Analysis::Money).await?;
    let under = Under { purpose: opening.purpose, reference: opening.reference, ends_at: opened.ends_at };
    let oldest = house.clock.now() - SignedDuration::from_hours(OLD_HOURS);
    let mut found = ask(house, actor.agency, |house| &house.money, read::read).await?;
    if found.as_ref().is_some_and(|found| found.made_at < oldest) {
        house.money.forget(actor.agency);
        found = ask(house, actor.agency, |house| &house.money, read::read).await?;
    }
    Ok((opened, under, found))
}

/// Identifiers of the person's own agency while the analysis is open, of one kind or of all (an empty word), at most `limit`
/// after so many; each look is logged.
pub async fn list(
    house: &Arc<House>,
    actor: &Actor,
    kind: &str,
    (after, limit): (usize, usize),
) -> Result<List> {
    let (opened, under, money) = known(house, actor).await?;
    load::note_read(house, actor, Noun::Analysis, opened.id).await?;
    let Some(money) = money else {
        return Ok(List { under, reckoned: None, kinds: Vec::new(), rows: Vec::new(), all: 0 });
    };
    let mut kinds: BTreeMap<_, u64> = BTreeMap::new();
    for found in &money.found {
        *kinds.entry(money.known[found.identifier as usize].kind).or_default() += 1;
    }
    let of_kind =
        |found: &&Found| kind.is_empty() || money.known[found.identifier as usize].kind.word() == kind;
    Ok(List {
        under,
        reckoned: Some(money.reckoned()),
        kinds: kinds.into_iter().map(|(kind, count)| (kind.word(), count)).collect(),
        all: money.found.iter().filter(of_kind).count() as u64,
        rows: money
            .found
            .iter()
            .filter(of_kind)
            .skip(after)
            .take(limit)
            .map(|found| money.row(found))
            .collect(),
    })
}

/// The sheet of one identifier for a person who holds the right, while the analysis is open; none while it is reckoned for the
/// first time. Each is logged, and the ledger tells that a sheet was read and not of what. A whole one has more accounts and
/// posts than fit on a page.
pub async fn sheet(house: &Arc<House>, actor: &Actor, id: Uuid, whole: bool) -> Result<Option<Sheet>> {
    let (opened, under, money) = known(house, actor).await?;
    let Some(money) = money else { return Ok(None) };
    let found = money.found.iter().find(|found| money.known[found.identifier as usize].id == id);
    let found = found.ok_or_else(not_here)?;
    load::note_read(house, actor, Noun::Analysis, id).await?;
    let mut act = Act::of(house, actor, actor.agency).await?;
    act.append(Noun::Analysis, opened.id, "sheet_read", json!({})).await?;
    act.commit().await?;
    let posts = money.posts_of(found.identifier);
    let contents = numbers(&posts);
    let limit = if whole { WHOLE_MAX } else { ON_ONE_PAGE };
    let items = chosen(&posts, limit);
    let members = members(&posts, &contents, limit);
    let keys: BTreeSet<i64> = items
        .iter()
        .flat_map(|(_, post)| [Some(post.item), post.account])
        .flatten()
        .chain(members.iter().map(|(key, _)| *key))
        .collect();
    let keys: Vec<i64> = keys.into_iter().collect();
    let subjects: HashMap<i64, store::subject::Subject> = store::network::subjects(&house.db, &keys)
        .await?
        .into_iter()
        .map(|subject| (subject.key, subject))
        .collect();
    let shown: Vec<i64> = items.iter().map(|(_, post)| post.item).collect();
    let mut letters: HashMap<i64, Vec<(ReferralId, String)>> = HashMap::new();
    for (item, referral, reference) in store::network::letters(&house.db, actor.agency, &shown).await? {
        letters.entry(item).or_default().push((referral, reference));
    }
    let named = |key: i64| subjects.get(&key).cloned().map(Named::of);
    let (beside, beside_left) = money.beside(found.identifier);
    Ok(Some(Sheet {
        under,
        reckoned: money.reckoned(),
        row: money.row(found),
        services: money.services(&posts),
        days: days(&posts, since(money.made_at)),
        members: members
            .into_iter()
            .filter_map(|(key, member)| Some(Member { account: named(key)?, ..member }))
            .collect(),
        items: items
            .into_iter()
            .filter_map(|(number, post)| {
                let subject = subjects.get(&post.item)?;
                Some(Item {
                    number,
                    at: post.at,
                    subject: subject.id,
                    address: subject.address.clone().unwrap_or_default(),
                    account: post.account.and_then(named),
                    number_of_content: contents.get(&post.content).copied().unwrap_or_default(),
                    content: post.content,
                    letters: letters.remove(&post.item).unwrap_or_default(),
                })
            })
            .collect(),
        beside,
        beside_left,
    }))
}

impl Money {
    fn reckoned(&self) -> Reckoned {
        Reckoned { made_at: self.made_at, since: since(self.made_at), left_out: self.left_out }
    }

    fn row(&self, found: &Found) -> Row {
        let Known { id, kind, value, checked } = self.known[found.identifier as usize].clone();
        let at = |ms: u64| i64::try_from(ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Row {
            id,
            kind: kind.word(),
            value,
            checked,
            apart: found.apart,
            accounts: found.accounts,
            contents: found.contents,
            posts: found.posts,
            services: found.services,
            first_at: at(found.first_ms).unwrap_or_default(),
            last_at: at(found.last_ms).unwrap_or_default(),
            standing: found.standing().word(),
        }
    }

    /// Its posts in the order of time: `uses` are in that order within an identifier.
    fn posts_of(&self, identifier: u32) -> Vec<&Posted> {
        let from = self.uses.partition_point(|(of, _)| of.identifier < identifier);
        let own = self.uses[from..].iter().take_while(|(of, _)| of.identifier == identifier);
        own.map(|(_, post)| &self.posts[*post as usize]).collect()
    }

    fn services(&self, posts: &[&Posted]) -> Vec<(String, u32)> {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for post in posts {
            *counts.entry(post.service).or_default() += 1;
        }
        let mut all: Vec<(String, u32)> = counts
            .into_iter()
            .map(|(service, posts)| (self.services[service as usize].clone(), posts))
            .collect();
        all.sort_by(|x, y| (y.1, &x.0).cmp(&(x.1, &y.0)));
        all
    }

    fn beside(&self, identifier: u32) -> (Vec<Beside>, u64) {
        let all = Together::of(self.uses.iter().map(|(of, _)| *of)).beside(identifier);
        let left = all.len().saturating_sub(BESIDE_MAX) as u64;
        let shown = all.into_iter().take(BESIDE_MAX).map(|(other, accounts)| {
            let Known { id, kind, value, .. } = self.known[other as usize].clone();
            Beside { id, kind: kind.word(), value, accounts }
        });
        (shown.collect(), left)
    }
}

/// Contents in the order of their first posts, from 1.
fn numbers(posts: &[&Posted]) -> HashMap<ClusterId, usize> {
    let mut numbers = HashMap::new();
    for post in posts {
        let next = numbers.len() + 1;
        numbers.entry(post.content).or_insert(next);
    }
    numbers
}

/// The posts that are shown, each with its number: the first of each content before copies of it, then by time.
fn chosen<'a>(posts: &[&'a Posted], limit: usize) -> Vec<(usize, &'a Posted)> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<(bool, usize, &Posted)> =
        (1..).zip(posts).map(|(number, post)| (!seen.insert(post.content), number, *post)).collect();
    all.sort_by_key(|(copy, number, _)| (*copy, *number));
    all.truncate(limit);
    all.sort_by_key(|(_, number, _)| *number);
    all.into_iter().map(|(_, number, post)| (number, post)).collect()
}

/// Accounts by their inside keys, those with the most contents first. Their names come later.
fn members(posts: &[&Posted], contents: &HashMap<ClusterId, usize>, limit: usize) -> Vec<(i64, Member)> {
    let mut all: BTreeMap<i64, (u32, BTreeSet<usize>, Timestamp, Timestamp)> = BTreeMap::new();
    for post in posts {
        let Some(account) = post.account else { continue };
        let member = all.entry(account).or_insert_with(|| (0, BTreeSet::new(), post.at, post.at));
        member.0 += 1;
        member.1.extend(contents.get(&post.content));
        member.2 = member.2.min(post.at);
        member.3 = member.3.max(post.at);
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(key, (posts, contents, first, _))| {
        (Reverse(contents.len()), Reverse(*posts), *first, *key)
    });
    all.truncate(limit);
    let account =
        || Named { id: String::new(), name: String::new(), service: String::new(), kind: "account" };
    all.into_iter()
        .map(|(key, (posts, contents, first_at, last_at))| {
            let contents = contents.into_iter().collect();
            (key, Member { account: account(), posts, contents, first_at, last_at })
        })
        .collect()
}

/// Posts of each day from then on.
fn days(posts: &[&Posted], since: Timestamp) -> Vec<u32> {
    let mut days = vec![0; usize::try_from(DAYS_MAX).unwrap_or_default()];
    for post in posts {
        let day = (post.at.as_second() - since.as_second()) / DAY_SECONDS;
        if let Some(count) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            *count += 1;
        }
    }
    days
}
