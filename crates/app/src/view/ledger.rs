//! The ledger as its readers see it: checkpoint, proof of a record, files for anybody's verifier (LAW-117).

use crate::{Error, House, Result, publish};
use domain::access::{Actor, Right};
use domain::event::Event;
use jiff::Timestamp;
use ledger::tiles::{CHECKPOINT, Folder, TileNodes};
use serde::Serialize;
use std::path::{Component, Path};

/// Newest records shown.
const NEWEST: u64 = 50;
/// Largest file of the ledger, in bytes: a full bundle of entries.
const FILE_MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The published head.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Records under the checkpoint.
    pub size: u64,
    /// Its root, hexadecimal.
    pub root: String,
    /// The signed note as it is published; empty before the first.
    pub checkpoint: String,
    /// The public key, one line.
    pub vkey: String,
    /// Records that wait for the next checkpoint.
    pub waiting: u64,
    /// When its newest record was written; `None` before the first.
    pub newest_at: Option<Timestamp>,
}

/// The published head of the actor's agency.
pub async fn head(house: &House, actor: &Actor) -> Result<Head> {
    actor.need(Right::ReadLedger)?;
    let dir = publish::folder(house, actor.agency);
    let all = store::event::head(&house.db, actor.agency).await?.size();
    let path = dir.join(CHECKPOINT);
    let Ok(checkpoint) = tokio::fs::read_to_string(&path).await else {
        let vkey = publish::vkey(house, actor.agency).await?;
        let root = hex::encode(ledger::empty_root());
        return Ok(Head { size: 0, root, checkpoint: String::new(), vkey, waiting: all, newest_at: None });
    };
    let parsed = ledger::checkpoint::parse(&checkpoint).map_err(|error| Error::Bug(error.to_string()))?;
    let last = match parsed.size.checked_sub(1) {
        Some(leaf) => store::event::entries(&house.db, actor.agency, leaf, 1).await?.pop(),
        None => None,
    };
    let last: Option<Event> = last.map(|(entry, _)| serde_json::from_str(&entry)).transpose()?;
    Ok(Head {
        size: parsed.size,
        root: hex::encode(parsed.root),
        vkey: publish::vkey(house, actor.agency).await?,
        waiting: all.saturating_sub(parsed.size),
        newest_at: last.map(|event| event.at),
        checkpoint,
    })
}

/// A record and its proof under the published head.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// Its number, from 0.
    pub leaf: u64,
    /// The record itself.
    pub entry: serde_json::Value,
    /// The hash of its leaf, hexadecimal.
    pub hash: String,
    /// The hashes that lead to the root, lowest first.
    pub path: Vec<String>,
    /// Size of the head that it is proved under.
    pub size: u64,
    /// Root of that head.
    pub root: String,
    /// The independent verifier agrees.
    pub holds: bool,
}

/// Proves one record of the actor's agency.
pub async fn proof(house: &House, actor: &Actor, leaf: u64) -> Result<Proof> {
    let head = head(house, actor).await?;
    if leaf >= head.size {
        return Err(domain::access::not_here().into());
    }
    let dir = publish::folder(house, actor.agency);
    let size = head.size;
    let path = tokio::task::spawn_blocking(move || {
        let shelf = Folder::new(&dir);
        ledger::proof::inclusion(&TileNodes::new(&shelf, size), leaf)
            .map_err(|error| Error::Bug(format!("{error:?}")))
    })
    .await??;
    let (entry, hash) = store::event::entries(&house.db, actor.agency, leaf, 1)
        .await?
        .pop()
        .ok_or_else(domain::access::not_here)?;
    let root: [u8; 32] = hex::decode(&head.root)
        .ok()
        .and_then(|root| root.try_into().ok())
        .ok_or_else(|| Error::Bug("a root has a wrong length".into()))?;
    let holds = verify::inclusion(&root, size, leaf, &hash, &path).is_ok();
    Ok(Proof {
        leaf,
        entry: serde_json::from_str(&entry)?,
        hash: hex::encode(hash),
        path: path.iter().map(hex::encode).collect(),
        size,
        root: head.root,
        holds,
    })
}

/// Newest records: number, noun and what happened, when.
pub async fn newest(house: &House, actor: &Actor) -> Result<Vec<(u64, String, Timestamp)>> {
    actor.need(Right::ReadLedger)?;
    let size = store::event::head(&house.db, actor.agency).await?.size();
    let from = size.saturating_sub(NEWEST);
    let entries =
        store::event::entries(&house.db, actor.agency, from, i64::try_from(NEWEST).unwrap_or(i64::MAX))
            .await?;
    let mut newest = Vec::with_capacity(entries.len());
    for ((entry, _), leaf) in entries.into_iter().zip(from..) {
        let event: Event = serde_json::from_str(&entry)?;
        newest.push((leaf, format!("{} {}", event.noun.word(), event.what), event.at));
    }
    newest.reverse();
    Ok(newest)
}

/// One published file: checkpoint, tile or bundle of entries.
pub async fn file(house: &House, actor: &Actor, path: &str) -> Result<Vec<u8>> {
    actor.need(Right::ReadLedger)?;
    let inside =
        !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return Err(domain::access::not_here().into());
    }
    let full = publish::folder(house, actor.agency).join(path);
    let small = tokio::fs::symlink_metadata(&full)
        .await
        .is_ok_and(|meta| meta.is_file() && meta.len() <= FILE_MAX_BYTES);
    if !small {
        return Err(domain::access::not_here().into());
    }
    Ok(tokio::fs::read(&full).await.map_err(store::Error::io(&full))?)
}

/// Verifies the published files with the independent verifier: whether they hold, and why not.
pub async fn verify(house: &House, actor: &Actor) -> Result<Result<u64, String>> {
    let head = head(house, actor).await?;
    let dir = publish::folder(house, actor.agency);
    let report = tokio::task::spawn_blocking(move || verify::dir(&dir, head.vkey.trim())).await?;
    Ok(report.map(|_| head.size).map_err(|problem| problem.to_string()))
}
