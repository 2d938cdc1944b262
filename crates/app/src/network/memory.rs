//! The networks that this process keeps in memory, what each follows, and when one is made again.

use super::{Standing, Whose};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::network::Mark;
use tokio::sync::MutexGuard as Turn;

/// A network whose data changed is made again after so many minutes at the earliest.
const AGAIN_MINUTES: i64 = 5;
/// Spaces whose network is kept in memory; as many networks of less than everything, as many of those who keep accounts,
/// and as many of both. The oldest goes.
const SPACES_MAX: usize = 8;

/// What a network follows: when that is another one, it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// That of everything follows the space.
    Space(Mark),
    /// One of less follows that of everything, by when that was made.
    Whole(Timestamp),
}

impl Follows {
    /// Whether what was made must not be shown any more. What their agency keeps since is in no plan that is shown to them;
    /// and what others keep shows in no comparison of two networks of one space, so these are made anew together.
    fn is_over(self, now: Self) -> bool {
        match (self, now) {
            (Self::Space(of), Self::Space(now)) => of.kept != now.kept,
            (of, now) => of != now,
        }
    }
}

/// What was made.
pub(super) struct Made {
    pub(super) of: Follows,
    pub(super) at: Timestamp,
    /// Ready, or that there is nothing or too little.
    pub(super) standing: Standing,
}

impl Made {
    fn has_ended(&self, now: Timestamp) -> bool {
        matches!(&self.standing, Standing::Ready(network) if network.ends_at() <= now)
    }
}

#[derive(Default)]
struct Held {
    /// The last one that was made.
    made: Option<Made>,
    running: bool,
    failed_at: Option<Timestamp>,
}

/// The networks that this process keeps.
#[derive(Default)]
pub(crate) struct Networks {
    all: Mutex<HashMap<Whose, Held>>,
    /// Whose turn it is to have a network of less than everything made: everybody's, and those of who keeps accounts.
    turns: [tokio::sync::Mutex<()>; 2],
}

impl Networks {
    fn lock(&self) -> MutexGuard<'_, HashMap<Whose, Held>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other network of less than everything is made.
    pub(super) async fn turn(&self, whose: Whose) -> Turn<'_, ()> {
        let [all, keepers] = &self.turns;
        if whose.keeper.is_some() { keepers.lock().await } else { all.lock().await }
    }

    /// How it stands, and whether somebody must make it now; who is told so has begun.
    pub(super) fn ask(&self, whose: Whose, follows: Follows, now: Timestamp) -> (Standing, bool) {
        let waited = |since: Timestamp| now.duration_since(since) >= SignedDuration::from_mins(AGAIN_MINUTES);
        let mut all = self.lock();
        let held = all.entry(whose).or_default();
        let (standing, due) = match &held.made {
            Some(made) if made.of.is_over(follows) || made.has_ended(now) => (Standing::Computing, true),
            Some(made) => (made.standing.clone(), made.of != follows && waited(made.at)),
            None => (Standing::Computing, true),
        };
        let may = held.failed_at.is_none_or(waited);
        let standing = match standing {
            Standing::Computing if !may => Standing::Failed,
            other => other,
        };
        let begin = due && may && !held.running;
        held.running |= begin;
        (standing, begin)
    }

    /// The last one that was made, however old; none when it was empty.
    pub(super) fn latest(&self, whose: Whose) -> Option<Arc<super::Network>> {
        match &self.lock().get(&whose)?.made.as_ref()?.standing {
            Standing::Ready(network) => Some(Arc::clone(network)),
            _ => None,
        }
    }

    /// What there was of it is gone.
    pub(super) fn forget(&self, whose: Whose) {
        self.lock().remove(&whose);
    }

    pub(super) fn keep(&self, whose: Whose, made: Option<Made>, now: Timestamp) {
        let mut all = self.lock();
        let failed_at = made.is_none().then_some(now);
        let held = all.entry(whose).or_default();
        *held = Held { made: made.or(held.made.take()), running: false, failed_at };
        let made_at = |held: &Held| held.made.as_ref().map(|made| made.at);
        // Networks of those who keep accounts push out none of the others, and none of less one of everything.
        let kind = |of: &Whose| (of.keeper.is_some(), of.choice.is_all());
        let like = |of: &Whose| kind(of) == kind(&whose);
        while all.keys().filter(|of| like(of)).count() > SPACES_MAX {
            let oldest = all.iter().filter(|(of, held)| like(of) && **of != whose && !held.running);
            let Some(oldest) = oldest.min_by_key(|(_, held)| made_at(held)).map(|(of, _)| *of) else { break };
            all.remove(&oldest);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::network::{Choice, Layers, Period};
    use domain::id::AgencyId;
    use uuid::Uuid;

    const SPACE: AgencyId = AgencyId(Uuid::nil());

    fn everything() -> Whose {
        Whose { space: SPACE, keeper: None, choice: Choice::default() }
    }

    fn late() -> Choice {
        Choice { period: Period::Days30, layers: Layers::default() }
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn space(newest: i64, kept: u64) -> Follows {
        Follows::Space(Mark { newest: Some(at(newest)), kept: (kept, None) })
    }

    /// Nothing spreads there.
    fn none(of: Follows, minutes: i64) -> Option<Made> {
        Some(Made { of, at: at(minutes), standing: Standing::Empty })
    }

    #[test]
    fn it_is_made_once_and_again_when_it_changed() {
        let all = Networks::default();
        let ask_of = |whose, follows, now| {
            let (standing, begin) = all.ask(whose, follows, at(now));
            (matches!(standing, Standing::Computing), begin)
        };
        let ask = |newest, kept, now| ask_of(everything(), space(newest, kept), now);
        assert_eq!(ask(0, 0, 0), (true, true));
        assert_eq!(ask(0, 0, 0), (true, false));
        all.keep(everything(), none(space(0, 0), 0), at(0));
        assert_eq!(ask(0, 0, 100), (false, false));
        // Data changed: the old one is shown, and it is made again after some minutes.
        assert_eq!(ask(1, 0, 1), (false, false));
        assert_eq!(ask(1, 0, AGAIN_MINUTES), (false, true));
        assert_eq!(ask(1, 0, AGAIN_MINUTES), (false, false));
        all.keep(everything(), none(space(1, 0), 5), at(5));
        // An agency keeps an account: its own network is another one, and made again when it keeps one more.
        let own = Whose { keeper: Some(SPACE), ..everything() };
        assert_eq!(ask_of(own, space(1, 1), 6), (true, true));
        all.keep(own, none(space(1, 1), 6), at(6));
        assert_eq!(ask_of(own, space(1, 1), 6), (false, false));
        assert_eq!(ask_of(own, space(1, 2), 7), (true, true));
        assert_eq!(ask(1, 0, 7), (false, false));
    }

    #[test]
    fn one_of_less_is_another_and_over_when_that_of_everything_is_made_again() {
        let all = Networks::default();
        all.keep(everything(), none(space(0, 0), 0), at(0));
        let less = Whose { choice: late(), ..everything() };
        let ask = |of: i64, now: i64| {
            let (standing, begin) = all.ask(less, Follows::Whole(at(of)), at(now));
            (matches!(standing, Standing::Computing), begin)
        };
        assert_eq!(ask(0, 1), (true, true));
        all.keep(less, none(Follows::Whole(at(0)), 1), at(1));
        assert_eq!(ask(0, 1_000), (false, false));
        assert_eq!(ask(7, 7), (true, true));
        let layers = Layers::of(&[crate::network::Layer::Copies]).unwrap();
        let other = Whose { choice: Choice { layers, ..late() }, ..everything() };
        assert!(matches!(all.ask(other, Follows::Whole(at(0)), at(1)), (Standing::Computing, true)));
    }

    #[test]
    fn networks_of_keepers_and_of_less_push_out_no_other() {
        let all = Networks::default();
        let keeper = Some(AgencyId(Uuid::from_u128(99)));
        let own = Whose { keeper, ..everything() };
        let all_own = Whose { keeper, choice: late(), ..everything() };
        for (whose, of) in [(everything(), space(0, 0)), (own, space(0, 1)), (all_own, Follows::Whole(at(0)))]
        {
            all.keep(whose, none(of, 9), at(9));
        }
        // Every other kind is filled twice over with others that are newer.
        for n in 0..2 * SPACES_MAX as u128 {
            let space = AgencyId(Uuid::from_u128(n));
            all.keep(
                Whose { space, choice: late(), ..everything() },
                none(Follows::Whole(at(0)), 10),
                at(10),
            );
        }
        assert_eq!(all.lock().len(), 3 + SPACES_MAX);
        for n in 0..2 * SPACES_MAX as u128 {
            let keeper = Some(AgencyId(Uuid::from_u128(n)));
            all.keep(Whose { keeper, ..everything() }, none(space(0, 1), 10), at(10));
        }
        // The keeper's own is the oldest of its kind, and gone; nothing else is.
        assert_eq!(all.lock().len(), 2 + 2 * SPACES_MAX);
        assert!(!all.lock().contains_key(&own) && all.lock().contains_key(&all_own));
        assert!(matches!(all.ask(everything(), space(0, 0), at(10)), (Standing::Empty, false)));
    }

    #[test]
    fn a_failure_is_said_and_tried_again() {
        let all = Networks::default();
        assert!(all.ask(everything(), space(0, 0), at(0)).1);
        all.keep(everything(), None, at(0));
        let (standing, begin) = all.ask(everything(), space(0, 0), at(1));
        assert!(matches!(standing, Standing::Failed) && !begin);
        assert!(all.ask(everything(), space(0, 0), at(AGAIN_MINUTES)).1);
    }
}
