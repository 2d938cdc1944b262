//! An exported piece of evidence, verified offline (LAW-118).
//!
//! A bundle is a directory. `checkpoint` and `vkey` (one line) must be there; then, as the export needs:
//! - `tile/…`: the whole log, up to the checkpoint;
//! - `proofs/*.json`: single entries, shown to be in the log without the rest of it;
//! - any other files (captures, the custody file), each listed with its SHA-256 in `files`, a note that the
//!   log's key signed.
//!
//! A file that none of these covers is refused: what cannot be checked is no evidence.

use crate::files::{Listing, read_limited};
use crate::log::{check, head};
use crate::note::signed_text;
use crate::{Checkpoint, Hash, Problem, Report, Vkey, What, hash_of_entry, inclusion};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// Longest `vkey` file, in bytes.
const VKEY_LIMIT_BYTES: u64 = 1024;
/// Longest proof file, in bytes: an entry of 65,535 bytes and 64 hashes in base64 fit.
const PROOF_LIMIT_BYTES: u64 = 131_072;
/// Longest list of files, in bytes.
const LIST_LIMIT_BYTES: u64 = 16 * 1024 * 1024;
/// Most files in a bundle, tiles not counted.
const FILES_LIMIT: usize = 100_000;
/// Deepest folder in a bundle.
const DEPTH_LIMIT: usize = 8;
/// First word of a signed list of files.
const FILES_HEADER: &str = "bundle-files/1";

/// What a bundle proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleReport {
    /// The public key that it was verified with: compare it with the one that its keeper publishes.
    pub vkey: String,
    /// The head of the log.
    pub checkpoint: Checkpoint,
    /// The whole log, when the bundle has tiles.
    pub log: Option<Report>,
    /// Entries with a proof, in the order of the files' names.
    pub proven: Vec<Proven>,
    /// Other files, whose bytes are those that the keeper signed, sorted.
    pub files: Vec<String>,
}

/// An entry that is shown to be in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Its number, from 0.
    pub index: u64,
    /// Its bytes.
    pub entry: Vec<u8>,
}

/// The form of a proof file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofFile {
    index: u64,
    entry_b64: String,
    path: Vec<String>,
}

/// Verifies a bundle with the key that lies in it. That shows that nothing was altered since this key signed;
/// whose key it is, only a comparison with the published one shows ([`bundle_of`] does it).
pub fn bundle(path: &Path) -> Result<BundleReport, Problem> {
    verify(path, vkey_in(path)?)
}

/// Verifies a bundle that must carry this key.
pub fn bundle_of(path: &Path, vkey: &str) -> Result<BundleReport, Problem> {
    let carried = vkey_in(path)?;
    if carried != vkey {
        return Err(What::NotSigned(vkey.to_owned()).at("vkey"));
    }
    verify(path, carried)
}

fn vkey_in(path: &Path) -> Result<String, Problem> {
    let line = read_limited(path, "vkey", VKEY_LIMIT_BYTES)?;
    let line = String::from_utf8(line).map_err(|_| What::Form("not UTF-8").at("vkey"))?;
    let line = line.strip_suffix('\n').ok_or_else(|| What::Form("no line feed at its end").at("vkey"))?;
    Ok(line.to_owned())
}

fn verify(dir: &Path, vkey: String) -> Result<BundleReport, Problem> {
    let key = Vkey::parse(&vkey)?;
    let checkpoint = head(dir, &key)?;
    let listing = Listing::read(dir)?;
    let log = match listing.is_empty() {
        true => None,
        false => Some(check(dir, &listing, checkpoint.clone())?),
    };
    if log.as_ref().is_some_and(|log| log.ahead > 0) {
        return Err(What::Form("has entries or hashes that its checkpoint does not cover").at("tile"));
    }
    let mut others = Vec::new();
    add_files(dir, "", 0, &mut others)?;
    others.sort_unstable();
    let (proofs, mut others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|path| path.starts_with("proofs/"));
    let proven: Vec<Proven> =
        proofs.iter().map(|path| proof(dir, path, &checkpoint)).collect::<Result<_, _>>()?;
    let listed = others.iter().any(|path| path == "files");
    others.retain(|path| !["checkpoint", "vkey", "files"].contains(&path.as_str()));
    let signed = if listed { signed_files(dir, &key)? } else { BTreeMap::new() };
    check_files(dir, &others, &signed)?;
    if log.is_none() && proven.is_empty() {
        return Err(What::Nothing.at("."));
    }
    Ok(BundleReport { vkey, checkpoint, log, proven, files: others })
}

fn proof(dir: &Path, path: &str, head: &Checkpoint) -> Result<Proven, Problem> {
    let bad = |why| What::Form(why).at(path);
    if !path.ends_with(".json") {
        return Err(What::Uncovered.at(path));
    }
    let json = read_limited(dir, path, PROOF_LIMIT_BYTES)?;
    let file: ProofFile =
        serde_json::from_slice(&json).map_err(|_| bad("not {\"index\", \"entry_b64\", \"path\"}"))?;
    let entry = BASE64_STANDARD.decode(file.entry_b64).map_err(|_| bad("entry_b64 is not base64"))?;
    let hashes: Option<Vec<Hash>> = file.path.iter().map(|text| hash_of_base64(text)).collect();
    let hashes = hashes.ok_or_else(|| bad("path is not a list of hashes in base64"))?;
    inclusion(&head.root, head.size, file.index, &hash_of_entry(&entry), &hashes)
        .map_err(|problem| Problem { place: format!("{path} {}", problem.place), ..problem })?;
    Ok(Proven { index: file.index, entry })
}

fn hash_of_base64(text: &str) -> Option<Hash> {
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}

/// The signed list: SHA-256 by path.
fn signed_files(dir: &Path, key: &Vkey) -> Result<BTreeMap<String, Hash>, Problem> {
    let bad = |why| What::Form(why).at("files");
    let note = read_limited(dir, "files", LIST_LIMIT_BYTES)?;
    let mut lines = signed_text(&note, key, "files", LIST_LIMIT_BYTES)?.lines();
    if lines.next() != Some(&format!("{FILES_HEADER} {}", key.name())) {
        return Err(bad("not a list of files of this log"));
    }
    let read = |line: &str| {
        let (hash, path) = line.split_once(' ')?;
        Some((path.to_owned(), hash_of_base64(hash)?))
    };
    lines.map(|line| read(line).ok_or_else(|| bad("a line is not a hash in base64 and a path"))).collect()
}

/// The files that are there and those that are signed must be the same, with the same bytes.
fn check_files(dir: &Path, found: &[String], signed: &BTreeMap<String, Hash>) -> Result<(), Problem> {
    if let Some(path) = signed.keys().find(|path| !found.contains(path)) {
        return Err(What::Missing.at(path));
    }
    for path in found {
        let expected = signed.get(path).ok_or_else(|| What::Uncovered.at(path))?;
        let unreadable = |e: std::io::Error| What::Unreadable(e.to_string()).at(path);
        let mut file = std::fs::File::open(dir.join(path)).map_err(unreadable)?;
        let mut sha = Sha256::new();
        std::io::copy(&mut file, &mut Writer(&mut sha)).map_err(unreadable)?;
        if Hash::from(sha.finalize()) != *expected {
            return Err(What::Altered.at(path));
        }
    }
    Ok(())
}

/// Hashes what is written to it: a capture can be larger than memory.
struct Writer<'a>(&'a mut Sha256);

impl std::io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Adds the paths of all files below a folder but those of `tile`. What is neither file nor folder is refused.
fn add_files(dir: &Path, folder: &str, depth: usize, files: &mut Vec<String>) -> Result<(), Problem> {
    let place = || if folder.is_empty() { "." } else { folder };
    let unreadable = |e: std::io::Error| match e.kind() {
        ErrorKind::NotFound => What::Missing.at(place()),
        _ => What::Unreadable(e.to_string()).at(place()),
    };
    for child in std::fs::read_dir(dir.join(folder)).map_err(unreadable)? {
        let child = child.map_err(unreadable)?;
        let name = child.file_name().to_string_lossy().into_owned();
        let path = if depth == 0 { name } else { format!("{folder}/{name}") };
        let kind = child.file_type().map_err(unreadable)?;
        if kind.is_dir() && depth < DEPTH_LIMIT {
            if path != "tile" {
                add_files(dir, &path, depth + 1, files)?;
            }
        } else if kind.is_file() && files.len() < FILES_LIMIT {
            files.push(path);
        } else {
            return Err(What::Uncovered.at(path));
        }
    }
    Ok(())
}
