//! Likely same actor elsewhere, for a person (D34): the other accounts of one account's actor, with what speaks for and
//! against each, and what people said. Leads are reckoned in memory from the agency's own assessed content of the last 90 days,
//! and are never kept, ranked, sent or handed out.

use super::network::Named;
use crate::leads::{in_force, own};
use crate::remembered::ask;
use crate::{House, Result, load};
use domain::access::{Actor, Authorised, Right, not_here, right};
use domain::analysis::{Analysis, Opening, Verdict, since};
use domain::event::Noun;
use domain::id::{AgencyId, SubjectId};
use domain::subject::{EdgeKind, SubjectKind};
use jiff::Timestamp;
use network::actors::{Account, Evidence, Group, LEAD_FROM, Link, Pair, Place, Traces, find};
use network::cells::Act;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Clusters that are read; the newest count.
const CLUSTERS_MAX: i64 = 200_000;
/// Clusters that are read at once.
const CLUSTERS_AT_ONCE: usize = 200;
/// Posts that are compared.
const POSTS_MAX: usize = 2_000_000;
/// Accounts of which leads are reckoned.
const ACCOUNTS_MAX: usize = 200_000;
/// Leads of one account that are shown.
const SHOWN_MAX: usize = 20;
/// Marks of one account that are shown.
const MARKS_MAX: i64 = 100;
/// Less is told neither for nor against, in nats.
const SAYS_LITTLE: f64 = 0.3;

/// Leads of a space.
#[derive(Debug, Default)]
pub struct Leads {
    /// The accounts' inside keys, by place.
    accounts: Vec<i64>,
    /// Pairs above [`LEAD_FROM`].
    pairs: Vec<Pair>,
}

/// How one kind of evidence speaks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Speaks {
    /// Which: `names`, `links`, `shared`, `lag`, `hours`.
    pub kind: &'static str,
    /// For the same actor, against it, or neither.
    pub side: Side,
}

/// Which way evidence speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// For the same actor.
    For,
    /// Against it.
    Against,
    /// Neither.
    Little,
}

/// Counts behind the evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Accounts called as alike; none when the names are not alike.
    pub called_alike: Option<u32>,
    /// How many of both link to the other: 0 to 2.
    pub links: u8,
    /// Contents that both shared.
    pub shared: u32,
    /// Of them, how many nobody else shared.
    pub alone: u32,
    /// The middle time between both posts of the same, in minutes; none when nothing is shared.
    pub minutes: Option<u64>,
}

/// What a person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The same actor or not.
    pub verdict: Verdict,
    /// Who said it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty.
    pub reason: String,
}

/// One lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lead {
    /// The other account.
    pub account: Named,
    /// `LEAD_FROM` to 1; none when only a person's mark is left.
    pub probability: Option<f64>,
    /// Each kind of evidence, the strongest first.
    pub speaks: Vec<Speaks>,
    /// What it rests on.
    pub counts: Counts,
    /// What a person said.
    pub said: Option<Said>,
}

/// Leads of one account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Elsewhere {
    /// The account itself.
    pub account: SubjectId,
    /// What the analysis is open for.
    pub purpose: String,
    /// The reference to its impact assessment.
    pub reference: String,
    /// Until when it is open.
    pub ends_at: Timestamp,
    /// Leads are being reckoned.
    pub counting: bool,
    /// The likeliest first.
    pub leads: Vec<Lead>,
}

/// What is open in the person's own agency, why, and until when. Needs no right: it tells no account.
pub async fn opened(house: &House, actor: &Actor) -> Result<Option<(Opening, Timestamp)>> {
    let found = crate::leads::opening(house, actor.agency).await?;
    Ok(found.map(|(opened, opening)| (opening, opened.ends_at)))
}

/// Leads of an account for a person who holds the right, while the analysis is open; each look is logged.
pub async fn of(house: &Arc<House>, actor: &Actor, account: SubjectId) -> Result<Elsewhere> {
    actor.need(Right::ReadLeads)?;
    let found = store::subject::by_id(&house.db, account).await?.ok_or_else(not_here)?;
    let found = Authorised::<_, right::ReadLeads>::check(actor, found.space, found)?.into_parts().0;
    own(actor, found.space)?;
    if found.kind != SubjectKind::Account {
        return Err(not_here().into());
    }
    let (opened, opening) = in_force(house, actor.agency, Analysis::SameActor).await?;
    load::note_read(house, actor, Noun::Analysis, account.0).await?;
    let all = ask(house, actor.agency, |house| &house.leads, read).await?;
    let counting = all.is_none();
    let leads = leads(house, actor.agency, found.key, &all.unwrap_or_default()).await?;
    let Opening { purpose, reference, .. } = opening;
    Ok(Elsewhere { account, purpose, reference, ends_at: opened.ends_at, counting, leads })
}

/// Leads and marks of one account, joined.
async fn leads(house: &House, space: AgencyId, key: i64, all: &Leads) -> Result<Vec<Lead>> {
    let mut found: BTreeMap<i64, (Option<Pair>, Option<Said>)> = BTreeMap::new();
    if let Some(place) = all.accounts.iter().position(|account| *account == key) {
        let of = all.pairs.iter().filter(|pair| pair.a as usize == place || pair.b as usize == place);
        for pair in of.take(SHOWN_MAX) {
            let other = if pair.a as usize == place { pair.b } else { pair.a };
            found.insert(all.accounts[other as usize], (Some(*pair), None));
        }
    }
    let since = since(house.clock.now());
    for mark in store::analysis::marks(&house.db, space, key, since, MARKS_MAX).await? {
        let other = if mark.pair.0 == key { mark.pair.1 } else { mark.pair.0 };
        let reason: Option<serde_json::Value> = store::crypt::get_json(&house.db, mark.document).await?;
        let reason = reason.as_ref().and_then(|body| body["reason"].as_str()).unwrap_or_default().to_owned();
        let by = super::name(house, mark.made_by).await?;
        let said = Said { verdict: mark.verdict, by, at: mark.made_at, reason };
        found.entry(other).or_default().1 = Some(said);
    }
    let keys: Vec<i64> = found.keys().copied().collect();
    let mut leads = Vec::new();
    for subject in store::network::subjects(&house.db, &keys).await? {
        let Some((pair, said)) = found.remove(&subject.key) else { continue };
        leads.push(Lead {
            account: Named::of(subject),
            probability: pair.map(|pair| pair.probability),
            speaks: pair.map(|pair| speaks(&pair, all.accounts.len())).unwrap_or_default(),
            counts: pair.map(|pair| counts(&pair.evidence)).unwrap_or_default(),
            said,
        });
    }
    leads.sort_by(|x, y| {
        y.probability
            .unwrap_or(0.0)
            .total_cmp(&x.probability.unwrap_or(0.0))
            .then(x.account.id.cmp(&y.account.id))
    });
    Ok(leads)
}

/// Each kind of evidence, the strongest first.
fn speaks(pair: &Pair, accounts: usize) -> Vec<Speaks> {
    let mut adds: Vec<(Group, f64)> =
        network::actors::GROUPS.into_iter().zip(pair.contributions(accounts)).collect();
    adds.sort_by(|x, y| y.1.abs().total_cmp(&x.1.abs()));
    adds.into_iter()
        .map(|(group, add)| {
            let side = match add {
                add if add >= SAYS_LITTLE => Side::For,
                add if add <= -SAYS_LITTLE => Side::Against,
                _ => Side::Little,
            };
            Speaks { kind: group.word(), side }
        })
        .collect()
}

fn counts(evidence: &Evidence) -> Counts {
    let (links, shared) = (evidence.links, evidence.shared);
    Counts {
        called_alike: evidence.names.map(|names| names.close),
        links: u8::from(links.there.is_some()) + u8::from(links.back.is_some()),
        shared: shared.objects,
        alone: shared.alone,
        minutes: (shared.objects > 0).then_some(shared.lag_median_ms / 60_000),
    }
}

/// Reads what is known of the accounts of a space, and finds their leads.
async fn read(house: Arc<House>, space: AgencyId) -> Result<Leads> {
    let since = since(house.clock.now());
    let clusters = store::network::clusters(&house.db, space, CLUSTERS_MAX).await?;
    let (mut posts, mut author, mut named) = (Vec::new(), HashMap::new(), Vec::new());
    for (number, chunk) in clusters.chunks(CLUSTERS_AT_ONCE).enumerate() {
        let room = i64::try_from(POSTS_MAX.saturating_sub(posts.len())).unwrap_or(i64::MAX);
        if room == 0 {
            break;
        }
        let contents: HashMap<_, _> = chunk.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        for post in store::network::posts(&house.db, space, chunk, room).await? {
            let (Some(account), Some(at)) = (post.account, contents.get(&post.cluster)) else { continue };
            if post.at > since {
                author.insert(post.observation, account);
                posts.push((post.at, account, (number * CLUSTERS_AT_ONCE + at) as u32));
            }
        }
        let mentions = store::network::named(&house.db, space, chunk, room).await?;
        named.extend(mentions.into_iter().filter(|named| named.kind == EdgeKind::Mentions));
    }
    let outlinks = crate::radar::outlinks(&house, space).await?;
    let pages: BTreeSet<i64> =
        outlinks.links.iter().filter(|link| link.at > since).map(|link| link.address).collect();
    let mut keys: BTreeSet<i64> = posts.iter().map(|(_, account, _)| *account).collect();
    let links: Vec<(i64, i64)> =
        named.iter().filter_map(|named| Some((*author.get(&named.observation)?, named.subject))).collect();
    keys.extend(links.iter().map(|(_, to)| *to));
    let keys: Vec<i64> = keys.into_iter().take(ACCOUNTS_MAX).collect();
    let mut table = Table::default();
    for subject in store::network::subjects(&house.db, &keys).await? {
        table.add(subject.key, subject.kind, &subject.service, subject.address.as_deref());
    }
    let mut to_page = HashMap::new();
    for page in store::network::subjects(&house.db, &pages.into_iter().collect::<Vec<_>>()).await? {
        if let Some(account) = page.address.as_deref().and_then(|address| table.of_page(address)) {
            to_page.insert(page.key, account);
        }
    }
    let linked = outlinks.links.iter().filter_map(|link| Some((link.who, *to_page.get(&link.address)?)));
    let links: Vec<(i64, i64)> = links.into_iter().chain(linked).collect();
    Ok(tokio::task::spawn_blocking(move || table.leads(&links, &posts)).await?)
}

/// Accounts by their inside keys and by their names.
#[derive(Default)]
struct Table {
    keys: Vec<i64>,
    accounts: Vec<Account>,
    places: HashMap<i64, u32>,
    services: HashMap<String, u32>,
    /// `service/handle` in lower case.
    by_name: HashMap<String, i64>,
}

impl Table {
    /// Adds an account; channels and what was erased are none.
    fn add(&mut self, key: i64, kind: SubjectKind, service: &str, address: Option<&str>) {
        let Some((_, handle)) = address.and_then(|address| address.split_once('/')) else { return };
        if kind != SubjectKind::Account {
            return;
        }
        let next = self.services.len() as u32;
        let number = *self.services.entry(service.to_owned()).or_insert(next);
        self.places.insert(key, self.keys.len() as u32);
        self.by_name.insert(format!("{service}/{handle}").to_lowercase(), key);
        self.keys.push(key);
        self.accounts.push(Account { service: number, names: vec![handle.to_owned()] });
    }

    /// The account whose page an address is: its host, and its handle as the last part of the path.
    fn of_page(&self, address: &str) -> Option<i64> {
        let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
        let (host, path) = rest.split_once('/')?;
        let path = path.split(['?', '#']).next()?.trim_end_matches('/');
        let handle = path.rsplit('/').next()?.trim_start_matches('@');
        self.by_name.get(&format!("{host}/{handle}").to_lowercase()).copied()
    }

    fn leads(self, links: &[(i64, i64)], posts: &[(Timestamp, i64, u32)]) -> Leads {
        let place = |key: i64| self.places.get(&key).copied();
        let links: Vec<Link> = links
            .iter()
            .filter_map(|(from, to)| Some(Link { from: place(*from)?, to: place(*to)?, place: Place::Post }))
            .collect();
        let acts: Vec<Act> = posts
            .iter()
            .filter_map(|(at, account, object)| {
                let at_ms = u64::try_from(at.as_millisecond()).unwrap_or(0);
                Some(Act { at_ms, account: place(*account)?, object: *object })
            })
            .collect();
        let found = find(&Traces { accounts: &self.accounts, links: &links, acts: &acts }, LEAD_FROM);
        Leads { accounts: self.keys, pairs: found.pairs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_account() {
        let mut table = Table::default();
        table.add(1, SubjectKind::Account, "chat.example", Some("chat.example/Kolvatrin"));
        table.add(2, SubjectKind::Channel, "chat.example", Some("chat.example/news"));
        table.add(3, SubjectKind::Account, "video.example", None);
        for (address, account) in [
            ("https://chat.example/@kolvatrin", Some(1)),
            ("//chat.example/u/kolvatrin/?x=1", Some(1)),
            ("https://video.example/kolvatrin", None),
            ("https://chat.example/news", None),
            ("https://chat.example", None),
        ] {
            assert_eq!(table.of_page(address), account, "{address}");
        }
        assert_eq!(table.keys, [1]);
    }
}
