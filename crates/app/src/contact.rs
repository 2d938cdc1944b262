//! The contact file and the keys that an agency publishes (RXP-51 to RXP-54).

use crate::identity::{Sender, own_jwks, sender, wire};
use crate::{House, Result};
use domain::id::AgencyId;
use exchange::Lang;
use exchange::body::preferences::Quiet;
use exchange::contact::{Contact, ContactPoint};
use jiff::{SignedDuration, Timestamp};

/// Media type of a document on the wire.
pub const MEDIA_TYPE: &str = exchange::MEDIA_TYPE;
/// A contact file is valid so long, in days (RXP-51 allows 90).
const CONTACT_DAYS: i64 = 60;

/// The agency of an organisation id.
pub async fn of_org(house: &House, org: &str) -> Result<Option<AgencyId>> {
    Ok(store::agency::by_org(&house.db, org).await?.map(|agency| agency.id))
}

/// The signed contact file, as JSON.
pub async fn signed(house: &House, id: AgencyId) -> Result<String> {
    let us = sender(house, id).await?;
    let now = house.clock.now();
    Ok(contact(house, &us, now)?.sign(&us.key, wire(now)?)?)
}

/// The text twin for people (RXP-53).
pub async fn text(house: &House, id: AgencyId) -> Result<String> {
    let us = sender(house, id).await?;
    Ok(contact(house, &us, house.clock.now())?.txt(None)?)
}

/// The public keys, as a JWK set.
pub async fn jwks(house: &House, id: AgencyId) -> Result<String> {
    Ok(serde_json::to_string(&own_jwks(house, id).await?)?)
}

fn contact(house: &House, us: &Sender, now: Timestamp) -> Result<Contact> {
    let settings = &us.agency.settings;
    let expires = now.saturating_add(SignedDuration::from_hours(24 * CONTACT_DAYS)).unwrap_or(Timestamp::MAX);
    Ok(Contact {
        org: us.org.clone(),
        legal_name: settings.legal_name.clone(),
        roles: vec![us.capacity],
        contact_point: ContactPoint {
            endpoint: Some(house.endpoint.clone()),
            email: settings.mail.clone(),
            phone: settings.phone.clone(),
        },
        duty_phone: Some(settings.phone.clone()),
        languages: settings.languages.iter().map(|tag| Lang::new(tag.clone())).collect::<Result<_, _>>()?,
        home_member_state: None,
        home_authority: None,
        legal_representative: None,
        hours: None,
        always_reachable: false,
        quiet: Quiet::Normal,
        paused_until: None,
        max_referrals_per_hour: None,
        rxp_versions: vec!["1.0".to_owned()],
        jwks_uri: format!("https://{}/.well-known/rxp-jwks.json", us.org),
        mail_keys: Vec::new(),
        test_endpoint: None,
        log_origin: format!("{}/renvoi-log", us.org),
        expires: wire(expires)?,
    })
}
