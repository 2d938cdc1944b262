//! RXP-130 to RXP-137: when a referral without answer is mentioned again. Never an order, never with a threat.

use crate::atoms::WireTime;
use crate::body::preferences::{Hours, Quiet};
use crate::body::reminder::LastCheck;
use crate::liveness::LivenessClass;
use jiff::tz::TimeZone;

const HOUR_MS: i64 = 3600 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// RXP-132 to RXP-135: the wait before step 1, 2, 3 and the end, in milliseconds.
const WAITS_MS: [i64; 4] = [72 * HOUR_MS, 7 * DAY_MS, 21 * DAY_MS, 14 * DAY_MS];
/// RXP-130: the oldest check that counts, in milliseconds.
const CHECK_AGE_MS_MAX: i64 = 24 * HOUR_MS;
/// RXP-136.02: between two weekly digests, in milliseconds.
const WEEK_MS: i64 = 7 * DAY_MS;

/// The state of a referral, as far as the ladder asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// By mail or link, no receipt yet.
    Delivered,
    /// With receipt, no final answer.
    Acknowledged,
    /// A question is open: `needs_information`.
    InDialogue,
    /// Any other: answered, withdrawn, not sent, closed.
    Settled,
}

/// What the sender knows of one referral and its provider.
#[derive(Debug, Clone, Copy)]
pub struct Rungs<'a> {
    /// The referral's state.
    pub standing: Standing,
    /// 0 to 3: reminders sent since the receipt, or since the last information (RXP-70.14).
    pub steps_done: u8,
    /// The last step; for step 0 the receipt, or the delivery while there is none.
    pub last_step_at: WireTime,
    /// RXP-70.12: the provider said `received` or `under_review`; 14 days from then.
    pub answered_pause_until: Option<WireTime>,
    /// The last liveness check.
    pub last_check: Option<LastCheck>,
    /// The provider's choice, or the sender's for a small host.
    pub quiet: Quiet,
    /// The end of `paused_until`.
    pub quiet_until: Option<WireTime>,
    /// The provider's hours; none means any time.
    pub hours: Option<&'a Hours>,
    /// The last digest to this provider, about whatever referral.
    pub last_digest_at: Option<WireTime>,
}

/// What the ladder says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Put this step in the provider's next digest now.
    Remind(Step),
    /// All steps are done: state `no_answer`, neutral.
    End,
    /// Not yet.
    Wait(Why, Option<WireTime>),
    /// Not at all.
    Off,
}

/// Why not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The time of the next step has not come.
    TooSoon,
    /// The provider has it in hand.
    UnderReview,
    /// The provider pauses.
    Paused,
    /// No check of the last 24 h says `still_up`.
    NotSeenUp,
    /// Nobody is there now.
    OutsideHours,
    /// One digest went out in this day, or week.
    DigestSent,
}

/// RXP-132 to RXP-134.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Same channel.
    One,
    /// Same channel; asks whether address, language or format should change.
    Two,
    /// Other published channel; the last one.
    Three,
}

impl Step {
    /// 1 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// Whether it goes to another published channel than the referral.
    pub const fn other_channel(self) -> bool {
        matches!(self, Self::Three)
    }

    /// The wording in English.
    pub const fn wording(self) -> &'static str {
        match self {
            Self::One => "You may have missed this. There is still no deadline.",
            Self::Two => {
                "Should we write to another address, in another language or in another format? There is still no \
                 deadline."
            }
            Self::Three => {
                "This is the last message about this referral. If you wish to talk to us, our contact is in our \
                 contact file. There is still no deadline."
            }
        }
    }
}

/// The next step at `now`, or why there is none.
pub fn next(rungs: &Rungs<'_>, now: WireTime) -> Next {
    if matches!(rungs.standing, Standing::InDialogue | Standing::Settled) {
        return Next::Off;
    }
    let waits = &WAITS_MS[usize::from(rungs.steps_done.min(3))..];
    let Some(wait_ms) = waits.first() else { return Next::Off };
    let step = match rungs.steps_done {
        _ if rungs.quiet == Quiet::NoReminders => None,
        0 => Some(Step::One),
        1 => Some(Step::Two),
        2 => Some(Step::Three),
        _ => None,
    };
    // Quiet or not, a referral without answer ends on the same day (RXP-137).
    let wait_ms = if step.is_some() { *wait_ms } else { waits.iter().sum() };
    if let Some(until) = rungs.answered_pause_until.filter(|until| now < *until) {
        return Next::Wait(Why::UnderReview, Some(until));
    }
    if now.ms() - rungs.last_step_at.ms() < wait_ms {
        return Next::Wait(Why::TooSoon, WireTime::from_ms(rungs.last_step_at.ms() + wait_ms).ok());
    }
    match step {
        None => Next::End,
        Some(step) => hindrance(rungs, now).unwrap_or(Next::Remind(step)),
    }
}

/// What stands in the way of a step whose time has come.
fn hindrance(rungs: &Rungs<'_>, now: WireTime) -> Option<Next> {
    if rungs.quiet == Quiet::PausedUntil
        && let Some(until) = rungs.quiet_until.filter(|until| now < *until)
    {
        return Some(Next::Wait(Why::Paused, Some(until)));
    }
    let seen_up = rungs.last_check.is_some_and(|check| {
        check.class == LivenessClass::StillUp && (0..=CHECK_AGE_MS_MAX).contains(&(now.ms() - check.at.ms()))
    });
    if !seen_up {
        return Some(Next::Wait(Why::NotSeenUp, None));
    }
    if rungs.hours.is_some_and(|hours| !hours.is_open(now.timestamp())) {
        return Some(Next::Wait(Why::OutsideHours, None));
    }
    let last = rungs.last_digest_at?;
    let weekly = rungs.quiet == Quiet::DigestWeekly;
    let sent = if weekly { now.ms() - last.ms() < WEEK_MS } else { same_day(rungs.hours, last, now) };
    let free_at = weekly.then(|| WireTime::from_ms(last.ms() + WEEK_MS).ok()).flatten();
    sent.then_some(Next::Wait(Why::DigestSent, free_at))
}

/// The same calendar day where the provider is; without hours, in UTC.
fn same_day(hours: Option<&Hours>, a: WireTime, b: WireTime) -> bool {
    let zone = hours.and_then(|hours| TimeZone::get(&hours.tz).ok()).unwrap_or(TimeZone::UTC);
    let day = |time: WireTime| time.timestamp().to_zoned(zone.clone()).date();
    day(a) == day(b)
}
