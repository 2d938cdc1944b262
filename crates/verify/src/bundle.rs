//! An exported piece of evidence, verified offline (LAW-118).
//!
//! A bundle is a directory: `checkpoint`, `vkey` (one line), `tile/…` as in a log, and `proofs/*.json`. Tiles or
//! proofs may be left out, not both: proofs alone show single entries without the rest of the log.

use crate::files::{Listing, read_limited};
use crate::log::{check, head};
use crate::{Checkpoint, Hash, Problem, Report, Vkey, What, hash_of_entry, inclusion};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::path::Path;

/// Longest `vkey` file, in bytes.
const VKEY_LIMIT_BYTES: u64 = 1024;
/// Longest proof file, in bytes: an entry of 65,535 bytes and 64 hashes in base64 fit.
const PROOF_LIMIT_BYTES: u64 = 131_072;
/// Most files in `proofs`.
const PROOFS_LIMIT: usize = 100_000;

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
    /// Files and folders at the top of the bundle that nothing here covers, sorted.
    pub uncovered: Vec<String>,
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

fn verify(path: &Path, vkey: String) -> Result<BundleReport, Problem> {
    let checkpoint = head(path, &Vkey::parse(&vkey)?)?;
    let listing = Listing::read(path)?;
    let log = match listing.is_empty() {
        true => None,
        false => Some(check(path, &listing, checkpoint.clone())?),
    };
    if log.as_ref().is_some_and(|log| log.ahead > 0) {
        return Err(What::Form("has entries or hashes that its checkpoint does not cover").at("tile"));
    }
    let proven = names(path, "proofs")?
        .iter()
        .map(|name| proof(path, &format!("proofs/{name}"), &checkpoint))
        .collect::<Result<Vec<_>, _>>()?;
    if log.is_none() && proven.is_empty() {
        return Err(What::Nothing.at("."));
    }
    let mut uncovered = names(path, "")?;
    uncovered.retain(|name| !["checkpoint", "vkey", "tile", "proofs"].contains(&name.as_str()));
    Ok(BundleReport { vkey, checkpoint, log, proven, uncovered })
}

fn proof(dir: &Path, path: &str, head: &Checkpoint) -> Result<Proven, Problem> {
    let bad = |why| What::Form(why).at(path);
    if !path.ends_with(".json") {
        return Err(What::Stray.at(path));
    }
    let json = read_limited(dir, path, PROOF_LIMIT_BYTES)?;
    let file: ProofFile =
        serde_json::from_slice(&json).map_err(|_| bad("not {\"index\", \"entry_b64\", \"path\"}"))?;
    let entry = BASE64_STANDARD.decode(file.entry_b64).map_err(|_| bad("entry_b64 is not base64"))?;
    let hash = |text: &String| BASE64_STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    let hashes: Option<Vec<Hash>> = file.path.iter().map(hash).collect();
    let hashes = hashes.ok_or_else(|| bad("path is not a list of hashes in base64"))?;
    inclusion(&head.root, head.size, file.index, &hash_of_entry(&entry), &hashes)
        .map_err(|problem| Problem { place: format!("{path} {}", problem.place), ..problem })?;
    Ok(Proven { index: file.index, entry })
}

/// The names in a folder, sorted; none when it is not there.
fn names(dir: &Path, folder: &str) -> Result<Vec<String>, Problem> {
    let unreadable = |e: std::io::Error| What::Unreadable(e.to_string()).at(folder);
    let children = match std::fs::read_dir(dir.join(folder)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        children => children.map_err(unreadable)?,
    };
    let mut names = Vec::new();
    for child in children {
        if names.len() == PROOFS_LIMIT {
            return Err(What::Form("more than 100,000 files").at(folder));
        }
        names.push(child.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}
