//! What a provider publishes: contact file, its text twin, JWKS (RXP-51 to RXP-54).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::jcs::canonical;
use super::jws;
use super::state::{Shared, wire_time};
use crate::model::Contact;

/// A contact file is valid for so long.
const CONTACT_DAYS: i64 = 60;
/// Referrals an hour that a provider asks for; large, so that an action day fits.
const REFERRALS_PER_HOUR: u32 = 3600;
const KEY_NOT_BEFORE_S: i64 = 1_460_000_000;
const KEY_EXPIRES_S: i64 = 4_000_000_000;

/// The contact file, or nothing when the provider publishes none.
pub(crate) fn file(shared: &Shared, service: usize, now: Timestamp) -> Option<Vec<u8>> {
    let about = shared.service(service);
    let (endpoint, email) = match &about.contact {
        Contact::Rxp { endpoint, email } => (json!(endpoint), email),
        Contact::Mail { email } => (Value::Null, email),
        Contact::None => return None,
    };
    let host = &about.host;
    let expires = now + SignedDuration::from_hours(CONTACT_DAYS * 24);
    let mut document = json!({
        "org": host,
        "legal_name": about.name,
        "roles": ["provider"],
        "contact_point": {"endpoint": endpoint, "email": email, "phone": "+99000000002"},
        "languages": about.languages,
        "home_member_state": about.home_member_state,
        "home_authority": "home.test",
        "legal_representative": null,
        "hours": {"tz": about.tz, "open": about.hours, "closed_days": ["sat", "sun"]},
        "always_reachable": true,
        "quiet": "normal",
        "max_referrals_per_hour": REFERRALS_PER_HOUR,
        "rxp_versions": ["1.0"],
        "jwks_uri": format!("https://{host}/.well-known/rxp-jwks.json"),
        "mail_keys": [],
        "test_endpoint": format!("https://{host}/rxp-test/v1"),
        "log_origin": format!("{host}/log"),
        "expires": wire_time(expires),
    });
    jws::sign(&mut document, &shared.keys[service]);
    Some(canonical(&document).into_bytes())
}

/// The key set.
pub(crate) fn jwks(shared: &Shared, service: usize) -> Vec<u8> {
    let key = shared.keys[service].verifying_key();
    let document = json!({"keys": [{
        "crv": "Ed25519",
        "kty": "OKP",
        "x": jws::base64url(key.as_bytes()),
        "kid": jws::thumbprint(&key),
        "use": "sig",
        "nbf": KEY_NOT_BEFORE_S,
        "exp": KEY_EXPIRES_S,
    }]});
    canonical(&document).into_bytes()
}

/// The twin for people.
pub(crate) fn text(shared: &Shared, service: usize, now: Timestamp) -> Option<Vec<u8>> {
    let about = shared.service(service);
    let (Contact::Rxp { email, .. } | Contact::Mail { email }) = &about.contact else { return None };
    let expires = wire_time(now + SignedDuration::from_hours(CONTACT_DAYS * 24));
    let languages = about.languages.join(", ");
    Some(
        format!("Contact: mailto:{email}\nExpires: {expires}\nPreferred-Languages: {languages}\n")
            .into_bytes(),
    )
}
