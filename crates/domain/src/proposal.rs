//! Acts that wait for a second person: proposed by one, confirmed by another with another log-in (LAW-120.09, LAW-120.11).
//!
//! Until then nothing has changed: the old contact stays in force, the role is not held.

use crate::access::{Actor, Role};
use crate::id::PersonId;
use crate::provider::{Channel, Entry};
use crate::refusal::Refusal;
use crate::words::words;
use uuid::Uuid;

words! {
    /// What was proposed.
    Act {
        /// A role that sees over others' shoulders (LAW-120.11).
        GiveRole = "give_role",
        /// Another contact, endpoint or key for a provider that has one (LAW-120.09, RXP-56).
        ChangeContact = "change_contact",
        /// A class of closed lists in a provider's seat (D16).
        EnableList = "enable_list",
    }
}

words! {
    /// Where a proposal stands.
    State {
        /// Waits for the second person.
        Waiting = "waiting",
        /// Done.
        Confirmed = "confirmed",
        /// Taken back or refused by one person.
        Dropped = "dropped",
    }
}

words! {
    /// What happens to a proposal.
    Event {
        /// A second person confirmed.
        Confirm = "confirm",
        /// One person said no, or took it back.
        Drop = "drop",
    }
}

/// The next state, or the refusal.
pub fn next(state: State, event: Event) -> Result<State, Refusal> {
    match (state, event) {
        (State::Waiting, Event::Confirm) => Ok(State::Confirmed),
        (State::Waiting, Event::Drop) => Ok(State::Dropped),
        (State::Confirmed | State::Dropped, Event::Confirm | Event::Drop) => Err(Refusal::new(
            "LAW-120",
            "bad_transition",
            format!("This proposal is \"{state}\" already. Load the page again to see where it stands."),
        )),
    }
}

/// Whether giving a role needs a second person.
#[must_use]
pub fn role_needs_second(role: Role) -> bool {
    matches!(role, Role::Auditor | Role::Supervisor)
}

/// Whether an entry says other things than the one in force about where messages go and whose answers are believed.
/// The first contact of a provider is no change: its first referral is looked at by a third person (LAW-120.06).
#[must_use]
pub fn contact_needs_second(in_force: Option<&Entry>, new: &Entry) -> bool {
    in_force.is_some_and(|old| old.channel != Channel::None && contact(old) != contact(new))
}

/// What of an entry says where messages go and whose answers are believed.
pub fn contact(entry: &Entry) -> impl PartialEq + '_ {
    (&entry.org, entry.channel, &entry.endpoint, &entry.pinned, &entry.mail, &entry.jwks)
}

/// The second is another person with another log-in. `None` stands for the operator of the machine, who has no log-in.
pub fn second(proposed_by: Option<(PersonId, Uuid)>, second: &Actor) -> Result<(), Refusal> {
    match proposed_by {
        Some((person, login)) if person == second.person || login == second.login => Err(Refusal::new(
            "LAW-120",
            "four_eyes",
            "This is your own work. Another person, with a log-in of their own, must confirm it.",
        )),
        _ => Ok(()),
    }
}
