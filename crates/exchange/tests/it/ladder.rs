//! RXP-130 to RXP-137, as a table of days. The referral was receipted on Tuesday 2026-12-01 at 10:00 UTC.

use crate::examples::time;
use exchange::WireTime;
use exchange::body::preferences::{Day, Hours, Quiet};
use exchange::body::reminder::LastCheck;
use exchange::ladder::{Next, Rungs, Standing, Step, Why, next};
use exchange::liveness::LivenessClass;

const RECEIPT: &str = "2026-12-01T10:00:00.000Z";

fn rungs() -> Rungs<'static> {
    Rungs {
        standing: Standing::Acknowledged,
        steps_done: 0,
        last_step_at: time(RECEIPT),
        answered_pause_until: None,
        last_check: None,
        quiet: Quiet::Normal,
        quiet_until: None,
        hours: None,
        last_digest_at: None,
    }
}

fn hours_later(hours: i64) -> WireTime {
    WireTime::from_ms(time(RECEIPT).ms() + hours * 3_600_000).unwrap()
}

/// What the ladder says so many hours after the last step, with a check of the last minute.
fn at(rungs: &Rungs<'_>, hours: i64) -> Next {
    let now = hours_later(hours);
    let check =
        LastCheck { class: LivenessClass::StillUp, at: WireTime::from_ms(now.ms() - 60_000).unwrap() };
    next(&Rungs { last_check: Some(check), ..*rungs }, now)
}

fn why(next: Next) -> Why {
    match next {
        Next::Wait(why, _) => why,
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn ladder() {
    for (steps_done, wait_h, expected) in [
        (0, 72, Next::Remind(Step::One)),
        (1, 7 * 24, Next::Remind(Step::Two)),
        (2, 21 * 24, Next::Remind(Step::Three)),
        (3, 14 * 24, Next::End),
    ] {
        for standing in [Standing::Acknowledged, Standing::Delivered] {
            let rungs = Rungs { steps_done, standing, ..rungs() };
            assert_eq!(at(&rungs, wait_h - 1), Next::Wait(Why::TooSoon, Some(hours_later(wait_h))));
            assert_eq!(at(&rungs, wait_h), expected);
        }
        for standing in [Standing::InDialogue, Standing::Settled] {
            assert_eq!(at(&Rungs { steps_done, standing, ..rungs() }, 10_000), Next::Off);
        }
    }
    // RXP-70.12: in hand for 14 days.
    let in_hand = Rungs { answered_pause_until: Some(hours_later(100)), ..rungs() };
    assert_eq!(at(&in_hand, 99), Next::Wait(Why::UnderReview, Some(hours_later(100))));
    assert_eq!(at(&in_hand, 100), Next::Remind(Step::One));
    assert!(Step::Three.other_channel() && !Step::Two.other_channel());
    for step in [Step::One, Step::Two, Step::Three] {
        assert!(step.wording().contains("There is still no deadline."));
    }
}

#[test]
fn ladder_needs_a_fresh_check() {
    let now = hours_later(80);
    let with = |class, age_h: i64| {
        next(&Rungs { last_check: Some(LastCheck { class, at: hours_later(80 - age_h) }), ..rungs() }, now)
    };
    assert_eq!(with(LivenessClass::StillUp, 24), Next::Remind(Step::One));
    assert_eq!(why(with(LivenessClass::StillUp, 25)), Why::NotSeenUp);
    assert_eq!(why(with(LivenessClass::StillUp, -1)), Why::NotSeenUp);
    for class in
        [LivenessClass::GoneHard, LivenessClass::Replaced, LivenessClass::HostDown, LivenessClass::Unclear]
    {
        assert_eq!(why(with(class, 1)), Why::NotSeenUp);
    }
    assert_eq!(why(next(&rungs(), now)), Why::NotSeenUp);
}

#[test]
fn ladder_keeps_hours() {
    let hours = Hours {
        tz: "Europe/Dublin".into(),
        open: "09:00-17:00".into(),
        closed_days: vec![Day::Sat, Day::Sun],
    };
    let rungs = Rungs { hours: Some(&hours), ..rungs() };
    assert_eq!(at(&rungs, 72), Next::Remind(Step::One), "Friday 10:00");
    assert_eq!(at(&rungs, 78), Next::Remind(Step::One), "Friday 16:00");
    assert_eq!(why(at(&rungs, 79)), Why::OutsideHours, "Friday 17:00");
    assert_eq!(why(at(&rungs, 96)), Why::OutsideHours, "Saturday 10:00");
    assert_eq!(at(&rungs, 144), Next::Remind(Step::One), "Monday 10:00");
    // Summer time moves the hours with the people.
    assert!(hours.is_open(time("2026-07-01T08:00:00.000Z").timestamp()));
    assert!(!hours.is_open(time("2026-12-01T08:00:00.000Z").timestamp()));
    let unreadable = Hours { tz: "Nowhere".into(), ..hours };
    assert!(!unreadable.is_open(time(RECEIPT).timestamp()));
}

#[test]
fn one_digest_a_day() {
    let rungs = Rungs { last_digest_at: Some(hours_later(72)), ..rungs() };
    assert_eq!(why(at(&rungs, 85)), Why::DigestSent, "the same day, 23:00");
    assert_eq!(at(&rungs, 86), Next::Remind(Step::One), "the next day");
}

#[test]
fn quiet_mode() {
    let weekly = Rungs { quiet: Quiet::DigestWeekly, last_digest_at: Some(hours_later(60)), ..rungs() };
    assert_eq!(at(&weekly, 100), Next::Wait(Why::DigestSent, Some(hours_later(60 + 168))));
    assert_eq!(at(&weekly, 60 + 168), Next::Remind(Step::One));
    let paused = Rungs { quiet: Quiet::PausedUntil, quiet_until: Some(hours_later(500)), ..rungs() };
    assert_eq!(at(&paused, 499), Next::Wait(Why::Paused, Some(hours_later(500))));
    assert_eq!(at(&paused, 500), Next::Remind(Step::One));
    // No reminders, and the same end as for everybody: 72 h + 7 d + 21 d + 14 d.
    let silent = Rungs { quiet: Quiet::NoReminders, ..rungs() };
    for hours in [72, 300, 800, 1079] {
        assert_eq!(at(&silent, hours), Next::Wait(Why::TooSoon, Some(hours_later(1080))));
    }
    assert_eq!(at(&silent, 1080), Next::End);
    let halfway = Rungs { steps_done: 2, ..silent };
    assert_eq!(at(&halfway, 35 * 24), Next::End);
}
