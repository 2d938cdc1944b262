//! The provider book: what a coordinator enters about each service, and the keys that they fetch from its host.

use std::path::Path;
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::Error;
use crate::model::{Behaviour, Contact, Service, ServiceKind};
use crate::serve::Net;

/// Longest wait for one key set.
const WAIT_S_MAX: u64 = 20;
/// Referrals an hour that the services of a world take.
const REFERRALS_PER_HOUR: u32 = 3600;

/// A browser for the world's hosts.
pub(crate) struct Browser {
    http: Client,
    port: u16,
}

impl Browser {
    pub(crate) fn new(net: &Net, hosts: impl Iterator<Item = String>) -> Result<Self, Error> {
        let tls = crate::serve::client_tls(&net.ca)?;
        let mut builder = Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(WAIT_S_MAX))
            .tls_backend_preconfigured(tls);
        for host in hosts {
            builder = builder.resolve(&host, net.https);
        }
        Ok(Self { http: builder.build().map_err(Error::bug)?, port: net.https.port() })
    }

    /// The key set that a service publishes (RXP-54).
    pub(crate) async fn jwks(&self, host: &str) -> Result<Value, Error> {
        let url = format!("https://{host}:{}/.well-known/rxp-jwks.json", self.port);
        let lost = |e: reqwest::Error| Error::Play(format!("{host} gives no keys: {e}"));
        self.http.get(url).send().await.map_err(lost)?.json().await.map_err(lost)
    }
}

/// The entry of a service as its contact says; `keys` for those that speak RXP.
pub(crate) fn entry(service: &Service, keys: Option<&Value>) -> Value {
    let (channel, endpoint, mail) = match &service.contact {
        Contact::Rxp { endpoint, email } => ("rxp", Some(endpoint), Some(email)),
        Contact::Mail { email } => ("mail", None, Some(email)),
        Contact::None => ("none", None, None),
    };
    json!({
        "name": service.name,
        "org": service.host,
        "hosts": [service.host],
        "channel": channel,
        "endpoint": endpoint,
        "pinned": [],
        "mail": mail,
        "jwks": keys,
        "languages": service.languages,
        "quiet": "normal",
        "max_referrals_per_hour": REFERRALS_PER_HOUR,
        "zone": service.tz,
    })
}

/// Whether anybody can be reached at all.
pub(crate) fn reachable(service: &Service) -> bool {
    service.behaviour != Behaviour::Unreachable && service.contact != Contact::None
}

/// What a protected host is, in the product's words.
pub(crate) fn protected(service: &Service) -> Option<&'static str> {
    service.protected.then_some(match service.kind {
        ServiceKind::Press => "press",
        ServiceKind::Archive => "archive",
        _ => "library",
    })
}

/// `net/net.json` of a running world.
pub(crate) fn net(dir: &Path) -> Result<Net, Error> {
    crate::serve::read_json(&dir.join("net/net.json"))
}
