//! One act: a transaction, who acts, and the facts that it appends.

use crate::{House, Result, flow};
use domain::access::Actor;
use domain::event::{Event, Noun};
use domain::id::{AgencyId, EventId, PersonId};
use jiff::Timestamp;
use serde_json::{Map, Value};
use store::{Lane, Tx};
use uuid::Uuid;

/// A transaction with the acting agency, person and space. Only acts append events.
pub struct Act {
    /// The transaction.
    pub tx: Tx,
    /// When.
    pub now: Timestamp,
    agency: AgencyId,
    space: AgencyId,
    person: Option<PersonId>,
}

impl Act {
    /// An act of a person in a space.
    pub async fn of(house: &House, actor: &Actor, space: AgencyId) -> Result<Self> {
        Ok(Self {
            tx: house.db.write(Lane::Person).await?,
            now: house.clock.now(),
            agency: actor.agency,
            space,
            person: Some(actor.person),
        })
    }

    /// An act of the machine, for an agency's ledger.
    pub async fn of_machine(house: &House, agency: AgencyId, space: AgencyId) -> Result<Self> {
        Ok(Self {
            tx: house.db.write(Lane::Bulk).await?,
            now: house.clock.now(),
            agency,
            space,
            person: None,
        })
    }

    /// An act of a person about their own access, before there is a session.
    pub async fn of_person(house: &House, agency: AgencyId, person: PersonId) -> Result<Self> {
        Ok(Self {
            tx: house.db.write(Lane::Person).await?,
            now: house.clock.now(),
            agency,
            space: agency,
            person: Some(person),
        })
    }

    /// The same act for the ledger of the agency that sends: in a joint operation a person acts on another's referral.
    #[must_use]
    pub fn of_sender(mut self, agency: AgencyId) -> Self {
        self.agency = agency;
        self
    }

    /// The same act in another space of the person's.
    #[must_use]
    pub(crate) fn in_space(mut self, space: AgencyId) -> Self {
        self.space = space;
        self
    }

    /// Where it happens.
    #[must_use]
    pub(crate) fn space(&self) -> AgencyId {
        self.space
    }

    /// The acting agency.
    #[must_use]
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// Appends a fact and queues what follows from it.
    pub async fn append(&mut self, noun: Noun, of: Uuid, what: &str, facts: Value) -> Result<EventId> {
        let id = EventId(Uuid::now_v7());
        let facts = match facts {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let event = Event {
            id,
            agency: self.agency,
            space: self.space,
            at: self.now,
            actor: self.person,
            noun,
            of,
            what: what.to_owned(),
            facts,
        };
        for job in flow::after(&event) {
            job.enqueue(&mut self.tx, self.now).await?;
        }
        self.tx.append(event)?;
        Ok(id)
    }

    /// Commits state, events, leaves and jobs together.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
