//! Banks and their signals: made, imported, disputed, upheld, withdrawn, handed on (D26; LAW-163, LAW-167).
//!
//! A signal says where it comes from and on what basis it is kept. Who finds it wrong disputes it, and it stops; who
//! takes it back ends every match of it at once, here, in one transaction.

mod closed;
mod export;
mod import;
mod upload;
mod value;

pub use closed::{decide_list, end_list, lists, propose_list, proposed_lists};
pub use connect::sources::lists::{Format, guess};
pub use export::export;
pub use import::{ImportSummary, import, opinion_of};
pub use upload::{PER_MINUTE_MAX as UPLOADS_PER_MINUTE_MAX, Uploads, compare_upload, tell_duty};
pub(crate) use value::{Compared, check_print, compared, cuts, host};

use crate::flow::Job;
use crate::{Act, Error, House, Result, release};
use domain::Refusal;
use domain::access::{Authorised, right};
use domain::bank::{ListClass, Opinion, Sharing, SignalEvent, SignalState, next};
use domain::cluster::Queued;
use domain::event::Noun;
use domain::evidence::Retention;
use domain::id::{AgencyId, BankId};
use domain::written::{self, Lines};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
pub use store::signal::Bank;
use store::signal::Signal;
use uuid::Uuid;

/// Longest name of a bank, in characters.
const NAME_MAX_CHARS: usize = 100;
/// Greatest PDQ distance that a bank can ask for, in bits of 256: above it, unlike pictures agree.
const DISTANCE_MAX_BITS: u32 = 40;
/// Signals on one page.
pub const PAGE_MAX: i64 = 500;

/// What is kept of a value in clear, encrypted: to show it to people and to hand it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clear {
    /// The value as it was written.
    pub value: String,
    /// What its giver says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Of a video or a sound, whose value is the digest of its file: what it is found by, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

impl Clear {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        Ok(serde_json::from_slice(bytes)?)
    }
}

/// A bank to make.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBank {
    /// Shown name, unique in the space.
    pub name: String,
    /// What its owner thinks of the content.
    pub opinion: Opinion,
    /// Where it comes from.
    pub origin: String,
    /// Why it may be kept.
    pub legal_basis: String,
    /// Greatest PDQ distance, bits of 256; usually 31.
    pub distance: u32,
    /// When it must be reviewed: within the review time of hashes (LAW-108).
    pub review_at: Timestamp,
    /// How far it may be handed on; not at all when nothing is said.
    #[serde(default = "kept_here")]
    pub sharing: Sharing,
    /// What its list is of; closed ones in an enabled provider seat only (D16).
    #[serde(default = "ordinary")]
    pub class: ListClass,
}

fn kept_here() -> Sharing {
    Sharing::Red
}

fn ordinary() -> ListClass {
    ListClass::Ordinary
}

impl NewBank {
    fn check(&self, now: Timestamp) -> Result<(), Refusal> {
        let refuse = |code, sentence: String| Err(Refusal::new("LAW-167", code, sentence));
        for (what, text) in
            [("name", &self.name), ("origin", &self.origin), ("legal basis", &self.legal_basis)]
        {
            let sentence = format!("Give the bank's {what} in 1 to {NAME_MAX_CHARS} characters.");
            let sound = written::sound(text, (1, NAME_MAX_CHARS), Lines::One);
            sound.map_err(|bad| bad.refused(|_| Refusal::new("LAW-167", "bank_text", sentence)))?;
        }
        if self.distance > DISTANCE_MAX_BITS {
            return refuse(
                "bank_distance",
                format!(
                    "A distance of more than {DISTANCE_MAX_BITS} bits joins pictures that are not alike."
                ),
            );
        }
        let days = i64::from(Retention::Hash.days());
        let latest =
            now.saturating_add(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX);
        if self.review_at <= now || self.review_at > latest {
            return refuse("bank_review", format!("Set the review within the next {days} days."));
        }
        Ok(())
    }
}

/// Makes a bank in a space.
pub async fn make_bank(
    house: &House,
    space: &Authorised<AgencyId, right::ManageSignals>,
    new: NewBank,
) -> Result<Bank> {
    let now = house.clock.now();
    new.check(now)?;
    closed::check(house, space.actor(), *space.get(), (new.class, new.class)).await?;
    let bank = Bank {
        id: BankId(Uuid::now_v7()),
        space: *space.get(),
        name: new.name.trim().to_owned(),
        opinion: new.opinion,
        origin: new.origin.trim().to_owned(),
        legal_basis: new.legal_basis.trim().to_owned(),
        distance: new.distance,
        review_at: new.review_at,
        sharing: new.sharing,
        class: new.class,
    };
    let mut act = Act::of(house, space.actor(), bank.space).await?;
    match store::signal::put_bank(&mut act.tx, &bank, now).await {
        Err(error) if error.is_duplicate() => {
            return Err(Error::Input(format!(
                "There is a bank \"{}\" already. Choose another name.",
                bank.name
            )));
        }
        other => other?,
    }
    let facts = json!({ "opinion": bank.opinion.word(), "distance": bank.distance, "review_at": bank.review_at.to_string(),
        "sharing": bank.sharing.word(), "class": bank.class.word() });
    act.append(Noun::Bank, bank.id.0, "made", facts).await?;
    act.commit().await?;
    house.tell(bank.space);
    Ok(bank)
}

/// A signal as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As stored.
    pub signal: Signal,
    /// Its clear value, when it is kept.
    pub clear: Option<Clear>,
}

/// Banks of a space, by name.
pub async fn banks(house: &House, space: AgencyId) -> Result<Vec<Bank>> {
    Ok(store::signal::banks(&house.db, space).await?)
}

/// Signals of a bank after a key, oldest first, [`PAGE_MAX`] at most.
pub async fn list(
    house: &House,
    bank: &Authorised<Bank, right::ManageSignals>,
    after: i64,
) -> Result<Vec<Shown>> {
    shown(house, bank.get().id, after).await
}

async fn shown(house: &House, bank: BankId, after: i64) -> Result<Vec<Shown>> {
    store::signal::page(&house.db, bank, after, PAGE_MAX)
        .await?
        .into_iter()
        .map(|(signal, clear)| {
            Ok(Shown { signal, clear: clear.map(|clear| Clear::read(&clear)).transpose()? })
        })
        .collect()
}

/// Disputes a signal: it matches nothing more until a person decides.
pub async fn dispute(
    house: &House,
    signal: &Authorised<Signal, right::ManageSignals>,
    reason: &str,
) -> Result<()> {
    turn(house, signal, SignalEvent::Disputed, reason).await
}

/// Upholds a disputed signal, or resets its fuse; what it missed in the meantime is looked at again.
pub async fn uphold(
    house: &House,
    signal: &Authorised<Signal, right::ManageSignals>,
    reason: &str,
) -> Result<()> {
    turn(house, signal, SignalEvent::Upheld, reason).await
}

/// Takes a signal back: its matches end, and what nothing else holds leaves the queue, in the same transaction (D26).
pub async fn withdraw(
    house: &House,
    signal: &Authorised<Signal, right::ManageSignals>,
    reason: &str,
) -> Result<()> {
    turn(house, signal, SignalEvent::Withdrawn, reason).await
}

async fn turn(
    house: &House,
    signal: &Authorised<Signal, right::ManageSignals>,
    event: SignalEvent,
    reason: &str,
) -> Result<()> {
    let reason = domain::reads::reason(reason)?;
    let bank =
        store::signal::get_bank(&house.db, signal.get().bank).await?.ok_or_else(domain::access::not_here)?;
    let mut act = Act::of(house, signal.actor(), bank.space).await?;
    let stored =
        store::signal::get_in(&mut act.tx, signal.get().id).await?.ok_or_else(domain::access::not_here)?;
    let state = next(Some(stored.state), event)?;
    let now = act.now;
    let body = json!({ "reason": reason });
    let document = store::crypt::put_json(&mut act.tx, bank.space, Retention::Hash, &body, now).await?;
    store::signal::set_state(&mut act.tx, stored.id, state, Some(document.key)).await?;
    let mut facts = json!({ "bank": bank.id.to_string(), "doc": document.fact() });
    if state == SignalState::Withdrawn {
        let (matches, clusters) = end_matches(&mut act, &bank, stored.key).await?;
        facts["matches"] = matches.into();
        facts["clusters"] = clusters.into();
    }
    act.append(Noun::Signal, stored.id.0, event.word(), facts).await?;
    act.commit().await?;
    house.tell(bank.space);
    Ok(())
}

/// Ends the matches of a signal; gives how many ended, and how many clusters lost an item.
async fn end_matches(act: &mut Act, bank: &Bank, signal: i64) -> Result<(usize, usize)> {
    let now = act.now;
    let observations = store::matches::end(&mut act.tx, signal, now).await?;
    if bank.opinion == Opinion::Negative {
        // What this one suppressed may be raised by others: it is recognised again.
        for key in &observations {
            Job::Recognise { space: bank.space, from: *key, to: *key }.enqueue(&mut act.tx, now).await?;
        }
        return Ok((observations.len(), 0));
    }
    let clusters = release::run(act, &observations).await?;
    let others: Vec<_> = store::past::clusters_of(&mut act.tx, &observations).await?.into_iter().collect();
    store::cluster::recount(&mut act.tx, &others, Queued::Left).await?;
    Ok((observations.len(), clusters.len()))
}
