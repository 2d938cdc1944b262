//! Health: what an operator's monitor asks. Counts and states only.

use crate::{House, Result};
use serde::Serialize;
use std::collections::BTreeMap;

/// How the house is.
#[derive(Debug, Clone, Serialize)]
pub struct Health {
    /// `sqlite` or `postgres`; it answered.
    pub database: &'static str,
    /// Jobs that wait.
    pub jobs_waiting: u64,
    /// Jobs, deliveries and looks that could be worked on now.
    pub due_now: u64,
    /// Jobs left for a person after too many tries.
    pub jobs_failed: u64,
    /// Deliveries by state: `waiting`, `done`, `failed`.
    pub outbox: BTreeMap<String, u64>,
    /// Ledger entries without a checkpoint yet, over all agencies.
    pub unpublished: u64,
    /// Whether this is a world (D11).
    pub world: bool,
    /// Version of the program.
    pub version: &'static str,
}

/// Asks the database.
pub async fn health(house: &House) -> Result<Health> {
    let mut unpublished = 0;
    for agency in store::agency::all(&house.db).await? {
        let head = store::event::head(&house.db, agency.id).await?.size();
        unpublished += head.saturating_sub(store::event::published(&house.db, agency.id).await?);
    }
    let (jobs_waiting, jobs_failed) = store::job::counts(&house.db).await?;
    let now = house.clock.now();
    let due_now = store::job::due(&house.db, now).await?
        + store::outbox::due(&house.db, now).await?
        + store::look::due_count(&house.db, now).await?;
    Ok(Health {
        due_now,
        database: if house.db.is_sqlite() { "sqlite" } else { "postgres" },
        jobs_waiting,
        jobs_failed,
        outbox: store::outbox::counts(&house.db).await?.into_iter().collect(),
        unpublished,
        world: house.world.is_some(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
