//! Events are leaves: every leaf hashed again, every head grown again, every published tile verified.

use super::{REBUILD, REPORT, RESTORE, Report};
use crate::{House, Result, publish};
use domain::event::{Event, Noun};
use domain::id::{AgencyId, EventId};
use ledger::{Frontier, Hash};
use std::collections::{BTreeMap, HashSet};
use store::{Row, Snapshot, params};

/// Leaves read at once.
const PAGE: i64 = 2_000;

/// What the other parts need of the events.
#[derive(Default)]
pub(super) struct Facts {
    /// Events of the nouns that are folded, by their place in time.
    pub(super) folded: BTreeMap<EventId, Event>,
    /// Commitments that events cite: digest in hex, and who cites it.
    pub(super) cited: BTreeMap<String, String>,
    /// Events of intakes.
    pub(super) batches: Vec<Event>,
}

/// What was published and verifies: size and root.
pub(super) type Published = BTreeMap<AgencyId, (u64, Hash)>;

/// Verifies every published log; nothing is published meanwhile.
pub(super) async fn published(house: &House, report: &mut Report) -> Result<Published> {
    let _still = publish::ONE_AT_A_TIME.lock().await;
    let mut published = Published::new();
    for agency in store::agency::all(&house.db).await? {
        let dir = publish::folder(house, agency.id);
        if !dir.join(ledger::tiles::CHECKPOINT).exists() {
            continue;
        }
        let place = format!("ledger/{}", agency.id);
        let vkey = publish::vkey(house, agency.id).await?;
        let kept = std::fs::read(dir.join(publish::VKEY)).unwrap_or_default();
        if kept != format!("{vkey}\n").as_bytes() {
            report.problem(
                format!("{place}/{}", publish::VKEY),
                "it is not the key that signs this log",
                REBUILD,
            );
        }
        report.count("published logs", 1);
        match tokio::task::spawn_blocking(move || verify::dir(&dir, &vkey)).await? {
            Ok(log) => {
                report.count("tiles", log.files);
                published.insert(agency.id, (log.size, log.root));
            }
            Err(problem) => {
                report.problem(format!("{place}/{}", problem.place), problem.what.to_string(), REBUILD);
            }
        }
    }
    Ok(published)
}

/// Checks every ledger of the database.
pub(super) async fn run(snap: &mut Snapshot, published: &Published, report: &mut Report) -> Result<Facts> {
    let mut facts = Facts::default();
    let agencies = snap
        .rows(
            "SELECT agency FROM event UNION SELECT agency FROM ledger_head UNION SELECT id FROM agency",
            params![],
        )
        .await?;
    let mut ids = HashSet::new();
    for row in agencies {
        let agency = row.id("agency")?;
        let published = published.get(&agency).copied();
        let grown = leaves(snap, agency, (published, &mut ids), (&mut facts, report)).await?;
        head(snap, agency, &grown, published, report).await?;
    }
    Ok(facts)
}

async fn leaves(
    snap: &mut Snapshot,
    agency: AgencyId,
    (published, ids): (Option<(u64, Hash)>, &mut HashSet<EventId>),
    (facts, report): (&mut Facts, &mut Report),
) -> Result<Frontier> {
    let mut grown = Frontier::new();
    loop {
        let from = i64::try_from(grown.size()).unwrap_or(i64::MAX);
        let rows = snap
            .rows(
                "SELECT agency, leaf, id, space, at, actor, noun, of_id, what, entry, hash FROM event
                 WHERE agency = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3",
                params![agency, from, PAGE],
            )
            .await?;
        for row in &rows {
            let place = format!("event {agency}/{}", grown.size());
            if row.count("leaf")? != grown.size() {
                report.problem(&place, "this leaf is missing", RESTORE);
                return Ok(grown);
            }
            let entry = row.text("entry")?;
            let hash = ledger::leaf_hash(entry.as_bytes());
            if row.digest("hash")? != hash {
                report.problem(&place, "its hash is not that of its entry", RESTORE);
            }
            grown.append(hash);
            if let Some((size, root)) = published
                && size == grown.size()
                && root != grown.root()
            {
                report.problem(&place, "the published checkpoint has another root for this size", RESTORE);
            }
            match event(row, &entry) {
                Ok(event) if ids.insert(event.id) => note(event, facts),
                Ok(_) => report.problem(&place, "its id stands twice", RESTORE),
                Err(what) => report.problem(&place, what, RESTORE),
            }
        }
        report.count("leaves", rows.len() as u64);
        if rows.is_empty() {
            return Ok(grown);
        }
    }
}

/// The event of a row, when its columns and its entry say the same.
fn event(row: &Row, entry: &str) -> Result<Event, String> {
    let event: Event =
        serde_json::from_str(entry).map_err(|error| format!("its entry cannot be read: {error}"))?;
    let canonical = store::event::entry(&event).map_err(|error| error.to_string())?;
    if canonical != entry {
        return Err("its entry is not in canonical form".into());
    }
    let read = |error: store::Error| error.to_string();
    let of: uuid::Uuid = row.id("of_id").map_err(read)?;
    let same = [
        ("agency", row.id::<AgencyId>("agency").map_err(read)? == event.agency),
        ("id", row.id::<EventId>("id").map_err(read)? == event.id),
        ("space", row.id::<AgencyId>("space").map_err(read)? == event.space),
        ("at", row.int("at").map_err(read)? == event.at.as_microsecond()),
        ("actor", row.maybe_id("actor").map_err(read)? == event.actor),
        ("noun", row.text("noun").map_err(read)? == event.noun.word()),
        ("of_id", of == event.of),
        ("what", row.text("what").map_err(read)? == event.what),
    ];
    if let Some((column, _)) = same.iter().find(|(_, same)| !same) {
        return Err(format!("column \"{column}\" and its entry disagree"));
    }
    event.check().map_err(|fact| format!("the fact \"{fact}\" is text, an address or a handle"))?;
    Ok(event)
}

fn note(event: Event, facts: &mut Facts) {
    if let Some(doc) = event.facts.get("doc").and_then(serde_json::Value::as_str) {
        facts
            .cited
            .insert(doc.to_owned(), format!("event {} of {} {}", event.id, event.noun.word(), event.of));
    }
    match event.noun {
        Noun::Assessment | Noun::Referral | Noun::Hold | Noun::Signal | Noun::Person => {
            facts.folded.insert(event.id, event);
        }
        Noun::Batch => facts.batches.push(event),
        _ => {}
    }
}

async fn head(
    snap: &mut Snapshot,
    agency: AgencyId,
    grown: &Frontier,
    verified: Option<(u64, Hash)>,
    report: &mut Report,
) -> Result<()> {
    let place = format!("ledger_head {agency}");
    let row = snap
        .rows("SELECT size, frontier, published FROM ledger_head WHERE agency = $1", params![agency])
        .await?
        .pop();
    report.count("heads", 1);
    let (size, frontier, published) = match &row {
        Some(row) => (row.count("size")?, row.bytes("frontier")?, row.count("published")?),
        None => (0, Frontier::new().to_bytes(), 0),
    };
    if size != grown.size() || frontier != grown.to_bytes() {
        report.problem(&place, "it is not the head of its leaves", RESTORE);
    }
    match verified {
        Some((reached, _)) if reached > grown.size() => {
            let lost = reached - grown.size();
            report.problem(
                &place,
                format!("{lost} leaves that were published are not in the database"),
                RESTORE,
            );
        }
        None if published > 0 => {
            report.problem(&place, "a checkpoint was published and none that verifies is there", REBUILD);
        }
        _ if published > grown.size() => {
            report.problem(&place, "more leaves were published than there are", REPORT);
        }
        _ => {}
    }
    Ok(())
}
