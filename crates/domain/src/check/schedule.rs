//! When to look again (RXP-142).

use super::Liveness;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

/// Hours after sending of the first checks: 1 h, 6 h, 24 h, 3 d, 7 d, 14 d, 30 d.
pub const FIRST_CHECKS_H: [i64; 7] = [1, 6, 24, 72, 168, 336, 720];
/// Monthly checks after those.
pub const MONTHLY_CHECKS: u32 = 12;
/// Most doublings of one wait.
pub const BACK_OFF_LIMIT: u32 = 5;

/// The time of regular check number `index` (0 is the first), or `None` after the last.
fn regular(sent_at: Timestamp, index: u32) -> Option<Timestamp> {
    if let Some(hours) = FIRST_CHECKS_H.get(index as usize) {
        return sent_at.checked_add(SignedDuration::from_hours(*hours)).ok();
    }
    let months = index + 1 - FIRST_CHECKS_H.len() as u32;
    if months > MONTHLY_CHECKS {
        return None;
    }
    let start = regular(sent_at, FIRST_CHECKS_H.len() as u32 - 1)?.to_zoned(TimeZone::UTC);
    start.checked_add(i64::from(months).months()).ok().map(|zoned| zoned.timestamp())
}

/// When the next check is due, or `None` when the twelve months are over.
///
/// `checks_done` counts the checks of this schedule so far, `last_class` is the class of the last one and
/// `streak` the number of checks in a row, the last included, that had the same class. After `host_down` and
/// `checker_blocked` the wait since the last regular time doubles for each of the streak, at most
/// [`BACK_OFF_LIMIT`] times, and never past the end. A time in the past means: now.
pub fn next_due(
    sent_at: Timestamp,
    checks_done: u32,
    last_class: Option<Liveness>,
    streak: u32,
) -> Option<Timestamp> {
    let due = regular(sent_at, checks_done)?;
    let backs_off = matches!(last_class, Some(Liveness::HostDown | Liveness::CheckerBlocked));
    if !backs_off || checks_done == 0 {
        return Some(due);
    }
    let before = regular(sent_at, checks_done - 1)?;
    let end = regular(sent_at, FIRST_CHECKS_H.len() as u32 + MONTHLY_CHECKS - 1)?;
    let wait = due.duration_since(before).checked_mul(1 << streak.min(BACK_OFF_LIMIT))?;
    Some(before.checked_add(wait).unwrap_or(end).min(end))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn schedule_of_rxp_142() {
        let sent = at("2027-01-31T10:00:00Z");
        let times: Vec<String> =
            (0..30).map_while(|done| next_due(sent, done, None, 0)).map(|due| due.to_string()).collect();
        assert_eq!(times.len(), 19);
        assert_eq!(
            times[..9],
            [
                "2027-01-31T11:00:00Z",
                "2027-01-31T16:00:00Z",
                "2027-02-01T10:00:00Z",
                "2027-02-03T10:00:00Z",
                "2027-02-07T10:00:00Z",
                "2027-02-14T10:00:00Z",
                "2027-03-02T10:00:00Z",
                "2027-04-02T10:00:00Z",
                "2027-05-02T10:00:00Z",
            ]
        );
        assert_eq!(times[18], "2028-03-02T10:00:00Z");
    }

    #[test]
    fn backs_off_when_it_cannot_see() {
        let sent = at("2027-01-01T00:00:00Z");
        let check = |done, class, streak, expected: &str| {
            assert_eq!(
                next_due(sent, done, Some(class), streak).unwrap().to_string(),
                expected,
                "{done} {streak}"
            );
        };
        check(1, Liveness::StillUp, 1, "2027-01-01T06:00:00Z");
        check(1, Liveness::HostDown, 1, "2027-01-01T11:00:00Z");
        check(2, Liveness::CheckerBlocked, 2, "2027-01-04T06:00:00Z");
        check(2, Liveness::Unclear, 9, "2027-01-02T00:00:00Z");
    }

    proptest! {
        #[test]
        fn never_before_the_regular_time_nor_after_the_end(
            done in 0_u32..25, streak in 0_u32..100, second in 0_i64..4_000_000_000, class in 0_usize..14,
        ) {
            let sent = Timestamp::from_second(second).unwrap();
            let plain = next_due(sent, done, None, 0);
            let backed = next_due(sent, done, Some(Liveness::ALL[class]), streak);
            prop_assert_eq!(plain.is_some(), backed.is_some());
            if let (Some(plain), Some(backed)) = (plain, backed) {
                prop_assert!(backed >= plain && plain > sent);
                prop_assert!(backed <= next_due(sent, 18, None, 0).unwrap());
            }
        }
    }
}
