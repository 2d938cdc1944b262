//! Lists of picture hashes of a space, in its data directory: made of the database, and made again of it whenever they
//! are missing, damaged or behind.
//!
//! `near/SPACE/signals`: the PDQ signals, live or not, under their keys. `near/SPACE/clusters`: the pictures of
//! representatives, numbered. `near/SPACE/searched`: those of everything that can be searched, numbered. Each has a mark that says up to where it follows the database: it is written after what
//! it speaks of, and of the changes of an index the last are lost first. So a crash leaves a list that knows what it
//! lacks. What a list finds is looked up in the database before it counts: a signal that was withdrawn is not found from
//! that moment on.

use crate::{Error, House, Result};
use domain::id::AgencyId;
use nearest::{Change, Index, Neighbour, Profile, Snapshot, Value};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::words;

/// The id of the mark. Signals and representatives are numbered from 1.
const MARK: u64 = 0;
/// So many new pictures are added as a segment of their own.
const MANY: usize = 4_096;
/// Signals read at once to catch up.
const PAGE: i64 = 100_000;

/// Lists by space. A list is changed by one at a time.
#[derive(Default)]
pub(super) struct Lists(Mutex<HashMap<(AgencyId, Of), Slot>>);

/// Where a list is when it is open.
type Slot = Arc<Turn<Option<List>>>;

/// What a list is of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Of {
    Signals,
    Clusters,
    Searched,
}

/// A list of pictures as it is at one moment.
#[derive(Clone)]
pub(crate) struct Pictures(Snapshot);

impl Pictures {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.len() <= 1
    }

    /// Nearest first, then oldest first.
    pub(crate) fn within(&self, picture: &Value, radius: u32) -> impl Iterator<Item = Neighbour> {
        self.0.within(picture, radius).into_iter().filter(|near| near.id != MARK)
    }

    /// The picture of an id.
    pub(crate) fn get(&self, id: u64) -> Option<Value> {
        self.0.get(id)
    }
}

impl Lists {
    async fn list(&self, space: AgencyId, of: Of) -> Held {
        let list = {
            let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(lists.entry((space, of)).or_default())
        };
        list.lock_owned().await
    }

    /// The pictures of a space's signals as they are now.
    pub(super) async fn signals(&self, house: &House, space: AgencyId) -> Result<Pictures> {
        let mut list = self.list(space, Of::Signals).await;
        let newest = store::picture::newest(&house.db).await?;
        let (last, id) = newest.map_or((0, 0), |(key, id)| (key, id.0.as_u128()));
        let (high, low) = ((id >> 64) as u64, id as u64);
        let mark = [last.unsigned_abs(), high, low, 0];
        let path = folder(house, space, "signals");
        let held = open(&mut list, &path).filter(|held| held.mark == mark || held.mark[0] < mark[0]);
        let mut after = 0;
        if let Some(held) = held {
            if held.mark == mark {
                return Ok(held.pictures());
            }
            // The same key may be another signal's after an older copy of the database was put back.
            let from = i64::try_from(held.mark[0]).unwrap_or_default();
            let known = store::picture::id_of(&house.db, from).await?;
            let (high, low) = (u128::from(held.mark[1]), u128::from(held.mark[2]));
            if from == 0 || known.is_some_and(|id| id.0.as_u128() == high << 64 | low) {
                after = from;
            }
        }
        let again = after == 0;
        let mut all = Vec::new();
        while let page = store::picture::listed(&house.db, space, (after, last), PAGE).await?
            && let Some((key, _)) = page.last()
        {
            after = *key;
            all.extend(page.iter().filter_map(|(key, value)| Some((key.unsigned_abs(), words(value)?))));
        }
        if again { make(list, path, (all, mark)).await } else { put(list, (all, mark)).await }
    }

    /// The pictures of representatives as they are now, and their generation.
    pub(super) async fn clusters(&self, house: &House, space: AgencyId) -> Result<(Pictures, i64)> {
        let mut list = self.list(space, Of::Clusters).await;
        let path = folder(house, space, "clusters");
        let generation = store::cluster::generation(&house.db, space).await?;
        if let Some(held) = open(&mut list, &path).filter(|held| held.mark == of_generation(generation)) {
            return Ok((held.pictures(), generation));
        }
        // More may be tied while they are read: then the list is of a later generation than its mark, and made again.
        let all = store::cluster::representatives(&house.db, space).await?;
        let all = (1..).zip(all.iter().filter_map(|value| words(value))).collect();
        Ok((make(list, path, (all, of_generation(generation))).await?, generation))
    }

    /// The pictures of what can be searched, as they are now.
    pub(super) async fn searched(&self, house: &House, space: AgencyId) -> Result<Pictures> {
        let mut list = self.list(space, Of::Searched).await;
        let path = folder(house, space, "searched");
        let generation = store::search::generation(&house.db, space).await?;
        if let Some(held) = open(&mut list, &path).filter(|held| held.mark == of_generation(generation)) {
            return Ok(held.pictures());
        }
        let all = store::search::pictures(&house.db, space).await?;
        let all = (1..).zip(all.iter().filter_map(|value| words(value))).collect();
        make(list, path, (all, of_generation(generation))).await
    }

    /// Adds what a committed transaction made searchable; as [`Lists::add_clusters`].
    pub(super) async fn add_searched(
        &self,
        house: &House,
        space: AgencyId,
        (new, after): (Vec<Value>, i64),
    ) -> Result<()> {
        // It is open after the first search only; until then it is followed from its files.
        open(&mut self.list(space, Of::Searched).await, &folder(house, space, "searched"));
        self.add((space, Of::Searched), new, (after - 1, after)).await
    }

    /// Adds the representatives that a committed transaction brought from one generation to the next. When others
    /// tied pictures in between, the list is left behind, and is made again.
    pub(super) async fn add_clusters(
        &self,
        space: AgencyId,
        new: Vec<Value>,
        (before, after): (i64, i64),
    ) -> Result<()> {
        self.add((space, Of::Clusters), new, (before, after)).await
    }

    async fn add(
        &self,
        (space, of): (AgencyId, Of),
        new: Vec<Value>,
        (before, after): (i64, i64),
    ) -> Result<()> {
        let list = self.list(space, of).await;
        let Some(held) = list.as_ref().filter(|held| held.mark == of_generation(before)) else {
            return Ok(());
        };
        if new.is_empty() || after != before + 1 {
            return Ok(());
        }
        let first = held.index.snapshot().highest_id().unwrap_or(MARK) + 1;
        put(list, ((first..).zip(new).collect(), of_generation(after))).await?;
        Ok(())
    }
}

fn of_generation(generation: i64) -> Value {
    [generation.unsigned_abs(), 0, 0, 0]
}

fn folder(house: &House, space: AgencyId, of: &str) -> PathBuf {
    house.folder.join("near").join(space.to_string()).join(of)
}

/// A list and its mark.
struct List {
    index: Index,
    mark: Value,
}

impl List {
    fn pictures(&self) -> Pictures {
        Pictures(self.index.snapshot())
    }

    fn read(path: &Path) -> nearest::Result<Option<Self>> {
        let index = Index::open(path)?;
        let mark = index.snapshot().get(MARK);
        Ok(mark.map(|mark| Self { index, mark }))
    }

    fn put(&mut self, (new, mark): (Vec<(u64, Value)>, Value)) -> nearest::Result<()> {
        let change = |(id, value)| Change::Insert { id, value };
        let added =
            if new.len() < MANY { Ok(false) } else { self.index.add(new.iter().copied()).map(|()| true) };
        match added {
            Ok(true) => {}
            // Some are there already when a crash came before the mark.
            Ok(false) | Err(nearest::Error::Repeated(_)) => self.index.apply(new.into_iter().map(change))?,
            Err(error) => return Err(error),
        }
        self.index.apply([change((MARK, mark))])?;
        self.index.sync()?;
        self.mark = mark;
        Ok(())
    }
}

/// A list whose turn it is. Who changes it holds it until that is done, also when nobody waits for the end any more.
type Held = OwnedMutexGuard<Option<List>>;

/// The list, opened if it is not; nothing when it must be made.
fn open<'a>(list: &'a mut Held, path: &Path) -> Option<&'a List> {
    if let Some(trouble) = list.as_ref().and_then(|held| held.index.trouble()) {
        tracing::warn!(%trouble, path = %path.display(), "a list of pictures is made again");
        **list = None;
        return None;
    }
    if list.is_none() {
        **list = List::read(path)
            .inspect_err(|error| match error {
                nearest::Error::Missing => {}
                _ => tracing::warn!(%error, path = %path.display(), "a list of pictures is made again"),
            })
            .unwrap_or_default();
    }
    list.as_ref()
}

/// Makes the list of what the database has.
async fn make(mut list: Held, path: PathBuf, (all, mark): (Vec<(u64, Value)>, Value)) -> Result<Pictures> {
    let made = tokio::task::spawn_blocking(move || {
        // Closed before its files go.
        *list = None;
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        let index = Index::build(&path, Profile::Fast, all).map_err(failed)?;
        let mut made = List { index, mark };
        made.put((Vec::new(), mark)).map_err(failed)?;
        Ok(list.insert(made).pictures())
    });
    made.await?
}

/// Adds what is new. A list that cannot take it is opened or made again when it is next asked for.
async fn put(mut list: Held, new: (Vec<(u64, Value)>, Value)) -> Result<Pictures> {
    let done = tokio::task::spawn_blocking(move || match list.as_mut().map(|held| held.put(new)) {
        Some(Err(error)) => {
            *list = None;
            Err(failed(error))
        }
        _ => list.as_ref().map(List::pictures).ok_or_else(|| failed("it was not opened")),
    });
    done.await?
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Remote(format!("a list of pictures: {error}"))
}
