//! One part of a backup: files with their digests, and the signed manifest.

use crate::publish::BackupSigner;
use crate::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use store::Snapshot;
use store::table::{self, Table};

/// The form of a backup.
pub(super) const FORMAT: &str = "renvoi-backup/1";
/// The list of a part's files.
pub(super) const MANIFEST: &str = "manifest.json";
/// Its signature: a checkpoint whose size is the number of files and whose root is the SHA-256 of the list.
pub(super) const SIGNATURE: &str = "manifest.note";
/// The public key of the signature.
pub(super) const VKEY: &str = "vkey";
/// Bytes copied at once.
const COPY_BYTES: usize = 1024 * 1024;
/// Longest manifest that is read, in bytes.
const MANIFEST_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) part: String,
    /// Newest migration of the database that was saved.
    pub(super) schema: i64,
    pub(super) made_at: Timestamp,
    /// Rows a table.
    pub(super) tables: BTreeMap<String, u64>,
    /// SHA-256 in hex by relative path.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(part: &str, schema: i64, made_at: Timestamp) -> Self {
        let (tables, files) = (BTreeMap::new(), BTreeMap::new());
        Self { format: FORMAT.to_owned(), part: part.to_owned(), schema, made_at, tables, files }
    }
}

/// A file that is written and hashed.
pub(super) struct Sink {
    out: BufWriter<File>,
    path: PathBuf,
    sha: Sha256,
}

impl Sink {
    pub(super) fn new(folder: &Path, path: &Path) -> store::Result<Self> {
        store::folder_of_owner(folder)?;
        let out = File::options().write(true).create_new(true).mode(0o600).open(path);
        let out = out.map_err(store::Error::io(path))?;
        Ok(Self { out: BufWriter::new(out), path: path.to_owned(), sha: Sha256::new() })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> store::Result<()> {
        self.sha.update(bytes);
        self.out.write_all(bytes).map_err(store::Error::io(&self.path))
    }

    pub(super) fn line(&mut self, value: &serde_json::Value) -> store::Result<()> {
        self.write(format!("{value}\n").as_bytes())
    }

    /// Flushes to disk and gives the SHA-256 in hex.
    pub(super) fn finish(mut self) -> store::Result<String> {
        let flushed = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        flushed.map_err(store::Error::io(&self.path))?;
        Ok(hex::encode(self.sha.finalize()))
    }
}

/// Writes a part.
pub(super) struct Writer {
    folder: PathBuf,
    tables: BTreeMap<String, u64>,
    files: BTreeMap<String, String>,
}

impl Writer {
    pub(super) fn new(folder: &Path) -> Result<Self> {
        store::folder_of_owner(folder)?;
        Ok(Self { folder: folder.to_owned(), tables: BTreeMap::new(), files: BTreeMap::new() })
    }

    pub(super) fn rows(&self) -> u64 {
        self.tables.values().sum()
    }

    pub(super) fn files(&self) -> u64 {
        self.files.len() as u64
    }

    fn sink(&self, name: &str) -> store::Result<Sink> {
        let path = self.folder.join(name);
        Sink::new(path.parent().unwrap_or(&self.folder), &path)
    }

    pub(super) async fn table(&mut self, snapshot: &mut Snapshot, table: Table) -> Result<()> {
        let name = format!("tables/{}.ndjson", table.name);
        let mut sink = self.sink(&name)?;
        let rows =
            table::read(snapshot, table, &mut |row| sink.line(&serde_json::Value::Object(row))).await?;
        self.files.insert(name, sink.finish()?);
        self.tables.insert(table.name.to_owned(), rows);
        Ok(())
    }

    pub(super) fn copy_file(&mut self, from: &Path, name: &str) -> Result<()> {
        let mut input = File::open(from).map_err(store::Error::io(from))?;
        let mut sink = self.sink(name)?;
        let mut buffer = vec![0; COPY_BYTES];
        loop {
            let read = input.read(&mut buffer).map_err(store::Error::io(from))?;
            if read == 0 {
                break;
            }
            sink.write(&buffer[..read])?;
        }
        self.files.insert(name.to_owned(), sink.finish()?);
        Ok(())
    }

    /// Copies a folder's files; what was never finished (names that begin with a dot) is left out.
    pub(super) fn copy_folder(&mut self, from: &Path, name: &str) -> Result<()> {
        if !from.exists() {
            return Ok(());
        }
        for entry in std::fs::read_dir(from).map_err(store::Error::io(from))? {
            let path = entry.map_err(store::Error::io(from))?.path();
            let Some(file) = path.file_name().and_then(|file| file.to_str()) else { continue };
            let name = format!("{name}/{file}");
            if path.is_dir() {
                self.copy_folder(&path, &name)?;
            } else if !file.starts_with('.') {
                self.copy_file(&path, &name)?;
            }
        }
        Ok(())
    }

    /// Writes and signs the manifest; gives its digest, `sha-256:` and hex.
    pub(super) fn finish(self, mut manifest: Manifest, signer: &BackupSigner) -> Result<String> {
        manifest.tables = self.tables;
        manifest.files = self.files;
        let text = serde_json::to_string_pretty(&manifest)?;
        let digest: [u8; 32] = Sha256::digest(&text).into();
        let note = signer.sign(manifest.files.len() as u64, digest)?;
        for (name, text) in [(MANIFEST, text), (SIGNATURE, note), (VKEY, format!("{}\n", signer.vkey()?))] {
            let path = self.folder.join(name);
            let mut sink = Sink::new(&self.folder, &path)?;
            sink.write(text.as_bytes())?;
            sink.finish()?;
        }
        let folder = File::open(&self.folder).and_then(|folder| folder.sync_all());
        folder.map_err(store::Error::io(&self.folder))?;
        Ok(format!("sha-256:{}", hex::encode(digest)))
    }
}

fn changed(path: &Path, why: &str) -> Error {
    Error::Input(format!("{}: {why}. Nothing was restored; use another copy of this backup.", path.display()))
}

/// Reads a part's manifest and verifies its signature and every file. `vkey` is the key that must have signed.
pub(super) fn verified(folder: &Path, part: &str, vkey: &str) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let mut text = String::new();
    let file = File::open(&path).map_err(store::Error::io(&path))?;
    file.take(MANIFEST_BYTES_MAX).read_to_string(&mut text).map_err(store::Error::io(&path))?;
    let note = std::fs::read(folder.join(SIGNATURE)).map_err(store::Error::io(folder.join(SIGNATURE)))?;
    let key =
        verify::Vkey::parse(vkey).map_err(|problem| changed(&folder.join(VKEY), &problem.to_string()))?;
    let head = verify::open(&note, &key)
        .map_err(|problem| changed(&folder.join(SIGNATURE), &problem.to_string()))?;
    if head.root != <[u8; 32]>::from(Sha256::digest(&text)) {
        return Err(changed(&path, "it is not the list that was signed"));
    }
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| changed(&path, &error.to_string()))?;
    if manifest.format != FORMAT || manifest.part != part || head.size != manifest.files.len() as u64 {
        return Err(changed(&path, &format!("it is not the \"{part}\" part of a {FORMAT}")));
    }
    for (name, expected) in &manifest.files {
        let plain = name.split('/').all(|step| !step.is_empty() && step != "." && step != "..");
        let path = folder.join(name);
        if !plain || digest(&path)? != *expected {
            return Err(changed(&path, "it is not the file that was saved"));
        }
    }
    Ok(manifest)
}

fn digest(path: &Path) -> store::Result<String> {
    let mut input = File::open(path).map_err(store::Error::io(path))?;
    let mut sha = Sha256::new();
    let mut buffer = vec![0; COPY_BYTES];
    loop {
        let read = input.read(&mut buffer).map_err(store::Error::io(path))?;
        if read == 0 {
            return Ok(hex::encode(sha.finalize()));
        }
        sha.update(&buffer[..read]);
    }
}
