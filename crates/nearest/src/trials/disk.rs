//! A disk in memory whose power fails.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use super::lists::Chance;
use crate::disk::{Bytes, Disk, Output};
use crate::index::lock;

/// What a disk writes at once.
const SECTOR_BYTES: usize = 512;

/// Copies share everything.
#[derive(Clone, Default)]
pub(super) struct Simulated(Arc<Mutex<Platter>>);

#[derive(Default)]
struct Platter {
    names: BTreeMap<String, File>,
    durable: BTreeMap<String, File>,
    /// Changes of names since they were last synced.
    pending: Vec<Rename>,
    /// Calls that change something, until now.
    calls: usize,
    fault: Option<Fault>,
}

/// When the disk begins to fail.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// Every call from this one on fails: the power is gone.
    Cut(usize),
    /// This one call fails.
    Once(usize),
}

type File = Arc<Mutex<Content>>;

#[derive(Clone, Default)]
struct Content {
    bytes: Vec<u8>,
    synced: usize,
}

#[derive(Clone)]
enum Rename {
    Create(String, File),
    Move(String, String),
    Remove(String),
}

impl Simulated {
    pub(super) fn set(&self, fault: Option<Fault>) {
        lock(&self.0).fault = fault;
    }

    pub(super) fn calls(&self) -> usize {
        lock(&self.0).calls
    }

    /// What is on the disk when the power comes back: what was synced, and of the rest what chance says. Names
    /// and sectors that were not synced are there, or not, or, in sectors, something else is.
    pub(super) fn after_cut(&self, chance: &mut Chance) -> Self {
        let platter = lock(&self.0);
        let mut names = platter.durable.clone();
        for rename in &platter.pending {
            if chance.below(2) == 0 {
                apply(&mut names, rename);
            }
        }
        let survived = |file: &File| {
            let content = lock(file).clone();
            let length = content.synced + chance.below(content.bytes.len() - content.synced + 1);
            let mut bytes = content.bytes[..length].to_vec();
            for sector in bytes[content.synced..].chunks_mut(SECTOR_BYTES) {
                match chance.below(4) {
                    0 => sector.fill(0),
                    1 => sector.iter_mut().for_each(|byte| *byte ^= chance.number() as u8),
                    _ => {}
                }
            }
            Arc::new(Mutex::new(Content { synced: bytes.len(), bytes }))
        };
        let mut survived = survived;
        let names: BTreeMap<_, _> = names.iter().map(|(name, file)| (name.clone(), survived(file))).collect();
        let platter = Platter { durable: names.clone(), names, ..Platter::default() };
        Self(Arc::new(Mutex::new(platter)))
    }

    fn call(&self) -> io::Result<std::sync::MutexGuard<'_, Platter>> {
        let mut platter = lock(&self.0);
        platter.calls += 1;
        let fails = match platter.fault {
            Some(Fault::Cut(at)) => platter.calls >= at,
            Some(Fault::Once(at)) => platter.calls == at,
            None => false,
        };
        if fails { Err(io::Error::other("no power")) } else { Ok(platter) }
    }

    fn change(&self, rename: Rename) -> io::Result<()> {
        let mut platter = self.call()?;
        apply(&mut platter.names, &rename);
        platter.pending.push(rename);
        Ok(())
    }

    /// Turns one bit of a file.
    pub(super) fn flip(&self, name: &str, bit: usize) {
        let platter = lock(&self.0);
        lock(&platter.names[name]).bytes[bit / 8] ^= 1 << (bit % 8);
    }

    pub(super) fn length(&self, name: &str) -> usize {
        lock(&lock(&self.0).names[name]).bytes.len()
    }
}

fn apply(names: &mut BTreeMap<String, File>, rename: &Rename) {
    match rename {
        Rename::Create(name, file) => {
            names.insert(name.clone(), file.clone());
        }
        Rename::Move(from, to) => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
        Rename::Remove(name) => {
            names.remove(name);
        }
    }
}

impl Disk for Simulated {
    fn create(&self, name: &str) -> io::Result<Box<dyn Output>> {
        let file = File::default();
        self.change(Rename::Create(name.to_owned(), file.clone()))?;
        Ok(Box::new(Open { disk: self.clone(), file }))
    }

    fn read(&self, name: &str) -> io::Result<Bytes> {
        let platter = lock(&self.0);
        let file = platter.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Bytes::Held(lock(file).bytes.clone()))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.change(Rename::Move(from.to_owned(), to.to_owned()))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.change(Rename::Remove(name.to_owned()))
    }

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(lock(&self.0).names.keys().cloned().collect())
    }

    fn sync_names(&self) -> io::Result<()> {
        let mut platter = self.call()?;
        platter.durable = platter.names.clone();
        platter.pending.clear();
        Ok(())
    }
}

struct Open {
    disk: Simulated,
    file: File,
}

impl Output for Open {
    /// A write that fails may have written a part.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let done = self.disk.call();
        let written = if done.is_ok() { bytes.len() } else { bytes.len() / 2 };
        lock(&self.file).bytes.extend_from_slice(&bytes[..written]);
        done.map(drop)
    }

    fn sync(&mut self) -> io::Result<()> {
        drop(self.disk.call()?);
        let mut content = lock(&self.file);
        content.synced = content.bytes.len();
        Ok(())
    }
}
