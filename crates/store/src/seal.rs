//! The seal of a closed SQLite file: its SHA-256 beside it, so that a change while nobody owned it is found (fsck).
//!
//! The file's pages carry no checksum of their own. While the house is open the file changes and there is no seal.

use crate::{Error, Result};
use sha2::{Digest, Sha256};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Bytes read at once.
const READ_BYTES: usize = 1024 * 1024;

fn path(file: &Path) -> PathBuf {
    file.with_extension("sealed")
}

fn digest(file: &Path) -> Result<String> {
    let mut input = std::fs::File::open(file).map_err(Error::io(file))?;
    let mut sha = Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    loop {
        let read = input.read(&mut buffer).map_err(Error::io(file))?;
        if read == 0 {
            return Ok(hex::encode(sha.finalize()));
        }
        sha.update(&buffer[..read]);
    }
}

/// Seals a file that nobody writes any more.
pub(crate) fn put(file: &Path) -> Result<()> {
    let (seal, text) = (path(file), format!("{}\n", digest(file)?));
    let mut out = std::fs::File::create(&seal).map_err(Error::io(&seal))?;
    out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(Error::io(&seal))
}

/// Compares the file with its seal, if it has one, and breaks the seal: from now on the file changes.
pub(crate) fn take(file: &Path) -> Result<Option<bool>> {
    let seal = path(file);
    let sealed = match std::fs::read(&seal) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(&seal)(error)),
    };
    let changed = !file.exists() || sealed != format!("{}\n", digest(file)?).as_bytes();
    if changed {
        tracing::error!(file = %file.display(), "the database was changed while no process owned it; run renvoi fsck");
    }
    std::fs::remove_file(&seal).map_err(Error::io(&seal))?;
    // Were it back after a power cut, the file would look as if somebody else had changed it.
    crate::sync_folder(file.parent().unwrap_or(Path::new("")))?;
    Ok(Some(changed))
}
