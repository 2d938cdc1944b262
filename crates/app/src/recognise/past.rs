//! The past against new signals (D26): what is equal by the reverse index at once, terms and pictures in chunks, videos and
//! sounds one by one.

use super::{
    Found, Matcher, RANGE_MAX, add, find_pictures, find_words, index, moving, nearest_first, settle,
};
use crate::flow::Job;
use crate::{House, Result};
use domain::id::{AgencyId, BankId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Equal pairs settled in one go.
const PAIRS_MAX: i64 = 5_000;
/// Chunks of the past that one job scans before it hands on: well within a job's lease.
const CHUNKS_PER_JOB: usize = 20;
/// Keys of the past among which one job looks for files to decode.
const KEYS_PER_JOB: i64 = 20_000;
/// Observations of the past whose files are decoded for one import, the newest ones.
const DECODED_MAX: u32 = 2_000;
/// Scans shown at once.
const SCANS_SHOWN: i64 = 100;

/// Matches the past against the signals of a bank that are equal or not, and queues the scan for the others.
pub async fn run_past(house: &Arc<House>, space: AgencyId, bank: BankId) -> Result<()> {
    loop {
        let pairs = store::past::pairs(&house.db, space, bank, PAIRS_MAX).await?;
        let mut found = Found::new();
        for (observation, signal) in &pairs {
            add(&mut found, *observation, *signal, (0, "normalised"));
        }
        if found.is_empty() {
            break;
        }
        raise(house, space, found).await?;
    }
    if store::past::needs_scan(&house.db, bank).await? {
        let to = store::past::newest(&house.db).await?;
        index(house, Job::ScanPast { space, bank: bank.0, from: 1, to }).await?;
    }
    if store::past::needs_decoding(&house.db, bank).await? {
        let to = store::past::newest(&house.db).await?;
        index(house, Job::DecodePast { space, to, left: DECODED_MAX }).await?;
    }
    house.tell(space);
    Ok(())
}

/// Decodes the files of the newest observation up to a key that has some which take long, and hands on what is before it.
pub async fn decode_past(house: &Arc<House>, space: AgencyId, to: i64, left: u32) -> Result<()> {
    let from = to.saturating_sub(KEYS_PER_JOB).saturating_add(1).max(1);
    for key in store::past::with_files(&house.db, space, from, to).await? {
        if !moving::run(house, space, key).await? {
            continue;
        }
        match left.saturating_sub(1) {
            0 => {
                tracing::info!(
                    before = key,
                    "the past before is not decoded: {DECODED_MAX} were, the newest"
                );
            }
            left => index(house, Job::DecodePast { space, to: key - 1, left }).await?,
        }
        return Ok(());
    }
    if from > 1 {
        index(house, Job::DecodePast { space, to: from - 1, left }).await?;
    }
    Ok(())
}

/// Scans a range of the past for terms, near texts and pictures of a bank, chunk by chunk, and hands on what is left of it.
pub async fn scan_past(
    house: &Arc<House>,
    space: AgencyId,
    bank: BankId,
    (mut from, to): (i64, i64),
) -> Result<()> {
    let matcher = house.matchers.of_bank(house, space, bank).await?;
    if matcher.words.is_empty() && matcher.pictures.is_empty() {
        return Ok(());
    }
    for _ in 0..CHUNKS_PER_JOB {
        if from > to {
            break;
        }
        let end = to.min(from + RANGE_MAX - 1);
        scan(house, space, &matcher, (from, end)).await?;
        from = end + 1;
    }
    if from <= to {
        index(house, Job::ScanPast { space, bank: bank.0, from, to }).await?;
    }
    house.tell(space);
    Ok(())
}

async fn scan(house: &Arc<House>, space: AgencyId, matcher: &Matcher, range: (i64, i64)) -> Result<()> {
    let alive: BTreeSet<i64> =
        store::past::alive(&house.db, space, range.0, range.1).await?.into_iter().collect();
    let mut found = Found::new();
    find_pictures(house, matcher, range, &mut found).await?;
    if !matcher.words.is_empty() {
        let keys: Vec<i64> = alive.iter().copied().collect();
        find_words(matcher, &store::observation::by_keys(&house.db, &keys).await?, &mut found);
    }
    // What was seen is found by number; only this space's is settled.
    found.retain(|observation, _| alive.contains(observation));
    raise(house, space, nearest_first(found)).await
}

async fn raise(house: &Arc<House>, space: AgencyId, found: Found) -> Result<()> {
    let keys: Vec<i64> = found.keys().copied().collect();
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return Ok(()) };
    let job = Job::Index { space, from: *first, to: *last };
    let observations = store::observation::by_keys(&house.db, &keys).await?;
    settle::run(house, space, observations, found, job).await
}

/// A scan of the past that is still going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// For which bank.
    pub bank: BankId,
    /// Observations behind it.
    pub done: i64,
    /// Observations in all.
    pub of: i64,
}

/// Scans of a space's past that are still going on.
pub async fn progress(house: &House, space: AgencyId) -> Result<Vec<Progress>> {
    let mut scans = Vec::new();
    for body in store::job::bodies(&house.db, "scan_past", SCANS_SHOWN).await? {
        if let Job::ScanPast { space: whose, bank, from, to } = serde_json::from_str(&body)?
            && whose == space
        {
            scans.push(Progress { bank: BankId(bank), done: from - 1, of: to });
        }
    }
    Ok(scans)
}
