//! Files of others: opened without waiting, read without believing what their names or sizes say.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Said of `-`, which elsewhere is what another program hands over.
const NO_INPUT: &str = "There is no file of that name, and what another program writes is not read here. Write it to a file and name that.";

/// Opens a regular file and gives its size in bytes, or a sentence that says why not. Never waits, as a pipe with
/// nobody at its other end would have it.
///
/// # Errors
/// The sentence, for people.
pub fn open(path: &Path) -> Result<(File, u64), String> {
    let opened = File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path);
    let file = opened.map_err(|error| match error.kind() {
        ErrorKind::NotFound if path.as_os_str() == "-" => NO_INPUT.to_owned(),
        _ => unreadable(&error),
    })?;
    let facts = file.metadata().map_err(|error| unreadable(&error))?;
    if !facts.is_file() {
        return Err("It is not a regular file.".to_owned());
    }
    Ok((file, facts.len()))
}

/// All bytes of a file that has at most `most`.
///
/// # Errors
/// A sentence for people.
pub fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let (file, size) = open(path)?;
    let too_large = || format!("The file is over {} MiB.", most >> 20);
    if size > most as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(most));
    // One byte more than allowed tells that it has grown.
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > most { Err(too_large()) } else { Ok(bytes) }
}

/// Whether both are the same file, also under two names.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    let facts = |path: &Path| std::fs::metadata(path).map(|facts| (facts.dev(), facts.ino())).ok();
    facts(one).is_some_and(|one| Some(one) == facts(other))
}

/// The name of a file while it is written, in the folder of the one that it becomes.
pub(crate) fn beside(to: &Path) -> io::Result<PathBuf> {
    let mut name = OsString::from(".");
    name.push(to.file_name().ok_or(ErrorKind::InvalidInput)?);
    name.push(format!(".{}.part", std::process::id()));
    Ok(to.with_file_name(name))
}

/// Puts the folder of a file on the disk: a name is as durable as what it names.
pub(crate) fn sync_around(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Writes a file, whole or not at all, in place of one that is there. What is no regular file, as a terminal, is written
/// to as it is.
///
/// # Errors
/// When it cannot be written; nothing is left then, and a file that was there still is.
pub fn replace(to: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays, and what it leads to is replaced.
    let to = to.canonicalize().unwrap_or_else(|_| to.to_owned());
    if std::fs::metadata(&to).is_ok_and(|facts| !facts.is_file()) {
        return File::options().write(true).open(&to)?.write_all(bytes);
    }
    let part = beside(&to)?;
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&part, &to)
    });
    if written.is_err() {
        // It may never have been made; what went wrong first is told.
        let _ = std::fs::remove_file(&part);
    }
    written.and_then(|()| sync_around(&to))
}

/// What the system says, as a sentence without the number.
pub(crate) fn unreadable(error: &io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        ErrorKind::NotFound => "it is not there".to_owned(),
        ErrorKind::InvalidFilename => "its path is too long".to_owned(),
        _ => error.to_string(),
    };
    format!("It cannot be read: {why}.")
}

/// A path as text, and its bytes in hexadecimal digits where it is not UTF-8.
#[must_use]
pub fn named(path: &Path) -> (String, Option<String>) {
    let text = path.to_string_lossy().into_owned();
    let hex = path.to_str().is_none().then(|| hex::encode(path.as_os_str().as_bytes()));
    (text, hex)
}

/// A text of others for a terminal: what would move the cursor or turn the line is written as a number.
#[must_use]
pub fn printable(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .flat_map(|c| if hidden(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn names_of_any_encoding_are_told() {
        assert_eq!(named(Path::new("é")), ("é".to_owned(), None));
        let odd = Path::new(OsStr::from_bytes(b"a\xE9.png"));
        assert_eq!(named(odd), ("a\u{FFFD}.png".to_owned(), Some("61e92e706e67".to_owned())));
        assert_eq!(printable("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        std::os::unix::fs::symlink("a", &link).unwrap();
        for text in ["one", "two"] {
            replace(&file, text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        }
        replace(&link, b"three").unwrap();
        assert!(link.is_symlink() && is_same(&file, &link));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "three");
        assert!(replace(folder.path(), b"").is_err());
        assert!(replace(&folder.path().join("none/a"), b"").is_err());
        replace(Path::new("/dev/null"), b"gone").unwrap();
        assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn only_regular_files_of_the_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, [7; 100]).unwrap();
        assert_eq!(bytes(&file, 100).unwrap(), [7; 100]);
        assert!(bytes(&file, 99).unwrap_err().contains("over"));
        assert!(bytes(folder.path(), 99).unwrap_err().contains("not a regular file"));
        assert!(bytes(&folder.path().join("b"), 99).unwrap_err().contains("not there"));
        assert!(bytes(Path::new("/dev/null"), 99).unwrap_err().contains("not a regular file"));
    }
}
