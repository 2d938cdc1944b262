//! Bytes by SHA-256, one folder a space (D8). Written once, read with their digest checked.

use crate::{Error, Result};
use domain::id::AgencyId;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Largest blob, in bytes.
pub const BLOB_MAX_BYTES: usize = 512 * 1024 * 1024;
/// Folder of a space for what is kept as evidence.
const EVIDENCE: &str = "evidence";

/// Blobs on this machine's disk.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// Blobs under a folder, made when missing.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        Ok(Self { folder: folder.to_owned() })
    }

    fn path(&self, space: AgencyId, sha256: &str) -> PathBuf {
        self.folder.join(space.to_string()).join(sha256.get(..2).unwrap_or("xx")).join(sha256)
    }

    /// Stores bytes that a source sent and gives their SHA-256 in hex. The same bytes are stored once.
    pub fn put(&self, space: AgencyId, bytes: &[u8]) -> Result<String> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        self.write(&self.path(space, &sha256), &sha256, bytes)?;
        Ok(sha256)
    }

    /// Stores evidence, apart from what sources send: it outlives a record with the same bytes that is forgotten.
    pub fn put_evidence(&self, space: AgencyId, bytes: &[u8]) -> Result<String> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let path = self.folder.join(space.to_string()).join(EVIDENCE).join(&sha256[..2]).join(&sha256);
        self.write(&path, &sha256, bytes)?;
        Ok(sha256)
    }

    fn write(&self, path: &Path, sha256: &str, bytes: &[u8]) -> Result<()> {
        use std::io::Write as _;
        if bytes.len() > BLOB_MAX_BYTES {
            return Err(Error::Setup(format!(
                "a file of {} bytes is over the limit of {BLOB_MAX_BYTES}",
                bytes.len()
            )));
        }
        let folder = path.parent().unwrap_or(&self.folder);
        if path.exists() {
            // Whoever stored it may have been killed before its name was safe.
            return crate::sync_folder(folder);
        }
        if !folder.is_dir() {
            std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
            for above in folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.folder)) {
                crate::sync_folder(above)?;
            }
        }
        let draft = folder.join(format!(".{sha256}.{}", uuid::Uuid::now_v7()));
        let mut file = std::fs::File::create(&draft).map_err(Error::io(&draft))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io(&draft))?;
        std::fs::rename(&draft, path).map_err(Error::io(path))?;
        crate::sync_folder(folder)
    }

    /// The bytes, if there; a changed file is never served.
    pub fn get(&self, space: AgencyId, sha256: &str) -> Result<Option<Vec<u8>>> {
        if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let path = self.path(space, sha256);
        match std::fs::read(&path) {
            Ok(bytes) if hex::encode(Sha256::digest(&bytes)) == sha256 => Ok(Some(bytes)),
            Ok(_) => Err(Error::Damaged(format!("{} no longer has the digest of its name", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io(&path)(error)),
        }
    }

    /// Removes a blob.
    pub fn remove(&self, space: AgencyId, sha256: &str) -> Result<()> {
        let path = self.path(space, sha256);
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::io(&path)(error)),
        }
    }

    /// Every blob whose bytes do not have the digest of its name.
    pub fn damaged(&self) -> Result<Vec<PathBuf>> {
        let mut damaged = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).map_err(Error::io(&folder))? {
                let path = entry.map_err(Error::io(&folder))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).map_err(Error::io(&path))?;
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    if !name.starts_with('.') && hex::encode(Sha256::digest(&bytes)) != name {
                        damaged.push(path);
                    }
                }
            }
        }
        Ok(damaged)
    }
}
