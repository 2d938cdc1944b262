//! Banks with their counts.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::bank::{ListClass, Opinion, SignalState};
use domain::event::Noun;
use domain::id::SignalId;
use jiff::Timestamp;
use store::signal::Bank;

/// Signals that wait, on one page.
pub const WAITING_MAX: i64 = 100;
/// Of a digest so many bytes are shown.
const SHORT_BYTES: usize = 8;
/// Of a value so many characters are shown.
const SHORT_CHARS_MAX: usize = 80;

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

/// A signal that waits for a person.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its id.
    pub id: SignalId,
    /// Its bank's name.
    pub bank: String,
    /// Its value when it is kept, else the head of its digest.
    pub short: String,
    /// Banks that hold it and think so, and those that do not, with the dispute itself.
    pub opinions: (u32, u32),
    /// Set aside by its fuse.
    pub blown: bool,
}

/// Signals of the actor's spaces that wait for a person, newest first, [`WAITING_MAX`] at most. Who keeps the banks reads
/// the values, for a reason that is logged (D10); others see the heads of their digests.
pub async fn waiting(house: &House, actor: &Actor) -> Result<Vec<Waiting>> {
    actor.need(Right::Read)?;
    let keeps = actor.may(Right::ManageSignals);
    if keeps {
        crate::load::note_read(house, actor, Noun::Bank, actor.agency.0).await?;
    }
    let mut all = Vec::new();
    for space in &actor.spaces {
        for (signal, bank, clear) in store::signal::waiting(&house.db, *space, WAITING_MAX).await? {
            let thought = store::signal::thought(&house.db, *space, signal.kind, &signal.value).await?;
            let mut opinions = (0, 0);
            for (opinion, state) in thought {
                match opinion {
                    Opinion::Positive | Opinion::Seed => opinions.0 += 1,
                    Opinion::Negative | Opinion::Disputed => opinions.1 += 1,
                }
                opinions.1 += u32::from(state == SignalState::Suspended);
            }
            let short = match clear.filter(|_| keeps) {
                Some(clear) => crate::signals::Clear::read(&clear)?.value,
                None => hex::encode(&signal.value[..SHORT_BYTES.min(signal.value.len())]),
            };
            let short = short.chars().take(SHORT_CHARS_MAX).collect();
            all.push(Waiting {
                id: signal.id,
                bank,
                short,
                opinions,
                blown: signal.state == SignalState::Blown,
            });
        }
    }
    all.truncate(usize::try_from(WAITING_MAX).unwrap_or(usize::MAX));
    Ok(all)
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
        if counted.bank.class != ListClass::Ordinary {
            counted.live = store::closed::count(&house.db, counted.bank.id).await?;
        }
        all.push(counted);
    }
    Ok(all)
}
