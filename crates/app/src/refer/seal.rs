//! The seal: what stood at an item's address, kept before anything is sent (D12).

use crate::{Act, House, Result};
use connect::fetcher::evidence::{Sealed, Visit, evidence};
use domain::check::{Liveness, classify};
use domain::event::Noun;
use domain::evidence::{Retention, Seal};
use domain::id::CheckId;
use domain::preflight::{self, Reach};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::look::NewLook;
use store::referral::Referral;
use uuid::Uuid;

/// A seal older than this is made again before sending, in hours.
const SEAL_HOURS: i64 = 24;

/// The seal of what stands at an address, made now unless a fresh one stands; and what the look there found.
pub(super) async fn of_item(
    house: &Arc<House>,
    referral: &Referral,
    (subject, address): (&store::subject::Subject, Option<&str>),
    record: Option<&domain::observation::Record>,
) -> Result<Kept> {
    let now = house.clock.now();
    if let Some(fresh) = kept(house, subject.key, now).await? {
        return Ok(fresh);
    }
    let Some(address) = address else { return Ok((None, None, None)) };
    let originals: Vec<String> =
        record.iter().flat_map(|record| &record.media).filter_map(|media| media.sha256.clone()).collect();
    let came = house.fetcher.get(address, now).await;
    let visit = Visit { asked: address, page: came.as_ref(), media: &[], front_page: None, profile: None };
    let text = record.map_or("", |record| record.text.as_str());
    let finding = classify(&evidence(Sealed { text, sha256s: &originals }, visit));
    let reach = reach(finding.class);
    let (mut media_sha256, mut missing, page) = (originals, Vec::new(), came.as_ref().ok());
    match &came {
        Ok(fetched) => {
            media_sha256.push(house.blobs.put_evidence(referral.space, &fetched.body)?);
            missing.extend(fetched.missing.clone());
        }
        Err(failed) => missing.push(format!("the page: {}", failed.error)),
    }
    let says = page.and_then(|page| preflight::page_says(&String::from_utf8_lossy(&page.body)));
    let record_sha256 = record.map(|record| sha256(&record.original)).unwrap_or_default();
    let seal = Seal { record_sha256, media_sha256, sealed_at: now, missing };
    let body = json!({ "seal": seal, "finding": finding.why, "reach": reach.map(reach_word), "says": says.map(preflight::Protected::word) });
    let mut act = Act::of_machine(house, referral.agency, referral.space).await?;
    let document =
        store::crypt::put_json(&mut act.tx, referral.space, Retention::Original, &body, now).await?;
    let look = NewLook {
        id: CheckId(Uuid::now_v7()),
        space: referral.space,
        subject: subject.key,
        referral: None,
        class: "sealed",
        confidence: finding.confidence.word(),
        document: document.key,
        gone_at: None,
        next: None,
    };
    store::look::put(&mut act.tx, &look, now).await?;
    let facts = json!({ "subject": subject.id.to_string(), "class": finding.class.word(), "missing": seal.missing.len(), "doc": document.fact() });
    act.append(Noun::Check, look.id.0, "sealed", facts).await?;
    act.commit().await?;
    Ok((Some(seal), reach, says))
}

/// Seal, reach and what the page says of its publisher.
pub(super) type Kept = (Option<Seal>, Option<Reach>, Option<preflight::Protected>);

pub(super) async fn kept(house: &House, subject: i64, now: Timestamp) -> Result<Option<Kept>> {
    let since = now.saturating_sub(SignedDuration::from_hours(SEAL_HOURS)).unwrap_or(Timestamp::MIN);
    let row = house
        .db
        .maybe(
            "SELECT document FROM look WHERE subject = $1 AND class = 'sealed' AND at > $2 ORDER BY at DESC LIMIT 1",
            store::params![subject, since],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(body) = store::crypt::get_json::<serde_json::Value>(&house.db, row.int("document")?).await?
    else {
        return Ok(None);
    };
    let seal = serde_json::from_value(body["seal"].clone())?;
    let reach = match body["reach"].as_str() {
        Some("up") => Some(Reach::Up),
        Some("gone") => Some(Reach::Gone),
        Some("redirected") => Some(Reach::Redirected),
        _ => None,
    };
    Ok(Some((Some(seal), reach, body["says"].as_str().and_then(preflight::Protected::from_word))))
}

fn reach(class: Liveness) -> Option<Reach> {
    match class {
        Liveness::StillUp => Some(Reach::Up),
        Liveness::GoneHard
        | Liveness::GoneSoft
        | Liveness::RemovedByPlatform
        | Liveness::RemovedByAuthor
        | Liveness::AccountGone => Some(Reach::Gone),
        Liveness::Moved | Liveness::Replaced => Some(Reach::Redirected),
        Liveness::GeoBlocked
        | Liveness::AgeOrLoginWall
        | Liveness::CopyElsewhere
        | Liveness::HostDown
        | Liveness::CheckerBlocked
        | Liveness::Unclear => None,
    }
}

fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Up => "up",
        Reach::Gone => "gone",
        Reach::Redirected => "redirected",
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}
