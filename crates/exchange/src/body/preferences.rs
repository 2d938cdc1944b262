//! `contact_preferences` (RXP-20.33, RXP-136): how a provider wants to be written to. Choosing quiet has
//! no consequence and appears in no ranking (RXP-137).

use crate::atoms::{Lang, WireTime};
use crate::document::Envelope;
use crate::limits;
use crate::refused::{Code, Refused};
use jiff::{Timestamp, civil::Time, civil::Weekday, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// RXP-136.04: the longest pause, in days.
pub const PAUSE_DAYS_MAX: i64 = 90;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// The body of contact preferences: what is left out stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPreferences {
    /// How much is sent after the referral itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// Until when, with `paused_until` and only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<WireTime>,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The most referrals an hour (RXP-39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_referrals_per_hour: Option<u32>,
    /// Languages read there, the favourite first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
}

/// RXP-136.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quiet {
    /// The whole ladder.
    Normal,
    /// Steps only in one weekly digest.
    DigestWeekly,
    /// The referral only.
    NoReminders,
    /// Steps wait; new referrals still arrive.
    PausedUntil,
}

/// Hours of work, in the provider's own time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA time zone.
    pub tz: String,
    /// `HH:MM-HH:MM`, opening before closing.
    pub open: String,
    /// Days without anybody.
    pub closed_days: Vec<Day>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Day {
    fn of(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl Hours {
    /// Refuses an unknown zone, a span that is none, and a week without a day.
    pub(crate) fn check(&self, at: &str) -> Result<(), Refused> {
        if TimeZone::get(&self.tz).is_err() {
            return Err(Refused::at(Code::Schema, &format!("{at}/tz"), "not a time zone"));
        }
        if self.span().is_none() {
            return Err(Refused::at(Code::Schema, &format!("{at}/open"), "not HH:MM-HH:MM"));
        }
        if self.closed_days.len() >= 7 {
            return Err(Refused::at(Code::Limit, &format!("{at}/closed_days"), "at least one day is open"));
        }
        Ok(())
    }

    /// Whether somebody is there at `time`. Never, if the zone or span is unreadable.
    pub fn is_open(&self, time: Timestamp) -> bool {
        let (Ok(zone), Some((open, close))) = (TimeZone::get(&self.tz), self.span()) else { return false };
        let local = time.to_zoned(zone);
        !self.closed_days.contains(&Day::of(local.weekday())) && (open..close).contains(&local.time())
    }

    fn span(&self) -> Option<(Time, Time)> {
        let (open, close) = self.open.split_once('-')?;
        let clock = |text: &str| {
            let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5)?;
            Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        };
        let (open, close) = (clock(open)?, clock(close)?);
        (open < close).then_some((open, close))
    }
}

impl ContactPreferences {
    pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
        check_pause("/body/paused_until", self.quiet, self.paused_until, envelope.sent_at)?;
        if let Some(hours) = &self.hours {
            hours.check("/body/hours")?;
        }
        if let Some(most) = self.max_referrals_per_hour {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            limits::REFERRALS_PER_HOUR.amount("/body/max_referrals_per_hour", most, "an hour")?;
        }
        if self.languages.is_empty() {
            Ok(())
        } else {
            limits::LANGUAGES.count("/body/languages", &self.languages)
        }
    }
}

/// A pause has an end, at most 90 days after `from`; nothing else has.
pub(crate) fn check_pause(
    field: &str,
    quiet: Option<Quiet>,
    until: Option<WireTime>,
    from: WireTime,
) -> Result<(), Refused> {
    match (quiet, until) {
        (Some(Quiet::PausedUntil), Some(until)) if until.ms() - from.ms() > PAUSE_DAYS_MAX * DAY_MS => {
            Err(Refused::at(Code::Limit, field, "a pause lasts at most 90 days"))
        }
        (Some(Quiet::PausedUntil), Some(_)) => Ok(()),
        (Some(Quiet::PausedUntil), None) | (_, Some(_)) => {
            Err(Refused::at(Code::Schema, field, "quiet paused_until and its time go together"))
        }
        _ => Ok(()),
    }
}
