//! What was read of a space and stays in memory until the space changed.

use crate::{House, Result};
use domain::id::AgencyId;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::network::Mark;

/// What changed is read again after so many minutes at the earliest.
const AGAIN_MINUTES: i64 = 5;
/// What was read so many hours ago is old.
const OLD_HOURS: i64 = 24;
/// Spaces that are kept; the oldest goes.
const SPACES_MAX: usize = 8;

/// A value with what it follows, and when it was read.
type Entry<T> = (Mark, Timestamp, Arc<T>);

/// One value a space, and the spaces that are being read.
pub(crate) struct Remembered<T> {
    values: Mutex<HashMap<AgencyId, Entry<T>>>,
    running: Mutex<HashSet<AgencyId>>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { values: Mutex::default(), running: Mutex::default() }
    }
}

impl<T> Remembered<T> {
    fn lock(&self) -> MutexGuard<'_, HashMap<AgencyId, Entry<T>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value while it follows the space, or is a few minutes old.
    pub(crate) fn get(&self, space: AgencyId, mark: Mark, now: Timestamp) -> Option<Arc<T>> {
        let all = self.lock();
        let (of, at, value) = all.get(&space)?;
        let young = now.duration_since(*at) < SignedDuration::from_mins(AGAIN_MINUTES);
        (*of == mark || young).then(|| Arc::clone(value))
    }

    /// The value, however old.
    pub(crate) fn latest(&self, space: AgencyId) -> Option<Arc<T>> {
        self.lock().get(&space).map(|(.., value)| Arc::clone(value))
    }

    /// Whether nobody reads the space yet; who is told so has begun, and says when it ended.
    pub(crate) fn begin(&self, space: AgencyId) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(space)
    }

    /// The reading of a space ended.
    pub(crate) fn end(&self, space: AgencyId) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&space);
    }

    /// Drops the value of a space.
    pub(crate) fn forget(&self, space: AgencyId) {
        self.lock().remove(&space);
    }

    /// Drops what was read a day ago or earlier.
    pub(crate) fn forget_old(&self, now: Timestamp) {
        self.lock().retain(|_, (_, at, _)| now.duration_since(*at) < SignedDuration::from_hours(OLD_HOURS));
    }

    /// Keeps a value.
    pub(crate) fn keep(&self, space: AgencyId, mark: Mark, now: Timestamp, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut all = self.lock();
        all.insert(space, (mark, now, Arc::clone(&value)));
        while all.len() > SPACES_MAX {
            let oldest = all.iter().min_by_key(|(_, (_, at, _))| *at).map(|(of, _)| *of);
            let Some(oldest) = oldest else { break };
            all.remove(&oldest);
        }
        value
    }
}

/// The value of a space; it is made beside the requests when it is due, and the last one is shown meanwhile. None while the
/// first is made. The caller has checked space and right.
pub(crate) async fn ask<T, F>(
    house: &Arc<House>,
    space: AgencyId,
    of: fn(&House) -> &Remembered<T>,
    make: fn(Arc<House>, AgencyId) -> F,
) -> Result<Option<Arc<T>>>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let mark = store::network::mark(&house.db, space).await?;
    let now = house.clock.now();
    let all = of(house);
    if let Some(known) = all.get(space, mark, now) {
        return Ok(Some(known));
    }
    if all.begin(space) {
        let house = Arc::clone(house);
        tokio::spawn(async move {
            match make(Arc::clone(&house), space).await {
                Ok(made) => _ = of(&house).keep(space, mark, now, made),
                Err(error) => tracing::error!(%error, "what stays in memory of a space was not made"),
            }
            of(&house).end(space);
            house.tell(space);
        });
    }
    Ok(all.latest(space))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn it_is_read_again_when_the_space_changed() {
        let at = |minutes: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        let mark = |newest| Mark { newest: Some(at(newest)), ..Mark::default() };
        let (all, space) = (Remembered::default(), AgencyId(Uuid::nil()));
        assert!(all.get(space, mark(0), at(0)).is_none());
        all.keep(space, mark(0), at(0), 7);
        assert_eq!(all.get(space, mark(0), at(1000)).as_deref(), Some(&7));
        assert_eq!(all.get(space, mark(1), at(1)).as_deref(), Some(&7));
        assert_eq!(all.get(space, mark(1), at(AGAIN_MINUTES)), None);
        assert_eq!(all.latest(space).as_deref(), Some(&7));
        assert!(all.begin(space) && !all.begin(space));
        all.end(space);
        assert!(all.begin(space));
        assert_eq!(all.get(AgencyId(Uuid::max()), mark(0), at(0)), None);
    }
}
