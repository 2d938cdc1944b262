//! RXP-51 to RXP-53: the contact file of an organisation, signed, and its twin for people.

use crate::atoms::{Lang, OrgId, Territory, WireTime, check_url};
use crate::body::preferences::{Hours, Quiet, check_pause};
use crate::canonical::canonical;
use crate::capacity::Capacity;
use crate::document::{sign_value, take_signatures, verify_signatures};
use crate::keys::{Lookup, may_serve_keys};
use crate::limits;
use crate::refused::{Code, Refused};
use crate::{ijson, schema};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write;

/// RXP-51: the longest time until `expires`, in milliseconds (90 days).
pub const LIFE_MS_MAX: i64 = 90 * 24 * 3600 * 1000;
/// RXP-51: how long a fetched file is used without asking again, in seconds.
pub const CACHE_S_MAX: i64 = 24 * 3600;
/// Where the file is served.
pub const PATH: &str = "/.well-known/rxp-contact.json";
/// Where its twin for people is served.
pub const TXT_PATH: &str = "/.well-known/rxp-contact.txt";

/// How to reach an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The organisation; the file is served under this name.
    pub org: OrgId,
    /// Its name in law.
    pub legal_name: String,
    /// The capacities it acts in.
    pub roles: Vec<Capacity>,
    /// Where messages go.
    pub contact_point: ContactPoint,
    /// Authorities: answered at any hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty_phone: Option<String>,
    /// Languages read there, the favourite first.
    pub languages: Vec<Lang>,
    /// Where it is established.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_member_state: Option<Territory>,
    /// Who scrutinises orders to it (TCO Article 4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_authority: Option<OrgId>,
    /// TCO Article 17; written as `null` if there is none.
    pub legal_representative: Option<String>,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Whether orders reach somebody at any hour.
    pub always_reachable: bool,
    /// How much is sent after a referral itself.
    pub quiet: Quiet,
    /// Until when, with `paused_until` and only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<WireTime>,
    /// The most referrals an hour (RXP-39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_referrals_per_hour: Option<u32>,
    /// `major.minor`.
    pub rxp_versions: Vec<String>,
    /// Where its keys are, under its own name.
    pub jwks_uri: String,
    /// Where its keys for encrypted mail are (OpenPGP or S/MIME).
    pub mail_keys: Vec<String>,
    /// Never mixed with the live store (RXP-30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_endpoint: Option<String>,
    /// Its transparency log.
    pub log_origin: String,
    /// No longer valid then.
    pub expires: WireTime,
}

/// Where messages go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPoint {
    /// The base of the routes of RXP-30; left out by who has no machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// For the fallback.
    pub email: String,
    /// `+` and digits.
    pub phone: String,
}

impl Contact {
    /// The signed file, in canonical form, at `now`.
    pub fn sign(&self, key: &SigningKey, now: WireTime) -> Result<String, Refused> {
        self.check(now)?;
        let file = sign_value(schema::write(self)?, key)?.document;
        limits::CONTACT_BYTES.amount("", file.len(), "bytes")?;
        Ok(file)
    }

    /// Reads and verifies the file that `org` serves at `now`.
    ///
    /// The keys are those already confirmed for `org`: a new key, endpoint or address needs a person (RXP-56).
    pub fn verify(
        bytes: &[u8],
        org: &OrgId,
        now: WireTime,
        lookup: impl Fn(&OrgId, &str) -> Lookup,
    ) -> Result<Self, Refused> {
        let Value::Object(mut object) = ijson::parse_within(bytes, limits::CONTACT_BYTES)?.value else {
            return Err(Refused::new(Code::Schema, "not an object"));
        };
        let signatures = take_signatures(&mut object)?;
        let unsigned = Value::Object(object);
        verify_signatures(&signatures, &canonical(&unsigned), (now, now), |kid| lookup(org, kid))?;
        let contact: Self = schema::read(&unsigned, "")?;
        if contact.org != *org {
            return Err(Refused::at(Code::Schema, "/org", "the file of another organisation"));
        }
        contact.check(now)?;
        Ok(contact)
    }

    /// The twin for people, in the manner of RFC 9116; never parsed for routing.
    pub fn txt(&self, policy_uri: Option<&str>) -> Result<String, Refused> {
        let ContactPoint { email, phone, .. } = &self.contact_point;
        let languages: Vec<_> = self.languages.iter().map(Lang::as_str).collect();
        let mut out = format!(
            "# For people. Machines read https://{}{PATH}\nContact: mailto:{email}\nContact: tel:{phone}\n",
            self.org
        );
        // Writing to a String cannot fail.
        let _ = write!(out, "Expires: {}\nPreferred-Languages: {}\n", self.expires, languages.join(", "));
        for uri in &self.mail_keys {
            let _ = writeln!(out, "Encryption: {uri}");
        }
        if let Some(uri) = policy_uri {
            check_url("policy_uri", uri)?;
            let _ = writeln!(out, "Policy: {uri}");
        }
        Ok(out)
    }

    fn check(&self, now: WireTime) -> Result<(), Refused> {
        limits::NAME_CHARS.text("/legal_name", &self.legal_name)?;
        limits::ROLES.count("/roles", &self.roles)?;
        limits::LANGUAGES.count("/languages", &self.languages)?;
        limits::optional(limits::NAME_CHARS, "/legal_representative", self.legal_representative.as_ref())?;
        limits::ADDRESS_CHARS.text("/log_origin", &self.log_origin)?;
        limits::VERSIONS.count("/rxp_versions", &self.rxp_versions)?;
        limits::MAIL_KEYS.count("/mail_keys", &self.mail_keys)?;
        self.check_addresses()?;
        if !self.rxp_versions.iter().all(|version| is_version(version)) {
            return Err(Refused::at(Code::Schema, "/rxp_versions", "not major.minor"));
        }
        if let Some(hours) = &self.hours {
            hours.check("/hours")?;
        }
        check_pause("/paused_until", Some(self.quiet), self.paused_until, now)?;
        if let Some(most) = self.max_referrals_per_hour {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            limits::REFERRALS_PER_HOUR.amount("/max_referrals_per_hour", most, "an hour")?;
        }
        if (1..=LIFE_MS_MAX).contains(&(self.expires.ms() - now.ms())) {
            return Ok(());
        }
        Err(Refused::at(Code::Limit, "/expires", "expired, or more than 90 days away"))
    }

    fn check_addresses(&self) -> Result<(), Refused> {
        let wrong = |field: &str, what: &str| Err(Refused::at(Code::Schema, field, what));
        let secure = |field: &str, uri: &str| {
            check_url(field, uri)?;
            if uri.starts_with("https://") { Ok(()) } else { wrong(field, "only https") }
        };
        let point = &self.contact_point;
        for (field, uri) in
            [("/contact_point/endpoint", &point.endpoint), ("/test_endpoint", &self.test_endpoint)]
        {
            uri.as_ref().map_or(Ok(()), |uri| secure(field, uri))?;
        }
        for (index, uri) in self.mail_keys.iter().enumerate() {
            secure(&format!("/mail_keys/{index}"), uri)?;
        }
        if point.endpoint.is_some() && point.endpoint == self.test_endpoint {
            return wrong("/test_endpoint", "the live endpoint");
        }
        if !may_serve_keys(&self.org, &self.jwks_uri) {
            return wrong("/jwks_uri", "not https under the organisation's own name");
        }
        if !is_mail_address(&point.email) {
            return wrong("/contact_point/email", "not a mail address");
        }
        if !is_phone(&point.phone) {
            return wrong("/contact_point/phone", "not + and digits");
        }
        if self.duty_phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            return wrong("/duty_phone", "not + and digits");
        }
        Ok(())
    }
}

/// A plain ASCII address, `local@domain`, that needs no quoting in a header.
pub fn is_mail_address(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && local.bytes().all(plain) && OrgId::new(domain.to_ascii_lowercase()).is_ok()
        })
}

/// Whether a text is a telephone number as RXP-51 writes it: `+` and 4 to 20 digits (E.164).
pub fn is_phone(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| (4..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn is_version(text: &str) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| number(major) && number(minor))
}
