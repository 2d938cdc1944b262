//! The one file that says which others count.
//!
//! Lines of words; the last is a CRC-32 of the lines before. It is written under another name, synced and then
//! renamed, after everything that it names is durable: whenever the power fails, there is the old manifest with
//! the old files or the new one with the new. Files that it does not name are taken away at the next opening.

use crate::disk::Disk;
use crate::error::{During, damaged};
use crate::{Error, Profile, Result};

pub(crate) const FILE: &str = "manifest";
const NEW: &str = "manifest.new";
const VERSION: u32 = 1;
/// A manifest that is longer is none.
const BYTES_MAX: usize = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) profile: Profile,
    pub(crate) seed: u64,
    /// The number of the next file.
    pub(crate) next: u64,
    /// The log of what is not in segments yet.
    pub(crate) log: u64,
    /// The file of rows taken out of segments, when any are.
    pub(crate) dead: Option<u64>,
    /// Numbers and rows.
    pub(crate) segments: Vec<(u64, usize)>,
}

impl Manifest {
    pub(crate) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    pub(crate) fn encode(&self) -> String {
        let profile = match self.profile {
            Profile::Fast => "fast",
            Profile::Lean => "lean",
        };
        let mut text = format!("nearest {VERSION}\nprofile {profile}\nseed {:016x}\n", self.seed);
        text += &format!("next {}\nlog {}\n", self.next, self.log);
        if let Some(dead) = self.dead {
            text += &format!("dead {dead}\n");
        }
        for (number, rows) in &self.segments {
            text += &format!("segment {number} {rows}\n");
        }
        let check = crc32fast::hash(text.as_bytes());
        text + &format!("check {check:08x}\n")
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes.get(..BYTES_MAX).unwrap_or(bytes)).unwrap_or_default();
        let Some((body, check)) = text.rsplit_once("check ") else {
            return damaged(FILE, "it has no checksum");
        };
        if check != format!("{:08x}\n", crc32fast::hash(body.as_bytes())) {
            return damaged(FILE, "its checksum is wrong");
        }
        let mut manifest =
            Self { profile: Profile::Fast, seed: 0, next: 0, log: 0, dead: None, segments: Vec::new() };
        for line in body.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            if manifest.take(&words)?.is_none() {
                return damaged(FILE, format!("`{line}` says nothing"));
            }
        }
        Ok(manifest)
    }

    fn take(&mut self, words: &[&str]) -> Result<Option<()>> {
        match *words {
            ["nearest", version] => match version.parse() {
                Ok(VERSION) => {}
                Ok(other) => return Err(Error::Version(other)),
                Err(_) => return Ok(None),
            },
            ["profile", "fast"] => self.profile = Profile::Fast,
            ["profile", "lean"] => self.profile = Profile::Lean,
            ["seed", seed] => match u64::from_str_radix(seed, 16) {
                Ok(seed) => self.seed = seed,
                Err(_) => return Ok(None),
            },
            [name, number] => match (name, number.parse()) {
                ("next", Ok(number)) => self.next = number,
                ("log", Ok(number)) => self.log = number,
                ("dead", Ok(number)) => self.dead = Some(number),
                _ => return Ok(None),
            },
            ["segment", number, rows] => match (number.parse(), rows.parse()) {
                (Ok(number), Ok(rows)) => self.segments.push((number, rows)),
                _ => return Ok(None),
            },
            _ => return Ok(None),
        }
        Ok(Some(()))
    }

    pub(crate) fn read(disk: &dyn Disk) -> Result<Self> {
        match disk.read(FILE) {
            Ok(bytes) => Self::decode(&bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::Missing),
            Err(error) => Err(error).during("reading", FILE),
        }
    }

    /// Makes everything that was written until now count.
    pub(crate) fn write(&self, disk: &dyn Disk) -> Result<()> {
        let mut out = disk.create(NEW).during("creating", NEW)?;
        out.write(self.encode().as_bytes()).during("writing", NEW)?;
        out.sync().during("syncing", NEW)?;
        // The names of the files that it tells of must not be younger than its own.
        disk.sync_names().during("syncing the names before", FILE)?;
        disk.rename(NEW, FILE).during("renaming", NEW)?;
        disk.sync_names().during("syncing the name of", FILE)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn manifests_come_back_and_damage_is_seen() {
        let manifest = Manifest {
            profile: Profile::Lean,
            seed: 0xabc,
            next: 12,
            log: 11,
            dead: Some(10),
            segments: vec![(3, 10_000_000), (9, 1)],
        };
        let text = manifest.encode();
        assert_eq!(Manifest::decode(text.as_bytes()).unwrap(), manifest);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(Manifest::decode(&bytes).is_err(), "{at}");
            assert!(Manifest::decode(&bytes[..at]).is_err(), "{at}");
        }
    }
}
