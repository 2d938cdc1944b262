//! The workers: lease jobs, run their step, deliver, look, sweep. The database is the truth; nothing is lost when they stop.

use crate::flow::Job;
use crate::{House, Result, deliver, recheck, recognise, refer, remind, search, sweep};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use store::job::Leased;
use tokio::sync::watch;

/// Jobs leased at once.
const LEASED: i64 = 8;
/// Time between two sweeps, in seconds of the house's clock.
const SWEEP_SECONDS: i64 = 60;
/// Time between two rounds of reminders, in seconds of the house's clock.
const REMIND_SECONDS: i64 = 3600;
/// Pause when nothing is due, in milliseconds.
const IDLE_MS: u64 = 150;
/// Longest wait before a failed job is tried again, in seconds.
const AGAIN_MAX_SECONDS: i64 = 600;

/// Runs until `stop` is true.
pub async fn run(house: Arc<House>, mut stop: watch::Receiver<bool>) {
    let (mut swept_at, mut reminded_at) = (jiff::Timestamp::MIN, jiff::Timestamp::MIN);
    while !*stop.borrow() {
        let now = house.clock.now();
        if now.as_second().saturating_sub(swept_at.as_second()) >= SWEEP_SECONDS {
            swept_at = now;
            if let Err(error) = sweep::run(&house).await {
                tracing::error!(%error, "a sweep failed");
            }
        }
        if now.as_second().saturating_sub(reminded_at.as_second()) >= REMIND_SECONDS {
            reminded_at = now;
            if let Err(error) = remind::due(&house).await {
                tracing::error!(%error, "a round of reminders failed");
            }
        }
        let worked = match turn(&house).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::error!(%error, "a turn of the workers failed");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(IDLE_MS)) => {}
                changed = stop.changed() => if changed.is_err() { return; },
            }
        }
    }
}

/// Runs until nothing is due now: for commands without a server.
pub async fn drain(house: &Arc<House>) -> Result<()> {
    while turn(house).await? {}
    Ok(())
}

/// Jobs that wait, and jobs that were left for a person.
pub async fn counts(house: &House) -> Result<(u64, u64)> {
    Ok(store::job::counts(&house.db).await?)
}

/// One turn; true when there was something to do. Jobs go one by one, for a pre-flight counts what went before it;
/// deliveries and looks go beside them.
async fn turn(house: &Arc<House>) -> Result<bool> {
    let (worked, delivered, looked) =
        tokio::join!(Box::pin(jobs(house)), Box::pin(deliver::due(house)), Box::pin(recheck::due(house)));
    Ok(worked? | (delivered? > 0) | (looked? > 0))
}

async fn jobs(house: &Arc<House>) -> Result<bool> {
    let jobs = store::job::lease(&house.db, house.clock.now(), LEASED).await?;
    let worked = !jobs.is_empty();
    for job in jobs {
        match step(house, &job).await {
            Ok(()) => {
                let mut tx = house.db.write(store::Lane::Bulk).await?;
                store::job::done(&mut tx, job.id).await?;
                tx.commit().await?;
            }
            Err(error) => {
                tracing::warn!(%error, kind = job.kind, attempts = job.attempts, "a job will be tried again");
                let wait = 2_i64
                    .saturating_pow(u32::try_from(job.attempts).unwrap_or(9).min(9))
                    .min(AGAIN_MAX_SECONDS);
                let at = house
                    .clock
                    .now()
                    .saturating_add(SignedDuration::from_secs(wait))
                    .unwrap_or(jiff::Timestamp::MAX);
                store::job::failed(&house.db, &job, &error.to_string(), at).await?;
            }
        }
    }
    Ok(worked)
}

async fn step(house: &Arc<House>, job: &Leased) -> Result<()> {
    match serde_json::from_str(&job.body)? {
        Job::Recognise { space, from, to } => recognise::run(house, space, from, to).await,
        Job::RecognisePast { space, bank } => {
            recognise::run_past(house, space, domain::id::BankId(bank)).await
        }
        Job::ScanPast { space, bank, from, to } => {
            recognise::scan_past(house, space, domain::id::BankId(bank), (from, to)).await
        }
        Job::Index { space, from, to } => search::index(house, space, from, to).await,
        Job::Refer { referral } => refer::run(house, referral).await,
        Job::Recheck { referral, item } => recheck::look(house, referral, &item).await.map(drop),
        Job::Publish { agency } => crate::publish::run(house, agency).await.map(drop),
    }
}
