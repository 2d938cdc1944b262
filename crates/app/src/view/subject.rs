//! A subject: what is this, and what happened to it?

use crate::{House, Result, deconflict};
use domain::access::{Actor, Authorised, RightType};
use domain::hold::HoldAnswer;
use domain::id::{ClusterId, SubjectId};
use domain::subject::EdgeKind;
use jiff::Timestamp;
use store::intake::Subject;

/// Observations shown.
const SEEN_SHOWN: i64 = 50;
/// Looks shown.
const LOOKS_SHOWN: i64 = 50;
/// Neighbours shown.
const NEIGHBOURS_SHOWN: i64 = 50;

/// A neighbour: how it is joined, its address, its id.
pub type Neighbour = (EdgeKind, String, SubjectId);

/// A subject, open.
#[derive(Debug)]
pub struct Open {
    /// Its id.
    pub id: SubjectId,
    /// What it is.
    pub kind: String,
    /// Its address, or its host when the address was erased.
    pub address: String,
    /// Its language.
    pub language: String,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// When it was seen.
    pub seen: Vec<Timestamp>,
    /// Looks at its address, newest first: class, confidence, when.
    pub looks: Vec<(String, String, Timestamp)>,
    /// Accounts, channels, links.
    pub neighbours: Vec<Neighbour>,
    /// What other agencies answered about it.
    pub holds: Vec<(HoldAnswer, Option<Timestamp>)>,
}

/// Loads a subject for a person; reading it is logged.
pub async fn load<R: RightType>(
    house: &House,
    actor: &Actor,
    id: SubjectId,
) -> Result<Authorised<Subject, R>> {
    let found = store::intake::by_id(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    Ok(Authorised::check(actor, found.space, found)?)
}

/// Opens it.
pub async fn subject<R: RightType>(house: &House, loaded: &Authorised<Subject, R>) -> Result<Open> {
    let (found, actor) = (loaded.get(), loaded.actor());
    let seen = store::intake::of_subject(&house.db, found.key, SEEN_SHOWN).await?;
    let neighbours = store::intake::neighbours(&house.db, found.key, NEIGHBOURS_SHOWN).await?;
    Ok(Open {
        id: found.id,
        kind: seen.first().map_or_else(|| found.kind.word().to_owned(), |first| first.kind.clone()),
        address: found.address.clone().unwrap_or_else(|| found.service.clone()),
        language: seen.first().map_or_else(|| "und".to_owned(), |first| first.language.clone()),
        cluster: store::cluster::of_subject(&house.db, found.key).await?,
        seen: seen.iter().map(|seen| seen.seen_at).collect(),
        looks: store::referral::looks(&house.db, found.key, LOOKS_SHOWN).await?,
        neighbours: neighbours
            .into_iter()
            .map(|(kind, other)| (kind, other.address.unwrap_or(other.service), other.id))
            .collect(),
        holds: deconflict::answers(house, found.space, actor.agency, found).await?,
    })
}
