//! What pages and the API show: plain values, read for an actor's spaces. Nothing is decided or changed here.

mod agency;
pub mod assessment;
pub mod cells;
pub mod cluster;
pub mod contest;
pub mod figures;
pub mod inbox;
pub mod intake;
pub mod leads;
pub mod ledger;
pub mod mapping;
pub mod matched;
pub mod media;
pub mod money;
pub mod network;
pub mod odd;
pub mod public;
pub mod queue;
pub mod radar;
pub mod referral;
pub mod rows;
pub mod shifts;
pub mod signals;
pub mod subject;
mod waiting;
pub mod wall;
pub mod whole;
pub mod why;

pub use agency::{AgencyFacts, agency};
pub use waiting::{Waiting, waiting};

use crate::{House, Result, identity};
use domain::event::Event;
use domain::id::{AgencyId, PersonId};

/// The shown name of a colleague; empty when the person is gone.
pub async fn name(house: &House, person: PersonId) -> Result<String> {
    Ok(store::person::get(&house.db, person).await?.map(|person| person.name).unwrap_or_default())
}

/// The reason that a person wrote with an act, found by its record in the ledger; empty when there is none any more.
pub(crate) async fn written(house: &House, event: &Event) -> Result<String> {
    let Some(fact) = event.facts.get("doc").and_then(|fact| fact.as_str()) else { return Ok(String::new()) };
    let Some(key) = store::crypt::of_fact(&house.db, fact).await? else { return Ok(String::new()) };
    reason(house, key).await
}

/// The reason in a document; empty when it was erased.
async fn reason(house: &House, document: i64) -> Result<String> {
    let written: Option<serde_json::Value> = store::crypt::get_json(&house.db, document).await?;
    let text = |name: &str| written.as_ref().and_then(|written| written[name].as_str()).unwrap_or_default();
    Ok(if text("reason").is_empty() { text("text") } else { text("reason") }.to_owned())
}

/// Who signs a letter, as its reader sees it.
pub struct Sender {
    /// Legal name.
    pub name: String,
    /// In which capacity, under which law: codes, or words of the agency.
    pub acting_as: Vec<String>,
    /// Mail and telephone of the desk.
    pub desk: String,
    /// Thumbprint of the signing key.
    pub key: String,
}

/// The sender of an agency's letters.
pub async fn sender(house: &House, id: AgencyId) -> Result<Sender> {
    let agency = store::agency::get(&house.db, id).await?.ok_or_else(domain::access::not_here)?;
    let keys = store::agency::keys(&house.db, id, identity::DOCUMENT).await?;
    let capacity = agency.kind.referral_capacity().unwrap_or_default();
    Ok(Sender {
        acting_as: std::iter::once(capacity.to_owned()).chain(agency.settings.legal_basis.clone()).collect(),
        desk: format!("{} · {}", agency.settings.mail, agency.settings.phone),
        key: keys.first().map(|key| key.kid.clone()).unwrap_or_default(),
        name: agency.settings.legal_name,
    })
}

/// The fixed sentence of LAW-03 in a language; English when there is none.
#[must_use]
pub fn voluntary_notice(language: &str) -> String {
    let lang = exchange::Lang::new(language).or_else(|_| exchange::Lang::new("en"));
    lang.map(|lang| exchange::voluntary_notice::wording(&lang).text.to_owned()).unwrap_or_default()
}
