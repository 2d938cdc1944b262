//! Facts of an agency for its own people.

use crate::{House, Result, identity};
use domain::access::Actor;
use domain::id::PersonId;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What the agency's page shows besides its people.
#[derive(Debug, Clone)]
pub struct AgencyFacts {
    /// Signing keys: thumbprint, purpose, valid until.
    pub keys: Vec<(String, String, Option<Timestamp>)>,
    /// Protected hosts and what they are.
    pub protected: Vec<(String, String)>,
    /// When each person made a request last.
    pub seen: BTreeMap<PersonId, Timestamp>,
}

/// Reads them.
pub async fn agency(house: &House, actor: &Actor) -> Result<AgencyFacts> {
    let mut keys = Vec::new();
    for purpose in [identity::DOCUMENT, identity::LEDGER] {
        for key in store::agency::keys(&house.db, actor.agency, purpose).await? {
            keys.push((key.kid, purpose.to_owned(), Some(key.not_after)));
        }
    }
    let protected = store::provider::protected_hosts(&house.db, actor.agency)
        .await?
        .into_iter()
        .map(|(host, kind)| (host, kind.word().to_owned()))
        .collect();
    let rows = house
        .db
        .rows(
            "SELECT s.person, MAX(s.seen_at) AS at FROM session s JOIN person p ON p.id = s.person
             WHERE p.agency = $1 GROUP BY s.person",
            store::params![actor.agency],
        )
        .await?;
    let seen = rows.iter().map(|row| Ok((row.id("person")?, row.time("at")?))).collect::<Result<_>>()?;
    Ok(AgencyFacts { keys, protected, seen })
}
