//! What a search sees.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::dead::Dead;
use crate::disk::Folder;
use crate::head::Head;
use crate::segment::Segment;
use crate::shuffle::Shuffle;
use crate::{Error, Neighbour, Result, Value, writer};

/// How often an opening begins again because a writer was faster.
const LOOKS_MAX: usize = 8;

/// A state of an index that does not change.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) head: Head,
    pub(crate) parts: Vec<Part>,
}

/// A segment and what was taken out of it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) segment: Arc<Segment>,
    pub(crate) dead: Arc<Dead>,
}

impl Part {
    pub(crate) fn new(segment: Segment, dead: Dead) -> Self {
        Self { segment: Arc::new(segment), dead: Arc::new(dead) }
    }

    /// Values held.
    pub(crate) fn len(&self) -> usize {
        self.segment.rows() - self.dead.count()
    }

    /// Values and ids that were not taken out, rising.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Value, u64)> {
        let all = self.segment.iter().filter(|(row, ..)| !self.dead.has(*row));
        all.map(|(_, value, id)| (value, id))
    }
}

impl State {
    pub(crate) fn len(&self) -> usize {
        self.head.len() + self.parts.iter().map(Part::len).sum::<usize>()
    }

    fn within(&self, query: &Value, radius: u32) -> Vec<Neighbour> {
        let (mut hits, mut found) = (Vec::new(), Vec::new());
        for Part { segment, dead } in &self.parts {
            segment.within(query, radius, &mut hits);
            let alive = hits.drain(..).filter(|hit| !dead.has(hit.row));
            found.extend(alive.map(|hit| Neighbour { distance: hit.distance, id: segment.id(hit.row) }));
        }
        self.head.within(query, radius, &mut hits);
        found.extend(hits.iter().map(|hit| Neighbour { distance: hit.distance, id: self.head.id(hit.row) }));
        found.sort_unstable();
        found
    }
}

/// An index as it was at one moment. Costs nothing to copy, can be searched by many threads at once, and waits
/// for nobody; what is written or merged meanwhile is not in it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(crate) state: Arc<State>,
    pub(crate) shuffle: Arc<Shuffle>,
}

impl Snapshot {
    /// Opens an index only to search it, also while another process writes it.
    ///
    /// # Errors
    /// [`crate::Error::Missing`] when there is none, [`crate::Error::Damaged`] when a file is not what was written.
    pub fn open(path: &Path) -> Result<Self> {
        let folder = Folder::look_at(path);
        let mut looked = writer::look(&folder);
        // A writer may have replaced files between the manifest and them; the next manifest names the new ones.
        for _ in 1..LOOKS_MAX {
            if !matches!(&looked, Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound) {
                break;
            }
            looked = writer::look(&folder);
        }
        let loaded = looked?;
        Ok(Self { state: Arc::new(loaded.state), shuffle: Arc::new(Shuffle::new(loaded.manifest.seed)) })
    }

    /// Every id whose value differs from `query` in at most `radius` bits, nearest first, then by id. Exact.
    #[must_use]
    pub fn within(&self, query: &Value, radius: u32) -> Vec<Neighbour> {
        self.state.within(&self.shuffle.apply(query), radius)
    }

    /// The value of an id.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<Value> {
        let held = |part: &Part| {
            let row = part.segment.find(id).filter(|row| !part.dead.has(*row))?;
            Some(part.segment.value(row))
        };
        let value = self.state.parts.iter().find_map(held);
        let value =
            value.or_else(|| self.state.head.iter().find(|(_, held)| *held == id).map(|(value, _)| value))?;
        Some(self.shuffle.undo(&value))
    }

    /// Ids held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The highest id, also of some that were taken out.
    #[must_use]
    pub fn highest_id(&self) -> Option<u64> {
        let parts = self.state.parts.iter().filter_map(|part| part.segment.highest_id());
        parts.chain(self.state.head.iter().map(|(_, id)| id)).max()
    }

    /// What it takes.
    #[must_use]
    pub fn size(&self) -> Size {
        let parts = &self.state.parts;
        Size {
            values: self.len(),
            segments: parts.len(),
            bytes: parts.iter().map(|part| part.segment.size()).sum(),
            head: self.state.head.rows(),
        }
    }

    /// Reads all segments and holds them against their checksums.
    ///
    /// # Errors
    /// [`crate::Error::Damaged`] with the first file that is not what was written.
    pub fn verify(&self) -> Result<()> {
        self.state.parts.iter().try_for_each(|part| part.segment.verify())
    }
}

/// What an index takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Ids held.
    pub values: usize,
    /// Files of values.
    pub segments: usize,
    /// Bytes of these files, mapped.
    pub bytes: usize,
    /// Values in memory that are read one by one.
    pub head: usize,
}
