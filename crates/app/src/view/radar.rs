//! Radar for a person: hosts by growth, where their audience came from, and the worksheet of one host.
//!
//! A host's growth is the share of the accounts that link anywhere who link there, in the newest weeks against the weeks
//! before: when everybody posts less, no host shrinks. Accounts are counted, not links: one cannot raise a host alone.

use crate::radar::{Outlinks, outlinks};
use crate::view::name as person_name;
use crate::{House, Result, load};
use domain::access::{Actor, Right};
use domain::event::Noun;
use domain::host::{Identification, Note, NoteKind};
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::host::HostNote;

/// Days of the newest window, and of the one before it.
pub const DAYS: i64 = 14;
/// Days of the window before.
pub const DAYS_BEFORE: i64 = 28;
/// Hosts that are shown.
pub const HOSTS_SHOWN: usize = 60;
/// Services shown from which a host's audience came.
const FROM_SHOWN: usize = 3;
/// Notes of one host that are read.
const NOTES_MAX: i64 = 500;
/// Hosts whose identification is read.
const KNOWN_MAX: i64 = 10_000;
/// Deviations of a 99 % interval: many hosts are looked at, and few may look as if they grew by chance.
const DEVIATIONS: f64 = 2.576;

/// How a host's share changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Nobody linked there before the newest window.
    New,
    /// Its share grew, beyond chance.
    Growing,
    /// Its share changed no more than chance does.
    Steady,
    /// Its share fell, beyond chance.
    Falling,
}

/// A factor with its 99 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Growth {
    /// Share now over share before.
    pub factor: f64,
    /// Least.
    pub low: f64,
    /// Greatest.
    pub high: f64,
}

/// A host among the links.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Host {
    /// Registrable host.
    pub host: String,
    /// How its share changed.
    pub trend: Trend,
    /// Accounts that link there in the newest window.
    pub accounts: u64,
    /// Accounts that linked there in the window before.
    pub accounts_before: u64,
    /// Links there in the newest window.
    pub links: u64,
    /// Its share now over its share before; none when nobody linked there before.
    pub growth: Option<Growth>,
    /// First link that is known.
    pub first_at: Timestamp,
    /// Services on which those accounts post, with how many of them, most first.
    pub from: Vec<(String, u64)>,
    /// Whether the service needs identification, as people noted.
    pub identification: Identification,
}

/// A note as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Noted {
    /// What it says, and from where.
    #[serde(flatten)]
    pub note: Note,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// A later note of the same kind stands above it.
    pub replaced: bool,
}

/// What is known of one host.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// Which.
    pub host: String,
    /// Facts, by kind, the newest of each kind first.
    pub facts: Vec<Noted>,
    /// Hypotheses, newest first.
    pub hypotheses: Vec<Noted>,
}

/// The radar, open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Open {
    /// The newest link: where the newest window ends; none when there is no link.
    pub until: Option<Timestamp>,
    /// Accounts that link anywhere, in the newest window and in the one before.
    pub accounts: (u64, u64),
    /// There are more links than are read.
    pub cut: bool,
    /// Hosts, new and growing ones first.
    pub hosts: Vec<Host>,
    /// Hosts that are not shown.
    pub left: u64,
    /// The worksheet that was asked for.
    pub sheet: Option<Sheet>,
}

/// The radar of a space for a person; reading it is logged. `about` is the host whose worksheet is wanted.
pub async fn open(house: &House, actor: &Actor, space: AgencyId, about: Option<&str>) -> Result<Open> {
    actor.need(Right::ReadNetwork)?;
    load::space(actor, Some(space))?;
    load::note_read(house, actor, Noun::Host, space.0).await?;
    let links = outlinks(house, space).await?;
    let mut open = hosts(&links);
    let known: HashMap<String, HostNote> =
        store::host::newest(&house.db, space, NoteKind::Identification, KNOWN_MAX)
            .await?
            .into_iter()
            .map(|note| (note.host.clone(), note))
            .collect();
    for host in &mut open.hosts {
        if let Some(note) = known.get(&host.host) {
            let note: Option<Note> = store::crypt::get_json(&house.db, note.document).await?;
            host.identification = note
                .and_then(|note| Identification::from_word(&note.value))
                .unwrap_or(Identification::Unknown);
        }
    }
    if let Some(about) = about.and_then(|about| domain::host::name(about).ok()) {
        open.sheet = Some(sheet(house, space, about).await?);
    }
    Ok(open)
}

async fn sheet(house: &House, space: AgencyId, host: String) -> Result<Sheet> {
    let (mut facts, mut hypotheses, mut kinds) = (Vec::new(), Vec::new(), HashSet::new());
    for stored in store::host::notes(&house.db, space, &host, NOTES_MAX).await? {
        // What was erased is not shown.
        let Some(note) = store::crypt::get_json::<Note>(&house.db, stored.document).await? else { continue };
        let by = person_name(house, stored.made_by).await?;
        let mut noted = Noted { note, by, at: stored.made_at, replaced: false };
        if stored.kind == NoteKind::Hypothesis {
            hypotheses.push(noted);
        } else {
            noted.replaced = !kinds.insert(stored.kind);
            facts.push(noted);
        }
    }
    facts.sort_by_key(|noted| noted.note.kind);
    Ok(Sheet { host, facts, hypotheses })
}

/// What is counted of one host.
#[derive(Default)]
struct Tally {
    now: HashSet<i64>,
    before: HashSet<i64>,
    older: bool,
    links: u64,
    first_at: Option<Timestamp>,
    from: BTreeMap<String, HashSet<i64>>,
}

/// Counts hosts, and orders them.
fn hosts(all: &Outlinks) -> Open {
    let until = all.links.iter().map(|link| link.at).max();
    let back = |days: i64| {
        until
            .and_then(|until| until.checked_sub(SignedDuration::from_hours(24 * days)).ok())
            .unwrap_or(Timestamp::MIN)
    };
    let (begin, before) = (back(DAYS), back(DAYS + DAYS_BEFORE));
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    let (mut now, mut earlier) = (HashSet::new(), HashSet::new());
    for link in &all.links {
        let tally = tallies.entry(&link.to).or_default();
        tally.first_at = Some(tally.first_at.map_or(link.at, |first| first.min(link.at)));
        if link.at > begin {
            now.insert(link.who);
            tally.now.insert(link.who);
            tally.links += 1;
            tally.from.entry(link.from.clone()).or_default().insert(link.who);
        } else if link.at > before {
            earlier.insert(link.who);
            tally.before.insert(link.who);
        } else {
            tally.older = true;
        }
    }
    let accounts = (now.len() as u64, earlier.len() as u64);
    let mut hosts: Vec<Host> =
        tallies.into_iter().filter_map(|(host, tally)| tally.host(host, accounts)).collect();
    hosts.sort_by(|x, y| {
        (x.trend, y.accounts, y.links, &x.host).cmp(&(y.trend, x.accounts, x.links, &y.host))
    });
    let left = hosts.len().saturating_sub(HOSTS_SHOWN) as u64;
    hosts.truncate(HOSTS_SHOWN);
    Open { until, accounts, cut: all.cut, hosts, left, sheet: None }
}

impl Tally {
    /// The host; none when nobody links there now or shortly before.
    fn host(self, host: &str, of: (u64, u64)) -> Option<Host> {
        let (accounts, accounts_before) = (self.now.len() as u64, self.before.len() as u64);
        if accounts + accounts_before == 0 {
            return None;
        }
        let growth = (of.1 > 0 && (accounts_before > 0 || self.older))
            .then(|| growth((accounts, of.0), (accounts_before, of.1)));
        let trend = match growth {
            None if accounts_before == 0 && !self.older => Trend::New,
            Some(growth) if growth.low > 1.0 => Trend::Growing,
            Some(growth) if growth.high < 1.0 => Trend::Falling,
            _ => Trend::Steady,
        };
        let mut from: Vec<(String, u64)> =
            self.from.into_iter().map(|(service, accounts)| (service, accounts.len() as u64)).collect();
        from.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
        from.truncate(FROM_SHOWN);
        Some(Host {
            host: host.to_owned(),
            trend,
            accounts,
            accounts_before,
            links: self.links,
            growth,
            first_at: self.first_at?,
            from,
            identification: Identification::Unknown,
        })
    }
}

/// The ratio of two shares with its interval on the logarithm (Katz and others, "Obtaining confidence intervals for the risk
/// ratio in cohort studies", 1978), each count raised by a half.
fn growth((now, of_now): (u64, u64), (before, of_before): (u64, u64)) -> Growth {
    let half = |count: u64| count as f64 + 0.5;
    let factor = half(now) / half(of_now) * half(before).recip() * half(of_before);
    let spread = half(now).recip() - half(of_now).recip() + half(before).recip() - half(of_before).recip();
    let half_width = DEVIATIONS * spread.max(0.0).sqrt();
    Growth { factor, low: factor * (-half_width).exp(), high: factor * half_width.exp() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::host::Outlink;

    /// `accounts` link to a host, one a day each, from day to day; the newest day is 42.
    fn linked(
        links: &mut Vec<Outlink>,
        to: &str,
        accounts: std::ops::Range<i64>,
        days: std::ops::Range<i64>,
    ) {
        for day in days {
            links.extend(accounts.clone().map(|who| Outlink {
                who,
                at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day),
                from: if who < 80 { "video.example".to_owned() } else { "chat.example".to_owned() },
                to: to.to_owned(),
                address: 1,
            }));
        }
    }

    fn found(links: Vec<Outlink>) -> Vec<(String, Trend)> {
        hosts(&Outlinks { links, cut: false }).hosts.into_iter().map(|host| (host.host, host.trend)).collect()
    }

    #[test]
    fn new_and_growing_hosts_come_first() {
        let mut links = Vec::new();
        linked(&mut links, "old.example", 0..100, 1..43);
        linked(&mut links, "new.example", 60..100, 35..43);
        linked(&mut links, "grows.example", 0..10, 1..29);
        linked(&mut links, "grows.example", 0..50, 29..43);
        linked(&mut links, "falls.example", 0..50, 1..29);
        linked(&mut links, "falls.example", 0..10, 29..43);
        let all = hosts(&Outlinks { links: links.clone(), cut: false });
        assert_eq!(all.accounts, (100, 100));
        let new = &all.hosts[0];
        assert_eq!((new.accounts, new.links, new.growth), (40, 320, None));
        assert_eq!(new.from, [("chat.example".to_owned(), 20), ("video.example".to_owned(), 20)]);
        let grows =
            all.hosts[1].growth.map(|growth| (growth.low > 2.0, growth.factor < 5.0, growth.high < 12.0));
        assert_eq!(grows, Some((true, true, true)));
        let named: Vec<(String, Trend)> = found(links);
        let named: Vec<(&str, Trend)> = named.iter().map(|(host, trend)| (host.as_str(), *trend)).collect();
        assert_eq!(
            named,
            [
                ("new.example", Trend::New),
                ("grows.example", Trend::Growing),
                ("old.example", Trend::Steady),
                ("falls.example", Trend::Falling)
            ]
        );
    }

    /// Half of everybody is silent: each host has half its accounts, and none of them falls.
    #[test]
    fn when_all_post_less_no_host_falls() {
        let mut links = Vec::new();
        for (host, from) in [("a.example", 0), ("b.example", 100)] {
            linked(&mut links, host, from..from + 100, 1..29);
            linked(&mut links, host, from..from + 50, 29..43);
        }
        assert!(found(links).iter().all(|(_, trend)| *trend == Trend::Steady));
    }

    /// One account that links a thousand times raises nothing.
    #[test]
    fn one_account_makes_no_host_grow() {
        let mut links = Vec::new();
        linked(&mut links, "old.example", 0..50, 1..43);
        linked(&mut links, "one.example", 0..1, 1..2);
        for _ in 0..1000 {
            linked(&mut links, "one.example", 0..1, 40..41);
        }
        assert_eq!(found(links)[1], ("one.example".to_owned(), Trend::Steady));
        assert_eq!(hosts(&Outlinks::default()).until, None);
    }
}
