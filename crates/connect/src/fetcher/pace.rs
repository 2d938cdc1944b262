//! Politeness: at most one visit to a host in ten seconds. Pure; the caller hands in the time.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Least time between two visits to one host (RXP-140).
pub const PACE_DEFAULT_S: i64 = 10;
/// Most hosts remembered; the oldest visits are forgotten first, and they are long past by then.
pub const PACE_HOSTS_LIMIT: usize = 100_000;

/// When each host may be visited next.
#[derive(Debug)]
pub struct Pace {
    every: SignedDuration,
    next: HashMap<String, Timestamp>,
}

impl Pace {
    /// One visit per host in `every_s` seconds; 0 sets no limit.
    pub fn every_s(every_s: i64) -> Self {
        Self { every: SignedDuration::from_secs(every_s.max(0)), next: HashMap::new() }
    }

    /// Takes the turn of `host` at `at`, or says when its next turn is. A turn that is further ahead than the pace was
    /// written by a clock that has gone back since, and is over.
    pub fn take(&mut self, host: &str, at: Timestamp) -> Result<(), Timestamp> {
        let every = self.every;
        let to_come = |next: Timestamp| next > at && next.duration_since(at) <= every;
        if let Some(next) = self.next.get(host).copied().filter(|next| to_come(*next)) {
            return Err(next);
        }
        if self.next.len() >= PACE_HOSTS_LIMIT {
            self.next.retain(|_, next| to_come(*next));
        }
        if self.next.len() >= PACE_HOSTS_LIMIT {
            // All turns are still to come: the earliest of them says when there is room again.
            return Err(self.next.values().min().copied().unwrap_or(at));
        }
        self.next.insert(host.to_owned(), at.saturating_add(self.every).unwrap_or(Timestamp::MAX));
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn one_visit_in_ten_seconds() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let mut pace = Pace::every_s(PACE_DEFAULT_S);
        assert_eq!(pace.take("a.test", at(100)), Ok(()));
        assert_eq!(pace.take("b.test", at(100)), Ok(()));
        assert_eq!(pace.take("a.test", at(109)), Err(at(110)));
        assert_eq!(pace.take("a.test", at(110)), Ok(()));
        assert_eq!(pace.take("a.test", at(111)), Err(at(120)));
        assert_eq!(pace.take("a.test", at(50)), Ok(()), "the clock went back");
        assert_eq!(pace.take("a.test", at(59)), Err(at(60)));
        let mut free = Pace::every_s(0);
        assert_eq!(free.take("a.test", at(1)), Ok(()));
        assert_eq!(free.take("a.test", at(1)), Ok(()));
    }
}
