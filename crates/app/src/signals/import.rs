//! A list into a bank, in any format of `connect/sources/lists`: each different value once, what its giver took back
//! withdrawn (D26), what givers think differently of disputed.

use super::{Clear, Compared, Format, check_print, closed, compared, cuts};
use crate::{Act, Error, House, Result};
use connect::sources::lists::{self, Given, Row};
use domain::access::{Authorised, right};
use domain::bank::{LeftOut, ListClass, Opinion, SignalEvent, SignalKind, SignalState};
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::SignalId;
use domain::observation::SetAside;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{BufReader, Read};
use std::sync::Arc;
use store::crypt::Sealed;
use store::picture::Cut;
use store::signal::{Bank, NewSignal};
use store::{Lane, Tx};
use uuid::Uuid;

/// Rows of one list; a longer one is split by who hands it in.
const ROWS_MAX: usize = 1_000_000;
/// Signals in one transaction.
const CHUNK_ROWS: usize = 2_000;
/// Signals in one transaction of which each leaves a leaf.
const DISPUTED_ROWS: usize = 200;
/// Set-aside rows listed one by one; more are counted.
const SET_ASIDE_LISTED: usize = 1_000;
/// Types that are not compared here, told apart; more are counted as one.
const OTHERS_TOLD: usize = 100;
/// Longest label that is kept, in characters.
const LABEL_MAX_CHARS: usize = 200;

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// Rows in the list.
    pub records: u64,
    /// Values that the bank had not.
    pub new: u64,
    /// Values that it had, or that stood in the list before.
    pub duplicate: u64,
    /// Pictures, new ones and such that it had, to which cuts were added: their copies are found after a cut too.
    pub cut: u64,
    /// New values of which their givers think differently: they match nothing until a person decides.
    pub disputed: u64,
    /// Values that their giver took back: matching stopped.
    pub withdrawn: u64,
    /// What stands in the list again: values that were withdrawn from the bank and stay so; of closed lists entries
    /// that gave something else before, which is forgotten.
    pub relisted: u64,
    /// What is not compared here, by the list's own word for it.
    pub not_compared: BTreeMap<String, u64>,
    /// Rows left out: where and why.
    pub set_aside: Vec<SetAside>,
    /// Rows left out beyond those listed.
    pub set_aside_unlisted: u64,
    /// All rows left out, by why.
    pub left_out: BTreeMap<LeftOut, u64>,
}

impl ImportSummary {
    fn set_aside(&mut self, at: String, (why, reason): (LeftOut, String)) {
        *self.left_out.entry(why).or_default() += 1;
        if self.set_aside.len() < SET_ASIDE_LISTED {
            self.set_aside.push(SetAside { at, reason });
        } else {
            self.set_aside_unlisted += 1;
        }
    }

    fn other(&mut self, word: String) {
        let told = self.not_compared.len() < OTHERS_TOLD || self.not_compared.contains_key(&word);
        *self.not_compared.entry(if told { word } else { "others".to_owned() }).or_default() += 1;
    }
}

/// What a list says of its first row; worth a look when it does not say, and for a list that cannot be read.
#[must_use]
pub fn opinion_of(format: Format, list: &[u8]) -> Opinion {
    let mut opinion = None;
    // It stops at the first row; what is wrong with the list the import says.
    let _ = lists::read(format, list, &mut |_, given| match given {
        Given::Row(row) => {
            opinion = row.opinion.as_deref().and_then(|word| Opinion::from_word(word.trim()));
            Err(String::new())
        }
        _ => Ok(()),
    });
    opinion.filter(|opinion| *opinion != Opinion::Disputed).unwrap_or(Opinion::Seed)
}

/// A value that can be compared.
struct Ready {
    place: String,
    compared: Compared,
    clear: Option<Sealed>,
    /// Of a picture: what is left of it after cuts.
    cuts: Vec<Cut>,
    disputed: bool,
    gone: bool,
    /// Of closed lists: the digest of the entry's number, by which it is taken back; else empty.
    entry: Vec<u8>,
}

/// A list as far as it was read.
#[derive(Default)]
struct Prepared {
    summary: ImportSummary,
    good: Vec<Ready>,
    gone: Vec<Compared>,
    gone_entries: BTreeSet<String>,
    /// Numbers of the entries that the list gives.
    entries: BTreeSet<String>,
}

/// Imports a list into a bank; two leaves an import, when it began and what it came to. The past is matched by what follows
/// (D26). Values of a closed list are kept apart from all signals (D16).
pub async fn import(
    house: &Arc<House>,
    bank: &Authorised<Bank, right::ManageSignals>,
    format: Format,
    reader: impl Read + Send + 'static,
) -> Result<ImportSummary> {
    let into = bank.get();
    closed::check(house, bank.actor(), into.space, (into.class, format.class())).await?;
    let (owner, of) = (Arc::clone(house), into.clone());
    let prepared = tokio::task::spawn_blocking(move || prepare(&owner, &of, format, reader)).await??;
    let Prepared { mut summary, good, gone, gone_entries, entries } = prepared;
    // What goes in before the process may be killed is in the ledger too.
    let mut act = Act::of(house, bank.actor(), into.space).await?;
    let begun = json!({ "format": format.word(), "records": summary.records });
    act.append(Noun::Bank, into.id.0, "import_begun", begun).await?;
    act.commit().await?;
    if into.class == ListClass::Ordinary {
        take_back(house, bank, gone, &mut summary).await?;
        let (disputed, plain): (Vec<Ready>, Vec<Ready>) = good.into_iter().partition(|ready| ready.disputed);
        let mut plain = plain.into_iter().peekable();
        while plain.peek().is_some() {
            let mut tx = house.db.write(Lane::Bulk).await?;
            let now = house.clock.now();
            write((&mut tx, now), into, plain.by_ref().take(CHUNK_ROWS).collect(), &mut summary).await?;
            tx.commit().await?;
        }
        let mut disputed = disputed.into_iter().peekable();
        while disputed.peek().is_some() {
            let chunk = disputed.by_ref().take(DISPUTED_ROWS).collect();
            dispute(house, bank, chunk, &mut summary).await?;
        }
    } else {
        forget_old(house, into, (&entries, &good), &mut summary).await?;
        keep_apart(house, into, good, &mut summary).await?;
        take_back_closed(house, into, (gone, gone_entries), &mut summary).await?;
    }
    let mut act = Act::of(house, bank.actor(), into.space).await?;
    act.append(Noun::Bank, into.id.0, "imported", facts(&summary, format)).await?;
    act.commit().await?;
    house.tell(into.space);
    Ok(summary)
}

/// The counts of an import, for the ledger.
fn facts(summary: &ImportSummary, format: Format) -> serde_json::Value {
    let left_out: serde_json::Map<_, _> =
        summary.left_out.iter().map(|(why, count)| (why.word().to_owned(), (*count).into())).collect();
    json!({
        "records": summary.records, "new": summary.new, "duplicate": summary.duplicate, "format": format.word(),
        "withdrawn": summary.withdrawn, "disputed": summary.disputed, "relisted": summary.relisted, "cut": summary.cut,
        "not_compared": summary.not_compared.values().sum::<u64>(), "left_out": left_out,
        "set_aside": summary.set_aside.len() as u64 + summary.set_aside_unlisted,
    })
}

fn prepare(house: &House, bank: &Bank, format: Format, reader: impl Read + Send) -> Result<Prepared> {
    let mut prepared = Prepared::default();
    let mut rows: Vec<(String, Row)> = Vec::new();
    lists::read(format, BufReader::new(reader), &mut |place, given| {
        prepared.summary.records += u64::from(!matches!(given, Given::Entry(_)));
        match given {
            Given::Row(row) => rows.push((place.to_string(), *row)),
            // What comes last in the list counts.
            Given::Entry(number) => {
                prepared.gone_entries.remove(&number);
                prepared.entries.insert(number);
            }
            Given::EntryGone(number) => {
                prepared.gone_entries.insert(number);
            }
            Given::Other(word) => prepared.summary.other(word),
            Given::Bad(reason) => {
                prepared.summary.set_aside(place.to_string(), (LeftOut::Unreadable, reason));
            }
        }
        if rows.len() + prepared.gone_entries.len() + prepared.entries.len() > ROWS_MAX {
            return Err(format!("The list has more than {ROWS_MAX} rows. Split it and import its parts."));
        }
        Ok(())
    })
    .map_err(|why| Error::Input(format!("The list cannot be read. {why}")))?;
    let results: Vec<(String, Judged)> =
        rows.into_par_iter().map(|(place, row)| (place.clone(), ready(house, bank, place, row))).collect();
    let mut seen: HashMap<(SignalKind, Vec<u8>, Vec<u8>), usize> = HashMap::with_capacity(results.len());
    let mut good: Vec<Option<Ready>> = Vec::with_capacity(results.len());
    for (place, result) in results {
        let ready = match result {
            Ok(ready) => ready,
            Err(reason) => {
                prepared.summary.set_aside(place, reason);
                continue;
            }
        };
        let key = (ready.compared.kind, ready.compared.value.clone(), ready.entry.clone());
        if ready.gone {
            // What the list gave before, it takes back with the rest.
            if let Some(before) = seen.remove(&key) {
                good[before] = None;
            }
            prepared.gone.push(ready.compared);
        } else if let Some(before) = seen.get(&key) {
            prepared.summary.duplicate += 1;
            if let Some(before) = good[*before].as_mut() {
                before.disputed |= ready.disputed;
                if before.cuts.is_empty() {
                    before.cuts = ready.cuts;
                }
            }
        } else {
            seen.insert(key, good.len());
            good.push(Some(ready));
        }
    }
    prepared.summary.set_aside.sort_by_key(|aside| line_of(&aside.at));
    prepared.good = good.into_iter().flatten().collect();
    Ok(prepared)
}

/// The number of `line 7`; places of other kinds stay in the order in which they came.
fn line_of(at: &str) -> u64 {
    at.strip_prefix("line ").and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// A row that can be stored, or why it is left out.
type Judged = Result<Ready, (LeftOut, String)>;

fn ready(house: &House, bank: &Bank, place: String, row: Row) -> Judged {
    let word = row.kind.trim().to_lowercase();
    let kind = SignalKind::from_word(&word).ok_or_else(|| {
        let words: Vec<&str> = SignalKind::ALL.iter().map(|kind| kind.word()).collect();
        (LeftOut::Kind, format!("There is no kind \"{word}\". Choose one of: {}.", words.join(", ")))
    })?;
    let opinion = row.opinion.as_deref().map(str::trim).filter(|opinion| !opinion.is_empty());
    let disputed = opinion == Some(Opinion::Disputed.word()) && bank.opinion != Opinion::Disputed;
    if let Some(opinion) = opinion
        && !row.gone
        && !disputed
        && bank.class == ListClass::Ordinary
        && Opinion::from_word(opinion) != Some(bank.opinion)
    {
        let why = format!(
            "Its opinion is \"{opinion}\", the bank's is \"{}\". Import it into a bank of its own opinion.",
            bank.opinion
        );
        return Err((LeftOut::Opinion, why));
    }
    let bad = |why: String| (LeftOut::Value, why);
    let quality = row.quality.filter(|_| !row.gone);
    if quality.is_some_and(|quality| quality > 100) {
        return Err(bad("A quality is a whole number from 0 to 100.".to_owned()));
    }
    let compared = compared(&house.db.keys, bank.space, kind, &row.value, quality).map_err(bad)?;
    let is_moving = matches!(kind, SignalKind::Video | SignalKind::Sound);
    if is_moving && bank.class != ListClass::Ordinary {
        return Err(bad("Videos and sounds of a closed list are compared by their digests only.".to_owned()));
    }
    if is_moving && !row.gone {
        check_print(kind, row.print.as_deref()).map_err(bad)?;
    }
    let has_cuts = kind == SignalKind::Pdq && bank.class == ListClass::Ordinary && !row.gone;
    let cuts = if has_cuts { cuts(&row.cuts).map_err(bad)? } else { Vec::new() };
    let clear = match compared.keeps_clear && !row.gone && bank.class == ListClass::Ordinary {
        true => {
            let label = row.label.map(|label| label.trim().chars().take(LABEL_MAX_CHARS).collect::<String>());
            let label = label.filter(|label| !label.is_empty());
            let clear =
                Clear { value: row.value.trim().to_owned(), label, print: row.print.filter(|_| is_moving) };
            let body = serde_json::to_vec(&clear).map_err(|error| bad(error.to_string()))?;
            Some(house.db.keys.seal_document(&body).map_err(|error| bad(error.to_string()))?)
        }
        false => None,
    };
    let entry = match row.entry.filter(|_| bank.class != ListClass::Ordinary) {
        Some(number) => entry(house, bank, &number).map_err(bad)?,
        None => Vec::new(),
    };
    Ok(Ready { place, compared, clear, cuts, disputed, gone: row.gone, entry })
}

/// The digest of the number of an entry.
fn entry(house: &House, bank: &Bank, number: &str) -> Result<Vec<u8>, String> {
    let digest = house.db.keys.digest(bank.space, "list_entry", number.as_bytes());
    Ok(digest.map_err(|error| error.to_string())?.to_vec())
}

/// Withdraws what the giver took back; what the bank has not, or not any more, is no trouble.
async fn take_back(
    house: &House,
    bank: &Authorised<Bank, right::ManageSignals>,
    gone: Vec<Compared>,
    summary: &mut ImportSummary,
) -> Result<()> {
    for value in gone {
        let found = store::signal::of_value(&house.db, bank.get().id, value.kind, &value.value).await?;
        let Some(signal) = found.filter(|signal| signal.state != SignalState::Withdrawn) else { continue };
        let signal = Authorised::check(bank.actor(), bank.get().space, signal)?;
        super::withdraw(house, &signal, "Its giver took it back in a later list.").await?;
        summary.withdrawn += 1;
    }
    Ok(())
}

/// Forgets what entries gave before and do not give any more: an entry is given whole each time.
async fn forget_old(
    house: &House,
    bank: &Bank,
    (entries, good): (&BTreeSet<String>, &[Ready]),
    summary: &mut ImportSummary,
) -> Result<()> {
    let given: HashSet<(SignalKind, &[u8], &[u8])> = good
        .iter()
        .map(|ready| (ready.compared.kind, ready.compared.value.as_slice(), ready.entry.as_slice()))
        .collect();
    let digests: Vec<Vec<u8>> =
        entries.iter().map(|number| entry(house, bank, number).map_err(Error::Bug)).collect::<Result<_>>()?;
    for chunk in digests.chunks(CHUNK_ROWS) {
        let mut tx = house.db.write(Lane::Bulk).await?;
        let mut changed: BTreeSet<Vec<u8>> = BTreeSet::new();
        for old in store::closed::of_entries(&mut tx, bank.id, chunk).await? {
            if !given.contains(&(old.0, old.1.as_slice(), old.2.as_slice())) {
                store::closed::forget(&mut tx, bank.id, &old).await?;
                changed.insert(old.2);
            }
        }
        tx.commit().await?;
        summary.relisted += changed.len() as u64;
    }
    Ok(())
}

/// Values of a closed list: apart from the signals, without labels (D16).
async fn keep_apart(house: &House, bank: &Bank, good: Vec<Ready>, summary: &mut ImportSummary) -> Result<()> {
    let mut good =
        good.into_iter().map(|ready| (ready.compared.kind, ready.compared.value, ready.entry)).peekable();
    while good.peek().is_some() {
        let chunk: Vec<_> = good.by_ref().take(CHUNK_ROWS).collect();
        let given = chunk.len() as u64;
        let mut tx = house.db.write(Lane::Bulk).await?;
        if !store::closed::is_enabled(&mut tx, bank.space, bank.class).await? {
            return Err(Error::Input(
                "The list was ended while it was imported; what came in before is forgotten with it."
                    .to_owned(),
            ));
        }
        let new = store::closed::put(&mut tx, bank.id, chunk).await?;
        tx.commit().await?;
        summary.new += new;
        summary.duplicate += given - new;
    }
    Ok(())
}

/// Forgets what the giver of a closed list took back, by value or by the number of the entry.
async fn take_back_closed(
    house: &House,
    bank: &Bank,
    (gone, entries): (Vec<Compared>, BTreeSet<String>),
    summary: &mut ImportSummary,
) -> Result<()> {
    let entries: Vec<String> = entries.into_iter().collect();
    for chunk in entries.chunks(CHUNK_ROWS) {
        let mut tx = house.db.write(Lane::Bulk).await?;
        for number in chunk {
            let entry = entry(house, bank, number).map_err(Error::Bug)?;
            summary.withdrawn += store::closed::take_back_entry(&mut tx, bank.id, &entry).await?;
        }
        tx.commit().await?;
    }
    for chunk in gone.chunks(CHUNK_ROWS) {
        let mut tx = house.db.write(Lane::Bulk).await?;
        for value in chunk {
            summary.withdrawn += store::closed::take_back(&mut tx, bank.id, value.kind, &value.value).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Takes in values of which their givers think differently, and disputes each in the same transaction.
async fn dispute(
    house: &House,
    bank: &Authorised<Bank, right::ManageSignals>,
    chunk: Vec<Ready>,
    summary: &mut ImportSummary,
) -> Result<()> {
    let into = bank.get();
    let mut act = Act::of(house, bank.actor(), into.space).await?;
    let now = act.now;
    for id in write((&mut act.tx, now), into, chunk, summary).await? {
        let body = json!({ "reason": "Those who gave it think differently of it." });
        let document = store::crypt::put_json(&mut act.tx, into.space, Retention::Hash, &body, now).await?;
        store::signal::set_state(&mut act.tx, id, SignalState::Suspended, Some(document.key)).await?;
        let facts = json!({ "bank": into.id.to_string(), "doc": document.fact() });
        act.append(Noun::Signal, id.0, SignalEvent::Disputed.word(), facts).await?;
        summary.disputed += 1;
    }
    act.commit().await
}

/// Stores those that the bank has not; gives their ids.
async fn write(
    (tx, now): (&mut Tx, jiff::Timestamp),
    bank: &Bank,
    chunk: Vec<Ready>,
    summary: &mut ImportSummary,
) -> Result<Vec<SignalId>> {
    let mut by_kind: BTreeMap<SignalKind, Vec<&[u8]>> = BTreeMap::new();
    for ready in &chunk {
        by_kind.entry(ready.compared.kind).or_default().push(&ready.compared.value);
    }
    let mut known = BTreeMap::new();
    for (kind, values) in by_kind {
        for (value, state) in store::signal::known(tx, bank.id, kind, &values).await? {
            known.insert((kind, value), state);
        }
    }
    let mut fresh = Vec::with_capacity(chunk.len());
    let mut cuts = HashMap::new();
    for mut ready in chunk {
        if !ready.cuts.is_empty() {
            cuts.insert(ready.compared.value.clone(), std::mem::take(&mut ready.cuts));
        }
        match known.get(&(ready.compared.kind, ready.compared.value.clone())) {
            None => fresh.push(ready),
            Some(SignalState::Withdrawn) => {
                let why =
                    "It was withdrawn from this bank. If it is right after all, put it into another bank.";
                summary.set_aside(ready.place, (LeftOut::Withdrawn, why.to_owned()));
                summary.relisted += 1;
            }
            Some(_) => summary.duplicate += 1,
        }
    }
    let mut document = tx.numbers("document", i64::try_from(fresh.len()).unwrap_or(i64::MAX)).await?;
    let (mut sealed, mut signals) = (Vec::new(), Vec::with_capacity(fresh.len()));
    for ready in fresh {
        let key = ready.clear.is_some().then_some(document);
        if let Some(clear) = ready.clear {
            sealed.push((document, bank.space, Retention::Hash, now, clear));
            document += 1;
        }
        let id = SignalId(Uuid::now_v7());
        signals.push(NewSignal { id, kind: ready.compared.kind, value: ready.compared.value, document: key });
    }
    let ids = signals.iter().map(|signal| signal.id).collect();
    store::crypt::put_sealed(tx, sealed).await?;
    summary.new += store::signal::put(tx, bank.id, signals).await?;
    summary.cut += store::picture::put_cuts(tx, bank.id, &cuts).await?;
    Ok(ids)
}
