//! Instants of RFC 3339 in UTC, as the ledgers write them.

/// Microseconds since 1970 UTC of `2026-03-10T11:42:00.123456Z`; digits beyond six are cut. `None` for anything else.
pub(crate) fn micros(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.split('-').map(digits);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut time = whole.split(':').map(digits);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let legal =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    if !legal || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(seconds * 1_000_000 + digits(&padded)?)
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Years are counted from March, so that the leap day is last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leaps + of_year - 719_468
}

/// Date and hour, `2026-03-10T11Z`.
pub(crate) fn hour(micros: i64) -> String {
    let hours = micros.div_euclid(3_600_000_000);
    let (day, hour) = (hours.div_euclid(24), hours.rem_euclid(24));
    // The year is guessed from below and corrected by counting on.
    let mut year = 1970 + day.div_euclid(366);
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= day).unwrap_or(1);
    let of_month = day - days(year, month, 1) + 1;
    format!("{year:04}-{month:02}-{of_month:02}T{hour:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(micros(text), expected, "{text}");
        check("1970-01-01T00:00:00Z", Some(0));
        check("2000-02-29T12:00:00Z", Some(951_825_600_000_000));
        check("2026-11-21T22:16:12.5Z", Some(1_795_299_372_500_000));
        check("2017-04-25T00:00:00.123456789Z", Some(1_493_078_400_123_456));
        check("1969-12-31T23:59:59Z", Some(-1_000_000));
        for wrong in
            ["", "2017-04-25", "2017-13-01T00:00:00Z", "2017-04-25T00:00:00+01:00", "2017-04-25T00:00:00.1xZ"]
        {
            check(wrong, None);
        }
    }

    #[test]
    fn hours() {
        let check =
            |text: &str, expected: &str| assert_eq!(micros(text).map(hour).as_deref(), Some(expected));
        check("2017-04-25T23:59:59.999Z", "2017-04-25T23Z");
        check("2000-02-29T00:00:00Z", "2000-02-29T00Z");
        check("1999-12-31T23:00:00Z", "1999-12-31T23Z");
        check("2100-03-01T05:00:00Z", "2100-03-01T05Z");
    }
}
