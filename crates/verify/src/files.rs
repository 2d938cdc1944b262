//! The files of a log: which there are, and the entries in them.

use crate::{Problem, What};
use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Entries in a full bundle, hashes in a full tile.
pub(crate) const FULL: u64 = 256;
/// Longest tile or bundle, in bytes: 256 entries of 65,535 bytes, each after its length.
const TILE_LIMIT_BYTES: u64 = FULL * (2 + 65_535);
/// Deepest path below `tile`: a kind, seven groups of digits, a width.
const DEPTH_LIMIT: usize = 9;

/// `None`: entry bundles; else hash tiles of this level.
pub(crate) type Row = Option<u8>;

/// The widths, in rising order, of the files that a log has for each place.
#[derive(Debug, Default)]
pub(crate) struct Listing(BTreeMap<(Row, u64), Vec<u64>>);

impl Listing {
    /// Lists `dir/tile`; a file or folder that no log has is a problem.
    pub(crate) fn read(dir: &Path) -> Result<Self, Problem> {
        let mut listing = Self::default();
        listing.add_folder(dir, "tile", 0)?;
        for widths in listing.0.values_mut() {
            widths.sort_unstable();
        }
        Ok(listing)
    }

    fn add_folder(&mut self, dir: &Path, folder: &str, depth: usize) -> Result<(), Problem> {
        let unreadable = |e: std::io::Error| What::Unreadable(e.to_string()).at(folder);
        let children = match fs::read_dir(dir.join(folder)) {
            Err(e) if e.kind() == ErrorKind::NotFound && depth == 0 => return Ok(()),
            children => children.map_err(unreadable)?,
        };
        for child in children {
            let child = child.map_err(unreadable)?;
            let path = format!("{folder}/{}", child.file_name().to_string_lossy());
            let kind = child.file_type().map_err(unreadable)?;
            if kind.is_dir() && depth < DEPTH_LIMIT {
                self.add_folder(dir, &path, depth + 1)?;
                continue;
            }
            let place = if kind.is_file() { place_of(&path) } else { None };
            let Some((row, index, width)) = place else {
                return Err(What::Stray.at(path));
            };
            self.0.entry((row, index)).or_default().push(width);
        }
        Ok(())
    }

    /// The widths of the files at a place.
    pub(crate) fn widths(&self, row: Row, index: u64) -> &[u64] {
        self.0.get(&(row, index)).map_or(&[], Vec::as_slice)
    }

    /// How many files have something that a log of `size` entries has not.
    pub(crate) fn ahead(&self, size: u64) -> u64 {
        let beyond = |((row, index), widths): (&(Row, u64), &Vec<u64>)| {
            let needed = needed(*row, *index, size);
            widths.iter().filter(|width| **width > needed).count() as u64
        };
        self.0.iter().map(beyond).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes of the narrowest file that holds at least `needed`, and its width.
    pub(crate) fn source(&self, dir: &Path, row: Row, index: u64, needed: u64) -> Result<Source, Problem> {
        let wide_enough = self.widths(row, index).iter().find(|width| **width >= needed);
        let width = *wide_enough.ok_or_else(|| What::Missing.at(path_of(row, index, needed)))?;
        let path = path_of(row, index, width);
        let bytes = read_limited(dir, &path, TILE_LIMIT_BYTES)?;
        Ok(Source { path, bytes, width })
    }
}

/// One file that was read.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) width: u64,
}

/// How many entries or hashes a log of `size` entries has at a place: 0 to 256.
pub(crate) fn needed(row: Row, index: u64, size: u64) -> u64 {
    let count = size >> (8 * u32::from(row.unwrap_or(0)));
    count.saturating_sub(index.saturating_mul(FULL)).min(FULL)
}

/// The path of a tile (C2SP tlog-tiles).
pub(crate) fn path_of(row: Row, index: u64, width: u64) -> String {
    let row = row.map_or("entries".to_owned(), |level| level.to_string());
    let digits = index.to_string();
    let padded = format!("{digits:0>len$}", len = digits.len().next_multiple_of(3));
    let mut groups: Vec<String> = Vec::new();
    for start in (0..padded.len()).step_by(3) {
        let mark = if start + 3 < padded.len() { "x" } else { "" };
        groups.push(format!("{mark}{}", &padded[start..start + 3]));
    }
    let partial = if width < FULL { format!(".p/{width}") } else { String::new() };
    format!("tile/{row}/{}{partial}", groups.join("/"))
}

/// Reads a path; `None` when no tile is called so.
fn place_of(path: &str) -> Option<(Row, u64, u64)> {
    let (row, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let (groups, width) = match rest.split_once(".p/") {
        Some((groups, width)) => (groups, width.parse().ok().filter(|width| *width < FULL)?),
        None => (rest, FULL),
    };
    let index = groups.replace(['x', '/'], "").parse().ok()?;
    let row = if row == "entries" { None } else { Some(row.parse().ok().filter(|level| *level < 8)?) };
    // Only the one true spelling of each path is a tile.
    (width > 0 && path_of(row, index, width) == path).then_some((row, index, width))
}

/// Reads a file of at most `limit_bytes`.
pub(crate) fn read_limited(dir: &Path, path: &str, limit_bytes: u64) -> Result<Vec<u8>, Problem> {
    let failed = |e: std::io::Error| match e.kind() {
        ErrorKind::NotFound => What::Missing.at(path),
        _ => What::Unreadable(e.to_string()).at(path),
    };
    let file = File::open(dir.join(path)).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(limit_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit_bytes {
        return Err(What::TooLong { limit_bytes }.at(path));
    }
    Ok(bytes)
}

/// Cuts a bundle into its entries, which must be `width` and end where the file ends.
pub(crate) fn cut<'a>(path: &str, bundle: &'a [u8], width: u64) -> Result<Vec<&'a [u8]>, Problem> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bundle.len() {
        let [high, low] = *bundle.get(at..at + 2).and_then(|l| l.as_array()).ok_or_else(|| short(path))?;
        let end = at + 2 + usize::from(high) * 256 + usize::from(low);
        entries.push(bundle.get(at + 2..end).ok_or_else(|| short(path))?);
        at = end;
    }
    if entries.len() as u64 != width {
        return Err(What::Form("another number of entries than its name says").at(path));
    }
    Ok(entries)
}

fn short(path: &str) -> Problem {
    What::Form("ends within an entry").at(path)
}

/// The first `size` entries of a log, in order, with their numbers from 0. They are read, not verified: call
/// [`crate::dir`] first and pass the size that it reports. Fails at once when the files cannot be listed.
pub fn entries(dir: &Path, size: u64) -> Result<Entries, Problem> {
    Ok(Entries { dir: dir.to_owned(), listing: Listing::read(dir)?, size, next: 0, ready: VecDeque::new() })
}

/// Iterator of [`entries`]; holds one bundle in memory. Ends after the first problem.
#[derive(Debug)]
pub struct Entries {
    dir: std::path::PathBuf,
    listing: Listing,
    size: u64,
    next: u64,
    ready: VecDeque<Vec<u8>>,
}

impl Iterator for Entries {
    type Item = Result<(u64, Vec<u8>), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.size {
            return None;
        }
        if self.ready.is_empty()
            && let Err(problem) = self.load()
        {
            self.size = 0;
            return Some(Err(problem));
        }
        let entry = self.ready.pop_front()?;
        self.next += 1;
        Some(Ok((self.next - 1, entry)))
    }
}

impl Entries {
    fn load(&mut self) -> Result<(), Problem> {
        let index = self.next / FULL;
        let needed = needed(None, index, self.size);
        let source = self.listing.source(&self.dir, None, index, needed)?;
        let entries = cut(&source.path, &source.bytes, source.width)?;
        self.ready = entries.into_iter().take(needed as usize).map(<[u8]>::to_vec).collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let check = |path: &str, expected| assert_eq!(place_of(path), expected, "{path}");
        check("tile/0/000", Some((Some(0), 0, 256)));
        check("tile/entries/x001/x234/067", Some((None, 1_234_067, 256)));
        check("tile/entries/x001/x234/067.p/8", Some((None, 1_234_067, 8)));
        check("tile/7/999.p/255", Some((Some(7), 999, 255)));
        for wrong in [
            "tile/8/000",
            "tile/0/0",
            "tile/00/000",
            "tile/0/x000/001",
            "tile/0/001/001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/07",
            "tile/0/000.p",
            "tile/0/000.tmp",
            "tile/data/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            check(wrong, None);
        }
    }
}
