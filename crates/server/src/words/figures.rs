//! Numbers, times and durations as people read them here: digits 0 to 9 in all
//! languages, a narrow no-break space between thousands, 24 hours, and never a
//! clock time without the name of its zone.

use super::Words;
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

const THOUSANDS: char = '\u{202f}';
const MINUTE_SECONDS: u64 = 60;
const HOUR_SECONDS: u64 = 60 * MINUTE_SECONDS;
const DAY_SECONDS: u64 = 24 * HOUR_SECONDS;
/// From so many days on, hours are left out.
const TWO_UNITS_DAYS_MAX: u64 = 3;

/// `18260` as `18 260`, with narrow no-break spaces.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(THOUSANDS);
        }
        out.push(digit);
    }
    out
}

/// Month names, by number; message keys.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

impl Words {
    /// A count with groups of three.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        grouped(number)
    }

    /// A share of 0..=1 as a whole percentage, isolated left to right.
    #[must_use]
    pub fn share(&self, share: f64) -> Markup {
        html! { bdi dir="ltr" { (format!("{:.0}\u{202f}%", share * 100.0)) } }
    }

    /// A share of 0..=1 with one decimal, isolated left to right.
    #[must_use]
    pub fn share_fine(&self, share: f64) -> Markup {
        html! { bdi dir="ltr" { (format!("{:.1}\u{202f}%", share * 100.0)) } }
    }

    /// The clock on the reader's wall: `12:42 CET`.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> Markup {
        self.clock_in(at, &self.zone, "%H:%M %Z")
    }

    /// The clock with seconds: `12:42:07 CET`.
    #[must_use]
    pub fn clock_fine(&self, at: Timestamp) -> Markup {
        self.clock_in(at, &self.zone, "%H:%M:%S %Z")
    }

    /// The hour in the reader's zone: `12`.
    #[must_use]
    pub fn hour(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H").to_string()
    }

    /// The clock in UTC: `11:42 UTC`.
    #[must_use]
    pub fn utc(&self, at: Timestamp) -> Markup {
        self.clock_in(at, &TimeZone::UTC, "%H:%M UTC")
    }

    /// The clock in a provider's own zone, an IANA name; UTC when the name is unknown.
    #[must_use]
    pub fn clock_at(&self, at: Timestamp, zone: &str) -> Markup {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        self.clock_in(at, &zone, "%H:%M %Z")
    }

    fn clock_in(&self, at: Timestamp, zone: &TimeZone, form: &str) -> Markup {
        let shown = at.to_zoned(zone.clone()).strftime(form).to_string();
        html! { time datetime=(at) { bdi dir="ltr" { (shown) } } }
    }

    /// A day in the reader's zone: `10 March 2026`.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let month = self.t(MONTHS[usize::from(local.month().unsigned_abs().clamp(1, 12)) - 1]);
        format!("{} {month} {}", local.day(), local.year())
    }

    /// A day and its clock: `10 March 2026, 12:42 CET`.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> Markup {
        html! { (self.day(at)) (self.comma()) (self.clock(at)) }
    }

    /// The instant of a date and time on the reader's wall; `None` out of range.
    #[must_use]
    pub fn instant(&self, local: jiff::civil::DateTime) -> Option<Timestamp> {
        Some(local.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// A stretch of time in its two largest units: `6 min`, `1 h 10 min`, `3 days`.
    #[must_use]
    pub fn stretch(&self, seconds: u64) -> String {
        let two = |large: &str, small: &str| {
            if small.is_empty() { large.to_owned() } else { format!("{large} {small}") }
        };
        let (days, hours) = (seconds / DAY_SECONDS, seconds % DAY_SECONDS / HOUR_SECONDS);
        let (minutes, rest) = (seconds % HOUR_SECONDS / MINUTE_SECONDS, seconds % MINUTE_SECONDS);
        let part = |count: u64, key: &str| match count {
            0 => String::new(),
            _ => self.with(key, &[("n", count.into())]),
        };
        match (days, hours, minutes) {
            (0, 0, 0) => self.with("stretch-seconds", &[("n", rest.into())]),
            (0, 0, _) => part(minutes, "stretch-minutes"),
            (0, _, _) => two(&part(hours, "stretch-hours"), &part(minutes, "stretch-minutes")),
            (1..TWO_UNITS_DAYS_MAX, _, _) => two(&part(days, "stretch-days"), &part(hours, "stretch-hours")),
            _ => part(days, "stretch-days"),
        }
    }
}
