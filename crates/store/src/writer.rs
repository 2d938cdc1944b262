//! One writer, two queues, people first (D23).

use sqlx::SqliteConnection;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, Notify, OwnedMutexGuard};

/// How long after a person did something a machine's batches stay small.
const PEOPLE_HERE: Duration = Duration::from_secs(30);
/// A batch beside people is this part of one alone: a person waits for one batch at most (D23).
const BESIDE_PEOPLE: usize = 64;

/// When a person was last here, in this process.
#[derive(Default)]
pub(crate) struct LastPerson(std::sync::Mutex<Option<Instant>>);

impl LastPerson {
    pub(crate) fn here(&self) {
        self.here_at(Instant::now());
    }

    fn here_at(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(at);
    }

    /// Size of a batch that is `alone` while nobody waits at a screen.
    pub(crate) fn batch(&self, alone: usize) -> usize {
        self.batch_at(alone, Instant::now())
    }

    fn batch_at(&self, alone: usize, now: Instant) -> usize {
        let last = *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let here = last.is_some_and(|at| now.saturating_duration_since(at) < PEOPLE_HERE);
        if here { alone.div_ceil(BESIDE_PEOPLE) } else { alone }
    }
}

/// The only connection that writes, and who waits for it.
pub(crate) struct Writer {
    connection: Arc<Mutex<Held>>,
    /// Held by the one machine that writes or is next: no second one stands in line before a person.
    machines: Arc<Mutex<()>>,
    people_waiting: AtomicUsize,
    people_done: Notify,
}

/// The connection, and whether a transaction was left open by a task that was dropped.
pub(crate) struct Held {
    pub(crate) connection: SqliteConnection,
    pub(crate) open: bool,
}

impl Writer {
    pub(crate) fn new(connection: SqliteConnection) -> Self {
        Self {
            connection: Arc::new(Mutex::new(Held { connection, open: false })),
            machines: Arc::new(Mutex::new(())),
            people_waiting: AtomicUsize::new(0),
            people_done: Notify::new(),
        }
    }

    /// For a person who waits at a screen.
    pub(crate) async fn person(&self) -> Writing {
        self.people_waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(self);
        let held = Arc::clone(&self.connection).lock_owned().await;
        drop(waiting);
        Writing { held, _machine: None }
    }

    /// For a machine's batch: steps back while any person waits. A person waits for one batch at most.
    pub(crate) async fn bulk(&self) -> Writing {
        let machine = Arc::clone(&self.machines).lock_owned().await;
        loop {
            let done = self.people_done.notified();
            if self.people_waiting.load(Ordering::SeqCst) == 0 {
                let held = Arc::clone(&self.connection).lock_owned().await;
                return Writing { held, _machine: Some(machine) };
            }
            done.await;
        }
    }
}

/// The connection, as long as it is written to; given back before the place among the machines.
pub(crate) struct Writing {
    held: OwnedMutexGuard<Held>,
    _machine: Option<OwnedMutexGuard<()>>,
}

impl Deref for Writing {
    type Target = Held;

    fn deref(&self) -> &Held {
        &self.held
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Held {
        &mut self.held
    }
}

/// Counts a waiting person until the lock is held or the wait is given up.
struct Waiting<'a>(&'a Writer);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.0.people_waiting.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.people_done.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_small_while_people_are_here() {
        let last = LastPerson::default();
        assert_eq!((last.batch(4_000), last.batch(1)), (4_000, 1));
        let at = Instant::now();
        last.here_at(at);
        assert_eq!((last.batch(4_000), last.batch(1)), (63, 1));
        let just_before = at + PEOPLE_HERE.saturating_sub(std::time::Duration::from_millis(1));
        assert_eq!(last.batch_at(4_000, just_before), 63);
        assert_eq!(last.batch_at(4_000, at + PEOPLE_HERE), 4_000, "nobody did anything for a while");
    }
}
