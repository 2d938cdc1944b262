//! What is kept: documents open and commit to what events cite, intakes give their roots, blobs have their names, lists their
//! checksums.

use super::log::Facts;
use super::{REMAKE, RESTORE, Report};
use crate::{House, Result};
use ledger::Frontier;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use store::{Snapshot, params};

/// Documents read at once.
const PAGE: i64 = 1_000;

/// Checks documents, intakes, messages and blobs.
pub(super) async fn run(
    (house, snap): (&House, &mut Snapshot),
    facts: &Facts,
    report: &mut Report,
) -> Result<()> {
    let commitments = documents(house, snap, report).await?;
    for (cited, by) in &facts.cited {
        if !commitments.contains(cited) {
            report.problem(by, "no document has the commitment that it cites", RESTORE);
        }
    }
    report.count("cited documents", facts.cited.len() as u64);
    intakes(snap, facts, report).await?;
    messages(house, snap, report).await?;
    lists(house, report);
    blobs(house, report)
}

/// Opens every document that has its key; gives all commitments, as events cite them.
async fn documents(house: &House, snap: &mut Snapshot, report: &mut Report) -> Result<HashSet<String>> {
    let mut commitments = HashSet::new();
    let mut last = i64::MIN;
    loop {
        let rows = snap
            .rows(
                "SELECT d.key, d.body, d.commitment, k.wrapped, e.document AS erased FROM document d
                 LEFT JOIN record_key k ON k.document = d.key LEFT JOIN erasure e ON e.document = d.key
                 WHERE d.key > $1 ORDER BY d.key LIMIT $2",
                params![last, PAGE],
            )
            .await?;
        let Some(row) = rows.last() else { return Ok(commitments) };
        last = row.int("key")?;
        for row in &rows {
            let place = format!("document {}", row.int("key")?);
            match (store::crypt::clear(&house.db.keys, row), row.maybe_int("erased")?) {
                (Ok(Some(_)), None) => {}
                (Ok(Some(_)), Some(_)) => {
                    report.problem(&place, "it was erased and can be read", "erase it again");
                }
                (Ok(None), None) => report.problem(&place, "its key is gone and no erasure says so", RESTORE),
                (Ok(None), Some(_)) if !row.bytes("body")?.is_empty() => {
                    report.problem(&place, "it was erased and its body is there", "erase it again");
                }
                (Ok(None), Some(_)) => {}
                (Err(error), _) => report.problem(&place, error.to_string(), RESTORE),
            }
            let put = store::crypt::Put { key: row.int("key")?, commitment: row.digest("commitment")? };
            commitments.insert(put.fact());
        }
        report.count("documents", rows.len() as u64);
    }
}

/// One leaf an intake: the root over the commitments of its records (D22).
async fn intakes(snap: &mut Snapshot, facts: &Facts, report: &mut Report) -> Result<()> {
    for event in &facts.batches {
        let Some(said) = event.facts.get("root").and_then(serde_json::Value::as_str) else { continue };
        let mut root = Frontier::new();
        let rows = snap
            .rows(
                "SELECT d.commitment FROM observation o JOIN document d ON d.key = o.document
                 WHERE o.batch = $1 ORDER BY o.key",
                params![event.of],
            )
            .await?;
        for row in rows {
            root.append(ledger::leaf_hash(&row.digest("commitment")?));
        }
        if format!("sha-256:{}", hex::encode(root.root())) != said {
            report.problem(
                format!("batch {}", event.of),
                "its records are not those that its leaf stands for",
                RESTORE,
            );
        }
        report.count("intakes", 1);
    }
    Ok(())
}

async fn messages(house: &House, snap: &mut Snapshot, report: &mut Report) -> Result<()> {
    let rows = snap
        .rows(
            "SELECT m.agency, m.id, m.digest, d.body, d.commitment, k.wrapped FROM message m
             JOIN document d ON d.key = m.document LEFT JOIN record_key k ON k.document = d.key",
            params![],
        )
        .await?;
    for row in &rows {
        // One that cannot be opened was reported with its document.
        let Ok(Some(document)) = store::crypt::clear(&house.db.keys, row) else { continue };
        if exchange::canonical::digest(&document).to_string() != row.text("digest")? {
            report.problem(
                format!("message {}/{}", row.text("agency")?, row.text("id")?),
                "its digest is not that of its document",
                RESTORE,
            );
        }
    }
    report.count("messages", rows.len() as u64);
    Ok(())
}

fn blobs(house: &House, report: &mut Report) -> Result<()> {
    for path in house.blobs.damaged()? {
        report.problem(path.display().to_string(), "its bytes do not have the digest of its name", RESTORE);
    }
    Ok(())
}

/// Lists of pictures: derived, so damage is no loss.
fn lists(house: &House, report: &mut Report) {
    let folders = |path: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(path)
            .map_or(Vec::new(), |entries| entries.flatten().map(|entry| entry.path()).collect())
    };
    for path in folders(&house.folder.join("near")).iter().flat_map(|space| folders(space)) {
        match nearest::Snapshot::open(&path).and_then(|list| list.verify()) {
            // One that is being made has no manifest yet.
            Ok(()) | Err(nearest::Error::Missing) => report.count("lists of pictures", 1),
            Err(error) => report.problem(path.display().to_string(), error.to_string(), REMAKE),
        }
    }
}
