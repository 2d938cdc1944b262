//! Observe: take in what a source sends (D7, D15, LAW-08).
//!
//! In: a format and its bytes, for a space, by a person or an operator. Out: a summary. Re-reading adds nothing; a bad
//! record is set aside with place, reason and remedy while the good ones go in. One ledger leaf an intake (D22).

mod prepare;

use crate::{Act, Error, House, Result, flow};
use connect::sources::{self, Found};
use domain::event::Noun;
use domain::id::{AgencyId, BatchId, PersonId};
use domain::observation::{Audience, SetAside};
use jiff::Timestamp;
use ledger::Frontier;
use prepare::{Prepared, Task};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Lane;
use uuid::Uuid;

pub use store::intake::Relevance;

/// Records in one transaction while no person is here (docs/decisions/0002): pages of the trees are written once for many.
const CHUNK_RECORDS: usize = 4_000;
/// Text in one chunk, in bytes, after which it goes on with fewer records.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// Chunks that may wait between reader and preparer, and between preparer and writer.
const CHUNKS_WAITING: usize = 1;
/// Set-aside records listed one by one; more are counted.
const SET_ASIDE_LISTED: usize = 1_000;
/// Buffer of the reader, in bytes.
const READ_BYTES: usize = 1024 * 1024;

/// What is handed in.
pub struct Intake {
    /// Into which space.
    pub space: AgencyId,
    /// Who hands it in.
    pub agency: AgencyId,
    /// The person; `None` for the operator's command line.
    pub person: Option<PersonId>,
    /// Name of the source.
    pub source: String,
    /// What is kept of it.
    pub relevance: Relevance,
    /// Which reader.
    pub format: String,
    /// Column mapping for csv and ndjson, as saved before.
    pub mapping: Option<serde_json::Value>,
    /// The file.
    pub file: PathBuf,
    /// Folder of the files that the records name; `None`: none are read.
    pub media_folder: Option<PathBuf>,
}

/// What an intake came to (`docs/formats.md`, stable).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Which reader.
    pub format: String,
    /// Records in the file: good, set aside and refused.
    pub records: u64,
    /// Good ones.
    pub observed: u64,
    /// Of these, new.
    pub new: u64,
    /// Of these, known before.
    pub duplicate: u64,
    /// Left out, with place and reason.
    pub set_aside: Vec<SetAside>,
    /// More were left out than are listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub set_aside_unlisted: u64,
    /// Refused: private communication (LAW-08).
    pub refused: u64,
    /// Different accounts.
    pub accounts: u64,
    /// Different channels.
    pub channels: u64,
    /// Files named.
    pub media: u64,
    /// Different addresses linked to.
    pub links: u64,
    /// Good records by language, `und` when unsure.
    pub languages: BTreeMap<String, u64>,
    /// Earliest time of the source.
    pub first_at: Option<Timestamp>,
    /// Latest time of the source.
    pub last_at: Option<Timestamp>,
    /// What the reader guessed or found: column mapping, encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<serde_json::Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What is counted while records pass.
#[derive(Default)]
struct Tally {
    accounts: BTreeSet<u64>,
    channels: BTreeSet<u64>,
    links: BTreeSet<u64>,
}

/// Takes a file in.
pub async fn run(house: &Arc<House>, intake: Intake) -> Result<Summary> {
    let source = sources::by_name(&intake.format).ok_or_else(|| {
        let names: Vec<&str> = sources::registry().iter().map(|source| source.name()).collect();
        Error::Input(format!(
            "There is no format \"{}\". Choose one of: {}.",
            intake.format,
            names.join(", ")
        ))
    })?;
    let _storing = house.pictures.read().await;
    let now = house.clock.now();
    let batch = BatchId(Uuid::now_v7());
    let (sender, mut chunks) = tokio::sync::mpsc::channel::<Vec<Found>>(CHUNKS_WAITING);
    let (prepared, mut ready) = tokio::sync::mpsc::channel::<Ready>(CHUNKS_WAITING);
    let input = open_file(&intake)?;
    let reader = tokio::task::spawn_blocking(move || {
        let mut chunk = Vec::with_capacity(CHUNK_RECORDS);
        let mut bytes = 0;
        let summary = source.read(input, &mut |found| {
            bytes += weight(&found);
            chunk.push(found);
            if chunk.len() < CHUNK_RECORDS && bytes < CHUNK_BYTES {
                return ControlFlow::Continue(());
            }
            bytes = 0;
            match sender.blocking_send(std::mem::take(&mut chunk)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        // The writer may have stopped with an error of its own; that one is told.
        let _ = sender.blocking_send(chunk);
        summary
    });
    // Canonical forms, digests and encryption of the next chunk while the last one is written.
    let (owner, space, relevance) = (Arc::clone(house), intake.space, intake.relevance);
    let folder = intake.media_folder.clone();
    let preparer = tokio::task::spawn_blocking(move || {
        while let Some(chunk) = chunks.blocking_recv() {
            let now = owner.clock.now();
            let made = Ready::of(&owner, space, chunk, (relevance, folder.as_deref()), now);
            if prepared.blocking_send(made).is_err() {
                break;
            }
        }
    });
    let mut summary = Summary { format: intake.format.clone(), ..Summary::default() };
    let mut tally = Tally::default();
    let mut root = Frontier::new();
    let mut opened = false;
    while let Some(chunk) = ready.recv().await {
        if chunk.is_empty() {
            continue;
        }
        if !opened {
            open(house, &intake, batch, now).await?;
            opened = true;
        }
        write_chunk(house, &intake, batch, chunk, (&mut summary, &mut tally, &mut root)).await?;
    }
    preparer.await?;
    let read = reader.await?.map_err(|unusable| Error::Input(unusable.to_string()))?;
    summary.refused += read.refused;
    summary.records += read.refused;
    summary.read_as = Some(
        serde_json::json!({ "encoding": read.encoding, "mapping": read.mapping, "notes": read.notes, "skipped": read.skipped }),
    );
    summary.accounts = tally.accounts.len() as u64;
    summary.channels = tally.channels.len() as u64;
    summary.links = tally.links.len() as u64;
    if opened {
        close(house, &intake, batch, &summary, &root).await?;
    }
    Ok(summary)
}

fn open_file(intake: &Intake) -> Result<sources::Input<'static>> {
    let file = std::fs::File::open(&intake.file)
        .map_err(|error| Error::Input(format!("{} cannot be read: {error}.", intake.file.display())))?;
    let name = intake.file.file_name().and_then(|name| name.to_str()).unwrap_or("file").to_owned();
    let input = sources::Input::new(name, std::io::BufReader::with_capacity(READ_BYTES, file));
    match &intake.mapping {
        None => Ok(input),
        Some(mapping) => {
            let mapping = serde_json::from_value(mapping.clone())
                .map_err(|error| Error::Input(format!("The column mapping cannot be used: {error}.")))?;
            Ok(input.with_mapping(mapping))
        }
    }
}

async fn open(house: &House, intake: &Intake, batch: BatchId, now: Timestamp) -> Result<()> {
    let mut tx = house.db.write(Lane::Bulk).await?;
    let source =
        store::intake::source(&mut tx, intake.space, &intake.source, intake.relevance, (intake.person, now))
            .await?;
    let new = store::intake::NewBatch {
        id: batch,
        space: intake.space,
        agency: intake.agency,
        source,
        format: &intake.format,
        person: intake.person,
    };
    store::intake::open_batch(&mut tx, new, now).await?;
    Ok(tx.commit().await?)
}

async fn close(
    house: &House,
    intake: &Intake,
    batch: BatchId,
    summary: &Summary,
    root: &Frontier,
) -> Result<()> {
    let mut act = Act::of_machine(house, intake.agency, intake.space).await?;
    let counts = serde_json::to_string(summary)?;
    let now = act.now;
    store::intake::close_batch(&mut act.tx, batch, &counts, now).await?;
    let facts = serde_json::json!({
        "format": summary.format, "records": summary.records, "observed": summary.observed, "languages": summary.languages, "new": summary.new, "duplicate": summary.duplicate,
        "set_aside": summary.set_aside.len() as u64 + summary.set_aside_unlisted, "refused": summary.refused,
        "by": intake.person.map(|person| person.to_string()), "root": format!("sha-256:{}", hex::encode(root.root())),
    });
    act.append(Noun::Batch, batch.0, "observed", facts).await?;
    act.commit().await?;
    house.tell(intake.space);
    Ok(())
}

/// What a finding weighs in memory, nearly, in bytes.
fn weight(found: &Found) -> usize {
    match found {
        Found::Record(record) => record.text.len() + record.original.len(),
        Found::SetAside(aside) | Found::Refused(aside) => aside.reason.len(),
    }
}

/// A chunk that is ready to be written.
struct Ready {
    /// Records in it: good, set aside, and refused one by one.
    records: u64,
    refused: u64,
    set_aside: Vec<SetAside>,
    good: Vec<Prepared>,
    now: Timestamp,
}

impl Ready {
    fn of(
        house: &House,
        space: AgencyId,
        chunk: Vec<Found>,
        (relevance, folder): (Relevance, Option<&Path>),
        now: Timestamp,
    ) -> Self {
        let mut ready = Self { records: 0, refused: 0, set_aside: Vec::new(), good: Vec::new(), now };
        let mut records = Vec::with_capacity(chunk.len());
        for found in chunk {
            match found {
                Found::Record(record) if record.audience != Audience::Private => records.push(*record),
                Found::Record(_) => ready.refused += 1,
                // Counted by the reader, because a refused chat counts its messages.
                Found::Refused(_) => {}
                Found::SetAside(aside) => ready.set_aside.push(aside),
            }
        }
        ready.records = records.len() as u64 + ready.refused + ready.set_aside.len() as u64;
        let task = Task { house, space, relevance, folder, now };
        let prepared: Vec<Result<Prepared, SetAside>> =
            records.into_par_iter().map(|record| task.prepare(record)).collect();
        for result in prepared {
            match result {
                Ok(prepared) => ready.good.push(prepared),
                Err(aside) => ready.set_aside.push(aside),
            }
        }
        ready
    }

    fn is_empty(&self) -> bool {
        self.records == 0
    }
}

async fn write_chunk(
    house: &House,
    intake: &Intake,
    batch: BatchId,
    chunk: Ready,
    (summary, tally, root): (&mut Summary, &mut Tally, &mut Frontier),
) -> Result<()> {
    summary.records += chunk.records;
    summary.refused += chunk.refused;
    for aside in chunk.set_aside {
        if summary.set_aside.len() < SET_ASIDE_LISTED {
            summary.set_aside.push(aside);
        } else {
            summary.set_aside_unlisted += 1;
        }
    }
    let (space, now) = (intake.space, chunk.now);
    let mut rest = chunk.good.into_iter().peekable();
    while rest.peek().is_some() {
        let mut good = Vec::new();
        for prepared in rest.by_ref().take(house.db.batch(CHUNK_RECORDS)) {
            count(&prepared, summary, tally);
            good.push(prepared.new);
        }
        let mut tx = house.db.write(Lane::Bulk).await?;
        let written = store::intake::write(&mut tx, space, (batch, intake.agency), good, now).await?;
        if let Some(range) = written.range {
            flow::after_observations(space, range).enqueue(&mut tx, now).await?;
        }
        tx.commit().await?;
        for commitment in &written.commitments {
            root.append(ledger::leaf_hash(commitment));
        }
        summary.new += written.new;
        summary.duplicate += written.duplicate;
    }
    Ok(())
}

fn count(prepared: &Prepared, summary: &mut Summary, tally: &mut Tally) {
    summary.observed += 1;
    summary.media += prepared.media;
    *summary.languages.entry(prepared.new.language.clone()).or_default() += 1;
    tally.accounts.extend(prepared.account);
    tally.channels.extend(prepared.channel);
    tally.links.extend(&prepared.links);
    if let Some(at) = prepared.new.posted_at {
        summary.first_at = Some(summary.first_at.map_or(at, |first| first.min(at)));
        summary.last_at = Some(summary.last_at.map_or(at, |last| last.max(at)));
    }
}
