//! The one who changes an index: load, put, flush.

use std::collections::HashMap;
use std::sync::Arc;

use crate::dead::{self, Dead};
use crate::disk::Disk;
use crate::error::damaged;
use crate::log::{self, Change, Log};
use crate::manifest::{self, Manifest};
use crate::segment::{self, Form, ROWS_MAX, Segment};
use crate::snapshot::{Part, State};
use crate::{Error, Result, Value};

/// What lies on a disk.
pub(crate) struct Loaded {
    pub(crate) manifest: Manifest,
    pub(crate) state: State,
    /// Rows of the head by id.
    places: HashMap<u64, u32>,
    /// What the log held.
    changes: Vec<Change>,
}

/// Reads an index without changing anything on the disk.
pub(crate) fn look(disk: &dyn Disk) -> Result<Loaded> {
    let manifest = Manifest::read(disk)?;
    let mut taken: HashMap<u64, Dead> =
        manifest.dead.map_or(Ok(Vec::new()), |number| dead::read(disk, number))?.into_iter().collect();
    let mut parts = Vec::new();
    for (number, rows) in &manifest.segments {
        let segment = Segment::open(disk, *number, (*rows, manifest.seed))?;
        parts.push(Part::new(segment, taken.remove(number).unwrap_or_default()));
    }
    let changes = log::read(disk, manifest.log)?;
    let (state, places) = (State { parts, ..State::default() }, HashMap::new());
    let mut loaded = Loaded { manifest, state, places, changes: Vec::new() };
    for change in &changes {
        loaded.put(change);
    }
    Ok(Loaded { changes, ..loaded })
}

impl Loaded {
    /// Makes the change and returns the value that was under the id.
    fn put(&mut self, change: &Change) -> Option<Value> {
        let before = self.take(change.id());
        if let Change::Insert { id, value } = change {
            let row = self.state.head.push(*value, *id);
            self.places.insert(*id, row);
        }
        before
    }

    fn take(&mut self, id: u64) -> Option<Value> {
        if let Some(row) = self.places.remove(&id) {
            return Some(self.state.head.take(row));
        }
        for part in &mut self.state.parts {
            let row = part.segment.find(id).filter(|row| !part.dead.has(*row));
            if let Some(row) = row {
                Arc::make_mut(&mut part.dead).insert(row);
                return Some(part.segment.value(row));
            }
        }
        None
    }
}

pub(crate) struct Writer {
    disk: Arc<dyn Disk>,
    form: Form,
    loaded: Loaded,
    log: Log,
    /// Segments that are being merged.
    pub(crate) busy: Vec<u64>,
    /// Names that the manifest no longer has.
    gone: Vec<String>,
    failed: bool,
}

impl Writer {
    /// Makes an empty index.
    pub(crate) fn create(disk: Arc<dyn Disk>, form: Form) -> Result<Self> {
        if disk.list().is_ok_and(|names| names.iter().any(|name| name == manifest::FILE)) {
            return Err(Error::Exists);
        }
        let mut manifest = Manifest {
            profile: form.profile,
            seed: form.seed,
            next: 1,
            log: 0,
            dead: None,
            segments: Vec::new(),
        };
        manifest.log = manifest.number();
        let log = Log::create(&*disk, manifest.log)?;
        manifest.write(&*disk)?;
        let loaded =
            Loaded { manifest, state: State::default(), places: HashMap::new(), changes: Vec::new() };
        Ok(Self { disk, form, loaded, log, busy: Vec::new(), gone: Vec::new(), failed: false })
    }

    /// Opens what is there. The log is written anew without what was torn off its end, so that no file is ever
    /// opened to be written on; files that do not count are taken away.
    pub(crate) fn open(disk: Arc<dyn Disk>, form: impl FnOnce(&Manifest) -> Form) -> Result<Self> {
        let mut loaded = look(&*disk)?;
        loaded.manifest.log = loaded.manifest.number();
        let mut log = Log::create(&*disk, loaded.manifest.log)?;
        for change in std::mem::take(&mut loaded.changes) {
            log.append(&change)?;
        }
        log.sync()?;
        loaded.manifest.write(&*disk)?;
        let form = form(&loaded.manifest);
        let mut writer = Self { disk, form, loaded, log, busy: Vec::new(), gone: Vec::new(), failed: false };
        writer.sweep();
        Ok(writer)
    }

    pub(crate) fn state(&self) -> &State {
        &self.loaded.state
    }

    pub(crate) fn form(&self) -> &Form {
        &self.form
    }

    pub(crate) fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Makes the change, visible with the next snapshot and durable with the next sync.
    pub(crate) fn put(&mut self, change: &Change) -> Result<Option<Value>> {
        self.guarded(|writer| {
            writer.log.append(change)?;
            let before = writer.loaded.put(change);
            let limit = writer.form.limits.head_rows;
            let full = writer.loaded.state.head.rows() >= limit
                || writer.log.changes() >= (2 * limit).min(log::RECORDS_MAX / 2);
            if full {
                writer.flush()?;
            }
            Ok(before)
        })
    }

    pub(crate) fn sync(&mut self) -> Result<()> {
        self.guarded(Self::sync_log)
    }

    pub(crate) fn sync_log(&mut self) -> Result<()> {
        self.log.sync()
    }

    /// A failed write leaves it open what the disk holds, so nothing is written after it.
    pub(crate) fn guarded<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.failed {
            return Err(Error::Failed);
        }
        let done = write(self);
        self.failed = done.is_err();
        done
    }

    /// Writes the head and the small segments as one segment, and begins a new log.
    fn flush(&mut self) -> Result<()> {
        self.flush_with(Vec::new())
    }

    /// The same, with more values, whose ids are not there yet.
    fn flush_with(&mut self, mut rows: Vec<(Value, u64)>) -> Result<()> {
        let (small, new) = (self.form.limits.small_rows, rows.len());
        let is_small = |part: &Part| {
            let size = part.segment.rows();
            size < small && size + new <= ROWS_MAX / 2 && !self.busy.contains(&part.segment.number)
        };
        let state = &self.loaded.state;
        let (old, mut parts): (Vec<Part>, Vec<Part>) = state.parts.iter().cloned().partition(is_small);
        // What is damaged must not get a new, right checksum.
        old.iter().try_for_each(|part| part.segment.verify())?;
        rows.extend(old.iter().flat_map(Part::iter).chain(state.head.iter()));
        rows.sort_unstable();
        if !rows.is_empty() {
            let number = self.loaded.manifest.number();
            let rows = segment::write(&*self.disk, number, &self.form, rows.into_iter())?;
            parts.push(Part::new(
                Segment::open(&*self.disk, number, (rows, self.form.seed))?,
                Dead::default(),
            ));
        }
        self.gone.push(log::name(self.loaded.manifest.log));
        self.loaded.manifest.log = self.loaded.manifest.number();
        let log = Log::create(&*self.disk, self.loaded.manifest.log)?;
        self.install(parts)?;
        self.log = log;
        self.loaded.state.head = Default::default();
        self.loaded.places.clear();
        self.sweep();
        Ok(())
    }

    /// Makes these the segments, on the disk and then here. What was taken out of them becomes durable, so the
    /// changes that did it must be before, in the log or in the segments.
    pub(crate) fn install(&mut self, parts: Vec<Part>) -> Result<()> {
        let manifest = &mut self.loaded.manifest;
        self.gone.extend(manifest.dead.take().map(dead::name));
        if parts.iter().any(|part| part.dead.count() > 0) {
            let number = manifest.number();
            let taken: Vec<_> = parts.iter().map(|part| (part.segment.number, &*part.dead)).collect();
            dead::write(&*self.disk, number, &taken)?;
            manifest.dead = Some(number);
        }
        let old = std::mem::take(&mut manifest.segments);
        manifest.segments = parts.iter().map(|part| (part.segment.number, part.segment.rows())).collect();
        let is_gone = |(number, _): &&(u64, usize)| !manifest.segments.iter().any(|kept| kept.0 == *number);
        self.gone.extend(old.iter().filter(is_gone).map(|(number, _)| segment::name(*number)));
        manifest.write(&*self.disk)?;
        self.loaded.state.parts = parts;
        Ok(())
    }

    /// A number for a file that is written while others go on.
    pub(crate) fn number(&mut self) -> u64 {
        self.loaded.manifest.number()
    }

    /// Adds many values at once, durable, all or none. The ids must not be there yet.
    pub(crate) fn add(&mut self, rows: Vec<(Value, u64)>) -> Result<()> {
        let held = |(_, id): &(Value, u64)| {
            let is_live = |part: &Part| part.segment.find(*id).is_some_and(|row| !part.dead.has(row));
            self.loaded.places.contains_key(id) || self.loaded.state.parts.iter().any(is_live)
        };
        if let Some((_, id)) = rows.iter().find(|row| held(row)) {
            return Err(Error::Repeated(*id));
        }
        let mut ids: Vec<u64> = rows.iter().map(|row| row.1).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::Repeated(pair[0]));
        }
        drop(ids);
        self.guarded(|writer| writer.flush_with(rows))
    }

    /// Takes away files that do not count. What cannot be taken away now is tried at the next opening.
    pub(crate) fn sweep(&mut self) {
        for name in self.gone.drain(..) {
            let _ = self.disk.remove(&name);
        }
    }

    /// Takes away everything that the manifest does not name.
    pub(crate) fn sweep_all(&mut self) -> Result<()> {
        let manifest = &self.loaded.manifest;
        let mut kept = vec![log::name(manifest.log)];
        kept.extend(manifest.dead.map(dead::name));
        kept.extend(manifest.segments.iter().map(|(number, _)| segment::name(*number)));
        let Ok(names) = self.disk.list() else { return Ok(()) };
        let ours = |name: &String| ["segment-", "log-", "dead-"].iter().any(|kind| name.starts_with(kind));
        for name in names.iter().filter(|name| ours(name) && !kept.contains(name)) {
            let _ = self.disk.remove(name);
        }
        if self.loaded.state.parts.iter().any(|part| part.dead.count() > part.segment.rows()) {
            return damaged(manifest::FILE, "more rows were taken out than there are");
        }
        Ok(())
    }
}
