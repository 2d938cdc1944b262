//! Times as sources write them, each with how far it can be trusted (D24).

use domain::observation::{SourceTime, TimeTrust};
use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::rfc2822, fmt::temporal::Pieces};

/// Earlier and later years are no times of postings but mistakes.
const YEAR_MIN: i16 = 1990;
const YEAR_MAX: i16 = 2100;

/// Which number comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

fn sane(time: SourceTime) -> Option<SourceTime> {
    let year = time.at.to_zoned(TimeZone::UTC).year();
    (YEAR_MIN..=YEAR_MAX).contains(&year).then_some(time)
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
pub(super) fn epoch(number: i64) -> Option<SourceTime> {
    let at = match number.unsigned_abs() {
        0..100_000_000_000 => Timestamp::from_second(number),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(number),
        100_000_000_000_000..100_000_000_000_000_000 => Timestamp::from_microsecond(number),
        _ => Timestamp::from_nanosecond(i128::from(number)),
    };
    sane(SourceTime { at: at.ok()?, offset_minutes: None, trust: TimeTrust::Instant })
}

/// ISO 8601 and RFC 3339, RFC 2822, seconds since 1970, and the usual forms of tables.
pub(super) fn parse(text: &str, order: Order) -> Option<SourceTime> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() >= 9 {
        return epoch(text.parse().ok()?);
    }
    if let Some((whole, part)) = text.split_once('.')
        && text.len() > 10
        && [whole, part].iter().all(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()))
    {
        return epoch(whole.parse().ok()?);
    }
    iso(text).or_else(|| mail(text)).or_else(|| table(text, order)).and_then(sane)
}

/// ISO 8601 with or without time, with or without offset.
fn iso(text: &str) -> Option<SourceTime> {
    let text = text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |text| format!("{text}Z"));
    let text = spaced_offset(&text);
    let pieces = Pieces::parse(&text).ok()?;
    let Some(time) = pieces.time() else { return local(pieces.date(), None) };
    let Some(offset) = pieces.to_numeric_offset() else { return local(pieces.date(), Some(time)) };
    let at = offset.to_timestamp(pieces.date().to_datetime(time)).ok()?;
    let minutes = i16::try_from(offset.seconds() / 60).ok()?;
    Some(SourceTime { at, offset_minutes: Some(minutes), trust: TimeTrust::Instant })
}

/// `2024-05-01 10:00:00 +0200` without the space before the offset.
fn spaced_offset(text: &str) -> String {
    match text.rsplit_once(' ') {
        Some((head, tail)) if tail.starts_with(['+', '-']) && head.contains(':') => format!("{head}{tail}"),
        _ => text.to_owned(),
    }
}

fn mail(text: &str) -> Option<SourceTime> {
    let zoned = rfc2822::parse(text).ok()?;
    let minutes = i16::try_from(zoned.offset().seconds() / 60).ok()?;
    Some(SourceTime { at: zoned.timestamp(), offset_minutes: Some(minutes), trust: TimeTrust::Instant })
}

fn local(date: Date, time: Option<Time>) -> Option<SourceTime> {
    let trust = if time.is_some() { TimeTrust::NoOffset } else { TimeTrust::DateOnly };
    let wall: DateTime = date.to_datetime(time.unwrap_or_else(Time::midnight));
    let at = wall.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(SourceTime { at, offset_minutes: None, trust })
}

/// `1.5.2024 10:00`, `01/05/2024`, `2024/05/01 10:00:30`.
fn table(text: &str, order: Order) -> Option<SourceTime> {
    let (day, clock) = match text.split_once([' ', 'T']) {
        Some((day, clock)) => (day.trim_end_matches(','), Some(clock.trim())),
        None => (text, None),
    };
    let mark = day.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let numbers: Vec<i16> = day.split(mark).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = numbers[..] else { return None };
    let (year, month, day) = if first > 31 {
        (first, second, third)
    } else if mark == '.' || order == Order::DayFirst {
        (third, second, first)
    } else {
        (third, first, second)
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = Date::new(year, month, day).ok()?;
    local(date, clock.map(str::parse::<Time>).transpose().ok()?)
}

/// The same time as the time of a report.
pub(super) fn reported(time: SourceTime) -> SourceTime {
    SourceTime { trust: TimeTrust::Reported, ..time }
}

/// Whether one of these dates can only be read with the day, or the month, first.
pub(super) fn order_of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Order> {
    let mut seen = None;
    for text in texts {
        let mut numbers = text.trim().split(['/', '-', ' ']).map(|part| part.parse::<u16>().unwrap_or(0));
        let (first, second) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if (13..=31).contains(&first) && (1..=12).contains(&second) {
            return Some(Order::DayFirst);
        }
        if (13..=31).contains(&second) && (1..=12).contains(&first) {
            seen = Some(Order::MonthFirst);
        }
    }
    seen
}

/// Whether the text is a date whose order cannot be told.
pub(super) fn slashed(text: &str) -> bool {
    text.contains('/') && table(text, Order::DayFirst).is_some_and(|time| time.at > date_floor())
}

fn date_floor() -> Timestamp {
    date(YEAR_MIN, 1, 1).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<i16>, TimeTrust)>) {
        let got = parse(text, Order::DayFirst);
        let got = got.map(|time| (time.at.to_string(), time.offset_minutes, time.trust));
        let expected = expected.map(|(at, offset, trust)| (at.to_owned(), offset, trust));
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn forms() {
        use TimeTrust::{DateOnly, Instant, NoOffset};
        check("2024-05-01T08:01:30Z", Some(("2024-05-01T08:01:30Z", Some(0), Instant)));
        check("2024-05-01T08:01:30+02:00", Some(("2024-05-01T06:01:30Z", Some(120), Instant)));
        check("2024-05-01 08:01:30 +0200", Some(("2024-05-01T06:01:30Z", Some(120), Instant)));
        check("2024-05-01 08:01:30 UTC", Some(("2024-05-01T08:01:30Z", Some(0), Instant)));
        check("2024-02-22T19:58:13.903293+00:00", Some(("2024-02-22T19:58:13.903293Z", Some(0), Instant)));
        check("2024-05-01T08:01:30", Some(("2024-05-01T08:01:30Z", None, NoOffset)));
        check("2024-05-01", Some(("2024-05-01T00:00:00Z", None, DateOnly)));
        check("1714550490", Some(("2024-05-01T08:01:30Z", None, Instant)));
        check("1714550490000", Some(("2024-05-01T08:01:30Z", None, Instant)));
        check("1714550490.25", Some(("2024-05-01T08:01:30Z", None, Instant)));
        check("Thu, 14 Oct 2021 12:59:53 +0100", Some(("2021-10-14T11:59:53Z", Some(60), Instant)));
        check("1.5.2024 08:01", Some(("2024-05-01T08:01:00Z", None, NoOffset)));
        check("03/04/2024", Some(("2024-04-03T00:00:00Z", None, DateOnly)));
        for bad in ["", "soon", "2024-13-01", "2024-02-30", "9999-01-01", "1", "0001-01-01T00:00:00Z"] {
            check(bad, None);
        }
    }

    #[test]
    fn order() {
        assert_eq!(order_of(["03/04/2024", "25/04/2024"].into_iter()), Some(Order::DayFirst));
        assert_eq!(order_of(["03/04/2024", "04/25/2024"].into_iter()), Some(Order::MonthFirst));
        assert_eq!(order_of(["03/04/2024"].into_iter()), None);
    }
}
