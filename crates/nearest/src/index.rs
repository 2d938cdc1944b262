//! The index.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

use crate::disk::{Disk, Folder};
use crate::layout::Limits;
use crate::log::Change;
use crate::segment::Form;
use crate::shuffle::Shuffle;
use crate::snapshot::{Snapshot, State};
use crate::writer::Writer;
use crate::{Error, Neighbour, Profile, Result, Value, merge};

/// Values of a list that are added in one go: with the head, they are one segment.
const ADDED_TOGETHER: usize = 16_000_000;

/// A list of values under ids in a folder, searched by nearness, and changed while it is searched.
///
/// Searches take a [`Snapshot`] and wait for nobody. Changes are made one after the other, are seen by the next
/// snapshot, and are durable when [`Index::sync`] has returned. A thread merges segments in the background.
pub struct Index {
    shared: Arc<Shared>,
    merger: Option<JoinHandle<()>>,
}

struct Shared {
    shuffle: Arc<Shuffle>,
    writer: Mutex<Writer>,
    /// Held only to copy or to set the pointer.
    current: RwLock<Arc<State>>,
    stop: AtomicBool,
    /// Whether there may be something to merge.
    wake: (Mutex<bool>, Condvar),
    trouble: Mutex<Option<Error>>,
}

impl Index {
    /// Makes an empty index; the folder may exist, without one.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::Held`], [`Error::Io`].
    pub fn create(path: &Path, profile: Profile) -> Result<Self> {
        let form = Form { profile, limits: Limits::USUAL, seed: RandomState::new().hash_one(path) };
        let mut index = Self::start(Writer::create(hold(path)?, form)?);
        index.merge_in_background()?;
        Ok(index)
    }

    /// Makes an index of a list, without the detour over the log. Holds 40 bytes a value in memory, of at most
    /// 16 million values at a time. Everything is durable at the end.
    ///
    /// # Errors
    /// As [`Index::create`], and [`Error::Repeated`] when the list has an id twice.
    pub fn build(
        path: &Path,
        profile: Profile,
        list: impl IntoIterator<Item = (u64, Value)>,
    ) -> Result<Self> {
        let index = Self::create(path, profile)?;
        index.add(list)?;
        Ok(index)
    }

    /// Opens the index of a folder. What was acknowledged is there; what was not may be there or not.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Held`], [`Error::Damaged`], [`Error::Version`], [`Error::Io`].
    pub fn open(path: &Path) -> Result<Self> {
        let mut index = Self::open_on(hold(path)?, Limits::USUAL)?;
        index.merge_in_background()?;
        Ok(index)
    }

    pub(crate) fn open_on(disk: Arc<dyn Disk>, limits: Limits) -> Result<Self> {
        let mut writer =
            Writer::open(disk, |manifest| Form { profile: manifest.profile, limits, seed: manifest.seed })?;
        writer.sweep_all()?;
        Ok(Self::start(writer))
    }

    #[cfg(test)]
    pub(crate) fn create_on(disk: Arc<dyn Disk>, form: Form) -> Result<Self> {
        Ok(Self::start(Writer::create(disk, form)?))
    }

    fn start(writer: Writer) -> Self {
        let shared = Shared {
            shuffle: Arc::new(Shuffle::new(writer.form().seed)),
            current: RwLock::new(Arc::new(writer.state().clone())),
            writer: Mutex::new(writer),
            stop: AtomicBool::new(false),
            wake: (Mutex::new(true), Condvar::new()),
            trouble: Mutex::new(None),
        };
        Self { shared: Arc::new(shared), merger: None }
    }

    /// Adds a list at once, without the detour over the log: up to 16 million values are all there and durable, or
    /// none of them is. Holds 40 bytes a value in memory.
    ///
    /// # Errors
    /// [`Error::Repeated`] when an id is there already or twice in the list; as [`Index::insert`].
    pub fn add(&self, list: impl IntoIterator<Item = (u64, Value)>) -> Result<()> {
        let mut list = list.into_iter();
        loop {
            let rows: Vec<(Value, u64)> = list
                .by_ref()
                .take(ADDED_TOGETHER)
                .map(|(id, value)| (self.shared.shuffle.apply(&value), id))
                .collect();
            if rows.is_empty() {
                return Ok(());
            }
            let mut writer = lock(&self.shared.writer);
            let added = writer.add(rows);
            self.shared.publish(&writer);
            added?;
        }
    }

    /// The index as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let state = self.shared.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        Snapshot { state, shuffle: self.shared.shuffle.clone() }
    }

    /// As [`Snapshot::within`], of the index as it is now.
    #[must_use]
    pub fn within(&self, query: &Value, radius: u32) -> Vec<Neighbour> {
        self.snapshot().within(query, radius)
    }

    /// Puts `value` under `id` and returns the value that was there. It is found by the next search.
    ///
    /// # Errors
    /// [`Error::Io`] when the disk says no, and [`Error::Failed`] from then on.
    pub fn insert(&self, id: u64, value: Value) -> Result<Option<Value>> {
        self.change(&Change::Insert { id, value })
    }

    /// Takes `id` out and returns its value. It is not found by the next search.
    ///
    /// # Errors
    /// As [`Index::insert`].
    pub fn remove(&self, id: u64) -> Result<Option<Value>> {
        self.change(&Change::Remove { id })
    }

    fn change(&self, change: &Change) -> Result<Option<Value>> {
        let mut writer = lock(&self.shared.writer);
        let before = writer.put(&self.shared.inward(change));
        self.shared.publish(&writer);
        Ok(before?.map(|value| self.shared.shuffle.undo(&value)))
    }

    /// Makes many changes, and shows them to searches together at the end.
    ///
    /// # Errors
    /// As [`Index::insert`]; changes before the one that failed are made.
    pub fn apply(&self, changes: impl IntoIterator<Item = Change>) -> Result<()> {
        let mut writer = lock(&self.shared.writer);
        let done =
            changes.into_iter().try_for_each(|change| writer.put(&self.shared.inward(&change)).map(drop));
        self.shared.publish(&writer);
        done
    }

    /// Returns when every change made until now is durable: it survives the loss of power.
    ///
    /// # Errors
    /// As [`Index::insert`].
    pub fn sync(&self) -> Result<()> {
        lock(&self.shared.writer).sync()
    }

    /// Merges what is worth merging, here and now. `false` when nothing is.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Damaged`] when a segment is not what was written: nothing is changed then.
    pub fn merge(&self) -> Result<bool> {
        let merged = merge::once(&self.shared.writer, &self.shared.stop);
        self.shared.publish(&lock(&self.shared.writer));
        merged
    }

    /// What went wrong in the background since this was last asked. Searches and changes go on meanwhile.
    #[must_use]
    pub fn trouble(&self) -> Option<Error> {
        lock(&self.shared.trouble).take()
    }

    pub(crate) fn merge_in_background(&mut self) -> Result<()> {
        let shared = self.shared.clone();
        let thread = std::thread::Builder::new().name("nearest-merge".into());
        let merger = thread.spawn(move || shared.merge_until_stopped());
        self.merger = Some(merger.map_err(|source| Error::Io { what: "starting a thread".into(), source })?);
        Ok(())
    }
}

impl Shared {
    fn inward(&self, change: &Change) -> Change {
        match change {
            Change::Insert { id, value } => Change::Insert { id: *id, value: self.shuffle.apply(value) },
            Change::Remove { id } => Change::Remove { id: *id },
        }
    }

    /// Shows the writer's state to the next snapshot.
    fn publish(&self, writer: &Writer) {
        let next = Arc::new(writer.state().clone());
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let is_new_segment = next.parts.len() != current.parts.len()
            || next.parts.iter().zip(&current.parts).any(|(a, b)| !Arc::ptr_eq(&a.segment, &b.segment));
        let before = std::mem::replace(&mut *current, next);
        drop(current);
        // May be the last copy of a large segment: not while others wait.
        drop(before);
        if is_new_segment {
            *lock(&self.wake.0) = true;
            self.wake.1.notify_one();
        }
    }

    fn merge_until_stopped(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            let mut asked = lock(&self.wake.0);
            while !*asked && !self.stop.load(Ordering::Relaxed) {
                asked = self.wake.1.wait(asked).unwrap_or_else(PoisonError::into_inner);
            }
            *asked = false;
            drop(asked);
            loop {
                let merged = merge::once(&self.writer, &self.stop);
                self.publish(&lock(&self.writer));
                match merged {
                    Ok(true) => {}
                    Ok(false) | Err(Error::Stopped) => break,
                    Err(error) => {
                        *lock(&self.trouble) = Some(error);
                        break;
                    }
                }
            }
        }
    }
}

impl Drop for Index {
    /// Ends the merging and hands the log to the disk. What must be durable is synced before, where an error
    /// can be told.
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        *lock(&self.shared.wake.0) = true;
        self.shared.wake.1.notify_one();
        if let Some(merger) = self.merger.take() {
            let _ = merger.join();
        }
        let _ = lock(&self.shared.writer).sync();
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index").field("size", &self.snapshot().size()).finish_non_exhaustive()
    }
}

fn hold(path: &Path) -> Result<Arc<dyn Disk>> {
    match Folder::hold(path) {
        Ok(folder) => Ok(Arc::new(folder)),
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Err(Error::Held),
        Err(source) => Err(Error::Io { what: format!("opening {}", path.display()), source }),
    }
}

/// A panic of another thread left nothing half done that matters here: every state is swapped in whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
