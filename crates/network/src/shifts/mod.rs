//! Shifts: blackouts, bursts, migrations and changes of the mix in hourly counts, found while they happen.
//!
//! Everything is read hour by hour, once, forward: what is said at an hour uses that hour and those before it.
//!
//! - **Rhythm** (`rhythm.rs`): each series' level, day and week, learnt as a negative binomial regression on waves.
//! - **Control** (`control.rs`): what the other series of the same service do together is the service, not people. An
//!   hour in which they halve or double together says nothing; what they do over hours and days moves the expectation, and
//!   is in no level that is learnt. A decline is told when the series lost more than its others in the same hours.
//! - **Filter** (`filter.rs`): a hidden state for each series: normal, blackout, burst, or a decline that began some
//!   hours ago. Its chances follow from the likelihood of each hour's count (Shiryaev, "On optimum methods in quickest
//!   detection problems", 1963). What is said comes with its chance, and the kinds compete.
//! - **Mix**: when the other series of the service took up what one lost, or gave what it won, the service is as large as
//!   before and the mix is another. With a language a series, people write in another language.
//! - **Hosts** (`hosts.rs`): with posts at hand, a migration is seen where it begins: accounts of a series, one after
//!   the other, link to a host that none of them linked to before.
//!
//! Rejected: thresholds on counts (rhythm), CUSUM for each kind alone (no common chance, a decline is also a slow
//! blackout), differences to last week (last week's shift comes back as this week's).

mod control;
mod filter;
mod hosts;
mod read;
mod rhythm;
#[cfg(test)]
mod trials;

pub use read::{COUNTS_MAX, POSTS_MAX, ReadError, read_posts, read_series};

use control::Control;
use filter::Filter;
use hosts::{Hosts, Moving};
use rhythm::Rhythm;

/// Hours of a series before anything is said about it: two weeks, so that a week was seen twice.
const LEARNING_HOURS: usize = 24 * 14;

/// Hours of a series before a decline is told from its counts: it needs a level that is known better.
const LEVEL_HOURS: usize = 24 * 28;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fell to a fraction at once.
    Blackout,
    /// Rose to a multiple at once.
    Burst,
    /// Declines over days, or its accounts link to a new host.
    Migration,
    /// Fell or rose, and the other series of its service together took up or gave what it did: the mix is another.
    Mix,
}

impl Kind {
    /// As written in formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blackout => "blackout",
            Self::Burst => "burst",
            Self::Migration => "migration",
            Self::Mix => "mix",
        }
    }
}

/// Hourly counts of one community on one service.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Number of the service, from 0.
    pub service: u32,
    /// A count an hour from hour 0; none where nothing was counted, which is not the same as 0.
    pub counts: Vec<Option<u32>>,
}

/// One account's link to a host in one hour.
#[derive(Clone, Copy, Debug)]
pub struct Post {
    /// As in the series.
    pub hour: u32,
    /// From 0; an account on one service.
    pub account: u32,
    /// Number of the service, as in the series.
    pub service: u32,
    /// From 0.
    pub host: u32,
}

/// A shift of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Which series.
    pub series: usize,
    /// What.
    pub kind: Kind,
    /// The hour in which it probably began.
    pub at: usize,
    /// The last hour that was looked at when it was said.
    pub detected_at: usize,
    /// The chance that it is one, 0 to 1.
    pub confidence: f64,
    /// The host that a migration leads to, when posts show one.
    pub host: Option<u32>,
}

/// Finds the shifts, in the order of their detection. Posts are ordered by hour.
pub fn find(series: &[Series], posts: &[Post]) -> Vec<Shift> {
    let hours = series.iter().map(|one| one.counts.len()).max().unwrap_or(0);
    let mut control = Control::new(series);
    let mut hosts = Hosts::new(series, posts);
    let mut watched: Vec<Watched> = series.iter().map(|_| Watched::default()).collect();
    let mut shifts = Vec::new();
    let mut rest = posts;
    for hour in 0..hours {
        for (one, state) in series.iter().zip(&mut watched) {
            state.foresee(hour, one.counts.get(hour).copied().flatten());
        }
        control.hour(&mut watched);
        let now = rest.partition_point(|post| post.hour as usize <= hour);
        hosts.hour(hour, &rest[..now]);
        rest = &rest[now..];
        for (at, state) in watched.iter_mut().enumerate() {
            let lost_alone = |hours: usize, spread: f64| control.lost_alone(at, hours, spread);
            let is_traded = |hours: usize, spread: f64| control.is_traded(at, hours, spread);
            let said = state.judge(
                hour,
                Around {
                    control: control.of(at),
                    lost_alone: &lost_alone,
                    is_traded: &is_traded,
                    moving: hosts.moving(at),
                    known: hosts.known(at),
                },
            );
            shifts.extend(said.map(|shift| Shift { series: at, ..shift }));
        }
    }
    shifts
}

/// What is known of an hour beside the series' own count.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// What the service does to everybody, as a factor; none when this hour says nothing.
    control: Option<f64>,
    /// How many deviations the series lost more than its others in the last so many hours, by the spread of its counts.
    lost_alone: &'a dyn Fn(usize, f64) -> f64,
    /// Whether the others of its service took up what the series lost in the last so many hours, or gave what it won.
    is_traded: &'a dyn Fn(usize, f64) -> bool,
    /// Where the accounts go.
    moving: Option<Moving>,
    /// Whether posts of the accounts are at hand.
    known: bool,
}

/// One series while it is watched.
#[derive(Default)]
struct Watched {
    rhythm: Rhythm,
    filter: Filter,
    /// Hours with a count so far.
    counted: usize,
    /// What this hour's count should be, and what it is.
    expected: f64,
    count: Option<u32>,
    /// Fading sums of counts and of what was expected.
    lately: [f64; 2],
    /// What was said and is not over: the kind, and the hour.
    open: Option<(Kind, usize)>,
    /// What was said and may turn out to be a change of the mix.
    unsure: Option<Unsure>,
    /// Hours in a row that were most probably normal.
    calm_hours: usize,
    /// Hosts that were said.
    said_hosts: Vec<u32>,
    /// Hours since when each kind is possible at all, for the hour of its beginning.
    since: [usize; 3],
}

/// A fall or rise that was said, while it may be a change of the mix.
struct Unsure {
    at: usize,
    said_at: usize,
    /// How long it is looked.
    hours: usize,
    traded_hours: usize,
    confidence: f64,
}

/// After so many hours, what was a shift is the new normal.
const NEW_NORMAL_HOURS: usize = 24 * 14;
/// The new level is taken over about so many hours.
const LATELY_HOURS: f64 = 72.0;
/// A shift is over after so many hours in a row that are normal with this chance.
const CALM_HOURS: usize = 24;
const CALM: f64 = 0.8;
/// For so long it is looked whether a decline is a change of the mix, and what fell or rose at once.
const UNSURE_HOURS: usize = 120;
const UNSURE_AT_ONCE_HOURS: usize = 48;
/// It is one when the others took it up or gave it, in every one of so many hours.
const TRADED_HOURS: usize = 4;
/// A kind is possible from this chance on.
const POSSIBLE: f64 = 0.02;
/// A shift is said from this chance on.
const SAID: [f64; 3] = [0.85, 0.8, 0.9];
/// A decline whose accounts are known, and do not move: from this chance on.
const SAID_STAYING: f64 = 0.99;
/// A decline is said when what the series lost since its begin is so many deviations more than what its others lost.
const ALONE_MIN: f64 = 2.5;
const KINDS: [Kind; 3] = [Kind::Blackout, Kind::Burst, Kind::Migration];

impl Watched {
    fn foresee(&mut self, hour: usize, count: Option<u32>) {
        self.count = count;
        self.expected = self.rhythm.expected(hour);
        self.counted += usize::from(count.is_some());
    }

    fn learnt(&self) -> bool {
        self.counted > LEARNING_HOURS
    }

    /// Takes this hour in.
    fn judge(&mut self, hour: usize, around: Around<'_>) -> Option<Shift> {
        let (Some(count), Some(control)) = (self.count, around.control) else {
            return self.by_host(hour, around.moving);
        };
        if !self.learnt() {
            self.rhythm.learn(count, control, 1.0);
            return None;
        }
        for (sum, now) in self.lately.iter_mut().zip([f64::from(count), self.expected * control]) {
            *sum = *sum * (1.0 - 1.0 / LATELY_HOURS) + now;
        }
        self.filter.hour(count, self.expected * control, self.rhythm.spread());
        self.rhythm.learn(count, control, self.filter.normal());
        self.close(hour);
        let by_host = self.by_host(hour, around.moving);
        by_host.or_else(|| self.by_mix(hour, around)).or_else(|| self.by_count(hour, around))
    }

    fn close(&mut self, hour: usize) {
        self.calm_hours = if self.filter.normal() > CALM { self.calm_hours + 1 } else { 0 };
        let Some((_, since)) = self.open else { return };
        if self.calm_hours >= CALM_HOURS {
            (self.open, self.unsure) = (None, None);
        } else if hour - since > NEW_NORMAL_HOURS {
            let [counts, expected] = self.lately;
            self.rhythm.move_level((counts + 0.5) / (expected + 0.5));
            self.filter = Filter::default();
            self.open = None;
        }
    }

    fn by_count(&mut self, hour: usize, around: Around<'_>) -> Option<Shift> {
        let chances = self.filter.chances();
        for (since, chance) in self.since.iter_mut().zip(chances) {
            if chance < POSSIBLE {
                *since = hour + 1;
            }
        }
        let mut said = SAID;
        if around.known {
            said[2] = SAID_STAYING;
        }
        let kinds = if self.counted > LEVEL_HOURS { 3 } else { 2 };
        let which = (0..kinds).find(|which| chances[*which] >= said[*which])?;
        let kind = KINDS[which];
        // A blackout and a decline are one fall.
        if self.open.is_some_and(|(open, _)| (open == Kind::Burst) == (kind == Kind::Burst)) {
            return None;
        }
        if kind == Kind::Migration {
            let hours = self.filter.decline_hours();
            if (around.lost_alone)(hours, self.rhythm.spread()) < ALONE_MIN {
                return None;
            }
        }
        self.open = Some((kind, hour));
        if kind == Kind::Migration && around.moving.is_some() {
            // The host was said; this is its echo in the counts.
            return None;
        }
        let at = match kind {
            Kind::Migration | Kind::Mix => hour + 1 - self.filter.decline_hours(),
            Kind::Blackout | Kind::Burst => self.since[which],
        };
        let hours = if kind == Kind::Migration { UNSURE_HOURS } else { UNSURE_AT_ONCE_HOURS };
        let confidence = chances[which];
        self.unsure = Some(Unsure { at, said_at: hour, hours, traded_hours: 0, confidence });
        Some(Shift { series: 0, kind, at, detected_at: hour, confidence, host: None })
    }

    /// What was said, put right when it is seen for a while that the others of the service took it up or gave it.
    fn by_mix(&mut self, hour: usize, around: Around<'_>) -> Option<Shift> {
        let unsure = self.unsure.as_mut().filter(|unsure| hour - unsure.said_at <= unsure.hours)?;
        let traded = (around.is_traded)(hour + 1 - unsure.at.min(hour), self.rhythm.spread());
        unsure.traded_hours = if traded { unsure.traded_hours + 1 } else { 0 };
        if unsure.traded_hours < TRADED_HOURS {
            return None;
        }
        let Unsure { at, confidence, .. } = self.unsure.take()?;
        Some(Shift { series: 0, kind: Kind::Mix, at, detected_at: hour, confidence, host: None })
    }

    fn by_host(&mut self, hour: usize, moving: Option<Moving>) -> Option<Shift> {
        let moving = moving.filter(|moving| !self.said_hosts.contains(&moving.host))?;
        self.said_hosts.push(moving.host);
        if self.open.is_some_and(|(open, _)| open == Kind::Migration) {
            return None;
        }
        self.open = Some((Kind::Migration, hour));
        let (at, confidence, host) = (moving.since, moving.confidence, Some(moving.host));
        Some(Shift { series: 0, kind: Kind::Migration, at, detected_at: hour, confidence, host })
    }
}
