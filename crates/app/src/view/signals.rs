//! Banks with their counts.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::bank::{Opinion, SignalState};
use jiff::Timestamp;
use store::signal::Bank;

/// A bank and what is in it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The bank.
    pub bank: Bank,
    /// Live signals.
    pub live: u64,
    /// Suspended signals.
    pub suspended: u64,
    /// Matches so far.
    pub matches: u64,
    /// A negative bank.
    pub negative: bool,
    /// When it must be reviewed.
    pub review_at: Timestamp,
}

/// Banks of the actor's spaces.
pub async fn banks(house: &House, actor: &Actor) -> Result<Vec<Counted>> {
    actor.need(Right::Read)?;
    let mut all = Vec::new();
    let mut banks = Vec::new();
    for space in &actor.spaces {
        banks.extend(store::signal::banks(&house.db, *space).await?);
    }
    for bank in banks {
        let mut counted = Counted {
            live: 0,
            suspended: 0,
            matches: 0,
            negative: bank.opinion == Opinion::Negative,
            review_at: bank.review_at,
            bank,
        };
        for (state, signals, matches) in store::signal::bank_counts(&house.db, counted.bank.id).await? {
            counted.matches += matches;
            match state {
                SignalState::Live => counted.live += signals,
                SignalState::Suspended => counted.suspended += signals,
                _ => {}
            }
        }
        all.push(counted);
    }
    Ok(all)
}
