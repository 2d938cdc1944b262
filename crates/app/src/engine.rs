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
/// The same of what was observed: ranges that follow on each other are recognised as one.
const LEASED_OBSERVED: i64 = 32;
/// Time between two sweeps, in seconds of the house's clock.
const SWEEP_SECONDS: i64 = 60;
/// Time between two rounds of reminders, in seconds of the house's clock.
const REMIND_SECONDS: i64 = 3600;
/// Pause when nothing is due, in milliseconds.
const IDLE_MS: u64 = 150;
/// Longest wait before a failed job is tried again, in seconds.
const AGAIN_MAX_SECONDS: i64 = 600;

/// Jobs that look at what was observed. They wait for no other machine, so nothing that is slow stands before them.
const OBSERVED: &[&str] = &["recognise", "recognise_past", "scan_past", "index"];
/// Jobs that decode for long, one by one, beside all others.
const DECODED: &[&str] = &["decode"];
/// The same of what arrived before it was listed: what arrives now does not wait for it.
const DECODED_PAST: &[&str] = &["decode_past"];
/// Jobs that go out, one by one: a pre-flight counts what went before it, and a page may answer late.
const GOING_OUT: &[&str] = &["refer", "recheck", "publish", "tell_duty"];

/// Runs until `stop` is true.
pub async fn run(house: Arc<House>, stop: watch::Receiver<bool>) {
    let out = Box::pin(going_out(&house, stop.clone()));
    let new = Box::pin(decoded(&house, DECODED, stop.clone()));
    let past = Box::pin(decoded(&house, DECODED_PAST, stop.clone()));
    tokio::join!(Box::pin(observed(&house, stop)), new, past, out);
}

/// Recognises and indexes until `stop` is true.
pub async fn observed(house: &Arc<House>, mut stop: watch::Receiver<bool>) {
    while goes_on(&stop) {
        let worked = jobs(house, OBSERVED, LEASED_OBSERVED).await;
        idle(worked, &mut stop).await;
    }
}

/// Decodes what one lane has until `stop` is true. What is being decoded then is left, and begun again later.
async fn decoded(house: &Arc<House>, kinds: &[&str], mut stop: watch::Receiver<bool>) {
    while goes_on(&stop) {
        let mut ending = stop.clone();
        let worked = tokio::select! {
            worked = jobs(house, kinds, 1) => worked,
            _ = ending.wait_for(|stop| *stop) => return,
        };
        idle(worked, &mut stop).await;
    }
}

/// Refers, delivers, looks, publishes and sweeps until `stop` is true.
async fn going_out(house: &Arc<House>, mut stop: watch::Receiver<bool>) {
    let (mut swept_at, mut reminded_at) = (jiff::Timestamp::MIN, jiff::Timestamp::MIN);
    while goes_on(&stop) {
        let now = house.clock.now();
        if now.as_second().saturating_sub(swept_at.as_second()) >= SWEEP_SECONDS {
            swept_at = now;
            if let Err(error) = sweep::run(house).await {
                tracing::error!(%error, "a sweep failed");
            }
        }
        if now.as_second().saturating_sub(reminded_at.as_second()) >= REMIND_SECONDS {
            reminded_at = now;
            if let Err(error) = remind::due(house).await {
                tracing::error!(%error, "a round of reminders failed");
            }
        }
        let worked = out(house).await;
        idle(worked, &mut stop).await;
    }
}

/// Whether nobody said stop, and somebody still could.
fn goes_on(stop: &watch::Receiver<bool>) -> bool {
    !*stop.borrow() && stop.has_changed().is_ok()
}

/// Waits a moment when there was nothing to do, or when the work failed.
async fn idle(worked: Result<bool>, stop: &mut watch::Receiver<bool>) {
    match worked {
        Ok(true) => return,
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "a turn of the workers failed"),
    }
    tokio::select! {
        () = tokio::time::sleep(Duration::from_millis(IDLE_MS)) => {}
        _ = stop.changed() => {}
    }
}

/// Runs until nothing is due now: for commands without a server.
pub async fn drain(house: &Arc<House>) -> Result<()> {
    loop {
        let (observed, new, past, out) = tokio::join!(
            Box::pin(jobs(house, OBSERVED, LEASED_OBSERVED)),
            Box::pin(jobs(house, DECODED, LEASED)),
            Box::pin(jobs(house, DECODED_PAST, LEASED)),
            Box::pin(out(house))
        );
        if !(observed? | new? | past? | out?) {
            return Ok(());
        }
    }
}

/// Jobs that wait, and jobs that were left for a person.
pub async fn counts(house: &House) -> Result<(u64, u64)> {
    Ok(store::job::counts(&house.db).await?)
}

/// One turn of what goes out; true when there was something to do. Deliveries and looks go beside the jobs.
async fn out(house: &Arc<House>) -> Result<bool> {
    let (worked, delivered, looked) = tokio::join!(
        Box::pin(jobs(house, GOING_OUT, LEASED)),
        Box::pin(deliver::due(house)),
        Box::pin(recheck::due(house))
    );
    Ok(worked? | (delivered? > 0) | (looked? > 0))
}

/// Leases some jobs of a lane and runs them one by one.
async fn jobs(house: &Arc<House>, kinds: &[&str], most: i64) -> Result<bool> {
    let jobs = store::job::lease(&house.db, house.clock.now(), kinds, most).await?;
    let worked = !jobs.is_empty();
    let mut done = Vec::with_capacity(jobs.len());
    for (work, jobs) in together(jobs)? {
        match step(house, work).await {
            Ok(()) => done.extend(jobs.iter().map(|job| job.id)),
            Err(error) => {
                for job in &jobs {
                    again(house, job, &error).await?;
                }
            }
        }
    }
    if !done.is_empty() {
        let mut tx = house.db.write(store::Lane::Bulk).await?;
        for id in done {
            store::job::done(&mut tx, id).await?;
        }
        tx.commit().await?;
    }
    Ok(worked)
}

/// Leases a failed job once more, after a wait that doubles with each attempt.
async fn again(house: &House, job: &Leased, error: &crate::Error) -> Result<()> {
    tracing::warn!(%error, kind = job.kind, attempts = job.attempts, "a job will be tried again");
    let wait = 2_i64.saturating_pow(u32::try_from(job.attempts).unwrap_or(9).min(9)).min(AGAIN_MAX_SECONDS);
    let at =
        house.clock.now().saturating_add(SignedDuration::from_secs(wait)).unwrap_or(jiff::Timestamp::MAX);
    Ok(store::job::failed(&house.db, job, &error.to_string(), at).await?)
}

/// The work of leased jobs: ranges of observations first, and those that follow on each other as one piece, because
/// recognising begins with reading what is known, and the search index is written once for many.
fn together(jobs: Vec<Leased>) -> Result<Vec<(Job, Vec<Leased>)>> {
    let mut read = jobs
        .into_iter()
        .map(|job| Ok((serde_json::from_str(&job.body)?, job)))
        .collect::<Result<Vec<(Job, Leased)>>>()?;
    read.sort_by_key(|(work, _)| match work {
        Job::Recognise { from, .. } => (0, *from),
        Job::Index { from, .. } => (1, *from),
        _ => (2, 0),
    });
    let mut all: Vec<(Job, Vec<Leased>)> = Vec::new();
    for (work, job) in read {
        match (all.last_mut(), &work) {
            (
                Some((Job::Recognise { space, to: end, .. }, leased)),
                Job::Recognise { space: same, from, to },
            )
            | (Some((Job::Index { space, to: end, .. }, leased)), Job::Index { space: same, from, to })
                if space == same && *end + 1 == *from =>
            {
                *end = *to;
                leased.push(job);
            }
            _ => all.push((work, vec![job])),
        }
    }
    Ok(all)
}

async fn step(house: &Arc<House>, work: Job) -> Result<()> {
    match work {
        Job::Recognise { space, from, to } => recognise::run(house, space, from, to).await,
        Job::RecognisePast { space, bank } => {
            recognise::run_past(house, space, domain::id::BankId(bank)).await
        }
        Job::ScanPast { space, bank, from, to } => {
            recognise::scan_past(house, space, domain::id::BankId(bank), (from, to)).await
        }
        Job::Decode { space, observation } => {
            recognise::run_moving(house, space, observation).await.map(drop)
        }
        Job::DecodePast { space, to, left } => recognise::decode_past(house, space, to, left).await,
        Job::Index { space, from, to } => search::index(house, space, from, to).await,
        Job::Refer { referral } => refer::run(house, referral).await,
        Job::Recheck { referral, item } => recheck::look(house, referral, &item).await.map(drop),
        Job::Publish { agency } => crate::publish::run(house, agency).await.map(drop),
        Job::TellDuty { agency, sealed } => crate::signals::tell_duty(house, agency, &sealed).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{AgencyId, JobId, ReferralId};
    use uuid::Uuid;

    fn leased(works: &[Job]) -> Result<Vec<Leased>> {
        works
            .iter()
            .map(|work| {
                let body = serde_json::to_string(work)?;
                Ok(Leased { id: JobId(Uuid::now_v7()), kind: work.word().to_owned(), body, attempts: 1 })
            })
            .collect()
    }

    #[test]
    fn ranges_that_follow_on_each_other_are_one_piece_of_work() -> Result<()> {
        let (one, other) = (AgencyId(Uuid::now_v7()), AgencyId(Uuid::now_v7()));
        let range = |space, from, to| Job::Recognise { space, from, to };
        let letter = Job::Refer { referral: ReferralId(Uuid::now_v7()) };
        let works = [
            range(one, 101, 150),
            letter.clone(),
            range(one, 1, 100),
            range(other, 151, 160),
            range(one, 170, 180),
        ];
        let found = together(leased(&works)?)?;
        let found: Vec<(Job, usize)> = found.into_iter().map(|(work, jobs)| (work, jobs.len())).collect();
        let expected =
            [(range(one, 1, 150), 2), (range(other, 151, 160), 1), (range(one, 170, 180), 1), (letter, 1)];
        assert_eq!(found, expected);
        Ok(())
    }
}
