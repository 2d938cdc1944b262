//! Who we are on the wire, and whose keys we believe (RXP-16, RXP-51 to RXP-57).

use crate::{Error, House, Result};
use domain::id::AgencyId;
use ed25519_dalek::SigningKey;
use exchange::{Capacity, Jwk, Jwks, LegalBasis, Lookup, OrgId, WireTime};
use jiff::Timestamp;
use std::collections::HashMap;
use store::agency::Agency;

/// Purpose of the key that signs documents and requests.
pub const DOCUMENT: &str = "document";
/// Purpose of the key that signs checkpoints.
pub const LEDGER: &str = "ledger";

/// An agency as a sender.
pub struct Sender {
    /// The agency.
    pub agency: Agency,
    /// Its organisation id.
    pub org: OrgId,
    /// The one capacity (RXP-09.07).
    pub capacity: Capacity,
    /// Its legal basis.
    pub legal_basis: Vec<LegalBasis>,
    /// Its signing key.
    pub key: SigningKey,
}

/// A wire time from an instant.
pub fn wire(at: Timestamp) -> Result<WireTime> {
    Ok(WireTime::from_ms(at.as_millisecond())?)
}

/// The agency as a sender; an error tells what its administrator must set.
pub async fn sender(house: &House, id: AgencyId) -> Result<Sender> {
    let agency =
        store::agency::get(&house.db, id).await?.ok_or_else(|| Error::Bug(format!("agency {id} is gone")))?;
    let word = match agency.kind {
        domain::access::AgencyKind::Provider => Some("provider"),
        kind => kind.referral_capacity(),
    };
    let missing =
        |what: &str| Error::Input(format!("{} cannot send: {what}. An administrator sets it.", agency.name));
    let word = word.ok_or_else(|| missing("an agency of its kind has no capacity to send"))?;
    let capacity: Capacity = serde_json::from_value(word.into())?;
    let now = house.clock.now();
    let stored = store::agency::keys(&house.db, id, DOCUMENT).await?;
    let key = stored
        .iter()
        .find(|key| key.revoked.is_none() && key.not_before <= now && now < key.not_after)
        .ok_or_else(|| missing("it has no signing key that is valid now"))?;
    let legal_basis = agency
        .settings
        .legal_basis
        .iter()
        .map(|basis| LegalBasis::new(basis.clone()))
        .collect::<Result<_, _>>()?;
    Ok(Sender {
        org: OrgId::new(agency.org.clone())?,
        capacity,
        legal_basis,
        key: SigningKey::from_bytes(&key.seed),
        agency,
    })
}

/// Public keys of an agency of this machine.
pub async fn own_jwks(house: &House, id: AgencyId) -> Result<Jwks> {
    let keys = store::agency::keys(&house.db, id, DOCUMENT).await?;
    Ok(Jwks {
        keys: keys
            .iter()
            .map(|key| {
                Jwk::of(
                    &SigningKey::from_bytes(&key.seed),
                    key.not_before.as_second(),
                    key.not_after.as_second(),
                )
            })
            .collect(),
    })
}

/// Keys of every organisation that was introduced here: agencies of this machine and confirmed providers and peers.
pub struct KeyRing {
    by_org: HashMap<String, Vec<Jwk>>,
    listed: Vec<String>,
}

impl KeyRing {
    /// Loads the keys of one organisation.
    pub async fn of(house: &House, org: &str) -> Result<Self> {
        let mut ring = Self { by_org: HashMap::new(), listed: Vec::new() };
        ring.add(house, org).await?;
        Ok(ring)
    }

    /// Adds the keys of an organisation.
    pub async fn add(&mut self, house: &House, org: &str) -> Result<()> {
        let mut keys = Vec::new();
        if let Some(agency) = store::agency::by_org(&house.db, org).await? {
            keys.extend(own_jwks(house, agency.id).await?.keys);
            self.listed.push(org.to_owned());
        }
        for provider in store::provider::of_org(&house.db, org).await? {
            if let (Some(jwks), Some(_)) = (&provider.entry.jwks, provider.confirmed_by)
                && let Ok(jwks) = Jwks::parse(jwks.to_string().as_bytes())
            {
                keys.extend(jwks.keys);
                if provider.entry.listed {
                    self.listed.push(org.to_owned());
                }
            }
        }
        if !keys.is_empty() {
            self.by_org.insert(org.to_owned(), keys);
        }
        Ok(())
    }

    /// Whether a person found the keys of an organisation in the register of authorities (RXP-57).
    #[must_use]
    pub fn is_listed(&self, org: &OrgId) -> bool {
        self.listed.iter().any(|listed| listed == org.as_str())
    }

    /// Whose key a `kid` is.
    #[must_use]
    pub fn lookup(&self, org: &OrgId, kid: &str) -> Lookup {
        match self.by_org.get(org.as_str()) {
            None => Lookup::NoSuchSender,
            Some(keys) => {
                keys.iter().find(|key| key.kid == kid).cloned().map_or(Lookup::NoSuchKey, Lookup::Key)
            }
        }
    }

    /// The holder of a `kid`, of any organisation in the ring.
    #[must_use]
    pub fn holder(&self, kid: &str) -> Option<(OrgId, Jwk)> {
        self.by_org.iter().find_map(|(org, keys)| {
            let key = keys.iter().find(|key| key.kid == kid)?;
            Some((OrgId::new(org.clone()).ok()?, key.clone()))
        })
    }
}
