//! Office files: a zip archive of XML and pictures. Read in the child, from memory, without a file or a program.
//!
//! Everything is counted while it is inflated, whatever the archive says of itself; nothing outside the archive is ever
//! named, and what declares types or entities of its own is refused. Archives in archives are not opened.

mod odf;
mod ooxml;
mod xml;

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::announces_picture;
use super::document::{Document, Embedded, Place};

/// Most entries of an archive.
pub const ENTRIES_MAX: usize = 10_000;

/// Most bytes that a document may inflate to.
pub const INFLATED_MAX_BYTES: u64 = 128 << 20;

/// Largest picture, bytes.
const PICTURE_MAX_BYTES: u64 = 32 << 20;

const BROKEN: &str = "The document is cut off or damaged.";
const BOMB: &str = "The document inflates to more than is given to one file.";
pub(super) const LOCKED: &str = "The document is protected by a password.";

/// An archive that is read with a budget.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// Whether the first bytes announce an archive, which may be a document.
pub(super) fn announces(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

/// Whether the first bytes announce a file of a kind that was usual before 2007, which is also how locked ones begin.
pub(super) fn announces_old(start: &[u8]) -> bool {
    start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Why such a file is not read.
pub(super) fn old(file: &[u8]) -> &'static str {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match file.windows(name.len()).any(|window| window == name) {
        true => LOCKED,
        false => "The document is of a kind of before 2007, which is not read.",
    }
}

/// Reads a document. `None` for an archive of other things.
///
/// # Errors
/// A sentence for people, when the file is broken, locked, or over a limit.
pub fn read(file: &[u8]) -> Result<Option<Document>, String> {
    let zip = ZipArchive::new(Cursor::new(file)).map_err(|_| BROKEN.to_owned())?;
    if zip.len() > ENTRIES_MAX {
        return Err(format!("The document is an archive of over {ENTRIES_MAX} entries."));
    }
    let mut archive = Archive { zip, left: INFLATED_MAX_BYTES };
    if archive.has("_rels/.rels") {
        return ooxml::read(&mut archive);
    }
    match archive.has("mimetype") && archive.has("content.xml") {
        true => odf::read(&mut archive),
        false => Ok(None),
    }
}

impl Archive<'_> {
    fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names that fit, in the order of the archive.
    fn names(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok).filter(|name| fits(name));
        names.map(std::borrow::Cow::into_owned).collect()
    }

    /// Hands an entry to a reader of XML, as far as the budget goes. `None` when there is none of that name.
    fn xml<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn std::io::BufRead) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let left = &mut self.left;
        let entry = entry(&mut self.zip, at)?;
        let mut metered = BufReader::new(Metered { from: entry, left });
        let answer = read(&mut metered);
        if metered.get_ref().is_spent() {
            return Err(BOMB.to_owned());
        }
        answer.map(Some)
    }

    /// The bytes of an entry; `None` where it is not there or no picture that is decoded.
    fn picture(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let left = &mut self.left;
        let mut metered = Metered { from: entry(&mut self.zip, at)?, left };
        let mut bytes = Vec::new();
        let most = PICTURE_MAX_BYTES + 1;
        let read = metered.by_ref().take(most).read_to_end(&mut bytes);
        if metered.is_spent() {
            return Err(BOMB.to_owned());
        }
        // One damaged picture does not make the rest unreadable.
        let whole = read.is_ok() && bytes.len() as u64 != most && announces_picture(&bytes);
        Ok(whole.then_some(bytes))
    }

    /// Adds pictures by the part that shows them, then those that no part shows.
    fn add_pictures(
        &mut self,
        document: &mut Document,
        shown: &[(Place, String)],
        is_picture: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        let others = self.names(is_picture).into_iter().map(|name| (Place::Somewhere, name));
        let mut done = std::collections::HashSet::new();
        for (place, name) in shown.iter().cloned().chain(others) {
            if !self.has(&name) || !done.insert(name.clone()) {
                continue;
            }
            match self.picture(&name)? {
                Some(bytes) => document.add_picture(Embedded { place, is_page: false, bytes }),
                None => document.pictures_left_out += 1,
            }
        }
        Ok(())
    }
}

fn entry<'a, 'b>(
    zip: &'a mut ZipArchive<Cursor<&'b [u8]>>,
    at: usize,
) -> Result<zip::read::ZipFile<'a, Cursor<&'b [u8]>>, String> {
    if zip.by_index_data(at).is_ok_and(|entry| entry.encrypted()) {
        return Err(LOCKED.to_owned());
    }
    zip.by_index(at).map_err(|_| BROKEN.to_owned())
}

/// Counts what is read against the budget of the whole file.
struct Metered<'a, R> {
    from: R,
    left: &'a mut u64,
}

impl<R> Metered<'_, R> {
    fn is_spent(&self) -> bool {
        *self.left == 0
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(buffer)?;
        *self.left = self.left.saturating_sub(read as u64);
        match self.is_spent() {
            true => Err(std::io::Error::other(BOMB)),
            false => Ok(read),
        }
    }
}

#[cfg(test)]
mod tests;
