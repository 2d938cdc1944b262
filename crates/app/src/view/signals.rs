//! Banks with their counts.

use crate::{House, Result};
use domain::access::{Actor, Right};
use domain::bank::{LeftOut, ListClass, Opinion, SignalEvent, SignalState};
use domain::event::Noun;
use domain::id::SignalId;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use store::signal::Bank;
use uuid::Uuid;

/// Signals that wait, on one page.
pub const WAITING_MAX: i64 = 100;
/// Imports on one page.
pub const IMPORTS_MAX: i64 = 50;
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
    /// Since when.
    pub since: Option<Timestamp>,
    /// Who disputes it; empty of a fuse, and when it came so with a list.
    pub by: String,
    /// Why, in their words, for who keeps the banks; else empty, as of a fuse.
    pub reason: String,
    /// Of a fuse: matches of the day on which it blew.
    pub today: u64,
}

/// An import as it was noted.
#[derive(Debug, Clone)]
pub struct Import {
    /// Into which bank.
    pub bank: String,
    /// By whom; empty when nobody is known.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Rows of the list.
    pub records: u64,
    /// Values that the bank had not.
    pub new: u64,
    /// Values that it had.
    pub known: u64,
    /// Values that came in disputed.
    pub disputed: u64,
    /// Values that their giver took back (D26).
    pub withdrawn: u64,
    /// What stands in the list again.
    pub relisted: u64,
    /// Pictures that came with cuts.
    pub cut: u64,
    /// Values of types that are not compared here.
    pub not_compared: u64,
    /// Rows left out, and why; less than all where an older version noted none.
    pub set_aside: u64,
    /// Why, most first.
    pub left_out: Vec<(LeftOut, u64)>,
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
        for store::signal::Waiting { signal, bank, clear, said } in
            store::signal::waiting(&house.db, *space, WAITING_MAX).await?
        {
            let thought = store::signal::thought(&house.db, *space, signal.kind, &signal.value).await?;
            let mut opinions = (0, 0);
            for (opinion, state) in thought {
                match opinion {
                    Opinion::Positive => opinions.0 += 1,
                    // Nobody has judged it.
                    Opinion::Seed => {}
                    Opinion::Negative | Opinion::Disputed => opinions.1 += 1,
                }
                opinions.1 += u32::from(state == SignalState::Suspended);
            }
            let short = match clear.filter(|_| keeps) {
                Some(clear) => crate::signals::Clear::read(&clear)?.value,
                None => hex::encode(&signal.value[..SHORT_BYTES.min(signal.value.len())]),
            };
            let short = short.chars().take(SHORT_CHARS_MAX).collect();
            let blown = signal.state == SignalState::Blown;
            let what = if blown { SignalEvent::FuseBlew } else { SignalEvent::Disputed };
            let noted = (Noun::Signal, what.word());
            let noted = store::event::newest_of(&house.db, noted, &[signal.id.0], 1).await?.pop();
            let by = match noted.as_ref().and_then(|event| event.actor) {
                Some(person) => super::name(house, person).await?,
                None => String::new(),
            };
            let today =
                noted.as_ref().and_then(|event| event.facts.get("today")?.as_u64()).unwrap_or_default();
            let since = noted.map(|event| event.at);
            let reason = match said.filter(|_| keeps) {
                Some(document) => super::reason(house, document).await?,
                None => String::new(),
            };
            all.push(Waiting { id: signal.id, bank, short, opinions, blown, since, by, reason, today });
        }
    }
    // Of several spaces the newest are shown, fuses first.
    all.sort_by_key(|found| (!found.blown, std::cmp::Reverse(found.since)));
    all.truncate(usize::try_from(WAITING_MAX).unwrap_or(usize::MAX));
    Ok(all)
}

/// The newest imports into banks of the actor's spaces, newest first, [`IMPORTS_MAX`] at most.
pub async fn imports(house: &House, actor: &Actor) -> Result<Vec<Import>> {
    actor.need(Right::Read)?;
    let mut names: BTreeMap<Uuid, String> = BTreeMap::new();
    for space in &actor.spaces {
        let banks = store::signal::banks(&house.db, *space).await?;
        names.extend(banks.into_iter().map(|bank| (bank.id.0, bank.name)));
    }
    let banks: Vec<Uuid> = names.keys().copied().collect();
    let noted = store::event::newest_of(&house.db, (Noun::Bank, "imported"), &banks, IMPORTS_MAX).await?;
    let mut all = Vec::with_capacity(noted.len());
    for event in noted {
        let by = match event.actor {
            Some(person) => super::name(house, person).await?,
            None => String::new(),
        };
        let count = |name: &str| event.facts.get(name).and_then(Value::as_u64).unwrap_or_default();
        let why = event.facts.get("left_out").and_then(Value::as_object);
        let mut left_out: Vec<(LeftOut, u64)> = why
            .into_iter()
            .flatten()
            .filter_map(|(word, count)| Some((LeftOut::from_word(word)?, count.as_u64()?)))
            .collect();
        left_out.sort_by_key(|(why, count)| (std::cmp::Reverse(*count), *why));
        all.push(Import {
            bank: names.get(&event.of).cloned().unwrap_or_default(),
            by,
            at: event.at,
            records: count("records"),
            new: count("new"),
            known: count("duplicate"),
            disputed: count("disputed"),
            withdrawn: count("withdrawn"),
            relisted: count("relisted"),
            cut: count("cut"),
            not_compared: count("not_compared"),
            set_aside: count("set_aside"),
            left_out,
        });
    }
    Ok(all)
}

/// Who of the actor's agency is told of fuses and disputes, by name: those who keep its banks.
pub async fn told(house: &House, actor: &Actor) -> Result<Vec<String>> {
    actor.need(Right::Read)?;
    let mut names = Vec::new();
    for person in store::person::of_agency(&house.db, actor.agency).await? {
        let roles = store::person::roles(&house.db, person.id).await?;
        let keeps = roles.iter().any(|role| role.rights().contains(&Right::ManageSignals));
        if keeps && person.state != "disabled" {
            names.push(person.name);
        }
    }
    Ok(names)
}

/// Past matching that goes on: bank, observations behind it, observations in all.
pub async fn running(house: &House, actor: &Actor) -> Result<Vec<(String, u64, u64)>> {
    actor.need(Right::Read)?;
    let mut all = Vec::new();
    for space in &actor.spaces {
        for scan in crate::recognise::progress(house, *space).await? {
            let Some(bank) = store::signal::get_bank(&house.db, scan.bank).await? else { continue };
            all.push((bank.name, scan.done.unsigned_abs(), scan.of.unsigned_abs()));
        }
    }
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
