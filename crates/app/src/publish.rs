//! Publish: tiles and a signed checkpoint of each agency's ledger, and its export with proofs (D22, LAW-117, LAW-118).
//!
//! The `event` table is the truth; what stands under `<data>/ledger/<agency>` is derived and can be deleted at any time.

use crate::{Error, House, Result, identity};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::evidence::CAPTURE_DISCLAIMER;
use domain::id::{AgencyId, EventId};
use ed25519_dalek::SigningKey;
use ledger::checkpoint::{self, Checkpoint};
use ledger::tile::{Kind, Tile, WIDTH};
use ledger::tiles::{self, Folder, Shelf as _, TileNodes};
use ledger::{Frontier, proof};
use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use store::Lane;

/// Entries that are written in one piece: a multiple of 256, so that no piece leaves partial tiles behind.
const PIECE_ENTRIES: u64 = 16 * WIDTH;
/// Events that one export can prove.
const PROOFS_MAX: usize = 10_000;
/// Folders above an agency's log: `ledger` and the data directory.
const LOG_FOLDERS: usize = 2;
/// The public key beside the tiles.
pub const VKEY: &str = "vkey";

/// One publisher at a time: two would write the same files.
pub(crate) static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Who signs an agency's log.
struct Signer {
    key: SigningKey,
    origin: String,
}

/// Where an agency's log is published.
#[must_use]
pub fn folder(house: &House, agency: AgencyId) -> PathBuf {
    house.folder.join("ledger").join(agency.to_string())
}

/// Name of an agency's log and of its key: `org/renvoi-log`.
#[must_use]
pub fn origin(org: &str) -> String {
    format!("{org}/renvoi-log")
}

/// Signs the manifests of a backup, under a name of its own: `org/renvoi-backup`.
pub(crate) struct BackupSigner(Signer);

/// The ledger key of an agency, for backups.
pub(crate) async fn backup_signer(house: &House, agency: AgencyId) -> Result<BackupSigner> {
    let Signer { key, origin } = signer(house, agency).await?;
    let origin = origin.replace("/renvoi-log", "/renvoi-backup");
    Ok(BackupSigner(Signer { key, origin }))
}

impl BackupSigner {
    /// A note over a digest of a list of `size` files.
    pub(crate) fn sign(&self, size: u64, digest: [u8; 32]) -> Result<String> {
        let head = Checkpoint { origin: self.0.origin.clone(), size, root: digest };
        checkpoint::sign(&head, &self.0.key, &self.0.origin).map_err(bug)
    }

    /// The public key, as one line.
    pub(crate) fn vkey(&self) -> Result<String> {
        checkpoint::vkey(&self.0.origin, &self.0.key.verifying_key()).map_err(bug)
    }
}

async fn signer(house: &House, agency: AgencyId) -> Result<Signer> {
    let stored = store::agency::get(&house.db, agency).await?;
    let agency = stored.ok_or_else(|| Error::Bug(format!("agency {agency} has a ledger and is gone")))?;
    let now = house.clock.now();
    let keys = store::agency::keys(&house.db, agency.id, identity::LEDGER).await?;
    let key = keys.iter().find(|key| key.revoked.is_none() && key.not_before <= now).ok_or_else(|| {
        Error::Input(format!("{} has no key for its ledger. An administrator makes one.", agency.name))
    })?;
    Ok(Signer { key: SigningKey::from_bytes(&key.seed), origin: origin(&agency.org) })
}

/// The public key that verifies an agency's log, as one line.
pub async fn vkey(house: &House, agency: AgencyId) -> Result<String> {
    let signer = signer(house, agency).await?;
    checkpoint::vkey(&signer.origin, &signer.key.verifying_key()).map_err(bug)
}

fn bug(error: impl std::fmt::Display) -> Error {
    Error::Bug(error.to_string())
}

/// Brings an agency's published log up to its head; gives the size that its checkpoint covers.
pub async fn run(house: &House, agency: AgencyId) -> Result<u64> {
    let _one = ONE_AT_A_TIME.lock().await;
    let signer = signer(house, agency).await?;
    let dir = folder(house, agency);
    let from = published(&dir)?;
    let head = store::event::head(&house.db, agency).await?;
    if from > head.size() {
        return Err(Error::Input(format!(
            "The published log of {} has {from} entries, the database {}: events are lost, or a backup was put back. \
             Run renvoi fsck before anything else.",
            signer.origin,
            head.size()
        )));
    }
    if from == 0 {
        // A first checkpoint is safe when the names of its folders are.
        std::fs::create_dir_all(&dir).map_err(store::Error::io(&dir))?;
        dir.ancestors().skip(1).take(LOG_FOLDERS).try_for_each(store::sync_folder)?;
    }
    if from < head.size() || head.size() == 0 {
        write(house, agency, &dir, (from, &head)).await?;
        sign(&dir, &head, &signer)?;
    }
    if store::event::published(&house.db, agency).await? != head.size() {
        let mut tx = house.db.write(Lane::Bulk).await?;
        store::event::set_published(&mut tx, agency, head.size()).await?;
        tx.commit().await?;
    }
    Ok(head.size())
}

/// Brings every published log up to its head.
pub async fn all(house: &House) -> Result<()> {
    for agency in store::event::agencies(&house.db).await? {
        run(house, agency).await?;
    }
    Ok(())
}

/// Size of the checkpoint in a folder; 0 when there is none yet.
fn published(dir: &Path) -> Result<u64> {
    let path = dir.join(tiles::CHECKPOINT);
    match std::fs::read_to_string(&path) {
        Ok(note) => Ok(checkpoint::parse(&note)
            .map_err(|error| {
                Error::Input(format!(
                    "{}: {error}. Delete the folder; it is made again from the database.",
                    path.display()
                ))
            })?
            .size),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(store::Error::io(path)(error).into()),
    }
}

/// Writes the tiles of entries `from` to the head, in pieces, and compares what they come to with the head.
async fn write(house: &House, agency: AgencyId, dir: &Path, (from, head): (u64, &Frontier)) -> Result<()> {
    let mut next = from;
    let mut reached = None;
    while next < head.size() {
        let end = (next / PIECE_ENTRIES * PIECE_ENTRIES + PIECE_ENTRIES).min(head.size());
        let limit = i64::try_from(end - next).unwrap_or(i64::MAX);
        let entries = store::event::entries(&house.db, agency, next, limit).await?;
        let entries: Vec<Vec<u8>> = entries.into_iter().map(|(entry, _)| entry.into_bytes()).collect();
        let folder = dir.to_owned();
        let frontier = tokio::task::spawn_blocking(move || tiles::extend(&folder, next, entries)).await?;
        reached = Some(frontier.map_err(|error| Error::Input(format!("{}/{error}", dir.display())))?);
        next = end;
    }
    match reached {
        Some(frontier) if frontier != *head => Err(Error::Store(store::Error::Damaged(format!(
            "the events of agency {agency} do not give the head that is stored; run renvoi fsck"
        )))),
        _ => Ok(prune(dir, from, head.size())?),
    }
}

/// Removes partial tiles whose full tile is there now.
fn prune(dir: &Path, from: u64, to: u64) -> store::Result<()> {
    for kind in [Kind::Entries, Kind::Hashes(0)] {
        for index in from / WIDTH..to / WIDTH {
            let partial = dir.join(Tile { kind, index, width: WIDTH as u16 }.path() + ".p");
            match std::fs::remove_dir_all(&partial) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(store::Error::io(partial)(error));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Puts the signed checkpoint and the public key beside the tiles.
fn sign(dir: &Path, head: &Frontier, signer: &Signer) -> Result<()> {
    std::fs::create_dir_all(dir.join("tile")).map_err(store::Error::io(dir))?;
    let line = checkpoint::vkey(&signer.origin, &signer.key.verifying_key()).map_err(bug)?;
    let line = format!("{line}\n");
    if std::fs::read(dir.join(VKEY)).ok().as_deref() != Some(line.as_bytes()) {
        // Wholly or not at all: a kill in between leaves no half key.
        Folder::new(dir).put(VKEY, line.as_bytes()).map_err(store::Error::io(dir.join(VKEY)))?;
    }
    let head = Checkpoint { origin: signer.origin.clone(), size: head.size(), root: head.root() };
    let note = checkpoint::sign(&head, &signer.key, &signer.origin).map_err(bug)?;
    tiles::publish(dir, &note).map_err(|error| Error::Input(format!("{}/{error}", dir.display())))
}

fn put(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = dir.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(store::Error::io(parent))?;
    }
    std::fs::write(&path, bytes).map_err(store::Error::io(&path))?;
    Ok(())
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Entries of the log.
    pub size: u64,
    /// Root of the log, hex.
    pub root: String,
    /// Events with a proof of their own.
    pub proofs: usize,
    /// What an export proves and what it does not (LAW-117).
    pub disclaimer: &'static str,
}

/// Writes an agency's whole log to an empty folder: tiles, checkpoint, `vkey`, names of agencies and providers, and a
/// proof for each event asked for. `renvoi ledger verify` and [`verify::bundle`] check it without this program's data.
pub async fn export(house: &House, agency: AgencyId, dir: &Path, events: &[EventId]) -> Result<Exported> {
    if events.len() > PROOFS_MAX {
        return Err(Error::Input(format!("One export proves at most {PROOFS_MAX} events.")));
    }
    if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::Input(format!("{} is not empty. Name a new folder.", dir.display())));
    }
    let signer = signer(house, agency).await?;
    let head = store::event::head(&house.db, agency).await?;
    write(house, agency, dir, (0, &head)).await?;
    sign(dir, &head, &signer)?;
    for event in events {
        prove(house, agency, dir, (head.size(), *event)).await?;
    }
    let files = [
        ("agencies.json", serde_json::to_string_pretty(&agencies(house, agency).await?)?),
        ("providers.json", serde_json::to_string_pretty(&providers(house, agency).await?)?),
        ("README.txt", format!("{CAPTURE_DISCLAIMER}\n")),
    ];
    let mut listed = Vec::new();
    for (name, text) in &files {
        put(dir, name, text.as_bytes())?;
        listed.push((Sha256::digest(text).into(), (*name).to_owned()));
    }
    let note = checkpoint::sign_files(&signer.origin, &listed, &signer.key, &signer.origin).map_err(bug)?;
    put(dir, "files", note.as_bytes())?;
    Ok(Exported {
        size: head.size(),
        root: hex::encode(head.root()),
        proofs: events.len(),
        disclaimer: CAPTURE_DISCLAIMER,
    })
}

async fn prove(house: &House, agency: AgencyId, dir: &Path, (size, event): (u64, EventId)) -> Result<()> {
    let place = store::event::place(&house.db, event).await?;
    let Some((_, leaf)) = place.filter(|(whose, leaf)| *whose == agency && *leaf < size) else {
        return Err(domain::access::not_here().into());
    };
    let entry = store::event::entries(&house.db, agency, leaf, 1).await?.pop();
    let (entry, _) = entry.ok_or_else(|| Error::Bug(format!("leaf {leaf} is gone")))?;
    let shelf = Folder::new(dir);
    let path = proof::inclusion(&TileNodes::new(&shelf, size), leaf).map_err(bug)?;
    let path: Vec<String> = path.iter().map(|hash| BASE64_STANDARD.encode(hash)).collect();
    let file = json!({ "index": leaf, "entry_b64": BASE64_STANDARD.encode(entry), "path": path });
    put(dir, &format!("proofs/{event}.json"), serde_json::to_string_pretty(&file)?.as_bytes())
}

/// Names behind the ids in the log: the agency, and those that it acted with.
async fn agencies(house: &House, agency: AgencyId) -> Result<Map<String, serde_json::Value>> {
    let mut names = Map::new();
    if let Some(own) = store::agency::get(&house.db, agency).await? {
        names.insert(own.id.to_string(), own.name.into());
    }
    for operation in store::agency::operations(&house.db, agency).await? {
        for other in store::agency::operation_agencies(&house.db, operation.id).await? {
            names.insert(other.id.to_string(), other.name.into());
        }
        names.insert(operation.id.to_string(), operation.name.into());
    }
    Ok(names)
}

/// Names behind the ids of providers, of the agency's book and those of its operations.
async fn providers(house: &House, agency: AgencyId) -> Result<Map<String, serde_json::Value>> {
    let mut names = Map::new();
    let operations = store::agency::operations(&house.db, agency).await?;
    for space in std::iter::once(agency).chain(operations.iter().map(|operation| operation.id)) {
        for provider in store::provider::all(&house.db, space).await? {
            names.insert(provider.id.to_string(), provider.entry.name.into());
        }
    }
    Ok(names)
}
