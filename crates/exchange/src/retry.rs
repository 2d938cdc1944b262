//! RXP-43: when a message is tried again, and when the fallback begins.

use crate::message_type::Lane;

/// Lanes 1 to 3: the longest wait before the fallback, in seconds.
const PRESSING_WAIT_S_MAX: u64 = 60;
/// Lanes 1 to 3: fallback after this time without receipt, in seconds.
const PRESSING_FALLBACK_S: u64 = 15 * 60;
/// RXP-80.16: the same after a `503`.
const PRESSING_FALLBACK_EARLY_S: u64 = 2 * 60;
/// Lanes 1 to 3: wait beside the fallback, in seconds.
const BESIDE_FALLBACK_WAIT_S: u64 = 5 * 60;
/// Lanes 4 and 5: the longest wait, in seconds.
const PATIENT_WAIT_S_MAX: u64 = 30 * 60;
/// Lanes 4 and 5: fallback, and no more tries, after this time, in seconds.
const PATIENT_FALLBACK_S: u64 = 24 * 3600;

/// A message without receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// Its lane.
    pub lane: Lane,
    /// Tries so far, at least 1.
    pub attempts: u32,
    /// Seconds since the first try.
    pub elapsed_s: u64,
    /// The receiver said `503` (RXP-80.16).
    pub unavailable: bool,
    /// The receiver said `slow_down`; heeded in lanes 4 and 5 only.
    pub retry_after_s: Option<u32>,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Milliseconds until the next try; none if there is none.
    pub wait_ms: Option<u64>,
    /// The fallback of RXP-44 is due, if it has not begun.
    pub fallback: bool,
}

/// The next try. `jitter` is a fresh random number from 0 to 1; it makes the wait 20 % shorter to longer.
pub fn next(tried: &Tried, jitter: f64) -> Next {
    let doubled = 1_u64 << tried.attempts.saturating_sub(1).min(20);
    let spread = |wait_s: u64| Some(jittered_ms(wait_s, jitter));
    if tried.lane.is_pressing() {
        let limit = if tried.unavailable { PRESSING_FALLBACK_EARLY_S } else { PRESSING_FALLBACK_S };
        let fallback = tried.elapsed_s >= limit;
        let wait_s = if fallback { BESIDE_FALLBACK_WAIT_S } else { doubled.min(PRESSING_WAIT_S_MAX) };
        return Next { wait_ms: spread(wait_s), fallback };
    }
    if tried.elapsed_s >= PATIENT_FALLBACK_S {
        return Next { wait_ms: None, fallback: true };
    }
    let told_ms = u64::from(tried.retry_after_s.unwrap_or(0)).min(PATIENT_FALLBACK_S) * 1000;
    let wait_ms = spread(doubled.min(PATIENT_WAIT_S_MAX)).map(|wait_ms| wait_ms.max(told_ms));
    Next { wait_ms, fallback: false }
}

/// 0.8 to 1.2 times `wait_s`. A jitter that is no number counts as none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 400 per mille")]
fn jittered_ms(wait_s: u64, jitter: f64) -> u64 {
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.5 };
    wait_s * (800 + (jitter * 400.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message_type::MessageType;
    use proptest::prelude::*;

    fn tried(kind: MessageType, attempts: u32, elapsed_s: u64) -> Tried {
        Tried { lane: kind.lane(), attempts, elapsed_s, unavailable: false, retry_after_s: None }
    }

    /// The waits of a message that never gets a receipt, with the time of the first fallback, in seconds.
    fn run(kind: MessageType, count: usize) -> (Vec<u64>, Option<u64>) {
        let (mut elapsed, mut waits, mut fallback_at) = (0, Vec::new(), None);
        for attempts in 1.. {
            let next = next(&tried(kind, attempts, elapsed), 0.5);
            if next.fallback && fallback_at.is_none() {
                fallback_at = Some(elapsed);
            }
            match next.wait_ms {
                Some(wait_ms) if waits.len() < count => waits.push(wait_ms / 1000),
                _ => break,
            }
            elapsed += waits.last().copied().unwrap_or(0);
        }
        (waits, fallback_at)
    }

    #[test]
    fn retry_schedule() {
        let (waits, fallback_at) = run(MessageType::RemovalOrder, 25);
        assert_eq!(waits[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(waits[23..], [300, 300]);
        assert_eq!(fallback_at, Some(63 + 14 * 60), "the first try after 15 minutes");
        let (waits, fallback_at) = run(MessageType::Referral, 1000);
        assert_eq!(waits[..13], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800]);
        assert_eq!(waits.len(), 58, "and then no more");
        assert!(fallback_at.is_some_and(|at| (86_400..86_400 + 1800).contains(&at)));
        let unavailable = Tried { unavailable: true, ..tried(MessageType::Withdrawal, 7, 120) };
        assert_eq!(next(&unavailable, 0.5), Next { wait_ms: Some(300_000), fallback: true });
        let slow = Tried { retry_after_s: Some(90), ..tried(MessageType::Referral, 1, 0) };
        assert_eq!(next(&slow, 0.5).wait_ms, Some(90_000));
        let order = Tried { retry_after_s: Some(90), ..tried(MessageType::RemovalOrder, 1, 0) };
        assert_eq!(next(&order, 0.5).wait_ms, Some(1000), "lanes 1 to 3 are never slowed down");
        assert_eq!(
            [0.0, 1.0, f64::NAN].map(|j| next(&tried(MessageType::Referral, 1, 0), j).wait_ms),
            [Some(800), Some(1200), Some(1000)]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(crate::trials(300)))]
        #[test]
        fn waits_stay_in_bounds(attempts in any::<u32>(), elapsed in 0_u64..1_000_000, jitter in any::<f64>()) {
            for kind in MessageType::ALL {
                let next = next(&tried(*kind, attempts, elapsed), jitter);
                if let Some(wait_ms) = next.wait_ms {
                    prop_assert!((800..=1800 * 1200).contains(&wait_ms));
                }
                prop_assert!(next.wait_ms.is_some() || next.fallback);
            }
        }
    }
}
