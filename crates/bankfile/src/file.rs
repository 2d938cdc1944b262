//! Files of others: opened without waiting, read without believing what their names or sizes say.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Opens a regular file and gives its size in bytes, or a sentence that says why not. Never waits, as a pipe with
/// nobody at its other end would have it.
///
/// # Errors
/// The sentence, for people.
pub fn open(path: &Path) -> Result<(File, u64), String> {
    let opened = File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path);
    let file = opened.map_err(|error| unreadable(&error))?;
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

/// What the system says, as a sentence without the number.
pub(crate) fn unreadable(error: &io::Error) -> String {
    let why = match error.kind() {
        ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        ErrorKind::NotFound => "it is not there any more".to_owned(),
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
